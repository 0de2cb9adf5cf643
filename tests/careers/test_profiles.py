"""data/profiles/*.md: what is refused, with file and line, and what loading leaves to editors."""

import textwrap

import pytest

from careers.models import EducationPath, Profile
from careers.profiles import load_profiles, read_profiles
from salaries.oews.problem import BadInput
from tests.factories import make_occupation, make_profile, make_source

FRONT = """\
---
code: 29-2072
reviewed: 2026-11-22
sources: [soc-2018, onet-30.1]
patient_contact:
  level: none
  reason: They work from files.
paths:
  - level: certificate
    standing: usual
    name: Certificate in coding
    courses: [Anatomy, Privacy law]
    programs: ["51.0713"]
---
"""
TEXT = """\
They keep health records complete.

## What they do
They read what a doctor wrote.

## Duties
- Choose codes
- Scan papers
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "29-2072.md").write_text(FRONT + TEXT, encoding="utf-8")
    return tmp_path


def refused(folder, text, name="29-2072.md"):
    """What read_profiles says of a file."""
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_profiles(folder)
    return str(caught.value)


# --- Reading ----------------------------------------------------------------------------------------


def test_file_is_read_into_fields_paths_and_sources(folder):
    [record] = read_profiles(folder)
    assert (record.code, record.sources) == ("29-2072", ["soc-2018", "onet-30.1"])
    assert record.fields["summary"] == "They keep health records complete."
    assert record.fields["duties"] == "- Choose codes\n- Scan papers"
    assert record.fields["scope"] == ""
    assert (record.fields["patient_contact"], record.fields["bodily_fluids"]) == ("none", "")
    assert record.fields["patient_contact_reason"] == "They work from files."
    [path] = record.paths
    assert (path["level"], path["courses"], path["programs"]) == (
        "certificate",
        ["Anatomy", "Privacy law"],
        ["51.0713"],
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("---\ncode", "code", "29-2072.md, line 1 ('code: 29-2072'): a profile begins with a line of ---"),
        ('["51.0713"]\n---', '["51.0713"]', "29-2072.md, line 1: the front matter is not closed"),
        ("sources: [soc", "sources: [[soc", "29-2072.md, line 5: the front matter is not YAML"),
        (
            "reviewed: 2026-11-22",
            "reviewed: soon",
            "29-2072.md, line 3, column reviewed ('soon'): give a date",
        ),
        ("reviewed: 2026-11-22", "reviewed: 2026-13-22", "29-2072.md, line 1: the front matter is not YAML"),
        ("code: 29-2072", "code: 29-2071", "line 2, column code ('29-2071'): the file is named by its code"),
        (
            "reviewed:",
            "review:",
            "29-2072.md, line 3, column review: has no such key; known are bodily_fluids",
        ),
        ("    name:", "    nome:", "29-2072.md, line 8, column name: a path has a name."),
        (
            "level: certificate",
            "level: diploma",
            "line 8, column level ('diploma'): a path's level is one of",
        ),
        (
            "standing: usual",
            "standing: best",
            "line 8, column standing ('best'): a path's standing is one of",
        ),
        ("[Anatomy, Privacy law]", "Anatomy", "line 8, column courses ('Anatomy'): courses is a list."),
        (
            "level: none",
            "level: some",
            "line 5, column patient_contact ('some'): level is one of none, light",
        ),
        ("  reason: They work from files.\n", "", "line 5, column patient_contact: say why in one sentence"),
        ("[soc-2018, onet-30.1]", "[]", "29-2072.md, line 4, column sources: name what the facts were"),
    ],
)
def test_front_matter_is_refused_with_its_line(tmp_path, old, new, expected):
    assert old in FRONT
    assert expected in refused(tmp_path, FRONT.replace(old, new, 1) + TEXT)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "## Duties",
            "## Tasks",
            "29-2072.md, line 20 ('Tasks'): heading not known; the order is: What they do",
        ),
        ("## What they do", "## Scope", "line 20 ('Duties'): heading repeated or out of order; the order is"),
        ("## Duties", "## What they do", "line 20 ('What they do'): heading repeated or out of order"),
        (
            "They read what a doctor wrote.\n",
            "",
            "line 17 ('What they do'): nothing is written here: write it",
        ),
        ("They keep health records complete.\n", "", "line 14 ('the summary'): nothing is written here"),
        (
            "- Scan papers",
            "- Earn {{ wage }}",
            "line 22 ('{{ wage }}'): no such figure; known are annual_median",
        ),
    ],
)
def test_text_is_refused_with_its_line(tmp_path, old, new, expected):
    assert old in TEXT
    assert expected in refused(tmp_path, FRONT + TEXT.replace(old, new, 1))


def test_file_that_is_not_named_by_a_code_is_refused(folder):
    assert refused(folder, FRONT + TEXT, "coders.md") == (
        "coders.md: a profile is named by its code: 29-2072.md."
    )


def test_every_problem_of_every_file_is_told_at_once(folder):
    refused(folder, "no front matter")
    told = refused(
        folder, FRONT.replace("2026-11-22", "soon") + "They code.\n## Tasks\nCode.\n", "29-2071.md"
    )
    assert [line.split(",")[0] for line in told.splitlines()] == ["29-2071.md"] * 3 + ["29-2072.md"]


# --- Loading ----------------------------------------------------------------------------------------


@pytest.fixture
def occupation(db):
    make_source("soc-2018")
    make_source("onet-30.1")
    return make_occupation("29-2072")


def test_profile_is_loaded_with_its_paths_and_sources(folder, occupation):
    assert load_profiles(folder) == []
    profile = occupation.profile
    assert (profile.status, profile.summary) == ("published", "They keep health records complete.")
    assert [path.name for path in profile.paths.all()] == ["Certificate in coding"]
    assert sorted(source.key for source in profile.sources.all()) == ["onet-30.1", "soc-2018"]


def test_loading_twice_changes_nothing(folder, occupation):
    load_profiles(folder)
    before = list(Profile.objects.values())
    load_profiles(folder)
    assert list(Profile.objects.values()) == before
    assert EducationPath.objects.count() == 1


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("soc-2018", "soc-2020", "29-2072.md, column sources ('soc-2020'): no source has this key"),
        (
            "29-2072",
            "29-2079",
            "29-2079.md, column code ('29-2079'): no occupation of today's classification",
        ),
    ],
)
def test_unknown_code_or_source_is_refused_and_nothing_is_written(tmp_path, occupation, old, new, expected):
    name = "29-2079.md" if new == "29-2079" else "29-2072.md"
    (tmp_path / name).write_text(FRONT.replace(old, new) + TEXT, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_profiles(tmp_path)
    assert expected in str(caught.value)
    assert not Profile.objects.exists()


def test_retired_code_is_unknown(folder, occupation):
    occupation.soc_version = "2010"
    occupation.save()
    with pytest.raises(BadInput, match="no occupation of today's classification has this code"):
        load_profiles(folder)


def test_editors_profile_is_left_alone_with_its_paths_and_sources(folder, occupation):
    profile = make_profile(occupation, summary="They code.", is_edited=True, paths=[{"name": "Degree"}])
    profile.sources.set([make_source("soc-2018")])
    assert load_profiles(folder) == ["29-2072"]
    profile.refresh_from_db()
    assert profile.summary == "They code."
    assert [path.name for path in profile.paths.all()] == ["Degree"]
    assert [source.key for source in profile.sources.all()] == ["soc-2018"]


def test_file_taken_away_takes_its_profile_away_unless_an_editor_changed_it(folder, occupation):
    load_profiles(folder)
    make_profile(make_occupation("29-1212"), is_edited=True)
    (folder / "29-2072.md").unlink()
    assert load_profiles(folder) == []
    assert [profile.occupation.code for profile in Profile.objects.all()] == ["29-1212"]


def test_section_taken_out_of_the_file_goes(folder, occupation):
    load_profiles(folder)
    text = textwrap.dedent(TEXT).partition("## Duties")[0]
    (folder / "29-2072.md").write_text(FRONT + text, encoding="utf-8")
    load_profiles(folder)
    assert Profile.objects.get().duties == ""
