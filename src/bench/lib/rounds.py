"""Rounds: servers take turns (A B C A B C ...), so that a slow moment of the machine hits all."""

import contextlib
import math
import statistics

from lib import quiet
from lib.machine import OUTPUT, CannotMeasure

PROBE = 5
LONGEST_WARM_UP = 180
COMPILING = 0.05  # of a core
SATURATED = 0.93  # of a core


@contextlib.contextmanager
def started(starters):
  """Starts the servers that can be started, says which cannot, and stops them at the end."""
  with contextlib.ExitStack() as running:
    servers = []
    for starter in starters:
      try:
        servers.append(running.enter_context(starter()))
      except CannotMeasure as problem:
        print(f"    left out: {problem}")
    yield servers


def take_turns(name, servers, settings, action, flat_out=True):
  """Warms every server up and gives the values of the rounds, by server: `{name: [value, ...]}`.

  `action(server, label, seconds)` makes one round; `flat_out` where it asks as fast as it can.
  """
  values = {server.name: [] for server in servers if warms_up(name, server, settings, action)}
  used = {server: [] for server in values}
  watches = []
  for number in range(1, settings.rounds + 1):
    for server in servers:
      if server.name in values:
        value, watch = one_round(name, server, number, settings, action)
        values[server.name].append(value)
        used[server.name].append(watch.server_share)
        watches.append(watch)
  quiet.tell_disturbed(watches)
  if flat_out:
    tell_unused(used)
  return values


def tell_unused(used):
  """Names the servers that had some of their core left: what is read of them is the load's limit."""
  for server, shares in used.items():
    share = statistics.median(shares or [1])
    if share < SATURATED:
      print(f"    {server} used {share:.0%} of its core: it can do more than the rate that is read")


def one_round(name, server, number, settings, action):
  """The calmest of some tries: its value, and who took how much of a core meanwhile."""
  label = f"{name} {server.name} {number}"
  made = quiet.tries(settings, lambda: action(server, label, settings.seconds), server)
  for value, watch in made:
    note_round(name, server, number, value, watch)
  return quiet.calmest(made)


def warms_up(name, server, settings, action):
  try:
    warm_up(name, server, settings, action)
    return True
  except CannotMeasure as problem:
    print(f"    left out: {problem}")
    return False


def warm_up(name, server, settings, action):
  """As long as asked for, and then until the server gets no faster in two probes and its compilers
  rest: on one core they wait for the very requests that would be fast once they are done."""
  best = action(server, f"{name} {server.name} warm-up", settings.warm_up)
  still = 0
  for number in range(LONGEST_WARM_UP // PROBE):
    before = quiet.compiling_seconds(server.process.pid)
    now = action(server, f"{name} {server.name} warm-up {number}", PROBE)
    compiling = (quiet.compiling_seconds(server.process.pid) - before) / PROBE
    still = 0 if faster(best, now) or compiling > COMPILING else still + 1
    best = max(best, now)
    if still == 2:
      return
  print(f"    {server.name} was still warming up after {LONGEST_WARM_UP} s")


def faster(before, now):
  """Rates have settled within a twentieth; latencies, which are small numbers, need no growth."""
  return now > before * 1.05 and now > 100


def note_round(name, server, number, value, watch):
  """Keeps every round in `rounds.tsv`: its value, and how much of a core went to whom."""
  with open(OUTPUT / "rounds.tsv", "a") as rounds:
    print(name, server.name, number, f"{value:.3f}", f"server={watch.server_share:.2f}",
          f"foreign={watch.foreign_share:.2f}", f"slowness={watch.slowness:.2f}", sep="\t", file=rounds)


class Spread:
  """The median of some values, with the smallest and the largest."""

  def __init__(self, values):
    self.median = statistics.median(values)
    self.least = min(values)
    self.most = max(values)

  def text(self, form):
    return f"{form(self.median)} ({form(self.least)}..{form(self.most)})"


def ratios(ours, theirs):
  """Our value over theirs, round by round: what disturbed both at once cancels out."""
  return Spread([a / b for a, b in zip(ours, theirs)])


def interval(values, confidence=0.95):
  """Bounds between which the median lies, whatever the distribution, and how sure that is.

  By the sign test: with n values, the k-th smallest and the k-th largest are the bounds for the
  largest k at which so many values on one side would be improbable. Few values give wide bounds
  and less than what was asked for, which the returned probability tells.
  """
  ordered, count = sorted(values), len(values)
  below = lambda k: sum(math.comb(count, i) for i in range(k)) / 2 ** count  # fewer than k of n
  k = max([k for k in range(1, count // 2 + 1) if 2 * below(k) <= 1 - confidence], default=1)
  return ordered[k - 1], ordered[count - k], 1 - 2 * below(k)
