"""A document to be printed, as a value: a cover and blocks. PDF, plain text, Word and screen are written from the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from constitution.runs import Op
from documents.lines import COLUMNS, STEP, Line, broken
from documents.tracked import Piece, Tracked

MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 begins a chapter and is in the contents, as level 2 is. ``over`` stands small above it."""

    level: int
    text: str
    over: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; ``small`` for what is said aside."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what they are; a digest is set as such."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph of a rule book in numbered lines, the first of them ``first``; ``steps`` of indentation, ``depth`` in the book."""

    first: int
    lines: tuple[Line, ...]
    headed: bool
    steps: int
    depth: int = 0


Block = Heading | Words | Facts | Table | Numbered


@dataclass(frozen=True, slots=True)
class Document:
    """``kind`` says what it is, ``called`` of what; ``at`` is when what it shows last changed, never when it was printed."""

    organisation: str
    kind: str
    called: str
    language: str
    at: datetime
    cover: Facts
    blocks: tuple[Block, ...] = field(default=())

    @property
    def title(self) -> str:
        """What it is called where there is one line for it."""
        return f"{self.kind}: {self.called}"


def numbered(paragraphs: Iterable[Tracked], first: int = 1) -> Iterator[Numbered]:
    """Paragraphs of a rule book in numbered lines; those without a word have none."""
    for one in paragraphs:
        steps = min(one.indent, MOST_STEPS)
        lines = broken(_pieces(one), COLUMNS - STEP * steps)
        if lines:
            yield Numbered(first, lines, one.headed, steps, one.depth)
            first += len(lines)


def _pieces(one: Tracked) -> Iterator[Piece]:
    yield from one.label
    if one.label and one.pieces:
        yield Piece(one.op, " ")
    yield from one.pieces


def quoted(text: str, first: int = 1) -> tuple[Numbered, ...]:
    """Words that are argued about, such as a reason, in numbered lines of their own."""
    return (Numbered(first, broken([Piece(Op.KEEP, text)]), headed=False, steps=0),) if text else ()


def as_data(one: Document) -> dict[str, object]:
    """The document for a template: nothing but strings, numbers and lists."""
    return {
        "organisation": one.organisation,
        "kind": one.kind,
        "called": one.called,
        "title": one.title,
        "language": one.language,
        "cover": one.cover.pairs,
        "blocks": [_data(block) for block in one.blocks],
    }


def _data(block: Block) -> dict[str, object]:
    match block:
        case Heading(level, text, over):
            return {"is": "heading", "level": level, "text": text, "over": over}
        case Words(text, small):
            return {"is": "words", "text": text, "small": small}
        case Facts(pairs):
            return {"is": "facts", "pairs": pairs}
        case Table(head, rows):
            return {"is": "table", "head": head, "rows": rows}
        case Numbered(first, lines, headed, steps, depth):
            shown = [[n, _runs(line.shown)] for n, line in enumerate(lines, first)]
            return {"is": "numbered", "lines": shown, "headed": headed, "steps": steps, "depth": depth}


def _runs(pieces: Sequence[Piece]) -> list[tuple[str, str, str]]:
    return [(one.op.value, one.look.value, one.text) for one in pieces]
