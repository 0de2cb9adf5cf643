from careers.models.occupation import CodeChange, Level, Occupation
from careers.models.source import SeedTable, Source

__all__ = ["CodeChange", "Level", "Occupation", "SeedTable", "Source"]
