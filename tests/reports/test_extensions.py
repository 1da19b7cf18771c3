"""More time for a report: who may give it, from when it counts, and that no day ever comes nearer."""

from collections import Counter
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sajja.audit.models import AuditRow
from sajja.desk.reminding import dues
from sajja.forums.models import Forum
from sajja.lib.refusals import Refused
from sajja.org.models import Person
from sajja.reports import actions, duties, measures, queries
from sajja.reports.models import Extension, ProvinceReport
from sajja.web import clock
from tests.cast import Cast, unit
from tests.factories import a_held_forum, a_report, a_selected_group

pytestmark = pytest.mark.django_db
DUE, LATER = date(2021, 6, 10), date(2021, 6, 17)
WHY: dict[str, Any] = {"reason": "น้ำท่วมหมู่บ้าน", "authority": "พัฒนาการจังหวัด ที่ นพ 0019/ว 7 (ตัวอย่าง)"}


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def forum(cast: Cast) -> Forum:
    """Held on 3 June 2564: its report is due on 10 June."""
    return a_held_forum(a_selected_group("กลุ่มบ้านอุ่มเหม้า", cast=cast), cast=cast)


def extended(cast: Cast, forum: Forum, until: date = LATER) -> Extension:
    return actions.extend_report(
        by=cast.province_officer, year=forum.selected.year, unit=forum.selected.group.unit, until=until, **WHY
    )


def states(forum: Forum, today: date) -> Counter[str]:
    return Counter(row.key for row in measures.district(forum.selected.year, today))


@pytest.mark.parametrize(("after", "state"), [(-1, "not_yet"), (0, "not_yet"), (1, "missing")])
def test_nothing_is_missing_before_the_new_day_has_passed(cast: Cast, forum: Forum, after: int, state: str) -> None:
    extended(cast, forum)
    today = LATER + timedelta(days=after)
    assert states(forum, today) == (Counter() if state == "not_yet" else Counter(due=1, missing=1))
    [one] = queries.owed(forum.selected.year)
    assert (one.due, one.timeliness(today)) == (LATER, state)


@pytest.mark.parametrize(
    ("day", "at", "state"),
    [
        (DUE + timedelta(days=1), time(9), "on_time"),
        (LATER, time(23, 59), "on_time"),
        (LATER + timedelta(days=1), time(0, 1), "late"),
    ],
)
def test_the_first_submission_is_judged_by_the_new_day(cast: Cast, forum: Forum, day: date, at: time, state: str) -> None:
    extended(cast, forum)
    report = actions.submit_report(by=cast.district_officer, forum=forum, summary="เรียบร้อย", at=clock.moment(day, at))
    assert report.due == LATER
    assert states(forum, date(2021, 6, 30)) == Counter({"due": 1, state: 1})


def test_a_return_does_not_touch_it(cast: Cast, forum: Forum) -> None:
    extended(cast, forum)
    with clock.fixed(LATER):
        report = a_report(forum, cast=cast)
    with clock.fixed(LATER + timedelta(days=20)):
        actions.return_report(by=cast.province_officer, report=report, reason="เพิ่มรูป")
        assert states(forum, clock.today()) == Counter(due=1, on_time=1)


def test_no_day_comes_nearer_and_nothing_is_given_without_authority(cast: Cast, forum: Forum) -> None:
    for until in (DUE, DUE - timedelta(days=1)):
        with pytest.raises(Refused, match="หลังกำหนดเดิม"):
            extended(cast, forum, until)
    group = forum.selected.group.unit
    for lack in ("reason", "authority"):
        with pytest.raises(Refused, match="ใครอนุมัติ"):
            actions.extend_report(
                by=cast.province_officer, year=forum.selected.year, unit=group, until=LATER, **(WHY | {lack: " "})
            )
    extended(cast, forum)
    with pytest.raises(Refused, match="หลังกำหนดเดิม"):
        extended(cast, forum, LATER)
    again = extended(cast, forum, LATER + timedelta(days=3))
    assert (again.before, Extension.objects.filter(counts=True).get()) == (LATER, again)
    assert AuditRow.objects.filter(act="reports.extend_report").count() == 2


def test_what_was_sent_needs_no_more_time(cast: Cast, forum: Forum) -> None:
    given = extended(cast, forum)
    a_report(forum, cast=cast)
    with pytest.raises(Refused, match="ส่งรายงานนี้แล้ว"):
        extended(cast, forum, LATER + timedelta(days=9))
    with pytest.raises(Refused, match="ส่งรายงานนี้แล้ว"):
        actions.end_extension(by=cast.province_officer, extension=given, reason="ให้ผิด")


