"""The pages: what they say, to whom, and that lists cost the same at 1 and at 3 rows."""

from collections.abc import Callable
from datetime import date
from functools import partial
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from sajja.assessments import actions, measures, queries
from sajja.assessments.actions import Given
from sajja.assessments.duties import duties
from sajja.assessments.models import Assessment, InstrumentVersion
from sajja.assessments.panels import panels
from sajja.lib.figures import Row
from sajja.org.models import Person
from sajja.programme.models import SelectedGroup
from tests.assessments.instruments import answers, in_force
from tests.cast import Cast
from tests.factories import a_group, selected

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 10)
ONCE = "a8098c1a-f86e-11da-bd1a-00112444be1e"
DEMO = "ตัวอย่าง ไม่ใช่ข้อความทางการ"


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def groups(cast: Cast) -> list[SelectedGroup]:
    return selected(*(a_group(f"กลุ่มออมทรัพย์{name}") for name in ("หนึ่ง", "สอง", "สาม")), cast=cast)


@pytest.fixture
def version(cast: Cast) -> InstrumentVersion:
    return in_force("governance", cast)


def begun(cast: Cast, group: SelectedGroup, version: InstrumentVersion, *failing: str) -> Assessment:
    one = actions.start_assessment(by=cast.district_officer, selected=group, version=version, day=DAY)
    given = answers(version, *failing)
    return actions.save_answers(by=cast.district_officer, assessment=one, answers=given, side="officer")


def done(cast: Cast, group: SelectedGroup, version: InstrumentVersion, *failing: str) -> Assessment:
    return actions.confirm_assessment(by=cast.district_officer, assessment=begun(cast, group, version, *failing))


