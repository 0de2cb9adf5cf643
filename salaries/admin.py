"""The admin for releases and figures: to read, to publish and to take back; no figure is edited."""

import re

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.paginator import Paginator
from django.db import transaction
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.text import capfirst

from careers.admin import LookOnlyAdmin, link_to
from careers.models import Occupation
from salaries.changes import ChangeReport
from salaries.figures import AREA_TYPE_LABELS, MEASURES, PAY_MEASURES, AreaType, Unit, figure_of, format_value
from salaries.models import Area, Industry, IndustryWage, PriceParity, Release, Wage
from salaries.oews.publish import PublishError, publish, rollback
from salaries.oews.words import inspection_lines


@admin.register(Area)
class AreaAdmin(LookOnlyAdmin):
    list_display = ("code", "title", "area_type", "primary_state", "page")
    list_filter = ("area_type",)
    search_fields = ("code", "title", "primary_state")

    @admin.display(description="public page")
    def page(self, obj):
        return link_to(obj)


@admin.register(Industry)
class IndustryAdmin(LookOnlyAdmin):
    list_display = ("code", "title", "level")
    list_filter = ("level",)
    search_fields = ("code", "title")


@admin.register(PriceParity)
class PriceParityAdmin(LookOnlyAdmin):
    list_display = ("area", "year", "all_items", "source")
    list_filter = ("year", "area__area_type")
    list_select_related = ("area", "source")
    search_fields = ("area__code", "area__title", "area__primary_state")
    ordering = ("-year", "area__code")


# --- Releases -------------------------------------------------------------------------------------


@admin.register(Release)
class ReleaseAdmin(LookOnlyAdmin):
    list_display = (
        "period",
        "revision",
        "status",
        "rows",
        "imported_at",
        "published_at",
        "published_by",
        "page",
    )
    list_filter = ("status",)
    list_select_related = ("published_by",)
    actions = ("publish", "take_back")
    change_form_template = "admin/salaries/release/report.html"
    fields = (
        *("period", "revision", "status", "rows", "source", "soc_version", "top_codes"),
        *("imported_at", "imported_by", "published_at", "published_by", "page"),
    )
    readonly_fields = fields

    def has_publish_permission(self, request):
        """Who may move what the public sees: a release's own rows are nobody's to edit."""
        return request.user.has_perm("salaries.change_release")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source").defer("report")

    @admin.display(description="release", ordering="year")
    def period(self, obj):
        return obj.period

    @admin.display(description="rows")
    def rows(self, obj):
        return f"{sum(part['rows'] for part in obj.levels.values()):,}"

    @admin.display(description="top codes")
    def top_codes(self, obj):
        annual = format_value(obj.annual_top_code, Unit.DOLLARS_A_YEAR)
        return f"{annual} a year, {format_value(obj.hourly_top_code_cents, Unit.CENTS_AN_HOUR)} an hour"

    @admin.display(description="public page")
    def page(self, obj):
        return link_to(obj) if self.view_on_site(obj) else "Not public"

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.status == Release.Status.PUBLISHED else None

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        return super().render_change_form(request, {**context, **report_of(obj)}, *args, obj=obj, **kwargs)

    @admin.action(description="Publish", permissions=["publish"])
    def publish(self, request, queryset):
        return self.confirmed(request, queryset, "publish", publish_words, publish_chosen)

    @admin.action(description="Roll back", permissions=["publish"])
    def take_back(self, request, queryset):
        return self.confirmed(request, queryset, "take_back", rollback_words, roll_back_chosen)

    def confirmed(self, request, queryset, action, words, act):
        """Do `act` with the one release chosen, once the editor has said yes on a page of its own."""
        chosen = list(queryset.select_related("source")[:2])
        if len(chosen) != 1:
            return self.message_user(request, "Choose one release at a time.", messages.ERROR)
        release = chosen[0]
        if "confirmed" not in request.POST:
            return TemplateResponse(
                request,
                "admin/salaries/release/confirm.html",
                {
                    **self.admin_site.each_context(request),
                    **report_of(release),
                    "title": f"{words['title']} {release}?",
                    "words": words,
                    "action": action,
                    "release": release,
                    "opts": self.opts,
                    "checkbox": ACTION_CHECKBOX_NAME,
                },
            )
        try:
            self.message_user(request, act(release, request.user), messages.SUCCESS)
        except PublishError as error:
            self.message_user(request, capfirst(str(error)), messages.ERROR)
        return None


publish_words = {
    "title": "Publish",
    "sentence": "Every reader sees its figures at once. It can be rolled back.",
    "button": "Yes, publish it",
}
rollback_words = {
    "title": "Roll back",
    "sentence": "Readers stop seeing it at once, and see the release before it again. Its rows stay, staged.",
    "button": "Yes, roll it back",
}


def publish_chosen(release, user):
    return f"{publish(release, user=user)} is public now."


@transaction.atomic
def roll_back_chosen(release, user):
    """Take back `release`, which must be the one published last; nothing happens where it is not."""
    taken_back, instead = rollback(user=user)
    if taken_back != release:
        raise PublishError(f"{taken_back} was published last: roll that back first.")
    return f"{taken_back} is no longer public; {instead} is."


