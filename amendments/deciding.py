"""What is left of the edits of several amendments once the committee has chosen, and what it still has to choose.

The questions of whole clauses come first (what is struck, what goes where), the words after them: there is no use in
settling the words of a clause that goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeVar

from amendments.changes import Edit, Insert, Move, Reword, Strike
from amendments.choices import Choices, Nature, Option, Question, answered, in_order
from constitution.clause import Constitution

Place = tuple[str | None, str | None]
One = TypeVar("One")
Key = TypeVar("Key")


@dataclass(frozen=True)
class SetAside:
    """What the committee did not follow: an edit, the amendments that asked for it, and the question that decided it."""

    edit: Edit
    sources: frozenset[str]
    question: str


class Decision:
    """The edits that stand, each with the amendments that ask for it, after every choice made so far."""

    def __init__(self, base: Constitution, sides: Mapping[str, Sequence[Edit]], choices: Choices) -> None:
        self.base, self.sides, self.choices = base, sides, choices
        self.live: dict[Edit, frozenset[str]] = {}
        for name, edits in sides.items():
            for edit in edits:
                self.live[edit] = self.live.get(edit, frozenset()) | {name}
        self.questions: list[Question] = []
        self.set_aside: list[SetAside] = []
        self.orders: dict[Place, list[Insert | Move]] = {}
        self._strikes()
        self._moves()
        self._cycles()
        self._places()

    def rewords(self) -> dict[str, dict[str, Reword]]:
        """For each clause that is reworded, in the order of the text, the rewordings by source."""
        found: dict[str, dict[str, Reword]] = {}
        for edit, sources in self.live.items():
            if isinstance(edit, Reword):
                found.setdefault(edit.clause, {}).update(dict.fromkeys(sources, edit))
        return {one: found[one] for one in self.base.by_id if one in found}

    def structure(self) -> tuple[Edit, ...]:
        """The edits that stand, but for the words: what is struck, and what comes to each place in its order."""
        strikes = (edit for edit in self.live if isinstance(edit, Strike))
        arrivals = (edit for order in self.orders.values() for edit in order if edit in self.live)
        return (*strikes, *arrivals)

    def _ask(self, question: Question) -> bool:
        """Put the question; whether it has been answered."""
        self.questions.append(question)
        return answered(question, self.choices)

    def _drop(self, dropped: Iterable[tuple[Edit, frozenset[str]]], question: Question) -> None:
        """Set edits of some sources aside, and what was to come into or after a new clause that is gone with them."""
        gone: set[str] = set()
        for edit, sources in dropped:
            left = self.live.pop(edit) - sources
            self.set_aside.append(SetAside(edit, sources, question.key))
            if left:
                self.live[edit] = left
            elif isinstance(edit, Insert):
                gone.update(below.id for below in edit.clause.walk())
        behind = [
            one for one in self.live if isinstance(one, Insert | Move) and not gone.isdisjoint((one.parent, one.after))
        ]
        if behind:
            self._drop([(one, self.live[one]) for one in behind], question)

    # What is struck.

    def _strikes(self) -> None:
        struck = {edit.clause for edit in self.live if isinstance(edit, Strike)}
        for clause in (one for one in self.base.by_id if one in struck):
            against: dict[Edit, frozenset[str]] = {}
            strikers: set[str] = set()
            for source in self.live[Strike(clause)]:
                touching = self._touching(source, self._reach(source, clause))
                strikers |= {source} if touching else set()
                for edit, sources in touching.items():
                    against[edit] = against.get(edit, frozenset()) | sources
            if against:
                self._strike_or_keep(clause, frozenset(strikers), against)

    def _strike_or_keep(self, clause: str, strikers: frozenset[str], against: Mapping[Edit, frozenset[str]]) -> None:
        keepers = frozenset().union(*against.values())
        options = Option("strike", "", strikers), Option("keep", "", keepers)
        question = Question(f"strike/{clause}", Nature.STRIKE, clause, options, base=self.base[clause].text)
        if not self._ask(question):
            return
        if self.choices.pick(question) == options[0]:
            self._drop(against.items(), question)
        else:
            self._drop([(Strike(clause), strikers)], question)

    def _reach(self, source: str, clause: str) -> set[str]:
        """What goes when this source strikes the clause: all below it but what the same source moves out."""
        moved = {edit.clause for edit in self.sides[source] if isinstance(edit, Move)}
        found, waiting = set(), [self.base[clause]]
        while waiting:
            one = waiting.pop()
            found.add(one.id)
            waiting += [child for child in one.children if child.id not in moved]
        return found

    def _touching(self, striker: str, reach: AbstractSet[str]) -> dict[Edit, frozenset[str]]:
        """The edits of others that need something of what is struck."""
        return {
            edit: sources - {striker}
            for edit, sources in self.live.items()
            if sources - {striker} and not reach.isdisjoint(_needed(edit))
        }

    # What moves where.

    def _moves(self) -> None:
        for clause, goals in _grouped(
            (one for one in self.live if isinstance(one, Move)), lambda one: one.clause
        ).items():
            if len(goals) == 1:
                continue
            goals.sort(key=self._rank)
            options = (*(Option(_goal(one), "", self.live[one]) for one in goals), Option("stay", "", frozenset()))
            question = Question(f"move/{clause}", Nature.MOVE, clause, options, base=self.base[clause].text)
            if self._ask(question):
                picked = self.choices.pick(question)
                self._drop([(one, self.live[one]) for one in goals if picked and _goal(one) != picked.key], question)

    def _cycles(self) -> None:
        while ring := self._ring():
            everyone = frozenset().union(*(self.live[one] for one in ring))
            options = tuple(Option(f"stay-{one.clause}", "", everyone - self.live[one]) for one in ring)
            key = "cycle/" + "+".join(one.clause for one in ring)
            question = Question(key, Nature.CYCLE, ring[0].clause, options)
            if not self._ask(question):
                return
            picked = self.choices.pick(question)
            self._drop(
                [(one, self.live[one]) for one in ring if picked and picked.key == f"stay-{one.clause}"], question
            )

    def _ring(self) -> list[Move]:
        """Moves that would put clauses into one another, each clause having one goal; empty when there are none."""
        groups = _grouped((one for one in self.live if isinstance(one, Move)), lambda one: one.clause)
        moves = {clause: goals[0] for clause, goals in groups.items() if len(goals) == 1}
        for clause in sorted(moves):
            path: list[str] = []
            at: str | None = clause
            while at is not None and at not in path:
                path.append(at)
                at = moves[at].parent if at in moves else self.base.parents.get(at)
            if at == clause:
                return [moves[one] for one in sorted(path) if one in moves]
        return []

    # What comes to one place.

    def _places(self) -> None:
        arrivals = (one for one in self.live if isinstance(one, Insert | Move))
        groups = _grouped(arrivals, lambda one: (one.parent, one.after))
        # Places beside or in a new clause come last: they are gone when that clause is excluded.
        for place in sorted(groups, key=lambda place: any(one is not None and one not in self.base for one in place)):
            here = sorted((one for one in groups[place] if one in self.live), key=self._rank)
            self.orders[place] = self._agreed_order(here) or self._chosen_order(place, here)

    def _agreed_order(self, here: list[Insert | Move]) -> list[Insert | Move]:
        """The order of a side that brings them all, when no other side has another; empty when there is none."""
        orders = [[one for one in edits if one in here] for edits in self._current().values()]
        longest = max(orders, key=len, default=[])
        agreed = all([one for one in longest if one in order] == order for order in orders)
        return longest if agreed and len(longest) == len(here) else []

    def _current(self) -> dict[str, list[Insert | Move]]:
        """What each side still asks for of what comes to a place, in its own order."""
        return {
            name: [one for one in edits if isinstance(one, Insert | Move) and name in self.live.get(one, ())]
            for name, edits in self.sides.items()
        }

    def _chosen_order(self, place: Place, here: list[Insert | Move]) -> list[Insert | Move]:
        if not here:
            return []
        options = tuple(Option(_coming(one), self._text(one), self.live[one]) for one in here)
        key = f"place/{place[0] or ''}/{place[1] or ''}"
        question = Question(key, Nature.PLACE, place[1] or place[0], options, ordered=True)
        if not self._ask(question):
            return here
        by_key = {_coming(one): one for one in here}
        chosen = [by_key[option.key] for option in self.choices.order(question) or ()]
        self._drop([(one, self.live[one]) for one in here if one not in chosen], question)
        return chosen

    def _text(self, edit: Insert | Move) -> str:
        clause = edit.clause if isinstance(edit, Insert) else self.base[edit.clause]
        return "\n".join(text for one in clause.walk() for text in (one.heading, one.text) if text)

    def _rank(self, edit: Edit) -> tuple[int, int]:
        """The order of submission: of the first amendment that asks for it, and within that."""
        names = list(self.sides)
        first = in_order(self.live[edit])[0]
        return names.index(first), self.sides[first].index(edit)


def _needed(edit: Edit) -> Iterator[str | None]:
    """The clauses without which an edit of another side has nothing to do."""
    if isinstance(edit, Reword | Move):
        yield edit.clause
    if isinstance(edit, Insert | Move):
        yield edit.parent


def _goal(edit: Move) -> str:
    return f"{edit.parent or ''}/{edit.after or ''}"


def _coming(edit: Insert | Move) -> str:
    return edit.clause.id if isinstance(edit, Insert) else edit.clause


def _grouped(edits: Iterable[One], key: Callable[[One], Key]) -> dict[Key, list[One]]:
    found: dict[Key, list[One]] = {}
    for edit in edits:
        found.setdefault(key(edit), []).append(edit)
    return found
