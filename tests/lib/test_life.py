import pytest

from sajja.lib.life import Life
from sajja.lib.refusals import Refused

FORUM = Life(
    {
        "planned": {"hold": "held", "postpone": "postponed", "cancel": "cancelled"},
        "postponed": {"hold": "held", "cancel": "cancelled"},
    }
)


def test_a_move_in_the_table_leads_to_its_state() -> None:
    assert FORUM.after("planned", "postpone") == "postponed"
    assert FORUM.after("postponed", "hold") == "held"


def test_moves_are_those_of_the_state_in_the_order_of_the_table() -> None:
    assert FORUM.moves("planned") == ("hold", "postpone", "cancel")
    assert FORUM.moves("held") == ()


def test_ends_are_states_too() -> None:
    assert FORUM.states == {"planned", "postponed", "held", "cancelled"}


def test_a_move_that_the_state_does_not_allow_is_refused_with_what_to_do() -> None:
    with pytest.raises(Refused, match="โปรดเปิดหน้าใหม่เพื่อดูสถานะล่าสุด"):
        FORUM.after("postponed", "postpone")


def test_an_end_refuses_everything() -> None:
    with pytest.raises(Refused, match="เรื่องนี้จบแล้ว"):
        FORUM.after("cancelled", "hold")


def test_a_state_that_no_table_names_is_a_mistake_of_ours_not_of_the_person() -> None:
    with pytest.raises(KeyError):
        FORUM.after("lost", "hold")
