"""`sajja verify`, `sajja books …`: the books as the machine's keeper reads them."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from sajja.config.cli.arguments import Commands, day

if TYPE_CHECKING:
    from sajja.ledger.models import Book
    from sajja.ledger.verifying import Flaw

KINDS = ["trial-balance", "income-statement", "balance-sheet", "receipts-payments", "month-ends"]
FORMATS = ["hledger", "beancount", "xlsx"]
TRIES = 3


def add(commands: Commands) -> None:
    """verify, books."""
    verify_ = commands.add_parser("verify", help="read the books again from their first entry; exit 1 names the first bad one")
    verify_.add_argument("--book", action="append", default=[], metavar="B", help="this book alone; may be repeated")
    verify_.add_argument(
        "--head", action="append", default=[], metavar="B:COUNT:HASH", help="a printed head that must be met; may be repeated"
    )
    verify_.set_defaults(command=verify)

    books_ = commands.add_parser("books", help="list, show and take out books").add_subparsers(required=True, metavar="WHAT")
    list_ = books_.add_parser("list", help="every book and its group")
    list_.add_argument("--json", action="store_true", help="on one line, for programs")
    list_.set_defaults(command=list_books)
    statement_ = books_.add_parser("statement", help="a statement of a book")
    statement_.add_argument("book", metavar="BOOK")
    statement_.add_argument("--kind", choices=KINDS, default="trial-balance")
    statement_.add_argument("--on", type=day, default=None, help="at the end of this day (default: everything posted)")
    statement_.add_argument("--json", action="store_true", help="on one line, for programs")
    statement_.set_defaults(command=statement)
    export_ = books_.add_parser("export", help="a whole book for other programs")
    export_.add_argument("book", metavar="BOOK")
    export_.add_argument("--format", choices=FORMATS, default="hledger")
    export_.add_argument("--out", type=Path, default=None, metavar="FILE", help="default: standard output")
    export_.set_defaults(command=export)
    play_ = books_.add_parser("play", help="post a worked year into a new book and print every statement")
    play_.add_argument("file", type=Path, metavar="FILE", help="a file of the form of tests/flows/worked-year.md")
    play_.add_argument("--json", action="store_true", help="on one line, for programs")
    play_.set_defaults(command=play)


def list_books(args: argparse.Namespace) -> int:
    """Print every book with the name of its group."""
    from sajja.groups.models import GroupBook

    found = GroupBook.objects.select_related("group", "book").order_by("book__code")
    rows = [{"book": kept.book.code, "group": kept.group.name} for kept in found]
    print(json.dumps(rows, ensure_ascii=False, indent=None if args.json else 2))
    return 0


def statement(args: argparse.Namespace) -> int:
    """Print a statement as JSON."""
    from sajja.treasury.exports import printed

    book = _book(args.book)
    if book is None:
        return 1
    found = printed.statement(book, args.kind, args.on)
    print(json.dumps(found, ensure_ascii=False, indent=None if args.json else 2))
    return 0


def export(args: argparse.Namespace) -> int:
    """Write a book to a file or to standard output."""
    from sajja.treasury.exports import plaintext, sheets
    from sajja.web import clock

    book = _book(args.book)
    if book is None:
        return 1
    if args.format == "xlsx":
        _write(args.out, iter([sheets.whole_book(book, clock.now())]))
        return 0
    lines: Callable[[Book], Iterator[str]] = plaintext.hledger if args.format == "hledger" else plaintext.beancount
    _write(args.out, (f"{line}\n".encode() for line in lines(book)))
    return 0


def play(args: argparse.Namespace) -> int:
    """Play a worked year in a new group's book, all of it or nothing; not where real groups are kept."""
    from django.conf import settings
    from django.db import transaction

    from sajja.config import play
    from sajja.config.cli.serving import migrate
    from sajja.lib.refusals import Refused

    if settings.PRODUCTION:
        print("sajja: a worked year makes a group that does not exist; play it in a data folder of its own", file=sys.stderr)
        return 1
    migrate(args)
    try:
        story = play.read(args.file.read_text(encoding="utf-8"))
        with transaction.atomic():
            kept = play.make(story)
    except (OSError, ValueError, Refused) as wrong:
        print(f"sajja: {wrong}", file=sys.stderr)
        return 1
    printed = play.statements(story, kept)
    print(json.dumps(printed, ensure_ascii=False, indent=None if args.json else 2))
    return 0


def _write(out: Path | None, pieces: Iterator[bytes]) -> None:
    if out is None:
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.flush()
        return
    with out.open("wb") as file:
        file.writelines(pieces)


def _book(code: str) -> "Book | None":
    from sajja.ledger.models import Book

    found = Book.objects.filter(code=code).first()
    if found is None:
        print(f"sajja: there is no book {code} (`sajja books list` names them)", file=sys.stderr)
    return found


def verify(args: argparse.Namespace) -> int:
    """Read books again from their first entry; every flaw is one line, the first bad entry of each book first."""
    from sajja.audit.queries import flaws as audit_flaws
    from sajja.ledger import verifying
    from sajja.ledger.models import Book

    try:
        heads = _heads(args.head)
    except ValueError as wrong:
        print(f"sajja: {wrong}", file=sys.stderr)
        return 1
    books = Book.objects.order_by("code")
    if args.book:
        books = books.filter(code__in={*args.book, *heads})
    elif heads:
        books = books.filter(code__in=heads)
    flaws = [*verifying.missing_triggers()]
    if not args.book and not heads:
        flaws += [verifying.Flaw("", 0, what) for what in audit_flaws()]
    there = list(books)
    missing = sorted({*args.book, *heads} - {book.code for book in there})
    flaws += [verifying.Flaw(code, 0, "there is no such book") for code in missing]
    entries = 0
    for book in there:
        found = _verified(book, heads.get(book.code, {}))
        flaws += found
        entries += _entries(book)
    for flaw in flaws:
        print(_words(flaw))
    if not flaws:
        print(f"books: {len(there)}, entries: {entries}; every balance, number and chain is right")
    return 1 if flaws else 0


def _verified(book: "Book", heads: dict[int, str]) -> "list[Flaw]":
    """The book's flaws; where someone posted meanwhile it is read again."""
    from sajja.ledger import verifying

    flaws: list[Flaw] = []
    for _try in range(TRIES):
        before = _entries(book)
        flaws = verifying.verify(book, heads, _progress(book.code))
        if not flaws or before == _entries(book):
            break
    return flaws


def _entries(book: "Book") -> int:
    from sajja.ledger.models import BookHead

    return BookHead.objects.get(book=book).entries


def _heads(printed: list[str]) -> dict[str, dict[int, str]]:
    from sajja.ledger.chain import read_printed

    heads: dict[str, dict[int, str]] = {}
    for text in printed:
        code, count, digest = read_printed(text)
        heads.setdefault(code, {})[count] = digest
    return heads


def _words(flaw: "Flaw") -> str:
    where = f"entry {flaw.position}: " if flaw.position else ""
    return f"{flaw.book or 'database'}: {where}{flaw.what}"


def _progress(code: str) -> Callable[[int, int], None]:
    """Says on standard error, every second, how far it has read."""
    began = said = monotonic()

    def say(done: int, total: int) -> None:
        nonlocal said
        now = monotonic()
        if now - said >= 1:
            said = now
            print(f"{code}: {done:,} of {total:,} movements, {now - began:.0f} s", file=sys.stderr, flush=True)

    return say
