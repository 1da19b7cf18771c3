"""A home says each fact once, and puts together what asks for the same in one district."""

from datetime import date

from sajja.desk.order import MANY, entries
from sajja.lib.duties import Duty

DISTRICTS = {"4805": "อ.ธาตุพนม", "4808": "อ.นาแก"}


def a_duty(n: int, district: str = "4805", verb: str = "ตรวจรายงาน") -> Duty:
    return Duty("ตรวจรายงานของอำเภอ", f"กลุ่มที่ {n}", date(2021, 6, 10), f"/{n}/", verb, path=f"{district}01010001")


def test_few_duties_stand_alone_each_with_its_district() -> None:
    shown = entries([a_duty(1), a_duty(2, "4808")], DISTRICTS)
    assert [(entry.title, entry.place, len(entry.duties)) for entry in shown] == [
        ("ตรวจรายงานของอำเภอ", "กลุ่มที่ 1 อ.ธาตุพนม", 1),
        ("ตรวจรายงานของอำเภอ", "กลุ่มที่ 2 อ.นาแก", 1),
    ]


def test_many_duties_are_put_together_by_act_and_district_and_none_is_lost() -> None:
    many = [a_duty(n, "4805" if n % 2 else "4808") for n in range(1, MANY + 1)] + [a_duty(99, verb="ยืนยัน")]
    shown = entries(many, DISTRICTS)
    assert [(entry.title, entry.place, len(entry.duties)) for entry in shown] == [
        ("ตรวจรายงาน 4 เรื่อง", "อ.ธาตุพนม", 4),
        ("ตรวจรายงาน 4 เรื่อง", "อ.นาแก", 4),
        ("ตรวจรายงานของอำเภอ", "กลุ่มที่ 99 อ.ธาตุพนม", 1),
    ]
    assert sorted(duty.url for entry in shown for duty in entry.duties) == sorted(duty.url for duty in many)


def test_a_place_that_the_title_or_the_page_names_already_is_not_said_again() -> None:
    named = Duty("กำหนดวันเวที กลุ่มบ้านหนึ่ง", "กลุ่มบ้านหนึ่ง", None, "/", "กำหนดวัน")
    own = Duty("จัดทำรายงานจังหวัดให้กรมฯ", "จังหวัดนครพนม", None, "/", "เปิดรายงาน")
    assert [entry.place for entry in entries([named, own], {}, "จังหวัดนครพนม")] == ["", ""]
