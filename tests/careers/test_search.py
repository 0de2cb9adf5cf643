"""Search: which titles, codes and letters lead where, and in what order."""

import json
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.kept import kept
from careers.models import (
    AlternateTitle,
    Certification,
    CertificationUse,
    DataVersion,
    Occupation,
    Organization,
    Projection,
)
from careers.search.codes import code_of
from careers.search.hits import Certified, Entry, Kind, Tier
from careers.search.index import Index
from careers.search.kept import index as kept_index
from careers.search.text import MOST_CHARACTERS, MOST_WORDS, cut, stem, words_of
from careers.search.titles import ways
from salaries.models import Release, Wage
from tests.careers.pages import page, status_of
from tests.factories import (
    ACTORS,
    MEDICAL_RECORDS,
    make_area,
    make_code_change,
    make_occupation,
    make_release,
    make_source,
    make_wage,
)

# Words ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nurses' Aides & Orderlies", ["nurse", "aide", "orderly"]),
        ("Nurses\u2019 Aides and Orderlies", ["nurse", "aide", "orderly"]),
        ("PASTRY CHÉF", ["pastry", "chef"]),
        ("Waiters and Waitresses", ["waiter", "waitress"]),
        ("Helpers--Carpenters", ["helper", "carpenter"]),
        ("X-Ray Tech", ["x", "ray", "tech"]),
        ("Gas Plant Analysis Glass", ["gas", "plant", "analysis", "glass"]),
        ("C++ / C#", ["c++", "c#"]),
        ("%_\"';--", []),
        ("\U0001f489", []),
        ("\u0645\u0645\u0631\u0636", ["\u0645\u0645\u0631\u0636"]),
        ("and", ["and"]),
    ],
)
def test_text_becomes_comparable_words(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("word", "common"),
    [
        ("welding", "weld"),
        ("welder", "weld"),
        ("phlebotomy", "phlebotom"),
        ("nurse", "nurs"),
        ("cook", "cook"),
    ],
)
def test_relatives_have_a_common_stem(word, common):
    assert stem(word) == common


@pytest.mark.parametrize(
    ("title", "others"),
    [
        ("Nurse Practitioner (NP)", ["Nurse Practitioner", "NP"]),
        ("CEO (Chief Executive Officer)", ["CEO", "Chief Executive Officer"]),
        ("Radiology Technician (Radiology Tech)", ["Radiology Technician", "Radiology Tech"]),
        ("Staff Readiness Officer (Electronic Warfare)", []),
        ("Cooks, Fast Food", ["Fast Food Cooks"]),
        ("Dishwashers, All Other", []),
        ("Janitors and Cleaners, Except Maids", ["Janitors and Cleaners"]),
        ("Welder", []),
    ],
)
def test_title_is_looked_for_in_these_ways(title, others):
    assert ways(title) == [title, *others]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("29-2072", ("29-2072", "")),
        ("292072", ("29-2072", "")),
        ("29 2072", ("29-2072", "")),
        ("29\u20132072", ("29-2072", "")),
        ("29-2072.00", ("29-2072", "00")),
        ("29-1141.03", ("29-1141", "03")),
        ("soc 29-1141", ("29-1141", "")),
        ("O*NET: 29-1141.00", ("29-1141", "00")),
        ("29-20", ("29-20", "")),
        ("29", ("29", "")),
        ("2", None),
        ("29-2072.0", None),
        ("123456789", None),
        ("29-2072 nurse", None),
        ("90 day nurse", None),
    ],
)
def test_code_is_read_as_people_type_it(typed, code):
    assert code_of(typed) == code


def test_long_query_is_cut_and_says_so():
    assert cut("nurse " * 150) == (" ".join(["nurse"] * MOST_WORDS), True)
    assert cut("x" * 5_000) == ("x" * MOST_CHARACTERS, True)
    assert cut("  medical\x00 \u202ecoder\n") == ("medical coder", False)


# Order ---------------------------------------------------------------------------------------------


def entry(code, name, *, jobs=0, rank=0, **fields):
    return Entry(int(code.replace("-", "")), code, name, name, name.lower(), rank, jobs, **fields)


