"""Posting: one entry, its movements, balances, totals, numbers and the chain, in the caller's transaction.

A few set statements, never a loop: a collecting day of 300 members costs about what bare inserts of its rows cost.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Sum
from django.utils.translation import gettext as _

from sajja.ledger import chain, periods, posting
from sajja.ledger.models import ROOM_PER_BOOK, Account, Book, BookHead, Entry, Floor, Numbering, Stage
from sajja.ledger.posting import Arrow, Turned
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import long, month_name
from sajja.web import clock

OPENING = "opening"
REVERSAL = "reversal"


class Standing(NamedTuple):
    """What posting asks of an account; rows, not objects, for a sheet has hundreds."""

    code: str
    name: str
    kind: str
    control_id: int | None
    floor: int
    balance: int
    last_on: date | None


class Posted(NamedTuple):
    """The entry that was made, and which receipt number each slip was given; `new` unless the same uuid made it before."""

    entry: Entry
    receipts: dict[Hashable, int]
    new: bool = True


def lock(book: Book) -> BookHead:
    """The book's head row, held until the transaction ends; everything else follows from it."""
    if not connection.in_atomic_block:
        raise RuntimeError("the ledger is written inside the treasury's act")
    return BookHead.objects.select_for_update().get(book=book)


def post(
    *, book: Book, date: date, kind: str, memo: str, arrows: Sequence[Arrow], by: str, by_name: str, at: datetime,
    uuid: UUID | None = None, stage: Stage = Stage.MONTH, reverses: Entry | None = None,
) -> Posted:  # fmt: skip
    """Post these arrows as one entry.

    The same uuid with the same arrows answers what it made before and does nothing; with others it is refused, as are a
    closed month, a day before the book or after `at`, and whatever would put an account below its floor on any day.
    """
    head = lock(book)
    uuid = uuid or uuid4()
    if before := Entry.objects.filter(book=book, uuid=uuid).first():
        return _again(before, date, arrows)
    _refuse_shape(arrows)
    refuse_day(book, head, date, kind, stage, at)
    ids = {*(a.debit for a in arrows), *(a.credit for a in arrows), *(a.about for a in arrows if a.about)}
    accounts = _standing(book, ids)
    if len(accounts) != len(ids):
        raise ValueError("an account of another book")
    turned = posting.turnover(arrows)
    _refuse_floor(book, head, date, kind, accounts, turned)
    year = periods.fiscal_year(date, book.fiscal_year_starts)
    numbering, _new = Numbering.objects.get_or_create(book=book, year=year)
    given = posting.receipts(arrows, numbering.receipts)
    entry = Entry(
        id=book.pk * ROOM_PER_BOOK + head.entries + 1, book=book, year=year, number=numbering.entries + 1, date=date,
        stage=stage, kind=kind, memo=memo[:300], uuid=uuid, by=by, by_name=by_name, at=at, reverses=reverses,
        first=book.pk * ROOM_PER_BOOK + head.movements + 1, lines=len(arrows), previous_hash=head.hash,
    )  # fmt: skip
    entry.hash = chain.entry_hash(head.hash, head_of(entry, book), _lines(entry, arrows, given, accounts))
    entry.save(force_insert=True)
    _insert(entry, arrows, given)
    _keep_balances(turned, accounts, date)
    _keep_totals(turned, accounts, periods.month_of(date), stage)
    _move_on(head, numbering, entry, len(given))
    return Posted(entry, given)


def _standing(book: Book, ids: Collection[int]) -> dict[int, Standing]:
    found = Account.objects.filter(book=book, pk__in=ids)
    rows: Iterable[tuple[Any, ...]] = found.values_list("pk", *Standing._fields)
    return {key: Standing(*its) for key, *its in rows}


def head_of(entry: Entry, book: Book) -> chain.Head:
    """The fields of an entry as the chain reads them."""
    return chain.Head(
        book.code, entry.position, entry.year, entry.number, entry.date, int(entry.stage), entry.kind, entry.memo, entry.uuid,
        entry.by, entry.by_name, entry.at, entry.reverses_id and entry.reverses_id % ROOM_PER_BOOK,
    )  # fmt: skip


