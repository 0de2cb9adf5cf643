"""Reads the publishers' files on the Standard Occupational Classification (SOC).

Nothing here imports Django. Only codes, levels and titles are read: the definitions' sentences
stay in the publisher's file.
"""

import csv
import re
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineWorkbook

CODE = re.compile(r"[0-9]{2}-[0-9]{4}")


class SocCode(NamedTuple):
    """One code of a classification or of a release: 29-2072, detailed, Medical Records Specialists."""

    code: str
    level: str
    title: str


class SocEdge(NamedTuple):
    """A SOC 2010 code and a SOC 2018 code that share workers, from the SOC's own crosswalk."""

    soc_2010: str
    title_2010: str
    soc_2018: str
    title_2018: str


class HybridRow(NamedTuple):
    """One line of the crosswalk for OEWS's hybrid structure of May 2019 and 2020.

    29-2098 (what OEWS published in May 2019 and 2020), 29-2072 (SOC 2018), 29-2071 (what OEWS
    published in May 2018), 29-2071 (SOC 2010).
    """

    hybrid: str
    hybrid_title: str
    soc_2018: str
    oews_2018: str
    soc_2010: str


def read_soc_2018(path):
    """The whole SOC 2018 tree in the publisher's order, from soc_2018_definitions.xlsx."""
    rows = _table(path, ["SOC Group", "SOC Code", "SOC Title"])
    return [SocCode(code, group.lower(), title) for group, code, title in rows]


def read_direct_match_titles(path):
    """(code, title) of the titles that belong to one code, soc_2018_direct_match_title_file.xlsx."""
    header = ["2018 SOC Code", "2018 SOC Title", "2018 SOC Direct Match Title"]
    return [(code, title) for code, _, title in _table(path, header)]


def read_soc_crosswalk(path):
    """The SOC's own crosswalk of detailed codes, soc_2010_to_2018_crosswalk.xlsx."""
    header = ["2010 SOC Code", "2010 SOC Title", "2018 SOC Code", "2018 SOC Title"]
    return [SocEdge(*row) for row in _table(path, header)]


def read_hybrid_crosswalk(path):
    """OEWS's crosswalk for its hybrid structure, oes_2019_hybrid_crosswalk.csv."""
    columns = [
        "OES2019EstimatesCode",
        "OES2019EstimatesTitle",
        "SOCCode2018",
        "OES2018EstimatesCode",
        "SOCCode2010",
    ]
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        rows = [HybridRow(*(_text(row[name]) for name in columns)) for row in csv.DictReader(file)]
    for row in rows:
        for code in (row.hybrid, row.soc_2018, row.oews_2018, row.soc_2010):
            assert CODE.fullmatch(code), f"{path}: {code!r} is not a code"
    return rows


def _table(path, header):
    """The rows below the line that holds `header`, which stands under a few lines of title."""
    rows = [
        [_text(cell) for cell in row]
        for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    ]
    starts = [i for i, row in enumerate(rows) if row[: len(header)] == header]
    if len(starts) != 1:
        raise ValueError(f"{path}: no line with the headings {', '.join(header)}")
    table = [row[: len(header)] for row in rows[starts[0] + 1 :] if any(row)]
    at = [i for i, name in enumerate(header) if name.lower().endswith("code")]
    for row in table:
        for i in at:
            assert CODE.fullmatch(row[i]), f"{path}: {row[i]!r} is not a code"
    return table


def _text(cell):
    """A cell without the spaces around it and with single spaces inside: titles have both."""
    return " ".join(str(cell).split())
