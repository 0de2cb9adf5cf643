"""data/organizations.csv, certifications.csv and certification_occupations.csv: checked and loaded.

A certification that an editor has changed is left alone, and so are its occupations.
"""

import csv
from datetime import date

from careers.models import Certification, CertificationUse, Occupation, Organization
from salaries.oews.problem import BadInput, Problem

RELATIONS = {choice.label.lower(): choice.value for choice in CertificationUse.Relation}
WORDS = ("name", "abbreviation", "former_names", "site", "status", "education", "experience", "exam")
WORDS += ("membership", "cost", "renewal")
DATES = ("cost_checked", "checked")
FIELDS = (*WORDS, *DATES, "organization")


class _Table:
    """A table being checked: its rows with their lines, and what is wrong with it."""

    def __init__(self, path, key):
        self.file, self.problems, self.rows = path.name, [], {}
        with path.open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            for row in reader:
                if (row_key := tuple(row[name] for name in key)) in self.rows:
                    self.refuse(reader.line_num, key[0], row[key[0]], "this row stands twice: keep one.")
                self.rows[row_key] = (reader.line_num, row)

    def refuse(self, line, column, value, reason):
        self.problems.append(Problem(self.file, line, column, value, reason))

    def known(self, column, values, where, *, empty=False):
        """Refuse each cell of a column that is not among `values`."""
        for line, row in self.rows.values():
            for key in several(row[column]) or ([] if empty else [""]):
                if key not in values:
                    self.refuse(line, column, key, f"{where} has none such: add it, or mend this cell.")

    def sites(self):
        for line, row in self.rows.values():
            if row["site"] and not row["site"].startswith("https://"):
                self.refuse(line, "site", row["site"], "an address begins with https://.")

    def dates(self):
        """Turn the dates of every row into dates, None where empty."""
        for line, row in self.rows.values():
            for column in DATES:
                try:
                    row[column] = date.fromisoformat(row[column]) if row[column] else None
                except ValueError:
                    self.refuse(line, column, row[column], "a date is written 2026-11-22.")
            if row["cost"] and not row["cost_checked"]:
                self.refuse(line, "cost_checked", "", "a cost needs the date on which it was read.")


def load_certifications(folder):
    """Bring the three tables into the database, in the caller's transaction.

    Returns the keys of the certifications that were left to their editors. Raises BadInput.
    """
    organizations = _Table(folder / "organizations.csv", ["key"])
    certifications = _Table(folder / "certifications.csv", ["key"])
    uses = _Table(folder / "certification_occupations.csv", ["certification", "occupation_code"])
    _check(organizations, certifications, uses)
    _load_organizations(organizations)
    edited = set(Certification.objects.filter(is_edited=True).values_list("key", flat=True))
    rows = [row for (key,), (_, row) in certifications.rows.items() if key not in edited]
    _load_rows(rows)
    _load_uses([row for _, row in uses.rows.values() if row["certification"] not in edited])
    return sorted(edited)


def _check(organizations, certifications, uses):
    issuers = {key for (key,) in organizations.rows}
    keys = {key for (key,) in certifications.rows}
    codes = set(Occupation.objects.current().values_list("code", flat=True))
    for table in (organizations, certifications):
        table.sites()
    certifications.dates()
    certifications.known("organization", issuers, "organizations.csv")
    certifications.known("accredited_by", issuers, "organizations.csv", empty=True)
    certifications.known("replaced_by", keys, "this table", empty=True)
    certifications.known("status", Certification.Status.values, "the list of active, renamed, retired")
    uses.known("certification", keys, "certifications.csv")
    uses.known("occupation_code", codes, "today's classification")
    uses.known("relation", RELATIONS, f"the list of {', '.join(RELATIONS)}")
    problems = organizations.problems + certifications.problems + uses.problems
    if problems:
        raise BadInput(problems)


def _load_organizations(table):
    edited = set(Organization.objects.filter(is_edited=True).values_list("key", flat=True))
    Organization.objects.bulk_create(
        [Organization(**row) for (key,), (_, row) in table.rows.items() if key not in edited],
        update_conflicts=True, unique_fields=["key"], update_fields=["name", "abbreviation", "site"],
    )  # fmt: skip


def _load_rows(rows):
    issuers = {o.key: o for o in Organization.objects.all()}
    Certification.objects.filter(is_edited=False).exclude(key__in=[row["key"] for row in rows]).delete()
    Certification.objects.bulk_create(
        [
            Certification(
                key=row["key"], organization=issuers[row["organization"]],
                **{name: row[name] for name in WORDS + DATES},
            )
            for row in rows
        ],
        update_conflicts=True, unique_fields=["key"], update_fields=FIELDS,
    )  # fmt: skip
    saved = Certification.objects.in_bulk(field_name="key")
    for row in rows:
        saved[row["key"]].replaced_by = saved.get(row["replaced_by"])
    Certification.objects.bulk_update([saved[row["key"]] for row in rows], ["replaced_by"])
    through = Certification.accredited_by.through
    through.objects.filter(certification__is_edited=False).delete()
    through.objects.bulk_create(
        through(certification_id=saved[row["key"]].pk, organization_id=issuers[key].pk)
        for row in rows
        for key in several(row["accredited_by"])
    )


def several(cell):
    """The keys of a cell that may hold several: "ncca;anab"."""
    return [key for key in cell.split(";") if key]


def _load_uses(rows):
    keys = dict(Certification.objects.values_list("key", "id"))
    occupations = dict(Occupation.objects.current().values_list("code", "id"))
    CertificationUse.objects.filter(certification__is_edited=False).delete()
    CertificationUse.objects.bulk_create(
        CertificationUse(
            certification_id=keys[row["certification"]], occupation_id=occupations[row["occupation_code"]],
            relation=RELATIONS[row["relation"]], note=row["note"],
        )
        for row in rows
    )  # fmt: skip
