"""A proposal begun on an earlier edition."""

from dataclasses import replace

import allotment
import pytest
from allotment import MEERA, NOON, SIXTEEN, clause, in_force, member, new_id, proposal, reword, strike

import store.amendments
from amendments.edit import Strike
from services import proposal_page, revising
from services.proposal import Act, Proposal
from services.renewing import as_it_stands, differing, renewed

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()


def revise(old: str, new: str) -> None:
    allotment.revise(allotment.BOOK.replace(old, new))


def test_the_form_knows_that_a_newer_edition_is_in_force():
    begun = proposal_page.start(clause("2(1)"), Act.REWORD)
    revise("by post", "by letter")
    assert proposal_page.page(begun).outdated
    assert not proposal_page.page(renewed(begun)).outdated


def test_what_others_changed_elsewhere_in_the_text_is_taken_up():
    begun = proposal(reword("2(2)", allotment.NOTICE.replace("two weeks", "three weeks")))
    revise("by post", "by letter")
    assert renewed(begun).changes[0].text == "Notice of a general meeting is given three weeks before it, by letter."


def test_what_the_member_did_not_touch_becomes_the_text_in_force():
    begun = proposal_page.start(clause("2(2)"), Act.REWORD)
    revise("by post", "by letter")
    assert renewed(begun).changes[0].text == allotment.text("2(2)")


def test_where_both_changed_the_same_words_the_typed_ones_stay():
    typed = SIXTEEN.replace("sixteen", "twenty")
    begun = proposal(reword("2(1)", typed))
    revise("sixteen", "twelve")
    assert renewed(begun).changes[0].text == typed
    [asked] = differing(begun)
    assert (asked.field, asked.label, asked.clash) == ("changes-0-text", "Clause 2(1)", True)
    assert (asked.then, asked.now, asked.wanted) == (SIXTEEN, SIXTEEN.replace("sixteen", "twelve"), typed)
    assert as_it_stands(renewed(begun), asked.field).changes[0].text == asked.now


def test_a_number_typed_against_the_old_edition_follows_its_clause():
    begun = proposal(reword("1(1)", "Anyone who works a plot is a member, but see clause 2(3)."))
    allotment.revise(allotment.INDOORS)
    assert "clause 2(4)" in renewed(begun).changes[0].text


def test_a_change_of_a_clause_that_is_gone_keeps_its_words():
    begun = proposal(reword("3(1)", "The pump is painted green."), strike("3(2)"))
    revise("1. The pump is shared by all members.\n2. Nobody", "1. Nobody")
    assert "pump" not in str(in_force().constitution)
    after = renewed(begun)
    assert isinstance(after, Proposal)
    assert after.base == in_force().number
    assert after.changes[0].text == "The pump is painted green."
    [asked] = differing(begun)
    assert (asked.now, asked.clash) == (None, True)


def test_a_next_text_takes_up_what_another_version_says_and_loses_nothing():
    number = allotment.propose(reword("2(1)", SIXTEEN.replace("sixteen", "twenty")), strike("3(1)"))
    begun = proposal_page.start_on(number, revises=True)
    begun = replace(begun, undone=(1,), reason="It is much better.", note="n")
    other = replace(begun, undone=(), title="Thirty", reason="It is far better.")
    other = replace(other, changes=(replace(other.changes[0], text=SIXTEEN.replace("sixteen", "thirty")),))
    revising.revise(member(MEERA), other, NOON, new_id)
    there = renewed(begun)
    assert (there.version, there.title) == (2, "Thirty")
    [out] = [store.amendments.by_number(number).version.edits[n] for n in there.undone]
    assert out == Strike(clause("3(1)")), "what was taken out stays out, wherever it stands now"
    assert "thirty" in there.changes[0].text
    assert [(one.field, one.wanted, one.clash) for one in differing(begun)] == [("reason", "It is much better.", True)]
    assert there.reason == "It is much better."
    assert as_it_stands(there, "reason").reason == "It is far better."
    assert differing(there) == ()
