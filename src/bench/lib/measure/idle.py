"""Ten thousand idle keep-alive connections: what they cost in memory, and what they do to hits."""

import resource
import select
import socket

from lib import check, cistern, load, origin
from lib.machine import CannotMeasure
from lib.report import Row, at_most, verdict
from lib.rounds import Spread, ratios, warm_up

CONNECTIONS = 10_000
REQUEST = b"GET /f/1k HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
UNAFFECTED = 0.95


def idle_connections(settings):
  """Rounds of hits without and with the connections, in turn."""
  need_sockets()
  more, alone, beside = [], [], []
  # Room for the load generator's connections beside the idle ones.
  with origin.start(), cistern.start(env={"CISTERN_MAX_CONNECTIONS": "11000"}) as server:
    check.answers(server, "/f/1k", "1k")
    warm_up("idle", server, settings, hits)
    for number in range(1, settings.rounds + 1):
      alone.append(hits(server, f"idle without {number}", settings.seconds))
      before = server.resident_megabytes()
      connections = [opened(server) for _ in range(CONNECTIONS)]
      more.append(server.resident_megabytes() - before)
      beside.append(hits(server, f"idle with {number}", settings.seconds))
      close_all(server, connections)
  return rows(more, alone, beside)


def hits(server, label, seconds):
  return load.wrk(label, server.url("/f/1k"), seconds).rate


def need_sockets():
  limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
  if limit < CONNECTIONS + 500:
    raise CannotMeasure(
      f"{CONNECTIONS} connections need ulimit -n {CONNECTIONS + 500}, it is {limit}.")


def opened(server):
  """A connection that has asked once and now keeps silent."""
  connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
  connection.sendall(REQUEST)
  answer = b""
  while len(answer) < 1024:
    part = connection.recv(65_536)
    if not part:
      raise CannotMeasure(f"{server.name} closed a connection that should be kept.")
    answer += part
  return connection


def close_all(server, connections):
  """Closes the connections; none may have been closed by the server before."""
  poller = select.poll()
  for connection in connections:
    poller.register(connection, select.POLLRDHUP)
  gone = len(poller.poll(0))
  for connection in connections:
    connection.close()
  if gone:
    raise CannotMeasure(f"{server.name} closed {gone} of {CONNECTIONS} idle connections.")


def rows(more, alone, beside):
  rate = lambda value: f"{value:,.0f}/s"
  ratio = ratios(beside, alone)
  # The first opening counts: memory that an earlier one made the process take is not given back.
  return [
    at_most(f"{CONNECTIONS:,} idle connections", max(more), f"+{max(more):.0f} MB", 200, "200 MB"),
    Row("  hits beside them", Spread(beside).text(rate), f"alone {Spread(alone).text(rate)}",
        ratio.text(lambda value: f"{value:.2f}"),
        f">= {UNAFFECTED}{verdict(ratio.median >= UNAFFECTED)}"),
  ]
