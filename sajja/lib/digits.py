"""Digits: people type Thai, Arabic or full-width ones; the program keeps ASCII and prints Thai on official letters."""

import unicodedata

THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
SMALL = 0x2100
WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}


def arabic(text: str) -> str:
    """`text` in NFC with every decimal digit and every full-width form in ASCII: "๑๕ มิ.ย. ๖๔" → "15 มิ.ย. 64".

    Not NFKC, which would tear ำ into two signs and read "5²" as 52.
    """
    return unicodedata.normalize("NFC", text).translate(_NARROW)


def kept(table: dict[int, str], code: int, char: str) -> str:
    """`char`, remembered in a table of str.translate where it is of the alphabets in use: the table stays small."""
    if code < SMALL:
        table[code] = char
    return char


class _Narrow(dict[int, str]):
    """What str.translate asks, one letter at a time the first time it is met."""

    def __missing__(self, code: int) -> str:
        char = WIDE.get(code, chr(code))
        digit = unicodedata.decimal(char, None)
        return kept(self, code, char if digit is None or char.isascii() else str(digit))


_NARROW = _Narrow()


def thai(text: str) -> str:
    """`text` with Thai digits, for official letters: "ว 335" → "ว ๓๓๕"."""
    return text.translate(THAI)
