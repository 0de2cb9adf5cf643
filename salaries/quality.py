"""Data quality: the metrics about releases and their figures, and the list of all of them.

    results = check(today=date(2026, 6, 1))

asks the database a fixed number of queries, however many rows are found.
"""

from datetime import date, timedelta

from django.db.models import F
from django.urls import reverse

from careers.lineage import Lineage
from careers.models import Level
from careers.quality import (
    CERTIFICATIONS_UNCHECKED,
    CONTRADICTIONS,
    FIGURES_TYPED_IN,
    NOT_REVIEWED,
    TITLES_SHARED,
    WITHOUT_FULL_TEXT,
    YEAR,
    Metric,
    Row,
    Severity,
    add_link,
    edit_link,
    is_public,
    name_of,
    profile_link,
)
from careers.schools_quality import LICENCES_UNCHECKED, SCHOOLS_WITHOUT_SITE
from salaries.evidence import Evidence
from salaries.figures import (
    AREA_TYPE_LABELS,
    TOP_CODE_BITS,
    AreaType,
    Status,
    Unit,
    figure_of,
    format_value,
)
from salaries.models import NATION, STATE_TYPES, Release, Wage

GRACE = timedelta(days=30)
# Classifications: revised once in a decade or so, on no usual date.
NOT_YEARLY = ("soc-", "cip-", "oews-hybrid-")
WITH_PRICES = (*STATE_TYPES, AreaType.METRO)  # the types of area whose prices can be compared
MEDIAN_BITS = TOP_CODE_BITS["annual_median"] | TOP_CODE_BITS["hourly_median"]


def check(today):
    """Every metric's Result on the given day, those that can fail first."""
    evidence = Evidence(today)
    return [metric.check(evidence) for metric in METRICS]


def release_link(release):
    return reverse("admin:salaries_release_change", args=[release.pk])


def area_link(area):
    return reverse("admin:salaries_area_change", args=[area.pk])


def words_of(day):
    """15 May 2026"""
    return f"{day.day} {day:%B %Y}"


# --- What must not be: these fail --------------------------------------------------------------------


def nothing_published(evidence):
    return (
        []
        if evidence.newest
        else [Row("No release is published", reverse("admin:salaries_release_changelist"))]
    )


def rows_lost(evidence):
    """Parts of published releases that hold more or fewer rows than were loaded."""
    found = []
    for release in evidence.published:
        said = {part: level["rows"] for part, level in release.levels.items()}
        held = {part: rows for (pk, part), rows in evidence.rows_held.items() if pk == release.pk}
        for part in sorted(said | held):
            if said.get(part, 0) != held.get(part, 0):
                label = AREA_TYPE_LABELS[AreaType(int(part))] if part.isdigit() else part
                words = f"{label}: {said.get(part, 0):,} rows were loaded, {held.get(part, 0):,} are there"
                found.append(Row(str(release), release_link(release), words))
    return found


def nameless(evidence):
    """Occupations and areas that a page could not name or be addressed by."""
    occupations = [o for o in evidence.occupations.values() if not (o.title and o.slug)]
    areas = [a for a in evidence.areas.values() if not (a.title and a.slug)]
    return [Row(o.code, edit_link(o), "occupation without a title or a slug") for o in occupations] + [
        Row(a.code, area_link(a), "area without a title or a slug") for a in areas
    ]


def dead_ends(evidence):
    """Codes published until they changed, where no code that they changed into was published then."""
    into = {}
    for old, new, year in evidence.code_changes:
        into.setdefault((old, year), []).append(new)
    years, found = evidence.in_nation, []
    for (old, year), codes in into.items():
        is_followed = year not in years or not years[year].isdisjoint(codes)
        if not is_followed and old in years.get(year - 1, ()):
            before = evidence.occupations[old]
            words = " and ".join(evidence.occupations[code].code for code in codes)
            words = f"counted in {words} from May {year} on, where that release has no figures"
            found.append(Row(name_of(before), before.get_absolute_url(), words))
    return found


def sources_due(evidence):
    """The newest edition of each yearly source, where the next one's usual date is past."""
    return [
        Row(
            str(source),
            reverse("admin:careers_source_change", args=[source.pk]),
            f"{words}; the next was due by {words_of(published + YEAR + GRACE)}: {way_in(source)}",
        )
        for source, published, words in yearly_sources(evidence)
        if evidence.today > published + YEAR + GRACE
    ]


# How a newer edition of a source comes in, by the name that pages give it.
WAYS_IN = {
    "BLS OEWS": "manage.py import_oews, then publish_oews",
    "BLS EP": "manage.py import_projections",
    "O*NET": "manage.py import_onet",
    "BEA RPP": "manage.py build_data, then seed",
    "NCES IPEDS": "manage.py import_ipeds",
}


def way_in(source):
    return WAYS_IN.get(source.short_name, "see data/README.md")


