"""The data-quality metrics: what each finds, what it leaves alone, and what it asks of the database."""

import datetime

import pytest

from careers.models import Level, LicenceRequirement, Occupation
from careers.quality import typed_in
from salaries.models import Area, Release, Wage
from salaries.quality import METRICS, check
from tests.factories import (
    MEDICAL_RECORDS,
    make_area,
    make_certification,
    make_code_change,
    make_industry_wage,
    make_occupation,
    make_organization,
    make_price_parity,
    make_profile,
    make_projection,
    make_release,
    make_school,
    make_source,
    make_title,
    make_wage,
)

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 6, 1)
STAGED = Release.Status.STAGED
OEWS = "manage.py import_oews, then publish_oews"
RPP = "manage.py build_data, then seed"


def found(key, today=TODAY):
    """What a metric finds: (what, detail) of each row."""
    result = next(r for r in check(today) if r.metric.key == key)
    return [(row.what, row.detail) for row in result.rows]


def groups(key):
    result = next(r for r in check(TODAY) if r.metric.key == key)
    return [(row.group, row.what) for row in result.rows]


def publish_wage(code="29-2072", year=2025, **figures):
    """A release of the year, with one occupation's wage for the nation, and the rows it says it has."""
    release = Release.objects.filter(year=year).first() or make_release(year)
    make_wage(release, make_area(), make_occupation(code), **{"annual_median": 51_140, **figures})
    release.levels = {"1": {"rows": release.wages.count()}}
    release.save()
    return release


# --- All together -----------------------------------------------------------------------------------


def test_metrics_that_can_fail_come_first():
    severities = [metric.severity for metric in METRICS]
    assert severities == ["fail"] * 5 + ["inform"] * 14
    assert len({metric.key for metric in METRICS}) == 19


def make_trouble(number):
    """Something for every metric to find, `number` times over."""
    release = make_release(
        report={
            "summary": {
                "ladders_out_of_order": [
                    {"code": f"29-2{100 + i}", "area": "0000000", "ladder": "annual", "values": [2, 1]}
                    for i in range(number)
                ]
            }
        }
    )
    make_release(2026, status=STAGED)
    old = make_occupation("29-2071", soc_version="2010")
    for i in range(number):
        occupation = make_occupation(f"29-2{100 + i}", display_title="One")
        make_profile(
            occupation, summary="Growing by 5%.", how_to_enter="The X-RAY.", reviewed=None, paths=[{}]
        )
        make_certification(f"x-ray-{i}", abbreviation="X-RAY")
        make_title(f"Title {i}", occupation)
        make_code_change(old, occupation, 2019)
        make_occupation(f"55-1{100 + i}")
        make_wage(release, make_area(), occupation, top_coded=["annual_median"])
        make_wage(release, make_area(f"Metro {i}", code=str(10_000 + i).zfill(7)), occupation)
        make_price_parity(make_area(f"Priced {i}", code=str(20_000 + i).zfill(7)))
        make_industry_wage(release, occupation, code=str(10 + i))
        make_source(f"other-{i}", short_name=f"Other {i}")
        make_school(unitid=100_000 + i, site="")
        LicenceRequirement.objects.create(
            occupation=occupation, state="OH", name="Licence", checked=datetime.date(2025, 5, 31)
        )


@pytest.mark.parametrize("number", [1, 30])
def test_queries_are_as_many_for_much_trouble_as_for_little(django_assert_num_queries, number):
    make_trouble(number)
    with django_assert_num_queries(20):
        results = check(TODAY)
    assert {r.metric.key: len(r.rows) for r in results} == {
        "nothing_published": 0,
        "rows_lost": 3,
        "nameless": 0,
        "dead_ends": 0,
        "sources_due": 0,
        "staged_for_long": 0,
        "contradictions": number,
        "figures_typed_in": number,
        "titles_shared": number * (number - 1),
        "unordered_ladders": number,
        "bounded_medians": number,
        "without_figures": number,
        "without_price_parity": number,
        "without_summary": number,
        "without_full_text": 0,
        "not_reviewed": number,
        "certifications_unchecked": number,
        "licences_unchecked": number,
        "schools_without_site": number,
    }


