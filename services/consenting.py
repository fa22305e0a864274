"""Those whose amendments a composite merges consent to its text, as the rules ask: to exactly that text, by its digest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import store
import store.amendments
import store.bodies
import store.composites
import store.consent
import store.log
import store.members
from amendments.composite import OpenConflict, Settled, settle
from constitution.digest import digest as digest_of
from constitution.door import admitted
from members.notices import Kind, folded
from members.permissions import NotAllowed, Permission, require
from rulebook import kinds
from rulebook.when import shifted
from services import notifying, seconding, timing
from services.compositing import Desk, open_desk, source_name
from services.notifying import tell

LONGEST = 4_000  # characters
BINDING = frozenset({kinds.Consent.MOVERS, kinds.Consent.ALL_PROPOSERS})

SILENCE = (
    "No answer counts as no consent. Without it the text is not frozen: the committee changes it and asks again, or leaves "
    "that amendment out, with a reason."
)
RULES: Mapping[kinds.Consent, str] = {
    kinds.Consent.NONE: "The rules ask for nobody’s consent to a composite.",
    kinds.Consent.NOTIFY: "The rules ask that the movers are told of the text. It needs nobody’s consent; who objects is "
    "shown with the reason.",
    kinds.Consent.MOVERS: f"The rules ask for the consent of the movers. {SILENCE}",
    kinds.Consent.ALL_PROPOSERS: "The rules ask for the consent of the movers, and of the branches and bodies in whose name "
    f"something is moved. {SILENCE}",
}


class CannotConsent(ValueError):
    """Why consent cannot be asked for or answered now, in a sentence; ``field`` names what to look at."""

    def __init__(self, sentence: str, field: str = "answer") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Party:
    """Whose consent counts: the mover of these amendments, or the branch or body (kind, name) they are moved for."""

    amendments: tuple[int, ...]
    member: store.members.Member | None = None
    body: tuple[str, str] | None = None

    def is_(self, one: store.members.Member) -> bool:
        """Whether this member answers for it; for a body each of its officers does."""
        return self.body == seconding.office(one) if self.body else bool(self.member and self.member.id == one.id)

    @property
    def called(self) -> str:
        """What it is called where no names are: "the mover of A3 and A5", "the branch Fen (A5)"."""
        names = " and ".join(map(source_name, self.amendments))
        return f"the {self.body[0]} {self.body[1]} ({names})" if self.body else f"the mover of {names}"


@dataclass(frozen=True, slots=True)
class Standing:
    """A party with what it answered about the text as it stands, and what it answered last about a former one."""

    party: Party
    answer: store.consent.Answer | None
    former: store.consent.Answer | None


@dataclass(frozen=True, slots=True)
class Consent:
    """Where a composite stands. ``digest``: of its text, "" while unsettled; ``request``: the last one.

    ``asked``: that request is about the text as it stands. ``said``: what the rules ask, in words.
    """

    rule: kinds.Consent
    said: str
    digest: str
    request: store.consent.Request | None
    parties: tuple[Standing, ...]

    @property
    def asked(self) -> bool:
        """Whether those whom the rules name were asked about the text as it stands."""
        return bool(self.digest and self.request and self.request.digest == self.digest)

    @property
    def lacking(self) -> tuple[Standing, ...]:
        """The parties without whose consent the text is not frozen."""
        if self.rule not in BINDING:
            return ()
        return tuple(one for one in self.parties if one.answer is None or not one.answer.agrees)


def rule() -> kinds.Consent:
    """Whose consent the rules ask for; nobody's where they name nobody who merges."""
    found = timing.rules().compositing
    return found.consent if found.by else kinds.Consent.NONE


def standing(desk: Desk, result: Settled | OpenConflict | None = None) -> Consent:
    """Where a desk stands with those whose consent the rules ask for; ``result`` is its text, where that is known."""
    digest, requests = _digest(result or settled(desk)), store.consent.requests(desk.composite.number)
    last = requests[-1] if requests else None
    answers = store.consent.answers(desk.composite.number)
    current = last.id if last and last.digest == digest else None

    def of(party: Party) -> Standing:
        theirs = [one for one in answers if party.is_(one.member)]
        now = [one for one in theirs if one.request == current]
        before = [one for one in theirs if one.request != current]
        return Standing(party, now[-1] if now else None, before[-1] if before else None)

    return Consent(rule(), RULES[rule()], digest, last, tuple(map(of, parties(desk))))


def parties(desk: Desk) -> tuple[Party, ...]:
    """Whom the rules name for a desk: not those of whose amendments the committee leaves all, with a reason."""
    if rule() is kinds.Consent.NONE:
        return ()
    merged = [one for one in desk.amendments if source_name(one.number) not in desk.choices.left]
    movers: dict[int, list[store.amendments.Amendment]] = {}
    for one in merged:
        movers.setdefault(one.mover.id, []).append(one)
    found = [Party(tuple(one.number for one in theirs), theirs[0].mover) for theirs in movers.values()]
    return (*found, *(_bodies([one.number for one in merged]) if rule() is kinds.Consent.ALL_PROPOSERS else ()))


def of_composite(number: int) -> tuple[store.consent.Answer, ...]:
    """The answers to the last request about a composite: those to the text that was frozen."""
    requests = store.consent.requests(number)
    return tuple(one for one in store.consent.answers(number) if one.request == requests[-1].id)


def in_the_way(desk: Desk, result: Settled, now: datetime) -> Iterator[str]:
    """What the rules on consent still ask before the desk can be frozen, in sentences without names."""
    if rule() is kinds.Consent.NONE:
        return
    found = standing(desk, result)
    if not found.parties:
        return
    if not found.asked:
        what = (
            "Tell the movers of this text"
            if found.rule not in BINDING
            else "Ask for the consent that the rules ask for"
        )
        yield f"{what}{': the text has changed since they were last asked' if found.request else ''}."
        return
    for one in found.lacking:
        yield _lacking(one, found.request, now)


