from salaries.models.area import NATION, STATE_TYPES, Area
from salaries.models.price import PriceParity
from salaries.models.release import NEW_METHOD_YEAR, Change, Release, ReleaseTitle
from salaries.models.wage import (
    ALL_OCCUPATIONS,
    FIGURE_FIELDS,
    FLAGS,
    LADDER_FIELDS,
    Industry,
    IndustryWage,
    Wage,
)

__all__ = [
    "ALL_OCCUPATIONS",
    "FIGURE_FIELDS",
    "FLAGS",
    "LADDER_FIELDS",
    "NATION",
    "NEW_METHOD_YEAR",
    "STATE_TYPES",
    "Area",
    "Change",
    "Industry",
    "IndustryWage",
    "PriceParity",
    "Release",
    "ReleaseTitle",
    "Wage",
]
