"""`sajja calc …`: the arithmetic of the rules, for programs; no data, no database."""

import json

import pytest

from sajja.config.cli import main

FOUR = ["calc", "schedule", "--principal", "12000", "--annual-rate", "24", "--instalments", "4"]
METHODS = ["declining-equal-instalment", "declining-equal-principal", "flat"]


def rows(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, str]]:
    """The instalments that a command prints on one line."""
    assert main(["calc", "schedule", *words, "--json"]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    found: list[dict[str, str]] = json.loads(out)
    return found


def wrong(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command says last before it ends with 2."""
    with pytest.raises(SystemExit) as ended:
        raise SystemExit(main(["calc", *words]))
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err.splitlines()[-1]


def test_a_split_adds_up_and_needs_no_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calc", "split", "--total", "100", "--weights", "1,1,1", "--json"]) == 0
    assert main(["calc", "split", "--total", "101", "--weights", "3,7", "--json"]) == 0
    assert main(["calc", "split", "--total", "5", "--weights", "3,7"]) == 0
    assert capsys.readouterr().out == "[34,33,33]\n[30,71]\n[2,3]\n"


def test_a_split_by_nothing_is_refused() -> None:
    with pytest.raises(SystemExit):
        main(["calc", "split", "--total", "100", "--weights", "0,0"])


def test_a_schedule_is_one_line_of_baht_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--method", "declining-equal-instalment", "--rounding", "half-up", "--instalment-multiple", "0.01", "--json"]
    assert main([*FOUR, *given]) == 0
    assert capsys.readouterr().out == (
        '[{"no":1,"principal":"2911.49","interest":"240.00","balance":"9088.51"},'
        '{"no":2,"principal":"2969.72","interest":"181.77","balance":"6118.79"},'
        '{"no":3,"principal":"3029.11","interest":"122.38","balance":"3089.68"},'
        '{"no":4,"principal":"3089.68","interest":"61.79","balance":"0.00"}]\n'
    )


def test_what_is_not_said_is_declining_half_up_to_the_satang(capsys: pytest.CaptureFixture[str]) -> None:
    said = rows(capsys, *FOUR[2:])
    assert said == rows(
        capsys, *FOUR[2:], "--method", METHODS[0], "--rounding", "half-up", "--instalment-multiple", "0.01", "--grace", "0"
    )


def test_without_json_it_is_for_the_eye(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(FOUR) == 0
    out = capsys.readouterr().out
    assert (out.count("\n"), json.loads(out)[3]["balance"]) == (26, "0.00")


@pytest.mark.parametrize(
    ("rounding", "three", "last"),
    [("half-even", ("312.38", "15.62"), ("312.86", "15.64")), ("half-up", ("312.37", "15.63"), ("312.89", "15.61"))],
)
def test_both_roundings_of_whole_baht(
    rounding: str, three: tuple[str, str], last: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--principal", "1,250", "--annual-rate", "15", "--instalments", "4", "--method", "flat"]
    found = rows(capsys, *given, "--instalment-multiple", "1", "--rounding", rounding)
    assert [(row["principal"], row["interest"]) for row in found] == [three, three, three, last]


def test_a_rate_may_have_decimals(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys, "--principal", "12000", "--annual-rate", "11.5", "--instalments", "2", "--method", METHODS[1])
    assert [row["interest"] for row in found] == ["115.00", "57.50"]


@pytest.mark.parametrize("method", METHODS)
def test_calc_knows_no_law(method: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys, "--principal", "100", "--annual-rate", "120", "--instalments", "1", "--method", method)
    assert found == [{"no": 1, "principal": "100.00", "interest": "10.00", "balance": "0.00"}]


def test_a_dividend_counts_the_months_left(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calc", "dividend", "--rate", "5.70", "--opening", "100000", "--monthly", "1000", "--json"]) == 0
    assert main(["calc", "dividend", "--rate", "7", "--opening", "50000", "--monthly", "500", "--json"]) == 0
    assert main(["calc", "dividend", "--rate", "7", "--opening", "50000", "--json"]) == 0
    assert capsys.readouterr().out == '{"dividend":"6013.50"}\n{"dividend":"3692.50"}\n{"dividend":"3500.00"}\n'


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (["--principal", "12000.005"], "write baht with at most two decimals, not below nought: 12000 or 12000.50"),
        (["--annual-rate", "-1"], "write a rate in percent, not below nought: 12 or 11.5"),
        (["--annual-rate", "1e3"], "write a rate in percent, not below nought: 12 or 11.5"),
        (["--instalments", "0"], "write a whole number from 1 to 1200"),
        (["--instalments", "4.5"], "write a whole number from 1 to 1200"),
        (["--instalment-multiple", "0.25"], "instalments are to the satang (0.01) or in whole baht (1)"),
        (["--grace", "x"], "write a whole number from 0 to 1200"),
    ],
)
def test_a_wrong_word_ends_with_2_and_a_sentence(changed: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = wrong(capsys, *FOUR[1:], f"{changed[0]}={changed[1]}")
    assert said == f"sajja calc schedule: error: argument {changed[0]}: {sentence}"


def test_so_many_instalments_as_cannot_be_end_with_2_and_say_why(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--principal", "100", "--annual-rate", "15", "--instalments", "60", "--method", "flat"]
    assert wrong(capsys, "schedule", *given, "--instalment-multiple", "1") == (
        "sajja: ผ่อน 60 งวดไม่ได้ เพราะงวดละ 3.00 บาทจะหมดตั้งแต่งวดที่ 58 โปรดใช้ 58 งวด หรือคิดงวดเป็นสตางค์"
    )
    assert wrong(capsys, "schedule", "--principal", "0", *given[2:]) == "sajja: จำนวนเงินกู้ต้องมากกว่า 0 บาท"
