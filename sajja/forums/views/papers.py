"""The papers of a forum as PDF."""

from django.http import HttpResponse

from sajja.forums.exports import papers
from sajja.forums.views.attendance import known
from sajja.forums.views.found import found
from sajja.org.door import Request, guarded
from sajja.org.permissions import P
from sajja.web.papers import response


@guarded(P.SEE_FORUMS)
def memo(request: Request, forum: int) -> HttpResponse:
    """Asking for approval, with programme and cost."""
    return response(papers.simple("memo", found(request, P.SEE_FORUMS, forum)), f"forum-{forum}-memo")


@guarded(P.SEE_FORUMS)
def assignment(request: Request, forum: int) -> HttpResponse:
    """Who of the office goes."""
    return response(papers.simple("assignment", found(request, P.SEE_FORUMS, forum)), f"forum-{forum}-assignment")


@guarded(P.SEE_FORUMS)
def invitation(request: Request, forum: int) -> HttpResponse:
    """To the group's chair."""
    return response(papers.simple("invitation", found(request, P.SEE_FORUMS, forum)), f"forum-{forum}-invitation")


@guarded(P.SEE_FORUMS)
def sign_in(request: Request, forum: int) -> HttpResponse:
    """The sheet to sign; ?blank for no names."""
    one = found(request, P.SEE_FORUMS, forum)
    return response(papers.sign_in(one, known(one), blank="blank" in request.GET), f"forum-{forum}-sign-in")


@guarded(P.SEE_FORUMS)
def report(request: Request, forum: int) -> HttpResponse:
    """What came of it, with pictures."""
    return response(papers.report(found(request, P.SEE_FORUMS, forum)), f"forum-{forum}-report")
