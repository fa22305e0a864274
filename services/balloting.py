"""A vote from its preparation to its result: prepared, keyed, rehearsed, opened, closed, declared.

Everything that is put is fixed in the definition when the vote opens; after that nothing of it can be changed, only
withdrawn as a whole, before the closing and with a reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import store
import store.ballots
import store.drafts
import store.editions
import store.log
import store.members
import store.processes
from ballots import sealing
from ballots.definition import College, Definition, Malformed, Unranked, canonical, fingerprint, read
from ballots.definition import Mode as SealedOrNot
from ballots.paper import Paper, line, read_paper
from ballots.receipts import signing_key
from ballots.tally import count, to_json
from constitution.digest import text_digest
from constitution.door import admitted
from members.permissions import Permission, require
from rulebook import kinds
from rulebook.rules import Ballot as Rule
from rulebook.rules import Electorate
from rulebook.saying import at_closing, at_opening
from rulebook.timetable import Period
from services import electing, hall, objecting, putting, telling, timing
from store.ballots import Ballot, Declared, Mode, Step, Voter

LONGEST = 2_000  # characters of a reason
RECORDED = frozenset({kinds.Secrecy.OPEN, kinds.Secrecy.NAMED_AFTER})


class CannotPrepare(ValueError):
    """Why a vote is not prepared so, in a sentence; ``field`` names what to look at."""

    def __init__(self, sentence: str, field: str = "rule") -> None:
        super().__init__(sentence)
        self.field = field


class NotNow(ValueError):
    """What cannot be done with a vote as it stands; the sentence says what is missing."""


class NotTheCode(ValueError):
    """What was typed is not what is in the rehearsal envelope: these shares do not open this vote."""

    def __init__(self) -> None:
        super().__init__("This is not the code in the envelope of the rehearsal. Open it with two of the three shares.")


class NotTheList(ValueError):
    """A list that is not what comes out of the urn of this vote; the sentence says at which line."""


class NotPublished(LookupError):
    """What is asked for is published later, or there is none."""

    def __init__(self) -> None:
        super().__init__(
            "This is not published yet: the definition comes with the opening, the rest after the closing."
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an officer asks for; ``closes`` and ``opens`` None: as the timetable of the rules says."""

    rule: str
    drafts: tuple[int, ...]
    title: str = ""
    split: tuple[str, ...] = ()
    opens: datetime | None = None
    closes: datetime | None = None
    repeats: int | None = None


def rule_of(name: str) -> Rule | None:
    """The ballot of the rules with this id."""
    return next((one for one in timing.rules().ballots if one.id == name), None)


def prepare(member: store.members.Member, wanted: Wanted, now: datetime) -> int:
    """Prepare a vote on frozen drafts; its number. Raises CannotPrepare."""
    require(member.roles, Permission.COUNT)
    rule = rule_of(wanted.rule)
    if rule is None:
        raise CannotPrepare("Choose the ballot of the rules under which the vote is held.")
    if not wanted.drafts:
        raise CannotPrepare("Choose the draft that is put.", "drafts")
    opens, closes = _moments(rule, wanted, now)
    with store.transaction():
        for number in wanted.drafts:
            _check_draft(store.drafts.by_number(number))
        putting.questions(wanted.drafts, rule, now, wanted.split)  # what cannot be put is said now, not at the opening
        mode = Mode.RECORDED if rule.secrecy in RECORDED else Mode.SEALED
        ballot = store.ballots.add(
            rule=rule.id,
            title=wanted.title.strip() or rule.label,
            mode=mode,
            drafts=wanted.drafts,
            split=wanted.split,
            opens=opens,
            closes=closes,
            repeats=wanted.repeats,
            member=member.id,
            at=now,
        )
        _log(member, ballot, "prepare-ballot", now, drafts=list(wanted.drafts), rule=rule.id, mode=mode.value)
    return ballot.number


