"""What an amendment replaces alike at every place where the words occur, so that it need be said but once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from amendments.operations import Operation, Verb, operations, perform, span_of
from amendments.reader import Reader, Splice, spliced
from amendments.sentences import Span
from amendments.throughout import Replacement
from constitution.tokens import word_count

Place = tuple[str, str]
"""A clause and one of its parts."""

Pair = tuple[str, str]
"""Words, and those they give way to."""

Steps = Mapping[Place, tuple[Operation, ...]]

# How many words before and behind a change may have to be replaced with it ("General Secretary", but not "secretary").
BESIDE = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2))
LONGEST = 8
# The clauses in which a replacement must be made to be one "throughout".
MANY = 2
APART = "\n\0\n"


def repeated(
    texts: Mapping[Place, tuple[str, str]], brought: Collection[str] = ()
) -> tuple[tuple[Replacement, ...], Steps]:
    """What is replaced throughout, and for each changed text the steps that are left to be said.

    ``texts`` are all those that stay, before and after; ``brought`` those of new clauses. A replacement is made
    throughout when nothing else than it happens to the words at any place, when there are places in two clauses or
    more, and when nothing that the amendment inserts has the words that were left out.
    """
    steps = {place: operations(*both) for place, both in texts.items() if both[0] != both[1]}
    if len({clause for clause, _ in steps}) < MANY:
        return (), steps
    search = _Search(texts, steps, brought)
    return tuple(search.found()), search.left


class _Search:
    """``left`` is what is still to be said besides the replacements found so far."""

    def __init__(self, texts: Mapping[Place, tuple[str, str]], steps: Steps, brought: Collection[str]) -> None:
        self.texts, self.steps, self.brought = texts, steps, brought
        self.left = steps
        self.readers = {place: Reader(texts[place][0]) for place in steps}
        # Read as one, the texts that stay as they are rule out most candidates at once.
        self.resting = Reader(APART.join(old for place, (old, _) in texts.items() if place not in steps))

    def found(self) -> Iterator[Replacement]:
        """The replacements, those of the fewest words first; of several ways to say one, that which says the most."""
        for pairs, reasons in self._candidates():
            if len({clause for (clause, part), step in reasons if step in self.left[clause, part]}) >= MANY:
                tried = [(ones, self._left_by(ones)) for ones in _variants(pairs)]
                passed = [(ones, left) for ones, left in tried if left is not None]
                if passed:
                    ones, self.left = min(passed, key=lambda one: sum(map(len, one[1].values())))
                    yield from ones

    def _candidates(self) -> list[tuple[list[Pair], list[tuple[Place, Operation]]]]:
        """Words that give way to the same others, with the steps that do it; with a capital and without go together."""
        found: dict[Pair, tuple[set[Pair], list[tuple[Place, Operation]]]] = {}
        for place, steps in self.steps.items():
            for step in steps:
                for old, new in _pairs(self.readers[place], step):
                    pairs, reasons = found.setdefault((_small(old), _small(new)), (set(), []))
                    pairs.add((old, new))
                    reasons.append((place, step))
        best = sorted(found, key=lambda alike: (word_count(alike[0]), -len(alike[0])))
        return [(self._possible(found[alike][0]), found[alike][1]) for alike in best]

    def _possible(self, pairs: Iterable[Pair]) -> list[Pair]:
        return [pair for pair in sorted(pairs, reverse=True) if not self.resting.places(pair[0])]

    def _left_by(self, ones: Iterable[Replacement]) -> Steps | None:
        """What is left to be said with these replacements made throughout; None where they are not."""
        left: Steps | None = self.left
        for one in ones:
            left = self._without(one, left) if left is not None else None
        return left

    def _without(self, one: Replacement, left: Steps) -> Steps | None:
        if one.spans_in(self.resting):
            return None
        shorter: dict[Place, tuple[Operation, ...]] = {}
        for place, reader in self.readers.items():
            spans = one.spans_in(reader)
            rest = self._rest(place, spans, left[place]) if spans else ()
            if rest is None:
                return None
            if spans:
                shorter[place] = rest
        others = {**left, **shorter}
        if len({clause for clause, _ in shorter}) < MANY or self._comes_back(one, others):
            return None
        # "Bursar" for "clerk" in some places and for "clerk of works" in others is said by clause.
        said = {_core(step) for place in shorter for step in left[place] if step not in shorter[place]}
        return None if any(_core(step) in said for steps in others.values() for step in steps) else others

    def _comes_back(self, one: Replacement, left: Steps) -> bool:
        """Whether the words that are left out everywhere are also inserted somewhere."""
        return any(map(one.spans, self.brought)) or any(one.spans(step.new) for ones in left.values() for step in ones)

    def _rest(
        self, place: Place, spans: Sequence[Splice], steps: tuple[Operation, ...]
    ) -> tuple[Operation, ...] | None:
        """The steps in one text that do something else than the replacement; None where it is not made in full."""
        old, new = self.texts[place]
        carried = spliced(old, spans)
        if steps == self.steps[place] and carried == new:
            return ()
        within = [step for step in steps if _inside(span_of(self.readers[place], step), spans)]
        if perform(within, old) != carried:
            return None
        return tuple(step for step in steps if step not in within)


def _core(step: Operation) -> Pair:
    """What a step takes out and puts there, wherever that is."""
    return "" if step.verb is Verb.INSERT else step.words, step.new.strip()


def _variants(pairs: Sequence[Pair]) -> Iterator[tuple[Replacement, ...]]:
    """The ways to say that words give way to others: as they are, with capitals where a sentence begins, or both apart."""
    for old, new in pairs:
        yield (Replacement(old, new),)
        yield (Replacement(old, new, also_capital=True),)
    if len(pairs) > 1:
        yield tuple(Replacement(old, new) for old, new in pairs)


def _pairs(reader: Reader, step: Operation) -> Iterator[Pair]:
    """What a step replaces by what, alone and with the words beside it."""
    if step.verb is Verb.REWRITE:
        return
    start, end = span_of(reader, step)
    for before, behind in BESIDE:
        first, last = reader.widened(start, end, before, behind)
        old = reader.text[first:last].strip()
        new = (reader.text[first:start] + step.new + reader.text[end:last]).strip()
        # Words and spaces that only go or come are said where they do.
        if 0 < word_count(old) <= LONGEST and new not in old and old.split() != new.split():
            yield old, new


def _inside(one: Span, spans: Iterable[Splice]) -> bool:
    return any(start <= one[0] and one[1] <= end for start, end, _ in spans)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
