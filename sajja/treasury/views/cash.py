"""Cash and who keeps it: the page of all money, keepers, moving, counting, making good, the treasurer's hand-over."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from sajja.audit.labels import label
from sajja.ledger import periods
from sajja.ledger import queries as ledger
from sajja.ledger.models import Account
from sajja.lib.money import words
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.treasury import counting
from sajja.treasury.actions import cash as acts
from sajja.treasury.actions import handover as handovers
from sajja.treasury.forms import cash as forms
from sajja.treasury.models import CashCount, Handover, Keeper, Second
from sajja.treasury.queries import cash as queries
from sajja.treasury.queries.seconds import unconfirmed_among
from sajja.treasury.statement import month_words
from sajja.treasury.views import once_uuid
from sajja.treasury.views.vouchers import KEPT, Words, entered
from sajja.web import clock
from sajja.web.once import submit

HERE = "treasury:money"
MOVE = Words(gettext_lazy("ย้ายเงินสด"), gettext_lazy("มอบเงินสดให้ผู้เก็บรักษาอีกคน ลงชื่อทั้งสองฝ่าย"))
GOOD = Words(gettext_lazy("ชดใช้เงินสดที่ขาด"), gettext_lazy("เงินที่นับขาดและให้ผู้รับผิดชอบชดใช้"))
COUNTS = CashCount.objects.select_related(
    "kept__group__unit__parent", "kept__book", "account", "keeper", "charged", "entry", "account__control"
)
KEEPERS = Keeper.objects.select_related("kept__group__unit__parent", "kept__book", "account")
HANDOVERS = Handover.objects.select_related("kept__group__unit__parent", "kept__book", "incoming", "outgoing", "entry")


@guarded(P.SEE_ACCOUNTS)
def money(request: Request, book: int) -> HttpResponse:
    """Where the money lies, what is too much in one place, what waits for a signature."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    found = queries.holdings(kept)
    places = queries.in_use(found, clock.today())
    over = {row.holding.account.pk: row.limit for row in queries.above_limit(kept, clock.today(), places)}
    context = {
        "kept": kept, "here": HERE, "places": places, "over": over, "total": sum(row.satang for row in places),
        "ended": [row for row in found if row not in places and (row.keeper or row.bank)],
        "unconfirmed": Second.objects.filter(kept=kept, confirmed_at__isnull=True).count(),
        "counted": CashCount.objects.filter(kept=kept).order_by("-on", "-pk").first(),
        "may_keep": holds(request.user, P.KEEP_BOOKS, kept.group.unit),
    }  # fmt: skip
    return render(request, "treasury/cash/money.html", context)


@guarded(P.SEE_ACCOUNTS)
def place(request: Request, book: int, account: int) -> HttpResponse:
    """What moved on one place of money, month by month, with the balance after each."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    row = next((row for row in queries.holdings(kept) if row.account.pk == account), None)
    if row is None:
        raise Http404
    known = periods.months(periods.month_of(kept.book.opened_on), periods.month_of(clock.today()))[::-1]
    asked = request.GET.get("month", "")
    month = int(asked) if asked in {str(m) for m in known} else known[0]
    brought, steps = queries.steps(kept, row.account, periods.first_day(month), periods.last_day(month))
    others = Account.objects.in_bulk({step.line.other_id for step in steps})
    context = {
        "kept": kept, "here": HERE, "row": row, "brought": brought, "steps": [(s, others[s.line.other_id]) for s in steps],
        "left": steps[-1].balance if steps else brought, "month": str(month), "month_words": month_words(month),
        "months": [(str(m), month_words(m)) for m in known], "may_keep": holds(request.user, P.KEEP_BOOKS, kept.group.unit),
    }  # fmt: skip
    return render(request, "treasury/cash/place.html", context)


@guarded(P.KEEP_BOOKS)
def new_keeper(request: Request, book: int) -> HttpResponse:
    """Someone keeps a part of the cash."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = forms.KeeperForm(kept, request.POST or None)

    def do() -> str:
        given = form.cleaned_data
        acts.open_keeper(by=request.user, kept=kept, starts=given["starts"], limit_satang=given["limit_satang"], **form.keeper)
        messages.success(request, _("บันทึกผู้เก็บรักษาเงินแล้ว ย้ายเงินสดไปให้ได้"))
        return reverse("treasury:money", args=[book])

    words = Words(gettext_lazy("ผู้เก็บรักษาเงิน"), gettext_lazy("แยกเงินสดเป็นรายคน รู้ว่าใครถืออยู่เท่าใด"), gettext_lazy("บันทึก"))
    context = {"kept": kept, "here": HERE, "form": form, "words": words, "back": reverse("treasury:money", args=[book])}
    return submit(request, form, do) or render(request, "treasury/vouchers/form.html", context)


