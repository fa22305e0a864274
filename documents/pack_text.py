"""A printed document as plain text, with the same line numbers; changes in signs, [-old-]{+new+}."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from documents.lines import STEP
from documents.printed import Block, Document, Facts, Heading, Numbered, Table, Words

WIDTH = 72
MARGIN = 6
_UNDER = {1: "=", 2: "-"}


def written(document: Document) -> str:
    """All of it, for a screen reader, a mail or a search."""
    lines = [document.organisation.upper(), document.title, "", *_facts(document.cover.pairs)]
    for block in document.blocks:
        if not isinstance(block, Numbered) or block.headed:
            lines.append("")
        lines += _lines(block)
    return "\n".join(lines).rstrip() + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield from _heading(block)
        case Words(text):
            yield from _wrapped(text)
        case Facts(pairs):
            yield from _facts(pairs)
        case Table(head, rows):
            for first, *rest in rows:
                yield from _wrapped("; ".join([first, *map(": ".join, zip(head[1:], rest, strict=True))]))
        case Numbered(first, lines, _, steps):
            for n, line in enumerate(lines, first):
                yield f"{n:>{MARGIN - 2}}  {' ' * STEP * steps}{line.signs}".rstrip()


def _heading(one: Heading) -> Iterator[str]:
    yield from ("",) if one.level == 1 else ()
    yield from (one.over,) if one.over else ()
    yield from _wrapped(one.text)
    yield from (_UNDER[one.level] * min(len(one.text), WIDTH),) if one.level in _UNDER else ()


def _facts(pairs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for name, words in pairs:
        yield from _wrapped(f"{name}: {words}")


def _wrapped(text: str) -> list[str]:
    return [line for part in text.split("\n") for line in textwrap.wrap(part, WIDTH, break_long_words=False) or [""]]