def test_empty_site_fails_for_want_of_a_release_and_nothing_else():
    assert [r.metric.key for r in check(TODAY) if r.rows] == ["nothing_published"]


# --- Integrity --------------------------------------------------------------------------------------


def test_release_with_a_row_lost_is_named_with_both_counts():
    release = publish_wage()
    assert found("rows_lost") == []
    make_wage(release, make_area("Ohio"), make_occupation(), annual_median=50_990)
    release.levels = {"1": {"rows": 2}, "2": {"rows": 1}, "industries": {"rows": 1200}}
    release.save()
    assert found("rows_lost") == [
        ("May 2025", "nation: 2 rows were loaded, 1 are there"),
        ("May 2025", "industries: 1,200 rows were loaded, 0 are there"),
    ]


def test_rows_of_a_staged_release_are_not_counted():
    publish_wage()
    make_release(2026, status=STAGED, levels={"1": {"rows": 5}})
    assert found("rows_lost") == []


def test_occupation_and_area_without_a_name_are_found():
    make_occupation("29-2072")
    make_area("Ohio")
    assert found("nameless") == []
    Occupation.objects.update(title="")
    Area.objects.update(slug="")
    assert found("nameless") == [
        ("29-2072", "occupation without a title or a slug"),
        ("3900000", "area without a title or a slug"),
    ]


def make_split(*published_after):
    """29-2071, published in May 2018, becomes 29-2072 and 29-9021 in May 2019, where some are published."""
    publish_wage("29-2071", 2018)
    publish_wage("00-0000", 2019)
    for code in ("29-2072", "29-9021"):
        make_code_change(make_occupation("29-2071"), make_occupation(code), 2019)
    for code in published_after:
        publish_wage(code, 2019)


def test_code_whose_successors_are_all_unpublished_is_a_dead_end():
    make_split()
    assert found("dead_ends") == [
        (
            "29-2071 Medical Records and Health Information Technicians",
            "counted in 29-2072 and 29-9021 from May 2019 on, where that release has no figures",
        )
    ]


def test_code_with_one_published_successor_is_no_dead_end():
    make_split("29-9021")
    assert found("dead_ends") == []


def test_code_that_ended_before_its_change_is_no_dead_end():
    """45-3011 was last published in May 2017 and is counted in 45-3031, never published, from 2019 on."""
    publish_wage("45-3011", 2017)
    publish_wage("00-0000", 2018)
    publish_wage("00-0000", 2019)
    make_code_change(make_occupation("45-3011"), make_occupation("45-3031"), 2019)
    assert found("dead_ends") == []


# --- Sources ----------------------------------------------------------------------------------------


def test_oews_is_due_a_year_and_thirty_days_after_it_was_published():
    publish_wage()
    assert found("sources_due", datetime.date(2027, 6, 14)) == []
    assert found("sources_due", datetime.date(2027, 6, 15)) == [
        ("BLS OEWS, May 2025", "published on 15 May 2026; the next was due by 14 June 2027: " + OEWS)
    ]


def test_next_release_is_no_longer_due_once_it_is_published():
    make_release(2025)
    staged = make_release(2026, status=STAGED)
    staged.source.published = datetime.date(2027, 5, 14)
    staged.source.save()
    assert len(found("sources_due", datetime.date(2027, 7, 1))) == 1
    Release.objects.update(status=Release.Status.PUBLISHED)
    assert found("sources_due", datetime.date(2027, 7, 1)) == []


def test_release_without_its_day_is_taken_as_published_at_the_end_of_may():
    make_release(2026, source=make_source("oews-2026-r1", period="May 2026", published=None))
    assert found("sources_due", datetime.date(2028, 6, 29)) == []
    assert found("sources_due", datetime.date(2028, 6, 30)) == [
        (
            "BLS OEWS, May 2026",
            "taken as published on 31 May 2027: its day is not recorded; the next was due by 29 June 2028: "
            + OEWS,
        )
    ]


