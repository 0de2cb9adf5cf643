"""The usual Django answer to the same import: pandas with openpyxl, then bulk_create.

    python -m benchmarks.usual WORKBOOK

A child of run.py, on DATABASE_URL. It writes the same rows as the site's own road, but checks
nothing, compares nothing and reports nothing.
"""

import os
import sys

import django

POINTS = {"mean": "MEAN", "p10": "PCT10", "p25": "PCT25", "median": "MEDIAN", "p75": "PCT75", "p90": "PCT90"}
PAY = {f"annual_{ours}": f"A_{theirs}" for ours, theirs in POINTS.items()}
PAY |= {f"hourly_{ours}": f"H_{theirs}" for ours, theirs in POINTS.items()}
CODES = ("AREA", "AREA_TYPE", "NAICS", "I_GROUP", "OWN_CODE", "OCC_CODE")
INDUSTRIES = {"sector", "3-digit", "4-digit", "5-digit", "6-digit"}


def main(path):
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    import pandas
    from django.db import transaction

    from salaries.models import IndustryWage, Wage

    frame = pandas.read_excel(path, engine="openpyxl", dtype=dict.fromkeys(CODES, str), keep_default_na=False)
    frame = frame.sort_values("O_GROUP", key=lambda group: group != "detailed", kind="stable")
    frame = frame.drop_duplicates(["AREA_TYPE", "AREA", "NAICS", "OCC_CODE"])
    with transaction.atomic():
        release = new_release()
        wages, industry_wages = rows_of(frame.to_dict("records"), release)
        Wage.objects.bulk_create(wages, batch_size=5000)
        IndustryWage.objects.bulk_create(industry_wages, batch_size=5000)


def new_release():
    from salaries.models import Release

    release = Release.objects.get(year=2024)
    release.pk, release.year = None, 2025
    release.save(force_insert=True)
    return release


def rows_of(records, release):
    from careers.models import Occupation
    from salaries.models import Area, Industry, IndustryWage, Wage

    areas, industries = Area.objects.in_bulk(field_name="code"), Industry.objects.in_bulk(field_name="code")
    occupations = Occupation.objects.in_bulk(field_name="code")
    wages, industry_wages = [], []
    for record in records:
        occupation = occupations[record["OCC_CODE"]]
        if record["I_GROUP"] == "cross-industry":
            area = areas[area_code(record)]
            wages.append(Wage(release=release, area=area, occupation=occupation, **figures_of(record)))
        elif record["I_GROUP"] in INDUSTRIES:
            industry = industries[record["NAICS"]]
            figures = medians_of(figures_of(record))
            industry_wages.append(
                IndustryWage(release=release, industry=industry, occupation=occupation, **figures)
            )
    return wages, industry_wages


def area_code(record):
    if record["AREA_TYPE"] == "1":
        return "0000000"
    return f"{record['AREA']}00000" if record["AREA_TYPE"] in "23" else record["AREA"].zfill(7)


def figures_of(record):
    from salaries.figures import MEASURES, TOP_CODE_BITS

    figures = {
        "employment": number(record["TOT_EMP"]),
        "employment_prse": number(record["EMP_PRSE"]),
        "mean_prse": number(record["MEAN_PRSE"]),
        "jobs_per_1000": number(record["JOBS_1000"]),
        "location_quotient": number(record["LOC_QUOTIENT"]),
        "annual_only": record["ANNUAL"] == "TRUE",
        "hourly_only": record["HOURLY"] == "TRUE",
        "top_coded": sum(TOP_CODE_BITS[ours] for ours, theirs in PAY.items() if record[theirs] == "#"),
    }
    for ours, theirs in PAY.items():
        value = number(record[theirs])
        is_cents = ours.startswith("hourly") and value is not None
        figures[MEASURES[ours].field] = round(value * 100) if is_cents else value
    return figures


def medians_of(figures):
    from salaries.figures import TOP_CODE_BITS

    both = TOP_CODE_BITS["annual_median"] | TOP_CODE_BITS["hourly_median"]
    kept = ("employment", "annual_median", "hourly_median_cents", "annual_only", "hourly_only")
    return {name: figures[name] for name in kept} | {"top_coded": figures["top_coded"] & both}


def number(cell):
    return None if isinstance(cell, str) else cell


if __name__ == "__main__":
    main(sys.argv[1])
