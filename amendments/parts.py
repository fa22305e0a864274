"""A draft's change in parts that can be carried or lost one by one: all of them make the draft, none the base.

What cannot stand without another is one part with it: a clause added below an added one, what moves and where it goes,
words that cite a clause that is added, a clause that is struck and the words that no longer cite it. Any choice of parts
is a rule book in which every clause stands once and nothing cites what is not there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from constitution.clause import Clause, Constitution
from constitution.order import settled
from constitution.references import TOKEN


@dataclass(frozen=True, slots=True)
class Part:
    """Some clauses (ids of base or draft, in the order of the draft) whose change is decided as one."""

    clauses: tuple[str, ...]

    @property
    def id(self) -> str:
        """The first clause that it changes."""
        return self.clauses[0]


def parts(base: Constitution, draft: Constitution, together: Iterable[Collection[str]] = ()) -> tuple[Part, ...]:
    """The parts of a draft's change, in the order of the text; ``together`` are clauses that others hold together."""
    changed = _changed(base, draft)
    joined = _Joined(changed)
    for pair in _hanging(base, draft, changed):
        joined.join(pair)
    for ones in together:
        joined.join([one for one in ones if one in changed])
    place = {one: n for n, one in enumerate(dict.fromkeys([*draft.by_id, *base.by_id]))}
    found = (tuple(sorted(ones, key=place.__getitem__)) for ones in joined.groups())
    return tuple(map(Part, sorted(found, key=lambda ones: place[ones[0]])))


def carried(base: Constitution, draft: Constitution, chosen: Iterable[Part]) -> Constitution:
    """The base with these parts of the draft's change carried out. Title and front matter come with all of them."""
    wanted = {clause for part in chosen for clause in part.clauses}
    every = _changed(base, draft)
    if wanted >= every:
        return draft
    book = _Book(base, draft, wanted)
    return replace(base, clauses=tuple(book.clause(one) for one in book.below(None)))


class _Joined:
    """Clauses in groups: each alone until it is joined with another."""

    def __init__(self, ones: Iterable[str]) -> None:
        self._group = {one: {one} for one in ones}

    def join(self, ones: Sequence[str]) -> None:
        for a, b in pairwise(ones):
            if self._group[a] is not self._group[b]:
                together = self._group[a] | self._group[b]
                self._group.update(dict.fromkeys(together, together))

    def groups(self) -> Iterator[set[str]]:
        return iter({id(group): group for group in self._group.values()}.values())


def _changed(base: Constitution, draft: Constitution) -> frozenset[str]:
    """Every clause that is added, struck, moved or reads otherwise."""
    both = base.by_id.keys() & draft.by_id.keys()
    one_sided = base.by_id.keys() ^ draft.by_id.keys()
    reads = {one for one in both if _own(base[one]) != _own(draft[one])}
    return frozenset(one_sided | reads | _moved(base, draft))


def _own(clause: Clause) -> Clause:
    return replace(clause, children=())


def _moved(base: Constitution, draft: Constitution) -> frozenset[str]:
    """Clauses under another parent, and those that stand in another order among their siblings."""
    return frozenset((base.by_id.keys() & draft.by_id.keys()) - settled(base, draft))


def _hanging(base: Constitution, draft: Constitution, changed: Collection[str]) -> Iterator[Sequence[str]]:
    """Pairs of clauses of which neither change can stand without the other."""
    moved = _moved(base, draft)
    for one in changed - base.by_id.keys():
        yield from _with(one, draft.parents[one], changed - base.by_id.keys())  # added, below something added
    for one in changed - draft.by_id.keys():  # struck, with all that stood below
        yield from ((one, child.id) for child in base[one].children)
    for one in moved:
        yield from ((one, other) for other in moved if _near(base, draft, one, other))
        yield from _with(one, draft.parents[one], changed - base.by_id.keys())
        yield from _with(one, base.parents[one], changed - draft.by_id.keys())
    yield from _citing(base, draft, changed)


def _with(one: str, above: str | None, among: Collection[str]) -> Iterator[Sequence[str]]:
    if above is not None and above in among:
        yield one, above


def _near(base: Constitution, draft: Constitution, one: str, other: str) -> bool:
    """Whether two moves begin or end below one clause, or below one another: only together are they sure to go."""
    places = [{book.parents[each] for book in (base, draft)} for each in (one, other)]
    above = {each.id for book in (base, draft) for each in book.ancestors(one)}
    return bool(places[0] & places[1]) or other in above


def _citing(base: Constitution, draft: Constitution, changed: Collection[str]) -> Iterator[Sequence[str]]:
    added = changed - base.by_id.keys()
    struck = {one for one in changed if one not in draft or (draft[one].repealed and one in base)}
    for one in changed & draft.by_id.keys():
        yield from ((one, cited) for cited in _cited(draft[one]) if cited in added)
    for one in changed & base.by_id.keys():
        yield from ((one, cited) for cited in _cited(base[one]) if cited in struck)


def _cited(clause: Clause) -> Iterator[str]:
    return (found[1] for text in (clause.heading, clause.text) for found in TOKEN.finditer(text))


class _Book:
    """The base with some changes carried out."""

    def __init__(self, base: Constitution, draft: Constitution, wanted: Collection[str]) -> None:
        self.base, self.draft, self.wanted = base, draft, wanted
        self.moved = _moved(base, draft)

    def clause(self, one: str) -> Clause:
        """A clause with all below it."""
        own = self.draft[one] if one in self.draft and (one in self.wanted or one not in self.base) else self.base[one]
        return replace(own, children=tuple(map(self.clause, self.below(one))))

    def below(self, parent: str | None) -> list[str]:
        """The clauses below one, or at the top: the old and the new row as one, and of it what was chosen."""
        old = [one.id for one in self.base.siblings(parent)] if parent is None or parent in self.base else []
        new = [one.id for one in self.draft.siblings(parent)] if parent is None or parent in self.draft else []
        return [one for one, from_new in _row(old, new, self.moved) if self._stands(one, from_new=from_new)]

    def _stands(self, one: str, *, from_new: bool) -> bool:
        if one in self.base and one in self.draft and one not in self.moved:
            return True
        return (one in self.wanted) is from_new


def _row(old: Sequence[str], new: Sequence[str], moved: Collection[str]) -> Iterator[tuple[str, bool]]:
    """Both rows as one, each in its order: what stays where it is holds them together; before it, first what was there."""
    staying = set(old) & set(new) - set(moved)
    gone: defaultdict[str | None, list[str]] = defaultdict(list)
    waiting: list[str] = []
    for one in old:
        if one in staying:
            gone[one], waiting = waiting, []
        else:
            waiting.append(one)
    gone[None] = waiting
    yield from _merged(new, staying, gone)


def _merged(
    new: Sequence[str], staying: Collection[str], gone: Mapping[str | None, Sequence[str]]
) -> Iterator[tuple[str, bool]]:
    fresh: list[str] = []
    for one in new:
        if one not in staying:
            fresh.append(one)
            continue
        yield from ((each, False) for each in gone[one])
        yield from ((each, True) for each in fresh)
        yield one, True
        fresh = []
    yield from ((each, False) for each in gone[None])
    yield from ((each, True) for each in fresh)
