"""The run-sheet as the forum page shows it: each step with its state and what it opens. Reads only."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.assessments.models import Answer, Assessment, Slot
from sajja.assessments.queries import current, indicators_of, open_one, version_for
from sajja.forums import queries
from sajja.forums.models import Forum, RunStep
from sajja.plans.queries import lines_of, plan_of
from sajja.programme.queries import terms_of

SLOTS = {"4.3": Slot.GOVERNANCE, "4.4": Slot.SSG}


@dataclass(frozen=True)
class Step:
    """A step: its title, whether it is done, where it stands (`now` is the first one not done), what to say and to open."""

    key: str
    title: str
    state: str  # done, now, todo, locked
    row: RunStep | None = None
    answered: int = 0
    questions: int = 0
    says: str = ""
    url: str = ""
    verb: str = ""

    @property
    def recorded(self) -> bool:
        """Whether the step is recorded on the page itself, with hours and a note."""
        return self.key in {"4.1", "4.2"}


def steps(forum: Forum) -> list[Step]:
    """The six steps of the year's run-sheet, in order. A fixed number of queries."""
    done = queries.steps_done(forum)
    rows = queries.recorded_steps(forum)
    now = next((key for key, is_done in done.items() if not is_done), "")
    return [_step(forum, key, title, done, now, rows.get(key)) for key, title in terms_of(forum.revision).steps]


def _step(forum: Forum, key: str, title: str, done: dict[str, bool], now: str, row: RunStep | None) -> Step:
    state = "done" if done[key] else "now" if key == now else "todo"
    if key in SLOTS:
        return _assessing(forum, key, title, state, row)
    if key == "4.6":
        return _planning(forum, title, state, done, row)
    return Step(key, title, state, row)


def _assessing(forum: Forum, key: str, title: str, state: str, row: RunStep | None) -> Step:
    slot = SLOTS[key]
    if state == "done":
        found = current(forum.selected, slot)
        assert found is not None  # done says so
        says = _("ผ่าน %(passed)s จาก %(judged)s ข้อ") % {"passed": found.passed, "judged": found.judged}
        return Step(key, title, state, row, says=says, url=reverse("assessments:result", args=[found.pk]), verb=_("ดูผลประเมิน"))
    opened = open_one(forum.selected, slot)
    if opened:
        questions = len(indicators_of(opened.version))
        url = reverse("assessments:answer", args=[opened.pk])
        return Step(key, title, state, row, answered(opened), questions, url=url, verb=_("ตอบต่อ"))
    version = version_for(slot, forum.selected.year.year)
    says = _("%d ข้อ เริ่มก่อนได้ ถ้าแบ่งสองวง") % len(indicators_of(version)) if version else _("กรมฯ ยังไม่ประกาศใช้แบบประเมิน")
    url = f"{reverse('assessments:start', args=[forum.selected_id])}?slot={slot}" if version else ""
    return Step(key, title, state, row, says=says, url=url, verb=_("เริ่มประเมิน"))


def answered(assessment: Assessment) -> int:
    """How many indicators the officer has answered."""
    return Answer.objects.filter(assessment=assessment).exclude(value="").count()


def _planning(forum: Forum, title: str, state: str, done: dict[str, bool], row: RunStep | None) -> Step:
    plan = plan_of(forum.selected)
    if plan:
        says = _("%d กิจกรรม") % len(lines_of(plan)) + " · " + (_("ลงนามครบสองฝ่าย") if plan.signed_at else _("ยังลงนามไม่ครบ"))
        return Step("4.6", title, state, row, says=says, url=reverse("plans:plan", args=[forum.selected_id]), verb=_("เปิดแผน"))
    if not (done["4.3"] and done["4.4"]):
        return Step("4.6", title, "locked", row, says=_("ข้อที่ไม่ผ่านจะขึ้นเป็นร่างแผนให้เอง"))
    return Step(
        "4.6", title, state, row, says=_("ประเมินครบแล้ว"), url=reverse("plans:draft", args=[forum.selected_id]), verb=_("ร่างแผน")
    )


def still_missing(forum: Forum, shown: list[Step]) -> list[tuple[bool, str]]:
    """The checks before finishing: done or not, and what each is."""
    terms = terms_of(forum.revision)
    people, pictures = queries.participants(forum), len(queries.pictures(forum))
    steps_left = [step for step in shown if step.state != "done"]
    return [
        (
            people == terms.participants or bool(forum.attendance_reason),
            _("ผู้เข้าร่วม %(n)d จาก %(of)d คน") % {"n": people, "of": terms.participants},
        ),
        (pictures >= terms.pictures_least, _("รูป %(n)d จากอย่างน้อย %(of)d รูป") % {"n": pictures, "of": terms.pictures_least}),
        *((False, f"{step.key} {step.title}") for step in steps_left),
    ]
