"""The rows of those who came, as the page shows them and as it sends them back."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sajja.forums.actions import NewAttendee
from sajja.groups.models import Sex
from sajja.lib.names import clean
from sajja.web import clock
from sajja.web.fields import SajjaForm, ThaiDateField, ThaiTextField

MOST_ROWS: Final = 300
MEMBER: Final = "สมาชิก"
OFFICES: Final = ("ประธาน", "รองประธาน", "เลขานุการ", "เหรัญญิก", "กรรมการ", MEMBER)
TITLES: Final = (("นางสาว", Sex.FEMALE), ("น.ส.", Sex.FEMALE), ("นาง", Sex.FEMALE), ("นาย", Sex.MALE))
KINDS: Final = ("p", "o")
"""p: participants, who count; o: observers, who do not."""


def sex_of(name: str) -> str:
    """The sex that a title says: นาย, นาง, นางสาว, น.ส.; nothing where there is none."""
    return next((str(sex) for title, sex in TITLES if name.startswith(title)), "")


def row_count(data: Mapping[str, Any], kind: str, least: int) -> int:
    """How many rows of a kind the sent page had."""
    asked = str(data.get(f"rows_{kind}", ""))
    return min(int(asked), MOST_ROWS) if asked.isdecimal() and len(asked) < 4 else least


def sent(data: Mapping[str, Any], kind: str) -> list[NewAttendee]:
    """The rows of a kind as sent, unchecked and with the empty ones, to be shown again."""

    def said(part: str, n: int) -> str:
        return clean(str(data.get(f"{part}_{kind}{n}", "")))

    return [
        NewAttendee(said("name", n), said("sex", n), said("office", n), kind == "o")
        for n in range(1, row_count(data, kind, 0) + 1)
    ]


def changed(data: Mapping[str, Any]) -> dict[str, list[NewAttendee]]:
    """The rows as sent after a row was added (`add` = p or o) or taken out (`drop` = p3), without saving anything."""
    rows = {kind: sent(data, kind) for kind in KINDS}
    added, dropped = str(data.get("add", "")), str(data.get("drop", ""))
    if added in KINDS and len(rows[added]) < MOST_ROWS:
        rows[added].append(NewAttendee("", "", "" if added == "o" else MEMBER, observer=added == "o"))
    kind, number = dropped[:1], dropped[1:]
    if kind in KINDS and number.isdecimal() and 0 < int(number) <= len(rows[kind]):
        del rows[kind][int(number) - 1]
    return rows


class AttendanceForm(SajjaForm):
    """Rows of those who came, then rows of observers; an empty name is no row. The title of a name says the sex."""

    day = ThaiDateField(label=_("วันที่ลงชื่อ"), latest=clock.today)
    reason = ThaiTextField(label=_("เหตุผลที่จำนวนต่างจากที่กำหนด"), lines=2, required=False, max_length=500)

    def __init__(self, rows: Mapping[str, Sequence[NewAttendee]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        data = args[0] if args else None
        self.sizes = {kind: row_count(data, kind, len(rows[kind])) if data else len(rows[kind]) for kind in KINDS}
        for kind in KINDS:
            for n in range(1, self.sizes[kind] + 1):
                given = rows[kind][n - 1] if n <= len(rows[kind]) else NewAttendee("", "", "")
                self._row(f"{kind}{n}", given)

    def _row(self, key: str, one: NewAttendee) -> None:
        sexes = [("", gettext("เพศ")), *((str(value), str(label)) for value, label in Sex.choices)]
        name = forms.TextInput(attrs={"autocomplete": "off", "data-part": "name"})
        office = forms.TextInput(attrs={"autocomplete": "off", "list": "offices", "data-part": "office"})
        sex = forms.Select(attrs={"data-part": "sex"})
        self.fields[f"name_{key}"] = ThaiTextField(
            label=_("ชื่อและนามสกุล"), required=False, max_length=150, initial=one.name, widget=name
        )
        self.fields[f"sex_{key}"] = forms.ChoiceField(label=_("เพศ"), required=False, choices=sexes, initial=one.sex, widget=sex)
        self.fields[f"office_{key}"] = ThaiTextField(
            label=_("ตำแหน่ง"), required=False, max_length=100, initial=one.office, widget=office
        )

    def rows(self, kind: str) -> Iterator[tuple[str, int, dict[str, BoundField]]]:
        """Key, number and fields of each row of a kind."""
        for n in range(1, self.sizes[kind] + 1):
            yield f"{kind}{n}", n, {part: self[f"{part}_{kind}{n}"] for part in ("name", "sex", "office")}

    @property
    def participant_rows(self) -> list[tuple[str, int, dict[str, BoundField]]]:
        """The rows of those who count."""
        return list(self.rows("p"))

    @property
    def observer_rows(self) -> list[tuple[str, int, dict[str, BoundField]]]:
        """The rows of those who do not."""
        return list(self.rows("o"))

    def clean(self) -> dict[str, Any]:
        """Whoever is named has a sex, and nobody is written twice."""
        given = super().clean() or self.cleaned_data
        asked = [str(self.data.get(f"rows_{kind}", "")) for kind in KINDS]
        if any(rows.isdecimal() and len(rows) < 9 and int(rows) > MOST_ROWS for rows in asked):
            self.add_error(None, gettext("บันทึกได้ครั้งละไม่เกิน %d แถว ลบแถวที่ไม่มีชื่อก่อน") % MOST_ROWS)
        seen: set[str] = set()
        for kind in KINDS:
            for n in range(1, self.sizes[kind] + 1):
                name = given.get(f"name_{kind}{n}")
                if not name:
                    continue
                given[f"sex_{kind}{n}"] = given.get(f"sex_{kind}{n}") or sex_of(name)
                if not given[f"sex_{kind}{n}"]:
                    self.add_error(f"sex_{kind}{n}", gettext("เลือกเพศของ %s") % name)
                if name in seen:
                    self.add_error(f"name_{kind}{n}", gettext("%s มีในรายชื่อแล้ว ลบแถวนี้หรือเติมให้ต่างกัน") % name)
                seen.add(name)
        return given

    def people(self) -> list[NewAttendee]:
        """Who came, in the order written."""
        given = self.cleaned_data
        return [
            NewAttendee(
                given[f"name_{kind}{n}"],
                given[f"sex_{kind}{n}"],
                given[f"office_{kind}{n}"] or ("–" if kind == "o" else MEMBER),
                kind == "o",
            )
            for kind in KINDS
            for n in range(1, self.sizes[kind] + 1)
            if given.get(f"name_{kind}{n}")
        ]