def report_of(release):
    """What the import said of a release, for its page: rows, figures, and what changed."""
    changes = ChangeReport(release)
    occupations = Occupation.objects.in_bulk(changes.codes, field_name="code")
    areas = Area.objects.in_bulk(changes.area_codes, field_name="code")
    return {
        "levels": [
            {
                "part": part_label(part),
                "rows": f"{level['rows']:,}",
                "files": ", ".join(level.get("files", [])),
            }
            for part, level in release.levels.items()
        ],
        "counts": counts_of(release.report.get("summary", {})),
        "inspection": inspected(release.report.get("inspection")),
        "headline": changes.headline,
        "sections": changes.sections(occupations, areas),
    }


def inspected(inspection):
    """What a careful operator looks at, as import_oews prints it; none where nothing was inspected."""
    return [line.strip() for line in inspection_lines(inspection) if line] if inspection else []


def part_label(part):
    """A key of Release.levels in words: an area type's number, or industries."""
    return AREA_TYPE_LABELS[AreaType(int(part))] if part.isdigit() else part


def counts_of(summary):
    """The last import's counts, each as (words, number); none where it left no summary."""
    if not summary:
        return []
    figures = summary.get("pay_figures", {})
    counts = [("rows read", summary["rows_read"]), ("rows kept", summary["rows_kept"])]
    counts += [(f"rows left out: {why}", count) for why, count in summary["rows_left_out"].items()]
    counts += [
        ("pay figures published", figures.get("published", 0)),
        ("pay figures at or above the top code", figures.get("at_top_code", 0)),
        ("pay figures not published", figures.get("not_published", 0)),
    ]
    return [(words, f"{count:,}") for words, count in counts]


# --- Figures --------------------------------------------------------------------------------------


class CappedPaginator(Paginator):
    """Pages of a table too large to count for every look: it counts no further than `cap` rows."""

    cap = 10_000

    @cached_property
    def count(self):
        return self.object_list.order_by()[: self.cap].count()

    @property
    def is_capped(self):
        return self.count == self.cap


def label_of(measure):
    """A measure in words: "median a year", "location quotient"."""
    return f"{measure.label} {measure.unit}" if measure.name in PAY_MEASURES else measure.label


class FigureAdmin(LookOnlyAdmin):
    """Wages, found by their codes: the tables hold hundreds of thousands of rows."""

    paginator = CappedPaginator
    show_facets = admin.ShowFacets.NEVER  # each would count the table
    list_filter = ("release",)
    list_display_links = ("occupation",)
    readonly_fields = ("figures",)
    place_field = ""
    measures = ()

    def get_search_results(self, request, queryset, search_term):
        """Rows of the codes named, found through the index that begins with release and occupation."""
        codes = search_term.split()
        if not codes:
            return queryset, False
        occupations = [code for code in codes if re.fullmatch(r"[0-9]{2}-[0-9]{4}", code)]
        places = [code for code in codes if code not in occupations]
        found = queryset.filter(release__in=list(Release.objects.values_list("pk", flat=True)))
        if occupations:
            found = found.filter(occupation__in=list(Occupation.objects.filter(code__in=occupations)))
        if places:
            found = found.filter(
                **{f"{self.place_field}__in": list(self.place_model.objects.filter(code__in=places))}
            )
        return found, False

    def figure(self, obj, name):
        return figure_of(obj, name, obj.release, self.place_of(obj)).text

    @admin.display(description="employment")
    def employment_figure(self, obj):
        return self.figure(obj, "employment")

    @admin.display(description="annual median")
    def annual_median_figure(self, obj):
        return self.figure(obj, "annual_median")

    @admin.display(description="hourly median")
    def hourly_median_figure(self, obj):
        return self.figure(obj, "hourly_median")

    @admin.display(description="figures")
    def figures(self, obj):
        rows = [(label_of(MEASURES[name]), self.figure(obj, name)) for name in self.measures]
        return render_to_string("admin/salaries/_figures.html", {"rows": rows})


@admin.register(Wage)
class WageAdmin(FigureAdmin):
    list_display = (
        *("occupation", "area", "release"),
        *("employment_figure", "annual_median_figure", "hourly_median_figure"),
    )
    list_filter = ("release", "area__area_type")
    ordering = ("release_id", "occupation_id", "area_id")  # the unique index's own: nothing is sorted
    list_select_related = ("release__source", "occupation", "area")
    search_fields = ("occupation__code", "area__code")
    search_help_text = "Codes: 29-2072 for an occupation, 0600000 for an area, or both."
    fields = ("release", "occupation", "area", "figures")
    place_field, place_model = "area", Area
    measures = tuple(MEASURES)

    def place_of(self, obj):
        return obj.area.title


@admin.register(IndustryWage)
class IndustryWageAdmin(FigureAdmin):
    list_display = (
        *("occupation", "industry", "release"),
        *("employment_figure", "annual_median_figure", "hourly_median_figure"),
    )
    list_select_related = ("release__source", "occupation", "industry")
    ordering = ("release_id", "occupation_id", "industry_id")
    search_fields = ("occupation__code", "industry__code")
    search_help_text = "Codes: 29-2072 for an occupation, 622000 for an industry, or both."
    fields = ("release", "occupation", "industry", "figures")
    place_field, place_model = "industry", Industry
    measures = ("employment", "annual_median", "hourly_median")

    def place_of(self, obj):
        return f"United States, {obj.industry.title}"
