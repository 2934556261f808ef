"""What can be measured, by name: each function takes the settings and returns rows of the table."""

from lib.measure import allocation, cpu, disk, hits, idle, latency, start

ALL = {
  "hit1k": hits.hit_1k,
  "pass": hits.pass_through,
  "l3": disk.hit_on_disk,
  "hit100k": hits.hit_100k,
  "gzip20k": hits.gzip_20k,
  "h2": hits.http2,
  "p99": latency.p99_at_half_rate,
  "idle": idle.idle_connections,
  "start": start.first_answer,
  "alloc": allocation.per_hit,
  "cpu": cpu.per_hit,
}


def by_default(settings):
  """What is measured where nothing is named; `cpu` needs a jar to compare with."""
  return [name for name in ALL if name != "cpu" or settings.before is not None]
