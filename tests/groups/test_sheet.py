"""Reading a sheet of the register: every wrong cell says what to do."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sajja.groups.models import percent_of_bp
from sajja.groups.sheet import COLUMNS, Gazetteer, Known, Reader, Wanted, sort_out

NAMES = {
    "48": "นครพนม", "4801": "เมืองนครพนม", "480101": "ในเมือง", "4805": "ธาตุพนม", "480501": "ธาตุพนม", "480505": "อุ่มเหม้า",
    "10": "กรุงเทพมหานคร", "1001": "พระนคร", "100101": "พระบรมมหาราชวัง",
}  # fmt: skip
USUAL = {
    "ชื่อกลุ่ม": "กลุ่มออมทรัพย์บ้านอุ่มเหม้า", "จังหวัด": "นครพนม", "อำเภอ": "ธาตุพนม", "ตำบล": "อุ่มเหม้า", "หมู่ที่": "2",
    "ชื่อหมู่บ้าน": "บ้านอุ่มเหม้า",
}  # fmt: skip


def reader(known: list[Known] | None = None) -> Reader:
    places = Gazetteer(NAMES, {"48050503": "บ้านนาถ่อน"})
    return Reader(places, known or [], lambda path: path.startswith("48"), date(2021, 6, 10), 2564)


def cells(changes: dict[str, str]) -> dict[str, str]:
    return dict.fromkeys(COLUMNS, "") | USUAL | changes


def problems(*changes: dict[str, str], known: list[Known] | None = None) -> list[list[tuple[str, str]]]:
    reading = reader(known).read((row, cells(change)) for row, change in enumerate(changes, 2))
    return [wrong.problems for wrong in reading.wrong]


@pytest.mark.parametrize(
    "typed",
    [
        {"จังหวัด": "จ.นครพนม", "อำเภอ": "อ.ธาตุพนม", "ตำบล": "ต.อุ่มเหม้า"},
        {"จังหวัด": "จังหวัดนครพนม", "อำเภอ": "อำเภอ ธาตุพนม", "ตำบล": "ตำบลอุ่มเหม้า", "หมู่ที่": "หมู่ 2"},
        {"หมู่ที่": "๒"},
        {"หมู่ที่": "ม.2"},
    ],
)
def test_places_are_found_as_people_write_them(typed: dict[str, str]) -> None:
    [wanted] = reader().read([(2, cells(typed))]).wanted
    assert wanted.village_code == "48050502"


def test_amphoe_mueang_is_the_provinces_own() -> None:
    [wanted] = reader().read([(2, cells({"อำเภอ": "เมือง", "ตำบล": "ในเมือง"}))]).wanted
    assert wanted.village_code == "48010102"


@pytest.mark.parametrize(
    ("typed", "column", "sentence"),
    [
        ({"อำเภอ": "ธาตพนม"}, "อำเภอ", "ไม่พบอำเภอ “ธาตพนม” ในนครพนม หมายถึง “ธาตุพนม” หรือไม่"),
        ({"จังหวัด": "ซซซ"}, "จังหวัด", "ไม่พบจังหวัด “ซซซ”  ตรวจตัวสะกด"),
        ({"ตำบล": ""}, "ตำบล", "ยังไม่ได้ใส่ตำบล"),
        ({"หมู่ที่": "100"}, "หมู่ที่", "ใส่หมู่ที่เป็นตัวเลข 1 ถึง 99"),
        ({"ชื่อหมู่บ้าน": ""}, "ชื่อหมู่บ้าน", "ยังไม่มีหมู่บ้านนี้ในระบบ ใส่ชื่อหมู่บ้านเพื่อให้ระบบเพิ่มให้"),
        ({"หมู่ที่": "3"}, "ชื่อหมู่บ้าน", "หมู่ 3 ในระบบชื่อ “บ้านนาถ่อน” ตรวจหมู่ที่ หรือเว้นชื่อว่างไว้"),
        ({"ชื่อกลุ่ม": ""}, "ชื่อกลุ่ม", "ยังไม่ได้ใส่ชื่อกลุ่ม"),
        ({"วันก่อตั้ง": "11 มิ.ย. 2564"}, "วันก่อตั้ง", "วันก่อตั้งต้องไม่หลัง 10 มิ.ย. 2564"),
        ({"ระดับ": "4", "ปีที่จัดระดับ": "2564", "ที่มาของระดับ": "อำเภอ"}, "ระดับ", "ระดับมี 1, 2 และ 3 ใส่ตัวเลขตัวเดียว"),
        ({"ระดับ": "3", "ปีที่จัดระดับ": "2565", "ที่มาของระดับ": "อำเภอ"}, "ปีที่จัดระดับ", "ใส่ปีงบประมาณเป็น พ.ศ. ไม่เกิน 2564"),
        ({"จังหวัด": "กทม", "อำเภอ": "พระนคร", "ตำบล": "พระบรมมหาราชวัง"}, "ตำบล", "อยู่นอกพื้นที่ของหน่วยงานท่าน ลบแถวนี้ หรือให้หน่วยงานของพื้นที่นั้นนำเข้า"),
        ({"ชื่อกลุ่ม": "ก" * 151}, "ชื่อกลุ่ม", "ยาวเกิน 150 ตัวอักษร ย่อให้สั้นลง"),
    ],
)  # fmt: skip
def test_a_wrong_cell_says_what_to_do(typed: dict[str, str], column: str, sentence: str) -> None:
    assert problems(typed) == [[(column, sentence)]]


def test_a_centre_needs_name_year_and_evidence() -> None:
    [found] = problems({"ปีที่จัดตั้งศูนย์": "2560"})
    assert [column for column, _sentence in found] == ["ศูนย์จัดการกองทุนชุมชนที่เป็นแกนนำจัดตั้ง", "หลักฐานการจัดตั้งศูนย์"]


def test_the_same_group_twice_in_a_file_is_told() -> None:
    assert problems({}, {}) == [[("ชื่อกลุ่ม", "ซ้ำกับแถว 2 เหลือไว้แถวเดียว")]]


def test_two_names_for_one_village_are_told() -> None:
    [[(column, sentence)]] = problems({}, {"ชื่อกลุ่ม": "กลุ่มอื่น", "ชื่อหมู่บ้าน": "บ้านดอน"})
    assert (column, sentence) == ("ชื่อหมู่บ้าน", "หมู่ 2 ในแถว 2ชื่อ “บ้านอุ่มเหม้า” ตรวจหมู่ที่ หรือเว้นชื่อว่างไว้")


def test_a_code_of_another_village_is_refused() -> None:
    held = Known(7, "A1", "48050599", "กลุ่มดอน")
    assert problems({"รหัสทะเบียน": "A1"}, known=[held]) == [[("รหัสทะเบียน", "รหัสนี้เป็นของ กลุ่มดอน ซึ่งอยู่ที่อื่น ตรวจรหัสหรือที่ตั้ง")]]


def test_a_row_survives_being_kept_as_json() -> None:
    [wanted] = reader().read([(2, cells({"วันก่อตั้ง": "15 มี.ค. 2545"}))]).wanted
    assert Wanted.of(wanted.kept()) == wanted


def test_a_group_is_known_by_code_or_by_name_in_its_village() -> None:
    known = [Known(1, "A1", "48050502", "กลุ่มหนึ่ง"), Known(2, "480505020002", "48050502", "กลุ่ม สอง")]
    rows = [Wanted(2, "48050502", "", "ชื่ออื่น", "A1"), Wanted(3, "48050502", "", "กลุ่มสอง"), Wanted(4, "48050503", "", "กลุ่มสอง")]
    out = sort_out(rows, known)
    assert ([pk for pk, _row in out.known], [row.row for row in out.new]) == ([1, 2], [4])


names = st.lists(st.sampled_from(["กลุ่มก", "กลุ่มข", "กลุ่มค", "กลุ่มง"]), unique=True)


@given(names, names)
def test_sorting_out_twice_finds_nothing_new(there: list[str], sent: list[str]) -> None:
    known = [Known(n, f"K{n}", "48050502", name) for n, name in enumerate(there, 1)]
    rows = [Wanted(n, "48050502", "", name) for n, name in enumerate(sent, 2)]
    first = sort_out(rows, known)
    assert len(first.new) + len(first.known) == len(rows)
    made = [Known(100 + row.row, f"M{row.row}", row.village_code, row.name) for row in first.new]
    assert sort_out(rows, [*known, *made]).new == []


@given(st.integers(0, 10_000))
def test_basis_points_are_read_back(bp: int) -> None:
    assert round(float(percent_of_bp(bp)) * 100) == bp
