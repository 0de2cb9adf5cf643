"""CIP: programs and which occupations they lead to, from the crosswalk and the list of codes."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from careers.cip import road
from careers.cip.load import load_leads
from careers.cip.read import read
from careers.cip.rows import LeadRow
from careers.models import Award, DataVersion, Occupation, Program, ProgramOccupation, Source
from salaries.oews.problem import BadInput
from tests.factories import make_award, make_occupation, make_program, make_school, make_source
from tests.test_data import read as read_table
from tests.workbooks import Sheet, write_workbook

PUBLISHED = settings.BASE_DIR.parent / "shared" / "data" / "cip"
needs_files = pytest.mark.skipif(not PUBLISHED.is_dir(), reason="no publishers' files at ../shared/data")

HEADER = ["CIP2020Code", "CIP2020Title", "SOC2018Code", "SOC2018Title"]
TECHNICIAN = "Health Information/Medical Records Technology/Technician."
ROWS = [
    ["01.0000", "Agriculture, General.", "19-1011", "Animal Scientists"],
    ["01.0508", "Taxidermy/Taxidermist.", "99-9999", "NO MATCH"],
    ["36.0207", "Remote Aircraft Pilot.", "53-2012", "Commercial Pilots"],
    ["51.0707", TECHNICIAN, "11-9111", "Medical and Health Services Managers"],
    ["51.0707", TECHNICIAN, "29-2072", "Medical Records Specialists"],
    ["51.0713", "Medical Insurance Coding  Specialist/Coder.", "29-2072", "Medical Records Specialists"],
    ["99.9999", "NO MATCH", "13-1074", "Farm Labor Contractors"],
]
KNOWN = {"11-9111", "13-1074", "19-1011", "29-2072", "53-2012"}
LIST = """\
CIP_Code,CIP_Title
01,AGRICULTURAL/ANIMAL/PLANT/VETERINARY SCIENCE AND RELATED FIELDS.
01.00,"Agriculture, General."
01.0000,"Agriculture, General."
01.0480,Reserved.
36.0207,Remote Aircraft Pilot (Personal).
49.0109,Remote Aircraft Pilot.
51.0707,Health Information/Medical Records Technology/Technician.
"""


def crosswalk(folder, rows=ROWS, *, header=HEADER, sheet="CIP-SOC", name="CIP2020_SOC2018_Crosswalk.xlsx"):
    guide = Sheet("File Guide", [["File Name", "Description"]])
    write_workbook(folder / name, [guide, Sheet(sheet, [header, *rows])])
    return folder / name


def code_list(folder, text=LIST):
    path = folder / "CIPCode2020.csv"
    path.write_text("\ufeff" + text, encoding="utf-8", newline="")
    return path


def changed(old, new, rows=ROWS):
    return [[new if cell == old else cell for cell in row] for row in rows]


def problems_of(*paths):
    with pytest.raises(BadInput) as refused:
        read(*paths, known=KNOWN)
    return [str(problem) for problem in refused.value.problems]


# What is read


def test_programs_and_what_they_lead_to(tmp_path):
    reading = read(crosswalk(tmp_path), known=KNOWN)
    assert reading.programs == [
        ("cip-2020", "01.0000", "Agriculture, General"),
        ("cip-2020", "01.0508", "Taxidermy/Taxidermist"),
        ("cip-2020", "36.0207", "Remote Aircraft Pilot"),
        ("cip-2020", "51.0707", "Health Information/Medical Records Technology/Technician"),
        ("cip-2020", "51.0713", "Medical Insurance Coding Specialist/Coder"),
    ]
    assert reading.leads == [
        ("cip-soc-2020", "01.0000", "19-1011"),
        ("cip-soc-2020", "36.0207", "53-2012"),
        ("cip-soc-2020", "51.0707", "11-9111"),
        ("cip-soc-2020", "51.0707", "29-2072"),
        ("cip-soc-2020", "51.0713", "29-2072"),
    ]
    assert reading.unmatched == 1


def test_list_adds_codes_and_its_titles_win_and_reserved_numbers_are_no_programs(tmp_path):
    reading = read(crosswalk(tmp_path), code_list(tmp_path), known=KNOWN)
    titles = {row.code: row.title for row in reading.programs}
    assert titles["49.0109"] == "Remote Aircraft Pilot"
    assert titles["36.0207"] == "Remote Aircraft Pilot (Personal)"
    assert "51.0713" in titles
    assert titles.keys().isdisjoint({"01.0480", "01.00", "01"})
    assert list(reading.crosswalk_files) == ["CIP2020_SOC2018_Crosswalk.xlsx"]
    assert list(reading.list_files) == ["CIPCode2020.csv"]


def test_list_as_nces_lays_it_out_is_read_too(tmp_path):
    """Generated: NCES's own columns, of which its list was not at hand."""
    header = "CIPFamily,CIPCode,Action,TextChange,CIPTitle,CIPDefinition,CrossReferences,Examples\n"
    text = (
        header
        + '="49",="49.01",,,Air Transportation.,x,,\n="49",="49.0109",New,,Remote Aircraft Pilot.,"a, b",,\n'
    )
    titles = {
        row.code: row.title
        for row in read(crosswalk(tmp_path), code_list(tmp_path, text), known=KNOWN).programs
    }
    assert titles["49.0109"] == "Remote Aircraft Pilot"
    assert len(titles) == 6


