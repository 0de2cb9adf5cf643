from careers.tables.base import LeanTable
from careers.tables.columns import FigureColumn, LinkColumn, NumberColumn, TextColumn, figure_cell

__all__ = [
    "FigureColumn",
    "LeanTable",
    "LinkColumn",
    "NumberColumn",
    "TextColumn",
    "figure_cell",
]
