"""Every member hears once that a stage has opened and that it will close, and of each date that is changed."""

from datetime import UTC, datetime, timedelta

import allotment
import pytest
import sqlalchemy as sa
from allotment import HARRIET, MEERA, member

import store
import store.processes
from members.notices import Kind
from services import notifying, timing
from services.reminding import NEWS, SOON, remind
from store.database import db
from store.tables import NoticeRow

STAGES = """
[process]
name = "Summer revision"
timezone = "Europe/London"

[[stage]]
id = "amendments"
label = "Amendments"
opens = "2026-04-01 09:00"
closes = "2026-06-28 12:00"
allows = ["amendment", "second", "withdraw"]

[[stage]]
id = "merging"
label = "Merging"
opens = "amendments.closes"
closes = "opens + 1d"

[[instrument.amendment.seconding]]
from = "members"
count = 2
"""
OPENS = datetime(2026, 4, 1, 8, tzinfo=UTC)
CLOSES = datetime(2026, 6, 28, 11, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _staged(database):
    allotment.found()
    with store.transaction():
        store.processes.set("Allotment Society", STAGES)
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE member SET email = handle || '@example.org'"))


def told():
    db.session.rollback()
    return db.session.scalars(sa.select(NoticeRow).order_by(NoticeRow.id)).all()


def test_a_stage_that_has_opened_is_told_once_to_everybody():
    assert remind(OPENS - SECOND) == 0
    assert [remind(OPENS), remind(OPENS), remind(OPENS + SECOND)] == [len(allotment.PEOPLE), 0, 0]
    first = told()[0]
    assert (first.kind, first.subject) == (
        "stage-opening",
        '"Amendments" opens on 1 April 2026 at 09:00 (Europe/London)',
    )
    assert "Possible in that time: an amendment, seconding and withdrawing.\n\n/rules" in first.body


def test_a_stage_that_opened_long_ago_is_no_news():
    assert remind(OPENS + NEWS) == 0


def test_a_stage_that_will_close_is_told_once_in_time():
    assert remind(CLOSES - SOON - SECOND) == 0
    assert [remind(CLOSES - SOON), remind(CLOSES - SECOND)] == [len(allotment.PEOPLE), 0]
    first = told()[0]
    assert (first.kind, first.at) == ("stage-closing-soon", CLOSES - SOON)
    assert first.subject == '"Amendments" closes on 28 June 2026 at 12:00 (Europe/London)'


def test_of_a_short_stage_both_are_told_when_it_opens():
    assert remind(CLOSES) == 2 * len(allotment.PEOPLE)
    assert {one.kind for one in told()} == {"stage-opening", "stage-closing-soon"}
    assert "Possible until then: reading." in told()[-1].body


def test_who_wants_to_hear_of_neither_does_not():
    notifying.choose(member(MEERA), {Kind.STAGE_OPENING: "none"})
    assert remind(OPENS) == len(allotment.PEOPLE) - 1


def test_a_changed_date_is_told_to_everybody_with_its_reason_and_then_holds():
    later = CLOSES + timedelta(days=2)
    timing.change_date(member(HARRIET), "amendments.closes", later, "The post was late.", OPENS)
    assert [one.kind for one in told()] == ["stage-dates"] * len(allotment.PEOPLE)
    body = told()[0].body
    assert "closes\n  on 30 June 2026 at 12:00 (Europe/London)\nand not" in body
    assert "28 June 2026 at 12:00 (Europe/London)\n" in body
    assert "  > The post was late.\n" in body
    assert remind(CLOSES - SOON) == 0
    assert remind(later - SOON) == len(allotment.PEOPLE)


def test_a_date_that_is_not_changed_is_not_told():
    with pytest.raises(timing.NoReasonForDate):
        timing.change_date(member(HARRIET), "amendments.closes", CLOSES + SECOND, "", OPENS)
    assert told() == []
