"""What was decided becomes the next edition: by the committee where the rules leave it to it, else by what votes carried.

A text is adopted only if its digest is that of the text that was decided on, and only when every ballot that the rules
require has carried it, in their order. ``services.enacting`` brings it into force.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import store
import store.adoptions
import store.ballots
import store.drafts
import store.editions
from ballots.definition import Definition, read
from constitution.digest import digest as digest_of
from members.permissions import Permission, require
from rulebook.kinds import QuorumFails
from rulebook.rules import Ballot
from rulebook.saying import at_opening
from rulebook.threshold import Verdict
from services import carrying, enacting, objecting, putting, timing


class CannotAdopt(ValueError):
    """Why a draft cannot become the next edition, in a sentence."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A declared vote: what was put, the result, and what follows of it."""

    ballot: store.ballots.Ballot
    definition: Definition
    result: Mapping[str, Any]
    decision: putting.Decision

    @property
    def consent(self) -> tuple[str, ...]:
        """Whose consent what stands needs."""
        stands = set(self.decision.stands)
        asked = [one for one in self.definition.questions if stands & {each.id for each in one.options}]
        return tuple(dict.fromkeys(who for one in asked for who in one.consent))

    @property
    def sentences(self) -> tuple[str, ...]:
        """Each question with its answer, and the rules with the numbers put in."""
        words = {one.id: one.words for one in self.definition.questions}
        return tuple(
            " ".join(
                [words[one["question"]], "Carried." if one["carried"] else "Not carried."]
                + [Verdict(**each).sentence for each in one["verdicts"]]
            )
            for one in self.result["questions"]
        )


def required() -> tuple[Ballot, ...]:
    """The votes that must carry a change, in their order."""
    book = timing.rules()
    held = {one.id: one for one in book.ballots}
    return tuple(held[one] for one in book.adoption.requires)


def adopt(member: store.members.Member, number: int, digest: str, now: datetime) -> store.editions.Edition | None:
    """Adopt the draft whose digest was decided on; the edition it becomes, None while it waits to be in force."""
    require(member.roles, Permission.ADOPT)
    with store.transaction():
        draft = store.drafts.by_number(number)
        _check(draft, digest, now)
        counted = _vote_for(draft)
        if required() and counted is None:
            raise CannotAdopt(f"The rules ask for a ballot: {asked()} carries a draft, and nobody adopts it without.")
        if counted:
            return _enact(counted, draft, now, member)
        decision = store.adoptions.Decision(number, None, (number,), (), (), now)
        return enacting.decide(draft, decision, member, now)


def asked() -> str:
    """The votes that the rules require, in words: "the branches’ vote, then the members’ vote"."""
    return ", then ".join(f"{one.label[0].lower()}{one.label[1:]}" for one in required())


def adopt_decided(number: int, now: datetime) -> store.editions.Edition | None:
    """Do what a declared vote decided: the next edition, or None while more is needed or when nothing was carried."""
    with store.transaction():
        counted = counted_vote(number)
        rule = _step(counted)
        if _held_again(counted, rule):
            raise CannotAdopt(f"Too few took part in vote {number}; the rules have it held again.")
        if not counted.decision.stands:
            carrying.lose(counted.ballot, counted.decision, now)
            return None
        _check_order(counted)
        _check_base(counted.definition.base[0])
        _check_waiting()
        draft = carrying.drafted(counted.ballot, counted.decision, now)
        return _enact(counted, draft, now, None) if rule.id == required()[-1].id else None


def carry_out(number: int, now: datetime) -> str:
    """Do what a declared vote decided, and say in a sentence what has come of it, or what is in the way."""
    try:
        edition = adopt_decided(number, now)
    except CannotAdopt as refusal:
        return str(refusal)
    if edition:
        return f"What was carried is edition {edition.number}, in force since {_moment(edition.at)}."
    waiting = next((one for one in store.adoptions.waiting() if one.ballot == number), None)
    if waiting is None:
        stands = counted_vote(number).decision.stands
        return (
            "It is carried; the rules ask for another vote."
            if stands
            else "Nothing was carried. The text stays as it is."
        )
    coming = enacting.coming(waiting)
    until = _moment(coming.at) if coming.at else "; ".join(coming.waits)
    return f"Draft {waiting.draft} is adopted and not in force yet. It waits for: {until}."


