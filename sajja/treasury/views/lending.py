"""Lending: the register, an application, the committee's decision, the contract and its papers, paying out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook
from sajja.groups.queries import committee_on
from sajja.lib.thai_dates import long
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.treasury import lives
from sajja.treasury.actions import lending as acts
from sajja.treasury.exports.lending import register_sheet
from sajja.treasury.forms import lending as forms
from sajja.treasury.forms.savings import TakeBackForm
from sajja.treasury.models import Loan
from sajja.treasury.queries import lending as queries
from sajja.treasury.queries import loans as standing_queries
from sajja.treasury.views import once_uuid
from sajja.treasury.views.statements import workbook_response
from sajja.web import clock
from sajja.web.once import submit

KEPT = GroupBook.objects.select_related("group__unit__parent", "book")
LOANS = Loan.objects.select_related(
    "kept__group__unit__parent", "kept__book", "member", "product", "account", "entry", "resolution__meeting"
)
PER_PAGE = 50
OWED = ["treasury/repaying/_owed.html", "treasury/lending/_none.html"]
STEPS = ["treasury/troubled/_steps.html", "treasury/lending/_none.html"]


@guarded(P.SEE_ACCOUNTS)
def loans(request: Request, book: int) -> HttpResponse:
    """The register: what waits, what is owed, what is late."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    asked = {name: request.GET.get(name, "").strip() for name in ("state", "q")}
    rows = queries.register(kept, clock.today(), **asked)
    unit = kept.group.unit
    context = {
        "kept": kept, "here": "treasury:loans", "asked": asked, "states": queries.STATES.items(), "figures": queries.figures(rows),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), "waiting": sum(row.loan.state == "applied" for row in rows),
        "has_products": any(one.active for one in queries.products(kept)), "may_lend": holds(request.user, P.KEEP_LOANS, unit),
        "may_decide": holds(request.user, P.DECIDE_LOANS, unit),
    }  # fmt: skip
    return render(request, "treasury/lending/loans.html", context)


@guarded(P.SEE_ACCOUNTS)
def loans_paper(request: Request, book: int) -> HttpResponse:
    """The register on A4."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    rows = [row for row in queries.register(kept, clock.today()) if row.loan.number]
    context = {"kept": kept, "here": "treasury:loans", "rows": rows, "figures": queries.figures(rows), "today": clock.today()}
    return render(request, "treasury/lending/register_paper.html", context)


@guarded(P.SEE_ACCOUNTS)
def loans_sheet(request: Request, book: int) -> HttpResponse:
    """The register as a workbook."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    rows = [row for row in queries.register(kept, clock.today()) if row.loan.number]
    name = _("ทะเบียนเงินกู้ ณ วันที่ %(day)s") % {"day": long(clock.today())}
    return workbook_response(register_sheet(kept, rows, clock.today()), name)


@guarded(P.KEEP_LOANS)
def apply_for_loan(request: Request, book: int) -> HttpResponse:
    """An application as the member's paper form has it."""
    kept = find(request, P.KEEP_LOANS, KEPT, book=book)
    offered = [one for one in queries.products(kept) if one.active]
    form = forms.ApplyForm(kept, offered, request.POST or None, initial={"member": request.GET.get("member", "")})

    def do() -> str:
        made = acts.apply_for_loan(by=request.user, kept=kept, **form.given)
        messages.success(request, _("รับคำขอกู้แล้ว รอคณะกรรมการลงมติ"))
        return reverse("treasury:loan", args=[made.pk])

    if answer := submit(request, form, do):
        return answer
    context = {"kept": kept, "here": "treasury:loans", "form": form, "products": offered, "said": _said(kept, form)}
    return render(request, "treasury/lending/apply.html", context)


def _said(kept: GroupBook, form: forms.ApplyForm) -> queries.Judged | None:
    """What the program says of what is typed so far; None until member, product, amount and instalments are there."""
    if not form.is_bound:
        return None
    form.is_valid()
    given = form.cleaned_data
    wanted = ("member", "product", "amount", "instalments")
    if not all(given.get(name) for name in wanted):
        return None
    member, product, amount, instalments = (given[name] for name in wanted)
    return queries.judge(kept, member, product, amount, instalments, form.answering, clock.today())


