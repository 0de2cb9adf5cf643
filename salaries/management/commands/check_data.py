"""Say what a careful editor would want to know of the data.

    manage.py check_data           a page of text
    manage.py check_data --json    all of it, for a program

For a scheduled job: exit status 0 when no check fails, 1 when one does (they are named on
standard error), 2 when the database could not be read. The same is at /admin/data-quality/.
"""

import json

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError
from django.utils import timezone

from salaries.quality import check, words_of

ROWS_SHOWN = 10


class Command(BaseCommand):
    help = (
        "Say what a careful editor would want to know of the data. Exit status 0 when no check fails, "
        "1 when one does, 2 when the database could not be read; checks that only inform never fail."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="everything that was found, as JSON")

    def handle(self, **options):
        today = timezone.localdate()
        try:
            results = check(today)
        except (OperationalError, ProgrammingError) as error:
            message = f"{error}. Is the database set up? Run manage.py migrate, then seed."
            raise CommandError(message, returncode=2) from error
        self.stdout.write(as_json(results, today) if options["json"] else as_text(results, today))
        if failed := [r for r in results if r.has_failed]:
            told = "; ".join(f"{r.metric.title} ({len(r.rows)})" for r in failed)
            raise CommandError(f"{len(failed)} failed: {told}.")


def as_json(results, today):
    """{"checked_on", "failed", "metrics": [{"key", ..., "rows": [{"what", "link", "detail", "group"}]}]}"""
    metrics = [
        {
            "key": result.metric.key,
            "title": result.metric.title,
            "why": result.metric.why,
            "mend": result.metric.mend,
            "severity": result.metric.severity,
            "failed": result.has_failed,
            "note": result.note,
            "count": len(result.rows),
            "rows": [row._asdict() for row in result.rows],
        }
        for result in results
    ]
    failed = any(result.has_failed for result in results)
    told = {"checked_on": today.isoformat(), "failed": failed, "metrics": metrics}
    return json.dumps(told, indent=2, ensure_ascii=False)


def as_text(results, today):
    """The counts, then the first rows of each metric that found any."""
    lines = [f"Data quality on {words_of(today)}", ""]
    lines += [f"{len(r.rows):6,}  {word_of(r):7}  {r.metric.title}" for r in results]
    for result in results:
        if result.rows:
            lines += ["", *section_of(result)]
    return "\n".join([*lines, "", *(r.note for r in results if r.note)])


def word_of(result):
    """Whether the metric failed, holds, or only informs."""
    return "FAILED" if result.has_failed else "holds" if result.metric.severity == "fail" else "informs"


def section_of(result):
    metric = result.metric
    lines = [f"{metric.title}: {len(result.rows):,}", f"  {metric.why} {metric.mend}"]
    group = ""
    for row in result.rows[:ROWS_SHOWN]:
        if row.group != group:
            group = row.group
            lines.append(f"  {group}")
        lines.append(f"  - {row.what}{': ' if row.detail else ''}{row.detail}  {row.link}")
    more = len(result.rows) - ROWS_SHOWN
    return [*lines, f"  ... and {more:,} more"] if more > 0 else lines
