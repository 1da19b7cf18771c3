"""The steps of starting an old group: a member, savings, the year so far, a contract, money and funds, the workbook, going live."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from sajja.groups.actions import identity
from sajja.groups.forms.uploads import SheetForm
from sajja.groups.models import CommitteeMember
from sajja.lib.refusals import Refused
from sajja.treasury import chart
from sajja.treasury.draft import CONTRA, MONEY, MONTHS, SO_FAR, SUMMED, Ground, LoanRow, MoneyRow, PersonRow
from sajja.treasury.effective import LAWFUL_BP
from sajja.treasury.forms.choices import SigningForm
from sajja.treasury.models import InterestBy, ProductKind
from sajja.treasury.models.loans import Method
from sajja.treasury.opening_sheet import COLUMNS, Reading, SheetRow, WorkbookReader, guarantors
from sajja.web.fields import BahtField, SajjaForm, SheetField, ThaiDateField, ThaiIntegerField, ThaiTextField
from sajja.web.sheets import sheets_of

MOST: Final = 10**13
OWN: Final = (("pledged", gettext_lazy("สัจจะสะสม")), ("special", gettext_lazy("สัจจะพิเศษ")))
UNPAID: Final = (("dividends", gettext_lazy("ปันผลค้างจ่าย")), ("refunds", gettext_lazy("เฉลี่ยคืนค้างจ่าย")))
COMMON: Final = frozenset(
    {"11000", "12100", "17000", "17900", "23100", "33000", "34000", "34200", "34510", "34530", "40000"}
)  # fmt: skip
SPARE_PLACES: Final = 3
OTHERWISE: Final = {
    chart.CASH: gettext_lazy("เงินสดที่เหรัญญิกถือ"),
    chart.BANK: gettext_lazy("เงินฝากธนาคารที่ไม่ได้ใส่แยกเล่ม"),
}
"""What is left for a heading whose places are typed one by one."""


class PersonForm(SajjaForm):
    """One member who is not in the register yet."""

    number = ThaiTextField(label=_("เลขที่สมาชิก"), max_length=20, widget=forms.TextInput(attrs={"class": "short"}))
    name = ThaiTextField(label=_("ชื่อและนามสกุล"), max_length=150)
    joined_on = ThaiDateField(label=_("วันที่เป็นสมาชิก"))
    pledge = BahtField(label=_("สัจจะต่อเดือน (บาท)"), required=False, max_satang=MOST)
    national_id = ThaiTextField(
        label=_("เลขประจำตัวประชาชน"), required=False, max_length=30, help_text=_("เว้นว่างได้ ระบบเก็บแบบเข้ารหัส และไม่แสดงเต็มอีก"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, before: PersonRow | None, taken: Collection[str], data: Any = None) -> None:
        shown = {key: getattr(before, key) for key in ("number", "name", "joined_on", "pledge")} if before else {}
        super().__init__(data, initial=shown)
        self.before, self.taken = before, taken
        if before and before.national_id_end:
            self.fields["national_id"].help_text = gettext("มีเลขแล้ว (ลงท้าย %s) เว้นว่างไว้ถ้าไม่เปลี่ยน") % before.national_id_end

    def clean_number(self) -> str:
        """Nobody else's."""
        number = str(self.cleaned_data["number"])
        if number in self.taken:
            raise forms.ValidationError(gettext("เลขที่ %s มีอยู่แล้ว ใช้เลขอื่น") % number)
        return number

    def clean_national_id(self) -> dict[str, str]:
        """The sealed fields; nothing where nothing was typed."""
        if not (typed := self.cleaned_data["national_id"]):
            return {}
        try:
            return identity(typed)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    @property
    def person(self) -> PersonRow:
        """The row as it is to stand; what is not typed here stays."""
        given = dict(self.cleaned_data)
        sealed = given.pop("national_id")
        given["pledge"] = given["pledge"] or 0
        return replace(self.before or PersonRow(number=""), **given, **sealed)


class BoxesForm(SajjaForm):
    """Boxes of money that are made when the form is."""

    def add(self, name: str, label: str, shown: int | None, *, negative: bool = False) -> None:
        """A box of baht that may stay empty."""
        self.fields[name] = BahtField(
            label=label, required=False, min_satang=None if negative else 0, max_satang=MOST, initial=shown or None
        )


