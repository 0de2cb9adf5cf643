"""Load: records into a staged release, in one transaction.

Within its release an import replaces exactly the parts that its files cover: each area type, and
the nation by industry. A published release is never written to: importing its year again makes a
staged revision that begins as a copy of it. PostgreSQL is filled by COPY, SQLite by executemany.
"""

# ruff: noqa: S608  (table and column names in SQL are the models' own; values are parameters)
import io
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from careers.models import Occupation, Source
from salaries.figures import AreaType
from salaries.models import Area, Change, Industry, IndustryWage, Release, ReleaseTitle, Wage
from salaries.oews.kept import read_note
from salaries.oews.problem import Problem
from salaries.oews.records import INDUSTRIES, IndustryRecord, WageRecord

COPY_ROWS = 20_000
PAGE = "https://www.bls.gov/oes/tables.htm"  # where BLS lists the files of every year
WAGE_FIELDS = WageRecord._fields[2:]
INDUSTRY_FIELDS = IndustryRecord._fields[2:]


class Edition(NamedTuple):
    """What is known of a year's release apart from its rows.

    `top_codes` is (dollars a year, cents an hour); `files` maps each file read to its sha256;
    `published` is the day BLS published it, if known; `source` is the Source to cite, or None for
    one made from these files.
    """

    year: int
    soc_version: str
    top_codes: tuple[int, int]
    files: dict
    published: date | None
    source: Source | None


def newest_of(year):
    """The release of a year that an import would change: the staged one, else the published one."""
    releases = Release.objects.filter(year=year).exclude(status=Release.Status.RETIRED)
    return releases.order_by("-revision").first()


def missing_titles(cleaned, file):
    """Problems for areas and industries that are neither known nor named by the files."""
    areas = set(Area.objects.values_list("code", flat=True))
    industries = set(Industry.objects.values_list("code", flat=True))
    used = {record.industry for record in cleaned.industry_wages}
    unnamed = [("area_code", a.code) for a in cleaned.areas.values() if not a.title and a.code not in areas]
    unnamed += [("industry_code", c) for c in used - industries if not cleaned.industries.get(c, ("",))[0]]
    reason = (
        "a code that Waymark does not know, and the file has no title for it. Use the file as BLS ships it."
    )
    return [Problem(file, None, column, code, reason) for column, code in unnamed]


def is_unchanged(cleaned, release):
    """Whether the release already holds exactly these rows, and names, in the parts they cover."""
    if release is None or any(
        release.levels.get(part, {}).get("rows") != len(records) for part, records in _parts(cleaned).items()
    ):
        return False
    titles = {code: told for code, told in cleaned.titles.items() if told[0]}
    held = release.titles.filter(occupation__code__in=titles).values_list(
        "occupation__code", "title", "level"
    )
    if {code: (title, level) for code, title, level in held} != titles:
        return False
    return all(set(map(tuple, records)) == _held(release, part) for part, records in _parts(cleaned).items())


def _parts(cleaned):
    """The records of each part, keyed as in Release.levels."""
    parts = {str(int(area_type)): records for area_type, records in cleaned.wages.items()}
    return parts | ({INDUSTRIES: cleaned.industry_wages} if cleaned.industry_wages else {})


def _held(release, part):
    if part == INDUSTRIES:
        rows = release.industry_wages.values_list("industry__code", "occupation__code", *INDUSTRY_FIELDS)
    else:
        rows = release.wages.filter(area__area_type=int(part)).values_list(
            "area__code", "occupation__code", *WAGE_FIELDS
        )
    return set(rows.iterator(chunk_size=COPY_ROWS))


@transaction.atomic
def load(cleaned, edition, report, *, user=None):
    """Write the records into the year's staged release and return it; all or nothing.

    `report` is {"summary": ..., "changes": ...}, saved with the release.
    """
    release = _staged(edition, _parts(cleaned).keys())
    release.imported_by = user
    occupations = dict(Occupation.objects.values_list("code", "id"))
    areas = _save_areas(cleaned)
    _save_titles(cleaned, release, occupations)
    _delete_wages(release, cleaned)
    for records in cleaned.wages.values():
        # The two flags go as 0 and 1: a bool costs sqlite3 as much as ten numbers.
        rows = ((release.id, areas[r[0]], occupations[r[1]], *r[2:-2], +r[-2], +r[-1]) for r in records)
        insert(Wage, ("release_id", "area_id", "occupation_id", *WAGE_FIELDS), rows)
    if cleaned.industry_wages:
        _load_industries(cleaned, release, occupations)
    _describe(release, cleaned, edition, report)
    return release


