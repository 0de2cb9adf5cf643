"""What the work is like, as O*NET rates it; each row says how O*NET made it."""

from django.db import models
from django.db.models import Q

from careers.models.occupation import Occupation
from careers.models.source import Source


class Interest(models.TextChoices):
    """Holland's six kinds of interest."""

    REALISTIC = "realistic", "Realistic: working with things"
    INVESTIGATIVE = "investigative", "Investigative: working with ideas and evidence"
    ARTISTIC = "artistic", "Artistic: making and expressing"
    SOCIAL = "social", "Social: helping and teaching people"
    ENTERPRISING = "enterprising", "Enterprising: leading and persuading"
    CONVENTIONAL = "conventional", "Conventional: keeping order and records"


class InterestProfile(models.Model):
    """How much an occupation suits each kind of interest, from 1 to 7 (O*NET Interests, scale OI).

    Where O*NET rates several specialties of one SOC code and none for the code itself, the means.
    """

    occupation = models.OneToOneField(Occupation, on_delete=models.CASCADE, related_name="interests")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="interest_profiles")
    realistic = models.DecimalField(max_digits=3, decimal_places=2)
    investigative = models.DecimalField(max_digits=3, decimal_places=2)
    artistic = models.DecimalField(max_digits=3, decimal_places=2)
    social = models.DecimalField(max_digits=3, decimal_places=2)
    enterprising = models.DecimalField(max_digits=3, decimal_places=2)
    conventional = models.DecimalField(max_digits=3, decimal_places=2)
    strongest = models.CharField(max_length=13, choices=Interest, help_text="The highest of the six.")
    made_by = models.CharField(max_length=40, help_text="O*NET's word: Machine Learning.")
    period = models.CharField(max_length=20, help_text="When O*NET made it: November 2023.")

    class Meta:
        ordering = ["occupation"]

    def __str__(self):
        return f"{self.occupation_id}: {self.strongest}"


class JobZone(models.Model):
    """How much preparation an occupation takes, from 1, little, to 5, extensive (O*NET Job Zones).

    An occupation has several where O*NET's specialties of it differ.
    """

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="job_zones")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="job_zones")
    zone = models.PositiveSmallIntegerField()
    made_by = models.CharField(max_length=40, help_text="O*NET's word: Analyst.")
    period = models.CharField(max_length=20)

    class Meta:
        ordering = ["occupation", "zone"]
        constraints = [
            models.UniqueConstraint(fields=["occupation", "zone"], name="job_zone_once"),
            models.CheckConstraint(condition=Q(zone__gte=1, zone__lte=5), name="job_zone_is_one_to_five"),
        ]

    def __str__(self):
        return f"{self.occupation_id}: {self.zone}"


class RelatedOccupationQuerySet(models.QuerySet):
    def for_profile(self, occupation_id):
        """The occupations most like one, the most alike first, as rows with their entry education."""
        other = ("id", "code", "title", "display_title", "slug", "projection__entry_education")
        rows = self.filter(occupation=occupation_id).order_by("rank")
        return rows.values_list("other_id", "source_id", *(f"other__{n}" for n in other[1:]), named=True)


class RelatedOccupation(models.Model):
    """An occupation that O*NET holds to be like another, the most alike first."""

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="related")
    other = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="related_to")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="related_occupations")
    rank = models.PositiveSmallIntegerField()
    tier = models.CharField(
        max_length=14, help_text="O*NET's word: Primary-Short, Primary-Long, Supplemental."
    )

    objects = RelatedOccupationQuerySet.as_manager()

    class Meta:
        ordering = ["occupation", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["occupation", "other"], name="related_occupation_once"),
            models.CheckConstraint(
                condition=~Q(occupation=models.F("other")), name="related_occupation_is_another"
            ),
        ]

    def __str__(self):
        return f"{self.occupation_id}: {self.other_id}"


class Technology(models.Model):
    """Software or equipment that people in an occupation use (O*NET Technology Skills)."""

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="technologies")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="technologies")
    name = models.CharField(max_length=150)
    category = models.CharField(max_length=100, help_text="The UNSPSC commodity: Medical software.")
    is_hot = models.BooleanField(help_text="Often named in job postings of all occupations.")
    is_in_demand = models.BooleanField(help_text="Often named in job postings of this occupation.")

    class Meta:
        ordering = ["occupation", "name"]
        constraints = [
            models.UniqueConstraint(fields=["occupation", "name", "category"], name="technology_once")
        ]

    def __str__(self):
        return self.name