def test_code_that_leads_nowhere_in_the_list_is_not_counted_with_the_crosswalks(tmp_path):
    assert read(crosswalk(tmp_path), code_list(tmp_path), known=KNOWN).unmatched == 1


# Bad input


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("51.0713", 51.0713, "line 7, column CIP2020Code ('51.0713'): a number, where a code as text"),
        ("01.0508", 1.0508, "line 3, column CIP2020Code ('1.0508'): a number, where a code as text"),
        ("51.0713", "51.07", "column CIP2020Code ('51.07'): expected a CIP code of six digits, 51.0707."),
        ("51.0713", "", "line 7, column CIP2020Code: expected a CIP code of six digits"),
        ("Taxidermy/Taxidermist.", "", "line 3, column CIP2020Title: expected a title"),
        ("Taxidermy/Taxidermist.", "x" * 201, "expected a title of at most 200 characters."),
        ("53-2012", "53-2019", "line 4, column SOC2018Code ('53-2019'): expected the code of an occupation"),
        ("53-2012", "532012", "('532012'): expected the code of an occupation of SOC 2018, or 99-9999"),
        ("11-9111", "29-2072", "line 6, column SOC2018Code ('29-2072'): stands with 51.0707 in line 5"),
        ("51.0713", "51.0707", "line 7, column CIP2020Title ('Medical Insurance Coding Specialist/Coder'): "),
    ],
)
def test_row_of_the_crosswalk_that_cannot_be_right(tmp_path, old, new, problem):
    told = problems_of(crosswalk(tmp_path, changed(old, new)))
    assert told[0].startswith("CIP2020_SOC2018_Crosswalk.xlsx, sheet CIP-SOC, line ")
    assert problem in told[0]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("49.0109,", "36.0207,", "line 7, column CIP_Code ('36.0207'): stands in a line before already."),
        ("49.0109,", "49.019,", "line 7, column CIP_Code ('49.019'): expected a CIP code of six digits"),
        ("Remote Aircraft Pilot.\n", "\n", "line 7, column CIP_Title: expected a title"),
        ("CIP_Code", "Code", "line 1 ('Code,CIP_Title'): expected the columns CIPCode and CIPTitle"),
    ],
)
def test_row_of_the_list_that_cannot_be_right(tmp_path, old, new, problem):
    (told,) = problems_of(crosswalk(tmp_path), code_list(tmp_path, LIST.replace(old, new)))
    assert told.startswith("CIPCode2020.csv, ")
    assert problem in told


