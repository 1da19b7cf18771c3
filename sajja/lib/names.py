"""Names of people, groups and places: one clean form to keep, one bare form to find by."""

import re
import unicodedata

from sajja.lib.digits import arabic

DROPPED = {"Cf", "Cs", "Co", "Cn"}


def clean(text: str) -> str:
    """The form to keep: NFC, nothing invisible, single spaces, and the two slips of Thai typing mended.

    The slips look right and are other letters: เ + เ for แ, and ํ + า (with or without a tone between) for ำ.
    """
    visible = "".join(c for c in text if unicodedata.category(c) not in DROPPED)
    spaced = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", unicodedata.normalize("NFC", visible)).split())
    return re.sub("\u0e4d([\u0e48-\u0e4b]?)\u0e32", "\\1\u0e33", spaced.replace("เเ", "แ"))


def full_name(title: str, first: str, last: str) -> str:
    """As written in Thai, the title close to the first name: ("นาง", "บุญมี", "ใจดี") → "นางบุญมี ใจดี"."""
    return clean(f"{clean(title)}{clean(first)} {last}")


def find_key(text: str) -> str:
    """The bare form to search in and by, any part of it: letters, vowel and tone signs and ASCII digits alone.

    No spaces, stops, hyphens, ฯ or ๆ, nothing a LIKE pattern would read; Latin letters small.
    """
    bare = arabic(clean(text)).casefold()
    return "".join(c for c in bare if unicodedata.category(c)[0] in "LMN" and c not in "ฯๆ")
