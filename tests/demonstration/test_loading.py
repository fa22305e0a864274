import os
import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

import store.amendments
import store.bodies
import store.composites
import store.drafts
import store.editions
import store.log
import store.members
import store.processes
from amendments.composite import OpenConflict
from amendments.states import State
from app import create_app
from config import Environment, Settings
from constitution.references import references
from demonstration.amendments import AMENDMENTS, MERGINGS
from demonstration.loading import NUMBERS, NotEmpty, is_empty, load, load_if_empty
from demonstration.people import PERSONAS, person
from services import seconding, supporting, timing
from services.compositing import open_desk
from services.drafting_final import settled
from store.database import db

NOW = datetime(2026, 3, 2, 0, 5, tzinfo=UTC)
pytestmark = pytest.mark.thorough  # the story is told by every test of a page too, and its telling takes long
EACH = pytest.mark.parametrize("amendment", AMENDMENTS, ids=lambda one: one.key)


@pytest.fixture(scope="module")
def told(made_once, migrated, tmp_path_factory):
    """A database in which the story has been told once; the tests below only read it."""
    kept = made_once("told", partial(tell, migrated))
    app = over(shutil.copy(kept, tmp_path_factory.mktemp("told") / "redraft.sqlite3"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def tell(migrated, file):
    """Make the file in which the story has been told."""
    with over(shutil.copy(migrated, file)).app_context():
        load(NOW)
        db.session.remove()
        db.engine.dispose()


def over(file):
    return create_app(Settings(Environment.DEVELOPMENT, f"sqlite:///{file}", "t" * 40, demonstration_sign_in=False))


@pytest.fixture
def story(told):
    with told.app_context():
        yield


def test_the_story_is_told_only_once(story):
    assert not load_if_empty(NOW)
    with pytest.raises(NotEmpty):
        load(NOW)
    assert list(store.log.verify()) == []


# On SQLite it is told for the tests above; once more would be nine seconds for nothing.
if os.environ.get("TEST_DATABASE_URL"):

    def test_the_story_is_told_on_postgresql_as_well(database):
        assert load_if_empty(NOW)
        assert list(store.log.verify()) == []


def test_a_migrated_database_is_empty(database):
    assert is_empty()


@EACH
def test_every_amendment_has_come_to_its_fate(story, amendment):
    kept = store.amendments.by_number(NUMBERS[amendment.key])
    assert (kept.version.title, kept.mover.handle) == (amendment.title, amendment.mover)
    assert kept.state == State(amendment.fate.value)
    assert len(store.amendments.seconds(kept)) == amendment.seconds
    assert supporting.standing(kept).met == amendment.has_seconders


@EACH
def test_a_branch_decided_after_it_was_moved_and_before_that_was_entered(story, amendment):
    kept = store.amendments.by_number(NUMBERS[amendment.key])
    seconds = store.bodies.seconds(kept)
    assert [(one.decision.kind, one.decision.name) for one in seconds] == [("branch", amendment.branch)] * len(seconds)
    assert len(seconds) == bool(amendment.branch)
    for one in seconds:
        assert kept.created.date() <= one.decision.decided < one.at.date()
        assert one.decision.minute.startswith("Branch meeting, minute ")


@pytest.mark.parametrize("days", [0, 14, 35])
@pytest.mark.parametrize("act", ["amendment", "second", "withdraw", "rule", "merge"])
def test_a_visitor_may_try_everything_today_and_for_weeks_to_come(story, act, days):
    assert timing.closed(act, NOW + timedelta(days=days)) == ""


def test_the_stages_are_counted_from_the_invitation(story):
    first = timing.dates().periods[0]
    assert first.opens.at == NOW.replace(hour=10, minute=0) - timedelta(weeks=10)
    assert not any(one.is_open(NOW) for one in timing.dates().periods[1:])


def test_there_are_three_editions_and_no_reference_is_lost(story):
    assert [line.number for line in store.editions.listing()] == [1, 2, 3]
    for number in (1, 2, 3):
        found = references(store.editions.load(number).constitution)
        assert [one.text for one in found if one.target is None] == []


def test_a_draft_is_frozen_and_a_composite_has_a_conflict_open(story):
    assert [one.state for one in store.drafts.listing()].count("frozen") == 1
    (composite,) = [one for one in store.composites.listing() if one.state == "open"]
    assert composite.amendments == tuple(sorted(NUMBERS[key] for key in MERGINGS[-1].amendments))
    with pytest.raises(OpenConflict):
        settled(open_desk(composite.number))


def test_the_roll_and_the_rules_are_kept(story):
    assert store.members.count() == 300
    assert store.processes.current().organisation == "The Footpath Union"
    assert all(store.members.by_handle(one.handle) for one in PERSONAS)


def test_the_log_tells_ten_weeks_in_order(story):
    times = [one.at for one in store.log.entries(limit=10_000)]
    times.sort()
    assert times[0] > NOW - timedelta(weeks=11)
    assert NOW - timedelta(weeks=9) > times[0]
    assert NOW - timedelta(days=2) < times[-1] < NOW


def test_the_log_holds_every_act(story):
    acts = Counter(one.act for one in store.log.entries(limit=10_000))
    assert acts["propose"] == len(AMENDMENTS)
    assert acts["second"] == sum(one.seconds for one in AMENDMENTS)
    assert acts["second-for-body"] == sum(bool(one.branch) for one in AMENDMENTS)
    assert acts["event"] == 1
    assert (acts["freeze"], acts["adopt"], acts["withdraw"]) == (3, 2, 3)
    assert (acts["appeal"], acts["decide-appeal"], acts["recommend"]) == (2, 1, 3)


def test_a_visitor_can_be_the_one_who_is_missing(story):
    seeking = store.amendments.listing(State.SEEKING_SECONDERS)
    standings = supporting.standings(seeking)
    nearly = [one for one in seeking if standings[one.number].missing == 1]
    assert len(nearly) >= 4
    lacking = {part.what for one in nearly for part in standings[one.number].routes[1].parts if part.missing}
    assert lacking == {"member", "branch"}
    played = {one.handle for one in PERSONAS}
    for amendment in seeking:
        assert not played & {one.member.handle for one in store.amendments.seconds(amendment)}
        assert store.bodies.seconds(amendment) == ()


def test_for_what_lacks_one_more_branch_most_visitors_are_of_another(story):
    kept = store.amendments.by_number(NUMBERS["third-rate"])
    assert supporting.standing(kept).sentence == "0 of 1 branch; or 20 of 20 members, 2 of 3 branches"
    branches = {one.member.branch for one in store.amendments.seconds(kept)}
    assert sum(person(one.handle).branch not in branches for one in PERSONAS) >= 5


def test_the_secretary_of_a_branch_may_second_for_it(story):
    assert seconding.office(store.members.by_handle("callum-drummond")) == ("branch", "Glen and Loch")
