"""Tables as files: what leaves the site is what the database holds, and no spreadsheet runs it."""

import csv
import io
import json

import openpyxl
import pytest
from django.test import RequestFactory

from salaries.exports import (
    export_problem,
    export_response,
    safe_cell,
    wage_rows,
    write_csv,
    write_json,
    write_xlsx,
)
from salaries.models import Wage
from tests.factories import (
    ACTORS,
    BUSINESS_TEACHERS,
    MEDICAL_RECORDS,
    make_area,
    make_occupation,
    make_release,
    make_wage,
)

COLUMNS = [
    "occupation_code",
    "occupation",
    "area_code",
    "area",
    "area_type",
    "period",
    "source",
    "employment",
    "employment_status",
    "mean_prse",
    "mean_prse_status",
    "annual_mean",
    "annual_mean_status",
    "annual_p10",
    "annual_p10_status",
    "annual_p25",
    "annual_p25_status",
    "annual_median",
    "annual_median_status",
    "annual_p75",
    "annual_p75_status",
    "annual_p90",
    "annual_p90_status",
    "hourly_mean",
    "hourly_mean_status",
    "hourly_p10",
    "hourly_p10_status",
    "hourly_p25",
    "hourly_p25_status",
    "hourly_median",
    "hourly_median_status",
    "hourly_p75",
    "hourly_p75_status",
    "hourly_p90",
    "hourly_p90_status",
]


def exported(release, area=None, occupation=None, **figures):
    """The one export row of one wage."""
    area, occupation = area or make_area(), occupation or make_occupation()
    make_wage(release, area, occupation, **figures)
    return next(wage_rows(Wage.objects.filter(area=area, occupation=occupation).as_rows(), release))


def asking(query):
    return RequestFactory().get(f"/x/?{query}")


@pytest.mark.django_db
class TestWageRows:
    def test_columns_are_the_documented_ones_in_order(self):
        assert list(exported(make_release(), **MEDICAL_RECORDS)) == COLUMNS

    def test_a_published_wage_is_exact_and_in_dollars(self):
        row = exported(make_release(), **MEDICAL_RECORDS)
        assert (row["annual_median"], row["annual_median_status"]) == (51140, "exact")
        assert (row["hourly_median"], row["hourly_median_status"]) == (24.59, "exact")
        assert (row["employment"], row["employment_status"]) == (194720, "exact")
        assert (row["mean_prse"], row["mean_prse_status"]) == (0.4, "exact")

    def test_a_row_names_occupation_area_period_and_source(self):
        row = exported(make_release(), make_area("Akron, OH"), **MEDICAL_RECORDS)
        assert [row[c] for c in COLUMNS[:7]] == [
            "29-2072",
            "Medical Records Specialists",
            "0010420",
            "Akron, OH",
            "metropolitan area",
            "May 2025",
            "BLS OEWS",
        ]

    def test_a_top_coded_cell_exports_its_bound_in_dollars(self):
        row = exported(make_release(), top_coded=["annual_p90", "hourly_p90"], annual_p75=230000)
        assert (row["annual_p90"], row["annual_p90_status"]) == (239200, "at_least")
        assert (row["hourly_p90"], row["hourly_p90_status"]) == (115.0, "at_least")

    def test_a_bound_is_never_below_the_percentile_beside_it(self):
        """St. Louis athletes, May 2025: 75th percentile $776,140, 90th marked #."""
        row = exported(make_release(), top_coded=["annual_p90"], annual_p75=776140)
        assert row["annual_p90"] == 776140

    def test_hourly_only_leaves_yearly_cells_empty_and_says_so(self):
        row = exported(make_release(), occupation=make_occupation("27-2011"), **ACTORS)
        assert (row["annual_median"], row["annual_median_status"]) == ("", "hourly_only")
        assert (row["hourly_median"], row["hourly_median_status"]) == (29.05, "exact")

    def test_annual_only_leaves_hourly_cells_empty_and_says_so(self):
        row = exported(make_release(), occupation=make_occupation("25-1011"), **BUSINESS_TEACHERS)
        assert (row["hourly_median"], row["hourly_median_status"]) == ("", "annual_only")
        assert row["annual_median"] == 99080

    def test_a_suppressed_cell_is_empty_and_not_published(self):
        row = exported(make_release(), employment=40)
        assert (row["annual_median"], row["annual_median_status"]) == ("", "not_published")
        assert (row["mean_prse"], row["mean_prse_status"]) == ("", "not_published")

    def test_an_editors_title_is_the_one_exported(self):
        occupation = make_occupation(display_title="Medical coders and records specialists")
        assert (
            exported(make_release(), occupation=occupation)["occupation"]
            == "Medical coders and records specialists"
        )

    def test_a_hundred_rows_cost_no_query_a_row(self, django_assert_num_queries):
        release, area = make_release(), make_area()
        for number in range(100):
            make_wage(release, area, make_occupation(f"11-{number:04d}"), annual_median=50000)
        with django_assert_num_queries(1):
            assert len(list(wage_rows(Wage.objects.all().as_rows(), release))) == 100