def _delete_wages(release, cleaned):
    """Delete the levels about to be written, by their areas' keys.

    A join to the areas takes PostgreSQL minutes where the release's rows are new to its statistics.
    The files' own areas are named beside the levels: an old file may call a division a metropolitan area.
    """
    is_covered = models.Q(area_type__in=[int(area_type) for area_type in cleaned.wages])
    areas = Area.objects.filter(is_covered | models.Q(code__in=list(cleaned.sheet_of)))
    release.wages.filter(area__in=list(areas.values_list("id", flat=True))).delete()


def _staged(edition, parts):
    """The year's staged release: the one there is, or a new one.

    Where the year is published, the new one begins as a copy of what `parts` will not replace. A
    release that was public and was taken back stays as it was, to be looked at.
    """
    newest = newest_of(edition.year)
    if newest and newest.status == Release.Status.STAGED and newest.published_at is None:
        return newest
    last = Release.objects.filter(year=edition.year).aggregate(last=models.Max("revision"))["last"] or 0
    release = Release.objects.create(
        year=edition.year,
        revision=last + 1,
        source=_source(edition, last + 1),
        soc_version=edition.soc_version,
        annual_top_code=edition.top_codes[0],
        hourly_top_code_cents=edition.top_codes[1],
    )
    public = Release.objects.published().filter(year=edition.year).first()
    if public or newest:
        _copy(public or newest, release, parts)
    return release


def _source(edition, revision):
    if edition.source:
        return edition.source
    told = {
        "publisher": "U.S. Bureau of Labor Statistics",
        "short_name": "BLS OEWS",
        "title": "Occupational Employment and Wage Statistics",
        "edition": f"May {edition.year}",
        "period": f"May {edition.year}",
        "published": edition.published,
        "retrieved": timezone.localdate(),
        "url": PAGE,
        "licence": "Public domain (U.S. federal government work)",
    }
    # The seed's own source is oews-2026: the two are told apart, and neither overwrites the other.
    key = f"oews-{edition.year}-r{revision}"
    return Source.objects.update_or_create(key=key, defaults=told)[0]


def _copy(old, new, parts):
    """Copy a release inside the database, but for the parts that are about to be replaced."""
    covered = [int(part) for part in parts if part != INDUSTRIES]
    areas = f"area_id IN (SELECT id FROM {Area._meta.db_table} WHERE area_type IN ({_marks(covered)}))"
    _copy_rows(ReleaseTitle, old, new)
    _copy_rows(Wage, old, new, f"NOT {areas}" if covered else "", covered)
    _copy_rows(Change, old, new, f"part NOT IN ({_marks(covered)})" if covered else "", covered)
    if INDUSTRIES not in parts:
        _copy_rows(IndustryWage, old, new)
    new.levels, new.report = old.levels, old.report
    new.source.files = old.source.files
    new.source.save(update_fields=["files"])


def _copy_rows(model, old, new, condition="", values=()):
    columns = [f.column for f in model._meta.concrete_fields if f.column not in ("id", "release_id")]
    names, table = ", ".join(columns), model._meta.db_table
    sql = f"INSERT INTO {table} (release_id, {names}) SELECT %s, {names} FROM {table} WHERE release_id = %s"
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} AND {condition}" if condition else sql, [new.id, old.id, *values])


def _marks(values):
    return ", ".join(["%s"] * len(values))


def _save_areas(cleaned):
    """Create the areas not yet known; returns code to id. Names change when the release is published."""
    known = set(Area.objects.values_list("code", flat=True))
    slugs = set(Area.objects.values_list("slug", flat=True))
    new = []
    for record in cleaned.areas.values():
        if record.code not in known:
            slug = Area.make_slug(record.title)
            slug = f"{slug}-{record.code}" if slug in slugs else slug
            slugs.add(slug)
            new.append(Area(**record._asdict(), slug=slug))
    Area.objects.bulk_create(new)
    return dict(Area.objects.values_list("code", "id"))


def _save_titles(cleaned, release, occupations):
    """Keep how this release names each code; the names become the occupations' when it is published."""
    titles = {code: told for code, told in cleaned.titles.items() if told[0]}
    if AreaType.NATION in cleaned.wages:  # the one file that names every code
        release.titles.all().delete()
    ReleaseTitle.objects.bulk_create(
        [
            ReleaseTitle(release=release, occupation_id=occupations[code], title=title, level=level)
            for code, (title, level) in titles.items()
        ],
        update_conflicts=True,
        unique_fields=["release", "occupation"],
        update_fields=["title", "level"],
        batch_size=2000,
    )


