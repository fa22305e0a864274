"""A sample in which every kind of redline occurs: for those who work on the look, and for the tests of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from amendments.states import State
from constitution.clause import Clause, Constitution, Kind, Mark, Style
from constitution.provenance import COMMITTEE, Word
from constitution.redline import RedlinedClause, redline

PART = Mark(Style.DECIMAL, after=".")
RULE = Mark(Style.DECIMAL, path=True)
NOTICE = "A meeting is called in writing, at least sixteen days before it is held, by the secretary or by two trustees."


@dataclass(frozen=True, slots=True)
class Sample:
    """One redline with everything in it, some words with their sources, and the states of an amendment."""

    redline: tuple[RedlinedClause, ...]
    words: tuple[Word, ...]
    names: tuple[str, ...]
    states: tuple[State, ...]


@cache
def sample() -> Sample:
    """The sample; always the same."""
    words = (
        Word("A meeting is called ", frozenset()),
        Word("by post ", frozenset({"A12"})),
        Word("and by electronic mail ", frozenset({"A12", "A14"})),
        Word("at least ", frozenset()),
        Word("twenty-one", frozenset({"A14"})),
        Word(" clear", frozenset({COMMITTEE})),
        Word(" days before it is held.", frozenset()),
    )
    return Sample(redline(_before(), _after()), words, ("A12", "A14", COMMITTEE), tuple(State))


def _before() -> Constitution:
    return Constitution(
        "Rules",
        (
            _part(
                "p1",
                "Members",
                _rule("r1", "Anybody may join."),
                _rule("r2", "Members pay what they can."),
                _rule("r3", "A member who leaves owes nothing."),
            ),
            _part(
                "p2",
                "Meetings",
                _rule("r4", NOTICE),
                _rule("r5", "The chair has a second vote, under [[r4]]."),
                _rule("r6", "Minutes are kept for ten years and shown to any member who asks for them."),
            ),
        ),
    )


def _after() -> Constitution:
    return Constitution(
        "Rules",
        (
            _part(
                "p1",
                "Membership",
                _rule("n1", "The union is open."),
                _rule("r1", "Anybody may join."),
                _rule("r3", "A member who leaves owes nothing."),
            ),
            _part(
                "p2",
                "Meetings",
                _rule("r6", "Minutes are kept for ten years and shown to any member who asks for them."),
                _rule("r4", NOTICE.replace("sixteen", "forty-eight")),
                _rule("r5", "The chair has a second vote, under [[r4]]."),
            ),
        ),
    )


def _part(clause_id: str, heading: str, *rules: Clause) -> Clause:
    return Clause(clause_id, Kind.PART, heading, mark=PART, children=rules)


def _rule(clause_id: str, text: str) -> Clause:
    return Clause(clause_id, Kind.CLAUSE, text=text, mark=RULE)
