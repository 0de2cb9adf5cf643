from careers.models.certification import Certification, CertificationUse, Organization
from careers.models.licence import LicenceRequirement
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
from careers.models.school import Award, AwardLevel, Program, ProgramOccupation, School, Sector
from careers.models.source import SeedTable, Source
from careers.models.title import AlternateTitle
from careers.models.version import DataVersion
from careers.models.work import Interest, InterestProfile, JobZone, RelatedOccupation, Technology

__all__ = [
    "CURRENT_SOC",
    "SECTIONS",
    "AlternateTitle",
    "Award",
    "AwardLevel",
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
    "LicenceRequirement",
    "Occupation",
    "Organization",
    "OutlookWord",
    "Profile",
    "Program",
    "ProgramOccupation",
    "Projection",
    "RelatedOccupation",
    "School",
    "Sector",
    "SeedTable",
    "Source",
    "Technology",
    "Training",
]
