"""What the site says to search engines, other sites and those who cite it."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from salaries.models import Release, ReleaseTitle
from tests.careers.pages import page, rows, words
from tests.factories import (
    ACTORS,
    MEDICAL_RECORDS,
    MEDICAL_RECORDS_OHIO,
    make_area,
    make_certification,
    make_occupation,
    make_projection,
    make_release,
    make_wage,
)

STEM = "29-2072-medical-records-specialists"
PROFILE = f"/occupations/{STEM}/"
FROZEN = f"/r/oews-2025/occupations/{STEM}/"
EMBED = f"/embed/{STEM}/"


def make_site():
    release = make_release()
    make_wage(release, make_area(), make_occupation(), **MEDICAL_RECORDS)
    make_wage(release, make_area("Ohio"), make_occupation(), **MEDICAL_RECORDS_OHIO)
    make_area("Akron, OH")
    return release


@pytest.fixture
def may_2025(db):
    return make_site()


class TestStructuredData:
    def document(self, client, address=PROFILE):
        html = client.get(address).content.decode()
        return json.loads(
            re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1]
        )

    def test_a_profile_tells_its_exact_percentiles_with_place_and_period(self, client, may_2025):
        yearly, hourly = self.document(client)["estimatedSalary"]
        assert yearly == {
            "@type": "MonetaryAmountDistribution",
            "name": "BLS OEWS, United States, May 2025",
            "currency": "USD",
            "duration": "P1Y",
            "percentile10": 37000,
            "percentile25": 43490,
            "median": 51140,
            "percentile75": 64820,
            "percentile90": 81150,
        }
        assert (hourly["duration"], hourly["median"]) == ("PT1H", 24.59)

    def test_it_says_what_the_occupation_is_and_takes(self, client, may_2025):
        make_projection()
        told = self.document(client)
        assert (told["@type"], told["name"]) == ("Occupation", "Medical Records Specialists")
        assert told["occupationalCategory"]["codeValue"] == "29-2072"
        assert told["url"] == f"http://testserver{PROFILE}"
        assert told["educationRequirements"] == "Postsecondary nondegree award"

    def test_a_bound_is_left_out(self, client, may_2025):
        cardiologists = make_occupation("29-1212")
        figures = {"annual_p10": 90000, "top_coded": ["annual_median", "annual_p90", "hourly_median"]}
        make_wage(may_2025, make_area(), cardiologists, **figures)
        (yearly,) = self.document(client, cardiologists.get_absolute_url())["estimatedSalary"]
        assert {k: v for k, v in yearly.items() if isinstance(v, int)} == {"percentile10": 90000}

    def test_without_figures_there_is_no_pay(self, client, may_2025):
        assert "estimatedSalary" not in self.document(client, make_occupation("29-9021").get_absolute_url())

    def test_a_title_cannot_end_the_script(self, client, may_2025):
        occupation = make_occupation()
        occupation.display_title = "</script><b>&"
        occupation.save()
        html = client.get(PROFILE).content.decode()
        assert "</script><b>" not in html
        assert self.document(client)["name"] == "</script><b>&"


class TestHead:
    def test_a_page_says_its_title_and_words_for_those_who_share_it(self, client, may_2025):
        html = page(client, PROFILE)
        title = "Medical Records Specialists (29-2072): what they do and what it pays"
        assert f"<title>{title} · Waymark</title>" in html
        assert f'<meta property="og:title" content="{title}">' in html
        assert f'<meta property="og:url" content="http://testserver{PROFILE}">' in html
        assert '<meta property="og:description" content="Medical Records Specialists: $51,140' in html

    @pytest.mark.parametrize(
        ("address", "canonical"),
        [
            ("/", "/"),
            ("/occupations/?q=records&sort=-jobs", "/occupations/"),
            (f"{PROFILE}pay/?kind=state", f"{PROFILE}pay/"),
            ("/compare/", "/compare/"),
        ],
    )
    def test_filters_are_not_part_of_the_address(self, client, may_2025, address, canonical):
        assert f'<link rel="canonical" href="http://testserver{canonical}">' in page(client, address)

    def test_a_comparison_is_not_the_empty_page_of_comparisons(self, client, may_2025):
        assert 'rel="canonical"' not in page(client, "/compare/?occupation=29-2072")

    def test_an_error_page_has_no_address(self, client, may_2025):
        assert 'rel="canonical"' not in page(client, "/no-such-page/", status=404)

    def test_a_quote_in_a_title_stays_inside_its_attribute(self, client, may_2025):
        occupation = make_occupation()
        occupation.display_title = 'The "Coders"'
        occupation.save()
        assert 'og:title" content="The &quot;Coders&quot; (29-2072)' in page(client, PROFILE)


class TestFiles:
    def test_robots_find_the_sitemap(self, client, db):
        response = client.get("/robots.txt")
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert "Sitemap: http://testserver/sitemap.xml\n" in response.content.decode()

    def test_every_sitemap_that_the_index_names_is_there(self, client, may_2025):
        found = re.findall(r"<loc>http://testserver(.*?)</loc>", client.get("/sitemap.xml").content.decode())
        assert len(found) == 6
        assert {client.get(address).status_code for address in found} == {200}

    @pytest.mark.parametrize(
        ("section", "address"),
        [
            ("pages", "/offer/"),
            ("occupations", f"{PROFILE}pay/"),
            ("areas", "/areas/ohio/"),
            ("certifications", "/certifications/cpc/"),
            ("releases", "/releases/oews-2025/changes/"),
        ],
    )
    def test_sitemaps_hold_the_pages(self, client, may_2025, section, address, django_assert_max_num_queries):
        make_certification("cpc")
        with django_assert_max_num_queries(1):
            text = client.get(f"/sitemap-{section}.xml").content.decode()
        assert f"<loc>http://testserver{address}</loc>" in text

    def test_every_page_of_the_sitemap_opens(self, client, may_2025):
        text = client.get("/sitemap-pages.xml").content.decode()
        for address in re.findall(r"<loc>http://testserver(.*?)</loc>", text):
            assert client.get(address).status_code == 200, address

    def test_retired_and_staged_are_in_no_sitemap(self, client, may_2025):
        make_occupation("29-2071", soc_version="2010")
        make_release(2026, status=Release.Status.STAGED)
        for section in ("occupations", "releases"):
            text = client.get(f"/sitemap-{section}.xml").content.decode()
            assert "29-2071" not in text
            assert "2026" not in text

    def test_language_models_are_told_how_to_quote(self, client, may_2025):
        text = client.get("/llms.txt").content.decode()
        assert '"median, United States, May 2025, BLS OEWS"' in text
        assert "http://testserver/api/v1/openapi.json" in text

    def test_every_address_for_language_models_opens(self, client, may_2025):
        for address in re.findall(r"\(http://testserver(.*?)\)", client.get("/llms.txt").content.decode()):
            assert client.get(address).status_code == 200, address

    def test_the_feed_has_an_entry_for_each_release(self, client, may_2025, django_assert_num_queries):
        make_release(2024)
        make_release(2026, status=Release.Status.STAGED)
        with django_assert_num_queries(1):
            response = client.get("/releases/feed.xml")
        assert response["Content-Type"].startswith("application/atom+xml")
        text = response.content.decode()
        assert re.findall(r"<entry><title>(.*?)</title>", text) == [
            "BLS OEWS, May 2025",
            "BLS OEWS, May 2024",
        ]
        assert "<published>2026-05-15T00:00:00+00:00</published>" in text


class TestEmbed:
    def test_a_card_tells_median_place_period_and_source(self, client, may_2025):
        html = words(page(client, EMBED))
        assert "$51,140 a year · median · United States · May 2025 · BLS OEWS" in html
        assert f'href="{PROFILE}" target="_blank"' in page(client, EMBED)

    def test_a_card_of_a_place_is_that_places(self, client, may_2025):
        assert "$50,990 a year · median · Ohio · May 2025" in words(page(client, f"{EMBED}?area=ohio"))

    def test_a_place_without_figures_falls_back_and_says_so(self, client, may_2025):
        html = words(page(client, f"{EMBED}?area=akron-oh"))
        assert (
            "Akron, OH has no published figure for Medical Records Specialists; Ohio&#x27;s median is" in html
        )

    def test_only_the_card_may_be_framed(self, client, may_2025):
        card, profile = client.get(EMBED), client.get(PROFILE)
        assert "frame-ancestors *" in card["Content-Security-Policy"]
        assert not card.has_header("X-Frame-Options")
        assert "frame-ancestors 'none'" in profile["Content-Security-Policy"]
        assert profile["X-Frame-Options"] == "DENY"

    def test_all_else_of_the_policy_holds_for_the_card(self, client, may_2025):
        assert "default-src 'none'" in client.get(EMBED)["Content-Security-Policy"]

    def test_a_wrong_slug_leads_to_the_right_one(self, client, may_2025):
        response = client.get("/embed/29-2072-coders/?area=ohio")
        assert (response.status_code, response["Location"]) == (301, f"{EMBED}?area=ohio")

    def test_what_is_unknown_is_said(self, client, may_2025):
        assert "No occupation has this code." in page(client, "/embed/99-9999-x/", status=404)
        assert "No place has this name." in page(client, f"{EMBED}?area=nowhere", status=404)
        assert "No pay is published" in page(client, f"/embed/{make_occupation('29-9021').code_slug}/")

    def test_a_card_asks_the_database_five_times(self, client, may_2025, django_assert_num_queries):
        with django_assert_num_queries(5):
            client.get(f"{EMBED}?area=ohio")


class TestFrozen:
    def test_it_keeps_showing_its_release_when_a_newer_one_comes(self, client, may_2025):
        newer = make_release(2026)
        make_wage(newer, make_area(), make_occupation(), **(MEDICAL_RECORDS | {"annual_median": 60000}))
        html = page(client, FROZEN)
        assert "$51,140" in html
        assert "$60,000" not in html
        assert "This page is frozen for citations: it shows the figures of May 2025" in html

    def test_it_keeps_the_title_of_its_release(self, client, may_2025):
        occupation = make_occupation()
        ReleaseTitle.objects.create(
            release=may_2025, occupation=occupation, title="Records Clerks", level="detailed"
        )
        assert "<h1>Records Clerks: pay in May 2025</h1>" in page(client, FROZEN)

    def test_a_retired_revision_says_so_and_keeps_its_figures(self, client, may_2025):
        may_2025.status = Release.Status.RETIRED
        may_2025.save()
        corrected = make_release(2025, revision=2)
        make_wage(corrected, make_area(), make_occupation(), **(MEDICAL_RECORDS | {"annual_median": 52000}))
        html = page(client, FROZEN)
        assert "May 2025 is retired" in html
        assert "$51,140" in html
        html = page(client, FROZEN.replace("oews-2025", "oews-2025-r2"))
        assert "is retired" not in html
        assert "$52,000" in html

    def test_it_names_the_living_page_and_is_not_indexed(self, client, may_2025):
        response = client.get(FROZEN)
        assert response["Link"] == f'<http://testserver{PROFILE}>; rel="canonical"'
        assert response["X-Robots-Tag"] == "noindex"
        assert f'<link rel="canonical" href="http://testserver{PROFILE}">' in response.content.decode()

    def test_a_place_has_its_own_frozen_figures(self, client, may_2025):
        assert "$38,060" in page(client, f"{FROZEN}?area=ohio").split("By state")[0]
        assert client.get(f"{FROZEN}?area=nowhere").status_code == 404

    def test_states_are_listed_with_bounds_and_words_as_they_are(self, client, may_2025):
        make_wage(may_2025, make_area("California"), make_occupation(), **ACTORS)
        table = page(client, FROZEN).split('id="states"')[1]
        assert rows(table) == [
            [
                "California",
                "paid hourly only",
                "$29.05",
                "paid hourly only",
                "paid hourly only",
                "55,000",
            ],
            ["Ohio", "$50,990", "$24.52", "$38,060", "$79,290", "7,440"],
        ]

    def test_what_only_editors_see_is_not_there(self, client, may_2025):
        make_release(2026, status=Release.Status.STAGED)
        assert client.get(FROZEN.replace("2025", "2026")).status_code == 404
        assert client.get(FROZEN.replace("2025", "2011")).status_code == 404
        assert client.get(FROZEN.replace("oews-2025", "oews-2025-r9")).status_code == 404

    def test_a_page_asks_the_database_five_times(self, client, may_2025, django_assert_num_queries):
        for number in range(20):
            area = make_area(f"State {number}", code=f"{number:02}00009", area_type=2)
            make_wage(may_2025, area, make_occupation(), **MEDICAL_RECORDS)
        with django_assert_num_queries(5):
            client.get(FROZEN)


class TestCitations:
    def test_a_profile_is_cited_in_three_styles_at_its_frozen_address(self, client, may_2025):
        assert f'<a href="{FROZEN}#cite">Cite or reuse these figures</a>' in page(client, PROFILE)
        html = words(page(client, FROZEN).split('class="cite-this" open')[1].split("</details>")[0])
        address = f"http://testserver{FROZEN}"
        assert (
            "U.S. Bureau of Labor Statistics. (2026). Occupational Employment and Wage Statistics, May 2025: "
            f"Medical Records Specialists (29-2072) [Data set]. Waymark. {address}" in html
        )
        assert (
            "U.S. Bureau of Labor Statistics. “Medical Records Specialists (29-2072).” Occupational "
            f"Employment and Wage Statistics, May 2025, 15 May 2026. Waymark, {address}." in html
        )
        assert (
            "U.S. Bureau of Labor Statistics. “Medical Records Specialists (29-2072).” Occupational "
            f"Employment and Wage Statistics, May 2025. Published May 15, 2026. Waymark. {address}." in html
        )

    def test_the_page_of_a_year_is_cited_as_of_that_year(self, client, may_2025):
        make_wage(make_release(2024), make_area(), make_occupation(), **MEDICAL_RECORDS)
        html = page(client, f"{PROFILE}pay/?year=2024")
        assert f"http://testserver/r/oews-2024/occupations/{STEM}/" in html
        assert client.get(f"/r/oews-2024/occupations/{STEM}/").status_code == 200

    def test_frozen_figures_lead_to_their_json_and_their_card(self, client, may_2025):
        told = page(client, FROZEN).split('class="cite-this"')[1].split("</details>")[0]
        addresses = re.findall(r'href="(.*?)"', told)
        assert addresses == [FROZEN, "/api/v1/occupations/29-2072/", EMBED, "/api/"]
        assert {client.get(address).status_code for address in addresses} == {200}

    def test_a_page_without_figures_is_not_cited(self, client, may_2025):
        assert "#cite" not in page(client, make_occupation("29-9021").get_absolute_url())


TEXTS = st.one_of(st.text(max_size=80), st.sampled_from(["\0", "ohio", "9" * 40, "٢٠٢٥", "%00", "../"]))
PATHS = (
    "/embed/29-2072-{}/",
    "/embed/{}/",
    "/r/oews-{}/occupations/29-2072/",
    "/r/oews-2025-r{}/occupations/29-2072/",
    f"/r/oews-2025/occupations/{STEM}/",
    "/r/oews-2025/occupations/29-2072-{}/",
    "/sitemap-{}.xml",
    f"/embed/{STEM}/",
)


class TestAnything(TestCase):
    """No text in any part of these addresses makes an error of ours."""

    def setUp(self):
        make_site()

    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(path=st.sampled_from(PATHS), part=TEXTS, area=TEXTS, p=TEXTS)
    def test_is_answered(self, path, part, area, p):
        part = re.sub(r"[?#/]", "", part)
        response = self.client.get(path.format(part), {"area": area, "p": p})
        assert response.status_code in (200, 301, 302, 404, 414)
        assert "Traceback" not in response.content.decode()
