"""Whether the machine was quiet: how much of the two cores other programs took during a round, and
whether the cores were as fast as they can be."""

import os
import resource
import time
from pathlib import Path

from lib import gauge, machine

TICK = os.sysconf("SC_CLK_TCK")
DISTURBED = 0.1  # of one core


def wait(patience):
  """Waits until the cores are fast and other programs leave them alone, at most so many seconds."""
  end = time.monotonic() + patience
  while time.monotonic() < end:
    with Watch() as watch:
      time.sleep(0.3)
    if watch.disturbance <= 1:
      return


def tries(settings, action, server=None):
  """What some tries gave, each with its watch; the first that nothing disturbed is the last."""
  made = []
  for _ in range(1 + settings.repeats):
    wait(settings.patience)
    with Watch(server) as watch:
      value = action()
    made.append((value, watch))
    if watch.disturbance <= 1:
      break
  return made


def calmest(made):
  """Of such tries, the value and the watch of the one that was disturbed least."""
  return min(made, key=lambda one: one[1].disturbance)


def tell_disturbed(watches):
  """Says how many of the watches saw a disturbance, and the worst of it."""
  disturbed = [watch for watch in watches if watch.disturbance > 1]
  if disturbed:
    print(f"    {len(disturbed)} of {len(watches)} rounds were disturbed (others took up to"
          f" {max(watch.foreign_share for watch in disturbed):.0%} of a core, a core was up to"
          f" {max(watch.slowness for watch in disturbed):.2f} times as slow as it can be):"
          f" repeat on a quiet machine")


class Watch:
  """Measures, while it is entered, the server's share of a core, that of foreign programs, and how
  slow the cores were before or behind it."""

  def __init__(self, server=None):
    self.server = server

  def __enter__(self):
    self.slowness = gauge.slowness()
    self.before = self.reading()
    return self

  def __exit__(self, *_):
    wall, busy, ours, server = (
      now - then for now, then in zip(self.reading(), self.before))
    self.server_share = server / wall
    self.foreign_share = max(0.0, (busy - ours) / wall)
    self.slowness = max(self.slowness, gauge.slowness())

  @property
  def disturbance(self):
    """How much disturbed it, of what is still called quiet; above 1 it is not."""
    return max(self.foreign_share / DISTURBED, (self.slowness - 1) / (gauge.SLOWED - 1))

  def reading(self):
    ours = sum(cpu_seconds(running.process.pid) for running in machine.RUNNING)
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
      usage = resource.getrusage(who)
      ours += usage.ru_utime + usage.ru_stime
    server = cpu_seconds(self.server.process.pid) if self.server else 0
    return time.monotonic(), busy_seconds(), ours, server


def cpu_seconds(pid):
  """Processor time of a process and its children so far."""
  _, fields = parts(Path(f"/proc/{pid}/stat"))
  children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
  return (int(fields[11]) + int(fields[12])) / TICK + sum(cpu_seconds(child) for child in children)


def compiling_seconds(pid):
  """Processor time of a JVM's compilers so far; 0 for a program that has none."""
  used = 0
  for task in Path(f"/proc/{pid}/task").iterdir():
    try:
      name, fields = parts(task / "stat")
    except FileNotFoundError:
      continue  # the thread has ended meanwhile
    used += sum(map(int, fields[11:13])) if name.startswith(("C1 Compiler", "C2 Compiler")) else 0
  return used / TICK


def parts(stat):
  """The name in a stat file, and the fields behind it."""
  name, _, fields = stat.read_text().rpartition(")")
  return name.partition("(")[2], fields.split()


def busy_seconds():
  """Time that our two cores did not idle, time taken by the hypervisor included."""
  names = {f"cpu{machine.SERVER_CORE}", f"cpu{machine.LOAD_CORE}"}
  busy = 0
  for line in Path("/proc/stat").read_text().splitlines():
    name, *times = line.split()
    if name in names:
      user, nice, system, _idle, _wait, irq, softirq, steal = map(int, times[:8])
      busy += user + nice + system + irq + softirq + steal
  return busy / TICK
