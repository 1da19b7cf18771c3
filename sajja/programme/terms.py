"""The terms of a programme year, read from its data file: targets, money, dates, rules, steps, KPI. Pure.

`read` gives the typed terms, `problems` says in Thai what does not tie out, `plain` is the form that JSON keeps.
Source of the shape: the letter of 2564 (sajja/programme/years/2564.toml); every value is data.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sajja.lib import money, thai_dates
from sajja.programme import reading

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

QuotaPer = Literal["province", "district"]
ReportFrom = Literal["forum", "last_forum", "activity"]
ReportPer = Literal["forum", "district"]
BE: Final = 543
QUARTERS: Final = {1: (10, -1), 2: (1, 0), 3: (4, 0), 4: (7, 0)}


class RuleTerm(NamedTuple):
    """A rule of admission: the least development level, and whether the group must have founded a fund centre."""

    key: str
    title: str
    level: int
    founder: bool


@dataclass(frozen=True)
class Terms:
    """What a programme year asks. Money in satang; dates are days in Bangkok; `year` is B.E."""

    year: int
    title: str
    project: str
    responsible: str
    objectives: tuple[str, ...]
    reference: str
    dated: date
    amends: str
    amends_dated: date | None
    what_changed: str
    provinces: int
    groups: int
    quota: int
    quota_per: QuotaPer
    districts: int
    quotas: Mapping[str, int]
    outside: tuple[str, ...]
    budget_satang: int
    per_group_satang: int
    snack_satang: int
    advance_days: int
    forum_quarter: int
    participants: int
    snack_note: str
    activity_ends: date
    pictures_least: int
    district_report_days: int
    district_report_from: ReportFrom
    district_report_per: ReportPer
    province_report_due: date
    remind_before: tuple[int, ...]
    remind_after: tuple[int, ...]
    rules: tuple[RuleTerm, ...]
    kpi_percent: int
    kpi_title: str
    steps: tuple[tuple[str, str], ...]
    step_opens: Mapping[str, str]

    @property
    def forum_starts(self) -> date:
        """The first day of the forum quarter."""
        return quarter_span(self.year, self.forum_quarter)[0]

    @property
    def forum_quarter_ends(self) -> date:
        """The last day of the forum quarter."""
        return quarter_span(self.year, self.forum_quarter)[1]

    def takes_part(self, path: str) -> bool:
        """Whether a place (by its path) lies in a province of the programme."""
        return path[:2] not in self.outside

    def quota_in(self, province: str) -> int:
        """The quota of a province (of each of its districts, where the quota is per district), by its 2-digit path."""
        return self.quotas.get(province, self.quota) if self.takes_part(province) else 0

    def places_in(self, province: str, districts: int) -> int:
        """How many places of the target a province has, by its 2-digit path and number of districts."""
        return self.quota_in(province) * (1 if self.quota_per == "province" else districts)


def quarter_span(year: int, quarter: int) -> tuple[date, date]:
    """First and last day of a quarter of the government fiscal year (B.E.), which begins on 1 October."""
    month, shift = QUARTERS[quarter]
    first = date(year - BE + shift, month, 1)
    after = date(first.year + (month == 10), 1 if month == 10 else month + 3, 1)
    return first, after - timedelta(days=1)


def load(text: str) -> dict[str, Any]:
    """The mapping of a data file. ValueError with a Thai sentence where the text is not TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise ValueError(_("อ่านแฟ้มข้อมูลไม่ออก โปรดตรวจรูปแบบ TOML ตรงที่ระบุ: %s") % wrong) from wrong


