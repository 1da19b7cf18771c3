"""Once: a form or a call that is sent again is answered again, never done again.

The receipt row (person + route + UUID) is inserted first, in the same transaction as the act: two at the same
moment meet at its unique constraint, and only an act that succeeded leaves one. The view has found its thing and
passed the door before it comes here, so a replay passes the door too.
"""

import hmac
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render

from sajja.lib.refusals import Refused
from sajja.web import clock, transactions
from sajja.web.models import Receipt

NOT_CONTENT = {"csrfmiddlewaretoken", "once"}
SECRET = ("pin", "password")
"""Fields that begin so are neither hashed into a receipt nor shown again."""


def submit(request: HttpRequest, form: forms.BaseForm, do: Callable[[], Any]) -> HttpResponse | None:
    """The answer of the act, or None where the form must be shown (a GET, a wrong field, a refusal)."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return once(request, do)
    except Refused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal.message))
        return None


def once(request: HttpRequest, do: Callable[[], Any]) -> HttpResponse:
    """Do the act of this request one time and go where `do` says; a replay goes there without doing it.

    Answers 400 where the request carries no UUID, 409 where the same UUID comes with other content.
    """
    try:
        uuid = UUID(request.POST.get("once", ""))
    except ValueError:
        return HttpResponseBadRequest("ไม่มีรหัสประจำแบบฟอร์ม โปรดเปิดหน้าใหม่แล้วส่งอีกครั้ง")
    key = {"person_key": person_key(request), "route": route(request), "uuid": uuid}
    content = content_hash(request)
    try:
        location = transactions.run(lambda: _do_first(key, content, do))
    except IntegrityError:
        receipt = Receipt.objects.filter(**key).first()
        if receipt is None:
            raise
        if receipt.content_hash != content:
            return render(request, "web/conflict.html", {"receipt": receipt, "sent": sent(request)}, status=409)
        location = receipt.location
    return HttpResponseRedirect(location)


def _do_first(key: dict[str, Any], content: str, do: Callable[[], Any]) -> str:
    receipt = Receipt.objects.create(**key, content_hash=content, at=clock.now())
    receipt.location = str(do())
    receipt.save(update_fields=["location"])
    return receipt.location


def person_key(request: HttpRequest) -> str:
    """A plain stable key of who asks; receipts outlive accounts, so it is no foreign key."""
    return f"person:{request.user.pk}" if request.user.is_authenticated else "nobody"


def route(request: HttpRequest) -> str:
    """The route and its thing: the same UUID on another thing is another act."""
    return request.path[:120]


def sent(request: HttpRequest) -> list[tuple[str, str]]:
    """What this request carries, for a person to compare."""
    shown = [name for name in sorted(request.POST) if name not in NOT_CONTENT and not name.startswith(SECRET)]
    return [(name, ", ".join(request.POST.getlist(name))) for name in shown]


def content_hash(request: HttpRequest) -> str:
    """A keyed hash over the fields and the files' own bytes: nobody can try out what a form with a national ID held."""
    digest = hmac.new(settings.SECRET_KEY.encode(), repr(sent(request)).encode(), "sha256")
    for name in sorted(request.FILES):
        for upload in request.FILES.getlist(name):
            digest.update(f"{name}:{upload.size}:".encode())
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
    return digest.hexdigest()
