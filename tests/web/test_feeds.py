"""The feeds: valid Atom, stable ids, no name that the public may not know, and no second sending of the same."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import allotment
import pytest
import society
import sqlalchemy as sa
from allotment import GRACE, INDOORS, MEERA, NOON, ROSA, clause, member, propose, reword, seconded, strike
from hypothesis import given
from hypothesis import strategies as st

import store.members
from amendments.states import State
from constitution.door import ForbiddenCharacter, normalise
from services import drafting, privacy
from services.feeds import Entry, Feed
from store.database import db
from web import atom
from web.atom import REPLACEMENT, Place

ATOM = "{http://www.w3.org/2005/Atom}"
PLACE = Place("https://rules.example.org", "/feeds/amendments.atom", "/amendments", "Allotment Society")
FIVE = tuple(NOON + timedelta(minutes=n) for n in range(5))


@pytest.fixture
def client(tmp_path):
    app = society.opened(tmp_path)
    with app.app_context():
        with db.engine.begin() as connection:
            connection.execute(sa.text("UPDATE member SET branch = 'Fen / Wold' WHERE handle = 'meera-nair'"))
        yield app.test_client()


def read(response):
    """The feed, checked for everything that RFC 4287 demands of it."""
    assert response.status_code == 200
    assert response.content_type == "application/atom+xml; charset=utf-8"
    root = ET.fromstring(response.data)
    assert root.tag == f"{ATOM}feed"
    checked(root)
    links = {one.get("rel"): one for one in root.findall(f"{ATOM}link")}
    assert links["self"].get("href") == f"http://127.0.0.1:5000{response.request.path}".replace(" ", "%20")
    assert links["self"].get("type") == "application/atom+xml"
    return root


def checked(root):
    """Section 4.1: what a feed and an entry must have, and have once."""
    entries = root.findall(f"{ATOM}entry")
    for one in (root, *entries):
        for tag in ("id", "title", "updated"):
            [found] = one.findall(f"{ATOM}{tag}")
            assert found.text
        datetime.fromisoformat(said(one, "updated"))
        assert said(one, "id").startswith("tag:")
        assert " " not in said(one, "id")
        assert [link.get("rel") for link in one.findall(f"{ATOM}link")].count("alternate") == 1
    assert said(root, "author/name")  # holds for every entry that has none of its own
    assert all(author.findtext(f"{ATOM}name") for author in root.iter(f"{ATOM}author"))
    ids = [said(one, "id") for one in (root, *entries)]
    assert len(set(ids)) == len(ids)
    moments = [said(one, "updated") for one in entries]
    assert moments == sorted(moments, reverse=True)
    assert not moments or said(root, "updated") == moments[0]


def said(one, path):
    return one.findtext("/".join(f"{ATOM}{tag}" for tag in path.split("/")))


def titles(root):
    return [said(one, "title") for one in root.findall(f"{ATOM}entry")]


def test_every_page_names_the_feed_of_amendments_and_a_page_its_own(client):
    number = propose(strike("3(1)"))
    for page, feed in (
        ("/", "/feeds/amendments.atom"),
        (f"/amendments/{number}", f"/feeds/amendments/{number}.atom"),
        (f"/constitution/clauses/{clause('3')}", f"/feeds/clauses/{clause('3')}.atom"),
    ):
        assert 'type="application/atom+xml" title=' in client.get(page).text.split(f'href="{feed}"')[0]
        assert client.get(feed).status_code == 200


def test_amendments_come_latest_change_first_and_keep_their_id(client):
    first, second = propose(strike("3(1)"), title="No pump"), propose(strike("3(2)"), title="Water at noon")
    before = read(client.get("/feeds/amendments.atom"))
    assert titles(before) == ["A2 Water at noon", "A1 No pump"]
    allotment.refuse(first, at=NOON + timedelta(hours=1))
    after = read(client.get("/feeds/amendments.atom"))
    assert titles(after) == ["A1 No pump", "A2 Water at noon"]
    ids = [{said(one, "title"): said(one, "id") for one in feed.findall(f"{ATOM}entry")} for feed in (before, after)]
    assert ids[0] == ids[1]
    assert ids[0]["A1 No pump"] == "tag:127.0.0.1,2026-11-22:entry/amendments/1"
    assert said(after, "updated") == "2026-11-22T13:00:00Z"
    assert after.find(f"{ATOM}entry/{ATOM}category").get("term") == "refused"
    assert second == 2


@pytest.mark.thorough
def test_no_feed_has_more_than_fifty_entries(client):
    for n in range(51):
        propose(strike("3(1)"), title=f"Proposal {n}")
    assert len(titles(read(client.get("/feeds/amendments.atom")))) == 50
    assert len(titles(read(client.get(f"/feeds/clauses/{clause('3')}.atom")))) == 50


def test_the_steps_of_an_amendment_are_entries_for_good(client):
    number = seconded(strike("3(1)"), title="No pump")
    allotment.refuse(number, at=NOON + timedelta(hours=1))
    root = read(client.get(f"/feeds/amendments/{number}.atom"))
    assert sorted(titles(root)) == ["A1: refused", "A1: seconded", "A1: seeking seconders"]
    assert titles(root)[0] == "A1: refused"
    assert (
        said(root.find(f"{ATOM}entry"), "content")
        == "Ruled out of order: it is outside what was announced. Out of order."
    )
    assert said(root.find(f"{ATOM}entry"), "id").endswith("entry/amendments/1/steps/3")


def test_a_clause_tells_of_amendments_below_it_and_of_the_editions_that_changed_it(client):
    of_two, gone = clause("2"), clause("3(1)")
    propose(reword("2(1)", "Twenty members."), title="Twenty")
    propose(strike("3(1)"), title="No pump")
    allotment.revise(INDOORS)
    assert sorted(titles(read(client.get(f"/feeds/clauses/{of_two}.atom")))) == [
        "A1 Twenty", "Added with edition 1, as 2", "Changed below with edition 2, as 2",
    ]  # fmt: skip
    allotment.revise(INDOORS.replace("1. The pump is shared by all members.\n2. Nobody", "1. Nobody"))
    assert "Struck with edition 3" in titles(read(client.get(f"/feeds/clauses/{gone}.atom")))


def test_a_branch_tells_of_what_its_members_propose(client):
    propose(strike("3(1)"), title="No pump")
    propose(strike("3(2)"), by=ROSA)
    assert titles(read(client.get("/feeds/branches/Fen / Wold.atom"))) == ["A1 No pump"]


@pytest.mark.parametrize("path", ["amendments/7", "clauses/nowhere", "branches/Marsh", "branches/ "])
def test_what_is_not_there_has_no_feed(client, path):
    assert client.get(f"/feeds/{path}.atom").status_code == 404


def test_a_name_is_told_only_where_its_owner_wants_it_told(client):
    propose(strike("3(1)"))
    client.sign_in(GRACE)  # also to a member: what a feed reader fetches, it may pass on
    first = client.get("/feeds/amendments.atom")
    assert "Meera" not in first.text
    assert said(read(first).find(f"{ATOM}entry"), "author/name") == "A member of the Fen / Wold branch"
    privacy.set_visible_to(member(MEERA), "all", NOON)
    assert said(read(client.get("/feeds/amendments.atom")).find(f"{ATOM}entry"), "author/name") == "Meera Nair"


def test_who_has_the_latest_is_not_sent_it_again(client):
    propose(strike("3(1)"))
    first = client.get("/feeds/amendments.atom")
    assert first.headers["Last-Modified"] == "Sun, 22 Nov 2026 12:00:00 GMT"
    assert "Set-Cookie" not in first.headers
    for header, value in (
        ("If-None-Match", first.headers["ETag"]),
        ("If-Modified-Since", first.headers["Last-Modified"]),
    ):
        again = client.get("/feeds/amendments.atom", headers={header: value})
        assert (again.status_code, again.data) == (304, b"")
    drafting.withdraw(member(MEERA), 1, "Enough.", NOON)  # in the same second, but another text
    assert client.get("/feeds/amendments.atom", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_before_anything_happened_a_feed_is_empty_and_valid(database):
    response = database.test_client().get("/feeds/amendments.atom")
    root = ET.fromstring(response.data)
    checked(root)
    assert (titles(root), said(root, "updated")) == ([], "1970-01-01T00:00:00Z")


def test_a_control_character_that_came_past_the_door_breaks_no_feed(client):
    number = propose(strike("3(1)"))
    drafting.withdraw(member(MEERA), number, "Enough.", NOON)
    with db.engine.begin() as connection:  # as another program might write it
        connection.execute(
            sa.text(
                "INSERT INTO amendment_state SELECT amendment, n + 1, state, at, :words FROM amendment_state WHERE n = 2"
            ),
            {"words": "No\x0bmore\x1b[0m, <b>sorry</b> & thanks"},
        )
    root = read(client.get(f"/feeds/amendments/{number}.atom"))
    words = {said(one, "content") for one in root.findall(f"{ATOM}entry")}
    assert f"No{REPLACEMENT}more{REPLACEMENT}[0m, <b>sorry</b> & thanks" in words


MOVER = store.members.Member(1, "rosa", "Rosa", "", "Fen", "", frozenset(), visible_to="all")


def written(words):
    entry = Entry("amendments/1", words, words, "/amendments/1", FIVE[0], FIVE[1], MOVER, State.REFUSED)
    return ET.fromstring(atom.document(Feed("amendments", words, FIVE[1], NOON, (entry,)), PLACE))


@given(st.text(min_size=1, max_size=60))
def test_every_text_that_the_door_lets_in_arrives_as_it_was_written(typed):
    try:
        kept = normalise(typed)
    except ForbiddenCharacter:
        return
    if kept:
        root = written(kept)
        checked(root)
        assert said(root, "entry/content") == kept


@given(st.text(st.characters(), min_size=1, max_size=60))
def test_no_text_at_all_makes_a_feed_that_cannot_be_read(typed):
    assert said(written(f"x{typed}"), "entry/content").startswith("x")


def test_a_moment_names_its_zone():
    assert atom.moment(datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)) == "2026-11-22T12:00:00.123456Z"
