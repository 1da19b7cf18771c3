"""Many at once over HTTP: a voucher is taken back once, and a PIN has five tries, not five for each hand."""

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from uuid import uuid4

from tests.faults.places import Place, a_ready_place, serving
from tests.faults.test_kill import Phone
from tests.sizes import size

HANDS, ROUNDS = 4, size(5, 100)
WRONG_EACH, PAGE = 3, "\f"


@contextmanager
def books(folder: Path) -> Iterator[tuple[Place, list[Phone], str, str, str]]:
    """A served book with so many phones of its treasurer signed in: place, phones, book, cash account, a member's key."""
    place = a_ready_place(folder)
    place.data.joinpath("day").write_text(f"2021-06-10 {time.strftime('%Y-%m-%dT%H:%M:%S+00:00', time.gmtime())}\n")
    username, cash, member, *_others = place.life("treasury").split()
    [(book,)] = place.rows("SELECT id FROM ledger_book")
    with serving(place) as (address, _process):
        yield place, [Phone(address, username) for _hand in range(HANDS)], str(book), cash, member


def at_once(phones: list[Phone], do: Callable[[Phone, int], str]) -> list[str]:
    """Each phone does it at the same moment: the answers."""
    together = Barrier(len(phones))

    def one(which: int) -> str:
        together.wait(60)
        return do(phones[which], which)

    with ThreadPoolExecutor(len(phones)) as hands:
        return list(hands.map(one, range(len(phones))))


def form(**fields: str) -> dict[str, str]:
    return {"once": str(uuid4()), **fields}


def test_a_voucher_reversed_from_many_phones_at_once_is_reversed_once(tmp_path: Path) -> None:
    with books(tmp_path / "data") as (place, phones, book, cash, _member):
        for number in range(ROUNDS):
            said = form(date="5/6/2564", payer="อบต.", account="46000", amount="500", money=cash, memo=f"ครั้งที่ {number}")
            made = phones[0].until_answered(f"/treasury/books/{book}/vouchers/new/income/", said)
            assert re.fullmatch(r"/treasury/vouchers/\d+/", made)
            answers = at_once(
                phones,
                lambda phone, _which: phone.until_answered(f"{made}reverse/", form(reason="ลงซ้ำ", date="6/6/2564")),  # noqa: B023 # within the round
            )
            assert sum(answer.startswith("/treasury/vouchers/") for answer in answers) == 1
            assert sum("รายการนี้แก้ไปแล้ว" in answer for answer in answers) == HANDS - 1
        assert place.rows("SELECT COUNT(*) FROM ledger_entry") == [(2 * ROUNDS,)]
        assert place.rows("SELECT balance FROM ledger_account WHERE code = '11000'") == [(0,)]
        assert place.sajja("verify")[0] == 0


def test_a_pin_tried_from_many_phones_at_once_is_looked_at_five_times(tmp_path: Path) -> None:
    with books(tmp_path / "data") as (place, phones, book, _cash, member):
        of_book, person = f"/treasury/books/{book}", f"m{member}"
        kept = phones[0].until_answered(f"{of_book}/keepers/new/", form(person=person, limit_satang="", starts="1/6/2564"))
        assert kept == f"{of_book}/money/"
        new = {"person": person, "pin_new": "583047", "pin_again": "583047"}
        assert phones[0].until_answered(f"{of_book}/pins/set/", form(pin_old="", **new)) == f"{of_book}/pins/"

        def guesses(phone: Phone, which: int) -> str:
            tries = (form(pin_old=f"90{which}81{n}", **new) for n in range(WRONG_EACH))
            return PAGE.join(phone.until_answered(f"{of_book}/pins/set/", said) for said in tries)

        pages = PAGE.join(at_once(phones, guesses)).split(PAGE)
        left = sorted(found[1] for page in pages if (found := re.search(r"ยังลองได้อีก (\d) ครั้ง", page)))
        assert left == ["1", "2", "3", "4"]
        assert sum("หยุดรับรหัสของคนนี้ 15 นาที" in page for page in pages) == 1
        assert sum("รอถึงเวลา" in page for page in pages) == HANDS * WRONG_EACH - 5
        assert place.rows("SELECT tries FROM treasury_pin") == [(5,)]
        assert "รอถึงเวลา" in phones[0].until_answered(f"{of_book}/pins/set/", form(pin_old="583047", **new))


