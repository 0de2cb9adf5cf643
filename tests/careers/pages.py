"""What the tests of pages share: a page as one line of text, and its tables without their markup."""

import re
from urllib.parse import urlencode

from config.limits import QUERY


def page(client, address, *, status=200, **headers):
    response = client.get(address, headers=headers or None)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def status_of(parameters):
    """What any query is answered with: a page, but for those that are too long to be looked at."""
    return 414 if len(urlencode(parameters, doseq=True)) > QUERY else 200


def section(html, name):
    """The part of a page from the heading with this id to the end of its section."""
    return html.split(f'id="{name}"')[1].split("</section>")[0]


def rows(html):
    """The cells of the first table's body, row by row, as words."""
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    lines = [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body)
    ]
    return [[words(cell) for cell in line] for line in lines]


def words(html):
    return " ".join(re.sub(r"<[^>]+>", "", html).split())
