"""The look holds: contrast of every pair in both themes, no colour outside the tokens, every bracket closed."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "sajja" / "web" / "static" / "web"
SHEETS = ["tokens.css", "look.css", "work.css", "print.css"]
WASHES = ["indigo-wash", "turmeric-wash", "idle-wash", "ok-wash", "late-wash", "wait-wash"]
TEXT = [
    *((word, ground) for word in ("ink", "indigo") for ground in ("paper", "sheet", "sunken", *WASHES)),
    *(("ink-soft", ground) for ground in ("paper", "sheet", "sunken")),
    *((state, f"{state}-wash") for state in ("ok", "late", "wait", "idle")),
    *((state, ground) for state in ("ok", "late", "wait") for ground in ("sheet", "paper")),
    ("on-indigo", "indigo"),
    ("sheet", "ok"),
    ("sheet", "late"),
    ("wait", "turmeric-wash"),
    ("on-deep", "indigo-deep"),
    ("on-deep-soft", "indigo-deep"),
    ("turmeric", "indigo-deep"),
    ("on-turmeric", "turmeric"),
]
EDGES = [("edge", "sheet"), ("edge", "paper"), ("indigo", "sheet"), ("indigo", "paper"), ("late", "sheet"), ("ink", "sheet")]


def tokens(theme: str) -> dict[str, str]:
    """name → #rrggbb as the stylesheet has it in that theme."""
    css = (STATIC / "tokens.css").read_text(encoding="utf-8")
    light = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", css.split('[data-theme="dark"]')[0]))
    dark = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", css.split('[data-theme="dark"] {')[1]))
    return light if theme == "light" else light | dark


def brightness(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio by WCAG 2.2."""
    dark, light = sorted([brightness(one), brightness(other)])
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself_is_right() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(theme: str) -> None:
    colours = tokens(theme)
    assert [
        (pair, round(contrast(*(colours[name] for name in pair)), 2))
        for pair in TEXT
        if contrast(*(colours[name] for name in pair)) < 4.5
    ] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_edge_can_be_seen(theme: str) -> None:
    colours = tokens(theme)
    assert [pair for pair in EDGES if contrast(*(colours[name] for name in pair)) < 3] == []


def test_no_colour_stands_outside_the_tokens() -> None:
    loose = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")
    assert [(name, loose.findall((STATIC / name).read_text(encoding="utf-8"))) for name in ("look.css", "work.css")] == [
        ("look.css", []),
        ("work.css", []),
    ]


def test_every_token_that_is_used_is_there() -> None:
    known = set(re.findall(r"(--[\w-]+):", (STATIC / "tokens.css").read_text(encoding="utf-8")))
    used = {token for name in SHEETS for token in re.findall(r"var\((--[\w-]+)", (STATIC / name).read_text(encoding="utf-8"))}
    assert used - known == set()


@pytest.mark.parametrize("name", SHEETS)
def test_every_bracket_of_the_stylesheet_is_closed(name: str) -> None:
    css = re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    depth, deepest = 0, 0
    for sign in css:
        depth += (sign == "{") - (sign == "}")
        deepest = max(deepest, depth)
        assert depth >= 0
    assert (depth, deepest <= 2) == (0, True)


def test_what_holds_thai_is_never_cut() -> None:
    cuts = re.compile(
        r"text-overflow|line-clamp|overflow(?:-y)?:\s*(?:hidden|clip)|letter-spacing|text-align:\s*justify|font-style:\s*italic"
    )
    found = []
    for name in SHEETS:
        for rule in re.findall(r"([^{}]+)\{([^{}]*)\}", (STATIC / name).read_text(encoding="utf-8")):
            selector = rule[0].strip()
            if cuts.search(rule[1]) and "clip-path" not in rule[1] and selector != "progress":
                found.append((name, selector))
    assert found == []


def test_every_icon_that_is_asked_for_is_in_the_sprite() -> None:
    web = STATIC.parents[1]
    sprite = set(re.findall(r'id="i-([\w-]+)"', (web / "templates/web/components/sprite.html").read_text(encoding="utf-8")))
    asked = set()
    for template in web.parent.rglob("templates/**/*.html"):
        text = template.read_text(encoding="utf-8")
        asked |= set(re.findall(r'{% icon "([\w-]+)"', text)) | set(re.findall(r'{% chip "[\w]+" \S+ "([\w-]+)"', text))
    assert asked - sprite == set()
