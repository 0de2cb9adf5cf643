"""The road in, from end to end: read, clean, compare, load.

    outcome = import_files(["oesm25nat.zip", "oesm25st.zip"])
    publish(outcome.release)

Raises BadInput with every problem found; then nothing has been written.
"""

import csv
import gc
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from careers.models import CURRENT_SOC, Occupation
from salaries.models import Release
from salaries.oews.base import base_of
from salaries.oews.clean import check_coverage, clean
from salaries.oews.compare import check_size, compare, inspect, summarise
from salaries.oews.load import (
    Edition,
    is_unchanged,
    load,
    missing_titles,
    newest_of,
    refresh_statistics,
)
from salaries.oews.lock import working_alone
from salaries.oews.problem import BadInput, refuse, shown
from salaries.oews.read import read

RELEASES = settings.BASE_DIR / "data" / "releases.csv"


@dataclass
class Outcome:
    """What an import did. `release` is None after a rehearsal; `report` as saved with the release."""

    year: int
    release: Release | None
    report: dict
    unchanged: bool


@dataclass
class _TopCodes:
    annual_top_code: int
    hourly_top_code_cents: int


@contextmanager
def _without_gc():
    """A million records hold no cycles; looking for some among them costs a tenth of an import."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@_without_gc()
def import_files(
    paths,
    *,
    year=None,
    dry_run=False,
    industries_alone=False,
    source=None,
    user=None,
    started=None,
    progress=None,
):
    """Bring one year's files into a staged release.

    `year` is the operator's word, checked against the files'. `industries_alone` allows files that
    hold only national rows by industry. `source` is the Source to cite where the files are our own
    tables made from it; `user` is who imports, if known. `started(rows)` is called when the number
    of rows is about known, and again when it is known exactly; `progress(rows)` as they are read. A
    release that already holds these rows is left as it is. Raises Busy where another import, publication
    or roll-back is at work; a rehearsal stands in nobody's way.
    """
    names = ", ".join(shown(Path(path).name) for path in paths)
    with nullcontext() if dry_run else working_alone(f"importing {names}"):
        return _import(
            paths, year, dry_run=dry_run, industries_alone=industries_alone, source=source, user=user,
            started=started, progress=progress,
        )  # fmt: skip


def _import(paths, year, *, dry_run, industries_alone, source, user, started, progress):
    codes = set(Occupation.objects.values_list("code", flat=True))
    if not codes:
        refuse("the database", "it has no list of occupations yet. Run manage.py seed first.")
    reading = read(paths)
    year = reading.year(year)
    edition = edition_of(year, reading, source)
    if started:
        started(sum(sheet.row_count or 0 for sheet in reading.sheets))
    cleaned = clean(reading, known_codes=codes, progress=progress)
    if started:
        started(cleaned.rows_read)
    check_coverage(cleaned, reading, industries_alone=industries_alone)
    base, file = base_of(year), ", ".join(reading.files)
    if problems := check_size(cleaned, base, file) + missing_titles(cleaned, file):
        raise BadInput(problems)
    limits = _TopCodes(*edition.top_codes)
    report = {
        "summary": summarise(cleaned),
        "inspection": inspect(cleaned, reading, base, limits),
        "changes": compare(cleaned, base, limits),
    }
    release = newest_of(year)
    unchanged = is_unchanged(cleaned, release)
    if not (dry_run or unchanged):
        with transaction.atomic():  # so that what fails, fails before anything has been written
            release = load(cleaned, edition, report, user=user)
            refresh_statistics()
    return Outcome(year, None if dry_run else release, report, unchanged)


def edition_of(year, reading, source=None):
    """What is known of the year: from the files' notes, data/releases.csv, or the release before.

    Raises BadInput where nobody says the top codes, without which # cannot be read.
    """
    known = _known_editions().get(year, {})
    top_codes = reading.top_code() or known.get("top_codes")
    if top_codes is None:
        refuse(
            next(iter(reading.files)),
            f"nothing says above which pay BLS prints # in May {year}. Import the zip as BLS ships it (its "
            "field descriptions say), or add the year to data/releases.csv.",
        )
    soc_version = known.get("soc_version") or _soc_version_before(year)
    return Edition(year, soc_version, top_codes, reading.files, known.get("published"), source)


def _known_editions():
    with RELEASES.open(newline="", encoding="utf-8") as file:
        return {
            int(row["year"]): {
                "soc_version": row["soc_version"],
                "top_codes": (int(row["annual_top_code"]), round(float(row["hourly_top_code"]) * 100)),
                "published": date.fromisoformat(row["published"]) if row["published"] else None,
            }
            for row in csv.DictReader(file)
        }


def _soc_version_before(year):
    before = Release.objects.filter(year__lt=year).order_by("-year").first()
    return before.soc_version if before else CURRENT_SOC
