"""An OpenDocument text read into paragraphs, as documents/word_in.py reads Word: numbers, tracked changes, emphasis, bookmarks.

Source: OpenDocument 1.3, part 3; checked against what LibreOffice writes and prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from constitution.emphasis import Look
from documents.packed import Package, Refused
from documents.paragraphs import Paragraph
from documents.rows import Fate, Row, Shape, paragraphs, text_of
from documents.word_numbering import BULLET, count, written

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_SIGNS = {"tab": " ", "line-break": "\n"}
_SKIPPED = frozenset(["tracked-changes", "table-of-content", "alphabetical-index", "sequence-decls", "variable-decls", "user-field-decls"])  # fmt: skip
_THROUGH = frozenset(["section", "index-body", "index-title"])
_FORMS = {"1": "decimal", "A": "upperLetter", "I": "upperRoman", "a": "lowerLetter", "i": "lowerRoman"}
_DEEPEST, _HEADINGS = 8, 9
_BLANKS = re.compile(r"[ \t\r\n]+")
_CENTIMETRES = {"cm": 100, "mm": 10, "in": 254, "pt": 4}  # hundredths


def read(content: bytes) -> tuple[Paragraph, ...]:
    """The paragraphs of an .odt file. Raises Refused."""
    document = _Document(Package(content))
    return tuple(paragraphs(document.rows(document.body), document.shape))


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list prints its number; ``shown`` is how many levels it prints."""

    form: str
    before: str = ""
    after: str = ""
    shown: int = 1
    start: int = 1


