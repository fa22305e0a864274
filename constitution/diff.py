"""What changed between two texts, so that a reader sees it and both texts can be had back exactly.

Whole words only; every difference marked; the same on every machine. The steps are those of the modules
imported here: equal paragraphs and words unique to both are anchors (alignment), a shortest edit in between,
then tidied for the reader (tidy), turned into runs, and moves marked (moves).
"""

from __future__ import annotations

from constitution.moves import with_moves
from constitution.runs import Op, Run, UnreadableRedline, after, before, parse_plain, plain
from constitution.splices import splices

__all__ = ["Op", "Run", "UnreadableRedline", "after", "before", "diff", "diff_unmoved", "parse_plain", "plain"]


def diff(before: str, after: str) -> tuple[Run, ...]:  # the names an outside caller may use
    """The runs of ``after`` against ``before``; deletion stands before insertion; moves are marked."""
    return with_moves((diff_unmoved(before, after),))[0]


def diff_unmoved(before: str, after: str) -> tuple[Run, ...]:
    """The runs without moves, for callers who look for moves over many texts at once."""
    runs: list[Run] = []
    here = 0
    for start, end, text in splices(before, after):
        runs += Run(Op.KEEP, before[here:start]), Run(Op.DELETE, before[start:end]), Run(Op.INSERT, text)
        here = end
    runs.append(Run(Op.KEEP, before[here:]))
    return tuple(run for run in runs if run.text)
