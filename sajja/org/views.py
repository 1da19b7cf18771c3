"""The pages of the org room: villages, people and posts, zones, and the demonstration's chooser."""

from typing import Any

from allauth.account.views import LoginView
from allauth.core import ratelimit
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sajja.org import actions, papers, queries
from sajja.org.actions import inviting
from sajja.org.appointing import may_give, roles_to_invite
from sajja.org.door import Request, find, guarded, holds, open_to_all, own_account
from sajja.org.forms import AcceptForm, ChangePasswordForm, EndSessionsForm, InviteForm, VillageForm
from sajja.org.inviting import code_of
from sajja.org.models import Invitation, Kind, Person, Unit
from sajja.org.permissions import P
from sajja.web import clock
from sajja.web.fields import SajjaForm
from sajja.web.once import submit

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SHOWN = 50
"""A page shows no more invitations than this, the newest."""


@guarded(P.SEE_PLACES)
def villages(request: Request, unit: int) -> HttpResponse:
    """The subdistricts of a district with the villages typed in so far."""
    district = find(request, P.SEE_PLACES, Unit.objects.filter(kind=Kind.DISTRICT), pk=unit)
    context = {
        "district": district,
        "subdistricts": queries.villages_by_subdistrict(district),
        "may_add": holds(request.user, P.ADD_VILLAGE, district),
        "may_see_people": holds(request.user, P.SEE_PEOPLE, district),
    }
    return render(request, "org/villages.html", context)


@guarded(P.ADD_VILLAGE)
def village_new(request: Request, unit: int) -> HttpResponse:
    """Type in a village of this subdistrict."""
    subdistrict = find(request, P.ADD_VILLAGE, Unit.objects.filter(kind=Kind.SUBDISTRICT).select_related("parent"), pk=unit)
    form = VillageForm(request.POST or None)

    def do() -> str:
        village = actions.add_village(by=request.user, subdistrict=subdistrict, **form.cleaned_data)
        messages.success(request, _("เพิ่ม%s แล้ว") % village.short_name)
        return reverse("org:village_new", args=[subdistrict.pk])

    context = {"subdistrict": subdistrict, "form": form, "there": queries.children(subdistrict).order_by("path")}
    return submit(request, form, do) or render(request, "org/village_new.html", context)


@guarded(P.SEE_PEOPLE)
def people(request: Request, unit: int) -> HttpResponse:
    """Who holds which post at a unit today, and who held one before."""
    found = find(request, P.SEE_PEOPLE, Unit.objects.all(), pk=unit)
    now = list(queries.posts_at(found))
    context = {"unit": found, "now": now, "before": queries.posts_before(found), "below": queries.offices_below(found)}
    context["may_invite"] = bool(roles_to_invite(request.user, found))
    return render(request, "org/people.html", context)


@guarded(P.APPOINT)
def invitations(request: Request, unit: int) -> HttpResponse:
    """Whom this office has asked to take a post: what is open, and what came of the others."""
    found = find(request, P.APPOINT, Unit.objects.all(), pk=unit)
    asked = list(queries.invitations_to(found)[:SHOWN])
    context = {
        "unit": found,
        "open": [one for one in asked if one.state == "open"],
        "closed": [one for one in asked if one.state != "open"],
        "may_invite": bool(roles_to_invite(request.user, found)),
    }
    return render(request, "org/invitations.html", context)


@guarded(P.APPOINT)
def invite(request: Request, unit: int) -> HttpResponse:
    """Ask someone to take a post at this unit; leads to the code to hand over."""
    found = find(request, P.APPOINT, Unit.objects.all(), pk=unit)
    form = InviteForm(roles_to_invite(request.user, found), request.POST or None, initial={"starts": clock.today()})

    def do() -> str:
        made = inviting.invite(by=request.user, unit=found, **form.cleaned_data)
        return reverse("org:invitation", args=[made.pk])

    return submit(request, form, do) or render(request, "org/invite.html", {"unit": found, "form": form})


@guarded(P.APPOINT)
def invitation(request: Request, invitation: int) -> HttpResponse:
    """The code of an open invitation, to send or to print; it can be called in here."""
    found = find(request, P.APPOINT, Invitation.objects.select_related("unit", "by"), pk=invitation)
    form = SajjaForm(request.POST or None)

    def do() -> str:
        inviting.call_in_invitation(by=request.user, invitation=found)
        messages.success(request, _("เรียกคืนคำเชิญแล้ว รหัสนี้ใช้ไม่ได้อีก"))
        return reverse("org:invitations", args=[found.unit_id])

    if answer := submit(request, form, do):
        return answer
    context: dict[str, Any] = {"invitation": found, "unit": found.unit, "form": form}
    if found.state == "open" and may_give(request.user, found.role, found.unit):
        code = code_of(found.nonce)
        link = f"{papers.origin()}{reverse('org:invited', args=[code])}"
        context |= {"code": code, "link": link}
    return render(request, "org/invitation.html", context)


