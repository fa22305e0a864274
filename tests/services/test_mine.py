"""What is on a member's own page."""

from dataclasses import replace

import allotment
import make
import pytest
from allotment import GRACE, MEERA, NOON, ROSA, clause, member, new_id, propose, reword, second, strike

import store.amendments
from members.permissions import NotAllowed
from services import drafting, following, mine, points, revising, seconding
from services.proposal_page import start_on

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()


def page(handle):
    return mine.page(member(handle))


def numbers(lines):
    return [one.number for one in lines]


def changed(number, text, by=MEERA):
    """The mover gives an amendment its next text."""
    typed = start_on(number, revises=True)
    changes = tuple(replace(one, text=text) if one.text else one for one in typed.changes)
    revising.revise(member(by), replace(typed, changes=changes, note="Said better."), NOON, new_id)


def digest(number):
    return store.amendments.by_number(number).version.digest


def test_a_member_sees_what_they_moved_with_its_state_and_standing_and_what_they_seconded():
    first, second_one = propose(strike("3(1)")), propose(strike("3(2)"))
    second(first, ROSA)
    allotment.refuse(second_one)
    moved = page(MEERA).moved
    assert [(one.line.number, one.standing and one.standing.count) for one in moved] == [(2, None), (1, 1)]
    assert numbers(page(ROSA).seconded) == [first]
    assert (page(ROSA).moved, page(GRACE).seconded) == ((), ())


def test_a_changed_text_waits_for_its_former_seconders_until_they_confirm_or_leave():
    number = propose(reword("3(1)", "The pump is for all."))
    second(number, ROSA, GRACE)
    assert page(ROSA).answers == ()
    changed(number, "The pump is for everybody.")
    assert [numbers(page(one).answers) for one in (ROSA, GRACE, MEERA)] == [[number], [number], []]
    assert page(ROSA).seconded == ()
    second(number, ROSA)
    seconding.leave(member(GRACE), number, digest(number), NOON)
    assert [page(one).answers for one in (ROSA, GRACE)] == [(), ()]
    assert [numbers(page(one).seconded) for one in (ROSA, GRACE)] == [[number], []]


def test_what_has_ended_waits_for_nobody():
    number = propose(reword("3(1)", "The pump is for all."))
    second(number, ROSA)
    changed(number, "The pump is for everybody.")
    drafting.withdraw(member(MEERA), number, "Enough.", NOON)
    assert page(ROSA).answers == ()


def test_points_and_follows_are_named_whatever_became_of_them():
    number, gone = propose(strike("3(1)"), title="No pump"), clause("3(1)")
    points.say(member(ROSA), number, "against", "We need it.", NOON)
    for kind, name in (("clause", gone), ("clause", clause("3")), ("amendment", str(number))):
        following.follow(member(ROSA), kind, name, NOON)
    allotment.revise(allotment.BOOK.replace("1. The pump is shared by all members.\n2. Nobody", "1. Nobody"))
    found = page(ROSA)
    assert [(one.point.text, one.line.title) for one in found.points] == [("We need it.", "No pump")]
    assert {one.words for one in found.follows} == {
        "Clause 3(1), which is no longer in force", "Clause 3 Water", "A1 No pump",
    }  # fmt: skip


def test_the_page_costs_no_more_queries_for_more_that_was_seconded_said_and_followed():
    for _ in range(8):
        number = propose(strike("3(1)"))
        second(number, ROSA)
        points.say(member(ROSA), number, "for", "Yes.", NOON)
        following.follow(member(ROSA), "amendment", str(number), NOON)
    rosa = member(ROSA)
    with make.at_most(queries=11):
        assert len(mine.page(rosa).seconded) == 8


def test_the_standing_is_worked_out_for_the_twenty_that_changed_last():
    for _ in range(21):
        propose(strike("3(1)"))
    moved = page(MEERA).moved
    assert [one.standing is None for one in moved] == [False] * 20 + [True]
    assert moved[-1].line.number == 1


def test_who_may_not_read_has_no_page():
    with pytest.raises(NotAllowed):
        mine.page(replace(member(ROSA), roles=frozenset()))
