"""The 13-digit national ID: checked, and masked wherever it is shown. This file never stores or logs one."""

from django.utils.translation import gettext_lazy as _
from stdnum.th import pin

from sajja.lib.digits import arabic

MASK = "x-xxxx-xxxxx"


def parse(text: str) -> str:
    """The 13 ASCII digits of a typed ID, with or without hyphens. ValueError in Thai, which never repeats the number.

    The check digit decides. A first digit of 0 is let through, unlike in stdnum: people registered without
    nationality hold such cards and may be members of a group.
    """
    number = pin.compact(arabic(text))
    if len(number) != 13 or not (number.isascii() and number.isdigit()):
        raise ValueError(_("เลขประจำตัวประชาชนต้องมี 13 หลัก โปรดพิมพ์ให้ครบ"))
    if pin.calc_check_digit(number) != number[-1]:
        raise ValueError(_("เลขประจำตัวประชาชนไม่ตรงกับหลักตรวจสอบ โปรดตรวจทีละหลักกับบัตร"))
    return number


def valid(text: str) -> bool:
    """Does `text` hold 13 digits that pass the check digit?"""
    try:
        return bool(parse(text))
    except ValueError:
        return False


def masked(text: str) -> str:
    """For the screen, the last three digits alone: "x-xxxx-xxxxx-12-1". What is no ID shows nothing of itself."""
    number = parse(text) if valid(text) else "x" * 13
    return f"{MASK}-{number[10:12]}-{number[12]}"


def masked_end(end: str) -> str:
    """The same of an ID of which only its last three digits are known; nothing of nothing."""
    return f"{MASK}-{end[:2]}-{end[2]}" if len(end) == 3 else ""