@open_to_all
def invited(request: HttpRequest, invited: str) -> HttpResponse:
    """Who holds the code of an invitation takes the post: with the account signed in to, or with a new one. 404 where no office made it."""
    found = queries.invitation_by(invited)
    if found is None:
        raise Http404
    person = request.user if isinstance(request.user, Person) else None
    form = SajjaForm(request.POST or None) if person else AcceptForm(request.POST or None, initial={"full_name": found.full_name})

    def do() -> str:
        inviting.accept_invitation(by=person, invitation=found, **form.cleaned_data)
        words = _("รับตำแหน่งแล้ว") if person else _("ตั้งบัญชีแล้ว เข้าสู่ระบบด้วยชื่อผู้ใช้และรหัสผ่านที่เพิ่งตั้ง")
        messages.success(request, words)
        return reverse("desk:home") if person else reverse("account_login")

    context = {"invitation": found, "form": form, "own": person, "sign_in": f"{reverse('account_login')}?next={request.path}"}
    return submit(request, form, do) or render(request, "org/invited.html", context)


@guarded(P.SEE_PLACES)
def zones(request: Request) -> HttpResponse:
    """The inspection zones with their provinces, each with the days from and to which it belongs there."""
    zones = queries.zone_scheme()
    provinces = {province.pk for _zone, spans in zones for span in spans for province in span.provinces}
    return render(request, "org/zones.html", {"zones": zones, "provinces": len(provinces)})


@own_account
def sessions(request: Request) -> HttpResponse:
    """Where I am signed in now; one or all others can be ended."""
    form = EndSessionsForm(request.POST or None)
    here = str(request.session.session_key)

    def do() -> str:
        ended = actions.end_sessions(by=request.user, keep=here, **form.cleaned_data)
        messages.success(request, _("ให้ออกจากระบบแล้ว %s เครื่อง") % ended)
        return reverse("org:sessions")

    context = {"form": form, "here": here, "sessions": queries.open_sessions(request.user)}
    return submit(request, form, do) or render(request, "org/sessions.html", context)


@own_account
def password(request: Request) -> HttpResponse:
    """Change one's own password; the old one is not guessed at here without end."""
    form = ChangePasswordForm(request.POST or None)

    def do() -> str:
        given, keep = form.cleaned_data, str(request.session.session_key)
        actions.change_password(by=request.user, old=given["password_old"], new=given["password_new"], keep=keep)
        return reverse("desk:account")

    # counted before the act, whose refusal would take the count back with it
    if (
        request.method == "POST"
        and form.is_valid()
        and not ratelimit.consume(request, action="change_password", user=request.user)
    ):
        form.add_error(None, _("ลองบ่อยเกินไป รอ 1 นาทีแล้วลองใหม่"))
    if answer := submit(request, form, do):
        request.user.refresh_from_db()
        update_session_auth_hash(request, request.user)
        UserSession.objects.create_from_request(request)  # this session goes on under a new key
        messages.success(request, _("เปลี่ยนรหัสผ่านแล้ว เครื่องอื่นของท่านออกจากระบบแล้ว"))
        return answer
    return render(request, "org/password.html", {"form": form})


class SignIn(LoginView):  # type: ignore[misc]
    """Name and password; in demonstration mode also whom to try it as."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds `choices`, a post of each demonstration account."""
        choices = queries.demonstration_posts() if settings.DEMONSTRATION else []
        return super().get_context_data(**kwargs) | {"choices": choices}  # type: ignore[no-any-return]


sign_in = open_to_all(SignIn.as_view())


@open_to_all
@require_POST
def try_as(request: HttpRequest, person: int) -> HttpResponse:
    """Sign in as one of the demonstration's people; outside demonstration mode this does not exist."""
    chosen = [post.person for post in queries.demonstration_posts() if post.person_id == person] if settings.DEMONSTRATION else []
    if not chosen:
        raise Http404
    login(request, chosen[0], backend=BACKEND)
    return redirect(settings.LOGIN_REDIRECT_URL)


@open_to_all
def paper(request: HttpRequest, paper: str) -> HttpResponse:
    """What the code on a paper says: anyone who holds the paper may see whether it is ours. 404 where it is not."""
    stamp = papers.read(paper)
    unit = Unit.objects.filter(path=stamp.path).first() if stamp else None
    kind = papers.KINDS.get(stamp.kind) if stamp else None
    context = {"stamp": stamp, "unit": unit, "above": unit.ancestors()[1:-1] if unit else [], "kind": kind}
    return render(request, "org/paper.html", context, status=200 if kind and unit else 404)
