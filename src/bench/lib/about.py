"""What was measured, where, and against what: the commit, the machine, the versions."""

import os
import platform
import re
import shutil
import subprocess
from pathlib import Path

from lib.machine import PROJECT

# How each program tells its version, on standard output or standard error.
PROGRAMS = {
  "JDK": ["java", "-version"],
  "nginx": ["nginx", "-v"],
  "Varnish": ["varnishd", "-V"],
  "HAProxy": ["haproxy", "-v"],
  "wrk": ["wrk", "-v"],
  "h2load": ["h2load", "--version"],
}


def everything():
  """Two lines of text."""
  versions = ", ".join(f"{name} {version(command)}" for name, command in PROGRAMS.items())
  return (f"Commit {commit()}, {platform.machine()}, {processor()}, {os.cpu_count()} cores,"
          f" {memory():.0f} GB, Linux {platform.release()}.\n{versions}.")


def commit():
  head = said(["git", "-C", PROJECT, "rev-parse", "--short=10", "HEAD"]).strip()
  changed = said(["git", "-C", PROJECT, "status", "--porcelain", "--untracked-files=no"]).strip()
  return (head or "unknown") + (" with changes" if changed else "")


def processor():
  models = re.findall(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.M)
  return models[0] if models else "unknown processor"


def memory():
  total = re.search(r"^MemTotal: +(\d+)", Path("/proc/meminfo").read_text(), re.M)
  return int(total[1]) * 1024 / 1e9


def version(command):
  found = re.search(r"\d+(\.\d+)+\S*", said(command))
  return found[0].strip('",)') if found else "not there"


def said(command):
  """What a program prints, or nothing where there is no such program."""
  # Debian keeps daemons in sbin, which is not on every user's PATH.
  path = shutil.which(command[0], path=os.environ["PATH"] + ":/usr/sbin:/sbin")
  if path is None:
    return ""
  done = subprocess.run([path, *map(str, command[1:])], capture_output=True, text=True)
  return done.stdout + done.stderr
