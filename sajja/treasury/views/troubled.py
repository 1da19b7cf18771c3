"""A loan in trouble: what can be done about it, each step on a page of its own; the guarantors' letter."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.org.door import Request, find, guarded
from sajja.org.permissions import P
from sajja.treasury.actions import guaranteeing
from sajja.treasury.actions import troubled as acts
from sajja.treasury.forms import troubled as forms
from sajja.treasury.models import Guarantor, Loan
from sajja.treasury.queries import loans as queries
from sajja.treasury.views import once_uuid
from sajja.web import clock
from sajja.web.fields import SajjaForm
from sajja.web.once import submit

LOANS = Loan.objects.select_related("kept__group__unit__parent", "kept__book", "member", "product", "account")
GUARANTORS = Guarantor.objects.select_related(
    "loan__kept__group__unit__parent", "loan__kept__book", "loan__member", "loan__product", "loan__account", "member"
)
Words = tuple[Promise, Promise, Promise]
"""Title, what it does, what the button says."""
WORDS: dict[str, Words] = {
    "waive_fine": (gettext_lazy("ยกเว้นค่าปรับ"), gettext_lazy("วันที่ในช่วงนี้ รับชำระโดยไม่เก็บค่าปรับ"), gettext_lazy("บันทึกการยกเว้น")),
    "defer": (
        gettext_lazy("ผ่อนผัน"), gettext_lazy("เลื่อนทุกงวดที่เหลือออกไป เงินต้นไม่เปลี่ยน ผู้ค้ำที่ไม่ยินยอมเป็นหนังสือพ้นจากการค้ำประกัน"),
        gettext_lazy("บันทึกการผ่อนผัน"),
    ),
    "reschedule": (
        gettext_lazy("ปรับโครงสร้างหนี้"),
        gettext_lazy("แบ่งเงินต้นที่เหลือเป็นงวดใหม่ ดอกเบี้ยที่ค้างรวมในงวดแรก ผู้ค้ำที่ไม่ยินยอมเป็นหนังสือพ้นจากการค้ำประกัน"),
        gettext_lazy("ทำแผนใหม่"),
    ),
    "take_over": (
        gettext_lazy("ผู้ค้ำรับภาระหนี้"), gettext_lazy("ย้ายเงินต้นที่เหลือเป็นสัญญาของผู้ค้ำแต่ละคน ผู้ค้ำเรียกคืนจากผู้กู้ได้ ต้องส่งหนังสือบอกกล่าวแล้ว"),
        gettext_lazy("ให้ผู้ค้ำรับภาระ"),
    ),
    "change_guarantor": (
        gettext_lazy("เปลี่ยนผู้ค้ำประกัน"), gettext_lazy("คนที่ออกพ้นภาระตั้งแต่วันที่มีผล คนใหม่ต้องลงชื่อในหนังสือค้ำประกันแล้ว"),
        gettext_lazy("บันทึกการเปลี่ยนผู้ค้ำ"),
    ),
    "write_off": (
        gettext_lazy("ตัดหนี้สูญ"), gettext_lazy("หักค่าเผื่อหนี้ก่อน แล้วทุนประกันความเสี่ยงตามมติ ที่เหลือเป็นค่าใช้จ่าย สัญญายังอยู่ในทะเบียน"),
        gettext_lazy("ตัดหนี้สูญ"),
    ),
    "recover": (gettext_lazy("หนี้สูญได้รับคืน"), gettext_lazy("เงินที่ได้จากหนี้ที่ตัดไปแล้ว ลงเป็นรายได้"), gettext_lazy("รับเงินและลงบัญชี")),
    "take_back_plan": (
        gettext_lazy("ยกเลิกแผนใหม่"), gettext_lazy("กลับไปใช้แผนเดิม ได้เมื่อยังไม่มีการชำระตามแผนใหม่"), gettext_lazy("ยกเลิกแผนใหม่"),
    ),
    "take_back_step": (
        gettext_lazy("ยกเลิกการรับภาระหรือตัดหนี้"), gettext_lazy("กลับรายการทั้งใบ สัญญากลับเป็นหนี้ปกติ"), gettext_lazy("ยกเลิกและกลับรายการ"),
    ),
}  # fmt: skip


def _step(request: Request, loan: Loan, name: str, form: SajjaForm, do_it: Callable[[], object], done: str) -> HttpResponse:
    """The one page of every step."""
    back = reverse("treasury:loan", args=[loan.pk])

    def do() -> str:
        do_it()
        messages.success(request, done)
        return back

    title, lead, button = WORDS[name]
    now = queries.standing(loan, clock.today()) if loan.state == "normal" else None
    context = {
        "kept": loan.kept, "here": "treasury:loans", "loan": loan, "form": form, "back": back, "title": title, "lead": lead,
        "button": button, "now": now, "name": name,
    }  # fmt: skip
    return submit(request, form, do) or render(request, "treasury/troubled/act.html", context)


@guarded(P.DECIDE_LOANS)
def waive_fine(request: Request, loan: int) -> HttpResponse:
    """Days without a fine."""
    found = find(request, P.DECIDE_LOANS, LOANS.filter(state="normal"), pk=loan)
    form = forms.WaiveForm(found, request.POST or None)
    act = lambda: acts.waive_fine(by=request.user, loan=found, **form.given)  # noqa: E731
    return _step(request, found, "waive_fine", form, act, _("บันทึกการยกเว้นค่าปรับแล้ว"))


@guarded(P.DECIDE_LOANS)
def defer(request: Request, loan: int) -> HttpResponse:
    """Instalments are put off."""
    found = find(request, P.DECIDE_LOANS, LOANS.filter(state="normal"), pk=loan)
    form = forms.DeferForm(found, request.POST or None)
    act = lambda: acts.defer(by=request.user, loan=found, **form.given)  # noqa: E731
    return _step(request, found, "defer", form, act, _("ผ่อนผันแล้ว พิมพ์ตารางใหม่ให้ผู้กู้ได้"))


@guarded(P.DECIDE_LOANS)
def reschedule(request: Request, loan: int) -> HttpResponse:
    """A new agreement on what is owed."""
    found = find(request, P.DECIDE_LOANS, LOANS.filter(state="normal"), pk=loan)
    form = forms.RescheduleForm(found, request.POST or None)
    act = lambda: acts.reschedule(by=request.user, loan=found, **form.given)  # noqa: E731
    return _step(request, found, "reschedule", form, act, _("ทำแผนใหม่แล้ว พิมพ์ตารางใหม่ให้ผู้กู้ได้"))


@guarded(P.DECIDE_LOANS)
def change_guarantor(request: Request, loan: int) -> HttpResponse:
    """One goes, another comes."""
    found = find(request, P.DECIDE_LOANS, LOANS.filter(state__in=["approved", "normal"]), pk=loan)
    form = forms.ChangeGuarantorForm(found, request.POST or None)
    act = lambda: guaranteeing.change_guarantor(by=request.user, loan=found, **form.given)  # noqa: E731
    return _step(request, found, "change_guarantor", form, act, _("เปลี่ยนผู้ค้ำแล้ว พิมพ์หนังสือค้ำประกันของคนใหม่ได้"))


@guarded(P.KEEP_BOOKS)
def take_over(request: Request, loan: int) -> HttpResponse:
    """The guarantors' own contracts."""
    found = find(request, P.KEEP_BOOKS, LOANS.filter(state="normal"), pk=loan)
    form = forms.TakeOverForm(found, request.POST or None)
    act = lambda: acts.take_over(by=request.user, loan=found, uuid=once_uuid(request), **form.given)  # noqa: E731
    return _step(request, found, "take_over", form, act, _("ย้ายหนี้เป็นสัญญาของผู้ค้ำแล้ว"))


