"""The suite on SQLite and on PostgreSQL at the same time: `make test`.

SQLite's output comes as it is made, PostgreSQL's when both have ended. Arguments go to pytest.

What asks no database is tried once, beside SQLite, and so is how pages look, half of it beside each: what
they hold is the same on both, as all other tests see, and a browser takes longer than everything else.
Arguments put an end to that.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile

from tests.postgres import temporary_cluster

CORES = os.cpu_count() or 1
LOOKS = {  # tests/browser/test_....py
    "SQLite": ("axe", "budget"),
    "PostgreSQL": ("reflow", "preferences", "print", "weight"),
}


def main(arguments):
    # A plain kill unwinds like Ctrl-C does, so that nothing is left running.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    with contextlib.ExitStack() as stack:
        address = os.environ.get("TEST_DATABASE_URL") or stack.enter_context(temporary_cluster())
        held_back = stack.enter_context(tempfile.TemporaryFile("w+"))
        print("== SQLite ==", flush=True)
        files = "sqlite:///var/test.sqlite3"
        sqlite = stack.enter_context(suite(files, arguments or without_looks_of("PostgreSQL")))
        once = ["--database-only", *without_looks_of("SQLite")]
        postgresql = stack.enter_context(suite(address, arguments or once, output=held_back))
        failed = [name for name, run in (("SQLite", sqlite), ("PostgreSQL", postgresql)) if run.wait()]
        held_back.seek(0)
        print("\n== PostgreSQL ==", flush=True)
        print(held_back.read(), end="", flush=True)
    if failed:
        sys.exit(f"Failed on {' and '.join(failed)}.")


def without_looks_of(other):
    """What pytest is told to leave to the other database's run."""
    return [f"--ignore=tests/browser/test_{name}.py" for name in LOOKS[other]]


@contextlib.contextmanager
def suite(database_url, arguments, output=None):
    """pytest on one database, stopped with whoever started it."""
    command = [sys.executable, "-m", "pytest", *arguments]
    if CORES > 3:
        command += ["-n", str(CORES // 2)]
    environment = {**os.environ, "DATABASE_URL": database_url}
    run = subprocess.Popen(
        command, env=environment, stdout=output, stderr=subprocess.STDOUT if output else None
    )
    try:
        yield run
    finally:
        run.terminate()
        run.wait()


if __name__ == "__main__":
    main(sys.argv[1:])