def _load_industries(cleaned, release, occupations):
    known = set(Industry.objects.values_list("code", flat=True))
    Industry.objects.bulk_create(
        Industry(code=code, title=title, level=level)
        for code, (title, level) in cleaned.industries.items()
        if code not in known
    )
    industries = dict(Industry.objects.values_list("code", "id"))
    release.industry_wages.all().delete()
    rows = (
        (release.id, industries[r[0]], occupations[r[1]], *r[2:-2], +r[-2], +r[-1])
        for r in cleaned.industry_wages
    )
    insert(IndustryWage, ("release_id", "industry_id", "occupation_id", *INDUSTRY_FIELDS), rows)


def _describe(release, cleaned, edition, report):
    """Say on the release which files each part came from, and what changed."""
    for part, records in _parts(cleaned).items():
        release.levels[part] = {"rows": len(records), "files": sorted(edition.files)}
    lists = {name: report["changes"].get(name, []) for name in Change.Kind.values}
    counts = {name: told for name, told in report["changes"].items() if name not in lists}
    report = report | {"changes": counts}
    is_more = release.report and counts.get("base_year") == release.report["changes"].get("base_year")
    release.report = _with_what_stays(report, release.report, cleaned) if is_more else report
    release.annual_top_code, release.hourly_top_code_cents = edition.top_codes
    release.save()
    _save_changes(release, lists, cleaned, is_more=is_more)
    if edition.source is None:
        _say_where_from(release.source, edition.files)


def _say_where_from(source, files):
    """Name the files read, and when they came; the address where all there is came in one fetched file."""
    notes = [read_note(settings.OEWS_FOLDER / name, sha256=sha256) for name, sha256 in files.items()]
    source.files |= files
    source.retrieved = max(n.day for n in notes) if all(notes) else timezone.localdate()
    source.url = notes[0].url if len(source.files) == 1 and notes[0] else PAGE
    source.save(update_fields=["files", "retrieved", "url"])


def _with_what_stays(report, before, cleaned):
    """The report, with what the release's earlier one said of the area types that these files leave alone."""
    covered = Area.objects.filter(area_type__in=[int(area_type) for area_type in cleaned.wages])
    codes = set(covered.values_list("code", flat=True))
    unordered = [e for e in before["summary"]["ladders_out_of_order"] if e["area"] not in codes]
    merged = {name: before.get(name, {}) | told for name, told in report.items()}
    merged["summary"]["ladders_out_of_order"] = unordered + report["summary"]["ladders_out_of_order"]
    for told, name in (("inspection", "parts"), ("changes", "rows"), ("changes", "areas_compared")):
        parts = before.get(told, {}).get(name, {}) | report.get(told, {}).get(name, {})
        if parts:
            merged[told][name] = parts
    return merged


def _save_changes(release, lists, cleaned, *, is_more):
    """Replace the lists of changes of the parts that these files cover, or all of them."""
    types = dict(Area.objects.values_list("code", "area_type"))
    covered = {int(area_type) for area_type in cleaned.wages}
    stay = release.changes.exclude(part__in=covered) if is_more else release.changes.none()
    entries = [(c.kind, c.part, c.detail) for c in stay]
    entries += [
        (kind, types.get(e["code"], AreaType.NATION), e) for kind, listed in lists.items() for e in listed
    ]
    release.changes.all().delete()
    Change.objects.bulk_create(
        [
            Change(
                release=release, kind=kind, position=position, part=part,
                code=entry["code"], title=entry.get("title") or entry["new"], detail=entry,
            )
            for position, (kind, part, entry) in enumerate(entries)
        ],
        batch_size=1000,
    )  # fmt: skip


def refresh_statistics():
    """Tell the database's planner how large the tables are now; without it SQLite reads the wrong index."""
    tables = [
        m._meta.db_table for m in (Wage, IndustryWage, ReleaseTitle, Change, Area, Industry, Occupation)
    ]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {table}")


def insert(model, columns, rows):
    """Insert rows (tuples in the order of `columns`) by the database's fastest road."""
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        _copy_in(table, columns, rows)
    else:
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({_marks(columns)})"
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)


def _copy_in(table, columns, rows):
    """COPY in pieces, so that memory does not grow with the file. All values are numbers or null."""
    sql = f"COPY {table} ({', '.join(columns)}) FROM STDIN WITH (FORMAT csv)"
    piece = []
    # copy_expert is the driver's own: without this its errors would not be Django's.
    with connection.wrap_database_errors, connection.cursor() as cursor:
        for row in rows:
            piece.append(",".join(["" if value is None else str(value) for value in row]))
            if len(piece) == COPY_ROWS:
                cursor.copy_expert(sql, io.StringIO("\n".join(piece)))
                piece = []
        if piece:
            cursor.copy_expert(sql, io.StringIO("\n".join(piece)))
