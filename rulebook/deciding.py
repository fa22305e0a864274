"""Which rules one decision must meet: the ballot's own, those of protected clauses, those that an event brings in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rulebook.rules import Ballot, Protection, Quorum, Rulebook, Threshold


@dataclass(frozen=True, slots=True)
class Required:
    """Everything that a decision must meet at once, each rule named once."""

    thresholds: tuple[Threshold, ...]
    quorums: tuple[Quorum, ...]
    consent_of: tuple[str, ...]


def required(book: Rulebook, ballot: Ballot, labels: Iterable[str], happened: Collection[str] = ()) -> Required:
    """What must be met by a decision that changes the clauses of these labels, given the events that have happened.

    An event's threshold stands in for the ballot's own; a protected clause asks for its own besides.
    """
    brought = [one for one in ballot.overrides if one.when in happened]
    usual = [one.passes for one in brought] or [ballot.passes]
    protected = protections(book, labels)
    quorums = [ballot.quorum, *(one.quorum for one in brought)]
    return Required(
        tuple(dict.fromkeys([*usual, *(one.passes for one in protected if one.passes)])),
        tuple(one for one in quorums if one),
        tuple(dict.fromkeys(who for one in protected for who in one.consent_of)),
    )


def protections(book: Rulebook, labels: Iterable[str]) -> tuple[Protection, ...]:
    """The protections that cover any of the clauses: a clause protects all below it ("14.4" also "14.4(2)")."""
    wanted = tuple(labels)
    return tuple(
        one for one in book.protections if any(_covers(clause, each) for clause in one.clauses for each in wanted)
    )


def _covers(clause: str, label: str) -> bool:
    # "1.2" is not the beginning of "1.23", nor "12" of "12a": what follows must be a new part of the label.
    return label.startswith(clause) and not label[len(clause) : len(clause) + 1].isalnum()
