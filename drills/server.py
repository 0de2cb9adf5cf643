"""One program of the cluster: started, stopped, killed, and what it said."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from pathlib import Path

from benchmarks.measure import ROOT, VAR, CannotMeasure, last_lines

LOGS = VAR.parent / "drills"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10
RESTART_AFTER = 1  # seconds that a supervisor waits, as Docker and systemd do


class Server:
    """A program in a session of its own, so that Ctrl-C reaches only those who stop it in order.

    `is_ready()` says whether it can be used; an OSError means not yet. `owner` are subprocess
    arguments that drop to another account. What it prints is added to LOGS/<name>.log.
    """

    def __init__(self, name, command, *, is_ready, environment=None, owner=None, stop_signal=signal.SIGTERM):
        self.name, self.command, self.is_ready = name, list(map(str, command)), is_ready
        self.stop_signal = stop_signal
        self.options = {"env": environment, "cwd": "/" if owner else ROOT, **(owner or {})}
        self.log = LOGS / f"{name}.log"
        self.process = None

    def start(self, *, stderr=None):
        """Start it and wait until it can be used; the seconds that took. `stderr` is a path to write to."""
        began = time.monotonic()
        self.launch(stderr)
        while not self._is_ready():
            if self.process.poll() is not None or time.monotonic() - began > SECONDS_TO_START:
                self.stop()
                raise CannotMeasure(f"{self.name} did not start: {self.last_lines()}")
            time.sleep(0.05)
        return time.monotonic() - began

    def launch(self, stderr=None):
        with self.log.open("a") as log, Path(stderr or os.devnull).open("w") as other:
            self.process = subprocess.Popen(
                self.command,
                stdout=log,
                stderr=other if stderr else log,
                start_new_session=True,
                **self.options,
            )

    def _is_ready(self):
        try:
            return self.is_ready()
        except OSError:
            return False

    def stop(self):
        """Tell it to stop, then SIGKILL for what is still there; nothing of it is left."""
        if self.process is None:
            return
        born = {pid: birth(pid) for pid in family(self.process.pid)}
        send(self.stop_signal, [self.process.pid] if self.process.poll() is None else [])
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=SECONDS_TO_STOP)
        send(signal.SIGKILL, [pid for pid, when in born.items() if when and birth(pid) == when])
        self.process.wait()

    def kill(self):
        """SIGKILL for it and all that it started, as when its machine loses power."""
        if self.process is None:
            return
        send(signal.SIGKILL, family(self.process.pid))
        self.process.wait()

    @property
    def pids(self):
        """Its own process and all that it started."""
        return family(self.process.pid)

    def last_lines(self):
        return last_lines(self.log.read_text(errors="replace"), 5) if self.log.exists() else ""


class Supervised(Server):
    """A server that is started again when it ends by itself, as Docker and systemd do."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.is_wanted = threading.Event()
        self.watcher = None

    def start(self, *, stderr=None):
        seconds = super().start(stderr=stderr)
        self.is_wanted.set()
        self.watcher = threading.Thread(target=self._watch, args=(stderr,), daemon=True)
        self.watcher.start()
        return seconds

    def _watch(self, stderr):
        while self.is_wanted.is_set():
            if self.process.poll() is not None:
                time.sleep(RESTART_AFTER)
                if self.is_wanted.is_set():
                    self.launch(stderr)
            time.sleep(0.05)

    def stop(self):
        self.is_wanted.clear()
        if self.watcher:
            self.watcher.join()
            self.watcher = None
        super().stop()


def family(pid):
    """A process and its descendants, itself first; empty where it has ended."""
    found = [pid] if Path(f"/proc/{pid}").exists() else []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in children.read_text().split():
                found += family(int(child))
    return found


def birth(pid):
    """When a process began, by which it is told from a later one of its number; "" where it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""


def send(number, pids):
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
