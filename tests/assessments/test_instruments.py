"""Instruments as data: the file, its checks, publication by another person, and that a published version never changes."""

from copy import deepcopy
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sajja.assessments import actions, instrument_file, queries
from sajja.assessments.models import Indicator, InstrumentVersion
from sajja.assessments.views.instruments import as_file
from sajja.lib.refusals import Refused
from tests.assessments.instruments import FOLDER, file, in_force
from tests.cast import Cast

ONCE = {"once": "a8098c1a-f86e-11da-bd1a-00112444be1e"}


@pytest.mark.parametrize(("slot", "shape"), [("governance", (4, 21)), ("ssg", (5, 23))])
def test_the_demo_instruments_have_the_shape_of_the_letter_and_are_not_official(slot: str, shape: tuple[int, int]) -> None:
    data = instrument_file.read(file(slot))
    assert (data.shape, data.official, instrument_file.shape_problems(slot, data.shape)) == (shape, False, [])
    assert [aspect.short_name for aspect in data.aspects if instrument_file.letters(aspect.short_name) > 10] == []
    assert [
        one.code
        for aspect in data.aspects
        for one in aspect.indicators
        if not (one.recommendation and one.evidence and one.guidance)
    ] == []


def broken(**changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = deepcopy(dict(file("governance")))
    return data | changes


def test_problems_say_where_and_what_to_write() -> None:
    data = broken(fiscal_year=2021, slot="gov", title="")
    data["aspects"][0]["short_name"] = "ทะเบียนสมาชิกกลุ่ม"
    data["aspects"][1]["indicators"][0]["weight"] = 0
    data["aspects"][2]["indicators"][4]["code"] = "3.4"
    data["aspects"][3]["indicators"][2]["rule"] = {"compare": "under", "threshold": "ten", "unit": "ร้อยละ"}
    assert instrument_file.problems(data) == [
        "ส่วนหัว: ยังไม่มี title ใส่เป็นข้อความ",
        "slot ต้องเป็น governance, ssg หรือ other",
        "fiscal_year ต้องเป็นปี พ.ศ. สี่หลัก เช่น 2564",
        "ด้านลำดับที่ 1: short_name ยาวเกิน 10 ตัวอักษร ใช้ชื่อสั้นสำหรับกราฟ",
        "ข้อ 2.1: weight ต้องเป็นจำนวนเต็ม 1 ถึง 1000",
        "ข้อ 4.3: compare ต้องเป็น at_least, more_than, at_most, less_than",
        'ข้อ 4.3: threshold ต้องเป็นตัวเลข เช่น "80"',
        "ข้อ 3.4 มีซ้ำ ให้เลขข้อละหนึ่ง",
    ]


@pytest.mark.parametrize(
    "content", [b"", b"title = ", b"{]", b"\xff\xfe\x00", b"[1, 2]", b'{"aspects": "x"}', b'{"aspects": [1]}']
)
def test_a_file_that_is_no_instrument_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Refused):
        instrument_file.read(instrument_file.parse(content))


@pytest.mark.parametrize(
    "row",
    [
        {"code": "1.1", "text": "x", "kind": "graded"},
        {"code": "1.1", "text": "x", "kind": "graded", "rule": {"levels": ["a", "b", "c"], "pass_at": 2}},
        {"code": "1.1", "text": "x", "kind": "number", "rule": {"unit": "วัน", "bands": [3, 2, 1], "pass_at": 1}},
        {"code": "1.1", "text": "x", "kind": "number", "rule": []},
        {"code": "1.1", "text": "x", "kind": "essay"},
        {"code": "1.1", "text": 5},
        {"code": 1.1, "text": "x"},
    ],
)
def test_a_row_with_a_wrong_rule_is_a_problem(row: dict[str, Any]) -> None:
    data = broken(aspects=[{"number": 1, "title": "ด้าน", "short_name": "ด้าน", "indicators": [row]}])
    assert len(instrument_file.problems(data)) >= 1


