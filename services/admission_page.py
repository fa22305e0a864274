"""What is shown of admission: on its own page, and on that of an amendment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import store
import store.amendments
import store.members
import store.rulings
from amendments.rulings import RECOMMENDED, Admission, MayNotRule, Outcome, Recommendation, check
from amendments.states import OPEN, State
from members.permissions import Permission, granted
from rulebook import kinds
from rulebook.in_words import in_words
from rulebook.phrases import GROUNDS, capital
from rulebook.saying import apart
from services import admitting, advising, timing
from services.admitting import Stands

MOST_WAITING = 50  # on one page, each with its form
MOST_RULED = 100
MODES = {kinds.Mode.MAJORITY: "by majority", kinds.Mode.CONSENSUS: "by consensus", kinds.Mode.CHAIR: "by its chair"}


@dataclass(frozen=True, slots=True)
class Event:
    """Something for the history of an amendment that is no step from state to state: in words, and said by somebody."""

    at: datetime
    what: str
    reason: str
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Appealing:
    """The appeal against a refusal: until when, in words; what there is; and who may do what now."""

    sentence: str
    ruling: store.rulings.Ruling
    by: str = ""
    may_appeal: bool = False
    may_decide: bool = False


@dataclass(frozen=True, slots=True)
class OfAmendment:
    """Admission on the page of an amendment. ``sentence`` "" : there is nothing to say of it.

    ``may_rule`` and ``may_recommend`` offer the forms; ``no_rule`` says to those who rule why they cannot now.
    ``outdated``: the recommendation was about an earlier text.
    """

    sentence: str
    stands: Stands
    appeal: Appealing | None
    may_rule: tuple[Outcome, ...]
    no_rule: str
    recommended: store.rulings.Recommended | None
    outdated: bool
    may_recommend: bool
    events: tuple[Event, ...]
    thread: advising.Thread | None

    @property
    def recommends(self) -> str:
        """What is recommended, in words; "" for nothing."""
        return RECOMMENDED[self.recommended.kind] if self.recommended else ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An amendment that waits: since when it is so, what for, in a sentence, and which rulings are possible."""

    amendment: store.amendments.Amendment
    sentence: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling with its amendment; ``appeal`` says what there is about an appeal, in a sentence."""

    amendment: store.amendments.Amendment
    ruling: store.rulings.Ruling
    sentence: str
    appeal: str = ""
    may_decide: bool = False


@dataclass(frozen=True, slots=True)
class AdmissionPage:
    """What waits for a ruling, the oldest first (``more`` are not shown), open appeals, refusals, and what was ruled.

    ``rules`` are the rules in sentences; ``closed`` says why nothing can be ruled now, ``not_mine`` why not by this member.
    """

    who: str
    rules: tuple[str, ...]
    waiting: tuple[Waiting, ...]
    more: int
    appeals: tuple[Ruled, ...]
    refused: tuple[Ruled, ...]
    ruled: tuple[Ruled, ...]
    may_rule: bool
    closed: str


def page(member: store.members.Member | None, now: datetime) -> AdmissionPage:
    """The page of admission."""
    who = admitting.who()
    waiting = _waiting(now) if who else ()
    said = admitting.waiting(now)
    ruled = store.rulings.latest(MOST_RULED)
    refused = store.amendments.listing(State.REFUSED)
    return AdmissionPage(
        who=who,
        rules=_rules(now),
        waiting=tuple(Waiting(one, capital(said(found)), possible(found)) for one, found in waiting[:MOST_WAITING]),
        more=max(0, len(waiting) - MOST_WAITING),
        appeals=tuple(_ruled(store.rulings.appealed(), member, now)),
        refused=tuple(_ruled(_refusals(refused), member, now)),
        ruled=tuple(_ruled([one for one in ruled if one.outcome is not Outcome.OUT_OF_ORDER], member, now)),
        may_rule=member is not None and not admitting.why_not_rule(member),
        closed=timing.closed(kinds.Act.RULE, now) if who else "",
    )


def _rules(now: datetime) -> tuple[str, ...]:
    """The sentences of the rules on admission, as everywhere."""
    sections = in_words(timing.rules(), timing.dates(), now)
    return next((one.sentences for one in sections if one.heading == "What is admitted"), ())


def _waiting(now: datetime) -> tuple[tuple[store.amendments.Amendment, Stands], ...]:
    """What waits for a ruling, or for the text that was agreed, the longest seconded first."""
    seconded = store.amendments.in_states({State.SECONDED})
    found = admitting.standings(seconded, now)
    waits = [one for one in seconded if found[one.number].admission in {Admission.WAITS, Admission.CHANGES}]
    since = store.rulings.seconded_since([one.number for one in waits])
    waits.sort(key=lambda one: (since.get(one.number, one.created), one.number))
    return tuple((one, found[one.number]) for one in waits)


def possible(stands: Stands) -> tuple[Outcome, ...]:
    """Which rulings an amendment that stands so may get now."""
    overturned = bool(stands.last and stands.last.overturned)
    return tuple(one for one in Outcome if not _why_not(stands.admission, one, overturned=overturned))


def _why_not(admission: Admission, outcome: Outcome, *, overturned: bool) -> str:
    try:
        check(admission, outcome, overturned=overturned)
    except MayNotRule as refusal:
        return str(refusal)
    return ""


def _refusals(refused: Iterable[store.amendments.Amendment]) -> list[store.rulings.Ruling]:
    """The rulings by which they were refused, the last first; no more than a page can show."""
    last = [made[-1] for made in store.rulings.of([one.number for one in refused]).values()]
    return sorted(last, key=lambda one: -one.id)[:MOST_RULED]


def _ruled(made: Iterable[store.rulings.Ruling], member: store.members.Member | None, now: datetime) -> Iterator[Ruled]:
    made = tuple(made)
    amendments = {one.number: one for one in store.amendments.numbered({one.amendment for one in made})}
    for one in made:
        refusal = one.outcome is Outcome.OUT_OF_ORDER
        appeal = _appeal_sentence(one, now) if refusal else ""
        decides = bool(
            member and one.appeal and not one.appeal.ended and admitting.may_decide(member, one.appeal.member)
        )
        yield Ruled(amendments[one.amendment], one, admitting.in_words(one), appeal, decides)


def _appeal_sentence(refusal: store.rulings.Ruling, now: datetime) -> str:
    """What there is about an appeal against a refusal, or until when there can be one; "" where the rules know none."""
    if refusal.appeal and refusal.appeal.ended:
        return f"The appeal to {admitting.appeal_to()} was {'upheld' if refusal.appeal.ended.upheld else 'dismissed'}."
    if refusal.appeal:
        return f"There is an appeal to {admitting.appeal_to()}; nothing is decided yet."
    until = admitting.appeal_until(refusal)
    if until is None:
        return ""
    if until <= now:
        return f"There was no appeal. {admitting.too_late(until, now)}"
    said = admitting.by(until).removeprefix("by ")
    return (
        f"Its mover and who seconded it can appeal to {admitting.appeal_to()} until {said}: {apart(now, until)} left."
    )


def of(amendment: store.amendments.Amendment, member: store.members.Member | None, now: datetime) -> OfAmendment:
    """Everything about admission and advice that the page of an amendment shows this reader."""
    stands = admitting.stands(amendment, now)
    made = store.rulings.recommendations(amendment.number)
    last = made[-1] if made and made[-1].kind is not Recommendation.NONE else None
    rules = member is not None and not admitting.why_not_rule(member)
    closed = timing.closed(kinds.Act.RULE, now) if rules else ""
    return OfAmendment(
        sentence=_sentence(stands, now),
        stands=stands,
        appeal=_appealing(amendment, stands, member, now),
        may_rule=possible(stands) if rules and not closed else (),
        no_rule=closed if amendment.state in OPEN else "",
        recommended=last,
        outdated=last is not None and last.version not in amendment.same_text,
        may_recommend=_may_recommend(amendment, member, now),
        events=tuple(_history(amendment, stands, made)),
        thread=advising.thread(amendment, member, now),
    )


def _sentence(stands: Stands, now: datetime) -> str:
    """Where it stands with those who rule, for its page."""
    match stands.admission:
        case Admission.WAITS:
            mode = MODES[timing.rules().admission.mode]
            return f"{capital(admitting.waiting(now)(stands))} They rule {mode}."
        case Admission.CHANGES:
            return "It was ruled in order after changes. Its mover is still to give the text that was agreed."
        case Admission.SILENT if stands.until:
            return f"No ruling came {admitting.by(stands.until)}, so the rules count it as admitted."
        case Admission.REFUSED:
            return f"{admitting.in_words(stands.last)} {stands.last.reason}".strip() if stands.last else ""
        case Admission.IN_ORDER if stands.last:
            overturned = "An appeal decided that it is in order." if stands.last.overturned else ""
            return overturned or f"{admitting.in_words(stands.last)} {stands.last.reason}".strip()
    return ""


def _appealing(
    amendment: store.amendments.Amendment, stands: Stands, member: store.members.Member | None, now: datetime
) -> Appealing | None:
    refusal = next((one for one in reversed(stands.rulings) if one.outcome is Outcome.OUT_OF_ORDER), None)
    if refusal is None or not (sentence := _appeal_sentence(refusal, now)):
        return None
    appeal, until = refusal.appeal, admitting.appeal_until(refusal)
    in_time = until is not None and now < until and not timing.closed(kinds.Act.APPEAL, now)
    waits = stands.admission is Admission.REFUSED
    return Appealing(
        sentence,
        refusal,
        by="" if appeal is None else "its mover" if appeal.member == amendment.mover.id else "a seconder",
        may_appeal=bool(member and waits and appeal is None and in_time and admitting.may_appeal(member, amendment)),
        may_decide=bool(member and appeal and not appeal.ended and admitting.may_decide(member, appeal.member)),
    )


def _may_recommend(amendment: store.amendments.Amendment, member: store.members.Member | None, now: datetime) -> bool:
    merges = member is not None and Permission.MERGE in granted(member.roles)
    return merges and amendment.state in OPEN and not timing.closed(kinds.Act.MERGE, now)


def _history(
    amendment: store.amendments.Amendment, stands: Stands, recommended: Iterable[store.rulings.Recommended]
) -> list[Event]:
    """The steps of its life, with what else was ruled, appealed and recommended, in the order in which it happened."""
    steps = [Event(one.at, "", one.reason, one.state) for one in store.amendments.history(amendment)]
    advised = [
        Event(one.at, "Recommended", f"{RECOMMENDED[one.kind]}. {one.reason} {one.changes}".strip())
        for one in recommended
    ]
    return sorted([*steps, *_acts(stands), *advised], key=lambda one: one.at)


def _acts(stands: Stands) -> Iterator[Event]:
    for one in stands.rulings:
        if one.outcome is Outcome.IN_ORDER_WITH_CHANGES:
            yield Event(one.at, "Ruled", f"In order after these changes: {one.changes} {one.reason}".strip())
        if one.appeal:
            yield Event(one.appeal.at, "Appeal", one.appeal.reason)
            if one.appeal.ended and not one.appeal.ended.upheld:
                yield Event(one.appeal.ended.at, "Appeal dismissed", one.appeal.ended.reason)


def grounds() -> tuple[tuple[str, str], ...]:
    """The grounds for a refusal, each with its words."""
    return tuple((one.value, capital(GROUNDS[one])) for one in admitting.grounds())
