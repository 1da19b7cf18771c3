"""Which day, month or account a statement shows; read from the address, and what cannot be read is today's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from sajja.ledger import periods
from sajja.ledger.models import Book, Stage
from sajja.lib.thai_dates import short
from sajja.org.door import Request
from sajja.treasury.queries.statements import Span, month_span, year_so_far, year_span
from sajja.treasury.statement import month_words
from sajja.web import clock
from sajja.web.fields import SajjaForm, ThaiDateField

CLOSINGS = [("", _("หลังปิดบัญชี")), ("before", _("ก่อนปิดบัญชี"))]
SPANS = [("month", _("เดือนนี้เดือนเดียว")), ("so_far", _("ตั้งแต่ต้นปีถึงเดือนนี้")), ("year", _("ทั้งปีบัญชี"))]


class DayForm(SajjaForm):
    """The day at whose end a statement stands."""

    on = ThaiDateField(label=_("ณ สิ้นวันที่"), required=False, latest=clock.today)
    closing = forms.ChoiceField(label=_("การปิดบัญชีประจำปี"), choices=CLOSINGS, required=False)


class SpanForm(SajjaForm):
    """The month, alone or with the year around it."""

    month = forms.ChoiceField(label=_("เดือน"), required=False)
    span = forms.ChoiceField(label=_("ช่วงเวลา"), choices=SPANS, required=False)


class AccountForm(SajjaForm):
    """The account and the month."""

    account = forms.ChoiceField(label=_("บัญชี"), required=False)
    month = forms.ChoiceField(label=_("เดือน"), required=False)
    span = forms.ChoiceField(label=_("ช่วงเวลา"), choices=SPANS, required=False)


@dataclass(frozen=True)
class AskedDay:
    """A day as it was asked for."""

    form: DayForm
    on: date
    through: Stage

    @classmethod
    def of(cls, request: Request, book: Book) -> AskedDay:
        """Today where nothing was asked, or nothing that can be read."""
        earliest = date.fromordinal(book.opened_on.toordinal() - 1)
        form = DayForm(request.GET or {"on": short(clock.today())})
        form.is_valid()
        on = form.cleaned_data.get("on") or clock.today()
        before = form.cleaned_data.get("closing") == "before"
        return cls(form, max(on, earliest), Stage.ADJUSTING if before else Stage.CLOSING)


@dataclass(frozen=True)
class AskedSpan:
    """A span as it was asked for."""

    form: SpanForm | AccountForm
    month: int
    span: Span

    @classmethod
    def of(cls, request: Request, book: Book, form: SpanForm | AccountForm | None = None, default: str = "month") -> AskedSpan:
        """This month where nothing was asked."""
        form = form or SpanForm(_with_month(request, default))
        set_choices(form, "month", [(str(month), month_words(month)) for month in months_of(book)])
        form.is_valid()
        month = int(form.cleaned_data.get("month") or periods.month_of(clock.today()))
        return cls(form, month, _span(book, month, form.cleaned_data.get("span") or default))


def asked_account(request: Request, book: Book, codes: list[tuple[str, str]]) -> tuple[AskedSpan, str]:
    """The span, and the code that was asked for: one of those to choose from, else the first."""
    form = AccountForm(_with_month(request, "so_far"))
    set_choices(form, "account", codes)
    asked = AskedSpan.of(request, book, form, "so_far")
    return asked, str(form.cleaned_data.get("account") or codes[0][0])


def _with_month(request: Request, default: str) -> dict[str, str]:
    given = {name: str(value) for name, value in request.GET.items()}
    return {"month": str(periods.month_of(clock.today())), "span": default} | given


def _span(book: Book, month: int, asked: str) -> Span:
    last = min(periods.last_day(month), clock.today())
    if asked == "year":
        return year_span(book, last)
    return year_so_far(book, periods.last_day(month)) if asked == "so_far" else month_span(month)


def months_of(book: Book) -> list[int]:
    """Every month from the book's first to this one, newest first."""
    return periods.months(periods.month_of(book.opened_on), periods.month_of(clock.today()))[::-1]


def set_choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Give a select its choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
