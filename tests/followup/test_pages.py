"""The pages of follow-up, as each person opens them; what waits on whose home; figures with the list behind each."""

from datetime import date, datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sajja.desk.rooms import duties_of, panels_of
from sajja.followup import actions, queries
from sajja.followup.duties import duties
from sajja.followup.models import Finding, Visit
from sajja.groups.models import SavingsGroup
from sajja.lib.duties import Duty
from sajja.org.models import Person, Post, ZoneProvince
from sajja.programme.models import SelectedGroup
from sajja.programme.queries import latest_revision
from sajja.web import clock
from tests.cast import Cast, unit
from tests.factories import a_group, a_picture, a_village, selected
from tests.followup.browsers import asked, browser, sends, shows
from tests.followup.visits import DUE, a_finding, a_visit

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2021, 6, 23), date(2021, 6, 25)


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def places(cast: Cast) -> list[SelectedGroup]:
    names = ("กลุ่มบ้านหนึ่ง (ตัวอย่าง)", "กลุ่มบ้านสอง (ตัวอย่าง)", "กลุ่มบ้านสาม (ตัวอย่าง)")
    return selected(*(a_group(name, village=a_village(n)) for n, name in enumerate(names, 2)), cast=cast)


@pytest.fixture
def made(places: list[SelectedGroup], cast: Cast) -> Visit:
    return a_visit(places[0], cast=cast, made=True)


@pytest.fixture
def finding(made: Visit, places: list[SelectedGroup], cast: Cast) -> Finding:
    return a_finding(made, places[0].group.unit, cast=cast)


def waits(person: Person, today: date) -> list[Duty]:
    """What the follow-up room puts on a home."""
    with clock.fixed(today):
        found = duties_of(Person.objects.get(pk=person.pk), today, latest_revision())
    return [duty for duty in found if duty.url.startswith("/followup/")]


def kinds(person: Person, today: date) -> list[tuple[str, str]]:
    return [(str(duty.title), duty.kind_on(today)) for duty in waits(person, today)]


# --- answering -----------------------------------------------------------------------------


def test_a_finding_goes_from_the_inspector_to_the_district_and_back_until_it_is_closed(
    made: Visit, places: list[SelectedGroup], cast: Cast
) -> None:
    group = places[0].group.unit
    given = {
        "about": group.pk, "kind": "books", "severity": "fix", "words": "ไม่ปิดประกาศงบ", "advice": "ปิดทุกเดือน", "due": "24/6/2564",
    }  # fmt: skip
    sends(cast.followup, "new", made.pk, **given)
    one = Finding.objects.get()
    assert "ตอบข้อสังเกต" in shows(cast.district_officer, "finding", one.pk)
    sends(cast.district_officer, "answer", one.pk, words="ปิดประกาศแล้วเมื่อวานนี้")
    assert "ปิดประกาศแล้วเมื่อวานนี้" in shows(cast.followup, "finding", one.pk)
    sends(cast.followup, "send_back", one.pk, reason="ขอรูปป้าย", due="30/6/2564")
    assert "ขอรูปป้าย" in shows(cast.district_officer, "answer", one.pk)
    sends(cast.district_officer, "answer", one.pk, words="แนบรูปแล้ว")
    sends(cast.followup, "accept", one.pk, words="ขอบคุณ")
    one.refresh_from_db()
    assert one.state == "closed"


def test_the_same_answer_sent_twice_is_one_answer(finding: Finding, cast: Cast) -> None:
    client, once = browser(cast.district_officer), str(uuid4())
    address = reverse("followup:answer", args=[finding.pk])
    answers = [client.post(address, {"once": once, "words": "ทำแล้ว"})["Location"] for _time in range(2)]
    assert answers == [reverse("followup:finding", args=[finding.pk])] * 2
    assert finding.moves.filter(move="answer").count() == 1


def test_who_answered_himself_is_told_to_let_another_judge(finding: Finding, cast: Cast) -> None:
    actions.answer_finding(by=cast.followup, finding=finding, words="ทำแล้ว")
    page = shows(cast.followup, "finding", finding.pk)
    assert "ให้ผู้ติดตามคนอื่นตรวจ" in page
    assert reverse("followup:accept", args=[finding.pk]) not in page
    assert reverse("followup:accept", args=[finding.pk]) in shows(cast.department, "finding", finding.pk)


