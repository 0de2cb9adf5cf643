"""Schools: the list of all, and one with what it teaches and where that leads."""

from django.db.models import Q
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.html import escape

from careers.forms import SchoolListFilter
from careers.kept import kept
from careers.models import Award
from careers.schools import LEVEL_ORDER, level_words, sector_words
from careers.state_tiles import BY_NAME, NAMES
from careers.tables.schools import Listing, SchoolListTable, Taught, TaughtTable, host_of
from salaries.exports import export_problem, export_response
from salaries.figures import WORDS, Status, figure_of
from salaries.models import NATION, Release, Wage
from salaries.models.area import STATE_TYPES
from salaries.models.wage import LADDER_FIELDS
from salaries.places import spoken

PER_PAGE = 50


def school_list(request):
    index = kept().schools
    form = SchoolListFilter(request.GET, index.states)
    rows = [Listing(school) for school in form.apply(index.rows.values())]
    table = SchoolListTable(
        rows,
        caption="Schools that offer programs, by their report to NCES",
        request=request,
        per_page=PER_PAGE,
        exports=True,
    )
    attribution = _attribution(index.directory)
    if file := export_response(request, _export_rows(table.all_records), "schools", attribution=attribution):
        return file
    context = {
        "section": "schools",
        "crumbs": [("Schools", "")],
        "form": form,
        "table": table,
        "count": f"{len(rows):,}",
        "of_all": f"{len(index.rows):,}",
        "states": [(code, NAMES[code], code == form.chosen) for code in BY_NAME if code in index.states],
        "source": index.directory,
        "export_problem": export_problem(request),
    }
    return render(request, "careers/school_list.html", context)


def _export_rows(rows):
    for school in (row.school for row in rows):
        yield {
            "unitid": school.unitid,
            "school": school.name,
            "city": school.city,
            "state": school.state,
            "zip_code": school.zip_code,
            "sector": sector_words(school.sector),
            "size": school.size,
            "site": school.site,
            "standing": school.standing or "open",
        }


def _attribution(source):
    return f"{source.publisher}, {source.title}, {source.period}. {source.licence}." if source else ""


def school_detail(request, unitid, slug=""):
    index = kept().schools
    school = index.by_unitid.get(int(unitid))
    if school is None:
        raise Http404
    if slug != school.slug:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{school.url}{'?' if query else ''}{query}")
    page = SchoolPage(request, index, school)
    stem = f"{school.unitid}-programs"
    if file := export_response(request, page.export_rows(), stem, attribution=_attribution(index.source)):
        return file
    context = page.context() | {"export_problem": export_problem(request)}
    return render(request, "careers/school_detail.html", context)


