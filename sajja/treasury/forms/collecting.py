"""The sheet of a collecting day as it comes in: one flat form, `pledged-<member>` and so on, read by hand.

No formset: a sheet of 300 members is thousands of fields. Only lines with the tick “มา” are read.
"""

from collections.abc import Iterator, Mapping
from datetime import date, time
from functools import cached_property
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.groups.models import GroupBook, Member
from sajja.ledger.models import Account
from sajja.lib import digits, names, thai_dates
from sajja.lib.money import baht, parse_baht
from sajja.lib.refusals import Refused
from sajja.treasury import counting
from sajja.treasury.actions.collecting import Difference
from sajja.treasury.collecting import CASH, TRANSFER, Counted, Line, Repayment, Totals, counted, totals
from sajja.treasury.forms.choices import CHOOSE
from sajja.treasury.forms.sheet_lines import Cell, Shown, suggested
from sajja.treasury.models import DifferenceHow, Keeper, SheetColumn, SheetLine
from sajja.treasury.owing import spread
from sajja.treasury.queries.cash import Holding
from sajja.treasury.queries.collecting import Row, Sheet
from sajja.web import clock
from sajja.web.fields import BahtField, SajjaForm, ThaiDateField, ThaiTextField, ThaiTimeField

AMOUNTS: Final = ("pledged", "special", "fine", "fee")
HEAD: Final = ("keeper", "paper_book", "difference", "charge", "words", "sheet")
TIMES: Final = ThaiTimeField(required=False)


class DayPick(SajjaForm):
    """Which day the sheet is for, today where none is asked for; `found` None where it cannot be."""

    day = ThaiDateField(label=gettext_lazy("วันที่รับเงิน"), latest=clock.today)

    def __init__(self, kept: GroupBook, asked: Mapping[str, Any]) -> None:
        text = str(asked.get("day", "")).strip()
        super().__init__({"day": text or thai_dates.short(clock.today())})
        day = self.fields["day"]
        assert isinstance(day, ThaiDateField)
        day.earliest = kept.book.opened_on
        found: date | None = self.cleaned_data.get("day") if self.is_valid() else None
        self.found = found
        if found:
            self.data = {"day": thai_dates.short(found)}


