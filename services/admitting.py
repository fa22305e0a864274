"""Those whom the rules name rule on what may be taken; movers and seconders appeal against a refusal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import store
import store.amendments
import store.log
import store.members
import store.rulings
from amendments import rulings
from amendments.rulings import BECOMES, RULED, TAKEN, Admission, Outcome
from amendments.states import State
from constitution.door import admitted
from members.permissions import NotAllowed, Permission, granted, require
from rulebook import kinds
from rulebook.phrases import GROUNDS, called
from rulebook.rules import Appeal
from rulebook.saying import apart, at_closing
from rulebook.threshold import Counts, NotCounted, passes
from rulebook.timetable import Moments, Timetable
from rulebook.when import Edge, shifted
from services import belonging, supporting, telling, telling_rulings, timing
from store.ruled import Outcome as Ended

LONGEST = 4_000  # characters of a reason, or of the changes that were agreed


class NotEntered(ValueError):
    """Why a ruling, an appeal, its outcome or a recommendation is not entered; ``field`` names what to look at."""

    def __init__(self, sentence: str, field: str = "reason") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Wanted:
    """A ruling as it was typed, on the version that was shown."""

    version: int
    outcome: str
    ground: str = ""
    reason: str = ""
    changes: str = ""


@dataclass(frozen=True, slots=True)
class Stands:
    """Where an amendment stands with those who rule; ``until`` the moment from which silence admits it.

    ``last`` is the ruling that binds the text that stands (of a refused one, the refusal), ``rulings`` are all.
    """

    admission: Admission
    until: datetime | None = None
    last: store.rulings.Ruling | None = None
    rulings: tuple[store.rulings.Ruling, ...] = ()


def who() -> str:
    """Those who rule on what may be taken ("the standing orders committee"); "" where the rules name nobody."""
    by = timing.rules().admission.by
    return called(by, timing.rules().electorates) if by else ""


def grounds() -> tuple[kinds.Ground, ...]:
    """The closed list of grounds on which something may be refused."""
    return timing.rules().admission.grounds or tuple(kinds.Ground)


def stands(amendment: store.amendments.Amendment, now: datetime) -> Stands:
    """Where one amendment stands with those who rule."""
    return standings([amendment], now)[amendment.number]


def standings(amendments: Collection[store.amendments.Amendment], now: datetime) -> Mapping[int, Stands]:
    """Where each of these stands, by its number; two queries for all."""
    numbers = [one.number for one in amendments]
    if not who():
        return {number: Stands(Admission.FREE) for number in numbers}
    made, since = store.rulings.of(numbers), store.rulings.seconded_since(numbers)
    zone, silence = timing.dates().zone, timing.rules().admission.silence_admits

    def of(one: store.amendments.Amendment) -> Stands:
        known = made.get(one.number, ())
        last = _binding(one, known)
        begun = since.get(one.number)
        until = shifted(max(begun, one.version.at), silence, zone) if begun and silence else None
        admission = rulings.standing(
            one.state,
            last.outcome if last else None,
            overturned=bool(last and last.overturned),
            silent=until is not None and until <= now,
        )
        return Stands(admission, until, last, known)

    return {one.number: of(one) for one in amendments}


def _binding(one: store.amendments.Amendment, made: Collection[store.rulings.Ruling]) -> store.rulings.Ruling | None:
    """The last ruling on the text that stands; one that asked for changes is answered by the next version."""
    last = next((each for each in reversed([*made]) if each.version in one.same_text), None)
    if last and last.outcome is Outcome.IN_ORDER_WITH_CHANGES and last.version != one.version.id:
        return None
    return last


def mergeable(amendment: store.amendments.Amendment, now: datetime) -> str:
    """Why an amendment that has its seconders may not be merged yet, in a sentence; "" when it may."""
    return unmergeable([amendment], now).get(amendment.number, "")


def unmergeable(amendments: Collection[store.amendments.Amendment], now: datetime) -> Mapping[int, str]:
    """As ``mergeable``, of many at once: the sentence for each that may not be."""
    found = {number: one for number, one in standings(amendments, now).items() if one.admission not in TAKEN}
    said = waiting(now) if found else str
    return {number: f"A{number}: {said(one)}" for number, one in found.items()}


def waiting(now: datetime) -> Callable[[Stands], str]:
    """Says what an amendment still waits for before it may be taken; the rules are asked once, for however many."""
    ruling, table = who(), timing.dates()

    def said(found: Stands) -> str:
        if found.admission is Admission.CHANGES:
            return "it was ruled in order after changes that its text does not hold yet."
        if found.admission is not Admission.WAITS:
            return "it cannot be taken as it stands."
        if found.until is None:
            return f"it waits for a ruling by {ruling}."
        until = f"Without a ruling {by(found.until, table)} ({apart(now, found.until)} left) it counts as admitted."
        return f"it waits for a ruling by {ruling}. {until}"

    return said


def by(at: datetime, known: Timetable | None = None) -> str:
    """A moment by which something must be done: "by 28 June 2026 at 12:00 (Europe/London)"."""
    table = known or timing.dates()
    said = at_closing(at, table.zone, table.zone_name)
    return f"by {said.removeprefix('on ').removeprefix('at ')}"


def why_not_rule(member: store.members.Member) -> str:
    """Why a member does not rule on what may be taken, as the end of a sentence; "" when they do."""
    if not who():
        return "the rules name nobody who rules on admission"
    if Permission.RULE not in granted(member.roles):
        return f"the rules leave that to {who()}"
    return belonging.why_not(member, timing.rules().admission.by)


def rule(member: store.members.Member, number: int, wanted: Wanted, now: datetime) -> Outcome:
    """Rule on the version of an amendment that was shown; published, and told to its mover and seconders.

    Raises NotOfTheElectorate, NotEntered or rulings.MayNotRule, each a sentence, and StageClosed.
    """
    require(member.roles, Permission.RULE)
    with store.transaction():
        if why := why_not_rule(member):
            raise belonging.NotOfTheElectorate("rule on what is admitted", why)
        timing.require_open(kinds.Act.RULE, now)
        amendment = of_version(number, wanted.version)
        made = _ruling(amendment, wanted, now)
        found = stands(amendment, now)
        rulings.check(found.admission, made.outcome, overturned=bool(found.last and found.last.overturned))
        kept = store.rulings.add(member.id, made)
        payload = {"ruling": kept, "version": wanted.version, "outcome": made.outcome.value}
        payload |= {"ground": made.ground, "reason": made.reason, "changes": made.changes}
        store.log.append(at=now, actor=member.handle, act="rule", subject=f"amendment {number}", payload=payload)
        _follow(amendment, made, kept, now)
    return made.outcome


def of_version(number: int, version: int) -> store.amendments.Amendment:
    """The amendment, if its version is still the one that was shown; raises NotEntered."""
    amendment = store.amendments.by_number(number)
    if amendment.version.n != version:
        said = (
            f"A{number} has version {amendment.version.n} by now, and you were shown version {version}. Read it first."
        )
        raise NotEntered(said, "outcome")
    return amendment


def typed(text: str, missing: str = "", field: str = "reason") -> str:
    """What was typed as it is kept; raises NotEntered with what is ``missing`` when it is nothing."""
    found = admitted(text, LONGEST).strip()
    if missing and not found:
        raise NotEntered(missing, field)
    return found


def _ruling(amendment: store.amendments.Amendment, wanted: Wanted, now: datetime) -> store.rulings.Ruling:
    """What was typed as a ruling; raises NotEntered."""
    if wanted.outcome not in set(Outcome):
        raise NotEntered("Choose how you rule.", "outcome")
    outcome, ground, changes = Outcome(wanted.outcome), "", ""
    wants_reason = timing.rules().admission.reasons is kinds.Need.REQUIRED
    asked = ""
    if outcome is Outcome.OUT_OF_ORDER:
        if wanted.ground not in grounds():
            raise NotEntered("Choose the ground from the list that the rules give.", "ground")
        ground, asked = wanted.ground, "Enter the reason; it is published with the ruling." if wants_reason else ""
    if outcome is Outcome.IN_ORDER_WITH_CHANGES:
        changes = typed(wanted.changes, "Enter the changes that were agreed; the mover is asked for them.", "changes")
    said = (ground, typed(wanted.reason, asked), changes, now)
    return store.rulings.Ruling(0, amendment.number, amendment.version.id, outcome, *said)


def in_words(ruling: store.rulings.Ruling) -> str:
    """A ruling as a sentence, with its ground: "Ruled out of order: it would break the law."."""
    ground = f": {GROUNDS[kinds.Ground(ruling.ground)]}" if ruling.ground else ""
    return f"Ruled {RULED[ruling.outcome]}{ground}."


def _follow(amendment: store.amendments.Amendment, made: store.rulings.Ruling, kept: int, now: datetime) -> None:
    """Take the step that a ruling means, if it does, and tell of it."""
    said = f"{in_words(made)} {made.reason}".strip()
    state = BECOMES.get(made.outcome)
    if state is None:
        said = f"{said}\n\nThe changes:\n{made.changes}"
        remedy = "Its mover is asked for the text with these changes. It can then be ruled in order."
        telling_rulings.told(amendment, "ruled in order after changes", said, f"ruling {kept}", now, remedy=remedy)
        return
    store.amendments.set_state(amendment, state, at=now, reason=said)
    telling.became(amendment, state, said, now, _remedy(replace(made, id=kept)))


def _remedy(made: store.rulings.Ruling) -> str:
    """What may be done about a refusal; "" for what the state itself says."""
    until = appeal_until(made) if made.outcome is Outcome.OUT_OF_ORDER else None
    if until is None:
        return ""
    return f"Its text stays readable there. Its mover and seconders may appeal to {appeal_to()} {by(until)}."


# ------------------------------------------------------------------ appeals


def appealing() -> Appeal | None:
    """What the rules say of appeals; None: there are none."""
    return timing.rules().admission.appeal


def appeal_to() -> str:
    """Those to whom a refusal goes ("delegates to conference"); "" for nobody."""
    rule = appealing()
    return called(rule.to, timing.rules().electorates) if rule else ""


def appeal_until(ruling: store.rulings.Ruling) -> datetime | None:
    """Until when one may appeal against a refusal; None where the rules know no appeal."""
    found = appealing()
    if found is None:
        return None
    book, zone = timing.rules(), timing.dates().zone
    ends = shifted(ruling.at, found.window, zone)
    limit = Moments(book.stages, timing.happenings(), zone).moment(found.must_end_before, Edge.CLOSES).at
    return min(ends, limit) if limit else ends


def may_appeal(member: store.members.Member, amendment: store.amendments.Amendment) -> bool:
    """Whether a member moved or seconded the text that was refused."""
    seconders = {one.member.id for one in store.amendments.seconds(amendment)}
    return member.id in seconders | {amendment.mover.id}


def appeal(member: store.members.Member, number: int, reason: str, now: datetime) -> None:
    """Appeal against a refusal, in time and once; the reason is published. Raises NotEntered, NotAllowed, StageClosed."""
    require(member.roles, Permission.PROPOSE)
    with store.transaction():
        amendment = store.amendments.by_number(number)
        if not may_appeal(member, amendment):
            raise NotAllowed("Only its mover and who seconded it can appeal.")
        timing.require_open(kinds.Act.APPEAL, now)
        refusal = _refusal(amendment, now)
        if refusal.appeal:
            raise NotEntered("There was an appeal against this refusal already.")
        until = appeal_until(refusal)
        if until is None:
            raise NotEntered("The rules know no appeal against a refusal.")
        if until <= now:
            raise NotEntered(too_late(until, now))
        said = typed(reason, "Enter why the refusal is wrong; it is published.")
        made = store.rulings.add_appeal(refusal.id, member.id, said, at=now)
        payload = {"appeal": made, "ruling": refusal.id, "reason": said}
        store.log.append(at=now, actor=member.handle, act="appeal", subject=f"amendment {number}", payload=payload)
        words = f"There is an appeal to {appeal_to()} against its refusal: {said}"
        telling_rulings.told(amendment, "an appeal", words, f"appeal {made}", now)


def too_late(until: datetime, now: datetime) -> str:
    """That the time for an appeal is over."""
    return f"An appeal was possible until {by(until).removeprefix('by ')}; that was {apart(until, now)} ago."


def may_decide(member: store.members.Member, appellant: int) -> bool:
    """Whether a member enters what became of an appeal: an officer of the process, or of the body that it goes to.

    Where it goes to everybody, only an officer: not each of them counts the votes. Nobody does for their own appeal.
    """
    if member.id == appellant:
        return False
    if Permission.ADMINISTER in granted(member.roles):
        return True
    found = appealing()
    bodies = found and timing.rules().electorates[found.to].bodies
    return bool(found and bodies) and not belonging.why_not(member, found.to)


def open_appeal(member: store.members.Member, number: int) -> store.rulings.Appeal:
    """The appeal whose outcome this member may enter; raises NotAllowed or NotEntered."""
    made = next((one.appeal for one in reversed(store.rulings.of([number]).get(number, ())) if one.appeal), None)
    if not may_decide(member, made.member if made else 0):
        raise NotAllowed("What became of an appeal is entered by an officer of the process, or of those it goes to.")
    if made is None or made.ended:
        raise NotEntered("No appeal waits for its outcome.", "upheld")
    return made


def decide(
    member: store.members.Member,
    number: int,
    reason: str,
    now: datetime,
    *,
    upheld: bool,
    votes: tuple[int, int] | None = None,
) -> bool:
    """Enter what became of the appeal; whether it was upheld. Where votes were counted, they decide by the rules.

    That waits for no stage: what was decided in time may be written down later. Raises NotAllowed or NotEntered.
    """
    require(member.roles, Permission.READ)
    with store.transaction():
        amendment = store.amendments.by_number(number)
        made = next((one.appeal for one in reversed(store.rulings.of([number]).get(number, ())) if one.appeal), None)
        if not may_decide(member, made.member if made else 0):
            raise NotAllowed(
                "What became of an appeal is entered by an officer of the process, or of those it goes to."
            )
        if made is None or made.ended:
            raise NotEntered("No appeal waits for its outcome.", "upheld")
        said = typed(reason, "Enter who decided and where it is written; it is published.", "explanation")
        if votes:
            upheld, counted = _verdict(votes)
            said = f"{said} {counted}"
        ended = Ended(upheld, *(votes or (None, None)), said, now)
        store.rulings.add_outcome(made.id, member.id, ended)
        payload = {"appeal": made.id, "upheld": upheld, "in_favour": ended.in_favour, "against": ended.against}
        payload["reason"] = said
        store.log.append(
            at=now, actor=member.handle, act="decide-appeal", subject=f"amendment {number}", payload=payload
        )
        _end(amendment, made.id, ended, now)
    return upheld


def _end(amendment: store.amendments.Amendment, made: int, ended: Ended, now: datetime) -> None:
    """Upheld, an amendment is in order: admitted, if it has its seconders, or else it goes on seeking them."""
    if not ended.upheld:
        words = f"The appeal is dismissed; it stays refused. {ended.reason}"
        telling_rulings.told(amendment, "the appeal is dismissed", words, f"appeal {made} ended", now)
        return
    enough = supporting.standing(amendment).met
    state, said = State.ADMITTED if enough else State.SEEKING_SECONDERS, f"The appeal is upheld. {ended.reason}"
    store.amendments.set_state(amendment, state, at=now, reason=said)
    telling.became(amendment, state, said, now)


def _refusal(amendment: store.amendments.Amendment, now: datetime) -> store.rulings.Ruling:
    found = stands(amendment, now)
    if found.admission is not Admission.REFUSED or found.last is None:
        raise NotEntered("It is not refused.")
    return found.last


def _verdict(votes: tuple[int, int]) -> tuple[bool, str]:
    found = appealing()
    assert found, "an appeal was made under rules that know it"
    try:
        verdict = passes(found.passes, Counts(*votes))
    except NotCounted as refusal:
        raise NotEntered(f"{refusal} Leave the votes out, and enter what was decided.", "in_favour") from refusal
    return verdict.met, verdict.sentence
