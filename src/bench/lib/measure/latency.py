"""Latency of hits at one fixed rate, corrected for coordinated omission."""

from lib import check, cistern, load, origin, peers
from lib.report import Row, verdict
from lib.rounds import Spread, one_round, started, take_turns

ALLOWED_MORE = 1.0  # milliseconds


def p99_at_half_rate(settings):
  """The 99th percentile at about half of what nginx can do at most."""
  with origin.start(), started([peers.nginx, cistern.start]) as servers:
    for server in servers:
      check.answers(server, "/f/1k", "1k")
      load.wrk(f"p99 {server.name} wake-up", server.url("/f/1k"), settings.warm_up)
    rate = half_of_most(servers[0], settings) if servers else 0

    def turn(server, label, seconds):
      values = load.at_fixed_rate(label, server.port, "/f/1k", rate, seconds)
      return values["p99"] / 1000

    return [row(rate, take_turns("p99", servers, settings, turn, flat_out=False))]


def half_of_most(server, settings):
  """Half of the server's maximum, to the thousand."""

  def turn(_, label, seconds):
    return load.wrk(label, server.url("/f/1k"), seconds).rate

  most, _ = one_round("maximum", server, 1, settings, turn)
  return max(1000, int(most / 2000) * 1000)


def row(rate, values):
  form = lambda value: f"{value:.2f} ms"
  texts = {name: Spread(all_rounds).text(form) for name, all_rounds in values.items()}
  made = Row(
    f"p99 at {rate:,.0f}/s", texts.get(cistern.NAME, "-"), f"nginx {texts.get('nginx', '-')}",
    bar="<= nginx + 1 ms")
  if len(values) == 2:
    more = Spread([a - b for a, b in zip(values[cistern.NAME], values["nginx"])]).median
    made.ratio = f"{more:+.2f} ms"
    made.bar += verdict(more <= ALLOWED_MORE)
  return made
