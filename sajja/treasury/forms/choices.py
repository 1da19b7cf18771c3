"""Fields that the forms of the vouchers share: which money, which account, which member, which resolution, who signs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.groups.models import CommitteeMember, GroupBook, Member, Resolution
from sajja.groups.queries import active, committee_on
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import short
from sajja.treasury import signing
from sajja.treasury.actions import seconds
from sajja.treasury.actions.seconds import Proof, Signatory, Signer
from sajja.treasury.actions.vouchers import OWN_FORMS
from sajja.treasury.models import Pin
from sajja.treasury.queries.books import headings_by_code
from sajja.treasury.queries.cash import Holding, holdings, in_use
from sajja.web import clock
from sajja.web.fields import SajjaForm, ThaiDateField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CHOOSE: Final = gettext_lazy("เลือก")
NOT_BY_CASH: Final = frozenset({"57000", "58100", "58200", "33000", "33900"})


class MoneyField(forms.ChoiceField):
    """One of the places where money lies, each with what is there; gives its Account."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.places: dict[str, Holding] = {}

    def offer(self, places: Iterable[Holding], *, taking: int | None = None) -> None:
        """Offer these; where money is taken out, only those that hold more than nothing."""
        rows = [row for row in places if taking is None or row.satang > taking]
        self.places = {str(row.account.pk): row for row in rows}
        shown = [
            (key, _("%(name)s มี %(there)s บาท") % {"name": row.name, "there": baht(row.satang)})
            for key, row in self.places.items()
        ]
        self.choices = shown if len(shown) == 1 else [("", CHOOSE), *shown]

    def clean(self, value: Any) -> Any:
        """The account; None where none was chosen and none is needed."""
        key = super().clean(value)
        return self.places[key].account if key else None


class MemberField(forms.ChoiceField):
    """A member of the group, by number and name; gives the Member."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.members: dict[str, Member] = {}

    def offer(self, members: Iterable[Member], words: dict[int, str] | None = None) -> None:
        """Offer these, with some words behind the name."""
        self.members = {str(member.pk): member for member in members}
        said = words or {}
        self.choices = [("", CHOOSE), *((key, f"{m} {said.get(m.pk, '')}".strip()) for key, m in self.members.items())]

    def clean(self, value: Any) -> Any:
        """The member; None where none was chosen and none is needed."""
        key = super().clean(value)
        return self.members[key] if key else None


class ResolutionField(forms.ChoiceField):
    """A resolution that stands, newest meeting first; gives the Resolution, or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("มติที่อนุมัติ"))
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.resolutions: dict[str, Resolution] = {}

    def offer(self, kept: GroupBook) -> None:
        """Offer the group's newest hundred."""
        found = Resolution.objects.filter(meeting__group=kept.group_id, struck_because="").select_related("meeting")
        self.resolutions = {str(row.pk): row for row in found.order_by("-meeting__day", "-pk")[:100]}
        self.choices = [
            ("", _("ไม่ระบุ")),
            *((key, f"{short(r.meeting.day)} {r}: {r.text[:60]}") for key, r in self.resolutions.items()),
        ]

    def clean(self, value: Any) -> Any:
        """The resolution, or None."""
        key = super().clean(value)
        return self.resolutions[key] if key else None


def plain_headings(kept: GroupBook, first: str, *others: str) -> list[tuple[str, Any]]:
    """Codes for a plain income (first "I") or expense ("E"): the usual kind on top, other headings after it."""
    found = {code: account for code, account in headings_by_code(kept).items() if code not in OWN_FORMS | NOT_BY_CASH}

    def of(kind: str) -> list[tuple[str, str]]:
        return [(code, str(account)) for code, account in found.items() if account.kind == kind]

    words = {"I": _("รายได้"), "E": _("ค่าใช้จ่าย"), "A": _("ทรัพย์สิน"), "L": _("หนี้สินและเงินรับฝาก"), "Q": _("ทุน")}
    return [("", CHOOSE), *((words[kind], of(kind)) for kind in (first, *others) if of(kind))]


class KeptForm(SajjaForm):
    """A form of a book. `date` is the day it happened; the day it is entered is kept beside it."""

    date = ThaiDateField(label=gettext_lazy("วันที่เกิดรายการ"), latest=clock.today)

    def __init__(self, kept: GroupBook, data: Any = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"date": clock.today()} | (kwargs.get("initial") or {})
        super().__init__(data, **kwargs)
        self.kept = kept
        self.places = in_use(holdings(kept), clock.today())
        self.offer()

    def offer(self) -> None:
        """Fill in what can be chosen."""

    @property
    def given(self) -> dict[str, Any]:
        """What the act is told, by the names of its arguments; a form whose fields are named otherwise says how."""
        return dict(self.cleaned_data)

    @property
    def in_cash(self) -> list[Holding]:
        """The places of cash."""
        return [row for row in self.places if row.is_cash]

    @property
    def in_banks(self) -> list[Holding]:
        """The bank accounts."""
        return [row for row in self.places if not row.is_cash]

    def money_field(self, name: str) -> MoneyField:
        """A field of this form that chooses money."""
        field = self.fields[name]
        assert isinstance(field, MoneyField)
        return field


