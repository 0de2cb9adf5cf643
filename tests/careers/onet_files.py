"""O*NET's text zip of a few real lines of 30.1, with lines changed or tables renamed as a test needs."""

import zipfile

TITLES = {
    "11-3012": "Administrative Services Managers",
    "11-9199": "Managers, All Other",
    "13-1041": "Compliance Officers",
    "13-1111": "Management Analysts",
    "29-1141": "Registered Nurses",
    "29-2072": "Medical Records Specialists",
    "29-9021": "Health Information Technologists and Medical Registrars",
    "31-9094": "Medical Transcriptionists",
}
READ_ME = "O*NET 30.1 Database\r\nDecember 2025 Release\r\n---------------------\r\n"
INTERESTS = {
    "29-2072.00": ["2.86", "4.33", "1.00", "3.38", "1.88", "6.97"],
    "11-9199.01": ["1.75", "2.84", "1.25", "2.64", "6.41", "6.05"],
    "11-9199.02": ["1.92", "2.98", "1.00", "3.10", "5.93", "6.30"],
}
NAMES = ("Realistic", "Investigative", "Artistic", "Social", "Enterprising", "Conventional")


def _interests():
    for code, values in INTERESTS.items():
        for letter, name, value in zip("abcdef", NAMES, values, strict=True):
            yield f"{code}|1.B.1.{letter}|{name}|OI|{value}|11/2023|Machine Learning"
        yield f"{code}|1.B.1.g|First Interest High-Point|IH|6.00|11/2023|Machine Learning"


# Cells between bars here, between tabs in the file.
TABLES = {
    "Alternate Titles": """\
O*NET-SOC Code|Alternate Title|Short Title|Source(s)
11-9199.00|Area Supervisor|n/a|04,06
11-9199.01|Compliance Director|n/a|02,10
29-2072.00|Certified Coding Specialist|n/a|10
29-2072.00|Certified Professional Coder (CPC)|CPC|08,10
29-2072.00|Coder|n/a|02
29-2072.00|Health Information Technician (Health Information Tech)|Health Information Tech|02
29-2072.00|Medical Records Specialist|n/a|10""",
    "Sample of Reported Titles": """\
O*NET-SOC Code|Reported Job Title|Shown in My Next Move
11-9199.01|Compliance Director|Y
29-2072.00|Coder|Y
29-2072.00|Health Information Technician (Health Information Tech)|Y""",
    "Interests": "O*NET-SOC Code|Element ID|Element Name|Scale ID|Data Value|Date|Domain Source\n"
    + "\n".join(_interests()),
    "Job Zones": """\
O*NET-SOC Code|Job Zone|Date|Domain Source
11-9199.01|4|08/2024|Analyst
11-9199.02|4|08/2019|Analyst
11-9199.09|3|08/2021|Analyst
29-2072.00|3|11/2021|Analyst - Preliminary""",
    "Job Zone Reference": """\
Job Zone|Name|Experience
1|Job Zone One: Little or No Preparation Needed|Little
2|Job Zone Two: Some Preparation Needed|Some
3|Job Zone Three: Medium Preparation Needed|Previous
4|Job Zone Four: Considerable Preparation Needed|Considerable
5|Job Zone Five: Extensive Preparation Needed|Extensive""",
    "Related Occupations": """\
O*NET-SOC Code|Related O*NET-SOC Code|Relatedness Tier|Index
11-9199.01|13-1041.07|Primary-Short|1
11-9199.01|11-9199.02|Primary-Short|2
11-9199.01|13-1041.01|Primary-Short|3
11-9199.01|13-1111.00|Primary-Short|4
11-9199.01|11-3012.00|Primary-Long|7
11-9199.02|13-1111.00|Primary-Short|2
11-9199.02|99-1011.00|Primary-Short|3
29-2072.00|31-9094.00|Primary-Short|1
29-2072.00|29-9021.00|Primary-Short|2
29-2072.00|29-1141.00|Supplemental|16
29-2072.00|29-1141.04|Supplemental|20""",
    "Technology Skills": """\
O*NET-SOC Code|Example|Commodity Code|Commodity Title|Hot Technology|In Demand
11-9199.01|Adobe Acrobat|43232202|Document management software|Y|N
11-9199.02|Adobe Acrobat|43232202|Document management software|N|Y
29-2072.00|Epic Systems|43232610|Medical software|Y|Y
29-2072.00|3M Encoder|43232304|Categorization or classification software|N|N""",
}


def onet_zip(path, *, folder="db_30_1_text/", read_me=READ_ME, without=(), extra=(), change=()):
    """A zip in O*NET's layout; returns its path.

    `change` holds (table, old text, new text); the old must be there. `extra` names further members.
    """
    texts = {name: text for name, text in TABLES.items() if name not in without}
    for name, old, new in change:
        assert old in texts[name], f"{old!r} is not in {name}"
        texts[name] = texts[name].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        if read_me is not None:
            archive.writestr(f"{folder}Read Me.txt", read_me)
        for name, text in texts.items():
            data = text if isinstance(text, bytes) else (text.replace("|", "\t") + "\n").encode()
            archive.writestr(f"{folder}{name}.txt", data.replace(b"\n", b"\r\n"))
        for name in extra:
            archive.writestr(f"{folder}{name}", "")
    return path
