"""What the code relies on is a constraint of the database too, on both databases."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from careers.models import CodeChange, Occupation, SeedTable, Source
from salaries.models import Area, IndustryWage, PriceParity, Release, ReleaseTitle, Wage
from tests.factories import (
    make_area,
    make_code_change,
    make_industry_wage,
    make_occupation,
    make_price_parity,
    make_release,
    make_source,
    make_wage,
)

pytestmark = pytest.mark.django_db


def refuses(constraint, make, *args, **kwargs):
    """The database itself refuses, by this constraint; SQLite does not name its unique ones."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make(*args, **kwargs)
    words = str(refused.value)
    assert constraint in words or words.startswith("UNIQUE constraint failed"), words


# Occupations


@pytest.mark.parametrize("code", ["29-207", "292072", "29_2072", "AB-2072"])
def test_occupation_code_is_a_soc_code(code):
    refuses("occupation_code_is_soc", make_occupation, code)


def test_occupation_code_stands_once():
    make_occupation()
    refuses(
        "careers_occupation_code", Occupation.objects.create,
        code="29-2072", level="detailed", title="t", soc_version="2018", slug="t",
    )  # fmt: skip


def test_occupation_level_is_one_of_five():
    refuses("occupation_level_is_known", make_occupation, level="line")


def test_occupation_is_not_its_own_parent():
    occupation = make_occupation()
    occupation.parent = occupation
    refuses("occupation_is_not_its_own_parent", occupation.save)


def test_occupation_with_children_or_wages_is_not_deleted():
    parent = make_occupation("29-0000")
    child = make_occupation(parent=parent)
    with pytest.raises(ProtectedError):
        parent.delete()
    make_wage(make_release(), make_area(), child)
    with pytest.raises(ProtectedError):
        child.delete()


def test_code_change_stands_once_and_changes_something():
    old, new = make_occupation("29-2071"), make_occupation()
    make_code_change(old, new, 2019)
    make_code_change(old, new, 2021)
    refuses("code_change_once", make_code_change, old, new, 2019)
    refuses("code_change_changes", make_code_change, new, new, 2021)
    assert CodeChange.objects.count() == 2


# Sources


def test_source_key_and_seed_table_stand_once():
    make_source()
    refuses("careers_source_key", Source.objects.create, key="oews-2025")
    SeedTable.objects.create(path="areas.csv", sha256="0" * 64)
    refuses("careers_seedtable_path", SeedTable.objects.create, path="areas.csv", sha256="1" * 64)


def test_source_of_a_release_is_not_deleted():
    release = make_release()
    with pytest.raises(ProtectedError):
        release.source.delete()


# Releases


def test_year_has_one_published_release_and_any_number_of_others():
    make_release()
    make_release(revision=2, status="staged")
    make_release(revision=3, status="retired")
    make_release(2024)
    refuses("release_year_published_once", make_release, revision=4)
    assert Release.objects.count() == 4


def test_revision_of_a_year_stands_once():
    make_release()
    refuses("release_revision_once", make_release, status="staged")


def test_release_status_is_one_of_three():
    refuses("release_status_is_known", make_release, status="public")


def test_release_names_an_occupation_once():
    told = {"release": make_release(), "occupation": make_occupation(), "title": "t", "level": "detailed"}
    ReleaseTitle.objects.create(**told)
    refuses("release_title_once", ReleaseTitle.objects.create, **told)


# Areas


@pytest.mark.parametrize("code", ["10420", "OH00000", "001042"])
def test_area_code_is_seven_digits(code):
    refuses("area_code_is_seven_digits", make_area, "Akron, OH", code=code)


def test_area_type_is_one_of_bls_s():
    refuses("area_type_is_known", make_area, "Akron, OH", area_type=7)


def test_area_code_and_address_stand_once():
    make_area("Akron, OH")
    refuses(
        "salaries_area_code", Area.objects.create,
        code="0010420", area_type=4, title="Akron", slug="akron", primary_state="OH",
    )  # fmt: skip
    refuses(
        "salaries_area_slug", Area.objects.create,
        code="0010421", area_type=4, title="Akron, OH", slug="akron-oh", primary_state="OH",
    )  # fmt: skip


# Wages


def test_wage_stands_once_for_release_area_and_occupation():
    told = make_release(), make_area(), make_occupation()
    make_wage(*told)
    make_wage(told[0], make_area("Ohio"), told[2])
    make_wage(make_release(2024), *told[1:])
    refuses("wage_once", make_wage, *told)
    assert Wage.objects.count() == 3


@pytest.mark.parametrize("field", ["annual_mean", "annual_p10", "annual_p90", "hourly_mean", "hourly_median"])
def test_wage_is_never_zero(field):
    refuses(
        "wage_is_positive_or_null", make_wage, make_release(), make_area(), make_occupation(), **{field: 0}
    )


@pytest.mark.parametrize("field", ["employment", "annual_median", "hourly_p25"])
def test_number_of_jobs_or_a_wage_is_never_negative(field):
    refuses(field, make_wage, make_release(), make_area(), make_occupation(), **{field: -1})


def test_no_jobs_at_all_is_a_number():
    assert make_wage(make_release(), make_area(), make_occupation(), employment=0).pk


def test_wage_is_not_both_yearly_only_and_hourly_only():
    flags = {"annual_only": True, "hourly_only": True}
    refuses("wage_not_both_only", make_wage, make_release(), make_area(), make_occupation(), **flags)


@pytest.mark.parametrize("bits", [-1, 4096])
def test_marks_are_bits_of_twelve_measures(bits):
    wage = make_wage(make_release(), make_area(), make_occupation())
    refuses("top_coded", Wage.objects.filter(pk=wage.pk).update, top_coded=bits)
    Wage.objects.filter(pk=wage.pk).update(top_coded=4095)


def test_area_with_wages_is_not_deleted_and_a_release_takes_its_wages_along():
    wage = make_wage(make_release(), make_area(), make_occupation())
    make_industry_wage(wage.release, wage.occupation, employment=1)
    with pytest.raises(ProtectedError):
        wage.area.delete()
    wage.release.delete()
    assert not Wage.objects.exists()
    assert not IndustryWage.objects.exists()


def test_price_parity_stands_once_an_area_and_year():
    make_price_parity(make_area("Ohio"), 92.774)
    refuses("price_parity_once", make_price_parity, make_area("Ohio"), 92.774)
    assert make_price_parity(make_area("Ohio"), 93.289, year=2019).year == 2019


@pytest.mark.parametrize("all_items", [0, -1.5])
def test_price_parity_is_positive(all_items):
    refuses("price_parity_is_positive", make_price_parity, make_area("Ohio"), all_items)
    assert not PriceParity.objects.exists()


def test_industry_wage_stands_once():
    release, occupation = make_release(), make_occupation()
    make_industry_wage(release, occupation)
    make_industry_wage(release, occupation, code="622000", level="3-digit")
    refuses("industry_wage_once", make_industry_wage, release, occupation)
