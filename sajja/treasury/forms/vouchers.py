"""What is typed on a voucher."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.ledger.models import Account
from sajja.lib.money import baht
from sajja.treasury import chart
from sajja.treasury.actions.vouchers import CodeArrow, arrows_of_lines
from sajja.treasury.forms.choices import KeptForm, MemberField, MoneyField, ResolutionField, members, plain_headings
from sajja.treasury.models import MemberAccount, WelfareKind
from sajja.web import clock
from sajja.web.fields import BahtField, SajjaForm, ThaiDateField, ThaiTextField

AMOUNT = gettext_lazy("จำนวนเงิน (บาท)")
PAPER_NO = gettext_lazy("เลขที่บนกระดาษ")
PAPER_HELP = gettext_lazy("เล่มและเลขที่ของใบเสร็จหรือใบสำคัญ ถ้ามี")
GENERAL_LINES = 6


def amount_field() -> BahtField:
    """An amount above nought."""
    return BahtField(label=AMOUNT, min_satang=1)


def paper_field() -> ThaiTextField:
    """The number on the paper."""
    return ThaiTextField(label=PAPER_NO, required=False, max_length=40, help_text=PAPER_HELP)


class IncomeForm(KeptForm):
    """Money that came in outside the collecting day."""

    payer = ThaiTextField(label=gettext_lazy("รับจาก"), max_length=150)
    account = forms.ChoiceField(label=gettext_lazy("เป็นรายรับอะไร"))
    amount = amount_field()
    money = MoneyField(label=gettext_lazy("เก็บไว้ที่"))
    memo = ThaiTextField(label=gettext_lazy("รายละเอียด"), max_length=250)
    paper_no = paper_field()
    resolution = ResolutionField()

    def offer(self) -> None:
        """Income first, then what is received otherwise."""
        self.fields["account"].choices = plain_headings(self.kept, "I", "L", "Q")  # type: ignore[attr-defined]
        self.money_field("money").offer(self.places)
        self.fields["resolution"].offer(self.kept)  # type: ignore[attr-defined]


class ExpenseForm(KeptForm):
    """Money paid for the group's work."""

    payee = ThaiTextField(label=gettext_lazy("จ่ายให้"), max_length=150)
    account = forms.ChoiceField(label=gettext_lazy("เป็นรายจ่ายอะไร"))
    amount = amount_field()
    money = MoneyField(label=gettext_lazy("จ่ายจาก"))
    memo = ThaiTextField(label=gettext_lazy("รายละเอียด"), max_length=250)
    paper_no = paper_field()
    resolution = ResolutionField()

    def offer(self) -> None:
        """Expenses first, then what is paid otherwise."""
        self.fields["account"].choices = plain_headings(self.kept, "E", "A", "L", "Q")  # type: ignore[attr-defined]
        self.money_field("money").offer(self.places, taking=0)
        self.fields["resolution"].offer(self.kept)  # type: ignore[attr-defined]


class WelfareForm(KeptForm):
    """Welfare to a member. What it was for stays a word; no illness is written down."""

    member = MemberField(label=gettext_lazy("จ่ายให้สมาชิก"))
    welfare = forms.ChoiceField(label=gettext_lazy("ประเภท"), choices=WelfareKind.choices, widget=forms.RadioSelect)
    amount = amount_field()
    money = MoneyField(label=gettext_lazy("จ่ายจาก"))
    paper_no = paper_field()
    resolution = ResolutionField()
    charge_expense = forms.BooleanField(label=gettext_lazy("ทุนไม่พอ มติให้จ่ายเป็นค่าใช้จ่าย (56000)"), required=False)

    def offer(self) -> None:
        """Members, and places that hold something."""
        self.fields["member"].offer(members(self.kept))  # type: ignore[attr-defined]
        self.money_field("money").offer(self.places, taking=0)
        self.fields["resolution"].offer(self.kept)  # type: ignore[attr-defined]


class GiftForm(KeptForm):
    """A gift for the public benefit."""

    receiver = ThaiTextField(label=gettext_lazy("มอบให้"), max_length=150)
    amount = amount_field()
    money = MoneyField(label=gettext_lazy("จ่ายจาก"))
    memo = ThaiTextField(label=gettext_lazy("รายละเอียด"), max_length=250)
    paper_no = paper_field()
    resolution = ResolutionField()
    charge_expense = forms.BooleanField(label=gettext_lazy("ทุนไม่พอ มติให้จ่ายเป็นค่าใช้จ่าย (56000)"), required=False)

    def offer(self) -> None:
        """Places that hold something."""
        self.money_field("money").offer(self.places, taking=0)
        self.fields["resolution"].offer(self.kept)  # type: ignore[attr-defined]


class BankMoneyForm(KeptForm):
    """The bank's interest or fee."""

    bank = MoneyField(label=gettext_lazy("บัญชีธนาคาร"))
    amount = amount_field()
    paper_no = paper_field()

    def offer(self) -> None:
        """Banks alone."""
        self.money_field("bank").offer(self.in_banks)


