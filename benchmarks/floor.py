"""The floor under an import: reading the workbook, and writing the same rows, with nothing between.

    python -m benchmarks.floor save URL ROWS            keep the rows that an import wrote
    python -m benchmarks.floor load URL ROWS WORKBOOK   read the workbook, write the kept rows, print seconds

A child of run.py. Nothing is checked, compared or converted: python-calamine's rows are thrown away,
and the rows written are ready as Python values before the clock starts. They go in one
transaction into the site's own tables, with their constraints and indexes.
"""

# ruff: noqa: S608 (every name put into SQL is our own table's or column's)

import io
import json
import pickle
import sqlite3
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

YEAR, BEFORE = 2025, 2024
TABLES = ("salaries_releasetitle", "salaries_wage", "salaries_industrywage")
RELEASE = "(SELECT id FROM salaries_release WHERE year = {})"


def main(action, url, rows, workbook=None):
    connection = connect(url)
    if action == "save":
        Path(rows).write_bytes(pickle.dumps(save(connection)))
        return
    tables = pickle.loads(Path(rows).read_bytes())  # noqa: S301 (our own, from a moment ago)
    began = time.perf_counter()
    read(workbook)
    between = time.perf_counter()
    write(connection, tables)
    print(
        json.dumps(
            {"read": between - began, "write": time.perf_counter() - between, "counts": counts(connection)}
        )
    )


def connect(url):
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON")
        return connection
    import psycopg2

    where = urlsplit(url)
    return psycopg2.connect(
        host=where.hostname,
        port=where.port,
        user=where.username,
        password=where.password,
        dbname=where.path[1:],
    )


def save(connection):
    """{table: (columns, rows)} of the year's release, without the numbers the database gives."""
    tables = {}
    for table in TABLES:
        cursor = connection.cursor()
        cursor.execute(f"SELECT * FROM {table} WHERE release_id = {RELEASE.format(YEAR)} ORDER BY id")
        columns = [column[0] for column in cursor.description]
        at = columns.index("id")
        rows = [row[:at] + row[at + 1 :] for row in cursor.fetchall()]
        tables[table] = (columns[:at] + columns[at + 1 :], rows)
    return tables


def read(workbook):
    from python_calamine import CalamineWorkbook

    for _ in CalamineWorkbook.from_path(workbook).get_sheet_by_index(0).iter_rows():
        pass


def write(connection, tables):
    cursor = connection.cursor()
    add_release(cursor, tables)
    for table, (columns, rows) in tables.items():
        if isinstance(connection, sqlite3.Connection):
            marks = ", ".join("?" * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
        else:
            lines = "\n".join([",".join(["" if v is None else str(v) for v in row]) for row in rows])
            sql = f"COPY {table} ({', '.join(columns)}) FROM STDIN WITH (FORMAT csv)"
            cursor.copy_expert(sql, io.StringIO(lines) if "title" not in table else quoted(rows))
    connection.commit()


def quoted(rows):
    """Rows with text in them, whose commas need quotes."""
    import csv

    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    lines.seek(0)
    return lines


def add_release(cursor, tables):
    """The release that the rows belong to: the year before's, under their year and number."""
    columns, rows = tables["salaries_wage"]
    number = rows[0][columns.index("release_id")]
    cursor.execute("SELECT * FROM salaries_release WHERE 1 = 0")
    others = [c[0] for c in cursor.description if c[0] not in ("id", "year", "status")]
    cursor.execute(
        f"INSERT INTO salaries_release (id, year, status, {', '.join(others)}) "
        f"SELECT {number}, {YEAR}, 'staged', {', '.join(others)} FROM salaries_release WHERE year = {BEFORE}"
    )


def counts(connection):
    """What tells that the same rows came in: how many of each table, and the sums of their medians."""
    cursor = connection.cursor()
    found = []
    for table in TABLES[1:]:
        cursor.execute(
            "SELECT COUNT(*), SUM(annual_median), SUM(hourly_median_cents), SUM(top_coded), SUM(employment) "
            f"FROM {table} WHERE release_id = {RELEASE.format(YEAR)}"
        )
        found.append([int(value) for value in cursor.fetchone()])
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
