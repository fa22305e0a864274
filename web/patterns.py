"""Every kind of redline, merge and conflict on small invented texts: for those who work on the look, and its tests.

Nothing here is made up but the texts of the society and what its amendments ask. What is shown of them comes from the
functions that draw every other page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from amendments.edit import Edit, Reword, Strike, rebuilt
from amendments.instruction import instruction
from amendments.rebase import Placement, rebase
from amendments.states import State
from constitution.clause import Constitution
from web.pattern_merges import Merge, merges
from web.pattern_redlines import Redline, redlines
from web.pattern_texts import PLOTS, PUMP, SIXTEEN, book, new


@dataclass(frozen=True, slots=True)
class Rebase:
    """An amendment carried to a newer edition: what it asks, what was adopted meanwhile, and how it stands now."""

    title: str
    asked: tuple[str, ...]
    since: tuple[str, ...]
    placement: Placement
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """Everything the page shows."""

    redlines: tuple[Redline, ...]
    merges: tuple[Merge, ...]
    rebases: tuple[Rebase, ...]
    states: tuple[State, ...]


@cache
def sample() -> Sample:
    """The sample; always the same."""
    return Sample(redlines(), merges(), _rebases(), tuple(State))


def _rebase(title: str, base: Constitution, edit: Edit, *since: Edit) -> Rebase:
    now = rebuilt(since, base)
    placement = rebase((edit,), base, now)
    carried = instruction(placement.edits, now) if placement.edits else ()
    return Rebase(title, instruction((edit,), base), instruction(since, base), placement, carried)


def _rebases() -> tuple[Rebase, ...]:
    base = book("rebase", SIXTEEN, PUMP)
    twenty = Reword("rebase-1", SIXTEEN.replace("sixteen", "twenty"))
    return (
        _rebase("Nothing it touches has changed", base, twenty, Reword("rebase-2", PUMP.replace("all", "paying"))),
        _rebase("The clause has another number", base, twenty, new(None, "rebase-new", PLOTS)),
        _rebase(
            "Other words have changed", base, twenty, Reword("rebase-1", SIXTEEN.replace("members", "plot holders"))
        ),
        _rebase("The same words have changed", base, twenty, Reword("rebase-1", SIXTEEN.replace("sixteen", "twelve"))),
        _rebase("Another amendment did the same", base, twenty, twenty),
        _rebase("The clause is no longer there", base, twenty, Strike("rebase-1")),
    )
