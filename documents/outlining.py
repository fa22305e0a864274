"""Which paragraph of a document is a heading, an item or words of the clause above: guessed, shown, corrected, built.

A guess that could be wrong has its doubt beside it; whoever imports corrects a role or a depth, and nothing is hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from constitution.clause import Constitution
from constitution.marks import Typed, heading_mark, item_mark, values
from constitution.markup import MarkupError, Problem, parse_lines
from constitution.outline import Line
from constitution.typesetting import INDENT, escaped
from documents.bookmarks import COLOPHON
from documents.paragraphs import Paragraph
from documents.tracked import FRONT, TITLE, clean

DEEPEST = 6
_WORDS_OF_A_HEADING = 12


class Role(StrEnum):
    """What a paragraph is in a rule book."""

    TITLE = "title"
    FRONT = "front"
    HEADING = "heading"
    ITEM = "item"
    TEXT = "text"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph with its role. ``depth``: of a heading from 1; of an item or a text, how many items it stands in."""

    number: int
    role: Role
    depth: int
    text: str
    doubts: tuple[str, ...] = ()


def outlined(paragraphs: Sequence[Paragraph]) -> tuple[Entry, ...]:
    """The roles that the paragraphs seem to have; those without words are left out."""
    there: list[Paragraph] = []
    for one in paragraphs:
        if one.text or one.label:
            there.append(one)
        elif one.doubts and there:  # what was left out between two lines is said with the first of them
            there[-1] = replace(there[-1], doubts=(*there[-1].doubts, *one.doubts))
    return tuple(_nested([_guessed(one, n, there) for n, one in enumerate(there)], there))


def of_book(book: Constitution) -> tuple[Entry, ...]:
    """A rule book that was read already, as entries: to be corrected like those of any document."""
    found = []
    for n, one in enumerate(clean(book), 1):
        label, words = ("".join(piece.text for piece in row) for row in (one.label, one.pieces))
        text = " ".join(filter(None, (label, words)))
        if one.key in {TITLE, FRONT}:
            found.append(Entry(n, Role.TITLE if one.key == TITLE else Role.FRONT, 0, text))
        elif one.headed:
            found.append(Entry(n, Role.HEADING, one.depth + 1, text))
        else:
            found.append(Entry(n, Role.ITEM if label else Role.TEXT, one.indent, text))
    return tuple(found)


def built(entries: Iterable[Entry]) -> Constitution:
    """The rule book that these entries are. Raises MarkupError; the lines of its problems are the entries' numbers."""
    used = [one for one in entries if one.role is not Role.OUT]
    titles = [one for one in used if one.role is Role.TITLE]
    if len(titles) != 1:
        second = titles[1] if titles else Entry(1, Role.TITLE, 0, "")
        wrong = (
            "A rule book has one title; this is another." if titles else "Say which line is the title of the rule book."
        )
        raise MarkupError([Problem(second.number, second.text, wrong)])
    lines = [Line(titles[0].number, f"# {_flat(titles[0].text)}")]
    lines += [row for one in used if one.role is Role.FRONT for row in (Line(one.number, ""), *_front(one))]
    return parse_lines([*lines, *_lines([one for one in used if one.role not in {Role.TITLE, Role.FRONT}])])


def _guessed(one: Paragraph, n: int, every: Sequence[Paragraph]) -> Entry:
    text = " ".join(filter(None, (one.label, one.text)))
    titled = next((k for k, each in enumerate(every) if each.title), 0)
    if n == titled:
        return Entry(one.number, Role.TITLE, 0, text, one.doubts)
    if COLOPHON.match(text):
        return Entry(one.number, Role.OUT, 0, text, one.doubts)
    if one.level:
        return Entry(one.number, Role.HEADING, min(one.level, DEEPEST), text, one.doubts)
    if item_mark(text):
        return Entry(one.number, Role.ITEM, one.indent, text, one.doubts)
    typed, words = heading_mark(text)
    if typed and len(words.split()) <= _WORDS_OF_A_HEADING and not words.endswith((".", ";", ",")):
        doubt = "It looks like a heading, though it is not in a style of headings."
        return Entry(one.number, Role.HEADING, 1, text, (*one.doubts, doubt))
    doubts = one.doubts
    if one.label:
        doubts = (*doubts, f"Its number “{one.label}” is none that we know; it is kept as words.")
    return Entry(one.number, Role.TEXT, one.indent, text, doubts)