class PinField(forms.CharField):
    """Six digits that are never shown again; empty where the person signs on a slip."""

    def __init__(self, **kwargs: Any) -> None:
        box = forms.PasswordInput(
            render_value=False, attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "12", "class": "short"}
        )
        super().__init__(widget=box, max_length=12, strip=True, **{"required": False, **kwargs})

    def to_python(self, value: Any) -> str:
        """Arabic digits, without blanks."""
        return signing.digits_of(str(value)) if value else ""


class SigningForm(SajjaForm):
    """Adds for each role the choice of a person and a box for his PIN; a PIN is proven here, before the act.

    So a wrong one is counted even though nothing else happens.
    """

    roles: Sequence[tuple[str, StrOrPromise]] = ()

    def ask_signers(
        self, group: int, people: Sequence[Signatory], roles: Sequence[tuple[str, StrOrPromise]], chosen: bool = True
    ) -> None:
        """Fields `who_<role>` and `pin_<role>`; the people in the order given. `chosen`: the person is chosen here."""
        self.roles = roles
        self.people = {key_of(person): person for person in people}
        pins = Pin.objects.filter(group=group).exclude(hash="")
        have = {f"c{row.committee_id}" if row.committee_id else f"m{row.member_id}" for row in pins}
        for role, words in roles:
            if chosen:
                shown = [
                    (key, f"{named(person)}{'' if key in have else _(' (ยังไม่มีรหัส)')}") for key, person in self.people.items()
                ]
                self.fields[f"who_{role}"] = forms.ChoiceField(label=words, choices=[("", CHOOSE), *shown])
            self.fields[f"pin_{role}"] = PinField(
                label=_("รหัส PIN ของ%(role)s") % {"role": words}, help_text=_("ให้เจ้าตัวกดเอง เว้นว่างเมื่อใช้ใบลงชื่อหรือเป็นผู้บันทึกเอง")
            )

    def signers(self) -> list[Signer]:
        """Who signs, with the proofs of the PINs that were given; call after is_valid."""
        return [self._signer(role, words) for role, words in self.roles]

    def person(self, role: str) -> Signatory | None:
        """Who was chosen for a role."""
        return self.people.get(self.cleaned_data.get(f"who_{role}", ""))

    def _signer(self, role: str, words: StrOrPromise) -> Signer:
        person = self.person(role)
        assert person is not None
        return seconds.signer(str(words), person, self.proofs.get(role))

    def clean(self) -> dict[str, Any]:
        """Prove the PINs, once everything else is right."""
        data = super().clean() or self.cleaned_data
        self.proofs: dict[str, Proof] = {}
        if self.errors:
            return data
        chosen = [self.person(role) for role, _words in self.roles]
        if len({signing.bare(p.name) for p in chosen if p}) < len([p for p in chosen if p]):
            raise ValidationError(_("ผู้ลงชื่อต้องเป็นคนละคนกัน"))
        for (role, _words), person in zip(self.roles, chosen, strict=True):
            pin = data.get(f"pin_{role}")
            if pin and person:
                try:
                    self.proofs[role] = seconds.prove(person=person, pin=pin)
                except Refused as refusal:
                    self.add_error(f"pin_{role}", str(refusal))
        return data


class SignedForm(SigningForm, KeptForm):
    """A form of a book that others sign."""

    def add_signers(self, people: Sequence[Signatory], roles: Sequence[tuple[str, StrOrPromise]], chosen: bool = True) -> None:
        """As ask_signers, of this book's group."""
        self.ask_signers(self.kept.group_id, people, roles, chosen)

    @property
    def given(self) -> dict[str, Any]:
        """The other fields, and who signs."""
        own = {name: said for name, said in super().given.items() if not name.startswith(("who_", "pin_"))}
        return own | {"signers": self.signers()}


def key_of(person: Signatory) -> str:
    """c12 for a committee member, m5 for a member."""
    return f"c{person.pk}" if isinstance(person, CommitteeMember) else f"m{person.pk}"


def named(person: Signatory) -> str:
    """Name and office."""
    if isinstance(person, CommitteeMember):
        return f"{person.name} ({person.get_office_display()})"
    return str(person)


def committee(kept: GroupBook, on: date | None = None) -> list[Signatory]:
    """The committee of a day."""
    return list(committee_on(kept.group, on or clock.today()))


def members(kept: GroupBook) -> list[Member]:
    """Who is a member now."""
    return list(active(kept.group))
