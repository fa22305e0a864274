"""The fate report: what a draft made of every amendment, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from documents.printed import Block, Document, Facts, Heading, Table, Words


@dataclass(frozen=True, slots=True)
class Line:
    """An amendment with its fate in words, why, and what of it was set aside."""

    number: int
    title: str
    mover: str
    fate: str
    reason: str
    set_aside: tuple[str, ...]


def report(
    *,
    organisation: str,
    called: str,
    language: str,
    at: datetime,
    cover: tuple[tuple[str, str], ...],
    lines: Sequence[Line],
) -> Document:
    """The report as a document: how many have which fate, then each fate with its amendments."""
    return Document(organisation, "Fate report", called, language, at, Facts(cover), tuple(_blocks(lines)))


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    fates = list(dict.fromkeys(one.fate for one in lines))
    yield Heading(1, "In figures")
    yield Table(("Fate", "Amendments"), tuple((one, str(sum(line.fate == one for line in lines))) for one in fates))
    for fate in fates:
        yield Heading(1, fate)
        for one in lines:
            if one.fate == fate:
                yield Heading(2, one.title, f"A{one.number} · {one.mover}")
                yield Words(one.reason)
                yield from (Words(words, small=True) for words in one.set_aside)
