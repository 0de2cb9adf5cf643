"""The licences that states require for an occupation, as far as an editor has confirmed them."""

from typing import NamedTuple

from careers.state_tiles import NAMES


class Licence(NamedTuple):
    state: str
    name: str
    agency: str
    site: str
    note: str
    checked: object


def licences(rows):
    """Rows by state, or None without any: a state without a row is one that nobody looked up."""
    found = [
        Licence(NAMES.get(row.state, row.state), row.name, row.agency, row.site, row.note, row.checked)
        for row in rows
        if row.checked
    ]
    return sorted(found, key=lambda licence: (licence.state, licence.name)) or None