def test_newest_edition_of_another_yearly_source_is_checked_too():
    told = {"short_name": "BEA RPP", "period": "2024"}
    make_source("rpp-2023", **told, edition="2023", published=datetime.date(2024, 12, 12))
    assert found("sources_due") == [
        ("BEA RPP, 2023", "published on 12 December 2024; the next was due by 11 January 2026: " + RPP)
    ]
    make_source("rpp-2024", **told, published=datetime.date(2026, 2, 19))
    assert found("sources_due") == []


@pytest.mark.parametrize(
    ("short_name", "command"),
    [
        ("BLS EP", "manage.py import_projections"),
        ("O*NET", "manage.py import_onet"),
        ("X", "see data/README.md"),
    ],
)
def test_source_that_is_due_names_the_command_that_brings_it(short_name, command):
    make_source("any", short_name=short_name, published=datetime.date(2024, 12, 12))
    [(_, detail)] = found("sources_due")
    assert detail.endswith(f": {command}")


def test_page_says_which_sources_are_checked():
    make_release()
    make_source("soc-2018", short_name="SOC 2018", published=datetime.date(2017, 11, 28))
    make_source("rpp-2024", short_name="BEA RPP")
    make_source("onet-30.1", short_name="O*NET", published=None)
    result = next(r for r in check(TODAY) if r.metric.key == "sources_due")
    assert result.rows == []
    assert result.note == (
        "Checked: BEA RPP, BLS OEWS. Not checked, for want of a yearly date: O*NET, SOC 2018."
    )


# --- Releases ---------------------------------------------------------------------------------------


def test_release_staged_for_more_than_thirty_days_is_listed():
    make_release(2025)
    make_release(2026, status=STAGED)
    Release.objects.update(imported_at=datetime.datetime(2026, 5, 2, 9, tzinfo=datetime.UTC))
    assert found("staged_for_long", datetime.date(2026, 6, 1)) == []
    assert found("staged_for_long", datetime.date(2026, 6, 2)) == [("May 2026", "imported on 2 May 2026")]


def test_ladder_out_of_order_is_shown_with_its_steps_and_place():
    entry = {"code": "29-2072", "area": "3900000", "ladder": "hourly", "values": [1830, 1700, None]}
    make_release(report={"summary": {"ladders_out_of_order": [entry]}})
    make_occupation()
    make_area("Ohio")
    assert found("unordered_ladders") == [
        (
            "29-2072 Medical Records Specialists",
            "Ohio, 10th to 90th percentile an hour: $18.30, $17.00, no figure",
        )
    ]


def test_ladder_of_a_code_that_the_site_does_not_know_is_shown_by_its_code():
    entry = {"code": "99-9999", "area": "9900000", "ladder": "annual", "values": [20_000, 10_000]}
    make_release(report={"summary": {"ladders_out_of_order": [entry]}})
    assert found("unordered_ladders") == [
        ("99-9999", "9900000, 10th to 90th percentile a year: $20,000, $10,000")
    ]


def test_top_coded_national_median_is_shown_as_readers_see_it():
    release, cardiologists = make_release(), make_occupation("29-1212")
    make_wage(release, make_area(), cardiologists, top_coded=["annual_median", "hourly_median"])
    make_wage(release, make_area("Ohio"), cardiologists, top_coded=["annual_median"])
    make_wage(release, make_area(), make_occupation(), annual_median=51_140, top_coded=["annual_p90"])
    assert found("bounded_medians") == [
        ("29-1212 Cardiologists", "at least $239,200 a year; at least $115.00 an hour")
    ]


# --- Occupations without figures --------------------------------------------------------------------


