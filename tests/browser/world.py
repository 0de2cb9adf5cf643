"""A small site with something on every page, and one occupation that has all that any real one has."""

from careers.models import (
    EducationAttained,
    InterestProfile,
    JobZone,
    Level,
    RelatedOccupation,
    Technology,
)
from careers.state_tiles import STATES
from salaries.figures import AreaType
from tests.factories import (
    ACTORS,
    CARDIOLOGISTS_OHIO,
    HEALTH_INFORMATION_OHIO,
    MEDICAL_RECORDS,
    MEDICAL_RECORDS_OHIO,
    make_area,
    make_award,
    make_certification,
    make_code_change,
    make_industry_wage,
    make_occupation,
    make_price_parity,
    make_profile,
    make_program,
    make_projection,
    make_release,
    make_school,
    make_source,
    make_title,
    make_wage,
)

RECORDS = "/occupations/29-2072-medical-records-specialists/"
LONG_TITLE = (
    "Health Technologists, Technicians, and Healthcare Practitioners Not Counted Elsewhere, All Other"
)

SENTENCE = "They read what a doctor wrote and turn it into codes that others can count. "
WRITTEN = {
    "summary": SENTENCE * 4,
    "what_they_do": f"{SENTENCE * 7}\n\n{SENTENCE * 7}\n\n{SENTENCE * 4}",
    "duties": "- Read notes and reports to see what was found and what was done\n" * 9,
    "specialties": f"- **Inpatient coder**: {SENTENCE}\n" * 5,
    "work_setting": f"{SENTENCE * 6}\n\n{SENTENCE * 5}",
    "how_to_enter": f"{SENTENCE * 6}\n\n{SENTENCE * 6}\n\n{SENTENCE * 4}",
    "licences": SENTENCE * 3,
    "advancement": SENTENCE * 4,
    "qualities": f"- **Care with details**: {SENTENCE}\n" * 6,
    "forces": SENTENCE * 4,
    "scope": SENTENCE * 3,
    "patient_contact": "none",
    "patient_contact_reason": SENTENCE,
    "bodily_fluids": "none",
    "bodily_fluids_reason": SENTENCE,
}

