"""Preview: the whole site as it would be with a staged release, for one signed-in editor.

The editor's session says which release; for the length of a request it stands in its year's place
(`ReleaseQuerySet.shown`). Readers are not touched: without a session cookie nothing is looked up.
"""

from contextvars import ContextVar

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

SESSION_KEY = "previewed_release"
_previewed = ContextVar("previewed_release", default=None)


def previewed():
    """The staged Release that this request shows in its year's place, or None."""
    return _previewed.get()


def preview(get_response):
    """Middleware, behind the session and the sign-in."""

    def middleware(request):
        request.preview = release_of(request)
        token = _previewed.set(request.preview)
        try:
            return get_response(request)
        finally:
            _previewed.reset(token)

    return middleware


def release_of(request):
    """The release that the editor's session asks for; None for readers, and once it is public."""
    from salaries.models import Release  # here, because the models ask this module

    if settings.SESSION_COOKIE_NAME not in request.COOKIES or SESSION_KEY not in request.session:
        return None
    if not request.user.has_perm("salaries.view_release"):
        return None
    staged = Release.objects.filter(status=Release.Status.STAGED, pk=request.session[SESSION_KEY])
    return staged.defer("report").first()


@require_POST
@permission_required("salaries.view_release")
def start(request, pk):
    """Show this editor the site with a staged release."""
    from salaries.models import Release

    release = get_object_or_404(Release, pk=pk, status=Release.Status.STAGED)
    request.session[SESSION_KEY] = release.pk
    return redirect(release)


@require_POST
def stop(request):
    """Back to the public site."""
    request.session.pop(SESSION_KEY, None)
    messages.info(request, "The preview has ended: these are the figures that the public sees.")
    return redirect("admin:salaries_release_changelist")
