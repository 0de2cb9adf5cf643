"""Areas: the places for which OEWS publishes figures."""

from django.db import models
from django.db.models import Q
from django.utils.text import slugify

from salaries.figures import AreaType

NATION = "0000000"
STATE_TYPES = (AreaType.STATE, AreaType.TERRITORY)


class AreaQuerySet(models.QuerySet):
    def states(self):
        """The states, the District of Columbia and the territories, by name."""
        return self.filter(area_type__in=STATE_TYPES).order_by("title")

    def states_and_nation(self):
        """What a metro falls back on."""
        return self.filter(Q(area_type__in=STATE_TYPES) | Q(code=NATION))

    def named(self, *texts):
        """Areas that one of the texts names exactly: see Area.is_named."""
        exact = Q()
        for text in texts:
            exact |= Q(slug=text.lower()) | Q(code=text) | Q(title__iexact=text)
            exact |= Q(primary_state=text.upper(), area_type__in=[*STATE_TYPES, AreaType.NATION])
        return self.filter(exact).order_by("area_type", "code") if texts else self.none()

    def near(self, text):
        """Areas whose titles hold every word of the text: what a reader may have meant."""
        words = Q()
        for word in text.replace(",", " ").split()[:8]:
            words &= Q(title__icontains=word)
        return self.filter(words).order_by() if words else self.none()


class Area(models.Model):
    """A place for which OEWS publishes figures."""

    code = models.CharField(max_length=7, unique=True, help_text="0000000, 0600000, 0010180, 0100001.")
    area_type = models.PositiveSmallIntegerField(choices=[(t.value, t.label) for t in AreaType])
    title = models.CharField(max_length=120, help_text="Akron, OH")
    slug = models.SlugField(max_length=130, unique=True)
    primary_state = models.CharField(max_length=2, help_text="Postal code; US for the nation.")

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["area_type", "title"]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{7}$"), name="area_code_is_seven_digits"),
            models.CheckConstraint(
                condition=Q(area_type__in=[t.value for t in AreaType]), name="area_type_is_known"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/areas/{self.slug}/"

    @property
    def is_state(self):
        return self.area_type in STATE_TYPES

    def is_named(self, text):
        """Whether the text is this area's address, code or title, or a state's postal code."""
        names = {self.slug, self.code, self.title.casefold()}
        if self.is_state or self.area_type == AreaType.NATION:
            names.add(self.primary_state.casefold())
        return text.casefold() in names

    @staticmethod
    def make_slug(title):
        return slugify(title)[:120].strip("-")
