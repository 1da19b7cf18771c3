"""The kinds of voucher, as the ledger's entries keep them, in the words of the page and the paper. Pure."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: Final[dict[str, Promise]] = {
    "opening": _("ยอดยกมา"),
    "collecting-day": _("วันส่งเงินสัจจะ"),
    "income": _("รายรับ"),
    "expense": _("รายจ่าย"),
    "general": _("รายการทั่วไป"),
    "cash-to-bank": _("นำเงินสดฝากธนาคาร"),
    "bank-to-cash": _("ถอนเงินจากธนาคาร"),
    "cash-moved": _("ย้ายเงินสดระหว่างผู้เก็บรักษา"),
    "cash-short": _("เงินสดขาดจากการนับ"),
    "cash-over": _("เงินสดเกินจากการนับ"),
    "cash-made-good": _("ชดใช้เงินสดที่ขาด"),
    "bank-interest": _("ดอกเบี้ยเงินฝากธนาคาร"),
    "bank-fee": _("ค่าธรรมเนียมธนาคาร"),
    "special-in": _("ฝากเงินสัจจะสะสมพิเศษ"),
    "special-out": _("ถอนเงินสัจจะสะสมพิเศษ"),
    "special-interest": _("ดอกเบี้ยเงินสัจจะสะสมพิเศษ"),
    "welfare": _("จ่ายสวัสดิการ"),
    "gift": _("จ่ายเพื่อสาธารณประโยชน์"),
    "member-leaves": _("จ่ายคืนผู้ลาออก"),
    "member-dies": _("จ่ายคืนทายาท"),
    "transfer": _("โอนเงินสัจจะระหว่างสมาชิก"),
    "unpaid-dividend-collected": _("จ่ายเงินปันผลค้างจ่าย"),
    "loan-out": _("จ่ายเงินกู้"),
    "loan-repaid": _("รับชำระคืนเงินกู้"),
    "loan-interest-adjusted": _("ปรับดอกเบี้ยเงินกู้ (ชำระย้อนวัน)"),
    "loan-taken-over": _("ผู้ค้ำรับภาระหนี้"),
    "loan-settled-by-savings": _("หักเงินสัจจะชำระหนี้"),
    "loan-written-off": _("ตัดหนี้สูญ"),
    "loan-recovered": _("หนี้สูญได้รับคืน"),
    "appropriation": _("จัดสรรกำไรสุทธิ"),
    "payout": _("จ่ายเงินปันผลและเฉลี่ยคืน"),
    "depreciation": _("ค่าเสื่อมราคา"),
    "allowance": _("ตั้งค่าเผื่อหนี้สงสัยจะสูญ"),
    "accrued-interest": _("ดอกเบี้ยเงินฝากพิเศษค้างจ่าย"),
    "audit-adjustment": _("ปรับปรุงตามผู้ตรวจสอบ"),
    "loss": _("ย้ายขาดทุนสุทธิ"),
    "closing": _("ปิดบัญชีรายได้และค่าใช้จ่าย"),
    "legacy": _("รายการจากโปรแกรมเดิม"),
    "reversal": _("แก้รายการ (กลับรายการ)"),
}
