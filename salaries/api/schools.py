"""/api/v1/schools/."""

from ninja import Field, Query, Router
from ninja.errors import HttpError

from careers.forms import SchoolListFilter
from careers.kept import kept
from careers.models import Award
from careers.schools import LEVEL_ORDER, level_words, sector_words
from salaries.api.common import Unusable, occupation_named
from salaries.api.cursors import page_of
from salaries.api.schemas import Asked, Page, SchoolListed, SchoolTold, Text, answers, tell
from salaries.figures import Figure, Measure, Status, Unit

router = Router(tags=["Schools"])
COMPLETIONS = Measure("completions", "awards given", Unit.AWARDS, "completions")


class SchoolsAsked(Asked):
    q: Text = Field("", description="Words in the name, the city or the state.")
    state: str = Field("", max_length=40, description="A postal code: OH.")


@router.get("/schools/", response=answers(Page[SchoolListed]), summary="Schools, by IPEDS's number")
def schools(request, asked: Query[SchoolsAsked]):
    """Schools that gave awards, by their report to NCES; “standing” tells those that closed."""
    index = kept().schools
    form = SchoolListFilter(request.GET, index.states)
    if form.errors:
        raise Unusable({"state": ["No school is in such a state. Write a postal code: OH."]})
    rows = sorted(form.apply(index.rows.values()), key=lambda row: row.unitid)
    return page_of(
        request,
        rows,
        name="schools",
        key=lambda row: f"{row.unitid:09d}",
        asked=asked,
        tell=lambda row: _listed(request, row),
    )


@router.get("/schools/{unitid}/", response=answers(SchoolTold), summary="One school and its awards")
def school(request, unitid: Text):
    """What it gave in its last reported year, by program and level, and where each program leads."""
    index = kept().schools
    is_number = unitid.isascii() and unitid.isdigit() and len(unitid) < 10
    row = index.by_unitid.get(int(unitid)) if is_number else None
    if row is None:
        raise HttpError(404, "There is no such school. /api/v1/schools/ lists them by IPEDS's number.")
    awards = Award.objects.filter(school=row.id).order_by().values_list("program_id", "level", "completions")
    awards = sorted(awards, key=lambda a: (index.programs[a[0]].code, LEVEL_ORDER.get(a[1], 99)))
    return _listed(request, row) | {"awards": [_award(request, index, row, *award) for award in awards]}


def _award(request, index, school, program, level, completions):
    figure = Figure(COMPLETIONS, Status.EXACT, completions, school.name, index.year, index.source.short_name)
    return {
        "program_code": index.programs[program].code,
        "program": index.programs[program].title,
        "level": level_words(level).replace("’", "'"),
        "completions": tell(figure),
        "occupations": [
            occupation_named(request, o.code, o.name, o.slug) for o in index.occupations_of(program)
        ],
    }


def _listed(request, row):
    told = {name: getattr(row, name) for name in ("unitid", "name", "city", "state", "size", "site")}
    return told | {
        "sector": sector_words(row.sector),
        "standing": row.standing or "open",
        "url": request.build_absolute_uri(row.url),
    }