@dataclass(slots=True)
class _Counting:
    """A list and where it stands."""

    style: str
    at: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a paragraph stands in lists: which, how deep, and the number its item was given, if it is the first in it."""

    counting: _Counting | None = None
    depth: int = 0
    first: bool = False
    start: int | None = None


class _Document:
    def __init__(self, package: Package) -> None:
        content = package.xml("content.xml")
        self.body = content.find(f"{_OFFICE}body/{_OFFICE}text")
        if self.body is None:
            raise Refused("The file is not a text document of OpenDocument (.odt).")
        trees = [content, *([package.xml("styles.xml")] if "styles.xml" in package else [])]
        self.styles = {
            one.get(f"{_STYLE}name", ""): one for tree in reversed(trees) for one in tree.iter(f"{_STYLE}style")
        }
        self.lists = {
            one.get(f"{_STYLE}name", ""): dict(map(_level, one))
            for tree in trees
            for one in tree.iter(f"{_TEXT}list-style")
        }
        outline = next((one for tree in trees for one in tree.iter(f"{_TEXT}outline-style")), None)
        self.outline = {} if outline is None else dict(map(_level, outline))
        self.headings = _Counting("")
        self.known: dict[str, _Counting] = {}
        self.last: dict[str, _Counting] = {}
        self.places: dict[etree._Element, _Place] = {}
        self.inserted, self.deleted = _changes(self.body)
        self.open: set[str] = set()
        self.waiting: list[str] = []

    # Paragraphs in their order

    def rows(self, parent: etree._Element, place: _Place | None = None) -> Iterator[Row]:
        """The paragraphs below an element, as they are stored."""
        for one in parent:
            name = _local(one)
            if name in {"p", "h"}:
                self.places[one] = place or _Place()
                place = replace(place, first=False) if place else None
                yield self._row(one)
            elif name == "list":
                yield from self._list(one, place)
            elif one.tag == f"{_TABLE}table":
                yield self._table(one)
            elif name in _THROUGH:
                yield from self.rows(one, place)
            elif name in {"change-start", "change-end", "change", "bookmark-start", "bookmark"}:
                row = Row(one)
                self._mark(one, name, row)
                self.waiting += row.bookmarks

    def _list(self, one: etree._Element, above: _Place | None) -> Iterator[Row]:
        outer = above.counting if above else None
        style = one.get(f"{_TEXT}style-name", outer.style if outer else "")
        depth = above.depth + 1 if outer and above else 0
        counting = outer or self._counting(one, style)
        if outer and style != outer.style:
            counting = _Counting(style, {**outer.at})
        self.known[one.get(_ID, "")] = self.last[style] = counting
        for below in [n for n in counting.at if n > depth or (n == depth and outer)]:
            del counting.at[below]
        for item in one:
            if _local(item) == "list-item":
                said = item.get(f"{_TEXT}start-value")
                yield from self.rows(item, _Place(counting, depth, first=True, start=count(said, 1) if said else None))
            elif _local(item) == "list-header":
                yield from self.rows(item, _Place(counting, depth))

    def _counting(self, one: etree._Element, style: str) -> _Counting:
        """A new list, or the one that this one says it goes on with."""
        named = one.get(f"{_TEXT}continue-list", "")
        if named and named in self.known:
            return self.known[named]
        if one.get(f"{_TEXT}continue-numbering") == "true" and style in self.last:
            return self.last[style]
        return _Counting(style)

    def _row(self, one: etree._Element) -> Row:
        row = Row(one, bookmarks=self.waiting)
        self.waiting = []
        self._words(one, row, Look.PLAIN)
        row.end = self._fate()
        return row

    def _table(self, table: etree._Element) -> Row:
        """A table as one paragraph, a line for each row."""
        made, doubts = [], ["This was a table; its cells stand beside each other with a bar between."]
        bookmarks, self.waiting = self.waiting, []
        for line in table.iter(f"{_TABLE}table-row"):
            cells = []
            for cell in line.iterfind(f"{_TABLE}table-cell"):
                found = list(self.rows(cell))
                doubts += [doubt for one in found for doubt in one.doubts]
                bookmarks = [*bookmarks, *(mark for one in found for mark in one.bookmarks)]
                cells.append(" ".join(filter(None, (text_of(one.words, Fate.DELETED).strip() for one in found))))
            made.append(" | ".join(cells))
        return Row(table, [(Fate.KEPT, Look.PLAIN, "\n".join(made))], bookmarks=bookmarks, doubts=doubts)

    def _words(self, parent: etree._Element, row: Row, look: Look) -> None:
        self._add(parent.text, row, look)
        for one in parent:
            name = _local(one)
            if name in _SIGNS:
                row.words.append((self._fate(), look, _SIGNS[name]))
            elif name == "s":
                row.words.append((self._fate(), look, " " * min(count(one.get(f"{_TEXT}c", ""), 1), 100)))
            elif name == "span":
                self._words(one, row, self._look(one, look))
            elif name == "note":
                words = " ".join("".join(body.itertext()) for body in one.iter(f"{_TEXT}note-body")).strip()
                row.doubts.append(f"A footnote was left out: “{words}”")
            elif isinstance(one.tag, str) and one.tag.startswith(_DRAW):
                words = " ".join("".join(box.itertext()) for box in one.iter(f"{_DRAW}text-box")).strip()
                row.doubts.append(
                    f"A text box was left out: “{words}”" if words else "A picture or a drawing was left out."
                )
            elif not self._mark(one, name, row) and one.tag != f"{_OFFICE}annotation":
                self._words(one, row, look)
            self._add(one.tail, row, look)

    def _add(self, text: str | None, row: Row, look: Look) -> None:
        if text:
            row.words.append((self._fate(), look, _spaced(text)))

    def _fate(self) -> Fate:
        return Fate.INSERTED if self.open & self.inserted else Fate.KEPT

    def _mark(self, one: etree._Element, name: str, row: Row) -> bool:
        """Whether it is a mark and no words: where a bookmark or a change begins or ends."""
        change = one.get(f"{_TEXT}change-id", "")
        if name == "change-start":
            self.open.add(change)
        elif name == "change-end":
            self.open.discard(change)
        elif name == "change":
            row.words.append((Fate.DELETED, Look.PLAIN, self.deleted.get(change, "")))
        elif name in {"bookmark", "bookmark-start"}:
            row.bookmarks.append(one.get(f"{_TEXT}name", ""))
        else:
            return name in {"bookmark-end", "soft-page-break", "reference-mark-start", "reference-mark-end"}
        return True

    # What a paragraph or a run of words is

    def shape(self, row: Row, *, has_words: bool) -> Shape:
        """The number and the place of a paragraph; it is counted where there are words."""
        one = row.element
        place = self.places.get(one, _Place())
        level = min(count(one.get(f"{_TEXT}outline-level", ""), 1), _HEADINGS) if _local(one) == "h" else 0
        label = ""
        if place.counting is not None:
            if place.first and has_words:
                label = _next(place.counting, self.lists.get(place.counting.style, {}), place.depth, place.start)
        elif level and one.get(f"{_TEXT}is-list-header") != "true":
            label = _next(self.headings, self.outline, level - 1, None)
        depth = place.depth if place.counting is not None else self._indent(one)
        return Shape(label, level, min(depth, _DEEPEST), any(name == "Title" for name, _ in self._chain(one)))

    def _chain(self, one: etree._Element) -> Iterator[tuple[str, etree._Element | None]]:
        name, seen = one.get(f"{_TEXT}style-name", ""), set()
        while name and name not in seen:
            seen.add(name)
            found = self.styles.get(name)
            yield name, found
            name = "" if found is None else found.get(f"{_STYLE}parent-style-name", "")

    def _indent(self, one: etree._Element) -> int:
        for _, style in self._chain(one):
            found = None if style is None else style.find(f"{_STYLE}paragraph-properties")
            said = "" if found is None else found.get(f"{_FO}margin-left", "")
            if said:
                return _hundredths(said) // 100
        return 0

    def _look(self, span: etree._Element, otherwise: Look) -> Look:
        for _, style in self._chain(span):
            found = None if style is None else style.find(f"{_STYLE}text-properties")
            if found is not None and found.get(f"{_FO}font-weight") == "bold":
                return Look.BOLD
            if found is not None and found.get(f"{_FO}font-style") == "italic":
                return Look.ITALIC
        return otherwise


def _local(one: etree._Element) -> str:
    """The name of an element of text; "" for any other."""
    return one.tag.removeprefix(_TEXT) if isinstance(one.tag, str) and one.tag.startswith(_TEXT) else ""


def _spaced(text: str) -> str:
    """Blanks as the format has them: a row of them, or the end of a line in the file, is one."""
    return _BLANKS.sub(" ", text)


def _level(one: etree._Element) -> tuple[int, _Level]:
    depth = count(one.get(f"{_TEXT}level", ""), 1) - 1
    if _local(one) == "list-level-style-bullet":
        return depth, _Level("bullet")
    return depth, _Level(
        _FORMS.get(one.get(f"{_STYLE}num-format", ""), "none"),
        one.get(f"{_STYLE}num-prefix", ""),
        one.get(f"{_STYLE}num-suffix", ""),
        count(one.get(f"{_TEXT}display-levels", ""), 1),
        count(one.get(f"{_TEXT}start-value", ""), 1),
    )


def _next(counting: _Counting, levels: dict[int, _Level], depth: int, start: int | None) -> str:
    """Count a paragraph, and the number it prints."""
    own = levels.get(depth)
    for above in range(depth):
        counting.at.setdefault(above, levels[above].start if above in levels else 1)
    counting.at[depth] = (
        start if start is not None else counting.at[depth] + 1 if depth in counting.at else (own.start if own else 1)
    )
    for below in [n for n in counting.at if n > depth]:
        del counting.at[below]
    if own is None or own.form == "none":
        return ""
    if own.form == "bullet":
        return BULLET
    shown = [
        n for n in range(max(0, depth - own.shown + 1), depth + 1) if levels.get(n, own).form not in {"none", "bullet"}
    ]
    number = ".".join(written(counting.at[n], levels.get(n, own).form) for n in shown)
    return f"{own.before}{number}{own.after}".strip()


def _changes(body: etree._Element) -> tuple[set[str], dict[str, str]]:
    """The ids of tracked insertions, and the words of tracked deletions by theirs."""
    inserted, deleted = set(), {}
    for one in body.iterfind(f"{_TEXT}tracked-changes/{_TEXT}changed-region"):
        change = one.get(f"{_TEXT}id", one.get(_ID, ""))
        if one.find(f"{_TEXT}insertion") is not None:
            inserted.add(change)
        elif (gone := one.find(f"{_TEXT}deletion")) is not None:
            lines = ["".join(line.itertext()) for line in gone.iter(f"{_TEXT}p", f"{_TEXT}h")]
            deleted[change] = "\n".join(lines)
    return inserted, deleted


def _hundredths(said: str) -> int:
    """A length such as "1.25cm" in hundredths of a centimetre; 0 for what is none."""
    number, unit = said[:-2], said[-2:]
    whole, _, part = number.partition(".")
    if unit not in _CENTIMETRES or not (whole + part).isdigit():
        return 0
    return int(f"{whole}{part[:2]:0<2}"[:9]) * _CENTIMETRES[unit] // 100
