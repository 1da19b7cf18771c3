"""Names of people, groups and places: one clean form to keep, one bare form to find by."""

import re
import unicodedata

from sajja.lib.digits import arabic, kept

DROPPED = {"Cf", "Cs", "Co", "Cn"}
TITLE = re.compile(r"(นางสาว|น\.\s?ส\.|นาง|นาย|เด็กหญิง|เด็กชาย|ด\.\s?[ชญ]\.)\s*(?=\S)")
SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")


def clean(text: str) -> str:
    """The form to keep: NFC, nothing invisible, single spaces, and the two slips of Thai typing mended.

    The slips look right and are other letters: เ + เ for แ, and ํ + า (with or without a tone between) for ำ.
    """
    spaced = " ".join(unicodedata.normalize("NFC", text.translate(_VISIBLE)).split())
    return SARA_AM.sub("\\1\u0e33", spaced.replace("เเ", "แ"))


def full_name(title: str, first: str, last: str) -> str:
    """As written in Thai, the title close to the first name: ("นาง", "บุญมี", "ใจดี") → "นางบุญมี ใจดี"."""
    return clean(f"{clean(title)}{clean(first)} {last}")


def without_title(name: str) -> str:
    """A person's name without the usual title before it, to sort by: "นางบุญมี ใจดี" → "บุญมี ใจดี"."""
    return TITLE.sub("", name, count=1) if TITLE.match(name) else name


def find_key(text: str) -> str:
    """The bare form to search in and by, any part of it: letters, vowel and tone signs and ASCII digits alone.

    No spaces, stops, hyphens, ฯ or ๆ, nothing a LIKE pattern would read; Latin letters small.
    """
    return arabic(clean(text)).casefold().translate(_BARE)


class _Visible(dict[int, str]):
    """For str.translate: nothing for what is not seen, a space for a control, else the letter itself."""

    def __missing__(self, code: int) -> str:
        kind = unicodedata.category(chr(code))
        return kept(self, code, "" if kind in DROPPED else " " if kind == "Cc" else chr(code))


class _Bare(dict[int, str]):
    """For str.translate: letters, signs and digits stay, all else goes."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        return kept(self, code, char if unicodedata.category(char)[0] in "LMN" and char not in "ฯๆ" else "")


_VISIBLE, _BARE = _Visible(), _Bare()
