"""What the site says of itself: how it was tested for everyone's use, and what it does not keep."""

from django.conf import settings
from django.shortcuts import render


def accessibility(request):
    context = {"crumbs": [("Accessibility", "")], "contact": contact(settings.SITE_CONTACT)}
    return render(request, "careers/accessibility.html", context)


def privacy(request):
    context = {"crumbs": [("Privacy", "")], "contact": contact(settings.SITE_CONTACT)}
    return render(request, "careers/privacy.html", context)


def contact(told):
    """(words, address) of whom to write to: an e-mail address, a page, or words alone without a link."""
    if not told:
        return None
    if told.startswith(("https://", "http://")):
        return told, told
    return told, f"mailto:{told}" if "@" in told and " " not in told else ""
