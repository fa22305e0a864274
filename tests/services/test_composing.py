"""What is on the desk is brought together once, and again when an amendment comes or changes."""

import allotment
import pytest
from allotment import FFION, LEONARD, NOON, SIXTEEN, clause, member, on_desk, reword, seconded, strike

import store
import store.amendments
from amendments.changes import Reword, digest
from services import composing, compositing
from store.database import db

pytestmark = pytest.mark.usefixtures("database")


def test_a_desk_is_composed_once_and_anew_when_a_text_changes_or_an_amendment_comes(database):
    allotment.found()
    first = seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twenty")))
    number = on_desk(first, seconded(strike("3(1)"), by=LEONARD))
    composing.prepare()
    desk = compositing.open_desk(number)
    db.session.remove()
    assert compositing.open_desk(number).composition is desk.composition
    assert [one.number for one in desk.amendments] == [1, 2]
    edits = [Reword(clause("2(1)"), SIXTEEN.replace("sixteen", "ten"))]
    with store.transaction():
        said = {"base_edition": 1, "edits": edits, "digest": digest(edits, desk.base.digest)}
        store.amendments.add_version(desk.amendments[0], title="Ten", reason="Fewer.", at=NOON, **said)
    assert compositing.open_desk(number).composition.sides["A1"] == tuple(edits)
    compositing.take_up(member(FFION), number, [seconded(strike("2(1)"), by=LEONARD)], NOON)
    desk = compositing.open_desk(number)
    assert [list(desk.composition.sides), len(desk.amendments)] == [["A1", "A2", "A3"], 3]
