"""Which groups a visit should go to: by risk, each with its reasons, and by chance, with a word that repeats the draw. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, NamedTuple

RISK: Final = "risk"
CHANCE: Final = "chance"
OWN: Final = "own"
MOST_BY_RISK: Final = 5
MOST_BY_CHANCE: Final = 2
"""So many of each province."""


class Reason(NamedTuple):
    """Why a group deserves a visit: a stable key, one Thai sentence, and how much it weighs."""

    key: str
    words: str
    weight: int


@dataclass(frozen=True)
class Candidate:
    """A group on a place of the year: the key of its unit, its path and name, and what speaks for a visit."""

    unit: int
    path: str
    name: str
    reasons: tuple[Reason, ...] = ()
    seen: bool = False
    """Whether a visit of the year has been there: no more suggested, still offered."""

    @property
    def weight(self) -> int:
        """All its reasons together."""
        return sum(reason.weight for reason in self.reasons)

    @property
    def words(self) -> list[str]:
        """Its reasons, the heaviest first."""
        return [reason.words for reason in sorted(self.reasons, key=lambda one: -one.weight)]


@dataclass(frozen=True)
class Suggested:
    """A candidate, and how it was chosen: RISK, CHANCE or OWN (neither: the officer's own choice)."""

    candidate: Candidate
    how: str


def by_risk(candidates: Iterable[Candidate], most: int = MOST_BY_RISK) -> list[Candidate]:
    """Those with a reason, the heaviest first; equal ones by path."""
    with_reason = (one for one in candidates if one.reasons)
    return sorted(with_reason, key=lambda one: (-one.weight, one.path))[:most]


def by_chance(candidates: Iterable[Candidate], word: str, most: int = MOST_BY_CHANCE) -> list[Candidate]:
    """A draw that anyone can repeat: the same word draws the same groups, and a group that leaves moves no other."""
    return sorted(candidates, key=lambda one: _lot(word, one.path))[:most]


def _lot(word: str, path: str) -> str:
    return sha256(f"{word}:{path}".encode()).hexdigest()


def suggested(candidates: Collection[Candidate], word: str) -> list[Suggested]:
    """All of a province's candidates: the riskiest first, then those drawn from the rest, then the others by path."""
    fresh = [one for one in candidates if not one.seen]
    risky = by_risk(fresh)
    drawn = by_chance([one for one in fresh if one not in risky], word)
    others: Sequence[Candidate] = sorted((one for one in candidates if one not in [*risky, *drawn]), key=lambda one: one.path)
    return [Suggested(one, how) for how, part in ((RISK, risky), (CHANCE, drawn), (OWN, others)) for one in part]
