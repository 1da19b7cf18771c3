"""Vouchers: the list, one of them with its paper, entering each kind, and taking one back."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.groups.models import GroupBook
from sajja.ledger.models import ROOM_PER_BOOK, Entry
from sajja.lib.money import baht
from sajja.lib.thai_dates import short
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.treasury.actions import vouchers as acts
from sajja.treasury.forms import vouchers as forms
from sajja.treasury.forms.choices import KeptForm
from sajja.treasury.kinds import KINDS
from sajja.treasury.queries import vouchers as queries
from sajja.treasury.queries.cash import above_limit, bank_by
from sajja.treasury.statement import month_words
from sajja.treasury.views import once_uuid
from sajja.web import clock
from sajja.web.once import submit

KEPT = GroupBook.objects.select_related("group__unit__parent", "book")


class Words(NamedTuple):
    """The head of a form's page, what it is for, and the verb of its button."""

    title: Promise
    lead: Promise
    verb: Promise = gettext_lazy("ลงบัญชี")


INCOME = Words(gettext_lazy("รับเงินอื่น"), gettext_lazy("เงินที่รับนอกวันส่งเงินสัจจะ เช่น เงินบริจาค เงินอุดหนุน"))
EXPENSE = Words(gettext_lazy("จ่ายเงิน"), gettext_lazy("ค่าใช้จ่ายของกลุ่ม เช่น ค่าสมุด ค่าเดินทาง ค่าอาหารวันประชุม"))
WELFARE = Words(gettext_lazy("จ่ายสวัสดิการ"), gettext_lazy("จ่ายจากทุนสวัสดิการ เก็บเฉพาะประเภทและจำนวนเงิน ไม่ต้องเขียนโรคหรืออาการ"))
GIFT = Words(gettext_lazy("จ่ายเพื่อสาธารณประโยชน์"), gettext_lazy("จ่ายจากทุนสาธารณประโยชน์ เช่น ช่วยโรงเรียน วัด งานหมู่บ้าน"))
GENERAL = Words(gettext_lazy("ใบสำคัญทั่วไป"), gettext_lazy("ใช้เมื่อไม่มีแบบอื่นที่ตรง เดบิตและเครดิตต้องเท่ากัน"))
INTEREST = Words(gettext_lazy("ดอกเบี้ยเงินฝากธนาคาร"), gettext_lazy("ดูจากสมุดบัญชีธนาคาร"))
FEE = Words(gettext_lazy("ค่าธรรมเนียมธนาคาร"), gettext_lazy("ดูจากสมุดบัญชีธนาคาร"))
UNPAID = Words(gettext_lazy("จ่ายเงินค้างจ่าย"), gettext_lazy("สมาชิกมารับเงินปันผล เงินเฉลี่ยคืน หรือเงินที่ค้างจ่าย"))
NEW = (
    ("treasury:expense", EXPENSE), ("treasury:income", INCOME), ("treasury:welfare", WELFARE), ("treasury:gift", GIFT),
    ("treasury:bank_interest", INTEREST), ("treasury:bank_fee", FEE), ("treasury:unpaid", UNPAID), ("treasury:general", GENERAL),
)  # fmt: skip


@guarded(P.SEE_ACCOUNTS)
def vouchers(request: Request, book: int) -> HttpResponse:
    """The book's vouchers, newest first."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    asked = {name: request.GET.get(name, "") for name in ("month", "kind", "q")}
    known = queries.months(kept, clock.today())
    month = int(asked["month"]) if asked["month"] in {str(m) for m in known} else None
    kind = asked["kind"] if asked["kind"] in KINDS else ""
    page = Paginator(queries.search(kept, month=month, kind=kind, q=asked["q"]), queries.PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "kept": kept, "here": "treasury:vouchers", "page": page, "rows": queries.rows(kept, page), "asked": asked,
        "months": [(str(m), month_words(m)) for m in known], "kinds": KINDS.items(),
        "may_keep": holds(request.user, P.KEEP_BOOKS, kept.group.unit),
    }  # fmt: skip
    return render(request, "treasury/vouchers/list.html", context)


@guarded(P.KEEP_BOOKS)
def new_voucher(request: Request, book: int) -> HttpResponse:
    """Which voucher it is to be."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    links = [(reverse(route, args=[book]), words) for route, words in NEW]
    return render(request, "treasury/vouchers/new.html", {"kept": kept, "here": "treasury:vouchers", "links": links})


@guarded(P.SEE_ACCOUNTS)
def voucher(request: Request, entry: int) -> HttpResponse:
    """One voucher: its lines, who entered it and when, what took it back; and its paper."""
    kept, found = found_entry(request, P.SEE_ACCOUNTS, entry)
    sheet = queries.sheet(kept, found)
    may_keep = holds(request.user, P.KEEP_BOOKS, kept.group.unit)
    fixed = found.kind in {"reversal", "opening", *acts.NOT_TAKEN_BACK} or hasattr(found, "handover")
    context = {
        "kept": kept, "here": "treasury:vouchers", "sheet": sheet, "entry": found, "may_keep": may_keep,
        "may_reverse": may_keep and sheet.standing and not fixed,
    }  # fmt: skip
    return render(request, "treasury/vouchers/voucher.html", context)


@guarded(P.SEE_ACCOUNTS)
def voucher_paper(request: Request, entry: int) -> HttpResponse:
    """The voucher on A4, to print and sign."""
    kept, found = found_entry(request, P.SEE_ACCOUNTS, entry)
    context = {"kept": kept, "here": "treasury:vouchers", "sheet": queries.sheet(kept, found), "entry": found}
    return render(request, "treasury/vouchers/paper.html", context)


