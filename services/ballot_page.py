"""What the pages of a vote show: what is put, by which rules, what one has handed in, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import store
import store.ballots
import store.drafts
import store.editions
import store.members
from ballots.definition import DEFAULT, Definition, Kind, Option, Question, fingerprint
from ballots.receipts import acknowledged
from constitution.redline import RedlinedClause
from rulebook.threshold import in_words
from services import balloting, hall, notifying, putting
from services.putting import NotWhatWasPut
from store.ballots import Ballot, Declared, Envelope, Mode, Step

LIMITS = {
    Mode.SEALED: "Your vote is sealed before it leaves your browser, and nobody learns how you voted unless two of the three "
    "officers open it together with the records of this server. What this cannot protect against: somebody who watches you "
    "vote, or who makes you show your receipt.",
    Mode.RECORDED: "This is a recorded vote: your name is published with what you choose. What this cannot protect against: "
    "somebody who makes you vote as they want.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its rules in words and, for each option, the redline that everybody saw."""

    question: Question
    rules: tuple[str, ...]
    options: tuple[tuple[Option, tuple[RedlinedClause, ...]], ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """What a member may vote in and has handed in, with the server's signed word for it."""

    voter: store.ballots.Voter
    label: str
    envelope: Envelope | None
    signature: str
    answers: Mapping[str, Any]
    on_paper: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A vote in the list."""

    ballot: Ballot
    state: str
    said: str


@dataclass(frozen=True, slots=True)
class Page:
    """The page of one vote; ``definition`` is provisional, and ``fingerprint`` "", until it opens."""

    line: Line
    definition: Definition
    fingerprint: str
    asked: tuple[Asked, ...]
    mine: tuple[Mine, ...]
    limits: str
    damaged: str
    drafts: tuple[store.drafts.DraftLine, ...]
    declared: Declared | None = None
    results: tuple[tuple[Question, Mapping[str, Any]], ...] = ()
    falls: Mapping[str, str] | None = None
    stands: tuple[Option, ...] = ()

    @property
    def ballot(self) -> Ballot:
        """The vote."""
        return self.line.ballot


@dataclass(frozen=True, slots=True)
class Office:
    """The officers' page: what has been done, what is missing, what two clerks have entered."""

    line: Line
    missing: str
    key: str
    rehearsal: str
    rehearsed: bool
    entered: tuple[hall.Entered, ...]
    turnout: Mapping[str, int]
    colleges: tuple[tuple[str, str, int], ...]
    questions: tuple[Question, ...]

    @property
    def ballot(self) -> Ballot:
        """The vote."""
        return self.line.ballot


def state(ballot: Ballot, now: datetime) -> str:
    """Where a vote stands, in a word."""
    for step, word in ((Step.WITHDRAWN, "withdrawn"), (Step.DECLARED, "declared"), (Step.CLOSED, "closed")):
        if ballot.taken(step):
            return word
    if ballot.taken(Step.OPEN):
        return "open" if now < ballot.closes else "closed"
    return "prepared"


def listing(now: datetime) -> tuple[Line, ...]:
    """Every vote, the latest first."""
    return tuple(line_of(one, now) for one in reversed(store.ballots.listing()))


def line_of(ballot: Ballot, now: datetime) -> Line:
    """A vote with where it stands."""
    word = state(ballot, now)
    opens, closes = (notifying.edge(edge, at) for edge, at in (("opens", ballot.opens), ("closes", ballot.closes)))
    said = {
        "prepared": f"It is to open {opens} and to close {closes}.",
        "open": f"It closes {closes}.",
        "closed": f"It closed {closes}. The result is not declared yet.",
        "declared": "The result is declared.",
        "withdrawn": "It was withdrawn before its closing; nothing of it was counted.",
    }
    return Line(ballot, word, said[word])


def page(number: int, member: store.members.Member | None, signing: bytes, now: datetime) -> Page:
    """A vote as a member (None: nobody who is signed in) sees it; raises UnknownBallot."""
    ballot = store.ballots.by_number(number)
    definition = balloting.definition_of(number)
    put = definition or balloting.provisional(ballot, now)
    mark = fingerprint(definition) if definition else ""
    try:
        asked, damaged = _asked(put), ""
    except NotWhatWasPut as fault:
        asked, damaged = (), str(fault)
    mine = _mine(put, mark, member, signing) if definition and member else ()
    declared = store.ballots.declared(number)
    results, falls, stands = _results(put, declared) if declared and not damaged else ((), None, ())
    drafts = tuple(one for one in store.drafts.listing() if one.number in ballot.drafts)
    return Page(
        line_of(ballot, now),
        put,
        mark,
        asked,
        mine,
        LIMITS[ballot.mode],
        damaged,
        drafts,
        declared,
        results,
        falls,
        stands,
    )


def _asked(definition: Definition) -> tuple[Asked, ...]:
    return tuple(
        Asked(
            one, tuple(rules(one)), tuple((option, putting.redline_of(definition, option.id)) for option in one.options)
        )
        for one in definition.questions
    )


def rules(question: Question) -> list[str]:
    """By what a question is carried, in words."""
    found = [f"{one[:1].upper()}{one[1:]}." for one in map(in_words, question.thresholds)]
    found += [f"{one.words[:1].upper()}{one.words[1:]}." for one in question.quorums]
    found += [f"It takes effect with the consent of {one}." for one in question.consent]
    if question.kind is Kind.RANKED:
        found.append(
            "Counted by Schulze’s method; who leaves an option out ranks it below all others. A tie keeps the present text."
        )
    return found


def _mine(definition: Definition, mark: str, member: store.members.Member, signing: bytes) -> tuple[Mine, ...]:
    number = definition.number
    handed = {one.college: one for one in store.ballots.envelope_of(number, member.id)}
    paper = {college for college, _ in store.ballots.paper_voters_of(number, member.id)}
    return tuple(
        _one(definition, mark, voter, handed.get(voter.college), signing, on_paper=voter.college in paper)
        for voter in store.ballots.voters(number, member.id)
    )


def _one(
    definition: Definition,
    mark: str,
    voter: store.ballots.Voter,
    envelope: Envelope | None,
    signing: bytes,
    *,
    on_paper: bool,
) -> Mine:
    college = definition.college(voter.college)
    signature = acknowledged(signing, mark, voter.college, envelope.hash) if envelope else ""
    answers = json.loads(envelope.content) if envelope and envelope.way == "recorded" else {}
    return Mine(voter, college.label if college else voter.college, envelope, signature, answers, on_paper)


def _results(
    definition: Definition, declared: Declared
) -> tuple[tuple[tuple[Question, Mapping[str, Any]], ...], Mapping[str, str], tuple[Option, ...]]:
    counted: Sequence[Mapping[str, Any]] = declared.result["questions"]
    found = {one["question"]: one for one in counted}
    decision = putting.decided(definition, {name: one["carried"] for name, one in found.items()})
    options = {option.id: option for question in definition.questions for option in question.options}
    results = tuple((one, found[one.id]) for one in definition.questions)
    return results, decision.falls, tuple(options[one] for one in decision.stands)


def office(number: int, now: datetime) -> Office:
    """The officers' page; raises UnknownBallot."""
    ballot = store.ballots.by_number(number)
    definition = balloting.definition_of(number)
    key, rehearsal, done = (ballot.taken(one) for one in (Step.KEY, Step.REHEARSAL, Step.REHEARSED))
    current = key.payload["key"] if key else ""
    return Office(
        line_of(ballot, now),
        balloting.missing(ballot, now),
        current,
        rehearsal.payload["envelope"] if rehearsal and rehearsal.payload["key"] == current else "",
        bool(done and done.payload["key"] == current),
        hall.entered(number),
        store.ballots.turnout(number),
        tuple((one.id, one.label, one.voters) for one in definition.colleges) if definition else (),
        definition.questions if definition else (),
    )


def by_name(number: int) -> tuple[tuple[store.members.Member, Mapping[str, Any]], ...]:
    """Who chose what in a recorded vote, once its result is declared; of a sealed one nothing."""
    if store.ballots.declared(number) is None or store.ballots.by_number(number).mode is not Mode.RECORDED:
        return ()
    people = store.members.by_ids({one.member for one in store.ballots.envelopes(number)})
    found = [(people[one.member], json.loads(one.content)) for one in store.ballots.envelopes(number)]
    return tuple(sorted(found, key=lambda one: (one[0].name.casefold(), one[0].handle)))


def receipts(number: int, code: str) -> tuple[Mapping[str, Any], ...]:
    """The lines of the published list with this receipt: one, or none."""
    declared = store.ballots.declared(number)
    wanted = "".join(code.split()).upper()
    lines = map(json.loads, declared.papers.splitlines()) if declared and wanted else ()
    return tuple(one for one in lines if one.get("receipt", "").upper() == wanted)


def option_label(question: Question, option: str) -> str:
    """An option in words."""
    found = question.option(option)
    return question.default if option == DEFAULT or found is None else found.label