def yearly_sources(evidence):
    """(source, day it was published, that in words) of the newest edition of each source that is checked.

    An import does not always know the day that BLS published the release; the end of May is late enough.
    """
    editions = {}
    for source in evidence.other_sources:
        if source.published and not source.key.startswith(NOT_YEARLY):
            editions[source.short_name] = dated(source)
    if evidence.newest:
        source, end_of_may = evidence.newest.source, date(evidence.newest.year + 1, 5, 31)
        words = f"taken as published on {words_of(end_of_may)}: its day is not recorded"
        is_dated = source.published is not None
        editions[source.short_name] = dated(source) if is_dated else (source, end_of_may, words)
    return list(editions.values())


def dated(source):
    return source, source.published, f"published on {words_of(source.published)}"


def sources_checked(evidence):
    """Which sources are held against the calendar, and which are not."""
    checked = sorted({source.short_name for source, *_ in yearly_sources(evidence)})
    unchecked = sorted({s.short_name for s in evidence.other_sources} - set(checked))
    words = f"Checked: {', '.join(checked) or 'none'}."
    if unchecked:
        words += f" Not checked, for want of a yearly date: {', '.join(unchecked)}."
    return words


# --- What an editor would want to know: these inform -------------------------------------------------


def without_summary(evidence):
    """Today's detailed occupations without a published summary, by major group, those with pay first."""
    profiles = evidence.profiles
    found = [o for o in evidence.single_occupations if not has_public_summary(profiles.get(o.pk))]
    found.sort(key=lambda o: (not evidence.is_in_newest(o.pk), o.code))
    return [
        Row(
            name_of(o),
            profile_link(profiles[o.pk]) if o.pk in profiles else add_link(o),
            "a draft" if o.pk in profiles else "",
            group_of(o, evidence),
        )
        for o in found
    ]


def has_public_summary(profile):
    return profile is not None and is_public(profile) and bool(profile.summary)


def group_of(occupation, evidence):
    """An occupation's major group, and whether it has figures in the newest release."""
    major = evidence.by_code.get(f"{occupation.code[:2]}-0000")
    words = major.name if major else f"Group {occupation.code[:2]}"
    if evidence.newest and not evidence.is_in_newest(occupation.pk):
        words += f", without figures in {evidence.newest.period}"
    return words


COMBINED = "Counted under a code that takes in several occupations"
GONE = "Had figures in earlier releases"
NEVER = "Never published in any release that is loaded"


def without_figures(evidence):
    """Today's detailed occupations that the newest release does not publish, by the reason why."""
    lineage = Lineage(evidence.code_changes)
    missing = [o for o in evidence.single_occupations if not evidence.is_in_newest(o.pk)]
    reasons = [(o, *reason_of(o, lineage, evidence)) for o in missing if evidence.newest]
    reasons.sort(key=lambda told: [GONE, COMBINED, NEVER].index(told[1]))
    return [Row(name_of(o), o.get_absolute_url(), words, group) for o, group, words in reasons]


def reason_of(occupation, lineage, evidence):
    """(group, words) for why an occupation has no figures in the newest release.

    Its broad group's figures make a code that had its own no less gone: OEWS publishes most broad groups.
    """
    last = max((y for y, found in evidence.in_nation.items() if occupation.pk in found), default=None)
    holders = holders_of(occupation, lineage, evidence)
    words = [f"figures of its own until May {last}"] if last else []
    if holders:
        words.append("counted in " + " and ".join(name_of(holder) for holder in holders))
    if holders and (last is None or all(holder.level == Level.DETAILED for holder in holders)):
        return COMBINED, "; ".join(words)
    return GONE if last else NEVER, "; ".join(words)


def holders_of(occupation, lineage, evidence):
    """The published codes that an unpublished one is counted in: what it became, or its parent."""
    spans = lineage.after(occupation.pk)
    held_by = spans[-1].codes if spans else [occupation.parent_id]
    return [evidence.occupations[pk] for pk in held_by if evidence.is_in_newest(pk)]


def without_price_parity(evidence):
    """States, territories and metros with figures in the newest release and no price parity, by type."""
    if evidence.newest is None:
        return []
    paid = {area for release, area in evidence.rows_of_areas if release == evidence.newest.pk}
    missing = [evidence.areas[pk] for pk in paid - evidence.with_price_parity]
    missing = [area for area in missing if area.area_type in WITH_PRICES]
    missing.sort(key=lambda area: (area.area_type, area.title))
    return [
        Row(a.title, a.get_absolute_url(), group=AREA_TYPE_LABELS[a.area_type].capitalize()) for a in missing
    ]


def areas_not_priced(evidence):
    return "Price parity is not asked of nonmetropolitan areas: BEA has one for all of them together."


def staged_for_long(evidence):
    staged = [r for r in evidence.releases if r.status == Release.Status.STAGED]
    return [
        Row(str(r), release_link(r), f"imported on {words_of(r.imported_at)}")
        for r in staged
        if r.imported_at.date() < evidence.today - GRACE
    ]


