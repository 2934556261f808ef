"""Cistern: the jar as built, in a scratch copy of the shipped routes plus one user's step."""

import re
import shutil
import urllib.request
import zipfile

from lib import origin
from lib.machine import OUTPUT, PROJECT, CannotMeasure, Server, find

NAME = "cistern"
BEFORE, AFTER = "before", "after"  # two jars that are compared
PORT = 19106
MANAGEMENT_PORT = 19107
JAR = PROJECT / "target" / "cistern.jar"
ARCHIVE = PROJECT / "target" / "cistern.jsa"
FOLDER = OUTPUT / "cistern"

# The counter of answers from memory in /observe/metrics; every matching line is added up.
L1_HITS = re.compile(
  r'^cistern_tier_lookups_total\{(?=[^}]*tier="l1")(?=[^}]*result="hit")[^}]*\} (\S+)', re.MULTILINE)

# As README says to start it: the compilers leave the core to what runs once, at the start.
COMPILE_LATER = "-XX:CompileThresholdScaling=8"

HEADER = "X-Bench"
STEP = f"""\
- setHeader:
    id: bench-header
    name: {HEADER}
    expression:
      constant:
        expression: "on"
"""


def start(env=None, java_options=(), wait=True):
  """Starts the gateway of this project on an empty disk."""
  lay_out_folder(FOLDER)
  shutil.copy(PROJECT / "application.properties", FOLDER)
  shutil.copytree(PROJECT / "routes", FOLDER / "routes")
  return launch(NAME, JAR, FOLDER, (PORT, MANAGEMENT_PORT), env, java_options, wait)


def start_jar(name, jar, ports):
  """Starts any gateway's jar, with the routes that are in it, in a folder of its own."""
  folder = OUTPUT / f"cistern-{name}"
  lay_out_folder(folder)
  if jar.exists():
    with zipfile.ZipFile(jar) as packed:
      packed.extractall(folder, [part for part in packed.namelist() if part.startswith("routes/")])
  return launch(name, jar, folder, ports)


def launch(name, jar, folder, ports, env=None, java_options=(), wait=True):
  if not jar.exists():
    raise CannotMeasure(f"{jar} is missing: ./mvnw -q package -DskipTests")
  add_step(folder)
  return Server(
    name, ports[0],
    [find("java", "openjdk-17-jdk-headless"), *archive(jar), COMPILE_LATER, *java_options, "-jar",
     jar],
    cwd=folder, env={**settings(folder, ports), **(env or {})}, wait=wait)


def archive(jar):
  """The class-data archive beside a jar, if there is one."""
  beside = jar.with_suffix(".jsa")
  return [f"-XX:SharedArchiveFile={beside}"] if beside.exists() else []


def settings(folder, ports):
  return {
    "CISTERN_HOST": "127.0.0.1",
    "CISTERN_PORT": str(ports[0]),
    "CISTERN_MANAGEMENT_PORT": str(ports[1]),
    "CISTERN_UPSTREAM_URL": f"http://127.0.0.1:{origin.PORT}",
    "CACHE_L3_STORAGE_PATH": str(folder / "data"),
  }


def lay_out_folder(folder):
  shutil.rmtree(folder, ignore_errors=True)
  folder.mkdir(parents=True)


def add_step(folder):
  """Adds a user's step to the shipped route, so that a user's route is what is measured."""
  route = folder / "routes" / "api.camel.yaml"
  route.write_text(with_step_before(route.read_text(), "respond", STEP))


def with_step_before(route, step_id, step):
  """The route with one step more, right before the step of that id (canonical YAML)."""
  lines = route.splitlines(keepends=True)
  named = re.compile(rf"^ *id: [\"']?{re.escape(step_id)}[\"']?\s*$")
  at = next((i for i, line in enumerate(lines) if named.match(line)), None)
  if at is None:
    raise CannotMeasure(f"routes/api.camel.yaml has no step with the id '{step_id}'.")
  while not re.match(r"^ *- [\w-]+:\s*$", lines[at]):
    at -= 1
  indent = re.match(" *", lines[at]).group()
  return "".join(
    lines[:at] + [indent + line for line in step.splitlines(keepends=True)] + lines[at:])


def l1_hits():
  """How many requests memory has answered so far."""
  url = f"http://127.0.0.1:{MANAGEMENT_PORT}/observe/metrics"
  with urllib.request.urlopen(url, timeout=5) as answer:
    counts = L1_HITS.findall(answer.read().decode())
  if not counts:
    raise CannotMeasure(f"{url} has no line like {L1_HITS.pattern}")
  return sum(float(count) for count in counts)
