"""Where the occupation is, who employs it, and what is beside it: three small tables."""

from careers.cards.names import US
from careers.tables.occupations import Entry, IndustryTable, RelatedTable, StateTable
from salaries.figures import AreaType

MOST_STATES = 5  # the page of pay has all of them


def states(wages, places, release, *, hourly):
    """The occupation in its best paid states and territories; `places` are (id, title, slug) of all.

    Without wages, the words that say why: the release has none, or its states are not loaded.
    """
    if not wages:
        return {"words": _no_states(release)}
    per, words = ("hourly", "an hour") if hourly else ("annual", "a year")
    other = "annual" if hourly else "hourly"
    by_area = {wage.area_id: wage for wage in wages}
    table = StateTable(
        [Entry(title, f"/areas/{slug}/", by_area.get(area_id)) for area_id, title, slug in places],
        caption=f"Median pay {words} and jobs by state and territory, "
        f"{release.period}, {release.source.short_name}",
        release=release,
        exclude=[f"{other}_median"],
        order_by=f"-{per}_median",
    )
    of_all, table.data.data = len(table.data.data), table.data.data[:MOST_STATES]
    return {"table": table, "of_all": of_all, "is_cut": of_all > MOST_STATES}


def _no_states(release):
    if str(int(AreaType.STATE)) in release.levels:
        return f"BLS publishes no figures by state under this code in {release.period}."
    return f"The figures of {release.period} by state are not loaded on this site."


def employers(rows, jobs, release):
    """The industries with the most jobs in the occupation; `jobs` is its jobs in all."""
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


def relatives(rows, wages, release, *, caption):
    """Occupations beside or below this one; `wages` maps their keys to their wages of the release."""
    if not rows or release is None:
        return None
    entries = [Entry(row.name, f"/occupations/{row.code_slug}/", wages.get(row.id)) for row in rows]
    cited = f"{US}, {release.period}, {release.source.short_name}"
    return RelatedTable(entries, caption=f"{caption}, {cited}", release=release)
