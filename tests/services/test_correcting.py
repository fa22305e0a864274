"""Corrections: proposed by those whom the rules name, stopped by one objection, made when nothing is being decided."""

from dataclasses import replace
from datetime import timedelta

import allotment
import make
import pytest
from allotment import (
    FFION,
    LEONARD,
    NOON,
    ROSA,
    SIXTEEN,
    TOBIAS,
    clause,
    in_force,
    member,
    on_desk,
    propose,
    reword,
    seconded,
)

import store.adoptions
import store.amendments
from services import auditing, compositing, correcting, enrolling, origins
from services.belonging import NotOfTheElectorate
from services.correcting import CannotCorrect

pytestmark = pytest.mark.usefixtures("database")

RULES = """
[[electorate]]
id = "drafters"
label = "the drafters"
bodies = ["Drafters"]
[adoption]
editorial = { by = "drafters", objection = "7d" }
"""
WEEK = NOON + timedelta(days=7)
WRONG = allotment.BOOK.replace("Notice of", "Notise of").replace("clause 2(3)", "clause 9(9)")


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()
    allotment.revise(WRONG)
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + RULES, NOON)


def drafter():
    return replace(member(FFION), body="Drafters")


def correct(label: str = "2(2)", text: str = allotment.NOTICE, by=None) -> int:
    return correcting.propose(by or drafter(), clause(label), ("", text), "A slip of the pen.", NOON)


def stands(number: int, at=NOON) -> str:
    return next(one.stands for one in correcting.page(None, at).shown if one.correction.id == number)


def test_what_nobody_stops_in_time_is_the_next_edition_and_what_is_open_is_placed_on_it():
    open_ = propose(reword("2(1)", SIXTEEN.replace("sixteen", "twelve")), by=LEONARD)
    number = correct()
    assert stands(number) == "Any member can stop it until 29 November 2026 at 12:00 (UTC)."
    assert correcting.bring_due(WEEK - timedelta(seconds=1)) == ()
    other = correct("1(2)", "A member who leaves a plot untended for two seasons may be expelled under clause 2(3).")
    (made,) = correcting.bring_due(WEEK)
    assert (made.number, in_force().digest) == (3, made.digest)
    assert in_force().constitution[clause("2(2)")].text == allotment.NOTICE
    assert in_force().constitution[clause("1(2)")].text.endswith(f"under clause [[{clause('2(3)')}]].")
    assert stands(number, WEEK) == stands(other, WEEK) == "Made with edition 3."
    assert correcting.bring_due(WEEK) == ()
    assert store.amendments.by_number(open_).state == "seeking-seconders"
    assert auditing.verify() == ()
    found = {one.label: one.passages for one in origins.page(3).clauses}
    assert [(one.origin.edition, one.origin.corrected) for one in found["2(2)"]] == [(2, (3,))]
    make.changed_by_hand("UPDATE corrected SET corrections = '[1]'", "corrected")
    assert [one.message.partition(" is not")[0] for one in auditing.verify()] == [
        "The list of corrections on edition 3"
    ]


def test_one_objection_stops_it():
    number = correct()
    correcting.object_to(member(ROSA), number, "It was meant so.", WEEK - timedelta(seconds=1))
    assert correcting.bring_due(WEEK) == ()
    assert (in_force().number, stands(number, WEEK)[:26]) == (2, "Stopped by an objection: o")
    with pytest.raises(CannotCorrect):
        correcting.object_to(member(TOBIAS), number, "I too.", NOON)
    assert auditing.verify() == ()
    make.changed_by_hand("UPDATE correction_objection SET reason = 'x'", "correction_objection")
    assert len(auditing.verify()) == 1


def test_only_those_whom_the_rules_name_correct_and_only_slips():
    with pytest.raises(NotOfTheElectorate):
        correct(by=member(ROSA))
    for text in (
        allotment.NOTICE.replace("two", "one"),
        "Notise of a general meeting is given two weeks before it, by post.",
    ):
        with pytest.raises(CannotCorrect):
            correct(text=text)
    with pytest.raises(CannotCorrect, match="what is wrong"):
        correcting.propose(drafter(), clause("2(2)"), ("", allotment.NOTICE), " ", NOON)
    enrolling.set_up("Allotment Society", allotment.RULEBOOK, NOON)
    with pytest.raises(NotOfTheElectorate, match="the rules name nobody who corrects the text"):
        correct()
    assert store.adoptions.corrections() == ()


def test_a_correction_waits_while_a_text_is_being_decided():
    number = correct()
    composite = on_desk(seconded(reword("3(1)", "The pump is blue.")))
    assert correcting.bring_due(WEEK) == ()
    assert "as soon as no draft waits" in stands(number, WEEK)
    compositing.abandon(member(FFION), composite, WEEK)
    assert correcting.bring_due(WEEK)[0].number == 3


def test_a_correction_of_words_that_were_changed_meanwhile_is_overtaken():
    number = correct()
    allotment.revise(WRONG.replace("Notise of a general meeting", "Notise"))
    assert correcting.bring_due(WEEK) == ()
    assert stands(number, WEEK) == "Overtaken: the clause reads otherwise by now."
