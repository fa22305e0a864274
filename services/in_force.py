"""The text in force on any day, and the provisos that go with its clauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import store
import store.adoptions
import store.ballots
import store.drafts
import store.editions
import store.log
from constitution.clause import Constitution
from constitution.door import admitted
from members.permissions import Permission, require
from rulebook.saying import on_date
from rulebook.zones import instant
from services import enacting, timing
from store.adoptions import Proviso, Term
from store.ballots import Step

LONGEST = 400  # characters of a note


class CannotAdd(ValueError):
    """Why a proviso is not added, in a sentence; ``field`` is what it is about, "" for the whole."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class NothingThen(LookupError):
    """Nothing was in force on that day."""

    def __init__(self, day: date) -> None:
        super().__init__(f"On {on_date(day)} nothing was in force here; the first edition came later.")


@dataclass(frozen=True, slots=True)
class OnDay:
    """What was in force at the end of a day: ``began`` that very day at this local time ("14:30"), or before ("").

    ``until`` is the edition that followed; ``to_come``: the day is not over, and more may change.
    """

    day: date
    edition: store.editions.Edition
    began: str
    until: store.editions.EditionLine | None
    to_come: bool
    waiting: tuple[tuple[store.adoptions.Decision, enacting.Coming], ...]
    notes: Mapping[str, tuple[str, ...]]


def on(day: date, now: datetime) -> OnDay:
    """The text in force at the end of a day; raises NothingThen."""
    zone = timing.dates().zone
    end = instant(datetime.combine(day + timedelta(days=1), time()), zone) - timedelta(microseconds=1)
    edition = store.editions.on(end)
    if edition is None:
        raise NothingThen(day)
    here = edition.at.astimezone(zone)
    following = [one for one in store.editions.listing() if one.number > edition.number]
    return OnDay(
        day,
        edition,
        f"{here:%H:%M}" if here.date() == day else "",
        following[0] if following else None,
        end > now,
        tuple((one, enacting.coming(one)) for one in store.adoptions.waiting()) if end > now else (),
        notes(edition, day),
    )


def today(now: datetime) -> date:
    """The day it is where the rules are told."""
    return now.astimezone(timing.dates().zone).date()


def notes(edition: store.editions.Edition, day: date) -> Mapping[str, tuple[str, ...]]:
    """The provisos of an edition by clause, as sentences for a day."""
    found: dict[str, tuple[str, ...]] = {}
    for one in provisos(edition):
        found[one.clause] = (*found.get(one.clause, ()), sentence(one, day))
    return found


def provisos(edition: store.editions.Edition) -> tuple[Proviso, ...]:
    """Those of the draft that an edition was, and of those before it as long as the clause reads the same."""
    found: list[Proviso] = []
    if not store.adoptions.provisos():
        return ()
    for line in store.editions.listing():
        if line.adopted_from is not None and line.number <= edition.number:
            decision = store.adoptions.of_edition(line.number)
            drafts = {line.adopted_from, *(decision.drafts if decision else ())}
            made = store.adoptions.provisos(sorted(drafts))
            found += [one for one in made if _same(one.clause, line.number, edition)]
    return tuple(found)


def sentence(one: Proviso, day: date) -> str:
    """A proviso as it is printed with its clause on a day."""
    said = on_date(one.day)
    words = {
        (Term.FROM, True): f"In force since {said}.",
        (Term.FROM, False): f"Not in force yet: from {said} on.",
        (Term.UNTIL, True): f"In force until the end of {said}.",
        (Term.UNTIL, False): f"No longer in force since the end of {said}.",
    }
    return f"{words[one.term, one.holds(day)]} {one.note}".strip()


def add_proviso(member: store.members.Member, number: int, proviso: Proviso, now: datetime) -> None:
    """Add a proviso to a clause that a frozen draft changes, before it is put to a vote. Raises CannotAdd."""
    require(member.roles, Permission.ADOPT)
    with store.transaction():
        draft = store.drafts.by_number(number)
        _check(draft, proviso)
        kept = Proviso(proviso.clause, proviso.term, proviso.day, admitted(proviso.note, LONGEST).strip())
        store.adoptions.add_proviso(number, kept, member.id, now)
        payload = {"clause": kept.clause, "kind": kept.term.value, "day": kept.day.isoformat(), "note": kept.note}
        store.log.append(at=now, actor=member.handle, act="add-proviso", subject=f"draft {number}", payload=payload)


def _check(draft: store.drafts.Draft, proviso: Proviso) -> None:
    if not timing.rules().adoption.provisos:
        raise CannotAdd("The rules know no provisos.")
    if draft.state != store.drafts.State.FROZEN:
        raise CannotAdd(f"Draft {draft.number} is {draft.state}; only a frozen draft takes a proviso.")
    if any(draft.number in one.drafts and one.taken(Step.OPEN) for one in store.ballots.listing()):
        raise CannotAdd("This draft has been put to a vote; nothing of it can change.")
    base = store.editions.load(draft.base_edition).constitution
    if proviso.clause not in draft.constitution or _reads(proviso.clause, base) == _reads(
        proviso.clause, draft.constitution
    ):
        raise CannotAdd("Choose a clause that this draft changes or adds.", "clause")


def _same(clause: str, number: int, edition: store.editions.Edition) -> bool:
    then = store.editions.load(number).constitution
    return clause in edition.constitution and _reads(clause, then) == _reads(clause, edition.constitution)


def _reads(clause: str, book: Constitution) -> tuple[str, str] | None:
    return (book[clause].heading, book[clause].text) if clause in book else None
