"""What readers of documents share: paragraphs as they are stored, with the fate of their words and of their ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby
from typing import Protocol

from lxml import etree

from constitution.emphasis import Look
from documents.packed import Refused
from documents.paragraphs import Paragraph

MOST = 20_000  # paragraphs; a book of a thousand pages has fewer


class Fate(StrEnum):
    """What a tracked change does with words, or with the end of a paragraph."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(slots=True)
class Row:
    """A paragraph as it is stored: words with their fate and look, and the fate of its end."""

    element: etree._Element
    words: list[tuple[Fate, Look, str]] = field(default_factory=list)
    end: Fate = Fate.KEPT
    bookmarks: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def take(self, found: Iterator[Row], fate: Fate) -> None:
        """Take in the words of a cell, on one line; what came or went with its row came or went altogether."""
        for n, one in enumerate(found):
            words = [(inner, look, text.replace("\n", " ")) for inner, look, text in one.words]
            self.words += [(fate, Look.PLAIN, " ")] if n and words else []
            self.words += [
                (inner if fate is Fate.KEPT else fate, look, text)
                for inner, look, text in words
                if Fate.KEPT in {fate, inner} or fate is inner
            ]
            self.bookmarks += one.bookmarks
            self.doubts += one.doubts

    def all_are(self, fate: Fate) -> bool:
        """Whether nothing in it has another fate."""
        return all(one is fate for one, _, text in self.words if text)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a paragraph looks like as a whole: its number as printed, heading level, depth, and whether it is the title."""

    label: str
    level: int
    indent: int
    title: bool


class Shaping(Protocol):
    """Tells the shape of a stored paragraph, once for each in their order: numbers count on."""

    def __call__(self, row: Row, *, has_words: bool) -> Shape: ...  # noqa: D102


def paragraphs(rows: Iterator[Row], shaping: Shaping) -> Iterator[Paragraph]:
    """The paragraphs that stored ones are, joined where a tracked change joins them."""
    for n, one in enumerate((one for group in joined(rows) for one in _read(group, shaping)), 1):
        if n > MOST:
            raise Refused(f"The document has more than {MOST:,} paragraphs. It is not read.")
        yield replace(one, number=n)


def _read(group: Sequence[Row], shaping: Shaping) -> Iterator[Paragraph]:
    """What a row of stored paragraphs is once its changes are accepted, and what each was before."""
    if len(group) == 1 or apart(group):
        yield from (_single(one, shaping) for one in group)
        return
    after, before = (lines(group, gone) for gone in (Fate.DELETED, Fate.INSERTED))
    for n, (rows, text) in enumerate(after):
        was = before[n][1] if n < len(before) else None
        if n == len(after) - 1 and len(before) > len(after):
            was = "\n".join(text for _, text in before[n:])
        yield _made(rows, text, was, shaping, ["Tracked changes join or divide paragraphs here."])


def _single(row: Row, shaping: Shaping) -> Paragraph:
    text, was = text_of(row.words, Fate.DELETED), text_of(row.words, Fate.INSERTED)
    if row.end is Fate.DELETED and row.all_are(Fate.DELETED):
        return Paragraph(0, "", before=was.strip(), struck=True, bookmarks=tuple(row.bookmarks))
    inserted = row.end is Fate.INSERTED and row.all_are(Fate.INSERTED)
    return _made([row], text, None if inserted else was, shaping, [])


def _made(rows: Sequence[Row], text: str, before: str | None, shaping: Shaping, doubts: list[str]) -> Paragraph:
    shape = shaping(rows[-1], has_words=bool(text.strip()))
    return Paragraph(
        0,
        tidy(text),
        label=shape.label,
        before=None if before is None else tidy(before),
        level=shape.level,
        indent=shape.indent,
        bookmarks=tuple(mark for one in rows for mark in one.bookmarks),
        doubts=tuple(dict.fromkeys([*doubts, *(doubt for one in rows for doubt in one.doubts)])),
        title=shape.title,
    )


def joined(raws: Iterator[Row]) -> Iterator[list[Row]]:
    """Paragraphs whose ends are tracked stand with the next one."""
    group: list[Row] = []
    for one in raws:
        group.append(one)
        if one.end is Fate.KEPT:
            yield group
            group = []
    if group:
        yield group


def apart(group: Sequence[Row]) -> bool:
    """Whether each was inserted or deleted as a whole (the last may be anything): then they only stand in a row."""
    return all(one.all_are(one.end) and any(text for _, _, text in one.words) for one in group[:-1])


def lines(group: Sequence[Row], gone: Fate) -> list[tuple[list[Row], str]]:
    """The paragraphs that remain without the words and ends that are gone."""
    found: list[tuple[list[Row], str]] = []
    open_: list[Row] = []
    for one in group:
        open_.append(one)
        if one.end is not gone or one is group[-1]:
            found.append((open_, text_of([word for each in open_ for word in each.words], gone)))
            open_ = []
    return found


def text_of(words: Sequence[tuple[Fate, Look, str]], gone: Fate) -> str:
    """The words that remain, with our signs of emphasis round what is drawn so."""
    left = [(look, text) for fate, look, text in words if fate is not gone and text]
    signs = {Look.BOLD: "**", Look.ITALIC: "_"}
    parts = []
    for look, group in groupby(left, key=lambda one: one[0]):
        text = "".join(each for _, each in group)
        bare, sign = text.strip(), signs.get(look, "")
        if not bare or "\n" in bare or not sign:
            parts.append(text)
        else:
            start = text.index(bare)
            parts.append(f"{text[:start]}{sign}{bare}{sign}{text[start + len(bare) :]}")
    return "".join(parts)


def tidy(text: str) -> str:
    """Lines without the blanks at their ends."""
    return "\n".join(line.strip() for line in text.strip("\n").split("\n")).strip()
