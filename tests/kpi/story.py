"""Seven places in two provinces: signed, carried out, late, missing, replaced, only chosen."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sajja.plans import actions as plans
from sajja.programme import actions as programme
from sajja.programme.models import ProgrammeYear, SelectedGroup
from sajja.reports import actions as reports
from tests.cast import Cast, unit
from tests.factories import a_forum, a_group, a_held_forum, a_report, a_village, a_year, selected

EARLY = date(2021, 5, 20)
UNITS = ("", "z11", "48", "47", "4805", "480501", "4701")
"""Every unit of the story whose dashboard is read; สกลนคร (47) lies in zone 11 too."""


def told() -> ProgrammeYear:
    """On 10 June 2564: four groups of ธาตุพนม (one of them in the place of another), one of ศรีสงคราม, two of สกลนคร."""
    cast, other = Cast(), Cast(province="47", district="4701")
    year = a_year(cast)
    names = ("กลุ่มบ้านหนึ่ง", "กลุ่มบ้านสอง", "กลุ่มบ้านสาม", "กลุ่มบ้านสี่")
    first, second, third, fourth, sibling = selected(
        *(a_group(name) for name in names), a_group("กลุ่มบ้านศรี", village=a_village(subdistrict="480801")), cast=cast
    )
    whole(first, cast, EARLY, accepted=True)
    a_held_forum(second, cast=cast, signed=False, day=EARLY)  # no report: missing
    a_held_forum(third, cast=cast)  # due today: not yet
    programme.replace_group(by=cast.province_head, selected=third, new_group=a_group("กลุ่มบ้านห้า"), reason="กลุ่มเดิมขอถอนตัว")
    a_forum(fourth, cast=cast, day=date(2021, 6, 10))
    assert sibling.group.unit.path.startswith("4808")
    chosen = [a_group(f"กลุ่มสกล{n}", village=a_village(subdistrict="470101")) for n in (1, 2)]
    one, _two = selected(*chosen, cast=other)
    whole(one, other, date(2021, 6, 4), accepted=True)
    report = reports.ready_province_report(by=other.province_officer, year=year, province=unit("47"), summary="เรียบร้อย")
    entered = datetime(2021, 6, 10, 8, 30, tzinfo=ZoneInfo("Asia/Bangkok"))
    reports.record_bpm(by=other.province_officer, report=report, bpm_at=entered, person="นายประสาน (ตัวอย่าง)", reference="BPM-47")
    return year


def whole(place: SelectedGroup, cast: Cast, day: date, *, accepted: bool) -> None:
    """A group that went all the way: signed, the first line of its plan done, its report sent today."""
    forum = a_held_forum(place, cast=cast, day=day)
    line = place.plan.lines.order_by("pk").first()
    assert line
    plans.mark_done(by=cast.district_officer, line=line, day=date(2021, 6, 9), note="ทำแล้ว")
    a_report(forum, cast=cast, accepted=accepted)
