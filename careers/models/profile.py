"""What editors write of an occupation, and the ways into it. Seeded from data/profiles/."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from careers.models.occupation import Occupation
from careers.models.source import Source


class Contact(models.TextChoices):
    """How much of the work is contact with patients, or with bodily fluids."""

    NONE = "none", "None"
    LIGHT = "light", "Light"
    MODERATE = "moderate", "Moderate"
    HEAVY = "heavy", "Heavy"


# The sections of a profile's prose, in the order of the page: field, heading in data/profiles/.
SECTIONS = {
    "what_they_do": "What they do",
    "duties": "Duties",
    "specialties": "Specialties",
    "work_setting": "Where and when they work",
    "how_to_enter": "How to become one",
    "licences": "Licences",
    "advancement": "Advancement",
    "qualities": "Qualities that help",
    "forces": "Why jobs are gained or lost",
    "scope": "Scope",
}


class ProfileQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Profile.Status.PUBLISHED)


class Profile(models.Model):
    """The prose of one occupation, in Markdown, in our own words. Editors own every field.

    The seed writes a profile until somebody has changed it here (`is_edited`), and never after.
    Figures are not typed into the prose but named, {{ annual_median }}, so that none goes stale.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft: seen by editors only"
        PUBLISHED = "published", "Published"

    occupation = models.OneToOneField(Occupation, on_delete=models.CASCADE, related_name="profile")
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT)
    reviewed = models.DateField(null=True, blank=True, help_text="When the facts were last checked.")
    sources = models.ManyToManyField(
        Source, blank=True, related_name="profiles", help_text="What the facts were checked against."
    )
    is_edited = models.BooleanField(
        default=False, editable=False, help_text="Changed here since it was seeded: the seed leaves it alone."
    )

    summary = models.TextField(
        blank=True, help_text="Two to four sentences of our own on what these people do."
    )
    what_they_do = models.TextField(blank=True)
    duties = models.TextField(blank=True, help_text="A list; each line starts with a verb.")
    specialties = models.TextField(blank=True, help_text="A list: **Name**: what is different about it.")
    work_setting = models.TextField("where and when they work", blank=True)
    how_to_enter = models.TextField("how to become one", blank=True)
    licences = models.TextField(blank=True, help_text="In general terms: states differ.")
    advancement = models.TextField(blank=True)
    qualities = models.TextField("qualities that help", blank=True, help_text="A list: **Name**: why.")
    forces = models.TextField(
        "why jobs are gained or lost", blank=True, help_text="The forces at work; no figure, no verdict."
    )
    scope = models.TextField(blank=True, help_text="What the code covers, and where its neighbours are.")
    patient_contact = models.CharField(max_length=8, choices=Contact, blank=True)
    patient_contact_reason = models.CharField(max_length=300, blank=True)
    bodily_fluids = models.CharField("contact with bodily fluids", max_length=8, choices=Contact, blank=True)
    bodily_fluids_reason = models.CharField(max_length=300, blank=True)

    history = HistoricalRecords(excluded_fields=["is_edited"])
    objects = ProfileQuerySet.as_manager()

    class Meta:
        ordering = ["occupation"]

    def __str__(self):
        return f"Profile of {self.occupation}"

    @property
    def is_full(self):
        """Whether it says more than its summary."""
        return any(getattr(self, field) for field in SECTIONS)


class EducationPath(models.Model):
    """One way of schooling or training into an occupation, as its profile tells it."""

    class Level(models.TextChoices):
        """What the path ends with; a doctorate includes first professional degrees (MD, JD)."""

        SCHOOL = "school", "High school or less"
        TRAINING = "training", "Training without a credential"
        CERTIFICATE = "certificate", "Postsecondary certificate"
        APPRENTICESHIP = "apprenticeship", "Apprenticeship"
        ASSOCIATE = "associate", "Associate's degree"
        BACHELOR = "bachelor", "Bachelor's degree"
        MASTER = "master", "Master's degree"
        DOCTORATE = "doctorate", "Doctoral or professional degree"
        POSTDOCTORAL = "postdoctoral", "Residency or fellowship"

    class Standing(models.TextChoices):
        USUAL = "usual", "Usual"
        ACCEPTED = "accepted", "Accepted"
        PREFERRED = "preferred", "Preferred"

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="paths")
    position = models.PositiveSmallIntegerField(default=0)
    level = models.CharField(max_length=14, choices=Level)
    standing = models.CharField(max_length=9, choices=Standing, default=Standing.USUAL)
    name = models.CharField(max_length=200)
    length = models.CharField(max_length=100, blank=True, help_text="What is usual: 9 months to 1 year.")
    courses = models.JSONField(default=list, blank=True, help_text='["Anatomy", "Medical terminology"]')
    leads_to = models.CharField(max_length=300, blank=True)
    programs = models.JSONField(default=list, blank=True, help_text='CIP 2020 codes: ["51.0713"]')

    class Meta:
        ordering = ["profile", "position"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="education_path_has_a_name"),
        ]

    def __str__(self):
        return self.name
