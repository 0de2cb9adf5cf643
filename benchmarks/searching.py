"""How well and how fast search finds what people type: `python -m benchmarks.searching`, a child of run.py.

Reads search_queries.csv on DATABASE_URL with everything seeded, inside one process; prints JSON. A
query is found if one of the occupations that it may mean is among the first five hits. The list was
written by hand and untried (README.md), and is not the place to mend what is missed.
"""

import csv
import json
import os
import statistics
import time
from pathlib import Path

from benchmarks.measure import CannotMeasure, memory_of, run_python
from benchmarks.pages import SITE

QUERIES = Path(__file__).with_name("search_queries.csv")
FIRST = 5
TIMES = 5
LEAST_FOUND, LEAST_TITLES, MOST_MILLISECONDS = 97, 99, 10


def read_queries():
    """(query, the codes that are right) of every line."""
    with QUERIES.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["query"], {row["expected_code"], *row["also_right"].split()}


def missed_queries(index):
    """The queries that are not found, each with the first five codes of its hits."""
    missed = {}
    for query, right in read_queries():
        first = [hit.entry.code for hit in index.find(query).hits[:FIRST]]
        if not right.intersection(first):
            missed[query] = first
    return missed


def titles_of(index):
    """Every title of an occupation or group of today's classification."""
    return [entry.name for entry in index.by_code.values() if not entry.is_retired]


def missed_titles(index):
    """Titles whose first hit has another name; 29-1171 and its group 29-1170 have the same."""
    first = {title: index.find(title).hits[:1] for title in titles_of(index)}
    return [title for title, hits in first.items() if not hits or hits[0].entry.name != title]


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from careers.kept import kept
    from careers.search.kept import make_index

    lineage, before = kept().lineage, memory_of(os.getpid())
    began = time.perf_counter()
    index = make_index(lineage)
    seconds = time.perf_counter() - began
    memory = memory_of(os.getpid()) - before
    times = sorted(milliseconds(index, query) for query, _ in read_queries())
    measured = {
        "seconds": seconds,
        "mebibytes": memory / 2**20,
        "phrases": len(index.texts),
        "queries": len(times),
        "missed_queries": missed_queries(index),
        "titles": len(titles_of(index)),
        "missed_titles": missed_titles(index),
        "p50": times[len(times) // 2],
        "p95": times[len(times) * 95 // 100],
        "most": times[-1],
    }
    print(json.dumps(measured))


def milliseconds(index, query):
    """The median of several, each with nothing remembered of misspelt words."""
    return statistics.median(once(index, query) for _ in range(TIMES))


def once(index, query):
    index.vocabulary.mended.cache_clear()
    began = time.perf_counter()
    index.find(query)
    return (time.perf_counter() - began) * 1000


def search_lines():
    """The search's part of the table: (what, figure, note, whether it meets its target)."""
    url = f"sqlite:///{SITE}"
    run_python("manage.py", "migrate", "--verbosity", "0", DATABASE_URL=url)
    run_python("manage.py", "seed", DATABASE_URL=url)
    measured = json.loads(run_python("-m", "benchmarks.searching", DATABASE_URL=url).output.splitlines()[-1])
    if not measured["phrases"]:
        raise CannotMeasure("no titles are loaded")
    yield from score_lines("queries with a right hit in the first five", measured, "queries", LEAST_FOUND)
    yield from score_lines("exact titles first", measured, "titles", LEAST_TITLES)
    for name in ("p50", "p95", "most"):
        is_met = measured[name] < MOST_MILLISECONDS if name == "p95" else None
        note = f"under {MOST_MILLISECONDS} ms" if name == "p95" else ""
        yield f"a query, {name}", f"{measured[name]:.2f} ms", note, is_met
    phrases = f"{measured['phrases']:,} titles"
    yield "making the index", f"{measured['seconds']:.2f} s", phrases, None
    yield "memory of the index", f"{measured['mebibytes']:.0f} MiB", phrases, None


def score_lines(what, measured, name, least):
    """The share that is found, then what is missed."""
    missed, total = measured[f"missed_{name}"], measured[name]
    percent = 100 * (total - len(missed)) / total
    note = f"at least {least} %; {total - len(missed):,} of {total:,}"
    yield what, f"{percent:.1f} %", note, percent >= least
    if missed:
        yield "    missed", "", ", ".join(missed), None


if __name__ == "__main__":
    main()