def _moments(rule: Rule, wanted: Wanted, now: datetime) -> tuple[datetime, datetime]:
    period = period_of(rule)
    opens = wanted.opens or (period.opens.at if period else None) or now
    closes = wanted.closes or (period.closes.at if period else None)
    if closes is None:
        raise CannotPrepare("Enter when the vote closes; the rules do not say.", "closes")
    if closes <= max(opens, now):
        raise CannotPrepare("The vote would close before it opens, or has closed. Choose a later moment.", "closes")
    if period and (_outside(period, opens) or _outside(period, closes)):
        raise CannotPrepare(f"The rules hold this vote {spoken(period)}.", "closes")
    return opens, closes


def period_of(rule: Rule) -> Period | None:
    """The stage in which the rules hold a ballot, with its dates."""
    return next((one for one in timing.dates().periods if one.stage.id == rule.stage), None)


def spoken(period: Period) -> str:
    """From when to when a stage is open, in words."""
    table = timing.dates()
    opens = at_opening(period.opens.at, table.zone, table.zone_name) if period.opens.at else "on a day still to be set"
    closes = at_closing(period.closes.at, table.zone, table.zone_name) if period.closes.at else "a day still to be set"
    return f"in the stage “{period.stage.label}”, which opens {opens} and closes {closes.removeprefix('on ')}"


def _outside(period: Period, at: datetime) -> bool:
    early = period.opens.at is not None and at < period.opens.at
    return early or (period.closes.at is not None and at > period.closes.at)


def _check_draft(draft: store.drafts.Draft) -> None:
    if draft.state != store.drafts.State.FROZEN:
        raise CannotPrepare(f"Draft {draft.number} is {draft.state}; only a frozen draft is put to a vote.", "drafts")
    latest = store.editions.latest()
    if latest is None or latest.number != draft.base_edition:
        raise CannotPrepare(f"Draft {draft.number} was made against an edition that is no longer in force.", "drafts")


def set_key(member: store.members.Member, number: int, key: str, now: datetime) -> None:
    """Keep the officers' public key; the vote is rehearsed again after that. Raises NotNow or sealing.NotAKey."""
    require(member.roles, Permission.COUNT)
    with store.transaction():
        ballot = _before_opening(number)
        if ballot.mode is not Mode.SEALED:
            raise NotNow("A recorded vote is not sealed and has no key.")
        known = sealing.encoded(sealing.key_bytes(key))
        store.ballots.step(number, Step.KEY, {"key": known}, member.id, now)
        _log(member, ballot, "ballot-key", now, key=known)


def rehearse(member: store.members.Member, number: int, random: bytes, now: datetime) -> None:
    """Seal a code to the key: the officers open it with two shares and type it in, before a vote can open."""
    require(member.roles, Permission.COUNT)
    with store.transaction():
        ballot = _before_opening(number)
        key = ballot.taken(Step.KEY)
        if key is None:
            raise NotNow("Enter the officers’ public key first.")
        code = sealing.receipt(random)
        envelope = sealing.seal_rehearsal(key.payload["key"], number, code)
        payload = {"key": key.payload["key"], "envelope": envelope, "code": text_digest(code)}
        store.ballots.step(number, Step.REHEARSAL, payload, member.id, now)
        _log(member, ballot, "rehearse-ballot", now, envelope=text_digest(envelope))


def rehearsed(member: store.members.Member, number: int, code: str, now: datetime) -> None:
    """The code that the officers found in the envelope. Raises NotTheCode."""
    require(member.roles, Permission.COUNT)
    with store.transaction():
        ballot = _before_opening(number)
        rehearsal = ballot.taken(Step.REHEARSAL)
        if rehearsal is None:
            raise NotNow("There is no rehearsal to finish.")
        if text_digest("".join(code.split()).upper()) != rehearsal.payload["code"]:
            raise NotTheCode
        store.ballots.step(number, Step.REHEARSED, {"key": rehearsal.payload["key"]}, member.id, now)
        _log(member, ballot, "rehearsed-ballot", now, key=rehearsal.payload["key"])


