"""What an uploaded file really is, told from its first bytes; a wrong one is refused with what to do."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from sajja.lib.refusals import Refused

MB = 1024 * 1024
PICTURE_MAX = 15 * MB
SHEET_MAX = 10 * MB
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"}


def check_picture(upload: UploadedFile[Any]) -> None:
    """Refused unless JPEG, PNG or WebP of at most 15 MB."""
    if (upload.size or 0) > PICTURE_MAX:
        raise Refused(_("รูปใหญ่เกิน 15 MB ถ่ายใหม่ให้เล็กลง หรือส่งรูปอื่น"))
    head = first_bytes(upload)
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        raise Refused(_("รูปแบบ HEIC ยังใช้ไม่ได้ ตั้งกล้องโทรศัพท์เป็น JPEG (เข้ากันได้มากที่สุด) หรือจับภาพหน้าจอของรูปนี้แล้วส่ง"))
    if not kind_of_picture(head):
        raise Refused(_("ไฟล์นี้ไม่ใช่รูปที่เปิดได้ ใช้ไฟล์ JPEG, PNG หรือ WebP"))


def check_sheet(upload: UploadedFile[Any]) -> None:
    """Refused unless a workbook (.xlsx) of at most 10 MB."""
    if (upload.size or 0) > SHEET_MAX:
        raise Refused(_("ไฟล์ใหญ่เกิน 10 MB แบ่งเป็นหลายไฟล์แล้วส่งทีละไฟล์"))
    if not first_bytes(upload).startswith(b"PK\x03\x04"):
        raise Refused(_("ไฟล์นี้ไม่ใช่ Excel แบบ .xlsx เปิดใน Excel แล้วบันทึกเป็น .xlsx ก่อนส่ง"))


def kind_of_picture(head: bytes) -> str:
    """JPEG, PNG, WEBP, or nothing."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    return "WEBP" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else ""


def first_bytes(upload: UploadedFile[Any]) -> bytes:
    """The first 16 bytes; the upload is left at its beginning."""
    upload.seek(0)
    head = upload.read(16)
    upload.seek(0)
    return bytes(head)
