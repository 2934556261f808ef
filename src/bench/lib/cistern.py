"""Cistern: the jar as built, in a scratch copy of the shipped routes plus one user's step."""

import os
import re
import shutil
import urllib.request

from lib import origin
from lib.machine import PROJECT, CannotMeasure, Server, find

NAME = "cistern"
PORT = 19106
MANAGEMENT_PORT = 19107
JAR = PROJECT / "target" / "cistern.jar"
ARCHIVE = PROJECT / "target" / "cistern.jsa"
FOLDER = PROJECT / "target" / "bench" / "cistern"
DISK = FOLDER / "data"

# The counter of answers from memory in /observe/metrics; every matching line is added up.
L1_HITS = re.compile(
  r'^cistern_tier_lookups_total\{(?=[^}]*tier="l1")(?=[^}]*result="hit")[^}]*\} (\S+)', re.MULTILINE)

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
  """Starts the gateway on an empty disk."""
  if not JAR.exists():
    raise CannotMeasure(f"{JAR.relative_to(PROJECT)} is missing: ./mvnw -q package -DskipTests")
  lay_out_folder()
  return Server(
    NAME, PORT,
    [find("java", "openjdk-17-jdk-headless"), *archive(), *java_options, "-jar", JAR],
    cwd=FOLDER, env={**settings(), **(env or {})}, wait=wait)


def archive():
  return [f"-XX:SharedArchiveFile={ARCHIVE}"] if ARCHIVE.exists() else []


def settings():
  return {
    "CISTERN_HOST": "127.0.0.1",
    "CISTERN_PORT": str(PORT),
    "CISTERN_MANAGEMENT_PORT": str(MANAGEMENT_PORT),
    "CISTERN_UPSTREAM_URL": f"http://127.0.0.1:{origin.PORT}",
    "CACHE_L3_STORAGE_PATH": str(DISK),
  }


def lay_out_folder():
  """Copies what is shipped and adds the step, so that a user's route is what is measured."""
  shutil.rmtree(FOLDER, ignore_errors=True)
  FOLDER.mkdir(parents=True)
  shutil.copy(PROJECT / "application.properties", FOLDER)
  shutil.copytree(PROJECT / "routes", FOLDER / "routes")
  route = FOLDER / "routes" / "api.camel.yaml"
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
