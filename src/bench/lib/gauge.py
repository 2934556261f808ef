"""How fast the two cores are at the moment.

A neighbour on the host, on the other thread of the same core above all, halves what a core does in
a second, and no counter of a virtual machine tells. A loop that always does the same does.
"""

import os
import statistics
import time

from lib import machine

SLOWED = 1.5  # times as long as at best, which is a moment of the highest clock; a neighbour doubles it

best = {}  # seconds of the loop by core, the shortest that was seen


def slowness():
  """How many times as long as at its best the slower of the two cores takes; 1.0 is undisturbed."""
  return max(slowness_of(core) for core in (machine.SERVER_CORE, machine.LOAD_CORE))


def slowness_of(core):
  takes = on_core(core, lambda: statistics.median(loop() for _ in range(5)))
  best[core] = min(takes, best.get(core, takes))
  return takes / best[core]


def on_core(core, action):
  before = os.sched_getaffinity(0)
  os.sched_setaffinity(0, {core})
  try:
    return action()
  finally:
    os.sched_setaffinity(0, before)


def loop():
  """Some milliseconds of additions, in seconds."""
  began, total = time.perf_counter(), 0
  for number in range(60_000):
    total += number
  return time.perf_counter() - began
