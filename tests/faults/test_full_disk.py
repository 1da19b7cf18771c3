"""A disk that is full: who sends something reads what happened in Thai, nothing is half kept, and it can be sent again.

The server's processes may write no file beyond a few bytes (RLIMIT_FSIZE): so the system refuses them as a full disk does.
"""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from subprocess import Popen
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request
from uuid import uuid4

from PIL import Image

from tests.faults.life import OFFICER
from tests.faults.places import Place, a_ready_place, serving, until
from tests.faults.test_kill import Phone, children

WORDS = "ที่เก็บข้อมูลเต็ม"


@contextmanager
def full(process: "Popen[str]", most: int) -> Iterator[None]:
    """No process of the server may make a file longer than so many bytes, until the block ends."""
    everyone = [process.pid, *children(process.pid)]
    before = [resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in everyone]
    for pid, (_soft, hard) in zip(everyone, before, strict=True):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        for pid, limits in zip(everyone, before, strict=True):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


def answer(
    phone: Phone, path: str, body: bytes | None = None, kind: str = "application/x-www-form-urlencoded"
) -> tuple[int, str]:
    """Status, and the page or where it leads."""
    try:
        asked = phone.browser.open(Request(f"{phone.address}{path}", body, {"Content-Type": kind}), timeout=30)
    except HTTPError as error:
        return error.code, str(error.headers["Location"]) if error.code == 302 else error.read().decode()
    return int(asked.status), str(asked.read().decode())


def token(phone: Phone) -> str:
    return next(str(cookie.value) for cookie in phone.cookies if cookie.name == "csrftoken")


UNDER_WAY = "SELECT COUNT(*) FROM django_tasks_database_dbtaskresult WHERE status <> 'SUCCESSFUL'"
"""The day's first sign-in has the audit sealed by the worker."""


def today(place: Place) -> None:
    place.data.joinpath("day").write_text(f"2021-06-10 {time.strftime('%Y-%m-%dT%H:%M:%S+00:00', time.gmtime())}\n")


def test_a_deposit_on_a_full_disk_says_so_and_is_kept_once_when_sent_again(tmp_path: Path) -> None:
    place = a_ready_place(tmp_path / "data", sqlite=True)
    today(place)
    username, money, member, *_others = place.life("treasury").split()
    with serving(place) as (address, process):
        phone, path = Phone(address, username), f"/treasury/members/{member}/special-in/"
        said: dict[str, Any] = {"once": str(uuid4()), "satang": "1", "date": "9/6/2564", "money": money, "memo": ""}
        body = urlencode(said | {"csrfmiddlewaretoken": token(phone)}).encode()
        until(lambda: place.rows(UNDER_WAY) == [(0,)])
        before = place.everything()
        with full(process, 1):
            status, page = answer(phone, path, body)
            assert (status, WORDS in page, "Traceback" in page) == (507, True, False)
            assert place.everything() == before
            assert answer(phone, path, body)[0] == 507
        assert answer(phone, path, body) == answer(phone, path, body) == (302, f"/treasury/members/{member}/")
    assert place.rows("SELECT COUNT(*) FROM ledger_entry") == [(1,)]
    assert place.sajja("verify")[0] == 0


def a_photo() -> bytes:
    """A picture that no encoder makes small."""
    out = BytesIO()
    Image.effect_noise((400, 300), 90).convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


def multipart(fields: dict[str, str], name: str, content: bytes) -> tuple[bytes, str]:
    """A form with a file, as a browser sends it."""
    edge = uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode() for key, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    return b"".join([*parts, head.encode(), content, f"\r\n--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"


def test_a_picture_on_a_full_disk_leaves_neither_file_nor_row_and_is_kept_when_sent_again(tmp_path: Path) -> None:
    place = a_ready_place(tmp_path / "data")
    today(place)
    place.life("world")
    [(forum,)] = place.rows("SELECT MIN(id) FROM forums_forum")
    with serving(place) as (address, process):
        phone, path = Phone(address, OFFICER), f"/forums/{forum}/photos/"
        fields = {"once": str(uuid4()), "csrfmiddlewaretoken": token(phone), "step": "4.1", "caption": "ประชุม"}
        body, kind = multipart(fields, "pictures", a_photo())
        rows, files = place.rows("SELECT COUNT(*) FROM forums_photo"), place.files()
        with full(process, 10_000):
            status, page = answer(phone, path, body, kind)
            assert (status, WORDS in page) == (507, True)
            assert (place.rows("SELECT COUNT(*) FROM forums_photo"), place.files()) == (rows, files)
        assert answer(phone, path, body, kind)[0] == 302
        assert place.rows("SELECT COUNT(*) FROM forums_photo") == [(rows[0][0] + 1,)]
        assert len(place.files()) == len(files) + 1
