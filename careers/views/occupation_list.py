"""Every occupation of the newest release: narrowed, counted, sorted, paged, exported."""

from django.db.models import Q
from django.shortcuts import render

from careers.facets import facets, listed, narrow
from careers.forms import LEVELS, OccupationFilter
from careers.kept import kept
from careers.models import Level, Occupation, Projection
from careers.outlook import outlook_figures
from careers.tables.occupations import OccupationTable, schooling_of, short_group
from salaries.exports import attribution, export_problem, export_response, wage_rows
from salaries.figures import Status, Unit, format_value
from salaries.models import NATION, Release, Wage

PER_PAGE = 50
PER_PAGE_CHOICES = (25, 50, 100, 250)
MOST_OTHER_CODES = 12
NO_EDITION = (None, "")
MISSING_PAY = "without a yearly median"
# What a filter is called where leaving it out is offered; the others are named by their facet.
FILTER_WORDS = {"q": "the words", "group": "the group", "pay": "the range of pay"}

# The columns that come from projections, as the caption calls them; none is shown without any value.
PROJECTED = {"outlook": "outlook", "entry_education": "schooling"}
# An export's columns of the outlook: name, measure.
EXPORTED = {"change_percent": "employment_change_percent", "openings": "openings"}


def occupation_list(request):
    release = Release.objects.newest_shown()
    context = {"section": "occupations", "crumbs": [("Occupations", "")], "release": release}
    if release is None:
        return render(request, "careers/occupation_list.html", context)
    page = ListPage(request, release)
    stem = f"occupations-may-{release.year}{f'-{page.area.slug}' if page.area else ''}"
    if file := export_response(request, page.export_rows(), stem, attribution=page.attribution):
        return file
    context |= page.context() | {"export_problem": export_problem(request)}
    return render(request, "careers/occupation_list.html", context)


