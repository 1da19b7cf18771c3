"""The terms of a year in words, as the year's page prints them, and what changed between two revisions. Pure."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sajja.lib import money, thai_dates
from sajja.programme.terms import RuleTerm, Terms


class Fact(NamedTuple):
    """One term: what it is called and what it says."""

    label: str | Promise
    value: str


class Change(NamedTuple):
    """A term that another revision changed."""

    label: str | Promise
    before: str
    after: str


FROM: Final = {"forum": lazy("จบเวที"), "last_forum": lazy("จบเวทีสุดท้ายของอำเภอ"), "activity": lazy("สิ้นสุดกิจกรรม")}
PER: Final = {"forum": lazy("เวทีละ 1 ฉบับ"), "district": lazy("อำเภอละ 1 ฉบับ")}
SCOPE: Final = {"province": lazy("จังหวัด"), "district": lazy("อำเภอ")}


def _letter(terms: Terms) -> str:
    return _("%(reference)s ลงวันที่ %(dated)s") % {"reference": terms.reference, "dated": thai_dates.long(terms.dated)}


def _amends(terms: Terms) -> str:
    if terms.amends_dated is None:
        return terms.amends
    return _("%(reference)s ลงวันที่ %(dated)s") % {"reference": terms.amends, "dated": thai_dates.long(terms.amends_dated)}


def _quota(terms: Terms) -> str:
    every = _("%(scope)sละ %(quota)d กลุ่ม") % {"scope": SCOPE[terms.quota_per], "quota": terms.quota}
    return every + (_(" (มีโควตาเฉพาะ %d จังหวัด)") % len(terms.quotas) if terms.quotas else "")


def _forum_time(terms: Terms) -> str:
    return _("ไตรมาส %(quarter)d (%(first)s – %(last)s)") % {
        "quarter": terms.forum_quarter,
        "first": thai_dates.short(terms.forum_starts),
        "last": thai_dates.short(terms.forum_quarter_ends),
    }


def _participants(terms: Terms) -> str:
    people = _("เวทีละ %d คน") % terms.participants
    return f"{people} · {terms.snack_note}" if terms.snack_note else people


def _district_report(terms: Terms) -> str:
    return _("ภายใน %(days)d วันหลัง%(since)s · %(per)s") % {
        "days": terms.district_report_days,
        "since": FROM[terms.district_report_from],
        "per": PER[terms.district_report_per],
    }


def _reminders(terms: Terms) -> str:
    before, after = ", ".join(map(str, terms.remind_before)), ", ".join(map(str, terms.remind_after))
    said = [_("ก่อน %s วัน") % before if before else "", _("ในวันครบกำหนด"), _("หลัง %s วัน") % after if after else ""]
    return " · ".join(filter(None, said))


FACTS: Final[list[tuple[Promise, Callable[[Terms], str]]]] = [
    (lazy("ชื่อกิจกรรม"), lambda t: t.title),
    (lazy("โครงการ"), lambda t: t.project),
    (lazy("หน่วยงานที่รับผิดชอบ"), lambda t: t.responsible),
    (lazy("หนังสือ"), _letter),
    (lazy("แก้ไขจากหนังสือ"), _amends),
    (lazy("เป้าหมาย"), lambda t: _("%(groups)d กลุ่ม ใน %(provinces)d จังหวัด") % {"groups": t.groups, "provinces": t.provinces}),
    (lazy("โควตา"), _quota),
    (lazy("งบประมาณ"), lambda t: _("%s บาท") % money.baht(t.budget_satang)),
    (lazy("งบประมาณต่อกลุ่ม"), lambda t: _("%s บาท") % money.baht(t.per_group_satang)),
    (lazy("จัดเวที"), _forum_time),
    (lazy("ผู้เข้าร่วม"), _participants),
    (lazy("กิจกรรมแล้วเสร็จภายใน"), lambda t: thai_dates.long(t.activity_ends)),
    (lazy("อำเภอรายงานจังหวัด"), _district_report),
    (lazy("รูปกิจกรรมอย่างน้อย"), lambda t: _("%d รูป") % t.pictures_least),
    (lazy("จังหวัดรายงานกรมฯ ภายใน"), lambda t: thai_dates.long(t.province_report_due)),
    (lazy("เตือนกำหนดส่ง"), _reminders),
    (lazy("ตัวชี้วัด"), lambda t: t.kpi_title or _("ร้อยละ %d ของกลุ่มมีแผน") % t.kpi_percent),
    (lazy("เป้าตัวชี้วัด"), lambda t: _("ร้อยละ %d") % t.kpi_percent),
]


def facts(terms: Terms) -> list[Fact]:
    """The terms in words, in the order of the letter; what a year leaves out is left out."""
    return [Fact(label, value) for label, say in FACTS if (value := say(terms))]


def changes(before: Terms, after: Terms, names: Mapping[str, str] | None = None) -> list[Change]:
    """What another revision says otherwise, in words; `names`: path of a province → its name."""
    found = [Change(label, was, now) for label, say in FACTS if (was := say(before)) != (now := say(after))]
    found += _quota_changes(before, after, names or {})
    found += _list_changes(_("หลักเกณฑ์คัดเลือก"), [_rule(one) for one in before.rules], [_rule(one) for one in after.rules])
    return found + _list_changes(
        _("ขั้นตอนของเวที"), [f"{key} {title}" for key, title in before.steps], [f"{key} {title}" for key, title in after.steps]
    )


def _quota_changes(before: Terms, after: Terms, names: Mapping[str, str]) -> list[Change]:
    paths = [path for path in sorted({*before.quotas, *after.quotas}) if before.quotas.get(path) != after.quotas.get(path)]
    return [
        Change(
            _("โควตาของ%s") % names.get(path, path), *(_("%d กลุ่ม") % one.quotas.get(path, one.quota) for one in (before, after))
        )
        for path in paths
    ]


def _rule(rule: RuleTerm) -> str:
    founder = _(" และเป็นแกนนำจัดตั้งศูนย์") if rule.founder else ""
    return _("%(title)s (ระดับ %(level)d%(founder)s)") % {"title": rule.title, "level": rule.level, "founder": founder}


def _list_changes(label: str, before: list[str], after: list[str]) -> list[Change]:
    if before == after:
        return []
    return [Change(label, " · ".join(before), " · ".join(after))]
