"""IPEDS's files of a few real lines of 2024, with lines changed as a test needs.

The columns that nobody may read hold words of the test's own.
"""

import gzip
import zipfile

HD_COLUMNS = (
    "UNITID|INSTNM|CITY|STABBR|ZIP|SECTOR|INSTSIZE|WEBADDR|CYACTIVE|CLOSEDAT|NEWID|LATITUDE|LONGITUD".split(
        "|"
    )
)
HD = """\
100654|Alabama A & M University|Normal|AL|35762|1|3|www.aamu.edu/|1|-2|-2|34.783368|-86.568502
118143|Lyle's College of  Beauty|Fresno|CA|93710|9|1|lylescolleges.com/|1|-2|-2|36.836265|-119.774167
129428|Rensselaer at Hartford|Hartford|CT|06120|2|-2||3|12/22/2023|-2|41.773462|-72.673916
145707|Illinois Eastern Community Colleges|Olney|IL|62450|4|2|https://www.iecc.edu/|1|-2|-2|38.729684|-88.081976
154721|Bethany College|Lindsborg|KS|67456-1897|2|1|https://www.bethanylb.edu/|1|-2|-2|38.580598|-97.673670
202356|Cuyahoga Community College District|Cleveland|OH|44115-2878|4|4|www.tri-c.edu/|1|-2|-2|41.494906|-81.683533
237181|Bethany College|Bethany|WV|26032|2|1|www.bethanywv.edu/|1|-2|-2|40.205819|-80.560056
240745|Guam Community College|Mangilao|GU|96913|1|2|www.guamcc.edu/|1|-2|-2|13.440649|144.808944
242112|Huertas College|Caguas|PR|00725|3|1|www.huertas.edu/|1|-2|-2|18.236147|-66.025572
403469|Frontier Community College|Fairfield|IL|62837|4|-2|https://www.iecc.edu/fcc|3|-2|145707|38.380271|-88.392194
493831|Midwest Barber College|Topeka|KS|66611-2358|9|1|www.midwestbarbercollege.com/|1|02/28/2025|-2|39.000284|-95.689254
498641|I M Beauty School|Glenview|IL|60025|9|1|https://imbeautyschool@gmail.com/|1|-2|-2|42.066686|-87.850383
"""  # noqa: E501
C_COLUMNS = "UNITID|CIPCODE|MAJORNUM|AWLEVEL|CTOTALT".split("|")
C = """\
100654|01.0999|1|5|12
100654|99|1|5|590
118143|12.0401|1|2|16
145707|51.0707|1|2|1
145707|51.3801|1|3|66
154721|52.0201|1|5|5
202356|51.0707|1|3|10
202356|51.3801|1|3|212
202356|99|1|3|2093
237181|52.0201|1|5|7
237181|52.0201|1|7|12
240745|47.0604|1|4|0
240745|52.0201|1|3|7
242112|51.0707|1|3|0
493831|12.0402|1|2|16
493831|12.0413|1|21|1
498641|12.0401|1|2|1
498641|12.0413|1|21|0
"""
PROGRAMS = {
    "01.0999": "Animal Sciences, Other",
    "12.0401": "Cosmetology/Cosmetologist, General",
    "12.0402": "Barbering/Barber",
    "12.0413": "Cosmetology, Barber/Styling, and Nail Instructor",
    "47.0604": "Automobile/Automotive Mechanics Technology/Technician",
    "51.0707": "Health Information/Medical Records Technology/Technician",
    "51.3801": "Registered Nursing/Registered Nurse",
    "52.0201": "Business Administration and Management, General",
}


def hd_text(*, change=(), more=""):
    """The csv of the directory, with officers and tax numbers behind what is read."""
    return _text(HD + more, [*HD_COLUMNS, "CHFNM", "EIN"], ["An Officer, PhD", "000000000"], change)


def c_text(*, change=(), more=""):
    """The csv of completions, with the publisher's other columns behind."""
    return _text(C + more, [*C_COLUMNS, "CTOTALM", "XCTOTALM"], ["3", "R"], change)


def _text(text, columns, rest, change):
    for old, new in change:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    rows = [columns] + [line.split("|") + rest for line in text.splitlines()]
    return "\ufeff" + "".join(",".join(_quoted(cell) for cell in row) + "\r\n" for row in rows)


def _quoted(cell):
    return f'"{cell}"' if "," in cell else cell


def files(folder, *, year=2024, hd=None, c=None):
    """hd2024.csv and c2024_a.csv in a folder; returns their paths."""
    paths = folder / f"hd{year}.csv", folder / f"c{year}_a.csv"
    paths[0].write_text(hd_text() if hd is None else hd, newline="")
    paths[1].write_text(c_text() if c is None else c, newline="")
    return paths


def zipped(path, **members):
    """A zip of the named texts: zipped(path, hd2024_csv=...) holds hd2024.csv."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.removesuffix("_csv") + ".csv", text)
    return path


def gzipped(path, text):
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
    return path
