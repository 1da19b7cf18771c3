"""What the tellings share: who acts, the offices' people, the instruments, the drawings, the year once it is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sajja.assessments.models import Indicator, InstrumentVersion
from sajja.config.demonstration.doer import Doer
from sajja.config.demonstration.drawings import Drawing
from sajja.org.models import Person
from sajja.programme.models import ProgrammeYear


@dataclass
class Question:
    """An instrument, with its indicators in order."""

    version: InstrumentVersion
    indicators: Sequence[Indicator]


@dataclass
class Stage:
    """One demonstration while it is made. `people`: (role, path of the unit) → who acts for it."""

    doer: Doer
    drawings: Mapping[str, Sequence[Drawing]]
    people: dict[tuple[str, str], Person] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    opened: ProgrammeYear | None = None
    books: int | None = 0
    """How many groups of each province keep books; None: as many as the demonstration shows."""

    @property
    def year(self) -> ProgrammeYear:
        """The programme year; nobody asks before the department has opened it."""
        assert self.opened is not None
        return self.opened

    def who(self, role: str, path: str = "") -> Person:
        """The person who holds the role at the unit."""
        return self.people[role, path]
