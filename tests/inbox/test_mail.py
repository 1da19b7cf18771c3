"""The digest of the day lands in a real mail server, once, and what goes wrong on the way is told apart."""

from datetime import date, datetime, time, timedelta

import pytest
from pytest_django import Settings

from sajja.inbox import actions, daily
from sajja.inbox.actions import NewMessage
from sajja.inbox.digest import without_ids
from sajja.inbox.models import Mail
from sajja.org.models import Person
from sajja.web import clock
from tests.cast import Cast
from tests.inbox.mailing import Box, free_port, mail_server, plain

pytestmark = pytest.mark.django_db
SEVEN = clock.moment(date(2021, 6, 10), time(7, 0))


@pytest.fixture
def officer() -> Person:
    person = Cast().district_officer
    actions.choose_mail(by=person, address="someone@example.org", hour=7, deadlines_only=False)
    return person


def say(person: Person, kind: str, key: str = "1", title: str = "ส่งรายงาน: กลุ่มตัวอย่าง ครบกำหนดพรุ่งนี้") -> None:
    actions.deliver([NewMessage(person.pk, key, kind, title, "คำของคน", "/reports/")], SEVEN)


def run(settings: Settings, box: Box, now: datetime = SEVEN) -> Mail:
    with mail_server(settings, box):
        daily.queue(now)
        daily.send(now)
    return Mail.objects.get()


def test_one_digest_a_day_lands_in_the_server(officer: Person, settings: Settings) -> None:
    settings.SAJJA_ADDRESS, box = "https://sajja.example.org/", Box()
    say(officer, "deadline")
    say(officer, "news", "2", "มีฉบับแก้ไขของปี")
    assert run(settings, box).state == "sent"
    say(officer, "news", "3")
    assert run(settings, box, SEVEN + timedelta(hours=3)).state == "sent"
    [letter] = box.letters
    assert box.recipients == ["someone@example.org"]
    assert str(letter["Subject"]).strip() == "สัจจะ: กำหนดส่ง 1 เรื่อง ข้อความใหม่ 2 เรื่อง 10 มิ.ย. 2564"
    assert plain(letter).replace("\r\n", "\n") == (
        "ข้อความใหม่ในระบบสัจจะ วันที่ 10 มิถุนายน 2564\n\n"
        "- [กำหนดส่ง] ส่งรายงาน: กลุ่มตัวอย่าง ครบกำหนดพรุ่งนี้\n  https://sajja.example.org/reports/\n"
        "- [เรื่องทั่วไป] มีฉบับแก้ไขของปี\n  https://sajja.example.org/reports/\n\n"
        "อ่านทั้งหมด: https://sajja.example.org/inbox/\nเลือกเวลาส่ง: https://sajja.example.org/inbox/mail/\n"
    )
    html = letter.get_body(("html",))
    assert html is not None
    assert '<a href="https://sajja.example.org/reports/">' in html.get_content()
    assert letter["List-Unsubscribe"] is None


def test_what_holds_no_deadline_may_be_left(officer: Person, settings: Settings) -> None:
    settings.SAJJA_ADDRESS, box = "https://sajja.example.org", Box()
    say(officer, "news")
    run(settings, box)
    assert box.letters[0]["List-Unsubscribe"] == "<https://sajja.example.org/inbox/mail/>"


def test_nothing_goes_out_before_its_hour(officer: Person, settings: Settings) -> None:
    say(officer, "deadline")
    daily.queue(SEVEN - timedelta(minutes=1))
    assert not Mail.objects.exists()


def test_who_wants_deadlines_alone_gets_those_and_always_those(officer: Person, settings: Settings) -> None:
    actions.choose_mail(by=officer, address="someone@example.org", hour=7, deadlines_only=True)
    say(officer, "news")
    assert daily.queue(SEVEN) == 0
    say(officer, "deadline", "2")
    assert daily.queue(SEVEN) == 1
    assert [one.kind for one in Mail.objects.get().messages.all()] == ["deadline"]


def test_a_server_that_is_down_is_tried_again_later_and_then_no_more(officer: Person, settings: Settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    say(officer, "deadline")
    daily.queue(SEVEN)
    now, waits = SEVEN, []
    for _n in range(4):
        assert daily.send(now) == 0
        mail = Mail.objects.get()
        waits.append(int((mail.not_before - now).total_seconds() // 60))
        assert daily.send(mail.not_before - timedelta(seconds=1)) == 0
        now = mail.not_before
    daily.send(now)
    mail = Mail.objects.get()
    assert (waits, mail.state, mail.tries, mail.why) == ([5, 15, 60, 240], "failed", 5, "ConnectionRefusedError 111")


def test_what_waited_for_the_server_is_sent_when_it_is_back(officer: Person, settings: Settings) -> None:
    box = Box(["451 later", "250 kept"])
    say(officer, "deadline")
    assert (run(settings, box).state, box.letters) == ("queued", [])
    assert run(settings, box, SEVEN + timedelta(minutes=5)).state == "sent"
    assert len(box.letters) == 1


@pytest.mark.parametrize(
    ("answer", "kept", "why"), [("550 no such box", 0, "SMTPDataError 550"), ("cut", 1, "SMTPServerDisconnected")]
)
def test_what_the_server_refuses_or_may_have_taken_is_not_sent_again(
    officer: Person, settings: Settings, answer: str, kept: int, why: str
) -> None:
    box = Box([answer])
    say(officer, "deadline")
    mail = run(settings, box)
    assert (mail.state, mail.why) == ("failed", why)
    run(settings, box, SEVEN + timedelta(hours=8))
    assert len(box.letters) == kept


def test_a_server_too_slow_to_answer_may_have_taken_it(officer: Person, settings: Settings) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    box = Box(seconds=0.8)
    say(officer, "deadline")
    assert run(settings, box).state == "failed"
    run(settings, box, SEVEN + timedelta(hours=8))
    assert len(box.letters) <= 1


def test_a_digest_whose_sender_was_killed_is_not_sent_twice(officer: Person, settings: Settings) -> None:
    say(officer, "deadline")
    daily.queue(SEVEN)
    assert actions.claim_mail(by="system", at=SEVEN)
    assert actions.claim_mail(by="system", at=SEVEN) is None
    box = Box()
    assert run(settings, box, SEVEN + timedelta(minutes=5)).state == "sending"
    assert run(settings, box, SEVEN + timedelta(minutes=11)).state == "failed"
    assert box.letters == []


def test_no_mail_server_no_mail(officer: Person) -> None:
    say(officer, "deadline")
    daily.tick(SEVEN)
    assert not Mail.objects.exists()


@pytest.mark.parametrize("written", ["1234567890123", "1-2345-67890-12-3", "1 2345 67890 12 3"])
def test_what_looks_like_a_national_id_is_blotted_out(written: str) -> None:
    assert without_ids(f"เลข {written} ในเรื่อง") == "เลข x-xxxx-xxxxx-xx-x ในเรื่อง"
