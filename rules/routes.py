"""Seconding routes: the ways in which a text can gather enough support, any one of which is enough.

A branch, or twenty members; fifty members of three regions, of whom ten are women. Numbers may follow from the size of a
roll. A seconder counts once on each route, however often they are listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from rules.formula import Exact, Formula

_NO_VARIABLES: Mapping[str, Formula] = MappingProxyType({})


class BadRoute(ValueError):
    """A route that nobody could understand or go; the message is one sentence."""


class UnknownSize(ValueError):
    """The size of an electorate is needed and not known."""

    def __init__(self, electorate: str) -> None:
        super().__init__(f'The size of the electorate "{electorate}" is not known.')


class Source(StrEnum):
    """Who goes a route."""

    BODY = "body"
    BRANCH = "branch"
    MEMBER = "member"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Share:
    """So large a part (above 0, at most 1) of an electorate; not rounded."""

    fraction: Fraction
    electorate: str

    def __post_init__(self) -> None:
        _part(self.fraction, "The share of an electorate")


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconders must come from so many groups, and no group may be more than a part of those who count.

    ``by`` is what a group is called, in the singular: "branch". A seconder without a group helps to reach no group, and for
    ``max_share`` all such seconders are one group.
    """

    by: str
    groups: int
    max_share: Fraction | None = None

    def __post_init__(self) -> None:
        if self.groups < 1:
            raise BadRoute(f"Seconders come from one group or more, not from {self.groups}.")
        if self.max_share is not None:
            _part(self.max_share, f"The greatest share of one {self.by}")


@dataclass(frozen=True, slots=True)
class Subquota:
    """So many of the seconders must have an attribute, which is named as it is read: "women"."""

    attribute: str
    count: int

    def __post_init__(self) -> None:
        if self.count < 1:
            raise BadRoute(f"A subquota of {self.attribute} is one or more, not {self.count}.")


@dataclass(frozen=True, slots=True)
class Route:
    """One way to be seconded: so many of a source, and how they must be made up. Raises BadRoute."""

    name: str
    source: Source
    count: int | Formula | Share = 1
    spread: Spread | None = None
    subquota: Subquota | None = None

    def __post_init__(self) -> None:
        if isinstance(self.count, int) and self.count < 1:
            raise BadRoute(f"A route needs one seconder or more, not {self.count}.")

    def needed(self, sizes: Mapping[str, int], variables: Mapping[str, Formula] = _NO_VARIABLES) -> int:
        """The smallest number of seconders that is enough; raises UnknownSize, and NoValue for a formula without one.

        Seconders are whole, so that reaching 27.4 is the same as reaching 28: nothing is rounded away.
        """
        match self.count:
            case int(count):
                return count
            case Share(fraction, electorate):
                if electorate not in sizes:
                    raise UnknownSize(electorate)
                return Exact(fraction * sizes[electorate]).ceiling()
            case formula:
                return max(0, formula.at(sizes, variables).ceiling())


@dataclass(frozen=True, slots=True)
class Seconder:
    """Someone or something that seconds: ``id`` is unique within its kind, ``group`` is mostly a branch."""

    id: str
    kind: Source
    group: str | None = None
    attributes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RouteStanding:
    """How far one route has been gone.

    ``counted`` are the seconders that count: all on this route or, where no group may have more than its share, as many of
    them as can be taken together without breaking that. ``groups`` and ``reserved`` are taken of all on this route.
    """

    route: Route
    needed: int
    counted: int
    groups: int
    reserved: int

    @property
    def groups_needed(self) -> int:
        """0 where seconders need not be spread."""
        return self.route.spread.groups if self.route.spread else 0

    @property
    def reserved_needed(self) -> int:
        """0 where there is no subquota."""
        return self.route.subquota.count if self.route.subquota else 0

    @property
    def met(self) -> bool:
        """Whether this route alone is enough."""
        enough = self.counted >= self.needed
        return enough and self.groups >= self.groups_needed and self.reserved >= self.reserved_needed

    def __str__(self) -> str:
        """``14 of 20 members, 3 of 3 branches, 4 of 5 women``."""
        said = [f"{self.counted:,} of {self.needed:,} {_plural(self.route.source, self.needed)}"]
        if self.route.spread:
            said.append(
                f"{self.groups:,} of {self.groups_needed:,} {_plural(self.route.spread.by, self.groups_needed)}"
            )
        if self.route.subquota:
            said.append(f"{self.reserved:,} of {self.reserved_needed:,} {self.route.subquota.attribute}")
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far all routes have been gone; a text for which no route is laid down needs no seconder."""

    routes: tuple[RouteStanding, ...]

    @property
    def met(self) -> bool:
        """Whether any one route is enough."""
        return not self.routes or any(route.met for route in self.routes)

    def __str__(self) -> str:
        return "; or ".join(map(str, self.routes)) or "no seconders needed"


def standing(
    routes: Sequence[Route],
    seconders: Iterable[Seconder],
    sizes: Mapping[str, int],
    variables: Mapping[str, Formula] = _NO_VARIABLES,
) -> Standing:
    """How far the seconders have gone each route, with electorates of these sizes (people).

    Who is listed twice counts once, as they were listed first. Raises UnknownSize and NoValue (see ``Route.needed``).
    """
    once: dict[tuple[Source, str], Seconder] = {}
    for seconder in seconders:
        once.setdefault((seconder.kind, seconder.id), seconder)
    everyone = tuple(once.values())
    return Standing(tuple(_gone(route, everyone, route.needed(sizes, variables)) for route in routes))


def _gone(route: Route, everyone: Iterable[Seconder], needed: int) -> RouteStanding:
    here = [one for one in everyone if one.kind is route.source]
    groups = Counter(one.group for one in here)
    share = route.spread.max_share if route.spread else None
    attribute = route.subquota.attribute if route.subquota else None
    return RouteStanding(
        route,
        needed,
        counted=len(here) if share is None else _together(list(groups.values()), share),
        groups=len(groups.keys() - {None}),
        reserved=sum(attribute in one.attributes for one in here),
    )


def _together(groups: Sequence[int], share: Fraction) -> int:
    """The largest number that can be taken from groups of these sizes with no group above its share of that number.

    A number can be taken if the groups, each cut down to the share of it, still come to it. That is not monotone
    (with a half from each, 4 can be taken from 2 and 2, but not 3), therefore every number is tried from above.
    """
    for number in range(sum(groups), 0, -1):
        most = share.numerator * number // share.denominator
        if sum(min(size, most) for size in groups) >= number:
            return number
    return 0


def _part(fraction: object, of: str) -> None:
    if not isinstance(fraction, Fraction) or not 0 < fraction <= 1:
        raise BadRoute(f"{of} is a fraction above 0 and at most 1, not {fraction}.")


def _plural(noun: str, count: int) -> str:
    """``branches``, ``bodies``, ``members``; and for one, the noun itself."""
    if count == 1:
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("ch", "sh", "s", "x")) else f"{noun}s"