def test_pictures_of_an_answer_are_seen_by_those_concerned_and_by_nobody_else(finding: Finding, cast: Cast) -> None:
    answer = actions.answer_finding(by=cast.district_officer, finding=finding, words="ทำแล้ว", pictures=[a_picture(9)])
    address = reverse("followup:evidence", args=[answer.evidence.get().pk])
    chair = cast.chair(SavingsGroup.objects.get(unit=finding.about))
    stranger = Cast("47", "4701").district_officer
    assert [browser(who).get(address).status_code for who in (cast.followup, cast.province_officer, chair, stranger)] == [
        200,
        200,
        200,
        404,
    ]


# --- homes ---------------------------------------------------------------------------------


def test_an_open_finding_is_on_the_home_of_everyone_it_concerns_until_it_is_closed(
    finding: Finding, places: list[SelectedGroup], cast: Cast
) -> None:
    concerned = [
        cast.district_officer, cast.district_head, cast.province_officer, cast.province_head, cast.followup,
        cast.chair(places[0].group),
    ]  # fmt: skip
    others = [cast.chair(places[1].group), cast.treasurer(places[0].group), Cast("47", "4701").district_officer]
    assert [len(waits(person, DUE)) for person in (*concerned, *others)] == [1, 1, 1, 1, 1, 1, 0, 0, 0]
    actions.answer_finding(by=cast.district_officer, finding=finding, words="ทำแล้ว")
    assert [len(waits(person, DUE)) for person in concerned] == [1] * 6
    actions.accept_answer(by=cast.followup, finding=finding)
    assert [len(waits(person, DUE)) for person in concerned] == [0] * 6


def test_a_finding_is_late_on_every_home_from_the_day_after_its_due_day(finding: Finding, cast: Cast) -> None:
    for today, kind in ((BEFORE, "waiting"), (DUE, "waiting"), (AFTER, "late")):
        assert kinds(cast.district_officer, today) == [("ตอบข้อสังเกตของผู้ติดตาม", kind)]
    for today, kind in ((BEFORE, "next"), (DUE, "next"), (AFTER, "late")):
        assert kinds(cast.followup, today) == [("ข้อสังเกตที่รออำเภอตอบ", kind)]
        assert kinds(cast.province_head, today) == [("ข้อสังเกตที่ยังไม่ปิด", kind)]
    assert [kinds(cast.department, today) for today in (DUE, AFTER)] == [[], [("ข้อสังเกตที่อำเภอตอบเลยกำหนด 1 เรื่อง", "waiting")]]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2021, 6, 24, 23, 59, tzinfo=clock.BANGKOK), "รออำเภอตอบ"),
        (datetime(2021, 6, 25, 0, 1, tzinfo=clock.BANGKOK), "ยังไม่ตอบ เลยกำหนด 1 วัน"),
    ],
)
def test_the_due_day_ends_at_midnight_in_bangkok(moment: datetime, said: str, finding: Finding, cast: Cast) -> None:
    with clock.fixed(moment):
        assert said in shows(cast.district_officer, "finding", finding.pk)


def test_an_answer_waits_for_the_inspector_and_is_not_late(finding: Finding, cast: Cast) -> None:
    actions.answer_finding(by=cast.district_officer, finding=finding, words="ทำแล้ว")
    assert kinds(cast.followup, AFTER) == [("ตรวจคำตอบของอำเภอ", "waiting")]
    assert kinds(cast.district_officer, AFTER) == [("ข้อสังเกตที่ตอบแล้ว", "next")]
    assert kinds(cast.department, AFTER) == []


def test_a_planned_visit_waits_on_its_day_and_is_late_the_day_after(places: list[SelectedGroup], cast: Cast) -> None:
    a_visit(places[0], cast=cast)
    told = [kinds(cast.followup, date(2021, 6, day)) for day in (7, 8, 9)]
    assert told == [[("การติดตามที่วางแผนไว้", "next")], [("บันทึกผลการติดตาม", "waiting")], [("บันทึกผลการติดตาม", "late")]]


