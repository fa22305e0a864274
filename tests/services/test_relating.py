"""The committee rules how amendments stand to one another; movers say so, and members challenge."""

from dataclasses import replace

import allotment
import pytest
from allotment import FFION, HARRIET, MEERA, NOON, ROSA, SIXTEEN, member, proposal, reword, seconded, strike

import store.log
import store.ruled
from amendments.decisions import Contradiction, Kind, Tie
from amendments.relations import Relation
from members.permissions import NotAllowed
from services import drafting, enrolling, relating

pytestmark = pytest.mark.usefixtures("database")

CONFLICT = """
[conflict]
packages = true
challenge = { by = "members", pass = { ratio = "2/3", base = "cast", strict = false } }
"""


@pytest.fixture
def three(database):
    """Amendments 1 and 2 change the same word, 3 strikes their clause."""
    allotment.found()
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + CONFLICT, NOON)
    seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twenty")))
    seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twelve")), by=ROSA)
    seconded(strike("2(1)"))


def rule(one, kind, other, reason="They cannot both stand."):
    return relating.rule(member(FFION), Tie(one, kind, other, reason), NOON)


def test_a_relation_is_ruled_with_a_reason_logged_and_taken_back(three):
    ruled = rule(2, Kind.ALTERNATIVE, 1)
    assert relating.ties() == (Tie(1, Kind.ALTERNATIVE, 2, "They cannot both stand."),)
    entry = store.log.entries(limit=1)[0]
    assert (entry.act, entry.payload) == (
        "rule-relation",
        {"amendment": 1, "kind": "alternative", "other": 2, "stands": True, "reason": "They cannot both stand."},
    )
    with pytest.raises(relating.CannotRule, match="ruled already"):
        rule(1, Kind.ALTERNATIVE, 2)
    relating.take_back(member(FFION), Tie(1, Kind.ALTERNATIVE, 2, "They can."), NOON)
    assert relating.ties() == ()
    with pytest.raises(relating.CannotRule, match="does not hold now"):
        relating.take_back(member(FFION), ruled.tie, NOON)


@pytest.mark.parametrize(("who", "reason", "refused"), [(ROSA, "So", NotAllowed), (FFION, " ", relating.CannotRule)])
def test_only_the_committee_rules_and_only_with_a_reason(three, who, reason, refused):
    with pytest.raises(refused):
        relating.rule(member(who), Tie(1, Kind.NEEDS, 2, reason), NOON)
    assert relating.ties() == ()


def test_what_contradicts_a_ruling_is_refused_in_words(three):
    rule(1, Kind.TOGETHER, 2)
    with pytest.raises(Contradiction, match="A1 could never be carried: A1 and A2 stand or fall together"):
        rule(1, Kind.FALLS_IF, 2)
    assert len(store.ruled.last()) == 1


def test_a_ruling_overrides_what_a_mover_says_and_says_so(three):
    said = proposal(reword("3(1)", "The pump is blue."), title="Blue")
    four = drafting.propose(
        member(MEERA), replace(said, relation=Relation.ALTERNATIVE, other="A1"), NOON, allotment.new_id
    )
    assert relating.ties() == (Tie(1, Kind.ALTERNATIVE, four),)
    rule(four, Kind.NEEDS, 1)
    assert relating.ties() == (Tie(four, Kind.NEEDS, 1, "They cannot both stand."),)
    (aside,) = [one for one in relating.everything() if one.set_aside]
    assert aside.set_aside.startswith("The committee has ruled otherwise. A4 could never be carried")
    relating.take_back(member(FFION), Tie(four, Kind.NEEDS, 1, "After all"), NOON)
    relating.take_back(member(FFION), Tie(1, Kind.ALTERNATIVE, four, "They are not."), NOON)
    assert relating.ties() == ()


def test_a_ruling_is_challenged_and_the_votes_decide_exactly(three):
    ruled = rule(1, Kind.FALLS_IF, 3)
    with pytest.raises(NotAllowed):
        relating.challenge(member(HARRIET), ruled.id, "No", NOON)
    relating.challenge(member(ROSA), ruled.id, "It can be read without the clause.", NOON)
    with pytest.raises(relating.CannotRule, match="challenged already"):
        relating.challenge(member(MEERA), ruled.id, "Me too", NOON)
    assert not relating.decide(member(FFION), ruled.id, "Voted.", NOON, upheld=True, votes=(19, 10))
    assert relating.ties() == (ruled.tie,)
    assert "3 × 19 = 57 ≥ 2 × 29 = 58: no" in relating.of(3)[0].challenges[0].outcome.reason
    relating.challenge(member(MEERA), ruled.id, "Again", NOON)
    assert relating.decide(member(FFION), ruled.id, "Voted.", NOON, upheld=False, votes=(20, 10))
    assert relating.ties() == ()


def test_where_the_rules_name_nobody_no_ruling_is_challenged_and_no_package_made(three):
    ruled = rule(1, Kind.FALLS_IF, 3)
    enrolling.set_up("Allotment Society", allotment.RULEBOOK, NOON)
    with pytest.raises(NotAllowed, match="the rules let nobody"):
        relating.challenge(member(ROSA), ruled.id, "No", NOON)
    with pytest.raises(relating.CannotRule, match="no packages"):
        rule(1, Kind.TOGETHER, 2)


def test_ties_are_suggested_for_all_a_clause_or_a_selection_and_not_again_once_ruled(three):
    every = relating.suggestions().ties
    assert {one.key for one in every} == {
        (1, Kind.ALTERNATIVE, 2), (1, Kind.FALLS_IF, 3), (2, Kind.FALLS_IF, 3),
    }  # fmt: skip
    assert relating.suggestions(clause=allotment.clause("2")).ties == every
    assert relating.suggestions(clause=allotment.clause("3")).ties == ()
    assert [one.key for one in relating.suggestions(numbers=[2, 3]).ties] == [(2, Kind.FALLS_IF, 3)]
    rule(*every[0].key)
    assert len(relating.suggestions().ties) == 2