def test_list_without_programs_is_refused(tmp_path):
    (told,) = problems_of(crosswalk(tmp_path), code_list(tmp_path, "CIP_Code,CIP_Title\n01,AGRICULTURE.\n"))
    assert told == "CIPCode2020.csv, line 1, column CIP_Code: no code of six digits. Is it the right file?"


def test_problems_of_both_files_are_told_at_once(tmp_path):
    told = problems_of(
        crosswalk(tmp_path, changed("53-2012", "53-2019")),
        code_list(tmp_path, LIST.replace("49.0109,", "49.019,")),
    )
    assert [problem.split(",")[0] for problem in told] == [
        "CIP2020_SOC2018_Crosswalk.xlsx",
        "CIPCode2020.csv",
    ]


@pytest.mark.parametrize(
    "header",
    [
        ["CIP2010Code", "CIP2020Title", "SOC2018Code", "SOC2018Title"],
        ["CIP2020Code", "CIP2020Title", "SOC2010Code", "SOC2010Title"],
        ["SOC2018Code", "SOC2018Title", "CIP2020Code", "CIP2020Title"],
    ],
)
def test_other_columns_are_refused(tmp_path, header):
    (told,) = problems_of(crosswalk(tmp_path, header=header))
    assert "expected CIP2020Code, CIP2020Title, SOC2018Code and SOC2018Title in the first row" in told


def test_workbook_without_the_sheet_says_which_it_has(tmp_path):
    (told,) = problems_of(crosswalk(tmp_path, sheet="SOC-CIP"))
    assert "no sheet CIP-SOC." in told
    assert told.endswith("this one has File Guide, SOC-CIP.")


def test_crosswalk_that_leads_nowhere_is_refused(tmp_path):
    (told,) = problems_of(crosswalk(tmp_path, ROWS[1:2]))
    assert "no program leads to an occupation." in told


def test_what_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "CIP2020_SOC2018_Crosswalk.xlsx"
    path.write_bytes(b"PK not a workbook")
    (told,) = problems_of(path)
    assert told.startswith("CIP2020_SOC2018_Crosswalk.xlsx: not a workbook that can be read")


# The command


@pytest.fixture
def site(db):
    for code in sorted(KNOWN):
        make_occupation(code)


def run(*paths):
    call_command("import_cip", *map(str, paths), verbosity=0)


def held():
    return [
        list(model.objects.order_by("pk").values_list()) for model in (Program, ProgramOccupation, Source)
    ]


def test_import_writes_programs_and_links_under_their_sources(site, tmp_path):
    run(crosswalk(tmp_path), code_list(tmp_path))
    specialists = Occupation.objects.get(code="29-2072")
    assert [str(program) for program in specialists.programs.order_by("code")] == [
        "51.0707 Health Information/Medical Records Technology/Technician",
        "51.0713 Medical Insurance Coding Specialist/Coder",
    ]
    assert Program.objects.get(code="49.0109").source.cited == "CIP 2020"
    link = ProgramOccupation.objects.select_related("source").first()
    assert link.source.cited == "CIP-SOC crosswalk 2020"
    assert link.source.publisher == "National Center for Education Statistics"
    assert DataVersion.now() > 0


def test_import_says_what_it_read_and_changed(site, tmp_path, capsys):
    run(crosswalk(tmp_path))
    capsys.readouterr()
    run(crosswalk(tmp_path, ROWS[1:]), code_list(tmp_path, LIST.replace("01.0000", "01.0001")))
    assert capsys.readouterr().out.splitlines() == [
        "Programs of CIP 2020:",
        "        6 programs",
        "        2 of them new: 01.0001, 49.0109",
        "        1 of them gone: 01.0000",
        "        1 of them under another title: 36.0207",
        "        1 of the crosswalk's lead to no occupation",
        "        4 times a program leads to an occupation",
        "        0 of them new, 1 gone",
        "They are public now.",
    ]
    assert not Program.objects.filter(code="01.0000").exists()


