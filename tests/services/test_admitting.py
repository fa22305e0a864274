"""The committee rules an amendment out."""

import allotment
import pytest
from allotment import FFION, NOON, ROSA, member, propose, strike

import store.amendments
import store.log
from amendments.states import State
from members.permissions import NotAllowed
from services import admitting

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def number(database) -> int:
    allotment.found()
    return propose(strike("3(1)"))


def test_a_refusal_is_published_with_its_reason(number):
    admitting.refuse(member(FFION), number, " Out of scope ", NOON)
    refused = store.amendments.by_number(number)
    assert refused.state is State.REFUSED
    assert store.amendments.history(refused)[-1].reason == "Out of scope"
    assert store.log.entries(limit=1)[0].act == "refuse"


def test_a_refusal_needs_a_reason(number):
    with pytest.raises(admitting.NoReason):
        admitting.refuse(member(FFION), number, " ", NOON)


def test_only_the_committee_refuses(number):
    with pytest.raises(NotAllowed):
        admitting.refuse(member(ROSA), number, "No", NOON)