class DayForm(SajjaForm):
    """The head of the sheet and its count; the lines beside it."""

    keeper = forms.ChoiceField(label=gettext_lazy("เงินสดอยู่ที่"), required=False)
    paper_book = ThaiTextField(label=gettext_lazy("ใบรับเงินที่โต๊ะ เล่มที่"), required=False, max_length=20)
    difference = forms.ChoiceField(label=gettext_lazy("เงินสดไม่ตรง ให้ทำอย่างไร"), required=False)
    charge = ThaiTextField(
        label=gettext_lazy("ผู้รับผิดชอบเงินที่ขาด"), required=False, help_text=gettext_lazy("เลขที่สมาชิก ปกติคือเหรัญญิก"),
        widget=forms.TextInput(attrs={"list": "members", "class": "short"}),
    )  # fmt: skip
    words = ThaiTextField(label=gettext_lazy("เหตุผล"), required=False, max_length=300)
    sheet = forms.IntegerField(required=False, widget=forms.HiddenInput())
    use_required_attribute = False

    def __init__(
        self, kept: GroupBook, day: date, sheet: Sheet, places: list[Holding], responsible: Member | None = None, data: Any = None
    ) -> None:
        self.raw: Mapping[str, Any] = data if data is not None else {}
        head = {name: data.get(name, "") for name in HEAD} if data is not None else None
        charge = responsible.number if responsible else ""
        super().__init__(head, initial={"sheet": sheet.number, "charge": charge})
        self.kept, self.day, self.asked = kept, day, sheet
        self.cash_places = [place for place in places if place.is_cash]
        self.banks = [place for place in places if not place.is_cash]
        self.wrong: dict[int, list[str]] = {}
        self.lines: list[Line] = []
        self.held: Counted | None = None
        self.pieces: dict[int, int] | None = None
        self.by_number = {row.member.number: row.member for row in sheet.rows}
        self._offer()

    def _offer(self) -> None:
        keeper, difference = self.fields["keeper"], self.fields["difference"]
        assert isinstance(keeper, forms.ChoiceField)
        assert isinstance(difference, forms.ChoiceField)
        keeper.choices = [(str(place.account.pk), place.name) for place in self.cash_places]
        difference.choices = [
            ("", CHOOSE), (DifferenceHow.CHARGED, _("เงินขาด: ลงเป็นลูกหนี้ผู้รับผิดชอบ")),
            (DifferenceHow.TAKEN_IN, _("เงินเกิน: ลงเป็นรายได้อื่น")), (DifferenceHow.EXPLAINED, _("บอกเหตุผล")),
        ]  # fmt: skip

    # --- reading -----------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """The lines with a tick, the count, and what is done about a difference."""
        data = super().clean() or self.cleaned_data
        self.lines = [self._line(row) for row in self.asked.rows if self.raw.get(f"came-{row.member.pk}")]
        self.pieces = self._pieces()
        if self.wrong:
            raise ValidationError(_("มี %(count)s คนที่ต้องแก้ ดูที่บรรทัดของคนนั้น") % {"count": len(self.wrong)})
        if not self.lines:
            raise ValidationError(_("ยังไม่มีใครในใบนี้ แตะ “รับ” ที่คนที่ส่งเงิน"))
        if self.pieces is not None:
            self.held = counted(self.pieces, self.totals.cash, self.asked.rules.cash_step_satang)
            self._check_difference(data, self.held.difference)
        return data

    def _check_difference(self, data: dict[str, Any], difference: int) -> None:
        if not difference:
            return
        what = _("ขาด") if difference < 0 else _("เกิน")
        words = {"what": what, "baht": baht(abs(difference))}
        how = data.get("difference")
        fits = DifferenceHow.CHARGED if difference < 0 else DifferenceHow.TAKEN_IN
        if how not in {fits, DifferenceHow.EXPLAINED}:
            self.add_error("difference", _("เงินสด%(what)s %(baht)s บาท นับใหม่ หรือเลือกว่าจะทำอย่างไร") % words)
        if how == DifferenceHow.CHARGED and difference < 0 and not data.get("charge"):
            self.add_error("charge", _("เลือกสมาชิกที่รับผิดชอบเงินที่ขาด"))
        if how == DifferenceHow.EXPLAINED and not data.get("words"):
            self.add_error("words", _("บอกเหตุผลที่เงินสด%(what)s") % words)

    def _line(self, row: Row) -> Line:
        key = row.member.pk
        amounts = {name: self._satang(f"{name}-{key}", key) for name in AMOUNTS}
        others = {column.pk: self._satang(f"c{column.pk}-{key}", key) for column in self.asked.columns}
        transfer = self._text("how", key) == TRANSFER
        made = Line(
            member=key, pledged=amounts["pledged"], special=amounts["special"], fine=amounts["fine"], fee=amounts["fee"],
            others={column: satang for column, satang in others.items() if satang}, method=TRANSFER if transfer else CASH,
            bank=self._bank(key) if transfer else None, transfer_at=self._time(key) if transfer else None,
            transfer_digits=self._digits(key) if transfer else "", paper_book=str(self.cleaned_data.get("paper_book") or ""),
            paper_no=self._text("paper", key)[:20], brought_by=self._bringer(row.member), repayments=self._repayments(row),
        )  # fmt: skip
        if not made.total and key not in self.wrong:
            self._say(key, _("ใส่จำนวนเงิน หรือเอาเครื่องหมาย “มา” ออก"))
        return made

    def _satang(self, name: str, key: int) -> int:
        text = str(self.raw.get(name, "")).strip()
        if not text or text in {"–", "-"}:
            return 0
        try:
            return parse_baht(text)
        except (Refused, ValueError) as refusal:
            self._say(key, str(refusal))
            return 0

    def _repayments(self, row: Row) -> tuple[Repayment, ...]:
        """What was put down for his loans, taken apart by their rules; a fine of the day is paid in full or waived first."""
        key = row.member.pk
        amount = self._satang(f"owe-{key}", key) if row.loans else 0
        fine = sum(one.fine for one in row.loans if one.due)
        if not amount:
            return ()
        if amount < fine:
            self._say(key, _("ชำระหนี้ต้องไม่น้อยกว่าค่าปรับ %(fine)s บาท หรือบันทึกมติยกเว้นค่าปรับก่อน") % {"fine": baht(fine)})
            return ()
        try:
            parts = spread([one.contract for one in row.loans], amount, self.day)
        except ValueError as too_much:
            self._say(key, str(too_much))
            return ()
        return tuple(
            Repayment(contract=one.contract.key, principal=part.principal, interest=part.interest, fine=part.fine)
            for one, part in zip(row.loans, parts, strict=True)
            if part.total
        )

    def _text(self, what: str, key: int) -> str:
        return names.clean(str(self.raw.get(f"{what}-{key}", "")))

    def _time(self, key: int) -> time | None:
        try:
            found: time | None = TIMES.clean(self._text("time", key))
        except ValidationError as error:
            self._say(key, " ".join(error.messages))
            return None
        return found

    def _digits(self, key: int) -> str:
        text = digits.arabic(self._text("digits", key))
        if len(text) > 10:
            self._say(key, _("เลขท้ายของสลิปใส่ไม่เกิน 10 ตัว"))
        return text[:10]

    def _bank(self, key: int) -> int | None:
        asked = self._text("bank", key)
        known = {str(place.account.pk): place.account.pk for place in self.banks}
        return known.get(asked)

    def _bringer(self, member: Member) -> int | None:
        text = self._text("by", member.pk)
        if not text:
            return None
        found = self._member(text)
        if found is None:
            self._say(member.pk, _("ไม่พบสมาชิก “%(text)s” ใส่เลขที่สมาชิกของผู้นำเงินมา") % {"text": text})
        return found.pk if found and found.pk != member.pk else None

    def _member(self, text: str) -> Member | None:
        """Who is meant by a number, perhaps with the name behind it."""
        return self.by_number.get(text) or self.by_number.get(text.split(" ", maxsplit=1)[0])

    def clean_charge(self) -> Member | None:
        """The member of the number that was typed."""
        text = str(self.cleaned_data.get("charge") or "")
        found = self._member(text) if text else None
        if text and found is None:
            raise ValidationError(_("ไม่พบสมาชิก “%(text)s” ใส่เลขที่สมาชิก") % {"text": text})
        return found

    def _pieces(self) -> dict[int, int] | None:
        """What was counted; None where no box holds anything."""
        typed = {piece: digits.arabic(str(self.raw.get(f"n-{piece}", ""))).replace(",", "").strip() for piece in counting.PIECES}
        if not any(typed.values()):
            return None
        for piece, text in typed.items():
            if text and not (text.isdecimal() and len(text) <= 6):
                raise ValidationError(_("จำนวน %(face)s บาท ใส่เป็นจำนวนเต็ม เช่น 15") % {"face": counting.face(piece)})
        return {piece: int(text or 0) for piece, text in typed.items()}

    def _say(self, key: int, words: str) -> None:
        said = self.wrong.setdefault(key, [])
        if words not in said:
            said.append(words)

    def at_line(self, refusal: Refused) -> Refused:
        """A refusal of the act, said at the line that it names too."""
        _name, _dash, key = (refusal.field or "").partition("-")
        if key.isdecimal():
            self._say(int(key), str(refusal))
        return refusal

    # --- what it comes to --------------------------------------------------------------------

    @property
    def totals(self) -> Totals:
        """The sums of the lines."""
        return totals(self.lines)

    @property
    def place(self) -> Keeper | None:
        """Whose cash it is; None: the heading's."""
        asked = self.cleaned_data.get("keeper")
        chosen = [place for place in self.cash_places if str(place.account.pk) == asked] or self.cash_places
        return chosen[0].keeper if chosen else None

    @property
    def settled(self) -> Difference | None:
        """What was said about the difference."""
        if self.held is None or not self.held.difference:
            return None
        data = self.cleaned_data
        return Difference(how=data["difference"], charge=data.get("charge"), words=data.get("words") or "")

    def carried(self) -> list[tuple[str, str]]:
        """What the confirm page carries on: the head, the count, and every box of the lines with a tick."""
        came = {str(line.member) for line in self.lines}
        return [
            (name, str(value))
            for name, value in self.raw.items()
            if name in HEAD or name.startswith("n-") or ("-" in name and name.rpartition("-")[2] in came)
        ]

    # --- showing -----------------------------------------------------------------------------

    def shown(self) -> Iterator[Shown]:
        """Every line, as typed where something was typed, else as suggested."""
        bound = self.is_bound
        for row in self.asked.rows:
            yield self._shown(row) if bound and f"pledged-{row.member.pk}" in self.raw else suggested(row, self.asked.columns)

    def _shown(self, row: Row) -> Shown:
        key, raw = row.member.pk, self.raw
        line = self._by_member.get(key)
        cells = tuple(Cell(c.pk, raw.get(f"c{c.pk}-{key}", "")) for c in self.asked.columns)
        typed = {name: raw.get(f"{name}-{key}", "") for name in (*AMOUNTS, "owe", "time", "digits", "bank", "paper", "by")}
        return suggested(row, self.asked.columns)._replace(
            **typed, cells=cells, total=baht(line.total) if line else "", came=bool(raw.get(f"came-{key}")),
            transfer=raw.get(f"how-{key}") == TRANSFER, errors=tuple(self.wrong.get(key, ())),
        )  # fmt: skip

    @cached_property
    def _by_member(self) -> dict[int, Line]:
        return {line.member: line for line in self.lines}

    def needed(self) -> "DayForm":
        """The form as the page shows it: what is asked only where cash does not tie is then no matter of choice."""
        for name in ("difference", "charge", "words"):
            self.fields[name].required = True
        return self

    def count_rows(self) -> list[tuple[int, str, str, str]]:
        """Piece in satang, its face, what was typed, what that comes to."""
        rows = []
        for piece in counting.PIECES:
            typed = str(self.raw.get(f"n-{piece}", ""))
            text = digits.arabic(typed).replace(",", "").strip()
            rows.append((piece, counting.face(piece), typed, baht(piece * int(text)) if text.isdecimal() else ""))
        return rows


