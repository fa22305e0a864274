"""The story told through the services, with the dates on which it happened: about ten weeks up to ``now``."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, count, groupby

import store
import store.amendments
import store.bodies
import store.composites
import store.consent
import store.drafts
import store.editions
import store.log
import store.members
from amendments.rulings import Outcome
from demonstration.amendment import Amendment, Fate, Merging
from demonstration.amendments import AMENDMENTS, MERGINGS
from demonstration.founding import INVITATION, ORGANISATION, first_rulebook, founding, rulebook
from demonstration.people import BRANCHES, PERSONAS, Person, officer_of, people
from demonstration.rulings import APPEALS, RECOMMENDATIONS, RULINGS, WAVE, Appealed, Recommended
from demonstration.typed import typed
from services import (
    admitting,
    advising,
    balloting,
    compositing,
    consenting,
    coverage,
    drafting,
    drafting_final,
    enrolling,
    ratifying,
    revising,
    seconding,
    timing,
)
from services.basing import basis
from services.proposal import Proposal

WEEKS = 10
CHAIR, CLERK, REFEREE = "ffion-pritchard", "tobias-hale", "amara-nwosu"  # of the drafting committee
ADMINISTRATOR, RETURNING_OFFICER = "harriet-okoro", "samir-haddad"
INVITED = "The general secretary wrote to every branch and every member (clause 14.2(1))."
SEEKING_FOR = 14  # days in which most of the seconders come
NUMBERS = {one.key: place for place, one in enumerate(AMENDMENTS, 1)}

Event = tuple[datetime, Callable[[datetime], object]]


@dataclass(frozen=True, slots=True)
class Story:
    """What is known while it is told: the roll, the digest of each text moved so far, and the ids not yet given."""

    roll: Mapping[str, store.members.Member]
    texts: dict[str, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def new_id(self) -> str:
        """An id for a clause that an amendment adds."""
        return f"added-{next(self.numbers)}"


class NotEmpty(RuntimeError):
    """The story is told only into an empty database."""

    def __init__(self) -> None:
        super().__init__("This database already holds an organisation; the demonstration was not loaded.")


def is_empty() -> bool:
    """Whether nobody and no rule book is here yet."""
    return store.editions.latest() is None and store.members.count() == 0


def load_if_empty(now: datetime) -> bool:
    """Tell the story unless something is here already; whether it was told."""
    if not is_empty():
        return False
    load(now)
    return True


def load(now: datetime) -> None:
    """Tell the whole story, its last day being yesterday (``now``: aware, UTC). Raises NotEmpty."""
    if not is_empty():
        raise NotEmpty
    _found(_at(now, WEEKS * 7, hour=9))
    story = Story({one.handle: one for one in store.members.everyone()})
    for at, act in sorted(_events(now, story), key=lambda event: event[0]):
        act(at)


def _found(at: datetime) -> None:
    enrolling.set_up(ORGANISATION, first_rulebook(), at)
    enrolling.enrol([_enrolled(one) for one in people()], at + timedelta(minutes=20))
    enrolling.import_constitution(founding(), at + timedelta(minutes=45), note="Adopted by the founding conference")
    invited = at + timedelta(hours=1)
    timing.record_event(store.members.by_handle(ADMINISTRATOR), INVITATION, invited, INVITED, invited)


def _enrolled(one: Person) -> store.members.NewMember:
    return store.members.NewMember(
        handle=one.handle,
        name=one.name,
        email=one.email,
        branch=one.branch,
        body=one.body,
        roles=one.roles,
        membership=one.membership,
        joined=one.joined,
    )


# ------------------------------------------------------------------ when


def _at(now: datetime, days: int, *, hour: int, minute: int = 0) -> datetime:
    """So many days before today, at this hour (UTC)."""
    return (now - timedelta(days=days)).replace(hour=hour, minute=minute, second=0, microsecond=0)


def _events(now: datetime, story: Story) -> Iterator[Event]:
    """Everything that happens after the founding, in no order."""
    for _, moved in groupby(AMENDMENTS, key=lambda one: one.day):
        for place, amendment in enumerate(moved):
            yield _at(now, amendment.day, hour=7 + place, minute=12 + 9 * place), partial(_propose, amendment, story)
    yield from chain.from_iterable(_seconds(now, one, story) for one in AMENDMENTS)
    yield from chain.from_iterable(_endings(now, one) for one in AMENDMENTS)
    yield from chain.from_iterable(_merging(now, place, one) for place, one in enumerate(MERGINGS, 1))
    yield from _admission(now)
    # The two editions so far were adopted before the rules asked for a ballot; from the day after, they do.
    last = min(one.adopted for one in MERGINGS if one.adopted is not None)
    yield _at(now, last - 1, hour=9), partial(enrolling.set_up, ORGANISATION, rulebook())
    for one in MERGINGS:
        if one.frozen is not None and one.adopted is None:
            yield _at(now, one.frozen, hour=19), _put_to_the_vote


def _put_to_the_vote(at: datetime) -> None:
    """The frozen draft is to be put to all members, when the rules hold their ballot."""
    drafts = tuple(one.number for one in balloting.frozen_drafts())
    balloting.prepare(store.members.by_handle(RETURNING_OFFICER), balloting.Wanted("ratification", drafts), at)


def _admission(now: datetime) -> Iterator[Event]:
    for one in (*RULINGS, *WAVE):
        wanted = admitting.Wanted(1, one.outcome, reason=one.reason, changes=one.changes)
        yield _at(now, one.day, hour=11, minute=20), partial(_rule, one.key, wanted)
    for appealed in APPEALS:
        yield _at(now, appealed.day, hour=20, minute=30), partial(_appeal, appealed)
        if appealed.ended:
            yield _at(now, appealed.ended, hour=18), partial(_end, appealed)
    for advised in RECOMMENDATIONS:
        yield _at(now, advised.day, hour=17, minute=45), partial(_recommend, advised)


def _seconds(now: datetime, amendment: Amendment, story: Story) -> Iterator[Event]:
    """Seconders come in the days after the amendment was moved, in the afternoon; a branch's officer in the morning."""
    chance = random.Random(amendment.key)  # the key alone decides: the same story every time
    last = max(1, amendment.ended + 1, _taken_up(amendment) + 1, amendment.day - SEEKING_FOR)
    days = range(last, amendment.day) or (amendment.day,)
    for handle in chance.sample(_seconders(amendment), amendment.seconds):
        at = _at(now, chance.choice(days), hour=chance.randrange(14, 22), minute=chance.randrange(60))
        yield at, partial(_second, amendment.key, handle, story)
    if amendment.branch:
        entered = chance.choice(days)
        met = _at(now, min(amendment.day, entered + chance.randrange(1, 4)), hour=20).date()
        minute = f"Branch meeting, minute {chance.randrange(2, 12)}"
        decision = store.bodies.Decision("branch", amendment.branch, met, minute)
        yield _at(now, entered, hour=9, minute=chance.randrange(60)), partial(_decide, amendment.key, decision, story)


