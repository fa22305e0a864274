"""A Word document read into paragraphs: numbers as Word prints them, tracked changes both ways, emphasis, bookmarks.

What cannot be read as it looks (a picture, a text box, a footnote) is said beside its paragraph, never dropped in silence.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from constitution.emphasis import Look
from documents.packed import Package, Refused
from documents.paragraphs import Paragraph
from documents.rows import Fate, Row, Shape, paragraphs, text_of
from documents.word_numbering import Numbering, W, count, is_on

_OLD_WORD = b"\xd0\xcf\x11\xe0"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MAIN = "/officeDocument"
_STEP = 567  # twentieths of a point: one centimetre of indentation counts as one step
_DEEPEST, _HEADINGS = 8, 9
_SYMBOLS = 0xF000  # where fonts of symbols keep their signs
_SIGNS = {"tab": " ", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}", "ptab": " "}
_THROUGH = frozenset(["hyperlink", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml", "dir", "bdo"])
_LEFT_OUT = {
    "drawing": "A picture or a drawing was left out.",
    "object": "An embedded object was left out.",
    "oMath": "A formula was left out.",
    "oMathPara": "A formula was left out.",
    "pict": "A picture or a drawing was left out.",
}


_FATES = {"ins": Fate.INSERTED, "moveTo": Fate.INSERTED, "del": Fate.DELETED, "moveFrom": Fate.DELETED}


def read(content: bytes) -> tuple[Paragraph, ...]:
    """The paragraphs of a .docx file. Raises Refused."""
    if content.startswith(_OLD_WORD):
        raise Refused(
            "This is a document of an old Word (.doc), or one with a password. Save it as .docx and try again."
        )
    document = _Document(Package(content))
    return tuple(paragraphs(document.rows(document.body), document.shape))


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    above: str
    element: etree._Element


class _Document:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = self._main()
        self.body = package.xml(self.main).find(f"{W}body")
        if self.body is None:
            raise Refused(
                "The file is not a Word document, or was saved as Strict Open XML. Save it as .docx and try again."
            )
        styles = self._beside("styles.xml")
        self.styles = {} if styles is None else dict(_styles(styles))
        self.default = "" if styles is None else _default(styles)
        self.numbering = Numbering(self._beside("numbering.xml"), lambda style: self._of_chain(style, "numId"))
        self.waiting: list[str] = []

    def _main(self) -> str:
        if "_rels/.rels" in self.package:
            for one in self.package.xml("_rels/.rels").iter(f"{_RELATIONS}Relationship"):
                if one.get("Type", "").endswith(_MAIN):
                    return one.get("Target", "").lstrip("/")
        return "word/document.xml"

    def _beside(self, name: str) -> etree._Element | None:
        path = posixpath.join(posixpath.dirname(self.main), name)
        return self.package.xml(path) if path in self.package else None

    # Paragraphs

    def rows(self, parent: etree._Element) -> Iterator[Row]:
        """The paragraphs below an element, as they are stored."""
        for one in parent:
            name = _name(one)
            if name == "p":
                if not self._style_name(one).startswith(("toc ", "table of contents")):
                    yield self._raw(one)
            elif name == "tbl":
                yield self._table(one)
            elif name == "bookmarkStart":
                self.waiting.append(one.get(f"{W}name", ""))
            elif name == "sdt" and one.find(f".//{W}docPartGallery[@{W}val='Table of Contents']") is not None:
                continue
            elif name in {"sdt", "sdtContent", "customXml"}:
                yield from self.rows(one)

    def _raw(self, paragraph: etree._Element) -> Row:
        raw = Row(paragraph, bookmarks=self.waiting)
        self.waiting = []
        self._gather(paragraph, raw, Fate.KEPT)
        marks = paragraph.find(f"{W}pPr/{W}rPr")
        for name, fate in _FATES.items():
            if marks is not None and marks.find(W + name) is not None:
                raw.end = fate
        return raw

    def _table(self, table: etree._Element) -> Row:
        """A table as one paragraph, a line for each row."""
        rows, doubts = [], ["This was a table; its cells stand beside each other with a bar between."]
        bookmarks = self.waiting
        self.waiting = []
        for row in table.iter(f"{W}tr"):
            cells = []
            for cell in row.iterfind(f"{W}tc"):
                found = list(self.rows(cell))
                doubts += [doubt for one in found for doubt in one.doubts]
                bookmarks += [mark for one in found for mark in one.bookmarks]
                cells.append(" ".join(filter(None, (text_of(one.words, Fate.DELETED).strip() for one in found))))
            rows.append(" | ".join(cells))
        return Row(table, [(Fate.KEPT, Look.PLAIN, "\n".join(rows))], bookmarks=bookmarks, doubts=doubts)

    def _gather(self, parent: etree._Element, raw: Row, fate: Fate) -> None:
        for one in parent:
            name = _name(one)
            if name == "r":
                self._run(one, raw, fate)
            elif name in _FATES:
                self._gather(one, raw, _FATES[name] if fate is Fate.KEPT else fate)
            elif name in _THROUGH:
                self._gather(one, raw, fate)
            elif name == "bookmarkStart":
                raw.bookmarks.append(one.get(f"{W}name", ""))
            elif name in _LEFT_OUT:
                raw.doubts.append(_LEFT_OUT[name])

    def _run(self, run: etree._Element, raw: Row, fate: Fate) -> None:
        look = self._look(run)
        for one in run:
            name = _name(one)
            if name in {"t", "delText"}:
                raw.words.append((fate, look, one.text or ""))
            elif name in _SIGNS:
                raw.words.append((fate, look, _SIGNS[name]))
            elif name == "br":
                raw.words.append((fate, look, "" if one.get(f"{W}type") in {"page", "column"} else "\n"))
            elif name == "sym":
                raw.words.append((fate, look, _symbol(one, raw)))
            elif name in {"footnoteReference", "endnoteReference"}:
                raw.doubts.append(self._note(name.removesuffix("Reference"), one.get(f"{W}id", "")))
            elif name in _LEFT_OUT or name == "AlternateContent":
                raw.doubts.append(_boxed(one) or _LEFT_OUT.get(name, _LEFT_OUT["drawing"]))

    def _note(self, kind: str, number: str) -> str:
        notes = self._beside(f"{kind}s.xml")
        found = [] if notes is None else [one for one in notes.iter(W + kind) if one.get(f"{W}id") == number]
        words = " ".join("".join(one.itertext(f"{W}t")) for one in found).strip()
        return f"A {kind} was left out: “{words}”" if words else f"A {kind} was left out."

    # What a paragraph or a run is

    def shape(self, row: Row, *, has_words: bool) -> Shape:
        """The number and the place of a paragraph; it is counted where there are words."""
        one = row.element
        level, (listed, depth) = self._heading(one), self._listed(one)
        return Shape(
            self.numbering.label(listed, depth) if listed and (has_words or level) else "",
            level,
            min(depth if listed else self._indent(one), _DEEPEST),
            self._style_name(one) == "title",
        )

    def _chain(self, style: str) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            yield self.styles[style].element
            style = self.styles[style].above

    def _of_chain(self, style: str, name: str) -> str | None:
        """What the nearest style of a chain says in its numbering."""
        for one in self._chain(style):
            found = one.find(f"{W}pPr/{W}numPr/{W}{name}")
            if found is not None:
                return found.get(f"{W}val")
        return None

    def _style(self, paragraph: etree._Element) -> str:
        found = paragraph.find(f"{W}pPr/{W}pStyle")
        return self.default if found is None else found.get(f"{W}val", "")

    def _style_name(self, paragraph: etree._Element) -> str:
        found = self.styles.get(self._style(paragraph))
        return found.name.lower() if found else ""

    def _heading(self, paragraph: etree._Element) -> int:
        """The level of a heading; 0 for a text."""
        own = paragraph.find(f"{W}pPr/{W}outlineLvl")
        for one in (
            [own]
            if own is not None
            else (each.find(f"{W}pPr/{W}outlineLvl") for each in self._chain(self._style(paragraph)))
        ):
            if one is not None:
                level = count(one.get(f"{W}val", ""), _HEADINGS) + 1
                return level if level <= _HEADINGS else 0
        name = self._style_name(paragraph)
        return count(name.removeprefix("heading "), 0) if name.startswith("heading ") else 0

    def _listed(self, paragraph: etree._Element) -> tuple[str, int]:
        """The list of a paragraph and its level there; "" when it is in none."""
        style = self._style(paragraph)
        own = paragraph.find(f"{W}pPr/{W}numPr")
        listed = None if own is None else own.find(f"{W}numId")
        depth = None if own is None else own.find(f"{W}ilvl")
        number = self._of_chain(style, "numId") if listed is None else listed.get(f"{W}val")
        if not number or number == "0":
            return "", 0
        if depth is not None:
            return number, count(depth.get(f"{W}val", ""), 0)
        if listed is not None:
            return number, 0
        said = self._of_chain(style, "ilvl")
        return number, count(said, 0) if said else self.numbering.level_of(number, style)

    def _indent(self, paragraph: etree._Element) -> int:
        for one in (paragraph, *self._chain(self._style(paragraph))):
            found = one.find(f"{W}pPr/{W}ind")
            if found is not None:
                return count(found.get(f"{W}left", found.get(f"{W}start", "")), 0) // _STEP
        return 0

    def _look(self, run: etree._Element) -> Look:
        """Emphasis of a run's own or of a style of characters; that of a heading or a whole style is none of ours."""
        own = run.find(f"{W}rPr")
        if own is None:
            return Look.PLAIN
        named = own.find(f"{W}rStyle")
        styled = [] if named is None else [one.find(f"{W}rPr") for one in self._chain(named.get(f"{W}val", ""))]
        for name, look in (("b", Look.BOLD), ("i", Look.ITALIC)):
            said = next((one for one in (own, *styled) if one is not None and one.find(W + name) is not None), None)
            if said is not None and is_on(said, name):
                return look
        return Look.PLAIN


