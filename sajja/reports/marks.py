"""Marks on the fields of a returned report: which there are, where each is mended, whether a new submission changed it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Field(NamedTuple):
    """A part of a report that can be marked: its words, the names under which a submission keeps it, the page that mends it."""

    words: str | Promise
    names: tuple[str | Promise, ...]
    page: str


FIELDS: Final[Mapping[str, Field]] = {
    "day": Field(_("วันจัดเวที"), (_("วันจัดเวที"),), "forums:forum"),
    "people": Field(_("ผู้เข้าร่วม"), (_("ผู้เข้าร่วม"), _("หญิง")), "forums:attendance"),
    "steps": Field(_("ขั้นตอนของเวที"), (_("ขั้นตอนที่ทำแล้ว"),), "forums:forum"),
    "governance": Field(_("ผลประเมินธรรมาภิบาล"), (_("ธรรมาภิบาลผ่าน"), _("ข้อที่ไม่ผ่าน")), "forums:forum"),
    "ssg": Field(_("ผลประเมิน SSG"), (_("SSG ผ่าน"), _("ข้อที่ไม่ผ่าน")), "forums:forum"),
    "bookkeeping": Field(_("โปรแกรมบัญชี"), (_("โปรแกรมบัญชี"),), "forums:bookkeeping"),
    "plan": Field(_("แผนการพัฒนากลุ่ม"), (_("กิจกรรมในแผน"), _("ลงนามแผนครบ")), "forums:forum"),
    "pictures": Field(_("รูป"), (_("รูป"), _("รูปแต่ละรูป"), _("เหตุที่รูปไม่ครบ")), "forums:photos"),
    "summary": Field(_("สรุปผล"), (_("สรุปผล"),), "reports:send"),
    "problems": Field(_("ปัญหาและข้อเสนอแนะ"), (_("ปัญหา"),), "reports:send"),
}


OWN: Final = (_("สรุปผล"), _("ปัญหา"), _("เหตุที่รูปไม่ครบ"))
"""What the district writes when it sends; all else is read from what is there."""


class Mark(NamedTuple):
    """A mark as a page shows it; `changed`: whether what the report says there is another than when it was returned."""

    field: str
    words: str
    note: str
    changed: bool

    def url(self, forum: int) -> str:
        """The page that mends it."""
        return reverse(FIELDS[self.field].page, args=[forum])


def kept(marks: Mapping[str, str]) -> list[dict[str, str]]:
    """What a return keeps of its marks, in the order of the fields; KeyError for a field that no report has."""
    unknown = set(marks) - set(FIELDS)
    if unknown:
        raise KeyError(*unknown)
    return [{"field": key, "note": marks[key].strip()} for key in FIELDS if marks.get(key, "").strip()]


def told(marked: Iterable[Mapping[str, str]], before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Mark]:
    """The marks of a return: `before` is the submission that was returned, `now` what the report says today."""
    found = []
    for one in marked:
        field = FIELDS[one["field"]]
        names = [str(name) for name in field.names]
        found.append(Mark(one["field"], str(field.words), one["note"], said_of(before, names) != said_of(now, names)))
    return found


def said_of(content: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """What a submission says under these names; of a report on several groups under each group's."""
    return {key: value for key, value in content.items() if key in names or key.partition(": ")[2] in names}
