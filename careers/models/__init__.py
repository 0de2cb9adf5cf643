from careers.models.certification import Certification, CertificationUse, Organization
from careers.models.occupation import CURRENT_SOC, CodeChange, Level, Occupation
from careers.models.outlook import (
    EducationAttained,
    EntryEducation,
    Experience,
    OutlookWord,
    Projection,
    Training,
)
from careers.models.profile import SECTIONS, Contact, EducationPath, Profile
from careers.models.source import SeedTable, Source
from careers.models.title import AlternateTitle
from careers.models.version import DataVersion
from careers.models.work import Interest, InterestProfile, JobZone, RelatedOccupation, Technology

__all__ = [
    "CURRENT_SOC",
    "SECTIONS",
    "AlternateTitle",
    "Certification",
    "CertificationUse",
    "CodeChange",
    "Contact",
    "DataVersion",
    "EducationAttained",
    "EducationPath",
    "EntryEducation",
    "Experience",
    "Interest",
    "InterestProfile",
    "JobZone",
    "Level",
    "Occupation",
    "Organization",
    "OutlookWord",
    "Profile",
    "Projection",
    "RelatedOccupation",
    "SeedTable",
    "Source",
    "Technology",
    "Training",
]