def _again(before: Entry, date: date, arrows: Sequence[Arrow]) -> Posted:
    from sajja.ledger.queries import movements_of

    made = movements_of(before)
    same = [(m.debit_id, m.credit_id, m.amount) for m in made] == [(a.debit, a.credit, a.amount) for a in arrows]
    if not same or before.date != date:
        raise Refused(_("รายการนี้บันทึกไว้แล้วด้วยข้อมูลอื่น โปรดเปิดใบสำคัญ %(no)s ดูก่อน") % {"no": before.voucher})
    numbers = {arrow.slip: m.receipt for arrow, m in zip(arrows, made, strict=True) if arrow.slip is not None and m.receipt}
    return Posted(before, numbers, new=False)


def _refuse_shape(arrows: Sequence[Arrow]) -> None:
    if not arrows:
        raise Refused(_("ยังไม่มีจำนวนเงินให้บันทึก โปรดใส่อย่างน้อยหนึ่งรายการ"))
    if any(arrow.amount <= 0 for arrow in arrows):
        raise Refused(_("จำนวนเงินต้องมากกว่า 0"))
    if any(arrow.debit == arrow.credit for arrow in arrows):
        raise Refused(_("บัญชีที่รับและบัญชีที่จ่ายต้องไม่ใช่บัญชีเดียวกัน"))


def refuse_day(book: Book, head: BookHead, day: date, kind: str, stage: Stage, at: datetime) -> None:
    """Refuse a day that the book does not take: before it was opened, in a closed month or year, or still to come."""
    month = periods.month_of(day)
    if kind != OPENING and day < book.opened_on:
        raise Refused(_("ชุดบัญชีนี้เริ่มวันที่ %(day)s โปรดใช้วันที่ตั้งแต่วันนั้น") % {"day": long(book.opened_on)}, "date")
    if day > clock.day_of(at):
        raise Refused(_("วันที่ต้องไม่หลังวันนี้ (%(day)s)") % {"day": long(clock.day_of(at))}, "date")
    if stage == Stage.MONTH and month <= head.closed_through:
        open_from = periods.after(head.closed_through)
        raise Refused(
            _("งวดเดือน %(month)s ปิดแล้ว โปรดลงวันที่ตั้งแต่ 1 %(next)s หรือขอเปิดงวดพร้อมเหตุผล")
            % {"month": month_words(month), "next": month_words(open_from)},
            "date",
        )
    if stage != Stage.MONTH and day != periods.year_last(
        periods.fiscal_year(day, book.fiscal_year_starts), book.fiscal_year_starts
    ):
        raise Refused(_("รายการปรับปรุงสิ้นปีต้องลงวันสุดท้ายของปีบัญชี"), "date")
    if month <= head.year_closed_through:
        raise Refused(_("ปีบัญชีนี้ปิดแล้ว โปรดลงรายการในปีถัดไป"), "date")


def month_words(month: int) -> str:
    """202106 → มิถุนายน 2564."""
    return f"{month_name(month % 100)} {month // 100 + 543}"


def _refuse_floor(
    book: Book, head: BookHead, day: date, kind: str, accounts: Mapping[int, Standing], turned: Mapping[int, Turned]
) -> None:
    lowered = {}
    for key, its in turned.items():
        account = accounts[key]
        change = _own_side(account, its.net)
        watched = account.floor == Floor.ALWAYS or (account.floor == Floor.PAYMENTS and kind != REVERSAL)
        if watched and change < 0:
            lowered[key] = change
    back_dated = [key for key in lowered if (last := accounts[key].last_on) and last > day]
    later = later_changes(book, head, day, back_dated) if back_dated else {}
    under = _under([key for key in lowered if accounts[key].control_id is None])
    for key, change in sorted(lowered.items(), key=lambda one: accounts[one[0]].floor):  # what people own before the cash box
        account = accounts[key]
        least = posting.lowest(
            _own_side(account, account.balance - under.get(key, 0)),
            ((on, _own_side(account, net)) for on, net in later.get(key, [])),
        )
        if least + change < 0:
            raise Refused(_below(account, least, change))


def _under(headings: Sequence[int]) -> dict[int, int]:
    """What stands under these headings, which a posting to the heading itself does not reach."""
    if not headings:
        return {}
    sums = Account.objects.filter(control__in=headings).values_list("control").annotate(total=Sum("balance"))
    return {key: int(total) for key, total in sums}


