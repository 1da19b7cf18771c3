"""A place with people, books, pictures and keys, and a writer that goes on writing: processes of their own, by the actions.

`python -m tests.faults.life world` makes it, `… treasury` a book with its treasurer.
`… writer N LOG STOP [ROUNDS]` writes until the file STOP is there (or that many rounds) and notes in LOG each entry and
picture after its commit; `… open` unseals what is given on standard input. SAJJA_DATA and DATABASE_URL name the place.
"""

import os
import sys
from datetime import date
from itertools import count
from pathlib import Path

import django

DAY = date(2021, 6, 10)
WRITERS = 4
OFFICER = "district_officer-4805"
PASSWORD = "สัจจะออมทรัพย์ทุกเดือน"
SECRET_TEXT = "เลขประจำตัว (ตัวอย่าง)"


def world() -> None:
    """Four books with their forums, an officer who can sign in, a session, a sealed text."""
    from django.contrib.sessions.backends.db import SessionStore

    from sajja.web import vault
    from tests import factories
    from tests.cast import Cast
    from tests.ledger import books

    cast = Cast()
    groups = [factories.a_group(f"กลุ่มที่ {n} (ตัวอย่าง)") for n in range(1, WRITERS + 1)]
    for number, selected in enumerate(factories.selected(*groups, cast=cast), 1):
        forum = factories.a_forum(selected, cast=cast)
        books.deposits(books.a_book(f"b-{number}"), date(2021, 1, 5), date(2021, 2, 5))
        keep_picture(forum.pk, number, 0)
    officer = cast.district_officer
    officer.set_password(PASSWORD)
    officer.save(update_fields=["password"])
    SessionStore().save(must_create=True)
    sys.stdout.write(vault.seal(SECRET_TEXT))


def treasury() -> None:
    """A savings book whose treasurer can sign in; prints username, key of the cash account and the members' keys."""
    from sajja.ledger.models import Account
    from tests.treasury.books import a_book

    ours = a_book(members=4)
    ours.treasurer.set_password(PASSWORD)
    ours.treasurer.save(update_fields=["password"])
    cash = Account.objects.get(book=ours.kept.book, code="11000").pk
    sys.stdout.write(" ".join(map(str, [ours.treasurer.username, cash, *(member.pk for member in ours.members)])))


def writer(number: int, log: Path, stop: Path, rounds: int) -> None:
    """Post a deposit and keep a picture, over and over; a line of the log is written after both are committed."""
    from sajja.forums.models import Forum
    from sajja.ledger.models import Book
    from tests.ledger import books

    book = Book.objects.get(code=f"b-{number}")
    forum = Forum.objects.order_by("pk").values_list("pk", flat=True)[number - 1]
    with log.open("a") as out:
        for turn in count(1):
            if stop.exists() or turn > rounds:
                return
            [entry] = [posted.entry for posted in books.deposits(book, DAY)]
            out.write(f"{entry.pk} {keep_picture(forum, number, entry.pk)}\n")
            out.flush()


def keep_picture(forum: int, number: int, turn: int) -> str:
    """A picture that is like no other; its sha256."""
    from sajja.forums import actions
    from sajja.forums.models import Forum
    from sajja.web import pictures
    from tests.cast import Cast
    from tests.factories import a_picture

    drawn = pictures.path_of(a_picture(number).sha256).read_bytes()
    kept = pictures.keep_bytes(drawn + f"{number}/{turn}".encode(), 64, 48)
    actions.add_photo(by=Cast().district_officer, forum=Forum.objects.get(pk=forum), kept=kept)
    return kept.sha256


def main(words: list[str]) -> None:
    """Do what the first word says."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sajja.config.settings")
    django.setup()
    from sajja.web import clock, vault

    with clock.fixed(DAY):
        if words[0] == "world":
            world()
        elif words[0] == "treasury":
            treasury()
        elif words[0] == "writer":
            writer(int(words[1]), Path(words[2]), Path(words[3]), int(words[4]) if words[4:] else 10**9)
        else:
            sys.stdout.write(vault.open_(sys.stdin.read().strip()))


if __name__ == "__main__":
    main(sys.argv[1:])
