"""Members propose and withdraw."""

import allotment
import pytest
from allotment import MEERA, NOON, ROSA, SIXTEEN, add, clause, member, new_id, proposal, propose, reword, strike

import store.amendments
import store.editions
import store.log
from amendments.states import NotPossible, State
from members.permissions import NotAllowed
from services import amendment_page, drafting, proposal_page, touching
from services.proposal import Act, Change, Proposal, Unacceptable

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()


def problems(wanted: Proposal) -> dict[str, str]:
    with pytest.raises(Unacceptable) as refusal:
        drafting.propose(member(MEERA), wanted, NOON, new_id)
    return refusal.value.problems


def test_a_proposal_keeps_what_was_typed_and_seeks_seconders():
    number = propose(reword("2(1)", SIXTEEN.replace("sixteen", "twenty")), title="Twenty at a meeting")
    kept = store.amendments.by_number(number)
    assert (kept.state, kept.version.title, kept.version.n) == (State.SEEKING_SECONDERS, "Twenty at a meeting", 1)
    assert kept.mover.handle == MEERA


def test_proposing_is_one_entry_of_the_log_with_the_digest_of_the_text():
    number = propose(strike("3(1)"))
    entry = store.log.entries(limit=1)[0]
    assert (entry.act, entry.actor, entry.subject) == ("propose", MEERA, f"amendment {number}")
    assert entry.payload["digest"] == store.amendments.by_number(number).version.digest


def test_several_clauses_are_changed_added_and_struck_in_one_amendment():
    number = propose(
        reword("2(1)", SIXTEEN.replace("sixteen", "twenty")),
        add(Act.ADD_BEFORE, "2(1)", "Meetings are held indoors."),
        strike("3(1)"),
    )
    shown = amendment_page.page(number)
    assert [one.change.value for one in shown.redline] == ["added", "reworded", "struck"]
    assert len(shown.instruction) == 3


def test_a_new_clause_is_numbered_like_its_neighbours_and_the_others_follow():
    number = propose(add(Act.ADD_BEFORE, "2(1)", "Meetings are held indoors."))
    shown = amendment_page.page(number)
    assert [one.label_after for one in shown.redline] == ["2(1)"]
    assert [one.label_after for one in shown.following if one.label_before == "2(1)"] == ["2(2)"]


@pytest.mark.parametrize(
    ("act", "label", "expected"),
    [(Act.ADD_AFTER, "2(3)", "2(4)"), (Act.ADD_BELOW, "2", "2(4)"), (Act.ADD_BEFORE, "1(1)", "1(1)")],
)
def test_a_clause_is_added_where_it_was_asked_for(act, label, expected):
    shown = amendment_page.page(propose(add(act, label, "Tea is served.")))
    assert [one.label_after for one in shown.redline] == [expected]


def test_a_new_section_has_its_heading_and_its_text_below():
    shown = amendment_page.page(propose(add(Act.ADD_AFTER, "2", "Tea is served at every meeting.", "Tea")))
    assert next((one.label_after, one.change.value) for one in shown.redline) == ("3", "added")
    assert len(shown.redline) == 2


def test_what_was_left_as_it_was_is_no_change():
    untouched = proposal_page.begun(allotment.in_force().constitution, clause("2"), Act.REWORD)
    assert "changes" in problems(proposal(*untouched))


def test_a_reference_typed_as_a_number_follows_its_clause():
    number = propose(reword("1(1)", "Anyone who works a plot is a member until clause 2(3) is applied."))
    edit = store.amendments.by_number(number).version.edits[0]
    assert clause("2(3)") in edit.text


def test_an_untouched_reference_keeps_its_stored_form():
    stored = allotment.text("1(2)")
    typed = next(one.text for one in proposal_page.begun(allotment.in_force().constitution, clause("1(2)"), Act.REWORD))
    number = propose(reword("1(2)", typed.replace("two seasons", "three seasons")))
    assert store.amendments.by_number(number).version.edits[0].text == stored.replace("two seasons", "three seasons")


def test_every_problem_is_named_by_its_field_at_once():
    found = problems(proposal(add(Act.ADD_AFTER, "2(1)", " "), title="", reason="so " * 41))
    assert set(found) == {"changes-0-text", "title", "reason"}
    assert "41 words" in found["reason"]


def test_a_forbidden_character_is_named_where_it_stands():
    found = problems(proposal(reword("2(1)", SIXTEEN + "\u200b")))
    assert list(found) == ["changes-0-text"]


def test_a_text_that_is_too_long_is_refused_with_both_figures():
    found = problems(proposal(reword("2(1)", "water " * 400)))
    assert "2,400" in found["changes-0-text"]
    assert "2,000" in found["changes-0-text"]


def test_emptying_a_clause_is_not_a_way_to_strike_it():
    assert "strike" in problems(proposal(reword("2(1)", "")))["changes-0-text"]


def test_a_clause_that_is_not_there_is_said_beside_its_card():
    assert "changes-0" in problems(proposal(Change(Act.REWORD, "nowhere", text="x")))


def test_a_struck_clause_is_not_also_reworded():
    assert problems(proposal(strike("2"), reword("2(1)", "Twenty.")))


def test_nothing_is_kept_when_something_is_wrong():
    before = store.log.entries(limit=1)
    problems(proposal(strike("3(1)"), title=""))
    assert store.amendments.listing() == ()
    assert store.log.entries(limit=1) == before


def test_previewing_keeps_nothing_and_asks_for_no_title():
    shown = drafting.preview(proposal(strike("3(1)"), title="", reason=""), new_id)
    assert shown.instruction == ("Leave out clause 3(1) and renumber accordingly.",)
    assert store.amendments.listing() == ()


def test_an_administrator_does_not_propose():
    with pytest.raises(NotAllowed):
        drafting.propose(member(allotment.HARRIET), proposal(strike("3(1)")), NOON, new_id)


def test_the_mover_withdraws_with_a_reason_that_is_kept():
    number = propose(strike("3(1)"))
    drafting.withdraw(member(MEERA), number, "Second thoughts", NOON)
    assert store.amendments.by_number(number).state is State.WITHDRAWN
    assert amendment_page.page(number).history[-1].reason == "Second thoughts"


def test_nobody_else_withdraws_it():
    number = propose(strike("3(1)"))
    with pytest.raises(NotAllowed):
        drafting.withdraw(member(ROSA), number, "", NOON)


def test_what_is_withdrawn_cannot_be_withdrawn_again():
    number = propose(strike("3(1)"))
    drafting.withdraw(member(MEERA), number, "", NOON)
    with pytest.raises(NotPossible):
        drafting.withdraw(member(MEERA), number, "", NOON)


def test_rewording_a_clause_offers_what_is_below_it():
    begun = proposal_page.start(clause("2"), Act.REWORD)
    assert [one.clause for one in begun.changes] == [clause(label) for label in ("2", "2(1)", "2(2)", "2(3)")]


def test_the_form_says_what_else_would_change_the_clause():
    number = propose(reword("2(1)", SIXTEEN.replace("sixteen", "twenty")), title="Twenty")
    assert touching.on_clauses([clause("2(1)")], ()) == ((number, "Twenty"),)
    assert touching.on_clauses([clause("2(1)")], (number,)) == ()
    assert touching.on_clauses([clause("3(1)")], ()) == ()


def test_adding_a_change_twice_offers_a_clause_once():
    begun = proposal_page.start(clause("2(1)"), Act.REWORD)
    extended = drafting.extended(begun, clause("2"), Act.REWORD)
    assert len({one.clause for one in extended.changes}) == len(extended.changes) == 4