def _name(one: etree._Element) -> str:
    return etree.QName(one).localname if isinstance(one.tag, str) else ""


def _styles(root: etree._Element) -> Iterator[tuple[str, _Style]]:
    for one in root.iterfind(f"{W}style"):
        name, above = one.find(f"{W}name"), one.find(f"{W}basedOn")
        yield (
            one.get(f"{W}styleId", ""),
            _Style(
                "" if name is None else name.get(f"{W}val", ""), "" if above is None else above.get(f"{W}val", ""), one
            ),
        )


def _default(root: etree._Element) -> str:
    kinds = (one for one in root.iterfind(f"{W}style") if one.get(f"{W}type") == "paragraph")
    return next((one.get(f"{W}styleId", "") for one in kinds if one.get(f"{W}default") in {"1", "true"}), "")


def _symbol(one: etree._Element, raw: Row) -> str:
    try:
        sign = int(one.get(f"{W}char", ""), 16)
    except ValueError:
        sign = 0
    if 0 < sign < _SYMBOLS:
        return chr(sign)
    raw.doubts.append("A sign of a special font was left out.")
    return ""


def _boxed(one: etree._Element) -> str:
    words = " ".join("".join(box.itertext(f"{W}t")) for box in one.iter(f"{W}txbxContent")).strip()
    return f"A text box was left out: “{words}”" if words else ""
