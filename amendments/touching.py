"""What else touches this: the open amendments that meet what a member is drafting, and why.

``OpenAmendments`` is prepared once for each state of the open amendments, and asked with every few words that a member
types. Every amendment is given with the edition its edits are made on. The best is that of the draft: those that
``amendments.rebase`` can place on the edition in force, as it places them there. One that no longer fits (its placement
has no edits) is given as it was made, on its own base: clauses keep their ids, so it is found by them, and where the
words of a clause have changed since, its changes are carried over to the words that still stand
(``amendments.comparing.carried``). So nothing is left out because nobody has settled its conflict yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from amendments.changes import Edit
from amendments.comparing import Draft
from amendments.reasons import Nearness, Reason, SameEffect, SameWords, SimilarWording
from amendments.similar import Passage, Passages, passage
from amendments.touches import Touches, touches
from constitution.clause import Constitution
from constitution.splices import Original

MOST_SIMILAR = 20
"""Amendments listed for their wording at most, the likest; a clause or words in common lists any number."""

_NEARNESS = list(Nearness)


@dataclass(frozen=True, slots=True)
class Open:
    """An open amendment by its number, with its edits and the edition they are made on."""

    number: int
    title: str
    edits: tuple[Edit, ...]
    base: Constitution


@dataclass(frozen=True, slots=True)
class Met:
    """An amendment that meets the draft, with at least one reason, the closest first."""

    number: int
    title: str
    reasons: tuple[Reason, ...]

    @property
    def nearness(self) -> Nearness:
        """That of its closest reason."""
        return self.reasons[0].nearness

    @property
    def exactly(self) -> bool:
        """Whether it does all that the draft does and nothing else, so that to second it is as good."""
        first = self.reasons[0]
        return isinstance(first, SameEffect) and not (first.lacks or first.adds)


@dataclass(frozen=True)
class OpenAmendments:
    """The open amendments by number, and by the clauses they touch; a value: adding one gives another.

    The order in which they are given changes nothing; of two with one number the later stands.
    """

    titles: Mapping[int, str]
    known: Mapping[int, Touches]
    by_clause: Mapping[str, tuple[int, ...]]
    passages: Passages

    @classmethod
    def of(cls, amendments: Iterable[Open], now: Constitution) -> OpenAmendments:
        """Prepare the amendments; the text in force, ``now``, tells which words are rare. Raises UnknownClause."""
        return cls({}, {}, {}, Passages.of({}, ())).renewed(amendments, (), now)

    def renewed(self, amendments: Iterable[Open], gone: Collection[int], now: Constitution) -> OpenAmendments:
        """The same without those that are gone, with others or what they say now, and among the words of another text.

        For many at once: what stays is not read again. Raises UnknownClause.
        """
        ones = {one.number: one for one in amendments}
        stays = self.known.keys() - ones.keys() - set(gone)
        # One text is reworded by many: what is found out about it serves them all.
        original = cache(Original)
        read = {number: touches(one.edits, one.base, original) for number, one in ones.items()}
        known = {number: self.known[number] for number in stays} | read
        by_clause: defaultdict[str, list[int]] = defaultdict(list)
        for number, one in known.items():
            for clause in one.clauses():
                by_clause[clause].append(number)
        passages = {number: self.passages.known[number] for number in stays}
        passages |= {number: _passages(one) for number, one in read.items()}
        return OpenAmendments(
            {number: self.titles[number] for number in stays} | {number: one.title for number, one in ones.items()},
            known,
            {clause: tuple(numbers) for clause, numbers in by_clause.items()},
            Passages.of(passages, (one.text for one in now.walk())),
        )

    def with_(self, amendment: Open) -> OpenAmendments:
        """The same with one amendment more, or with what one says now. Raises UnknownClause."""
        number, read = amendment.number, touches(amendment.edits, amendment.base)
        before = self.without(number) if number in self.known else self
        by_clause = dict(before.by_clause)
        for clause in read.clauses():
            by_clause[clause] = (*by_clause.get(clause, ()), number)
        return OpenAmendments(
            {**before.titles, number: amendment.title},
            {**before.known, number: read},
            by_clause,
            before.passages.with_(number, _passages(read)),
        )

    def without(self, number: int) -> OpenAmendments:
        """The same without one that is no longer open; raises KeyError for one that is not known."""
        titles, known, by_clause = dict(self.titles), dict(self.known), dict(self.by_clause)
        del titles[number]
        for clause in known.pop(number).clauses():
            left = tuple(one for one in by_clause.pop(clause) if one != number)
            if left:
                by_clause[clause] = left
        return replace(self, titles=titles, known=known, by_clause=by_clause, passages=self.passages.without(number))

    def meeting(self, edits: Sequence[Edit], base: Constitution, leaving_out: Collection[int] = ()) -> tuple[Met, ...]:
        """The amendments that meet the edits drafted on a base, but for some; best first, none for no edits.

        First those with the same effect (the whole before a part), then those that change the same words, then those of
        similar wording, then those that touch the same clauses; among these the likest in wording, then those with most
        words in common and those with most reasons; at last in the order of their numbers. The edits need not go
        together, since a draft may be unfinished. Raises UnknownClause for a clause that is not in the base.
        """
        draft = Draft(edits, base)
        alike = self._alike(draft, leaving_out)
        near = {number for clause in draft.clauses for number in self.by_clause.get(clause, ())}
        near.difference_update(leaving_out)
        found = (Met(one, self.titles[one], self._reasons(one, draft, alike, near)) for one in near | alike.keys())
        return tuple(sorted((one for one in found if one.reasons), key=_rank))

    def _alike(self, draft: Draft, leaving_out: Collection[int]) -> dict[int, SimilarWording]:
        found = self.passages.like(_passages(draft.touches), MOST_SIMILAR, leaving_out)
        return {number: SimilarWording(one.share, one.run, one.shared) for number, one in found.items()}

    def _reasons(
        self, number: int, draft: Draft, alike: Mapping[int, SimilarWording], near: Collection[int]
    ) -> tuple[Reason, ...]:
        reasons = list(draft.reasons(self.known[number])) if number in near else []
        # That words which are the very same are similar goes without saying.
        if number in alike and not (reasons and reasons[0].nearness is Nearness.SAME_EFFECT):
            reasons.append(alike[number])
        return tuple(sorted(reasons, key=lambda one: _NEARNESS.index(one.nearness)))


def _passages(read: Touches) -> tuple[Passage, ...]:
    """The passages that say something, each once: one pattern in many places is one passage."""
    return tuple(one for one in dict.fromkeys(map(passage, read.new)) if one.telling)


def _rank(met: Met) -> tuple[int, bool, Fraction | int, int, int, int]:
    share = max((one.share for one in met.reasons if isinstance(one, SimilarWording)), default=0)
    words = sum(one.count for one in met.reasons if isinstance(one, SameWords))
    return _NEARNESS.index(met.nearness), not met.exactly, -share, -words, -len(met.reasons), met.number
