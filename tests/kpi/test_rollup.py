"""Rolling up: parts add to the whole, and the list is as long as its number."""

from hypothesis import given
from hypothesis import strategies as st

from sajja.kpi import rollup
from sajja.kpi.rollup import Figure
from sajja.lib.figures import Row

paths = st.from_regex(r"(4[789]|5[01])0[1-9]0[1-3]0[1-5]000[1-3]", fullmatch=True)
rows = st.lists(
    st.builds(Row, path=paths, key=st.just("held"), thing=st.integers(1, 999), total=st.just(1), count=st.integers(0, 1)),
    max_size=60,
)


@given(rows)
def test_the_provinces_add_up_to_the_nation(rows: list[Row]) -> None:
    parts = rollup.by_part(rows, lambda path: path[:2])
    nation = rollup.figure("held", rows)
    assert (sum(n for n, _ in parts.values()), sum(d for _, d in parts.values())) == (nation.n, nation.d)


@given(rows)
def test_every_row_lies_in_exactly_one_district(rows: list[Row]) -> None:
    districts = {row.path[:4] for row in rows}
    under = [row for district in sorted(districts) for row in rollup.under(rows, [(district, district + "zz")])]
    assert sorted(under) == sorted(rows)


@given(rows)
def test_the_list_is_as_long_as_the_number(rows: list[Row]) -> None:
    assert len(rollup.behind(rows)) == rollup.figure("held", rows).n


def test_a_target_replaces_the_rows_own_denominator() -> None:
    held = [Row("480501010001", "held", 1, 1, 1), Row("480501020001", "held", 2, 1, 0)]
    assert rollup.figure("held", held) == Figure("held", 1, 2)
    assert rollup.figure("held", held, 10) == Figure("held", 1, 10)


def test_a_share_is_truncated_never_rounded() -> None:
    assert Figure("kpi", 455, 760).percent == "59.8%"
    assert Figure("kpi", 0, 0).percent == "–"


def test_rows_of_no_part_are_left_out() -> None:
    row = Row("100101010001", "held", 1, 1, 1)
    assert rollup.by_part([row], lambda _path: None) == {}
