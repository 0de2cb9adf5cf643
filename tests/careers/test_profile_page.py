"""What an occupation's page says besides pay. Facts are the publishers': EP 2024-34 and O*NET 30.1."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import (
    AlternateTitle,
    Certification,
    CertificationUse,
    CodeChange,
    DataVersion,
    EducationAttained,
    EducationPath,
    InterestProfile,
    JobZone,
    Organization,
    OutlookWord,
    RelatedOccupation,
    Technology,
)
from tests.careers.pages import page, rows, section, words
from tests.factories import (
    MEDICAL_RECORDS,
    MEDICAL_RECORDS_OHIO,
    make_area,
    make_award,
    make_certification,
    make_industry_wage,
    make_occupation,
    make_profile,
    make_program,
    make_projection,
    make_projections_source,
    make_release,
    make_school,
    make_source,
    make_wage,
)

pytestmark = pytest.mark.django_db
PAGE = "/occupations/29-2072-medical-records-specialists/"


@pytest.fixture
def occupation():
    major = make_occupation("29-0000", parent=make_occupation("00-0000"))
    minor = make_occupation("29-2000", "Health Technologists and Technicians", level="minor", parent=major)
    broad = make_occupation("29-2070", "Medical Records Specialists", level="broad", parent=minor)
    return make_occupation("29-2072", parent=broad)


@pytest.fixture
def may_2025(occupation):
    release = make_release()
    make_wage(release, make_area(), occupation, **MEDICAL_RECORDS)
    return release


def make_onet():
    return make_source(
        "onet-30.1", period="December 2025", short_name="O*NET", edition="30.1", published=None,
        licence="Creative Commons Attribution 4.0 International (CC BY 4.0)",
        attribution="O*NET 30.1 Database by USDOL/ETA, modified by this project.",
    )  # fmt: skip


class TestFirstScreen:
    def test_it_answers_pay_jobs_entry_and_outlook(self, client, occupation, may_2025):
        make_projection(occupation)
        make_profile(occupation, summary="They keep the written story of each patient's care.")
        text = words(page(client, PAGE).split('aria-label="On this page"')[0])
        assert "They keep the written story of each patient" in text
        assert (
            "Median pay $51,140 a year Half earn less, half more. United States · May 2025 · BLS OEWS" in text
        )
        assert "Jobs 194,720 United States · May 2025 · BLS OEWS" in text
        assert "Typical schooling for entry Postsecondary nondegree award" in text
        assert "Outlook Much faster than average +7.1% in jobs, 2024 to 2034" in text

    def test_a_draft_is_not_shown(self, client, occupation, may_2025):
        make_profile(occupation, status="draft", summary="Not ready.")
        assert "Not ready." not in page(client, PAGE)

    def test_what_is_not_written_is_named(self, client, occupation, may_2025):
        make_profile(occupation)
        text = words(section(page(client, PAGE), "missing"))
        assert "This page has no duties, no where and when they work, no how to become one" in text

    def test_no_projection_leaves_no_outlook(self, client, occupation, may_2025):
        html = page(client, PAGE)
        assert 'id="outlook"' not in html
        assert "Outlook" not in html


class TestOutlook:
    def test_the_word_and_what_it_stands_for(self, client, occupation, may_2025):
        make_projection(occupation)
        text = words(section(page(client, PAGE), "outlook"))
        assert "Much faster than average: 13,800 jobs more (7.1%), 2024 to 2034." in text
        assert (
            "In its 2024–34 edition BLS says “much faster than average” for a change of 7% or more." in text
        )
        assert '<a href="/methods/#outlook">All its words</a>' in section(page(client, PAGE), "outlook")

    def test_every_word_is_a_click_away(self, client, occupation, may_2025):
        make_projection(occupation)
        text = words(page(client, "/methods/").split('id="outlook"')[1])
        assert "these are all of them, in the edition 2024–34:" in text
        assert "Declineless than 0%Little or no change0%Slower than average1% to 2%" in text
        assert (
            "As fast as average3% to 4%Faster than average5% to 6%Much faster than average7% or more" in text
        )

    def test_jobs_now_and_then_and_openings(self, client, occupation, may_2025):
        make_projection(occupation)
        jobs, _, flow = section(page(client, PAGE), "outlook").split("<tbody>")[1:]
        assert rows(f"<tbody>{jobs}") == [
            ["Jobs in 2024", "194,800", ""],
            ["Jobs in 2034, projected", "208,600", ""],
        ]
        assert rows(f"<tbody>{flow}") == [
            ["Openings a year, on average", "14,200", ""],
            ["of them from people who stop working", "7,100", ""],
            ["of them from people who change occupation", "5,800", ""],
            ["Self-employed", "0.8%", ""],
        ]

    def test_fewer_jobs_are_said_to_be_fewer(self, client, occupation, may_2025):
        make_projection(occupation, change=-14_400, change_percent="-36.1", projected_employment=25_600)
        text = words(section(page(client, PAGE), "outlook"))
        assert "Decline: 14,400 jobs fewer (36.1%), 2024 to 2034." in text

    def test_an_aggregates_projection_stands_for_its_parts_and_says_so(self, client, may_2025):
        aides = make_occupation("31-1120", "Home Health and Personal Care Aides")
        make_occupation("31-1121", "Home Health Aides", parent=aides)
        make_projection(aides, change=739_800, change_percent="17.0")
        html = page(client, "/occupations/31-1121-home-health-aides/")
        assert (
            "BLS makes no projection for this occupation alone: what follows is for Home Health and "
            "Personal Care Aides (31-1120), in which BLS counts it." in html
        )
        assert "739,800 jobs more (17.0%)" in html

    def test_a_code_counted_in_another_takes_its_projection(self, client, may_2025):
        part = make_occupation("25-2055", "Special Education Teachers, Kindergarten")
        whole = make_occupation("25-2052", "Special Education Teachers, Kindergarten and Elementary School")
        CodeChange.objects.create(old=part, new=whole, year=2021)
        make_projection(whole, change=-1_900, change_percent="-1.0")
        html = page(client, "/occupations/25-2055-special-education-teachers-kindergarten/")
        assert "(25-2052), in which BLS counts it." in html


class TestEntry:
    def test_paths_stand_in_the_editors_order(self, client, occupation, may_2025):
        profile = make_profile(occupation)
        told = [
            ("certificate", "usual", "Certificate in coding"),
            ("associate", "accepted", "Associate degree"),
        ]
        for position, (level, standing, name) in enumerate(told, 1):
            EducationPath.objects.create(
                profile=profile, position=position, level=level, standing=standing, name=name,
                courses=["Anatomy", "Coding"], leads_to="First jobs.",
            )  # fmt: skip
        text = words(section(page(client, PAGE), "entry"))
        assert (
            "Certificate in coding Postsecondary certificate · usual · length varies "
            "Courses: Anatomy, Coding. Leads to: First jobs. "
            "Associate degree Associate&#x27;s degree · accepted · length varies"
        ) in text

    def test_paths_stand_beside_the_schools_where_programs_lead_here(self, client, occupation, may_2025):
        profile = make_profile(occupation)
        coding = make_program(leads_to=[occupation])
        EducationPath.objects.create(
            profile=profile, position=1, level="certificate", name="Certificate in coding",
            length="9 months", courses=["Anatomy"], programs=[coding.code],
        )  # fmt: skip
        make_award(make_school(), coding, level=2)
        html = page(client, PAGE)
        assert html.count("Certificate in coding") == 1
        told = (
            "Certificate in coding Postsecondary certificate · usual · 9 months Courses: Anatomy. Schools: 1"
        )
        assert told in words(section(html, "schools"))

    def test_bls_assigns_one_level_and_the_page_says_what_it_is(self, client, occupation, may_2025):
        make_projection(occupation)
        text = words(section(page(client, PAGE), "entry"))
        assert "Work in a related occupation beforeNone" in text
        assert "United States · BLS EP 2024–34. BLS assigns one level to each occupation" in text

    def test_schooling_of_those_who_do_it_now(self, client, occupation, may_2025):
        EducationAttained.objects.create(
            occupation=occupation, source=make_projections_source(), period="2022 to 2023",
            less_than_high_school="1.4", high_school="19.2",
            some_college="30.6", associate="25.6", bachelor="17.4", master="4.3", doctorate="1.6",
        )  # fmt: skip
        text = words(section(page(client, PAGE), "entry"))
        assert "More of them have this than any other: some college, no degree." in text
        assert "Some college, no degree30.6%" in text

    def test_certifications_stand_required_first_and_retired_ones_say_so(self, client, occupation, may_2025):
        ahima = Organization.objects.create(key="ahima", name="AHIMA Association", abbreviation="AHIMA")
        told = [
            ("useful", "Useful one", "active"),
            ("required", "Needed one", "active"),
            ("asked", "Old one", "retired"),
        ]
        for relation, name, status in told:
            certification = Certification.objects.create(
                key=Certification.make_key(name), name=name, organization=ahima, status=status
            )
            CertificationUse.objects.create(
                certification=certification, occupation=occupation, relation=relation
            )
        html = page(client, PAGE)
        told = html.split('id="certifications"')[1].split("</section>")[0]
        assert re.findall("<h4>(.*?)</h4>", told) == [
            "Required in some states",
            "Retired: no longer given",
            "Useful",
        ]
        assert words(told.split("<h4>")[1]) == "Required in some states Needed oneAHIMA"

    def test_certifications_beyond_eight_are_named(self, client, occupation, may_2025):
        for number in range(10):
            make_certification(f"c{number}", name=f"Coder {number}", occupations=[occupation])
        told = page(client, PAGE).split('id="certifications"')[1].split("</section>")[0]
        assert "<summary>2 more: often asked for</summary>" in told
        assert words(told.split("<summary>2 more: often asked for</summary>")[1]) == "Coder 8Coder 9"


class TestProse:
    def test_codes_in_the_text_lead_to_their_pages(self, client, occupation, may_2025):
        make_profile(occupation, scope="Registrars are counted in 29-9021.")
        html = section(page(client, PAGE), "scope")
        assert 'counted in <a href="/occupations/29-9021/">29-9021</a>.' in html

    def test_a_named_figure_stands_with_measure_place_period_and_source(self, client, occupation, may_2025):
        make_profile(occupation, what_they_do="Half earn less than {{ annual_median }}.")
        text = words(section(page(client, PAGE), "work"))
        assert "Half earn less than $51,140 a year (median, United States, May 2025, BLS OEWS)." in text

    def test_named_outlook_and_entry_carry_their_source_too(self, client, occupation, may_2025):
        make_projection(occupation)
        make_profile(occupation, what_they_do="It takes a {{ entry_education }}; {{ openings }} openings.")
        text = words(section(page(client, PAGE), "work"))
        assert "It takes a postsecondary nondegree award (United States, BLS EP 2024–34); 14,200" in text
        assert "14,200 (United States, 2024 to 2034, BLS EP) openings." in text

    def test_markup_of_an_editor_stays_text(self, client, occupation, may_2025):
        make_profile(occupation, what_they_do="<script>alert(1)</script> [x](javascript:alert(1))")
        html = page(client, PAGE)
        assert "<script>alert" not in html
        assert 'href="javascript' not in html

    def test_contact_is_one_of_four_steps_with_its_reason(self, client, occupation, may_2025):
        make_profile(
            occupation, patient_contact="light", patient_contact_reason="They meet few.",
            bodily_fluids="none", bodily_fluids_reason="The work is done at a screen.",
        )  # fmt: skip
        text = words(section(page(client, PAGE), "setting"))
        assert "Contact with patients: light" in text
        assert "They meet few." in text
        assert "Contact with bodily fluids: none" in text

    def test_the_page_names_what_the_text_was_checked_against(self, client, occupation, may_2025):
        make_profile(occupation).sources.add(make_projections_source(), make_onet())
        text = words(section(page(client, PAGE), "sources"))
        assert "checked against BLS EP 2024–34 and O*NET 30.1, last on 22 November 2026." in text


class TestRatings:
    def test_interests_stand_strongest_first_and_say_how_they_were_made(self, client, occupation, may_2025):
        InterestProfile.objects.create(
            occupation=occupation, source=make_onet(), realistic="2.86", investigative="4.33",
            artistic="1.00", social="3.38", enterprising="1.88", conventional="6.97",
            strongest="conventional", made_by="Machine Learning", period="November 2023",
        )  # fmt: skip
        html = section(page(client, PAGE), "ratings")
        assert [row[:2] for row in rows(html)][:2] == [
            ["Conventionalkeeping order and records", "6.97"],
            ["Investigativeworking with ideas and evidence", "4.33"],
        ]
        assert "How O*NET made them: machine learning" in words(html)
        assert "modified by this project" in words(section(page(client, PAGE), "sources"))

    def test_specialties_in_several_job_zones_are_all_named(self, client, occupation, may_2025):
        for zone in (3, 4):
            JobZone.objects.create(
                occupation=occupation, source=make_onet(), zone=zone, made_by="Analyst", period="August 2023"
            )
        text = words(section(page(client, PAGE), "ratings"))
        assert "Its specialties are in job zones 3 and 4 of 5: medium preparation to considerable" in text

    def test_technology_of_the_occupations_own_postings_comes_first(self, client, occupation, may_2025):
        for name, is_in_demand in (("Abacus", False), ("Epic Systems", True)):
            Technology.objects.create(
                occupation=occupation, source=make_onet(), name=name, category="Medical software",
                is_hot=False, is_in_demand=is_in_demand,
            )  # fmt: skip
        assert "Epic Systems, Abacus." in words(section(page(client, PAGE), "ratings"))


class TestTitles:
    def test_titles_by_those_who_do_the_work_come_before_the_others(self, client, occupation, may_2025):
        told = [("Fee Coder", "alternate"), ("Coder", "reported"), ("Chart keeper", "editor")]
        for title, kind in told:
            source = None if kind == "editor" else make_onet()
            AlternateTitle.objects.create(occupation=occupation, title=title, kind=kind, source=source)
        assert "Also called Chart keeper, Coder, Fee Coder" in words(page(client, PAGE))

    def test_more_than_forty_titles_are_left_to_the_search(self, client, occupation, may_2025):
        AlternateTitle.objects.bulk_create(
            AlternateTitle(occupation=occupation, title=f"Coder {n}", kind="alternate", source=make_onet())
            for n in range(130)
        )
        html = section(page(client, PAGE), "titles")
        assert html.count("<li>") == 40
        assert "90 more lead here from the" in words(html)


def test_similar_occupations_stand_with_pay_and_entry(client, occupation, may_2025):
    other = make_occupation("29-9021")
    make_wage(may_2025, make_area(), other, annual_median=68_020, employment=38_100)
    make_projection(other, entry_education="associate")
    RelatedOccupation.objects.create(
        occupation=occupation, other=other, source=make_onet(), rank=1, tier="Primary-Short"
    )
    assert rows(section(page(client, PAGE), "similar")) == [
        [
            "Health Information Technologists and Medical Registrars",
            "$68,020",
            "Associate’s",
        ]
    ]


def test_less_alike_occupations_are_named_and_the_group_is_a_click_away(client, occupation, may_2025):
    minor = occupation.parent.parent
    for number in range(7):
        other = make_occupation(f"29-205{number}", f"Technicians {number}", parent=minor)
        make_wage(may_2025, make_area(), other, annual_median=68_020)
        RelatedOccupation.objects.create(
            occupation=occupation, other=other, source=make_onet(), rank=number, tier="Primary-Short"
        )
    html = page(client, PAGE)
    similar = section(html, "similar")
    assert [row[0] for row in rows(similar)] == [f"Technicians {number}" for number in range(5)]
    assert "Less alike: Technicians 5, Technicians 6." in words(similar)
    assert f'All in <a href="/occupations/{minor.code_slug}/">{minor.name}</a>' in similar
    assert 'neighbours"' not in html  # neither the section nor a link to it


@pytest.fixture
def everything(occupation, may_2025):
    """A page with every card."""
    make_wage(may_2025, make_area("Ohio"), occupation, **MEDICAL_RECORDS_OHIO)
    make_industry_wage(
        may_2025, occupation, employment=51_740, code="622100", title="Hospitals", level="4-digit"
    )
    make_projection(occupation)
    profile = make_profile(occupation, duties="- Read notes")
    profile.sources.add(make_onet())
    EducationPath.objects.create(profile=profile, position=1, level="certificate", name="Certificate")
    Technology.objects.create(
        occupation=occupation, source=make_onet(), name="Epic", category="Medical software", is_hot=True,
        is_in_demand=True,
    )  # fmt: skip
    AlternateTitle.objects.create(occupation=occupation, title="Coder", kind="reported", source=make_onet())
    RelatedOccupation.objects.create(
        occupation=occupation,
        other=make_occupation("29-9021"),
        source=make_onet(),
        rank=1,
        tier="Primary-Short",
    )
    issuer = Organization.objects.create(key="ahima", name="AHIMA")
    rhit = Certification.objects.create(key="rhit", name="RHIT", organization=issuer)
    CertificationUse.objects.create(certification=rhit, occupation=occupation)
    DataVersion.raise_number()


def test_thirteen_queries_with_everything_whatever_the_number_of_releases(client, everything, occupation):
    page(client, PAGE)  # keeps the small tables
    assert queries(client) == 13
    for year in range(2012, 2025):
        make_wage(make_release(year), make_area(), occupation, **MEDICAL_RECORDS)
    assert queries(client) == 13


def test_what_is_kept_goes_with_the_data_version(client, everything, occupation):
    page(client, PAGE)
    OutlookWord.objects.filter(slug="much-faster-than-average").update(word="Very much faster")
    assert "Very much faster" not in page(client, PAGE)
    DataVersion.raise_number()
    assert "Very much faster: 13,800 jobs more" in words(page(client, PAGE))


def queries(client):
    with CaptureQueriesContext(connection) as captured:
        page(client, PAGE)
    return len(captured)
