"""Throughput: answers from memory of several kinds, and answers that only pass through."""

from lib import check, cistern, load, origin, peers
from lib.machine import CannotMeasure
from lib.report import compare
from lib.rounds import started, take_turns


def hit_1k(settings):
  """An answer of 1 KB from memory, against every peer and the two ends of the scale."""
  everyone = [cistern.start, peers.nginx, peers.varnish, peers.haproxy, peers.ceiling,
              peers.stock_route]
  bars = {"nginx": 1.2, "varnish": 1.6, "haproxy": 0.75, "ceiling": 0.7}
  values = rates(settings, "hit1k", everyone, "/f/1k", "1k")
  rows = compare("L1 hit, 1 KB", values, bars)
  return rows + scale(values)


def scale(values):
  """The ceiling against the peers, which says how much room a gateway on Vert.x has."""
  if "ceiling" not in values:
    return []
  others = {name: values[name] for name in ("nginx", "haproxy") if name in values}
  rows = compare(
    "the ceiling itself", {cistern.NAME: values["ceiling"], **others}, {})
  for row in rows:
    row.cistern = f"(ceiling) {row.cistern}"
  return rows


def pass_through(settings):
  """An answer of 1 KB that must not be kept."""
  values = rates(
    settings, "pass", [cistern.start, peers.nginx], "/nostore/1k", "1k", hits=False)
  return compare("pass-through, 1 KB", values, {"nginx": 0.7})


def hit_100k(settings):
  """An answer of 100 KB from memory, in bytes per second."""
  values = rates(settings, "hit100k", [cistern.start, peers.nginx], "/f/100k", "100k",
                 reading=lambda done: done.bytes_rate / 1e6)
  return compare("L1 hit, 100 KB", values, {"nginx": 0.8}, lambda value: f"{value:,.0f} MB/s")


def gzip_20k(settings):
  """An answer of 20 KB JSON to clients that accept gzip."""
  values = rates(
    settings, "gzip20k", [cistern.start, peers.nginx_gzip], "/f/20k", "20k", coded=True)
  return compare("gzip hit, 20 KB JSON", values, {"nginx": 1.0})


def http2(settings):
  """An answer of 1 KB from memory over HTTP/2 without TLS."""

  def turn(server, label, seconds):
    return check.hits_only(
      server, lambda: load.h2load(label, server.url("/f/1k"), seconds)).rate

  with origin.start(), started([cistern.start, peers.nginx]) as running:
    right = [server for server in running if comes_right(server, "/f/1k", "1k", False)]
    values = take_turns("h2", [peers.over_http2(server) for server in right], settings, turn)
  return compare("HTTP/2 hit, 1 KB", values, {"nginx": 0.8})


def rates(settings, name, starters, path, file, coded=False, hits=True,
          reading=lambda done: done.rate):
  """Starts the servers and lets wrk ask each for one path in turn."""
  headers = ["Accept-Encoding: gzip"] if coded else []

  def turn(server, label, seconds):
    def once():
      return load.wrk(label, server.url(path), seconds, headers)

    return reading(check.hits_only(server, once) if hits else once())

  with origin.start(), started(starters) as running:
    servers = running + ([] if coded or not hits else peers.nginx_tuned(running))
    right = [server for server in servers if comes_right(server, path, file, coded)]
    return take_turns(name, right, settings, turn)


def comes_right(server, path, file, coded):
  try:
    check.answers(server, path, file, coded)
    return True
  except CannotMeasure as problem:
    print(f"    left out: {problem}")
    return False