def _taken_up(amendment: Amendment) -> int:
    """How many days ago the committee took it up: by then it had its seconders. 0: not yet."""
    return max((one.begun for one in MERGINGS if amendment.key in one.amendments), default=0)


def _seconders(amendment: Amendment) -> list[str]:
    """Anybody of the branches it names but the mover and those whom a visitor may be, so that they still can."""
    others = {one.handle for one in PERSONAS} | {amendment.mover}
    among = amendment.among or BRANCHES
    return [one.handle for one in people() if one.branch in among and one.handle not in others]


def _endings(now: datetime, amendment: Amendment) -> Iterator[Event]:
    if amendment.fate is Fate.REFUSED:
        yield _at(now, amendment.ended, hour=16, minute=5), partial(_refuse, amendment)
    if amendment.fate is Fate.ACCEPTED:
        yield _at(now, amendment.ended, hour=19, minute=10), partial(_accept, amendment)
    if amendment.fate is Fate.WITHDRAWN:
        yield _at(now, amendment.ended, hour=18, minute=40), partial(_withdraw, amendment)


def _merging(now: datetime, composite: int, merging: Merging) -> Iterator[Event]:
    """Composites and drafts count from one in the order of the story, and every draft here has its composite's number."""
    yield _at(now, merging.begun, hour=9), partial(_admit, merging)
    yield _at(now, merging.begun, hour=10, minute=15), partial(_begin, composite, merging)
    if merging.frozen is not None:
        yield _at(now, merging.frozen, hour=11), partial(_ask, composite)
        yield _at(now, merging.frozen, hour=13, minute=20), partial(_agree, composite, merging)
        yield _at(now, merging.frozen, hour=15), partial(_leave, composite, merging)
        yield _at(now, merging.frozen, hour=15, minute=30), partial(_freeze, composite)
    if merging.adopted is not None:
        yield _at(now, merging.adopted, hour=17), partial(_adopt, composite)


# ------------------------------------------------------------------ what