@guarded(P.KEEP_LOANS)
def loan_ahead(request: Request, book: int) -> HttpResponse:
    """Ceiling, present loans, guarantors and the schedule of an application that is being typed."""
    kept = find(request, P.KEEP_LOANS, KEPT, book=book)
    form = forms.ApplyForm(kept, queries.products(kept), request.GET)
    said = _said(kept, form)
    lines = queries.lines_of(said.price.rows, queries.first_due_after(kept, clock.today())) if said else []
    return render(request, "treasury/lending/_ahead.html", {"said": said, "lines": lines, "kept": kept})


@guarded(P.SEE_ACCOUNTS)
def loan(request: Request, loan: int) -> HttpResponse:
    """One loan: what it is, where it stands, what to do next."""
    found = find(request, P.SEE_ACCOUNTS, LOANS, pk=loan)
    unit, today = found.kept.group.unit, clock.today()
    answering = list(found.guarantors.select_related("member").order_by("position"))
    exposed = standing_queries.exposures([one.member for one in answering if one.member], today)
    principal = found.principal_satang or found.asked_satang
    context = {
        "kept": found.kept, "here": "treasury:loans", "loan": found, "today": today, "history": queries.history(found),
        "standing": standing_queries.standing(found, today) if found.state in lives.OPEN else None,
        "guarantors": [(one, exposed.get(one.member_id or 0, 0)) for one in answering],
        "lines": queries.agreed_lines(found), "price": queries.priced(found, principal, found.instalments or found.asked_instalments),
        "may_keep": holds(request.user, P.KEEP_BOOKS, unit), "may_lend": holds(request.user, P.KEEP_LOANS, unit),
        "may_decide": holds(request.user, P.DECIDE_LOANS, unit), "may_approve": holds(request.user, P.APPROVE_BOOKS, unit),
        "newer_plan": found.plans.filter(counts=True, kind__in=["deferral", "reschedule"]).exists(), "owed_part": OWED, "steps_part": STEPS,
        "signed": found.contract_on and all(one.signed_on or one.freed_on for one in answering),
    }  # fmt: skip
    return render(request, "treasury/lending/loan.html", context)


@guarded(P.DECIDE_LOANS)
def decide_loan(request: Request, loan: int) -> HttpResponse:
    """What the committee resolved of one application."""
    found = find(request, P.DECIDE_LOANS, LOANS, pk=loan)
    return _decide(request, found.kept, [found], reverse("treasury:loan", args=[found.pk]))


@guarded(P.DECIDE_LOANS)
def decide_loans(request: Request, book: int) -> HttpResponse:
    """What one meeting resolved of all that waits."""
    kept = find(request, P.DECIDE_LOANS, KEPT, book=book)
    return _decide(request, kept, queries.waiting(kept), reverse("treasury:loans", args=[kept.book_id]))


def _decide(request: Request, kept: GroupBook, waiting: list[Loan], back: str) -> HttpResponse:
    form = forms.ResolvedForm(kept, request.POST or None)
    committee = committee_on(kept.group, clock.today())
    members = [loan.member for loan in waiting] + [one.member for loan in waiting for one in loan.guarantors.all() if one.member]
    pledged, standings = queries.pledged_of(members), standing_queries.by_member(kept, clock.today())
    exposed = standing_queries.exposures(members, clock.today())
    for one in waiting:
        form.ask_about(one, queries.concerned(committee, queries.people_of(one)))

    def do() -> str:
        decisions = [made for one in waiting if (made := form.decision(one))]
        done = acts.decide_loans(by=request.user, kept=kept, resolution=form.cleaned_data["resolution"], decisions=decisions)
        messages.success(request, _("บันทึกมติแล้ว %(count)s คำขอ") % {"count": len(done)})
        return reverse("treasury:loan", args=[done[0].pk]) if len(done) == 1 else back

    if answer := submit(request, form, do):
        return answer
    rows = [
        {
            "loan": one, "fields": form.about(one), "pledged": pledged.get(one.member_id, 0), "present": standings.get(one.member_id, []),
            "guarantors": [(g, exposed.get(g.member_id or 0, 0)) for g in one.guarantors.all()],
            "price": queries.priced(one, one.asked_satang, one.asked_instalments),
        }
        for one in waiting
    ]  # fmt: skip
    context = {
        "kept": kept, "here": "treasury:loans", "form": form, "rows": rows, "back": back,
        "may_meet": holds(request.user, P.KEEP_MEETINGS, kept.group.unit),
    }  # fmt: skip
    return render(request, "treasury/lending/decide.html", context)