class CorrectForm(SajjaForm):
    """Take a receipt back, and key the right amounts in the same act where that is wished."""

    reason = ThaiTextField(label=gettext_lazy("แก้เพราะอะไร"), max_length=200)
    date = ThaiDateField(label=gettext_lazy("ลงวันที่"), latest=clock.today)
    again = forms.BooleanField(label=gettext_lazy("ลงรายการที่ถูกต้องในใบเสริมพร้อมกัน"), required=False)
    pledged = BahtField(label=gettext_lazy("เงินสัจจะ"), required=False)
    special = BahtField(label=gettext_lazy("สะสมพิเศษ"), required=False)
    fine = BahtField(label=gettext_lazy("ค่าปรับ"), required=False)
    fee = BahtField(label=gettext_lazy("ค่าธรรมเนียม"), required=False)

    def __init__(self, line: SheetLine, columns: list[SheetColumn], data: Any = None) -> None:
        first: dict[str, Any] = {name: getattr(line, name) for name in AMOUNTS} | {"date": clock.today(), "again": True}
        self.line, self.columns = line, columns
        super().__init__(data, initial=first | {f"c{c.pk}": line.others.get(str(c.pk), 0) for c in columns})
        for column in columns:
            self.fields[f"c{column.pk}"] = BahtField(label=column.name, required=False)

    def clean(self) -> dict[str, Any]:
        """The right line adds up to something."""
        data = super().clean() or self.cleaned_data
        if data.get("again") and not self.errors and not self.right().total:
            self.add_error("pledged", _("ใส่จำนวนที่ถูกต้อง หรือเอาเครื่องหมายลงใบเสริมออก"))
        return data

    def right(self) -> Line:
        """The line as it should have been; who brought it, how it was paid and what went to loans stay."""
        data, line = self.cleaned_data, self.line
        others = {column.pk: data.get(f"c{column.pk}") or 0 for column in self.columns}
        return Line(
            member=line.member_id, **{name: data.get(name) or 0 for name in AMOUNTS},
            others={key: satang for key, satang in others.items() if satang},
            repayments=tuple(Repayment(contract=c, principal=p, interest=i, fine=f) for c, p, i, f in line.loan),
            method=line.method, bank=line.bank_id, transfer_at=line.transfer_at, transfer_digits=line.transfer_digits,
            paper_book=line.paper_book, paper_no=line.paper_no, brought_by=line.brought_by_id,
        )  # fmt: skip


class ColumnForm(SajjaForm):
    """A column of the group's own."""

    name = ThaiTextField(label=gettext_lazy("ชื่อช่อง"), max_length=60, help_text=gettext_lazy("เช่น สวัสดิการ ฌาปนกิจ"))
    account = forms.ChoiceField(label=gettext_lazy("เงินเข้าบัญชี"))
    default_satang = BahtField(label=gettext_lazy("จำนวนที่เติมให้ทุกคน"), required=False)

    def __init__(self, accounts: list[Account], data: Any = None) -> None:
        super().__init__(data)
        self.accounts = {str(account.pk): account for account in accounts}
        field = self.fields["account"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", CHOOSE), *((key, str(account)) for key, account in self.accounts.items())]

    def clean_account(self) -> Account:
        """The account itself."""
        return self.accounts[self.cleaned_data["account"]]

    def clean_default_satang(self) -> int:
        """Nothing typed is nought."""
        return self.cleaned_data["default_satang"] or 0