@guarded(P.KEEP_BOOKS)
def reverse_voucher(request: Request, entry: int) -> HttpResponse:
    """What taking it back does, why, and on which day."""
    kept, found = found_entry(request, P.KEEP_BOOKS, entry)
    form = forms.ReverseForm(request.POST or None, initial={"date": clock.today()})

    def do() -> str:
        posted = acts.reverse_voucher(by=request.user, kept=kept, entry=found, uuid=once_uuid(request), **form.cleaned_data)
        messages.success(request, _("แก้รายการแล้วด้วยใบสำคัญ %(no)s ลงรายการที่ถูกต้องใหม่ได้") % {"no": posted.entry.voucher})
        return reverse("treasury:voucher", args=[posted.entry.pk])

    back = reverse("treasury:voucher", args=[found.pk])
    context = {"kept": kept, "form": form, "back": back, "entry": found, "sheet": queries.sheet(kept, found)}
    return submit(request, form, do) or render(request, "treasury/vouchers/reverse.html", context)


def found_entry(request: Request, permission: str, key: int) -> tuple[GroupBook, Entry]:
    """The entry and its book, found through the book: its key begins with it."""
    kept = find(request, permission, KEPT, book=key // ROOM_PER_BOOK)
    found = Entry.objects.select_related("handover", "count", "collecting_day").filter(pk=key, book=kept.book_id).first()
    if found is None:
        raise Http404
    found.book = kept.book
    return kept, found


def entered(
    request: Request, kept: GroupBook, form: KeptForm, act: Callable[..., Entry], words: Words, template: str = "treasury/vouchers/form.html",
    here: str = "treasury:vouchers", **more: object,
) -> HttpResponse:  # fmt: skip
    """A form's page; once it is right, the voucher that it made."""

    def do() -> str:
        made = act(by=request.user, kept=kept, uuid=once_uuid(request), **form.given)
        messages.success(request, _("ลงบัญชีแล้ว ใบสำคัญ %(no)s") % {"no": made.voucher})
        for warned in too_much(kept):
            messages.warning(request, warned)
        return reverse("treasury:voucher", args=[made.pk])

    back = reverse(here, args=[kept.book_id])
    context = {"kept": kept, "form": form, "words": words, "back": back, "here": here} | more
    if request.method == "GET":
        context["warnings"] = too_much(kept)
    return submit(request, form, do) or render(request, template, context)


def too_much(kept: GroupBook) -> list[str]:
    """A sentence for each place with more cash than the rules allow; it warns and never blocks."""
    today = clock.today()
    found = []
    for row in above_limit(kept, today):
        by = bank_by(kept, row, today)
        said = {"place": row.holding.name, "there": baht(row.holding.satang), "limit": baht(row.limit), "day": short(by)}
        if by < today:
            found.append(_("%(place)s มี %(there)s บาท เกินวงเงิน %(limit)s บาท และเลยกำหนดนำฝากธนาคาร %(day)s แล้ว") % said)
        else:
            found.append(_("%(place)s มี %(there)s บาท เกินวงเงิน %(limit)s บาท นำฝากธนาคารภายใน %(day)s") % said)
    return found


@guarded(P.KEEP_BOOKS)
def income(request: Request, book: int) -> HttpResponse:
    """Money that came in outside the collecting day."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = forms.IncomeForm(kept, request.POST or None)
    return entered(request, kept, form, acts.record_income, INCOME)


@guarded(P.KEEP_BOOKS)
def expense(request: Request, book: int) -> HttpResponse:
    """Money paid for the group's work."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = forms.ExpenseForm(kept, request.POST or None)
    return entered(request, kept, form, acts.record_expense, EXPENSE)


@guarded(P.KEEP_BOOKS)
def welfare(request: Request, book: int) -> HttpResponse:
    """Welfare from its fund."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = forms.WelfareForm(kept, request.POST or None)
    return entered(request, kept, form, acts.pay_welfare, WELFARE, fund=queries.fund(kept, "34530"))


@guarded(P.KEEP_BOOKS)
def gift(request: Request, book: int) -> HttpResponse:
    """A gift for the public benefit, from its fund."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = forms.GiftForm(kept, request.POST or None)
    return entered(request, kept, form, acts.give_gift, GIFT, fund=queries.fund(kept, "34510"))


@guarded(P.KEEP_BOOKS)
def bank_interest(request: Request, book: int) -> HttpResponse:
    """The bank credited interest."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = forms.BankMoneyForm(kept, request.POST or None)
    return entered(request, kept, form, acts.record_bank_interest, INTEREST)


@guarded(P.KEEP_BOOKS)
def bank_fee(request: Request, book: int) -> HttpResponse:
    """The bank took a fee."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = forms.BankMoneyForm(kept, request.POST or None)
    return entered(request, kept, form, acts.record_bank_fee, FEE)


@guarded(P.KEEP_BOOKS)
def unpaid(request: Request, book: int) -> HttpResponse:
    """A member collects what was declared and not yet paid."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = forms.UnpaidForm(kept, request.POST or None)
    return entered(request, kept, form, acts.collect_unpaid_dividend, UNPAID)


@guarded(P.KEEP_BOOKS)
def general(request: Request, book: int) -> HttpResponse:
    """What has no form of its own."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = forms.GeneralForm(kept, request.POST or None)
    return entered(request, kept, form, acts.record_general, GENERAL, template="treasury/vouchers/general.html")
