"""The benchmarks' own Java programs: compiled once per run by the Maven profile `bench`."""

import functools

from lib.machine import OUTPUT, PROJECT, find, run


def program(name, options, arguments):
  """The command that runs `org.cistern.bench.<name>`."""
  return [find("java", "openjdk-17-jdk-headless"), *options, "-cp", classpath(),
          f"org.cistern.bench.{name}", *arguments]


@functools.lru_cache(maxsize=None)
def classpath():
  print("compiling src/bench/java ...", flush=True)
  libraries = OUTPUT / "classpath"
  run([PROJECT / "mvnw", "-q", "-B", "-Pbench", "test-compile", "dependency:build-classpath",
       f"-Dmdep.outputFile={libraries}"], cwd=PROJECT)
  target = PROJECT / "target"
  return f"{target}/test-classes:{target}/classes:{libraries.read_text()}"
