"""How amendments stand with their seconders, by the routes of the rulebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import store
import store.amendments
import store.bodies
import store.support
from amendments.seconding import Standing, summed
from rulebook.belonging import ARREARS, GOOD, OnRoll, Selection, selections
from rulebook.formula import Figures, Formula, figures, sizes_asked
from rulebook.rules import MEMBERS, Rulebook
from rulebook.seconding import Seconder, SeconderKind, standing_of
from services import instruments, timing

MEMBER = "member"

Support = TypeVar("Support", store.support.Supporter, store.support.BodySupport)


def standing(amendment: store.amendments.Amendment) -> Standing:
    """Where one amendment stands."""
    return standings([amendment])[amendment.number]


def standings(amendments: Sequence[store.amendments.Amendment]) -> Mapping[int, Standing]:
    """Where each of the amendments stands, by its number; four queries for all."""
    versions = [version for one in amendments for version in one.same_text]
    book, chosen = timing.rules(), selections(timing.rules(), timing.happenings())
    people, bodies = store.support.members(versions), store.support.bodies(versions)
    known, movers, counters = _known(book, chosen), store.bodies.movers(), instruments.countering(book)
    return {
        one.number: summed(
            standing_of(
                instruments.of(book, one, counters),
                movers[one.number].kind if one.number in movers else MEMBER,
                [*_members(_of(one, people), chosen), *_bodies(_of(one, bodies))],
                known,
            )
        )
        for one in amendments
    }


def _counts(book: Rulebook) -> Iterator[Formula]:
    """The numbers that the routes of every instrument ask for."""
    return (route.count for one in book.instruments.values() for route in one.seconding)


def _of(amendment: store.amendments.Amendment, each: Mapping[int, Sequence[Support]]) -> list[Support]:
    """Who supports the text that stands, by whichever version that brought it."""
    return [one for version in amendment.same_text for one in each.get(version, ())]


def nobody_yet(depth: int = 0) -> Standing:
    """What an amendment (of other amendments, with a ``depth``) would need that nobody has seconded; raises TooDeep."""
    book = timing.rules()
    chosen = selections(book, timing.happenings())
    return summed(standing_of(instruments.of_depth(book, depth), MEMBER, (), _known(book, chosen)))


def _members(people: Sequence[store.support.Supporter], chosen: Mapping[str, Selection]) -> list[Seconder]:
    found = []
    for one in people:
        on_roll = OnRoll(one.standing, branch=one.branch, body=one.body, joined=one.joined)
        ids = frozenset(key for key, selection in chosen.items() if on_roll in selection)
        if MEMBERS in ids or (MEMBERS not in chosen and one.standing in {GOOD, ARREARS}):
            attributes = {"body": one.body, "standing": one.standing}
            found.append(Seconder(SeconderKind.MEMBER, str(one.member), one.branch, ids, attributes))
    return found


def _bodies(bodies: Sequence[store.support.BodySupport]) -> list[Seconder]:
    return [
        Seconder(SeconderKind(one.kind), one.name, one.name if one.kind == "branch" else "", minute=one.minute)
        for one in bodies
    ]


def _known(book: Rulebook, chosen: Mapping[str, Selection]) -> Figures:
    """The formulas worked out, with the sizes of the electorates they ask for as the roll is now.

    Most rulebooks ask for none, and then nobody on the roll is counted: a second must not cost more in a larger
    organisation.
    """
    asked = sizes_asked([*book.variables.values(), *_counts(book)])
    sizes = {key: store.support.size(one) if key in asked else 0 for key, one in chosen.items()}
    return figures(book.variables, sizes)
