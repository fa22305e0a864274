"""How one amendment may hang on another, as values and as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How an amendment stands to the other one.

    FALLS_IF: it falls if the other is carried. ONLY_IF, ONLY_IF_LOST: it is put only then. ALTERNATIVE: at most one of
    the two. NEEDS: it has no effect without the other. CONSEQUENTIAL: it is not put by itself but carried or lost with
    the other. TOGETHER: a package, which stands or falls as one.
    """

    ALTERNATIVE = "alternative"
    CONSEQUENTIAL = "consequential"
    FALLS_IF = "falls-if"
    NEEDS = "needs"
    ONLY_IF = "only-if"
    ONLY_IF_LOST = "only-if-lost"
    TOGETHER = "together"


MUTUAL = frozenset({Kind.ALTERNATIVE, Kind.TOGETHER})
"""What an amendment is to another when the other is the same to it."""

SENTENCES = {
    Kind.ALTERNATIVE: "A{0} and A{1} are alternatives: at most one of them can be carried.",
    Kind.CONSEQUENTIAL: "A{0} follows A{1}: it is carried or lost with it.",
    Kind.FALLS_IF: "If A{1} is carried, A{0} falls.",
    Kind.NEEDS: "A{0} has no effect unless A{1} is carried.",
    Kind.ONLY_IF: "A{0} is put only if A{1} is carried.",
    Kind.ONLY_IF_LOST: "A{0} is put only if A{1} is lost.",
    Kind.TOGETHER: "A{0} and A{1} stand or fall together.",
}


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """How ``amendment`` stands to ``other``, and why; of a mutual tie the first has the smaller number."""

    amendment: int
    kind: Kind
    other: int
    reason: str = ""

    def __post_init__(self) -> None:
        if self.kind in MUTUAL and self.amendment > self.other:
            first, last = self.other, self.amendment
            object.__setattr__(self, "amendment", first)
            object.__setattr__(self, "other", last)

    @property
    def key(self) -> tuple[int, Kind, int]:
        """What makes it the same tie, whatever the reason."""
        return self.amendment, self.kind, self.other

    @property
    def sentence(self) -> str:
        """The tie in words: "If A18 is carried, A19 falls"."""
        return SENTENCES[self.kind].format(self.amendment, self.other)


def parts(ties: Iterable[Tie]) -> tuple[tuple[Tie, ...], ...]:
    """The ties that hang together, each part in order and by its smallest number: no part says anything of another."""
    part_of: dict[int, list[int]] = {}
    known = sorted(set(ties))
    for one in known:
        mine, others = (part_of.setdefault(number, [number]) for number in one.key[::2])
        if mine is not others:
            smaller, larger = sorted((mine, others), key=len)
            larger += smaller
            part_of.update(dict.fromkeys(smaller, larger))
    found: dict[int, list[Tie]] = {}
    for one in known:
        found.setdefault(min(part_of[one.amendment]), []).append(one)
    return tuple(tuple(found[number]) for number in sorted(found))


def sentence(tie: Tie) -> str:
    """The tie in words."""
    return tie.sentence