OCCUPATIONS = [
    entry("29-1141", "Registered Nurses", jobs=3_379_720),
    entry("29-1171", "Nurse Practitioners", jobs=323_040),
    entry("29-1170", "Nurse Practitioners", jobs=323_040, rank=1),
    entry("29-2061", "Licensed Practical and Licensed Vocational Nurses", jobs=632_430),
    entry("29-2072", "Medical Records Specialists", jobs=194_720),
    entry("43-6013", "Medical Secretaries and Administrative Assistants", jobs=961_610),
    entry("13-2011", "Accountants and Auditors", jobs=1_449_500),
    entry("13-2082", "Tax Preparers", jobs=76_480),
    entry("51-4121", "Welders, Cutters, Solderers, and Brazers", jobs=416_210),
    entry("29-9021", "Health Information Technologists and Medical Registrars", jobs=38_100),
    entry(
        "29-2071", "Medical Records and Health Information Technicians",
        is_retired=True, until=2018, now=("29-2072", "29-9021"),
    ),
]  # fmt: skip
TITLES = [
    *((e.code, Kind.OWN, e.name) for e in OCCUPATIONS),
    ("29-2072", Kind.ALTERNATE, "Medical Coder"),
    ("43-6013", Kind.LISTED, "Medical Biller Coder"),
    ("29-2072", Kind.ALTERNATE, "Coder"),
    ("29-1141", Kind.ALTERNATE, "RN (Registered Nurse)"),
    ("29-1171", Kind.LISTED, "Charge Nurse"),
    ("29-1141", Kind.ALTERNATE, "Charge Nurse"),
    ("29-2061", Kind.ALTERNATE, "Charge Nurse"),
    ("51-4121", Kind.LISTED, "Fire Fighter Welder"),
]
CPA = Certified(
    "cpa",
    "Certified Public Accountant",
    "CPA",
    ("Chartered Accountant (CA)",),
    ((0, "13-2011"), (2, "13-2082")),
)


@pytest.fixture(scope="module")
def index():
    return Index(OCCUPATIONS, TITLES, [CPA])


def told(found):
    return [(hit.entry.code, hit.tier, hit.matched) for hit in found.hits]


def test_own_title_comes_first_whatever_the_case_and_number(index):
    for query in ("Registered Nurses", "registered nurse", "REGISTERED  NURSE'S"):
        assert told(index.find(query))[0][:2] == ("29-1141", Tier.EXACT)


def test_exact_comes_before_beginning_before_all_words(index):
    hits = told(index.find("nurse practitioner"))
    assert hits == [("29-1171", Tier.EXACT, "Nurse Practitioners")]
    hits = told(index.find("nurse"))
    assert [code for code, _, _ in hits] == ["29-1171", "29-1141", "29-2061"]
    assert [tier for _, tier, _ in hits] == [Tier.BEGINNING, Tier.ALL_WORDS, Tier.ALL_WORDS]


def test_words_match_in_any_order(index):
    assert told(index.find("coder medical"))[0] == ("29-2072", Tier.ALL_WORDS, "Medical Coder")


def test_hit_says_which_title_matched(index):
    assert told(index.find("Medical coder"))[0] == ("29-2072", Tier.EXACT, "Medical Coder")


def test_shared_title_lists_every_occupation_listed_titles_first_then_more_jobs(index):
    hits = [hit for hit in told(index.find("charge nurses")) if hit[1] is Tier.EXACT]
    assert [code for code, _, _ in hits] == ["29-1171", "29-1141", "29-2061"]


def test_short_form_is_a_title(index):
    assert told(index.find("rn"))[0] == ("29-1141", Tier.EXACT, "RN (Registered Nurse)")


def test_spaces_and_hyphens_do_not_matter(index):
    assert told(index.find("fire-fighter welder"))[0][1] is Tier.EXACT
    assert told(index.find("firefighter welder"))[0][:2] == ("51-4121", Tier.EXACT)


@pytest.mark.parametrize("query", ["nurse practicioner", "nurse practioner", "nerse practitoner"])
def test_misspelt_words_are_near_misses(index, query):
    assert told(index.find(query))[0][:2] == ("29-1171", Tier.NEAR)


def test_title_with_some_of_the_words_is_found_last(index):
    assert told(index.find("hospital welder"))[0][:2] == ("51-4121", Tier.SOME_WORDS)


