"""Sharing out a surplus, pure: what is declared is shared to the satang for any members, weights and ways."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sajja.treasury import chart, dividend, shares
from sajja.treasury.shares import Claim, Head
from tests.sizes import size

HEADS = [
    Head("dividend", "23100", 6000), Head("refund", "23200", 1000), Head("welfare", "34530", 1500), Head("reserve", "34000", 1000),
    Head("public benefit", "34510", 500),
]  # fmt: skip
CLAIMS = st.lists(st.tuples(st.integers(0, 10**10), st.integers(0, 10**7)), min_size=1, max_size=60).filter(
    lambda rows: sum(row[0] for row in rows) > 0 and sum(row[1] for row in rows) > 0
)


@settings(max_examples=size(120, 5000))
@given(st.integers(1, 10**10), CLAIMS, st.sampled_from(["none", "cut-each", "whole-pool"]))
def test_heads_shares_and_the_rest_add_up_to_the_surplus(surplus: int, rows: list[tuple[int, int]], whole: str) -> None:
    claims = [Claim(at, weight, paid) for at, (weight, paid) in enumerate(rows)]
    made = shares.share(surplus, HEADS, claims, whole=whole)
    amounts = {head.code: satang for head, satang in made.heads}
    assert sum(amounts.values()) == surplus
    assert made.dividend + made.refund + made.rest == amounts[chart.DIVIDENDS_UNPAID] + amounts[chart.REFUNDS_UNPAID]
    assert made.rest >= 0
    assert all(due.dividend >= 0 and due.refund >= 0 for due in made.dues)
    assert all(not due.dividend for due in made.dues if not due.weight)
    if whole == "none":
        assert made.rest == 0
    else:
        assert all(due.dividend % 100 == due.refund % 100 == 0 for due in made.dues)


@settings(max_examples=size(80, 2000))
@given(st.integers(1, 10**8), CLAIMS, st.sampled_from(["month-weighted", "year-end", "average"]), st.integers(1, 100_000))
def test_a_fixed_rate_leaves_a_rest_or_says_that_the_head_is_too_small(
    surplus: int, rows: list[tuple[int, int]], base: str, rate: int
) -> None:
    claims = [Claim(at, weight, paid) for at, (weight, paid) in enumerate(rows)]
    months = shares.months_of(base)
    percent = Decimal(rate) / 10_000
    wanted = sum(dividend.at_rate(percent, [claim.weight for claim in claims], months))
    if wanted > dividend.heads(surplus, [head.percent_bp for head in HEADS])[0]:
        with pytest.raises(ValueError, match="เกินเงินปันผลที่จัดสรรไว้"):
            shares.share(surplus, HEADS, claims, base=base, rate=percent)
        return
    made = shares.share(surplus, HEADS, claims, base=base, rate=percent)
    assert (made.dividend, made.rest) == (wanted, made.heads[0][1] - wanted)


@settings(max_examples=size(100, 2000))
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=40), st.sampled_from([1, 25, 100]))
def test_cash_is_cut_from_the_last_until_coins_make_it_up(amounts: list[int], step: int) -> None:
    paid = shares.in_coins(amounts, step)
    assert sum(paid) == sum(amounts) // step * step
    assert all(0 <= given <= amount for given, amount in zip(paid, amounts, strict=True))


def test_nobody_to_share_with_and_a_loss_say_why() -> None:
    with pytest.raises(ValueError, match="ไม่มีกำไรสุทธิ"):
        shares.share(-194_869, HEADS, [Claim(1, 100, 100)])
    with pytest.raises(ValueError, match="ไม่มีผู้มีสิทธิ"):
        shares.share(100, HEADS, [Claim(1, 100, 0)])


def test_the_accounts_of_usual_names() -> None:
    names = ["เงินปันผล", "เงินเฉลี่ยคืน", "ทุนสำรอง", "สวัสดิการ", "สาธารณประโยชน์", "ค่าตอบแทนกรรมการ", "ขยายกลุ่ม"]
    assert [shares.code_for(name) for name in names] == ["23100", "23200", "34000", "34530", "34510", "34500", "34570"]
