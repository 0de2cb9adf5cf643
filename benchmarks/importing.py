"""Importing the full workbook: by Waymark's own road, by its floor, and by the usual Django answer.

All three leave the same rows in the same tables. Waymark's road also validates every cell,
compares with the release before, writes the report and publishes; its time is the command's, from
start to exit. The floor's time is without starting Python. See floor.py and usual.py.
"""

import json
import math
from typing import NamedTuple

from benchmarks.measure import VAR, median, run_python

SLOWEST, FASTER, MOST_MIB = 1.6, 4.0, 1.2e9 / 2**20


class Importing(NamedTuple):
    """Seconds of every run on one database; `floors` are (reading, writing)."""

    ours: list
    floors: list
    usual: list
    peak_mib: float
    usual_peak_mib: float
    differs: list

    @property
    def floor(self):
        return median([sum(floor) for floor in self.floors])

    @property
    def to_floor(self):
        return median(self.ours) / self.floor

    @property
    def times_usual(self):
        return median(self.usual) / median(self.ours) if self.usual else math.nan


def measure_import(database, workbook, *, runs, usual_runs):
    """Alternate the three on fresh databases; the floor's rows are those that the first import wrote."""
    rows = VAR / f"rows-{database.name}.pickle"
    run_python("-m", "benchmarks.floor", "save", ours_on(database, workbook)[0], rows)
    ours, floors, usual, counts = [], [], [], {}
    for number in range(max(runs, usual_runs)):
        if number < runs:
            url = database.fresh()
            told = json.loads(run_python("-m", "benchmarks.floor", "load", url, rows, workbook).output)
            floors.append((told["read"], told["write"]))
            counts["the floor"] = told["counts"]
            url, run = ours_on(database, workbook)
            ours.append(run)
            counts["Waymark"] = counts_of(url)
        if number < usual_runs:
            url = database.fresh()
            usual.append(run_python("-m", "benchmarks.usual", workbook, DATABASE_URL=url))
            counts["the usual answer"] = counts_of(url)
    return Importing(
        ours=[run.seconds for run in ours],
        floors=floors,
        usual=[run.seconds for run in usual],
        peak_mib=max(run.peak_mib for run in ours),
        usual_peak_mib=max((run.peak_mib for run in usual), default=math.nan),
        differs=[name for name, found in counts.items() if found != counts["Waymark"]],
    )


def ours_on(database, workbook):
    url = database.fresh()
    return url, run_python("manage.py", "import_oews", workbook, "--publish", DATABASE_URL=url)


def counts_of(url):
    """See floor.counts."""
    from benchmarks import floor

    return floor.counts(floor.connect(url))


def import_lines(database, measured):
    """The database's part of the table: (what, figure, target, whether it is met)."""
    read, write = (median(part) for part in zip(*measured.floors, strict=True))
    name, ours = database.name, median(measured.ours)
    yield (
        f"{name}: floor, calamine + {'COPY' if name == 'PostgreSQL' else 'executemany'}",
        f"{measured.floor:.1f} s",
        f"{read:.1f} reading, {write:.1f} writing",
        None,
    )
    yield f"{name}: import_oews, validated and published", f"{ours:.1f} s", "", None
    yield (
        "    against the floor",
        f"{measured.to_floor:.2f} x",
        f"at most {SLOWEST} x",
        measured.to_floor <= SLOWEST,
    )
    yield (
        "    peak memory",
        f"{measured.peak_mib:,.0f} MiB",
        f"at most {MOST_MIB:,.0f} MiB (1.2 GB)",
        measured.peak_mib <= MOST_MIB,
    )
    if measured.usual:
        yield (
            f"{name}: pandas, openpyxl and bulk_create",
            f"{median(measured.usual):.1f} s",
            f"{measured.usual_peak_mib:,.0f} MiB",
            None,
        )
        yield (
            "    Waymark is faster by",
            f"{measured.times_usual:.1f} x",
            f"at least {FASTER} x",
            measured.times_usual >= FASTER,
        )
    for other in measured.differs:
        yield f"    the rows of {other} are not Waymark's", "differ", "the same", False
