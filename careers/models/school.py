"""Schools, what they teach, and which occupations their programs lead to: IPEDS and CIP (NCES)."""

from django.db import models
from django.db.models import Q
from django.utils.text import slugify

from careers.models.occupation import Occupation
from careers.models.source import Source


class Program(models.Model):
    """A field of study of the Classification of Instructional Programs (CIP 2020), at six digits."""

    code = models.CharField(max_length=7, unique=True, help_text="51.0707.")
    title = models.CharField(max_length=200)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="programs")
    occupations = models.ManyToManyField(Occupation, through="ProgramOccupation", related_name="programs")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{2}\.[0-9]{4}$"), name="program_code_is_cip"
            )
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return f"/programs/{self.code}/"


class ProgramOccupation(models.Model):
    """A program that leads to an occupation, by the CIP-SOC crosswalk of NCES and BLS.

    The crosswalk is loose: it joins what a program teaches with what an occupation does, and says
    nothing of how many of those who finish one enter the other.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="leads_to")
    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="comes_from")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="program_occupations")

    class Meta:
        ordering = ["occupation", "program"]
        constraints = [
            models.UniqueConstraint(fields=["program", "occupation"], name="program_occupation_once")
        ]

    def __str__(self):
        return f"{self.program_id} to {self.occupation_id}"


class AwardLevel(models.IntegerChoices):
    """IPEDS's AWLEVEL, in the order of a student's life; `Award.level` holds the publisher's number."""

    CERTIFICATE_UNDER_12_WEEKS = 20, "Certificate of less than 12 weeks"
    CERTIFICATE_UNDER_1_YEAR = 21, "Certificate of 12 weeks to less than 1 year"
    CERTIFICATE_1_TO_2_YEARS = 2, "Certificate of 1 to less than 2 years"
    ASSOCIATE = 3, "Associate's degree"
    CERTIFICATE_2_TO_4_YEARS = 4, "Certificate of 2 to less than 4 years"
    BACHELOR = 5, "Bachelor's degree"
    CERTIFICATE_POST_BACHELOR = 6, "Post-bachelor's certificate"
    MASTER = 7, "Master's degree"
    CERTIFICATE_POST_MASTER = 8, "Post-master's certificate"
    DOCTOR_RESEARCH = 17, "Doctor's degree, research"
    DOCTOR_PROFESSIONAL = 18, "Doctor's degree, professional practice"
    DOCTOR_OTHER = 19, "Doctor's degree, other"


class Sector(models.IntegerChoices):
    """IPEDS's SECTOR: who runs the school and how long its longest programs are."""

    ADMINISTRATIVE = 0, "Administrative unit"
    PUBLIC_4_YEAR = 1, "Public, 4-year or above"
    NONPROFIT_4_YEAR = 2, "Private nonprofit, 4-year or above"
    FOR_PROFIT_4_YEAR = 3, "Private for-profit, 4-year or above"
    PUBLIC_2_YEAR = 4, "Public, 2-year"
    NONPROFIT_2_YEAR = 5, "Private nonprofit, 2-year"
    FOR_PROFIT_2_YEAR = 6, "Private for-profit, 2-year"
    PUBLIC_UNDER_2_YEARS = 7, "Public, less than 2-year"
    NONPROFIT_UNDER_2_YEARS = 8, "Private nonprofit, less than 2-year"
    FOR_PROFIT_UNDER_2_YEARS = 9, "Private for-profit, less than 2-year"
    UNKNOWN = 99, "Sector not known"


class School(models.Model):
    """An institution of IPEDS that gave awards, open or closed (Institutional Characteristics, HD).

    Only what a page shows is read: no officers, no tax numbers. Importers own every field.
    """

    unitid = models.PositiveIntegerField(unique=True, help_text="IPEDS's number.")
    slug = models.SlugField(max_length=120, help_text="From the name; follows the number in addresses.")
    name = models.CharField(max_length=200)
    city = models.CharField(max_length=100)
    state = models.CharField(max_length=2, help_text="Postal code; territories have theirs.")
    zip_code = models.CharField(max_length=10, blank=True)
    sector = models.SmallIntegerField(choices=Sector)
    size = models.CharField(max_length=40, blank=True, help_text="Students, in IPEDS's classes.")
    site = models.URLField(max_length=300, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    is_open = models.BooleanField(default=True, help_text="IPEDS's CYACTIVE.")
    closed = models.DateField(null=True, help_text="IPEDS's CLOSEDAT, where it is a date.")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="schools")

    class Meta:
        ordering = ["name", "unitid"]
        indexes = [models.Index(fields=["state"], name="school_state")]

    def __str__(self):
        return f"{self.name}, {self.city}, {self.state}"

    def get_absolute_url(self):
        return f"/schools/{self.unitid}-{self.slug}/"

    @staticmethod
    def make_slug(name):
        return slugify(name)[:110].strip("-")


class Award(models.Model):
    """What a school gave in one program at one level in one year: first majors (Completions, C_A).

    `completions` 0 means that the school offers it and nobody finished that year.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="awards", db_index=False)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="awards", db_index=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="awards", db_index=False)
    level = models.SmallIntegerField(choices=AwardLevel)
    completions = models.PositiveIntegerField(help_text="Awards from July to June of the source's period.")

    class Meta:
        ordering = ["school", "program", "level"]
        constraints = [
            models.UniqueConstraint(fields=["program", "school", "level"], name="award_once"),
        ]
        indexes = [models.Index(fields=["school"], name="award_school")]

    def __str__(self):
        return f"{self.school_id}, {self.program_id}, {self.level}: {self.completions}"