def _moment(at: datetime) -> str:
    table = timing.dates()
    return at_opening(at, table.zone, table.zone_name).removeprefix("on ")


def counted_vote(number: int) -> Counted:
    """What a declared vote came to; raises UnknownBallot, CannotAdopt or putting.NotWhatWasPut."""
    ballot, kept = store.ballots.by_number(number), store.ballots.definition(number)
    declared = store.ballots.declared(number)
    if kept is None or declared is None:
        raise CannotAdopt(f"Vote {number} has no result yet.")
    definition = read(kept)
    won = {one["question"]: one["carried"] for one in declared.result["questions"]}
    return Counted(ballot, definition, declared.result, putting.decided(definition, won))


def _enact(
    counted: Counted, draft: store.drafts.Draft, now: datetime, member: store.members.Member | None
) -> store.editions.Edition | None:
    if digest_of(draft.constitution) != counted.decision.digest:
        raise CannotAdopt("The text in the store is not the text that was voted on. Nothing was adopted.")
    number, put = counted.ballot.number, counted.ballot.drafts
    decision = store.adoptions.Decision(draft.number, number, put, counted.sentences, counted.consent, now)
    return enacting.decide(draft, decision, member, now)


def _step(counted: Counted) -> Ballot:
    rule = next((one for one in required() if one.id == counted.ballot.rule), None)
    if rule is None:
        raise CannotAdopt(f"By the rules, vote {counted.ballot.number} adopts nothing.")
    return rule


def _held_again(counted: Counted, rule: Ballot) -> bool:
    """Whether too few took part, and the rules have the vote held again."""
    quorate = all(one["quorate"] for one in counted.result["questions"])
    if quorate or rule.if_quorum_fails is not QuorumFails.REPEAT:
        return False
    held, one = 0, counted.ballot
    while one.repeats is not None:
        held, one = held + 1, store.ballots.by_number(one.repeats)
    return held < rule.repeats


def _check_order(counted: Counted) -> None:
    """Raise CannotAdopt unless each vote that comes earlier in the rules has carried what was put in the next."""
    names = [one.id for one in required()]
    for earlier in reversed(names[: names.index(counted.ballot.rule)]):
        put = {digest for _, digest, _ in counted.definition.drafts}
        found = [
            one
            for one in _declared(earlier)
            if one.decision.digest in put and one.ballot.closes <= counted.ballot.opens
        ]
        if not found:
            label = next(one.label for one in required() if one.id == earlier)
            raise CannotAdopt(f"The rules ask for another vote first: {label}. It has not carried this text.")
        counted = found[-1]


def _declared(rule: str) -> Iterator[Counted]:
    for one in store.ballots.listing():
        if one.rule == rule and store.ballots.declared(one.number):
            yield counted_vote(one.number)


def _vote_for(draft: store.drafts.Draft) -> Counted | None:
    """The last required vote that has carried this very text, after those that come before it."""
    votes: Sequence[Ballot] = required()
    found = [one for one in _declared(votes[-1].id) if one.decision.digest == draft.digest] if votes else []
    for one in found:
        _check_order(one)
    return found[-1] if found else None


def _check(draft: store.drafts.Draft, digest: str, now: datetime) -> None:
    if draft.state != "frozen":
        raise CannotAdopt(f"Draft {draft.number} is {draft.state}; only a frozen draft can be adopted.")
    if draft.digest != digest:
        raise CannotAdopt("The digest is not the one of this draft. Nothing was adopted.")
    if sentence := objecting.still_open(now):
        raise CannotAdopt(sentence)
    _check_base(draft.base_edition, f"Draft {draft.number}")
    _check_waiting()


def _check_base(base: int, what: str = "What was carried") -> None:
    latest = store.editions.latest()
    if latest is None or latest.number != base:
        raise CannotAdopt(f"{what} was made against an edition that is no longer in force.")


def _check_waiting() -> None:
    if found := store.adoptions.waiting():
        raise CannotAdopt(
            f"Draft {found[0].draft} is adopted and not in force yet. What comes next is made on what it brings."
        )