class SavingsForm(BoxesForm):
    """What each member has: pledged and special savings; what is declared to him and unpaid, where anybody has such."""

    def __init__(self, people: Sequence[PersonRow], unpaid: bool, data: Any = None) -> None:
        super().__init__(data)
        self.people, self.columns = people, [*OWN, *(UNPAID if unpaid else ())]
        for at, person in enumerate(people):
            for column, words in self.columns:
                self.add(f"{column}_{at}", f"{person.name} {words}", getattr(person, column))

    def lines(self) -> list[tuple[PersonRow, list[BoundField]]]:
        """Each member with his boxes."""
        names = [column for column, _words in self.columns]
        return [(person, [self[f"{column}_{at}"] for column in names]) for at, person in enumerate(self.people)]

    @property
    def amounts(self) -> dict[str, dict[str, Any]]:
        """Member's number → column → satang."""
        names = [column for column, _words in self.columns]
        return {
            person.number: {column: self.cleaned_data[f"{column}_{at}"] or 0 for column in names}
            for at, person in enumerate(self.people)
        }


class YearForm(BoxesForm):
    """What one member did in the year before the book began: deposits of its months, interest he paid."""

    def __init__(self, person: PersonRow, ground: Ground, data: Any = None) -> None:
        super().__init__(data)
        deposits = person.deposits or (0,) * MONTHS
        words = ground.month_words()
        for at in range(ground.months_before):
            self.add(f"month_{at}", words[at], deposits[at])
        self.add("interest_paid", gettext("ดอกเบี้ยเงินกู้ที่จ่ายแล้วปีนี้ (บาท)"), person.interest_paid)

    def months(self) -> list[BoundField]:
        """The boxes of the months."""
        return [self[name] for name in self.fields if name.startswith("month_")]

    @property
    def given(self) -> dict[str, Any]:
        """As the fields of a PersonRow."""
        typed = [self.cleaned_data.get(f"month_{at}") or 0 for at in range(MONTHS)]
        return {"deposits": tuple(typed), "interest_paid": self.cleaned_data["interest_paid"] or 0}