class TestFormats:
    ROWS = [{"area": "Mayagüez, PR", "annual_median": 25890, "hourly_median": 12.45, "annual_p90": ""}]

    def test_csv_opens_in_excel_with_its_letters_whole(self):
        data = write_csv(self.ROWS)
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.decode("utf-8-sig").splitlines()[1] == '"Mayagüez, PR",25890,12.45,'

    def test_xlsx_keeps_numbers_as_numbers_and_names_the_source(self):
        book = openpyxl.load_workbook(io.BytesIO(write_xlsx(self.ROWS, "BLS, May 2025.")))
        assert list(book["figures"].values) == [
            ("area", "annual_median", "hourly_median", "annual_p90"),
            ("Mayagüez, PR", 25890, 12.45, None),
        ]
        assert book["source"]["A1"].value == "BLS, May 2025."

    def test_json_has_null_for_an_empty_cell_and_names_the_source(self):
        assert json.loads(write_json(self.ROWS, "BLS, May 2025.")) == {
            "attribution": "BLS, May 2025.",
            "rows": [
                {"area": "Mayagüez, PR", "annual_median": 25890, "hourly_median": 12.45, "annual_p90": None}
            ],
        }

    @pytest.mark.parametrize("write", [write_csv, write_xlsx, write_json])
    def test_no_rows_make_a_file_all_the_same(self, write):
        assert write([])

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
    def test_text_that_a_spreadsheet_would_run_is_made_safe(self, text):
        assert safe_cell(text) == f"'{text}"

    @pytest.mark.parametrize("value", ["Akron, OH", "29-2072", "", -1, 24.59, None])
    def test_other_cells_stay_as_they_are(self, value):
        assert safe_cell(value) == value

    def test_formulas_are_safe_in_csv_and_xlsx_and_plain_in_json(self):
        rows = [{"area": "=cmd()"}]
        assert b"'=cmd()" in write_csv(rows)
        cell = openpyxl.load_workbook(io.BytesIO(write_xlsx(rows)))["figures"]["A2"]
        assert (cell.value, cell.data_type) == ("'=cmd()", "s")
        assert json.loads(write_json(rows))["rows"] == [{"area": "=cmd()"}]

    def test_control_letters_do_not_break_a_workbook(self):
        sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx([{"area": "A\x00\x0bkron"}])))["figures"]
        assert sheet["A2"].value == "Akron"


class TestResponse:
    def test_a_file_is_named_for_what_it_holds(self):
        response = export_response(asking("_export=csv"), [{"a": 1}], "29-2072-pay-by-area-may-2025")
        assert response["Content-Disposition"] == 'attachment; filename="29-2072-pay-by-area-may-2025.csv"'
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")))) == [["a"], ["1"]]

    @pytest.mark.parametrize("query", ["", "_export=", "_export=pdf", "_export=CSV", "_export=%00"])
    def test_no_file_where_none_of_ours_is_asked_for(self, query):
        assert export_response(asking(query), iter(()), "x") is None

    def test_an_unknown_format_is_told_in_words(self):
        assert export_problem(asking("_export=pdf")) == "This table can be downloaded as csv, xlsx or json."
        assert export_problem(asking("_export=csv")) == ""
        assert export_problem(asking("")) == ""

    def test_rows_are_not_made_where_no_file_is_asked_for(self):
        def never():
            raise AssertionError("rows were read")
            yield

        assert export_response(asking(""), never(), "x") is None
