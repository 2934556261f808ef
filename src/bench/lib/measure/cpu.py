"""What a hit costs in processor time: two jars at one fixed rate, in turn."""

from lib import check, cistern, load, origin, quiet
from lib.machine import CannotMeasure
from lib.report import Row, verdict
from lib.rounds import Spread, interval, one_round, ratios, warm_up

LIMIT = 1.05
WARM_UP_SECONDS = 1
PAIRS_PER_START = 5
PORTS = {cistern.BEFORE: (19141, 19142), cistern.AFTER: (19143, 19144)}


def per_hit(settings):
  """Processor time per hit of 1 KB, before and after.

  Both run on the servers' core, each in a folder of its own, and take turns; which goes first
  changes from pair to pair. Every few pairs both start anew, for the compiler does not come to the
  same code each time. The rate is the same for both throughout.
  """
  if settings.before is None:
    raise CannotMeasure("cpu needs --before JAR")
  jars = {cistern.BEFORE: settings.before.resolve(), cistern.AFTER: cistern.JAR}
  costs = {name: [] for name in jars}
  rate = settings.rate
  with origin.start():
    while len(costs[cistern.AFTER]) < settings.pairs:
      with cistern.start_jar(cistern.BEFORE, jars[cistern.BEFORE], PORTS[cistern.BEFORE]) as before:
        with cistern.start_jar(cistern.AFTER, jars[cistern.AFTER], PORTS[cistern.AFTER]) as after:
          wake(before, settings)
          wake(after, settings)
          rate = rate or half_of_most(before, settings)
          take_pairs((before, after), rate, costs, settings)
  return [row(rate, costs)]


def wake(server, settings):
  check.answers(server, "/f/1k", "1k")
  warm_up("cpu", server, settings, lambda server, label, seconds: load.wrk(
    label, server.url("/f/1k"), seconds).rate)


def half_of_most(server, settings):
  most = load.wrk("cpu maximum", server.url("/f/1k"), settings.seconds).rate
  return max(1000, int(most / 2000) * 1000)


def take_pairs(servers, rate, costs, settings):
  def turn(server, label, seconds):
    return microseconds_per_hit(server, label, rate, seconds)

  for _ in range(PAIRS_PER_START):
    number = len(costs[cistern.AFTER]) + 1
    if number > settings.pairs:
      return
    for server in servers if number % 2 else servers[::-1]:
      cost, _ = one_round("cpu", server, number, settings, turn)
      costs[server.name].append(cost)


def microseconds_per_hit(server, label, rate, seconds):
  """Time in user and system mode of the whole process, over all requests of the round."""
  before = quiet.cpu_seconds(server.process.pid)
  load.at_fixed_rate(label, server.port, "/f/1k", rate, seconds, WARM_UP_SECONDS)
  used = quiet.cpu_seconds(server.process.pid) - before
  return used * 1e6 / (rate * (WARM_UP_SECONDS + seconds))


def row(rate, costs):
  after, before = costs[cistern.AFTER], costs[cistern.BEFORE]
  pairs = ratios(after, before)
  low, high, sure = interval([a / b for a, b in zip(after, before)])
  form = lambda value: f"{value:.2f} us"
  return Row(
    f"processor time per L1 hit at {rate:,}/s, {len(after)} pairs", Spread(after).text(form),
    f"before {Spread(before).text(form)}",
    f"{pairs.median:.3f} ({sure:.1%} interval {low:.3f}..{high:.3f})",
    f"<= {LIMIT}{verdict(pairs.median <= LIMIT)}")
