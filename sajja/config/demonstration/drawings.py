"""Pictures of forums, drawn by the program: each plainly a drawing, and says so (ภาพวาดจำลอง)."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from math import cos, pi, sin
from random import Random
from typing import Final

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from sajja.web.pictures import Kept, keep_bytes

SIZE: Final = (960, 720)
QUALITY: Final = 45
EACH: Final = 6
SKIN: Final = ("#c98f63", "#b97b50", "#d6a077")
SHIRTS: Final = ("#24406e", "#b98a1e", "#7a3b3b", "#3f6b4c", "#8a5a83", "#4c7a8c", "#c2703d", "#e4ddc8")
SKIES: Final = ("#dbe8ee", "#e9e3cf", "#d7e3d2", "#efe0cf")
SCENES: Final = {
    "4.1": "เปิดเวที ชี้แจงวัตถุประสงค์",
    "4.2": "ทบทวนระเบียบและผลงานของกลุ่ม",
    "4.3": "ประเมินธรรมาภิบาลร่วมกัน",
    "4.4": "ประเมินกระบวนการ SSG",
    "4.5": "ดูการใช้โปรแกรมบัญชี",
    "4.6": "ทำแผนการพัฒนากลุ่ม",
}


@dataclass(frozen=True)
class Drawing:
    """A kept picture, the step of the run-sheet that it shows, and its caption."""

    kept: Kept
    step: str
    caption: str


def every() -> dict[str, list[Drawing]]:
    """Step → its drawings, drawn and kept in the data folder; six of each step."""
    return {
        step: [Drawing(keep_bytes(draw(step, number), *SIZE), step, caption) for number in range(EACH)]
        for step, caption in SCENES.items()
    }


@cache
def draw(step: str, number: int) -> bytes:
    """One drawing as a JPEG of some 20 KB; the same numbers draw the same picture."""
    dice = Random(f"drawing-{step}-{number}")  # nosec B311
    image = Image.new("RGB", SIZE, dice.choice(SKIES))
    pen = ImageDraw.Draw(image)
    _hall(pen, dice)
    _board(pen, step)
    if step in {"4.2", "4.5"}:
        _table(pen, dice, laptop=step == "4.5")
    else:
        _rows(pen, dice)
    _someone(pen, dice, 250 + dice.randint(-20, 20), 300, 1.15, standing=True)
    _words(pen, 20, 672, f"ภาพวาดจำลอง {step}/{number + 1} ไม่ใช่ภาพถ่าย", 26, "#5b4a1c")
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _hall(pen: ImageDraw.ImageDraw, dice: Random) -> None:
    """An open village hall: trees behind, posts, roof, floor."""
    for _n in range(5):
        x, y = dice.randint(0, 960), dice.randint(170, 270)
        pen.rectangle((x - 6, y, x + 6, 400), fill="#7a5a3a")
        pen.ellipse((x - 60, y - 80, x + 60, y + 40), fill=dice.choice(["#6f9366", "#86a36b", "#5e855f"]))
    pen.rectangle((0, 390, 960, 720), fill=dice.choice(["#cdbb9a", "#c9c2b0", "#d8c7a6"]))
    for y in range(430, 720, 58):
        pen.line((0, y, 960, y), fill="#b5a382", width=2)
    for x in (40, 330, 620, 905):
        pen.rectangle((x, 110, x + 18, 470), fill="#8d6b45")
    pen.polygon(
        [(0, 120), (480, 10), (960, 120), (960, 80), (480, -20), (0, 80)], fill=dice.choice(["#9b4a3c", "#5f6f7d", "#7d5a3c"])
    )


def _board(pen: ImageDraw.ImageDraw, step: str) -> None:
    """The board or banner at the front, with the step's own picture on it."""
    pen.rectangle((330, 140, 760, 340), fill="#fdfbf4", outline="#24406e", width=5)
    _words(pen, 350, 150, "เวทีกลุ่มออมทรัพย์เพื่อการผลิต", 30, "#24406e")
    if step in {"4.3", "4.4"}:
        _radar(pen, 4 if step == "4.3" else 5)
        return
    for n in range(4):
        y = 215 + 28 * n
        pen.ellipse((352, y, 366, y + 14), fill="#b98a1e")
        pen.line((380, y + 7, 560 + 40 * (n % 3), y + 7), fill="#6b675c", width=5)
    if step == "4.6":
        pen.rectangle((650, 205, 740, 325), outline="#24406e", width=4)
        pen.line((664, 300, 688, 318, 730, 250), fill="#3f6b4c", width=6)


