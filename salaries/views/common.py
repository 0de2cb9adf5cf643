"""What the pages of pay share."""

from django.shortcuts import render


def no_release(request, *, section):
    """The page to show while the site holds no published release."""
    return render(request, "salaries/no_release.html", {"section": section})
