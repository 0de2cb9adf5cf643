"""Credentials that people in an occupation hold, and who issues them. Seeded, then editors'."""

from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from simple_history.models import HistoricalRecords

from careers.models.occupation import Occupation


class Organization(models.Model):
    """An issuer or an accreditor of certifications. Editors own it once they have changed it."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200, unique=True)
    abbreviation = models.CharField(max_length=30, blank=True)
    site = models.URLField(blank=True)
    is_edited = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return f"{self.name} ({self.abbreviation})" if self.abbreviation else self.name


class CertificationQuerySet(models.QuerySet):
    def for_list(self):
        """Rows for the list and its export, with how many occupations each is named for."""
        own = [f.name for f in Certification._meta.fields if f.name not in ("organization", "replaced_by")]
        rows = self.annotate(occupations=models.Count("uses")).order_by("name", "key")
        return rows.values_list(*own, "organization__name", "occupations", named=True)

    def for_page(self):
        return self.select_related("organization", "replaced_by").prefetch_related("accredited_by")


class Certification(models.Model):
    """A credential that somebody earns and keeps; a state's licence is not one.

    The seed writes a row until somebody has changed it here (`is_edited`), and never after. An empty
    field is "not known", never "none". `checked` is empty where no page of the issuer was read.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        RENAMED = "renamed", "Renamed"
        RETIRED = "retired", "Retired: no longer given"

    key = models.SlugField(max_length=60, unique=True, help_text="In its address: rhit.")
    name = models.CharField(max_length=200)
    abbreviation = models.CharField(max_length=30, blank=True)
    former_names = models.CharField(max_length=300, blank=True, help_text="Separated by ;")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="certifications")
    site = models.URLField(blank=True, help_text="The issuer's page for it.")
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces"
    )
    education = models.CharField(max_length=300, blank=True)
    experience = models.CharField(max_length=300, blank=True)
    exam = models.CharField(max_length=300, blank=True)
    membership = models.CharField(max_length=300, blank=True)
    cost = models.CharField(max_length=300, blank=True, help_text="As the issuer publishes it.")
    cost_checked = models.DateField(null=True, blank=True)
    renewal = models.CharField(max_length=300, blank=True)
    accredited_by = models.ManyToManyField(Organization, blank=True, related_name="accredits")
    checked = models.DateField(null=True, blank=True, help_text="When the issuer's page was last read.")
    is_edited = models.BooleanField(default=False, editable=False)

    history = HistoricalRecords(excluded_fields=["is_edited"])
    objects = CertificationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cost="") | Q(cost_checked__isnull=False), name="certification_cost_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=models.F("id")),
                name="certification_does_not_replace_itself",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.abbreviation})" if self.abbreviation else self.name

    def get_absolute_url(self):
        return f"/certifications/{self.key}/"

    @staticmethod
    def make_key(name):
        return slugify(name)[:60].strip("-")


class CertificationUse(models.Model):
    """What a certification is to an occupation."""

    class Relation(models.TextChoices):
        REQUIRED = "required", "Required in some states"
        ASKED = "asked", "Often asked for"
        USEFUL = "useful", "Useful"

    certification = models.ForeignKey(Certification, on_delete=models.CASCADE, related_name="uses")
    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="certification_uses")
    relation = models.CharField(max_length=8, choices=Relation, default=Relation.USEFUL)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["occupation", "relation", "certification"]
        constraints = [
            models.UniqueConstraint(fields=["certification", "occupation"], name="certification_use_once")
        ]

    def __str__(self):
        return f"{self.certification} for {self.occupation}"

    @property
    def rank(self):
        """The place of its relation, required first."""
        return self.Relation.values.index(self.relation)
