"""The benchmarks' own Java programs: compiled once per run by the Maven profile `bench`."""

import functools
import subprocess

from lib import machine
from lib.machine import OUTPUT, PROJECT, find, run


def program(name, options, arguments):
  """The command that runs `org.cistern.bench.<name>`."""
  return [find("java", "openjdk-17-jdk-headless"), *options, "-cp", classpath(),
          f"org.cistern.bench.{name}", *arguments]


def benchmarks(pattern):
  """Runs the JMH benchmarks whose names have the pattern, on the servers' core."""
  results = OUTPUT / "jmh.json"
  command = ["taskset", "-c", str(machine.SERVER_CORE), find("java", "openjdk-17-jdk-headless"),
             "-cp", classpath(), "org.openjdk.jmh.Main", pattern, "-rf", "json", "-rff", results]
  return subprocess.run([str(part) for part in command]).returncode


@functools.lru_cache(maxsize=None)
def classpath():
  print("compiling src/bench/java ...", flush=True)
  libraries = OUTPUT / "classpath"
  run([PROJECT / "mvnw", "-q", "-B", "-Pbench", "test-compile", "dependency:build-classpath",
       f"-Dmdep.outputFile={libraries}"], cwd=PROJECT)
  target = PROJECT / "target"
  return f"{target}/test-classes:{target}/classes:{libraries.read_text()}"
