"""A vote in the Allotment Society: prepared, opened, voted in and declared, in a line each."""

from __future__ import annotations

from datetime import timedelta

import allotment
from allotment import FFION, NOON, SIXTEEN, member, reword, seconded, strike

import store
import store.ballots
from ballots import sealing
from ballots.definition import Mode, fingerprint
from members.permissions import Role
from services import balloting, casting, drafting_final, enrolling
from services.balloting import Wanted
from store.ballots import Step
from store.columns import canonical

PRIVATE, SIGNING, RANDOM = b"p" * 32, b"s" * 32, bytes(range(20))
OPENS, CLOSES = NOON + timedelta(hours=1), NOON + timedelta(days=1)
DURING, AFTER = NOON + timedelta(hours=2), CLOSES + timedelta(minutes=1)
OFFICER, CLERK = "odile-marsh", "pia-lund"

VOTES = """
[[stage]]
id = "work"
opens = "2026-11-01"
closes = "2026-11-22 13:00"
allows = ["amendment", "second", "merge"]
[[stage]]
id = "voting"
closes = "2026-11-23 12:00"
allows = ["vote"]
[[ballot]]
id = "secret"
label = "The ballot"
unit = "question"
kind = "yes_no_abstain"
pass = { ratio = "2/3", base = "cast", strict = false }
quorum = { fraction = "1/3", of = "members" }
[[ballot]]
id = "hands"
secrecy = "open"
changeable = false
[[ballot]]
id = "clauses"
unit = "clause"
[[ballot]]
id = "items"
unit = "item"
[[protect]]
clauses = ["3"]
pass = { ratio = "3/4", base = "cast" }
[adoption]
requires = ["secret"]
"""


def society():
    """The Allotment Society with two returning officers and four ballots in its rules."""
    allotment.found()
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + VOTES, NOON)
    officers = [(OFFICER, {Role.RETURNING_OFFICER}), (CLERK, {Role.RETURNING_OFFICER})]
    enrolling.enrol(
        [store.members.NewMember(one, one.title(), roles=frozenset(map(str, roles))) for one, roles in officers], NOON
    )


def frozen(*numbers):
    """A frozen draft of these amendments, or of two that do not meet."""
    made = numbers or (seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twenty"))), seconded(strike("3(1)")))
    return drafting_final.freeze(member(FFION), allotment.on_desk(*made), NOON)


def prepared(rule="secret", drafts=None, **more):
    wanted = Wanted(rule, drafts or (frozen(),), opens=OPENS, closes=CLOSES, **more)
    return balloting.prepare(member(OFFICER), wanted, NOON)


def opened(rule="secret", **more):
    number = prepared(rule, **more)
    if store.ballots.by_number(number).mode is store.ballots.Mode.SEALED:
        keyed(number)
    balloting.open_vote(member(OFFICER), number, SIGNING, OPENS)
    return number


def keyed(number):
    officer = member(OFFICER)
    balloting.set_key(officer, number, sealing.public_key(PRIVATE), NOON)
    balloting.rehearse(officer, number, RANDOM, NOON)
    envelope = store.ballots.by_number(number).taken(Step.REHEARSAL).payload["envelope"]
    balloting.rehearsed(officer, number, sealing.unseal_rehearsal(PRIVATE, number, envelope), NOON)


def vote(handle, number, answers, at=DURING, receipt=None):
    definition = balloting.definition_of(number)
    if definition.mode is Mode.RECORDED:
        handed = casting.Handed("members", canonical(answers), "recorded")
    else:
        mark = fingerprint(definition)
        text = sealing.plaintext(mark, "members", answers, receipt or f"{handle[:5].upper()}-AAAAA-BBBBB-CCCCC")
        handed = casting.Handed("members", sealing.seal(definition, mark, text), "browser")
    return casting.cast(member(handle), number, handed, lambda: at)


def out_of_the_urn(number):
    urn = balloting.urn(number)
    mark = fingerprint(balloting.definition_of(number))
    found = [sealing.unseal(PRIVATE, mark, content) for _, content in urn["envelopes"]]
    return [
        canonical({"college": one["college"], "answers": one["answers"], "receipt": one["receipt"]}) for one in found
    ]


def declared(number):
    officer = member(OFFICER)
    balloting.close(officer, number, AFTER)
    sealed = store.ballots.by_number(number).mode is store.ballots.Mode.SEALED
    balloting.declare(officer, number, out_of_the_urn(number) if sealed else (), AFTER)
    return store.ballots.declared(number)


def result(number):
    return [one["carried"] for one in declared(number).result["questions"]]
