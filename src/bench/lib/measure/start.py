"""Start: how long until the first answer of the origin comes through, and memory at rest."""

import http.client
import time

from lib import cistern, origin, quiet
from lib.machine import CannotMeasure
from lib.report import Row, at_most
from lib.rounds import Spread

STARTS = 10
REST_SECONDS = 60
PATIENCE_SECONDS = 60


def first_answer(settings):
  """Ten starts with the class-data archive that the build made, then one minute of rest."""
  if not cistern.ARCHIVE.exists():
    print(f"    {cistern.ARCHIVE.name} is missing beside the jar: starting without it")
  with origin.start():
    cistern.start().stop()  # brings the jar and the archive into the page cache
    times = Spread(starts(settings))
    rest = memory_at_rest(settings.rest)
  made = at_most("start to first proxied answer", times.median,
                 times.text(lambda value: f"{value:.2f} s"), 1.2, "1.2 s")
  return [made, at_most(f"resident after {settings.rest} s idle", rest, f"{rest:.0f} MB",
                        180, "180 MB")]


def starts(settings):
  """Seconds of every start, each the calmest of some tries."""
  made = [quiet.calmest(quiet.tries(settings, one_start)) for _ in range(settings.starts)]
  quiet.tell_disturbed([watch for _, watch in made])
  return [seconds for seconds, _ in made]


def one_start():
  with cistern.start(wait=False) as server:
    await_answer(server)
    return time.monotonic() - server.began


def memory_at_rest(seconds):
  with cistern.start(wait=False) as server:
    await_answer(server)
    time.sleep(seconds)
    return server.resident_megabytes()


def await_answer(server):
  """Asks every few milliseconds until the origin's bytes come back."""
  while time.monotonic() - server.began < PATIENCE_SECONDS:
    if proxied(server):
      return
    time.sleep(0.005)
  raise CannotMeasure(f"{server.name} gave no answer of the origin:\n{server.log.read_text()}")


def proxied(server):
  connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
  try:
    connection.request("GET", "/f/1k")
    answer = connection.getresponse()
    return answer.status == 200 and answer.read() == origin.ONE_KB.read_bytes()
  except (OSError, http.client.HTTPException):
    return False
  finally:
    connection.close()
