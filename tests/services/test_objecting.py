"""Members object to a frozen draft in the time that the rules give, and it is not adopted before that is over."""

from datetime import timedelta

import allotment
import make
import pytest
from allotment import FFION, HARRIET, MEERA, NOON, ROSA, member, on_desk, seconded, strike

import store.drafts
import store.log
from services import auditing, draft_page, drafting_final, enrolling, objecting, ratifying
from services.timing import StageClosed

pytestmark = pytest.mark.usefixtures("database")

STAGES = """
[[stage]]
id = "work"
opens = "2026-11-01"
closes = "2026-11-23"
allows = ["amendment", "second", "merge"]
[[stage]]
id = "objections"
closes = "opens + 1w"
allows = ["object", "merge"]
"""
OPEN, OVER = NOON + timedelta(days=2), NOON + timedelta(days=10)


@pytest.fixture
def draft(database) -> store.drafts.Draft:
    allotment.found()
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + STAGES, NOON)
    number = on_desk(seconded(strike("3(1)")))
    return store.drafts.by_number(drafting_final.freeze(member(FFION), number, NOON))


def shown(number: int, at=OPEN, handle=ROSA) -> objecting.Objecting:
    return draft_page.page(number, at, member(handle)).objecting


def test_a_member_objects_once_says_it_otherwise_and_takes_it_back(draft):
    objecting.object_to(member(ROSA), draft.number, "Too hasty.", OPEN)
    objecting.object_to(member(MEERA), draft.number, "The pump!", OPEN)
    objecting.object_to(member(ROSA), draft.number, "Much too hasty.", OPEN)
    found = shown(draft.number)
    assert [(one.member.handle, one.reason) for one in found.objections] == [
        (MEERA, "The pump!"), (ROSA, "Much too hasty."),
    ]  # fmt: skip
    assert found.mine == found.objections[1]
    objecting.take_back(member(ROSA), draft.number, OPEN)
    assert len(shown(draft.number).objections) == 1
    with pytest.raises(objecting.CannotObject):
        objecting.take_back(member(ROSA), draft.number, OPEN)
    entry = store.log.entries(limit=1)[0]
    assert (entry.act, entry.subject) == ("take-back-objection", "draft 1")
    assert auditing.verify() == ()
    make.changed_by_hand("UPDATE draft_objection SET reason = 'Fine.' WHERE reason = 'The pump!'", "draft_objection")
    assert [one.message.partition(" that")[0] for one in auditing.verify()] == [
        "An objection on draft 1 is not as entry 11 of the log recorded it."
    ]


def test_an_objection_needs_a_reason_a_member_and_its_time(draft):
    with pytest.raises(objecting.CannotObject):
        objecting.object_to(member(ROSA), draft.number, " ", OPEN)
    with pytest.raises(PermissionError):
        objecting.object_to(member(HARRIET), draft.number, "No.", OPEN)
    with pytest.raises(StageClosed, match="will open"):
        objecting.object_to(member(ROSA), draft.number, "No.", NOON)
    with pytest.raises(StageClosed, match="closed"):
        objecting.object_to(member(ROSA), draft.number, "No.", OVER)
    assert shown(draft.number, NOON).said.startswith("Objections will open on 24 November 2026")
    assert shown(draft.number, handle=HARRIET).may_not == "only members object to a draft"


def test_nothing_is_adopted_while_objections_can_be_made(draft):
    assert shown(draft.number).said == ("Objections can be made until the end of 30 November 2026 (UTC); 6 days left.")
    with pytest.raises(ratifying.CannotAdopt, match="Until then it cannot be adopted"):
        ratifying.adopt(member(FFION), draft.number, draft.digest, OPEN)
    ratifying.adopt(member(FFION), draft.number, draft.digest, OVER)
    with pytest.raises(objecting.CannotObject, match="is adopted"):
        objecting.object_to(member(ROSA), draft.number, "No.", OVER)


def test_rules_without_stages_give_no_time_for_objections(database):
    allotment.found()
    number = drafting_final.freeze(member(FFION), on_desk(seconded(strike("3(1)"))), NOON)
    with pytest.raises(objecting.CannotObject, match="no time for objections"):
        objecting.object_to(member(ROSA), number, "No.", NOON)
    assert (shown(number).known, shown(number).open) == (False, False)
