"""What the occupation's page says, made from rows; the page's view asks for them, templates print.

Each function makes one card, or None where there is nothing to say.
"""

from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from careers.models import Level
from careers.models.occupation import CURRENT_SOC
from careers.tables.occupations import Entry, IndustryTable, RelatedTable, StateTable, wage_cell, word_cells
from salaries.charts import ladder_chart
from salaries.figures import Status, figure_of, ladder_of

US = "United States"
NEW_METHOD_YEAR = 2021
MOST_EMPLOYERS = 10


class Relative(NamedTuple):
    """An occupation as lists and sentences about another one name it."""

    id: int
    code: str
    level: str
    title: str
    display_title: str
    slug: str
    soc_version: str
    parent_id: int | None

    @property
    def name(self):
        return self.display_title or self.title

    @property
    def code_slug(self):
        return f"{self.code}-{self.slug}"

    @property
    def is_retired(self):
        return self.soc_version != CURRENT_SOC

    @property
    def link(self):
        return format_html('<a href="/occupations/{}/">{} {}</a>', self.code_slug, self.code, self.name)


def listed(relatives):
    """Links as a sentence has them: "a, b and c"."""
    links = [relative.link for relative in relatives]
    if len(links) < 2:
        return links[0] if links else ""
    head = format_html_join(", ", "{}", ((link,) for link in links[:-1]))
    return format_html("{} and {}", head, links[-1])


def listed_spans(spans, family):
    """Codes with their years: "29-2098 ... (May 2019 and 2020) and in 29-2071 ... (through May 2018)"."""
    parts = [format_html("{} ({})", listed([family[c] for c in span.codes]), span.words) for span in spans]
    return format_html_join(" and in ", "{}", ((part,) for part in parts))


def standing(occupation, *, newest, shown, lineage, family, covering):
    """What a reader must know first of a code that is old, or that has no figures today.

    `newest` is the newest release and `shown` the one whose figures the page shows, None without
    any; `covering` is the nearest code above that has figures in the newest release, or None.
    """
    if newest is None:
        return ["No release of figures is published on this site yet."]
    after = lineage.after(occupation.id)
    notes = [_retired(occupation, after, family)] if occupation.is_retired else []
    if shown is None:
        notes.append(_never_published(occupation, after, family, covering))
    elif shown.year < newest.year:
        notes.append(
            f"BLS publishes no figures for this occupation in {newest.period}. "
            f"The newest are for {shown.period}, and this page shows those."
        )
        if after and not occupation.is_retired:
            notes.append(format_html("These jobs are now counted in {}.", listed_spans(after, family)))
    return [note for note in notes if note]


def _retired(occupation, after, family):
    if not after:
        return f"{occupation.code} is an earlier code. The classification in use today has no such group."
    became = "was split" if len(after[-1].codes) > 1 else "became part of another code"
    return format_html(
        "{} is an earlier code and {}. Its jobs have since been counted in {}.",
        occupation.code,
        became,
        listed_spans(after, family),
    )


def _never_published(occupation, after, family, covering):
    if occupation.code.startswith("55-"):
        return "The survey does not cover the armed forces, so BLS publishes no pay for military occupations."
    if after and not occupation.is_retired:
        where = listed_spans(after, family)
        return format_html("BLS publishes no figures under this code. It counts these jobs in {}.", where)
    if occupation.is_retired or covering is None:
        return "No release on this site has figures under this code."
    if covering.level == Level.DETAILED:
        return format_html(
            "BLS publishes no figures for this code alone. It counts these jobs in {}.", covering.link
        )
    return format_html(
        "BLS publishes no figures for this code. The nearest group with figures is {}.", covering.link
    )


def pay(wage, release):
    """The first answer to "what does it pay": the key figures, the ladders and their charts."""
    if wage is None:
        return None
    figure = {
        name: figure_of(wage, name, release, US)
        for name in ("annual_median", "hourly_median", "annual_mean", "hourly_mean", "employment")
    }
    annual, hourly = ladder_of(wage, "annual", release, US), ladder_of(wage, "hourly", release, US)
    return {
        "figure": figure,
        "annual": annual,
        "hourly": hourly,
        "annual_range": range_text(annual),
        "hourly_range": range_text(hourly),
        "annual_chart": ladder_chart(annual),
        "hourly_chart": ladder_chart(hourly),
        "is_hourly": wage.hourly_only,
        "cited": f"{US} · {release.period} · {release.source.short_name}",
        "caption": f"Percentiles and mean of pay, {US}, {release.period}, {release.source.short_name}",
    }


def range_text(ladder):
    """The 10th and 90th percentiles of a ladder in words: "$37,000 to $81,150"; "" where neither is a number."""
    low, high = ladder[0], ladder[-1]
    return f"{low.text} to {high.text}" if low.has_number or high.has_number else ""


def years(occupation, wages, *, releases, lineage, family):
    """The occupation in the nation, May by May, broken where its code or the method changed.

    `wages` maps a year to the wage of that May, under the code itself or one that it was renamed from.
    """
    if not wages:
        return None
    hourly = wages[max(wages)].hourly_only
    per = "hourly" if hourly else "annual"
    measures = ("annual_median", "hourly_median", f"{per}_p10", f"{per}_p90", f"{per}_mean", "employment")
    words = "an hour" if hourly else "a year"
    return {
        "rows": list(_year_rows(occupation, wages, measures, releases, lineage, family)),
        "columns": [
            "Median a year",
            "Median an hour",
            f"10th percentile {words}",
            f"90th percentile {words}",
            f"Mean {words}",
            "Jobs",
        ],
        "begin": _beginning(occupation, min(wages), releases, lineage, family),
        "caption": f"Pay and jobs, {US}, each May, {releases[0].source.short_name}",
    }


