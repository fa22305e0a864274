"""A draft becomes the next edition, and what is open is placed on it."""

import allotment
import pytest
from allotment import (
    FFION,
    LEONARD,
    NOON,
    ROSA,
    SIXTEEN,
    add,
    clause,
    in_force,
    member,
    on_desk,
    propose,
    reword,
    second,
    seconded,
    strike,
)

import store.amendments
import store.composites
import store.drafts
import store.log
from amendments.rebase import State as Place
from amendments.states import State
from constitution.numbering import number, own_number
from constitution.references import show
from members.permissions import NotAllowed
from services import amendment_page, auditing, drafting_final, ratifying
from services.proposal import Act

pytestmark = pytest.mark.usefixtures("database")

TWENTY = SIXTEEN.replace("sixteen", "twenty")


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()


def freeze(*numbers: int) -> store.drafts.Draft:
    return store.drafts.by_number(drafting_final.freeze(member(FFION), on_desk(*numbers), NOON))


def adopt(draft: store.drafts.Draft) -> None:
    ratifying.adopt(member(FFION), draft.number, draft.digest, NOON)


def printed(label: str) -> str:
    book = in_force().constitution
    return show(book[clause(label)].text, number(book), own_number(book))


def test_an_adopted_draft_is_the_next_edition_with_the_digest_that_was_frozen():
    draft = freeze(seconded(reword("2(1)", TWENTY)))
    adopt(draft)
    assert (in_force().number, in_force().digest, in_force().adopted_from) == (2, draft.digest, draft.number)
    assert store.amendments.by_number(1).state is State.IN_FORCE
    assert store.drafts.by_number(1).state == "adopted"


def test_numbers_and_references_follow_by_themselves():
    adopt(freeze(seconded(add(Act.ADD_BEFORE, "2(1)", "Meetings are held indoors."))))
    assert printed("2(2)") == SIXTEEN
    assert printed("1(2)").endswith("expelled under clause 2(4).")
    assert "clause 2(2) is met" in printed("3(2)")


def test_a_digest_that_was_not_decided_on_adopts_nothing():
    draft = freeze(seconded(reword("2(1)", TWENTY)))
    with pytest.raises(ratifying.CannotAdopt):
        ratifying.adopt(member(FFION), draft.number, "0" * 64, NOON)
    assert in_force().number == 1


def test_a_draft_is_adopted_once():
    draft = freeze(seconded(reword("2(1)", TWENTY)))
    adopt(draft)
    with pytest.raises(ratifying.CannotAdopt):
        adopt(draft)


def test_a_draft_made_on_an_edition_that_is_no_longer_in_force_is_not_adopted():
    draft = freeze(seconded(reword("2(1)", TWENTY)))
    allotment.revise(allotment.BOOK.replace("noon", "one"))
    with pytest.raises(ratifying.CannotAdopt):
        adopt(draft)


def test_only_the_committee_adopts():
    draft = freeze(seconded(reword("2(1)", TWENTY)))
    with pytest.raises(NotAllowed):
        ratifying.adopt(member(ROSA), draft.number, draft.digest, NOON)


def test_the_other_drafts_and_composites_on_the_old_edition_end_and_their_amendments_are_free_again():
    chosen, other = freeze(seconded(reword("2(1)", TWENTY))), freeze(seconded(strike("3(1)")))
    waiting = on_desk(seconded(reword("3(2)", "Nobody waters at noon.")))
    adopt(chosen)
    assert store.drafts.by_number(other.number).state == "superseded"
    assert store.composites.by_number(waiting).state == "abandoned"
    assert [store.amendments.by_number(n).state for n in (2, 3)] == [State.SECONDED, State.SECONDED]


def test_an_open_amendment_that_asked_for_the_same_is_overtaken_with_a_reason():
    draft = freeze(seconded(reword("2(1)", TWENTY)))
    same = propose(reword("2(1)", TWENTY), by=LEONARD)
    adopt(draft)
    assert store.amendments.by_number(same).state is State.OVERTAKEN
    assert amendment_page.page(same).history[-1].reason == "What it asks for is already in edition 2."


def test_an_open_amendment_of_a_struck_clause_is_overtaken():
    draft = freeze(seconded(strike("3(1)")))
    gone = propose(reword("3(1)", "The pump is blue."), by=LEONARD)
    adopt(draft)
    assert store.amendments.by_number(gone).state is State.OVERTAKEN


def test_an_open_amendment_of_the_same_words_stays_open_and_says_that_it_conflicts():
    draft = freeze(seconded(reword("2(1)", TWENTY)))
    other = propose(reword("2(1)", SIXTEEN.replace("sixteen", "twelve")), by=LEONARD)
    adopt(draft)
    page = amendment_page.page(other)
    assert page.amendment.state is State.SEEKING_SECONDERS
    assert page.placement is not None
    assert page.placement.state is Place.CONFLICT


def test_an_amendment_made_before_an_adoption_can_be_merged_after_it():
    draft = freeze(seconded(add(Act.ADD_BEFORE, "2(1)", "Meetings are held indoors.")))
    later = propose(reword("2(1)", TWENTY), by=LEONARD)
    adopt(draft)
    second(later, ROSA, FFION)
    adopt(freeze(later))
    assert (printed("2(1)"), printed("2(2)")) == ("Meetings are held indoors.", TWENTY)


def test_the_whole_story_verifies():
    adopt(freeze(seconded(reword("2(1)", TWENTY))))
    assert auditing.verify() == ()
    assert store.log.entries(limit=1)[0].act == "adopt"
