"""The machine: folders, cores, programs, processes."""

import copy
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
BENCH = PROJECT / "src" / "bench"
OUTPUT = PROJECT / "target" / "bench"
MEMORY = Path("/dev/shm/cistern-bench")  # what peers keep "in memory" lies here

SERVER_CORE = 0
LOAD_CORE = 1


RUNNING = []  # every server that was started and not yet stopped


class CannotMeasure(Exception):
  """Why a measurement is not possible, as a sentence."""


def prepare():
  """Moves this process to the load generator's core and opens the way for many sockets."""
  if os.cpu_count() < 2:
    raise CannotMeasure("The benchmarks need two cores: one for the servers, one for the load.")
  os.sched_setaffinity(0, {LOAD_CORE})
  signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that servers end too
  _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
  resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
  OUTPUT.mkdir(parents=True, exist_ok=True)
  (OUTPUT / "rounds.tsv").unlink(missing_ok=True)
  tidy()
  MEMORY.mkdir()


def tidy():
  shutil.rmtree(MEMORY, ignore_errors=True)


def find(program, package):
  """The path of a program; where it is missing, a sentence that names Debian's package."""
  # Debian keeps daemons in sbin, which is not on every user's PATH.
  path = shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin:/sbin")
  if path is None:
    raise CannotMeasure(f"{program} is not on the PATH (Debian: apt-get install {package})")
  return path


def run(command, **options):
  """Runs a command on the load generator's core and returns its standard output."""
  done = subprocess.run(
    [str(part) for part in command], capture_output=True, text=True, **options)
  if done.returncode != 0:
    raise CannotMeasure(f"{command[0]} failed: {(done.stderr or done.stdout).strip()[-800:]}")
  return done.stdout


class Server:
  """A running server, pinned to one core, which listens on one port."""

  def __init__(self, name, port, command, core=None, cwd=None, env=None, wait=True):
    refuse_taken(name, port)
    self.name = name
    self.port = port
    self.log = OUTPUT / f"{name}.log"
    self.began = time.monotonic()
    pinned = ["taskset", "-c", SERVER_CORE if core is None else core, *command]
    with open(self.log, "w") as log:
      self.process = subprocess.Popen(
        [str(part) for part in pinned], cwd=cwd, env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    RUNNING.append(self)
    if wait:
      self.wait_for_port()

  def wait_for_port(self, seconds=60):
    """Waits until the port accepts, and no longer than the process lives."""
    while not accepts(self.port):
      if self.process.poll() is not None or time.monotonic() - self.began > seconds:
        self.stop()
        raise CannotMeasure(f"{self.name} did not start:\n{self.log.read_text()[-1500:]}")
      time.sleep(0.05)

  def url(self, path):
    return f"http://127.0.0.1:{self.port}{path}"

  def listener(self, name, port):
    """The same process under another name, by another of its ports."""
    same = copy.copy(self)
    same.name, same.port = name, port
    return same

  def resident_megabytes(self):
    """Resident memory of the process in 10^6 bytes."""
    for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
      if line.startswith("VmRSS:"):
        return int(line.split()[1]) * 1024 / 1e6
    raise CannotMeasure(f"{self.name} has ended:\n{self.log.read_text()[-1500:]}")

  def stop(self):
    if self.process.poll() is None:
      self.process.terminate()
    try:
      self.process.wait(timeout=20)
    except subprocess.TimeoutExpired:
      self.process.kill()
      self.process.wait()
    RUNNING[:] = [other for other in RUNNING if other.process is not self.process]

  def __enter__(self):
    return self

  def __exit__(self, *_):
    self.stop()


def refuse_taken(name, port):
  if accepts(port):
    raise CannotMeasure(f"Port {port}, which {name} would use, is taken by another program.")


def accepts(port):
  with socket.socket() as probe:
    return probe.connect_ex(("127.0.0.1", port)) == 0
