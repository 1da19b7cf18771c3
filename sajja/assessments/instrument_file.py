"""The file of an instrument (TOML or JSON, described in docs/scoring.md): read, checked, nothing stored. Pure."""

import json
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext as _

from sajja.assessments.scoring import COMPARE, TOP_LEVEL
from sajja.lib.refusals import Refused

OFFICIAL_SHAPE: Final = {"governance": (4, 21), "ssg": (5, 23)}
"""Aspects and indicators that the letter gives the two official slots."""
SLOTS: Final = ("governance", "ssg", "other")
KINDS: Final = ("passfail", "graded", "number")
SHORT_NAME_LETTERS: Final = 10
TEXTS: Final = {"code": 30, "title": 200, "short_title": 60, "source": 300}
INDICATOR_TEXTS: Final = {"text": 500, "evidence": 300, "recommendation": 500}


@dataclass(frozen=True, slots=True)
class IndicatorData:
    """One indicator of the file."""

    code: str
    text: str
    guidance: str
    evidence: str
    kind: str
    weight: int
    rule: dict[str, Any]
    allows_not_applicable: bool
    recommendation: str
    figure: str


@dataclass(frozen=True, slots=True)
class AspectData:
    """One aspect of the file."""

    number: int
    title: str
    short_name: str
    indicators: tuple[IndicatorData, ...]


@dataclass(frozen=True, slots=True)
class InstrumentData:
    """The whole file."""

    code: str
    title: str
    short_title: str
    slot: str
    fiscal_year: int
    official: bool
    source: str
    bands: tuple[dict[str, Any], ...]
    aspects: tuple[AspectData, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """How many aspects and indicators."""
        return len(self.aspects), sum(len(aspect.indicators) for aspect in self.aspects)


def parse(content: bytes | str) -> dict[str, Any]:
    """The mapping of a TOML or JSON text. Refused where it is neither."""
    text = content.decode("utf-8-sig", errors="replace") if isinstance(content, bytes) else content
    if "\ufffd" in text:
        raise Refused(_("ไฟล์นี้ไม่ใช่ข้อความ UTF-8 เปิดในโปรแกรมแก้ข้อความแล้วบันทึกเป็น UTF-8 ก่อนส่ง"))
    try:
        found = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError, RecursionError) as broken:
        raise Refused(_("อ่านไฟล์ไม่ได้ ตรวจเครื่องหมายคำพูดและวงเล็บตามตัวอย่าง (%s)") % broken) from None
    if not isinstance(found, dict):
        raise Refused(_("ไฟล์นี้ไม่ใช่แบบประเมิน เริ่มจากไฟล์ตัวอย่างแล้วแก้ข้อความ"))
    return found


def problems(data: Mapping[str, Any]) -> list[str]:
    """What is wrong with a file, each in one Thai sentence that says where and what to write; empty when nothing is."""
    found = _problems_of_head(data)
    aspects = data.get("aspects")
    if not isinstance(aspects, list) or not aspects or not all(isinstance(aspect, dict) for aspect in aspects):
        return [*found, _("ไม่พบ aspects ใส่อย่างน้อยหนึ่งด้าน")]
    numbers = Counter(aspect.get("number") for aspect in aspects)
    found += [_("ด้านที่ %s มีซ้ำ ให้เลขด้านละหนึ่ง") % number for number, times in numbers.items() if times > 1]
    codes: Counter[str] = Counter()
    for place, aspect in enumerate(aspects, 1):
        found += _problems_of_aspect(aspect, place)
        codes.update(str(one.get("code", "")) for one in _indicators(aspect))
    found += [_("ข้อ %s มีซ้ำ ให้เลขข้อละหนึ่ง") % code for code, times in codes.items() if code and times > 1]
    return found


def _problems_of_head(data: Mapping[str, Any]) -> list[str]:
    found = _texts(data, TEXTS, _("ส่วนหัว"), required=True)
    if data.get("slot") not in SLOTS:
        found.append(_("slot ต้องเป็น governance, ssg หรือ other"))
    year = data.get("fiscal_year")
    if not _whole(year, 2500, 2700):
        found.append(_("fiscal_year ต้องเป็นปี พ.ศ. สี่หลัก เช่น 2564"))
    if not isinstance(data.get("official", False), bool):
        found.append(_("official ต้องเป็น true หรือ false"))
    return found + _problems_of_bands(data.get("bands", []))


