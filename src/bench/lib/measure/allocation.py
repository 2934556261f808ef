"""Bytes allocated per hit in memory, by JDK Flight Recorder.

The recorder reads every thread's own counter of allocated bytes once a second. The counters are
exact, need no garbage collection in between and no knowledge of the collector; the difference
between the last and the first reading, over all threads, divided by the requests that wrk counted,
is the figure. A sample of allocations says beside it which classes the bytes went to.
"""

import collections
import json
import time

from lib import check, cistern, load, origin
from lib.machine import BENCH, OUTPUT, find, run
from lib.report import at_most

RECORDING = OUTPUT / "allocation.jfr"
LIMIT = 6 * 1024
CLASSES_SHOWN = 8

# A sample is taken where a thread gets a new buffer. By default one thread's buffers grow so large
# that there are hardly any; the size changes what is sampled, not the bytes that are counted.
SMALL_BUFFERS = ["-XX:-ResizeTLAB", "-XX:TLABSize=256k"]


def per_hit(settings):
  """Records a round of hits of 1 KB."""
  with origin.start(), cistern.start(java_options=SMALL_BUFFERS) as server:
    check.answers(server, "/f/1k", "1k")
    load.wrk("alloc warm-up", server.url("/f/1k"), settings.warm_up)
    requests = recorded(server, settings.seconds)
  bytes_each = allocated() / requests
  for name, share in busiest_classes():
    print(f"    {share:6.1%}  {name}")
  return [at_most("allocated per L1 hit", bytes_each, f"{bytes_each:,.0f} B", LIMIT, "6 KB")]


def recorded(server, seconds):
  jcmd(server, "JFR.start", "name=bench", f"settings={BENCH / 'load' / 'allocation.jfc'}")
  time.sleep(2)  # at least one reading before and one after the requests
  done = load.wrk("alloc", server.url("/f/1k"), seconds)
  time.sleep(2)
  jcmd(server, "JFR.stop", "name=bench", f"filename={RECORDING}")
  return done.requests


def jcmd(server, *words):
  run([find("jcmd", "openjdk-17-jdk-headless"), server.process.pid, *words])


def allocated():
  """Bytes between the first and the last reading, over all threads."""
  first, last = {}, {}
  for values in events("jdk.ThreadAllocationStatistics"):
    thread = values["thread"]["javaThreadId"]
    first.setdefault(thread, values["allocated"])
    last[thread] = values["allocated"]
  return sum(last[thread] - first[thread] for thread in last)


def busiest_classes():
  """The classes that most bytes went to, with their shares of the sampled bytes."""
  weights, seen = collections.Counter(), set()
  for values in events("jdk.ObjectAllocationSample"):
    thread = values["eventThread"]["javaThreadId"]
    # A thread's first sample stands for all that it allocated before the recording.
    if thread in seen:
      weights[values["objectClass"]["name"].replace("/", ".")] += values["weight"]
    seen.add(thread)
  total = sum(weights.values()) or 1
  return [(name, weight / total) for name, weight in weights.most_common(CLASSES_SHOWN)]


def events(name):
  """The events of one kind, oldest first."""
  text = run([find("jfr", "openjdk-17-jdk-headless"), "print", "--json", "--stack-depth", "1",
              "--events", name, RECORDING])
  found = [event["values"] for event in json.loads(text)["recording"]["events"]]
  return sorted(found, key=lambda values: values["startTime"])
