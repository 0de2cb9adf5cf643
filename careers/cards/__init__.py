"""What the occupation's page says, made from rows: the view asks for them, the templates print.

Each function makes one card, or None where there is nothing to say.
"""

from careers.cards.names import Relative
from careers.cards.pay import pay
from careers.cards.standing import standing
from careers.cards.tables import employers, relatives, states
from careers.cards.years import years

__all__ = ["Relative", "employers", "pay", "relatives", "standing", "states", "years"]
