"""The release that a new one is compared with, as salaries.oews.compare needs it."""

from collections import defaultdict

from careers.models import CodeChange
from salaries.models import NATION, Area, Release
from salaries.oews.compare import Base
from salaries.oews.records import INDUSTRIES


def base_of(year):
    """The newest published release of a year before `year`; None where there is none."""
    release = Release.objects.published().filter(year__lt=year).order_by("-year").first()
    if release is None:
        return None
    nation = release.wages.filter(area__code=NATION).select_related("occupation")
    areas = Area.objects.filter(id__in=release.wages.order_by().values("area_id").distinct())
    inspected = release.report.get("inspection", {}).get("parts", {})
    return Base(
        year=release.year,
        annual_top_code=release.annual_top_code,
        hourly_top_code_cents=release.hourly_top_code_cents,
        nation={wage.occupation.code: wage for wage in nation},
        titles={t.occupation.code: (t.title, t.level) for t in release.titles.select_related("occupation")},
        areas={a.code: (a.title, a.area_type) for a in areas},
        rows={p if p == INDUSTRIES else int(p): told["rows"] for p, told in release.levels.items()},
        levels={part: told["levels"] for part, told in inspected.items()},
        successors=_successors(release.year, year),
        medians=lambda: _medians(release),
    )


def _successors(after, until):
    """{code: the codes that take it over between May `after` and May `until`}."""
    steps = CodeChange.objects.filter(year__gt=after, year__lte=until)
    successors = defaultdict(list)
    for old, new in steps.order_by("old__code", "new__code").values_list("old__code", "new__code"):
        successors[old].append(new)
    return dict(successors)


def _medians(release):
    """(area, occupation, yearly median, top-code bits) of everything but the nation."""
    wages = release.wages.exclude(area__code=NATION)
    return list(wages.values_list("area__code", "occupation__code", "annual_median", "top_coded"))
