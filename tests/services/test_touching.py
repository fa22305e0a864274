"""What else touches a draft is known as soon as it is proposed, changed or ended."""

import allotment
import pytest
from allotment import LEONARD, MEERA, NOON, ROSA, SIXTEEN, clause, member, propose, reword, strike

import store
import store.amendments
import store.editions
from amendments.edit import Reword, rebuilt
from services import amendment_page, drafting, touching
from services.proposal import Act
from services.touching import others

pytestmark = pytest.mark.usefixtures("database")
TWENTY, THIRTY = SIXTEEN.replace("sixteen", "twenty"), SIXTEEN.replace("sixteen", "thirty")


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()


def drafted(text=TWENTY):
    proposal = allotment.proposal(reword("2(1)", text))
    return drafting.preview(proposal, allotment.new_id).edits


def met(text=TWENTY, leaving_out=()):
    found, more = others(drafted(text), allotment.in_force().constitution, leaving_out)
    return [one.met.number for one in found], more


def test_whoever_asks_for_the_same_is_told_so_with_its_redline_and_mover():
    number = propose(reword("2(1)", TWENTY), by=LEONARD)
    [one], more = others(drafted(), allotment.in_force().constitution, ())
    assert (one.met.number, one.mover.handle, more, one.met.exactly) == (number, LEONARD, 0, True)
    assert one.sentences == ("It would make exactly the same change to 2(1).",)
    assert [row.label_after for row in one.redline] == ["2(1)"]


def test_what_is_proposed_changed_or_withdrawn_is_known_at_once():
    assert met() == ([], 0)
    first = propose(reword("2(1)", THIRTY))
    assert met() == ([first], 0)
    second = propose(strike("2(1)"), by=ROSA)
    assert set(met()[0]) == {first, second}
    drafting.withdraw(member(MEERA), first, "Done.", NOON)
    assert met() == ([second], 0)
    assert met(leaving_out=(second,)) == ([], 0)


def test_another_edition_is_another_index():
    first = propose(reword("2(1)", THIRTY))
    assert met() == ([first], 0)
    allotment.revise(allotment.BOOK.replace("The pump", "The old pump"))
    assert met() == ([first], 0)


def test_many_changes_at_once_make_the_index_anew(monkeypatch):
    monkeypatch.setattr(touching, "MOST_AT_ONCE", 1)
    assert met() == ([], 0)
    numbers = [propose(reword("2(1)", SIXTEEN.replace("sixteen", f"{n}"))) for n in range(20, 27)]
    found, more = met()
    assert (len(found), more) == (touching.SHOWN, len(numbers) - touching.SHOWN)


def test_what_only_touches_the_clause_is_found_without_a_text():
    number = propose(strike("2(1)"))
    assert touching.on_clauses([clause("2(1)")], ()) == ((number, "A better rule"),)
    assert store.amendments.by_number(number).title == "A better rule"


def test_after_an_adoption_an_amendment_meets_a_draft_as_it_is_placed_on_the_new_edition():
    number = propose(reword("2(1)", TWENTY), by=LEONARD)
    book = allotment.in_force().constitution
    newer = rebuilt((Reword(clause("2(1)"), f"{SIXTEEN} Proxies are not counted."),), book)
    with store.transaction():
        store.editions.add(newer, at=NOON, note="Proxies", adopted_from=None)
    [one], more = others(drafted(f"{TWENTY} Proxies are not counted."), newer, ())
    assert (one.met.number, one.met.exactly, more) == (number, True, 0)


def test_after_another_edition_the_index_is_as_if_it_were_made_anew():
    propose(reword("2(1)", TWENTY), title="Twenty")
    propose(reword("2(2)", "Notice is given by post."), title="Post")
    propose(allotment.add(Act.ADD_AFTER, "2(1)", "Meetings are held in May."), title="May")
    propose(strike("3(1)"), title="No pump")
    drafts = [drafted(), drafted(allotment.text("3(2)")), drafted("Meetings are held in May, by post.")]
    texts = [
        allotment.BOOK.replace("The pump", "The old pump"),
        allotment.INDOORS.replace("1. The pump is shared by all members.\n2. Nobody", "1. Nobody"),
        allotment.INDOORS,
    ]
    for text in texts:
        touching.prepare()
        allotment.revise(text)
        edition = allotment.in_force()
        grown = touching.prepared(edition)
        touching._known.clear()
        anew = touching.prepared(edition)
        assert grown.known == anew.known
        for draft in drafts:
            here = [one for one in draft if one.clause in edition.constitution]
            assert grown.meeting(here, edition.constitution) == anew.meeting(here, edition.constitution)


def test_the_redline_beside_a_draft_is_that_of_the_amendments_own_page():
    added = allotment.add(Act.ADD_AFTER, "2(1)", "Proxies are not counted.")
    number = propose(reword("2(1)", TWENTY), strike("3(1)"), added, by=LEONARD)
    version = store.amendments.by_number(number).version
    base = allotment.in_force().constitution
    assert touching._changed(base, version.edits) == amendment_page.changes(base, version.edits)[0]
