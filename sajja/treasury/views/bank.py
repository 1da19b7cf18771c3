"""Banks: accounts, cash to the bank and back, and the bank's statement held against the book."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from sajja.ledger.models import Entry
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.treasury.actions import bank as acts
from sajja.treasury.actions import vouchers as voucher_acts
from sajja.treasury.forms import bank as forms
from sajja.treasury.forms import cash as cash_forms
from sajja.treasury.models import BankAccount, BankLine, Reconciliation
from sajja.treasury.queries import bank as queries
from sajja.treasury.views import once_uuid
from sajja.treasury.views.vouchers import KEPT, Words, entered
from sajja.web import clock
from sajja.web.once import submit
from sajja.web.sheets import TYPE, Column, Sheet, workbook

HERE = "treasury:money"
BANKS = BankAccount.objects.select_related("kept__group__unit__parent", "kept__book", "account")
STATEMENTS = Reconciliation.objects.select_related("kept__group__unit__parent", "kept__book", "bank")
TO_BANK = Words(gettext_lazy("นำเงินสดฝากธนาคาร"), gettext_lazy("ลงตามใบนำฝากหรือสมุดธนาคาร"))
FROM_BANK = Words(gettext_lazy("ถอนเงินจากธนาคาร"), gettext_lazy("กรรมการสองคนที่ลงชื่อในใบถอน กดรหัส PIN ที่นี่ หรือลงชื่อในใบลงชื่อภายหลัง"))
BETWEEN = Words(gettext_lazy("โอนระหว่างบัญชีธนาคาร"), gettext_lazy("รวมถึงยกยอดเงินฝากที่ยังไม่แยกบัญชี มาไว้ที่บัญชีจริง"))


@guarded(P.KEEP_BOOKS)
def new_bank(request: Request, book: int) -> HttpResponse:
    """A bank account of the group."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = forms.BankForm(request.POST or None)
    back = reverse("treasury:money", args=[book])

    def do() -> str:
        acts.open_bank_account(by=request.user, kept=kept, **form.cleaned_data)
        messages.success(request, _("บันทึกบัญชีธนาคารแล้ว"))
        return back

    words = Words(gettext_lazy("เพิ่มบัญชีธนาคาร"), gettext_lazy("ดูจากหน้าแรกของสมุดธนาคาร"), gettext_lazy("บันทึก"))
    context = {"kept": kept, "here": HERE, "form": form, "words": words, "back": back}
    return submit(request, form, do) or render(request, "treasury/vouchers/form.html", context)


@guarded(P.KEEP_BOOKS)
def end_bank(request: Request, bank: int) -> HttpResponse:
    """The account at the bank was closed."""
    found = find(request, P.KEEP_BOOKS, BANKS, pk=bank)
    form = forms.EndBankForm(request.POST or None, initial={"ended": clock.today()})
    back = reverse("treasury:money", args=[found.kept.book_id])

    def do() -> str:
        acts.end_bank_account(by=request.user, bank=found, **form.cleaned_data)
        messages.success(request, _("บันทึกแล้ว"))
        return back

    context = {"kept": found.kept, "bank": found, "form": form, "back": back}
    return submit(request, form, do) or render(request, "treasury/bank/end.html", context)


@guarded(P.KEEP_BOOKS)
def cash_to_bank(request: Request, book: int) -> HttpResponse:
    """Cash paid into the bank."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = cash_forms.CashToBankForm(kept, request.POST or None)
    return entered(request, kept, form, acts.cash_to_bank, TO_BANK, here=HERE)


@guarded(P.KEEP_BOOKS)
@sensitive_post_parameters()
def bank_to_cash(request: Request, book: int) -> HttpResponse:
    """A withdrawal with two signers."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = cash_forms.BankToCashForm(kept, request.POST or None)
    return entered(request, kept, form, acts.bank_to_cash, FROM_BANK, here=HERE)


@guarded(P.KEEP_BOOKS)
def between_banks(request: Request, book: int) -> HttpResponse:
    """From one bank account to another."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = cash_forms.BetweenBanksForm(kept, request.POST or None)
    return entered(request, kept, form, acts.between_banks, BETWEEN, here=HERE)


@guarded(P.SEE_ACCOUNTS)
def statements_of_banks(request: Request, book: int) -> HttpResponse:
    """Which statements agree with the book, until when."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    found = STATEMENTS.filter(kept=kept, dropped_at__isnull=True).order_by("-ends", "-pk")
    context = {
        "kept": kept, "here": HERE, "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "banks": BankAccount.objects.filter(kept=kept, ended__isnull=True).order_by("pk"),
        "may_keep": holds(request.user, P.KEEP_BOOKS, kept.group.unit),
    }  # fmt: skip
    return render(request, "treasury/bank/statements.html", context)


