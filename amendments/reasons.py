"""Why another amendment concerns a member who is drafting one: values, each with one plain sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from amendments.effects import Doing
from amendments.wording import HEADING
from constitution.tokens import word_count

# More words than these are not quoted, but so many of the first and of the last.
LONGEST_QUOTED, AT_ENDS = 12, 5
MOST_NAMED = 3


class Nearness(StrEnum):
    """What two amendments have in common, the closest first."""

    SAME_EFFECT = "same-effect"
    SAME_WORDS = "same-words"
    SIMILAR_WORDING = "similar-wording"
    SAME_CLAUSE = "same-clause"


@dataclass(frozen=True, slots=True)
class SameEffect:
    """Both make the very same of something; ``named`` says of what ("4.2 and 5.1"; "after 4.2" for new clauses).

    ``lacks``: it does not do all that the draft does; ``adds``: it does more.
    """

    doing: Doing
    clauses: tuple[str, ...]
    named: str
    lacks: bool
    adds: bool

    @property
    def nearness(self) -> Nearness:
        """Always the same effect."""
        return Nearness.SAME_EFFECT

    @property
    def sentence(self) -> str:
        """'It would make exactly the same change to 4.2.'"""
        return f"It would {_SAME[self.doing].format(self.named)}{_REST[self.lacks, self.adds]}."


@dataclass(frozen=True, slots=True)
class SameWords:
    """Both change the ``words`` of one part of a clause, or both the place ``behind`` some words, or its beginning.

    ``count`` says how many words of the part both change, ``words`` quotes the longest stretch of them.
    """

    clause: str
    named: str
    part: str
    words: str
    count: int
    behind: str

    @property
    def nearness(self) -> Nearness:
        """Always the same words."""
        return Nearness.SAME_WORDS

    @property
    def sentence(self) -> str:
        """'It also changes the words “thirty days” in 4.2.'"""
        part = f"the heading of {self.named}" if self.part == HEADING else self.named
        if self.words:
            return f"It also changes {_words(self.words)} in {part}."
        if self.behind:
            return f"It also changes {part} just after {_words(self.behind)}."
        return f"It also changes the beginning of {part}."


@dataclass(frozen=True, slots=True)
class SameClause:
    """Both touch one clause: what ``it`` does there, and what ``yours``, the draft, does.

    ``named`` is the clause; for what it adds the place ("after 4.2"), and ``moving`` the clause that it moves there.
    ``within`` is the clause above that it strikes as a whole.
    """

    it: Doing
    yours: Doing
    clause: str
    named: str
    moving: str = ""
    within: str = ""

    @property
    def nearness(self) -> Nearness:
        """A struck clause has all its words changed."""
        both = {self.it, self.yours}
        return Nearness.SAME_WORDS if Doing.STRIKES in both and both <= _TO_WORDS else Nearness.SAME_CLAUSE

    @property
    def sentence(self) -> str:
        """'It changes another part of 4.2.'"""
        if self.within:
            return f"It strikes out {self.within}, and {self.named} with it."
        if self.it is Doing.ADDS:
            what = f"moves {self.moving} to the place" if self.moving else "adds a clause"
            return f"It {'also ' * (self.yours is Doing.ADDS)}{what} {self.named}{_GOING.get(self.yours, '')}."
        if self.it is self.yours:
            return f"It {_BOTH[self.it].format(self.named)}."
        return f"It {_DOES[self.it]} {self.named}{_GOING.get(self.yours, ', where yours brings a clause')}."


@dataclass(frozen=True, slots=True)
class SimilarWording:
    """It brings words like those of the draft, perhaps in another clause; as ``amendments.similar.Likeness``."""

    share: Fraction
    run: str
    shared: tuple[str, ...]

    @property
    def nearness(self) -> Nearness:
        """Always similar wording."""
        return Nearness.SIMILAR_WORDING

    @property
    def sentence(self) -> str:
        """'Its new words resemble yours: “at least thirty days' notice”.'"""
        return f"Its new words resemble yours: {quoted(self.run) if self.run else listed(self._rarest)}."

    @property
    def _rarest(self) -> list[str]:
        return [quoted(one) for one in self.shared[:MOST_NAMED]]


Reason: TypeAlias = SameEffect | SameWords | SimilarWording | SameClause


_SAME = {
    Doing.REWORDS: "make exactly the same change to {}",
    Doing.STRIKES: "also strike out {}",
    Doing.MOVES: "move {} exactly as yours does",
    Doing.ADDS: "add exactly the same text {}",
}
_REST = {
    (False, False): "",
    (False, True): ", and more besides",
    (True, False): ", but not do all that yours does",
    (True, True): "; elsewhere it differs from yours",
}
_TO_WORDS = frozenset({Doing.REWORDS, Doing.STRIKES})
_DOES = {Doing.REWORDS: "changes", Doing.STRIKES: "strikes out", Doing.MOVES: "moves"}
_BOTH = {
    Doing.REWORDS: "changes another part of {}",
    Doing.STRIKES: "also strikes out {}",
    Doing.MOVES: "moves {} to another place",
}
_GOING = {Doing.REWORDS: "", Doing.STRIKES: ", which yours strikes out", Doing.MOVES: ", which yours moves"}


def quoted(text: str) -> str:
    """The words in quotation marks on one line, without emphasis; of many only the first and the last."""
    words = text.replace("**", "").split()
    if len(words) > LONGEST_QUOTED:
        words = [*words[:AT_ENDS], "…", *words[-AT_ENDS:]]
    return f"“{' '.join(words)}”"


def listed(names: Sequence[str]) -> str:
    """'4.2', '4.2 and 5.1', '4.2, 5.1 and 6', '4.2, 5.1, 6 and 2 more'."""
    if len(names) > MOST_NAMED:
        names = [*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} more"]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _words(text: str) -> str:
    return f"the word{'s' * (word_count(text) != 1)} {quoted(text)}"