def _problems_of_bands(bands: Any) -> list[str]:
    rows = bands if isinstance(bands, list) else [None]
    leasts = [_number(row.get("least")) if isinstance(row, dict) else None for row in rows]
    known = [least for least in leasts if least is not None]
    named = all(isinstance(row, dict) and isinstance(row.get("name"), str) and 0 < len(row["name"]) <= 60 for row in rows)
    if len(known) < len(leasts) or not named or known != sorted(known, reverse=True):
        return [_("bands ต้องมี least เป็นตัวเลข (มากไปน้อย) และ name ไม่เกิน 60 ตัวอักษรทุกบรรทัด")]
    return []


def _problems_of_aspect(aspect: Mapping[str, Any], place: int) -> list[str]:
    where = _("ด้านลำดับที่ %s") % place
    found = _texts(aspect, {"title": 200, "short_name": 20}, where, required=True)
    if not _whole(aspect.get("number"), 1, 99):
        found.append(_("%s: number ต้องเป็นเลขด้าน เช่น 1") % where)
    if letters(str(aspect.get("short_name", ""))) > SHORT_NAME_LETTERS:
        found.append(_("%s: short_name ยาวเกิน 10 ตัวอักษร ใช้ชื่อสั้นสำหรับกราฟ") % where)
    rows = _indicators(aspect)
    if not rows:
        found.append(_("%s: ยังไม่มีตัวชี้วัด ใส่อย่างน้อยหนึ่งข้อ") % where)
    return found + [problem for row in rows for problem in _problems_of_indicator(row, where)]


def _problems_of_indicator(row: Mapping[str, Any], where: str) -> list[str]:
    code = row.get("code")
    if not isinstance(code, str) or not 0 < len(code) <= 10:
        return [_('%s: ทุกข้อต้องมี code ไม่เกิน 10 ตัว เช่น "1.1"') % where]
    where = _("ข้อ %s") % code
    found = _texts(row, {"text": INDICATOR_TEXTS["text"]}, where, required=True)
    found += _texts(row, {name: most for name, most in INDICATOR_TEXTS.items() if name != "text"}, where, required=False)
    if not _whole(row.get("weight", 1), 1, 1000):
        found.append(_("%s: weight ต้องเป็นจำนวนเต็ม 1 ถึง 1000") % where)
    kind = row.get("kind", "passfail")
    if kind not in KINDS:
        return [*found, _("%s: kind ต้องเป็น passfail, graded หรือ number") % where]
    rule = row.get("rule", {})
    if kind == "passfail" and rule and not row.get("figure"):
        return [*found, _("%s: rule ของข้อผ่าน/ไม่ผ่าน ใช้กับข้อที่มี figure เท่านั้น") % where]
    return found + _problems_of_rule(kind, rule if isinstance(rule, dict) else {}, where)


def _problems_of_rule(kind: str, rule: Mapping[str, Any], where: str) -> list[str]:
    if kind == "passfail":
        return _problems_of_threshold(rule, where) if rule else []
    if kind == "graded":
        levels = rule.get("levels")
        described = (
            isinstance(levels, list) and len(levels) == TOP_LEVEL + 1 and all(isinstance(one, str) and one for one in levels)
        )
        found = [] if described else [_("%s: levels ต้องมีคำอธิบาย 4 ระดับ (0 ถึง 3)") % where]
        return found if _whole(rule.get("pass_at"), 1, TOP_LEVEL) else [*found, _("%s: pass_at ต้องเป็นระดับ 1, 2 หรือ 3") % where]
    found = [] if _whole(rule.get("decimals", 2), 0, 6) else [_("%s: decimals ต้องเป็น 0 ถึง 6") % where]
    if not isinstance(rule.get("unit"), str) or not rule["unit"]:
        found.append(_('%s: unit ต้องบอกหน่วย เช่น "ร้อยละ"') % where)
    return found + (_problems_of_number_bands(rule, where) if "bands" in rule else _problems_of_threshold(rule, where))


