"""Members discuss; moderators hide and show; the record says what happened and not what was hidden."""

import json
from dataclasses import replace
from datetime import timedelta

import allotment
import pytest
import sqlalchemy as sa
from allotment import GRACE, HARRIET, MEERA, NOON, ROSA, member, propose, strike

import store.amendments
import store.log
import store.points
from amendments.points import AlreadyHidden, DiscussionClosed, IsHidden, NoReasonGiven, NotHidden, Side, TooLong
from constitution.digest import text_digest
from members.permissions import NotAllowed
from services import drafting, points, privacy
from services.timing import StageClosed
from store.database import db
from store.points import UnknownPoint

pytestmark = pytest.mark.usefixtures("database")
RUDE = "Leonard is a thief."


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()


@pytest.fixture
def number():
    return propose(strike("3(1)"))


def say(handle, number, side="for", text="The pump is old.", after=0):
    return points.say(member(handle), number, side, text, NOON + timedelta(minutes=after))


def sides(number, handle=None):
    found = points.discussion(store.amendments.by_number(number), member(handle) if handle else None, NOON)
    return {side.value: [one.text for one in those] for side, those in found.sides}


def last():
    return store.log.entries(limit=1)[0]


def test_points_stand_for_and_against_in_the_order_in_which_they_were_made(number):
    say(ROSA, number, "against", "It costs little.")
    say(GRACE, number, "for", "It leaks.", 1)
    say(MEERA, number, "for", "Nobody mends it.", 2)  # the mover too
    assert sides(number) == {"for": ["It leaks.", "Nobody mends it."], "against": ["It costs little."]}


def test_a_member_has_one_point_whose_history_keeps_every_text_and_side(number):
    first = say(ROSA, number, "for", "It leaks.")
    second = say(ROSA, number, "against", "It is mended.", 5)
    assert (first.id, second.texts, second.side) == (second.id, 2, Side.AGAINST)
    assert sides(number) == {"for": [], "against": ["It is mended."]}
    told = points.page(number, first.id).history
    assert [(one.said.n, one.said.side.value, one.said.text) for one in told] == [
        (2, "against", "It is mended."), (1, "for", "It leaks."),
    ]  # fmt: skip
    assert points.discussion(store.amendments.by_number(number), member(ROSA), NOON).mine == second


def test_saying_the_same_twice_keeps_one_text_and_one_entry(number):
    say(ROSA, number)
    entries = store.log.count()
    assert say(ROSA, number, after=1).texts == 1
    assert store.log.count() == entries


def test_the_log_holds_the_digest_of_what_was_said_and_never_the_words(number):
    said = say(ROSA, number, "against", RUDE)
    entry = last()
    assert (entry.actor, entry.act, entry.subject) == (ROSA, "add-point", f"amendment {number}")
    assert entry.payload == {"point": said.id, "n": 1, "side": "against", "digest": text_digest(RUDE)}
    say(ROSA, number, "against", RUDE.upper())
    points.hide(member(HARRIET), number, said.id, "An insult.", NOON)
    assert [one.act for one in store.log.entries(limit=2)] == ["hide-point", "edit-point"]
    assert "thief" not in json.dumps([one.payload for one in store.log.entries()]).casefold()
    assert store.log.verify() == ()


def test_a_hidden_point_says_since_when_and_why_and_its_history_says_nothing(number):
    said = say(ROSA, number, text=RUDE)
    points.hide(member(HARRIET), number, said.id, " An insult.\n", NOON + timedelta(hours=1))
    page = points.page(number, said.id)
    assert (page.point.hidden, page.point.hidden_reason) == (NOON + timedelta(hours=1), "An insult.")
    assert page.history == ()
    with pytest.raises(IsHidden):
        say(ROSA, number, text="Sorry.")


def test_a_point_shown_again_can_be_changed_and_tells_of_its_hiding(number):
    said = say(ROSA, number)
    points.hide(member(HARRIET), number, said.id, "Off the subject.", NOON)
    points.show(member(HARRIET), number, said.id, "It was not.", NOON + timedelta(hours=1))
    assert last().payload == {"point": said.id, "reason": "It was not."}
    assert say(ROSA, number, text="The pump leaks.").texts == 2
    page = points.page(number, said.id)
    assert [(one.hidden, one.reason) for one in page.judgements] == [(True, "Off the subject."), (False, "It was not.")]
    assert len(page.history) == 2


def test_hiding_and_showing_want_a_reason_and_something_to_do(number):
    said, harriet = say(ROSA, number), member(HARRIET)
    for judge, fact in ((points.hide, NoReasonGiven), (points.show, NoReasonGiven)):
        with pytest.raises(fact):
            judge(harriet, number, said.id, " ", NOON)
    with pytest.raises(NotHidden):
        points.show(harriet, number, said.id, "Why not.", NOON)
    points.hide(harriet, number, said.id, "An insult.", NOON)
    with pytest.raises(AlreadyHidden):
        points.hide(harriet, number, said.id, "Another reason.", NOON)
    with pytest.raises(UnknownPoint):
        points.hide(harriet, number + 1, said.id, "Of another amendment.", NOON)


def test_each_act_needs_its_permission(number):
    said = say(ROSA, number)
    with pytest.raises(NotAllowed):
        points.hide(member(ROSA), number, said.id, "I said so.", NOON)
    with pytest.raises(NotAllowed):
        points.say(replace(member(ROSA), roles=frozenset({"reader"})), number, "for", "Yes.", NOON)


def test_an_amendment_that_has_ended_keeps_its_points_and_takes_no_more(number):
    said = say(ROSA, number)
    drafting.withdraw(member(MEERA), number, "Enough.", NOON)
    with pytest.raises(DiscussionClosed, match="it is withdrawn"):
        say(GRACE, number)
    found = points.discussion(store.amendments.by_number(number), None, NOON)
    assert (found.closed, found.sides[0][1]) == (
        "The discussion of this amendment is closed: it is withdrawn.",
        (said,),
    )
    points.hide(member(HARRIET), number, said.id, "An insult, even now.", NOON)


def test_points_are_made_while_the_stages_allow_comments(number):
    stages = '\n[[stage]]\nid = "s"\nlabel = "Proposing"\nopens = 2026-01-01\ncloses = 2027-01-01\nallows = ["amendment", "second"]\n'
    with store.transaction():
        store.processes.set("Allotment Society", allotment.RULEBOOK + stages)
    with pytest.raises(StageClosed):
        say(ROSA, number)
    assert "no stage" in points.discussion(store.amendments.by_number(number), None, NOON).closed


def test_a_point_too_long_keeps_nothing(number):
    with pytest.raises(TooLong):
        say(ROSA, number, text="word " * 121)
    assert sides(number) == {"for": [], "against": []}


def test_who_is_given_what_is_held_on_them_gets_their_points(number):
    say(ROSA, number, text="It leaks.")
    assert [(one["side"], one["text"]) for one in privacy.export(ROSA)["points"]] == [("for", "It leaks.")]


def test_no_text_of_a_point_can_be_changed_afterwards(number):
    say(ROSA, number)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE point_version SET text = 'x'"))
