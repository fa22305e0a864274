"""An amendment's next text: written by its mover, taken over from an amendment of it, or undone by an objection."""

from dataclasses import replace
from datetime import timedelta

import allotment
import pytest
import sqlalchemy as sa
from allotment import FFION, GRACE, LEONARD, MEERA, NOON, ROSA, SIXTEEN, add, clause, member, new_id, propose, reword
from allotment import second as seconds

import store
import store.amendments
import store.log
import store.notices
import store.outbox
import store.relations
import store.seconds
from amendments.seconding import AlreadySeconded, NotOpen, NotSeconded, TextChanged
from amendments.states import State
from members.permissions import NotAllowed
from services import (
    amendment_page,
    auditing,
    drafting,
    enrolling,
    following,
    proposal_page,
    revising,
    seconding,
    standing_to,
)
from services.instruments import TooDeep
from services.proposal import Act, Change, Unacceptable
from services.revising import CannotAccept, MayNotChange, NothingToObjectTo
from services.timing import StageClosed
from store.database import db
from store.tables import MemberRow, NoticeRow

pytestmark = pytest.mark.usefixtures("database")

TWENTY, THIRTY = SIXTEEN.replace("sixteen", "twenty"), SIXTEEN.replace("sixteen", "thirty")
INSTRUMENTS = """
[instrument.amendment]
proposers = ["member"]
edit = { by = "proposer", veto = "any_seconder", within = "24h" }
[instrument.to_amendments]
label = "amendment to an amendment"
proposers = ["member"]
depth = 1
"""


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()


def rules(toml):
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + toml, NOON)


def kept(number):
    return store.amendments.by_number(number)


def asked(number):
    """The form of an amendment's next text with another sentence typed into it."""
    return proposal_page.start_on(number, revises=True)


def typed(proposal, text, **more):
    [change] = proposal.changes
    return replace(proposal, changes=(replace(change, text=text),), note="Too few come otherwise.", **more)


def revise(number, text=THIRTY, by=MEERA, at=NOON, **more):
    return revising.revise(member(by), typed(asked(number), text, **more), at, new_id)


def amends(number, text, by=ROSA):
    proposal = typed(proposal_page.start_on(number, revises=False), text, title="Better still", reason="It is.")
    return drafting.propose(member(by), proposal, NOON, new_id)


@pytest.fixture
def number(database):
    return propose(reword("2(1)", TWENTY))


def test_the_form_begins_with_the_words_of_the_amendment(number):
    begun = asked(number)
    assert [(one.act, one.text) for one in begun.changes] == [(Act.REWORD, TWENTY)]
    assert (begun.title, begun.reason, begun.on, begun.version) == ("A better rule", "It is better.", number, 1)


def test_a_new_text_is_a_version_and_one_entry_of_the_log(number):
    assert revise(number) == 2
    now = kept(number)
    assert [one.n for one in now.versions] == [1, 2]
    assert (now.version.edits[0].text, now.version.note) == (THIRTY, "Too few come otherwise.")
    entry = store.log.entries(limit=1)[0]
    assert (entry.act, entry.actor, entry.payload["version"], entry.payload["digest"]) == (
        "revise",
        MEERA,
        2,
        now.version.digest,
    )
    assert auditing.verify() == ()


def test_who_seconded_the_text_before_is_told_and_asked_and_counts_no_more(number):
    seconds(number, ROSA, GRACE)
    assert kept(number).state is State.SECONDED
    revise(number)
    assert (kept(number).state, store.amendments.seconds(kept(number))) == (State.SEEKING_SECONDERS, ())
    assert [store.seconds.waiting(member(one)) for one in (ROSA, GRACE, LEONARD)] == [(number,), (number,), ()]
    seconds(number, ROSA)
    assert [store.seconds.waiting(member(one)) for one in (ROSA, GRACE)] == [(), (number,)]
    seconding.leave(member(GRACE), number, kept(number).version.digest, NOON)
    assert store.seconds.waiting(member(GRACE)) == ()
    assert [one.member.handle for one in store.amendments.seconds(kept(number))] == [ROSA]
    assert auditing.verify() == ()


def test_who_left_the_new_text_may_second_it_after_all(number):
    seconds(number, ROSA)
    revise(number)
    digest = kept(number).version.digest
    seconding.leave(member(ROSA), number, digest, NOON)
    later = NOON + timedelta(minutes=1)
    assert seconding.second(member(ROSA), number, digest, later).count == 1
    assert store.seconds.of_member(member(ROSA).id) == (number,)
    assert seconding.take_back(member(ROSA), number, digest, later + timedelta(minutes=1)).count == 0
    assert seconding.second(member(ROSA), number, digest, later + timedelta(minutes=2)).count == 1
    assert auditing.verify() == ()