def plain(value: Any) -> Any:
    """The same data with dates as ISO text, as JSON keeps it."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def read(mapping: Mapping[str, Any]) -> Terms:
    """The typed terms of a mapping (from TOML or JSON). ValueError with the first Thai sentence of `problems`."""
    wrong = problems(mapping)
    if wrong:
        raise ValueError(wrong[0])
    return _read(mapping)


def problems(mapping: Mapping[str, Any]) -> list[str]:
    """What is missing, unreadable or does not tie out, one Thai sentence each; empty where all is well."""
    asked = [field for field in FIELDS if not _readable(mapping, field[0], field[2])]
    asked += [field for field in MAY_BE_LEFT_OUT if _wrongly_given(mapping, field[0], field[2])]
    unreadable = [
        _("ไม่พบหรืออ่านไม่ออก: “%(name)s” (%(label)s) โปรดเติมในแฟ้มข้อมูล") % {"name": name, "label": label}
        for name, label, _reads in asked
    ]
    return unreadable or [text for check in CHECKS if (text := check(_read(mapping)))]


def _at(mapping: Mapping[str, Any], name: str) -> Any:
    found: Any = mapping
    for part in name.split("."):
        found = found[part]
    return found


def _readable(mapping: Mapping[str, Any], name: str, reads: Callable[[Any], Any]) -> bool:
    try:
        reads(_at(mapping, name))
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
    return True


def _wrongly_given(mapping: Mapping[str, Any], name: str, reads: Callable[[Any], Any]) -> bool:
    """Whether a value that may be left out is given and cannot be read."""
    try:
        _at(mapping, name)
    except (KeyError, TypeError):
        return False
    return not _readable(mapping, name, reads)


def _rules(value: Any) -> tuple[RuleTerm, ...]:
    rules = tuple(RuleTerm(reading.text(r["key"]), reading.text(r["title"]), int(r["level"]), bool(r["founder"])) for r in value)
    if not rules or any(not 1 <= rule.level <= 3 for rule in rules):
        raise ValueError
    return rules


def _steps(value: Any) -> tuple[tuple[str, str], ...]:
    steps = tuple((reading.text(step["key"]), reading.text(step["title"])) for step in value)
    if not steps or not all(isinstance(step.get("opens", ""), str) for step in value):
        raise ValueError
    return steps


def _year(value: Any) -> int:
    if not 2500 <= reading.count(value) <= 2700:
        raise ValueError
    return int(value)


def _quarter(value: Any) -> int:
    if value not in QUARTERS:
        raise ValueError
    return int(value)


FIELDS: Final[list[tuple[str, StrOrPromise, Callable[[Any], Any]]]] = [
    ("year", lazy("ปีงบประมาณ พ.ศ."), _year),
    ("title", lazy("ชื่อกิจกรรม"), reading.text),
    ("letter.reference", lazy("ที่ของหนังสือ"), reading.text),
    ("letter.dated", lazy("วันที่ของหนังสือ"), reading.day),
    ("target.provinces", lazy("จำนวนจังหวัด"), reading.above_nought),
    ("target.groups", lazy("จำนวนกลุ่มเป้าหมาย"), reading.above_nought),
    ("target.quota", lazy("โควตา"), reading.above_nought),
    ("target.quota_per", lazy("โควตาต่อ province หรือ district"), reading.one_of("province", "district")),
    ("money.budget_baht", lazy("งบประมาณ บาท"), reading.satang),
    ("money.per_group_baht", lazy("งบประมาณต่อกลุ่ม บาท"), reading.satang),
    ("forum.quarter", lazy("ไตรมาสที่จัดเวที 1–4"), _quarter),
    ("forum.participants", lazy("จำนวนผู้เข้าร่วมเวที"), reading.above_nought),
    ("forum.activity_ends", lazy("วันสิ้นสุดกิจกรรม"), reading.day),
    ("forum.steps", lazy("ขั้นตอนของเวที"), _steps),
    ("district_report.days", lazy("จำนวนวันที่อำเภอต้องรายงาน"), reading.days),
    (
        "district_report.from",
        lazy("จำนวนวันนับจาก forum, last_forum หรือ activity"),
        reading.one_of("forum", "last_forum", "activity"),
    ),
    ("district_report.per", lazy("รายงานต่อ forum หรือ district"), reading.one_of("forum", "district")),
    ("province_report.due", lazy("วันครบกำหนดรายงานของจังหวัด"), reading.day),
    ("kpi.percent", lazy("ร้อยละของตัวชี้วัด"), reading.count),
    ("rules", lazy("หลักเกณฑ์คัดเลือก"), _rules),
]
MAY_BE_LEFT_OUT: Final[list[tuple[str, StrOrPromise, Callable[[Any], Any]]]] = [
    ("project", lazy("โครงการ"), reading.maybe_text),
    ("responsible", lazy("หน่วยงานที่รับผิดชอบ"), reading.maybe_text),
    ("objectives", lazy("วัตถุประสงค์"), reading.texts),
    ("letter.amends", lazy("หนังสือที่ถูกแก้ไข"), reading.maybe_text),
    ("letter.amends_dated", lazy("วันที่ของหนังสือที่ถูกแก้ไข"), reading.day),
    ("letter.what_changed", lazy("สิ่งที่เปลี่ยน"), reading.maybe_text),
    ("target.districts", lazy("จำนวนอำเภอ"), reading.count),
    ("target.quotas", lazy("โควตาเฉพาะจังหวัด"), reading.quotas),
    ("target.outside", lazy("จังหวัดที่อยู่นอกกิจกรรม"), reading.texts),
    ("money.snack_per_head_baht", lazy("ค่าอาหารว่างต่อคน บาท"), reading.satang),
    ("money.advance_days", lazy("จำนวนวันที่ต้องส่งใช้เงินยืม"), reading.days),
    ("forum.snack_note", lazy("อาหารว่าง"), reading.maybe_text),
    ("forum.pictures_least", lazy("จำนวนรูปกิจกรรมอย่างน้อย"), reading.count),
    ("reminders", lazy("วันที่เตือนกำหนดส่ง"), reading.reminders),
    ("kpi.title", lazy("ข้อความตัวชี้วัด"), reading.maybe_text),
]


def _read(mapping: Mapping[str, Any]) -> Terms:
    letter, target, forum = mapping["letter"], mapping["target"], mapping["forum"]
    district, kpi = mapping["district_report"], mapping["kpi"]
    amended = letter.get("amends_dated")
    return Terms(
        year=mapping["year"],
        title=mapping["title"],
        project=mapping.get("project", ""),
        responsible=mapping.get("responsible", ""),
        objectives=tuple(mapping.get("objectives", ())),
        reference=letter["reference"],
        dated=reading.day(letter["dated"]),
        amends=letter.get("amends", ""),
        amends_dated=reading.day(amended) if amended else None,
        what_changed=letter.get("what_changed", ""),
        provinces=target["provinces"],
        groups=target["groups"],
        quota=target["quota"],
        quota_per=target["quota_per"],
        districts=target.get("districts", 0),
        quotas=dict(target.get("quotas", {})),
        outside=tuple(target.get("outside", ())),
        budget_satang=reading.satang(mapping["money"]["budget_baht"]),
        per_group_satang=reading.satang(mapping["money"]["per_group_baht"]),
        snack_satang=reading.satang(mapping["money"].get("snack_per_head_baht", "35.00")),
        advance_days=mapping["money"].get("advance_days", 30),
        forum_quarter=forum["quarter"],
        participants=forum["participants"],
        snack_note=forum.get("snack_note", ""),
        activity_ends=reading.day(forum["activity_ends"]),
        pictures_least=forum.get("pictures_least", 2),
        district_report_days=district["days"],
        district_report_from=cast(ReportFrom, district["from"]),
        district_report_per=cast(ReportPer, district["per"]),
        province_report_due=reading.day(mapping["province_report"]["due"]),
        remind_before=reading.reminders(mapping.get("reminders", {}))[0],
        remind_after=reading.reminders(mapping.get("reminders", {}))[1],
        rules=_rules(mapping["rules"]),
        kpi_percent=kpi["percent"],
        kpi_title=kpi.get("title", ""),
        steps=_steps(forum["steps"]),
        step_opens={step["key"]: step.get("opens", "") for step in forum["steps"]},
    )


def places_of_target(terms: Terms) -> int:
    """How many places the quota makes: quota × provinces (or districts), with the provinces that have their own."""
    units = terms.provinces if terms.quota_per == "province" else terms.districts
    own = sum(quota - terms.quota for quota in terms.quotas.values()) if terms.quota_per == "province" else 0
    return units * terms.quota + own


def _groups_tie_out(terms: Terms) -> str:
    made = places_of_target(terms)
    if made == terms.groups:
        return ""
    unit = _("จังหวัด") if terms.quota_per == "province" else _("อำเภอ")
    units = terms.provinces if terms.quota_per == "province" else terms.districts
    return _("จำนวนกลุ่มไม่ตรงกัน: %(units)d %(unit)s × โควตา %(quota)d รวม %(made)d กลุ่ม แต่เป้าหมายเขียนไว้ %(groups)d กลุ่ม โปรดแก้ให้ตรงกัน") % {
        "units": units, "unit": unit, "quota": terms.quota, "made": made, "groups": terms.groups,
    }  # fmt: skip


def _money_ties_out(terms: Terms) -> str:
    spent = terms.groups * terms.per_group_satang
    if spent == terms.budget_satang:
        return ""
    return _("งบประมาณไม่ตรงกัน: %(groups)d กลุ่ม × %(each)s บาท รวม %(spent)s บาท แต่งบประมาณเขียนไว้ %(budget)s บาท โปรดแก้ให้ตรงกัน") % {
        "groups": terms.groups, "each": money.baht(terms.per_group_satang), "spent": money.baht(spent), "budget": money.baht(terms.budget_satang),
    }  # fmt: skip


def _dates_in_order(terms: Terms) -> str:
    if terms.activity_ends < terms.forum_starts:
        return _("วันสิ้นสุดกิจกรรม %(ends)s มาก่อนไตรมาส %(quarter)d ซึ่งเริ่ม %(starts)s โปรดแก้วันหรือไตรมาส") % {
            "ends": thai_dates.long(terms.activity_ends), "quarter": terms.forum_quarter, "starts": thai_dates.long(terms.forum_starts),
        }  # fmt: skip
    district_due = terms.activity_ends + timedelta(days=terms.district_report_days)
    if terms.province_report_due < district_due:
        return _("จังหวัดต้องรายงานภายใน %(province)s ก่อนที่รายงานอำเภอจะครบกำหนด %(district)s โปรดแก้วันให้เรียงกัน") % {
            "province": thai_dates.long(terms.province_report_due), "district": thai_dates.long(district_due),
        }  # fmt: skip
    return ""


def _dates_in_year(terms: Terms) -> str:
    last = quarter_span(terms.year, 4)[1]
    if max(terms.activity_ends, terms.province_report_due) <= last:
        return ""
    return _("กิจกรรมหรือรายงานจังหวัดเลยวันสิ้นปีงบประมาณ %(last)s โปรดแก้วันในแฟ้มข้อมูล") % {"last": thai_dates.long(last)}


def _percent_is_percent(terms: Terms) -> str:
    return "" if 1 <= terms.kpi_percent <= 100 else _("ร้อยละของตัวชี้วัดต้องอยู่ระหว่าง 1 ถึง 100 โปรดแก้ในแฟ้มข้อมูล")


def _keys_once(terms: Terms) -> str:
    for keys, what in [
        ([rule.key for rule in terms.rules], _("หลักเกณฑ์")),
        ([key for key, _title in terms.steps], _("ขั้นตอนของเวที")),
    ]:
        if len(set(keys)) < len(keys):
            return _("%(what)sมีรหัสซ้ำกัน โปรดให้แต่ละข้อมีรหัสของตัวเอง") % {"what": what}
    return ""


CHECKS: Final[list[Callable[[Terms], str]]] = [
    _groups_tie_out, _money_ties_out, _dates_in_order, _dates_in_year, _percent_is_percent, _keys_once,
]  # fmt: skip
