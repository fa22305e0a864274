"""How one amendment may hang on another, as values and as sentences."""

from __future__ import annotations

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


def sentence(tie: Tie) -> str:
    """The tie in words."""
    return tie.sentence