def unordered_ladders(evidence):
    """The newest release's percentiles that lie below the one before them."""
    areas = {a.code: a.title for a in evidence.areas.values()}
    found = []
    for entry in evidence.unordered if evidence.newest else []:
        occupation = evidence.by_code.get(entry["code"])
        unit = Unit.DOLLARS_A_YEAR if entry["ladder"] == "annual" else Unit.CENTS_AN_HOUR
        steps = ", ".join(format_value(v, unit) if v is not None else "no figure" for v in entry["values"])
        place = areas.get(entry["area"], entry["area"])
        words = f"{place}, 10th to 90th percentile {unit}: {steps}"
        found.append(
            Row(name_of(occupation), occupation.get_absolute_url(), words)
            if occupation
            else Row(entry["code"], release_link(evidence.newest), words)
        )
    return found


def bounded_medians(evidence):
    """The newest release's national medians that BLS gives only a bound of."""
    if evidence.newest is None:
        return []
    wages = Wage.objects.filter(release=evidence.newest, area__code=NATION)
    wages = wages.annotate(marks=F("top_coded").bitand(MEDIAN_BITS)).filter(marks__gt=0)
    found = []
    for wage in wages.order_by("occupation__code"):
        occupation = evidence.occupations[wage.occupation_id]
        figures = [
            figure_of(wage, f"{per}_median", evidence.newest, "United States") for per in ("annual", "hourly")
        ]
        words = "; ".join(f"{f.text} {f.measure.unit}" for f in figures if f.status is Status.AT_LEAST)
        found.append(Row(name_of(occupation), occupation.get_absolute_url(), words))
    return found


METRICS = (
    Metric(
        key="nothing_published",
        title="Nothing published",
        why="Readers see no pay at all.",
        mend="Import a year and publish it: manage.py import_oews, then publish_oews; or manage.py seed.",
        severity=Severity.FAIL,
        find=nothing_published,
    ),
    Metric(
        key="rows_lost",
        title="Published releases with other rows than were loaded",
        why="A figure that was published is missing, or one that was not is shown.",
        mend="Import the year's files again and publish that revision; find out what wrote to the tables.",
        severity=Severity.FAIL,
        find=rows_lost,
    ),
    Metric(
        key="nameless",
        title="Occupations and areas without a name",
        why="A page, a list or an address shows nothing where the name should stand.",
        mend="Import the release that names them again, or mend their row in data/ and seed.",
        severity=Severity.FAIL,
        find=nameless,
    ),
    Metric(
        key="dead_ends",
        title="Codes that lead to a code without figures",
        why="Readers of an old code are sent on to a page that has nothing of these jobs.",
        mend="Mend the step in data/code_changes.csv against the publisher's crosswalk, and seed.",
        severity=Severity.FAIL,
        find=dead_ends,
    ),
    Metric(
        key="sources_due",
        title="Sources past their usual yearly date",
        why="A newer edition is probably out, and readers take these figures for the newest.",
        mend="Get the newer edition and bring it in as its row says, or learn from the publisher why "
        "it is late.",
        severity=Severity.FAIL,
        find=sources_due,
        note=sources_checked,
    ),
    Metric(
        key="staged_for_long",
        title="Releases staged for more than 30 days",
        why="Somebody imported it for readers, and readers do not see it.",
        mend="Review its report, then publish it (manage.py publish_oews) or import better files.",
        severity=Severity.INFORM,
        find=staged_for_long,
    ),
    CONTRADICTIONS,
    FIGURES_TYPED_IN,
    TITLES_SHARED,
    Metric(
        key="unordered_ladders",
        title="Percentiles out of order in the newest release",
        why="Somebody who reads the 75th percentile below the median takes it for our mistake.",
        mend="Compare with the publisher's file: if it says so, it stands as it is; tell the publisher.",
        severity=Severity.INFORM,
        find=unordered_ladders,
    ),
    Metric(
        key="bounded_medians",
        title="National medians that readers see as a bound",
        why="The publisher says only “at least”, so such an occupation has no change and no rank.",
        mend="Nothing to mend: say in the profile nothing that needs the figure.",
        severity=Severity.INFORM,
        find=bounded_medians,
    ),
    Metric(
        key="without_figures",
        title="Occupations without figures in the newest release",
        why="Readers find the occupation and no pay, and ask why.",
        mend="Look up those that had figures in what the release changed; the rest is the publisher's way.",
        severity=Severity.INFORM,
        find=without_figures,
    ),
    Metric(
        key="without_price_parity",
        title="Areas without price parity",
        why="A counsellor who compares places cannot weigh pay there against what living there costs.",
        mend="The publisher has none for territories and Puerto Rico's metropolitan areas: those stay. For "
        "another, take in BEA's newest edition as data/README.md says, and seed.",
        severity=Severity.INFORM,
        find=without_price_parity,
        note=areas_not_priced,
    ),
    Metric(
        key="without_summary",
        title="Occupations without a profile",
        why="Readers see what it pays and not what these people do.",
        mend="Write two to four sentences of our own in the profile's summary, and publish it.",
        severity=Severity.INFORM,
        find=without_summary,
    ),
    WITHOUT_FULL_TEXT,
    NOT_REVIEWED,
    CERTIFICATIONS_UNCHECKED,
    LICENCES_UNCHECKED,
    SCHOOLS_WITHOUT_SITE,
)
