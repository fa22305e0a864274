"""Paragraphs, items and headings out of a document, laid out as canonical lines whatever their indentation was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from constitution.marks import Typed, item_mark, values
from constitution.outline import DEEPEST_STEP, Line
from constitution.typesetting import INDENT, escaped


@dataclass(slots=True)
class Block:
    """A heading (``level`` counts its ``#``), an item (``typed`` is its number) or a paragraph, its lines unwrapped."""

    line: int
    column: int
    lines: list[str]
    level: int = 0
    typed: Typed | None = None

    @classmethod
    def of(cls, line: Line) -> Block:
        """The block that begins with this line."""
        text = line.text.strip()
        found = item_mark(text)
        return cls(line.number, line.column, [text], typed=found[0] if found else None)

    def goes_on(self, text: str, *, broken: bool) -> None:
        """Add a line: on a new line where the break was meant, else the words go on."""
        if broken:
            self.lines.append(text)
        else:
            self.lines[-1] += f" {text}"


@dataclass(slots=True)
class _Layout:
    """The items that are open in a section; what is indented below a paragraph stands beside it, not in it."""

    styles: dict[int, str]
    items: list[tuple[int, str]] = field(default_factory=list)
    base: int = 0

    def depth(self, block: Block) -> int:
        """How many items the block is in."""
        if block.typed is None:
            self._close(block.column)
            return len(self.items)
        kind = self.styles[id(block)]
        while self.items and self.items[-1][0] > block.column:
            self.items.pop()
        if (block.column, kind) in self.items:
            del self.items[self.items.index((block.column, kind)) :]
        elif block.typed.above:
            self._close(block.column)
        self.items.append((block.column, kind))
        return len(self.items) - 1

    def hangs(self, block: Block) -> bool:
        """Whether the block is indented further than anything it could belong to."""
        above = self.items[-1][0] if self.items else self.base
        return block.column > above + DEEPEST_STEP

    def _close(self, column: int) -> None:
        while self.items and self.items[-1][0] >= column:
            self.items.pop()


def canonical(blocks: Iterable[Block]) -> Iterator[Line]:
    """The lines of canonical markup for these blocks."""
    for section in _sections(blocks):
        layout = _Layout(_styles(section), base=min((one.column for one in section if not one.level), default=0))
        listed = False
        for block in section:
            hangs = layout.hangs(block)
            column = block.column if hangs else layout.depth(block) * INDENT
            if not (listed and block.typed):
                yield Line(block.line, "")
            yield from _lines(block, column)
            listed = block.typed is not None


def _lines(block: Block, column: int) -> Iterator[Line]:
    first, *rest = block.lines
    inner = column + INDENT if block.typed else column
    yield Line(block.line, " " * column + ("#" * block.level + " " if block.level else "") + first)
    yield from (Line(block.line, " " * inner + escaped(line)) for line in rest)


def _sections(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    section: list[Block] = []
    for block in blocks:
        if block.level:
            yield section
            yield [block]
            section = []
        else:
            section.append(block)
    yield section


def _styles(section: Sequence[Block]) -> dict[int, str]:
    """What kind of list each item belongs to; only the whole list tells whether (i) is a letter or a roman number."""
    lists: dict[tuple[int, str, str, bool, bool], list[Block]] = defaultdict(list)
    for block in section:
        if (typed := block.typed) is not None:
            lists[block.column, typed.before, typed.after, bool(typed.above), typed.number.isupper()].append(block)
    return {
        id(block): f"{key[1]}{value.style}{key[2]}{'.' * key[3]}"
        for key, listed in lists.items()
        for block, value in zip(listed, values([one.typed.number for one in listed if one.typed]), strict=True)
    }
