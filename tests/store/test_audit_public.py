"""Dates, agendas, points, objections and the bodies that move amendments: a row that is changed, gone or put in is found."""

from datetime import date, timedelta, timezone

import make
import pytest

import store
import store.bodies
import store.points
import store.publications
import store.seconds
import store.stages
from amendments.points import Side
from constitution.digest import text_digest
from rulebook.kinds import Order
from store.bodies import Decision

BRITISH_SUMMER = timezone(timedelta(hours=1))


@pytest.fixture
def told(database):
    """One of each, recorded; the date in the log in the zone of the process."""
    rosa, omar = make.members("rosa", "omar")
    base = make.edition()
    amended = make.amendment(rosa, base)
    subject, at = f"amendment {amended.number}", make.after(5)
    closes = make.after(600)
    with store.transaction():
        store.stages.put("proposals", "closes", moment=closes, reason="The hall burnt down.", at=at)
        to = closes.astimezone(BRITISH_SUMMER).isoformat()
        make.log("change-date", "stage proposals", at, edge="closes", to=to, reason="The hall burnt down.")
        store.stages.put("invitation", "event", moment=make.after(1), reason="Sent.", at=at)
        make.log("event", "event invitation", at, moment=make.after(1).isoformat(), reason="Sent.")
        items, agenda = [amended.number], {"title": "Final", "ordered_by": "text", "draft": None}
        store.publications.add(title="Final", ordered_by=Order.TEXT, draft=None, items=items, member=omar.id, at=at)
        make.log("publish-agenda", "publication 1", at, "omar", **agenda, items=items)
        point = store.points.add(amended.number, omar, Side.FOR, "It is fair.", at=at)
        make.log("add-point", subject, at, "omar", point=point.id, n=1, side="for", digest=text_digest("It is fair."))
        store.seconds.object_to(amended.version.id, omar, "Not what I seconded.", at=at)
        note = "A seconder objected to version 1: Not what I seconded."
        make.log("object-to-text", subject, at, "omar", version=2, note=note)
    return amended


def messages():
    return [fault.message for fault in store.log.verify()]


def test_what_is_as_it_was_recorded_is_no_fault(told):
    assert messages() == []


@pytest.mark.parametrize(("table", "change", "said"), [
    ("stage_date", "moment = '2031-01-01T00:00:00.000000+00:00' WHERE edge = 'closes'", "A date on stage proposals is not"),
    ("stage_date", "reason = 'We forgot.' WHERE edge = 'closes'", "A date on stage proposals is not"),
    ("stage_date", "reason = 'Not sent.' WHERE edge = 'event'", "A date on event invitation is not"),
    ("publication", "title = 'Draft'", "An agenda on publication 1 is not"),
    ("publication_item", "agenda = 2", ""),  # the order is what counts
    ("point_version", "text = 'It is unfair.'", "A point on amendment 1 is not"),
    ("version_objection", "reason = 'Fine.'", "An objection to a text on amendment 1 is not"),
])  # fmt: skip
def test_a_changed_row_is_found(told, table, change, said):
    make.changed_by_hand(f"UPDATE {table} SET {change}", table)
    found = messages()
    assert len(found) == bool(said)
    assert all(one.startswith(said) for one in found)


@pytest.mark.parametrize(
    ("table", "called"),
    [
        ("stage_date", "A date"),
        ("publication_item", "An agenda"),
        ("point_version", "A point"),
        ("version_objection", "An objection to a text"),
    ],
)
def test_a_row_that_is_gone_is_found(told, table, called):
    make.changed_by_hand(f"DELETE FROM {table}", table)
    assert {one.split(" on ")[0] for one in messages()} == {called}


def test_a_date_and_a_body_that_were_never_logged_are_found(told):
    with store.transaction():
        store.stages.put("proposals", "closes", moment=make.after(900), reason="Later.", at=make.after(6))
        store.bodies.set_mover(told.number, Decision("branch", "Tamar", date(2026, 1, 1), "7"))
    assert sorted(messages()) == [
        "A date on stage proposals is not recorded in the log.",
        "The body that moved an amendment on amendment 1 is not recorded in the log.",
    ]
