"""What stories begin with: a year that is open, groups in their villages, a group on a place, and every later step.

All of it is made by the actions, by the person who does it in life. `at_step` walks one group as far as a test wants.
"""

from datetime import date, time
from io import BytesIO
from pathlib import Path

from PIL import Image

from sajja.assessments import actions as assessments
from sajja.assessments import instrument_file, scoring
from sajja.assessments.actions import Given
from sajja.assessments.models import Assessment, Indicator, InstrumentVersion
from sajja.assessments.queries import indicators_of, question, version_for
from sajja.forums import actions as forums
from sajja.forums.actions import NewAttendee, NewSitting
from sajja.forums.models import Forum
from sajja.groups import actions as groups
from sajja.groups.models import SavingsGroup
from sajja.org import actions as org
from sajja.org.models import Kind, Unit
from sajja.plans import actions as plans
from sajja.plans.models import Plan
from sajja.programme import actions as programme
from sajja.programme import terms
from sajja.programme.models import ProgrammeYear, SelectedGroup
from sajja.programme.queries import standing
from sajja.reports import actions as reports
from sajja.reports.models import DistrictReport
from sajja.web import pictures
from sajja.web.pictures import Kept
from tests.cast import Cast, unit

INSTRUMENTS = Path(instrument_file.__file__).parent / "instruments"
FORUM_DAY = date(2021, 6, 3)
LETTER = Path(terms.__file__).parent / "years" / "2564.toml"
SELECTED_ON = date(2021, 4, 26)


def the_letter() -> dict[str, object]:
    """The data file of the letter of 2564."""
    return terms.load(LETTER.read_text())


def a_year(cast: Cast | None = None) -> ProgrammeYear:
    """The programme year 2564, opened by the department on the first call."""
    found = ProgrammeYear.objects.filter(year=2564).first()
    return found or programme.open_year(by=(cast or Cast()).department, terms_mapping=the_letter())


def a_village(number: int = 2, subdistrict: str = "480501", name: str = "บ้านตัวอย่าง") -> Unit:
    """A village of a subdistrict of ธาตุพนม, typed in on the first call."""
    found = Unit.objects.filter(kind=Kind.VILLAGE, path=f"{subdistrict}{number:02}").first()
    return found or org.add_village(by="system", subdistrict=unit(subdistrict), number=number, name=name)


def a_group(
    name: str = "กลุ่มออมทรัพย์ตัวอย่าง", *, village: Unit | None = None, level: int | None = 3, founder: bool = False
) -> SavingsGroup:
    """A registered group, by default of level 3 for 2564."""
    group = groups.register_group(by="system", village=village or a_village(), name=name)
    if level:
        groups.set_level(by="system", group=group, fiscal_year=2564, level=level, source="ผลการจัดระดับปี 2564 (ตัวอย่าง)")
    if founder:
        groups.found_centre(by="system", group=group, centre_name="ศูนย์จัดการกองทุนชุมชนตัวอย่าง", year=2560, evidence="คำสั่งตัวอย่าง")
    return group


def selected(*chosen: SavingsGroup, cast: Cast | None = None, year: ProgrammeYear | None = None) -> list[SelectedGroup]:
    """These groups of one province on places: proposed by the district's officer, confirmed by the province's head."""
    cast = cast or Cast()
    year = year or a_year(cast)
    programme.propose_groups(by=cast.district_officer, year=year, groups=[(group, None, "ทดสอบ") for group in chosen])
    programme.confirm_list(by=cast.province_head, year=year, province=unit(chosen[0].unit.path[:2]))
    by_group = {row.group_id: row for row in standing(year).filter(group__in=chosen).select_related("group__unit")}
    return [by_group[group.pk] for group in chosen]


def a_selected_group(name: str = "กลุ่มออมทรัพย์ตัวอย่าง", *, cast: Cast | None = None) -> SelectedGroup:
    """One group on a place of นครพนม."""
    return selected(a_group(name), cast=cast)[0]


def the_instruments(cast: Cast | None = None) -> list[InstrumentVersion]:
    """The two demo instruments, loaded by the department's officer and published by its administrator on the first call."""
    cast = cast or Cast()
    if version_for("governance", 2564) is None:
        for file in sorted(INSTRUMENTS.glob("*.toml")):
            draft = assessments.load_instrument(by=cast.department, data=instrument_file.parse(file.read_bytes()))
            assessments.publish_version(by=cast.admin, version=draft)
    return [version for slot in ("governance", "ssg") if (version := version_for(slot, 2564))]


def a_forum(selected: SelectedGroup, *, cast: Cast | None = None, day: date = FORUM_DAY) -> Forum:
    """A planned forum on that day at the village's hall."""
    sitting = NewSitting(day, time(9), "ศาลากลางบ้าน", time(15))
    return forums.plan_forum(by=(cast or Cast()).district_officer, selected=selected, sittings=[sitting])


