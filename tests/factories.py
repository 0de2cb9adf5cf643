"""Rows for tests: real places, codes and figures by default, so that a test names only what it is about."""

import copy
import datetime
from decimal import Decimal

from django.utils.text import slugify

from careers.models import (
    AlternateTitle,
    Award,
    Certification,
    CertificationUse,
    CodeChange,
    EducationPath,
    Level,
    Occupation,
    Organization,
    OutlookWord,
    Profile,
    Program,
    ProgramOccupation,
    Projection,
    School,
    Source,
)
from salaries.figures import MEASURES, TOP_CODE_BITS, AreaType
from salaries.models import NATION, Area, Change, Industry, IndustryWage, PriceParity, Release, Wage

TOP_CODES = {2012: (187_200, 9_000), 2016: (208_000, 10_000), 2022: (239_200, 11_500)}

# United States, May 2025, from national_M2025_dl.xlsx.
MEDICAL_RECORDS = {
    "employment": 194_720,
    "employment_prse": 1.1,
    "mean_prse": 0.4,
    "annual_mean": 56_790,
    "annual_p10": 37_000,
    "annual_p25": 43_490,
    "annual_median": 51_140,
    "annual_p75": 64_820,
    "annual_p90": 81_150,
    "hourly_mean": 2_730,
    "hourly_p10": 1_779,
    "hourly_p25": 2_091,
    "hourly_median": 2_459,
    "hourly_p75": 3_117,
    "hourly_p90": 3_901,
}

# Ohio, May 2025.
MEDICAL_RECORDS_OHIO = {
    "employment": 7_440,
    "mean_prse": 0.8,
    "jobs_per_1000": 1.341,
    "location_quotient": 1.07,
    "annual_mean": 56_620,
    "annual_p10": 38_060,
    "annual_p25": 45_500,
    "annual_median": 50_990,
    "annual_p75": 63_510,
    "annual_p90": 79_290,
    "hourly_mean": 2_722,
    "hourly_p10": 1_830,
    "hourly_p25": 2_188,
    "hourly_median": 2_452,
    "hourly_p75": 3_054,
    "hourly_p90": 3_812,
}
HEALTH_INFORMATION_OHIO = {
    "employment": 2_500,
    "mean_prse": 4.3,
    "annual_mean": 69_160,
    "annual_p10": 38_270,
    "annual_p25": 42_510,
    "annual_median": 71_330,
    "annual_p75": 85_830,
    "annual_p90": 104_070,
    "hourly_mean": 3_325,
    "hourly_p10": 1_840,
    "hourly_p25": 2_044,
    "hourly_median": 3_429,
    "hourly_p75": 4_126,
    "hourly_p90": 5_004,
}
CARDIOLOGISTS_OHIO = {
    "employment": 760,
    "annual_p10": 32_290,
    "annual_p25": 371_380,
    "annual_median": 504_260,
    "annual_p75": 668_500,
    "annual_p90": 733_900,
}
# United States, May 2025: paid hourly only, and paid yearly only.
ACTORS = {
    "employment": 55_000,
    "mean_prse": 8.4,
    "hourly_only": True,
    "hourly_mean": 5_829,
    "hourly_p10": 1_650,
    "hourly_p25": 2_034,
    "hourly_median": 2_905,
    "hourly_p75": 9_795,
    "hourly_p90": 14_368,
}
BUSINESS_TEACHERS = {
    "employment": 82_150,
    "annual_only": True,
    "annual_mean": 114_720,
    "annual_p10": 47_180,
    "annual_p25": 64_150,
    "annual_median": 99_080,
    "annual_p75": 141_710,
    "annual_p90": 209_470,
}


def make_source(key="oews-2025", *, period="May 2025", **fields):
    defaults = {
        "publisher": "U.S. Bureau of Labor Statistics",
        "short_name": "BLS OEWS",
        "title": "Occupational Employment and Wage Statistics",
        "edition": period,
        "period": period,
        "published": datetime.date(2026, 5, 15),
        "url": "https://www.bls.gov/oes/tables.htm",
        "licence": "Public domain",
    }
    return Source.objects.get_or_create(key=key, defaults={**defaults, **fields})[0]


def make_release(year=2025, *, status=Release.Status.PUBLISHED, **fields):
    annual, hourly = next(TOP_CODES[y] for y in sorted(TOP_CODES, reverse=True) if year >= y)
    soc_version = "2010" if year < 2019 else "2019" if year < 2021 else "2018"
    if "report" in fields:
        fields["report"] = copy.deepcopy(fields["report"])
    defaults = {
        "source": make_source(f"oews-{year}", period=f"May {year}"),
        "soc_version": soc_version,
        "annual_top_code": annual,
        "hourly_top_code_cents": hourly,
    }
    release = Release.objects.create(year=year, status=status, **{**defaults, **fields})
    make_changes(release)
    return release


