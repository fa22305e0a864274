"""What is adopted comes into force: at once, on its day, or when bodies outside have said what the rules ask of them.

Being adopted and being in force are two moments. The edition is made at the second, and every open amendment is placed
on it then; ``store.editions.latest()`` is always what is in force.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

import store
import store.accounts
import store.adoptions
import store.amendments
import store.composites
import store.drafts
import store.editions
import store.log
from amendments.fates import Fate
from amendments.rebase import Placement
from amendments.rebase import State as Place
from amendments.states import WAITING, State
from constitution.door import admitted
from members.permissions import Permission, require
from rulebook import phrases
from rulebook.kinds import InForce
from rulebook.saying import on_date
from rulebook.timetable import Moments
from rulebook.when import Edge
from rulebook.zones import instant
from services import telling, timing
from services.enrolling import SYSTEM
from services.placing import place
from store.adoptions import Decision, Kind, OutsideWord

OVERTAKEN = {
    Place.ALREADY_ADOPTED: "What it asks for is already in edition {number}.",
    Place.CLAUSE_GONE: "The clause it changes is no longer in edition {number}.",
}
LONGEST = 400  # characters of a reference


class NotTheText(ValueError):
    """The text in the store is not the text that was decided on; nothing comes into force."""

    def __init__(self) -> None:
        super().__init__("The text in the store is not the text that was frozen. Nothing was adopted.")


class WordRefused(ValueError):
    """Why what a body outside said is not entered, in a sentence; ``field`` is what it is about, "" for the whole."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Coming:
    """When a decision is in force (None: not known yet), and what it waits for, in sentences."""

    at: datetime | None
    waits: tuple[str, ...] = ()


def decide(
    draft: store.drafts.Draft, decision: Decision, member: store.members.Member | None, now: datetime
) -> store.editions.Edition | None:
    """Keep a decision to adopt, and do it at once where nothing is in the way; inside a transaction."""
    store.drafts.set_state(draft, "adopted")
    store.adoptions.decide(decision, member.id if member else None)
    payload = {"ballot": decision.ballot, "drafts": list(decision.drafts), "sentences": list(decision.sentences)}
    payload |= {"consent": list(decision.consent), "text": draft.digest}
    actor = member.handle if member else SYSTEM
    store.log.append(at=now, actor=actor, act="carry", subject=f"draft {draft.number}", payload=payload)
    made = _if_due(decision, actor, now)
    if made is None:
        reason = f"Carried with draft {draft.number}, which is adopted and not in force yet"
        for amendment in store.amendments.numbered(store.accounts.taken(draft)):
            store.amendments.set_state(amendment, State.CARRIED, at=now, reason=reason)
            telling.became(amendment, State.CARRIED, reason, now)
    return made


def bring_due(now: datetime) -> tuple[store.editions.Edition, ...]:
    """Bring into force what has waited for its day; cheap when nothing has."""
    if not any(_is_due(one, now) for one in store.adoptions.waiting()):
        return ()
    with store.transaction():
        made = [_if_due(one, SYSTEM, now) for one in store.adoptions.waiting()]
    return tuple(one for one in made if one)


def coming(decision: Decision) -> Coming:
    """From when on a decision is in force by the rules, as far as is known."""
    moments, waits = [decision.at], []
    said = {(one.kind, one.body): one for one in store.adoptions.words(decision.draft) if one.given}
    for kind, body in asked(decision):
        found = said.get((kind, body))
        if found:
            moments.append(_first_moment(found.day))
        else:
            waits.append(f"{'Registration with' if kind is Kind.REGISTRATION else 'The consent of'} {body}")
    at, waiting = _by_rule()
    moments, waits = moments + ([at] if at else []), waits + waiting
    return Coming(None if waits else max(moments), tuple(waits))


def asked(decision: Decision) -> Iterator[tuple[Kind, str]]:
    """What bodies outside must say before a decision is in force."""
    adoption = timing.rules().adoption
    yield from ((Kind.CONSENT, who) for who in decision.consent)
    if adoption.in_force is InForce.REGISTERED:
        yield Kind.REGISTRATION, adoption.registration.with_whom if adoption.registration else "the registrar"


def enter_word(member: store.members.Member, number: int, word: OutsideWord, now: datetime) -> None:
    """Enter what a body outside said to an adopted draft. A refusal ends it. Raises WordRefused."""
    require(member.roles, Permission.ADMINISTER)
    with store.transaction():
        decision = store.adoptions.decision(number)
        _check_word(decision, word, now)
        assert decision is not None
        kept = OutsideWord(word.kind, word.body, word.day, admitted(word.reference, LONGEST).strip(), word.given)
        store.adoptions.add_word(number, kept, member.id, now)
        said = {"kind": kept.kind.value, "body": kept.body, "day": kept.day.isoformat()}
        said |= {"reference": kept.reference, "given": kept.given}
        store.log.append(at=now, actor=member.handle, act="enter-word", subject=f"draft {number}", payload=said)
        if kept.given:
            _if_due(decision, member.handle, now)
        else:
            _refused(store.drafts.by_number(number), kept, now)


