"""How the mover of an amendment wants it to stand to another one."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Relation(StrEnum):
    """What a mover may say of another amendment."""

    ALTERNATIVE = "alternative"
    COUNTER = "counter"
    ONLY_IF_LOST = "only-if-lost"


class CannotRelate(ValueError):
    """Two amendments cannot stand to one another so; the message is a sentence for the mover."""


SENTENCES = {
    Relation.ALTERNATIVE: ("It is an alternative to {}: of the two, at most one can be carried.",) * 2,
    Relation.COUNTER: ("It is a counter-proposal to {}.", "{} is a counter-proposal to it."),
    Relation.ONLY_IF_LOST: ("It is put only if {} is lost.", "{} is put only if this one is lost."),
}

Said = tuple[int, Relation, int]
"""An amendment, what its mover says, and of which other."""


def sentence(relation: Relation, other: str, *, of_other: bool = False) -> str:
    """The relation in words on the page of the one that says it, or (``of_other``) of the one it is said of."""
    return SENTENCES[relation][of_other].format(other)


def require_relation(wanted: Said, said: Iterable[Said], *, mover: str, other_mover: str) -> None:
    """Raise CannotRelate unless the mover may say this besides what is ``said`` already.

    A conditional amendment leans on another of the same mover: one member's reserve, not a way to hinder others.
    """
    one, relation, other = wanted
    if one == other:
        raise CannotRelate("An amendment cannot stand so to itself. Enter the number of another one.")
    if relation is not Relation.ONLY_IF_LOST:
        return
    if mover != other_mover:
        raise CannotRelate(f"You can make an amendment depend only on one that you moved yourself; A{other} is not.")
    leans = {first: second for first, kind, second in said if kind is Relation.ONLY_IF_LOST}
    seen = {one}
    at: int | None = other
    while at is not None:
        if at in seen:
            raise CannotRelate(f"A{other} is itself put only if this amendment is lost: neither could ever be put.")
        seen.add(at)
        at = leans.get(at)
