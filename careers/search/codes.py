"""Codes as people type them: 29-2072, 292072, 29-2072.00, "soc 29-2072", and beginnings such as 29-20."""

import re

_CODE = re.compile(
    r"(?:(?:soc|o\*?net|onet-soc|oews|oes|bls)?\s*(?:code)?\s*[:#]?\s*)"
    r"([0-9]{2})[\s.\-\u2010-\u2015]?([0-9]{0,4})(?:\.?([0-9]{2}))?",
    re.IGNORECASE,
)


def code_of(typed):
    """(code or its beginning, O*NET's two digits or "") of a query that is a code and nothing else, or None.

    >>> code_of("SOC 29-2072"), code_of("29-1141.03"), code_of("29-20"), code_of("90 day nurse")
    (('29-2072', ''), ('29-1141', '03'), ('29-20', ''), None)
    """
    found = _CODE.fullmatch(typed.strip())
    if not found:
        return None
    head, tail, specialty = found.groups()
    if specialty and len(tail) < 4:
        return None
    return f"{head}-{tail}" if tail else head, specialty or ""