def missing(ballot: Ballot, now: datetime) -> str:
    """What is missing before a vote can open, in a sentence; "" when nothing is."""
    if ballot.mode is Mode.SEALED:
        key, done = ballot.taken(Step.KEY), ballot.taken(Step.REHEARSED)
        if key is None:
            return "The officers’ public key is missing."
        if done is None or done.payload["key"] != key.payload["key"]:
            return "The opening has not been rehearsed with this key."
    if now < ballot.opens:
        table = timing.dates()
        return f"It can open {at_opening(ballot.opens, table.zone, table.zone_name)}."
    if now >= ballot.closes:
        return "Its time is over."
    return objecting.still_open(now)


def open_vote(member: store.members.Member, number: int, signing: bytes, now: datetime) -> str:
    """Fix what is put and who may vote, and take votes; the fingerprint. Raises NotNow, CannotPrepare or NoVoters."""
    require(member.roles, Permission.COUNT)
    with store.transaction():
        ballot = _before_opening(number)
        if sentence := missing(ballot, now):
            raise NotNow(f"Vote {number} cannot open. {sentence}")
        timing.require_open(kinds.Act.VOTE, now)
        rule = rule_of(ballot.rule)
        if rule is None:
            raise NotNow("The rules no longer have this ballot.")
        for draft in ballot.drafts:
            _check_draft(store.drafts.by_number(draft))
        voters = electing.voters(rule)
        definition = _definition(ballot, rule, voters, signing_key(signing), now)
        mark = fingerprint(definition)
        store.ballots.define(number, canonical(definition), mark)
        store.ballots.admit(number, voters)
        payload = {"fingerprint": mark, "changeable": definition.changeable}
        store.ballots.step(number, Step.OPEN, payload, member.id, now)
        rolls = {one.id: {"voters": one.voters, "roll": one.roll} for one in definition.colleges}
        _log(member, ballot, "open-ballot", now, fingerprint=mark, colleges=rolls)
        telling.vote_opened(ballot, mark, voters, now)
    return mark


def provisional(ballot: Ballot, now: datetime) -> Definition:
    """What would be put if the vote opened now, without its voters: to be looked at before anything is fixed."""
    rule = rule_of(ballot.rule)
    if rule is None:
        raise NotNow("The rules no longer have this ballot.")
    return _definition(ballot, rule, (), "", now)


def _definition(ballot: Ballot, rule: Rule, voters: Sequence[Voter], acknowledging: str, now: datetime) -> Definition:
    key, sealed = ballot.taken(Step.KEY), ballot.mode is Mode.SEALED
    process, drafts = store.processes.current(), [store.drafts.by_number(one) for one in ballot.drafts]
    base = store.editions.load(drafts[0].base_edition)
    questions = putting.questions(ballot.drafts, rule, now, ballot.split)
    colleges = tuple(_college(one, voters) for one in electing.electorates(timing.rules(), rule))
    if sealed and any(one.weight != one.voters for one in colleges):
        raise NotNow(
            "Votes that weigh differently can be told apart, so such a vote cannot be sealed. It must be recorded."
        )
    return Definition(
        organisation=process.organisation,
        number=ballot.number,
        title=ballot.title,
        rule=rule.id,
        rulebook=process.digest,
        mode=SealedOrNot(ballot.mode.value),
        opens=zulu(now),
        closes=zulu(ballot.closes),
        base=(base.number, base.digest),
        drafts=tuple((one.number, one.digest, one.redline_digest) for one in drafts),
        questions=questions,
        colleges=colleges,
        ties=putting.ties(questions),
        combine=rule.combine,
        unranked=Unranked.LAST,
        changeable=rule.changeable,
        casting_vote=rule.casting_vote,
        key=key.payload["key"] if key and sealed else "",
        acknowledgements=acknowledging,
        size=sealing.size(questions, tuple(one.id for one in colleges)) if sealed else 0,
    )


