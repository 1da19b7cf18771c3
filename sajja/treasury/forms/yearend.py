"""What is typed at the year's end: its rules, an allowance, an audit's adjustment, the committee's opinion."""

from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.groups.forms import PercentField
from sajja.groups.models import GroupBook
from sajja.ledger.models import Account, Kind
from sajja.treasury import chart
from sajja.treasury.forms.choices import ResolutionField
from sajja.treasury.forms.vouchers import GeneralForm
from sajja.treasury.models import DividendBase, Opinion, WholeBaht, YearRules
from sajja.treasury.queries.yearend import Year
from sajja.web import clock
from sajja.web.fields import BahtField, SajjaForm, ThaiDateField, ThaiTextField

ASSETS: Final = ("17", "18", "19")
"""How the codes of what wears out begin."""
REST: Final = ("34", "33000")


class YearRulesForm(SajjaForm):
    """How the book ends its years; what the regulation says of heads and percents stands there."""

    dividend_base = forms.ChoiceField(
        label=gettext_lazy("แบ่งปันผลตาม"), choices=DividendBase.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy("ถ่วงน้ำหนักตามเดือน: เงินที่ฝากก่อนได้นานกว่า เงินฝากเดือนแรกนับ 11 เดือน เดือนสุดท้ายไม่นับ"),
    )  # fmt: skip
    whole_baht = forms.ChoiceField(
        label=gettext_lazy("เศษสตางค์ของปันผลและเฉลี่ยคืน"), choices=WholeBaht.choices, widget=forms.RadioSelect
    )
    rest_to = forms.ChoiceField(label=gettext_lazy("เศษที่เหลือเข้าบัญชี"))
    allowance_bp = PercentField(
        label=gettext_lazy("ค่าเผื่อหนี้สงสัยจะสูญ ร้อยละของเงินต้นที่เกินกำหนด"), required=False,
        help_text=gettext_lazy("เช่น 20 ไม่ตั้งให้ใส่ 0 การตั้งแต่ละปีต้องมีมติ"),
    )  # fmt: skip

    def __init__(self, kept: GroupBook, rules: YearRules, data: Any = None) -> None:
        names = ("dividend_base", "whole_baht", "rest_to", "allowance_bp")
        super().__init__(data, initial={name: getattr(rules, name) for name in names})
        headings = Account.objects.filter(book=kept.book, control__isnull=True).order_by("code")
        rest = [h for h in headings if h.kind == Kind.EQUITY and h.code.startswith(REST)]
        self.fields["rest_to"].choices = [(h.code, str(h)) for h in rest]  # type: ignore[attr-defined]
        self.assets = [h for h in headings if h.kind == Kind.ASSET and h.code.startswith(ASSETS) and h.code != chart.DEPRECIATED]
        for heading in self.assets:
            self.fields[f"rate_{heading.code}"] = PercentField(
                label=_("%(account)s ค่าเสื่อมราคาร้อยละต่อปี") % {"account": heading}, required=False,
                initial=rules.depreciation.get(heading.code, 0),
            )  # fmt: skip

    @property
    def rates(self) -> list[BoundField]:
        """The boxes of the rates."""
        return [self[f"rate_{heading.code}"] for heading in self.assets]

    @property
    def given(self) -> dict[str, Any]:
        """What the act is told."""
        said = dict(self.cleaned_data)
        said["depreciation"] = {h.code: said.pop(f"rate_{h.code}") or 0 for h in self.assets}
        return said | {"allowance_bp": said["allowance_bp"] or 0}


class PlainForm(SajjaForm):
    """Nothing to type: the page shows what will be posted."""

    @property
    def given(self) -> dict[str, Any]:
        """Nothing."""
        return {}


class AllowForm(SajjaForm):
    """What the resolution says that the allowance shall be."""

    wanted = BahtField(label=gettext_lazy("ตั้งค่าเผื่อหนี้รวมเป็น (บาท)"), help_text=gettext_lazy("ระบบลงเฉพาะส่วนที่ต่างจากที่ตั้งไว้แล้ว"))
    resolution = ResolutionField(label=gettext_lazy("มติที่ให้ตั้ง"), required=True)

    def __init__(self, kept: GroupBook, wanted: int, data: Any = None) -> None:
        super().__init__(data, initial={"wanted": wanted})
        self.fields["resolution"].offer(kept)  # type: ignore[attr-defined]

    @property
    def given(self) -> dict[str, Any]:
        """What the act is told."""
        return dict(self.cleaned_data)


class AuditForm(GeneralForm):
    """Lines by account code, dated the last day of the year."""

    date = None  # type: ignore[assignment]
    memo = None  # type: ignore[assignment]
    paper_no = None  # type: ignore[assignment]
    why = ThaiTextField(
        label=gettext_lazy("ผู้ตรวจสอบพบอะไร"), max_length=150, help_text=gettext_lazy("เช่น ค่าเช่าของเดือนธันวาคมยังไม่ได้ลง")
    )


class TakeBackForm(SajjaForm):
    """Why."""

    reason = ThaiTextField(label=gettext_lazy("เหตุผลที่ยกเลิก"), max_length=200)


class OpinionForm(SajjaForm):
    """What the audit committee says, and who of it."""

    on = ThaiDateField(label=gettext_lazy("วันที่ลงความเห็น"), latest=clock.today)
    opinion = forms.ChoiceField(label=gettext_lazy("ความเห็นต่องบของปี"), choices=Opinion.choices, widget=forms.RadioSelect)
    words = ThaiTextField(
        label=gettext_lazy("เรื่องที่ยกเว้น เหตุผล หรือข้อสังเกต"), required=False, lines=3, max_length=1000,
        help_text=gettext_lazy("ต้องใส่ เมื่อความเห็นไม่ใช่ ถูกต้องตามที่ควร"),
    )  # fmt: skip
    names = ThaiTextField(
        label=gettext_lazy("กรรมการตรวจสอบที่ลงความเห็น"), lines=3, max_length=600, help_text=gettext_lazy("บรรทัดละหนึ่งคน")
    )

    def __init__(self, year: Year, names: list[str], data: Any = None) -> None:
        super().__init__(data, initial={"on": clock.today(), "names": "\n".join(names)})
        self.year = year

    @property
    def given(self) -> dict[str, Any]:
        """What the act is told."""
        return dict(self.cleaned_data) | {"names": self.cleaned_data["names"].splitlines()}
