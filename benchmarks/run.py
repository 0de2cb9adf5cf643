"""Measure everything and print one table: `make bench`, `make bench ARGS="--only pages"`.

A figure that misses its target is marked and never an error: what is measured is for people to
judge. What could not be measured says why in its place.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.browser import browser_lines, measure_browser
from benchmarks.databases import Sqlite, postgresql
from benchmarks.importing import import_lines, measure_import
from benchmarks.machine import machine_lines
from benchmarks.measure import VAR, CannotMeasure
from benchmarks.pages import measure_pages, page_lines, prepare, query_lines
from benchmarks.searching import search_lines
from benchmarks.served import measure_served, served_lines
from benchmarks.start import measure_start, start_lines
from benchmarks.workbook import full_workbook

PARTS = ("browser", "import", "pages", "search", "served", "start")


def main():
    options = parse()
    VAR.mkdir(parents=True, exist_ok=True)
    print("\n".join(machine_lines()))
    for part in options.only or PARTS:
        SECTIONS[part](options)


def parse():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this part; may be repeated")
    parser.add_argument("--runs", type=int, default=3, help="imports of each kind (default 3)")
    parser.add_argument("--usual-runs", type=int, default=1, help="imports by the slow usual way (default 1)")
    parser.add_argument("--turns", type=int, default=5, help="turns of each server a page (default 5)")
    parser.add_argument("--seconds", type=float, default=2, help="seconds a turn (default 2)")
    return parser.parse_args()


def import_section(options):
    say("making the workbook, once")
    workbook, source = full_workbook()
    title(f"Import of {workbook.name} ({workbook.stat().st_size / 1e6:.0f} MB, generated from the {source})")
    show("import", lambda: import_into(Sqlite(), workbook, options))
    show("import", lambda: import_into_postgresql(workbook, options))


def import_into(database, workbook, options):
    say(f"importing into {database.name} {database.version}, {options.runs} runs")
    measured = measure_import(database, workbook, runs=options.runs, usual_runs=options.usual_runs)
    return list(import_lines(database, measured))


def import_into_postgresql(workbook, options):
    with postgresql() as database:
        return import_into(database, workbook, options)


def browser_section(options):
    title("A first visit in Chromium over loopback, all releases loaded, bytes before compression")
    say("seeding and visiting")
    show("browser", lambda: browser_lines(measure_browser(turns=options.turns)))


def pages_section(options):
    title("Pages, all releases loaded, nothing cached, one connection")
    say("loading every release")
    try:
        url = prepare()
    except CannotMeasure as why:
        print(f"  not measured: {why}")
        return
    show("requests", lambda: page_lines(measure_pages(url, turns=options.turns, seconds=options.seconds)))
    show("queries", lambda: query_lines(url))


def search_section(options):
    title("Search, everything seeded, inside one process")
    say("seeding")
    show("search", search_lines)


def served_section(options):
    title("A kept profile page, beside nginx sending it from a file")
    say("serving")
    show("served", lambda: served_lines(measure_served(turns=options.turns, seconds=options.seconds)))


def start_section(options):
    title("Start")
    say("cloning and starting")
    show("start", lambda: start_lines(measure_start()))


SECTIONS = {
    "browser": browser_section,
    "import": import_section,
    "pages": pages_section,
    "search": search_section,
    "served": served_section,
    "start": start_section,
}
MET = {True: "met", False: "MISSED", None: ""}


def show(part, lines):
    """Print the lines of the table, or why there are none."""
    try:
        for what, figure, note, is_met in lines():
            print(f"  {what:<52}{figure:>22}  {MET[is_met]:<7} {note}", flush=True)
    except CannotMeasure as why:
        print(f"  {part}: not measured: {why}")


def title(text):
    print(f"\n{text}", flush=True)


def say(text):
    """Progress, apart from the table."""
    print(f"... {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
