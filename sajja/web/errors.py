"""Pages for what went wrong: they say what happened and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: the page stood open too long, or cookies are off."""
    return render(request, "web/csrf.html", status=403)