def test_same_files_again_change_no_program(site, tmp_path):
    paths = crosswalk(tmp_path), code_list(tmp_path)
    run(*paths)
    programs, _, sources = held()
    run(*paths)
    assert (held()[0], held()[2]) == (programs, sources)
    assert ProgramOccupation.objects.count() == 5


def test_rehearsal_writes_nothing(site, tmp_path, capsys):
    before = held()
    run(crosswalk(tmp_path), "--dry-run")
    assert (held(), DataVersion.now()) == (before, 0)
    assert capsys.readouterr().out.endswith("A rehearsal: nothing was written.\n")


@pytest.mark.parametrize("option", [[], ["--dry-run"]])
def test_program_that_schools_give_cannot_go(site, tmp_path, option):
    run(crosswalk(tmp_path), code_list(tmp_path))
    make_award(make_school(), make_program("49.0109"))
    before = held()
    with pytest.raises(CommandError) as refused:
        run(crosswalk(tmp_path), *option)
    assert str(refused.value) == (
        "Nothing was written.\n"
        "CIP2020_SOC2018_Crosswalk.xlsx, column code ('49.0109'): Remote Aircraft Pilot is gone, but schools "
        "give it. Give the list of codes, CIPCode2020.csv, as the second file."
    )
    assert held() == before
    assert Award.objects.count() == 1


def test_awards_stay_where_their_program_does(site, tmp_path):
    run(crosswalk(tmp_path))
    award = make_award(make_school(), make_program("51.0707"))
    run(crosswalk(tmp_path, changed(TECHNICIAN, "Health Information Technician.")))
    award.refresh_from_db()
    assert award.program.title == "Health Information Technician"


def test_import_that_fails_half_way_leaves_what_was_there(site, tmp_path, monkeypatch):
    run(crosswalk(tmp_path))
    before, version = held(), DataVersion.now()
    monkeypatch.setattr(road, "load_leads", lambda rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(crosswalk(tmp_path), code_list(tmp_path))
    assert (held(), DataVersion.now()) == (before, version)


def test_site_without_occupations_is_told_to_seed_first(db, tmp_path):
    with pytest.raises(CommandError, match=r"Run manage\.py seed first"):
        run(crosswalk(tmp_path))


def test_link_to_a_program_that_is_not_there_is_refused(site):
    make_source("cip-soc-2020")
    with pytest.raises(BadInput, match=r"column program_code \('51\.0799'\): no program has this code"):
        load_leads([LeadRow("cip-soc-2020", "51.0799", "29-2072")])


# The seed's tables, and the whole of 2020


def test_seed_has_every_program_and_what_it_leads_to():
    programs = {row["code"]: row["title"] for row in read_table("schools/programs.csv")}
    assert len(programs) == 2_295
    assert programs["51.0912"] == "Physician Associate/Assistant"
    assert not [title for title in programs.values() if title.endswith(".") or "  " in title]
    leads = [tuple(row.values())[1:] for row in read_table("schools/program_occupations.csv")]
    assert len(leads) == len(set(leads)) == 5_723
    assert sorted(code for code, occupation in leads if occupation == "29-2072") == [
        "51.0706", "51.0707", "51.0713", "51.0721",
    ]  # fmt: skip
    assert {code for code, _ in leads} < programs.keys()
    awarded = {row["program_code"] for row in read_table("schools/awards_2024.csv.gz")}
    assert awarded < programs.keys()


@needs_files
def test_whole_crosswalk_is_read():
    known = {row["code"] for row in read_table("occupations.csv") if row["soc_version"] == "2018"}
    reading = read(
        PUBLISHED / "CIP2020_SOC2018_Crosswalk.xlsx", PUBLISHED / "CIPCode2020.UCOP.csv", known=known
    )
    assert (reading.edition, len(reading.programs), len(reading.leads), reading.unmatched) == (
        "2020", 2_295, 5_723, 194,
    )  # fmt: skip
    alone = read(PUBLISHED / "CIP2020_SOC2018_Crosswalk.xlsx", known=known)
    assert len(alone.programs) == 2_142
    assert len({row.program_code for row in alone.leads}) == 2_142 - 194
