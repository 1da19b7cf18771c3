"""The register of breaches: one is recorded, its clock seen, the letter printed, who was told written down, closed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.org.door import Request, guarded
from sajja.org.permissions import P
from sajja.privacy import actions, forms
from sajja.privacy.clock72 import standing
from sajja.privacy.exports import breach_letter
from sajja.privacy.models import Breach
from sajja.web import clock
from sajja.web.fields import SajjaForm
from sajja.web.once import submit
from sajja.web.papers import response

PAGE = 50
BREACHES = Breach.objects.select_related("by")


@guarded(P.KEEP_BREACHES)
def breaches(request: Request) -> HttpResponse:
    """Every breach, the newest first, with its clock."""
    now = clock.now()
    rows = [(one, standing(one.known_at, one.told_office_at, now)) for one in BREACHES.order_by("-known_at", "-pk")]
    return render(request, "privacy/breaches.html", {"page": Paginator(rows, PAGE).get_page(request.GET.get("page"))})


@guarded(P.KEEP_BREACHES)
def new(request: Request) -> HttpResponse:
    """Something got out."""
    form = forms.BreachForm(request.POST or None, initial={"day": clock.today()})

    def do() -> str:
        given = {name: value for name, value in form.cleaned_data.items() if name not in {"day", "time"}}
        made = actions.record_breach(by=request.user, known_at=form.moment, **given)
        messages.success(request, _("บันทึกแล้ว นับ 72 ชั่วโมงจากเวลาที่รู้เหตุ"))
        return reverse("privacy:breach", args=[made.pk])

    context = {"form": form, "back": reverse("privacy:breaches"), "what": "new"}
    return submit(request, form, do) or render(request, "privacy/act.html", context)


@guarded(P.KEEP_BREACHES)
def breach(request: Request, breach: int) -> HttpResponse:
    """One breach: the clock, what is known, what was done, what comes next."""
    found = get_object_or_404(BREACHES, pk=breach)
    now = standing(found.known_at, found.told_office_at, clock.now())
    notes = found.notes.select_related("by").order_by("-at", "-pk")
    return render(request, "privacy/breach.html", {"one": found, "now": now, "notes": notes})


@guarded(P.KEEP_BREACHES)
def letter(request: Request, breach: int) -> HttpResponse:
    """The letter to the Office of the Personal Data Protection Committee."""
    found = get_object_or_404(BREACHES, pk=breach)
    return response(breach_letter(found), f"breach-{found.pk}")


@guarded(P.KEEP_BREACHES)
def note(request: Request, breach: int) -> HttpResponse:
    """What was found out since."""
    found = get_object_or_404(BREACHES, pk=breach)
    form = forms.NoteForm(request.POST or None, initial={"risk": found.risk})
    return _act(request, found, form, "note", lambda: actions.note_breach(by=request.user, breach=found, **form.cleaned_data))


@guarded(P.KEEP_BREACHES)
def office(request: Request, breach: int) -> HttpResponse:
    """สคส. was told."""
    found = get_object_or_404(BREACHES, pk=breach)
    form = forms.TellOfficeForm(request.POST or None, initial={"day": clock.today()})

    def do() -> object:
        return actions.tell_office(by=request.user, breach=found, told_at=form.moment, reference=form.cleaned_data["reference"])

    return _act(request, found, form, "office", do)


@guarded(P.KEEP_BREACHES)
def people(request: Request, breach: int) -> HttpResponse:
    """The people were told."""
    found = get_object_or_404(BREACHES, pk=breach)
    form = forms.WhenForm(request.POST or None, initial={"day": clock.today()})
    return _act(request, found, form, "people", lambda: actions.tell_people(by=request.user, breach=found, told_at=form.moment))


@guarded(P.KEEP_BREACHES)
def close(request: Request, breach: int) -> HttpResponse:
    """It is dealt with."""
    found = get_object_or_404(BREACHES, pk=breach)
    form = forms.CloseForm(request.POST or None)
    return _act(request, found, form, "close", lambda: actions.close_breach(by=request.user, breach=found, **form.cleaned_data))


def _act(request: Request, found: Breach, form: SajjaForm, what: str, act: Callable[[], object]) -> HttpResponse:
    back = reverse("privacy:breach", args=[found.pk])

    def do() -> str:
        act()
        messages.success(request, _("บันทึกแล้ว"))
        return back

    context: dict[str, Any] = {"form": form, "back": back, "what": what, "one": found}
    return submit(request, form, do) or render(request, "privacy/act.html", context)
