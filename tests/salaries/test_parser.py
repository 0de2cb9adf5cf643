"""A large sheet is cut at its rows and parsed in pieces: its cells are those of the sheet parsed at once."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from salaries.oews import parser
from salaries.oews.parser import WorkbookError
from tests.workbooks import Sheet, write_workbook

SHEET = "xl/worksheets/sheet1.xml"
OEWS = Path(__file__).resolve().parents[3] / "shared" / "data" / "oews"


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch):
    monkeypatch.setattr(parser, "PIECE", 1500)
    monkeypatch.setattr(parser, "SHARE", 0)


def workbook(path, rows, change=lambda xml: xml):
    """The bytes of a workbook of these rows and a page of notes, its first sheet's XML changed."""
    write_workbook(path, [Sheet("Data", rows), Sheet("Notes", [["note"]])])
    changed = io.BytesIO()
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(changed, "w") as other:
        for name in book.namelist():
            content = book.read(name)
            other.writestr(name, change(content) if name == SHEET else content)
    return changed.getvalue()


def rows_of(sheet):
    return [(line, list(cells)) for line, cells in parser._numbered(sheet)]


def at_once(data):
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: rows_of(parser._Whole(book.get_sheet_by_name(name))) for name in book.sheet_names}


def in_pieces(data):
    """(the sheets that are cut, {sheet: its rows})."""
    sheets = parser._sheets(data)
    cut = [sheet.name for sheet in sheets if isinstance(sheet, parser._InPieces)]
    return cut, {sheet.name: rows_of(sheet) for sheet in sheets}


def figures(count):
    """Rows that are empty here and there, whose last cells and first cells are empty for many lines."""
    yield ["AREA", "TITLE", "JOBS", "FLAG"]
    for n in range(2, count):
        yield [None] * 4 if n % 7 == 0 else [None if 60 < n < 150 else f"{n}", "é<&>", n / 4, None]
    yield ["99", None, 1, "TRUE"]


def test_rows_of_pieces_are_those_of_the_whole_sheet(tmp_path):
    data = workbook(tmp_path / "a.xlsx", figures(200))
    cut, rows = in_pieces(data)
    assert cut == ["Data"]
    assert rows == at_once(data)
    assert rows["Data"][0] == (1, ["AREA", "TITLE", "JOBS", "FLAG"])
    assert rows["Data"][99] == (116, ["", "é<&>", 29, ""])
    assert rows["Data"][-1] == (200, ["99", "", 1, "TRUE"])
    assert rows["Notes"] == [(1, ["note"])]


def test_rows_are_asked_for_from_a_line_on(tmp_path):
    [sheet, _] = parser._sheets(workbook(tmp_path / "a.xlsx", figures(200)))
    assert [line for line, _ in parser._numbered(sheet, after=195)] == [197, 198, 199, 200]
    assert [line for line, _ in parser._numbered(sheet, most=3)] == [1, 2, 3]


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: re.sub(rb' r="[A-Z]*\d+"', b"", xml),
        lambda xml: xml.replace(b"<sheetData>", b"<sheetData >"),
        lambda xml: xml.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    ],
)
def test_sheet_that_cannot_be_cut_is_parsed_at_once(tmp_path, change):
    data = workbook(tmp_path / "a.xlsx", ([f"{n}", n] for n in range(200)), change)
    assert in_pieces(data) == ([], at_once(data))


def test_small_sheet_is_parsed_at_once(tmp_path, monkeypatch):
    data = workbook(tmp_path / "a.xlsx", figures(20))
    monkeypatch.setattr(parser, "PIECE", 4096)
    assert in_pieces(data)[0] == []


def test_height_is_guessed_from_the_first_piece(tmp_path):
    [sheet, _] = parser._sheets(workbook(tmp_path / "a.xlsx", ([n] * 4 for n in range(1000, 2000))))
    assert 900 < sheet.height < 1100


def test_piece_is_larger_where_much_comes_with_it(tmp_path, monkeypatch):
    monkeypatch.setattr(parser, "SHARE", 8)
    [sheet, _] = parser._sheets(workbook(tmp_path / "a.xlsx", ([n] * 20 for n in range(1000, 2000))))
    assert sum(map(len, sheet.cut.others.values())) > 1900
    assert len(next(sheet.cut.pieces())) > 8 * 1900
    much = workbook(tmp_path / "b.xlsx", ([f"text {n}"] for n in range(1000)))
    assert in_pieces(much)[0] == []


def test_rows_that_few_numbers_tell_make_one_piece(tmp_path):
    def unnumbered(xml):
        return re.sub(rb'<row r="(?!1"|900")\d+"', b"<row", xml)

    data = workbook(tmp_path / "a.xlsx", ([n] for n in range(1000)), unnumbered)
    cut, rows = in_pieces(data)
    assert cut == ["Data"]
    assert rows == at_once(data)
    assert len(rows["Data"]) == 1000


def test_rows_out_of_order_are_refused(tmp_path):
    data = workbook(
        tmp_path / "a.xlsx", figures(200), lambda xml: re.sub(rb'"([A-Z]*)150"', rb'"\g<1>15"', xml)
    )
    with pytest.raises(WorkbookError, match="sheet Data: its rows are not in order"):
        in_pieces(data)


@pytest.mark.skipif(not OEWS.is_dir(), reason="BLS's own workbooks are not here")
@pytest.mark.parametrize("year", [2014, 2019, 2025])
def test_bls_s_own_sheets_read_the_same_in_pieces(year, monkeypatch):
    monkeypatch.setattr(parser, "PIECE", 100_000)
    data = (OEWS / f"national_M{year}_dl.xlsx").read_bytes()
    cut, rows = in_pieces(data)
    assert cut == [f"national_M{year}_dl" if year > 2018 else "national_dl"]
    assert rows == at_once(data)
