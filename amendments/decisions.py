"""The graph of decisions: what falls, follows or waits when amendments are carried, and which ties cannot all hold.

``check`` refuses ties under which something could never be carried, could never be put, or would be decided by nothing.
What it accepts ``outcome`` decides for whatever is carried, as long as no two alternatives are.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from amendments.suggesting import found
from amendments.ties import MUTUAL, Kind, Tie, sentence

__all__ = ["MUTUAL", "Contradiction", "Fallen", "Kind", "Tie", "check", "found", "outcome", "sentence"]

EXCLUDING = frozenset({Kind.ALTERNATIVE, Kind.FALLS_IF, Kind.ONLY_IF_LOST})
"""The kinds of which only one side can stand; with all others the first stands only with the other."""

_ORDERING = frozenset({Kind.CONSEQUENTIAL, Kind.ONLY_IF, Kind.ONLY_IF_LOST, Kind.TOGETHER})
_LOST = {
    Kind.CONSEQUENTIAL: "It follows A{0}, which {1}.",
    Kind.NEEDS: "It has no effect without A{0}, which {1}.",
    Kind.ONLY_IF: "It is put only if A{0} is carried, and A{0} {1}.",
    Kind.TOGETHER: "It stands or falls together with A{0}, which {1}.",
}
_CARRIED = {
    Kind.ALTERNATIVE: "It is an alternative to A{0}, which is carried.",
    Kind.FALLS_IF: "It falls because A{0} is carried.",
    Kind.ONLY_IF_LOST: "It is put only if A{0} is lost, and A{0} is carried.",
}


class Contradiction(ValueError):
    """Ties that cannot all hold; the message says which, in words, and ``ties`` are those."""

    def __init__(self, why: str, ties: Iterable[Tie]) -> None:
        self.ties = tuple(dict.fromkeys(ties))
        super().__init__(" ".join([why, *map(sentence, self.ties)]))


@dataclass(frozen=True)
class Fallen:
    """What becomes of amendments that would be carried: each stands, falls for a reason, or is open.

    ``undecided`` are the pairs of alternatives of which both would be carried: the votes decide, or the reader. What
    hangs on one of them is ``open`` with it.
    """

    stands: frozenset[int]
    falls: Mapping[int, str]
    undecided: tuple[tuple[int, int], ...] = ()
    open: frozenset[int] = frozenset()


def outcome(ties: Iterable[Tie], carried: Collection[int]) -> Fallen:
    """What stands and what falls, given those that the voters (or a reader) would carry.

    Put are the carried ones and, with them, those consequential on what is put. Of these, round by round:

    * one falls when it is tied to stand only with another that is not put or has fallen, or when it is excluded
      (falls-if, only-if-lost, alternative) by one that stands;
    * one stands when everything that excludes it is not put or has fallen, and everything it stands only with stands
      already or comes to stand in the same round (so the parts of a package do).

    A round only adds, and nothing can meet both conditions; so the end is the same in whatever order it is reached.
    Alternatives between which another tie decides (the one falls if the other is carried) are no pair to choose from.
    """
    known = sorted(set(ties))
    graph = _Graph(known)
    put = _put(known, carried)
    stands: set[int] = set()
    falls: dict[int, str] = {}
    while True:
        waiting = put - stands - falls.keys()
        # Sorted, so that of several reasons the same is given every time.
        found_now = {one: why for one in sorted(waiting) if (why := graph.falling(one, put, stands, falls))}
        rising = graph.rising(waiting, put, stands, falls)
        if not found_now and not rising:
            pairs = tuple(one.key[::2] for one in graph.alternatives if {one.amendment, one.other} <= waiting)
            return Fallen(frozenset(stands), falls, pairs, frozenset(waiting))
        falls |= found_now
        stands |= rising


def _put(ties: Iterable[Tie], carried: Collection[int]) -> set[int]:
    """The carried, and those consequential on them."""
    put = set(carried)
    leaders: defaultdict[int, set[int]] = defaultdict(set)
    for one in ties:
        if one.kind is Kind.CONSEQUENTIAL:
            leaders[one.amendment].add(one.other)
    while more := {one for one, led_by in leaders.items() if one not in put and led_by <= put}:
        put |= more
    return put


class _Graph:
    """Ties by the amendment whose standing they bear on."""

    def __init__(self, ties: Sequence[Tie]) -> None:
        directed = {frozenset(one.key[::2]) for one in ties if one.kind in EXCLUDING - {Kind.ALTERNATIVE}}
        self.alternatives = [
            one for one in ties if one.kind is Kind.ALTERNATIVE and frozenset(one.key[::2]) not in directed
        ]
        self.bearing: defaultdict[int, list[tuple[int, Kind]]] = defaultdict(list)
        for one in (*self.alternatives, *(one for one in ties if one.kind is not Kind.ALTERNATIVE)):
            self.bearing[one.amendment].append((one.other, one.kind))
            if one.kind in MUTUAL:
                self.bearing[one.other].append((one.amendment, one.kind))

    def falling(self, one: int, put: Collection[int], stands: Collection[int], falls: Collection[int]) -> str:
        """Why it falls now, in a sentence; "" when it does not."""
        for other, kind in self.bearing[one]:
            if kind in EXCLUDING and other in stands:
                return _CARRIED[kind].format(other)
            if kind not in EXCLUDING and (other not in put or other in falls):
                return _LOST[kind].format(other, "falls" if other in falls else "is not carried")
        return ""

    def rising(
        self, waiting: Collection[int], put: Collection[int], stands: Collection[int], falls: Collection[int]
    ) -> set[int]:
        """The greatest part of those waiting of which nothing is excluded and all that is needed stands or is in it."""

        def free(one: int) -> bool:
            return all(
                (other not in put or other in falls) if kind in EXCLUDING else (other in stands or other in rising)
                for other, kind in self.bearing[one]
            )

        rising = set(waiting)
        while kept_back := {one for one in rising if not free(one)}:
            rising -= kept_back
        return rising


def check(ties: Iterable[Tie]) -> None:
    """Raise Contradiction unless the ties can hold together.

    Refused: a tie to itself; two amendments that one follows; that one which is not put by itself is put only then, or
    is an alternative; a ring in which each is put only after another; one that
    stands only with two that exclude each other (or with one that excludes it); a ring by which one would make
    another fall and hang on what becomes of it.
    """
    known = sorted(set(ties))
    _check_single(known)
    _check_rings([one for one in known if one.kind in _ORDERING], lambda one: one.kind is not Kind.TOGETHER, _NEVER_PUT)
    _check_possible(known)
    _check_rings(
        [one for one in known if one.kind is not Kind.ALTERNATIVE], lambda one: one.kind in EXCLUDING, _UNDECIDED
    )


_NEVER_PUT = "None of these could ever be put, because each waits for another:"
_UNDECIDED = (
    "Whether these stand or fall would be decided by nothing, because each hangs on another; where it is meant that "
    "only one of two can be carried, rule that they are alternatives:"
)


def _check_single(ties: Sequence[Tie]) -> None:
    leading: dict[int, Tie] = {}
    for one in ties:
        if one.amendment == one.other:
            raise Contradiction(f"A{one.amendment} cannot stand so to itself:", [one])
        if one.kind is Kind.CONSEQUENTIAL and leading.setdefault(one.amendment, one).other != one.other:
            both = leading[one.amendment], one
            raise Contradiction(f"A{one.amendment} could be carried with the one and lost with the other:", both)
    for one in ties:
        waiting = {Kind.ALTERNATIVE: one.key[::2], Kind.ONLY_IF: one.key[:1], Kind.ONLY_IF_LOST: one.key[:1]}
        for put in leading.keys() & waiting.get(one.kind, ()):
            raise Contradiction(f"A{put} is not put by itself; rule so of what it follows:", [leading[put], one])


Step = tuple[int, Tie]


def _steps(ties: Iterable[Tie]) -> dict[int, list[Step]]:
    """From each amendment to those that its standing hangs on."""
    steps: defaultdict[int, list[Step]] = defaultdict(list)
    for one in ties:
        steps[one.amendment].append((one.other, one))
        if one.kind in MUTUAL:
            steps[one.other].append((one.amendment, one))
    return steps


def _paths(start: int, steps: Mapping[int, list[Step]]) -> dict[int, tuple[Tie, ...]]:
    """Everything that can be reached, each by a shortest path; what has just been found is gone on from last."""
    paths: dict[int, tuple[Tie, ...]] = {start: ()}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there, tie in steps.get(here, ()):
            if there not in paths:
                paths[there] = (*paths[here], tie)
                waiting.append(there)
    return paths


def _check_rings(ties: Sequence[Tie], forbidden: Callable[[Tie], bool], why: str) -> None:
    """Refuse a ring that has a forbidden tie in it."""
    steps = _steps(ties)
    for one in filter(forbidden, ties):
        back = _paths(one.other, steps).get(one.amendment)
        if back is not None:
            raise Contradiction(why, [one, *back])


def _check_possible(ties: Sequence[Tie]) -> None:
    """Refuse that something stands only with two that exclude each other, perhaps itself one of them."""
    steps = _steps(one for one in ties if one.kind not in EXCLUDING)
    excluding = [one for one in ties if one.kind in EXCLUDING]
    for start in sorted({one for tie in ties for one in tie.key[::2]} if excluding else ()):
        paths = _paths(start, steps)
        for tie in _met(paths, excluding):
            needed = [*paths[tie.amendment], *paths[tie.other]]
            raise Contradiction(f"A{start} could never be carried:", [*needed, tie])


def _met(paths: Mapping[int, object], excluding: Iterable[Tie]) -> Iterator[Tie]:
    return (one for one in excluding if one.amendment in paths and one.other in paths)
