"""A certified copy of an edition: its exact text by its hash, the result that made it, and room for who signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from documents.printed import Block, Document, Facts, Heading, Words, numbered
from documents.tracked import Tracked

LINE = "." * 48


def copy(
    *,
    organisation: str,
    called: str,
    edition: int,
    language: str,
    at: datetime,
    facts: tuple[tuple[str, str], ...],
    signs: str,
    text: Sequence[Tracked],
) -> Document:
    """The copy as a document."""
    return Document(
        organisation, "Certified copy", called, language, at, Facts(facts), tuple(_blocks(edition, signs, text))
    )


def _blocks(edition: int, signs: str, text: Sequence[Tracked]) -> Iterator[Block]:
    yield Heading(1, "The text")
    yield from numbered(text)
    yield Heading(1, "Certificate")
    who = f"By the rules it is certified by {signs}." if signs else "The rules do not say who certifies it."
    yield Words(f"This is a true copy of edition {edition}. {who}")
    yield Facts((("Name", LINE), ("Office", signs or LINE), ("Date", LINE), ("Signature", LINE)))
