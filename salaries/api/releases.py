"""/api/v1/releases/ and the changes that each made."""

from typing import Literal

from ninja import Field, Query, Router
from ninja.errors import HttpError

from salaries.api.common import US, release_shown
from salaries.api.cursors import page_of
from salaries.api.schemas import Asked, ChangeTold, Page, ReleaseTold, answers, tell
from salaries.figures import MEASURES, AreaType, Figure, Status
from salaries.models import Change, Release

router = Router(tags=["Releases"])
KINDS = Literal[tuple(Change.Kind.values)]


@router.get("/releases/", response=answers(Page[ReleaseTold]), summary="Editions of OEWS in use")
def releases(request, asked: Query[Asked]):
    """The oldest first, each with its source's files and their sha256."""
    rows = Release.objects.shown().select_related("source").defer("report").order_by("year")
    return page_of(
        request,
        list(rows),
        name="releases",
        key=lambda row: str(row.year),
        asked=asked,
        tell=lambda row: _release(request, row),
    )


@router.get("/releases/oews-{year}/", response=answers(ReleaseTold), summary="One release")
def release(request, year: str):
    return _release(request, release_shown(_year(year)))


class ChangesAsked(Asked):
    kind: KINDS | None = Field(None, description="Only changes of one kind.")


@router.get("/releases/oews-{year}/changes/", response=answers(Page[ChangeTold]), summary="Its changes")
def changes(request, year: str, asked: Query[ChangesAsked]):
    """Against the release before it: codes and areas new, gone and renamed, movers, marks and numbers."""
    release = release_shown(_year(year))
    order = {kind: f"{place:02d}" for place, kind in enumerate(Change.Kind.values)}
    rows = release.changes.all()
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    rows = sorted(rows, key=lambda row: (order[row.kind], row.position))
    base = release.report.get("changes", {}).get("base_year")
    return page_of(
        request,
        rows,
        name="changes",
        key=lambda row: f"{order[row.kind]} {row.position:06d}",
        asked=asked,
        tell=lambda row: _change(row, release, f"May {base}" if base else ""),
    )


def _year(text):
    if len(text) != 4 or not (text.isascii() and text.isdigit()):
        raise HttpError(404, "There is no such release. /api/v1/releases/ lists those that there are.")
    return int(text)


def _release(request, row):
    source = row.source
    rows = {AreaType(int(k)).label if k.isdigit() else k: v.get("rows", 0) for k, v in row.levels.items()}
    return {
        "slug": row.slug,
        "period": row.period,
        "revision": row.revision,
        "classification": row.get_soc_version_display(),
        "publisher": source.publisher,
        "title": source.title,
        "source": source.short_name,
        "published": source.published,
        "licence": source.licence,
        "attribution": source.attribution,
        "annual_top_code": row.annual_top_code,
        "hourly_top_code": row.hourly_top_code_cents / 100,
        "rows": rows,
        "files": source.files,
        "url": request.build_absolute_uri(row.get_absolute_url()),
    }


def _change(row, release, base):
    detail = row.detail
    told = {
        "release": release.period,
        "against": base,
        "kind": row.kind,
        "code": row.code,
        "title": row.title,
        "before": None,
        "now": None,
        "was": "",
        "is_now": "",
    }
    sides = SIDES.get(row.kind)
    if sides is None:
        is_name = row.kind in (Change.Kind.CODES_RENAMED, Change.Kind.AREAS_RENAMED)
        into = " ".join(new["code"] for new in detail.get("into", []))
        return told | ({"was": detail["old"], "is_now": detail["new"]} if is_name else {"is_now": into})
    measure = MEASURES[detail.get("measure", "annual_median")]
    (before, was), (now, is_now) = sides(detail, release)
    source = release.source.short_name
    return told | {
        "before": tell(Figure(measure, before, was, US, base, source)),
        "now": tell(Figure(measure, now, is_now, US, release.period, source)),
    }


# What stood before and what stands now, of each kind that has figures: (status, value) twice. A median
# that was published but has no number was at or above the top code; the top code before is not kept.
_NONE = (Status.NOT_PUBLISHED, None)
SIDES = {
    Change.Kind.MOVERS: lambda d, _: ((Status.EXACT, d["old"]), (Status.EXACT, d["new"])),
    Change.Kind.MARKS_TO_NUMBERS: lambda d, _: ((Status.AT_LEAST, d["bound"]), (Status.EXACT, d["value"])),
    Change.Kind.NUMBERS_TO_MARKS: lambda d, _: ((Status.EXACT, d["value"]), (Status.AT_LEAST, d["bound"])),
    Change.Kind.PUBLISHED_NOW: lambda d, release: (_NONE, _given(d, release.annual_top_code)),
    Change.Kind.PUBLISHED_NO_LONGER: lambda d, _: (_given(d, None), _NONE),
}


def _given(detail, top_code):
    value = detail["value"]
    return (Status.EXACT, value) if value is not None else (Status.AT_LEAST, top_code)
