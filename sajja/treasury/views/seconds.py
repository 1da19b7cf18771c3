"""Second persons: who has a PIN, setting and clearing it, what waits for a signature, its slip, confirming."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.treasury.actions import seconds as acts
from sajja.treasury.forms import cash as forms
from sajja.treasury.forms.choices import key_of, named
from sajja.treasury.models import Pin, Second
from sajja.treasury.queries import seconds as queries
from sajja.treasury.signing import same_person
from sajja.treasury.views.vouchers import KEPT
from sajja.web import clock
from sajja.web.once import submit

HERE = "treasury:money"
SECONDS = Second.objects.select_related("kept__group__unit__parent", "kept__book", "committee", "member")


@guarded(P.SEE_ACCOUNTS)
def unconfirmed(request: Request, book: int) -> HttpResponse:
    """Every signature that is still awaited, the oldest first."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    page = Paginator(SECONDS.filter(kept=kept, confirmed_at__isnull=True).order_by("asked_at", "pk"), 50).get_page(
        request.GET.get("page")
    )
    rows = [(second, queries.address_of(second)) for second in page]
    may_keep = holds(request.user, P.KEEP_BOOKS, kept.group.unit)
    return render(
        request,
        "treasury/seconds/unconfirmed.html",
        {
            "kept": kept,
            "here": HERE,
            "page": page,
            "rows": rows,
            "may_keep": may_keep,
            "unvouched": queries.unvouched([kept.group_id])[kept.group_id],
        },
    )


@guarded(P.SEE_ACCOUNTS)
def slip(request: Request, second: int) -> HttpResponse:
    """Half a page of A4 to sign."""
    found = find(request, P.SEE_ACCOUNTS, SECONDS, pk=second)
    context = {"kept": found.kept, "here": HERE, "second": found, "about": queries.told(found), "back": queries.address_of(found)}
    return render(request, "treasury/seconds/slip.html", context)


@guarded(P.KEEP_BOOKS)
@sensitive_post_parameters()
def confirm_second(request: Request, second: int) -> HttpResponse:
    """That the person signed the slip, or gives the PIN after all."""
    found = find(request, P.KEEP_BOOKS, SECONDS, pk=second)
    form = forms.ConfirmForm(found, request.POST or None)
    back = queries.address_of(found)

    def do() -> str:
        acts.confirm_second(by=request.user, second=found, proof=form.proof, **form.cleaned_data)
        messages.success(request, _("ยืนยันแล้ว"))
        return back

    context = {"kept": found.kept, "second": found, "about": queries.told(found), "form": form, "back": back}
    return submit(request, form, do) or render(request, "treasury/seconds/confirm.html", context)


@guarded(P.SEE_ACCOUNTS)
def pins(request: Request, book: int) -> HttpResponse:
    """Who has a PIN."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    have = {(pin.committee_id, pin.member_id): pin for pin in Pin.objects.filter(group=kept.group).exclude(hash="")}
    people = [(key_of(p), named(p), have.get(queries.person_key(p))) for p in forms.people_of(kept)]
    unit = kept.group.unit
    context = {
        "kept": kept, "here": HERE, "people": people, "now": clock.now(), "may_keep": holds(request.user, P.KEEP_BOOKS, unit),
        "may_clear": holds(request.user, P.APPROVE_BOOKS, unit),
    }  # fmt: skip
    return render(request, "treasury/seconds/pins.html", context)


@guarded(P.KEEP_BOOKS)
@sensitive_post_parameters()
def set_pin(request: Request, book: int) -> HttpResponse:
    """A person sets his own six digits on this phone."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = forms.PinForm(kept, request.POST or None, person=request.GET.get("person", ""))
    back = reverse("treasury:pins", args=[book])

    def do() -> str:
        acts.set_pin(by=request.user, group=kept.group, person=form.whose, pin=form.cleaned_data["pin_new"], proof=form.proof)
        messages.success(request, _("ตั้งรหัสแล้ว ใช้ได้เลย จำไว้คนเดียว อย่าบอกใคร"))
        return back

    return submit(request, form, do) or render(
        request, "treasury/seconds/set_pin.html", {"kept": kept, "here": HERE, "form": form, "back": back}
    )


@guarded(P.SEE_ACCOUNTS)
def vouch_pin(request: Request, pin: int) -> HttpResponse:
    """The person himself, or the chair who asked him, says that a PIN set on another's account is his."""
    found = find(request, P.SEE_ACCOUNTS, Pin.objects.select_related("group__unit__parent", "committee", "member"), pk=pin)
    himself = same_person(found.name, request.user.full_name)
    may = himself or holds(request.user, P.APPROVE_BOOKS, found.group.unit)
    if request.method == "POST" and not may:
        raise PermissionDenied
    kept = queries.book_of(found)
    form = forms.NothingForm(request.POST if request.method == "POST" else None)
    back = reverse("treasury:pins", args=[kept.book_id])

    def do() -> str:
        acts.vouch_pin(by=request.user, pin=found)
        messages.success(request, _("รับรองรหัสแล้ว"))
        return back

    signed = [(second, queries.address_of(second)) for second in queries.doubtful(found).select_related("kept").order_by("pk")]
    context = {
        "kept": kept,
        "here": HERE,
        "pin": found,
        "form": form,
        "back": back,
        "may": may,
        "signed": signed,
        "himself": himself,
    }
    return submit(request, form, do) or render(request, "treasury/seconds/vouch.html", context)


@guarded(P.APPROVE_BOOKS)
def forget_pin(request: Request, pin: int) -> HttpResponse:
    """The chair clears a PIN that was forgotten."""
    found = find(request, P.APPROVE_BOOKS, Pin.objects.select_related("group__unit__parent", "committee", "member"), pk=pin)
    form = forms.ForgetForm(request.POST or None)
    kept = queries.book_of(found)
    back = reverse("treasury:pins", args=[kept.book_id])

    def do() -> str:
        acts.forget_pin(by=request.user, pin=found, **form.cleaned_data)
        messages.success(request, _("ล้างรหัสแล้ว ให้เจ้าตัวตั้งใหม่"))
        return back

    return submit(request, form, do) or render(
        request, "treasury/seconds/forget.html", {"kept": kept, "pin": found, "form": form, "back": back}
    )