def test_what_is_asked_about_the_occupation_is_no_part_of_its_name(index):
    for query in ("registered nurse salary", "how much does a registered nurse make"):
        assert told(index.find(query))[0][:2] == ("29-1141", Tier.EXACT)


def test_word_that_is_like_nothing_finds_nothing(index):
    assert told(index.find("zzzzqqqq")) == []


def test_letters_find_the_certification_and_who_asks_for_it(index):
    for query in ("CPA", "c.p.a.", "certified public accountant", "chartered accountant"):
        found = index.find(query)
        assert [c.key for c in found.certifications] == ["cpa"]
        assert [hit.entry.code for hit in found.hits][:2] == ["13-2011", "13-2082"]
        assert found.hits[0].matched == "Certified Public Accountant (CPA)"


def test_words_of_a_certifications_name_find_it_alone(index):
    found = index.find("public accountant")
    assert [c.key for c in found.certifications] == ["cpa"]
    assert all(hit.kind is not Kind.CERTIFICATION for hit in found.hits)


def test_current_code_finds_its_occupation_alone(index):
    for query in ("29-2072", "292072", "29-2072.00", "soc 29-2072"):
        assert told(index.find(query)) == [("29-2072", Tier.EXACT, "Medical Records Specialists")]


def test_old_code_leads_to_its_successors_with_more_jobs_first(index):
    found = index.find("29-2071")
    assert found.earlier.title == "Medical Records and Health Information Technicians"
    assert told(found) == [
        ("29-2072", Tier.EXACT, "29-2071 Medical Records and Health Information Technicians, until May 2018"),
        ("29-9021", Tier.EXACT, "29-2071 Medical Records and Health Information Technicians, until May 2018"),
    ]


def test_old_title_leads_to_its_successors(index):
    hits = told(index.find("medical records and health information technician"))[:2]
    was = "Medical Records and Health Information Technicians (29-2071, until May 2018)"
    assert hits == [("29-2072", Tier.EXACT, was), ("29-9021", Tier.EXACT, was)]


def test_unknown_code_finds_those_that_begin_most_like_it(index):
    assert told(index.find("29-1149")) == [("29-1141", Tier.BEGINNING, "Registered Nurses")]
    assert told(index.find("99-9999")) == []


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_safe_to_search(index, typed):
    found = index.find(typed)
    assert len(found.query) <= MOST_CHARACTERS
    assert all(hit.entry.code in index.by_code for hit in found.hits)


# The page ------------------------------------------------------------------------------------------


@pytest.fixture
def titles(db):
    """Medical records with a shared title, a predecessor, a certification, pay and schooling."""
    release, nation, source = make_release(), make_area(), make_source("onet-30.1", short_name="O*NET")
    current, other, old = (
        make_occupation(),
        make_occupation("29-9021"),
        make_occupation("29-2071", soc_version="2010"),
    )
    make_wage(release, nation, current, **MEDICAL_RECORDS)
    make_code_change(old, current, 2019)
    for occupation in (current, other):
        AlternateTitle.objects.create(
            occupation=occupation, title="Health Coder", kind="alternate", source=source
        )
    AlternateTitle.objects.create(occupation=current, title="Medical Coder", kind="reported", source=source)
    projections = make_source("ep-2024-34", short_name="BLS EP", period="2024-34", edition="2024-34")
    Projection.objects.create(
        occupation=current,
        source=projections,
        base_year=2024,
        target_year=2034,
        entry_education="certificate",
    )
    ahima = Organization.objects.create(key="ahima", name="AHIMA")
    rhit = Certification.objects.create(
        key="rhit", name="Registered Health Information Technician", abbreviation="RHIT", organization=ahima
    )
    CertificationUse.objects.create(certification=rhit, occupation=current, relation="asked")
    return current


def test_page_names_the_title_pay_and_schooling_of_a_hit(client, titles):
    html = page(client, "/search/?q=Medical+coder")
    assert "“Medical coder” leads to 1 occupation:" in html
    assert 'Medical Coder <span aria-hidden="true">→</span>' in html
    assert (
        '<a href="/occupations/29-2072-medical-records-specialists/">Medical Records Specialists</a>' in html
    )
    assert "median $51,140 a year · typical schooling: certificate after high school" in html
    assert "Median pay, United States, May 2025, BLS OEWS." in html
    assert "Typical schooling for entry: BLS EP, 2024-34." in html