def ask(member: store.members.Member, number: int, now: datetime) -> store.consent.Request:
    """Ask those whom the rules name about the text as it stands, or tell them of it; each gets a link.

    Raises CannotConsent, StageClosed.
    """
    require(member.roles, Permission.MERGE)
    with store.transaction():
        timing.require_open(kinds.Act.MERGE, now)
        desk = open_desk(number)
        found = standing(desk)
        _check(desk, found)
        window = timing.rules().compositing.window
        closes = shifted(now, window, timing.dates().zone) if window else None
        made = store.consent.add_request(number, found.digest, closes, member.id, at=now)
        people = _people(found)
        payload = {
            "request": made.id,
            "digest": made.digest,
            "closes": closes.astimezone(UTC).isoformat() if closes else None,
            "asked": sorted(people),
            "bodies": sorted(f"{one.party.body[0]} {one.party.body[1]}" for one in found.parties if one.party.body),
        }
        store.log.append(at=now, actor=member.handle, act="ask-consent", subject=f"composite {number}", payload=payload)
        _tell(desk, made, people, now)
    return made


def answer(member: store.members.Member, number: int, digest: str, reason: str, now: datetime, *, agrees: bool) -> None:
    """Agree or object to the text with this digest; until it is frozen one may answer otherwise.

    Raises NotAllowed for who is not asked, and CannotConsent.
    """
    require(member.roles, Permission.PROPOSE)
    said = admitted(reason, LONGEST).strip()
    if not agrees and not said:
        raise CannotConsent("Enter the reason for your objection; it is published.", "reason")
    with store.transaction():
        desk = open_desk(number)
        if desk.composite.state != store.composites.State.OPEN:
            raise CannotConsent(f"Composite {number} is {desk.composite.state}; no answer changes it any more.")
        found = standing(desk)
        if not any(one.party.is_(member) for one in found.parties):
            raise NotAllowed("You are not among those whom the rules ask about this composite.")
        if found.request is None or not found.asked:
            raise CannotConsent("Nobody has been asked about the text as it stands now.")
        if digest != found.digest:
            raise CannotConsent("The text has changed since you read it. Read it again before you answer.")
        store.consent.add_answer(found.request.id, member.id, said, agrees=agrees, at=now)
        payload = {"request": found.request.id, "agrees": agrees, "reason": said, "digest": digest}
        store.log.append(
            at=now, actor=member.handle, act="answer-consent", subject=f"composite {number}", payload=payload
        )


def settled(desk: Desk) -> Settled | OpenConflict:
    """The desk's resulting text with the source of every word, or why there is none yet."""
    try:
        return settle(desk.composition, desk.choices)
    except OpenConflict as conflict:
        return conflict


def _digest(result: Settled | OpenConflict) -> str:
    return "" if isinstance(result, OpenConflict) else digest_of(result.constitution)


def _bodies(numbers: list[int]) -> Iterator[Party]:
    moved: dict[tuple[str, str], list[int]] = {}
    for number, decision in sorted(store.bodies.movers().items()):
        if number in numbers:
            moved.setdefault((decision.kind, decision.name), []).append(number)
    yield from (Party(tuple(theirs), body=body) for body, theirs in moved.items())


def _lacking(one: Standing, request: store.consent.Request | None, now: datetime) -> str:
    called = f"{one.party.called[0].upper()}{one.party.called[1:]}"
    if one.answer:
        return f"{called} objects: {one.answer.reason} Change the text and ask again, or leave the amendment out."
    closes = request.closes if request else None
    if closes and closes > now:
        return f"{called} has not answered yet, and has time {until(closes)}."
    return f"{called} has not consented, and no answer is no consent: leave the amendment out, with a reason."


def until(closes: datetime) -> str:
    """Until when one may answer: "until 12 July 2026 at 12:00 (Europe/London)"."""
    return f"until {notifying.moment(closes)}"


def _check(desk: Desk, found: Consent) -> None:
    if desk.composite.state != store.composites.State.OPEN:
        raise CannotConsent(f"Composite {desk.composite.number} is {desk.composite.state}; nobody is asked any more.")
    if found.rule is kinds.Consent.NONE:
        raise CannotConsent(found.said)
    if not found.digest:
        raise CannotConsent("Settle everything first: there is no text yet to ask about.")
    if found.asked:
        raise CannotConsent("They have been asked about exactly this text already.")


def _people(found: Consent) -> dict[str, store.members.Member]:
    """Those who are asked, by their handles: movers, and the officers of bodies."""
    people = {one.party.member.handle: one.party.member for one in found.parties if one.party.member}
    if any(one.party.body for one in found.parties):
        officers = store.members.with_role("officer")
        people |= {one.handle: one for one in officers if any(each.party.is_(one) for each in found.parties)}
    return people


def _tell(desk: Desk, made: store.consent.Request, people: Mapping[str, store.members.Member], now: datetime) -> None:
    binding = rule() in BINDING
    time = f" {until(made.closes)}" if made.closes else " before it is frozen"
    tell(
        Kind.CONSENT_ASKED,
        f"composite {desk.composite.number} {made.digest}",
        people.values(),
        now,
        number=desk.composite.number,
        title=folded(desk.composite.title),
        amendments="\n".join(f"  * Amendment {one.number}, {folded(one.title)}" for one in desk.amendments),
        what="Your consent is asked" if binding else "Your amendment is to be merged",
        asked=f"Answer{time}. {SILENCE}" if binding else f"Nothing needs your answer. You may object{time}.",
        link=f"/composites/{desk.composite.number}/consent",
    )
