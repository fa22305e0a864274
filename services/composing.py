"""The compositions of the composites on the desk, remembered between requests: bringing thousands together takes long."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from threading import Lock, Timer
from typing import overload

import store
import store.amendments
import store.composites
import store.editions
from amendments.composite import Composition, compose
from services.placing import DoesNotFit, placed_edits
from store.database import name

REMEMBERED = 8  # compositions; one of 3,000 amendments takes some 30 MB
AT_ONCE = 200  # wordings that one page merges at most for the clauses that it does not show (``Composition.summary``)
SOON = 2  # seconds, in which the first page is shown; the others are merged after it

_Key = tuple[str, int, int, str]
_lock = Lock()
_known: dict[_Key, tuple[store.editions.Edition, Composition]] = {}


class Originals(Sequence[store.amendments.Amendment]):
    """The amendments of a composite, read when somebody asks for one: most pages and every choice do without."""

    def __init__(self, composite: store.composites.Composite) -> None:
        self._composite = composite

    @cached_property
    def _all(self) -> tuple[store.amendments.Amendment, ...]:
        return store.amendments.on_composite(self._composite.number)

    @overload
    def __getitem__(self, at: int) -> store.amendments.Amendment: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[store.amendments.Amendment, ...]: ...
    def __getitem__(self, at: int | slice) -> store.amendments.Amendment | tuple[store.amendments.Amendment, ...]:
        return self._all[at]

    def __len__(self) -> int:
        return len(self._composite.amendments)


def source_name(number: int) -> str:
    """The name under which an amendment's words are credited."""
    return f"A{number}"


def composed(composite: store.composites.Composite) -> tuple[store.editions.Edition, Composition]:
    """The edition a composite is made on, and how its amendments meet there, as they stand now; raises DoesNotFit."""
    key = name(), composite.number, composite.base_edition, store.composites.versions(composite.number)
    with _lock:
        found = _known.pop(key, None) or _made(composite, _last(key))
        _known[key] = found
        for old in tuple(_known)[:-REMEMBERED]:
            del _known[old]
    return found


def prepare() -> None:
    """Bring together what is on the desk, before anybody asks."""
    for one in store.composites.listing():
        with suppress(DoesNotFit):
            if one.state == store.composites.State.OPEN:
                composed(one)[1].summary()


def _last(key: _Key) -> tuple[store.editions.Edition, Composition] | None:
    """The composite as it was with other amendments, or other texts of them."""
    return next((_known[one] for one in reversed(_known) if one[:3] == key[:3]), None)


def _made(
    composite: store.composites.Composite, before: tuple[store.editions.Edition, Composition] | None
) -> tuple[store.editions.Edition, Composition]:
    base = store.editions.load(composite.base_edition)
    same = before if before and before[0].digest == base.digest else None
    base = same[0] if same else base
    sides = {source_name(one.number): placed_edits(one, base) for one in Originals(composite)}
    made = compose(base.constitution, sides, before=same[1] if same else None)
    if len(sides) > AT_ONCE:
        warm = Timer(SOON, made.summary)
        warm.daemon = True
        warm.start()
    return base, made
