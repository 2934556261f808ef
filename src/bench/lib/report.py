"""The table: what | cistern | peer | ratio | bar, in Markdown as README has it."""

import dataclasses

from lib import about, cistern
from lib.machine import OUTPUT
from lib.rounds import Spread, ratios

HEAD = ("what", "cistern", "peer", "ratio", "bar")


@dataclasses.dataclass
class Row:
  """One line: five texts."""
  what: str
  cistern: str
  peer: str
  ratio: str = "-"
  bar: str = "-"

  def cells(self):
    return (self.what, self.cistern, self.peer, self.ratio, self.bar)


def compare(what, values, bars, form=lambda value: f"{value:,.0f}/s"):
  """A row for each peer that was measured; `bars` has the least ratio by the peer's name."""
  ours = values.get(cistern.NAME)
  rows = []
  for peer, theirs in values.items():
    if peer != cistern.NAME:
      rows.append(against(what, ours, peer, theirs, bars.get(peer), form))
  return rows or [Row(what, Spread(ours).text(form) if ours else "-", "-")]


def against(what, ours, peer, theirs, bar, form):
  row = Row(what, "-", f"{peer} {Spread(theirs).text(form)}")
  if bar is not None:
    row.bar = f">= {bar}"
  if ours:
    ratio = ratios(ours, theirs)
    row.cistern = Spread(ours).text(form)
    row.ratio = ratio.text(lambda value: f"{value:.2f}")
    if bar is not None:
      row.bar += verdict(ratio.median >= bar)
  return row


def at_most(what, value, text, limit, limit_text, peer="-"):
  """A row for a value that has an upper limit."""
  return Row(what, text, peer, "-", f"<= {limit_text}{verdict(value <= limit)}")


def verdict(reached):
  return " ok" if reached else " MISSED"


def table(rows):
  """The rows as a table in Markdown."""
  cells = [HEAD] + [row.cells() for row in rows]
  widths = [max(len(line[i]) for line in cells) for i in range(len(HEAD))]
  lines = ["| " + " | ".join(text.ljust(w) for text, w in zip(line, widths)) + " |"
           for line in cells]
  lines.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
  return "\n".join(lines)


def keep(rows, name="table.md"):
  """Prints what was measured where, and the table, and keeps both beside the raw output."""
  text = f"{about.everything()}\n\n{table(rows)}"
  (OUTPUT / name).write_text(text + "\n")
  print("\n" + text)