def test_a_groups_page_tells_its_findings(finding: Finding, places: list[SelectedGroup], cast: Cast) -> None:
    titles = [panel.title for panel in panels_of(Person.objects.get(pk=cast.district_officer.pk), places[0].group)]
    assert "ข้อสังเกตจากการติดตาม" in titles
    others = [panel.title for panel in panels_of(Person.objects.get(pk=cast.district_officer.pk), places[1].group)]
    assert "ข้อสังเกตจากการติดตาม" not in others


# --- scope ---------------------------------------------------------------------------------


def test_an_officer_sees_the_provinces_of_his_zones_of_that_day(made: Visit, finding: Finding, cast: Cast) -> None:
    last, first = date(2021, 6, 19), date(2021, 6, 20)
    ZoneProvince.objects.filter(province=unit("48")).update(ends=last)
    ZoneProvince.objects.create(zone=unit("z12"), province=unit("48"), starts=first)
    addresses = [reverse("followup:visit", args=[made.pk]), reverse("followup:finding", args=[finding.pk])]
    for day, status in ((last, 200), (first, 404)):
        with clock.fixed(day):
            client = browser(cast.followup)
            assert [client.get(address).status_code for address in addresses] == [status] * 2
            assert len(waits(cast.followup, day)) == (status == 200)


def test_an_officer_whose_post_has_ended_sees_nothing_more(made: Visit, cast: Cast) -> None:
    Post.objects.filter(person=cast.followup).update(ends=date(2021, 6, 15))
    address = reverse("followup:visit", args=[made.pk])
    for day, status in ((15, 200), (16, 403)):
        with clock.fixed(date(2021, 6, day)):
            assert browser(cast.followup).get(address).status_code == status


def test_a_district_sees_what_was_found_in_it_and_not_the_visit_of_the_whole_province(
    made: Visit, finding: Finding, cast: Cast
) -> None:
    client = browser(cast.district_officer)
    assert client.get(reverse("followup:finding", args=[finding.pk])).status_code == 200
    assert client.get(reverse("followup:visit", args=[made.pk])).status_code == 404
    sibling = browser(Cast("48", "4808").district_officer)
    assert sibling.get(reverse("followup:finding", args=[finding.pk])).status_code == 404


# --- zones and figures ---------------------------------------------------------------------


def test_the_department_assigns_a_zone_and_ends_it(cast: Cast) -> None:
    zone, other = unit("z12"), cast.followup
    assert "ยังไม่มีผู้ติดตามวันนี้ 17 เขต" in shows(cast.department, "posts")
    sends(cast.department, "assign", zone.pk, person=other.pk, starts="1 มิ.ย. 2564")
    post = Post.objects.get(unit=zone)
    assert "ยังไม่มีผู้ติดตามวันนี้ 16 เขต" in shows(cast.department, "posts")
    sends(cast.department, "end_post", post.pk, ends="9 มิ.ย. 2564")
    assert "ยังไม่มีผู้ติดตามวันนี้ 17 เขต" in shows(cast.department, "posts")


def test_the_nation_says_how_many_of_18_zones_were_visited_and_opens_the_list_behind_each_figure(
    finding: Finding, cast: Cast
) -> None:
    nation = unit("").pk
    page = shows(cast.department, "unit", 2564, nation)
    assert "1/18 เขต" in page
    assert reverse("followup:findings", args=[2564, unit("z11").pk]) + "?show=open" in page
    behind = shows(cast.department, "findings", 2564, nation, show="open")
    assert finding.words in behind
    assert finding.words not in shows(cast.department, "findings", 2564, nation, show="closed")
    assert "8 มิ.ย. 2564" in shows(cast.department, "visits", 2564, unit("z11").pk, show="made")