class ListPage:
    """What fits the reader's filters, and what the page says of it."""

    def __init__(self, request, release):
        self.release, self.kept = release, kept()
        self.edition, self.span = self.kept.projected or NO_EDITION
        words = self.kept.outlook_words.get(self.edition, [])
        self.form = OccupationFilter(request.GET, self.kept.major_groups, facets(words, self.span))
        self.area, level = self.form.area, self.form.chosen_level
        self.nation = self.kept.occupations(release, level)
        self.rows = self.nation
        if self.area:
            wages = Wage.objects.for_occupation_list(release, level, self.area.code)
            self.rows = listed(wages, self.kept.facts)
        self.narrowed = narrow(self.rows, self.form.tests())
        self.table = self._table(request)

    @property
    def place(self):
        return self.area.title if self.area else "United States"

    def _table(self, request):
        known = [name for name in PROJECTED if any(row.choices[name] for row in self.nation)]
        return OccupationTable(
            self.narrowed.fits,
            caption=self._caption(known),
            request=request,
            release=self.release,
            place=self.place,
            per_page=PER_PAGE,
            per_page_choices=PER_PAGE_CHOICES,
            exports=True,
            exclude=[name for name in PROJECTED if name not in known],
        )

    def _caption(self, known):
        release = self.release
        pay = f"pay and jobs, {self.place}, {release.period}, {release.source.short_name}"
        if not known:
            return f"{self.form.level_words}: {pay}"
        told, source = " and ".join(PROJECTED[name] for name in known), self.kept.sources[self.edition]
        return f"{self.form.level_words}: {pay}; {told}, United States, {self.span}, {source.short_name}"

    @property
    def attribution(self):
        sources = [attribution(self.release)]
        if self.edition:
            sources.append(self.kept.sources[self.edition].attribution or "")
        return " ".join(filter(None, sources))

    def context(self):
        form, order = self.form, self._order()
        return {
            "form": form,
            "table": self.table,
            "order": order,
            "groups": self._groups(),
            "levels": [(value, words, value == form.chosen_level) for value, words in LEVELS.items()],
            "facets": self._facets(),
            "chosen": [(pair[2], form.address([pair], order=order)) for pair in form.pairs],
            "count": f"{len(self.narrowed.fits):,}",
            "of_all": f"{len(self.rows):,}",
            "nouns": form.level_words.lower(),
            "elsewhere": f"{len(self.nation):,}" if self.area else "",
            "unknown": self._unknown(),
            "left_out": f"{self.narrowed.left_out:,}",
            "is_narrowed": bool(self.narrowed.near),
            "ways_on": self._ways_on(order),
            "others": self._other_codes() if form.words else [],
            "near_areas": [(area.title, self._in_area(area)) for area in form.near_areas],
            "projections": self.kept.sources.get(self.edition),
            "ratings": self.kept.sources.get(self._ratings),
            "span": self.span,
            "top_code": format_value(self.release.annual_top_code, Unit.DOLLARS_A_YEAR),
        }

    @property
    def _ratings(self):
        """The key of the source of job zones, and with them of interests, or None."""
        return next((zones[0].source_id for zones in self.kept.job_zones.values()), None)

    def _order(self):
        """The sort and the rows a page that were asked for, as pairs for addresses and hidden fields."""
        table, query = self.table, self.table.query
        asked = query.get("sort", "")
        pairs = [("sort", asked)] if asked in [str(order) for order in table.order_by] else []
        if table.per_page != PER_PAGE:
            pairs.append(("per_page", table.per_page))
        return pairs

    def _groups(self):
        """(code, title, how many fit, whether chosen) of the major groups."""
        counts = self.narrowed.counts("group")
        groups = self.kept.major_groups
        return [
            (g.code, short_group(g.title), counts[g.code], g.code == self.form.chosen_group) for g in groups
        ]

    def _facets(self):
        """(facet, options with counts and whether chosen, errors) of the facets that anything is known of."""
        shown = []
        for facet in self.form.facets:
            chosen, errors = self.form.asked(facet.name), self.form.errors.get(facet.name, [])
            if chosen or errors or any(row.choices[facet.name] for row in self.rows):
                counts = self.narrowed.counts(facet.name)
                options = [
                    (value, words, more, counts[value], value in chosen)
                    for value, words, more, _ in facet.options
                ]
                shown.append((facet, options, errors))
        return shown

    def _unknown(self):
        """How many may fit but lack the fact of a filter in use: ["59 without a job zone"]."""
        missing = {facet.name: facet.missing for facet in self.form.facets} | {"pay": MISSING_PAY}
        return [f"{count:,} {missing[name]}" for name, count in self.narrowed.unknown.items()]

    def _ways_on(self, order):
        """(what to leave out, the address then, how many fit then), where nothing fits."""
        if self.narrowed.fits:
            return []
        words = {facet.name: facet.label.lower() for facet in self.form.facets} | FILTER_WORDS
        return [
            (words[name], self.form.address(self._pairs_of(name), order=order), f"{len(rows):,}")
            for name, rows in self.narrowed.near.items()
            if rows
        ]

    def _pairs_of(self, name):
        return [pair for pair in self.form.pairs if pair[0] in (name, f"{name}_from", f"{name}_to")]

    def _in_area(self, area):
        return self.form.address([], order=[("area", area.slug), *self._order()])

    def _other_codes(self):
        """Codes that fit the words but not the table: earlier ones, and those OEWS does not publish."""
        national = Wage.objects.filter(release=self.release, area__code=NATION).values("occupation")
        found = Occupation.objects.filter(self.form.words_condition()).exclude(Q(id__in=national))
        found = found.filter(level=Level.DETAILED).order_by("code")
        return found.only("code", "title", "display_title", "slug", "soc_version")[:MOST_OTHER_CODES]

    def export_rows(self):
        """Every row that fits, in the table's order, with all its figures; asked for only if written."""
        release, rows = self.release, self.table.all_records
        wages = Wage.objects.filter(release=release, area__code=self.area.code if self.area else NATION)
        by_code = {wage.occupation_code: wage for wage in wages.as_rows()}
        projections = Projection.objects.select_related("occupation").in_bulk(
            [row.facts.projection for row in rows if row.facts.projection]
        )
        figures = wage_rows([by_code[row.code] for row in rows], release)
        for row, told in zip(rows, figures, strict=True):
            yield told | self._projected(row, projections.get(row.facts.projection))

    def _projected(self, row, projection):
        """What an export says of the outlook; `projected_code` is the code that BLS projects."""
        told = {"entry_education": schooling_of(row), "outlook": row.facts.outlook}
        figures = outlook_figures(projection, self.kept.sources[projection.source_id]) if projection else {}
        for name, measure in EXPORTED.items():
            figure = figures.get(measure)
            told[name] = figure.export_value if figure else ""
            told[f"{name}_status"] = (figure.status if figure else Status.NOT_PUBLISHED).value
        return told | {
            "projected_code": projection.occupation.code if projection else "",
            "projection_period": row.facts.span,
            "projection_source": self.kept.sources[projection.source_id].cited if projection else "",
        }
