"""Invitations: an office asks, the invited comes with the code, once and in time."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from sajja.audit.models import AuditRow
from sajja.lib.refusals import Refused
from sajja.org import actions
from sajja.org.actions import inviting
from sajja.org.door import holds
from sajja.org.inviting import code_of, hash_of
from sajja.org.models import Invitation, Person, Post
from sajja.org.permissions import P
from sajja.web import clock
from tests.cast import Cast, unit
from tests.factories import a_group

pytestmark = pytest.mark.django_db
PASSWORD = "ข้าวเหนียวมะม่วงสุกหวาน"
STARTS = date(2021, 6, 10)


def an_invitation(cast: Cast, role: str = "district_officer", at: str = "4805", starts: date = STARTS) -> Invitation:
    return inviting.invite(by=cast.district_head, full_name="นางสาวมาใหม่ (ตัวอย่าง)", role=role, unit=unit(at), starts=starts)


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(invitation: Invitation) -> str:
    return f"/org/invited/{code_of(invitation.nonce)}/"


def an_account(**other: str) -> dict[str, str]:
    given = {"full_name": "นางสาวมาใหม่ (ตัวอย่าง)", "username": "maamai", "password": PASSWORD, "password_again": PASSWORD}
    return given | {"once": str(uuid4())} | other


def test_the_head_invites_and_the_invited_sets_an_account_and_holds_the_post() -> None:
    head = browser(Cast().district_head)
    answer = head.post(f"/org/{unit('4805').pk}/invite/", {
        "once": str(uuid4()), "full_name": "นางสาวมาใหม่ (ตัวอย่าง)", "role": "district_officer", "starts": "10 มิ.ย. 2564",
    })  # fmt: skip
    made = Invitation.objects.get()
    assertRedirects(answer, f"/org/invitations/{made.pk}/")
    assertContains(head.get(f"/org/invitations/{made.pk}/"), code_of(made.nonce))
    stranger = Client()
    assertContains(stranger.get(page_of(made)), "เชิญท่านรับตำแหน่งนี้ตั้งแต่ 10 มิถุนายน 2564")
    assertRedirects(stranger.post(page_of(made), an_account()), "/sign-in/")
    person = Person.objects.get(username="maamai")
    assert holds(person, P.RUN_FORUM, unit("4805"))
    signed = stranger.post("/sign-in/", {"login": "maamai", "password": PASSWORD})
    assert (signed.status_code, signed.headers["Location"]) == (302, "/")
    row = AuditRow.objects.get(act="org.accept_invitation")
    assert (row.by, row.detail["invited_by"], row.unit_path) == (person.key, Cast().district_head.full_name, "4805")


def test_the_post_opens_nothing_before_its_day() -> None:
    post = inviting.accept_invitation(
        by=None,
        invitation=an_invitation(Cast(), starts=date(2021, 6, 12)),
        full_name="นายก่อน",
        username="before",
        password=PASSWORD,
    )
    assert not holds(post.person, P.RUN_FORUM)
    with clock.fixed(date(2021, 6, 12)):
        assert holds(Person.objects.get(pk=post.person_id), P.RUN_FORUM, unit("4805"))


def test_who_has_an_account_takes_the_post_with_it() -> None:
    cast = Cast()
    made = an_invitation(cast, "group_treasurer", a_group().unit.path)
    assertRedirects(
        browser(cast.district_officer).post(page_of(made), {"once": str(uuid4())}), "/", fetch_redirect_response=False
    )
    assert set(cast.district_officer.posts.values_list("role", flat=True)) == {"district_officer", "group_treasurer"}


def test_the_inviter_cannot_take_it_himself() -> None:
    cast = Cast()
    made = an_invitation(cast)
    assertContains(browser(cast.district_head).post(page_of(made), {"once": str(uuid4())}), "รับคำเชิญที่ตนเองออกไม่ได้")
    assert Invitation.objects.get().state == "open"


def test_a_code_is_used_once() -> None:
    made = an_invitation(Cast())
    Client().post(page_of(made), an_account())
    assertContains(Client().post(page_of(made), an_account(username="second")), "คำเชิญนี้ใช้ไปแล้ว")
    assert not Person.objects.filter(username="second").exists()


def test_a_code_is_open_for_seven_days_to_the_second() -> None:
    with clock.fixed(datetime(2021, 6, 10, 9, 0, tzinfo=clock.BANGKOK)):
        made = an_invitation(Cast())
    with clock.fixed(made.expires):
        assertContains(Client().post(page_of(made), an_account()), "หมดเวลา")
        assert not Person.objects.filter(username="maamai").exists()
    with clock.fixed(made.expires - timedelta(seconds=1)):
        assertRedirects(Client().post(page_of(made), an_account()), "/sign-in/")
    assert made.expires - made.at == timedelta(days=7)


def test_a_code_that_was_called_in_gives_nothing_and_is_shown_no_more() -> None:
    cast = Cast()
    made = an_invitation(cast)
    head = browser(cast.district_head)
    assertRedirects(head.post(f"/org/invitations/{made.pk}/", {"once": str(uuid4())}), f"/org/{unit('4805').pk}/invitations/")
    assertNotContains(head.get(f"/org/invitations/{made.pk}/"), code_of(made.nonce))
    assertContains(Client().post(page_of(made), an_account()), "เรียกคืนคำเชิญนี้แล้ว")
    with pytest.raises(Refused):
        inviting.call_in_invitation(by=cast.district_head, invitation=made)


def test_an_invitation_dies_with_the_power_of_who_made_it() -> None:
    cast = Cast()
    made = an_invitation(cast)
    actions.end_post(by="system", post=cast.district_head.posts.get(), ends=date(2021, 6, 9))
    assertContains(Client().post(page_of(made), an_account()), "ผู้ที่เชิญพ้นตำแหน่งแล้ว")
    assert not Person.objects.filter(username="maamai").exists()


def test_a_weak_password_and_a_taken_name_are_refused_and_what_was_typed_stays() -> None:
    cast = Cast()
    made = an_invitation(cast)
    taken = cast.district_officer
    Person.objects.filter(pk=taken.pk).update(username="taken")
    assertContains(Client().post(page_of(made), an_account(username="taken")), "มีผู้ใช้ชื่อนี้แล้ว")
    page = Client().post(page_of(made), an_account(password="สั้นไป", password_again="สั้นไป"))
    assertContains(page, "รหัสผ่านสั้นไป")
    assertContains(page, 'value="maamai"')
    assertContains(Client().post(page_of(made), an_account(password_again="อื่น")), "สองครั้งไม่ตรงกัน")
    assert Post.objects.filter(unit=unit("4805"), role="district_officer").count() == 1


def test_nobody_invites_above_or_beside_himself_and_nobody_to_the_province_by_a_code() -> None:
    cast = Cast()
    for by, role, at in [
        (cast.district_head, "district_head", "4805"), (cast.district_head, "district_officer", "4808"),
        (cast.district_officer, "district_officer", "4805"), (cast.admin, "province_officer", "48"), (cast.admin, "department_admin", ""),
    ]:  # fmt: skip
        with pytest.raises(Refused):
            inviting.invite(by=by, full_name="นายเกิน", role=role, unit=unit(at), starts=STARTS)
    assert not Invitation.objects.exists()


def test_the_same_person_is_not_invited_twice_at_a_time() -> None:
    cast = Cast()
    made = an_invitation(cast)
    with pytest.raises(Refused):
        an_invitation(cast)
    inviting.call_in_invitation(by=cast.district_head, invitation=made)
    assert an_invitation(cast).pk != made.pk


def test_the_database_alone_gives_no_code_and_a_code_is_read_however_it_was_typed() -> None:
    made = an_invitation(Cast())
    code = code_of(made.nonce)
    kept = " ".join(str(value) for value in Invitation.objects.values_list().get())
    assert code not in kept
    assert code.replace("-", "") not in kept
    assert len(code.replace("-", "")) == 21
    assert hash_of(f" {code.lower().replace('-', ' ')}") == made.code_hash
    assert Client().get("/org/invited/ABC-DEF-GHJ-KMN-PQR-STV-WXY/").status_code == 404


def test_the_list_shows_what_is_open_and_what_came_of_the_others() -> None:
    cast = Cast()
    head = browser(cast.district_head)
    address = f"/org/{unit('4805').pk}/invitations/"
    assertContains(head.get(address), "ไม่มีคำเชิญที่รออยู่")
    inviting.call_in_invitation(by=cast.district_head, invitation=an_invitation(cast))
    an_invitation(cast)
    assertContains(head.get(address), "นางสาวมาใหม่ (ตัวอย่าง)", count=2)
    assertContains(head.get(address), "เรียกคืนแล้ว")


def test_a_groups_page_leads_its_district_head_to_the_invitations_of_the_committee_and_nobody_else() -> None:
    cast, group = Cast(), a_group()
    way = f"/org/{group.unit.pk}/invitations/"
    address = group.unit.get_absolute_url()
    assertContains(browser(cast.district_head).get(address), way)
    assertNotContains(browser(cast.district_officer).get(address), way)
    assertContains(browser(cast.district_head).get(f"/org/{group.unit.pk}/invite/"), "เหรัญญิกกลุ่ม")
