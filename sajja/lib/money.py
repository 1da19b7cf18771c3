"""Money is integer satang; baht appear only where people type and read. No floating point anywhere."""

import re
from collections.abc import Sequence

from bahttext import bahttext
from django.utils.translation import gettext_lazy as _

from sajja.lib.digits import arabic

BAHT = re.compile(r"(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?\s*(?:บาท)?")
MOST_BAHT = 10**13
"""One more baht than people may type: ten million million, far from the ends of BIGINT and of the words."""


def parse_baht(text: str, *, negative: bool = False) -> int:
    """Satang of what a person typed: "1,234.50", "๑๒๓๔.๕", "-20" only where `negative`. ValueError in Thai otherwise."""
    found = BAHT.fullmatch(arabic(text).strip())
    if not found:
        raise ValueError(_("อ่านจำนวนเงินนี้ไม่ออก โปรดพิมพ์เป็นบาท ทศนิยมไม่เกิน 2 ตำแหน่ง เช่น 1,234.50"))
    sign, whole, fraction = found.groups()
    if sign and not negative:
        raise ValueError(_("จำนวนเงินต้องไม่ติดลบ โปรดพิมพ์จำนวนที่มากกว่าหรือเท่ากับ 0"))
    baht_digits = whole.replace(",", "")
    if len(baht_digits) > 20 or int(baht_digits) >= MOST_BAHT:
        raise ValueError(_("จำนวนเงินมากเกินไป โปรดตรวจจำนวนหลักอีกครั้ง"))
    satang = int(baht_digits) * 100 + int((fraction or "").ljust(2, "0"))
    return -satang if sign else satang


def baht(satang: int) -> str:
    """For people: 1234500 → "12,345.00"."""
    whole, rest = divmod(abs(satang), 100)
    return f"{'-' if satang < 0 else ''}{whole:,}.{rest:02}"


def plain(satang: int) -> str:
    """For files and JSON: 1234500 → "12345.00"."""
    return baht(satang).replace(",", "")


def words(satang: int) -> str:
    """In words, as on a receipt: 10100 → "หนึ่งร้อยเอ็ดบาทถ้วน", 50 → "ห้าสิบสตางค์"; below nought it begins with "ลบ".

    The library is asked for whole numbers only: of satang it says "ศูนย์บาทเอ็ดสตางค์", and it formats a float.
    """
    whole, rest = divmod(abs(satang), 100)
    sign = "ลบ" if satang < 0 else ""
    if rest == 0:
        return f"{sign}{_count(whole)}บาทถ้วน"
    return f"{sign}{_count(whole) + 'บาท' if whole else ''}{_count(rest)}สตางค์"


def _count(number: int) -> str:
    if number > 2**53:
        raise ValueError("bahttext formats a float, which is exact only up to 2**53")
    return str(bahttext(number)).removesuffix("บาทถ้วน")


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` by `weights` so that the parts add up to it: largest remainder, ties to the first.

    Each part is its exact share rounded down or up. ValueError where a weight is below nought or all are nought.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must not be negative, and not all nought")
    if total < 0:
        return [-part for part in share_out(-total, weights)]
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % whole))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts
