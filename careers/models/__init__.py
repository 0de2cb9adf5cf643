from careers.models.occupation import CURRENT_SOC, CodeChange, Level, Occupation
from careers.models.source import SeedTable, Source

__all__ = ["CURRENT_SOC", "CodeChange", "Level", "Occupation", "SeedTable", "Source"]
