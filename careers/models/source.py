from django.db import models


class Source(models.Model):
    """One edition of one publisher's data: what a figure's "source" names.

    Importers own every field. `files` maps each file that was read to its sha256,
    so that anyone can check that they hold the same one.
    """

    key = models.SlugField(max_length=60, unique=True, help_text="For example oews-2025.")
    publisher = models.CharField(max_length=120, help_text="For example U.S. Bureau of Labor Statistics.")
    short_name = models.CharField(max_length=40, help_text="How a page names it beside a figure: BLS OEWS.")
    title = models.CharField(max_length=200)
    edition = models.CharField(max_length=60, help_text="For example May 2025.")
    period = models.CharField(max_length=60, help_text="When the figures were true, for example May 2025.")
    published = models.DateField(null=True, blank=True)
    retrieved = models.DateField(null=True, blank=True)
    files = models.JSONField(default=dict, help_text="File name to sha256.")
    url = models.URLField(blank=True)
    licence = models.CharField(max_length=200)
    attribution = models.TextField(blank=True)

    class Meta:
        ordering = ["key"]

    def __str__(self):
        return f"{self.short_name}, {self.edition}"

    @property
    def cited(self):
        """How a page names it beside a fact: "BLS EP 2024-34", "O*NET 30.1"."""
        is_named = self.edition in self.short_name
        return self.short_name if is_named else f"{self.short_name} {self.edition}"

    @property
    def asks_for_words(self):
        """Whether its licence asks for an attribution in words of its own beside each use."""
        return bool(self.attribution) and not self.licence.startswith("Public domain")


class SeedTable(models.Model):
    """A table under data/ that is already in the database, so that a second seed loads nothing."""

    path = models.CharField(max_length=200, unique=True, help_text="Relative to data/.")
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["path"]

    def __str__(self):
        return self.path
