"""Things with a life (reports, plans, forums, loans): one table of the moves each state allows.

FORUM = Life({"planned": {"hold": "held", "cancel": "cancelled"}})
FORUM.after("planned", "hold")      # "held"
FORUM.after("held", "cancel")       # raises Refused: that state is the end
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from sajja.lib.refusals import Refused


class Life:
    """The allowed moves: state → {move: next state}. A state without moves of its own is an end."""

    def __init__(self, table: Mapping[str, Mapping[str, str]]) -> None:
        self._table: dict[str, Mapping[str, str]] = {
            after: table.get(after, {}) for state in table for after in (state, *table[state].values())
        }

    @property
    def states(self) -> frozenset[str]:
        """Every state the table names, ends included."""
        return frozenset(self._table)

    def moves(self, state: str) -> tuple[str, ...]:
        """The moves that `state` allows, in the table's order. KeyError: the table does not know the state."""
        return tuple(self._table[state])

    def after(self, state: str, move: str) -> str:
        """The state that `move` leads to. Refused where `state` does not allow it."""
        allowed = self._table[state]
        if move in allowed:
            return allowed[move]
        if not allowed:
            raise Refused(_("เรื่องนี้จบแล้ว เปลี่ยนอีกไม่ได้ หากยังมีสิ่งที่ต้องแก้ โปรดเริ่มเรื่องใหม่"))
        raise Refused(_("เรื่องนี้ยังทำขั้นนี้ไม่ได้ หรือมีผู้ทำไปแล้ว โปรดเปิดหน้าใหม่เพื่อดูสถานะล่าสุด"))
