"""Pictures: upright, small, without anything that cannot be seen, and no bomb goes off."""

import time
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from sajja.lib.refusals import Refused
from sajja.web import pictures

NORTH, LATITUDE, GPS, ORIENTATION, TAKEN = "N", (17.0, 2.0, 30.0), 0x8825, 0x0112, 0x9003
ON_ITS_SIDE = 6


def photo(size: tuple[int, int] = (2400, 1600), kind: str = "JPEG", exif: bool = True, mode: str = "RGB") -> SimpleUploadedFile:
    """A photo as a phone sends it: red on the left half, lying on its side, with the place it was taken."""
    picture = Image.new(mode, size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    out, tags = BytesIO(), Image.Exif()
    if exif:
        tags[ORIENTATION], tags[TAKEN] = ON_ITS_SIDE, "2021:06:10 09:00:00"
        tags.get_ifd(GPS).update({1: NORTH, 2: LATITUDE})
    picture.save(out, kind, exif=tags)
    return SimpleUploadedFile("photo.jpg", out.getvalue())


def test_a_photo_stands_upright_and_holds_no_place_nor_day() -> None:
    sent = photo()
    with Image.open(sent) as before:
        assert before.getexif().get_ifd(GPS)[1] == NORTH
    kept = pictures.keep(sent)
    path = pictures.path_of(kept.sha256)
    with Image.open(path) as stored:
        assert (stored.size, kept.width, kept.height) == ((1066, 1600), 1066, 1600) or stored.size == (1067, 1600)
        assert dict(stored.getexif()) == {}
        assert set(stored.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        top, bottom = stored.getpixel((500, 100)), stored.getpixel((500, 1500))
    assert (top[0] > 200, bottom[2] > 200) == (True, True)  # type: ignore[index]
    assert b"Exif" not in path.read_bytes()
    assert kept.bytes == path.stat().st_size


def test_the_same_photo_is_one_file_that_is_never_written_again() -> None:
    first = pictures.keep(photo())
    path = pictures.path_of(first.sha256)
    written = path.stat()
    assert pictures.keep(photo()) == first
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (written.st_mtime_ns, written.st_ino)
    assert [file for file in path.parent.iterdir() if file.suffix != ".jpg"] == []


def test_a_small_picture_is_not_made_larger() -> None:
    kept = pictures.keep(photo((320, 240), exif=False))
    assert (kept.width, kept.height) == (320, 240)


def test_what_is_transparent_becomes_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    kept = pictures.keep(SimpleUploadedFile("a.png", out.getvalue()))
    with Image.open(pictures.path_of(kept.sha256)) as stored:
        assert stored.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_become_jpeg(kind: str) -> None:
    kept = pictures.keep(photo((800, 600), kind, exif=False))
    with Image.open(pictures.path_of(kept.sha256)) as stored:
        assert (stored.format, stored.size) == ("JPEG", (800, 600))


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    out = BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG", optimize=False)
    sent = SimpleUploadedFile("bomb.png", out.getvalue())
    begun = time.perf_counter()
    with pytest.raises(Refused, match="25 ล้านพิกเซล"):
        pictures.keep(sent)
    assert time.perf_counter() - begun < 2


def test_a_jpeg_of_endless_scans_is_refused() -> None:
    body = photo((64, 64), exif=False).read()
    with pytest.raises(Refused, match="เข้ารหัสผิดปกติ"):
        pictures.keep(SimpleUploadedFile("a.jpg", body + b"\xff\xda" * 100))


def test_half_a_photo_is_refused_with_what_to_do() -> None:
    body = photo(exif=False).read()
    with pytest.raises(Refused, match="ถ่ายใหม่หรือส่งอีกครั้ง"):
        pictures.keep(SimpleUploadedFile("a.jpg", body[: len(body) // 2]))


@pytest.mark.parametrize(
    "body", [b"", b"GIF89a" + b"\x00" * 20, b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"MZ" + b"\x00" * 30]
)
def test_what_is_no_photo_is_refused(body: bytes) -> None:
    with pytest.raises(Refused, match="JPEG, PNG หรือ WebP"):
        pictures.keep(SimpleUploadedFile("a.jpg", body))


@pytest.mark.parametrize("name", ["../../etc/passwd", "ab", "g" * 64, "A" * 64])
def test_a_picture_has_no_other_name_than_its_sha256(name: str) -> None:
    with pytest.raises(ValueError, match="sha256"):
        pictures.path_of(name)
