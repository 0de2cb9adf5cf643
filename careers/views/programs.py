"""Programs of study: the list by series, and one with its schools and the occupations it leads to."""

from collections import Counter

from django.http import Http404
from django.shortcuts import render

from careers.forms import ProgramFilter
from careers.kept import kept
from careers.tables.occupations import Entry
from careers.tables.schools import LedToTable, ProgramListing, ProgramTable
from careers.views.occupation_schools import crosswalk
from careers.views.school_finder import SchoolFinder
from salaries.exports import export_problem, export_response
from salaries.models import Release, Wage

PER_PAGE = 100
# The two-digit series of CIP 2020 that hold programs, as NCES names them, shortened.
SERIES = {
    "01": "Agriculture, animals, plants and veterinary science",
    "03": "Natural resources and conservation",
    "04": "Architecture",
    "05": "Area, ethnic, cultural, gender and group studies",
    "09": "Communication and journalism",
    "10": "Communications technologies",
    "11": "Computer and information sciences",
    "12": "Culinary, entertainment and personal services",
    "13": "Education",
    "14": "Engineering",
    "15": "Engineering technologies",
    "16": "Foreign languages, literatures and linguistics",
    "19": "Family and consumer sciences",
    "21": "Reserved",
    "22": "Law",
    "23": "English language and literature",
    "24": "Liberal arts, general studies and humanities",
    "25": "Library science",
    "26": "Biology and biomedical sciences",
    "27": "Mathematics and statistics",
    "28": "Military science, leadership and operational art",
    "29": "Military technologies and applied sciences",
    "30": "Multidisciplinary studies",
    "31": "Parks, recreation, fitness and kinesiology",
    "32": "Basic skills and remedial education",
    "33": "Citizenship activities",
    "34": "Health-related knowledge and skills",
    "35": "Interpersonal and social skills",
    "36": "Leisure and recreational activities",
    "37": "Personal awareness and self-improvement",
    "38": "Philosophy and religious studies",
    "39": "Theology and religious vocations",
    "40": "Physical sciences",
    "41": "Science technologies",
    "42": "Psychology",
    "43": "Homeland security, law enforcement and firefighting",
    "44": "Public administration and social services",
    "45": "Social sciences",
    "46": "Construction trades",
    "47": "Mechanics and repair",
    "48": "Precision production",
    "49": "Transportation and materials moving",
    "50": "Visual and performing arts",
    "51": "Health professions",
    "52": "Business, management and marketing",
    "53": "High school diplomas and certificates",
    "54": "History",
    "60": "Health professions residencies and fellowships",
    "61": "Medical residencies and fellowships",
}


def program_list(request):
    index = kept().schools
    counts = Counter(program.code[:2] for program in index.programs.values())
    form = ProgramFilter(request.GET, counts)
    rows = (
        [_listing(index, program) for program in form.apply(index.programs.values())] if form.is_used else []
    )
    table = ProgramTable(
        rows,
        caption=f"Programs, with the open schools that gave awards in {index.year}, and the awards",
        request=request,
        per_page=PER_PAGE,
        exports=True,
    )
    if file := export_response(
        request, _list_rows(index, table), "programs", attribution=_attribution(index)
    ):
        return file
    context = {
        "section": "schools",
        "crumbs": [("Programs", "")],
        "form": form,
        "table": table,
        "count": f"{len(rows):,}",
        "of_all": f"{len(index.programs):,}",
        "series": [
            (code, SERIES.get(code, code), f"{counts[code]:,}", code == form.chosen)
            for code in sorted(counts)
        ],
        "chosen": SERIES.get(form.chosen, ""),
        "source": index.source,
        "export_problem": export_problem(request),
    }
    return render(request, "careers/program_list.html", context)


def _listing(index, program):
    totals = index.totals.get(program.id)
    occupations = len(index.occupations_of(program.id))
    return ProgramListing(program, *(totals or (0, 0)), occupations)


def _list_rows(index, table):
    for row in table.all_records:
        yield {
            "program_code": row.program.code,
            "program": row.program.title,
            "schools": row.schools,
            "completions": row.completions,
            "occupations": "; ".join(o.code for o in index.occupations_of(row.program.id)),
            "period": index.year,
            "source": index.source.short_name if index.source else "",
        }


def _attribution(index):
    source = index.source
    return f"{source.publisher}, {source.title}, {source.period}. {source.licence}." if source else ""


def program_detail(request, code):
    tables = kept()
    index = tables.schools
    program = index.by_cip.get(code)
    if program is None:
        raise Http404
    finder = SchoolFinder(request, index, [program.id], path=program.url, about=program.title)
    stem = f"{code}-schools{f'-{finder.wanted.state.lower()}' if finder.wanted.state else ''}"
    if file := export_response(request, finder.export_rows(), stem, attribution=finder.attribution):
        return file
    release = Release.objects.newest_shown()
    context = {
        "section": "schools",
        "crumbs": [
            ("Programs", "/programs/"),
            (SERIES.get(code[:2], code[:2]), f"/programs/?series={code[:2]}"),
            (program.title, ""),
        ],
        "canonical": program.url,
        "program": program,
        "crosswalk": crosswalk(tables),
        **finder.context(),
        "release": release,
        "occupations": _occupations(index.occupations_of(program.id), release),
        "export_problem": export_problem(request),
    }
    return render(request, "careers/program_detail.html", context)


def _occupations(occupations, release):
    """The occupations that it leads to, with their pay in the nation; the most jobs first."""
    if not occupations or release is None:
        return None
    ids = [row.id for row in occupations]
    wages = {row.occupation_id: row for row in Wage.objects.for_profile(ids, [release.id])}
    rows = [Entry(row.name, row.url, wages.get(row.id), row.code) for row in occupations]
    rows.sort(key=lambda entry: -(entry.wage.employment or 0) if entry.wage else 0)
    cited = f"United States, {release.period}, {release.source.short_name}"
    return LedToTable(
        rows, caption=f"Occupations it leads to, with median pay and jobs, {cited}", release=release
    )
