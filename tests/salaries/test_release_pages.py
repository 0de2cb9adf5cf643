"""The editions in use, and what changed from one to the next, in public words."""

import pytest

from salaries.changes import ChangeReport
from tests.factories import make_area, make_occupation, make_release, make_source

pytestmark = pytest.mark.django_db

# As salaries.oews.compare writes it; figures of May 2024 and May 2025.
REPORT = {
    "summary": {
        "ladders_out_of_order": [
            {
                "file": "oesm25ma.zip",
                "line": 7,
                "area": "0010420",
                "code": "29-2072",
                "ladder": "annual",
                "values": [38250, 38000, 49480, None, 73850],
            }
        ]
    },
    "changes": {
        "base_year": 2024,
        "compared": 808,
        "moved": 47,
        "median_change_percent": 2.9,
        "movers": [
            {"code": "39-5091", "title": "Makeup Artists", "old": 45_000, "new": 86_850, "percent": 93.0},
            {"code": "41-9012", "title": "Models", "old": 89_990, "new": 48_590, "percent": -46.0},
        ],
        "marks_to_numbers": [
            {
                "code": "29-1212",
                "title": "Cardiologists",
                "measure": "annual_median",
                "value": 496_010,
                "bound": 239_200,
            },
            {
                "code": "29-1212",
                "title": "Cardiologists",
                "measure": "hourly_median",
                "value": 23_847,
                "bound": 11_500,
            },
        ],
        "numbers_to_marks": [],
        "codes_new": [],
        "codes_gone": [{"code": "11-1031", "title": "Legislators"}],
        "codes_renamed": [
            {"code": "29-2072", "old": "Medical Records Clerks", "new": "Medical Records Specialists"}
        ],
        "areas_new": [{"code": "0010420", "title": "Akron, OH"}],
        "areas_gone": [{"code": "0072850", "title": "Danbury, CT"}],
        "areas_renamed": [],
    },
}
LEVELS = {
    "1": {"rows": 1394},
    "2": {"rows": 36_812},
    "3": {"rows": 800},
    "4": {"rows": 146_000},
    "6": {"rows": 50_688},
    "industries": {"rows": 132_282},
}


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


class TestList:
    def test_a_release_says_period_date_codes_top_codes_and_rows(self, client):
        make_release(2025, levels=LEVELS)
        html = page(client, "/releases/")
        assert '<a href="/releases/oews-2025/">May 2025</a>' in html
        assert '<time datetime="2026-05-15">15 May 2026</time>' in html
        assert "<td>$239,200</td><td>$115.00</td>" in html
        assert "<td>1,394</td><td>37,612</td><td>146,000</td><td>50,688</td><td>132,282</td>" in html
        assert '<td class="t">SOC 2018</td>' in html

    def test_what_is_not_loaded_is_said(self, client):
        make_release(2012, levels={"1": {"rows": 822}})
        html = page(client, "/releases/")
        assert html.count('<td class="word">not loaded</td>') == 4

    def test_newest_first_and_only_what_is_published(self, client):
        for year in (2012, 2025, 2019):
            make_release(year)
        make_release(2026, status="staged")
        make_release(2018, status="retired")
        html = page(client, "/releases/")
        order = [html.index(f">May {year}</a>") for year in (2025, 2019, 2012)]
        assert order == sorted(order)
        assert ">May 2026<" not in html
        assert ">May 2018<" not in html

    def test_the_table_can_be_taken_along(self, client):
        make_release(2025, levels=LEVELS)
        assert client.get("/releases/?_export=json").json()["rows"] == [
            {
                "release": "oews-2025",
                "period": "May 2025",
                "source": "BLS OEWS",
                "published": "2026-05-15",
                "soc_version": "2018",
                "annual_top_code": 239200,
                "hourly_top_code": 115.0,
                "rows_nation": 1394,
                "rows_states": 37612,
                "rows_metros": 146000,
                "rows_nonmetros": 50688,
                "rows_industries": 132282,
            }
        ]
        assert (
            client.get("/releases/?_export=csv")
            .content.decode("utf-8-sig")
            .startswith("release,period,source")
        )
        assert client.get("/releases/?_export=xlsx").status_code == 200

    def test_no_release_is_said(self, client):
        assert "No release is published on this site yet." in page(client, "/releases/")

    def test_an_unknown_format_is_told(self, client):
        assert "csv, xlsx or json" in page(client, "/releases/?_export=pdf")

    def test_one_query_for_one_and_for_fourteen_releases(self, client, django_assert_num_queries):
        make_release(2025, levels=LEVELS, report=REPORT)
        with django_assert_num_queries(1):
            page(client, "/releases/")
        for year in range(2012, 2025):
            make_release(year, levels=LEVELS, report=REPORT)
        with django_assert_num_queries(1):
            page(client, "/releases/")


