"""The second factor: a code of six digits from an authenticator app, behind the password.

Who has one is asked for it; with REQUIRE_2FA=1 who has none sets one up before anything else. Until
the code is given, a session is nobody's: the admin leads to the code, every other page sees a reader.
"""

import segno
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login as verified
from django_otp.plugins.otp_totp.models import TOTPDevice

DUE = "second_factor_due"  # in the session: this user has a device and has not used it yet
OPEN = ("login/", "logout/", "second-factor/")  # under the admin's path: what the code is not asked for


def sign_in(request):
    """The admin's own sign-in, which notes whether a code is still to come."""
    response = admin.site.login(request)
    if request.method == "POST" and request.user.is_authenticated:
        request.session[DUE] = devices(request.user, confirmed=True).exists()
    return response


def second_factor(get_response):
    """Middleware, behind the sign-in: without its code a session is nobody's."""

    def middleware(request):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not is_due(request):
            return get_response(request)
        path = f"/{settings.ADMIN_PATH}"
        if request.path in [path + name for name in OPEN]:
            return get_response(request)
        if request.path.startswith(path):
            return redirect_to_login(request.get_full_path(), reverse("second_factor"))
        request.user = AnonymousUser()
        return get_response(request)

    return middleware


def is_due(request):
    if not request.user.is_authenticated or request.user.is_verified():
        return False
    return settings.REQUIRE_2FA or request.session.get(DUE, False)


def devices(user, *, confirmed):
    return TOTPDevice.objects.filter(user=user, confirmed=confirmed)


@never_cache
@sensitive_post_parameters("code")
@transaction.atomic
def ask(request):
    """Ask for the code; where there is no device yet, show the key to set one up with first."""
    if not (request.user.is_authenticated and request.user.is_staff):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    # Locked, so that one code is not taken twice by two requests at once.
    device = devices(request.user, confirmed=True).select_for_update().first()
    is_new = device is None
    if is_new:
        device = devices(request.user, confirmed=False).select_for_update().first()
        device = device or TOTPDevice.objects.create(user=request.user, name="Authenticator", confirmed=False)
    if request.method == "POST" and device.verify_token(request.POST.get("code", "").replace(" ", "")):
        return let_in(request, device)
    context = {
        **admin.site.each_context(request),
        "title": "Set up a second factor" if is_new else "The code of your authenticator",
        "is_new": is_new,
        "is_wrong": request.method == "POST",
        "is_in_use": request.user.is_verified(),
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    if is_new:
        context |= {"key": key_of(device), "picture": picture_of(device)}
    return TemplateResponse(request, "admin/second_factor.html", context)


def let_in(request, device):
    device.confirmed = True
    device.save()
    verified(request, device)
    request.session[DUE] = False
    request.session.cycle_key()
    there = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    return redirect(there if is_ours else "admin:index")


def key_of(device):
    """The secret as apps take it typed: "JBSW Y3DP ..."."""
    secret = device.config_url.partition("secret=")[2].partition("&")[0]
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def picture_of(device):
    """The same as a QR code: SVG without style or script."""
    picture = segno.make(device.config_url, error="m").svg_inline(scale=4, dark="#000", light="#fff")
    return mark_safe(picture)  # noqa: S308 (the package's own drawing: only coordinates)
