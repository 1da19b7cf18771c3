"""What is typed about cash: keepers, moving it, counting it, handing it over; and who signs."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from sajja.groups.models import CommitteeMember, GroupBook
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.treasury import counting
from sajja.treasury.actions import seconds
from sajja.treasury.actions.seconds import Proof, Signatory
from sajja.treasury.forms.choices import (
    CHOOSE,
    KeptForm,
    MemberField,
    MoneyField,
    PinField,
    SignedForm,
    committee,
    key_of,
    members,
    named,
)
from sajja.treasury.forms.vouchers import amount_field, paper_field
from sajja.treasury.models import Keeper, MemberAccount, Pin, Second
from sajja.web import clock
from sajja.web.fields import BahtField, SajjaForm, ThaiDateField, ThaiIntegerField, ThaiTextField


def people_of(kept: GroupBook) -> list[Signatory]:
    """The committee, then members who keep cash and are not on it."""
    found: list[Signatory] = committee(kept)
    keepers = Keeper.objects.filter(kept=kept, member__isnull=False, ends__isnull=True).select_related("member")
    return found + [keeper.member for keeper in keepers if keeper.member]


class KeeperForm(SajjaForm):
    """Who keeps a part of the cash, from when, and how much at most."""

    person = forms.ChoiceField(label=gettext_lazy("ผู้เก็บรักษาเงิน"))
    limit_satang = BahtField(
        label=gettext_lazy("เก็บได้ไม่เกิน (บาท)"), required=False,
        help_text=gettext_lazy("เว้นว่างเมื่อใช้วงเงินของระเบียบ เกินแล้วระบบเตือน ไม่ห้าม"),
    )  # fmt: skip
    starts = ThaiDateField(label=gettext_lazy("เริ่มเก็บรักษาวันที่"), latest=clock.today)

    def __init__(self, kept: GroupBook, data: Any = None) -> None:
        super().__init__(data, initial={"starts": clock.today()})
        self.people: dict[str, Signatory] = {key_of(one): one for one in [*committee(kept), *members(kept)]}
        self.fields["person"].choices = [("", CHOOSE), *((key, named(one)) for key, one in self.people.items())]  # type: ignore[attr-defined]

    @property
    def keeper(self) -> dict[str, Any]:
        """Name and who it is, as open_keeper takes them."""
        return as_keeper(self.people[self.cleaned_data["person"]])


def as_keeper(person: Signatory) -> dict[str, Any]:
    """Name, and the committee member or the member."""
    if isinstance(person, CommitteeMember):
        return {"name": person.name, "committee": person}
    return {"name": person.name, "member": person}


class LimitForm(SajjaForm):
    """How much a keeper may hold."""

    limit_satang = BahtField(
        label=gettext_lazy("เก็บได้ไม่เกิน (บาท)"), required=False, help_text=gettext_lazy("เว้นว่างเมื่อใช้วงเงินของระเบียบ")
    )


class EndForm(SajjaForm):
    """Until which day."""

    ends = ThaiDateField(label=gettext_lazy("ถึงวันที่"), latest=clock.today)


class MoveCashForm(SignedForm):
    """Cash from one place to another, signed by giver and taker."""

    giver = MoneyField(label=gettext_lazy("จาก"))
    taker = MoneyField(label=gettext_lazy("ไปที่"))
    amount = amount_field()
    paper_no = paper_field()

    def offer(self) -> None:
        """Cash alone; the giver from what holds some."""
        self.money_field("giver").offer(self.in_cash, taking=0)
        self.money_field("taker").offer(self.in_cash)
        self.add_signers(people_of(self.kept), (("giver", gettext_lazy("ผู้มอบเงิน")), ("taker", gettext_lazy("ผู้รับเงิน"))))


class CashToBankForm(KeptForm):
    """Cash paid into the bank."""

    cash = MoneyField(label=gettext_lazy("เงินสดจาก"))
    bank = MoneyField(label=gettext_lazy("ฝากเข้าบัญชี"))
    amount = amount_field()
    paper_no = paper_field()

    def offer(self) -> None:
        """Cash that is there, and banks."""
        self.money_field("cash").offer(self.in_cash, taking=0)
        self.money_field("bank").offer(self.in_banks)


class BankToCashForm(SignedForm):
    """A withdrawal with two signers of the committee."""

    bank = MoneyField(label=gettext_lazy("ถอนจากบัญชี"))
    cash = MoneyField(label=gettext_lazy("เก็บเป็นเงินสดที่"))
    amount = amount_field()
    paper_no = paper_field()

    def offer(self) -> None:
        """Banks that hold some, and cash."""
        self.money_field("bank").offer(self.in_banks, taking=0)
        self.money_field("cash").offer(self.in_cash)
        roles = (("one", gettext_lazy("ผู้ลงชื่อถอนเงิน คนที่ 1")), ("two", gettext_lazy("ผู้ลงชื่อถอนเงิน คนที่ 2")))
        self.add_signers(committee(self.kept), roles)


class BetweenBanksForm(KeptForm):
    """From one bank account to another."""

    giver = MoneyField(label=gettext_lazy("จากบัญชี"))
    taker = MoneyField(label=gettext_lazy("เข้าบัญชี"))
    amount = amount_field()
    paper_no = paper_field()

    def offer(self) -> None:
        """Banks alone."""
        self.money_field("giver").offer(self.in_banks, taking=0)
        self.money_field("taker").offer(self.in_banks)


class NotesMixin(SajjaForm):
    """A box for the number of each note and coin."""

    def add_notes(self) -> None:
        """Fields `n_<satang>`."""
        for piece in counting.PIECES:
            box = ThaiIntegerField(label=counting.face(piece), required=False, min_value=0, max_value=counting.MOST_PIECES)
            self.fields[f"n_{piece}"] = box

    @property
    def notes_rows(self) -> list[tuple[int, str, Any]]:
        """Satang, the face, the box."""
        return [(piece, counting.face(piece), self[f"n_{piece}"]) for piece in counting.PIECES]

    def take_notes(self) -> dict[int, int]:
        """The counted pieces, taken out of the cleaned data."""
        return {piece: self.cleaned_data.pop(f"n_{piece}", None) or 0 for piece in counting.PIECES}

    def clean(self) -> dict[str, Any]:
        """Notes as one."""
        data = super().clean() or self.cleaned_data
        data["notes"] = self.take_notes()
        return data


class CountForm(KeptForm, NotesMixin):
    """A count of cash and what to do with a difference."""

    account = MoneyField(label=gettext_lazy("นับเงินสดของ"))
    settle = forms.ChoiceField(
        label=gettext_lazy("ถ้าเงินไม่ตรงบัญชี"), required=False, widget=forms.RadioSelect,
        choices=[
            ("charge", gettext_lazy("ขาด ให้ผู้รับผิดชอบชดใช้ (ลูกหนี้อื่น)")),
            ("take_in", gettext_lazy("เกิน รับเป็นรายได้อื่น")),
            ("words", gettext_lazy("ยังไม่ลงบัญชี บอกเหตุผลไว้")),
        ],
    )  # fmt: skip
    charge = MemberField(label=gettext_lazy("ผู้รับผิดชอบ (เมื่อให้ชดใช้)"), required=False)
    words = ThaiTextField(label=gettext_lazy("เหตุผลหรือข้อสังเกต"), required=False, max_length=300)

    def offer(self) -> None:
        """Places of cash, and boxes."""
        self.fields["date"].label = gettext_lazy("นับเมื่อสิ้นรายการของวันที่")
        self.money_field("account").offer(self.in_cash)
        self.fields["charge"].offer(members(self.kept))  # type: ignore[attr-defined]
        self.add_notes()

    def clean(self) -> dict[str, Any]:
        """As count_cash takes it."""
        data = super().clean()
        settle = data.pop("settle", "")
        data["on"] = data.pop("date", None)
        data["take_in"] = settle == "take_in"
        if settle != "charge":
            data["charge"] = None
        elif not data.get("charge"):
            self.add_error("charge", gettext_lazy("เลือกผู้รับผิดชอบ"))
        if settle == "words" and not data.get("words"):
            self.add_error("words", gettext_lazy("บอกเหตุผลที่เงินไม่ตรงบัญชี"))
        if settle != "words":
            data["words"] = data.get("words", "")
        return data


class MakeGoodForm(KeptForm):
    """A member makes good what lacked."""

    member = MemberField(label=gettext_lazy("ผู้ชดใช้"), help_text=gettext_lazy("แสดงเฉพาะคนที่ค้างชดใช้"))
    amount = amount_field()
    money = MoneyField(label=gettext_lazy("เก็บไว้ที่"))
    paper_no = paper_field()

    def offer(self) -> None:
        """Those who owe."""
        owing = MemberAccount.objects.filter(member__group=self.kept.group_id, control="14020", account__balance__gt=0)
        rows = list(owing.select_related("member", "account").order_by("member__call_position"))
        words = {row.member_id: baht(row.account.standing) for row in rows}
        self.fields["member"].offer([row.member for row in rows], words)  # type: ignore[attr-defined]
        self.money_field("money").offer(self.places)


class HandoverForm(NotesMixin, SignedForm):
    """Cash counted, books and bank books listed, from whom to whom."""

    giver = MoneyField(label=gettext_lazy("เงินสดที่ส่งมอบ"))
    books = ThaiTextField(
        label=gettext_lazy("สมุดบัญชีและเอกสารที่ส่งมอบ"),
        lines=4,
        max_length=2000,
        help_text=gettext_lazy("บรรทัดละหนึ่งรายการ เช่น สมุดเงินสด 1 เล่ม ทะเบียนสมาชิก 1 เล่ม"),
    )
    bank_books = ThaiTextField(label=gettext_lazy("สมุดบัญชีธนาคารที่ส่งมอบ"), lines=2, max_length=1000, required=False)

    def offer(self) -> None:
        """Places of cash; giver and taker from the committee and members."""
        self.fields["date"].label = gettext_lazy("วันที่ส่งมอบ")
        self.money_field("giver").offer(self.in_cash)
        people: Sequence[Signatory] = [*committee(self.kept), *members(self.kept)]
        self.add_signers(people, (("outgoing", gettext_lazy("ผู้ส่งมอบ")), ("incoming", gettext_lazy("ผู้รับมอบ"))))
        self.add_notes()

    @property
    def sides(self) -> dict[str, Any]:
        """Names as hand_over takes them."""
        outgoing, incoming = self.person("outgoing"), self.person("incoming")
        assert outgoing is not None
        assert incoming is not None
        as_new = as_keeper(incoming)
        return {"giver_name": outgoing.name, "incoming": as_new.pop("name"), **as_new}


class PinForm(SajjaForm):
    """A person of the group sets his own six digits; to change them he gives the old ones."""

    person = forms.ChoiceField(label=gettext_lazy("ของใคร"))
    pin_old = PinField(label=gettext_lazy("รหัสเดิม"), help_text=gettext_lazy("เว้นว่างเมื่อยังไม่เคยตั้ง"))
    pin_new = PinField(label=gettext_lazy("รหัสใหม่ 6 ตัว"), required=True, help_text=gettext_lazy("อย่าใช้เลขเรียง เลขซ้ำ หรือวันเกิด"))
    pin_again = PinField(label=gettext_lazy("รหัสใหม่อีกครั้ง"), required=True)

    def __init__(self, kept: GroupBook, data: Any = None, person: str = "") -> None:
        super().__init__(data, initial={"person": person})
        self.people: dict[str, Signatory] = {key_of(one): one for one in people_of(kept)}
        self.fields["person"].choices = [("", CHOOSE), *((key, named(one)) for key, one in self.people.items())]  # type: ignore[attr-defined]
        self.proof: Proof | None = None

    def clean(self) -> dict[str, Any]:
        """Both new ones the same, the old one right."""
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        if data["pin_new"] != data["pin_again"]:
            self.add_error("pin_again", gettext_lazy("สองช่องไม่เหมือนกัน กดใหม่"))
        elif data["pin_old"]:
            try:
                self.proof = seconds.prove(person=self.whose, pin=data["pin_old"])
            except Refused as refusal:
                self.add_error("pin_old", str(refusal))
        return data

    @property
    def whose(self) -> Signatory:
        """The person chosen."""
        return self.people[self.cleaned_data["person"]]


class ForgetForm(SajjaForm):
    """Why a PIN is cleared."""

    reason = ThaiTextField(label=gettext_lazy("เหตุผล"), max_length=200)


class ConfirmForm(SajjaForm):
    """A signature on a slip: its number and day; or the PIN."""

    slip_no = ThaiIntegerField(label=gettext_lazy("เลขที่ใบลงชื่อ"), required=False, help_text=gettext_lazy("ดูมุมบนของใบที่ลงชื่อแล้ว"))
    signed_on = ThaiDateField(label=gettext_lazy("วันที่ลงชื่อ"), required=False, latest=clock.today)
    pin_now = PinField(label=gettext_lazy("หรือให้เจ้าตัวกดรหัส PIN"))

    def __init__(self, second: Second, data: Any = None) -> None:
        super().__init__(data)
        self.second = second
        self.proof: Proof | None = None
        if not Pin.objects.filter(committee=second.committee_id, member=second.member_id).exclude(hash="").exists():
            del self.fields["pin_now"]
            self.fields["slip_no"].required = self.fields["signed_on"].required = True

    def clean(self) -> dict[str, Any]:
        """The proof of the PIN where one was given."""
        data = super().clean() or self.cleaned_data
        pin = data.pop("pin_now", "")
        person = self.second.committee or self.second.member
        if pin and person and not self.errors:
            try:
                self.proof = seconds.prove(person=person, pin=pin)
            except Refused as refusal:
                self.add_error("pin_now", str(refusal))
        elif not pin and data.get("slip_no") is None and "slip_no" not in self.errors:
            self.add_error("slip_no", gettext_lazy("ใส่เลขที่ใบลงชื่อ"))
        return data


class NothingForm(SajjaForm):
    """Nothing to type: the page says what happens."""
