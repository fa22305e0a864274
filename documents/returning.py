"""A text that left as a document and comes back edited: what was done to it, clause by clause, by its bookmarks.

Every paragraph belongs to the clause whose bookmark it follows. What can be said as a change of a clause is a ``Back``;
whatever else was done is a sentence in ``unplaced``, with the words that it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from constitution.clause import Constitution
from constitution.marks import heading_mark, item_mark
from constitution.order import longest_rising
from constitution.runs import Op
from documents.bookmarks import COLOPHON, Origin, clause_of
from documents.paragraphs import Paragraph
from documents.tracked import Tracked, clean, texts


class NotFromHere(ValueError):
    """The document has none of the marks with which a text leaves."""

    def __init__(self) -> None:
        super().__init__(
            "This document has none of the marks by which its clauses are known. Take the text from here as Word or "
            "OpenDocument, change it there, and bring that file back."
        )


class Act(StrEnum):
    """What was done; the names are those of services.proposal."""

    ADD_AFTER = "add-after"
    ADD_BEFORE = "add-before"
    ADD_BELOW = "add-below"
    MOVE = "move"
    REWORD = "reword"
    STRIKE = "strike"


@dataclass(frozen=True, slots=True)
class Back:
    """One change: of ``clause``, or beside it. A moved clause stands ``place`` ("after", "before") clause ``to``."""

    act: Act
    clause: str
    heading: str = ""
    text: str = ""
    place: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """What was done to a text, and what could not be placed."""

    changes: tuple[Back, ...]
    unplaced: tuple[str, ...]


def origin(paragraphs: Iterable[Paragraph]) -> Origin:
    """The edition that a document was made of; raises NotFromHere."""
    for one in paragraphs:
        for mark in one.bookmarks:
            if found := Origin.read(mark):
                return found
    raise NotFromHere


def returned(paragraphs: Sequence[Paragraph], book: Constitution, scope: str = "") -> Returned:
    """What was done to the book, or to the clause ``scope`` and what is below it, if the document holds only that."""
    return _Reading(book, scope).read(paragraphs)


@dataclass(slots=True)
class _Group:
    """The paragraphs of one clause."""

    clause: str
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def there(self) -> list[Paragraph]:
        return [one for one in self.paragraphs if one.text]


class _Reading:
    def __init__(self, book: Constitution, scope: str) -> None:
        self.book = book
        self.within = [one.id for one in book[scope].walk()] if scope else list(book.by_id)
        self.rows: dict[str, list[Tracked]] = {}
        for row in clean(book):
            self.rows.setdefault(row.key, []).append(row)
        self.printed: Mapping[str, str] = texts(book)
        self.changes: list[Back] = []
        self.unplaced: list[str] = []

    def read(self, paragraphs: Sequence[Paragraph]) -> Returned:
        groups = list(self._groups(paragraphs))
        gone = self._gone({one.clause for one in groups if one.there})
        for group in groups:
            if group.there:
                self._clause(group)
        self.changes += (Back(Act.STRIKE, one) for one in gone)
        self._moves([one.clause for one in groups if one.there])
        return Returned(tuple(self.changes), tuple(self.unplaced))

    def _groups(self, paragraphs: Sequence[Paragraph]) -> Iterator[_Group]:
        """By clause, in the order of the document. What stands before the first clause is the title's."""
        group, seen = _Group(""), set()
        for one in paragraphs:
            names = [
                clause for mark in one.bookmarks if (clause := clause_of(mark)) in self.within and clause not in seen
            ]
            if len(names) > 1 and one.text:
                self.unplaced.append(f"Several clauses have become one paragraph: “{one.text}”")
            for name in names:
                if group.clause:
                    yield group
                elif group.there:
                    self._front(group)
                seen.add(name)
                group = _Group(name)
            if not COLOPHON.match(one.text):
                group.paragraphs.append(one)
        if group.clause:
            yield group

    def _front(self, group: _Group) -> None:
        lines = {_tidy(text) for text in self.printed.values()}
        for one in group.there:
            if one.text not in lines:
                self.unplaced.append(f"An amendment does not change what stands before the first clause: “{one.text}”")

    def _gone(self, there: set[str]) -> list[str]:
        """The clauses that are not in the document any more; with one goes all below it."""
        missing = [one for one in self.within if one not in there]
        found = []
        for one in missing:
            if self.book.parents[one] in missing:
                continue
            kept = [each.id for each in self.book[one].walk() if each.id in there]
            if kept:
                self.unplaced.append(
                    f"A clause is gone and clauses below it are not; it is left as it is: “{self._said(one)}”"
                )
            else:
                found.append(one)
        return found

    def _clause(self, group: _Group) -> None:
        rows = self.rows[group.clause]
        heads, bodies = [row for row in rows if row.headed], [row for row in rows if not row.headed]
        rest = group.there
        heading = text = None
        if heads:
            heading, rest = self._words(rest[0], heads[0]), rest[1:]
        if bodies and rest:
            text, rest = self._words(rest[0], bodies[0]), rest[1:]
        own, below = _own(rest, has_text=text is not None)
        if own:
            text = "\n".join(filter(None, (text, *own)))
        was = self.printed[f"{group.clause}:heading"], self.printed[group.clause]
        now = (was[0] if heading is None else heading), (text or "")
        if tuple(map(_tidy, was)) != tuple(map(_tidy, now)) and not self.book[group.clause].repealed:
            self.changes.append(Back(Act.REWORD, group.clause, *now))
        self._added(below, group.clause)

    def _added(self, new: Sequence[Paragraph], clause: str) -> None:
        """New clauses behind one, or below it where they stand further in; the first comes last, since each is put next to it."""
        rows = self.rows[clause]
        depth = rows[-1].indent + (not rows[-1].headed and bool(rows[-1].label))
        children = self.book[clause].children
        for one in reversed(new):
            words = " ".join(filter(None, (one.label, one.text)))
            found = item_mark(words)
            text = found[1] if found else words
            if one.level:
                self.changes.append(Back(Act.ADD_AFTER, clause, heading=heading_mark(words)[1]))
            elif rows[-1].headed or one.indent > depth:
                act = (
                    Back(Act.ADD_BEFORE, children[0].id, text=text)
                    if children
                    else Back(Act.ADD_BELOW, clause, text=text)
                )
                self.changes.append(act)
            else:
                self.changes.append(Back(Act.ADD_AFTER, clause, text=text))

    def _words(self, one: Paragraph, row: Tracked) -> str:
        """The words of a paragraph without its number, which is computed and cannot be changed by hand."""
        label = _tidy("".join(piece.text for piece in row.label if piece.op is Op.KEEP))
        text = " ".join(filter(None, (one.label, one.text)))
        if not label:
            return text
        if text == label or text.startswith((f"{label} ", f"{label}\n")):
            return text[len(label) :].strip()
        typed, words = heading_mark(text) if row.headed else (item_mark(text) or (None, text))
        self.unplaced.append(
            f"Numbers follow from the order of the clauses; “{label}” stays, though this was typed: “{text}”"
        )
        return words if typed else text

    def _moves(self, order: Sequence[str]) -> None:
        """Clauses that stand elsewhere among their siblings than before."""
        for parent in (None, *self.within):
            siblings = [one.id for one in self.book.siblings(parent) if one.id in self.within]
            now = [one for one in order if one in siblings]
            was = {one: n for n, one in enumerate(one for one in siblings if one in now)}
            still = {now[n] for n in longest_rising([was[one] for one in now])}
            for n, one in enumerate(now):
                if one not in still:
                    place = (
                        Back(Act.MOVE, one, place="after", to=now[n - 1])
                        if n
                        else Back(Act.MOVE, one, place="before", to=now[1])
                    )
                    self.changes.append(place)

    def _said(self, clause: str) -> str:
        return self.printed[f"{clause}:heading"] or self.printed[clause]


def _tidy(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))


def _own(rest: Sequence[Paragraph], *, has_text: bool) -> tuple[list[str], list[Paragraph]]:
    """Further paragraphs without a number belong to the text of a clause that has one; the others are new clauses."""
    own: list[str] = []
    for n, one in enumerate(rest):
        if not has_text or one.level or one.label or item_mark(one.text):
            return own, list(rest[n:])
        own.append(one.text)
    return own, []