@guarded(P.KEEP_BOOKS)
def keeper_limit(request: Request, keeper: int) -> HttpResponse:
    """Another limit for a keeper."""
    found = find(request, P.KEEP_BOOKS, KEEPERS, pk=keeper)
    form = forms.LimitForm(request.POST or None, initial={"limit_satang": found.limit_satang})
    back = reverse("treasury:money", args=[found.kept.book_id])

    def do() -> str:
        acts.set_limit(by=request.user, keeper=found, **form.cleaned_data)
        messages.success(request, _("บันทึกวงเงินแล้ว"))
        return back

    words = Words(gettext_lazy("วงเงินของผู้เก็บรักษา"), gettext_lazy("เกินแล้วระบบเตือน ไม่ห้าม"), gettext_lazy("บันทึก"))
    context = {"kept": found.kept, "here": HERE, "form": form, "words": words, "back": back}
    return submit(request, form, do) or render(request, "treasury/vouchers/form.html", context)


@guarded(P.KEEP_BOOKS)
def end_keeper(request: Request, keeper: int) -> HttpResponse:
    """He keeps no cash any more."""
    found = find(request, P.KEEP_BOOKS, KEEPERS, pk=keeper)
    form = forms.EndForm(request.POST or None, initial={"ends": clock.today()})
    back = reverse("treasury:money", args=[found.kept.book_id])

    def do() -> str:
        acts.end_keeper(by=request.user, keeper=found, **form.cleaned_data)
        messages.success(request, _("บันทึกแล้ว"))
        return back

    context = {"kept": found.kept, "keeper": found, "form": form, "back": back}
    return submit(request, form, do) or render(request, "treasury/cash/end_keeper.html", context)


@guarded(P.KEEP_BOOKS)
@sensitive_post_parameters()
def move_cash(request: Request, book: int) -> HttpResponse:
    """Cash from one keeper to another."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = forms.MoveCashForm(kept, request.POST or None)
    return entered(request, kept, form, acts.move_cash, MOVE, here=HERE)


@guarded(P.SEE_ACCOUNTS)
def counts(request: Request, book: int) -> HttpResponse:
    """Every count of cash, newest first."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    page = Paginator(COUNTS.filter(kept=kept).order_by("-on", "-pk"), 50).get_page(request.GET.get("page"))
    may_keep = holds(request.user, P.KEEP_BOOKS, kept.group.unit)
    return render(request, "treasury/cash/counts.html", {"kept": kept, "here": HERE, "page": page, "may_keep": may_keep})


