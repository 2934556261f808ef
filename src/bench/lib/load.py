"""The load generators: each function makes one round and returns what it read, as a `Round`."""

import dataclasses
import re
import resource
import time

from lib import java
from lib.machine import BENCH, OUTPUT, CannotMeasure, find, run

CONNECTIONS = 64
UNITS = {"": 1, "K": 1e3, "M": 1e6, "G": 1e9}


@dataclasses.dataclass
class Round:
  """One round: requests per second, how many in all, bytes per second."""
  rate: float
  requests: int
  bytes_rate: float = 0.0


def wrk(label, url, seconds, headers=(), script=None):
  """HTTP/1.1 over keep-alive connections, each asking again as soon as it is answered."""
  command = [find("wrk", "wrk"), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
  for header in headers:
    command += ["-H", header]
  if script:
    command += ["-s", BENCH / "load" / script]
  text = watched(label, [*command, url])
  if re.search("Non-2xx|Socket errors", text):
    raise CannotMeasure(f"{label}: not every answer was a success:\n{text}")
  requests = re.search(r"(\d+) requests in", text)
  rate = re.search(r"Requests/sec: +([\d.]+)", text)
  volume = re.search(r"Transfer/sec: +([\d.]+)([KMG]?)B", text)
  return Round(float(rate[1]), int(requests[1]), float(volume[1]) * UNITS[volume[2]])


def h2load(label, url, seconds):
  """HTTP/2 in clear text: 8 connections of 16 streams."""
  text = watched(label, [
    find("h2load", "nghttp2-client"), "-t1", "-c8", "-m16", "-D", seconds,
    "--warm-up-time", "1", url])
  finished = re.search(r"finished in [\d.]+s, ([\d.]+) req/s, ([\d.]+)([KMG]?)B/s", text)
  requests = re.search(r"(\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout", text)
  if requests is None or any(int(requests[i]) for i in (2, 3, 4)) or not int(requests[1]):
    raise CannotMeasure(f"{label}: not every answer was a success:\n{text}")
  return Round(
    float(finished[1]), int(requests[1]), float(finished[2]) * UNITS[finished[3]])


def at_fixed_rate(label, port, path, rate, seconds, warm_up=3):
  """Latencies in microseconds by name (`p50` ... `max`), counted from when a request was due.

  Our own `OpenLoop.java`, because the tools that Debian has do not correct for coordinated
  omission: wrk asks only once it is answered, and `h2load --rps` stamps a request when it sends
  it, so a request held back by a busy connection looks fast. The C1 compiler alone keeps the
  generator's own pauses short.
  """
  text = watched(label, java.program(
    "OpenLoop", ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms64m", "-Xmx64m"],
    [port, path, rate, CONNECTIONS, warm_up, seconds]))
  values = {name: float(value) for name, value in re.findall(r"^([\w.]+)=(\S+)$", text, re.M)}
  if values["unanswered"] or values["refused"]:
    raise CannotMeasure(f"{label}: not every answer was a success:\n{text}")
  return values


def watched(label, command):
  """Runs a generator, keeps what it printed, and warns where its own core was the limit."""
  before, began = cpu_of_children(), time.monotonic()
  text = run(command)
  share = (cpu_of_children() - before) / (time.monotonic() - began)
  raw = OUTPUT / "raw"
  raw.mkdir(exist_ok=True)
  (raw / f"{label.replace(' ', '-')}.txt").write_text(f"{text}\ngenerator's core: {share:.0%}\n")
  if share > 0.97 and command[0].endswith(("wrk", "h2load")):
    print(f"    {label}: the load generator used {share:.0%} of its core; the server may do more")
  return text


def cpu_of_children():
  usage = resource.getrusage(resource.RUSAGE_CHILDREN)
  return usage.ru_utime + usage.ru_stime
