import pytest
from hypothesis import given
from hypothesis import strategies as st

from sajja.lib.names import clean, find_key, full_name, without_title


def test_spaces_are_single_and_nothing_invisible_stays() -> None:
    assert clean("  บุญมี \u00a0 ใจ\u200bดี\ufeff\n") == "บุญมี ใจดี"


def test_letters_that_only_look_right_are_mended() -> None:
    assert clean("เเม่น้ํา") == "แม่น้ำ"
    assert clean("น\u0e4d\u0e49\u0e32") == "น้ำ"


def test_a_vowel_and_a_tone_typed_in_either_order_are_one_name() -> None:
    assert clean("ก\u0e48\u0e38") == clean("ก\u0e38\u0e48")


def test_the_title_stands_close_to_the_first_name() -> None:
    assert full_name("นาง", " บุญมี ", "ใจดี") == "นางบุญมี ใจดี"
    assert full_name("", "บุญมี", "") == "บุญมี"


def test_any_part_of_a_name_is_found_whatever_stands_between_the_letters() -> None:
    kept = find_key("กลุ่มออมทรัพย์ฯ บ้านนาดี (หมู่ ๒) Ban Na Di")

    assert kept == "กลุ่มออมทรัพย์บ้านนาดีหมู่2bannadi"
    for typed in ("ออมทรัพย์", "บ้าน นาดี", "หมู่ 2", "หมู่๒", "BAN NA", "ทรัพย์บ้านนา"):
        assert find_key(typed) in kept


def test_a_key_holds_nothing_that_a_like_pattern_reads() -> None:
    assert find_key("50%_\\*?") == "50"


THAI = st.text("กนมเแาำุ\u0e4d\u0e48\u0e49\u200b\u00a0 e\u0301", max_size=12)


@given(st.text(max_size=60) | THAI)
def test_clean_twice_is_clean_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("นางบุญมี ใจดี", "บุญมี ใจดี"), ("นางสาววันดี มีออม", "วันดี มีออม"), ("น.ส. วันดี", "วันดี"), ("ด.ช.เอก", "เอก"),
        ("บุญมี นางาม", "บุญมี นางาม"), ("นาย", "นาย"),
    ],
)  # fmt: skip
def test_a_name_sorts_without_its_title(name: str, bare: str) -> None:
    assert without_title(name) == bare
