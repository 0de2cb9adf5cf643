"""The first page: search, browse by group, what is newest."""

from django.shortcuts import render

from careers.models import Level
from careers.tables.occupations import short_group
from salaries.figures import figure_of
from salaries.models import Release, Wage

WITHOUT_A_DEGREE = "&".join(
    f"entry_education={level}" for level in ("none", "high_school", "some_college", "certificate")
)
# What people come to ask, each answered by the list of occupations with some of its filters in use.
QUESTIONS = [
    (
        "What pays $60,000 or more without a degree?",
        f"{WITHOUT_A_DEGREE}&pay_from=60000&sort=-annual_median",
        "typical schooling: at most a certificate after high school",
    ),
    (
        "What takes a certificate, not a degree?",
        "entry_education=certificate&sort=-annual_median",
        "typical schooling: a certificate after high school",
    ),
    (
        "What is growing much faster than average?",
        "outlook=much-faster-than-average&sort=-annual_median",
        "by BLS’s projection of jobs",
    ),
    (
        "Which health work is without patients?",
        "group=29-0000&patient_contact=none&sort=-annual_median",
        "by our editors’ rating",
    ),
    (
        "What suits people who like to work with their hands?",
        "interest=realistic&sort=-annual_median",
        "strongest interest: realistic, by O*NET’s ratings",
    ),
    ("What pays the most?", "sort=-annual_median", "by median pay a year"),
]


def home(request):
    release = Release.objects.newest_shown()
    wages = list(Wage.objects.for_occupation_list(release, Level.MAJOR)) if release else []
    wages.sort(key=lambda wage: wage.occupation__code)
    groups = [_group(wage, release) for wage in wages]
    context = {"release": release, "groups": groups, "questions": QUESTIONS if release else []}
    return render(request, "careers/home.html", context)


def _group(wage, release):
    name = wage.occupation__display_title or wage.occupation__title
    return {
        "name": short_group(name),
        "url": f"/occupations/{wage.occupation__code}-{wage.occupation__slug}/",
        "median": figure_of(wage, "annual_median", release, "United States"),
        "jobs": figure_of(wage, "employment", release, "United States"),
    }
