"""How amendments stand to one another: what movers say, what the committee rules, and who challenges that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import store
import store.amendments
import store.log
import store.relations
import store.ruled
from amendments.decisions import Contradiction, Kind, Tie, check, found, sentence
from amendments.relations import Relation, Said
from amendments.states import OPEN
from amendments.ties import parts
from members.permissions import Permission, require
from rulebook import kinds
from rulebook.rules import Challenge
from rulebook.threshold import Counts, NotCounted, passes
from services import belonging, reading, telling, timing
from services.placing import DoesNotFit, placed_edits

MOST_FOUND = 40  # suggestions on one page
MOST_COMPARED = 150  # amendments that are held against one another at once

SAID = {
    Relation.ALTERNATIVE: Kind.ALTERNATIVE,
    Relation.COUNTER: Kind.ALTERNATIVE,
    Relation.ONLY_IF_LOST: Kind.ONLY_IF_LOST,
}


class CannotRule(ValueError):
    """Why a relation cannot be ruled so, taken back or challenged, in a sentence; ``field`` names what to look at."""

    def __init__(self, sentence: str, field: str = "other") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Relating:
    """A tie with where it comes from: ``ruled``, or said by the mover; and the challenges to the ruling.

    ``set_aside`` says why what a mover says does not hold: "" when it does.
    """

    tie: Tie
    ruled: store.ruled.Ruled | None = None
    challenges: tuple[store.ruled.Challenge, ...] = ()
    set_aside: str = ""


def ties() -> tuple[Tie, ...]:
    """Everything that stands now: what is ruled, and what movers say and nothing ruled contradicts."""
    return tuple(one.tie for one in everything() if not one.set_aside)


def everything() -> tuple[Relating, ...]:
    """What is ruled and stands, then what movers say, in the order of the amendments."""
    last = store.ruled.last()
    challenges: dict[int, list[store.ruled.Challenge]] = {}
    for one in store.ruled.challenges():
        challenges.setdefault(one.relation, []).append(one)
    ruled = [Relating(one.tie, one, tuple(challenges.get(one.id, ()))) for one in last if one.stands]
    return (*ruled, *_of_movers([one.tie for one in ruled], {one.tie.key: one for one in last}))


def _of_movers(ruled: list[Tie], last: Mapping[tuple[int, Kind, int], store.ruled.Ruled]) -> Iterator[Relating]:
    """What movers say: of what is ruled already nothing again, and what contradicts it set aside with the reason."""
    said = dict.fromkeys(map(_tie, store.relations.everything()))
    fresh = [tie for tie in said if tie.key not in last]
    aside = _aside(ruled, fresh)
    for tie in said:
        if tie.key not in last:
            why = aside.get(tie, "")
            yield Relating(tie, set_aside=why and f"The committee has ruled otherwise. {why}")
        elif not last[tie.key].stands:
            yield Relating(
                tie, set_aside=f"The committee has ruled that this does not hold: {last[tie.key].tie.reason}"
            )


def _aside(ruled: Iterable[Tie], fresh: Collection[Tie]) -> dict[Tie, str]:
    """Why some of what movers say cannot hold: taken one by one only where all that hangs together contradicts itself."""
    found: dict[Tie, str] = {}
    for part in parts([*ruled, *fresh]):
        if not _contradiction(part):
            continue
        standing = [tie for tie in part if tie not in fresh]
        for tie in fresh:
            if tie in part:
                why = _contradiction([*standing, tie])
                found |= {tie: why} if why else {}
                standing += [] if why else [tie]
    return found


def _tie(said: Said) -> Tie:
    one, relation, other = said
    return Tie(one, SAID[relation], other)


def _contradiction(known: Iterable[Tie]) -> str:
    try:
        check(known)
    except Contradiction as contradiction:
        return str(contradiction)
    return ""


def ruling(number: int) -> Relating:
    """A ruling with the challenges to it; raises UnknownRelation. ``set_aside`` says that it holds no more."""
    ruled = store.ruled.by_id(number)
    holds = any(one.ruled == ruled for one in everything())
    aside = "" if holds else "This does not hold any more." if ruled.stands else "This was ruled not to hold."
    return Relating(ruled.tie, ruled, store.ruled.challenges(number), aside)


def of(number: int) -> tuple[Relating, ...]:
    """What depends on an amendment, and what it depends on."""
    return tuple(one for one in everything() if number in one.tie.key[::2])


def rule(member: store.members.Member, wanted: Tie, now: datetime) -> store.ruled.Ruled:
    """Rule that two amendments stand so to one another; its reason is required and published.

    Raises CannotRule, Contradiction (with the ring in words), UnknownAmendment, StageClosed.
    """
    require(member.roles, Permission.MERGE)
    tie = replace(wanted, reason=_reason(wanted.reason))
    with store.transaction():
        timing.require_open(kinds.Act.MERGE, now)
        _check_open(tie)
        if tie.kind is Kind.TOGETHER and not timing.rules().conflict.packages:
            raise CannotRule("The rules know no packages that stand or fall together.", "kind")
        standing = [one.tie for one in store.ruled.last() if one.stands]
        if any(one.key == tie.key for one in standing):
            raise CannotRule(f"This is ruled already: {sentence(tie)}")
        check([*standing, tie])
        return _keep(member, tie, "rule-relation", now, stands=True)


def take_back(member: store.members.Member, wanted: Tie, now: datetime) -> None:
    """Rule that two amendments do not stand so to one another after all, also where a mover says that they do."""
    require(member.roles, Permission.MERGE)
    tie = replace(wanted, reason=_reason(wanted.reason))
    with store.transaction():
        timing.require_open(kinds.Act.MERGE, now)
        if all(one.tie.key != tie.key or one.set_aside for one in everything()):
            raise CannotRule(f"This does not hold now: {sentence(tie)}")
        _keep(member, tie, "take-back-relation", now, stands=False)


def challenge(member: store.members.Member, number: int, reason: str, now: datetime) -> None:
    """Ask those whom the rules name to overturn a ruling; the reason is published."""
    require(member.roles, Permission.PROPOSE)
    said = _reason(reason)
    with store.transaction():
        timing.require_open(kinds.Act.APPEAL, now)
        why = may_not_challenge(member)
        if why:
            raise belonging.NotOfTheElectorate("challenge this ruling", why)
        ruled = store.ruled.by_id(number)
        if all(one.ruled != ruled for one in everything()):
            raise CannotRule("This ruling does not hold any more.")
        if any(one.outcome is None for one in store.ruled.challenges(number)):
            raise CannotRule("This ruling has been challenged already; what becomes of that is still open.")
        made = store.ruled.add_challenge(number, member.id, said, at=now)
        payload = _payload(ruled.tie) | {"challenge": made, "reason": said}
        store.log.append(
            at=now, actor=member.handle, act="challenge-relation", subject=f"relation {number}", payload=payload
        )
        telling.related(ruled.tie, f"The ruling is challenged: {said}", f"challenge {made}", now)


def decide(
    member: store.members.Member,
    number: int,
    reason: str,
    now: datetime,
    *,
    upheld: bool,
    votes: tuple[int, int] | None = None,
) -> bool:
    """Enter what became of the challenge to a ruling; whether that is overturned. Where votes were counted, they decide."""
    require(member.roles, Permission.MERGE)
    said = _reason(reason)
    with store.transaction():
        timing.require_open(kinds.Act.APPEAL, now)
        tie = store.ruled.by_id(number).tie
        challenged = next((one for one in store.ruled.challenges(number) if one.outcome is None), None)
        if challenged is None:
            raise CannotRule("No challenge to this ruling waits for its outcome.", "upheld")
        verdict = _verdict(votes) if votes else None
        if verdict:
            upheld, said = verdict[0], f"{said} {verdict[1]}"
        ended = store.ruled.Outcome(upheld, *(votes or (None, None)), said, now)
        store.ruled.add_outcome(challenged.id, member.id, ended)
        payload = _payload(tie) | {"challenge": challenged.id, "upheld": upheld, "votes": votes, "reason": said}
        store.log.append(
            at=now, actor=member.handle, act="decide-challenge", subject=f"relation {number}", payload=payload
        )
        if upheld:
            _keep(member, replace(tie, reason=said), "take-back-relation", now, stands=False)
        else:
            telling.related(tie, f"The challenge has failed: {said}", f"challenge {challenged.id} ended", now)
    return upheld


def challenging() -> Challenge | None:
    """Who may challenge a ruling and what they need; None: the rules let nobody."""
    return timing.rules().conflict.challenge


def may_not_challenge(member: store.members.Member) -> str:
    """Why a member cannot challenge a ruling, as the end of a sentence; "" when they can."""
    rule = challenging()
    return belonging.why_not(member, rule.by) if rule else "the rules let nobody challenge how amendments are related"


def _verdict(votes: tuple[int, int]) -> tuple[bool, str]:
    rule = challenging()
    assert rule is not None, "what is challenged was challenged under a rule"
    try:
        verdict = passes(rule.passes, Counts(*votes))
    except NotCounted as refusal:
        raise CannotRule(f"{refusal} Leave the votes out, and enter what was decided.", "in_favour") from refusal
    return verdict.met, verdict.sentence


def _reason(reason: str) -> str:
    if not reason.strip():
        raise CannotRule("Enter the reason; it is published with the ruling.", "reason")
    return reason.strip()


def _check_open(tie: Tie) -> None:
    for number, field in ((tie.amendment, "amendment"), (tie.other, "other")):
        if store.amendments.by_number(number).state not in OPEN:
            raise CannotRule(f"A{number} has its fate already; nothing about it can be ruled any more.", field)


def _keep(member: store.members.Member, tie: Tie, act: str, now: datetime, *, stands: bool) -> store.ruled.Ruled:
    made = store.ruled.add(tie, member.id, stands=stands, at=now)
    payload = _payload(tie) | {"stands": stands, "reason": tie.reason}
    store.log.append(at=now, actor=member.handle, act=act, subject=f"relation {made.id}", payload=payload)
    said = sentence(tie) if stands else f"This does not hold any more: {sentence(tie)}"
    telling.related(tie, f"{said}\n{tie.reason}", f"relation {made.id}", now)
    return made


def _payload(tie: Tie) -> dict[str, object]:
    return {"amendment": tie.amendment, "kind": tie.kind.value, "other": tie.other}


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Ties that texts suggest; ``compared`` of the ``chosen`` amendments were held against one another."""

    ties: tuple[Tie, ...]
    compared: int
    chosen: int


