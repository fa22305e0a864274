"""What the feeds are made of, on both databases."""

from datetime import timedelta

import allotment
import make
import pytest
import sqlalchemy as sa
from allotment import GRACE, NOON, ROSA, clause, propose, reword, strike

from constitution.clause import UnknownClause
from services import feeds
from services.feeds import UnknownBranch
from store.database import db

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE member SET branch = 'Fen' WHERE handle = 'meera-nair'"))


def names(feed):
    return [one.name for one in feed.entries]


def test_what_changed_last_comes_first_whether_its_text_or_its_state():
    propose(strike("3(1)"))
    propose(reword("2(1)", "Ten."), by=ROSA)
    propose(strike("3(2)"), by=GRACE)
    allotment.refuse(2, "Out of order.", NOON + timedelta(seconds=1))
    assert names(feeds.amendments()) == ["amendments/2", "amendments/3", "amendments/1"]
    assert names(feeds.branch("Fen")) == ["amendments/1"]
    of_water = feeds.clause(clause("3"))
    assert names(of_water)[:2] == ["amendments/3", "amendments/1"]
    assert of_water.updated == NOON
    assert feeds.amendments().updated == NOON + timedelta(seconds=1)


def test_a_feed_costs_as_many_queries_however_much_it_tells():
    for _ in range(6):
        propose(strike("3(1)"))
    with make.at_most(queries=3):
        assert len(feeds.amendments().entries) == 6


def test_what_was_never_there_has_no_feed():
    with pytest.raises(UnknownClause):
        feeds.clause("nowhere")
    with pytest.raises(UnknownBranch, match="no branch Marsh"):
        feeds.branch("Marsh")