@guarded(P.KEEP_LOANS)
def withdraw_application(request: Request, loan: int) -> HttpResponse:
    """The member does not want it any more."""
    found = find(request, P.KEEP_LOANS, LOANS, pk=loan)
    form = forms.WithdrawForm(request.POST or None)
    back = reverse("treasury:loan", args=[found.pk])

    def do() -> str:
        acts.withdraw_application(by=request.user, loan=found, why=form.cleaned_data["reason"])
        messages.success(request, _("ยกเลิกคำขอกู้แล้ว"))
        return back

    context = {"kept": found.kept, "loan": found, "form": form, "back": back}
    return submit(request, form, do) or render(request, "treasury/lending/withdraw.html", context)


@guarded(P.KEEP_LOANS)
def make_contract(request: Request, loan: int) -> HttpResponse:
    """The day on which all signed."""
    found = find(request, P.KEEP_LOANS, LOANS, pk=loan)
    form = forms.ContractForm(found, request.POST or None)
    back = reverse("treasury:loan", args=[found.pk])

    def do() -> str:
        acts.make_contract(by=request.user, loan=found, **form.given)
        messages.success(request, _("บันทึกสัญญาแล้ว"))
        return back

    context = {"kept": found.kept, "here": "treasury:loans", "loan": found, "form": form, "back": back}
    return submit(request, form, do) or render(request, "treasury/lending/make_contract.html", context)


@guarded(P.SEE_ACCOUNTS)
def contract_paper(request: Request, loan: int) -> HttpResponse:
    """The contract on A4, to sign."""
    found = find(request, P.SEE_ACCOUNTS, LOANS, pk=loan)
    principal, count = found.principal_satang or found.asked_satang, found.instalments or found.asked_instalments
    first_due = found.first_due or queries.first_due_after(found.kept, clock.today())
    context = {
        "kept": found.kept, "here": "treasury:loans", "loan": found, "principal": principal, "count": count,
        "first_due": first_due, "lines": queries.agreed_lines(found, first_due),
        "price": queries.priced(found, principal, count), "stamps": -(-principal // 200_000) * 100,
        "guarantors": found.guarantors.filter(freed_on__isnull=True).select_related("member").order_by("position"),
    }  # fmt: skip
    return render(request, "treasury/lending/contract.html", context)


@guarded(P.SEE_ACCOUNTS)
def guarantee_paper(request: Request, loan: int, guarantor: int) -> HttpResponse:
    """A guarantor's own paper."""
    found = find(request, P.SEE_ACCOUNTS, LOANS, pk=loan)
    one = get_object_or_404(found.guarantors.select_related("member"), pk=guarantor)
    context = {
        "kept": found.kept, "here": "treasury:loans", "loan": found, "guarantor": one,
        "principal": found.principal_satang or found.asked_satang, "count": found.instalments or found.asked_instalments,
        "lines": queries.agreed_lines(found),
    }  # fmt: skip
    return render(request, "treasury/lending/guarantee.html", context)


@guarded(P.KEEP_BOOKS)
def pay_out(request: Request, loan: int) -> HttpResponse:
    """The money goes to the borrower."""
    found = find(request, P.KEEP_BOOKS, LOANS, pk=loan)
    form = forms.PayOutForm(found, request.POST or None)
    back = reverse("treasury:loan", args=[found.pk])

    def do() -> str:
        made = acts.pay_out(by=request.user, loan=found, uuid=once_uuid(request), **form.given)
        messages.success(request, _("จ่ายเงินกู้แล้ว ใบสำคัญ %(no)s") % {"no": made.entry.voucher if made.entry else ""})
        return back

    context = {"kept": found.kept, "here": "treasury:loans", "loan": found, "form": form, "back": back}
    return submit(request, form, do) or render(request, "treasury/lending/pay_out.html", context)


@guarded(P.KEEP_BOOKS)
def take_back_payout(request: Request, loan: int) -> HttpResponse:
    """The money was not handed out after all."""
    found = find(request, P.KEEP_BOOKS, LOANS, pk=loan)
    form = TakeBackForm(request.POST or None, initial={"date": clock.today()})
    back = reverse("treasury:loan", args=[found.pk])

    def do() -> str:
        acts.take_back_payout(by=request.user, loan=found, uuid=once_uuid(request), **form.cleaned_data)
        messages.success(request, _("ถอนการจ่ายแล้ว เงินกลับเข้าที่เดิม จ่ายใหม่ได้เมื่อพร้อม"))
        return back

    context = {"kept": found.kept, "loan": found, "form": form, "back": back}
    return submit(request, form, do) or render(request, "treasury/lending/take_back.html", context)