def page(client: Client, name: str, thing: int, query: str = "") -> str:
    answer = client.get(reverse(f"assessments:{name}", args=[thing]) + query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def counted(do: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as seen:
        do()
    return len(seen)


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


# --- what the pages say ----------------------------------------------------------------------


def test_every_page_of_an_unofficial_instrument_says_so(
    client: Client, cast: Cast, groups: list[SelectedGroup], version: InstrumentVersion
) -> None:
    one, other = begun(cast, groups[0], version), done(cast, groups[1], version, "1.2")
    client.force_login(cast.district_officer)
    for name, thing in [
        ("answer", one.pk), ("overview", one.pk), ("confirm", one.pk), ("result", other.pk), ("aloud", other.pk), ("paper", other.pk),
        ("online", other.pk), ("version", version.pk), ("of_group", groups[1].pk), ("start", groups[2].pk),
    ]:  # fmt: skip
        assert DEMO in page(client, name, thing), name
    assert DEMO in client.get(reverse("assessments:instruments")).content.decode()


def test_the_result_lists_what_was_not_passed_with_the_recommendation(
    client: Client, cast: Cast, groups: list[SelectedGroup], version: InstrumentVersion
) -> None:
    one = done(cast, groups[0], version, "2.2", "3.4")
    client.force_login(cast.province_officer)
    seen = page(client, "result", one.pk)
    assert "ให้กรรมการตรวจสอบตรวจบัญชีทุกปี" in seen
    assert "ทำใบแก้" not in seen
    assert "ยังไม่ผ่าน 2 ข้อ" in page(client, "aloud", one.pk)


def test_confirming_too_early_names_what_is_missing(
    client: Client, cast: Cast, groups: list[SelectedGroup], version: InstrumentVersion
) -> None:
    one = actions.start_assessment(by=cast.district_officer, selected=groups[0], version=version, day=DAY)
    client.force_login(cast.district_officer)
    assert "ยังยืนยันไม่ได้" in page(client, "confirm", one.pk)
    answer = client.post(reverse("assessments:confirm", args=[one.pk]), {"once": ONCE})
    assert (answer.status_code, Assessment.objects.get().is_open) == (200, True)


def test_an_open_assessment_has_no_result_yet_and_a_closed_one_takes_no_answers(
    client: Client, cast: Cast, groups: list[SelectedGroup], version: InstrumentVersion
) -> None:
    one, other = begun(cast, groups[0], version), done(cast, groups[1], version)
    client.force_login(cast.district_officer)
    assert client.get(reverse("assessments:result", args=[one.pk]))["Location"] == reverse("assessments:overview", args=[one.pk])
    assert client.get(reverse("assessments:answer", args=[other.pk]))["Location"] == reverse(
        "assessments:result", args=[other.pk]
    )


def test_the_officer_writes_down_what_the_group_says(
    client: Client, cast: Cast, groups: list[SelectedGroup], version: InstrumentVersion
) -> None:
    one = begun(cast, groups[0], version)
    client.force_login(cast.district_officer)
    key = queries.indicators_of(version)[0].pk
    url = reverse("assessments:answer", args=[one.pk]) + "?aspect=1&side=self"
    after = client.post(url, {"once": ONCE, f"value-{key}": "fail"})
    assert after["Location"].endswith("?aspect=2&side=self")
    answer = one.answers.get(indicator=key)
    assert (answer.self_value, answer.self_by, answer.value) == ("fail", cast.district_officer, "pass")


def test_an_evidence_picture_is_kept_and_seen_within_the_district_alone(
    client: Client, cast: Cast, groups: list[SelectedGroup], version: InstrumentVersion
) -> None:
    one = begun(cast, groups[0], version)
    client.force_login(cast.district_officer)
    photo = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(photo, "JPEG")
    sent = SimpleUploadedFile("p.jpg", photo.getvalue(), "image/jpeg")
    url = reverse("assessments:evidence", args=[one.pk]) + "?q=3.3"
    after = client.post(url, {"once": ONCE, "evidence": "นับเงินต่อหน้ากรรมการ", "picture": sent})
    assert after.status_code == 302
    answer = one.answers.get(indicator__code="3.3")
    assert (answer.evidence, len(answer.picture), answer.value) == ("นับเงินต่อหน้ากรรมการ", 64, "pass")
    address = reverse("assessments:picture", args=[answer.pk])
    assert client.get(address)["Content-Type"] == "image/jpeg"
    client.force_login(Cast(district="4808").district_officer)
    assert client.get(address).status_code == 404


def test_the_departments_own_form_keeps_its_reference_and_the_answers_in_its_order(
    client: Client, cast: Cast, groups: list[SelectedGroup], version: InstrumentVersion
) -> None:
    one = done(cast, groups[0], version, "1.2")
    client.force_login(cast.district_officer)
    lines = client.get(reverse("assessments:online", args=[one.pk])).context["lines"].split("\n")
    assert [line.split("\t")[0] for line in lines] == [indicator.code for indicator in queries.indicators_of(version)]
    assert lines[1].split("\t") == ["1.2", "สมาชิกส่งสัจจะตรงกำหนดไม่น้อยกว่าร้อยละ 80", "ร้อยละ 79 ไม่ผ่าน", "", ""]
    url = reverse("assessments:record_online", args=[one.pk])
    assert "ใส่วันที่บันทึกในแบบออนไลน์ของกรมฯ ด้วย" in client.post(url, {"once": ONCE, "reference": "SSG-77"}).content.decode()
    client.post(url, {"once": ONCE, "reference": "SSG-77", "day": "9 มิ.ย. 64"})
    one.refresh_from_db()
    assert (one.online_reference, one.online_date) == ("SSG-77", date(2021, 6, 9))
    assert "SSG-77" in page(client, "paper", one.pk)


def test_before_an_instrument_is_in_force_the_page_says_whom_it_waits_for(
    client: Client, cast: Cast, groups: list[SelectedGroup]
) -> None:
    client.force_login(cast.district_officer)
    assert "กรมฯ ยังไม่ประกาศใช้แบบประเมิน" in page(client, "start", groups[0].pk, "?slot=ssg")


def test_the_day_is_not_after_today(client: Client, cast: Cast, groups: list[SelectedGroup], version: InstrumentVersion) -> None:
    client.force_login(cast.district_officer)
    url = reverse("assessments:start", args=[groups[0].pk]) + "?slot=governance"
    assert "วันที่ต้องไม่หลัง 10 มิ.ย. 2564" in client.post(url, {"once": ONCE, "day": "11 มิ.ย. 2564"}).content.decode()
    assert client.post(url, {"once": ONCE, "day": "10 มิ.ย. 2564"}).status_code == 302
    assert queries.open_one(groups[0], "governance") is not None


def test_the_result_leads_to_the_next_step_of_the_forum(
    client: Client, cast: Cast, groups: list[SelectedGroup], version: InstrumentVersion
) -> None:
    one, ssg = done(cast, groups[0], version), in_force("ssg", cast)
    client.force_login(cast.district_officer)
    url = reverse("assessments:result", args=[one.pk])
    assert client.get(url).context["following"]["step"] == "4.4"
    done(cast, groups[0], ssg)
    assert client.get(url).context["following"]["step"] == "4.6"
    client.force_login(cast.province_officer)
    assert client.get(url).context["following"] is None


# --- figures, duties, panels -----------------------------------------------------------------


def test_the_figures_count_places_and_failures(cast: Cast, groups: list[SelectedGroup], version: InstrumentVersion) -> None:
    done(cast, groups[0], version, "1.2", "3.4")
    begun(cast, groups[1], version)
    year = groups[0].year
    rows = measures.governance_done(year)
    assert sorted((row.thing, row.total, row.count) for row in rows) == [
        (groups[0].pk, 1, 1),
        (groups[1].pk, 1, 0),
        (groups[2].pk, 1, 0),
    ]
    assert sum(row.count for row in measures.ssg_done(year)) == 0
    failures = measures.failures(year)
    path = groups[0].group.unit.path
    assert len(failures) == 21
    assert [row for row in failures if row.count] == [
        Row(path, "governance:1.2", groups[0].pk, 1, 1),
        Row(path, "governance:3.4", groups[0].pk, 1, 1),
    ]
    assert queries.indicator_titles(year)["governance:3.4"] == "ตรวจสอบบัญชีอย่างน้อยปีละครั้ง"


def test_the_figures_cost_the_same_at_one_and_at_three(
    cast: Cast, groups: list[SelectedGroup], version: InstrumentVersion
) -> None:
    year = groups[0].year
    for group in groups:
        done(cast, group, version, "1.2")
        assert (counted(lambda: measures.governance_done(year)), counted(lambda: measures.failures(year))) == (1, 1)


def test_duties_cost_the_same_at_one_and_at_three(cast: Cast, groups: list[SelectedGroup], version: InstrumentVersion) -> None:
    for n, group in enumerate(groups, 1):
        begun(cast, group, version)
        person = fresh(cast.district_officer)
        assert len(duties(person, DAY)) == n
        person = fresh(cast.district_officer)
        assert counted(partial(duties, person, DAY)) == 3


def test_the_home_says_how_far_each_open_assessment_is(
    cast: Cast, groups: list[SelectedGroup], version: InstrumentVersion
) -> None:
    one = begun(cast, groups[0], version)
    actions.start_assessment(by=cast.district_officer, selected=groups[1], version=version, day=DAY)
    found = [(duty.note, duty.verb, duty.url) for duty in duties(fresh(cast.district_officer), DAY)]
    assert found == [
        ("ทวนสอบ 21/21 ข้อ", "ตรวจและยืนยัน", reverse("assessments:overview", args=[one.pk])),
        ("ทวนสอบ 0/21 ข้อ", "ตอบต่อ", reverse("assessments:answer", args=[one.pk + 1])),
    ]
    chair = cast.chair(groups[0].group)
    assert [duty.note for duty in duties(chair, DAY)] == ["กลุ่มตอบ 0/21 ข้อ"]
    actions.save_answers(by=chair, assessment=one, answers=answers(version), side="self")
    assert duties(fresh(chair), DAY) == []


def test_a_draft_waits_for_the_one_who_did_not_load_it(cast: Cast, version: InstrumentVersion) -> None:
    from tests.assessments.instruments import file

    actions.load_instrument(by=cast.admin, data=file("ssg"))
    actions.load_instrument(by=cast.department, data=file("ssg"))
    assert [duty.url for duty in duties(cast.admin, DAY)] == [reverse("assessments:version", args=[version.pk + 2])]


def test_the_groups_page_shows_both_assessments(
    client: Client, cast: Cast, groups: list[SelectedGroup], version: InstrumentVersion
) -> None:
    done(cast, groups[0], version, "1.2")
    panel = panels(cast.district_officer, groups[0].group)[0]
    assert [(row[1], row[2].passed if row[2] else None) for row in panel.context["rows"]] == [("4.3", 20), ("4.4", None)]
    assert panels(Cast(district="4808").district_officer, groups[0].group) == []


@pytest.mark.parametrize("name", ["answer", "overview", "paper", "online"])
def test_a_page_of_an_assessment_costs_a_fixed_number_of_queries(
    client: Client, cast: Cast, groups: list[SelectedGroup], version: InstrumentVersion, name: str
) -> None:
    one = begun(cast, groups[0], version)
    client.force_login(cast.district_officer)
    page(client, name, one.pk)
    full = counted(lambda: page(client, name, one.pk))
    empty = actions.start_assessment(by=cast.district_officer, selected=groups[1], version=version, day=DAY)
    assert counted(lambda: page(client, name, empty.pk)) == full <= 12


def test_the_list_of_instruments_costs_the_same_at_one_and_at_three(client: Client, cast: Cast) -> None:
    client.force_login(cast.department)
    costs = []
    for _ in range(3):
        in_force("ssg", cast)
        costs.append(counted(lambda: client.get(reverse("assessments:instruments"))))
    assert costs == [4, 4, 4]


def test_a_correction_is_told_on_both_results(
    client: Client, cast: Cast, groups: list[SelectedGroup], version: InstrumentVersion
) -> None:
    old = done(cast, groups[0], version, "1.2")
    client.force_login(cast.district_officer)
    url = reverse("assessments:correct", args=[old.pk])
    assert "ยังไม่ได้ใส่ “เหตุผล”" in client.post(url, {"once": ONCE, "reason": ""}).content.decode()
    client.post(url, {"once": ONCE, "reason": "พิมพ์เลขผิด"})
    new = Assessment.objects.get(corrects=old)
    assert "มีใบแก้ที่ยังไม่ยืนยัน" in page(client, "result", old.pk)
    key = next(one.pk for one in queries.indicators_of(version) if one.code == "1.2")
    actions.save_answers(by=cast.district_officer, assessment=new, answers={key: Given("97")}, side="officer")
    actions.confirm_assessment(by=cast.district_officer, assessment=new)
    assert "ผลนี้ถูกแก้แล้ว" in page(client, "result", old.pk)
    assert "พิมพ์เลขผิด" in page(client, "result", new.pk)


# --- the list --------------------------------------------------------------------------------


def test_the_list_shows_each_group_in_exactly_one_state(
    client: Client, cast: Cast, groups: list[SelectedGroup], version: InstrumentVersion
) -> None:
    ssg = in_force("ssg", cast)
    done(cast, groups[0], version)
    done(cast, groups[0], ssg)
    begun(cast, groups[1], version)
    client.force_login(cast.district_officer)
    url = reverse("assessments:assessments")
    assert [n for _key, _words, n in client.get(url).context["states"]] == [3, 1, 1, 1]
    for state, group in [("done", groups[0]), ("doing", groups[1]), ("todo", groups[2])]:
        assert [row["selected"] for row in client.get(f"{url}?state={state}").context["rows"]] == [group]
    assert [row["selected"] for row in client.get(f"{url}?q=สอง").context["rows"]] == [groups[1]]
    assert "ไม่พบกลุ่มที่ค้นหา" in client.get(f"{url}?q=ไม่มีชื่อนี้").content.decode()


def test_the_list_holds_nothing_of_another_district(client: Client, groups: list[SelectedGroup]) -> None:
    client.force_login(Cast(district="4808").district_officer)
    answer = client.get(reverse("assessments:assessments"))
    assert answer.context["rows"] == []
    assert "กลุ่มออมทรัพย์หนึ่ง" not in answer.content.decode()


def test_the_list_costs_the_same_at_one_and_at_three(
    client: Client, cast: Cast, groups: list[SelectedGroup], version: InstrumentVersion
) -> None:
    client.force_login(cast.district_officer)
    costs = []
    for group in groups:
        done(cast, group, version)
        costs.append(counted(lambda: client.get(reverse("assessments:assessments") + "?state=doing")))
    assert costs == [10, 10, 10]
