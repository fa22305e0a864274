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
from documents.rows import Fate, Row, Shape, paragraphs
from documents.word_numbering import Numbering, W, count, is_on

_OLD_WORD = b"\xd0\xcf\x11\xe0"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MAIN = "/officeDocument"
_STEP = 567  # twentieths of a point: one centimetre of indentation counts as one step
_DEEPEST, _HEADINGS = 8, 9
_SYMBOLS = 0xF000  # where fonts of symbols keep their signs
_SIGNS = {"tab": " ", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}", "ptab": " "}
_WORDS = frozenset(["t", "delText", "br", "sym", *_SIGNS])
_AROUND = frozenset(["sdt", "sdtContent", "customXml", "AlternateContent", "Choice"])
_THROUGH = _AROUND | {"hyperlink", "smartTag", "fldSimple", "dir", "bdo"}
_LEFT_OUT = {
    "AlternateContent": "A picture or a drawing was left out.",
    "altChunk": "Another document that is embedded was left out.",
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
        self.notes = {key: words for kind in ("footnote", "endnote") for key, words in self._notes(kind)}
        self.waiting: list[str] = []
        self.begun: set[str] = set()
        self.fields: list[bool] = []  # of those that are open, whether we are in what it shows

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
            if self._is_contents(one, name):
                continue
            if name == "p":
                yield self._raw(one)
            elif name == "tbl":
                yield self._table(one)
            elif name == "bookmarkStart":
                self.waiting += self._begun(one)
            elif name in _AROUND:
                yield from self.rows(one)
            elif said := _left_out(one):
                yield Row(one, doubts=said)

    def _is_contents(self, one: etree._Element, name: str) -> bool:
        """Whether it is the table of contents or a line of it."""
        if name == "sdt":
            return one.find(f"{W}sdtPr//{W}docPartGallery[@{W}val='Table of Contents']") is not None
        return name == "p" and self._style_name(one).startswith(("toc ", "table of contents"))

    def _raw(self, paragraph: etree._Element) -> Row:
        raw = Row(paragraph, bookmarks=self.waiting)
        self.waiting, self.fields = [], []
        self._gather(paragraph, raw, Fate.KEPT)
        raw.end = _fate(paragraph.find(f"{W}pPr/{W}rPr"))
        return raw

    def _table(self, table: etree._Element) -> Row:
        """A table as one paragraph, a line for each row."""
        raw = Row(table, bookmarks=self.waiting)
        raw.doubts.append("This was a table; its cells stand beside each other with a bar between.")
        self.waiting = []
        for n, line in enumerate(_inside(table, "tr")):
            fate = _fate(line.find(f"{W}trPr"))
            raw.words.append((fate, Look.PLAIN, "\n" if n else ""))
            for k, cell in enumerate(_inside(line, "tc")):
                raw.words.append((fate, Look.PLAIN, " | " if k else ""))
                raw.take(self.rows(cell), fate)
        return raw

    def _gather(self, parent: etree._Element, raw: Row, fate: Fate) -> None:
        for one in parent:
            name = _name(one)
            if name == "r":
                self._run(one, raw, fate)
            elif name in _FATES:
                if fate in {Fate.KEPT, _FATES[name]}:  # else it came and went: it is in neither text
                    self._gather(one, raw, _FATES[name])
            elif name in _THROUGH:
                self._gather(one, raw, fate)
            elif name == "bookmarkStart":
                raw.bookmarks += self._begun(one)
            else:
                raw.doubts += _left_out(one)

    def _begun(self, bookmark: etree._Element) -> list[str]:
        """The name of a bookmark where it begins; LibreOffice begins one that spans paragraphs again in each of them."""
        name = bookmark.get(f"{W}name", "")
        if name in self.begun:
            return []
        self.begun.add(name)
        return [name]

    def _run(self, run: etree._Element, raw: Row, fate: Fate) -> None:
        own = run.find(f"{W}rPr")
        if own is not None and is_on(own, "vanish"):
            raw.doubts += _left_out(run)
            return
        look = self._look(own)
        for one in run:
            name = _name(one)
            if name == "fldChar":
                self._field(one.get(f"{W}fldCharType", ""))
            elif name in _WORDS and all(self.fields):
                raw.words.append((fate, look, _written(one, name, raw)))
            elif name in {"footnoteReference", "endnoteReference"}:
                kind = name.removesuffix("Reference")
                words = self.notes.get((kind, one.get(f"{W}id", "")), "")
                raw.doubts.append(f"A {kind} was left out: “{words}”" if words else f"A {kind} was left out.")
            else:
                raw.doubts += _left_out(one)

    def _field(self, kind: str) -> None:
        """A field begins with what computes it; only what it shows is read."""
        if kind == "begin":
            self.fields.append(False)
        elif self.fields:
            self.fields.pop()
            self.fields += [True] if kind == "separate" else []

    def _notes(self, kind: str) -> Iterator[tuple[tuple[str, str], str]]:
        """The words of each note at the foot or the end, by kind and id."""
        root = self._beside(f"{kind}s.xml")
        for one in () if root is None else root.iter(W + kind):
            yield (kind, one.get(f"{W}id", "")), "".join(one.itertext(f"{W}t")).strip()

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

    def _look(self, own: etree._Element | None) -> Look:
        """Emphasis of a run's own or of a style of characters; that of a heading or a whole style is none of ours."""
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


def _fate(marks: etree._Element | None) -> Fate:
    """What the marks of a paragraph's end or of a row say of it."""
    found = [] if marks is None else [fate for name, fate in _FATES.items() if marks.find(W + name) is not None]
    return found[-1] if found else Fate.KEPT


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, and of no table within it."""
    for one in parent:
        if _name(one) == name:
            yield one
        elif _name(one) in _AROUND:
            yield from _inside(one, name)


def _written(one: etree._Element, name: str, raw: Row) -> str:
    """What stands there for an element of a run."""
    if name == "br":
        return "" if one.get(f"{W}type") in {"page", "column"} else "\n"
    if name == "sym":
        return _symbol(one, raw)
    return _SIGNS.get(name, one.text or "")


def _symbol(one: etree._Element, raw: Row) -> str:
    try:
        sign = int(one.get(f"{W}char", ""), 16)
    except ValueError:
        sign = 0
    if 0 < sign < _SYMBOLS:
        return chr(sign)
    raw.doubts.append("A sign of a special font was left out.")
    return ""


def _left_out(one: etree._Element) -> list[str]:
    """What is said of an element that is not read; nothing when nobody would see that it is missing."""
    boxed = " ".join("".join(box.itertext(f"{W}t")) for box in one.iter(f"{W}txbxContent")).strip()
    if boxed:
        return [f"A text box was left out: “{boxed}”"]
    if _name(one) in _LEFT_OUT:
        return [_LEFT_OUT[_name(one)]]
    if _name(one) == "Fallback":  # the same once more, for older programmes
        return []
    words = "".join(one.itertext(f"{W}t")).strip()
    return [f"Something that nobody sees or that we do not know was left out: “{words}”"] if words else []
