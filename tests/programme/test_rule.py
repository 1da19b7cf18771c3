"""The rule of selection: rule 1 first, rule 2 fills what it leaves, a reason for everyone left out."""

from hypothesis import given
from hypothesis import strategies as st

from sajja.programme import files, rule, terms
from sajja.programme.rule import Candidate

RULES = terms.read(files.mapping_of(2564)).rules
NAKHON_PHANOM = {"48": 10}


def group(
    number: int, level: int | None = 3, *, founder: bool = False, district: str = "4805", closed: bool = False
) -> Candidate:
    """A candidate of a district, graded for 2564."""
    return Candidate(
        number, f"กลุ่ม {number}", f"{district}01010{number:03}", level, 2564 if level else None, founder, closed=closed
    )


def test_a_founder_of_level_3_comes_by_rule_1_and_another_of_level_3_by_rule_2() -> None:
    assert [rule.admitting(g, RULES) for g in (group(1, founder=True), group(2))] == [1, 2]


def test_a_founder_below_level_3_comes_by_no_rule() -> None:
    assert rule.admitting(group(1, level=2, founder=True), RULES) is None


def test_a_closed_group_comes_by_no_rule() -> None:
    assert rule.admitting(group(1, closed=True), RULES) is None


def test_rule_2_fills_only_what_rule_1_leaves() -> None:
    every = [group(1), group(2, founder=True), group(3), group(4, founder=True)]
    assert [c.group for c in rule.suggest(every, RULES, {"48": 3})] == [2, 4, 1]


def test_where_the_quota_is_per_district_each_district_fills_its_own() -> None:
    every = [group(1), group(2, founder=True), group(3, district="4808"), group(4, district="4808", level=2)]
    assert [c.group for c in rule.suggest(every, RULES, {"4805": 1, "4808": 1})] == [2, 3]


def test_choosing_by_rule_2_past_a_founder_needs_a_reason() -> None:
    every = [group(1), group(2, founder=True), group(3)]
    assert [c.group for c in rule.passed_over(every, {1}, RULES, NAKHON_PHANOM)] == [2]


def test_a_founder_of_another_district_is_not_passed_over_where_districts_have_their_own_quota() -> None:
    every = [group(1), group(2, founder=True, district="4808")]
    assert rule.passed_over(every, {1}, RULES, {"4805": 1, "4808": 1}) == []


def test_the_facts_that_admit_a_group_are_said() -> None:
    founder = Candidate(1, "กลุ่ม", "480501010001", 3, 2563, True, "ศูนย์จัดการกองทุนชุมชนบ้านตัวอย่าง")
    assert rule.why_admitted(founder, RULES) == "ระดับ 3 (ปี 2563) แกนนำจัดตั้งศูนย์จัดการกองทุนชุมชนบ้านตัวอย่าง"


def test_each_group_left_out_has_its_own_reason() -> None:
    def why(candidate: Candidate, **facts: object) -> str:
        return rule.why_left_out(candidate, RULES, **({"proposed": False, "filled": 0, "places": 10} | facts))  # type: ignore[arg-type]

    assert [
        why(group(1, level=2)),
        why(group(1, level=None)),
        why(group(1, closed=True)),
        why(group(1), filled=10),
        why(group(1)),
        why(group(1), proposed=True),
        why(group(1, founder=True), because="กลุ่มขอพักปีนี้"),
    ] == [
        "ระดับ 2 (ปี 2564) หลักเกณฑ์ต้องเป็นระดับ 3",
        "ยังไม่มีผลการจัดระดับการพัฒนา",
        "เลิกกลุ่มแล้ว",
        "เข้าหลักเกณฑ์ข้อ 2 แต่ครบโควตา 10 แห่งแล้ว",
        "เข้าหลักเกณฑ์ข้อ 2 แต่อำเภอไม่ได้เสนอ",
        "เข้าหลักเกณฑ์ข้อ 2 อำเภอเสนอ แต่จังหวัดไม่ได้เลือก",
        "เข้าหลักเกณฑ์ข้อ 1 กลุ่มขอพักปีนี้",
    ]


candidates = st.lists(
    st.builds(
        Candidate,
        group=st.integers(1, 10_000),
        name=st.just("กลุ่ม"),
        path=st.builds(lambda district, n: f"48{district:02}01{n:06}", st.integers(1, 3), st.integers(0, 999_999)),
        level=st.none() | st.integers(1, 3),
        level_year=st.just(2564),
        founder=st.booleans(),
        closed=st.booleans(),
    ),
    max_size=30,
    unique_by=(lambda c: c.group, lambda c: c.path),
)
scopes = st.fixed_dictionaries({"48": st.integers(0, 12)}) | st.fixed_dictionaries(
    {f"48{n:02}": st.integers(0, 5) for n in (1, 2, 3)}
)


@given(candidates, scopes)
def test_the_rule_never_passes_the_quota_and_never_takes_whom_no_rule_admits(
    every: list[Candidate], places: dict[str, int]
) -> None:
    chosen = rule.suggest(every, RULES, places)
    assert all(rule.admitting(c, RULES) for c in chosen)
    assert all(sum(c.path.startswith(scope) for c in chosen) <= quota for scope, quota in places.items())


@given(candidates, scopes)
def test_a_place_stays_empty_only_where_nobody_admitted_is_left(every: list[Candidate], places: dict[str, int]) -> None:
    chosen = {c.group for c in rule.suggest(every, RULES, places)}
    for scope, quota in places.items():
        here = [c for c in every if c.path.startswith(scope) and rule.admitting(c, RULES)]
        assert sum(c.group in chosen for c in here) == min(quota, len(here))


@given(candidates, scopes)
def test_the_rules_own_choice_passes_nobody_over(every: list[Candidate], places: dict[str, int]) -> None:
    chosen = {c.group for c in rule.suggest(every, RULES, places)}
    assert rule.passed_over(every, chosen, RULES, places) == []


@given(candidates, scopes)
def test_the_order_of_the_register_changes_nothing(every: list[Candidate], places: dict[str, int]) -> None:
    assert rule.suggest(every, RULES, places) == rule.suggest(list(reversed(every)), RULES, places)


@given(candidates)
def test_everyone_has_either_facts_or_a_reason(every: list[Candidate]) -> None:
    assert all(bool(rule.why_admitted(c, RULES)) != bool(rule.why_not(c, RULES)) for c in every)
