"""Which clause of a revised text is which clause of the old one, when their ids say nothing.

Passes from the certain to the likely, each over what the ones before left: whole branches that are the same; the same
words; what contains the same clauses; the same label with a similar text; the most similar text. Among equals the same
parent and label win, then the same parent, the same label, and the order of the text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass

from constitution.clause import Clause, Constitution
from constitution.numbering import number
from constitution.references import unbound

SAME_LABEL = 0.35  # of the words in common: enough for two texts with the same label
WITHIN = 0.6  # of the shorter text, when its place is the same too
SIMILAR = 0.55  # and for two texts anywhere
_EVERYWHERE = 40  # a word in more clauses than this tells nothing


def match(old: Constitution, new: Constitution) -> Mapping[str, str]:
    """For each clause of ``new`` that is a clause of ``old`` in new words or a new place: new id -> old id."""
    pairs = _Pairs(_Side.of(old), _Side.of(new))
    pairs.pair_equal(lambda side, one: side.branches[one.id])
    pairs.pair_equal(lambda _side, one: _content(one))
    pairs.pair_containers()
    pairs.pair_labelled()
    pairs.pair_similar()
    pairs.pair_containers()
    pairs.pair_labelled()
    return {one.id: pairs.found[one.id] for one in new.walk() if one.id in pairs.found}


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two texts, with all that is asked of it again and again."""

    c: Constitution
    labels: dict[str, str]
    words: dict[str, Counter[str]]
    branches: dict[str, Hashable]

    @classmethod
    def of(cls, c: Constitution) -> _Side:
        shown = unbound(c)
        words = {one.id: Counter(f"{one.heading} {one.text}".split()) for one in shown.walk()}
        branches: dict[str, Hashable] = {}
        for one in shown.clauses:
            _branch(one, branches)
        return cls(shown, number(c), words, branches)


def _branch(clause: Clause, branches: dict[str, Hashable]) -> Hashable:
    below = tuple(_branch(child, branches) for child in clause.children)
    branches[clause.id] = whole = (_content(clause), below) if below or _content(clause) else None
    return whole


def _content(clause: Clause) -> Hashable:
    """What a clause says itself; None when it only contains others, or is a repealed shell."""
    return (clause.heading, clause.text) if clause.heading or clause.text else None


class _Pairs:
    """The pairs found so far, new id -> old id."""

    def __init__(self, old: _Side, new: _Side) -> None:
        self.old, self.new = old, new
        self.found: dict[str, str] = {}
        self.taken: set[str] = set()

    def pair_equal(self, key: Callable[[_Side, Clause], Hashable]) -> None:
        """Pair the clauses with the same key: those that are alone with it first, so that they can tell the rest apart."""
        groups: dict[Hashable, tuple[list[Clause], list[Clause]]] = defaultdict(lambda: ([], []))
        for place, side in enumerate((self.old, self.new)):
            for one in self._left(side):
                if (value := key(side, one)) is not None:
                    groups[value][place].append(one)
        for olds, news in sorted(groups.values(), key=lambda group: max(map(len, group))):
            for same in (self._same_place, self._same_parent, self._same_label, lambda _old, _new: True):
                self._pair_first(olds, news, same)

    def pair_containers(self) -> None:
        """Pair what contains the same clauses: most of them, and the same label where that does not decide."""
        for one in reversed(list(self._left(self.new))):
            votes = Counter(
                self.old.c.parents[self.found[child.id]] for child in one.children if child.id in self.found
            )
            best = [parent for parent, _ in votes.most_common() if parent and parent not in self.taken]
            fits = [
                parent
                for parent in best
                if votes[parent] * 2 > len(one.children) or self._same_label(self.old.c[parent], one)
            ]
            if fits and self._compatible(self.old.c[fits[0]], one):
                self._pair(self.old.c[fits[0]], one)

    def pair_labelled(self) -> None:
        """Pair what has the same label and a similar text, or was repealed, or only contains others."""
        olds = defaultdict(list)
        for one in self._left(self.old):
            olds[self.old.labels[one.id]].append(one)
        for one in list(self._left(self.new)):
            for other in olds.get(self.new.labels[one.id], ()):
                if other.id not in self.taken and self._goes_with(other, one):
                    self._pair(other, one)
                    break

    def pair_similar(self) -> None:
        """Pair the most similar texts that are left, the best pair first; the nearer in the text wins a tie."""
        postings = defaultdict(list)
        for one in self._left(self.old):
            for word in self.old.words[one.id]:
                postings[word].append(one.id)
        place = {clause_id: n for n, clause_id in enumerate((*self.old.c.by_id, *self.new.c.by_id))}
        scored = []
        for one in self._left(self.new):
            near = {
                other
                for word in self.new.words[one.id]
                if len(postings.get(word, ())) <= _EVERYWHERE
                for other in postings.get(word, ())
            }
            for other in near:
                if (score := self._similarity(other, one.id)) >= SIMILAR:
                    away = not self._same_parent(self.old.c[other], one)
                    scored.append((-score, away, abs(place[one.id] - len(self.old.c) - place[other]), other, one.id))
        for *_, other, mine in sorted(scored):
            if other not in self.taken and mine not in self.found:
                self._pair(self.old.c[other], self.new.c[mine])

    def _left(self, side: _Side) -> Iterable[Clause]:
        done = self.taken if side is self.old else self.found
        return (one for one in side.c.walk() if one.id not in done)

    def _pair(self, old: Clause, new: Clause) -> None:
        self.found[new.id] = old.id
        self.taken.add(old.id)

    def _pair_first(self, olds: list[Clause], news: list[Clause], same: Callable[[Clause, Clause], bool]) -> None:
        for one in news:
            if one.id not in self.found:
                other = next((other for other in olds if other.id not in self.taken and same(other, one)), None)
                if other:
                    self._pair(other, one)

    def _same_label(self, old: Clause, new: Clause) -> bool:
        return self.old.labels[old.id] == self.new.labels[new.id]

    def _same_parent(self, old: Clause, new: Clause) -> bool:
        above = self.new.c.parents[new.id]
        return (self.found.get(above, "") if above else None) == self.old.c.parents[old.id]

    def _same_place(self, old: Clause, new: Clause) -> bool:
        return self._same_label(old, new) and self._same_parent(old, new)

    def _compatible(self, old: Clause, new: Clause) -> bool:
        """Whether one may be the other for what they say themselves: nothing, or something alike."""
        return _content(old) is None or _content(new) is None or self._similarity(old.id, new.id) >= SAME_LABEL

    def _goes_with(self, old: Clause, new: Clause) -> bool:
        if old.repealed or new.repealed:
            return True
        if (_content(old) is None) != (_content(new) is None) or old.mark.style is not new.mark.style:
            return False
        return _content(new) is None or self._similarity(old.id, new.id) >= SAME_LABEL or self._grown(old, new)

    def _grown(self, old: Clause, new: Clause) -> bool:
        """Whether most words of the shorter text are in the longer, in the same place of the same parent."""
        one, two = self.old.words[old.id], self.new.words[new.id]
        return self._same_parent(old, new) and (one & two).total() >= WITHIN * min(one.total(), two.total())

    def _similarity(self, old: str, new: str) -> float:
        """Words in common, of all there are in both: 0 to 1 (the Dice coefficient)."""
        one, two = self.old.words[old], self.new.words[new]
        every = one.total() + two.total()
        return 2 * (one & two).total() / every if every else 0.0
