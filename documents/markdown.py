"""Markdown as people write it, brought into our canonical form, every line keeping its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from constitution.clause import Constitution
from constitution.marks import Typed, item_mark
from constitution.markup import MarkupError, parse, parse_lines, write
from constitution.outline import Line
from documents.blocks import Block, canonical

_HEADING = re.compile(r"(#+)\s+(.*?)(?:\s+#+)?$")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_BULLET = re.compile(r"(\s*)[*+•–]\s+(?=\S)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_COMMENT = re.compile(r"<!--(?! language: ).*?-->")
_LOOSE = re.compile(
    r"^%|^\s*[*•]\s|^(?:    |\t| {8})(?=\S)|^#+ {2,}\S|<!--(?! language: )|\A\s*#\s(?:.*\n)*?#\s", re.MULTILINE
)
_OPENS = re.compile(r"[:–—]\s*$")


def read(text: str) -> Constitution:
    """Read Markdown. What is canonical is read as it is; anything else has its links, titles and lists brought into form."""
    lines = [Line(n, line.expandtabs(4)) for n, line in enumerate(text.split("\n"), 1)]
    if not (_LINK.search(text) or _is_flat(lines)) and (not _LOOSE.search(text) or _is_ours(text)):
        return parse(text)
    plain = [Line(line.number, _plain(line.text)) for line in lines]
    return parse_lines([*_title_block(plain), *canonical(_leveled(_blocks(plain), titled=bool(_top(plain))))])


def _is_ours(text: str) -> bool:
    """Whether we wrote it: then it is written the same again."""
    try:
        return write(parse(text)) == text
    except MarkupError:
        return False


def _is_flat(lines: Sequence[Line]) -> bool:
    """Whether a list opens right below an item ("...:") without being set in."""
    for above, line in pairwise(lines):
        if _OPENS.search(above.text) and above.column == line.column:
            outer, inner = item_mark(above.text.strip()), item_mark(line.text.strip())
            if outer and inner and _shape(outer[0]) != _shape(inner[0]):
                return True
    return False


def _shape(typed: Typed) -> tuple[str, str, bool]:
    return typed.before, typed.after, typed.number[:1].isdigit()


def _plain(text: str) -> str:
    """A line without links, comments and backslashes; other bullets become ours. Two spaces at its end are a break."""
    return _BULLET.sub(r"\1- ", _ESCAPE.sub(r"\1", _COMMENT.sub("", _LINK.sub(r"\1", text))))


def _title_block(lines: Sequence[Line]) -> Iterator[Line]:
    """The ``%`` lines at the top: the title, then authors and date, which are not part of the law."""
    parts: list[str] = []
    for line in _top(lines):
        if line.text.startswith("%"):
            parts.append(line.text[1:].strip())
        else:
            parts[-1] += f" {line.text.strip()}"
    if parts:
        yield Line(lines[0].number, f"# {parts[0]}")
        yield from (Line(lines[0].number, part) for part in ["", *filter(None, parts[1:])])


def _top(lines: Sequence[Line]) -> Sequence[Line]:
    if not lines or not lines[0].text.startswith("%"):
        return ()
    end = next((n for n, line in enumerate(lines) if not line.text.startswith(("%", " "))), len(lines))
    return lines[:end]


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    block: Block | None = None
    broken = False
    for line in lines[len(_top(lines)) :]:
        text = line.text.strip()
        if block and text and not _begins(line) and _belongs(block, line):
            block.goes_on(text, broken=broken)
        else:
            if block:
                yield block
            block = _block(line) if text else None
        broken = line.text.endswith("  ")
    if block:
        yield block


def _block(line: Line) -> Block:
    if match := _HEADING.match(line.text.rstrip()):
        return Block(line.number, 0, [match[2]], level=len(match[1]))
    return Block.of(line)


def _begins(line: Line) -> bool:
    return line.text.startswith("#") or line.text.lstrip().startswith(">") or item_mark(line.text.strip()) is not None


def _belongs(block: Block, line: Line) -> bool:
    """Whether a line without a mark goes on with the block above it; below an item, only mid-sentence or set in."""
    if block.level:
        return False
    return block.typed is None or line.column > block.column or block.lines[-1][-1:].isalpha()


def _leveled(blocks: Iterable[Block], *, titled: bool) -> Iterator[Block]:
    """One title: the one of the ``%`` lines, or the first heading; all other headings below it, no level left out."""
    kept = list(blocks)
    first = None if titled else next((block for block in kept if block.level), None)
    shift = 2 - min((block.level for block in kept if block.level and block is not first), default=2)
    for block in kept:
        if block.level:
            block.level = 1 if block is first else block.level + shift
        yield block