@guarded(P.KEEP_BOOKS)
def new_count(request: Request, book: int) -> HttpResponse:
    """Count a place of cash by note and coin."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = forms.CountForm(kept, request.POST or None)

    def do() -> str:
        made = acts.count_cash(by=request.user, kept=kept, uuid=once_uuid(request), **form.cleaned_data)
        messages.success(request, _("บันทึกการนับเงินแล้ว พิมพ์ให้กรรมการตรวจสอบลงชื่อ"))
        return reverse("treasury:count", args=[made.pk])

    context = {"kept": kept, "here": HERE, "form": form, "back": reverse("treasury:counts", args=[book])}
    return submit(request, form, do) or render(request, "treasury/cash/new_count.html", context)


@guarded(P.SEE_ACCOUNTS)
def count(request: Request, count: int) -> HttpResponse:
    """One count; it prints as the sheet that the audit committee signs."""
    found = find(request, P.SEE_ACCOUNTS, COUNTS, pk=count)
    notes = counting.read(found.notes)
    signed = Second.objects.filter(about=label(found)).order_by("pk")
    may_sign = holds(request.user, P.AUDIT_BOOKS, found.kept.group.unit) and request.user.key != found.by
    context = {
        "kept": found.kept, "here": HERE, "count": found, "seconds": signed, "in_words": words(found.counted_satang),
        "notes": [(counting.face(piece), n, piece * n) for piece in counting.PIECES if (n := notes.get(piece, 0))],
        "taken_back": ledger.reversal_of(found.entry) if found.entry else [],
        "may_sign": may_sign and not any(one.name == request.user.full_name for one in signed),
        "may_keep": holds(request.user, P.KEEP_BOOKS, found.kept.group.unit),
    }  # fmt: skip
    return render(request, "treasury/cash/count.html", context)


@guarded(P.AUDIT_BOOKS)
def sign_count(request: Request, count: int) -> HttpResponse:
    """The audit committee saw the cash counted."""
    found = find(request, P.AUDIT_BOOKS, COUNTS, pk=count)
    form = forms.NothingForm(request.POST if request.method == "POST" else None)
    back = reverse("treasury:count", args=[found.pk])

    def do() -> str:
        acts.sign_count(by=request.user, count=found)
        messages.success(request, _("ลงชื่อรับรองการนับแล้ว"))
        return back

    context = {"kept": found.kept, "count": found, "form": form, "back": back}
    return submit(request, form, do) or render(request, "treasury/cash/sign_count.html", context)


@guarded(P.KEEP_BOOKS)
def make_good(request: Request, book: int) -> HttpResponse:
    """A member makes good what lacked."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = forms.MakeGoodForm(kept, request.POST or None)
    return entered(request, kept, form, acts.make_good, GOOD, here=HERE)


@guarded(P.KEEP_BOOKS)
@sensitive_post_parameters()
def hand_over(request: Request, book: int) -> HttpResponse:
    """The treasurer's work to another: cash counted, books and bank books listed."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = forms.HandoverForm(kept, request.POST or None)

    def do() -> str:
        given = {name: form.cleaned_data[name] for name in ("date", "giver", "notes", "books", "bank_books")}
        made = handovers.hand_over(
            by=request.user, kept=kept, uuid=once_uuid(request), signers=form.signers(), **given, **form.sides
        )
        messages.success(request, _("ทำใบส่งมอบงานแล้ว พิมพ์ให้ทั้งสองฝ่ายลงชื่อ"))
        return reverse("treasury:handover", args=[made.pk])

    context = {"kept": kept, "here": HERE, "form": form, "back": reverse("treasury:money", args=[book])}
    return submit(request, form, do) or render(request, "treasury/cash/hand_over.html", context)


@guarded(P.SEE_ACCOUNTS)
def handover(request: Request, handover: int) -> HttpResponse:
    """A hand-over as its paper has it."""
    found = find(request, P.SEE_ACCOUNTS, HANDOVERS, pk=handover)
    notes = counting.read(found.notes)
    context = {
        "kept": found.kept, "here": HERE, "handover": found, "in_words": words(found.cash_satang),
        "seconds": Second.objects.filter(about=label(found)).order_by("pk"),
        "notes": [(counting.face(piece), n, piece * n) for piece in counting.PIECES if (n := notes.get(piece, 0))],
        "may_keep": holds(request.user, P.KEEP_BOOKS, found.kept.group.unit),
    }  # fmt: skip
    return render(request, "treasury/cash/handover.html", context)


@guarded(P.SEE_ACCOUNTS)
def handed_over(request: Request, book: int) -> HttpResponse:
    """Every hand-over of the book."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    page = Paginator(HANDOVERS.filter(kept=kept).order_by("-on", "-pk"), 50).get_page(request.GET.get("page"))
    awaited = unconfirmed_among(label(one) for one in page)
    context = {
        "kept": kept, "here": HERE, "page": page, "rows": [(one, label(one) in awaited) for one in page],
        "may_keep": holds(request.user, P.KEEP_BOOKS, kept.group.unit),
    }  # fmt: skip
    return render(request, "treasury/cash/handed_over.html", context)
