"""The ballot booklet: what is put to a vote, by which rules, how one votes, and what a vote here cannot protect against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from documents.pack import KEY, Clause, following, redlined
from documents.printed import Block, Document, Facts, Heading, Words


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its rules in sentences and its options: the label of each and what it changes."""

    number: str
    words: str
    rules: tuple[str, ...]
    options: tuple[tuple[str, tuple[Clause, ...]], ...]


@dataclass(frozen=True, slots=True)
class Booklet:
    """A vote as it is put."""

    organisation: str
    called: str
    language: str
    at: datetime
    cover: tuple[tuple[str, str], ...]
    how: tuple[str, ...]
    limits: str
    asked: Sequence[Asked]


def booklet(one: Booklet) -> Document:
    """The booklet as a document."""
    return Document(
        one.organisation, "Ballot booklet", one.called, one.language, one.at, Facts(one.cover), tuple(_blocks(one))
    )


def _blocks(one: Booklet) -> Iterator[Block]:
    yield Heading(1, "How to vote")
    yield from map(Words, one.how)
    yield Heading(2, "What this vote cannot protect against")
    yield Words(one.limits)
    yield Heading(1, "What is put")
    yield Words(KEY.replace("item", "question"), small=True)
    for question in one.asked:
        yield Heading(2, question.words, f"Question {question.number}")
        yield Heading(3, "When it is carried")
        yield from map(Words, question.rules)
        first = 1
        for label, clauses in question.options:
            yield Heading(3, label if len(question.options) > 1 else "The change")
            made = tuple(redlined(clauses, first))
            yield from made
            first = following(made, first)