def _counted(number, noun):
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class SchoolPage:
    """What a school teaches, and what the occupations that this leads to pay in its state."""

    def __init__(self, request, index, school):
        self.index, self.school = index, school
        self.release = Release.objects.newest_shown()
        rows = Award.objects.filter(school=school.id).order_by()
        self.awards = list(rows.values_list("program_id", "level", "completions"))
        self.levels = sorted({level for _, level, _ in self.awards}, key=LEVEL_ORDER.get)
        asked = request.GET.get("level", "")
        self.level = next((level for level in self.levels if str(level) == asked), None)
        self.unknown_level = bool(asked) and self.level is None
        self.pay = StatePay(self.release, school.state, self._occupations())
        self.table = TaughtTable(
            self._taught(),
            caption=self._caption(),
            request=request,
            per_page=PER_PAGE,
            exports=True,
        )

    def _occupations(self):
        return {row.id for key, _, _ in self.awards for row in self.index.occupations_of(key)}

    def _taught(self):
        """Rows of the level asked for, by level and the most awards first."""
        programs, words = self.index.programs, {}
        rows = [award for award in self.awards if self.level in (None, award[1])]
        rows.sort(key=lambda award: (-award[2], programs[award[0]].title))
        for key in {award[0] for award in rows}:
            words[key] = self.pay.links(self.index.occupations_of(key))
        return [Taught(programs[key], level, completions, words[key]) for key, level, completions in rows]

    def _caption(self):
        source = self.index.source
        cited = f"awards of {self.index.year}, {source.short_name}" if source else "awards"
        if not self.release:
            return f"Programs of {self.school.name}: {cited}"
        pay = f"median pay a year of the occupations, {self.release.period}, {self.release.source.short_name}"
        return f"Programs of {self.school.name}: {cited}; {pay}"

    def context(self):
        school, awards = self.school, self.awards
        given = sum(completions for _, _, completions in awards)
        return {
            "section": "schools",
            "crumbs": [("Schools", "/schools/"), (school.name, "")],
            "canonical": school.url,
            "school": school,
            "state": NAMES.get(school.state, school.state),
            "host": host_of(school.site) if school.site else "",
            "sector": sector_words(school.sector),
            "programs": _counted(len({award[0] for award in awards}), "program"),
            "given": _counted(given, "award") if given else "",
            "year": self.index.year,
            "source": self.index.source,
            "release": self.release,
            "pay_place": self.pay.place,
            "falls_back": self.pay.falls_back,
            "has_state": self.pay.has_state,
            "levels": self._levels(),
            "unknown_level": self.unknown_level,
            "all_levels": self.level is None,
            "table": self.table,
        }

    def _levels(self):
        """(words, address, how many programs, whether chosen)."""
        counts = {level: sum(award[1] == level for award in self.awards) for level in self.levels}
        path = self.school.url
        return [
            (
                level_words(level).capitalize(),
                f"{path}?level={level}",
                f"{counts[level]:,}",
                level == self.level,
            )
            for level in self.levels
        ]

    def export_rows(self):
        school, programs, year = self.school, self.index.programs, self.index.year
        for row in self.table.all_records:
            yield {
                "unitid": school.unitid,
                "school": school.name,
                "state": school.state,
                "program_code": row.program.code,
                "program": programs[row.program.id].title,
                "level": level_words(row.level).replace("’", "'"),
                "completions": row.completions,
                "occupations": "; ".join(
                    f"{o.code} {o.name}" for o in self.index.occupations_of(row.program.id)
                ),
                "period": year,
                "source": self.index.source.short_name,
            }


class StatePay:
    """Median pay of occupations in a state, the nation's where the state has none; one query."""

    def __init__(self, release, state, occupations):
        self.release, self.place = release, spoken(NAMES.get(state, state))
        self.state, self.nation, self.falls_back = {}, {}, False
        if release is None or not occupations:
            return
        there = Q(area__code=NATION) | Q(area__primary_state=state, area__area_type__in=STATE_TYPES)
        rows = Wage.objects.filter(there, release=release, occupation__in=occupations)
        for row in rows.values_list("occupation_id", "area__code", *LADDER_FIELDS, named=True):
            (self.nation if row.area__code == NATION else self.state)[row.occupation_id] = row

    @property
    def has_state(self):
        return bool(self.state)

    def links(self, occupations):
        """(name, address, pay as HTML) of occupations, those with the most jobs in the nation first."""
        ranked = sorted(occupations, key=lambda row: (-self._jobs(row.id), row.code))
        return [(row.name, row.url, escape(self._words(row.id))) for row in ranked]

    def _jobs(self, key):
        row = self.nation.get(key)
        return (row.employment or 0) if row else 0

    def _words(self, key):
        if self.release is None:
            return WORDS[Status.NOT_LOADED]
        own = self._figure(self.state.get(key))
        if own.has_number:
            return own.text if own.measure.name == "annual_median" else f"{own.text} an hour"
        figure = self._figure(self.nation.get(key))
        if not figure.has_number:
            return figure.text
        self.falls_back = True
        per = "" if figure.measure.name == "annual_median" else " an hour"
        return f"{figure.text}{per} in the nation"

    def _figure(self, wage):
        hourly = wage is not None and wage.hourly_only
        return figure_of(wage, "hourly_median" if hourly else "annual_median", self.release, self.place)
