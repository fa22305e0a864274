"""Ties between amendments that their texts suggest, each with the reason in words. The committee rules; this only finds.

Two that cannot both be followed are alternatives, unless all that parts them is that one takes out what the other
changes: then the other falls. One whose new words cite a clause or use a term that only another brings needs that one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import islice

from amendments.bringing import Brought, needed
from amendments.changes import Edit, EditConflict
from amendments.choices import Nature, Option, Question, in_order
from amendments.composite import compose
from amendments.overlap import near
from amendments.terms import definitions
from amendments.ties import Kind, Tie
from amendments.touches import Touches, touches
from constitution.clause import Constitution
from constitution.numbering import number, own_number
from constitution.references import show
from constitution.splices import Original

LONGEST = 60  # characters quoted of one wording


def found(
    base: Constitution,
    sides: Mapping[str, Sequence[Edit]],
    leaving_out: Collection[frozenset[int]] = (),
    most: int | None = None,
) -> tuple[Tie, ...]:
    """Ties suggested between amendments ("A12") on one base, at most ``most``, but for pairs that are left out.

    Only those that come near one another are composed, and of these only pairs that change the same words, take out
    or move. An amendment that cannot be carried out on the base is passed over.
    """
    every = (one for one in _Finding(base, sides).ties() if frozenset(one.key[::2]) not in leaving_out)
    return tuple(islice(every, most))


class _Finding:
    def __init__(self, base: Constitution, sides: Mapping[str, Sequence[Edit]]) -> None:
        self.base, original = base, cache(Original)
        explained = {one.term for one in definitions(base)}
        self.brought: dict[str, Brought] = {}
        self.touches: dict[str, Touches] = {}
        for name in in_order(sides):
            try:
                self.brought[name] = Brought.of(base, sides[name], explained)
            except (EditConflict, LookupError):
                continue
            self.touches[name] = touches(sides[name], base, original)
        self.edits = {name: sides[name] for name in self.brought}

    def ties(self) -> Iterator[Tie]:
        """What one needs of another first, then those that cannot both be followed."""
        for one, other, why in needed(self.brought, self.base):
            yield Tie(_no(one), Kind.NEEDS, _no(other), why)
        for one, other in near(self.base, self.edits):
            if _may_clash(self.touches[one], self.touches[other]):
                yield from self._clash(one, other)

    def _clash(self, one: str, other: str) -> Iterator[Tie]:
        met = compose(self.base, {name: self.edits[name] for name in (one, other)})
        asked = [question for question in met.questions() if question.nature is not Nature.PLACE]
        if not asked or set(met.sides[one]) == set(met.sides[other]):
            return
        deeper = [question for question in asked if question.nature is not Nature.STRIKE]
        strikers = {name for question in asked for name in question.options[0].sources}
        if deeper or len(strikers) > 1:
            yield Tie(_no(one), Kind.ALTERNATIVE, _no(other), self._differ((*deeper, *asked)[0]))
            return
        (striker,) = strikers
        fallen = other if striker == one else one
        why = f"{striker} takes out {self._clause(asked[0])}, which {fallen} changes or puts something into."
        yield Tie(_no(fallen), Kind.FALLS_IF, _no(striker), why)

    def _differ(self, question: Question) -> str:
        match question.nature:
            case Nature.WORDS:
                said = ", ".join(self._says(one, question.base) for one in question.options if one.sources)
                return f"They change the same words of {self._clause(question)}: {said}."
            case Nature.STRIKE:
                return f"Each takes out what the other changes, such as {self._clause(question)}."
            case Nature.MOVE:
                return f"They move {self._clause(question)} to different places."
            case _:
                return "They move clauses into one another."

    def _says(self, option: Option, base: str) -> str:
        who = " and ".join(in_order(option.sources))
        return f"{who} says “{self._quoted(option.text)}”" if option.text else f"{who} takes out “{self._quoted(base)}”"

    def _quoted(self, text: str) -> str:
        said = show(text, self._labels, own_number(self.base)).strip()
        return said if len(said) <= LONGEST else f"{said[:LONGEST].rstrip()} …"

    def _clause(self, question: Question) -> str:
        assert question.clause is not None
        return f"clause {self._labels[question.clause]}"

    @cached_property
    def _labels(self) -> dict[str, str]:
        return number(self.base)


def _no(name: str) -> int:
    return int(name.removeprefix("A"))


def _may_clash(one: Touches, other: Touches) -> bool:
    """Whether composing the two could raise a question: cheap, and never wrong when it says no."""
    if one.moved and other.moved:
        return True
    if not (one.struck.keys().isdisjoint(other.clauses()) and other.struck.keys().isdisjoint(one.clauses())):
        return True
    return any(
        a.start <= b.end and b.start <= a.end
        for place in one.wordings.keys() & other.wordings.keys()
        for a in one.wordings[place].splices
        for b in other.wordings[place].splices
    )