def test_a_members_first_account_is_opened_once_by_many_phones_at_once(tmp_path: Path) -> None:
    with books(tmp_path / "data") as (place, phones, _book, cash, _member):
        members = [str(member) for (member,) in place.rows("SELECT id FROM groups_member ORDER BY id")]
        for member in members:
            paid = {"satang": "100", "date": "5/6/2564", "money": cash, "memo": ""}
            answers = at_once(
                phones,
                lambda phone, _which: phone.until_answered(f"/treasury/members/{member}/special-in/", form(**paid)),  # noqa: B023
            )
            assert answers == [f"/treasury/members/{member}/"] * HANDS
        accounts = place.rows("SELECT balance FROM ledger_account WHERE code LIKE '20000:%'")
        assert accounts == [(-HANDS * 10_000,)] * len(members)
        assert place.sajja("verify")[0] == 0


def test_who_leaves_while_others_bring_money_for_him_leaves_with_all_or_is_not_paid_for(tmp_path: Path) -> None:
    with books(tmp_path / "data") as (place, phones, _book, cash, _member):
        for (member,) in place.rows("SELECT id FROM groups_member ORDER BY id"):
            answers = at_once(phones, lambda phone, which: leaves_or_brings(phone, which, member, cash))  # noqa: B023 # within the round
            settled, brought = (
                sum(answer == f"/treasury/members/{member}/" for answer in some) for some in (answers[:2], answers[2:])
            )
            assert settled == 1
            [(left, waits)] = place.rows(
                "SELECT COALESCE(SUM(CASE WHEN a.code LIKE '20000%' THEN -a.balance END), 0),"
                " COALESCE(SUM(CASE WHEN a.code LIKE '23300%' THEN -a.balance END), 0) FROM treasury_memberaccount m"
                f" JOIN ledger_account a ON a.id = m.account_id WHERE m.member_id = {member}"
            )
            assert (left, waits) == (0, brought * 10_000)
        assert place.sajja("verify")[0] == 0


def test_a_resolution_is_struck_or_paid_by_never_both(tmp_path: Path) -> None:
    with books(tmp_path / "data") as (place, phones, book, cash, _member):
        [(group,)] = place.rows("SELECT group_id FROM groups_groupbook")
        said = form(date="5/6/2564", payer="อบต.", account="46000", amount="500", money=cash, memo="")
        phones[0].until_answered(f"/treasury/books/{book}/vouchers/new/income/", said)
        for _round in range(ROUNDS):
            met = form(kind="committee", day="5/6/2564", present="3", members="4", text_1="จ่ายค่าสมุด", about_1="spend")
            assert phones[0].until_answered(f"/groups/{group}/meetings/new/", met).startswith("/groups/meetings/")
            [(resolution,)] = place.rows("SELECT MAX(id) FROM groups_resolution")
            answers = at_once(phones, lambda phone, which: strikes_or_pays(phone, which, book, cash, resolution))  # noqa: B023
            struck, paid = (sum(answer.startswith(page) for answer in answers) for page in ("/groups/", "/treasury/"))
            assert (struck, paid) in {(1, 0), (0, 2)}
        named = "SELECT COUNT(*) FROM treasury_voucher v JOIN groups_resolution r ON r.id = v.resolution_id"
        assert place.rows(f"{named} WHERE r.struck_because <> ''") == [(0,)]


def strikes_or_pays(phone: Phone, which: int, book: str, cash: str, resolution: int) -> str:
    """The first two strike the resolution, the others pay by it."""
    if which < 2:
        return phone.until_answered(f"/groups/resolutions/{resolution}/strike/", form(reason="พิมพ์ผิด"))
    said = form(date="6/6/2564", payee="ร้านค้า", account="53000", amount="1", money=cash, memo="สมุด", resolution=str(resolution))
    return phone.until_answered(f"/treasury/books/{book}/vouchers/new/expense/", said)


def leaves_or_brings(phone: Phone, which: int, member: int, cash: str) -> str:
    """The first two settle, the others bring special savings."""
    if which < 2:
        said = form(why="left", because="ย้าย", date="6/6/2564", money="", resolution="")
        return phone.until_answered(f"/treasury/members/{member}/settle/", said)
    said = form(satang="100", date="5/6/2564", money=cash, memo="")
    return phone.until_answered(f"/treasury/members/{member}/special-in/", said)
