"""The origin: nginx with fixed files, on the load generator's core."""

import http.client
import json
import random
import re

from lib import machine
from lib.machine import BENCH, MEMORY, Server, find

PORT = 19100
FILES = MEMORY / "origin" / "files" / "f"
ONE_KB = FILES / "1k"


def start():
  """Writes the files and starts the server."""
  FILES.mkdir(parents=True, exist_ok=True)
  for name, size in (("1k", 1_024), ("20k", 20_480), ("100k", 102_400)):
    (FILES / name).write_text(records(size))
  return Server(
    "origin", PORT,
    [find("nginx", "nginx"), "-e", "stderr", "-p", FILES.parents[1],
     "-c", BENCH / "peers" / "origin.conf"],
    core=machine.LOAD_CORE)


def records(size):
  """JSON of exactly so many bytes, like an API's list of things; the same on every machine."""
  dice = random.Random(size)
  words = "alpha river stone copper signal harbour violet meadow engine lantern".split()
  items = []
  while len(json.dumps(items + [""])) <= size:
    items.append({
      "id": f"{dice.getrandbits(64):016x}",
      "name": " ".join(dice.choices(words, k=3)),
      "created": f"2026-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}T08:30:00Z",
      "price": dice.randint(100, 99_999) / 100,
      "available": dice.random() < 0.8,
    })
  items.pop()
  padding = size - len(json.dumps(items + [""]))
  return json.dumps(items + ["x" * padding])


def requests_during(action):
  """Runs an action and says how many requests reached the origin meanwhile."""
  before = served()
  action()
  return served() - before - 1  # the second question is counted too


def served():
  connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
  connection.request("GET", "/origin-status")
  text = connection.getresponse().read().decode()
  connection.close()
  return int(re.search(r"^ \d+ \d+ (\d+)", text, re.MULTILINE).group(1))