def test_who_follows_it_is_told_of_the_new_text_and_nobody_twice(number):
    with store.transaction():
        db.session.execute(sa.update(MemberRow).values(email=MemberRow.handle + "@example.org"))
    seconds(number, ROSA)
    for handle in (ROSA, GRACE, MEERA):
        following.follow(member(handle), "amendment", str(number), NOON)
    revise(number)
    told = db.session.execute(sa.select(NoticeRow.kind, NoticeRow.address, NoticeRow.body)).all()
    assert sorted((kind, address.partition("@")[0]) for kind, address, _ in told) == [
        ("followed", GRACE),
        ("seconded-amendment-changed", ROSA),
    ]
    assert any("got version 2" in body and "Too few come otherwise." in body for _, _, body in told)


def test_other_words_about_the_same_text_leave_its_seconds_alone(number):
    seconds(number, ROSA, GRACE)
    revise(number, TWENTY, title="Twenty at a meeting")
    assert (kept(number).title, kept(number).state) == ("Twenty at a meeting", State.SECONDED)
    assert len(store.amendments.seconds(kept(number))) == 2
    assert store.seconds.waiting(member(ROSA)) == ()


def test_what_the_amendment_added_keeps_its_identity_when_it_is_reworded():
    number = propose(add(Act.ADD_BEFORE, "2(1)", "Meetings are held indoors."))
    new = kept(number).version.edits[0].clause.id
    revise(number, "Meetings are held in the hall.")
    [edit] = kept(number).version.edits
    assert (edit.clause.id, edit.clause.text) == (new, "Meetings are held in the hall.")


def test_a_change_can_be_taken_out_and_another_put_in():
    number = propose(reword("2(1)", TWENTY), allotment.strike("3(1)"))
    begun = replace(asked(number), undone=(1,), note="The pump stays.")
    revising.revise(member(MEERA), begun, NOON, new_id)
    assert [one.change.value for one in amendment_page.page(number).redline] == ["reworded"]
    begun = replace(asked(number), undone=(0,), note="The other way round.")
    with pytest.raises(Unacceptable, match="Nothing is changed"):
        revising.revise(member(MEERA), replace(begun, changes=()), NOON, new_id)
    revising.revise(member(MEERA), replace(begun, changes=(allotment.strike("3(2)"),)), NOON, new_id)
    assert [one.change.value for one in amendment_page.page(number).redline] == ["struck"]


def problems(proposal):
    with pytest.raises(Unacceptable) as refusal:
        revising.revise(member(MEERA), proposal, NOON, new_id)
    return refusal.value.problems


def test_what_is_wrong_is_said_beside_its_field(number):
    assert "Nothing is changed" in problems(typed(asked(number), TWENTY))["changes"]
    assert set(problems(replace(typed(asked(number), THIRTY), note=" ", title=""))) == {"note", "title"}
    revise(number)
    assert "version 2 by now" in problems(replace(typed(asked(number), TWENTY), version=1))["changes"]


def test_only_who_may_changes_the_words(number):
    with pytest.raises(MayNotChange, match="Only the mover"):
        revise(number, by=ROSA)
    rules('[instrument.amendment]\nproposers = ["member"]\nedit = { by = "nobody" }')
    with pytest.raises(MayNotChange, match="let nobody change"):
        revise(number)
    rules('[instrument.amendment]\nproposers = ["member"]\nedit = { by = "committee" }')
    with pytest.raises(MayNotChange, match="drafting committee"):
        revise(number)
    assert revise(number, by=FFION) == 2
    assert [revising.may_edit(one, kept(number)) for one in (member(FFION), member(MEERA), None)] == [
        True,
        False,
        False,
    ]
    drafting.withdraw(member(MEERA), number, "Done.", NOON)
    with pytest.raises(MayNotChange, match="cannot change any more"):
        revise(number, TWENTY, by=FFION)


def test_a_second_is_taken_back_until_the_stage_closes(number):
    seconds(number, ROSA, GRACE)
    digest = kept(number).version.digest
    reached = seconding.take_back(member(ROSA), number, digest, NOON)
    assert (reached.count, kept(number).state) == (1, State.SEEKING_SECONDERS)
    assert auditing.verify() == ()
    with pytest.raises(NotSeconded):
        seconding.take_back(member(ROSA), number, digest, NOON)
    seconds(number, ROSA)
    assert kept(number).state is State.SECONDED
    with pytest.raises(AlreadySeconded):
        seconds(number, ROSA)
    with pytest.raises(TextChanged):
        seconding.take_back(member(ROSA), number, "other", NOON)
    drafting.withdraw(member(MEERA), number, "Done.", NOON)
    with pytest.raises(NotOpen):
        seconding.take_back(member(ROSA), number, digest, NOON)


