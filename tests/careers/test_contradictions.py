"""What contradicts itself in profiles: each finding, and what is left alone."""

import pytest

from careers.contradictions import (
    Credentials,
    Written,
    certification_findings,
    findings,
    is_step,
    letters_of,
    titles_of_others,
)

SUMMARY = "They keep records."
NOBODY = Credentials([])


def found(known=NOBODY, **written):
    """(field, words, is an error) of what is found in a profile with a summary."""
    prose = {"summary": SUMMARY, **written.pop("prose", {})}
    return [tuple(finding) for finding in findings(Written(prose=prose, **written), known)]


def words(**written):
    return [told for _, told, _ in found(**written)]


def test_plain_profile_contradicts_nothing():
    assert found() == []


@pytest.mark.parametrize("text", ["", "   \n"])
def test_published_profile_without_a_summary_is_an_error(text):
    [(field, _, is_error)] = found(prose={"summary": text})
    assert (field, is_error) == ("summary", True)
    assert found(prose={"summary": text}, is_published=False) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- \n- ", "Nothing but marks is written here: write the section, or empty it."),
        ("### Days\n### Nights\nLong.", "Nothing is written under the heading “Days”: write it, or"),
        ("Long.\n\n### Nights\n", "Nothing is written under the heading “Nights”: write it, or"),
    ],
)
def test_section_with_nothing_in_it_is_an_error(text, told):
    [(field, words, is_error)] = found(prose={"duties": text})
    assert (field, is_error) == ("duties", True)
    assert words.startswith(told)


def test_section_with_words_or_none_at_all_is_whole():
    assert found(prose={"duties": "### Days\nLong.", "scope": ""}) == []


def test_unknown_figure_is_an_error_and_a_known_one_is_not():
    [(field, told, is_error)] = found(prose={"forces": "{{ openings }} and {{ vacancies }}"})
    assert (field, is_error) == ("forces", True)
    assert told.startswith("No figure is called {{ vacancies }}; known are annual_median,")


def test_contact_without_a_reason_is_an_error_at_the_reason():
    contacts = {"patient_contact": ("heavy", " "), "bodily_fluids": ("", "")}
    assert found(contacts=contacts) == [
        (
            "patient_contact_reason",
            "Say why in one sentence: readers see contact with patients with its reason.",
            True,
        )
    ]


# --- Education --------------------------------------------------------------------------------------

OTHER_EDUCATION = (
    "“bachelor's” is named here as if it led in, while the paths say postsecondary certificate and "
    "BLS says postsecondary nondegree award."
)
NEEDED = {"how_to_enter": "You need a bachelor's degree."}


def test_degree_that_neither_paths_nor_projection_know_is_a_warning():
    told = found(prose=NEEDED, paths=frozenset({"certificate"}), entry_education="certificate")
    assert told == [
        (
            "how_to_enter",
            OTHER_EDUCATION,
            False,
        )
    ]


@pytest.mark.parametrize(
    ("paths", "projected"),
    [
        ({"bachelor"}, "certificate"),  # a path of the profile
        ({"certificate"}, "bachelor"),  # as BLS says
        (set(), ""),  # nothing to hold it against
        ({"master"}, "master"),  # a step on the way
        ({"postdoctoral"}, ""),
    ],
)
def test_degree_that_is_a_path_or_a_step_is_left_alone(paths, projected):
    assert found(prose=NEEDED, paths=frozenset(paths), entry_education=projected) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("An associate degree is enough.", "associate degree"),
        ("An associate's degree is enough.", "associate's degree"),
        ("A Bachelor’s degree.", "Bachelor’s"),
        ("A four-year degree.", "four-year degree"),
        ("A master's degree.", "master's degree"),
        ("A doctorate.", "doctorate"),
        ("A medical degree.", "medical degree"),
    ],
)
def test_degrees_are_known_as_people_write_them(text, named):
    [told] = words(prose={"how_to_enter": text}, paths=frozenset({"school"}))
    assert told.startswith(f"“{named}” is named here")


@pytest.mark.parametrize("text", ["You master the craft.", "An associate dentist.", "High school helps."])
def test_other_words_are_no_degree(text):
    assert words(prose={"how_to_enter": text}, paths=frozenset({"certificate"})) == []


def test_degree_named_for_getting_on_is_left_alone():
    prose = {"advancement": "With a master's degree you may lead."}
    assert words(prose=prose, paths=frozenset({"certificate"})) == []


def test_only_a_graduate_degree_has_steps():
    assert is_step("bachelor", frozenset({"doctorate"}))
    assert not is_step("associate", frozenset({"bachelor"}))
    assert not is_step("doctorate", frozenset({"master"}))


# --- Certifications ---------------------------------------------------------------------------------

OTHERS_LETTERS = (
    "“RHIT” is a certification that is not linked to this occupation. "
    "Link it there if it belongs, or take it out here."
)
KNOWN = Credentials(["RHIT", "CCS", "CCS-P", "CT", "A+", "R.T.(R)"])


def test_letters_of_a_certification_that_is_not_linked_are_a_warning():
    told = found(KNOWN, prose={"how_to_enter": "Take the RHIT, or the CCS."}, credentials=frozenset({"CCS"}))
    assert told == [
        (
            "how_to_enter",
            OTHERS_LETTERS,
            False,
        )
    ]


@pytest.mark.parametrize("text", ["rhit", "XRHIT", "a CT scan", "RHITs"])
def test_words_that_only_look_like_letters_are_left_alone(text):
    assert KNOWN.named_in(text) == []


def test_longest_letters_win_and_points_count():
    assert KNOWN.named_in("CCS-P and R.T.(R), then CCS-P") == ["CCS-P", "R.T.(R)"]


def test_letters_include_former_names_and_leave_out_the_issuer():
    assert letters_of([("CMA (AAMA)", ""), ("ODS-C", "Certified Tumor Registrar (CTR)")]) == {
        "CMA (AAMA)",
        "CMA",
        "ODS-C",
        "CTR",
    }


TOLD = {"site": "", "cost": "", "cost_checked": None, "status": "active", "replaced_by": None, "today": None}


def test_certification_needs_its_own_site_or_its_issuers():
    assert [f.field for f in certification_findings(**TOLD, issuers_site="")] == ["site"]
    assert list(certification_findings(**TOLD, issuers_site="https://ahima.example/")) == []


# --- Titles -----------------------------------------------------------------------------------------


def test_title_of_others_names_three_of_them():
    bearers = {"coder": ["15-1251 Programmers", "29-2072 Records", "43-9111 Statistical", "43-4071 File"]}
    [finding] = titles_of_others(["Coder ", "Biller"], bearers)
    assert finding.words == (
        "“Coder ” is also a title of 15-1251 Programmers and 29-2072 Records and 43-9111 Statistical "
        "and 1 more: a search for it leads to both."
    )
