"""What the occupation's page says, made from rows: the view asks for them, the templates print.

Each function makes one card, or None where there is nothing to say.
"""

from careers.cards.certifications import certifications
from careers.cards.contents import contents
from careers.cards.entry import attained, entry, paths
from careers.cards.first import first, named
from careers.cards.ladder import ladder
from careers.cards.licences import licences
from careers.cards.names import Relative
from careers.cards.outlook import aggregate_note, outlook, projection_of
from careers.cards.pay import pay
from careers.cards.prose import contacts, missing, prose
from careers.cards.similar import similar
from careers.cards.standing import standing
from careers.cards.tables import employers, relatives, states
from careers.cards.titles import titles
from careers.cards.work import interests, job_zone, technologies
from careers.cards.years import years

__all__ = [
    "Relative",
    "aggregate_note",
    "attained",
    "certifications",
    "contacts",
    "contents",
    "employers",
    "entry",
    "first",
    "interests",
    "job_zone",
    "ladder",
    "licences",
    "missing",
    "named",
    "outlook",
    "paths",
    "pay",
    "projection_of",
    "prose",
    "relatives",
    "similar",
    "standing",
    "states",
    "technologies",
    "titles",
    "years",
]
