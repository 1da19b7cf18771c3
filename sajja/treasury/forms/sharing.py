"""What is typed at the general meeting: the heads of the surplus, who gets his share how, what is fetched later."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.groups.forms import PercentField
from sajja.groups.models import GroupBook, MeetingKind, percent_of_bp
from sajja.ledger.models import Account, Kind
from sajja.lib.money import baht
from sajja.lib.thai_dates import short
from sajja.treasury import chart
from sajja.treasury.actions.payout import Paid
from sajja.treasury.forms.choices import KeptForm, MoneyField, ResolutionField
from sajja.treasury.models import DividendBase, PaidHow, Share, WholeBaht, YearEnd
from sajja.treasury.queries import sharing as queries
from sajja.treasury.queries.loans import LoanStanding
from sajja.treasury.queries.yearend import rules_for
from sajja.treasury.shares import Head, Shared
from sajja.web import clock
from sajja.web.fields import SajjaForm, ThaiDateField, ThaiTextField

SPARE: Final = 2
LEAST_ROWS: Final = 7
NOT_FUNDS: Final = frozenset({chart.PLEDGED, chart.RESULT, chart.OPENING_DIFFERENCE})


class MeetingField(ResolutionField):
    """A resolution of a general meeting after the year; gives the Resolution."""

    def offer_after(self, ended: YearEnd) -> None:
        """Only such."""
        self.offer(ended.kept)
        fitting = {
            key: row
            for key, row in self.resolutions.items()
            if row.meeting.kind == MeetingKind.GENERAL and row.meeting.day > ended.last
        }
        self.choices = [("", _("เลือกมติ")), *((key, f"{short(r.meeting.day)} {r}: {r.text[:60]}") for key, r in fitting.items())]
        self.any = bool(fitting)


class LossForm(SajjaForm):
    """The meeting that heard of the loss."""

    resolution = MeetingField(label=gettext_lazy("มติที่ประชุมใหญ่"), required=True)

    def __init__(self, ended: YearEnd, data: Any = None) -> None:
        super().__init__(data)
        self.fields["resolution"].offer_after(ended)  # type: ignore[attr-defined]

    @property
    def has_meeting(self) -> bool:
        """Whether a fitting resolution is there."""
        return bool(self.fields["resolution"].any)  # type: ignore[attr-defined]

    @property
    def given(self) -> dict[str, Any]:
        """What the act is told."""
        return dict(self.cleaned_data)


class RateField(PercentField):
    """A percentage with four decimals at most; gives a Decimal."""

    def to_python(self, value: Any) -> Any:
        """None where it is empty."""
        if value in self.empty_values:
            return None
        try:
            rate = Decimal(str(value).strip().removesuffix("%"))
        except ArithmeticError:
            raise ValidationError(_("ใส่ร้อยละเป็นตัวเลข เช่น 5 หรือ 5.25")) from None
        if not 0 < rate <= 100 or rate != round(rate, 4):
            raise ValidationError(_("ใส่ร้อยละที่มากกว่า 0 ไม่เกิน 100 ทศนิยมไม่เกินสี่ตำแหน่ง"))
        return rate


class AppropriateForm(LossForm):
    """The heads with their accounts and percents, and how each one's part is reckoned; read for a preview too."""

    base = forms.ChoiceField(label=gettext_lazy("แบ่งปันผลตาม"), choices=DividendBase.choices)
    rate = RateField(
        label=gettext_lazy("ที่ประชุมกำหนดอัตราปันผลไว้ (ร้อยละต่อปี)"), required=False,
        help_text=gettext_lazy("เว้นว่างเมื่อแบ่งเงินปันผลทั้งก้อน ถ้าใส่ ส่วนที่เหลือเข้าบัญชีเศษ"),
    )  # fmt: skip
    whole_baht = forms.ChoiceField(label=gettext_lazy("เศษสตางค์"), choices=WholeBaht.choices)
    rest_to = forms.ChoiceField(label=gettext_lazy("เศษที่เหลือเข้าบัญชี"))

    def __init__(self, ended: YearEnd, data: Any = None) -> None:
        super().__init__(ended, data)
        self.ended = ended
        rules = rules_for(ended.kept, ended.year)
        for name, said in (("base", rules.dividend_base), ("whole_baht", rules.whole_baht), ("rest_to", rules.rest_to)):
            self.fields[name].initial = said
        headings = Account.objects.filter(book=ended.kept.book, control__isnull=True).order_by("code")
        funds = [(h.code, str(h)) for h in headings if h.kind == Kind.EQUITY and h.code not in NOT_FUNDS]
        members = [(h.code, str(h)) for h in headings if h.code in queries.DECLARED]
        self.fields["rest_to"].choices = funds  # type: ignore[attr-defined]
        usual = queries.usual_heads(ended.kept, clock.today())
        self.count = max(len(usual) + SPARE, LEAST_ROWS)
        for at in range(self.count):
            head = usual[at] if at < len(usual) else Head("", "", 0)
            self._add_row(at + 1, head, members, funds)

    def _add_row(self, at: int, head: Head, members: list[tuple[str, str]], funds: list[tuple[str, str]]) -> None:
        choices = [("", _("เลือก")), (_("แบ่งให้สมาชิก"), members), (_("ทุนของกลุ่ม"), funds)]
        self.fields[f"name_{at}"] = ThaiTextField(
            label=_("รายการที่ %(n)s") % {"n": at}, required=False, max_length=80, initial=head.name
        )
        self.fields[f"code_{at}"] = forms.ChoiceField(
            label=_("บัญชีของรายการที่ %(n)s") % {"n": at}, required=False, choices=choices, initial=head.code
        )
        self.fields[f"percent_{at}"] = PercentField(
            label=_("ร้อยละของรายการที่ %(n)s") % {"n": at}, required=False, initial=head.percent_bp or None
        )

    @property
    def rows(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        """The boxes, head by head."""
        return [(self[f"name_{at}"], self[f"code_{at}"], self[f"percent_{at}"]) for at in range(1, self.count + 1)]

    def clean(self) -> dict[str, Any]:
        """The heads that were filled in; they add to 100."""
        data = super().clean() or self.cleaned_data
        self.heads: list[Head] = []
        for at in range(1, self.count + 1):
            name, code, percent = (data.pop(f"{what}_{at}", None) for what in ("name", "code", "percent"))
            if not name and not percent:
                continue
            if not name or not code or not percent:
                self.add_error(f"name_{at}", _("ใส่ชื่อ บัญชี และร้อยละให้ครบ หรือลบทั้งบรรทัด"))
            else:
                self.heads.append(Head(name, code, percent))
        total = sum(head.percent_bp for head in self.heads)
        if not set(self.errors) - {"resolution"} and total != 10_000:
            raise ValidationError(_("ร้อยละรวมกันได้ %(sum)s ต้องได้ 100 พอดี") % {"sum": percent_of_bp(total)})
        return data

    @property
    def given(self) -> dict[str, Any]:
        """What the act is told."""
        return dict(self.cleaned_data) | {"heads": self.heads}

    def preview(self) -> Shared | None:
        """What it would come to, as typed; as usual on an empty form; None where it cannot be reckoned, with the reason."""
        if self.is_bound:
            self.is_valid()
            if set(self.errors) - {"resolution"}:
                return None
            said, heads = self.cleaned_data, self.heads
        else:
            said = {name: self.fields[name].initial for name in ("base", "whole_baht")}
            heads = [head for head in queries.usual_heads(self.ended.kept, clock.today()) if head.percent_bp]
            if sum(head.percent_bp for head in heads) != 10_000:
                return None
        try:
            return queries.shared(self.ended, heads, said["base"], said["whole_baht"], said.get("rate"))
        except ValueError as wrong:
            self.why_not = str(wrong)
            return None

    why_not = ""


class Choice(NamedTuple):
    """A line of the payment list with the ways open to it: (value, words), and the one that is chosen."""

    line: queries.Line
    ways: list[tuple[str, str]]
    chosen: str


class PayForm(KeptForm):
    """The payment list: a way for each line, `how-<share>`: nothing, cash, savings, or loan-<key> for a set-off."""

    date = ThaiDateField(label=gettext_lazy("วันที่จ่าย"), latest=clock.today)
    money = MoneyField(label=gettext_lazy("เงินที่จ่ายออกจาก"), required=False)
    signed = forms.BooleanField(label=gettext_lazy("คนที่ให้หักหนี้ ลงชื่อยินยอมในบัญชีจ่ายแล้วทุกคน"), required=False)

    def __init__(
        self, kept: GroupBook, lines: Sequence[queries.Line], data: Any = None, *, everyone: str = "", **kwargs: Any
    ) -> None:
        super().__init__(kept, data, **kwargs)
        self.lines = [line for line in lines if line.share.how == PaidHow.UNPAID]
        self.everyone = everyone

    def offer(self) -> None:
        """Places that hold something."""
        self.money_field("money").offer(self.places, taking=0)

    @property
    def choices(self) -> list[Choice]:
        """Every line that waits."""
        return [Choice(line, self._ways(line), self._chosen(line)) for line in self.lines]

    def _chosen(self, line: queries.Line) -> str:
        return str(self.data.get(f"how-{line.share.pk}", "")) if self.is_bound else self.everyone

    @staticmethod
    def _ways(line: queries.Line) -> list[tuple[str, str]]:
        """A set-off only for who owes what is due; into savings only for who is a member still."""
        found = [("", _("ยังไม่รับ")), ("cash", _("เงินสด"))]
        if line.member.status == "active":
            found.append(("savings", _("เข้าสัจจะพิเศษ")))
        return [*found, *((f"loan-{one.loan.pk}", _("หักหนี้ %(no)s") % {"no": one.loan.number}) for one in line.late)]

    def clean(self) -> dict[str, Any]:
        """Each way read; at least one; a set-off is signed."""
        data = super().clean() or self.cleaned_data
        self.paid: list[Paid] = []
        for choice in self.choices:
            if choice.chosen not in dict(choice.ways):
                raise ValidationError(_("วิธีรับเงินของ %(name)s ใช้ไม่ได้ เลือกใหม่") % {"name": choice.line.member.name})
            if choice.chosen.startswith("loan-"):
                self.paid.append(Paid(choice.line.share.pk, PaidHow.SET_OFF, int(choice.chosen.removeprefix("loan-"))))
            elif choice.chosen:
                self.paid.append(Paid(choice.line.share.pk, choice.chosen))
        if not self.paid:
            raise ValidationError(_("ยังไม่ได้เลือกว่าใครรับเงิน กด ทุกคนรับเงินสด แล้วแก้เฉพาะคนที่ต่างไป"))
        if any(one.how == PaidHow.SET_OFF for one in self.paid) and not data.get("signed"):
            self.add_error("signed", _("การหักหนี้ต้องให้สมาชิกลงชื่อยินยอมก่อน ลงชื่อแล้วจึงทำเครื่องหมาย"))
        if any(one.how == PaidHow.CASH for one in self.paid) and not data.get("money"):
            self.add_error("money", _("เลือกว่าจ่ายจากเงินสดที่ใด"))
        return data

    @property
    def given(self) -> dict[str, Any]:
        """What the act is told."""
        return {"date": self.cleaned_data["date"], "money": self.cleaned_data["money"], "paid": self.paid}

    def totals(self) -> dict[str, Any]:
        """People and satang by way, for the confirmation; who is absent."""
        by_share = {line.share.pk: line for line in self.lines}
        named = {one.share: one.how for one in self.paid}
        parts = [
            (words, [by_share[one.share] for one in self.paid if one.how == how])
            for how, words in (
                (PaidHow.CASH, _("เงินสด")),
                (PaidHow.SAVINGS, _("เข้าเงินสัจจะพิเศษ")),
                (PaidHow.SET_OFF, _("หักชำระหนี้")),
            )
        ]
        absent = [line for line in self.lines if line.share.pk not in named]
        parts = [*parts, (_("ยังไม่รับ ค้างจ่ายไว้"), absent)]
        return {
            "parts": [(words, rows, sum(line.total for line in rows)) for words, rows in parts if rows],
            "money": sum(self._in_money(one, by_share[one.share]) for one in self.paid), "people": len(self.paid),
            "satang": sum(by_share[one.share].total for one in self.paid),
            "carried": [(name, value) for name, value in self.data.items() if name.startswith("how-") and value]
            + [(name, self.data[name]) for name in ("date", "money", "signed") if self.data.get(name)],
        }  # fmt: skip

    @staticmethod
    def _in_money(one: Paid, line: queries.Line) -> int:
        """What leaves the box for him: all of it, or what a set-off leaves."""
        if one.how == PaidHow.SET_OFF:
            return max(line.total - sum(late.due for late in line.late if late.loan.pk == one.loan), 0)
        return line.total if one.how == PaidHow.CASH else 0


class FetchForm(KeptForm):
    """One member fetches what waits for him."""

    date = ThaiDateField(label=gettext_lazy("วันที่มารับ"), latest=clock.today)
    how = forms.ChoiceField(label=gettext_lazy("รับอย่างไร"), widget=forms.RadioSelect)
    money = MoneyField(label=gettext_lazy("เงินที่จ่ายออกจาก"), required=False)

    def __init__(self, kept: GroupBook, share: Share, late: Sequence[LoanStanding], data: Any = None) -> None:
        self.late = {f"loan-{one.loan.pk}": one for one in late}
        ways = [("later", _("รับเงินสด หรือโอนจากธนาคาร"))]
        if share.member.status == "active":
            ways.append(("savings", _("เข้าเงินสัจจะสะสมพิเศษ")))
        ways += [
            (key, _("หักหนี้สัญญา %(no)s ถึงกำหนด %(due)s บาท (ลงชื่อยินยอมแล้ว)") % {"no": one.loan.number, "due": baht(one.due)})
            for key, one in self.late.items()
        ]
        super().__init__(kept, data, initial={"how": "later"})
        self.fields["how"].choices = ways  # type: ignore[attr-defined]
        self.money_field("money").offer(self.places, taking=0)

    def clean(self) -> dict[str, Any]:
        """Money where it is fetched as money."""
        data = super().clean() or self.cleaned_data
        if data.get("how") == "later" and not data.get("money"):
            self.add_error("money", _("เลือกว่าจ่ายจากที่ใด"))
        return data

    @property
    def given(self) -> dict[str, Any]:
        """What the act is told."""
        said = dict(self.cleaned_data)
        if loan := self.late.get(said["how"]):
            return said | {"how": PaidHow.SET_OFF, "loan": loan.loan}
        return said


class WrongShareForm(SajjaForm):
    """Why a payment was wrong, and on which day it is taken back."""

    date = ThaiDateField(label=gettext_lazy("วันที่แก้"), latest=clock.today)
    reason = ThaiTextField(
        label=gettext_lazy("ผิดอย่างไร"), max_length=200, help_text=gettext_lazy("เช่น จ่ายผิดคน เงินคืนมาแล้ว จ่ายใหม่ให้ถูกคนได้เลย")
    )


class TakeBackForm(SajjaForm):
    """Why the whole appropriation is taken back."""

    reason = ThaiTextField(label=gettext_lazy("เหตุผลที่ยกเลิก"), max_length=200)
