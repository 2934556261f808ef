"""The JMH benchmarks, and the bars that some of them have."""

import json
import subprocess

from lib import java, machine
from lib.machine import OUTPUT, find
from lib.report import Row, keep, verdict

RESULTS = OUTPUT / "jmh.json"
RULES_BAR = 1.3


def benchmarks(pattern):
  """Runs those whose names have the pattern, on the servers' core, and says which bar is met."""
  RESULTS.unlink(missing_ok=True)
  command = ["taskset", "-c", str(machine.SERVER_CORE), find("java", "openjdk-17-jdk-headless"),
             "-cp", java.classpath(), "org.openjdk.jmh.Main", pattern, "-rf", "json",
             "-rff", RESULTS]
  code = subprocess.run([str(part) for part in command]).returncode
  if code == 0 and RESULTS.exists():
    rows = rule_match(json.loads(RESULTS.read_text()))
    if rows:
      keep(rows, "jmh.md")
  return code


def rule_match(results):
  """Finding a rule among the most against finding it among the fewest."""
  times = {}
  for result in results:
    if result["benchmark"].endswith("RuleMatchBenchmark.match"):
      asked, rules = (int(result["params"][name]) for name in ("asked", "rules"))
      times.setdefault(asked, {})[rules] = result["primaryMetric"]
  return [row(asked, times[asked]) for asked in sorted(times) if len(times[asked]) > 1]


def row(asked, times):
  few, many = min(times), max(times)
  ratio = times[many]["score"] / times[few]["score"]
  which = "ten of them asked for" if asked == 10 else "all of them asked for in turn"
  return Row(f"rule match, {many:,} rules, {which}", text(times[many]),
             f"{few:,} rules {text(times[few])}", f"{ratio:.2f}",
             f"<= {RULES_BAR}{verdict(ratio <= RULES_BAR)}")


def text(metric):
  return f"{metric['score']:.0f} ns (+-{float(metric['scoreError']):.0f})"
