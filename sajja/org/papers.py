"""The code on a paper that leaves an office: what paper, whose, of which day and content, signed by this program. Pure but for the secret.

Nothing is stored: the code is `kind.path.day.sum.mac`, and only who has the secret can make its last part.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from sajja.web import clock, papers

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

KINDS: Final[dict[str, StrOrPromise]] = {
    "circular": _("หนังสือเวียนแจ้งกิจกรรมประจำปี"),
    "selection": _("รายงานการคัดเลือกกลุ่มเป้าหมาย"),
    "memo": _("บันทึกขออนุมัติจัดเวที"),
    "invitation": _("หนังสือเชิญเข้าร่วมเวที"),
    "assignment": _("บันทึกมอบหมายเจ้าหน้าที่จัดเวที"),
    "sign_in": _("บัญชีลายมือชื่อผู้เข้าร่วมเวที"),
    "forum": _("รายงานผลการจัดเวที"),
    "result": _("รายงานผลการประเมิน"),
    "plan": _("แผนการพัฒนากลุ่ม"),
    "report": _("รายงานผลการดำเนินงาน"),
    "clearing": _("ชุดส่งใช้เงินยืม"),
    "visit": _("รายงานการติดตาม"),
}
LETTERS: Final = str.maketrans("0123456789abcdef", "ABCDEFGHJKMNPRST")
"""Sums are written in letters alone, so that Thai digits leave them as they are."""
SUM_LENGTH: Final = 12
MAC_LENGTH: Final = 24
NO_PATH: Final = "0"


class Stamp(NamedTuple):
    """What a code says: the kind of paper, the path of the unit that it is about, its day, the sum of its content."""

    kind: str
    path: str
    day: date
    sum: str

    @property
    def shown_sum(self) -> str:
        """In groups of four: ABCD-EFGH-JKMN."""
        return "-".join(self.sum[at : at + 4] for at in range(0, len(self.sum), 4))


def issued(kind: str, path: str, at: datetime, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a paper with its `check`: the sum of all else, and the code's address as a QR."""
    plain = json.dumps(data, ensure_ascii=False, sort_keys=True)
    total = sha256(plain.encode()).hexdigest()[:SUM_LENGTH].translate(LETTERS)
    stamp = Stamp(kind, path, clock.day_of(at), total)
    return {**data, "check": {"sum": stamp.shown_sum, "code": code(stamp), "svg": papers.qr(f"{origin()}{address(stamp)}")}}


def code(stamp: Stamp) -> str:
    """The code of a stamp."""
    said = f"{stamp.kind}.{stamp.path or NO_PATH}.{stamp.day:%Y%m%d}.{stamp.sum}"
    return f"{said}.{_mac(said)}"


def read(written: str) -> Stamp | None:
    """The stamp of a code; None where this program did not make it."""
    said, _dot, mac = written.rpartition(".")
    if not constant_time_compare(_mac(said), mac):
        return None
    kind, path, day, total = said.split(".")
    return Stamp(
        kind, "" if path == NO_PATH else path, datetime.strptime(day, "%Y%m%d").replace(tzinfo=clock.BANGKOK).date(), total
    )


def address(stamp: Stamp) -> str:
    """The page that checks a stamp."""
    return reverse("org:paper", args=[code(stamp)])


def origin() -> str:
    """Where people find the program."""
    return settings.SAJJA_ADDRESS or "http://localhost:8000"


def _mac(said: str) -> str:
    return salted_hmac("sajja.paper", said, algorithm="sha256").hexdigest()[:MAC_LENGTH]
