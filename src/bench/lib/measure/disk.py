"""Answers from disk: more keys than memory may hold."""

import http.client

from lib import check, cistern, load, origin, peers
from lib.machine import CannotMeasure
from lib.report import at_most, compare
from lib.rounds import started, take_turns

KEYS = 10_000
SWEEPS = 5


def hit_on_disk(settings):
  """10,000 keys of 1 KB, all equally likely, of which Cistern's memory holds 100."""
  from_memory = []

  def turn(server, label, seconds):
    before = cistern.l1_hits() if server.name == cistern.NAME else 0
    done = check.hits_only(
      server, lambda: load.wrk(label, server.url("/"), seconds, script="keys.lua"))
    if server.name == cistern.NAME:
      from_memory.append((cistern.l1_hits() - before) / done.requests)
    return done.rate

  with origin.start(), started([small_memory, peers.nginx]) as running:
    for server in running:
      check.answers(server, "/k/1", "1k")
      fill(server)
    servers = running + peers.nginx_tuned(running)
    values = take_turns("l3", servers, settings, turn)
  rows = compare("L3 hit, 10,000 keys", values, {"nginx": 0.25})
  if from_memory:
    worst = max(from_memory)
    rows.append(at_most("  of these, answered by L1", worst, f"{worst:.2%}", 0.02, "2%"))
  return rows


def small_memory():
  return cistern.start(env={"CACHE_L1_MAX_SIZE": "100"})


def fill(server):
  """Asks for every key until a whole sweep needs no answer of the origin."""
  for _ in range(SWEEPS):
    if origin.requests_during(lambda: sweep(server)) == 0:
      return
  raise CannotMeasure(f"{server.name} does not keep {KEYS} keys, even after {SWEEPS} sweeps.")


def sweep(server):
  connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
  for key in range(1, KEYS + 1):
    connection.request("GET", f"/k/{key}")
    connection.getresponse().read()
  connection.close()