def _year_rows(occupation, wages, measures, releases, lineage, family):
    by_year = {release.year: release for release in releases}
    before, newer = lineage.before(occupation.id), None
    for year in range(max(wages), min(wages) - 1, -1):
        if year in wages:
            if newer and (words := _break(occupation, wages, year, newer, lineage, family)):
                yield {"words": words}
            cells = "".join(wage_cell(wages[year], name, by_year[year]) for name in measures)
            head = f'<th scope="row"><a href="/releases/oews-{year}/">May {year}</a></th>'
            yield {"cells": mark_safe(head + cells)}
            newer = year
        elif year not in by_year:
            yield {"cells": _wordy_row(year, Status.NOT_LOADED, len(measures))}
        elif not any(span.covers(year) for span in before):
            yield {"cells": _wordy_row(year, Status.NOT_PUBLISHED, len(measures))}


def _wordy_row(year, status, count):
    return mark_safe(f'<th scope="row">May {year}</th>{word_cells(status, count)}')


def _break(occupation, wages, older, newer, lineage, family):
    """What changed between two rows of the table of years, in sentences; "" where nothing did."""
    sentences = []
    if wages[older].occupation_id != wages[newer].occupation_id:
        old = family[wages[older].occupation_id]
        sentences.append(format_html("Through May {} the code was {}.", older, f"{old.code} {old.name}"))
    else:
        sentences += _moves(occupation, older, newer, lineage, family)
    if older < NEW_METHOD_YEAR <= newer:
        sentences.append(
            "BLS changed how it makes its estimates in May 2021: compare with earlier years with care."
        )
    return format_html_join(" ", "{}", ((sentence,) for sentence in sentences))


def _moves(occupation, older, newer, lineage, family):
    """Jobs that came into the code or left it after May `older` and by May `newer`."""
    away = [s for s in lineage.before(occupation.id) if any(map(s.covers, range(older + 1, newer)))]
    if away:
        yield format_html(
            "Between these years the jobs were counted in {}, so the figures below are not for quite the same jobs.",
            listed_spans(away, family),
        )
        return
    came = [s for s in lineage.origins(occupation.id) if older < s.year <= newer]
    left = [s for s in lineage.successions(occupation.id) if older < s.year <= newer]
    if came:
        old = listed([family[s.old] for s in came])
        yield format_html("From May {} on this code takes in jobs that were counted in {}.", came[0].year, old)
    if left:
        new = listed([family[s.new] for s in left])
        yield format_html("In May {} some of its jobs moved to {}.", left[0].year, new)


def _beginning(occupation, first, releases, lineage, family):
    """Why the table begins where it does, if it does not begin with the oldest release."""
    if first <= min(release.year for release in releases):
        return ""
    earlier = [s for s in lineage.before(occupation.id) if s.last < first]
    if earlier:
        return format_html(
            "Figures for this occupation begin in May {}. Before that these jobs were counted in {}.",
            first,
            listed_spans(earlier, family),
        )
    return f"BLS published no figures under this code before May {first}."


def states(wages, places, release, *, hourly):
    """The occupation in every state and territory, the best paid first; `places` are (id, title, slug)."""
    if not wages:
        return None
    per, words = ("hourly", "an hour") if hourly else ("annual", "a year")
    other = "annual" if hourly else "hourly"
    by_area = {wage.area_id: wage for wage in wages}
    return StateTable(
        [Entry(title, f"/areas/{slug}/", by_area.get(area_id)) for area_id, title, slug in places],
        caption=f"Median, 10th and 90th percentile of pay {words}, and jobs, by state and territory, "
        f"{release.period}, {release.source.short_name}",
        release=release,
        exclude=[f"{other}_{p}" for p in ("median", "p10", "p90")],
        order_by=f"-{per}_median",
    )


def employers(rows, jobs, release):
    """The four-digit industries with the most jobs in the occupation; `jobs` is its jobs in all."""
    rows = [row for row in rows if not _is_part_by_owner(row.industry__code)][:MOST_EMPLOYERS]
    if not rows:
        return None
    entries = [Entry(_industry_name(row), "", row, _share(row.employment, jobs)) for row in rows]
    caption = f"Jobs and median pay by industry, {US}, {release.period}, {release.source.short_name}"
    return {
        "table": IndustryTable(entries, caption=caption, release=release, exclude=() if jobs else ("share",)),
        "largest": entries[0],
        "largest_jobs": f"{rows[0].employment:,}",
        "jobs": f"{jobs:,}" if jobs else "",
    }


def _industry_name(row):
    return row.industry__title.removesuffix(" (OEWS Designation)")


def _share(part, whole):
    return f"{100 * part / whole:.1f}%" if whole else ""


def _is_part_by_owner(code):
    """Whether an industry is a three-digit one cut by owner, like 622005, private hospitals.

    Its jobs stand in 622100 and its sisters already.
    """
    return code[3] == "0" and code.isdigit()


def relatives(rows, wages, release, *, caption):
    """Occupations beside or below this one; `wages` maps their keys to their wages of the release."""
    if not rows or release is None:
        return None
    entries = [Entry(row.name, f"/occupations/{row.code_slug}/", wages.get(row.id)) for row in rows]
    cited = f"{US}, {release.period}, {release.source.short_name}"
    return RelatedTable(entries, caption=f"{caption}, {cited}", release=release)