def test_more_than_enough_seconders_leave_it_seconded_when_one_goes(number):
    seconds(number, ROSA, GRACE, LEONARD)
    assert seconding.take_back(member(ROSA), number, kept(number).version.digest, NOON).met
    assert kept(number).state is State.SECONDED


def test_only_who_seconded_the_text_before_can_leave_it(number):
    digest = kept(number).version.digest
    with pytest.raises(NotSeconded):
        seconding.leave(member(ROSA), number, digest, NOON)
    seconds(number, ROSA)
    with pytest.raises(AlreadySeconded):
        seconding.leave(member(ROSA), number, digest, NOON)


def test_an_amendment_of_an_amendment_holds_both_and_is_shown_against_the_first(number):
    rules(INSTRUMENTS)
    second = amends(number, TWENTY.replace("present", "present in person"))
    page = amendment_page.page(second)
    assert kept(second).version.on_version == kept(number).version.id
    assert page.instruction == ('In clause 2(1), after "present" insert "in person".',)
    assert [one.change.value for one in page.redline] == ["reworded"]
    assert page.amended.number == number
    assert "twenty" in kept(second).version.edits[0].text
    assert [one.number for one in store.amendments.on_amendment(number)] == [second]


def test_the_rules_say_how_deep_amendments_go(number):
    with pytest.raises(TooDeep):
        amends(number, THIRTY)
    rules(INSTRUMENTS)
    second = amends(number, THIRTY)
    with pytest.raises(TooDeep):
        amends(second, TWENTY.replace("twenty", "forty"), by=GRACE)


def test_the_mover_takes_an_amendment_of_it_over(number):
    rules(INSTRUMENTS)
    second = amends(number, THIRTY)
    with pytest.raises(MayNotChange):
        revising.accept(member(ROSA), second, NOON)
    assert revising.accept(member(MEERA), second, NOON).version.n == 2
    assert (kept(number).version.edits[0].text, kept(second).state) == (THIRTY, State.ACCEPTED)
    assert f"Took over A{second}" in kept(number).version.note
    for wanted in (second, number):
        with pytest.raises(CannotAccept, match="not an open amendment"):
            revising.accept(member(MEERA), wanted, NOON)
    assert auditing.verify() == ()


def test_what_amends_an_earlier_text_is_not_taken_over(number):
    rules(INSTRUMENTS)
    second = amends(number, THIRTY)
    revise(number, SIXTEEN.replace("sixteen", "forty"))
    with pytest.raises(CannotAccept, match="an earlier text"):
        revising.accept(member(MEERA), second, NOON)


def test_a_seconder_objects_in_time_and_the_former_words_stand_with_their_seconds(number):
    rules(INSTRUMENTS)
    seconds(number, ROSA, GRACE)
    before = kept(number).version.digest
    with pytest.raises(NothingToObjectTo, match="leave no objection"):
        revising.object_to(member(ROSA), number, before, "No.", NOON)
    revise(number)
    digest = kept(number).version.digest
    assert revising.objectors_until(kept(number)) == NOON + timedelta(hours=24)
    assert [revising.may_object(one, kept(number), NOON) for one in (member(ROSA), member(LEONARD), None)] == [
        True,
        False,
        False,
    ]
    with pytest.raises(NotAllowed):
        revising.object_to(member(LEONARD), number, digest, "No.", NOON)
    with pytest.raises(TextChanged):
        revising.object_to(member(ROSA), number, before, "No.", NOON)
    with pytest.raises(NothingToObjectTo, match="Enter the reason"):
        revising.object_to(member(ROSA), number, digest, " ", NOON)
    with pytest.raises(NothingToObjectTo, match="the time they set"):
        revising.object_to(member(ROSA), number, digest, "No.", NOON + timedelta(hours=24))
    revising.object_to(member(ROSA), number, digest, "Thirty is too many.", NOON + timedelta(hours=1))
    assert (kept(number).version.n, kept(number).version.digest) == (3, before)
    assert len(store.amendments.seconds(kept(number))) == 2
    assert "Thirty is too many." in kept(number).version.note
    assert revising.objectors_until(kept(number)) is None
    assert {one.handle for one in store.notices.people_of([number])} == {MEERA, ROSA, GRACE}
    assert auditing.verify() == ()
    drafting.withdraw(member(MEERA), number, "Done.", NOON)
    with pytest.raises(NotOpen):
        revising.object_to(member(ROSA), number, before, "No.", NOON)


