"""The seed: data/ into the database by the importer's road, once, and never over what others own."""

import gzip
import shutil
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from careers.models import (
    AlternateTitle,
    Award,
    CodeChange,
    DataVersion,
    EducationAttained,
    InterestProfile,
    JobZone,
    Occupation,
    OutlookWord,
    Profile,
    Program,
    ProgramOccupation,
    Projection,
    RelatedOccupation,
    School,
    SeedTable,
    Source,
    Technology,
)
from salaries.evidence import Evidence
from salaries.management.commands import seed as command
from salaries.models import Area, Industry, IndustryWage, PriceParity, Release, Wage
from salaries.oews import compare
from salaries.oews.publish import publish, rollback
from salaries.oews.road import import_files
from salaries.quality import without_price_parity
from tests.salaries.oews_files import AKRON, OURS, row, written, xlsx
from tests.seed_rows import FACTS

pytestmark = pytest.mark.django_db
SOURCES = """\
key,publisher,short_name,title,edition,period,published,retrieved,file,sha256,url,licence,attribution,table
soc-2018,BLS,SOC 2018,SOC,2018,2018,,2026-11-01,soc_2018.xlsx,aa,https://www.bls.gov/soc/,Public domain,,
oews-2024,BLS,BLS OEWS,OEWS,May 2024,May 2024,2025-04-02,,national_M2024_dl.xlsx,bb,https://www.bls.gov/oes/,PD,,
oews-2025,BLS,BLS OEWS,OEWS,May 2025,May 2025,2026-05-15,,national_M2025_dl.xlsx,cc,https://www.bls.gov/oes/,PD,,
oews-2025,BLS,BLS OEWS,OEWS,May 2025,May 2025,,,oews-2025.sqlite.gz,dd,https://www.bls.gov/oes/,PD,,
bea-rpp-2024,BEA,BEA RPP,RPP,2024,2024,2026-02-19,,SARPP_STATE_2008_2024.csv,ee,https://www.bea.gov/,PD,,
onet-30.1,ETA,O*NET,O*NET Database,30.1,December 2025,,,db_30_1_text.zip,ff,https://www.onetcenter.org/,CC,,
ep-2024-34,BLS,BLS EP,Projections,2024–34,2024 to 2034,,,occupation.xlsx,gg,https://www.bls.gov/emp/,PD,,
cip-2020,NCES,CIP,Programs,2020,2020,,,CIPCode2020.UCOP.csv,hh,https://nces.ed.gov/,PD,,
cip-soc-2020,NCES,CIP-SOC,Crosswalk,2020,2020,,,CIP2020_SOC2018_Crosswalk.xlsx,ii,https://nces.ed.gov/,PD,,
ipeds-c-2024,NCES,NCES IPEDS,Completions,2023–24,July 2023 to June 2024,,,c2024_a.csv.gz,jj,https://nces.ed.gov/,PD,,
ipeds-hd-2024,NCES,NCES IPEDS,Directory,2024,2024–25,,,hd2024.csv,kk,https://nces.ed.gov/,PD,,
"""
OCCUPATIONS = """\
code,level,title,soc_version,parent_code
00-0000,total,All Occupations,2018,
29-0000,major,Healthcare Practitioners and Technical Occupations,2018,00-0000
29-2071,detailed,Medical Records and Health Information Technicians,2010,29-0000
29-2072,detailed,Medical Records Specialists,2018,29-0000
29-9021,detailed,Health Information Technologists and Medical Registrars,2018,29-0000
"""
CODE_CHANGES = "old_code,new_code,year\n29-2071,29-2072,2019\n"
AREAS = """\
code,area_type,title,primary_state
0000000,1,United States,US
0010420,4,"Akron, OH",OH
3900000,2,Ohio,OH
"""
PRICE_PARITIES = "area_code,year,all_items\n0010420,2024,93.370\n3900000,2024,92.774\n"
INDUSTRIES = "code,title,level\n622000,Hospitals,3-digit\n"
FIGURES_2025 = "194720,1.1,27.3,56790,0.4,17.79,20.91,24.59,31.17,39.01,37000,43490,51140,64820,81150,,"
FIGURES_2024 = "187910,1,26.91,55970,0.6,17.2,20,24.16,30.8,38.92,35780,41600,50250,64070,80950,,"
NATION = ",".join(OURS) + "\n29-2072,Medical Records Specialists,detailed,"
BY_AREA = ["area_code", "occupation_code", *OURS[3:], "jobs_per_1000", "location_quotient"]
IN_OHIO = "7440,3.8,27.22,56620,0.8,18.30,21.88,24.52,30.54,38.12,38060,45500,50990,63510,79290,,,1.341,1.07"
OHIO = f"{','.join(BY_AREA)}\n3900000,29-2072,{IN_OHIO}\n"
BY_INDUSTRY = (
    "industry_code,occupation_code,employment,annual_median,hourly_median,annual_only,hourly_only\n"
    "622000,29-2072,53370,53490,25.72,,\n"
)


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data/ of a few real rows, which the command takes for its own."""
    folder = tmp_path / "data"
    (folder / "oews").mkdir(parents=True)
    written(folder / "sources.csv", SOURCES)
    written(folder / "occupations.csv", OCCUPATIONS)
    written(folder / "code_changes.csv", CODE_CHANGES)
    written(folder / "areas.csv", AREAS)
    written(folder / "industries.csv", INDUSTRIES)
    written(folder / "price_parities.csv", PRICE_PARITIES)
    (folder / "profiles").mkdir()
    (folder / "schools").mkdir()
    for name, text in FACTS.items():
        written(folder / name, text)
    written(folder / "oews" / "national_2024.csv.gz", NATION + FIGURES_2024 + "\n")
    written(folder / "oews" / "national_2025.csv.gz", NATION + FIGURES_2025 + "\n")
    written(folder / "oews" / "areas_2025.csv.gz", OHIO)
    written(folder / "oews" / "industries_2025.csv.gz", BY_INDUSTRY)
    monkeypatch.setattr(command, "DATA", folder)
    monkeypatch.setattr(compare, "FEWEST_ROWS", {})
    return folder


def run(capsys=None):
    call_command("seed", verbosity=1 if capsys else 0)
    return capsys.readouterr().out if capsys else ""


def everything():
    models = (Source, Occupation, CodeChange, Area, Industry, PriceParity, Release, Wage, IndustryWage)
    models = (*models, SeedTable, AlternateTitle, InterestProfile, JobZone, RelatedOccupation, Technology)
    models = (*models, OutlookWord, Projection, EducationAttained, Program, ProgramOccupation, School, Award)
    return {model: list(model.objects.order_by("pk").values_list()) for model in models}


# Once


def test_seed_brings_the_tables_in(data, capsys):
    assert run(capsys).splitlines() == [
        (
            "Seeded sources.csv, occupations.csv, code_changes.csv, areas.csv, industries.csv, "
            "price_parities.csv, alternate_titles.csv.gz, interests.csv, job_zones.csv, "
            "related_occupations.csv.gz, technologies.csv.gz, outlook_words.csv, projections.csv, "
            "education_attained.csv, schools/programs.csv, schools/program_occupations.csv, "
            "schools/schools.csv.gz schools/awards_2024.csv.gz, profiles, organizations.csv "
            "certifications.csv certification_occupations.csv."
        ),
        "Seeded May 2024, 2025.",
    ]
    specialists = Occupation.objects.get(code="29-2072")
    assert (specialists.title, specialists.level, specialists.parent.code, specialists.slug) == (
        "Medical Records Specialists", "detailed", "29-0000", "medical-records-specialists",
    )  # fmt: skip
    assert list(CodeChange.objects.values_list("old__code", "new__code", "year")) == [
        ("29-2071", "29-2072", 2019)
    ]
    assert list(Area.objects.order_by("code").values_list("code", "area_type", "slug")) == [
        ("0000000", 1, "united-states"),
        ("0010420", 4, "akron-oh"),
        ("3900000", 2, "ohio"),
    ]
    assert IndustryWage.objects.get().industry.title == "Hospitals"
    assert list(Wage.objects.order_by("release__year", "area__code").values_list(
        "release__year", "area__code", "annual_median"
    )) == [(2024, "0000000", 50_250), (2025, "0000000", 51_140), (2025, "3900000", 50_990)]  # fmt: skip


def test_what_an_occupation_is_comes_in_with_its_sources(data):
    run()
    specialists = Occupation.objects.get(code="29-2072")
    assert list(specialists.alternate_titles.values_list("title", "kind", "source__key")) == [
        ("Certified Professional Coder (CPC)", "alternate", "onet-30.1"),
        ("Coder", "reported", "onet-30.1"),
        ("Medical Records Technician", "direct_match", "soc-2018"),
    ]
    assert (specialists.interests.conventional, specialists.interests.strongest) == (
        Decimal("6.97"), "conventional",
    )  # fmt: skip
    assert list(specialists.job_zones.values_list("zone", "made_by")) == [(3, "Analyst - Preliminary")]
    assert specialists.related.get().other.code == "29-9021"
    assert list(specialists.technologies.values_list("name", "is_hot", "is_in_demand")) == [
        ("Allscripts EHR", False, False),
        ("Microsoft Excel", True, True),
    ]
    projection = specialists.projection
    assert (projection.employment, projection.change, projection.change_percent, projection.source.key) == (
        194_800, 13_800, Decimal("7.1"), "ep-2024-34",
    )  # fmt: skip
    assert (projection.entry_education, projection.experience, projection.training) == (
        "certificate", "none", "none",
    )  # fmt: skip
    assert specialists.education_attained.some_college == Decimal("30.6")
    assert OutlookWord.objects.filter(source__key="ep-2024-34").count() == 6


def test_schools_come_in_with_their_programs_and_awards(data):
    run()
    specialists = Occupation.objects.get(code="29-2072")
    assert [program.code for program in specialists.programs.all()] == ["51.0707", "51.0713"]
    award = Award.objects.get()
    assert (award.program.code, award.level, award.completions, award.source.key) == (
        "51.0707", 3, 10, "ipeds-c-2024",
    )  # fmt: skip
    school = award.school
    assert str(school) == "Cuyahoga Community College District, Cleveland, OH"
    assert (school.slug, school.sector, school.size) == (
        "cuyahoga-community-college-district", 4, "10,000 to 19,999",
    )  # fmt: skip
    assert (school.is_open, school.closed, school.source.key) == (True, None, "ipeds-hd-2024")
    assert School.objects.get(unitid=498641).site == ""


def test_a_group_s_projection_has_no_entry_education(data):
    run()
    projection = Occupation.objects.get(code="29-0000").projection
    assert (projection.change_percent, projection.entry_education) == (Decimal("7.2"), "")


def test_price_parities_come_in_under_their_own_source(data):
    run()
    parities = PriceParity.objects.order_by("area__code")
    assert list(parities.values_list("area__title", "year", "all_items", "source__key")) == [
        ("Akron, OH", 2024, 93.37, "bea-rpp-2024"),
        ("Ohio", 2024, 92.774, "bea-rpp-2024"),
    ]


def test_every_year_is_public_under_its_own_source(data):
    run()
    releases = Release.objects.order_by("year")
    assert [(r.year, r.status, r.source.key) for r in releases] == [
        (2024, "published", "oews-2024"),
        (2025, "published", "oews-2025"),
    ]
    source = Source.objects.get(key="oews-2025")
    assert source.files == {"national_M2025_dl.xlsx": "cc", "oews-2025.sqlite.gz": "dd"}
    assert (str(source.published), source.retrieved) == ("2026-05-15", None)


def test_release_is_compared_with_the_year_before(data):
    run()
    changes = Release.objects.get(year=2025).report["changes"]
    assert (changes["base_year"], changes["compared"], changes["median_change_percent"]) == (2024, 1, 1.8)


def test_second_time_loads_nothing(data, capsys):
    run()
    before = everything()
    with CaptureQueriesContext(connection) as queries:
        assert run(capsys) == "The seed is loaded already.\n"
    assert everything() == before
    assert len(queries) == 1


# A table that changed


def test_table_that_changed_is_loaded_again_and_the_others_are_not(data, capsys):
    run()
    nation_2024 = Wage.objects.get(release__year=2024).id
    written(data / "oews" / "national_2025.csv.gz", NATION + FIGURES_2025.replace("51140", "51150") + "\n")
    assert run(capsys) == "Seeded May 2025.\n"
    assert Wage.objects.get(release__year=2024).id == nation_2024
    public = Release.objects.published().get(year=2025)
    assert (public.revision, public.source.key) == (2, "oews-2025")
    assert dict(public.wages.values_list("area__code", "annual_median")) == {
        "0000000": 51_150,
        "3900000": 50_990,
    }
    assert public.industry_wages.count() == 1


def test_price_parities_that_changed_are_replaced_whole(data):
    run()
    written(data / "price_parities.csv", "area_code,year,all_items\n0010420,2024,93.371\n")
    run()
    assert list(PriceParity.objects.values_list("area__title", "all_items")) == [("Akron, OH", 93.371)]


def test_price_parities_that_cannot_be_loaded_leave_the_old_ones(data):
    run()
    written(data / "price_parities.csv", PRICE_PARITIES + "0010420,2024,93.370\n")
    with pytest.raises(IntegrityError):
        run()
    assert PriceParity.objects.count() == 2


def test_small_table_that_changed_is_loaded_alone_and_named(data, capsys):
    run()
    rows = everything()
    written(data / "job_zones.csv", FACTS["job_zones.csv"].replace("29-2072,3", "29-2072,4"))
    before = DataVersion.now()
    assert run(capsys) == "Seeded job_zones.csv.\n"
    assert JobZone.objects.get().zone == 4
    assert DataVersion.now() > before
    del rows[SeedTable], rows[JobZone]
    now = everything()
    assert {model: now[model] for model in rows} == rows


def test_every_table_and_year_raises_the_data_version(data):
    run()
    assert DataVersion.now() >= len(command.TABLES) + 2


def test_profile_whose_file_is_gone_goes_with_it(data, capsys):
    run()
    (data / "profiles" / "29-2072.md").unlink()
    assert run(capsys) == "Seeded profiles.\n"
    assert not Profile.objects.exists()


def test_table_with_an_unknown_code_is_told_by_its_line_and_leaves_the_old_rows(data):
    run()
    written(data / "job_zones.csv", FACTS["job_zones.csv"].replace("29-2072", "29-9999"))
    with pytest.raises(CommandError) as refused:
        run()
    assert str(refused.value) == (
        "data/ cannot be loaded; restore it from the repository.\n"
        "job_zones.csv: the rows, line 2, column occupation_code ('29-9999'): no occupation has this code."
    )
    assert JobZone.objects.get().occupation.code == "29-2072"


def test_table_with_an_unknown_source_is_told_by_its_line(data):
    written(data / "interests.csv", FACTS["interests.csv"].replace("onet-30.1", "onet-30.9"))
    with pytest.raises(
        CommandError, match=r"column source_key \('onet-30.9'\): no such source in data/sourc"
    ):
        run()


def test_title_that_an_editor_gave_stays_and_stands_for_the_publisher_s(data):
    run()
    specialists = Occupation.objects.get(code="29-2072")
    specialists.alternate_titles.all().delete()
    specialists.alternate_titles.create(title="coder")
    written(data / "alternate_titles.csv.gz", FACTS["alternate_titles.csv.gz"].replace("Technician", "Tech"))
    run()
    assert list(specialists.alternate_titles.values_list("title", "kind")) == [
        ("Certified Professional Coder (CPC)", "alternate"),
        ("Medical Records Tech", "direct_match"),
        ("coder", "editor"),
    ]


# An edition that an operator imported


def newer(key, **fields):
    told = {"short_name": "O*NET", "edition": "31.0", "period": "August 2026", "licence": "CC BY 4.0"}
    return Source.objects.create(key=key, **{**told, **fields})


def test_newer_edition_than_the_table_s_is_not_taken_back(data, capsys):
    run()
    JobZone.objects.update(source=newer("onet-31.0"), zone=5)
    written(data / "job_zones.csv", FACTS["job_zones.csv"].replace("29-2072,3", "29-2072,4"))
    assert run(capsys) == (
        "job_zones.csv is not used: the database holds a newer edition, O*NET, 31.0.\n"
        "The seed is loaded already.\n"
    )
    assert JobZone.objects.get().zone == 5


def test_newer_edition_is_not_taken_back_by_a_table_that_did_not_change(data, capsys):
    run()
    Projection.objects.update(source=newer("ep-2025-35"), employment=200_000)
    assert run(capsys) == "The seed is loaded already.\n"
    assert set(Projection.objects.values_list("employment", flat=True)) == {200_000}


def test_newer_year_of_schools_is_not_taken_back(data, capsys):
    run()
    told = {"short_name": "NCES IPEDS", "edition": "2025", "period": "2025–26", "licence": "PD"}
    School.objects.update(source=newer("ipeds-hd-2025", **told), name="Tri-C")
    written(data / "schools" / "awards_2024.csv.gz", "unitid,program_code,level,completions\n")
    assert run(capsys) == (
        "schools/schools.csv.gz schools/awards_2024.csv.gz is not used: the database holds a newer edition, "
        "NCES IPEDS, 2025.\nThe seed is loaded already.\n"
    )
    assert (Award.objects.count(), set(School.objects.values_list("name", flat=True))) == (1, {"Tri-C"})


def test_titles_of_the_soc_do_not_hide_that_o_net_s_are_newer(data, capsys):
    run()
    AlternateTitle.objects.filter(kind="alternate").update(source=newer("onet-31.0"))
    written(data / "alternate_titles.csv.gz", FACTS["alternate_titles.csv.gz"].replace("Coder,", "Coders,"))
    assert "alternate_titles.csv.gz is not used" in run(capsys)
    assert not AlternateTitle.objects.filter(title="Coders").exists()


def test_older_edition_gives_way_to_a_table_that_changed(data, capsys):
    run()
    JobZone.objects.update(source=newer("onet-9.5", edition="9.5"), zone=5)
    written(data / "job_zones.csv", FACTS["job_zones.csv"].replace("29-2072,3", "29-2072,4"))
    assert run(capsys) == "Seeded job_zones.csv.\n"
    assert (JobZone.objects.get().zone, JobZone.objects.get().source.key) == (4, "onet-30.1")


# Packed anew


def test_table_that_is_only_packed_anew_loads_no_row_again(data):
    run()
    before = list(Wage.objects.order_by("pk").values_list())
    text = NATION + FIGURES_2025 + "\n"
    (data / "oews" / "national_2025.csv.gz").write_bytes(gzip.compress(text.encode(), 1, mtime=7))
    run()
    assert list(Wage.objects.order_by("pk").values_list()) == before
    assert Release.objects.count() == 2


def test_importer_s_fields_follow_their_tables(data):
    run()
    written(data / "occupations.csv", OCCUPATIONS.replace("29-2071,detailed", "29-2071,broad"))
    written(data / "areas.csv", AREAS.replace("Akron, OH", "Akron-Canton, OH") + '0010421,4,"Akron, OH",OH\n')
    written(data / "industries.csv", INDUSTRIES.replace("Hospitals", "Hospitals and Clinics"))
    written(data / "sources.csv", SOURCES.replace("Public domain", "Free of copyright"))
    written(data / "code_changes.csv", CODE_CHANGES.replace("2019", "2021"))
    run()
    assert Occupation.objects.get(code="29-2071").level == "broad"
    akron = Area.objects.get(code="0010420")
    assert (akron.title, akron.slug) == ("Akron-Canton, OH", "akron-oh")
    assert Area.objects.get(code="0010421").slug == "akron-oh-0010421"
    assert Industry.objects.get().title == "Hospitals and Clinics"
    assert Source.objects.get(key="soc-2018").licence == "Free of copyright"
    assert CodeChange.objects.get().year == 2021


# What the seed leaves alone


def test_editor_s_fields_survive_a_seed_that_changed(data):
    run()
    Occupation.objects.filter(code="29-2072").update(display_title="Medical coders")
    Profile.objects.filter(occupation__code="29-2072").update(summary="They code.", is_edited=True)
    written(data / "occupations.csv", OCCUPATIONS + "29-2036,detailed,Medical Dosimetrists,2018,29-0000\n")
    written(data / "profiles" / "29-2072.md", FACTS["profiles/29-2072.md"] + "\nThey keep them well.\n")
    run()
    specialists = Occupation.objects.get(code="29-2072")
    assert (specialists.display_title, specialists.profile.summary) == ("Medical coders", "They code.")
    assert Occupation.objects.filter(code="29-2036").exists()


@pytest.mark.parametrize("is_seeded_before", [True, False])
def test_year_that_an_operator_imported_is_left_alone(data, tmp_path, capsys, is_seeded_before):
    if is_seeded_before:
        run()
    else:
        held_back = (data / "oews").glob("*_2025.csv.gz")
        aside = shutil.copytree(data / "oews", tmp_path / "aside")
        for path in held_back:
            path.unlink()
        run()
        for path in aside.glob("*_2025.csv.gz"):
            shutil.copy(path, data / "oews")
    publish(import_files([xlsx(tmp_path / "national_M2025_dl.xlsx", [row(A_MEDIAN=60_000)])]).release)
    before = list(Release.objects.values_list())
    written(data / "oews" / "national_2025.csv.gz", NATION + FIGURES_2025.replace("51140", "51150") + "\n")
    capsys.readouterr()
    assert run(capsys) == (
        "May 2025 was imported by an operator; the seed's tables are not used for it.\n"
        "The seed is loaded already.\n"
    )
    assert list(Release.objects.values_list()) == before
    public = Release.objects.published().get(year=2025)
    assert public.wages.get(area__code="0000000").annual_median == 60_000


def test_names_of_a_newer_release_survive_a_seed_that_changed(data, tmp_path):
    run()
    path = xlsx(tmp_path / "national_M2026_dl.xlsx", [row(OCC_TITLE="Medical Records Keepers")], year=2026)
    publish(import_files([path]).release)
    written(data / "occupations.csv", OCCUPATIONS.replace("29-2071,detailed", "29-2071,broad"))
    run()
    assert Occupation.objects.get(code="29-2072").title == "Medical Records Keepers"


def test_area_that_an_operator_s_file_named_first_keeps_its_address(data, tmp_path):
    run()
    cleveland = {**AKRON, "AREA": "17410", "AREA_TITLE": "Cleveland, OH"}
    import_files([xlsx(tmp_path / "MSA_M2026_dl.xlsx", [row(at=cleveland)], "metro", year=2026)])
    written(data / "areas.csv", AREAS + '0017411,4,"Cleveland, OH",OH\n')
    run()
    assert Area.objects.get(code="0017410").slug == "cleveland-oh"
    assert Area.objects.get(code="0017411").slug == "cleveland-oh-0017411"


def test_release_taken_back_stays_so(data):
    run()
    rollback()
    run()
    assert Release.objects.get(year=2025).status == "staged"


# A seed that cannot be loaded


def test_broken_table_is_named_and_leaves_its_year_out(data):
    written(data / "oews" / "national_2025.csv.gz", NATION + FIGURES_2025.replace("51140", "x") + "\n")
    with pytest.raises(CommandError) as refused:
        run()
    assert str(refused.value).startswith(
        "data/ cannot be loaded; restore it from the repository.\n"
        "national_2025.csv.gz, line 2, column annual_median ('x'): whole dollars a year or one of the marks"
    )
    assert list(Release.objects.values_list("year", flat=True)) == [2024]
    written(data / "oews" / "national_2025.csv.gz", NATION + FIGURES_2025 + "\n")
    run()
    assert Release.objects.count() == 2


# The whole seed


def test_whole_seed_is_loaded_once():
    """Every table under data/, fourteen years and 582 areas: the one slow test of the seed."""
    if connection.vendor == "postgresql":  # forget the plans made while the tables held a few rows
        with connection.cursor() as cursor:
            cursor.execute("DISCARD PLANS")
    call_command("seed", verbosity=0)
    assert list(Release.objects.published().order_by("year").values_list("year", "revision")) == [
        (year, 1) for year in range(2012, 2026)
    ]
    newest = Release.objects.newest_published()
    by_level = {part: told["rows"] for part, told in newest.levels.items()}
    assert by_level == {"1": 1_394, "2": 36_396, "3": 1_012, "4": 150_023, "6": 48_264, "industries": 132_282}
    assert newest.wages.exclude(area__code="0000000").count() == 235_695
    assert newest.wages.values("area").distinct().count() == 583
    assert PriceParity.objects.get(area__code="0600000").all_items == 110.72
    assert [row.what for row in without_price_parity(Evidence(date(2026, 6, 1)))] == [
        *("Guam", "Puerto Rico", "Virgin Islands"),
        *("Aguadilla, PR", "Arecibo, PR", "Guayama, PR", "Mayaguez, PR", "Ponce, PR"),
        "San Juan-Bayamon-Caguas, PR",
    ]
    wage = newest.wages.get(area__code="0000000", occupation__code="29-2072")
    assert (wage.annual_median, wage.annual_p10, wage.annual_p90, wage.employment) == (
        51_140, 37_000, 81_150, 194_720,
    )  # fmt: skip
    athletes = newest.wages.get(area__code="0041180", occupation__code="27-2021")
    assert (athletes.annual_p75, athletes.annual_p90, athletes.top_coded) == (776_140, None, 32)
    assert newest.titles.count() == 1_394
    assert Occupation.objects.get(code="29-0000").level == "major"
    check_facts()
    check_schools()
    changes = newest.report["changes"]
    assert (changes["moved"], changes["compared"], changes["median_change_percent"]) == (47, 808, 2.9)

    last = Wage.objects.latest("id").id
    call_command("seed", verbosity=0)
    assert (Release.objects.count(), Wage.objects.latest("id").id) == (14, last)


def check_facts():
    """What the whole seed holds of each occupation besides its pay."""
    kinds = AlternateTitle.objects.order_by("kind").values_list("kind").annotate(Count("id"))
    assert dict(kinds) == {"alternate": 43_795, "direct_match": 5_024, "reported": 7_872}
    specialists = Occupation.objects.get(code="29-2072")
    by_source = specialists.alternate_titles.order_by().values_list("source__key").annotate(Count("id"))
    assert dict(by_source) == {"onet-30.1": 50, "soc-2018": 3}
    assert (InterestProfile.objects.count(), JobZone.objects.count()) == (798, 807)
    assert (RelatedOccupation.objects.count(), Technology.objects.count()) == (15_324, 28_632)
    assert (Projection.objects.count(), EducationAttained.objects.count()) == (1_113, 833)
    aides = Occupation.objects.get(code="31-1120").projection
    assert (aides.change_percent, aides.openings) == (Decimal("17.0"), 765_800)


def check_schools():
    """Schools that gave awards in the programs that lead to medical records specialists."""
    assert (School.objects.count(), Award.objects.count(), Program.objects.count()) == (5_869, 267_595, 2_295)
    assert ProgramOccupation.objects.count() == 5_723
    given = Award.objects.filter(completions__gt=0, program__occupations__code="29-2072")
    by_program = given.order_by().values_list("program__code").annotate(Count("school", distinct=True))
    assert dict(by_program) == {"51.0706": 130, "51.0707": 333, "51.0713": 367, "51.0721": 3}
    three = given.exclude(program__code="51.0721").values("school").distinct()
    assert (three.count(), three.filter(school__state="TX").count()) == (674, 54)