def test_code_that_was_published_until_last_year_is_gone():
    broad = make_occupation("11-1030", "Legislators", level=Level.BROAD)
    publish_wage(make_occupation("11-1031", "Legislators", parent=broad).code, 2024)
    publish_wage()
    assert groups("without_figures") == [("Had figures in earlier releases", "11-1031 Legislators")]
    assert found("without_figures") == [("11-1031 Legislators", "figures of its own until May 2024")]


def test_code_that_oews_combines_names_the_code_that_it_is_counted_in():
    make_code_change(make_occupation("13-1021", "Farm Buyers"), make_occupation("13-1020", "Buyers"), 2017)
    publish_wage("13-1021", 2016)
    publish_wage("13-1020")
    assert groups("without_figures") == [
        ("Counted under a code that takes in several occupations", "13-1021 Farm Buyers")
    ]
    assert found("without_figures") == [
        ("13-1021 Farm Buyers", "figures of its own until May 2016; counted in 13-1020 Buyers")
    ]


def test_code_combined_twice_names_where_it_ended():
    """51-2092 was counted in 51-2098 in May 2017 and 2018, and is in 51-2090 since."""
    team, first, last = (make_occupation(code) for code in ("51-2092", "51-2098", "51-2090"))
    Occupation.objects.filter(code="51-2098").update(soc_version="2010")
    make_code_change(team, first, 2017)
    make_code_change(first, last, 2019)
    publish_wage("51-2090")
    assert found("without_figures") == [
        ("51-2092 Occupation 51-2092", "counted in 51-2090 Occupation 51-2090")
    ]


def test_code_published_only_with_its_broad_group_is_counted_there():
    aides = make_occupation("31-1120", "Home Health and Personal Care Aides")
    make_occupation("31-1121", "Home Health Aides", parent=aides)
    publish_wage("31-1120")
    assert groups("without_figures") == [
        ("Counted under a code that takes in several occupations", "31-1121 Home Health Aides")
    ]
    assert found("without_figures") == [
        ("31-1121 Home Health Aides", "counted in 31-1120 Home Health and Personal Care Aides")
    ]


def test_code_that_vanished_is_gone_although_its_broad_group_is_published():
    dentists = make_occupation("29-1020", "Dentists", level=Level.BROAD)
    make_occupation("29-1024", "Prosthodontists", parent=dentists)
    publish_wage("29-1024", 2024)
    publish_wage("29-1020")
    assert groups("without_figures") == [("Had figures in earlier releases", "29-1024 Prosthodontists")]
    assert found("without_figures") == [
        ("29-1024 Prosthodontists", "figures of its own until May 2024; counted in 29-1020 Dentists")
    ]


def test_military_code_was_never_published():
    publish_wage()
    make_occupation("55-3016", "Infantry")
    assert groups("without_figures") == [
        ("Never published in any release that is loaded", "55-3016 Infantry")
    ]


def test_retired_and_broad_codes_are_not_missed():
    publish_wage()
    make_occupation("29-2071", soc_version="2010")
    make_occupation("29-2070", level=Level.BROAD)
    assert found("without_figures") == []


def test_figures_of_a_staged_release_or_a_state_alone_count_for_nothing():
    release = publish_wage()
    infantry = make_occupation("55-3016", "Infantry")
    make_wage(make_release(2026, status=STAGED), make_area(), infantry, annual_median=30_000)
    make_wage(release, make_area("Ohio"), infantry, annual_median=30_000)
    assert found("without_figures") == [("55-3016 Infantry", "")]


# --- Prices -----------------------------------------------------------------------------------------


def publish_in(*titles):
    """A release of May 2025 with a wage in each of the areas."""
    release = publish_wage()
    for title in titles:
        make_wage(release, make_area(title), make_occupation(), annual_median=51_140)
    return release