class UnpaidForm(KeptForm):
    """A member collects what was declared and not yet paid."""

    control = forms.ChoiceField(
        label=gettext_lazy("เงินอะไร"),
        choices=[
            (chart.DIVIDENDS_UNPAID, gettext_lazy("เงินปันผลค้างจ่าย")),
            (chart.REFUNDS_UNPAID, gettext_lazy("เงินเฉลี่ยคืนค้างจ่าย")),
            (chart.LEAVERS, gettext_lazy("เงินรอจ่ายผู้พ้นสมาชิกภาพและทายาท")),
        ],
    )
    member = MemberField(label=gettext_lazy("จ่ายให้"), help_text=gettext_lazy("แสดงเฉพาะคนที่มีเงินค้างจ่าย"))
    amount = amount_field()
    money = MoneyField(label=gettext_lazy("จ่ายจาก"))
    paper_no = paper_field()

    def offer(self) -> None:
        """Members to whom something is owed, with how much."""
        codes = (chart.DIVIDENDS_UNPAID, chart.REFUNDS_UNPAID, chart.LEAVERS)
        owed = MemberAccount.objects.filter(
            member__group=self.kept.group_id, control__in=codes, account__balance__lt=0
        ).select_related("member", "account")
        words: dict[int, str] = {}
        for row in owed.order_by("member__call_position", "member__order", "control"):
            words[row.member_id] = f"{words.get(row.member_id, '')} {row.control} {baht(row.account.standing)}".strip()
        self.fields["member"].offer({row.member_id: row.member for row in owed}.values(), words)  # type: ignore[attr-defined]
        self.money_field("money").offer(self.places, taking=0)


class GeneralForm(KeptForm):
    """Lines of account, debit, credit; both sides equal; with the reason why no other form does."""

    memo = ThaiTextField(label=gettext_lazy("รายละเอียด"), max_length=250)
    why = ThaiTextField(
        label=gettext_lazy("เหตุผลที่ใช้ใบสำคัญทั่วไป"), max_length=150, help_text=gettext_lazy("เช่น จัดประเภทบัญชีใหม่ แก้ยอดยกมา")
    )
    paper_no = paper_field()
    resolution = ResolutionField()

    @property
    def given(self) -> dict[str, Any]:
        """The lines as arrows."""
        return super().given | {"arrows": self.arrows}

    def offer(self) -> None:
        """Six lines by code."""
        self.codes = list(Account.objects.filter(book=self.kept.book).order_by("code"))
        for at in range(GENERAL_LINES):
            self.fields[f"code_{at}"] = ThaiTextField(
                label=_("รหัสบัญชี บรรทัดที่ %(n)s") % {"n": at + 1}, required=False, max_length=150
            )
            self.fields[f"code_{at}"].widget.attrs |= {"list": "codes", "autocomplete": "off"}
            self.fields[f"debit_{at}"] = BahtField(label=_("เดบิต บรรทัดที่ %(n)s") % {"n": at + 1}, required=False, min_satang=1)
            self.fields[f"credit_{at}"] = BahtField(label=_("เครดิต บรรทัดที่ %(n)s") % {"n": at + 1}, required=False, min_satang=1)
        self.fields["resolution"].offer(self.kept)  # type: ignore[attr-defined]

    @property
    def lines(self) -> list[tuple[Any, Any, Any]]:
        """The boxes, line by line."""
        return [(self[f"code_{at}"], self[f"debit_{at}"], self[f"credit_{at}"]) for at in range(GENERAL_LINES)]

    def clean(self) -> dict[str, Any]:
        """Arrows from the credit lines to the debit lines."""
        data = super().clean() or self.cleaned_data
        lines: list[tuple[str, int]] = []
        known = {account.code for account in self.codes}
        for at in range(GENERAL_LINES):
            code = str(data.pop(f"code_{at}", "") or "").split(" ")[0]
            debit, credit = data.pop(f"debit_{at}", None), data.pop(f"credit_{at}", None)
            if code and code not in known:
                self.add_error(f"code_{at}", _("ไม่มีรหัสบัญชีนี้ เลือกจากรายการ"))
            elif bool(code) != bool(debit or credit) or (debit and credit):
                self.add_error(f"code_{at}", _("ใส่รหัสบัญชี และจำนวนเงินช่องเดบิตหรือเครดิตช่องเดียว"))
            elif code:
                lines.append((code, debit or -credit))
        difference = sum(satang for _code, satang in lines)
        if not self.errors and (len(lines) < 2 or difference):
            raise ValidationError(
                _("เดบิตและเครดิตต่างกัน %(baht)s บาท ตรวจจนเท่ากัน") % {"baht": baht(abs(difference))}
                if difference
                else _("ใส่อย่างน้อยสองบรรทัด เดบิตและเครดิต")
            )
        self.arrows: list[CodeArrow] = [] if self.errors else arrows_of_lines(lines)
        return data


class ReverseForm(SajjaForm):
    """Why an entry is taken back, and on which day."""

    reason = ThaiTextField(label=gettext_lazy("เหตุผล"), max_length=250, help_text=gettext_lazy("เช่น ใส่จำนวนผิด ที่ถูกคือ 100.00"))
    date = ThaiDateField(label=gettext_lazy("วันที่แก้"), latest=clock.today)
