"""A draft beside another amendment: everything they have in common, as reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from amendments.changes import Edit
from amendments.effects import Doing, Effect, Spot
from amendments.reasons import Nearness, Reason, SameClause, SameEffect, SameWords, listed
from amendments.sentences import Span
from amendments.touches import Touches, Wording, beside_of, touches
from amendments.wording import PARTS
from constitution.clause import Constitution
from constitution.numbering import number, own_number
from constitution.references import show
from constitution.splices import Splice, splices
from constitution.tokens import word_count

BEHIND = 4
"""Words by which a place between words is named."""

_DOINGS, _NEARNESS = list(Doing), list(Nearness)


class Draft:
    """What a member is drafting, read once to be compared with many amendments."""

    def __init__(self, edits: Sequence[Edit], base: Constitution) -> None:
        self.touches = touches(edits, base)
        self.labels, self._own = number(base), own_number(base)
        self._order = {clause: n for n, clause in enumerate(base.by_id)}
        self.clauses = self.touches.clauses()
        self._changes: dict[tuple[str, str], tuple[Splice, ...]] = {}

    def reasons(self, other: Touches) -> tuple[Reason, ...]:
        """What the other amendment has in common with the draft, the closest first; not how alike their words are."""
        same = self.touches.effects & other.effects
        found: dict[Reason, None] = dict.fromkeys(self._same(same, other))
        for reasons in (self._reworded, self._struck, self._moved, self._arriving):
            found.update(dict.fromkeys(reasons(other, same)))
        return tuple(sorted(found, key=lambda one: _NEARNESS.index(one.nearness)))

    # What both do alike.

    def _same(self, same: frozenset[Effect], other: Touches) -> Iterator[Reason]:
        lacks, adds = self.touches.effects != same, other.effects != same
        ordered = sorted(same, key=lambda one: (self._place(one), self._named(one)))
        for doing in _DOINGS:
            alike = [one for one in ordered if one.doing is doing]
            if alike:
                clauses = dict.fromkeys(_clause(one) for one in alike)
                named = dict.fromkeys(map(self._named, alike))
                yield SameEffect(doing, tuple(clauses), listed(list(named)), lacks, adds)

    def _place(self, effect: Effect) -> int:
        return self._order.get(_clause(effect), -1)

    def _named(self, effect: Effect) -> str:
        return self._label(effect.clause) if effect.clause else self._where(effect.spot or (None, None))

    # What one does to what the other does something to as well.

    def _reworded(self, other: Touches, same: frozenset[Effect]) -> Iterator[Reason]:
        done = {one.clause for one in same if one.doing is Doing.REWORDS}
        for clause in dict.fromkeys(clause for clause, _ in other.wordings):
            if clause not in done and clause in self.clauses:
                met: list[Reason] = [one for part in PARTS if (one := self._words(clause, part, other))]
                yield from met or [SameClause(Doing.REWORDS, self.clauses[clause], clause, self._label(clause))]

    def _struck(self, other: Touches, same: frozenset[Effect]) -> Iterator[Reason]:
        done = {one.clause for one in same if one.doing is Doing.STRIKES}
        for clause, top in other.struck.items():
            yours = self.clauses.get(clause)
            # Of the clauses that go with others in both, only the one is named with which they go.
            if top in done or yours is None or clause not in {top, self.touches.struck.get(clause, clause)}:
                continue
            within = self.labels.get(top, "") if clause != top else ""
            yield SameClause(Doing.STRIKES, yours, clause, self._label(clause), within=within)

    def _moved(self, other: Touches, same: frozenset[Effect]) -> Iterator[Reason]:
        for clause, effect in other.moved.items():
            if effect not in same and clause in self.clauses:
                yours = Doing.MOVES if clause in self.touches.moved else self.clauses[clause]
                yield SameClause(Doing.MOVES, yours, clause, self._label(clause))

    def _arriving(self, other: Touches, same: frozenset[Effect]) -> Iterator[Reason]:
        for spot, arrived in other.arrivals.items():
            beside = beside_of(spot)
            yours = Doing.ADDS if spot in self.touches.arrivals else self.clauses.get(beside, Doing.ADDS)
            if yours is Doing.ADDS and spot not in self.touches.arrivals:
                continue
            for one in arrived:
                if one not in same:
                    moving = self.labels.get(one.clause, "another clause") if one.clause else ""
                    yield SameClause(Doing.ADDS, yours, beside, self._where(spot), moving)

    # Words.

    def _words(self, clause: str, part: str, other: Touches) -> SameWords | None:
        mine, theirs = (one.wordings.get((clause, part)) for one in (self.touches, other))
        if mine is None or theirs is None:
            return None
        spans = list(common(mine.splices, self._carried(theirs, mine.base)))
        if not spans:
            return None
        texts = [mine.base[start:end] for start, end in spans]
        longest = max(texts, key=word_count)
        behind = mine.base[: spans[0][0]].rsplit(None, BEHIND)[-BEHIND:]
        words = longest.strip() if word_count(longest) else ""
        count = sum(map(word_count, texts))
        return SameWords(clause, self._label(clause), part, self._shown(words), count, self._shown(" ".join(behind)))

    def _carried(self, theirs: Wording, base: str) -> Sequence[Splice]:
        if theirs.base == base:
            return theirs.splices
        pair = theirs.base, base
        if pair not in self._changes:
            self._changes[pair] = splices(*pair)
        return [carried(one, self._changes[pair]) for one in theirs.splices]

    def _shown(self, words: str) -> str:
        return show(words, self.labels, self._own)

    def _label(self, clause: str) -> str:
        return self.labels[clause]

    def _where(self, spot: Spot) -> str:
        parent, after = spot
        if after is not None:
            return f"after {self._label(after)}"
        return f"at the beginning of {self._label(parent)}" if parent else "at the very beginning"


def _clause(effect: Effect) -> str:
    return effect.clause or beside_of(effect.spot or (None, None))


def common(mine: Sequence[Splice], theirs: Sequence[Splice]) -> Iterator[Span]:
    """The stretches that both change; empty ones where they meet at a point at which one of them only inserts.

    Both in order; so two changes of one text meet as ``constitution.merge`` groups them.
    """
    n = 0
    for one in theirs:
        while n < len(mine) and mine[n].end < one.start:
            n += 1
        at = n
        while at < len(mine) and mine[at].start <= one.end:
            start, end = max(mine[at].start, one.start), min(mine[at].end, one.end)
            if start < end or one.start == one.end or mine[at].start == mine[at].end:
                yield start, end
            at += 1


def carried(splice: Splice, changes: Sequence[Splice]) -> Splice:
    """A change of an older text as one of the text that ``changes`` make of it.

    What stands in both keeps its words; a change that reaches into a stretch written anew reaches over all of it.
    """
    start = _place(splice.start, changes, opening=True)
    return Splice(start, max(start, _place(splice.end, changes, opening=False)), splice.text)


def _place(place: int, changes: Sequence[Splice], *, opening: bool) -> int:
    moved = 0
    for start, end, text in changes:
        if place < start or (place == start and not (opening and start == end)):
            break
        if place < end:
            return start + moved if opening else start + moved + len(text)
        moved += len(text) - (end - start)
    return place + moved
