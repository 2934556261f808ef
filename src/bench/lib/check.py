"""Checks before a measurement: the right bytes come back, and hits do not reach the origin."""

import gzip
import http.client
import urllib.error
import urllib.request

from lib import cistern, origin
from lib.machine import CannotMeasure


def answers(server, path, file, coded=False):
  """Asks twice, so that the second may be a hit, and compares body and headers."""
  url = server.url(path)
  get(url, coded)
  headers, body = get(url, coded)
  if coded and headers.get("Content-Encoding") != "gzip":
    raise CannotMeasure(f"{server.name}: {url} did not come as gzip.")
  if (gzip.decompress(body) if coded else body) != (origin.FILES / file).read_bytes():
    raise CannotMeasure(f"{server.name}: {url} is not what the origin has.")
  ours = server.name in (cistern.NAME, cistern.BEFORE, cistern.AFTER)
  if ours and headers.get(cistern.HEADER) != "on":
    raise CannotMeasure(f"{server.name}: {url} lacks the user's header {cistern.HEADER}.")


def get(url, coded=False):
  request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"} if coded else {})
  try:
    with urllib.request.urlopen(request, timeout=10) as answer:
      return answer.headers, answer.read()
  except (urllib.error.URLError, http.client.HTTPException, OSError) as problem:
    raise CannotMeasure(f"{url}: {problem}") from problem


def hits_only(server, action):
  """Runs a round of hits; more than one request in a thousand at the origin makes it void."""
  result = None

  def once():
    nonlocal result
    result = action()

  leaked = origin.requests_during(once)
  if leaked > result.requests / 1000:
    raise CannotMeasure(
      f"{server.name}: {leaked} of {result.requests} requests went to the origin.")
  return result