def _problems_of_number_bands(rule: Mapping[str, Any], where: str) -> list[str]:
    edges = [_number(one) for one in rule["bands"]] if isinstance(rule["bands"], list) else []
    known = [edge for edge in edges if edge is not None]
    if len(known) != TOP_LEVEL or len(edges) != TOP_LEVEL or known != sorted(set(known)):
        return [_("%s: bands ต้องเป็นตัวเลข 3 ค่า จากน้อยไปมาก คือจุดเริ่มของระดับ 1, 2, 3") % where]
    return [] if _whole(rule.get("pass_at"), 1, TOP_LEVEL) else [_("%s: pass_at ต้องเป็นระดับ 1, 2 หรือ 3") % where]


def _problems_of_threshold(rule: Mapping[str, Any], where: str) -> list[str]:
    found = []
    if rule.get("compare") not in COMPARE:
        found.append(_("%(where)s: compare ต้องเป็น %(words)s") % {"where": where, "words": ", ".join(COMPARE)})
    threshold = _number(rule.get("threshold"))
    if threshold is None or threshold < 0:
        found.append(_('%s: threshold ต้องเป็นตัวเลข เช่น "80"') % where)
    return found


def read(data: Mapping[str, Any]) -> InstrumentData:
    """The file as values. Refused with every problem, one a line, where there are any."""
    if found := problems(data):
        raise Refused("\n".join(found), "file")
    return InstrumentData(
        code=data["code"],
        title=data["title"],
        short_title=data["short_title"],
        slot=data["slot"],
        fiscal_year=data["fiscal_year"],
        official=data.get("official", False),
        source=data["source"],
        bands=tuple({"least": str(one["least"]), "name": one["name"]} for one in data.get("bands", [])),
        aspects=tuple(_aspect(one) for one in data["aspects"]),
    )


def shape_problems(slot: str, shape: tuple[int, int]) -> list[str]:
    """What keeps a version from an official slot: the letter's number of aspects and indicators."""
    wanted = OFFICIAL_SHAPE.get(slot)
    if wanted is None or wanted == shape:
        return []
    numbers = {"aspects": wanted[0], "indicators": wanted[1], "has_aspects": shape[0], "has_indicators": shape[1]}
    words = _(
        "แบบนี้ต้องมี %(aspects)s ด้าน %(indicators)s ตัวชี้วัด แต่ไฟล์มี %(has_aspects)s ด้าน %(has_indicators)s ตัวชี้วัด แก้ไฟล์แล้วนำเข้าใหม่"
    )
    return [words % numbers]


def _aspect(row: Mapping[str, Any]) -> AspectData:
    return AspectData(row["number"], row["title"], row["short_name"], tuple(_indicator(one) for one in row["indicators"]))


def _indicator(row: Mapping[str, Any]) -> IndicatorData:
    kind = row.get("kind", "passfail")
    return IndicatorData(
        code=row["code"],
        text=row["text"],
        guidance=str(row.get("guidance", "")),
        evidence=row.get("evidence", ""),
        kind=kind,
        weight=row.get("weight", 1),
        rule=_rule(row.get("rule", {})),
        allows_not_applicable=bool(row.get("allows_not_applicable", True)),
        recommendation=row.get("recommendation", ""),
        figure=str(row.get("figure", "")),
    )


def _rule(rule: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers as text, so that no binary fraction ever comes near a threshold."""
    plain = dict(rule)
    if "threshold" in plain:
        plain["threshold"] = str(plain["threshold"])
    if "bands" in plain:
        plain["bands"] = [str(one) for one in plain["bands"]]
    return plain


def letters(text: str) -> int:
    """How many letters a reader counts: marks above and below a letter are part of it."""
    return sum(1 for char in text if unicodedata.category(char) != "Mn")


def _indicators(aspect: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    rows = aspect.get("indicators")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _texts(data: Mapping[str, Any], limits: Mapping[str, int], where: str, *, required: bool) -> list[str]:
    found = []
    for name, most in limits.items():
        value = data.get(name, "")
        if not isinstance(value, str) or (required and not value.strip()):
            found.append(_("%(where)s: ยังไม่มี %(name)s ใส่เป็นข้อความ") % {"where": where, "name": name})
        elif len(value) > most:
            found.append(_("%(where)s: %(name)s ยาวเกิน %(most)s ตัวอักษร") % {"where": where, "name": name, "most": most})
    return found


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