def make_changes(release):
    """Move the lists of a report's changes into rows, as loading a release does."""
    changes = release.report.get("changes", {})
    lists = {kind: changes.pop(kind) for kind in Change.Kind.values if kind in changes}
    release.save()
    Change.objects.bulk_create(
        Change(
            release=release,
            kind=kind,
            position=position,
            part=1,
            code=entry["code"],
            title=entry.get("title") or entry["new"],
            detail=entry,
        )
        for kind, entries in lists.items()
        for position, entry in enumerate(entries)
    )


def make_area(title="United States", *, code=None, area_type=None, primary_state=None):
    known = {
        "United States": (NATION, AreaType.NATION, "US"),
        "Ohio": ("3900000", AreaType.STATE, "OH"),
        "California": ("0600000", AreaType.STATE, "CA"),
        "Guam": ("6600000", AreaType.TERRITORY, "GU"),
        "Akron, OH": ("0010420", AreaType.METRO, "OH"),
        "Abilene, TX": ("0010180", AreaType.METRO, "TX"),
        "Mayaguez, PR": ("0032420", AreaType.METRO, "PR"),
        "Southern Ohio nonmetropolitan area": ("3900004", AreaType.NONMETRO, "OH"),
    }.get(title, (None, AreaType.METRO, "OH"))
    return Area.objects.get_or_create(
        code=code or known[0],
        defaults={
            "title": title,
            "slug": Area.make_slug(title),
            "area_type": area_type or known[1],
            "primary_state": primary_state or known[2],
        },
    )[0]


def make_price_parity(area, all_items=93.37, *, year=2024):
    told = {"publisher": "U.S. Bureau of Economic Analysis", "short_name": "BEA RPP", "period": str(year)}
    source = make_source(f"bea-rpp-{year}", **told, published=datetime.date(year + 2, 2, 19))
    return PriceParity.objects.create(area=area, year=year, all_items=all_items, source=source)


def make_occupation(code="29-2072", title=None, *, level=None, soc_version="2018", **fields):
    known = {
        "00-0000": ("All Occupations", Level.TOTAL),
        "29-0000": ("Healthcare Practitioners and Technical Occupations", Level.MAJOR),
        "29-2071": ("Medical Records and Health Information Technicians", Level.DETAILED),
        "29-2072": ("Medical Records Specialists", Level.DETAILED),
        "29-9021": ("Health Information Technologists and Medical Registrars", Level.DETAILED),
        "29-1212": ("Cardiologists", Level.DETAILED),
        "27-2011": ("Actors", Level.DETAILED),
        "25-1011": ("Business Teachers, Postsecondary", Level.DETAILED),
    }.get(code, (f"Occupation {code}", Level.DETAILED))
    title = title or known[0]
    return Occupation.objects.get_or_create(
        code=code,
        defaults={
            "title": title,
            "level": level or known[1],
            "soc_version": soc_version,
            "slug": Occupation.make_slug(title),
            **fields,
        },
    )[0]


def make_code_change(old, new, year):
    return CodeChange.objects.create(old=old, new=new, year=year)


def make_wage(release, area, occupation, *, top_coded=(), **figures):
    """A wage with the given figures alone: dollars a year, cents an hour, by measure name.

    `top_coded` names the measures that BLS prints as #.
    """
    flags = {k: figures.pop(k) for k in ("annual_only", "hourly_only") if k in figures}
    return Wage.objects.create(
        release=release,
        area=area,
        occupation=occupation,
        top_coded=sum(TOP_CODE_BITS[name] for name in top_coded),
        **{MEASURES[name].field: value for name, value in figures.items()},
        **flags,
    )


def make_industry_wage(release, occupation, *, code="62", title="Health Care", level="sector", **fields):
    industry, _ = Industry.objects.get_or_create(code=code, defaults={"title": title, "level": level})
    return IndustryWage.objects.create(release=release, occupation=occupation, industry=industry, **fields)


