"""What the figures were measured on."""

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("django", "granian", "python-calamine", "psycopg2-binary", "pandas", "openpyxl", "datasette")


def machine_lines():
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    yield f"{processor()}, {cores} cores, {memory:.0f} GiB, load {os.getloadavg()[0]:.1f} when it began"
    yield f"{platform.system()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield ", ".join(f"{package} {version(package)}" for package in PACKAGES)


def processor():
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()