def test_the_mover_learns_that_somebody_else_changed_the_words(number):
    with store.transaction():
        db.session.execute(sa.update(MemberRow).values(email=MemberRow.handle + "@example.org"))
    rules('[instrument.amendment]\nproposers = ["member"]\nedit = { by = "committee" }')
    revise(number, by=FFION)
    [told] = db.session.execute(sa.select(NoticeRow.address, NoticeRow.body)).all()
    assert told.address == f"{MEERA}@example.org"
    assert "version 2" in told.body
    assert "Too few come otherwise." in told.body


def test_a_new_text_is_made_on_the_edition_in_force_and_the_mover_settles_what_is_lost(number):
    allotment.revise(allotment.BOOK.replace("sixteen members", "half the members"))
    begun = asked(number)
    assert (begun.base, [one.text for one in begun.changes]) == (2, [TWENTY])
    page = proposal_page.page(begun)
    [lost] = page.lost
    assert (lost.then, lost.now, lost.wanted) == (SIXTEEN, SIXTEEN.replace("sixteen", "half the"), TWENTY)
    assert "have been changed since" in lost.why
    revising.revise(member(MEERA), typed(begun, TWENTY), NOON, new_id)
    assert kept(number).version.base_edition == 2
    assert [one.change.value for one in amendment_page.page(number).redline] == ["reworded"]
    allotment.revise(allotment.BOOK.replace("sixteen members", "a third of the members"))
    with pytest.raises(Unacceptable, match="does not fit"):
        proposal_page.start_on(number, revises=False)


def test_how_an_amendment_stands_to_another_is_kept_and_said_on_both(number):
    other = drafting.propose(
        member(MEERA),
        replace(allotment.proposal(allotment.strike("2(1)")), relation="only-if-lost", other="A1"),
        NOON,
        new_id,
    )
    payload = store.log.entries(limit=1)[0].payload
    assert (payload["relation"], payload["other"]) == ("only-if-lost", number)
    assert standing_to.sentences(other) == (("It is put only if A1 is lost.", number),)
    assert standing_to.sentences(number) == ((f"A{other} is put only if this one is lost.", other),)


@pytest.mark.parametrize(
    ("by", "relation", "other", "said"),
    [
        (MEERA, "alternative", "seven", "Enter the number"),
        (MEERA, "alternative", "A99", "There is no amendment 99"),
        (ROSA, "only-if-lost", "1", "one that you moved yourself"),
    ],
)
def test_what_cannot_stand_so_is_said_beside_the_number(number, by, relation, other, said):
    wanted = replace(allotment.proposal(allotment.strike("2(1)")), relation=relation, other=other)
    with pytest.raises(Unacceptable) as refusal:
        drafting.propose(member(by), wanted, NOON, new_id)
    assert said in refusal.value.problems["other"]


def test_a_clause_is_moved(number):
    wanted = allotment.proposal(Change(Act.MOVE, clause("3(1)"), place="before", to=clause("2(1)")))
    page = amendment_page.page(drafting.propose(member(MEERA), wanted, NOON, new_id))
    assert page.instruction == ("Move clause 3(1) to the beginning of clause 2 and renumber accordingly.",)
    assert [one.label_after for one in page.redline if one.change.value == "moved"] == ["2(1)"]


@pytest.mark.parametrize(
    ("place", "to", "said"),
    [
        ("after", "", "Choose where"),
        ("", "2(1)", "Choose where"),
        ("after", "3(1)", "itself"),
        ("before", "3(2)", "already"),
    ],
)
def test_a_move_to_nowhere_is_said_beside_it(place, to, said):
    wanted = allotment.proposal(Change(Act.MOVE, clause("3(1)"), place=place, to=clause(to) if to else "gone"))
    with pytest.raises(Unacceptable) as refusal:
        drafting.propose(member(MEERA), wanted, NOON, new_id)
    assert said in refusal.value.problems["changes-0-to"]


def test_before_the_stage_opens_nothing_changes(number):
    rules('[[stage]]\nid = "p"\nopens = "2027-01-01"\ncloses = "opens + 3w"\nallows = ["amendment", "edit", "second"]')
    with pytest.raises(StageClosed):
        revise(number)