def test_areas_with_pay_and_no_price_parity_stand_by_their_type():
    publish_in("Mayaguez, PR", "Guam", "California", "Akron, OH", "Abilene, TX")
    make_price_parity(make_area("California"), 110.72)
    make_price_parity(make_area("Akron, OH"), 93.37)
    assert groups("without_price_parity") == [
        ("Territory", "Guam"),
        ("Metropolitan area", "Abilene, TX"),
        ("Metropolitan area", "Mayaguez, PR"),
    ]


def test_nation_and_nonmetropolitan_areas_are_not_missed_and_the_page_says_so():
    publish_in("Southern Ohio nonmetropolitan area")
    result = next(r for r in check(TODAY) if r.metric.key == "without_price_parity")
    assert result.rows == []
    assert (
        result.note
        == "Price parity is not asked of nonmetropolitan areas: BEA has one for all of them together."
    )


def test_area_without_pay_in_the_newest_release_needs_no_price_parity():
    make_wage(make_release(2024), make_area("Akron, OH"), make_occupation(), annual_median=50_250)
    make_wage(make_release(2026, status=STAGED), make_area("Ohio"), make_occupation(), annual_median=52_000)
    publish_wage()
    make_area("California")
    assert found("without_price_parity") == []


# --- What editors write -----------------------------------------------------------------------------


def test_occupations_without_a_summary_stand_by_major_group_published_ones_first():
    make_occupation("29-0000")
    make_occupation("11-0000", "Management Occupations", level=Level.MAJOR)
    make_occupation("11-1031", "Legislators")
    make_profile(make_occupation("29-9021"))
    for code in ("29-2072", "29-1212"):
        publish_wage(code)
    health = "Healthcare Practitioners and Technical Occupations"
    assert groups("without_summary") == [
        (health, "29-1212 Cardiologists"),
        (health, "29-2072 Medical Records Specialists"),
        ("Management Occupations, without figures in May 2025", "11-1031 Legislators"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They code and file health records (see 29-2072 and 29-2071.00).", ""),
        ("They work 9 to 5, or 24 hours a day.", ""),
        ("Half earn more than $50,250 a year.", "“$50,250”"),
        ("The state spends $1.5 billion; they get 24.59 dollars.", "“$1.5 billion”, “24.59 dollars”"),
        ("In May 2024 it was\nless; in 2025 more.", "“May 2024” (before May 2025), “2025”"),
        ("Codes of 2010-2018.", "“2010” (before May 2025), “2018” (before May 2025)"),
        ("Since the 1990s, and until 2031.", "“1990s” (before May 2025), “2031”"),
        ("Some 194,720 jobs, 25000 of them in Ohio.", "“194,720”, “25000”"),
        ("Jobs grow 7.1 % or 7 percent; ten percent is a lot.", "“7.1 %”, “7 percent”, “percent”"),
        ("A much faster than average outlook.", "“much faster than average”"),
        ("Growing As fast as\nthe average.", "“Growing”, “As fast as the average”"),
        ("Little or no change; they are in high demand.", "“Little or no change”, “in high demand”"),
        ("Growing, and growing: $5, then $5.", "“Growing”, “growing”, “$5”"),
        ("Work on demand for a demanding average reader.", ""),
    ],
)  # fmt: skip
def test_figures_and_outlooks_are_found_in_prose(text, expected):
    assert typed_in(text, Release(year=2025)) == expected


def test_profile_with_a_figure_is_listed_with_what_was_found():
    make_release()
    make_profile(scope="Half earned more than $50,250.", summary="It was May 2024.")
    make_profile(make_occupation("29-1212"), summary="They treat hearts.")
    assert found("figures_typed_in") == [
        ("29-2072 Medical Records Specialists", "“May 2024” (before May 2025), “$50,250”")
    ]


def test_draft_and_profile_without_a_summary_are_no_profile_to_readers():
    make_profile(make_occupation("29-2072"), status="draft")
    make_profile(make_occupation("29-1212"), summary="", duties="- Treat hearts")
    make_occupation("29-9021")
    assert [what[:7] for what, _ in found("without_summary")] == ["29-1212", "29-2072", "29-9021"]


