"""Whether an item has the seconders that the rulebook asks for: any one of its routes is enough.

A route counts members, or decisions of branches or bodies. What it says besides (from so many branches, not more than
so many from one) only ever leaves seconders uncounted: one more seconder never does harm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rulebook.exact import ceil
from rulebook.formula import Figures, evaluate
from rulebook.kinds import Proposer
from rulebook.rules import MEMBERS, Instrument, Route, Spread, Subquota
from rulebook.saying import counted


class SeconderKind(StrEnum):
    """Whether a person seconds, or a branch or an affiliated body by its decision."""

    MEMBER = "member"
    BRANCH = "branch"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Seconder:
    """One who has seconded the exact text. ``id`` is unique within its kind.

    ``electorates`` are those they belong to, ``attributes`` those of the roll ("" or missing: not known), ``minute``
    whether the minute of a decision is there. Who is not in good standing at the time of the route is left out.
    """

    kind: SeconderKind
    id: str
    branch: str = ""
    electorates: frozenset[str] = frozenset()
    attributes: Mapping[str, str] = field(default_factory=dict)
    minute: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a route asks for: so many of so many, and of what ("14 of 20 members")."""

    count: int
    needed: int
    what: str
    several: str

    @property
    def met(self) -> bool:
        """Whether there are enough."""
        return self.count >= self.needed

    @property
    def missing(self) -> int:
        """How many more are needed."""
        return max(0, self.needed - self.count)

    @property
    def sentence(self) -> str:
        """The part in words: "14 of 20 members"."""
        return f"{self.count:,} of {counted(self.needed, self.what, self.several)}"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one route is. ``uncounted`` have seconded but come from a group that has supplied its share already."""

    route: Route
    parts: tuple[Part, ...]
    uncounted: int = 0

    @property
    def met(self) -> bool:
        """Whether this route is complete."""
        return all(one.met for one in self.parts)

    @property
    def sentence(self) -> str:
        """The route in words: "14 of 20 members, 3 of 3 branches"."""
        return ", ".join(one.sentence for one in self.parts)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stands with its seconders; ``exempt``: it was proposed by those who need none."""

    routes: tuple[Progress, ...]
    exempt: bool = False

    @property
    def met(self) -> bool:
        """Whether any one route is complete, or none is asked for."""
        return self.exempt or not self.routes or any(one.met for one in self.routes)

    @property
    def sentence(self) -> str:
        """All routes in words: "14 of 20 members, 3 of 3 branches; or 0 of 1 branch"."""
        if self.exempt or not self.routes:
            return "no seconders are needed"
        return "; or ".join(one.sentence for one in self.routes)


def standing(routes: Iterable[Route], seconders: Iterable[Seconder], known: Figures) -> Standing:
    """How far each route is. ``known`` has the sizes of the electorates and the formulas of the rulebook.

    The mover is not among the seconders; who stands there twice counts once. Raises NoValue where a number that is
    needed has none.
    """
    each = tuple({(one.kind, one.id): one for one in seconders}.values())
    return Standing(tuple(_progress(one, each, known) for one in routes))


def standing_of(instrument: Instrument, proposer: str, seconders: Iterable[Seconder], known: Figures) -> Standing:
    """As ``standing``, for an instrument brought in by a member, branch, body or electorate (its id)."""
    if proposer in instrument.exempt:
        return Standing((), exempt=True)
    return standing(instrument.seconding, seconders, known)


def needed(route: Route, known: Figures) -> int:
    """How many seconders a route asks for: the smallest whole number that is not below its formula, min and max."""
    wanted = max(ceil(evaluate(route.count, known)), route.least or 0)
    return wanted if route.most is None else min(wanted, route.most)


def _progress(route: Route, seconders: Sequence[Seconder], known: Figures) -> Progress:
    those = [one for one in seconders if _belongs(one, route)]
    wanted = needed(route, known)
    counting = _within_share(route.spread, those, wanted)
    parts = [Part(counting, wanted, *_NAMES.get(route.source, _NAMES[MEMBERS]))]
    if route.spread and route.spread.groups > 1:
        parts.append(Part(len(_groups(route.spread, those)), route.spread.groups, *_group_names(route.spread.by)))
    if route.subquota:
        parts.append(_subquota(route.subquota, those))
    return Progress(route, tuple(parts), len(those) - counting)


_NAMES = {
    MEMBERS: ("member", "members"),
    Proposer.BRANCH.value: ("branch", "branches"),
    Proposer.BODY.value: ("body", "bodies"),
}


def _belongs(one: Seconder, route: Route) -> bool:
    if route.minute_required and not one.minute:
        return False
    if route.source in (Proposer.BRANCH, Proposer.BODY):
        return one.kind.value == route.source
    # "members" are all on the roll; where the rulebook narrows them, the caller leaves the others out.
    return one.kind is SeconderKind.MEMBER and (route.source == MEMBERS or route.source in one.electorates)


def _within_share(spread: Spread | None, those: Sequence[Seconder], wanted: int) -> int:
    if not spread or spread.max_share is None:
        return len(those)
    most = int(spread.max_share * wanted)
    groups = _groups(spread, those)
    return len(those) - sum(max(0, count - most) for count in groups.values())


def _groups(spread: Spread, those: Sequence[Seconder]) -> Counter[str]:
    """How many come from each group; who belongs to none that is known is in no group."""
    named = (one.branch if spread.by == "branch" else one.attributes.get(spread.by, "") for one in those)
    return Counter(one for one in named if one)


def _group_names(by: str) -> tuple[str, str]:
    word = by.replace("_", " ")
    return _NAMES.get(by, (word, f"{word}s"))


def _subquota(rule: Subquota, those: Sequence[Seconder]) -> Part:
    count = sum(one.attributes.get(rule.attribute, "") == rule.value for one in those)
    what = f"with {rule.attribute.replace('_', ' ')} {rule.value}"
    return Part(count, rule.count, what, what)
