"""The workbooks of the Employment Projections with a few real rows of 2024-34, changed as a test needs."""

from tests.workbooks import Sheet, write_workbook

TITLES = {
    "00-0000": "All Occupations",
    "29-0000": "Healthcare Practitioners and Technical Occupations",
    "29-2072": "Medical Records Specialists",
    "31-1120": "Home Health and Personal Care Aides",
    "11-1031": "Legislators",
    "53-7065": "Stockers and Order Fillers",
}
NONE = "—"
CERTIFICATE, SHORT = "Postsecondary nondegree award", "Short-term on-the-job training"
TABLE_1_2 = [
    ["Table 1.2 Occupational projections, 2024–2034, and worker characteristics, 2024 (in thousands)"],
    [
        "2024 National Employment Matrix title", "2024 National Employment Matrix code", "Occupation type",
        "Employment, 2024", "Employment, 2034", "Employment distribution, percent, 2024",
        "Employment distribution, percent, 2034", "Employment change, numeric, 2024–34",
        "Employment change, percent, 2024–34", "Percent self employed, 2024",
        "Occupational openings, 2024–34 annual average", "Median annual wage, dollars, 2024[1]",
        "Typical education needed for entry", "Work experience in a related occupation",
        "Typical on-the-job training needed to attain competency in the occupation",
        "Related Occupational Outlook Handbook (OOH) content xlsx",
    ],
    ["Total, all occupations", "00-0000", "Summary", 169956.1, 175167.9, 100.0, 100.0, 5211.8, 3.1, 5.8,
     18863.3, 49500.0, NONE, NONE, NONE, NONE],
    ["      Legislators", "11-1031", "Line item", 27.7, 28.6, 0.0, 0.0, 0.9, 3.4, NONE, 2.2, 44810.0,
     "Bachelor's degree", "Less than 5 years", "None", NONE],
    ["  Healthcare practitioners", "29-0000", "Summary", 10067.5, 10794.4, 5.9, 6.2, 726.9, 7.2, 2.4, 634.9,
     83090.0, NONE, NONE, NONE, NONE],
    ["      Medical records specialists", "29-2072", "Line item", 194.8, 208.6, 0.1, 0.1, 13.8, 7.1, 0.8,
     14.2, 50250.0, CERTIFICATE, "None", "None", "OOH Content"],
    ["    Home health and personal care aides[2]", "31-1120", "Line item", 4347.7, 5087.5, 2.6, 2.9, 739.8,
     17.0, 2.8, 765.8, 34900.0, "High school diploma or equivalent", "None", SHORT, "OOH Content"],
    ["  Fishing supervisors", "45-9000", "Summary", 1.2, 1.1, 0.0, 0.0, -0.1, -8.3, 0.0, 0.1, NONE, NONE,
     NONE, NONE, NONE],
    ["Footnotes:"],
    ["[1] Data are from the Occupational Employment and Wage Statistics program."],
    ['Note: Data is unavailable for values denoted with a "—".'],
]  # fmt: skip
TABLE_1_10 = [
    ["Table 1.10 Occupational separations and openings, projected 2024–34 (Employment in thousands)"],
    [
        "2024 National Employment Matrix title", "2024 National Employment Matrix code", "Occupation type",
        "Employment change, numeric, 2024–34", "Labor force exit rate, 2024–34 annual average",
        "Labor force exits, 2024–34 annual average", "Occupational transfers, 2024–34 annual average",
    ],
    ["Total, all occupations", "00-0000", "Summary", 5211.8, 4.7, 8155.0, 10187.1],
    ["Legislators", "11-1031", "Line item", 0.9, 2.9, 0.8, 1.3],
    ["Healthcare practitioners", "29-0000", "Summary", 726.9, 2.9, 299.5, 262.7],
    ["Medical records specialists", "29-2072", "Line item", 13.8, 3.5, 7.1, 5.8],
    ["Home health and personal care aides", "31-1120", "Line item", 739.8, 8.6, 403.9, 288.0],
    ["Fishing supervisors", "45-9000", "Summary", -0.1, 4.0, 0.0, 0.1],
    ["Source: Employment Projections program, U.S. Bureau of Labor Statistics"],
]  # fmt: skip
TABLE_5_2 = [
    ["Table 5.2 Employment, wages, and projected change in employment by typical entry-level education"],
    ["Typical education needed for entry", "Employment, 2024", "Employment change, numeric, 2024–34"],
    ["Total, all occupations", 169956.1, 5211.8],
]
TABLE_5_3 = [
    ["Table 5.3 Educational attainment for workers 25 years and older by detailed occupation, 2022–23"],
    [
        "2024 National Employment Matrix title", "2024 National Employment Matrix code",
        "Less than high school diploma", "High school diploma or equivalent", "Some college, no degree",
        "Associate's degree", "Bachelor's degree", "Master's degree", "Doctoral or professional degree",
    ],
    ["Total, all occupations", "00-0000", 7.4, 22.5, 18.6, 9.5, 25.2, 11.9, 4.9],
    ["Legislators[1]", "11-1031", 1.5, 7.8, 13.1, 5.3, 40.7, 24.7, 6.9],
    ["Medical records specialists", "29-2072", 1.4, 19.2, 30.6, 25.6, 17.4, 4.3, 1.6],
    ["Footnotes:"],
    ["[1] This occupation is not an exact match with ACS."],
]  # fmt: skip


def workbook(path, tables, *, change=(), years=()):
    """A workbook of these tables and an index; returns its path.

    `change` holds (table, old cell, new cell), where the old must be there; a new None drops the whole
    row. `years` holds (old text, new text) pairs for titles and headers.
    """
    sheets = [Sheet("Index", [["Contents"], *([rows[0][0]] for rows in tables)])]
    for number, rows in enumerate(tables):
        changed = [list(row) for row in rows]
        for table, old, new in change:
            if rows is table:
                changed = _changed(changed, old, new)
        for old, new in years:
            head = [
                [cell.replace(old, new) if isinstance(cell, str) else cell for cell in r] for r in changed[:2]
            ]
            changed = [*head, *changed[2:]]
        sheets.append(Sheet(f"Sheet {number}", changed))
    write_workbook(path, sheets)
    return path


def _changed(rows, old, new):
    assert any(old in row for row in rows), f"{old!r} is not in the table"
    if new is None:
        return [row for row in rows if old not in row]
    return [[new if cell == old else cell for cell in row] for row in rows]


def occupation_xlsx(folder, *, change=(), years=(), tables=(TABLE_1_2, TABLE_1_10)):
    return workbook(folder / "occupation.xlsx", tables, change=change, years=years)


def education_xlsx(folder, *, change=(), years=()):
    return workbook(folder / "education.xlsx", [TABLE_5_2, TABLE_5_3], change=change, years=years)
