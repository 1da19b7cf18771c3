"""Which groups a visit goes to: by risk with its reasons, by chance so that anyone can repeat the draw."""

from hypothesis import given
from hypothesis import strategies as st

from sajja.followup.suggesting import CHANCE, OWN, RISK, Candidate, Reason, by_chance, by_risk, suggested

PATHS = st.lists(st.integers(1, 400), unique=True, max_size=30).map(lambda numbers: [f"4805{n:08}" for n in numbers])
LATE = Reason("report", "รายงานช้า", 2)
NO_FORUM = Reason("forum", "ยังไม่จัดเวที", 5)


def plain(path: str, *reasons: Reason) -> Candidate:
    return Candidate(int(path[4:]), path, f"กลุ่ม {path}", reasons)


def test_the_heaviest_reasons_come_first_and_the_heaviest_reason_is_said_first() -> None:
    both, late, none = plain("480500000002", LATE, NO_FORUM), plain("480500000001", LATE), plain("480500000003")
    assert by_risk([late, none, both]) == [both, late]
    assert both.words == ["ยังไม่จัดเวที", "รายงานช้า"]


def test_groups_without_a_reason_are_not_at_risk() -> None:
    assert by_risk([plain("480500000001")]) == []


@given(PATHS, st.text(max_size=12))
def test_a_draw_can_be_repeated_whatever_the_order_in_which_the_groups_are_read(paths: list[str], word: str) -> None:
    there = [plain(path) for path in paths]
    drawn = by_chance(there, word, 3)
    assert by_chance(list(reversed(there)), word, 3) == drawn
    assert len({one.path for one in drawn}) == min(3, len(there))


@given(PATHS, st.text(max_size=12), st.integers(0, 29))
def test_a_group_that_leaves_moves_no_other_out_of_the_draw(paths: list[str], word: str, which: int) -> None:
    there = [plain(path) for path in paths]
    gone = there[which % len(there)] if there else None
    before = by_chance(there, word, 4)
    after = by_chance([one for one in there if one != gone], word, 4)
    assert [one for one in before if one != gone] == after[: len([one for one in before if one != gone])]


def test_another_word_draws_other_groups() -> None:
    there = [plain(f"4805{n:08}") for n in range(1, 31)]
    assert [one.unit for one in by_chance(there, "2564-z11", 3)] != [one.unit for one in by_chance(there, "2564-z12", 3)]


@given(PATHS, st.sets(st.integers(1, 400)), st.text(max_size=8))
def test_every_group_is_offered_once_the_risky_before_the_drawn_before_the_others(
    paths: list[str], risky: set[int], word: str
) -> None:
    there = [plain(path, LATE) if int(path[4:]) in risky else plain(path) for path in paths]
    offered = suggested(there, word)
    assert sorted(one.candidate.path for one in offered) == sorted(paths)
    order = {RISK: 0, CHANCE: 1, OWN: 2}
    assert [order[one.how] for one in offered] == sorted(order[one.how] for one in offered)
    assert all(one.candidate.reasons for one in offered if one.how == RISK)
