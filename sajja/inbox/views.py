"""One's own messages, and where the digest of the day goes."""

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.inbox import actions
from sajja.inbox.forms import MailForm, PlainForm
from sajja.inbox.models import Message
from sajja.inbox.queries import address_of, messages_of
from sajja.org.door import Request, signed_in
from sajja.web.once import submit

PER_PAGE = 20


@signed_in
def inbox(request: Request) -> HttpResponse:
    """Those not read first; ?show=unread leaves the others out. A fixed number of queries."""
    unread_only = request.GET.get("show") == "unread"
    found = messages_of(request.user, unread_only=unread_only)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "unread_only": unread_only, "unread": request.user.unread}
    return render(request, "inbox/messages.html", context)


@signed_in
def message(request: Request, message: int) -> HttpResponse:
    """One of one's own messages; read once one says so, and then on to what it is about."""
    found = Message.objects.filter(person=request.user, pk=message).first()
    if found is None:
        notices.info(request, _("ไม่มีข้อความนี้ในกล่องของท่าน"))
        return redirect("inbox:messages")
    form = PlainForm(request.POST or None)
    if done := submit(request, form, lambda: _read(request, found)):
        return done
    return render(request, "inbox/message.html", {"message": found, "form": form})


def _read(request: Request, found: Message) -> str:
    actions.read_message(by=request.user, message=found)
    return found.link or reverse("inbox:messages")


@signed_in
def read_all(request: Request) -> HttpResponse:
    """Everything there is now is read."""
    form = PlainForm(request.POST or None)
    if done := submit(request, form, lambda: _read_all(request)):
        return done
    return render(
        request, "inbox/read_all.html", {"form": form, "unread": request.user.unread, "back": reverse("inbox:messages")}
    )


def _read_all(request: Request) -> str:
    count = actions.read_all(by=request.user)
    notices.success(request, _("อ่านแล้ว %d ข้อความ") % count)
    return reverse("inbox:messages")


@signed_in
def mail(request: Request) -> HttpResponse:
    """Where one's digest goes, and when."""
    there = address_of(request.user)
    initial = {"address": there.address, "hour": there.hour, "deadlines_only": there.deadlines_only} if there else None
    form = MailForm(request.POST or None, initial=initial)
    if done := submit(request, form, lambda: _choose(request, form)):
        return done
    return render(request, "inbox/mail.html", {"form": form, "back": reverse("inbox:messages")})


def _choose(request: Request, form: MailForm) -> str:
    chosen = actions.choose_mail(by=request.user, **form.values())
    notices.success(request, _("บันทึกแล้ว จะส่งสรุปวันละครั้ง") if chosen else _("บันทึกแล้ว ไม่ส่งทางอีเมล"))
    return reverse("inbox:messages")
