"""data/profiles/*.md, one file an occupation: read, checked, and brought into the editors' tables.

A file is YAML front matter between two lines of ---, then the summary, then sections under the
headings of careers.models.SECTIONS in their order. Every problem names its file and line; with
any, nothing is written. A profile that an editor has changed is left alone.
"""

import re
from datetime import date
from typing import NamedTuple

import yaml

from careers.models import SECTIONS, Contact, EducationPath, Occupation, Profile, Source
from careers.prose import FIGURE_NAMES, named_figures
from salaries.oews.problem import BadInput, Problem

HEADINGS = {heading: field for field, heading in SECTIONS.items()}
CONTACTS = ("patient_contact", "bodily_fluids")
KEYS = {"code", "reviewed", "sources", "paths", *CONTACTS}
PATH_KEYS = {"level", "standing", "name", "length", "courses", "leads_to", "programs"}
PROSE = ("summary", *SECTIONS)
FIELDS = (*PROSE, "reviewed", "status", *CONTACTS, *(f"{name}_reason" for name in CONTACTS))


class ProfileRecord(NamedTuple):
    """One file, checked: the profile's fields, its paths' fields and the keys of its sources."""

    code: str
    fields: dict
    paths: list
    sources: list


class _Reader:
    """One file being read: what it says, and what is wrong with it."""

    def __init__(self, path):
        self.file = path.name
        self.problems = []
        self.lines = path.read_text(encoding="utf-8").split("\n")
        self.key_lines = {}

    def refuse(self, line, column, value, reason):
        self.problems.append(Problem(self.file, line, column, str(value), reason))

    def record(self):
        """The file's ProfileRecord, or None with `problems` told."""
        end = self._end_of_front_matter()
        if end is None:
            return None
        told = self._front_matter(end)
        fields = self._prose(end)
        if told is None:
            return None
        self._keys(told, KEYS, "")
        fields["reviewed"] = self._reviewed(told)
        fields["status"] = Profile.Status.PUBLISHED
        for name in CONTACTS:
            fields |= self._contact(name, told.get(name))
        sources = [str(key) for key in told.get("sources") or []]
        if not sources:
            self.refuse(self._line("sources"), "sources", "", "name what the facts were checked against.")
        return ProfileRecord(self._code(told), fields, self._paths(told.get("paths") or []), sources)

    def _end_of_front_matter(self):
        """The index of the line that closes the front matter."""
        if self.lines[0].strip() != "---":
            self.refuse(1, "", self.lines[0], "a profile begins with a line of ---, then code, reviewed ...")
            return None
        for index, line in enumerate(self.lines[1:], 1):
            if line.strip() == "---":
                return index
        self.refuse(1, "", "", "the front matter is not closed: put a line of --- after it.")
        return None

    def _front_matter(self, end):
        text = "\n".join(self.lines[1:end])
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
            told = yaml.safe_load(text)
        except (yaml.YAMLError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            why = getattr(error, "problem", None) or str(error)
            self.refuse(mark.line + 2 if mark else 1, "", "", f"the front matter is not YAML: {why}.")
            return None
        if not isinstance(told, dict):
            self.refuse(2, "", text[:60], "the front matter is lines of key: value.")
            return None
        self.key_lines = {key.value: key.start_mark.line + 2 for key, _ in node.value}
        return told

    def _line(self, key):
        return self.key_lines.get(key, 1)

    def _keys(self, told, known, what):
        for key in told.keys() - known:
            words = f"{what} has no such key; known are {', '.join(sorted(known))}.".strip()
            self.refuse(self._line(key), str(key), "", words)

    def _code(self, told):
        code = str(told.get("code", ""))
        if f"{code}.md" != self.file:
            self.refuse(self._line("code"), "code", code, "the file is named by its code: 29-2072.md.")
        return code

    def _reviewed(self, told):
        reviewed = told.get("reviewed")
        if not isinstance(reviewed, date):
            self.refuse(self._line("reviewed"), "reviewed", reviewed or "", "give a date: 2026-11-22.")
        return reviewed

    def _contact(self, name, told):
        if told is None:
            return {name: "", f"{name}_reason": ""}
        level, reason = (told.get("level"), told.get("reason")) if isinstance(told, dict) else (told, "")
        if level not in Contact.values:
            words = f"level is one of {', '.join(Contact.values)}."
            self.refuse(self._line(name), name, level or "", words)
        if not reason:
            self.refuse(self._line(name), name, "", "say why in one sentence: reason.")
        return {name: level, f"{name}_reason": reason or ""}

    def _paths(self, told):
        if not isinstance(told, list) or not all(isinstance(path, dict) for path in told):
            self.refuse(self._line("paths"), "paths", "", "paths is a list; each has level, standing, name.")
            return []
        return [self._path(path) for path in told]

    def _path(self, told):
        self._keys(told, PATH_KEYS, "a path")
        for name, choices in (("level", EducationPath.Level), ("standing", EducationPath.Standing)):
            if told.get(name) not in choices.values:
                words = f"a path's {name} is one of {', '.join(choices.values)}."
                self.refuse(self._line("paths"), name, told.get(name, ""), words)
        if not told.get("name"):
            self.refuse(self._line("paths"), "name", "", "a path has a name.")
        for name in ("courses", "programs"):
            if not isinstance(told.get(name, []), list):
                self.refuse(self._line("paths"), name, told[name], f"{name} is a list.")
        words = {
            name: str(told.get(name) or "") for name in ("level", "standing", "name", "length", "leads_to")
        }
        return words | {name: [str(x) for x in told.get(name) or []] for name in ("courses", "programs")}

    def _prose(self, end):
        """{field: Markdown} of the summary and the sections."""
        fields, field, order = dict.fromkeys(PROSE, ""), "summary", list(HEADINGS)
        begun = end + 1
        for number, line in enumerate(self.lines[end + 1 :], end + 2):
            if not line.startswith("## "):
                fields[field] += f"{line}\n"
                self._figures(number, line)
                continue
            self._close(field, fields, begun)
            heading = line[3:].strip()
            if heading not in order:
                known = "repeated or out of order" if heading in HEADINGS else "not known"
                self.refuse(number, "", heading, f"heading {known}; the order is: {', '.join(HEADINGS)}.")
                field, begun = "summary", number
                continue
            field, begun, order = HEADINGS[heading], number, order[order.index(heading) + 1 :]
        self._close(field, fields, begun)
        return {name: text.strip() for name, text in fields.items()}

    def _close(self, field, fields, line):
        if not fields[field].strip():
            what = SECTIONS.get(field, "the summary")
            self.refuse(line, "", what, "nothing is written here: write it, or leave the heading out.")

    def _figures(self, number, line):
        for name in named_figures(line):
            if name not in FIGURE_NAMES:
                words = f"no such figure; known are {', '.join(FIGURE_NAMES)}."
                self.refuse(number, "", f"{{{{ {name} }}}}", words)


def read_profiles(folder):
    """A ProfileRecord for each file of the folder; raises BadInput with every problem."""
    records, problems = [], []
    for path in sorted(folder.glob("*.md")):
        if not re.fullmatch(r"\d\d-\d{4}\.md", path.name):
            problems.append(Problem(path.name, None, "", "", "a profile is named by its code: 29-2072.md."))
            continue
        reader = _Reader(path)
        record = reader.record()
        problems += reader.problems
        records.append(record)
    if problems:
        raise BadInput(problems)
    return records


def load_profiles(folder):
    """Bring the folder into the database, in the caller's transaction; editors' profiles stay.

    Returns the codes of the profiles that were left to their editors.
    """
    records = {record.code: record for record in read_profiles(folder)}
    occupations, sources = _keys(records)
    edited = set(Profile.objects.filter(is_edited=True).values_list("occupation__code", flat=True))
    wanted = [record for code, record in records.items() if code not in edited]
    Profile.objects.filter(is_edited=False).exclude(occupation__code__in=records).delete()
    Profile.objects.bulk_create(
        [Profile(occupation_id=occupations[r.code], **r.fields) for r in wanted],
        update_conflicts=True, unique_fields=["occupation"], update_fields=FIELDS, batch_size=200,
    )  # fmt: skip
    keys = dict(Profile.objects.values_list("occupation__code", "id"))
    EducationPath.objects.filter(profile__is_edited=False).delete()
    EducationPath.objects.bulk_create(
        EducationPath(profile_id=keys[record.code], position=position, **path)
        for record in wanted
        for position, path in enumerate(record.paths, 1)
    )
    through = Profile.sources.through
    through.objects.filter(profile__is_edited=False).delete()
    through.objects.bulk_create(
        through(profile_id=keys[record.code], source_id=sources[key])
        for record in wanted
        for key in dict.fromkeys(record.sources)
    )
    return sorted(edited & records.keys())


def _keys(records):
    """Code to occupation and key to source, in primary keys; raises BadInput for those unknown."""
    occupations = dict(Occupation.objects.current().values_list("code", "id"))
    sources = dict(Source.objects.values_list("key", "id"))
    problems = [
        Problem(f"{code}.md", None, "code", code, "no occupation of today's classification has this code.")
        for code in records
        if code not in occupations
    ] + [
        Problem(f"{code}.md", None, "sources", key, "no source has this key: see data/sources.csv.")
        for code, record in records.items()
        for key in record.sources
        if key not in sources
    ]
    if problems:
        raise BadInput(problems)
    return occupations, sources
