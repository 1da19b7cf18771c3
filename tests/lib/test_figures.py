from sajja.lib.figures import Row


def test_rows_of_one_figure_add_up_to_numerator_and_denominator() -> None:
    rows = [Row("4801", "plan_signed", 7, 1, 1), Row("4802", "plan_signed", 8, 1, 0)]

    assert (sum(row.count for row in rows), sum(row.total for row in rows)) == (1, 2)