class LoanForm(SajjaForm):
    """A contract that is still owed."""

    number = ThaiTextField(label=_("เลขที่สัญญา"), max_length=20, widget=forms.TextInput(attrs={"class": "short"}))
    member = forms.ChoiceField(label=_("ผู้กู้"))
    kind = forms.ChoiceField(label=_("ประเภทเงินกู้"), choices=ProductKind.choices)
    method = forms.ChoiceField(label=_("วิธีคิดดอกเบี้ย"), choices=[("", _("เลือก")), *Method.choices])
    interest_by = forms.ChoiceField(label=_("คิดดอกเบี้ย"), choices=InterestBy.choices)
    rate_bp = BahtField(label=_("ดอกเบี้ยร้อยละต่อปี"), max_satang=LAWFUL_BP, help_text=_("ไม่เกิน 15 ร้อยละ 1 ต่อเดือนใส่ 12"))
    principal = BahtField(label=_("เงินต้นตามสัญญา (บาท)"), min_satang=1, max_satang=MOST)
    paid_out_on = ThaiDateField(label=_("วันที่จ่ายเงินกู้"))
    instalments = ThaiIntegerField(label=_("จำนวนงวดทั้งสัญญา"), min_value=1, max_value=360)
    first_due = ThaiDateField(label=_("วันครบกำหนดงวดแรก"))
    multiple = forms.TypedChoiceField(
        label=_("ยอดต่องวด"), choices=[(1, _("ถึงสตางค์")), (100, _("ตัดเป็นบาทเต็ม"))], coerce=int, initial=1
    )
    fine = BahtField(label=_("ค่าปรับเมื่อส่งช้า (บาทต่อครั้ง)"), required=False, max_satang=10_000_000)
    outstanding = BahtField(label=_("เงินต้นที่ยังเหลือ (บาท)"), min_satang=1, max_satang=MOST, help_text=_("ณ สิ้นวันก่อนเริ่มบัญชี"))
    interest_paid = BahtField(
        label=_("ดอกเบี้ยที่จ่ายแล้วทั้งสัญญา (บาท)"), required=False, max_satang=MOST, help_text=_("เว้นว่างได้ ระบบคิดจากงวดที่ส่งแล้ว")
    )
    guarantors = ThaiTextField(
        label=_("ผู้ค้ำประกัน"), required=False, max_length=300, help_text=_("เลขที่สมาชิกหรือชื่อ คั่นด้วยจุลภาค เช่น M04, M05")
    )

    def __init__(self, people: Sequence[tuple[str, str]], before: LoanRow | None, data: Any = None) -> None:
        shown = before.kept() | {"guarantors": ", ".join(before.guarantors)} if before else {}
        days = {key: getattr(before, key) for key in ("paid_out_on", "first_due")} if before else {}
        super().__init__(data, initial=shown | days)
        self.before = before
        field = self.fields["member"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", gettext("เลือก")), *((number, f"{number} {name}") for number, name in people)]

    @property
    def loan(self) -> LoanRow:
        """The row as it is to stand."""
        given = self.cleaned_data | {"guarantors": guarantors(self.cleaned_data["guarantors"])}
        return replace(self.before or LoanRow(number=""), **(given | {"fine": given["fine"] or 0}))


class MoneyForm(BoxesForm):
    """Headings, each amount on its own side as the group's paper has it; bank accounts; keepers of cash."""

    def __init__(self, money: Sequence[MoneyRow], ground: Ground, data: Any = None) -> None:
        super().__init__(data)
        self.money, self.mid_year = money, ground.mid_year
        self.banks = [row for row in money if row.bank]
        self.keepers = [row for row in money if row.keeper]
        typed: dict[str, int] = {}
        for row in money:
            if not row.bank and not row.keeper:
                typed[row.code] = typed.get(row.code, 0) + row.satang
        self.headings = [h for h in chart.TEMPLATE if h.code not in SUMMED | {chart.OPENING_DIFFERENCE}]
        for h in self.headings:
            if h.kind not in "IE" or self.mid_year:
                shown = typed.get(h.code, 0) if on_debit(h) else -typed.get(h.code, 0)
                self.add(f"h{h.code}", f"{h.code} {OTHERWISE.get(h.code, h.name)}", shown, negative=True)
        self._add_places()

    def _add_places(self) -> None:
        for at, bank in enumerate([*self.banks, *[None] * SPARE_PLACES]):
            for name, label, most in (("bank", gettext("ธนาคาร"), 80), ("account_no", gettext("เลขที่บัญชี"), 30)):
                self.fields[f"{name}_{at}"] = ThaiTextField(
                    label=label, required=False, max_length=most, initial=getattr(bank, name, "")
                )
            self.add(f"bank_baht_{at}", gettext("ยอดในบัญชี (บาท)"), bank.satang if bank else None)
        for at, keeper in enumerate([*self.keepers, *[None] * SPARE_PLACES]):
            self.fields[f"keeper_{at}"] = ThaiTextField(
                label=gettext("ผู้เก็บรักษา"), required=False, max_length=150, initial=keeper.keeper if keeper else ""
            )
            self.add(f"keeper_baht_{at}", gettext("เงินสด (บาท)"), keeper.satang if keeper else None)

    def boxes(self, kinds: str, *, common: bool) -> list[BoundField]:
        """The boxes of the headings of these kinds."""
        shown = [h for h in self.headings if h.kind in kinds and f"h{h.code}" in self.fields]
        return [self[f"h{h.code}"] for h in shown if (h.code in COMMON) == common]

    def parts(self) -> list[tuple[str, list[BoundField], str]]:
        """The parts of the sheet: a head, its boxes, whether it is folded away ("", "shut", "open")."""
        rare = self.boxes("ALQ", common=False)
        so_far = self.boxes("IE", common=False)
        parts = [
            (gettext("สินทรัพย์ (กลุ่มมีอะไร)"), self.boxes("A", common=True), ""),
            (gettext("หนี้สิน (กลุ่มเป็นหนี้ใคร)"), self.boxes("L", common=True), ""),
            (gettext("ทุนและกองทุน"), self.boxes("Q", common=True), ""),
            (gettext("บัญชีอื่นที่กลุ่มอาจมี"), rare, "open" if any(box.value() for box in rare) else "shut"),
        ]
        return [*parts, (gettext("รายได้และค่าใช้จ่ายตั้งแต่ต้นปีบัญชี"), so_far, "")] if so_far else parts

    def bank_lines(self) -> list[list[BoundField]]:
        """The boxes of the bank accounts, line by line."""
        names = ("bank", "account_no", "bank_baht")
        return [[self[f"{name}_{at}"] for name in names] for at in range(len(self.banks) + SPARE_PLACES)]

    def keeper_lines(self) -> list[list[BoundField]]:
        """The boxes of the keepers of cash, line by line."""
        return [[self[f"{name}_{at}"] for name in ("keeper", "keeper_baht")] for at in range(len(self.keepers) + SPARE_PLACES)]

    def rows(self, before: Sequence[MoneyRow]) -> tuple[MoneyRow, ...]:
        """All amounts as they are to stand; those of headings of the group's own stay."""
        known = {h.code for h in chart.TEMPLATE}
        own = [row for row in before if row.code not in known]
        made = [*self._typed(), *own]
        return tuple(replace(row, row=at) for at, row in enumerate(made, 1))

    def _typed(self) -> Iterator[MoneyRow]:
        given: Mapping[str, Any] = self.cleaned_data
        for h in self.headings:
            if typed := given.get(f"h{h.code}"):
                sheet = SO_FAR if h.kind in "IE" else MONEY
                yield MoneyRow(code=h.code, name=h.name, satang=typed if on_debit(h) else -typed, sheet=sheet)
        for at in range(len(self.banks) + SPARE_PLACES):
            bank, number, satang = given[f"bank_{at}"], given[f"account_no_{at}"], given[f"bank_baht_{at}"]
            if bank or number or satang:
                branch = self.banks[at].branch if at < len(self.banks) else ""
                yield MoneyRow(code=chart.BANK, satang=satang or 0, bank=bank, account_no=number, branch=branch)
        for at in range(len(self.keepers) + SPARE_PLACES):
            keeper, satang = given[f"keeper_{at}"], given[f"keeper_baht_{at}"]
            if keeper or satang:
                yield MoneyRow(code=chart.CASH, satang=satang or 0, keeper=keeper)


def on_debit(heading: chart.Heading) -> bool:
    """Whether people write the heading's amount as a debit."""
    return heading.kind in "AE" and heading.code not in CONTRA


class WorkbookForm(SheetForm):
    """The whole opening as one workbook; `wrong` tells the cells that could not be read, and then nothing is kept."""

    sheet = SheetField(label=_("ไฟล์ Excel ยอดยกมา"))

    def __init__(self, ground: Ground, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ground = ground

    def read(self, upload: UploadedFile[Any]) -> Reading:
        """All sheets that are there."""
        found = sheets_of(upload, COLUMNS)
        tables = {sheet: [SheetRow(row.number, row.cells) for row in rows] for sheet, rows in found.items()}
        return WorkbookReader(self.ground, identity).read(tables)

    def clean(self) -> dict[str, Any]:
        """Refused where a cell could not be read."""
        cleaned = super().clean()
        reading: Reading | None = cleaned.get("reading")
        self.wrong = reading.wrong if reading else []
        if self.wrong:
            self.add_error("sheet", gettext("อ่านไม่ออก %s ช่อง แก้ตามรายการข้างล่างแล้วส่งใหม่ทั้งไฟล์") % len(self.wrong))
        return cleaned


class LiveForm(SigningForm):
    """Going live; a difference is named and signed by two of the committee."""

    def __init__(self, group: int, differs: bool, people: Sequence[CommitteeMember], data: Any = None) -> None:
        super().__init__(data)
        if differs:
            self.fields["why"] = ThaiTextField(
                label=gettext("เหตุผลของผลต่าง"),
                max_length=200,
                lines=2,
                help_text=gettext("เช่น สมุดปี 2560 สูญหาย กำลังตรวจกับสมุดคู่ฝาก"),
            )
            roles = [("first", gettext("กรรมการผู้รับรอง คนที่ 1")), ("second", gettext("กรรมการผู้รับรอง คนที่ 2"))]
            self.ask_signers(group, people, roles)

    @property
    def given(self) -> dict[str, Any]:
        """What the act is told."""
        return {"why": self.cleaned_data.get("why", ""), "signers": self.signers()}