def test_page_names_near_misses_as_such(client, titles):
    html = page(client, "/search/?q=medicol+codder")
    assert "No title is exactly “medicol codder”." in html
    assert "Medical Records Specialists" in html


def test_page_lists_every_occupation_with_a_title(client, titles):
    html = page(client, "/search/?q=health+coder")
    assert "leads to 2 occupations:" in html
    assert "/occupations/29-2072-" in html
    assert "/occupations/29-9021-" in html


def test_a_state_after_the_title_gives_the_pay_there(client, titles):
    release, ohio = Release.objects.get(), make_area("Ohio")
    make_wage(release, ohio, Occupation.objects.get(code="29-2072"), annual_median=50_990)
    DataVersion.raise_number()
    html = page(client, "/search/?q=medical+coder+in+Ohio")
    assert "“medical coder” leads to 1 occupation, with pay in Ohio:" in html
    assert "median $50,990 a year" in html
    assert "$51,140" not in html
    assert "Median pay, Ohio, May 2025, BLS OEWS." in html
    assert (
        '<a href="/occupations/29-2072-medical-records-specialists/pay/?state=OH#areas">'
        "Pay in Ohio, area by area</a>" in html
    )
    assert 'value="medical coder in Ohio"' in html


def test_a_state_without_a_figure_is_told_and_the_nations_does_not_stand_in(client, titles):
    make_area("Ohio")
    DataVersion.raise_number()
    html = page(client, "/search/?q=medical+coder,+ohio")
    assert "median not published" in html
    assert "$51,140" not in html


@pytest.mark.parametrize("typed", ["ohio", "in ohio", "medical coder ohiox"])
def test_other_words_name_no_state(client, titles, typed):
    make_area("Ohio")
    DataVersion.raise_number()
    assert "with pay in" not in page(client, f"/search/?q={typed}")


def test_page_explains_an_old_code(client, titles):
    html = page(client, "/search/?q=29-2071")
    assert "29-2071 is an earlier code:" in html
    assert "in use until May 2018" in html
    assert "/occupations/29-2072-medical-records-specialists/" in html


def test_page_finds_a_certification_and_its_occupation(client, titles):
    html = page(client, "/search/?q=rhit")
    assert '<a href="/certifications/rhit/">Registered Health Information Technician (RHIT)</a>' in html
    assert "/occupations/29-2072-medical-records-specialists/" in html


def test_a_certification_named_by_its_letters_stands_before_its_occupations(client, titles):
    html = page(client, "/search/?q=RHIT")
    assert html.index("Registered Health Information Technician (RHIT)</a>") < html.index("leads to 1 occ")
    assert html.count('id="certifications"') == 1


def test_exact_hit_does_not_redirect(client, titles):
    assert client.get("/search/?q=Medical+Records+Specialists").status_code == 200


def test_hourly_pay_says_so_and_missing_pay_has_its_word(client, titles):
    make_wage(make_release(2026), make_area(), make_occupation("27-2011"), **ACTORS)
    assert "median $29.05 an hour" in page(client, "/search/?q=actor")
    assert "median not published" in page(client, "/search/?q=29-9021")


def test_editors_title_is_shown_and_both_titles_are_found(client, titles):
    titles.display_title = "Medical coders and records specialists"
    titles.save()
    for query in ("medical+coders+and+records+specialist", "medical+records+specialists"):
        assert ">Medical coders and records specialists</a>" in page(client, f"/search/?q={query}")


def test_page_links_to_the_table_of_occupations_with_what_it_can_filter(client, titles):
    assert 'href="/occupations/?q=medical+records"' in page(client, "/search/?q=medical+records")
    assert "/occupations/?q=" not in page(client, "/search/?q=rhit")


def test_empty_query_helps_and_nothing_found_says_so(client, titles):
    assert "Type what people call the work" in page(client, "/search/")
    assert "Type what people call the work" in page(client, "/search/?q=%20%00")
    assert "Nothing is like “zzzzqqqq”." in page(client, "/search/?q=zzzzqqqq")
    assert "Nothing is like “%_”." in page(client, "/search/?q=%25_")


