"""From a clone to a page: `make run` in a fresh clone, and again, until / answers 200.

The environment is empty but for HOME and PATH; the package cache is as warm as this machine's.
What is not committed is not in the clone.
"""

import os
import subprocess
import tempfile
from pathlib import Path

from benchmarks.measure import ROOT, CannotMeasure, free_port, serving

FIRST, SECOND = 60, 3  # seconds
GIVE_UP = 600


def measure_start():
    """Seconds to the first page of the first start, and of the second."""
    with tempfile.TemporaryDirectory(prefix="waymark-clone-") as folder:
        clone = Path(folder, "waymark")
        cloned = subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=False)
        if cloned.returncode:
            raise CannotMeasure("git could not clone the project")
        return start(clone), start(clone)


def start(clone):
    port = free_port()
    environment = {"HOME": os.environ["HOME"], "PATH": clean_path(), "PORT": str(port)}
    with serving(["make", "run"], port, within=GIVE_UP, cwd=clone, environment=environment) as seconds:
        return seconds


def clean_path():
    """PATH without this project's own environment, which a reader of the README has not got."""
    return os.pathsep.join(p for p in os.environ["PATH"].split(os.pathsep) if not p.startswith(str(ROOT)))


def start_lines(seconds):
    first, second = seconds
    yield "make run in a fresh clone, to the first page", f"{first:.1f} s", f"under {FIRST} s", first < FIRST
    yield "make run again", f"{second:.1f} s", f"under {SECOND} s", second < SECOND
