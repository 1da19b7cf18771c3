"""The run-sheet as the forum page shows it: each step with its state and what it opens, and what is missing. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.assessments.models import Answer, Assessment, Slot
from sajja.assessments.queries import current, indicators_of, open_one, version_for
from sajja.forums import queries
from sajja.forums.models import Forum, RunStep
from sajja.forums.words import short_titles
from sajja.plans.queries import lines_of, plan_of
from sajja.programme.queries import terms_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ASSESSED: Final = {"governance": Slot.GOVERNANCE, "ssg": Slot.SSG}
BOOKKEEPING: Final[dict[str, StrOrPromise]] = {
    "ours": gettext_lazy("ใช้โปรแกรมสัจจะ"),
    "department": gettext_lazy("ใช้โปรแกรมของกรมฯ"),
    "paper": gettext_lazy("ใช้สมุดอย่างเดียว"),
}


@dataclass(frozen=True)
class Step:
    """A step: what it opens (register, governance, ssg, books, plan or nothing), its state, what to say and to open.

    `state`: done, now (the first that is neither done nor waiting), todo, locked. `letter` is the letter's own title.
    """

    key: str
    title: str
    letter: str
    opens: str
    state: str
    row: RunStep | None = None
    answered: int = 0
    questions: int = 0
    left: str = ""
    says: str = ""
    url: str = ""
    verb: str = ""

    @property
    def written(self) -> bool:
        """Whether writing it down, with hours and a note, is what makes it done."""
        return self.opens not in {"governance", "ssg", "books", "plan"}

    @property
    def recordable(self) -> bool:
        """Whether hours and a note may stand beside it: every step of the day may have them."""
        return self.state != "locked"

    @property
    def begun(self) -> bool:
        """Whether it is under way."""
        return self.state != "done" and self.questions > 0


@dataclass(frozen=True)
class Told:
    """What a step says and opens."""

    says: str = ""
    url: str = ""
    verb: str = ""
    answered: int = 0
    questions: int = 0
    left: str = ""


def steps(forum: Forum) -> list[Step]:
    """All steps of the forum's year, in the letter's order. A fixed number of queries."""
    terms, done, rows = terms_of(forum.revision), queries.steps_done(forum), queries.recorded_steps(forum)
    states = states_of([key for key, _title in terms.steps], terms.step_opens, done)
    made, titles = [], short_titles(terms)
    for key, letter in terms.steps:
        opens = terms.step_opens.get(key, "")
        told = _told(forum, opens, states[key])
        made.append(Step(key, titles[key], letter, opens, states[key], rows.get(key), **vars(told)))
    return made


def states_of(keys: list[str], opens: Mapping[str, str], done: Mapping[str, bool]) -> dict[str, str]:
    """Step → done, now, todo or locked: a plan waits for the assessments; the first that is neither done nor waiting is now."""
    waits = any(opens.get(key) in ASSESSED and not done[key] for key in keys)
    states = {key: "done" if done[key] else "locked" if opens.get(key) == "plan" and waits else "todo" for key in keys}
    now = next((key for key in keys if states[key] == "todo"), None)
    return states | ({now: "now"} if now else {})


def _told(forum: Forum, opens: str, state: str) -> Told:
    if opens in ASSESSED:
        return _assessing(forum, ASSESSED[opens], state)
    if opens == "plan":
        return _planning(forum, state)
    if opens == "books" and forum.bookkeeping:
        return Told(" · ".join(filter(None, [str(BOOKKEEPING[forum.bookkeeping]), forum.bookkeeping_reason])))
    if opens == "register":
        return Told(url=reverse("groups:group", args=[forum.selected.group_id]), verb=_("ดูข้อมูลกลุ่มที่ทบทวน"))
    return Told()


def _assessing(forum: Forum, slot: Slot, state: str) -> Told:
    if state == "done":
        found = current(forum.selected, slot)
        assert found is not None  # done says so
        says = _("ผ่าน %(passed)s จาก %(judged)s ข้อ") % {"passed": found.passed, "judged": found.judged}
        return Told(says, reverse("assessments:result", args=[found.pk]), _("ดูผลประเมิน"))
    opened = open_one(forum.selected, slot)
    if opened:
        return _under_way(opened)
    version = version_for(slot, forum.selected.year.year)
    if version is None:
        return Told(_("กรมฯ ยังไม่ประกาศใช้แบบประเมิน"), left=_("ยังไม่เริ่ม"))
    indicators = indicators_of(version)
    counted = {"aspects": len({indicator.aspect_id for indicator in indicators}), "n": len(indicators)}
    says = _("%(aspects)d ด้าน %(n)d ข้อ เริ่มก่อนได้ ถ้าแบ่งสองวง") % counted
    url = f"{reverse('assessments:start', args=[forum.selected_id])}?slot={slot.value}"
    return Told(says, url, _("เริ่มประเมิน"), left=_("เหลือ %d ข้อ") % len(indicators))


def _under_way(assessment: Assessment) -> Told:
    """How far the officer's answers are, and the first indicator that has none."""
    indicators = indicators_of(assessment.version)
    given = set(Answer.objects.filter(assessment=assessment).exclude(value="").values_list("indicator_id", flat=True))
    following = next((indicator for indicator in indicators if indicator.pk not in given), None)
    if following is None:
        url, verb = reverse("assessments:overview", args=[assessment.pk]), _("ตรวจทานและยืนยันผล")
        return Told(_("ตอบครบแล้ว รอยืนยันผล"), url, verb, len(given), len(indicators), _("รอยืนยันผล"))
    aspect = following.aspect
    says = _("ถัดไป ด้านที่ %(number)s %(title)s") % {"number": aspect.number, "title": aspect.title}
    url = f"{reverse('assessments:answer', args=[assessment.pk])}?aspect={aspect.number}#q-{following.pk}"
    verb = _("ตอบต่อ ข้อ %s") % following.code
    return Told(says, url, verb, len(given), len(indicators), _("เหลือ %d ข้อ") % (len(indicators) - len(given)))


