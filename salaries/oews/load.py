"""Load: records into a staged release, in one transaction.

Within its release an import replaces exactly the parts that its files cover: each area type, and
the nation by industry. A published release is never written to: importing its year again makes a
staged revision that begins as a copy of it. PostgreSQL is filled by COPY, SQLite by executemany.
"""

# ruff: noqa: S608  (table and column names in SQL are the models' own; values are parameters)
import io
from datetime import date
from typing import NamedTuple

from django.db import connection, models, transaction
from django.utils import timezone

from careers.models import Occupation, Source
from salaries.figures import AreaType
from salaries.models import Area, Industry, IndustryWage, Release, ReleaseTitle, Wage
from salaries.oews.compare import Base
from salaries.oews.problem import Problem
from salaries.oews.records import INDUSTRIES, IndustryRecord, WageRecord

COPY_ROWS = 20_000
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


def base_of(year):
    """The release that May `year` is compared with: the newest published one of an earlier year."""
    release = Release.objects.published().filter(year__lt=year).order_by("-year").first()
    if release is None:
        return None
    nation = release.wages.filter(area__code="0000000").select_related("occupation")
    areas = Area.objects.filter(id__in=release.wages.order_by().values("area_id").distinct())
    return Base(
        year=release.year,
        annual_top_code=release.annual_top_code,
        hourly_top_code_cents=release.hourly_top_code_cents,
        nation={wage.occupation.code: wage for wage in nation},
        titles={t.occupation.code: (t.title, t.level) for t in release.titles.select_related("occupation")},
        areas={a.code: (a.title, a.area_type) for a in areas},
        rows={
            part if part == INDUSTRIES else int(part): told["rows"] for part, told in release.levels.items()
        },
    )


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
    """Whether the release already holds exactly these rows in the parts they cover."""
    if release is None or any(
        release.levels.get(part, {}).get("rows") != len(records) for part, records in _parts(cleaned).items()
    ):
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
def load(cleaned, edition, report):
    """Write the records into the year's staged release and return it; all or nothing.

    `report` is {"summary": ..., "changes": ...}, saved with the release.
    """
    release = _staged(edition, _parts(cleaned).keys())
    occupations = dict(Occupation.objects.values_list("code", "id"))
    areas = _save_areas(cleaned)
    _save_titles(cleaned, release, occupations)
    for area_type, records in cleaned.wages.items():
        release.wages.filter(area__area_type=int(area_type)).delete()
        rows = ((release.id, areas[r[0]], occupations[r[1]], *r[2:]) for r in records)
        insert(Wage, ("release_id", "area_id", "occupation_id", *WAGE_FIELDS), rows)
    if cleaned.industry_wages:
        _load_industries(cleaned, release, occupations)
    _describe(release, cleaned, edition, report)
    return release


def _staged(edition, parts):
    """The year's staged release: the one there is, or a new one.

    Where the year is published, the new one begins as a copy of what `parts` will not replace.
    """
    newest = newest_of(edition.year)
    if newest and newest.status == Release.Status.STAGED:
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
    if newest:
        _copy(newest, release, parts)
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
        "url": "https://www.bls.gov/oes/",
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
    rows = ((release.id, industries[r[0]], occupations[r[1]], *r[2:]) for r in cleaned.industry_wages)
    insert(IndustryWage, ("release_id", "industry_id", "occupation_id", *INDUSTRY_FIELDS), rows)


def _describe(release, cleaned, edition, report):
    """Say on the release which files each part came from, and what changed."""
    for part, records in _parts(cleaned).items():
        release.levels[part] = {"rows": len(records), "files": sorted(edition.files)}
    if release.report:
        report = _with_what_stays(report, release.report, cleaned)
    release.report = report
    release.annual_top_code, release.hourly_top_code_cents = edition.top_codes
    release.save()
    if edition.source is None:
        release.source.files |= edition.files
        release.source.save(update_fields=["files"])


def _with_what_stays(report, before, cleaned):
    """The report, with what the release's earlier one said of the area types that these files leave alone."""
    covered = Area.objects.filter(area_type__in=[int(area_type) for area_type in cleaned.wages])
    titles = dict(covered.values_list("code", "title"))
    unordered = [e for e in before["summary"]["ladders_out_of_order"] if e["area"] not in titles]
    unordered += report["summary"]["ladders_out_of_order"]
    summary = report["summary"] | {"ladders_out_of_order": unordered}
    changes = report["changes"]
    if changes and changes["base_year"] == before["changes"].get("base_year"):
        changes = _merged(before["changes"], changes, titles)
    return {"summary": summary, "changes": changes}


def _merged(before, now, replaced):
    """Changes of a release that came in several files; `replaced` maps areas imported now to titles."""
    merged = before | now | {"rows": before["rows"] | now["rows"]}
    for name in ("areas_new", "areas_gone", "areas_renamed"):
        # A renamed area has its new title once the release is public, and is no change to the files then.
        stays = [e for e in before[name] if replaced.get(e["code"]) in (None, e.get("new"))]
        entries = {e["code"]: e for e in stays + now[name]}
        merged[name] = [entries[code] for code in sorted(entries)]
    return merged


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
    with connection.cursor() as cursor:
        for row in rows:
            piece.append(",".join(["" if value is None else str(value) for value in row]))
            if len(piece) == COPY_ROWS:
                cursor.copy_expert(sql, io.StringIO("\n".join(piece)))
                piece = []
        if piece:
            cursor.copy_expert(sql, io.StringIO("\n".join(piece)))