def _below(account: Standing, least: int, change: int) -> str:
    return _("%(account)s มีให้ใช้ได้ %(least)s บาท ยังไม่พอสำหรับ %(wanted)s บาท (นับถึงทุกวันหลังจากนั้นด้วย)") % {
        "account": account.name,
        "least": baht(least),
        "wanted": baht(-change),
    }


def _own_side(account: Standing, net: int) -> int:
    return net if account.kind in {"A", "E"} else -net


def later_changes(book: Book, head: BookHead, day: date, keys: Sequence[int]) -> dict[int, list[tuple[date, int]]]:
    """Account → (day, debits less credits) of every movement after that day; one scan of the later entries."""
    marks = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.date, m.debit_id, m.credit_id, m.amount FROM ledger_entry e"
            " JOIN ledger_movement m ON m.id >= e.first AND m.id < e.first + e.lines"
            f" WHERE e.book_id = %s AND e.date > %s AND (m.debit_id IN ({marks}) OR m.credit_id IN ({marks}))",  # nosec B608 # marks alone
            [book.pk, day, *keys, *keys],
        )
        rows = cursor.fetchall()
    found: dict[int, list[tuple[date, int]]] = {key: [] for key in keys}
    for on, debit, credit, amount in rows:
        if debit in found:
            found[debit].append((on, amount))
        if credit in found:
            found[credit].append((on, -amount))
    return found


def _lines(
    entry: Entry, arrows: Sequence[Arrow], given: Mapping[Hashable, int], accounts: Mapping[int, Standing]
) -> list[chain.Line]:
    first = entry.first % ROOM_PER_BOOK
    code = {key: account.code for key, account in accounts.items()}
    return [
        chain.Line(
            first + at, code[a.debit], code[a.credit], a.amount, given[a.slip] if a.slip is not None else None,
            code[a.about] if a.about else None, a.reverses and a.reverses % ROOM_PER_BOOK, a.note,
        )
        for at, a in enumerate(arrows)
    ]  # fmt: skip


def _insert(entry: Entry, arrows: Sequence[Arrow], given: Mapping[Hashable, int]) -> None:
    rows = [
        (
            entry.first + at, entry.pk, a.debit, a.credit, a.amount, given[a.slip] if a.slip is not None else None, a.about,
            a.reverses, a.note,
        )
        for at, a in enumerate(arrows)
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO ledger_movement (id, entry_id, debit_id, credit_id, amount, receipt, about_id, reverses_id, note)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            rows,
        )


def _keep_balances(turned: Mapping[int, Turned], accounts: Mapping[int, Standing], day: date) -> None:
    """Add to each account and to the heading above it."""
    net = {key: its.net for key, its in turned.items()}
    for key in turned:
        if control := accounts[key].control_id:
            net[control] = net.get(control, 0) + turned[key].net
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE ledger_account SET balance = balance + %s,"
            " last_on = CASE WHEN last_on IS NULL OR last_on < %s THEN %s ELSE last_on END WHERE id = %s",
            [(change, day, day, key) for key, change in sorted(net.items())],
        )


def _keep_totals(turned: Mapping[int, Turned], accounts: Mapping[int, Standing], month: int, stage: Stage) -> None:
    control_of = {key: account.control_id for key, account in accounts.items() if account.control_id}
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO ledger_periodtotal (account_id, month, stage, debits, credits) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (account_id, month, stage) DO UPDATE SET debits = ledger_periodtotal.debits + excluded.debits,"
            " credits = ledger_periodtotal.credits + excluded.credits",
            [
                (key, month, int(stage), its.debits, its.credits)
                for key, its in posting.under_controls(turned, control_of).items()
            ],
        )


def _move_on(head: BookHead, numbering: Numbering, entry: Entry, receipts: int) -> None:
    numbering.entries, numbering.receipts = entry.number, numbering.receipts + receipts
    numbering.save(update_fields=["entries", "receipts"])
    head.entries, head.movements, head.hash = head.entries + 1, head.movements + entry.lines, entry.hash
    head.save(update_fields=["entries", "movements", "hash"])
