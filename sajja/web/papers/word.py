"""The same papers for Word: a paper's data (as base.typ reads it) in, a .docx out; the same data give the same bytes.

Every run names a Thai font for complex script and says that it is Thai: without these Word sets Thai letters in its own font at
the size of Latin ones, and breaks lines inside words. Digits are Thai where the paper's are. Pictures come as on the PDF.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from sajja.lib import digits
from sajja.web.papers.pieces import PAGE

TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT: Final = "TH Sarabun New"
SIZE: Final = 16
FINE: Final = 14
LINE: Final = Cm(16)
NAME: Final = Cm(3.8)
DOTS: Final = "." * 40
BEGINNING: Final = (1980, 1, 1, 0, 0, 0)
"""The only time a zip's parts carry: the paper's own is in its properties."""

Pictures = Mapping[str, Path]


def letter(data: Mapping[str, Any], at: datetime, pictures: Pictures | None = None) -> bytes:
    """หนังสือภายนอก, of the data that `#letter()` sets."""
    page = Page(data, pictures or {}, thai=True)
    page.line(_("(ตราครุฑ)"), center=True, size=FINE)
    page.beside(f"{_('ที่')} {data['number']}", f"{data['office']}\n{data['place']}")
    page.line(f"{_('วันที่')} {DOTS}", center=True)
    page.facts([(_("เรื่อง"), data["subject"]), (_("เรียน"), data["to"]), *_enclosed(data)])
    page.pieces(data["pieces"], indent=True)
    page.signature(_("ขอแสดงความนับถือ"), data["signer"], data["head"])
    page.line(data["section"], size=FINE)
    if "annex" in data:
        page.pieces([PAGE, *data["annex"]])
    return page.saved(at)


def titled(data: Mapping[str, Any], at: datetime, pictures: Pictures | None = None, *, thai: bool = True) -> bytes:
    """A paper with a head in the middle, of the data that `#titled()` sets."""
    page = Page(data, pictures or {}, thai=thai)
    page.line(data["title"], center=True, bold=True, size=20)
    for words in data.get("under", ()):
        page.line(words, center=True)
    page.pieces(data["pieces"])
    return page.saved(at)


def _enclosed(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    rows = [(_("อ้างถึง"), data["refers"])] if data.get("refers") else []
    lines = [f"{at}. {one}" for at, one in enumerate(data.get("enclosed", ()), 1)]
    return rows + ([(_("สิ่งที่ส่งมาด้วย"), "\n".join(lines))] if lines else [])


class Page:
    """A document under way: A4, the margins of official letters, page x of y and the paper's foot below."""

    def __init__(self, data: Mapping[str, Any], pictures: Pictures, *, thai: bool) -> None:
        self.document: Paper = Document()
        self._title, self._pictures, self._thai = str(data.get("title", "")), pictures, thai
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Cm(3), Cm(2), Cm(2.5), Cm(2.2)
        self.document.styles["Normal"].paragraph_format.space_after = Pt(4)
        self._foot(section.footer.paragraphs[0], str(data.get("draft") or data.get("foot") or ""))
        self._kinds: dict[str, Callable[[Any], object]] = {
            "p": lambda one: self.line(one["text"], indent=self._indent),
            "head": lambda one: self.line(one["text"], bold=True, keep=True),
            "plain": lambda one: self.line(one["text"]),
            "list": lambda one: self._list(one["lines"]),
            "facts": lambda one: self.facts(one["rows"]),
            "table": self._table,
            "radar": lambda one: self._table(_radar(one["axes"])),
            "pictures": lambda one: self._shown([(each["name"], each["caption"]) for each in one["pictures"]], Cm(7.5)),
            "large": lambda one: self._shown([(one["name"], "")], LINE),
            "signs": lambda one: self._signs(one["signs"]),
            "qr": lambda one: self.line(one["text"]),
            "gap": lambda one: self.line(""),
            "page": lambda one: self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE),
        }  # fmt: skip
        self._indent = False

    def pieces(self, pieces: Sequence[Mapping[str, Any]], *, indent: bool = False) -> None:
        """The pieces of a paper, in their order; `indent`: a letter's paragraphs begin 2.5 cm in."""
        self._indent = indent
        for one in pieces:
            self._kinds[one["kind"]](one)

    def line(
        self, words: str, *, center: bool = False, bold: bool = False, indent: bool = False, keep: bool = False, size: int = SIZE
    ) -> Paragraph:
        """One paragraph."""
        made = self.document.add_paragraph()
        if center:
            made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        made.paragraph_format.first_line_indent = Cm(2.5) if indent else None
        made.paragraph_format.keep_with_next = keep
        self._say(made, words, bold=bold, size=size)
        return made

    def facts(self, rows: Sequence[Sequence[str]]) -> None:
        """Names with what is said of each."""
        self._grid(rows, (NAME, LINE - NAME), bold_first=True)

    def beside(self, left: str, right: str) -> None:
        """Two texts on one line, the other at its right end."""
        table = self._grid([(left, right)], (LINE // 2, LINE // 2))
        table.cell(0, 1).paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def signature(self, note: str, name: str, office: str) -> None:
        """A place to sign, at the right."""
        signed = f"({name or DOTS})"
        table = self._grid([("", f"{note}\n\n{DOTS}\n{signed}\n{office}")], (LINE // 2, LINE // 2))
        table.cell(0, 1).paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER

    def saved(self, at: datetime) -> bytes:
        """The document, with no other time in it than the paper's."""
        said = self.document.core_properties
        said.title, said.author, said.last_modified_by, said.language, said.comments = self._title, "Sajja", "Sajja", "th-TH", ""
        said.created = said.modified = at.astimezone(UTC).replace(tzinfo=None)
        written, again = BytesIO(), BytesIO()
        self.document.save(written)
        with ZipFile(written) as parts, ZipFile(again, "w", ZIP_DEFLATED) as fixed:
            for name in parts.namelist():
                fixed.writestr(ZipInfo(name, BEGINNING), parts.read(name), ZIP_DEFLATED)
        return again.getvalue()

    def _list(self, lines: Sequence[str]) -> None:
        for at, words in enumerate(lines, 1):
            self.line(f"{at}. {words}")

    def _signs(self, seats: Sequence[Mapping[str, str]]) -> None:
        for each in seats:
            self.signature(each.get("note", _("ลงชื่อ")), each["name"], each["office"])

    def _shown(self, named: Sequence[tuple[str, str]], width: int) -> None:
        """Pictures with their captions under them, two abreast where two have room."""
        abreast = 2 if width * 2 < LINE else 1
        for at in range(0, len(named), abreast):
            row = named[at : at + abreast]
            table = self._grid([[caption for _name, caption in row]], [LINE // abreast] * len(row), size=FINE)
            for (name, _caption), cell in zip(row, table.rows[0].cells, strict=True):
                shown = cell.paragraphs[0].insert_paragraph_before()
                shown.add_run().add_picture(str(self._pictures[name]), width=width)

    def _table(self, one: Mapping[str, Any]) -> None:
        size = FINE if one.get("fine") else SIZE
        rows, bold = [one["heads"], *one["rows"]], {0, len(one["rows"]) if one.get("sum") else 0}
        shares = [width or 0.8 for width in one["widths"]]
        table = self._grid(
            rows, [int(LINE * share / sum(shares)) for share in shares], size=size, money=one.get("money", ()), bold_rows=bold
        )
        table.style = self.document.styles["Table Grid"]
        head = table.rows[0]._tr.get_or_add_trPr()  # python-docx has no name for a head that repeats on each page
        head.append(OxmlElement("w:tblHeader"))

    def _grid(
        self,
        rows: Sequence[Sequence[object]],
        widths: Sequence[int],
        *,
        size: int = SIZE,
        money: Collection[int] = (),
        bold_rows: Collection[int] = (),
        bold_first: bool = False,
    ) -> Any:
        table = self.document.add_table(rows=len(rows), cols=len(widths))
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width  # LibreOffice reads these, Word those of the cells
        for at, (row, line) in enumerate(zip(rows, table.rows, strict=True)):
            line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # a row, a signature stays on its page
            for place, (words, cell, width) in enumerate(zip(row, line.cells, widths, strict=True)):
                cell.width = width
                bold = at in bold_rows or (bold_first and place == 0)
                self._fill(cell, str(words), bold=bold, size=size, right=place in money)
        return table

    def _fill(self, cell: _Cell, words: str, *, bold: bool, size: int, right: bool) -> None:
        made = cell.paragraphs[0]
        made.paragraph_format.space_after = Pt(0)
        if right:
            made.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._say(made, words, bold=bold, size=size)

    def _foot(self, made: Paragraph, words: str) -> None:
        self._say(made, f"{words}   {_('หน้า')} " if words else f"{_('หน้า')} ", size=FINE)
        _field(self._run(made, size=FINE), "PAGE")
        self._say(made, f" {_('จาก')} ", size=FINE)
        _field(self._run(made, size=FINE), "NUMPAGES")

    def _say(self, made: Paragraph, words: str, *, bold: bool = False, size: int = SIZE) -> None:
        run = self._run(made, bold=bold, size=size)
        run.text = digits.thai(words) if self._thai else words

    def _run(self, made: Paragraph, *, bold: bool = False, size: int = SIZE) -> Run:
        run = made.add_run()
        run.font.name, run.font.size, run.font.bold, run.font.cs_bold = FONT, Pt(size), bold, bold
        said = run._r.get_or_add_rPr()  # python-docx has no name for complex script
        said.get_or_add_rFonts().set(qn("w:cs"), FONT)
        said.append(_named("w:szCs", str(size * 2)))
        said.append(_named("w:lang", "th-TH", bidi="th-TH"))
        return run


def _radar(axes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Word has no figure of axes that stays the same everywhere: its numbers stand in a table."""
    rows = [[one["name"], f"{one['passed']}/{one['of']}"] for one in axes]
    return {"heads": [_("ด้าน"), _("ผ่าน")], "rows": rows, "widths": [4, 1], "money": [1]}


def _named(tag: str, value: str, **more: str) -> Any:
    made = OxmlElement(tag)
    made.set(qn("w:val"), value)
    for name, words in more.items():
        made.set(qn(f"w:{name}"), words)
    return made


def _field(run: Run, name: str) -> None:
    """A field that Word counts: the page, how many there are."""
    for kind, words in (("begin", ""), ("", name), ("end", "")):
        if kind:
            made = OxmlElement("w:fldChar")
            made.set(qn("w:fldCharType"), kind)
        else:
            made = OxmlElement("w:instrText")
            made.text = words
        run._r.append(made)  # python-docx has no name for fields