CHANGES = {
    "base_year": 2024,
    "compared": 808,
    "moved": 47,
    "median_change_percent": 2.9,
    "movers": [
        {"code": "39-5091", "title": "Makeup Artists", "old": 45_000, "new": 86_850, "percent": 93.0},
        {"code": "29-2099", "title": LONG_TITLE, "old": 89_990, "new": 48_590, "percent": -46.0},
    ],
    "marks_to_numbers": [
        {
            "code": "29-1212",
            "title": "Cardiologists",
            "measure": "annual_median",
            "value": 496_010,
            "bound": 239_200,
        }
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
}


def make_world():
    """Five releases and a staged one, eight occupations, five places, a school, a certification."""
    nation, ohio, akron = make_area(), make_area("Ohio"), make_area("Akron, OH")
    california = make_area("California")
    make_price_parity(ohio)
    group = make_occupation("29-0000", level=Level.MAJOR)
    records = make_occupation(parent=group)
    health = make_occupation("29-9021", parent=group)
    heart, actors = make_occupation("29-1212", parent=group), make_occupation("27-2011")
    other = make_occupation("29-2099", LONG_TITLE, parent=group)
    retired = make_occupation("29-2071", soc_version="2010")
    make_code_change(retired, records, 2019)
    make_occupation("11-1031", "Legislators")  # without figures
    _make_years(records, nation)
    release = make_release(2025, report={"changes": CHANGES})
    for occupation in (make_occupation("00-0000"), group, health, other):
        make_wage(release, nation, occupation, **MEDICAL_RECORDS)
    make_wage(release, nation, records, **MEDICAL_RECORDS)
    staged = make_release(2026, status="staged", report={"changes": CHANGES | {"base_year": 2025}})
    make_wage(staged, nation, records, **MEDICAL_RECORDS)
    make_wage(release, nation, actors, **ACTORS)
    top = ("annual_median", "annual_p75", "annual_p90")
    make_wage(
        release, nation, heart, employment=17_290, annual_p10=107_190, annual_p25=174_280, top_coded=top
    )
    for area in (ohio, akron, california, make_area("Southern Ohio nonmetropolitan area")):
        make_wage(release, area, make_occupation("00-0000"), **MEDICAL_RECORDS_OHIO)
        make_wage(release, area, records, **MEDICAL_RECORDS_OHIO)
    make_wage(release, ohio, health, **HEALTH_INFORMATION_OHIO)
    make_wage(release, ohio, heart, **CARDIOLOGISTS_OHIO)
    make_title("Medical Coder", records)
    _make_way_in(records)
    return records


def _make_years(occupation, nation):
    for year in (2022, 2023, 2024):
        make_wage(make_release(year), nation, occupation, **MEDICAL_RECORDS)


def _make_way_in(occupation):
    make_projection(occupation)
    make_profile(occupation, paths=[{"courses": ["Anatomy"], "length": "9 months to 1 year"}], **WRITTEN)
    make_certification(occupations=[occupation])
    make_award(make_school(), make_program(leads_to=[occupation]))
    make_program("51.0706", leads_to=[occupation])  # a long name without a space to break at


def make_full_profile():
    """The occupation with every card, each as long as the longest in the site's own tables."""
    nation, occupation = make_area(), make_occupation()
    group = make_occupation("29-2000", level=Level.MINOR)
    occupation.parent = group
    occupation.save()
    for year in range(2012, 2025):
        make_wage(make_release(year), nation, occupation, **MEDICAL_RECORDS)
    release = make_release(2025)
    make_wage(release, nation, occupation, **MEDICAL_RECORDS)
    for number, (code, (name, *_)) in enumerate(STATES.items(), 1):
        state = make_area(name, code=f"{number:02}99999", area_type=AreaType.STATE, primary_state=code)
        make_wage(release, state, occupation, **MEDICAL_RECORDS_OHIO)
    _make_beside(occupation, group, release, nation)
    _make_facts(occupation)
    for number in range(10):
        title = f"General Medical and Surgical Hospitals, Number {number}"
        make_industry_wage(
            release, occupation, code=f"62{number}", title=title, level="4-digit", employment=9_000 - number
        )
    path = {
        "courses": ["Medical terminology", "Anatomy", "Procedure coding", "Privacy law"],
        "leads_to": SENTENCE,
    }
    make_profile(
        occupation, paths=[{**path, "name": f"Certificate {n} in coding"} for n in range(4)], **WRITTEN
    )
    for number in range(17):
        name = f"Certified Documentation Improvement Practitioner {number}"
        make_certification(f"c{number}", name=name, occupations=[occupation])
    make_award(make_school(), make_program(leads_to=[occupation]))
    return occupation


def _make_beside(occupation, group, release, nation):
    """Ten similar occupations and fifteen in the same group, with their wages."""
    source = make_source("onet-30.1", short_name="O*NET 30.1")
    for number in range(15):
        title = f"Health Technologists and Technicians of Kind {number}"
        other = make_occupation(f"29-20{number + 10}", title, parent=group)
        make_wage(release, nation, other, **MEDICAL_RECORDS)
        if number < 10:
            RelatedOccupation.objects.create(
                occupation=occupation, other=other, source=source, rank=number + 1, tier="Primary-Short"
            )


def _make_facts(occupation):
    projected, onet = make_projection(occupation), make_source("onet-30.1")
    shares = (
        "less_than_high_school",
        "high_school",
        "some_college",
        "associate",
        "bachelor",
        "master",
        "doctorate",
    )
    EducationAttained.objects.create(
        occupation=occupation, source=projected.source, period="2022 to 2023", **dict.fromkeys(shares, 14)
    )
    kinds = ("realistic", "investigative", "artistic", "social", "enterprising", "conventional")
    InterestProfile.objects.create(
        occupation=occupation, source=onet, strongest="conventional", made_by="Machine Learning",
        period="November 2023", **dict.fromkeys(kinds, 3),
    )  # fmt: skip
    JobZone.objects.create(
        occupation=occupation, source=onet, zone=3, made_by="Analyst", period="November 2021"
    )
    for number in range(80):
        Technology.objects.create(
            occupation=occupation, source=onet, name=f"Medical records software {number}",
            category="Medical software", is_hot=False, is_in_demand=False,
        )  # fmt: skip
        make_title(f"Medical Records Technician {number}", occupation)
