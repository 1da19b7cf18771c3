"""Which passwords are too short or easily guessed, here in Thailand. Pure.

What a guesser tries first is taken out (numbers of people, their names, rows of the keyboard, common words, also Thai
ones typed while the keyboard stood on English); what is left must still be half of the length that is asked for.
NIST SP 800-63B-4 §3.1.1: length and a blocklist, and no rules of composition.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

ALONE, WITH_SECOND_FACTOR = 15, 8
"""The least number of characters: where the password stands alone, and beside a second factor."""
RUN = 4
LATIN: Final = "1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./" + "ERTYUIOP{ASDFGHJKL:CVBN<>?"
KEDMANEE: Final = "ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ" + "ฎฑธํ๊ณฯญฐฤฆฏโฌ็๋ษศซฉฮฺ์ฒฬฦ"
ON_ENGLISH: Final = str.maketrans(dict(zip(KEDMANEE, LATIN, strict=True)))
THAI_DIGITS: Final = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
ROWS: Final = (
    "1234567890", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "abcdefghijklmnopqrstuvwxyz",
    "ๆไำพะัีรนยบล", "ฟหกดเ้่าสวง", "ผปแอิืทมใฝ", "ภถุึคตจขช", "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
)  # fmt: skip
WORDS: Final = (
    "รหัสผ่าน", "สวัสดี", "สัจจะ", "ออมทรัพย์", "พัฒนาชุมชน", "ประเทศไทย", "กรุงเทพ", "ยินดีต้อนรับ", "รักในหลวง", "ไอเลิฟยู",
    "password", "passw0rd", "p@ssw0rd", "admin", "welcome", "letmein", "iloveyou", "sawasdee", "thailand", "bangkok",
    "sajja", "savings", "sabaidee", "monkey", "dragon", "football", "qwerty", "login", "secret",
)  # fmt: skip
MONTHS: Final = (
    "ม.ค.|ก.พ.|มี.ค.|เม.ย.|พ.ค.|มิ.ย.|ก.ค.|ส.ค.|ก.ย.|ต.ค.|พ.ย.|ธ.ค.|มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม"
    "|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
).replace(".", r"\.")
NUMBERS: Final = re.compile(rf"(?:\d{{1,2}}[ .-]*)?(?:{MONTHS})[a-z]*[ .-]*\d{{2,4}}|\d(?:[ ./()+-]?\d){{5,}}")
AGAIN: Final = re.compile(r"(.{1,8}?)\1{2,}", re.DOTALL)


def too_short(password: str, least: int) -> bool:
    """Whether it has fewer characters than are asked for."""
    return len(unicodedata.normalize("NFC", password)) < least


def easily_guessed(password: str, own: Iterable[str] = (), least: int = ALONE) -> bool:
    """Whether less than half of `least` is left without what a guesser tries first; `own`: the person's names and numbers."""
    return 2 * len(left_over(password, own)) < least


def left_over(password: str, own: Iterable[str] = ()) -> str:
    """The password without numbers of people, own and common words, rows of the keyboard, and what is said again."""
    left = NUMBERS.sub(" ", folded(password))
    for word in sorted({*_typed(_parts(own)), *_typed(WORDS)}, key=len, reverse=True):
        left = left.replace(word, " ")
    left = AGAIN.sub(r"\1", _without_rows(left))
    return re.sub(r"\s+", "", left)


def folded(text: str) -> str:
    """One way of writing it: composed, small letters, Arabic digits."""
    return unicodedata.normalize("NFC", text).translate(THAI_DIGITS).casefold()


def _parts(own: Iterable[str]) -> Iterator[str]:
    """Whole names and their parts of three characters and more."""
    for text in own:
        yield from (part for part in {text, *re.split(r"[\s._@()-]+", text)} if len(part.strip()) > 2)


def _typed(words: Iterable[str]) -> Iterator[str]:
    """Each word as it is written, and as it comes out where the keyboard stands on English."""
    for word in words:
        yield folded(word)
        yield folded(word.translate(ON_ENGLISH))


def _without_rows(text: str) -> str:
    """The text without runs of four and more along a row of the keyboard or the alphabet, forwards or backwards."""
    left, start = "", 0
    while start < len(text):
        length = max(_run(text, start, row) for row in _BOTH_WAYS)
        left += " " if length >= RUN else text[start]
        start += length if length >= RUN else 1
    return left


def _run(text: str, start: int, row: str) -> int:
    """How many characters from `start` on follow this row."""
    at = row.find(text[start])
    if at < 0:
        return 0
    length = 0
    while at + length < len(row) and start + length < len(text) and row[at + length] == text[start + length]:
        length += 1
    return length


_ROWS: Final = {*ROWS, *(folded(row.translate(ON_ENGLISH)) for row in ROWS)}
_BOTH_WAYS: Final = sorted({*_ROWS, *(row[::-1] for row in _ROWS)})