def test_figures_are_counted_as_their_lists_show_them(finding: Finding, made: Visit, cast: Cast) -> None:
    closed = a_finding(made, unit("4805"), cast=cast, words="ป้ายเก่า")
    actions.answer_finding(by=cast.district_officer, finding=closed, words="ทำแล้ว")
    actions.accept_answer(by=cast.followup, finding=closed)
    with clock.fixed(AFTER):
        every = queries.findings_under(cast.followup, made.year, unit("z11"))
        counted = queries.counts([], every.values_list("state", "due"), AFTER).findings
        lists = {which: queries.shown(every, which, AFTER).count() for which in ("all", "open", "late", "answered", "closed")}
    assert lists == {"all": 2, "open": 1, "late": 1, "answered": 0, "closed": 1}
    assert {which: counted[which] for which in lists} == lists


def rows_of(person: Person, name: str, *args: object) -> list[list[Any]]:
    answer = browser(person).get(reverse(f"followup:{name}", args=args))
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_every_list_is_there_as_excel(finding: Finding, places: list[SelectedGroup], cast: Cast) -> None:
    actions.answer_finding(by=cast.district_officer, finding=finding, words="ปิดประกาศแล้ว")
    nation = unit("").pk
    summary = rows_of(cast.department, "sheet", 2564, nation)
    assert (len(summary), summary[-1][2:]) == (3 + 18 + 1 - 0, [0, 1, 0, 1, 0, 1, 0])
    assert [row[1:3] for row in rows_of(cast.department, "visits_sheet", 2564, nation)[3:]] == [["นครพนม", "11"]]
    [found] = rows_of(cast.department, "findings_sheet", 2564, nation)[3:]
    assert (found[0], found[1], found[10]) == (places[0].group.name, "ธาตุพนม", "ปิดประกาศแล้ว")
    assert len(rows_of(cast.followup, "suggest_sheet", 2564, unit("z11").pk)[3:]) == 2
    assert [row[1] for row in rows_of(cast.department, "posts_sheet")[3:]] == [cast.followup.full_name]


def test_the_report_of_a_visit_prints_what_was_found_and_answered(finding: Finding, cast: Cast) -> None:
    actions.answer_finding(by=cast.district_officer, finding=finding, words="ปิดประกาศแล้ว")
    page = shows(cast.province_head, "paper", finding.visit_id)
    for words in ("พบกรรมการครบ", finding.words, finding.advice, "ปิดประกาศแล้ว", "อำเภอธาตุพนม"):
        assert words in page


# --- queries -------------------------------------------------------------------------------


def test_the_pages_ask_as_much_of_three_as_of_one(places: list[SelectedGroup], cast: Cast) -> None:
    zone, province, nation = unit("z11").pk, unit("48").pk, unit("").pk
    pages: list[tuple[Person, str, tuple[object, ...]]] = [
        (cast.department, "unit", (2564, nation)),
        (cast.followup, "unit", (2564, zone)),
        (cast.followup, "unit", (2564, province)),
        (cast.district_officer, "unit", (2564, unit("4805").pk)),
        (cast.followup, "visits", (2564, zone)),
        (cast.followup, "findings", (2564, zone)),
        (cast.followup, "findings_sheet", (2564, zone)),
        (cast.followup, "plan", (2564, province)),
        (cast.department, "posts", ()),
    ]
    first = a_visit(places[0], cast=cast, made=True)
    a_finding(first, places[0].group.unit, cast=cast)
    one = [asked(person, name, *args) for person, name, args in pages]
    for place in places[1:]:
        a_finding(a_visit(place, cast=cast, made=True), place.group.unit, cast=cast)
    assert [asked(person, name, *args) for person, name, args in pages] == one


def test_a_home_asks_as_much_of_three_findings_as_of_one(places: list[SelectedGroup], cast: Cast) -> None:
    made = a_visit(*places, cast=cast, made=True)
    a_finding(made, places[0].group.unit, cast=cast)

    def count(person: Person) -> int:
        latest = latest_revision()
        found = Person.objects.get(pk=person.pk)
        found.posts_today  # noqa: B018 - read once a request
        with CaptureQueriesContext(connection) as asked:
            duties(found, DUE, latest)
        return len(asked)

    people = [cast.district_officer, cast.province_head, cast.followup, cast.department, cast.chair(places[0].group)]
    one = [count(person) for person in people]
    for place in places[1:]:
        a_finding(made, place.group.unit, cast=cast)
    assert [count(person) for person in people] == one == [1, 1, 4, 1, 1]
