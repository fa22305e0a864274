"""The delegates' pack: what is decided, item by item, with everything that a delegate should know of it, and the text it makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from constitution.redline import Change, RedlinedClause
from constitution.runs import Op
from documents.printed import Block, Document, Facts, Heading, Numbered, Table, Words, numbered, quoted
from documents.tracked import Tracked

KEY = (
    "Words that go are struck through, words that come are underlined, and a bar stands beside their lines. "
    "Line numbers begin again with each item; print, large print, plain text and screen have the same."
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Paragraphs of one clause, and which it is and what happens to it in words."""

    caption: str
    paragraphs: tuple[Tracked, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """What is put, refused, or was made into a composite: its facts, its redline, its reason, and what is ``said`` of it."""

    over: str
    title: str
    facts: tuple[tuple[str, str], ...]
    clauses: tuple[Clause, ...]
    reason: str = ""
    said: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """All of it. ``text`` is the whole text as it would stand, or () and why there is none in ``text_note``."""

    organisation: str
    called: str
    language: str
    at: datetime
    cover: tuple[tuple[str, str], ...]
    stages: tuple[tuple[str, ...], ...]
    items: tuple[Item, ...]
    refused: tuple[Item, ...] = ()
    originals: tuple[Item, ...] = ()
    text: tuple[Tracked, ...] = ()
    text_note: str = ""


def pack(one: Pack) -> Document:
    """The pack as a document."""
    return Document(
        one.organisation, "Delegates’ pack", one.called, one.language, one.at, Facts(one.cover), tuple(_blocks(one))
    )


def _blocks(one: Pack) -> Iterator[Block]:
    if one.stages:
        yield Heading(1, "Timetable")
        yield Table(("Stage", "Opens", "Closes"), one.stages)
    yield from _chapter("What is to be decided", one.items, KEY)
    yield from _chapter("Refused", one.refused, "These were refused, with the ruling and what became of any appeal.")
    yield from _chapter(
        "The originals", one.originals, "The amendments of which a composite was made, in the text that was merged."
    )
    if one.text or one.text_note:
        yield Heading(1, "The text as it would stand")
        yield from (Words(note, small=True) for note in (one.text_note,) if note)
        yield from numbered(one.text)


def _chapter(heading: str, items: Sequence[Item], opening: str) -> Iterator[Block]:
    if items:
        yield Heading(1, heading)
        yield Words(opening, small=True)
        for one in items:
            yield from item(one)


def item(one: Item) -> Iterator[Block]:
    """An item; its lines are numbered from 1, through its redline and its reason."""
    yield Heading(2, one.title, one.over)
    yield Facts(one.facts)
    changed = tuple(redlined(one.clauses))
    if changed:
        yield Heading(3, "The change")
        yield from changed
    if one.reason:
        yield Heading(3, "Reason")
        yield from quoted(one.reason, following(changed))
    for heading, sentences in one.said:
        yield Heading(3, heading)
        yield from map(Words, sentences)


def redlined(clauses: Iterable[Clause], first: int = 1) -> Iterator[Block]:
    """Clauses with their captions, the lines numbered through."""
    for one in clauses:
        yield Words(one.caption, small=True)
        made = tuple(numbered(one.paragraphs, first))
        yield from made
        first = following(made, first)


def following(blocks: Iterable[Block], first: int = 1) -> int:
    """The number of the line after these."""
    lines = [one.first + len(one.lines) for one in blocks if isinstance(one, Numbered)]
    return max([first, *lines])


_HAPPENED = {
    Change.ADDED: "new",
    Change.JOINED: "joined",
    Change.REWORDED: "reworded",
    Change.SPLIT: "split",
    Change.STRUCK: "left out",
    Change.RENUMBERED: "renumbered",
    Change.KEPT: "unchanged",
}


def caption(row: RedlinedClause, *, gone: bool = False) -> str:
    """Which clause it is and what happens to it: "Clause 4.2(1), reworded"; ``gone``: at the place that it leaves."""
    label = row.label_after or row.label_before
    if row.change is Change.MOVED:
        left = row.moved_from or row.label_before
        label, what = (left, f"moved to {label}") if gone else (label, f"moved from {left}")
    else:
        what = _HAPPENED[row.change]
    others = f" with {', '.join(filter(None, row.partners))}" if any(row.partners) else ""
    return f"{f'Clause {label}' if label else 'A clause without a number'}, {what}{others}"


def clauses(
    rows: Sequence[RedlinedClause], following: Iterable[RedlinedClause], paragraphs: Iterable[Tracked]
) -> tuple[Clause, ...]:
    """The changed clauses with their paragraphs, in the order of these; of what moved both places.

    What is only ``following``, to another number, is named behind them: it has no words to be read.
    """
    said = {row.id: row for row in rows}
    found = list[Clause]()
    for one in paragraphs:
        if one.key not in said:
            continue
        if found and found[-1].paragraphs[0].key == one.key and found[-1].paragraphs[-1].headed:
            found[-1] = Clause(found[-1].caption, (*found[-1].paragraphs, one))
        else:
            found.append(Clause(caption(said[one.key], gone=one.op is Op.DELETE), (one,)))
    numbers = [f"{one.label_before} becomes {one.label_after}" for one in following]
    return (*found, *(Clause(f"Only renumbered: {one}.", ()) for one in ("; ".join(numbers),) if one))
