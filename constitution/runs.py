"""A redline as a value: runs of text that are kept, deleted or inserted, and its plain form.

The plain form is ``Members pay [-five-]{+six+} pounds``. Where the law itself holds a sign that would be read as
one of the redline's own in that place (``[-`` and ``{+`` in kept text, ``-]`` in deleted, ``+}`` in inserted
text), a backslash stands before it; backslashes that stand directly before such a sign, the law's or the
redline's, are doubled. All else prints as it is, so every redline reads back to both its texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby


class Op(StrEnum):
    """What a redline does with a run of text."""

    KEEP = "keep"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one redline. ``moved`` is the same number on the deleted and the inserted end of a move."""

    op: Op
    text: str
    moved: int | None = None


class UnreadableRedline(ValueError):
    """A plain redline has a deletion or an insertion without an end."""


_OPENED = {Op.KEEP: "", Op.DELETE: "[-", Op.INSERT: "{+"}
_CLOSED = {Op.KEEP: "", Op.DELETE: "-]", Op.INSERT: "+}"}
_OPENS = {"[-": Op.DELETE, "{+": Op.INSERT}
# What would be read as a sign of the redline, with the backslashes before it, in each kind of run.
_SIGNS = {
    Op.KEEP: re.compile(r"(\\*)(\[-|\{\+)"),
    Op.DELETE: re.compile(r"(\\*)(-\])"),
    Op.INSERT: re.compile(r"(\\*)(\+\})"),
}
_LAST_BACKSLASHES = re.compile(r"\\+\Z")


def before(runs: Iterable[Run]) -> str:
    """The text that was compared from: all but the insertions."""
    return "".join(run.text for run in runs if run.op is not Op.INSERT)


def after(runs: Iterable[Run]) -> str:
    """The text that was compared to: all but the deletions."""
    return "".join(run.text for run in runs if run.op is not Op.DELETE)


def plain(runs: Iterable[Run]) -> str:
    """The redline in one line of signs: '[-five-]{+six+}'. Moves are not told apart in it."""
    joined = [(op, "".join(run.text for run in group)) for op, group in groupby(runs, key=lambda run: run.op)]
    final = len(joined) - 1
    return "".join(
        _OPENED[op] + _escaped(op, text, at_sign=op is not Op.KEEP or place < final) + _CLOSED[op]
        for place, (op, text) in enumerate(joined)
    )


def parse_plain(text: str) -> tuple[Run, ...]:
    """The runs of a plain redline. UnreadableRedline when a deletion or an insertion does not end."""
    runs: list[Run] = []
    op, content, place = Op.KEEP, "", 0
    while sign := _SIGNS[op].search(text, place):
        backslashes, mark = sign.groups()
        content += text[place : sign.start()] + "\\" * (len(backslashes) // 2)
        place = sign.end()
        if len(backslashes) % 2:
            content += mark
        else:
            runs.append(Run(op, content))
            op, content = _OPENS.get(mark, Op.KEEP), ""
    if op is not Op.KEEP:
        raise UnreadableRedline(f"The redline does not end its {'deletion' if op is Op.DELETE else 'insertion'}.")
    return tuple(run for run in [*runs, Run(op, content + text[place:])] if run.text)


def _escaped(op: Op, text: str, *, at_sign: bool) -> str:
    text = _SIGNS[op].sub(r"\1\1\\\2", text)
    return _LAST_BACKSLASHES.sub(lambda match: match.group() * 2, text) if at_sign else text