def _planning(forum: Forum, state: str) -> Told:
    if state == "locked":
        return Told(_("ข้อที่ไม่ผ่านจะขึ้นเป็นร่างแผนให้เอง"))
    url = reverse("plans:plan", args=[forum.selected_id])
    plan = plan_of(forum.selected)
    if plan is None:
        return Told(_("ประเมินครบแล้ว ข้อที่ไม่ผ่านจะขึ้นเป็นร่างแผนให้เอง"), url, _("ร่างแผน"))
    signed = _("ลงนามครบสองฝ่าย นับใน KPI แล้ว") if plan.signed_at else _("ยังลงนามไม่ครบ")
    return Told(_("%d กิจกรรม") % len(lines_of(plan)) + " " + signed, url, _("เปิดแผน"))


@dataclass(frozen=True)
class Check:
    """One thing to have before a forum is finished: whether it is there, what it is, where it is done."""

    done: bool
    text: str
    url: str = ""


def checks(forum: Forum, people: int, pictures: int) -> list[Check]:
    """What a whole forum has beside its steps, done or not, in the order of the page."""
    terms = terms_of(forum.revision)
    wanted, least = terms.participants, terms.pictures_least
    came = _("ผู้เข้าร่วมครบ %d คน") % wanted
    if people != wanted:
        came = _("ผู้เข้าร่วม %(n)d จาก %(of)d คน") % {"n": people, "of": wanted}
        came += " " + _("(บอกเหตุผลแล้ว)") if people and forum.attendance_reason else ""
    seen = _("รูปอย่างน้อย %d รูป") % least + ("" if pictures >= least else " " + _("ตอนนี้มี %d") % pictures)
    enough = people > 0 and (people == wanted or bool(forum.attendance_reason))
    return [
        Check(enough, came, reverse("forums:attendance", args=[forum.pk])),
        Check(pictures >= least, seen, reverse("forums:photos", args=[forum.pk])),
    ]


def checks_of_steps(shown: list[Step]) -> list[Check]:
    """The steps one by one, for a page that does not show the run-sheet."""
    return [Check(step.state == "done", " ".join(filter(None, [step.key, step.title, step.left]))) for step in shown]
