"""Digits: people type Thai, Arabic or full-width ones; the program keeps ASCII and prints Thai on official letters."""

import unicodedata

THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}


def arabic(text: str) -> str:
    """`text` in NFC with every decimal digit and every full-width form in ASCII: "๑๕ มิ.ย. ๖๔" → "15 มิ.ย. 64".

    Not NFKC, which would tear ำ into two signs and read "5²" as 52.
    """
    narrow = unicodedata.normalize("NFC", text).translate(WIDE)
    return "".join(char if char.isascii() else _ascii_digit(char) for char in narrow)


def _ascii_digit(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


def thai(text: str) -> str:
    """`text` with Thai digits, for official letters: "ว 335" → "ว ๓๓๕"."""
    return text.translate(THAI)