def _radar(pen: ImageDraw.ImageDraw, corners: int) -> None:
    def ring(radius: float) -> list[tuple[float, float]]:
        turns = [2 * pi * n / corners - pi / 2 for n in range(corners)]
        return [(545 + radius * cos(turn), 268 + radius * sin(turn)) for turn in turns]

    pen.polygon(ring(62), outline="#6b675c", width=2)
    pen.polygon(ring(34), outline="#b5b0a0", width=2)
    pen.polygon(ring(46), outline="#24406e", width=5)


def _table(pen: ImageDraw.ImageDraw, dice: Random, *, laptop: bool) -> None:
    """People round a table with the group's books, or with a computer."""
    for n in range(4):
        _someone(pen, dice, 400 + 115 * n, 400, 1.0)
    pen.rounded_rectangle((330, 470, 850, 545), 12, fill="#a97c4f")
    for n in range(3):
        pen.rectangle((380 + 130 * n, 478, 450 + 130 * n, 500), fill=SHIRTS[n], outline="#3d3a33")
    if laptop:
        pen.rectangle((700, 430, 800, 492), fill="#3d3a33")
        pen.rectangle((708, 438, 792, 484), fill="#cfe0ea")
    for n in range(4):
        _someone(pen, dice, 380 + 130 * n + dice.randint(-10, 10), 560, 1.25)


def _rows(pen: ImageDraw.ImageDraw, dice: Random) -> None:
    """Fifteen people in three rows of chairs."""
    for row in range(3):
        for n in range(5):
            _someone(pen, dice, 190 + 150 * n + 40 * (row % 2) + dice.randint(-12, 12), 410 + 85 * row, 0.9 + 0.15 * row)


def _someone(pen: ImageDraw.ImageDraw, dice: Random, x: int, y: int, size: float, *, standing: bool = False) -> None:
    """One person: shirt, head, hair, and the mask of that year."""
    head, shirt = 22 * size, dice.choice(SHIRTS)
    foot = y + (150 if standing else 75) * size
    pen.rounded_rectangle((x - 32 * size, y + 18 * size, x + 32 * size, foot), 16, fill=shirt)
    pen.ellipse((x - head, y - head, x + head, y + head), fill=dice.choice(SKIN))
    pen.pieslice(
        (x - head - 2, y - head - 4, x + head + 2, y + head), 180, 360, fill=dice.choice(["#2b2622", "#4a423b", "#8b857b"])
    )
    pen.rounded_rectangle((x - head * 0.7, y + 2, x + head * 0.7, y + head * 0.8), 5, fill="#eef3f6")
    if standing:
        pen.line((x + 30 * size, y + 40 * size, x + 90 * size, y + 5 * size), fill=shirt, width=int(14 * size))


def _words(pen: ImageDraw.ImageDraw, x: int, y: int, text: str, points: int, colour: str) -> None:
    """Thai in Sarabun, the rest in Pillow's own: each webfont file holds one script."""
    for script, part in _by_script(text):
        pen.text((x, y), part, fill=colour, font=_font(script, points))
        x += int(pen.textlength(part, font=_font(script, points)))


def _by_script(text: str) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = []
    for letter in text:
        script = "thai" if "฀" <= letter <= "๿" else "latin"
        if parts and parts[-1][0] == script:
            parts[-1] = (script, parts[-1][1] + letter)
        else:
            parts.append((script, letter))
    return parts


@cache
def _font(script: str, points: int) -> ImageFont.FreeTypeFont:
    folder = settings.NODE_MODULES / "@fontsource" / "sarabun" / "files"
    return ImageFont.truetype(str(folder / f"sarabun-{script}-600-normal.woff"), points)


@cache
def bill(*lines: str) -> bytes:
    """A bill of a shop as a JPEG, plainly a drawing."""
    image = Image.new("RGB", (600, 800), "#fbf8ee")
    pen = ImageDraw.Draw(image)
    pen.rectangle((30, 30, 570, 770), outline="#5b4a1c", width=3)
    for number, line in enumerate(("บิลเงินสด (ภาพวาดจำลอง)", *lines, "ผู้รับเงิน")):
        _words(pen, 60, 70 + 70 * number, line, 30, "#2b2622")
    pen.line((200, 110 + 70 * (len(lines) + 1), 480, 110 + 70 * (len(lines) + 1)), fill="#24406e", width=4)
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