def _propose(amendment: Amendment, story: Story, at: datetime) -> None:
    edition = store.editions.latest()
    assert edition is not None
    empty = Proposal(edition.number, (), amendment.title, amendment.reason)
    if amendment.on:
        empty = replace(empty, on=NUMBERS[amendment.on], version=1)
    if amendment.alternative_to:
        empty = replace(empty, relation="alternative", other=f"A{NUMBERS[amendment.alternative_to]}")
    text = basis(empty).text
    proposal = replace(empty, changes=tuple(typed(one, text) for one in amendment.changes))
    made = drafting.propose(story.roll[amendment.mover], proposal, at, story.new_id)
    assert made == NUMBERS[amendment.key], f"{amendment.key} became amendment {made}"
    story.texts[amendment.key] = store.amendments.by_number(made).version.digest


def _accept(amendment: Amendment, at: datetime) -> None:
    mover = store.amendments.by_number(NUMBERS[amendment.on]).mover
    revising.accept(mover, NUMBERS[amendment.key], at)


def _second(key: str, handle: str, story: Story, at: datetime) -> None:
    seconding.second(story.roll[handle], NUMBERS[key], story.texts[key], at)


def _decide(key: str, decision: store.bodies.Decision, story: Story, at: datetime) -> None:
    officer = story.roll[officer_of(decision.name).handle]
    seconding.second_for_body(officer, NUMBERS[key], story.texts[key], decision, at)


def _refuse(amendment: Amendment, at: datetime) -> None:
    _rule(amendment.key, admitting.Wanted(1, Outcome.OUT_OF_ORDER, amendment.ground, amendment.word), at)


def _rule(key: str, wanted: admitting.Wanted, at: datetime) -> None:
    admitting.rule(store.members.by_handle(REFEREE), NUMBERS[key], wanted, at)


def _admit(merging: Merging, at: datetime) -> None:
    """What is to be merged and was not admitted by silence yet is ruled in order."""
    found = store.amendments.numbered([NUMBERS[key] for key in merging.amendments])
    for number in admitting.unmergeable(found, at):
        wanted = admitting.Wanted(1, Outcome.IN_ORDER)
        admitting.rule(store.members.by_handle(REFEREE), number, wanted, at)


def _appeal(one: Appealed, at: datetime) -> None:
    number = NUMBERS[one.key]
    admitting.appeal(store.amendments.by_number(number).mover, number, one.reason, at)


def _end(one: Appealed, at: datetime) -> None:
    officer = store.members.by_handle(ADMINISTRATOR)
    admitting.decide(officer, NUMBERS[one.key], one.outcome, at, upheld=False, votes=one.votes)


def _recommend(one: Recommended, at: datetime) -> None:
    chair = store.members.by_handle(CHAIR)
    said = {"reason": one.reason, "changes": one.changes}
    advising.recommend(chair, NUMBERS[one.key], 1, one.kind, at, **said)


def _withdraw(amendment: Amendment, at: datetime) -> None:
    drafting.withdraw(store.members.by_handle(amendment.mover), NUMBERS[amendment.key], amendment.word, at)


def _begin(composite: int, merging: Merging, at: datetime) -> None:
    numbers = [NUMBERS[key] for key in merging.amendments]
    made = compositing.begin(store.members.by_handle(CHAIR), numbers, merging.title, at)
    assert made == composite


def _ask(composite: int, at: datetime) -> None:
    consenting.ask(store.members.by_handle(CLERK), composite, at)


def _agree(composite: int, merging: Merging, at: datetime) -> None:
    """One of the movers has read it; the rules need nobody's answer."""
    mover = store.amendments.by_number(NUMBERS[merging.amendments[0]]).mover
    digest = store.consent.requests(composite)[-1].digest
    consenting.answer(mover, composite, digest, "These are my words.", at, agrees=True)


def _leave(composite: int, merging: Merging, at: datetime) -> None:
    """What has its seconders and is not on this desk waits for the next, and the committee says so."""
    waiting = coverage.without_fate(compositing.open_desk(composite))
    if waiting:
        reason = f"This draft is about {merging.title[0].lower()}{merging.title[1:]}; it waits for another one."
        coverage.leave(store.members.by_handle(CLERK), composite, waiting, reason, at)


def _freeze(composite: int, at: datetime) -> None:
    made = drafting_final.freeze(store.members.by_handle(CLERK), composite, at)
    assert made == composite


def _adopt(draft: int, at: datetime) -> None:
    ratifying.adopt(store.members.by_handle(CHAIR), draft, store.drafts.by_number(draft).digest, at)
