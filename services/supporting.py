"""How amendments stand with their seconders, by the routes of the rulebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import store
import store.amendments
import store.support
from amendments.seconding import Standing, summed
from rulebook.belonging import ARREARS, GOOD, OnRoll, Selection, selections
from rulebook.formula import Figures, figures, sizes_asked
from rulebook.rules import MEMBERS, Instrument, Rulebook
from rulebook.seconding import Seconder, SeconderKind, standing_of
from services import timing

MEMBER = "member"


def standing(amendment: store.amendments.Amendment) -> Standing:
    """Where one amendment stands."""
    return standings([amendment])[amendment.number]


def standings(amendments: Sequence[store.amendments.Amendment]) -> Mapping[int, Standing]:
    """Where each of the amendments stands, by its number; three queries for all."""
    versions = [one.version.id for one in amendments] if len(amendments) == 1 else None
    book, chosen = timing.rules(), selections(timing.rules(), timing.happenings())
    people, bodies = store.support.members(versions), store.support.bodies(versions)
    known, instrument = _known(book, chosen), amending(book)
    return {
        one.number: summed(
            standing_of(
                instrument,
                MEMBER,
                [*_members(people.get(one.version.id, ()), chosen), *_bodies(bodies.get(one.version.id, ()))],
                known,
            )
        )
        for one in amendments
    }


def nobody_yet() -> Standing:
    """What an amendment would need that nobody has seconded."""
    book = timing.rules()
    chosen = selections(book, timing.happenings())
    return summed(standing_of(amending(book), MEMBER, (), _known(book, chosen)))


def amending(book: Rulebook) -> Instrument:
    """The instrument by which the text is amended: the one called so, or the first."""
    return book.instruments.get(timing.AMENDMENT) or next(iter(book.instruments.values()))


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
    asked = sizes_asked([*book.variables.values(), *(route.count for route in amending(book).seconding)])
    sizes = {key: store.support.size(one) if key in asked else 0 for key, one in chosen.items()}
    return figures(book.variables, sizes)
