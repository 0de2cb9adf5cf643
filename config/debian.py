"""Debian packages that a task needs and the machine lacks: installed, or named.

    python3 config/debian.py pip
    python3 config/debian.py browser postgresql

Runs before anything is installed, so it needs nothing but Python.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

CHROMIUMS = ("chromium", "chromium-headless-shell", "chromium-browser", "google-chrome")


def has_pip():
    return importlib.util.find_spec("pip") is not None


def find_chromium():
    """The browser that the tests drive, or None; CHROMIUM names another."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)


def has_fonts():
    return any(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"))


def find_postgresql():
    """The newest PostgreSQL's folder of programs, or None. Debian keeps it off the PATH."""
    debians = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    initdb = debians[-1] if debians else shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def find_nginx():
    """nginx, or None. Debian keeps it where only root's PATH leads."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def find_redis():
    return shutil.which("redis-server")


def find_wrk():
    """The program that makes load, or None."""
    return shutil.which("wrk")


def has_postgresql():
    return bool(os.environ.get("TEST_DATABASE_URL") or find_postgresql())


NEEDS = {
    "pip": [("python3-pip", has_pip)],
    "browser": [
        ("chromium-headless-shell", find_chromium),
        ("fonts-dejavu-core", has_fonts),
        ("libatomic1", lambda: find_library("atomic")),
    ],
    "postgresql": [("postgresql", has_postgresql)],
    # For `make soak`, `make drills` and `make bench` alone.
    "proxy": [("nginx", find_nginx)],
    "redis": [("redis-server", find_redis)],
    "load": [("wrk", find_wrk)],
}


def main(needs):
    missing = [package for need in needs for package, is_there in NEEDS[need] if not is_there()]
    if missing and not install(missing):
        sys.exit(
            f"Missing on this machine: {', '.join(missing)}. As root, on Debian:\n"
            f"  apt-get update && apt-get install {' '.join(missing)}"
        )


def install(packages):
    """Whether apt installed `packages`; False where there is no apt or no right to use it."""
    as_root = root_prefix()
    if as_root is None or not shutil.which("apt-get"):
        return False
    print("Installing", ", ".join(packages), flush=True)
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    subprocess.run([*apt, "update"], check=False)
    command = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        print(done.stdout)
    return done.returncode == 0


def root_prefix():
    """What to put before a command to run it as root, or None. sudo asks only a person."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if sys.stdin.isatty():
        return ["sudo"]
    can = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    return ["sudo", "-n"] if can else None


if __name__ == "__main__":
    main(sys.argv[1:])
