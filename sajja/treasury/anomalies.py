"""What in a group's books deserves a look: the rules, each with its Thai sentence. Pure; money in satang.

Nothing here says that anyone did wrong. Thresholds are settings (SAJJA_WATCH, a JSON object), with the defaults below.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNTOUCHED: Final = "untouched"
MISSED: Final = "missed"
CASH: Final = "cash"
NEGATIVE: Final = "negative"
ROUND: Final = "round"
COMMITTEE: Final = "committee"
SLIPS: Final = "slips"

DEFAULTS: Final[Mapping[str, int]] = {
    "untouched_days": 40, "missed_days": 7, "round_satang": 100_000, "round_times": 3, "round_days": 90,
    "committee_points": 20,
}  # fmt: skip
WEIGHTS: Final = {NEGATIVE: 7, SLIPS: 6, UNTOUCHED: 5, MISSED: 4, COMMITTEE: 3, CASH: 2, ROUND: 1}
SENTENCES: Final[dict[str, Promise]] = {
    UNTOUCHED: _("ไม่มีการลงบัญชีมา %(days)s วัน"),
    MISSED: _("ไม่มีใบรับเงินของวันส่งเงินสัจจะ %(count)s เดือน"),
    CASH: _("เงินสดในมือเกินระเบียบ มี %(cash)s บาท เก็บได้ %(limit)s บาท"),
    NEGATIVE: _("เงินสดติดลบ %(cash)s บาท ตรวจรายการรับจ่ายที่ลงไม่ครบ"),
    ROUND: _("ใบสำคัญจ่ายยอดกลม %(count)s ใบ ลงโดยคนเดียวกันใน %(days)s วัน ขอดูหลักฐานการจ่าย"),
    COMMITTEE: _("กรรมการกู้ร้อยละ %(lent)s ของเงินกู้ ขณะที่มีเงินสัจจะร้อยละ %(saved)s"),
    SLIPS: _("สมาชิกตอบใบยืนยันยอดว่าไม่ตรง %(count)s ใบ ยังไม่ได้แก้"),
}


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One thing to look at: since when, in which words, and the way to it (route of the committee's page)."""

    key: str
    since: date | None
    facts: Mapping[str, Any]
    route: str

    @property
    def words(self) -> str:
        """One sentence, without a name."""
        return str(SENTENCES[self.key]) % self.facts

    @property
    def weight(self) -> int:
        """Worst first."""
        return WEIGHTS[self.key]


def untouched(newest: date, today: date, days: int) -> bool:
    """Whether nothing was entered for so long."""
    return (today - newest).days >= days


def above_share(lent: int, all_lent: int, saved: int, all_saved: int, points: int) -> bool:
    """Whether the committee's part of the loans passes its part of the savings by more than so many points of a hundred."""
    if not all_lent:
        return False
    share = saved * 100 * all_lent if all_saved else 0
    return lent * 100 * (all_saved or 1) - share > points * all_lent * (all_saved or 1)


def part(n: int, d: int) -> int:
    """So many of a hundred, cut off."""
    return n * 100 // d if d else 0