def test_health_occupations_without_a_full_profile_are_listed_and_others_are_not():
    make_profile(make_occupation("29-2072"), duties="- Code")
    make_profile(make_occupation("29-1212"))
    make_profile(make_occupation("31-9092"), duties="- Help", status="draft")
    make_profile(make_occupation("11-1031"))
    assert [what[:7] for what, _ in found("without_full_text")] == ["29-1212", "31-9092"]


def test_profiles_reviewed_over_a_year_ago_are_listed_with_the_day():
    make_profile(make_occupation("29-2072"), reviewed=datetime.date(2025, 6, 1))
    make_profile(make_occupation("29-1212"), reviewed=datetime.date(2025, 5, 31))
    make_profile(make_occupation("29-9021"), reviewed=None)
    make_profile(make_occupation("31-9092"), reviewed=None, status="draft")
    assert [(what[:7], when) for what, when in found("not_reviewed")] == [
        ("29-1212", "last on 31 May 2025"),
        ("29-9021", "never"),
    ]


def test_certifications_that_nobody_checked_stand_by_their_issuer_unless_they_are_gone():
    make_certification("rhit", name="Technician")
    make_certification("rhia", checked=datetime.date(2026, 5, 1))
    make_certification("ctr", status="retired")
    assert groups("certifications_unchecked") == [("Organization ahima", "Technician (RHIT)")]


def test_contradictions_of_profiles_and_certifications_are_found():
    profile = make_profile(how_to_enter="A bachelor's degree, or the RHIT.", paths=[{"level": "certificate"}])
    make_projection(profile.occupation)
    nobody = make_organization("nobody", site="")
    make_certification("rhit", name="Technician", organization=nobody)
    [(first, education), (second, letters), last] = found("contradictions")
    assert first == second == "29-2072 Medical Records Specialists"
    assert education.startswith("How to become one: “bachelor's” is named here as if it led in, while")
    assert letters.startswith("How to become one: “RHIT” is a certification that is not linked")
    assert last == ("Technician (RHIT)", "Give the issuer's site, here or with the organization.")


def test_editors_alternate_title_that_others_bear_is_found():
    records, registrars = make_occupation("29-2072"), make_occupation("29-9021")
    make_title("Registrar", records)
    make_title("registrar", registrars, kind="alternate", source=make_source("onet-30.1"))
    make_title("Cardiologists", registrars)
    make_occupation("29-1212")
    assert found("titles_shared") == [
        ("29-2072 Medical Records Specialists", "also the alternate title of 29-9021"),
        (registrars.code + " " + registrars.title, "also the publisher’s title of 29-1212"),
    ]


def test_editors_title_on_two_occupations_is_found_on_both():
    make_occupation("29-2072", display_title="Medical  Coders")
    make_occupation("29-9021", display_title="medical coders")
    make_occupation("29-1212", display_title="Heart doctors")
    assert found("titles_shared") == [
        ("29-2072 Medical  Coders", "also the editor’s title of 29-9021"),
        ("29-9021 medical coders", "also the editor’s title of 29-2072"),
    ]


def test_editors_title_that_is_another_occupation_s_own_is_found():
    make_occupation("29-2072", display_title="cardiologists")
    make_occupation("29-1212")
    assert found("titles_shared") == [("29-2072 cardiologists", "also the publisher’s title of 29-1212")]


def test_title_of_a_broad_group_or_a_retired_code_is_free_to_its_successor():
    broad = make_occupation("29-2070", "Records", level=Level.BROAD)
    make_occupation("29-2071", "Records", soc_version="2010")
    make_occupation("29-2072", parent=broad, display_title="Records")
    assert found("titles_shared") == []


def test_release_that_is_whole_and_in_time_fails_nothing():
    release = publish_wage(**MEDICAL_RECORDS)
    assert Wage.objects.filter(release=release).count() == 1
    assert [r.metric.key for r in check(TODAY) if r.has_failed] == []
