"""Setting an organisation up."""

import allotment
import pytest
from allotment import BOOK, NOON

import store.editions
import store.log
import store.members
from constitution.clause import Insertions, Practice, Repeals
from constitution.markup import parse
from constitution.numbering import number
from services import enrolling

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()


def test_the_first_edition_has_its_references_bound():
    assert f"[[{allotment.clause('2(3)')}]]" in allotment.text("1(2)")


def test_a_second_import_must_say_that_it_is_a_revision():
    with pytest.raises(enrolling.AlreadyHasConstitution):
        enrolling.import_constitution(parse(BOOK), NOON, note="Again")
    assert len(store.editions.listing()) == 1


def test_a_revision_that_revises_nothing_is_refused():
    with pytest.raises(enrolling.NothingRevised):
        enrolling.import_constitution(parse(BOOK), NOON, note="Again", revised=True)


def test_a_revision_keeps_the_identity_of_every_clause():
    before = number(allotment.in_force().constitution)
    enrolling.import_constitution(parse(BOOK.replace("sixteen", "twelve")), NOON, note="Fewer", revised=True)
    assert number(allotment.in_force().constitution) == before


def test_the_log_holds_how_many_were_enrolled_and_never_who():
    enrol = next(one for one in store.log.entries() if one.act == "enrol")
    assert enrol.payload == {"members": len(allotment.PEOPLE)}
    assert store.members.count() == len(allotment.PEOPLE)


def test_what_a_rule_book_does_with_its_numbers_is_chosen_at_the_import_and_stays():
    assert allotment.in_force().constitution.practice == Practice()
    lettered = parse(BOOK.replace("sixteen", "twelve"))
    enrolling.import_constitution(lettered, NOON, note="Letters", revised=True, insertions=Insertions.LETTERS)
    assert allotment.in_force().constitution.practice == Practice(Insertions.LETTERS)
    enrolling.import_constitution(parse(BOOK), NOON, note="As before", revised=True)
    assert allotment.in_force().constitution.practice == Practice(Insertions.LETTERS)


def test_another_way_of_numbering_is_a_revision_too():
    enrolling.import_constitution(parse(BOOK), NOON, note="Kept", revised=True, repeals=Repeals.KEEP)
    assert allotment.in_force().constitution.practice == Practice(repeals=Repeals.KEEP)