def suggestions(clause: str = "", numbers: Collection[int] = ()) -> Suggestions:
    """What the texts of open amendments suggest: of those chosen, those that touch a clause or what is below it, or all.

    Never more than a page can show, nor of more amendments than can be compared while one waits. Pairs of which
    anything is said or was ever ruled are left out. Raises UnknownClause.
    """
    edition = reading.edition()
    chosen = set(store.amendments.standing_in(OPEN))
    if numbers or clause:
        touched = reading.touched_clauses() if clause else {}
        below = edition.constitution[clause].walk() if clause else ()
        chosen &= set(numbers) | {number for one in below for number in touched.get(one.id, ())}
    taken = store.amendments.numbered(sorted(chosen)[:MOST_COMPARED])
    sides = {}
    for one in taken:
        try:
            sides[f"A{one.number}"] = placed_edits(one, edition)
        except DoesNotFit:
            continue
    amending = tuple(_amending(taken))
    known = [one.tie for one in everything()] + [one.tie for one in store.ruled.last()]
    told = {frozenset(one.key[::2]) for one in known}
    first = tuple(one for one in amending if frozenset(one.key[::2]) not in told)
    left_out = told | {frozenset(one.key[::2]) for one in amending}
    rest = found(edition.constitution, sides, left_out, MOST_FOUND - len(first))
    return Suggestions((*first, *rest), len(taken), len(chosen))


def _amending(taken: Iterable[store.amendments.Amendment]) -> Iterable[Tie]:
    """An amendment of another that is open has nothing to amend without it."""
    for one in taken:
        on = one.version.on_version
        amended = None if on is None else store.amendments.of_version(on)
        if amended and amended.state in OPEN:
            why = f"A{one.number} amends A{amended.number}: without that there is nothing for it to amend."
            yield Tie(one.number, Kind.NEEDS, amended.number, why)
