"""Whatever is changed, deleted, put in or put elsewhere behind the program's back is found, and the first bad entry named."""

import random
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from django.db import connection, transaction

from sajja.ledger import chain
from sajja.ledger.actions.triggers import BOOKS
from sajja.ledger.models import Book, BookHead, Entry, Movement
from sajja.ledger.queries import entries_in, movements_in, movements_of
from sajja.ledger.verifying import Flaw, missing_triggers, verify
from sajja.web import clock
from tests.ledger.books import a_book, closed, posted, taken_back
from tests.sizes import size

pytestmark = pytest.mark.django_db
ENTRY_FIELDS = {
    "date": "'2021-01-31'", "year": "2031", "number": "number + 100", "stage": "1", "kind": "'gift'", "memo": "'เปลี่ยน'",
    "by": "'person:9'", "by_name": "'คนอื่น'", "hash": "'" + "f" * 64 + "'", "previous_hash": "'" + "f" * 64 + "'",
    "reverses_id": "id", "lines": "lines + 1", "first": '"first" + 1',
}  # fmt: skip
MOVEMENT_FIELDS = {
    "amount": "amount + 1", "receipt": "COALESCE(receipt, 0) + 50", "note": "'เปลี่ยน'", "about_id": "debit_id", "reverses_id": "id + 1",
}  # fmt: skip
Tamper = Callable[[Book, int], int]


def a_rich_book() -> Book:
    """Ten days of two members, a reversal, a closed month."""
    book = a_book("tampered-1")
    for day in range(1, 11):
        posted(
            book, date(2021, 1, day), ("11000", "31020:M01", 100 * day, "M01"), ("11000", "31020:M02", 200, "M02"),
            ("11000", "42000", day, "M02"), memo=f"วันที่ {day}",
        )  # fmt: skip
    taken_back(entries_in(book)[3], date(2021, 1, 11), receipt=7)
    closed(book, 202101)
    posted(book, date(2021, 2, 1), ("12100", "11000", 500))
    return book


def run(sql: str, *words: str | int) -> None:
    """One statement past every guard."""
    with connection.cursor() as cursor:
        cursor.execute(sql, words)


def entry_changed(book: Book, position: int, field: str) -> int:
    run(f'UPDATE ledger_entry SET "{field}" = {ENTRY_FIELDS[field]} WHERE id = %s', entries_in(book)[position - 1].pk)
    return position


def movement_changed(book: Book, position: int, field: str) -> int:
    line = random.Random(position).choice(movements_of(entries_in(book)[position - 1]))
    run(f"UPDATE ledger_movement SET {field} = {MOVEMENT_FIELDS[field]} WHERE id = %s", line.pk)
    return position


def entry_deleted(book: Book, position: int) -> int:
    entry = entries_in(book)[position - 1]
    run("DELETE FROM ledger_movement WHERE entry_id = %s", entry.pk)
    run("DELETE FROM ledger_entry WHERE id = %s", entry.pk)
    return position


def movement_deleted(book: Book, position: int) -> int:
    run("DELETE FROM ledger_movement WHERE id = %s", movements_of(entries_in(book)[position - 1])[-1].pk)
    return position


def swapped(book: Book, position: int) -> int:
    """Two neighbours change places."""
    entries = list(entries_in(book))
    position = min(position, len(entries) - 1)
    one, two = entries[position - 1], entries[position]
    for key, other in ((one.pk, -1), (two.pk, one.pk), (-1, two.pk)):
        run("UPDATE ledger_movement SET entry_id = %s WHERE entry_id = %s", other, key)
        run("UPDATE ledger_entry SET id = %s WHERE id = %s", other, key)
    return position


def movement_put_in(book: Book, position: int) -> int:
    entry = entries_in(book)[position - 1]
    line, last = movements_of(entry)[0], movements_in(book).last()
    assert last
    Movement.objects.create(id=last.pk + 1, entry=entry, debit=line.debit, credit=line.credit, amount=5)
    return position


def entry_put_in(book: Book, position: int) -> int:
    """A forged entry at the end, with a hash that fits."""
    last, end = entries_in(book).last(), movements_in(book).last()
    assert last
    assert end
    forged = Entry(
        id=last.pk + 1, book=book, year=2021, number=last.number + 1, date=last.date, stage=0, kind="general", memo="", by="x",
        by_name="x", at=clock.now(), first=end.pk + 1, lines=1, previous_hash=last.hash, uuid=last.uuid.__class__(int=position),
    )  # fmt: skip
    line = chain.Line(end.pk % 2**32 + 1, "11000", "42000", 7, None, None, None, "")
    from sajja.ledger.actions.posting import head_of

    forged.hash = chain.entry_hash(last.hash, head_of(forged, book), [line])
    forged.save(force_insert=True)
    codes = dict(book.accounts.values_list("code", "pk"))
    Movement.objects.create(id=end.pk + 1, entry=forged, debit_id=codes["11000"], credit_id=codes["42000"], amount=7)
    return forged.position


