"""Plain text, wrapped and indented as by a typewriter: numbered headings alone on a line, lists set in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from constitution.clause import Constitution, Kind
from constitution.marks import KIND_OF_WORD, Typed, heading_mark, item_mark
from constitution.markup import parse_lines
from constitution.outline import Line
from documents.blocks import Block, canonical

_SENTENCE = re.compile(r"[.;:,]$")
_RANKS = {Kind.PART: 0, Kind.SCHEDULE: 0, Kind.ARTICLE: 1, Kind.SECTION: 2}


def read(text: str) -> Constitution:
    """Read plain text: the first paragraph is the title, what follows up to the first heading stands in front."""
    lines = [Line(n, line.expandtabs(8).rstrip()) for n, line in enumerate(text.split("\n"), 1)]
    blocks = list(_blocks(lines))
    if not blocks:
        return parse_lines([])
    title, *rest = blocks
    front = [Line(title.line, f"# {' '.join(title.lines)}")]
    return parse_lines([*front, *canonical(rest)])


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    width = max((len(line.text) for line in lines), default=0)
    levels = _levels(lines)
    block: Block | None = None
    above = Line(0, "")
    for line in lines:
        text = line.text.strip()
        if block and text and item_mark(text) is None and not block.level and line.number not in levels:
            block.goes_on(text, broken=len(above.text) + 1 + len(text.split()[0]) <= width)
        else:
            if block:
                yield block
            block = _block(line, levels) if text else None
        above = line
    if block:
        yield block


def _block(line: Line, levels: dict[int, int]) -> Block:
    if level := levels.get(line.number):
        return Block(line.number, 0, [line.text.strip()], level=level)
    return Block.of(line)


def _levels(lines: Sequence[Line]) -> dict[int, int]:
    """How many ``#`` each heading would have, by its line: by what its number says."""
    body = _body_column(lines)
    headings = {line.number: key for place, line in enumerate(lines) if (key := _heading_key(lines, place, body))}
    order = sorted(set(headings.values()))
    return {number: 2 + order.index(key) for number, key in headings.items()}


def _body_column(lines: Sequence[Line]) -> int:
    """Where most paragraphs begin."""
    begun = Counter(
        line.column
        for above, line in pairwise(lines)
        if line.text and not above.text and not heading_mark(line.text.strip())[0]
    )
    return begun.most_common(1)[0][0] if begun else 0


def _heading_key(lines: Sequence[Line], place: int, body: int) -> tuple[int, int] | None:
    """How deep a heading is, comparably; None when the line is no heading."""
    text = lines[place].text.strip()
    typed, words = heading_mark(text)
    if not text or not place or not _stands_alone(lines, place, body) or _SENTENCE.search(words):
        return None
    if typed is None:
        return (0, 0) if text.isupper() else None
    return _rank(typed), typed.above.count(".") + bool(typed.above)


def _stands_alone(lines: Sequence[Line], place: int, body: int) -> bool:
    """Whether an empty line follows, and one goes before, or at least the end of a sentence."""
    line, above = lines[place], lines[place - 1]
    if (place + 1 < len(lines) and lines[place + 1].text) or line.column > body:
        return False
    ended = above.text.endswith((".", ":", ";")) and " " in line.text.strip()
    return not above.text or (ended and (line.column < above.column or item_mark(above.text.strip()) is None))


def _rank(typed: Typed) -> int:
    kind = KIND_OF_WORD.get(typed.before.strip().lower())
    return _RANKS[kind] if kind else 0
