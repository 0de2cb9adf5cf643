"""Break each part of a deployment under readers and print what they noticed: `make drills`.

    make drills ARGS="--only replica --only web"    some of them
    make drills ARGS="--seconds 20 --readers 6"     longer outages, more readers

Exit 1 where a drill missed what its docstring in drills/faults.py asks for.
"""

import argparse
import signal
import sys
import time

from benchmarks.machine import machine_lines
from benchmarks.measure import CannotMeasure
from drills.cluster import cluster
from drills.faults import DRILLS
from drills.load import memory, milliseconds
from drills.server import LOGS
from drills.site import Site

HEAD = ("drill", "killed", "requests", "errors", "recovered", "lost", "")
WIDTHS = (10, 34, 9, 7, 10, 9, 7)


def main():
    options = parse()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that everything is stopped on the way out
    print("\n".join(machine_lines()))
    try:
        with cluster(say) as made:
            met = run(Site(made, number=options.readers, seconds=options.seconds), options.only or DRILLS)
    except CannotMeasure as why:
        sys.exit(f"{why}\nLogs: {LOGS}")
    sys.exit(0 if met else 1)


def parse():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", choices=DRILLS, action="append", help="this drill; may be repeated")
    parser.add_argument("--readers", type=int, default=3, help="clients that read at once (default 3)")
    parser.add_argument("--seconds", type=float, default=10, help="that an outage lasts (default 10)")
    return parser.parse_args()


def run(site, names):
    """Whether every drill was met."""
    warm_up(site)
    print(f"\n{line(HEAD)}", flush=True)
    met = [drill(site, name) for name in names]  # one that is missed stops no other
    return all(met)


def warm_up(site):
    say("asking for some pages first")
    with site.readers():
        time.sleep(5)


def drill(site, name):
    say(f"{name}: {DRILLS[name].__doc__.partition(chr(10))[0]}")
    try:
        row = DRILLS[name](site)
    except CannotMeasure as why:
        print(f"{name:<{WIDTHS[0]}}not done: {why}", flush=True)
        return False
    for text in told(name, row, memory_of(site)):
        print(text, flush=True)
    return row.is_met


def told(name, row, web):
    """The drill's line of the table, and what belongs to it."""
    errors = sum(row.errors.values())
    figures = (f"{len(row.answers):,}", f"{errors:,}", f"{row.recovered:.1f} s", row.lost or "nothing")
    yield line((name, row.killed, *figures, "met" if row.is_met else "MISSED"))
    median, _, most = milliseconds(row.answers)
    slowest = max((answer.seconds for answer in row.answers), default=0)
    yield f"    median {median:.1f} ms, 99th {most:.0f} ms, slowest {slowest:.1f} s; web processes {web}"
    yield from (f"    {note}" for note in row.notes)
    yield from (f"    MISSED: {problem}" for problem in row.problems)
    for fault, number in row.errors.items():
        some = sorted({answer.path for answer in row.answers if answer.fault == fault})[:3]
        yield f"    {number:,} x {fault}: {' '.join(path[:80] for path in some)}"


def line(cells):
    return "".join(f"{cell:<{width}}" for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()


def memory_of(site):
    """What each web process holds: the largest of each server's, in MiB."""
    held = [memory(server.pids) for server in site.cluster.web]
    return " and ".join(f"{max(resident for resident, _ in pids.values()):.0f} MiB" for pids in held if pids)


def say(text):
    """Progress, apart from the table."""
    print(f"... {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
