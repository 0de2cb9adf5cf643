"""The schools that teach some programs: narrowed, counted by state, sorted by distance, exported.

One list for two pages: the schools of an occupation and those of a program.
"""

from functools import cached_property

from careers.forms import SchoolFilter
from careers.places_near import miles_between, miles_text
from careers.schools import level_words, sector_words
from careers.state_tiles import BY_NAME, NAMES, ranking, tile_map
from careers.tables.schools import SchoolTable, StateCount, StateCountTable
from salaries.places import capital, spoken

PER_PAGE = 50
PER_PAGE_CHOICES = (25, 50, 100, 250)
MOST_PROGRAMS = 15  # of which the panel offers a choice; an occupation can have 337


class SchoolFinder:
    """What fits the reader's filters among the schools that offer one of `programs` (their keys)."""

    def __init__(self, request, index, programs, *, path, about):
        self.index, self.programs, self.path, self.about = index, programs, path, about
        self.form = SchoolFilter(request.GET, index, programs)
        self.wanted = self.form.wanted
        self.survey = index.survey(programs, self.wanted)
        self.table = SchoolTable(
            self.rows,
            caption=self._caption(),
            program_names={key: index.programs[key].title for key in programs},
            year=index.year,
            request=request,
            per_page=PER_PAGE,
            per_page_choices=PER_PAGE_CHOICES,
            exports=True,
            order_by=("distance",) if self.form.place else (),
            exclude=[] if self.form.place else ["distance"],
        )

    @cached_property
    def in_state(self):
        """The offers in the state asked for, with their distance where a place was given."""
        state, place = self.wanted.state, self.form.place
        found = [o for o in self.survey.offers if not state or o.school.state == state]
        if not place:
            return found
        return [offer._replace(miles=miles_between(place, offer.school)) for offer in found]

    @cached_property
    def rows(self):
        most = self.form.miles
        if not most:
            return self.in_state
        return [offer for offer in self.in_state if offer.miles is not None and offer.miles <= most]

    @property
    def place(self):
        """Where the schools listed are, as a sentence has it: "in Ohio", "within 50 miles of Akron, OH"."""
        words = [f"in {spoken(NAMES[self.wanted.state])}"] if self.wanted.state else []
        if self.form.miles:
            words.append(f"within {self.form.miles:,} miles of {self.form.place.name}")
        return " ".join(words)

    def _caption(self):
        source = self.index.source
        cited = f"awards of {self.index.year}, {source.short_name}" if source else "awards"
        return capital(f"schools {self.place} that teach it, {cited}".replace("  ", " "))

    def context(self):
        return {
            "finder": self,
            "form": self.form,
            "table": self.table,
            "counted": self._counted(),
            "nearest": self._nearest(),
            "map": self._map(),
            "ranked": self._ranked(),
            "state_options": self._state_options(),
            "distances": self._distances(),
            "lists": self._lists(),
            "order": self._order(),
            "chosen": [(p[2], self._without(p)) for p in self.form.pairs],
            "near_texts": [(text, self._near(text)) for text in self.form.near_texts],
            "source": self.index.source,
            "year": self.index.year,
        }

    def _without(self, pair):
        """The address without one choice; a distance goes with its place."""
        gone = ("near", "within") if pair[0] == "near" else (pair[:2],)
        return self.form.address(self.path, without=gone, more=self._order())

    def _near(self, text):
        return self.form.address(self.path, without=("near",), more=[("near", text), *self._order()])

    def _order(self):
        """The sort and the rows a page that were asked for, as pairs for addresses and hidden fields."""
        table = self.table
        pairs = [("sort", table.query["sort"])] if table.query.get("sort", "") in list(table.order_by) else []
        if table.per_page != PER_PAGE:
            pairs.append(("per_page", table.per_page))
        return pairs

    def _counted(self):
        """Sentences: how many schools gave awards, how many only offer it, how many have closed."""
        open_rows = [o for o in self.rows if not o.school.is_closed]
        given = [o for o in open_rows if o.completions]
        idle, closed = len(open_rows) - len(given), len(self.rows) - len(open_rows)
        awards, year = sum(o.completions for o in given), self.index.year
        gave = f"gave {awards:,} {_noun(awards, 'award')} in {year}."
        words = {
            "number": f"{len(given):,}",
            "rest": f"{_noun(len(given), 'school')} {self.place} {gave}",
            "more": [],
        }
        if not given:
            words["rest"] = f"school {self.place} gave an award in {year}."
        if idle:
            verb = "offers" if idle == 1 else "offer"
            words["more"].append(f"{idle:,} more {verb} it, but nobody finished in {year}.")
        if closed:
            verb = "has closed and is" if closed == 1 else "have closed and are"
            words["more"].append(f"{closed:,} listed {verb} not counted.")
        words["rest"] = words["rest"].replace("  ", " ")
        return words

    def _nearest(self):
        """Where nothing is listed near the place: the nearest school that gave an award, in words."""
        if self.rows or not self.form.place:
            return None
        known = [o for o in self.in_state if o.is_counted and o.miles is not None]
        if not known:
            return None
        offer = min(known, key=lambda o: o.miles)
        widened = self.form.address(self.path, without=("within",))
        return {"school": offer.school, "miles": miles_text(offer.miles), "widened": widened}

    def _map(self):
        return tile_map(
            self.survey.states,
            title=f"Schools that gave awards in {self.about} by state, {self.index.year}",
            chosen=self.wanted.state,
            url_of=lambda code: f"{self._in_state(code).removeprefix(self.path)}#fitting",
        )

    def _ranked(self):
        rows = [
            StateCount(NAMES.get(code, code), f"{self._in_state(code)}#fitting", count)
            for code, count in ranking(self.survey.states)
        ]
        return StateCountTable(rows, caption=f"Schools that gave awards, {self.index.year}")

    def _in_state(self, code):
        without = ("state", "near", "within")
        return self.form.address(self.path, without=without, more=[("state", code)])

    def _state_options(self):
        """(postal code, name, how many fit, whether chosen)."""
        counts, chosen = self.survey.states, self.wanted.state
        return [
            (code, NAMES[code], f"{counts[code]:,}", code == chosen)
            for code in BY_NAME
            if counts[code] or code == chosen
        ]

    def _distances(self):
        chosen = self.form.asked("within")
        miles = sorted({*self.form.DISTANCES, *([chosen] if chosen else [])})
        return [(value, f"{value:,} miles", value == chosen) for value in miles]

    def _lists(self):
        """(name, legend, hint, options with counts) of the filters of which several may be chosen."""
        form, told = self.form, self.survey
        levels = self._options("level", {str(k): n for k, n in told.levels.items()})
        sectors = self._options("sector", {str(k): n for k, n in told.sectors.items()})
        lists = [("level", "Award", levels), ("sector", "Kind of school", sectors)]
        if len(self.programs) > 1:
            counts = {self.index.programs[key].code: n for key, n in told.programs.items()}
            options = self._options("program", counts)
            most = sorted(options, key=lambda o: (not o[3], -o[4]))[:MOST_PROGRAMS]
            lists.append(("program", "Program", [o for o in options if o in most]))
        return [(name, legend, options, form.errors.get(name, [])) for name, legend, options in lists]

    def _options(self, name, counts):
        """(value, words, count as text, whether chosen, count) of the choices that leave something."""
        chosen = self.form.asked(name)
        return [
            (value, words, f"{counts.get(value, 0):,}", value in chosen, counts.get(value, 0))
            for value, words in self.form.choices[name].items()
            if counts.get(value) or value in chosen
        ]

    @property
    def attribution(self):
        source = self.index.source
        return f"{source.publisher}, {source.title}, {source.period}. {source.licence}." if source else ""

    def export_rows(self):
        """Every award that fits, in the table's order: a row a school, program and level."""
        programs, place = self.index.programs, self.form.place
        for offer in self.table.all_records:
            school = offer.school
            for program, level, completions in offer.awards:
                yield {
                    "unitid": school.unitid,
                    "school": school.name,
                    "city": school.city,
                    "state": school.state,
                    "zip_code": school.zip_code,
                    "sector": sector_words(school.sector),
                    "site": school.site,
                    "standing": school.standing or "open",
                    "program_code": programs[program].code,
                    "program": programs[program].title,
                    "level": level_words(level).replace("’", "'"),
                    "completions": completions,
                    "miles": "" if offer.miles is None else round(offer.miles),
                    "near": place.name if place else "",
                    "period": self.index.year,
                    "source": self.index.source.short_name,
                }


def _noun(number, noun):
    return noun if number == 1 else f"{noun}s"
