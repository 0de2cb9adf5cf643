"""What imports brought, to be looked at: sources, seeded tables, projections."""

from django.contrib import admin

from careers.admin.base import LookOnlyAdmin
from careers.models import Projection, SeedTable, Source


@admin.register(Source)
class SourceAdmin(LookOnlyAdmin):
    list_display = ("key", "publisher", "title", "edition", "published", "retrieved")
    search_fields = ("key", "publisher", "title", "short_name", "edition")
    fields = (
        *("key", "publisher", "short_name", "title", "edition", "period", "published", "retrieved"),
        *("files", "url", "licence", "attribution"),
    )


@admin.register(SeedTable)
class SeedTableAdmin(LookOnlyAdmin):
    list_display = ("path", "loaded_at", "sha256")
    search_fields = ("path",)


@admin.register(Projection)
class ProjectionAdmin(LookOnlyAdmin):
    list_display = ("occupation", "span", "employment", "projected_employment", "change_percent", "openings")
    list_display += ("entry_education",)
    list_filter = ("entry_education", "experience", "training")
    list_select_related = ("occupation",)
    search_fields = ("occupation__code", "occupation__title")
    search_help_text = "A code such as 29-2072, or words of its title."
    ordering = ("occupation__code",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("occupation", "source")

    @admin.display(description="years", ordering="base_year")
    def span(self, obj):
        return f"{obj.base_year} to {obj.target_year}"