def _college(electorate: Electorate, voters: Sequence[Voter]) -> College:
    ours = [one for one in voters if one.college == electorate.id]
    roll = text_digest(store.ballots.roll_digest_text(electorate.id, ours))
    weight = sum(one.weight for one in ours)
    return College(electorate.id, electorate.label, len(ours), roll, electorate.share, weight)


def withdraw(member: store.members.Member, number: int, reason: str, now: datetime) -> None:
    """End a vote before its closing; nothing of it is opened or counted. Raises NotNow."""
    require(member.roles, Permission.COUNT)
    said = admitted(reason, LONGEST).strip()
    if not said:
        raise NotNow("Enter the reason; it is published and sent to every voter.")
    with store.transaction():
        ballot = store.ballots.by_number(number)
        if ballot.taken(Step.CLOSED) or ballot.taken(Step.WITHDRAWN) or now >= ballot.closes:
            raise NotNow(f"Vote {number} is over; it cannot be withdrawn.")
        store.ballots.step(number, Step.WITHDRAWN, {"reason": said}, member.id, now)
        _log(member, ballot, "withdraw-ballot", now, reason=said)
        telling.vote_withdrawn(ballot, said, store.ballots.voters(number), now)


def close(member: store.members.Member, number: int, now: datetime) -> None:
    """Seal the urn after the closing time: nothing comes in any more, and what is in it can be taken to be opened."""
    require(member.roles, Permission.COUNT)
    with store.transaction():
        ballot = store.ballots.by_number(number)
        if ballot.taken(Step.OPEN) is None or ballot.taken(Step.CLOSED) or ballot.taken(Step.WITHDRAWN):
            raise NotNow(f"Vote {number} is not open.")
        if now < ballot.closes:
            raise NotNow(f"Vote {number} is open until its closing time; nobody closes it before.")
        hall.papers(number)
        hashes = [one.hash for one in store.ballots.envelopes(number)]
        said = {
            "envelopes": len(hashes),
            "digest": store.ballots.urn_digest(hashes),
            "turnout": dict(store.ballots.turnout(number)),
        }
        store.ballots.step(number, Step.CLOSED, said, member.id, now)
        _log(member, ballot, "close-ballot", now, **said)


def frozen_drafts() -> tuple[store.drafts.DraftLine, ...]:
    """The drafts that can be put."""
    return tuple(one for one in store.drafts.listing() if one.state == store.drafts.State.FROZEN)


def defined(number: int) -> bytes | None:
    """The definition as it was fixed; None before the opening."""
    store.ballots.by_number(number)
    return store.ballots.definition(number)


def published(number: int) -> bytes | None:
    """The list of all papers; None before the result is declared."""
    store.ballots.by_number(number)
    declared = store.ballots.declared(number)
    return declared.papers.encode() if declared else None


def hashes(number: int) -> bytes | None:
    """The hashes of the envelopes in a closed urn, one a line; None before."""
    if store.ballots.by_number(number).taken(Step.CLOSED) is None:
        return None
    return "".join(f"{one.hash}\n" for one in store.ballots.envelopes(number)).encode()


def urn(number: int) -> dict[str, object]:
    """What the officers take to be opened: the definition and the envelopes by college, in the order of their hashes."""
    ballot = store.ballots.by_number(number)
    definition = store.ballots.definition(number)
    if ballot.taken(Step.CLOSED) is None or definition is None:
        raise NotNow("The urn is given out after the closing.")
    envelopes = [[one.college, one.content] for one in store.ballots.envelopes(number)]
    return {"format": "redraft-urn-1", "definition": json.loads(definition), "envelopes": envelopes}


def definition_of(number: int) -> Definition | None:
    """What is put, once the vote has opened."""
    found = store.ballots.definition(number)
    return None if found is None else read(found)


