"""The schools whose programs lead to an occupation, and for the others how people enter them."""

from django.shortcuts import redirect, render

from careers.kept import kept
from careers.models import EducationPath, Level, Occupation, Profile, Training
from careers.schools import Wanted
from careers.views.school_finder import SchoolFinder
from salaries.exports import export_problem, export_response

TRAINING_WORDS = {
    Training.NONE: "BLS assigns no training on the job: people arrive able to do the work.",
    Training.SHORT: "People learn it on the job in a month or less, as BLS sees it.",
    Training.MODERATE: "People learn it on the job in one month to a year, as BLS sees it.",
    Training.LONG: "People learn it on the job in more than a year, or in a longer course of an employer's.",
    Training.INTERNSHIP: "People train in an internship or residency after their degree, as BLS sees it.",
    Training.APPRENTICESHIP: "People learn it as apprentices: paid work with lessons beside it.",
}
NUMBERS = "no one two three four five six seven eight nine ten".split()
MOST_NAMED = 6


def occupation_schools(request, code_slug):
    occupation = Occupation.objects.select_related("profile", "projection").filter(code=code_slug[:7]).first()
    if occupation is None:
        context = {"unknown_code": code_slug[:7], "section": "occupations"}
        return render(request, "404.html", context, status=404)
    if occupation.is_retired or occupation.level != Level.DETAILED:  # programs lead to single occupations
        return redirect(occupation)
    if occupation.code_slug != code_slug:
        query = request.META.get("QUERY_STRING", "")
        address = f"{occupation.get_absolute_url()}schools/{'?' if query else ''}{query}"
        return redirect(address, permanent=True)
    tables = kept()
    programs = tables.schools.programs_of(occupation.id)
    if not programs:
        return _without_programs(request, occupation, tables)
    return _page(request, occupation, tables, programs)


def _page(request, occupation, tables, programs):
    """The page, or the file that `?_export=` asks for."""
    index = tables.schools
    path = f"{occupation.get_absolute_url()}schools/"
    about = f"programs that lead to {occupation.name}"
    finder = SchoolFinder(request, index, programs, path=path, about=about)
    stem = f"{occupation.code}-schools{f'-{finder.wanted.state.lower()}' if finder.wanted.state else ''}"
    if file := export_response(request, finder.export_rows(), stem, attribution=finder.attribution):
        return file
    most = index.survey(programs, Wanted()).programs
    named = [index.programs[key] for key in sorted(programs, key=lambda key: -most[key])]
    context = {
        **_common(occupation),
        **finder.context(),
        "crosswalk": crosswalk(tables),
        "programs": named[:MOST_NAMED],
        "more_programs": named[MOST_NAMED:],
        "programs_counted": _in_words(len(programs), "program"),
        "parts": index.parts_of(occupation.id),
        "export_problem": export_problem(request),
    }
    return render(request, "careers/occupation_schools.html", context)


def _common(occupation):
    return {
        "section": "occupations",
        "crumbs": [
            ("Occupations", "/occupations/"),
            (occupation.name, occupation.get_absolute_url()),
            ("Schools", ""),
        ],
        "canonical": f"{occupation.get_absolute_url()}schools/",
        "occupation": occupation,
    }


def crosswalk(tables):
    """The Source of the list that joins programs with occupations, or None."""
    return next((source for source in tables.sources.values() if source.key.startswith("cip-soc-")), None)


def _without_programs(request, occupation, tables):
    """How people enter an occupation that no program leads to."""
    projection, profile = getattr(occupation, "projection", None), getattr(occupation, "profile", None)
    is_public = profile is not None and profile.status == Profile.Status.PUBLISHED
    index = tables.schools
    context = {
        **_common(occupation),
        "paths": list(profile.paths.all()) if is_public else [],
        "usual": EducationPath.Standing.USUAL,
        "has_entry": is_public or projection is not None,
        "training": TRAINING_WORDS.get(projection.training, "") if projection else "",
        "projection": projection,
        "projection_source": tables.sources.get(projection.source_id) if projection else None,
        "crosswalk": crosswalk(tables),
        "neighbours": [row for row in index.occupations.values() if row.parent_id == occupation.parent_id],
        "has_programs": bool(index.programs),
        "export_problem": export_problem(request),
    }
    return render(request, "careers/occupation_schools.html", context)


def _in_words(number, noun):
    """ "one program", "four programs", "337 programs"."""
    word = NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"
    return f"{word} {noun}{'' if number == 1 else 's'}"
