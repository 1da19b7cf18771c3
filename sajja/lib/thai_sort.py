"""Thai sorting without a collation: a string to keep beside a name, whose plain order is the order of ICU's `th`.

ICU (CLDR's Thai tailoring, "alternate shifted") compares, in this order:
1. letters: digits, then consonants, then vowels, then Latin letters; a vowel written before its consonant (เ แ โ ใ ไ)
   counts after it; spaces, punctuation, ฯ and ๆ count for nothing;
2. tones and the other signs above;
3. capitals (and ๅ, which is a heavier า).
The key writes the three after each other in hex digits, so that any collation of a database sorts it the same.
"""

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 200
"""Keys end here, so that a column of this length always holds one: about the first 90 letters decide."""

LETTERS = (
    "`^+<=>|~$฿0123456789"
    "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮ"
    "\u0e4d\u0e30\u0e31\u0e32\u0e33\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e40\u0e41\u0e42\u0e43\u0e44\u0e3a"
    "abcdefghijklmnopqrstuvwxyz"
)
PRIMARY = {letter: f"{weight:02x}" for weight, letter in enumerate(LETTERS, start=1)}
SIGNS = {sign: f"{weight:02x}" for weight, sign in enumerate("\u0e4e\u0e4c\u0e47\u0e48\u0e49\u0e4a\u0e4b", start=1)}
OTHER = "ff"
VOWEL_FIRST = re.compile("([เแโใไ])([ก-ฮ])")
AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")


def sort_key(name: str) -> str:
    """Hex digits, at most `LONGEST`, two for a letter and four for a tone. Names that ICU calls equal have one key."""
    letters: list[str] = []
    signs: list[str] = []
    capitals = ""
    plain = 0
    for char in _counted(_in_order(name)):
        if char in SIGNS:
            # More plain letters before the sign means a smaller key: ICU gives a plain letter less than a sign.
            signs.append(f"{0xFF - min(plain, 0xFE):02x}{SIGNS[char]}")
            plain = 0
        else:
            small = "า" if char == "ๅ" else char.lower()
            letters.append(PRIMARY.get(small) or f"{OTHER}{ord(small):06x}")
            capitals += "0" if small == char else "1"
            plain += 1
    return _join("".join(letters), "".join(signs), capitals)[:LONGEST]


def _in_order(name: str) -> str:
    """Compatibility forms apart, digits ASCII, ำ one letter again, vowels behind the consonant they are spoken after."""
    apart = AM.sub("\\1\u0e33", unicodedata.normalize("NFKD", name))
    digits = "".join(str(unicodedata.decimal(char, char)) for char in apart)
    return VOWEL_FIRST.sub(r"\2\1", digits)


def _counted(text: str) -> Iterator[str]:
    """The letters and signs that count: no spaces, punctuation, ฯ or ๆ, and no sign that leans on one of those."""
    leans_on_nothing = False
    for char in text:
        if char not in SIGNS:
            leans_on_nothing = char in "ฯๆ" or (char not in PRIMARY and unicodedata.category(char)[0] in "PZCM")
        if not leans_on_nothing:
            yield char


def _join(letters: str, signs: str, capitals: str) -> str:
    """The three levels with 00 between them; what is empty at the end is left out, and capitals are packed in fours."""
    bits = capitals.rstrip("0")
    packed = "".join(f"{int(bits[i : i + 4].ljust(4, '0'), 2):x}" for i in range(0, len(bits), 4))
    if packed:
        return f"{letters}00{signs}00{packed}"
    return f"{letters}00{signs}" if signs else letters