@guarded(P.APPROVE_BOOKS)
def write_off(request: Request, loan: int) -> HttpResponse:
    """Nobody will pay."""
    found = find(request, P.APPROVE_BOOKS, LOANS.filter(state="normal"), pk=loan)
    form = forms.WriteOffForm(found, request.POST or None)
    act = lambda: acts.write_off(by=request.user, loan=found, uuid=once_uuid(request), **form.given)  # noqa: E731
    return _step(request, found, "write_off", form, act, _("ตัดหนี้สูญแล้ว สัญญายังอยู่ในทะเบียน"))


@guarded(P.KEEP_BOOKS)
def recover(request: Request, loan: int) -> HttpResponse:
    """Somebody paid after all."""
    found = find(request, P.KEEP_BOOKS, LOANS, pk=loan)
    form = forms.RecoverForm(found, request.POST or None)
    act = lambda: acts.recover(by=request.user, loan=found, uuid=once_uuid(request), **form.given)  # noqa: E731
    return _step(request, found, "recover", form, act, _("รับเงินแล้ว"))


@guarded(P.DECIDE_LOANS)
def take_back_plan(request: Request, loan: int) -> HttpResponse:
    """The newest plan was entered wrong."""
    found = find(request, P.DECIDE_LOANS, LOANS.filter(state="normal"), pk=loan)
    form = forms.BackForm(found, request.POST or None)
    act = lambda: acts.take_back_plan(by=request.user, loan=found, **form.cleaned_data)  # noqa: E731
    return _step(request, found, "take_back_plan", form, act, _("กลับไปใช้แผนเดิมแล้ว"))


