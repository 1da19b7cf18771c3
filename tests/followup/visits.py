"""The visits of the stories: to นครพนม, by the follow-up officer of zone 11."""

from datetime import date

from sajja.followup import actions
from sajja.followup.actions import Chosen
from sajja.followup.models import Finding, Visit
from sajja.org.models import Unit
from sajja.programme.models import SelectedGroup
from sajja.web import clock
from tests.cast import Cast, unit

VISIT_DAY = date(2021, 6, 8)
DUE = date(2021, 6, 24)


def a_visit(*places: SelectedGroup, cast: Cast | None = None, day: date = VISIT_DAY, made: bool = False) -> Visit:
    """A visit to these groups of one province; made where asked."""
    cast = cast or Cast()
    chosen = [Chosen(one.group.unit, "risk", ["รายงานของอำเภอส่งช้า 2 วัน"]) for one in places]
    province = unit(places[0].group.unit.path[:2])
    with clock.fixed(date(2021, 6, 1)):
        visit = actions.plan_visit(
            by=cast.followup, year=places[0].year, province=province, day=day, went="นายติดตาม (ตัวอย่าง)", places=chosen
        )
    if not made:
        return visit
    visited = {one.group.unit_id for one in places}
    return actions.record_visit(
        by=cast.followup, visit=visit, day=day, went="นายติดตาม (ตัวอย่าง)", visited=visited, summary="พบกรรมการครบ"
    )


def a_finding(visit: Visit, about: Unit, *, cast: Cast | None = None, due: date = DUE, words: str = "ยังไม่ปิดประกาศงบ") -> Finding:
    """What the visit found about a group or a district."""
    return actions.record_finding(
        by=(cast or Cast()).followup, visit=visit, about=about, kind="books", severity="fix", words=words,
        advice="ปิดประกาศงบทุกเดือนที่ทำการกลุ่ม", due=due,
    )  # fmt: skip
