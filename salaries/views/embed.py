"""An occupation's pay ladder as a card for other sites' pages: the only page that may be framed."""

from csp.decorators import csp_replace
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from careers.models import Occupation
from salaries.charts import ladder_chart
from salaries.figures import ladder_of
from salaries.models import Release
from salaries.picks import pick_areas
from salaries.views.compare import columns_of


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed(request, code_slug):
    """`?area=` names a place; where it has no figure its state's or the nation's is shown and named."""
    occupation = Occupation.objects.filter(code=code_slug[:7]).first()
    if occupation is None:
        return _answer(request, {"problem": "No occupation has this code."}, status=404)
    if occupation.code_slug != code_slug:
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"/embed/{occupation.code_slug}/{'?' if query else ''}{query}", permanent=True)
    release, picks = Release.objects.newest_shown(), pick_areas([request.GET.get("area", "")])
    context = {"occupation": occupation, "release": release}
    if picks.problems:
        return _answer(request, context | {"problem": "No place has this name."}, status=404)
    if release is None:
        return _answer(request, context | {"problem": "This site holds no release yet."})
    return _answer(request, context | _card(*columns_of([occupation], picks.found[:1], release)))


def _card(column=None):
    """The ladder, yearly where that is published, and the medians in words; a problem without figures."""
    if column is None or column.wage is None:
        return {"problem": "No pay is published for this occupation in the newest release."}
    ladders = [ladder_of(column.wage, per, column.release, column.place) for per in ("annual", "hourly")]
    return {
        "chart": next(filter(None, map(ladder_chart, ladders)), None),
        "median": column.headline,
        "fallback": column.fallback_sentence,
    }


def _answer(request, context, status=200):
    response = render(request, "salaries/embed.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
