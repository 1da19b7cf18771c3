from datetime import date

from sajja.lib.duties import Duty, Kind, by_urgency

TODAY = date(2021, 6, 10)


def duty(title: str, due: date | None, kind: Kind = "waiting") -> Duty:
    return Duty(title=title, place="อำเภอเรณูนคร", due=due, url="/", verb="เปิดดู", kind=kind, note="")


def test_late_first_then_waiting_then_next_each_by_due_day() -> None:
    duties = [
        duty("ต่อไป", date(2021, 6, 11), "next"),
        duty("รอ ไม่มีกำหนด", None),
        duty("รอ 15 มิ.ย.", date(2021, 6, 15)),
        duty("เลย 8 มิ.ย.", date(2021, 6, 8)),
        duty("รอวันนี้", TODAY),
        duty("เลย 1 มิ.ย. ทั้งที่เป็นงานต่อไป", date(2021, 6, 1), "next"),
    ]

    assert [one.title for one in by_urgency(duties, TODAY)] == [
        "เลย 1 มิ.ย. ทั้งที่เป็นงานต่อไป",
        "เลย 8 มิ.ย.",
        "รอวันนี้",
        "รอ 15 มิ.ย.",
        "รอ ไม่มีกำหนด",
        "ต่อไป",
    ]


def test_the_day_itself_is_not_late_and_a_day_that_was_wrongly_called_late_waits() -> None:
    assert duty("ก", TODAY).kind_on(TODAY) == "waiting"
    assert duty("ก", TODAY, "late").kind_on(TODAY) == "waiting"
    assert duty("ก", date(2021, 6, 9)).kind_on(TODAY) == "late"


def test_equal_ones_keep_the_order_in_which_the_rooms_gave_them() -> None:
    assert [one.title for one in by_urgency([duty("ข", TODAY), duty("ก", TODAY)], TODAY)] == ["ข", "ก"]