@pytest.mark.django_db
class TestInForce:
    """What happens once a file is loaded."""

    def test_the_one_who_loaded_it_never_publishes_it(self) -> None:
        cast = Cast()
        draft = actions.load_instrument(by=cast.admin, data=file("ssg"))
        with pytest.raises(Refused, match="ผู้นำเข้าประกาศใช้เองไม่ได้"):
            actions.publish_version(by=cast.admin, version=draft)

    def test_an_official_slot_takes_only_the_shape_of_the_letter(self) -> None:
        cast, data = Cast(), broken()
        data["aspects"][0]["indicators"].pop()
        draft = actions.load_instrument(by=cast.department, data=data)
        with pytest.raises(Refused, match="แบบนี้ต้องมี 4 ด้าน 21 ตัวชี้วัด แต่ไฟล์มี 4 ด้าน 20 ตัวชี้วัด"):
            actions.publish_version(by=cast.admin, version=draft)

    def test_an_instrument_of_no_official_slot_may_have_any_shape(self) -> None:
        cast = Cast()
        data = broken(code="own", slot="other", aspects=broken()["aspects"][:1])
        draft = actions.load_instrument(by=cast.department, data=data)
        assert actions.publish_version(by=cast.admin, version=draft).status == "published"

    def test_a_version_is_published_once_and_never_comes_back(self) -> None:
        cast = Cast()
        version = in_force("ssg", cast)
        actions.retire_version(by=cast.admin, version=version)
        for move in [actions.publish_version, actions.retire_version, actions.withdraw_version]:
            with pytest.raises(Refused):
                move(by=cast.admin, version=version)

    def test_the_next_version_retires_the_one_before(self) -> None:
        cast = Cast()
        old, new = in_force("ssg", cast), in_force("ssg", cast)
        old.refresh_from_db()
        assert (old.status, old.number, new.status, new.number) == ("retired", 1, "published", 2)

    def test_an_official_text_of_another_code_takes_the_place_of_the_demo(self) -> None:
        cast = Cast()
        demo = in_force("governance", cast)
        own = actions.load_instrument(by=cast.department, data=broken(code="governance", official=True))
        own = actions.publish_version(by=cast.admin, version=own)
        demo.refresh_from_db()
        assert (demo.status, queries.version_for("governance", 2564)) == ("retired", own)

    def test_a_year_without_a_version_of_its_own_uses_the_newest_before(self) -> None:
        version = in_force("ssg", Cast())
        assert queries.version_for("ssg", 2565) == version
        assert queries.version_for("ssg", 2563) is None

    def test_a_version_saved_as_a_file_loads_as_the_same(self) -> None:
        cast = Cast()
        version = in_force("ssg", cast)
        again = actions.load_instrument(by=cast.department, data=as_file(version))
        assert as_file(again) == as_file(version)
        assert instrument_file.read(as_file(version)) == instrument_file.read(file("ssg"))

    def test_the_file_is_looked_at_before_it_is_kept(self, client: Client) -> None:
        client.force_login(Cast().department)
        content = (FOLDER / "ssg-2564.toml").read_bytes()
        url = reverse("assessments:load")
        seen = client.post(url, ONCE | {"look": "1", "file": SimpleUploadedFile("ssg.toml", content)})
        assert "5.4" in seen.content.decode()
        assert InstrumentVersion.objects.count() == 0
        kept = client.post(url, ONCE | {"text": seen.context["text"]})
        assert kept["Location"] == reverse("assessments:version", args=[InstrumentVersion.objects.get().pk])
        assert Indicator.objects.count() == 23

    def test_a_wrong_file_is_shown_its_problems(self, client: Client) -> None:
        client.force_login(Cast().department)
        sent = SimpleUploadedFile("x.toml", b'slot = "ssg"')
        page = client.post(reverse("assessments:load"), ONCE | {"look": "1", "file": sent}).content.decode()
        assert "fiscal_year ต้องเป็นปี พ.ศ. สี่หลัก เช่น 2564" in page
        assert "ไม่พบ aspects ใส่อย่างน้อยหนึ่งด้าน" in page

    def test_the_admin_publishes_in_the_browser(self, client: Client) -> None:
        cast = Cast()
        draft = actions.load_instrument(by=cast.department, data=file("ssg"))
        client.force_login(cast.admin)
        page = client.get(reverse("assessments:version", args=[draft.pk])).content.decode()
        assert "ตัวอย่าง ไม่ใช่ข้อความทางการ" in page
        client.post(reverse("assessments:publish", args=[draft.pk]), ONCE)
        draft.refresh_from_db()
        assert draft.status == "published"

    def test_a_draft_does_not_exist_for_a_district(self, client: Client) -> None:
        cast = Cast()
        draft = actions.load_instrument(by=cast.department, data=file("ssg"))
        client.force_login(cast.district_officer)
        assert client.get(reverse("assessments:version", args=[draft.pk])).status_code == 404
        assert client.get(reverse("assessments:load")).status_code == 403
