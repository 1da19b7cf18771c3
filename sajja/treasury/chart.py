"""The chart of accounts that a group starts from, and what stands under which heading. Pure.

The nearest real chart found is a village fund's ledger of five digits; dividends and refunds once declared are
liabilities here. A group may add headings of its own.
"""

from typing import Final, NamedTuple

CASH: Final = "11000"
BANK: Final = "12100"
LOANS: Final = "13000"
ALLOWANCE: Final = "13100"
SHORT: Final = "14030"
OTHER_RECEIVABLES: Final = "14020"
SPECIAL: Final = "20000"
DIVIDENDS_UNPAID: Final = "23100"
REFUNDS_UNPAID: Final = "23200"
LEAVERS: Final = "23300"
HELD_FOR_OTHERS: Final = "23400"
PLEDGED: Final = "31020"
OPENING_DIFFERENCE: Final = "33900"
PUBLIC_BENEFIT: Final = "34510"
WELFARE: Final = "34530"
RETAINED: Final = "33000"
RESERVE: Final = "34000"
RISK: Final = "34520"
RESULT: Final = "40000"
LOAN_INTEREST: Final = "41000"
FINES: Final = "42000"
FEES: Final = "43000"
BANK_INTEREST: Final = "45000"
OTHER_INCOME: Final = "46000"
INTEREST_PAID: Final = "50000"
ADMINISTRATION: Final = "53000"
OPERATIONS: Final = "54000"
BANK_FEES: Final = "55000"
WELFARE_CHARGED: Final = "56000"
DEPRECIATED: Final = "17900"
ACCRUED: Final = "23500"
RECOVERED: Final = "46100"
DEPRECIATION: Final = "57000"
DOUBTFUL: Final = "58100"
BAD_DEBTS: Final = "58200"

FREE, ALWAYS, PAYMENTS = 0, 1, 2
MONEY: Final = (CASH, BANK)
BY_MEMBER: Final = (PLEDGED, SPECIAL, DIVIDENDS_UNPAID, REFUNDS_UNPAID, LEAVERS, OTHER_RECEIVABLES)
"""Headings under which a member has an account of his own."""


class Heading(NamedTuple):
    """A control account: kind A L Q I E, and whether it may fall below nought (ledger.models.Floor)."""

    code: str
    kind: str
    name: str
    floor: int = FREE


TEMPLATE: Final = (
    Heading(CASH, "A", "เงินสด", PAYMENTS),
    Heading(BANK, "A", "เงินฝากธนาคาร", PAYMENTS),
    Heading(LOANS, "A", "ลูกหนี้เงินกู้"),
    Heading(ALLOWANCE, "A", "ค่าเผื่อหนี้สงสัยจะสูญ"),
    Heading("14000", "A", "ลูกหนี้การค้า"),
    Heading(OTHER_RECEIVABLES, "A", "ลูกหนี้อื่น"),
    Heading(SHORT, "A", "เงินสดขาดบัญชีรอชดใช้"),
    Heading("15000", "A", "สินค้าคงเหลือ"),
    Heading("16000", "A", "สินทรัพย์หมุนเวียนอื่น"),
    Heading("17000", "A", "อุปกรณ์สำนักงาน"),
    Heading(DEPRECIATED, "A", "ค่าเสื่อมราคาสะสม"),
    Heading("18000", "A", "ที่ดินและอาคาร"),
    Heading("19000", "A", "สินทรัพย์ไม่หมุนเวียนอื่น"),
    Heading(SPECIAL, "L", "เงินสัจจะสะสมพิเศษ"),
    Heading("22000", "L", "เงินกู้ยืมระยะสั้น"),
    Heading("23000", "L", "หนี้สินหมุนเวียนอื่น"),
    Heading(DIVIDENDS_UNPAID, "L", "เงินปันผลค้างจ่าย"),
    Heading(REFUNDS_UNPAID, "L", "เงินเฉลี่ยคืนค้างจ่าย"),
    Heading(LEAVERS, "L", "เงินรอจ่ายผู้พ้นสมาชิกภาพและทายาท"),
    Heading(HELD_FOR_OTHERS, "L", "เงินรับฝากแทนผู้อื่น", ALWAYS),
    Heading(ACCRUED, "L", "ดอกเบี้ยค้างจ่าย"),
    Heading("23600", "L", "เงินรับล่วงหน้า"),
    Heading("24000", "L", "เงินกู้ยืมระยะยาว"),
    Heading("31000", "Q", "ทุนเรือนหุ้น"),
    Heading(PLEDGED, "Q", "เงินสัจจะสะสม"),
    Heading("32000", "Q", "เงินอุดหนุนจากรัฐ"),
    Heading("32060", "Q", "เงินอุดหนุนอื่น"),
    Heading(RETAINED, "Q", "กำไร(ขาดทุน)สะสม"),
    Heading(OPENING_DIFFERENCE, "Q", "ผลต่างยอดยกมารอตรวจสอบ"),
    Heading(RESERVE, "Q", "ทุนสำรอง"),
    Heading("34200", "Q", "ทุนสมทบ"),
    Heading("34500", "Q", "ค่าตอบแทนกรรมการ"),
    Heading(PUBLIC_BENEFIT, "Q", "ทุนสาธารณประโยชน์", ALWAYS),
    Heading(RISK, "Q", "ทุนประกันความเสี่ยง", ALWAYS),
    Heading(WELFARE, "Q", "ทุนสวัสดิการ", ALWAYS),
    Heading("34540", "Q", "ทุนการศึกษา", ALWAYS),
    Heading("34550", "Q", "ทุนบริหาร"),
    Heading("34560", "Q", "ทุนฌาปนกิจ", ALWAYS),
    Heading("34570", "Q", "ทุนอื่น"),
    Heading(RESULT, "Q", "กำไร(ขาดทุน)สุทธิประจำปี"),
    Heading(LOAN_INTEREST, "I", "ดอกเบี้ยรับเงินกู้"),
    Heading(FINES, "I", "ค่าปรับ"),
    Heading(FEES, "I", "ค่าธรรมเนียม"),
    Heading("44000", "I", "รายได้จากการขายและบริการ"),
    Heading(BANK_INTEREST, "I", "ดอกเบี้ยรับเงินฝากธนาคาร"),
    Heading(OTHER_INCOME, "I", "รายได้อื่น"),
    Heading(RECOVERED, "I", "หนี้สูญได้รับคืน"),
    Heading(INTEREST_PAID, "E", "ดอกเบี้ยจ่ายเงินสัจจะสะสมพิเศษ"),
    Heading("52000", "E", "ต้นทุนขาย"),
    Heading(ADMINISTRATION, "E", "ค่าใช้จ่ายในการบริหาร"),
    Heading(OPERATIONS, "E", "ค่าใช้จ่ายในการดำเนินงาน"),
    Heading(BANK_FEES, "E", "ค่าธรรมเนียมธนาคาร"),
    Heading(WELFARE_CHARGED, "E", "ค่าสวัสดิการ"),
    Heading(DEPRECIATION, "E", "ค่าเสื่อมราคา"),
    Heading("58000", "E", "ค่าใช้จ่ายอื่น"),
    Heading(DOUBTFUL, "E", "หนี้สงสัยจะสูญ"),
    Heading(BAD_DEBTS, "E", "หนี้สูญ"),
)


def under(control: str, key: str) -> str:
    """The code of an account under a heading: 31020, M01 → "31020:M01"."""
    return f"{control}:{''.join(key.split())}"
