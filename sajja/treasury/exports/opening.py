"""The workbook of an opening to fill in: its sheets with an example row, how each column is filled in, and one example worked out."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from sajja.groups.sheet import EXAMPLE_CODE
from sajja.treasury import chart
from sajja.treasury import opening_sheet as columns
from sajja.treasury.draft import DEPOSITS, INTEREST, LOANS, MEMBERS, MONEY, MONTHS, SO_FAR, SUMMED, Ground
from sajja.web.sheets import Cell, Column, Sheet, workbook

EXAMPLES: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    MEMBERS: (
        (EXAMPLE_CODE, "นางคำปุ่น ใจซื่อ (ตัวอย่าง)", "", "5 ม.ค. 2560", "100", "4800", "1000", "", ""),
    ),
    LOANS: (
        (
            EXAMPLE_CODE, "M01", "สามัญ", "คงที่", "รายเดือน", "12", "30000", "5 ก.พ. 2564", "11", "5 มี.ค. 2564", "ใช่", "30",
            "19092", "1200", "0", "M02, M03",
        ),
    ),
    DEPOSITS: ((EXAMPLE_CODE, *["100"] * 6, *[""] * 6),),
    INTEREST: ((EXAMPLE_CODE, "1200"),),
}  # fmt: skip
PLACES: Final = (
    (EXAMPLE_CODE, "บัญชีธนาคารแต่ละเล่ม: รหัส 12100 กับชื่อธนาคารและเลขที่บัญชี", "20000", "", "ธ.ก.ส.", "ธาตุพนม", "000-0-00000-0", ""),
    (EXAMPLE_CODE, "เงินสดที่คนอื่นเก็บรักษา: รหัส 11000 กับชื่อผู้เก็บรักษา", "500", "", "", "", "", "นายสมาน ขยันยิ่ง (ตัวอย่าง)"),
)  # fmt: skip


def template(ground: Ground, made_at: datetime) -> bytes:
    """The empty workbook; the sheets of the year so far only where the book begins in mid-year."""
    sheets = [Sheet(_("อ่านก่อน"), [Column(_("เรื่อง")), Column(_("วิธีใส่"))], _guide(ground))]
    sheets += [Sheet(sheet, _heads(sheet), EXAMPLES[sheet]) for sheet in (MEMBERS, LOANS)]
    sheets.append(Sheet(MONEY, _heads(MONEY), [*PLACES, *_headings("ALQ", places=True)]))
    if ground.mid_year:
        sheets.append(Sheet(SO_FAR, _heads(SO_FAR), list(_headings("IE"))))
        first = ground.fiscal_year_starts - 1
        months = [columns.CALENDAR[(first + at) % MONTHS] for at in range(MONTHS)]
        sheets.append(Sheet(DEPOSITS, [Column(head) for head in (columns.NUMBER, *months)], EXAMPLES[DEPOSITS]))
        sheets.append(Sheet(INTEREST, _heads(INTEREST), EXAMPLES[INTEREST]))
    sheets.append(
        Sheet(_("ตัวอย่างที่ทำแล้ว"), [Column(_("จาก")), Column(_("รายการ")), Column(_("เดบิต")), Column(_("เครดิต"))], worked())
    )
    return workbook(sheets, made_at)


def _heads(sheet: str) -> list[Column]:
    return [Column(head) for head in columns.COLUMNS[sheet]]


def _headings(kinds: str, *, places: bool = False) -> Iterator[Sequence[Cell]]:
    """The headings of the chart, their amounts left open; those that people and contracts fill are not among them."""
    for heading in chart.TEMPLATE:
        if heading.kind in kinds and heading.code not in SUMMED | {chart.OPENING_DIFFERENCE}:
            yield [heading.code, heading.name, "", "", *([""] * 4 if places else [])]


def _guide(ground: Ground) -> list[Sequence[Cell]]:
    rows = [
        (_("ทำตามลำดับ"), _("1 สมาชิก 2 เงินกู้ 3 เงินและกองทุน แล้วส่งไฟล์ในหน้าเปิดบัญชี ระบบตรวจและบอกทุกแถวที่ต้องแก้ ยังไม่เปิดบัญชีจนกว่าจะกดยืนยัน")),
        (_("แถวตัวอย่าง"), _("แถวที่ช่องแรกเป็น “ตัวอย่าง” ระบบข้ามให้ เขียนทับหรือลบก็ได้")),
        (_("ยอดวันไหน"), _("ยอด ณ สิ้นวันก่อนวันเริ่มบัญชี หน่วยเป็นบาท ทศนิยมไม่เกิน 2 ตำแหน่ง วันที่เช่น 5 ม.ค. 2563")),
        (MEMBERS, _("หนึ่งคนหนึ่งแถว เลขประจำตัวประชาชนเว้นว่างได้ คนที่อยู่ในทะเบียนแล้วใส่เลขที่เดิม ยอดยกมาเป็นของคนนั้น")),
        (LOANS, _("เฉพาะสัญญาที่ยังไม่หมด วิธีคิดดอกเบี้ย: คงที่ / ลดต้นลดดอก งวดละเท่ากัน / ลดต้นลดดอก เงินต้นเท่ากัน ร้อยละ 1 ต่อเดือนใส่ 12")),
        (columns.WHOLE, _("ใส่ ใช่ ถ้ากลุ่มตัดยอดงวดเป็นบาทเต็ม เว้นว่างถ้าคิดถึงสตางค์")),
        (columns.OUTSTANDING, _("เงินต้นที่ยังไม่ได้ชำระ ระบบคิดงวดที่เหลือและงวดที่ค้างจากตารางของสัญญาเอง")),
        (columns.INTEREST_PAID, _("เว้นว่างได้ ระบบคิดจากงวดที่ส่งแล้ว")),
        (columns.GUARANTORS, _("เลขที่สมาชิกหรือชื่อ คั่นด้วยจุลภาค")),
        (MONEY, _("ใส่ยอดหลังชื่อบัญชี ทรัพย์สินช่องเดบิต หนี้สินและทุนช่องเครดิต 17900 และ 13100 ช่องเครดิต ที่ไม่มีเว้นว่างไว้")),
        (_("บัญชีที่ไม่ต้องใส่"), _("31020 20000 และ 13000 ระบบรวมจากรายคนให้ ถ้าใส่ไว้จะใช้ตรวจว่าเท่ากัน")),
        (_("บัญชีของกลุ่มเอง"), _("เพิ่มแถวใหม่ รหัส 5 หลัก ขึ้นต้น 1 สินทรัพย์ 2 หนี้สิน 3 ทุน 4 รายได้ 5 ค่าใช้จ่าย")),
    ]  # fmt: skip
    if ground.mid_year:
        rows += [
            (SO_FAR, _("รายได้ช่องเครดิต ค่าใช้จ่ายช่องเดบิต ตั้งแต่ต้นปีบัญชีถึงวันก่อนเริ่ม")),
            (DEPOSITS, _("เงินสัจจะที่ส่งจริงในแต่ละเดือนของปีนี้ ใช้คิดปันผลปลายปี เดือนหลังวันเริ่มเว้นว่าง")),
            (INTEREST, _("ดอกเบี้ยเงินกู้ที่แต่ละคนจ่ายตั้งแต่ต้นปี ใช้คิดเฉลี่ยคืนปลายปี")),
        ]
    return [list(row) for row in rows]


def worked() -> list[Sequence[Cell]]:
    """A little group's opening, to see how both sides agree; plainly an example."""
    return [
        (_("ตัวอย่าง กลุ่มสมมติ 3 คน"), _("อ่านอย่างเดียว ระบบไม่อ่านแผ่นนี้"), "", ""),
        (MEMBERS, _("M01 นางคำปุ่น (ตัวอย่าง) สัจจะสะสม 14,400 สัจจะพิเศษ 5,000"), "", "19,400.00"),
        (MEMBERS, _("M02 นายสมาน (ตัวอย่าง) สัจจะสะสม 24,000"), "", "24,000.00"),
        (MEMBERS, _("M03 นางอุไร (ตัวอย่าง) สัจจะสะสม 4,800"), "", "4,800.00"),
        (LOANS, _("L1 ผู้กู้ M02 เงินต้นคงเหลือ 19,092"), "19,092.00", ""),
        (MONEY, _("11000 เงินสด"), "1,508.00", ""),
        (MONEY, _("12100 เงินฝากธนาคาร (ธ.ก.ส.)"), "33,000.00", ""),
        (MONEY, _("17000 อุปกรณ์สำนักงาน"), "3,000.00", ""),
        (MONEY, _("17900 ค่าเสื่อมราคาสะสม"), "", "600.00"),
        (MONEY, _("34000 ทุนสำรอง"), "", "5,200.00"),
        (MONEY, _("34530 ทุนสวัสดิการ"), "", "2,600.00"),
        (_("รวม"), _("สองข้างเท่ากัน เปิดบัญชีได้"), "56,600.00", "56,600.00"),
    ]  # fmt: skip