@guarded(P.APPROVE_BOOKS)
def take_back_step(request: Request, loan: int) -> HttpResponse:
    """A take-over or a writing-off was entered wrong."""
    found = find(request, P.APPROVE_BOOKS, LOANS, pk=loan)
    form = forms.BackForm(found, request.POST or None)
    act = lambda: acts.take_back_step(  # noqa: E731
        by=request.user, loan=found, date=clock.today(), uuid=once_uuid(request), **form.cleaned_data
    )
    return _step(request, found, "take_back_step", form, act, _("ยกเลิกแล้ว สัญญากลับเป็นหนี้ปกติ"))


@guarded(P.KEEP_LOANS)
def notify_guarantor(request: Request, loan: int, guarantor: int) -> HttpResponse:
    """That the letter went to a guarantor."""
    of = find(request, P.KEEP_LOANS, LOANS.filter(state="normal"), pk=loan)
    found = get_object_or_404(GUARANTORS.filter(loan=of), pk=guarantor)
    form = forms.NotifyForm(request.POST or None)
    back = reverse("treasury:loan", args=[found.loan_id])

    def do() -> str:
        acts.notify_guarantor(by=request.user, guarantor=found, **form.cleaned_data)
        messages.success(request, _("บันทึกการแจ้งผู้ค้ำแล้ว"))
        return back

    context = {"form": form, "back": back} | _of_guarantor(found, clock.today())
    return submit(request, form, do) or render(request, "treasury/troubled/notify.html", context)


@guarded(P.SEE_ACCOUNTS)
def guarantor_letter(request: Request, loan: int, guarantor: int) -> HttpResponse:
    """The letter to a guarantor on A4: what is late, since when, and his sixty days."""
    of = find(request, P.SEE_ACCOUNTS, LOANS.filter(state="normal"), pk=loan)
    found = get_object_or_404(GUARANTORS.filter(loan=of), pk=guarantor)
    return render(request, "treasury/troubled/letter.html", _of_guarantor(found, clock.today()))


def _of_guarantor(found: Guarantor, today: date) -> dict[str, Any]:
    now = queries.standing(found.loan, today)
    since = now.overdue[0].due if now.overdue else None
    return {
        "kept": found.loan.kept, "here": "treasury:loans", "loan": found.loan, "guarantor": found, "now": now, "since": since,
        "until": queries.last_day_to_tell(since) if since else None, "today": today,
        "told": found.notices.order_by("-sent_on").first(),
    }  # fmt: skip