def declare(member: store.members.Member, number: int, opened: Sequence[str], now: datetime) -> None:
    """Publish the papers and what they come to; of a sealed vote ``opened`` are the lines that came out of the urn.

    Raises NotNow or NotTheList.
    """
    require(member.roles, Permission.COUNT)
    with store.transaction():
        ballot, definition = store.ballots.by_number(number), definition_of(number)
        if ballot.taken(Step.CLOSED) is None or definition is None:
            raise NotNow("The vote has not been closed yet.")
        if ballot.taken(Step.DECLARED):
            raise NotNow("The result has been declared.")
        lines = (
            _sealed_lines(ballot, definition, opened)
            if ballot.mode is Mode.SEALED
            else _recorded_lines(ballot, definition)
        )
        published = "".join(f"{one}\n" for one in sorted(lines, key=_by_receipt))
        papers = [read_paper(json.loads(one), definition) for one in published.splitlines()]
        result = {"questions": to_json(count(definition, papers)), "papers": len(papers)}
        declared = Declared(published, text_digest(published), result, now)
        store.ballots.declare(number, declared, member.id)
        store.ballots.step(number, Step.DECLARED, {"digest": declared.digest}, member.id, now)
        _log(
            member,
            ballot,
            "declare-ballot",
            now,
            list=declared.digest,
            result=text_digest(json.dumps(result, sort_keys=True)),
        )
        telling.vote_declared(ballot, store.ballots.voters(number), now)


def _sealed_lines(ballot: Ballot, definition: Definition, opened: Sequence[str]) -> list[str]:
    closed = ballot.taken(Step.CLOSED)
    turnout = closed.payload["turnout"] if closed else {}
    found, receipts = [], set()
    for n, text in enumerate(opened, 1):
        paper = _line(text, definition, n)
        if paper.receipt in receipts or not paper.receipt:
            raise NotTheList(f"Line {n} has no receipt, or one that another line has.")
        receipts.add(paper.receipt)
        found.append(paper)
    for college in definition.colleges:
        here, there = sum(one.college == college.id for one in found), turnout.get(college.id, 0)
        if here > there:
            raise NotTheList(f"The list has {here:,} papers of {college.label}, and only {there:,} were in the urn.")
    return [line(one) for one in (*found, *_hall_papers(ballot))]


def _line(text: str, definition: Definition, n: int) -> Paper:
    try:
        return read_paper(json.loads(text), definition)
    except (json.JSONDecodeError, Malformed) as error:
        raise NotTheList(f"Line {n} is no paper of this vote: {error}") from error


def _recorded_lines(ballot: Ballot, definition: Definition) -> list[str]:
    voters = {(one.college, one.member): one for one in store.ballots.voters(ballot.number)}
    found = []
    for one in store.ballots.envelopes(ballot.number):
        voter = voters[one.college, one.member]
        found.append(Paper(one.college, json.loads(one.content), voter.weight, voter=voter.handle))
    del definition
    return [line(one) for one in (*found, *_hall_papers(ballot))]


def _hall_papers(ballot: Ballot) -> list[Paper]:
    return [Paper(college, dict(answers), receipt=name) for college, name, answers in hall.papers(ballot.number)]  # type: ignore[arg-type]


def _by_receipt(text: str) -> tuple[str, str]:
    found: Mapping[str, str] = json.loads(text)
    return found.get("receipt", ""), found.get("voter", "")


def _before_opening(number: int) -> Ballot:
    ballot = store.ballots.by_number(number)
    if ballot.taken(Step.OPEN) or ballot.taken(Step.WITHDRAWN):
        raise NotNow(f"Vote {number} has opened or was withdrawn; nothing of it can be changed.")
    return ballot


def zulu(moment: datetime) -> str:
    """A moment as the definition has it: UTC, to the second unless it has parts of one."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _log(member: store.members.Member, ballot: Ballot, act: str, now: datetime, **payload: object) -> None:
    store.log.append(at=now, actor=member.handle, act=act, subject=f"ballot {ballot.number}", payload=payload)