@guarded(P.KEEP_BOOKS)
def new_statement(request: Request, bank: int) -> HttpResponse:
    """Type the bank's statement, or send its file."""
    found = find(request, P.KEEP_BOOKS, BANKS, pk=bank)
    under_way = Reconciliation.objects.filter(bank=found, done_at__isnull=True, dropped_at__isnull=True).first()
    more = "more" in request.POST
    form = (
        forms.StatementForm.with_more(found, request.POST)
        if more
        else forms.StatementForm(found, request.POST or None, request.FILES or None, under_way)
    )

    def do() -> str:
        made = acts.take_statement(by=request.user, bank=found, lines=form.lines, **form.cleaned_data)
        messages.success(request, _("รับรายการธนาคารแล้ว %(n)s บรรทัด") % {"n": len(form.lines)})
        return reverse("treasury:statement", args=[made.pk])

    back = reverse("treasury:statements_of_banks", args=[found.kept.book_id])
    context = {"kept": found.kept, "here": HERE, "bank": found, "form": form, "back": back}
    done = None if more else submit(request, form, do)
    return done or render(request, "treasury/bank/new_statement.html", context)


@guarded(P.KEEP_BOOKS)
def statement_form(request: Request, bank: int) -> HttpResponse:
    """An empty workbook with the heads that new_statement reads."""
    found = find(request, P.KEEP_BOOKS, BANKS, pk=bank)
    kinds = ("text", "text", "baht", "baht", "baht")
    columns = [Column(head, kind) for head, kind in zip(forms.HEADS, kinds, strict=True)]
    made = workbook([Sheet(_("รายการธนาคาร"), columns, [])], clock.now())
    return HttpResponse(
        made, content_type=TYPE, headers={"Content-Disposition": f'attachment; filename="bank-statement-{found.pk}.xlsx"'}
    )


@guarded(P.SEE_ACCOUNTS)
def statement(request: Request, statement: int) -> HttpResponse:
    """Both sides: what is the same, what only one has, how the balances stand."""
    found = find(request, P.SEE_ACCOUNTS, STATEMENTS, pk=statement)
    held = None if found.done_at or found.dropped_at else queries.held_against(found)
    context = {
        "kept": found.kept, "here": HERE, "statement": found, "held": held,
        "done": queries.done_pairs(found) if found.done_at else [],
        "may_keep": holds(request.user, P.KEEP_BOOKS, found.kept.group.unit),
    }  # fmt: skip
    return render(request, "treasury/bank/statement.html", context)


@guarded(P.SEE_ACCOUNTS)
def statement_paper(request: Request, statement: int) -> HttpResponse:
    """The reconciliation on A4: from the bank's balance to the book's, with both signatures."""
    found = find(request, P.SEE_ACCOUNTS, STATEMENTS.filter(dropped_at__isnull=True), pk=statement)
    held = queries.held_when_done(found) if found.done_at else queries.held_against(found)
    context = {"kept": found.kept, "here": HERE, "statement": found, "held": held, "parts": queries.paper_parts(held)}
    return render(request, "treasury/bank/paper.html", context)


@guarded(P.KEEP_BOOKS)
def finish_statement(request: Request, statement: int) -> HttpResponse:
    """Keep the reconciled balance, and who did it."""
    found = find(request, P.KEEP_BOOKS, STATEMENTS, pk=statement)
    form = forms.FinishForm(request.POST if request.method == "POST" else None)
    back = reverse("treasury:statement", args=[found.pk])

    def do() -> str:
        acts.finish_statement(by=request.user, statement=found, **form.cleaned_data)
        messages.success(request, _("กระทบยอดเสร็จแล้ว"))
        return back

    held = None if found.done_at or found.dropped_at else queries.held_against(found)
    if held is not None and not held.difference:
        del form.fields["words"]
        form.cleaned_data = {}
    context = {"kept": found.kept, "statement": found, "held": held, "form": form, "back": back}
    return submit(request, form, do) or render(request, "treasury/bank/finish.html", context)


@guarded(P.KEEP_BOOKS)
def line_interest(request: Request, statement: int, bank_line: int) -> HttpResponse:
    """One press: the line is the bank's interest."""
    return _booked(request, statement, bank_line, voucher_acts.record_bank_interest, gettext_lazy("ลงเป็นดอกเบี้ยเงินฝากธนาคาร"), 1)


@guarded(P.KEEP_BOOKS)
def line_fee(request: Request, statement: int, bank_line: int) -> HttpResponse:
    """One press: the line is the bank's fee."""
    return _booked(request, statement, bank_line, voucher_acts.record_bank_fee, gettext_lazy("ลงเป็นค่าธรรมเนียมธนาคาร"), -1)


def _booked(request: Request, statement: int, key: int, act: Callable[..., Entry], title: object, side: int) -> HttpResponse:
    found = find(request, P.KEEP_BOOKS, STATEMENTS.select_related("bank__account"), pk=statement)
    line = BankLine.objects.filter(statement=found, pk=key).first()
    if line is None or line.amount * side <= 0 or found.done_at or found.dropped_at:
        raise Http404
    form = cash_forms.NothingForm(request.POST if request.method == "POST" else None)
    back = reverse("treasury:statement", args=[found.pk])

    def do() -> str:
        made = act(
            by=request.user, kept=found.kept, date=line.on, bank=found.bank.account, amount=abs(line.amount),
            uuid=once_uuid(request),
        )  # fmt: skip
        messages.success(request, _("ลงบัญชีแล้ว ใบสำคัญ %(no)s") % {"no": made.voucher})
        return back

    context = {"kept": found.kept, "statement": found, "line": line, "title": title, "form": form, "back": back}
    return submit(request, form, do) or render(request, "treasury/bank/booked.html", context)
