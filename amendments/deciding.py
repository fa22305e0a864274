"""What is left of the edits of several amendments once the committee has chosen, and what it still has to choose.

The questions of whole clauses come first (what is struck, what goes where), the words after them: there is no use in
settling the words of a clause that goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeVar

from amendments.changes import Edit, Insert, Move, Reword, Strike
from amendments.choices import Choices, Nature, Option, Question, answered, in_order
from constitution.clause import Constitution

Place = tuple[str | None, str | None]
One = TypeVar("One")
Ordered = TypeVar("Ordered", bound=Edit)
Key = TypeVar("Key")


@dataclass(frozen=True)
class SetAside:
    """What the committee did not follow: an edit, the amendments that asked for it, and what decided that.

    ``question`` is the key of the question answered, or "leave/<key>" for what was left, with the ``reason`` given.
    """

    edit: Edit
    sources: frozenset[str]
    question: str
    reason: str = ""


class Asked:
    """What the sides ask for, prepared once for every decision about it."""

    def __init__(self, base: Constitution, sides: Mapping[str, Sequence[Edit]]) -> None:
        self.base, self.sides = base, sides
        asked = _collected((edit, name) for name, edits in sides.items() for edit in edits)
        self.edits = {edit: frozenset(names) for edit, names in asked.items()}
        self._submitted = {name: n for n, name in enumerate(sides)}
        self._positions = {(name, edit): n for name, edits in sides.items() for n, edit in enumerate(edits)}
        self.needing = _collected((one, edit) for edit in self.edits for one in set(_needed(edit)))
        arrivals = (one for one in self.edits if isinstance(one, Insert | Move))
        places = ((one, edit) for edit in arrivals for one in (edit.parent, edit.after))
        self.behind = _collected((one, edit) for one, edit in places if one is not None and one not in base)

    def position(self, name: str, edit: Edit) -> tuple[int, int]:
        """The order of submission: of an amendment, and of an edit within it."""
        return self._submitted[name], self._positions[name, edit]


class Decision:
    """The edits that stand, each with the amendments that ask for it, after every choice made so far."""

    def __init__(self, asked: Asked, choices: Choices) -> None:
        self.asked, self.base, self.choices = asked, asked.base, choices
        self.live = dict(asked.edits)
        self.questions: list[Question] = []
        self.set_aside: list[SetAside] = []
        self.orders: dict[Place, list[Insert | Move]] = {}
        self._leave()
        # Everything else is decided as if nobody had asked for what is left.
        self._left = {(name, one.edit) for one in self.set_aside for name in one.sources}
        self._strikes()
        self._moves()
        self._cycles()
        self._places()

    def _leave(self) -> None:
        for key in in_order(self.choices.left):
            name = key.partition("/")[0]
            edits = (edit for edit in leaving(key, self.asked.sides) if name in self.live.get(edit, ()))
            self._drop([(edit, frozenset({name})) for edit in edits], f"leave/{key}", self.choices.left[key])

    def in_order(self, edits: Iterable[Ordered]) -> list[Ordered]:
        """Edits that stand in the order of submission: of the first amendment that asks for each."""
        return sorted(edits, key=lambda one: min(self.asked.position(name, one) for name in self.live[one]))

    def rewords(self) -> dict[str, dict[str, Reword]]:
        """For each clause that is reworded, in the order of the text, the rewordings by source."""
        found: dict[str, dict[str, Reword]] = {}
        for edit, sources in self.live.items():
            if isinstance(edit, Reword):
                found.setdefault(edit.clause, {}).update(dict.fromkeys(sources, edit))
        return {one: found[one] for one in self.base.by_id if one in found}

    def structure(self) -> tuple[Edit, ...]:
        """The edits that stand, but for the words: what is struck, and what comes to each place in its order."""
        strikes = self.in_order(edit for edit in self.live if isinstance(edit, Strike))
        arrivals = (edit for order in self.orders.values() for edit in order if edit in self.live)
        return (*strikes, *arrivals)

    def _ask(self, question: Question) -> bool:
        """Put the question; whether it has been answered."""
        self.questions.append(question)
        return answered(question, self.choices)

    def _drop(self, dropped: Iterable[tuple[Edit, frozenset[str]]], key: str, reason: str = "") -> None:
        """Set edits of some sources aside, and what was to come into or after a new clause that is gone with them."""
        gone: list[str] = []
        for edit, sources in dropped:
            left = self.live[edit] - sources
            self.set_aside.append(SetAside(edit, sources, key, reason))
            if left:
                self.live[edit] = left
                continue
            del self.live[edit]
            if isinstance(edit, Insert):
                gone += (below.id for below in edit.clause.walk())
        behind = dict.fromkeys(edit for one in gone for edit in self.asked.behind.get(one, ()) if edit in self.live)
        if behind:
            self._drop([(one, self.live[one]) for one in behind], key, reason)

    # What is struck.

    def _strikes(self) -> None:
        struck = {edit.clause for edit in self.live if isinstance(edit, Strike)}
        for clause in (one for one in self.base.by_id if one in struck):
            against: dict[Edit, frozenset[str]] = {}
            strikers: set[str] = set()
            for reach, sources in self._reaches(clause).items():
                touching = self._touching(reach, sources)
                others = frozenset().union(*(self.live[edit] for edit in touching))
                strikers |= {one for one in sources if others - {one}}
                for edit, against_it in touching.items():
                    against[edit] = against.get(edit, frozenset()) | against_it
            if against:
                self._strike_or_keep(clause, frozenset(strikers), against)

    def _reaches(self, clause: str) -> dict[frozenset[str], frozenset[str]]:
        """How far the clause is struck, and who strikes it so far."""
        strikers = sorted(self.live[Strike(clause)])
        return {
            reach: frozenset(who)
            for reach, who in _collected((self._reach(one, clause), one) for one in strikers).items()
        }

    def _touching(self, reach: Iterable[str], strikers: frozenset[str]) -> dict[Edit, frozenset[str]]:
        """The edits of others that need something of what is struck."""
        found = dict.fromkeys(edit for one in reach for edit in self.asked.needing.get(one, ()) if edit in self.live)
        # What two or more strike, each of them strikes against the other's edits.
        own = strikers if len(strikers) == 1 else frozenset()
        return {edit: self.live[edit] - own for edit in found if self.live[edit] - own}

    def _strike_or_keep(self, clause: str, strikers: frozenset[str], against: Mapping[Edit, frozenset[str]]) -> None:
        keepers = frozenset().union(*against.values())
        options = Option("strike", "", strikers), Option("keep", "", keepers)
        question = Question(f"strike/{clause}", Nature.STRIKE, clause, options, base=self.base[clause].text)
        if not self._ask(question):
            return
        if self.choices.pick(question) == options[0]:
            self._drop(against.items(), question.key)
        else:
            self._drop([(Strike(clause), strikers)], question.key)

    def _reach(self, source: str, clause: str) -> frozenset[str]:
        """What goes when this source strikes the clause: all below it but what the same source moves out."""
        moves = (edit for edit in self.asked.sides[source] if isinstance(edit, Move))
        moved = {edit.clause for edit in moves if (source, edit) not in self._left}
        found, waiting = set(), [self.base[clause]]
        while waiting:
            one = waiting.pop()
            found.add(one.id)
            waiting += [child for child in one.children if child.id not in moved]
        return frozenset(found)

    # What moves where.

    def _moves(self) -> None:
        for clause, goals in self._goals().items():
            if len(goals) == 1:
                continue
            goals = self.in_order(goals)  # noqa: PLW2901 (the same)
            options = (*(Option(_goal(one), "", self.live[one]) for one in goals), Option("stay", "", frozenset()))
            question = Question(f"move/{clause}", Nature.MOVE, clause, options, base=self.base[clause].text)
            if self._ask(question):
                picked = self.choices.pick(question)
                self._drop(
                    [(one, self.live[one]) for one in goals if picked and _goal(one) != picked.key], question.key
                )

    def _goals(self) -> dict[str, list[Move]]:
        return _collected((one.clause, one) for one in self.live if isinstance(one, Move))

    def _cycles(self) -> None:
        while ring := self._ring():
            everyone = frozenset().union(*(self.live[one] for one in ring))
            options = tuple(Option(f"stay-{one.clause}", "", everyone - self.live[one]) for one in ring)
            key = "cycle/" + "+".join(one.clause for one in ring)
            question = Question(key, Nature.CYCLE, ring[0].clause, options)
            if not self._ask(question):
                return
            picked = self.choices.pick(question)
            stays = [(one, self.live[one]) for one in ring if picked and picked.key == f"stay-{one.clause}"]
            self._drop(stays, question.key)

    def _ring(self) -> list[Move]:
        """Moves that would put clauses into one another, each clause having one goal; empty when there are none."""
        moves = {clause: goals[0] for clause, goals in self._goals().items() if len(goals) == 1}
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
        arrivals = self.in_order(one for one in self.live if isinstance(one, Insert | Move))
        groups = _collected(((one.parent, one.after), one) for one in arrivals)
        # Places beside or in a new clause come last: they are gone when that clause is excluded.
        for place in sorted(groups, key=lambda place: any(one is not None and one not in self.base for one in place)):
            here = self.in_order(one for one in groups[place] if one in self.live)
            self.orders[place] = self._agreed_order(here) or self._chosen_order(place, here)

    def _agreed_order(self, here: list[Insert | Move]) -> list[Insert | Move]:
        """The order of a side that brings them all, when no other side has another; empty when there is none."""
        brought = _collected((name, (self.asked.position(name, one), one)) for one in here for name in self.live[one])
        orders = [[one for _, one in sorted(ones, key=itemgetter(0))] for ones in brought.values()]
        longest = max(orders, key=len, default=[])
        if len(longest) < len(here):
            return []
        at = {one: n for n, one in enumerate(longest)}
        return longest if all(order == sorted(order, key=at.__getitem__) for order in orders) else []

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
        self._drop([(one, self.live[one]) for one in here if one not in set(chosen)], question.key)
        return chosen

    def _text(self, edit: Insert | Move) -> str:
        clause = edit.clause if isinstance(edit, Insert) else self.base[edit.clause]
        return "\n".join(text for one in clause.walk() for text in (one.heading, one.text) if text)


def leaving(key: str, sides: Mapping[str, Sequence[Edit]]) -> tuple[Edit, ...]:
    """The edits that a key of ``Choices.left`` leaves: all of a side, or those that bear on one clause."""
    name, stroke, clause = key.partition("/")
    return tuple(edit for edit in sides.get(name, ()) if not stroke or clause in bearing(edit))


def bearing(edit: Edit) -> tuple[str, ...]:
    """The clauses at which an edit is shown and may be left; of a new one itself, and where it comes ("": first)."""
    return (edit.clause.id, where(edit)) if isinstance(edit, Insert) else (edit.clause,)


def where(edit: Edit) -> str:
    """The clause at which an edit is shown: the one changed, the one a new clause comes after or into, "" for none."""
    return edit.after or edit.parent or "" if isinstance(edit, Insert) else edit.clause


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


def _collected(pairs: Iterable[tuple[Key, One]]) -> dict[Key, list[One]]:
    found: dict[Key, list[One]] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return found
