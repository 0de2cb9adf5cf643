"""/api/v1/pay/, /api/v1/compare/ and /api/v1/areas/."""

from typing import Annotated

from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from salaries.api.common import Unusable, area_named, occupation_named, pay_figures, picked, release_shown
from salaries.api.cursors import page_of
from salaries.api.schemas import AreaTold, Asked, ComparisonTold, Page, PayTold, Text, answers, tell
from salaries.comparison import summary
from salaries.exports import FIGURES
from salaries.forms import AREA_KINDS
from salaries.models import Area, Wage
from salaries.views.compare import columns_of

router = Router(tags=["Pay"])
FourTexts = Annotated[list[Text], Field(max_length=4)]
SomeMeasures = Annotated[list[Text], Field(max_length=len(FIGURES))]


class PayAsked(Asked):
    """One of occupation and area is needed; together they name one row."""

    occupation: Text = Field("", description="Its code or title. Without it, every occupation of the area.")
    area: Text = Field("", description="Its slug, code, title or postal code. Without it, every area.")
    year: int | None = Field(None, ge=1900, le=9999, description="The May of a release; the newest without.")
    type: Text = Field("", description="Only areas of a kind: state, metro or nonmetro.")
    measure: SomeMeasures = Field([], description="Only these measures: annual_median, employment, ...")


@router.get("/pay/", response=answers(Page[PayTold]), summary="Pay by occupation, area and year")
def pay(request, asked: Query[PayAsked]):
    """Every measure of a row, each with its status. An occupation in an area always has its one row."""
    names = _measures(asked.measure)
    occupation = next(iter(picked([asked.occupation], "occupation")), None)
    area = next(iter(picked([asked.area], "area")), None)
    if not occupation and not area:
        raise Unusable({"occupation": ["Name an occupation or an area: ?occupation=29-2072&area=ohio."]})
    release = release_shown(asked.year)
    if occupation and area:
        rows = list(Wage.objects.for_comparison([occupation], [area], release))
    elif area and str(int(area.area_type)) not in release.levels:
        raise HttpError(404, f"The figures of {release.period} by area are not loaded on this site.")
    elif occupation:
        rows = list(Wage.objects.for_pay_page(occupation, release))
    else:
        rows = list(Wage.objects.for_area_page(area, release))
    kinds = _kinds(asked.type)
    rows = sorted((row for row in rows if not kinds or row.area_type in kinds), key=_key)

    def row_told(row):
        figures = pay_figures(row, release, row.area_title, row.area_type, names)
        return {
            "occupation": occupation_named(
                request, row.occupation_code, row.occupation_title, row.occupation_slug
            ),
            "area": area_named(request, row.area_code, row.area_title, row.area_slug, row.area_type),
            "figures": {name: tell(figure) for name, figure in figures.items()},
        }

    if occupation and area and not rows:
        return {"count": 1, "next": None, "items": [_missing(request, occupation, area, release, names)]}
    return page_of(request, rows, name="pay", key=_key, asked=asked, tell=row_told)


def _key(row):
    return f"{row.area_type} {row.area_code} {row.occupation_code}"


def _measures(asked):
    if wrong := [name for name in asked if name not in FIGURES]:
        raise Unusable({"measure": [f"There is no measure “{wrong[0]}”."]}, FIGURES)
    return [name for name in FIGURES if name in asked] or FIGURES


def _kinds(asked):
    if asked and asked not in AREA_KINDS:
        raise Unusable({"type": [f"There is no kind of area “{asked}”."]}, AREA_KINDS)
    return AREA_KINDS[asked][1] if asked else set()


def _missing(request, occupation, area, release, names):
    """The row of an occupation in an area for which the release has none: the words for why."""
    figures = pay_figures(None, release, area.title, area.area_type, names)
    return {
        "occupation": occupation_named(request, occupation.code, occupation.name, occupation.slug),
        "area": area_named(request, area.code, area.title, area.slug, area.area_type),
        "figures": {name: tell(figure) for name, figure in figures.items()},
    }


class CompareAsked(Schema):
    """Up to four occupations in one place, or one occupation in up to four places."""

    occupation: FourTexts = Field(min_length=1, description="Codes or titles.")
    area: FourTexts = Field([], description="Slugs, codes, titles or postal codes; the nation without.")


@router.get("/compare/", response=answers(ComparisonTold), summary="Side by side")
def compare(request, asked: Query[CompareAsked]):
    """Where a place has no figure its state's stands in, then the nation's, and the column says so."""
    occupations, areas = picked(asked.occupation, "occupation"), picked(asked.area, "area")
    if not occupations:
        raise Unusable({"occupation": ["Name at least one occupation."]})
    if len(occupations) > 1 and len(areas) > 1:
        raise Unusable({"area": ["Compare several occupations in one place, or one in several places."]})
    release = release_shown()
    columns = columns_of(occupations, areas, release)
    return {
        "columns": [_column_told(request, column) for column in columns],
        "sentences": summary(columns, across_places=len(areas) > 1) if columns else [],
    }


def _column_told(request, column):
    occupation, area = column.occupation, column.asked
    return {
        "occupation": occupation_named(request, occupation.code, occupation.name, occupation.slug),
        "area": area_named(request, area.code, area.title, area.slug, area.area_type),
        "fell_back": column.fell_back,
        "note": column.fallback_sentence,
        "figures": {name: tell(column.figure(name)) for name in FIGURES},
    }


class AreasAsked(Asked):
    type: Text = Field("", description="state, metro or nonmetro.")


@router.get("/areas/", response=answers(Page[AreaTold]), summary="Places that figures are published for")
def areas(request, asked: Query[AreasAsked]):
    """The nation, the states and territories, metropolitan and nonmetropolitan areas."""
    rows = Area.objects.order_by("area_type", "code")
    if kinds := _kinds(asked.type):
        rows = rows.filter(area_type__in=kinds)
    return page_of(
        request,
        list(rows),
        name="areas",
        key=lambda area: f"{area.area_type} {area.code}",
        asked=asked,
        tell=lambda area: area_named(request, area.code, area.title, area.slug, area.area_type),
    )