def ways() -> dict[str, Tamper]:
    """Every way to tamper, by name."""
    found: dict[str, Tamper] = {
        "entry deleted": entry_deleted, "movement deleted": movement_deleted, "swapped": swapped,
        "movement put in": movement_put_in, "entry put in": entry_put_in,
    }  # fmt: skip
    for field in ENTRY_FIELDS:
        found[f"entry {field}"] = lambda book, position, field=field: entry_changed(book, position, field)  # type: ignore[misc]
    for field in MOVEMENT_FIELDS:
        found[f"movement {field}"] = lambda book, position, field=field: movement_changed(book, position, field)  # type: ignore[misc]
    return found


def flaws_after(book: Book, tamper: Tamper, position: int) -> tuple[int, list[Flaw]]:
    """Tamper, verify, and take it all back; position 0 for what lies beside the entries."""
    connection.check_constraints()
    expected, found = 0, list[Flaw]()
    try:
        with transaction.atomic():
            for name in BOOKS.names(connection.vendor):
                table = name.rpartition("_no_")[0]
                run(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
            if connection.vendor == "postgresql":
                run("ALTER TABLE ledger_movement DISABLE TRIGGER ALL")
                run("ALTER TABLE ledger_entry DISABLE TRIGGER ALL")
            expected = tamper(book, position)
            found = verify(book)
            raise InterruptedError
    except InterruptedError:
        return expected, found


def test_every_way_to_tamper_is_found_and_the_first_bad_entry_named() -> None:
    book, chance = a_rich_book(), random.Random(2564)
    for _round in range(size(2, 50)):
        for name, tamper in ways().items():
            expected, found = flaws_after(book, tamper, chance.randint(1, 12))
            at_entries = [flaw.position for flaw in found if flaw.position]
            assert at_entries, name
            assert min(at_entries) == expected, (name, found)
    assert verify(book) == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_account SET balance = balance + 1 WHERE code = '31020:M01'",
        "UPDATE ledger_periodtotal SET debits = debits + 1 WHERE month = 202102",
        "UPDATE ledger_numbering SET receipts = receipts + 1",
        "UPDATE ledger_bookhead SET closed_through = 202012",
        "UPDATE ledger_bookhead SET entries = entries - 1",
    ],
)
def test_what_is_kept_beside_the_movements_is_checked_against_them(sql: str) -> None:
    book = a_rich_book()
    run(sql)
    assert verify(book) != []


def test_a_cut_tail_is_found_against_a_printed_head() -> None:
    """Whoever deletes the newest entries and mends everything that is kept beside them is found by an old paper."""
    book = a_rich_book()
    before = entries_in(book)[10]
    head = BookHead.objects.get(book=book)
    printed = {head.entries: head.hash}
    assert verify(book, printed) == []

    found: list[Flaw] = []

    def cut(book: Book, position: int) -> int:
        entry_deleted(book, position)
        run("UPDATE ledger_bookhead SET entries = 11, movements = movements - 1, hash = %s", before.hash)
        run("UPDATE ledger_numbering SET entries = entries - 1")
        run("UPDATE ledger_account SET balance = balance + 500 WHERE code = '11000'")
        run("UPDATE ledger_account SET balance = balance - 500 WHERE code = '12100'")
        run("DELETE FROM ledger_periodtotal WHERE month = 202102")
        assert verify(book) == []
        found.extend(verify(book, printed))
        return position

    flaws_after(book, cut, 12)
    assert [flaw.position for flaw in found] == [12]
    assert "cut off" in found[0].what


def test_a_chain_written_anew_does_not_meet_the_printed_head() -> None:
    book = a_rich_book()
    assert [flaw.position for flaw in verify(book, {5: "f" * 64})] == [5]


def test_a_missing_trigger_is_a_flaw_and_comes_back_with_the_next_migration() -> None:
    assert missing_triggers() == []
    name = "ledger_movement_no_delete"
    run(f"DROP TRIGGER {name}" + (" ON ledger_movement" if connection.vendor == "postgresql" else ""))
    assert [flaw.what for flaw in missing_triggers()] == [f"the trigger {name} is missing"]
    BOOKS.after_migrate(None, using="default")
    assert missing_triggers() == []


def test_heads_follow_one_another() -> None:
    hashes = [(entry.previous_hash, entry.hash) for entry in entries_in(a_rich_book())]
    assert hashes[0][0] == chain.BEGINNING
    assert all(one[1] == two[0] for one, two in pairwise(hashes))
