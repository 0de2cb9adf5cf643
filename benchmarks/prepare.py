"""Fill DATABASE_URL with what an import finds: `python -m benchmarks.prepare`, a child of run.py."""

import os

import django
from django.conf import settings
from django.core.management import call_command


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from careers.seed import load_occupations, load_sources
    from salaries.seed import load_areas, load_industries, load_oews

    data = settings.BASE_DIR / "data"
    call_command("migrate", verbosity=0)
    load_sources(data / "sources.csv")
    load_occupations(data / "occupations.csv")
    load_areas(data / "areas.csv")
    load_industries(data / "industries.csv")
    load_oews(2024, [data / "oews" / "national_2024.csv.gz"])


if __name__ == "__main__":
    main()