def _nested(entries: Sequence[Entry], there: Sequence[Paragraph]) -> Iterator[Entry]:
    """Headings without a gap between their levels, items below each other by their indentation and their numbers."""
    levels: list[int] = []
    section: list[Entry] = []
    styled = {one.number for one in there if one.label}
    for one in entries:
        if one.role not in {Role.HEADING, Role.TITLE}:
            section.append(one)
            continue
        yield from _items(section, styled)
        section = []
        if one.role is Role.HEADING:
            while levels and levels[-1] >= one.depth:
                levels.pop()
            levels.append(one.depth)
            yield replace(one, depth=len(levels))
        else:
            yield one
    yield from _items(section, styled)


def _items(section: Sequence[Entry], styled: set[int]) -> Iterator[Entry]:
    """The items below one heading: an item of a kind that is open goes on there, another opens a list within."""
    keys = _kinds(section)
    open_: list[tuple[int, tuple[object, ...]]] = []
    for one in section:
        if one.role is not Role.ITEM:
            while open_ and one.depth <= open_[-1][0]:
                open_.pop()
            yield replace(one, depth=len(open_))
            continue
        key = keys[one.number]
        while open_ and open_[-1][0] > one.depth:
            open_.pop()
        if any(here == one.depth and kind == key for here, kind in open_):
            while open_[-1] != (one.depth, key):
                open_.pop()
            open_.pop()
        guessed = bool(open_) and open_[-1][0] == one.depth and one.number not in styled
        doubt = ("It is taken to stand below the item above it, by its number only.",) if guessed else ()
        yield replace(one, depth=len(open_), doubts=(*one.doubts, *doubt))
        open_.append((one.depth, key))


def _kinds(section: Sequence[Entry]) -> dict[int, tuple[object, ...]]:
    """What kind of number each item has, by its entry; only the numbers around it tell whether (i) is a letter."""
    found: dict[int, tuple[object, ...]] = {}
    lists: dict[tuple[str, str, bool, bool], list[tuple[int, Typed]]] = {}
    for one in section:
        mark = item_mark(one.text) if one.role is Role.ITEM else None
        if mark:
            typed = mark[0]
            lists.setdefault((typed.before, typed.after, bool(typed.above), typed.number.isupper()), []).append(
                (one.number, typed)
            )
        elif one.role is Role.ITEM:
            found[one.number] = ("",)
    for key, row in lists.items():
        for (number, typed), value in zip(row, values([typed.number for _, typed in row]), strict=True):
            found[number] = (*key, value.style, typed.above.count(".") + bool(typed.above))
    return found


def _flat(text: str) -> str:
    return " ".join(text.split("\n"))


def _front(one: Entry) -> Iterator[Line]:
    return (Line(one.number, f"\\{line}" if line[:1] in {"\\", "#"} else line) for line in one.text.split("\n"))


def _lines(entries: Sequence[Entry]) -> Iterator[Line]:
    """Canonical lines. An item directly behind an item is of its list; a text stands by itself."""
    level, listed = 1, False
    for one in entries:
        if one.role is Role.HEADING:
            level = one.depth + 1
            yield Line(one.number, "")
            yield Line(one.number, f"{'#' * level} {_flat(one.text)}")
            listed = False
            continue
        first, *rest = one.text.split("\n")
        is_item = one.role is Role.ITEM and item_mark(first) is not None
        if not (listed and is_item):
            yield Line(one.number, "")
        column = one.depth * INDENT
        yield Line(one.number, " " * column + (first if is_item else escaped(first)))
        inner = column + INDENT if is_item else column
        yield from (Line(one.number, " " * inner + escaped(line)) for line in rest)
        listed = is_item