def people(count: int = 15, observers: int = 0) -> list[NewAttendee]:
    """Members who came, women first, and observers."""
    came = [
        NewAttendee(f"นางสมาชิก{n} ตัวอย่าง" if n % 2 else f"นายสมาชิก{n} ตัวอย่าง", "female" if n % 2 else "male", "สมาชิก")
        for n in range(1, count + 1)
    ]
    return came + [NewAttendee(f"นายผู้สังเกตการณ์{n} ตัวอย่าง", "male", "ผู้ใหญ่บ้าน", observer=True) for n in range(1, observers + 1)]


def a_picture(seed: int = 0) -> Kept:
    """A kept picture of one colour."""
    out = BytesIO()
    Image.new("RGB", (64, 48), (seed * 37 % 256, seed * 91 % 256, 120)).save(out, "JPEG")
    return pictures.keep_bytes(out.getvalue(), 64, 48)


def an_answer(indicator: Indicator, *, passing: bool) -> str:
    """An answer that passes or fails an indicator of any kind."""
    wanted = "pass" if passing else "fail"
    return next(value for value in ("pass", "fail", "3", "0", "100") if judged(indicator, value) == wanted)


def judged(indicator: Indicator, value: str) -> str:
    """The verdict on a value; nothing where it is none of the indicator's kind."""
    try:
        return scoring.judge(question(indicator), value).verdict
    except ValueError:
        return ""


def assessed(
    selected: SelectedGroup, *, failing: tuple[str, ...] = (), cast: Cast | None = None, day: date = FORUM_DAY
) -> list[Assessment]:
    """Both assessments confirmed: every indicator passed but those named like "governance:2.2"."""
    cast = cast or Cast()
    confirmed = []
    for version in the_instruments(cast):
        one = assessments.start_assessment(by=cast.district_officer, selected=selected, version=version, day=day)
        slot = version.instrument.slot
        given = {row.pk: Given(an_answer(row, passing=f"{slot}:{row.code}" not in failing)) for row in indicators_of(version)}
        assessments.save_answers(by=cast.district_officer, assessment=one, answers=given, side="officer")
        confirmed.append(assessments.confirm_assessment(by=cast.district_officer, assessment=one))
    return confirmed


def a_plan(selected: SelectedGroup, *, cast: Cast | None = None, signed: bool = True) -> Plan:
    """The plan drafted by the officer; signed by the chair on paper and by the district head."""
    cast = cast or Cast()
    plan = plans.draft_plan(by=cast.district_officer, selected=selected)
    if not plan.lines.exists():
        plans.add_line(by=cast.district_officer, plan=plan, wanted=plans.Wanted("ประชุมทบทวนแผนประจำปี"))
    if signed:
        plans.sign_as_chair(by=cast.district_officer, plan=plan, name="นายบุญมี ตัวอย่าง", day=FORUM_DAY, on_paper=True)
        plans.sign_as_head(by=cast.district_head, plan=plan, day=FORUM_DAY)
        plan.refresh_from_db()
    return plan


def a_held_forum(
    selected: SelectedGroup,
    *,
    failing: tuple[str, ...] = ("governance:2.2", "ssg:2.3"),
    cast: Cast | None = None,
    signed: bool = True,
    day: date = FORUM_DAY,
) -> Forum:
    """The whole forum day: attendance, steps, two assessments, books, plan, two pictures; held."""
    cast = cast or Cast()
    officer, forum = cast.district_officer, a_forum(selected, cast=cast, day=day)
    forums.record_attendance(by=officer, forum=forum, attendees=people(15, 2))
    for key in ("4.1", "4.2"):
        forums.record_step(by=officer, forum=forum, key=key, starts=time(9), ends=time(9, 30), note="ทำแล้ว")
    assessed(selected, failing=failing, cast=cast, day=day)
    forums.answer_bookkeeping(by=officer, forum=forum, answer="department")
    a_plan(selected, cast=cast, signed=signed)
    for seed in (selected.pk * 2, selected.pk * 2 + 1):
        forums.add_photo(by=officer, forum=forum, kept=a_picture(seed), step="4.1", caption="ชี้แจงวัตถุประสงค์")
    return forums.hold_forum(by=officer, forum=forum)


def a_report(forum: Forum, *, cast: Cast | None = None, accepted: bool = False) -> DistrictReport:
    """The district's report on a held forum, submitted; accepted by the province's officer where asked."""
    cast = cast or Cast()
    report = reports.submit_report(by=cast.district_officer, forum=forum, summary="จัดเวทีเรียบร้อย")
    return reports.accept_report(by=cast.province_officer, report=report) if accepted else report
