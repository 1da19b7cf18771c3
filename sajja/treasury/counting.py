"""Cash by note and coin. Pure; a piece is named by its worth in satang."""

from collections.abc import Mapping
from typing import Final

from sajja.lib.money import baht

NOTES: Final = (100_000, 50_000, 10_000, 5_000, 2_000)
COINS: Final = (1_000, 500, 200, 100, 50, 25)
PIECES: Final = NOTES + COINS
MOST_PIECES: Final = 1_000_000


def total(pieces: Mapping[int, int]) -> int:
    """What so many of each come to, in satang; ValueError for a piece that is no money, or a number below nought."""
    for piece, count in pieces.items():
        if piece not in PIECES or not 0 <= count <= MOST_PIECES:
            raise ValueError(f"{count} × {piece}")
    return sum(piece * count for piece, count in pieces.items())


def kept(pieces: Mapping[int, int]) -> dict[str, int]:
    """As JSON keeps it, the greatest first, what was not there left out: {"100000": 7, "25": 2}."""
    return {str(piece): pieces[piece] for piece in PIECES if pieces.get(piece)}


def read(notes: Mapping[str, int]) -> dict[int, int]:
    """Back from JSON."""
    return {int(piece): count for piece, count in notes.items()}


def face(piece: int) -> str:
    """The worth on its face, in baht: 1,000, 0.50."""
    return f"{piece // 100:,}" if piece % 100 == 0 else baht(piece)


def odd(satang: int, step: int = COINS[-1]) -> int:
    """What no coin can make up: 3,275.16 by quarters of a baht → 16."""
    return satang % step


def broken_up(satang: int) -> dict[int, int]:
    """An amount in the fewest notes and coins, what no coin can make up left out."""
    pieces = {}
    for piece in PIECES:
        count, satang = divmod(satang, piece)
        if count:
            pieces[piece] = count
    return pieces
