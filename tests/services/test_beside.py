"""What follows from a draft is offered, and words are replaced everywhere or only where it is wanted."""

from dataclasses import replace

import allotment
import pytest
from allotment import NOTICE, SIXTEEN, clause, new_id, proposal, reword, strike

from services import beside, drafting
from services.beside import NotThereAnyMore, Sought
from services.proposal import Act, Unacceptable

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()


def texts(wanted):
    return {one.clause: one.text for one in wanted.changes if one.act is Act.REWORD}


def follows(wanted):
    shown = drafting.preview(wanted, new_id)
    return beside.following(shown.text, shown.drafted)


def test_a_reference_to_what_is_struck_is_named():
    found = follows(proposal(strike("2(3)")))
    assert [one.clause for one in found if one.nature == "dangling"] == [clause("1(2)")]


def test_a_change_that_follows_is_taken_up_with_one_press():
    book = allotment.BOOK.replace("under clause 2(3)", "under clauses 2(2) and 2(3)")
    allotment.revise(book)
    wanted = proposal(strike("2(3)"))
    [one] = [one for one in follows(wanted) if one.edit]
    after = beside.taken_up(wanted, one.key, new_id)
    assert texts(after)[clause("1(2)")].endswith("may be expelled under clause 2(2).")
    assert [one for one in follows(after) if one.edit] == []
    with pytest.raises(NotThereAnyMore):
        beside.taken_up(after, one.key, new_id)


def find(wanted, **sought):
    return beside.found(wanted, Sought(**sought), new_id)


def test_every_place_is_found_and_any_of_them_changed():
    wanted = proposal()
    found = find(wanted, old="general meeting", new="assembly")
    assert [label for label, _ in found.places] == ["2(1)", "2(2)", "2(3)"]
    keys = [one.key for _, one in found.places]
    some = beside.replaced(wanted, Sought("general meeting", "assembly"), keys[:2], new_id)
    assert texts(some) == {
        clause("2(1)"): SIXTEEN.replace("general meeting", "assembly"),
        clause("2(2)"): NOTICE.replace("general meeting", "assembly"),
    }


def test_what_was_typed_before_stays_when_words_are_replaced_in_it():
    wanted = proposal(reword("2(1)", SIXTEEN.replace("sixteen", "twenty")))
    found = find(wanted, old="General Meeting", new="assembly")
    after = beside.replaced(wanted, Sought("general meeting", "assembly"), [one.key for _, one in found.places], new_id)
    assert texts(after)[clause("2(1)")] == SIXTEEN.replace("sixteen", "twenty").replace("general meeting", "assembly")
    assert len(after.changes) == 3


@pytest.mark.parametrize(
    ("sought", "field"),
    [
        ({"old": ""}, "sought"),
        ({"old": "pump", "new": "pump"}, "instead"),
        ({"old": "x" * 5000, "new": "y"}, "sought"),
        ({"old": "a\x00b", "new": "y"}, "sought"),
        ({"old": "pump", "new": "\x00"}, "instead"),
    ],
)
def test_words_that_cannot_be_sought_are_told_beside_their_field(sought, field):
    with pytest.raises(Unacceptable) as refusal:
        find(proposal(), **sought)
    assert set(refusal.value.problems) == {field}


def test_without_a_tick_nothing_is_replaced():
    with pytest.raises(Unacceptable, match="Tick at least one place"):
        beside.replaced(proposal(), Sought("pump", "well"), ["made-up"], new_id)


def test_a_draft_that_does_not_go_together_has_no_consequences():
    both = (strike("2"), reword("2(1)", "Twenty."))
    with pytest.raises(Unacceptable):
        find(replace(proposal(), changes=both), old="pump", new="well")