class TestDetail:
    @pytest.fixture
    def html(self, client):
        make_occupation("29-1212")
        make_occupation("29-2072")
        make_area("Akron, OH")
        make_release(2025, report=REPORT, levels=LEVELS)
        return page(client, "/releases/oews-2025/changes/")

    def test_the_comparison_is_summed_up(self, html):
        assert (
            "May 2025 is compared with May 2024, occupation by occupation, in the nation. "
            "808 occupations have a yearly median in both years. "
            "Half of these medians rose by about 2.9% or more. 47 moved by more than 10%."
        ) in html

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (-1.4, "Half of these medians fell by about 1.4% or more."),
            (0, "As many of these medians rose as fell."),
        ],
    )
    def test_the_middle_change_is_said_as_what_half_of_them_did(self, client, change, said):
        changes = REPORT["changes"] | {"median_change_percent": change}
        make_release(2025, report=REPORT | {"changes": changes}, levels=LEVELS)
        assert said in page(client, "/releases/oews-2025/changes/")

    def test_several_figures_of_one_occupation_are_counted_as_both(self, client, html):
        told = page(client, "/releases/oews-2025/")
        assert "<dt>Bounds that became figures</dt><dd>2, in 1 occupation</dd>" in told
        assert "<dt>Occupations gone</dt><dd>1</dd>" in told

    def test_movers_say_both_figures_and_both_years(self, html):
        assert "the published median rose 93%: $45,000 a year in May 2024, $86,850 in May 2025" in html
        assert "the published median fell 46%: $89,990 a year in May 2024, $48,590 in May 2025" in html

    def test_a_bound_that_became_a_figure_is_no_raise(self, html):
        assert (
            "May 2024 gave only “at least”; May 2025 gives the figure. The difference is not a raise." in html
        )
        assert (
            '<a href="/occupations/29-1212-cardiologists/">Cardiologists</a>'
            "<span>median a year at least $239,200, now $496,010</span>"
        ) in html

    def test_codes_and_areas_new_gone_and_renamed_are_listed(self, html):
        assert "<li>Legislators<span>11-1031</span></li>" in html
        assert '<a href="/areas/akron-oh/">Akron, OH</a><span>0010420</span>' in html
        assert "<li>Danbury, CT<span>0072850</span></li>" in html
        assert "<span>29-2072, before: Medical Records Clerks</span>" in html

    def test_percentiles_out_of_order_are_shown_as_published(self, html):
        assert (
            "Akron, OH, 10th to 90th percentile a year: $38,250, $38,000, $49,480, no figure, $73,850" in html
        )

    def test_kinds_without_a_change_are_left_out(self, html):
        assert "Occupations new in the release" not in html
        assert "Figures that became bounds" not in html

    def test_the_edition_is_described(self, client):
        make_release(2025, report=REPORT, levels=LEVELS)
        html = page(client, "/releases/oews-2025/")
        assert "<dt>Top codes</dt><dd>$239,200 a year, $115.00 an hour</dd>" in html
        assert "<dt>Nation</dt><dd>1,394 rows</dd>" in html
        assert '<a href="https://www.bls.gov/oes/tables.htm">' in html

    def test_a_long_list_is_folded_and_a_short_one_is_not(self, client):
        movers = [
            {"code": f"11-{n:04d}", "title": f"Managers {n}", "old": 100, "new": 200, "percent": 100.0}
            for n in range(13)
        ]
        make_release(2025, report={"changes": {"base_year": 2024, "movers": movers}})
        html = page(client, "/releases/oews-2025/changes/")
        before, folded = html.split('<details class="printed"><summary>Show the other 7</summary>')
        assert "Managers 5<" in before
        assert "Managers 6<" in folded
        short = make_release(2024, report=REPORT)
        assert ChangeReport(short).sections({}, {})[0].folded == []

    def test_a_split_code_says_under_which_codes_its_jobs_are_counted(self, client):
        split = {
            "code": "29-2071",
            "title": "Medical Records and Health Information Technicians",
            "into": [
                {"code": "29-2072", "title": "Medical Records Specialists"},
                {"code": "29-9021", "title": "Health Information Technologists and Medical Registrars"},
            ],
        }
        make_release(2021, report={"changes": {"base_year": 2018, "codes_split": [split]}})
        html = page(client, "/releases/oews-2021/changes/")
        assert "Occupations that were split" in html
        assert "BLS changed how it makes its estimates in May 2021: part of any change may be that." in html
        assert (
            "now counted in 29-2072 Medical Records Specialists and "
            "29-9021 Health Information Technologists and Medical Registrars"
        ) in html

    def test_the_release_page_counts_the_changes_and_leads_to_them(self, client):
        make_release(2025, report=REPORT, levels=LEVELS)
        html = page(client, "/releases/oews-2025/")
        assert "<dt>National medians that moved</dt><dd>2</dd>" in html
        assert '<a href="/releases/oews-2025/changes/">Every change, with both figures</a>' in html

    def test_every_change_can_be_taken_along(self, client):
        make_release(2025, report=REPORT)
        rows = client.get("/releases/oews-2025/changes/?_export=json").json()["rows"]
        assert rows[0] == {
            "release": "May 2025",
            "against": "May 2024",
            "change": "movers",
            "code": "39-5091",
            "title": "Makeup Artists",
            "measure": "annual_median",
            "before": 45_000,
            "now": 86_850,
            "percent": 93.0,
        }
        hourly = next(row for row in rows if row["measure"] == "hourly_median")
        assert (hourly["before"], hourly["now"]) == ("at least $115.00", 238.47)
        assert [row["code"] for row in rows if row["change"] == "areas_gone"] == ["0072850"]

    def test_the_first_release_says_that_there_was_nothing_to_compare_with(self, client):
        make_release(2012, report={})
        html = page(client, "/releases/oews-2012/changes/")
        assert "Nothing to compare with was on this site when May 2012 was loaded" in html

    def test_the_files_it_was_read_from_are_named(self, client):
        make_release(2025, source=make_source(files={"national_M2025_dl.xlsx": "ab12"}))
        assert "<dt>national_M2025_dl.xlsx</dt><dd><code>sha256 ab12</code></dd>" in page(
            client, "/releases/oews-2025/"
        )

    @pytest.mark.parametrize("address", ["/releases/oews-1999/", "/releases/oews-20255/", "/releases/x/"])
    def test_what_is_not_held_is_not_found(self, client, address):
        page(client, address, status=404)

    def test_a_staged_release_is_not_found(self, client):
        make_release(2026, status="staged")
        page(client, "/releases/oews-2026/", status=404)

    def test_four_queries_with_a_short_and_a_long_report(self, client, django_assert_num_queries):
        make_release(2025, report=REPORT)
        with django_assert_num_queries(4):
            page(client, "/releases/oews-2025/changes/")
        with django_assert_num_queries(2):
            page(client, "/releases/oews-2025/")
        for number in range(100):
            make_occupation(f"11-{number:04d}")
        movers = [
            {"code": f"11-{n:04d}", "title": f"Managers {n}", "old": 100, "new": 200, "percent": 100.0}
            for n in range(100)
        ]
        make_release(2024, report={**REPORT, "changes": {**REPORT["changes"], "movers": movers}})
        with django_assert_num_queries(4):
            page(client, "/releases/oews-2024/changes/")
        with django_assert_num_queries(2):
            page(client, "/releases/oews-2024/")
