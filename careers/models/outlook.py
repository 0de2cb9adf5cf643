"""How an occupation is changing, and the schooling of those in it: BLS Employment Projections."""

from django.db import models

from careers.models.occupation import Occupation
from careers.models.source import Source


class EntryEducation(models.TextChoices):
    """The schooling that BLS assigns as typical for entry, least first (Tables 1.2 and 5.4)."""

    NONE = "none", "No formal educational credential"
    HIGH_SCHOOL = "high_school", "High school diploma or equivalent"
    SOME_COLLEGE = "some_college", "Some college, no degree"
    CERTIFICATE = "certificate", "Postsecondary nondegree award"
    ASSOCIATE = "associate", "Associate's degree"
    BACHELOR = "bachelor", "Bachelor's degree"
    MASTER = "master", "Master's degree"
    DOCTORATE = "doctorate", "Doctoral or professional degree"


class Experience(models.TextChoices):
    """Work in a related occupation that BLS assigns as usual before entry."""

    NONE = "none", "None"
    UNDER_FIVE = "under_five", "Less than 5 years"
    FIVE_OR_MORE = "five_or_more", "5 years or more"


class Training(models.TextChoices):
    """Training on the job that BLS assigns as usual to become able to do the work."""

    NONE = "none", "None"
    SHORT = "short", "Short-term on-the-job training"
    MODERATE = "moderate", "Moderate-term on-the-job training"
    LONG = "long", "Long-term on-the-job training"
    INTERNSHIP = "internship", "Internship/residency"
    APPRENTICESHIP = "apprenticeship", "Apprenticeship"


class OutlookWord(models.Model):
    """One step of an edition's scale of words: "faster than average" from 5 percent on.

    BLS moves the thresholds with each edition, so a word is worked out and never stored with a
    projection. The percentage is rounded to a whole number first, halves away from zero, as BLS does.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="outlook_words")
    word = models.CharField(max_length=60, help_text="For example: Faster than average.")
    slug = models.SlugField(max_length=60, help_text="In addresses: faster-than-average.")
    at_least_percent = models.SmallIntegerField(
        null=True, help_text="The lowest whole percentage that is called so; empty for the lowest word."
    )

    class Meta:
        ordering = ["source", models.F("at_least_percent").asc(nulls_first=True)]
        constraints = [models.UniqueConstraint(fields=["source", "slug"], name="outlook_word_once")]

    def __str__(self):
        return self.word


class Projection(models.Model):
    """What BLS projects for one occupation over ten years (Table 1.2, with Table 1.10's separations).

    Employment counts jobs, the self-employed included, published in tenths of thousands. A null is
    "not published". The site holds one edition at a time. Aggregates that stand for several detailed
    codes carry their own code, 31-1120.
    """

    occupation = models.OneToOneField(Occupation, on_delete=models.CASCADE, related_name="projection")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="projections")
    base_year = models.PositiveSmallIntegerField()
    target_year = models.PositiveSmallIntegerField()
    employment = models.PositiveIntegerField(null=True, help_text="Jobs in the base year.")
    projected_employment = models.PositiveIntegerField(null=True, help_text="Jobs in the target year.")
    change = models.IntegerField(null=True, help_text="Jobs more or fewer, as published.")
    change_percent = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    openings = models.PositiveIntegerField(null=True, help_text="A year, on average over the ten years.")
    labor_force_exits = models.PositiveIntegerField(null=True, help_text="People a year who stop working.")
    occupational_transfers = models.PositiveIntegerField(
        null=True, help_text="People a year who move to another occupation."
    )
    self_employed_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    entry_education = models.CharField(max_length=12, choices=EntryEducation, blank=True)
    experience = models.CharField(max_length=12, choices=Experience, blank=True)
    training = models.CharField(max_length=14, choices=Training, blank=True)

    class Meta:
        ordering = ["occupation"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(target_year__gt=models.F("base_year")), name="projection_looks_ahead"
            ),
        ]

    def __str__(self):
        return f"{self.occupation_id}, {self.base_year} to {self.target_year}"


class EducationAttained(models.Model):
    """The schooling of people of 25 and over who work in an occupation, in percent (Table 5.3).

    The shares are the publisher's, rounded to tenths, and need not sum to 100.
    """

    occupation = models.OneToOneField(Occupation, on_delete=models.CASCADE, related_name="education_attained")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="education_attained")
    period = models.CharField(max_length=20, help_text="When people were asked: 2022 to 2023.")
    less_than_high_school = models.DecimalField(max_digits=4, decimal_places=1)
    high_school = models.DecimalField(max_digits=4, decimal_places=1)
    some_college = models.DecimalField(max_digits=4, decimal_places=1)
    associate = models.DecimalField(max_digits=4, decimal_places=1)
    bachelor = models.DecimalField(max_digits=4, decimal_places=1)
    master = models.DecimalField(max_digits=4, decimal_places=1)
    doctorate = models.DecimalField(max_digits=4, decimal_places=1)

    class Meta:
        ordering = ["occupation"]

    def __str__(self):
        return f"{self.occupation_id}"
