"""A Word document with native tracked changes: each change is its author's, to be accepted or rejected by whoever reads.

The paragraphs are those of documents/tracked.py. Each clause stands in a bookmark ``cl_<id>``, by which it is found again
when the document comes back; numbers are printed as text, since a number is part of what is voted on. The last
paragraph is not tracked: Word cannot delete the end of a document.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from itertools import count, groupby

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from constitution.emphasis import Look
from constitution.runs import Op
from documents.bookmarks import Colophon, bookmark
from documents.tracked import FRONT, TITLE, Piece, Tracked

_W = qn("w:p").removesuffix("p")
_TRACK = {Op.INSERT: f"{_W}ins", Op.DELETE: f"{_W}del"}
_DRAWN = {Look.BOLD: f"{_W}b", Look.ITALIC: f"{_W}i"}
_BREAKS = re.compile(r"([\n\t])")
_SIGNS = {"\n": "br", "\t": "tab"}
_DEEPEST = 8
_STEP = 567  # of indentation, in twentieths of a point: one centimetre
EPOCH = (1980, 1, 1, 0, 0, 0)  # of every part, so that the same document is the same file


def written(paragraphs: Iterable[Tracked], colophon: Colophon) -> bytes:
    """The document as the content of a .docx file; the same for the same paragraphs and colophon."""
    document = docx.Document()
    _dress(document, colophon)
    _Body(document.element.body, colophon.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")).fill(
        tuple(paragraphs), colophon
    )
    file = io.BytesIO()
    document.save(file)
    return fixed(file.getvalue())


def fixed(content: bytes) -> bytes:
    """The same archive with the same date on every part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _dress(document: Document, colophon: Colophon) -> None:
    """A4, a serif to read, headings in black, a page number below; what the document is called and when it was made."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(28)
    for style in document.styles:
        if style.name == "Normal" or style.name.startswith(("Heading", "Title")):
            font = style.font
            font.name, font.color.rgb = "Georgia", RGBColor(0, 0, 0)
            fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
            for name in list(fonts.attrib):
                if "Theme" in name:
                    del fonts.attrib[name]
    normal = document.styles["Normal"]
    normal.font.size, normal.paragraph_format.space_after = Pt(11), Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    language = etree.SubElement(normal.element.get_or_add_rPr(), f"{_W}lang")
    language.set(f"{_W}val", {"de": "de-DE", "en": "en-GB"}.get(colophon.language, colophon.language))
    document.styles["Title"].font.size = Pt(22)
    _page_number(section.footer.paragraphs[0])
    said = document.core_properties
    said.title, said.author, said.comments = colophon.title, "", colophon.note
    said.created = said.modified = colophon.at.astimezone(UTC).replace(tzinfo=None)


def _page_number(paragraph: docx.text.paragraph.Paragraph) -> None:
    paragraph.alignment = 1
    field = etree.SubElement(paragraph._p, f"{_W}fldSimple")  # noqa: SLF001 (a field has no door of its own)
    field.set(f"{_W}instr", "PAGE")
    etree.SubElement(etree.SubElement(field, f"{_W}r"), f"{_W}t").text = "1"


class _Body:
    """Writes paragraphs into the body of a document."""

    def __init__(self, body: etree._Element, date: str) -> None:
        self.end = body.find(f"{_W}sectPr")
        self.date, self.ids = date, count(1)

    def fill(self, paragraphs: Sequence[Tracked], colophon: Colophon) -> None:
        """All of them, each clause in its bookmark, and the colophon."""
        below = iter([*paragraphs[1:], None])
        for (key, gone), group in groupby(paragraphs, key=lambda one: (one.key, one.op is Op.DELETE)):
            made = [self._paragraph(one, next(below)) for one in group]
            name = colophon.mark if key == TITLE else "" if key == FRONT or gone else bookmark(key)
            if name:
                self._mark(name, made[0], made[-1])
        last = self._append()
        etree.SubElement(_properties(last), f"{_W}spacing").set(f"{_W}before", "480")
        _words(etree.SubElement(last, f"{_W}r"), Piece(Op.KEEP, colophon.note, Look.ITALIC))

    def _append(self) -> etree._Element:
        paragraph = etree.Element(f"{_W}p")
        self.end.addprevious(paragraph)
        return paragraph

    def _mark(self, name: str, first: etree._Element, last: etree._Element) -> None:
        """A bookmark from the beginning of one paragraph to the end of another."""
        number = str(next(self.ids))
        begin = etree.Element(f"{_W}bookmarkStart", {f"{_W}id": number, f"{_W}name": name})
        first.insert(1, begin)  # behind its properties
        etree.SubElement(last, f"{_W}bookmarkEnd").set(f"{_W}id", number)

    def _paragraph(self, one: Tracked, below: Tracked | None) -> etree._Element:
        paragraph = self._append()
        properties = _properties(paragraph)
        _style(properties, one)
        if one.op is not Op.KEEP:
            etree.SubElement(properties, f"{_W}rPr").append(self._track(one.op, _author(one)))
        rows = [
            (*made, list(row))
            for made, row in groupby(
                [*one.label, *self._between(one), *one.pieces], key=lambda piece: (piece.op, piece.author)
            )
        ]
        for n, (op, author, row) in enumerate(rows, 1):
            place = paragraph
            if op is not Op.KEEP:
                place = self._track(op, author, dated=n < len(rows) or not _runs_on(one, op, author, below))
                paragraph.append(place)
            for piece in row:
                _words(etree.SubElement(place, f"{_W}r"), piece)
        return paragraph

    @staticmethod
    def _between(one: Tracked) -> Iterator[Piece]:
        """The tab between the number and the words; it comes and goes with a number that has no counterpart."""
        ops = {piece.op for piece in one.label}
        if ops:
            op = next(iter(ops)) if len(ops) == 1 else Op.KEEP
            yield Piece(op, "\t", author=one.label[0].author if op is not Op.KEEP else "")

    def _track(self, op: Op, author: str, *, dated: bool = True) -> etree._Element:
        names = {"id": str(next(self.ids)), "author": author} | ({"date": self.date} if dated else {})
        return etree.Element(_TRACK[op], {_W + name: value for name, value in names.items()})


def _author(one: Tracked) -> str:
    return next((piece.author for piece in (*one.label, *one.pieces) if piece.op is one.op), "")


def _runs_on(one: Tracked, op: Op, author: str, below: Tracked | None) -> bool:
    """Whether a change at the end of a paragraph that stays would be taken for one with the paragraph below it.

    LibreOffice joins two changes of one author and minute, and the end of the paragraph between them would be one of theirs.
    """
    return below is not None and one.op is Op.KEEP and below.op is op and _author(below) == author


def _properties(paragraph: etree._Element) -> etree._Element:
    return etree.SubElement(paragraph, f"{_W}pPr")


def _style(properties: etree._Element, one: Tracked) -> None:
    """Headings by their depth, texts by their indentation, the number hanging before them."""
    if one.headed:
        style = "Title" if one.key == TITLE else f"Heading{min(one.depth + 1, _DEEPEST)}"
        etree.SubElement(properties, f"{_W}pStyle").set(f"{_W}val", style)
    else:
        steps = min(one.indent + bool(one.label), _DEEPEST)
        indent = {"left": str(_STEP * steps)} | ({"hanging": str(_STEP)} if one.label else {})
        etree.SubElement(properties, f"{_W}ind", {_W + name: value for name, value in indent.items()})


def _words(run: etree._Element, piece: Piece) -> None:
    if piece.look in _DRAWN:
        etree.SubElement(etree.SubElement(run, f"{_W}rPr"), _DRAWN[piece.look])
    name = "delText" if piece.op is Op.DELETE else "t"
    for part in filter(None, _BREAKS.split(piece.text)):
        if part in _SIGNS:
            etree.SubElement(run, _W + _SIGNS[part])
        else:
            words = etree.SubElement(run, _W + name)
            words.text = part
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
