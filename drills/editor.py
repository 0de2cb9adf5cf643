"""An editor at work: signs in, and changes the name of an organization, which readers' pages show."""

import http.client
import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from benchmarks.measure import CannotMeasure, connect

ORGANIZATION, CERTIFICATION = "ahima", "/certifications/rhit/"
NAME = "American Health Information Management Association"
ADMIN = "/admin/careers/organization/"
FORM = "application/x-www-form-urlencoded"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Editor:
    """Signs in with a browser's cookies. Answers are (status, text)."""

    def __init__(self, port, name, password):
        self.port, self.name, self.password = port, name, password
        self.cookies = {}
        self.form = None

    def sign_in(self):
        """302 where the password is right."""
        _, page = self.ask("GET", "/admin/login/")
        token = TOKEN.search(page)
        if token is None:  # the page says why there is no form
            return self.ask("GET", "/admin/login/")
        asked = {"username": self.name, "password": self.password, "csrfmiddlewaretoken": token[1]}
        return self.ask("POST", "/admin/login/", asked)

    def open_form(self):
        """Open the organization's form, as an editor has before a database goes away."""
        _, found = self.ask("GET", f"{ADMIN}?q={ORGANIZATION}")
        link = re.search(rf'href="({ADMIN}\d+/change/)', found)
        if link is None:
            raise CannotMeasure(f"the editor finds no {ORGANIZATION} in the admin")
        status, page = self.ask("GET", link[1])
        token = TOKEN.search(page)
        if status != 200 or token is None:
            raise CannotMeasure(f"the editor's form answered {status}")
        self.form = link[1], token[1]

    def save(self, name):
        """302 where it is saved."""
        path, token = self.form
        asked = {"name": name, "abbreviation": "AHIMA", "site": "https://www.ahima.org/"}
        return self.ask("POST", path, asked | {"csrfmiddlewaretoken": token, "_save": "Save"})

    def ask(self, method, path, form=None):
        connection = connect(self.port)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        try:
            connection.request(
                method, path, urlencode(form) if form else None, headers | {"Content-Type": FORM}
            )
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as broken:
            return 0, f"broken: {type(broken).__name__}"
        finally:
            connection.close()
        for said in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(said).items()}
        return response.status, text


def names_shown(text):
    """The organization's name as a reader's page shows it, with the number that the drill added."""
    return re.findall(rf"{NAME}(?: \d+)?", text)