def _check_word(decision: Decision | None, word: OutsideWord, now: datetime) -> None:
    if decision is None or decision.refused or decision.edition is not None:
        raise WordRefused("This draft does not wait for anybody outside.")
    known = {(one.kind, one.body) for one in store.adoptions.words(decision.draft)}
    if (word.kind, word.body) not in set(asked(decision)) - known:
        raise WordRefused(
            f"The rules do not ask {word.body or 'anybody outside'} for this, or the answer has been entered.", "asked"
        )
    zone = timing.dates().zone
    if not decision.at.astimezone(zone).date() <= word.day <= now.astimezone(zone).date():
        raise WordRefused(
            "Enter the day on which it was said: not before the decision, and not one still to come.", "day"
        )
    if not word.reference.strip():
        raise WordRefused("Enter the reference under which it can be found.", "reference")


def _refused(draft: store.drafts.Draft, word: OutsideWord, now: datetime) -> None:
    store.drafts.set_state(draft, "superseded")
    what = "registration" if word.kind is Kind.REGISTRATION else "consent"
    reason = f"Refused {what}: {word.body}, {on_date(word.day)}, {word.reference}"
    for amendment in store.amendments.numbered(store.accounts.taken(draft)):
        store.amendments.set_state(amendment, State.LOST, at=now, reason=reason)
        telling.became(amendment, State.LOST, reason, now)


def _by_rule() -> tuple[datetime | None, list[str]]:
    """The moment that the rules name, or the event it waits for."""
    book = timing.rules()
    if isinstance(book.adoption.in_force, InForce):
        return None, []
    dated = Moments(book.stages, timing.happenings(), timing.dates().zone).moment(book.adoption.in_force, Edge.CLOSES)
    waits = [] if dated.at else [f"The day on which it comes into force ({phrases.when(book.adoption.in_force, book)})"]
    return dated.at, waits


def _first_moment(day: date) -> datetime:
    return instant(datetime.combine(day, time()), timing.dates().zone)


def _is_due(decision: Decision, now: datetime) -> bool:
    at = coming(decision).at
    return at is not None and at <= now


def _if_due(decision: Decision, actor: str, now: datetime) -> store.editions.Edition | None:
    at = coming(decision).at
    if at is None or at > now:
        return None
    draft = store.drafts.by_number(decision.draft)
    edition = store.editions.add(draft.constitution, at=at, note=draft.title, adopted_from=draft.number)
    if edition.digest != draft.digest:
        raise NotTheText
    payload = {
        "draft": draft.number,
        "edition": edition.number,
        "digest": edition.digest,
        "previous": draft.base_edition,
    }
    payload |= {"in_force": at.isoformat()} if at != now else {}
    store.log.append(at=now, actor=actor, act="adopt", subject=f"edition {edition.number}", payload=payload)
    _bring_into_force(draft, edition, now)
    telling.changed(edition, draft.base_edition, now)
    _set_aside(draft, now)
    place_open(edition, now)
    return edition


def _bring_into_force(draft: store.drafts.Draft, edition: store.editions.Edition, now: datetime) -> None:
    taken = store.accounts.taken(draft)
    amendments = store.amendments.numbered(taken)
    for amendment in amendments:
        part = " in part" if taken[amendment.number] is Fate.IN_PART else ""
        reason = f"In force{part} with edition {edition.number}"
        store.amendments.set_state(amendment, State.IN_FORCE, at=now, reason=reason)
    telling.adopted(edition, draft, amendments, now)


def _set_aside(adopted: store.drafts.Draft, now: datetime) -> None:
    """Drafts and composites made against the old edition end; their amendments are free again."""
    for draft in store.drafts.listing():
        if draft.state == "frozen" and draft.number != adopted.number:
            store.drafts.set_state(draft, "superseded")
            _free(draft, f"Draft {draft.number} was superseded by draft {adopted.number}", now)
    for composite in store.composites.listing():
        if composite.state == "open":
            store.composites.set_state(composite, "abandoned")


def _free(draft: store.drafts.DraftLine, reason: str, now: datetime) -> None:
    """What was merged in it waits again as it did before: seconded, or admitted."""
    for amendment in store.amendments.numbered(store.accounts.taken(draft)):
        steps = store.amendments.history(amendment)
        before = next(step.state for step in reversed(steps) if step.state in WAITING)
        store.amendments.set_state(amendment, before, at=now, reason=reason)
        telling.became(amendment, before, reason, now)


def place_open(edition: store.editions.Edition, now: datetime) -> None:
    """Place every open amendment on an edition that has come into force."""
    staying = []
    for amendment in store.amendments.in_states(WAITING | {State.SEEKING_SECONDERS}):
        placement = place(amendment.version, edition)
        if placement is not None and not _overtake(amendment, placement, edition, now):
            staying.append((amendment, placement))
    telling.placed(edition, staying, now)


def _overtake(
    amendment: store.amendments.Amendment, placement: Placement, edition: store.editions.Edition, now: datetime
) -> bool:
    """End an amendment that has nothing left to change; whether it had."""
    reason = OVERTAKEN.get(placement.state, "").format(number=edition.number)
    if reason:
        store.amendments.set_state(amendment, State.OVERTAKEN, at=now, reason=reason)
        telling.became(amendment, State.OVERTAKEN, reason, now)
    return bool(reason)