def test_taken_back_the_old_day_stands_again(cast: Cast, forum: Forum) -> None:
    given = extended(cast, forum)
    with pytest.raises(Refused, match="เหตุผล"):
        actions.end_extension(by=cast.province_officer, extension=given, reason=" ")
    actions.end_extension(by=cast.province_officer, extension=given, reason="ให้ผิดกลุ่ม")
    [one] = queries.owed(forum.selected.year)
    assert (one.due, Extension.objects.count()) == (DUE, 1)
    with pytest.raises(Refused, match="ถูกยกเลิก"):
        actions.end_extension(by=cast.province_officer, extension=given, reason="อีกครั้ง")


def test_what_an_extension_replaced_stands_again_when_it_is_taken_back(cast: Cast, forum: Forum) -> None:
    first = extended(cast, forum)
    second = extended(cast, forum, LATER + timedelta(days=3))
    actions.end_extension(by=cast.province_officer, extension=second, reason="ให้ผิด")
    [one] = queries.owed(forum.selected.year)
    assert (one.due, one.extension) == (LATER, first)
    actions.end_extension(by=cast.province_officer, extension=first, reason="ให้ผิด")
    [one] = queries.owed(forum.selected.year)
    assert (one.due, one.extension, Extension.objects.count()) == (DUE, None, 2)


def test_the_province_s_own_goes_back_step_by_step_too(cast: Cast, forum: Forum) -> None:
    year, place = forum.selected.year, unit("48")
    given = [
        actions.extend_report(by=cast.department, year=year, unit=place, until=date(2021, 6, day), **WHY) for day in (22, 25)
    ]
    a_report(forum, cast=cast, accepted=True)
    report = actions.ready_province_report(by=cast.province_officer, year=year, province=place, summary="ครบ")
    days = [report.due]
    for one in reversed(given):
        actions.end_extension(by=cast.department, extension=one, reason="ให้ผิด")
        report.refresh_from_db()
        days.append(report.due)
    assert days == [date(2021, 6, 25), date(2021, 6, 22), date(2021, 6, 15)]


@pytest.mark.parametrize("whole", [False, True])
def test_taken_back_in_the_browser_it_leads_to_a_page_that_opens(cast: Cast, forum: Forum, whole: bool) -> None:
    """Also where the report is a whole district's, and the extension stands at the district."""
    place = unit("4805") if whole else forum.selected.group.unit
    given = Extension.objects.create(
        year=forum.selected.year, unit=place, before=DUE, until=LATER, by=cast.province_officer, at=clock.now(), **WHY
    )
    browser = Client()
    browser.force_login(cast.province_officer)
    page = browser.get(reverse("reports:end_extension", args=[given.pk]))
    assert page.status_code == 200
    assert browser.get(page.context["back"]).status_code == 200


def test_a_province_s_own_report_has_its_new_day_everywhere(cast: Cast, forum: Forum) -> None:
    year, place, until = forum.selected.year, unit("48"), date(2021, 6, 22)
    actions.extend_report(by=cast.department, year=year, unit=place, until=until, **WHY)
    late = {row.key for row in measures.province(year, until, [("48", "49")])}
    assert late == set()
    assert {row.key for row in measures.province(year, until + timedelta(days=1), [("48", "49")])} == {"due", "missing"}
    a_report(forum, cast=cast, accepted=True)
    report = actions.ready_province_report(by=cast.province_officer, year=year, province=place, summary="ครบ")
    assert report.due == until
    actions.extend_report(by=cast.department, year=year, unit=place, until=date(2021, 6, 25), **WHY)
    assert ProvinceReport.objects.get().due == date(2021, 6, 25)
    [duty] = [one for one in duties.duties(cast.province_officer, clock.today()) if str(one.verb) == "บันทึกเลขที่"]
    assert duty.due == date(2021, 6, 25)


def test_reminders_wait_for_the_new_day(cast: Cast, forum: Forum) -> None:
    extended(cast, forum)
    assert [one.day for one in dues(DUE) if one.kind == "reports.district"] == [LATER]


def test_given_in_the_browser_by_the_province_and_seen_by_the_district(cast: Cast, forum: Forum) -> None:
    def client(person: Person) -> Client:
        one = Client()
        one.force_login(person)
        return one

    page, to = reverse("reports:district", args=[forum.pk]), reverse("reports:extend", args=[forum.pk])
    assert to in client(cast.province_officer).get(page).content.decode()
    shown = client(cast.district_officer).get(page).content.decode()
    assert to not in shown
    assert client(cast.district_officer).get(to).status_code == 403
    sent = {"until": "17 มิ.ย. 2564", **WHY, "once": "6f1d8d1e-3f0e-4f4e-8f77-0c9a5f3c0001"}
    assert client(cast.province_officer).post(to, sent).status_code == 302
    shown = client(cast.district_officer).get(page).content.decode()
    assert ("กำหนดเดิม" in shown, "17 มิถุนายน 2564" in shown, "นพ 0019/ว 7" in shown) == (True, True, True)
