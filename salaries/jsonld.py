"""An occupation as schema.org tells it, for search engines: exact figures alone.

A bound, a word for no number and a figure of another place have no place in its vocabulary.
https://schema.org/Occupation, https://schema.org/MonetaryAmountDistribution
"""

DURATION = {"annual": "P1Y", "hourly": "PT1H"}
PROPERTIES = {
    "p10": "percentile10",
    "p25": "percentile25",
    "median": "median",
    "p75": "percentile75",
    "p90": "percentile90",
}


def occupation_document(occupation, url, pay, entry):
    """The document as a dict. `pay` and `entry` are the profile's cards, or None."""
    document = {
        "@context": "https://schema.org",
        "@type": "Occupation",
        "name": occupation.name,
        "url": url,
        "occupationalCategory": {
            "@type": "CategoryCode",
            "inCodeSet": {"@type": "CategoryCodeSet", "name": "Standard Occupational Classification"},
            "codeValue": occupation.code,
            "name": occupation.title,
        },
    }
    salaries = [_distribution(per, pay[per]) for per in DURATION] if pay else []
    if salaries := [salary for salary in salaries if salary]:
        place = pay["annual"][0].place
        document["occupationLocation"] = [{"@type": "Country", "name": place}]
        document["estimatedSalary"] = salaries
    return document | _requirements(entry)


def _distribution(per, ladder):
    """The exact percentiles of a ladder, or None without any; an hour's pay in dollars."""
    exact = {f.measure.name.split("_")[1]: f.export_value for f in ladder if f.is_exact}
    if not exact:
        return None
    first = ladder[0]
    return {
        "@type": "MonetaryAmountDistribution",
        "name": f"{first.source}, {first.place}, {first.period}",
        "currency": "USD",
        "duration": DURATION[per],
        **{PROPERTIES[name]: value for name, value in exact.items()},
    }


def _requirements(entry):
    """BLS's words for the schooling and experience that are typical for entry."""
    if not entry:
        return {}
    education, *others = entry["facts"]
    told = {"educationRequirements": education[1]}
    if others:
        told["experienceRequirements"] = "; ".join(f"{label}: {words}" for label, words in others)
    return told
