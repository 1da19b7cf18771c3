"""The visits of the stories: to นครพนม, by the follow-up officer of zone 11."""

from datetime import date
from typing import NamedTuple

from sajja.followup import actions
from sajja.followup.actions import Chosen
from sajja.followup.models import Finding, Visit
from sajja.followup.queries import zone_on
from sajja.org.models import Unit
from sajja.programme.models import SelectedGroup
from sajja.web import clock
from tests.cast import Cast, someone, unit
from tests.factories import a_picture

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


class FollowedUp(NamedTuple):
    """Keys for the parts of addresses, each with the path under which it lies: for all routes, and (route, part, …) for one."""

    parts: dict[str, tuple[int, str]]
    by_route: list[tuple[str, str, tuple[int, str]]]


def followed_up(place: SelectedGroup, cast: Cast) -> FollowedUp:
    """A visit that was made to a group, with a picture, and a finding about it that was answered with one."""
    path = place.group.unit.path
    province = unit(path[:2])
    zone = zone_on(province, VISIT_DAY)
    assert zone is not None
    visit = a_visit(place, cast=cast, made=True)
    [photo] = actions.add_visit_photos(by=cast.followup, visit=visit, kept=[a_picture(place.pk + 5)], caption=place.group.name)
    finding = a_finding(visit, place.group.unit, cast=cast, words=f"ของ{place.group.name}")
    answer = actions.answer_finding(by=cast.district_officer, finding=finding, words="แก้แล้ว", pictures=[a_picture(place.pk + 6)])
    post = someone("followup_officer", zone, f"zone-{zone.path}").posts.get()
    at_zone, at_province = (zone.pk, zone.path), (province.pk, province.path)
    return FollowedUp(
        {"visit": (visit.pk, path[:2]), "finding": (finding.pk, path), "post": (post.pk, zone.path)},
        [
            *((f"followup:{name}", "unit", at_zone) for name in ("assign", "sheet", "suggest", "suggest_sheet")),
            ("followup:plan", "unit", at_province),
            *((f"followup:{name}", "photo", (photo.pk, path[:2])) for name in ("photo", "remove_photo")),
            ("followup:evidence", "photo", (answer.evidence.get().pk, path)),
        ],
    )
