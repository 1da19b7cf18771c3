"""An acknowledged write survives kill -9: workers are killed while people send, and everybody sends again until answered."""

import os
import random
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Event
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, build_opener
from uuid import uuid4

from tests.faults.life import PASSWORD
from tests.faults.places import a_ready_place, serving, until
from tests.sizes import size

ROUNDS, PHONES = size(30, 200), 4
ANSWERED_SECONDS = 60
LOST = (URLError, HTTPException, ConnectionError, TimeoutError)


class Stays(HTTPRedirectHandler):
    """A redirect is the answer; it is not followed."""

    def redirect_request(self, *_words: Any) -> None:
        """Nowhere."""


class Phone:
    """A treasurer's phone, which sends each deposit under one UUID until somebody answers."""

    def __init__(self, address: str, username: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        self.browser: OpenerDirector = build_opener(HTTPCookieProcessor(self.cookies), Stays())
        self.until_answered("/sign-in/")
        assert self.until_answered("/sign-in/", {"login": username, "password": PASSWORD}) == "/"

    def until_answered(self, path: str, said: dict[str, Any] | None = None) -> str:
        """The answer to a page or a form, however often it takes."""
        end = time.monotonic() + ANSWERED_SECONDS
        while (answer := self.answered(path, said)) is None:
            assert time.monotonic() < end, "nobody answered any more"
            time.sleep(0.05)
        return answer

    def answered(self, path: str, said: dict[str, Any] | None) -> str | None:
        """One try: the page, where it leads, or None where the server was killed under it."""
        if said is not None:
            said = said | {"csrfmiddlewaretoken": next((c.value for c in self.cookies if c.name == "csrftoken"), None)}
        try:
            sent = urlencode(said).encode() if said is not None else None
            return str(self.browser.open(f"{self.address}{path}", sent, timeout=30).read().decode())
        except HTTPError as answer:
            if answer.code == 302:
                return str(answer.headers["Location"])
            return None if answer.code >= 500 else f"{answer.code} {answer.read().decode()}"
        except LOST:
            return None

    def deposit(self, member: str, money: str) -> str:
        """One deposit of 1 baht; its UUID, once it is acknowledged."""
        uuid = str(uuid4())
        said = {"once": uuid, "satang": "1", "date": "9/6/2564", "money": money, "memo": ""}
        led = self.until_answered(f"/treasury/members/{member}/special-in/", said)
        assert led == f"/treasury/members/{member}/"
        return uuid


def children(pid: int) -> Iterator[int]:
    """Every process under a process."""
    try:
        words = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return
    for word in words:
        yield int(word)
        yield from children(int(word))


def workers(pid: int) -> list[int]:
    """The processes that answer pages: gunicorn's own children."""

    def is_web(one: int) -> bool:
        try:
            return b"gunicorn" in Path(f"/proc/{one}/cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            return False

    masters = [one for one in children(pid) if is_web(one)]
    return [one for master in masters for one in children(master) if is_web(one)]


def test_an_acknowledged_write_survives_a_worker_that_is_killed(tmp_path: Path) -> None:
    place, chance, over = a_ready_place(tmp_path / "data"), random.Random(9), Event()
    acknowledged: list[str] = []
    place.data.joinpath("day").write_text(f"2021-06-10 {time.strftime('%Y-%m-%dT%H:%M:%S+00:00', time.gmtime())}\n")
    username, money, *members = place.life("treasury").split()
    with serving(place) as (address, process), ThreadPoolExecutor(PHONES) as hands:
        phones = [Phone(address, username) for _each in range(PHONES)]  # before the first kill: tries at sign-in are throttled

        def sends(which: int) -> None:
            while not over.is_set():
                acknowledged.append(phones[which].deposit(members[which], money))

        sending = [hands.submit(sends, which) for which in range(PHONES)]
        try:
            for _round in range(ROUNDS):
                seen = len(acknowledged)
                until(lambda: len(acknowledged) > seen or any(phone.done() for phone in sending))  # noqa: B023 # within the round
                time.sleep(chance.uniform(0, 0.05))
                until(lambda: workers(process.pid))
                for unlucky in workers(process.pid)[: chance.randint(1, 2)]:
                    with suppress(ProcessLookupError):
                        os.kill(unlucky, signal.SIGKILL)
        finally:
            over.set()
        for phone in sending:
            phone.result()
    posted = [str(uuid).replace("-", "") for (uuid,) in place.rows("SELECT uuid FROM ledger_entry")]
    assert sorted(posted) == sorted(uuid.replace("-", "") for uuid in acknowledged)
    assert place.rows("SELECT balance FROM ledger_account WHERE code = '11000'") == [(100 * len(acknowledged),)]
    code, said, wrong = place.sajja("verify")
    assert (code, said.endswith("every balance, number and chain is right\n")) == (0, True), (said, wrong)
