"""Members find clauses and amendments by their words and numbers."""

import allotment
import pytest
from allotment import NOON, ROSA, add, clause, propose, reword, second, strike
from hypothesis import HealthCheck, given, settings
from make import at_most
from strategies import any_text

import store.members
from amendments.states import State
from services import enrolling, finding
from services.finding import FoundAmendment, FoundClause, Kind
from services.proposal import Act

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()


def numbers(words="", **narrowed):
    return [one.amendment.number for one in finding.find(words, kind=Kind.AMENDMENT, **narrowed).results]


def texts(pieces):
    return "".join(f"[{one.text}]" if one.found else one.text for one in pieces)


@pytest.fixture
def two():
    """An amendment of the pump by Meera, and one of the tea by Rosa that also speaks of it."""
    propose(strike("3(1)"), title="No pump")
    propose(add(Act.ADD_AFTER, "3(1)", "Tea is served."), by=ROSA, title="Tea at the pump")


def test_amendments_are_found_by_number_title_text_and_reason_newest_first(two):
    expected = {"a2 tea": [2], "pump": [2, 1], "nobody": [], "": [2, 1], "better": [2, 1], "served": [2], "1": [1]}
    assert {words: numbers(words) for words in expected} == expected


def test_the_public_finds_nobody_by_name_and_a_member_does(two):
    assert numbers("meera") == numbers("meera", page=2) == []
    assert numbers("meera", by_member=True) == [1]
    assert numbers("lindgr", by_member=True) == [2]
    assert numbers("rosa pump", by_member=True) == [2]


def test_amendments_are_narrowed_by_state_clause_and_branch(two):
    propose(reword("2(1)", "Twenty."))
    allotment.refuse(2)
    assert numbers(state="refused") == [2]
    assert numbers(state="no-such-state") == [3, 2, 1]
    assert numbers(clause="3(1)") == numbers(clause="§ 3 (1).") == numbers(clause=clause("3(1)")) == [2, 1]
    assert numbers(clause="3") == numbers(clause="Clause 3") == [2, 1]
    assert numbers(clause="3", state="seeking-seconders", words="pump") == [1]
    assert numbers(branch="Fen") == []
    assert finding.branches() == ()


def test_a_branch_is_that_of_the_mover():
    enrolling.enrol([store.members.NewMember("nia", "Nia Rees", branch="Fen")], NOON)
    propose(strike("3(1)"), by="nia")
    propose(strike("3(2)"))
    assert numbers(branch="Fen") == [1]
    assert finding.branches() == ("Fen",)


def test_a_clause_that_is_gone_still_finds_what_was_about_it_and_what_is_none_is_said(two):
    pump = clause("3(1)")
    allotment.revise(allotment.BOOK.replace("1. The pump is shared by all members.\n2. Nobody", "1. Nobody"))
    assert numbers(clause=pump) == [2, 1]
    asked = finding.find(clause="9.9")
    assert (asked.results, asked.unknown) == ((), "There is no clause 9.9.")


def test_the_clause_with_the_number_comes_first_and_those_that_only_say_it_after():
    propose(reword("2(2)", "As clause 2(3) says."))
    found = finding.find("2(3)").results
    assert isinstance(found[0], FoundClause)
    assert found[0].id == clause("2(3)")
    assert texts(found[0].name) == "[2(3])"
    assert [one.id for one in found[1:-1]] == [clause("1(2)")]
    assert isinstance(found[-1], FoundAmendment)


def test_what_was_found_is_marked_and_stands_below_its_clauses():
    [found] = finding.find('pump "all members"').results
    assert texts(found.snippet) == "The [pump] is shared by [all members]."
    assert found.above == ((clause("3"), "3 Water"),)


def test_only_what_may_be_seconded_says_how_it_stands(two):
    second(1, ROSA)
    allotment.refuse(2)
    refused, seeking = finding.find(kind=Kind.AMENDMENT).results
    assert (seeking.standing.count, refused.standing) == (1, None)
    assert refused.amendment.state is State.REFUSED


def test_pages_follow_one_another_and_the_last_is_shown_for_one_beyond_it(monkeypatch):
    monkeypatch.setattr(finding, "PAGE", 2)
    for _ in range(5):
        propose(strike("3(1)"))
    pages = [finding.find(kind=Kind.AMENDMENT, page=page) for page in (0, 1, 2, 3, 4, 2**31)]
    seen = [[one.amendment.number for one in page.results] for page in pages]
    assert seen == [[5, 4], [5, 4], [3, 2], [1], [1], [1]]
    assert [(page.page, page.first) for page in pages[2:4]] == [(2, 3), (3, 5)]
    assert {(page.total, page.pages) for page in pages} == {(5, 3)}


def test_a_page_costs_as_many_queries_whatever_it_shows(two):
    for _ in range(6):
        propose(strike("3(1)"), title="Pump")
    with at_most(17):
        assert len(finding.find("pump", by_member=True).results) == 9


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(any_text(), any_text())
def test_whatever_is_typed_is_answered(typed, other):
    found = finding.find(f'{typed} "pump', branch=other, by_member=True)
    assert found.total == len(found.results) == 0 or not found.asked.get("branch")
    asked = finding.find(typed, state=other, clause=other)
    assert asked.total == len(asked.results) == 0 or not asked.asked.get("clause")


def test_nothing_but_signs_finds_nothing(two):
    assert finding.find("!?").total == 0
    assert finding.find("  ").total == 10 + 2


def test_making_the_index_anew_counts_what_can_be_found(two):
    assert finding.rebuild() == 10 + 2
    assert numbers("tea") == [2]
