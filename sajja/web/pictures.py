"""Pictures: shrunk, upright, without EXIF or position, named by what they hold, written before the commit.

A picture is decoded and encoded again, so nothing of the sent file survives but what can be seen. The same picture kept
twice is one file; a file is never overwritten.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from sajja.lib.refusals import Refused
from sajja.web import uploads

LONG_EDGE = 1600
QUALITY = 82
MAX_PIXELS = {"JPEG": 80_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
"""Refused from the header, before anything is decoded. JPEG is decoded at a fraction of its size, the others whole."""
MAX_SCANS = 40
"""A progressive JPEG of a camera has about ten; each costs a pass over the whole picture."""
KINDS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True)
class Kept:
    """A picture on the disk: its name by content, its size in pixels and in bytes."""

    sha256: str
    width: int
    height: int
    bytes: int


def keep(upload: UploadedFile[Any]) -> Kept:
    """Store a photo and say what was stored. Refused in Thai where it cannot be used."""
    uploads.check_picture(upload)
    return keep_bytes(*encoded(upload))


def keep_bytes(jpeg: bytes, width: int, height: int) -> Kept:
    """Store a JPEG that is ours already (the demonstration's drawings)."""
    name = sha256(jpeg).hexdigest()
    write_once(path_of(name), jpeg)
    return Kept(name, width, height, len(jpeg))


def path_of(name: str) -> Path:
    """Where the picture with this sha256 lies: pictures/ab/cdef….jpg in the data folder."""
    if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
        raise ValueError("a picture is named by the sha256 of its bytes")
    return settings.SAJJA_DATA / "pictures" / name[:2] / f"{name[2:]}.jpg"


def encoded(upload: UploadedFile[Any]) -> tuple[bytes, int, int]:
    """The picture as our own JPEG, with width and height; long edge at most 1600 pixels."""
    try:
        with Image.open(upload, formats=KINDS) as sent:
            too_large(sent)
            too_many_scans(sent, upload)
            return as_jpeg(sent)
    except Refused:
        raise
    except Image.DecompressionBombError:
        raise Refused(_("รูปกว้างหรือสูงเกินไป ใช้รูปที่ไม่เกิน %s ล้านพิกเซล") % (MAX_PIXELS["PNG"] // 1_000_000)) from None
    except Exception as broken:  # Pillow's decoders raise many kinds, and none of them is the person's fault
        raise Refused(_("เปิดรูปนี้ไม่ได้ ไฟล์อาจเสียหรือส่งมาไม่ครบ ถ่ายใหม่หรือส่งอีกครั้ง")) from broken


def too_large(sent: Image.Image) -> None:
    """Refused where the header promises more pixels than any phone makes."""
    width, height = sent.size
    most = MAX_PIXELS[str(sent.format)]
    if width * height > most:
        raise Refused(_("รูปกว้างหรือสูงเกินไป ใช้รูปที่ไม่เกิน %s ล้านพิกเซล") % (most // 1_000_000))


def too_many_scans(sent: Image.Image, upload: UploadedFile[Any]) -> None:
    """Refused where a JPEG is built to be decoded over and over."""
    if sent.format != "JPEG":
        return
    upload.seek(0)
    scans = upload.read().count(b"\xff\xda")
    upload.seek(0)
    if scans > MAX_SCANS:
        raise Refused(_("รูปนี้เข้ารหัสผิดปกติ ถ่ายใหม่หรือจับภาพหน้าจอแล้วส่ง"))


def as_jpeg(sent: Image.Image) -> tuple[bytes, int, int]:
    """Upright, on white, RGB, shrunk, encoded without any metadata."""
    sent.draft("RGB", (LONG_EDGE, LONG_EDGE))  # JPEG only: decodes at a fraction; others ignore it
    if sent.mode == "P":
        sent = sent.convert("RGBA")
    sent.thumbnail((LONG_EDGE, LONG_EDGE))
    upright = ImageOps.exif_transpose(sent)
    if upright.mode in {"RGBA", "LA", "PA"}:
        alpha = upright.convert("RGBA")
        upright = Image.new("RGB", alpha.size, "white")
        upright.paste(alpha, mask=alpha.getchannel("A"))
    plain = Image.new("RGB", upright.size)
    plain.paste(upright.convert("RGB"))
    out = BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue(), *plain.size


def write_once(path: Path, content: bytes) -> None:
    """Write to a temporary name, flush to the disk, then link under its own name; an existing file stays as it is."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part") as part:
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
        os.fchmod(part.fileno(), 0o640)
        try:
            os.link(part.name, path)
        except FileExistsError:
            return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
