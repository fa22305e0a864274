"""The buttons on the page of a clause and of an amendment, and where they lead."""

import pytest
import society
import sqlalchemy as sa
from allotment import MEERA, ROSA, clause, member, propose, strike

import store
import store.follow
from store.database import db
from store.follow import Kind, Subject
from store.tables import MemberRow


@pytest.fixture
def client(tmp_path):
    app = society.opened(tmp_path)
    with app.app_context():
        yield app.test_client()


def press(client, address, **sent):
    return client.post(address, data={"next": "/log"} | sent)


@pytest.mark.parametrize("kind", ["clause", "amendment", "branch"])
def test_one_press_follows_and_one_stops_on_the_page_of_the_thing(client, kind):
    number = propose(strike("3(1)"))
    with store.transaction():
        db.session.execute(sa.update(MemberRow).where(MemberRow.handle == MEERA).values(branch="Fen"))
    name, here = {
        "clause": (clause("3"), f"/constitution/clauses/{clause('3')}"),
        "amendment": (str(number), f"/amendments/{number}"),
        "branch": ("Fen", "/amendments?branch=Fen"),
    }[kind]
    assert f"Follow this {kind}" not in client.get(here).text
    client.sign_in(ROSA)
    assert f"Follow this {kind}" in client.get(here).text
    answer = press(client, "/follow", kind=kind, subject=name, next=here)
    assert (answer.status_code, answer.location) == (303, here)
    page = client.get(here).text
    assert f"You follow this {kind} now" in page
    assert f"Stop following this {kind}" in page
    assert store.follow.of_member(member(ROSA).id) == (Subject(Kind(kind), name),)
    press(client, "/unfollow", kind=kind, subject=name, next=here)
    assert f"Follow this {kind}" in client.get(here).text
    assert store.follow.of_member(member(ROSA).id) == ()


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"])
def test_following_leads_to_no_other_site(client, elsewhere):
    client.sign_in(MEERA)
    assert press(client, "/follow", kind="clause", subject=clause("3"), next=elsewhere).location == "/"


def test_what_is_not_there_is_not_found_and_who_is_not_signed_in_is_asked_to(client):
    answer = press(client, "/follow", kind="clause", subject=clause("3"), next=f"/constitution/clauses/{clause('3')}")
    assert answer.location == f"/sign-in?next=/constitution/clauses/{clause('3')}"
    client.sign_in(MEERA)
    for sent in ({}, {"kind": "clause", "subject": "nowhere"}, {"kind": "person", "subject": "rosa"}):
        assert press(client, "/follow", **sent).status_code == 404
