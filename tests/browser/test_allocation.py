"""The allocation sheet on a phone: it adds up while one types, as the server will."""

from collections.abc import Callable

import pytest

from tests.browser import crawl
from tests.browser.conftest import Visit


@pytest.mark.browser
def test_an_allocation_sheet_adds_up_while_one_types(visit: Callable[..., Visit]) -> None:
    reader = visit()
    crawl.sign_in(reader, "department_officer")
    reader.open("/budget/")
    reader.page.get_by_text("ปรับการจัดสรร").click()
    boxes = reader.page.locator('[name^="unit_"]')
    said = {}
    for typed in ("30,000.00", "1000", "๑,๐๐๐.๕๐", "", "อื่น"):
        boxes.first.fill(typed)
        said[typed] = [reader.page.text_content(f"[data-{name}]") for name in ("total", "left")]
    rest = ["2,251,000.00", "29,000.00"]
    assert (boxes.count(), said) == (
        76,
        {
            "30,000.00": ["2,280,000.00", "0.00"],
            "1000": rest,
            "๑,๐๐๐.๕๐": ["2,251,000.50", "28,999.50"],
            "": ["2,250,000.00", "30,000.00"],
            "อื่น": ["2,250,000.00", "30,000.00"],
        },
    )
    assert reader.complaints == []