def test_long_query_is_searched_as_far_as_it_goes(client, titles):
    html = page(client, "/search/?q=" + "medical+" * 150)
    assert "That is more than the search reads" in html


def test_page_is_not_for_search_engines(client, titles):
    assert '<meta name="robots" content="noindex">' in page(client, "/search/?q=coder")


@pytest.mark.parametrize("path", ["/search/", "/search/?q=coder", "/search/suggest/?q=coder"])
def test_answers_may_be_kept_and_are_asked_after(client, titles, path):
    assert client.get(path)["Cache-Control"] == "public, no-cache"


def test_suggestions_are_at_most_eight_hits(client, titles):
    source = make_source("onet-30.1")
    for number in range(12):
        other = make_occupation(f"51-40{number + 10}")
        AlternateTitle.objects.create(
            occupation=other, title="Medical Coder", kind="alternate", source=source
        )
    options = json.loads(client.get("/search/suggest/?q=medical+coder").content)["options"]
    assert len(options) == 8
    assert options[0] == {
        "matched": "Medical Coder",
        "name": "Medical Records Specialists",
        "code": "29-2072",
        "url": "/occupations/29-2072-medical-records-specialists/",
    }


def test_certification_is_suggested_where_its_name_or_letters_begin_so(client, titles):
    for query in ("rhi", "registered+health"):
        options = json.loads(client.get(f"/search/suggest/?q={query}").content)["options"]
        assert options[-1] == {
            "matched": "",
            "name": "Registered Health Information Technician (RHIT)",
            "code": "certification",
            "url": "/certifications/rhit/",
        }


def test_suggestions_for_nothing_are_none(client, titles):
    assert json.loads(client.get("/search/suggest/").content) == {"options": []}


@pytest.mark.parametrize("query", ["medical+coder", "29-2071", "rhit", "xyzzy"])
def test_page_asks_at_most_twelve_times_even_when_it_makes_the_index(
    client, titles, query, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        page(client, f"/search/?q={query}")


def test_index_is_made_once_a_data_version(client, titles, django_assert_num_queries):
    DataVersion.raise_number()
    page(client, "/search/?q=coder")
    with django_assert_num_queries(4):  # version, release, wages, schooling
        page(client, "/search/?q=coder")
    AlternateTitle.objects.create(occupation=titles, title="Chart Abstractor")
    assert (
        "Chart Abstractor"
        not in page(client, "/search/?q=chart+abstractor").split("<ol")[-1].split("</ol>")[0]
    )
    DataVersion.raise_number()
    assert "Chart Abstractor" in page(client, "/search/?q=chart+abstractor")


def test_index_is_made_again_only_where_what_it_is_made_of_has_changed(titles):
    def now():
        DataVersion.raise_number()
        return kept_index(kept())

    changes = [
        lambda: Wage.objects.filter(occupation=titles).update(employment=7),
        lambda: Occupation.objects.filter(pk=titles.pk).update(display_title="Medical Coders"),
        lambda: AlternateTitle.objects.create(occupation=titles, title="Chart Abstractor"),
        lambda: Certification.objects.filter(key="rhit").update(former_names="Registered Record Technician"),
        lambda: CertificationUse.objects.all().delete(),
    ]
    held = now()
    for change in changes:
        assert now() is held
        change()
        assert now() is not held
        held = now()


def test_script_stays_small():
    script = Path(django_settings.BASE_DIR, "static/js/combobox.js")
    assert script.stat().st_size < 4_096


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_query_is_answered_with_a_page(client, titles, typed):
    parameters = {"q": typed.encode("utf-8", "surrogatepass")}
    response = client.get("/search/", parameters)
    assert response.status_code == status_of(parameters)
    assert b"<script>" not in response.content


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", '" onfocus="x', "' OR 1=1 --", "%", "_", "\x00"]
)
def test_hostile_query_is_shown_as_text(client, titles, typed):
    html = client.get("/search/", {"q": typed}).content.decode()
    assert "<script>alert" not in html
    assert 'onfocus="x' not in html
    assert client.get("/search/suggest/", {"q": typed}).status_code == 200