def make_profile(occupation=None, *, paths=(), **fields):
    """A published profile with a summary alone; `paths` are dicts of EducationPath's fields."""
    defaults = {
        "status": Profile.Status.PUBLISHED,
        "reviewed": datetime.date(2026, 11, 22),
        "summary": "They keep health records complete and private.",
    }
    profile = Profile.objects.create(occupation=occupation or make_occupation(), **{**defaults, **fields})
    for position, path in enumerate(paths, 1):
        told = {"position": position, "level": "certificate", "name": "Certificate in coding", **path}
        EducationPath.objects.create(profile=profile, **told)
    return profile


def make_organization(key="ahima", **fields):
    defaults = {
        "name": f"Organization {key}",
        "abbreviation": key.upper(),
        "site": f"https://{key}.example/",
    }
    return Organization.objects.get_or_create(key=key, defaults={**defaults, **fields})[0]


def make_certification(key="rhit", *, occupations=(), organization=None, **fields):
    """An active certification; `occupations` are those that often ask for it."""
    defaults = {"name": f"Certification {key}", "abbreviation": key.upper()}
    certification = Certification.objects.create(
        key=key, organization=organization or make_organization(), **{**defaults, **fields}
    )
    for occupation in occupations:
        CertificationUse.objects.create(
            certification=certification, occupation=occupation, relation=CertificationUse.Relation.ASKED
        )
    return certification


def make_title(title, occupation=None, **fields):
    """An editor's alternate title; an importer's where a kind and a source are given."""
    return AlternateTitle.objects.create(title=title, occupation=occupation or make_occupation(), **fields)


OUTLOOK_WORDS = {
    "Decline": None,
    "Little or no change": 0,
    "Slower than average": 1,
    "As fast as average": 3,
    "Faster than average": 5,
    "Much faster than average": 7,
}


def make_projections_source():
    """The 2024-34 edition, with its words."""
    told = {
        "short_name": "BLS EP",
        "title": "Employment Projections",
        "edition": "2024–34",
        "published": None,
    }
    source = make_source("ep-2024-34", period="2024 to 2034", **told)
    for word, at_least in OUTLOOK_WORDS.items():
        fields = {"word": word, "at_least_percent": at_least}
        OutlookWord.objects.get_or_create(source=source, slug=slugify(word), defaults=fields)
    return source


def make_projection(occupation=None, **fields):
    """The projection of medical records specialists, 2024 to 2034, Tables 1.2 and 1.10."""
    defaults = {
        "source": make_projections_source(),
        "base_year": 2024,
        "target_year": 2034,
        "employment": 194_800,
        "projected_employment": 208_600,
        "change": 13_800,
        "openings": 14_200,
        "labor_force_exits": 7_100,
        "occupational_transfers": 5_800,
        "self_employed_percent": Decimal("0.8"),
        "change_percent": Decimal("7.1"),
        "entry_education": "certificate",
        "experience": "none",
        "training": "none",
    }
    return Projection.objects.create(occupation=occupation or make_occupation(), **{**defaults, **fields})


def make_awards_source(**fields):
    told = {"publisher": "National Center for Education Statistics", "short_name": "NCES IPEDS"}
    told |= {"title": "IPEDS, Completions", "edition": "2023–24", "published": None}
    return make_source("ipeds-c-2024", period="July 2023 to June 2024", **{**told, **fields})


def make_program(code="51.0707", title=None, *, leads_to=()):
    """A program of CIP 2020; `leads_to` are the occupations that the crosswalk joins with it."""
    known = {
        "51.0706": "Health Information/Medical Records Administration/Administrator",
        "51.0707": "Health Information/Medical Records Technology/Technician",
        "51.0713": "Medical Insurance Coding Specialist/Coder",
        "51.0721": "Disease Registry Data Management",
    }
    source = make_awards_source()
    program, _ = Program.objects.get_or_create(
        code=code, defaults={"title": title or known.get(code, f"Program {code}"), "source": source}
    )
    for occupation in leads_to:
        ProgramOccupation.objects.get_or_create(program=program, occupation=occupation, source=source)
    return program


def make_school(name="University of Akron Main Campus", **fields):
    """A school; without more, the one in Akron, as HD2024 has it."""
    akron = {
        "unitid": 200800,
        "city": "Akron",
        "state": "OH",
        "zip_code": "44325-2102",
        "sector": 1,
        "size": "10,000 to 19,999",
        "site": "https://www.uakron.edu/",
        "latitude": 41.075923,
        "longitude": -81.511167,
        "source": make_awards_source(),
    }
    return School.objects.create(name=name, slug=School.make_slug(name), **{**akron, **fields})


def make_award(school, program, *, level=3, completions=12):
    source = make_awards_source()
    return Award.objects.create(
        school=school, program=program, level=level, completions=completions, source=source
    )
