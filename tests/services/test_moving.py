"""A branch moves an amendment through its officer, with the day and the minute of its decision."""

from dataclasses import replace

import allotment
import pytest
import sqlalchemy as sa
from allotment import MEERA, NOON, ROSA, member, new_id, proposal, strike

import store
import store.bodies
import store.log
from amendments.states import State
from services import amendment_page, auditing, drafting, enrolling
from services.proposal import Unacceptable
from store.database import db
from store.tables import MemberRoleRow, MemberRow

pytestmark = pytest.mark.usefixtures("database")
RULES = '[instrument.amendment]\nproposers = {}\nexempt = ["branch"]\n'


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()
    rules('["member", "branch"]')
    with store.transaction():
        db.session.execute(sa.update(MemberRow).where(MemberRow.handle == ROSA).values(branch="Fen"))
        db.session.execute(sa.insert(MemberRoleRow).values(member=member(ROSA).id, role="officer"))


def rules(proposers):
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + RULES.format(proposers), NOON)


def move(by=ROSA, **said):
    decided = {"for_body": True, "decided": "2026-11-01", "minute": "Branch meeting, minute 7", **said}
    return drafting.propose(member(by), replace(proposal(strike("3(1)")), **decided), NOON, new_id)


def problems(by=ROSA, **said):
    with pytest.raises(Unacceptable) as refusal:
        move(by, **said)
    return refusal.value.problems


def test_it_is_moved_in_the_name_of_the_branch_and_the_log_says_by_which_decision():
    page = amendment_page.page(move())
    assert (page.moved_by.name, page.moved_by.minute) == ("Fen", "Branch meeting, minute 7")
    # The rules ask a branch for no seconders, so there is nothing left to seek.
    assert (page.standing.met, page.amendment.state) == (True, State.SECONDED)
    payload = store.log.entries(limit=1)[0].payload
    assert (payload["branch"], payload["decided"]) == ("Fen", "2026-11-01")
    assert auditing.verify() == ()


def test_what_is_wrong_with_the_decision_is_said_beside_it():
    assert set(problems(decided="")) == {"decided"}
    assert "still to come" in problems(decided="2027-01-01")["decided"]
    assert "where the decision is minuted" in problems(minute=" ")["minute"]
    assert "not allowed" in problems(minute="Half\0past")["minute"]


def test_only_an_officer_moves_for_a_branch_and_only_where_the_rules_let_it():
    assert "not an officer" in problems(by=MEERA)["for_body"]
    rules('["member"]')
    assert problems()["for_body"] == "The rules do not let a branch move this"
    rules('["branch"]')
    assert problems(for_body=False)["for_body"] == "The rules let only branches move an amendment"


COUNTER = """
[[electorate]]
id = "council"
label = "the council"
branches = ["Fen"]
[instrument.counter]
label = "counter-proposal"
proposers = ["council"]
relation = "alternative"
seconding = []
"""


def countering(first, by):
    said = replace(proposal(strike("3(1)")), relation="counter", other=f"A{first}")
    return drafting.propose(member(by), said, NOON, new_id)


def test_a_counter_proposal_is_made_by_those_whom_the_rules_name_and_as_they_say():
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + RULES.format('["member"]') + COUNTER, NOON)
    first = allotment.propose(strike("3(1)"))
    with pytest.raises(Unacceptable) as refusal:
        countering(first, MEERA)
    assert refusal.value.problems == {"for_body": "The rules let only the council move a counter-proposal"}
    page = amendment_page.page(countering(first, ROSA))
    # It needs no seconders, as an amendment by anybody else does.
    assert (page.amendment.state, page.standing.met) == (State.SECONDED, True)
    assert amendment_page.page(first).standing.needed == 2
