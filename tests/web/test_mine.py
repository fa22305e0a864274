"""A member's own page as it is seen."""

import allotment
import html5lib
import pytest
import society
from allotment import FFION, HARRIET, MEERA, NOON, ROSA, clause, member, proposal, propose, second, strike
from pages import text

from services import following, points, unfinished


@pytest.fixture
def client(tmp_path):
    app = society.opened(tmp_path)
    with app.app_context():
        yield app.test_client()


def words(response) -> str:
    return text(html5lib.parse(response.text, namespaceHTMLElements=False).find("body"))


def test_it_says_what_one_moved_seconded_said_and_follows(client):
    number = propose(strike("3(1)"), title="No pump")
    second(number, ROSA)
    points.say(member(ROSA), number, "for", "It leaks.", NOON)
    following.follow(member(ROSA), "clause", clause("3"), NOON)
    client.sign_in(ROSA)
    said = words(client.get("/mine"))
    for part in ("You have moved no amendment.", "A1 No pump", "For A1 No pump", "It leaks.", "Clause 3 Water"):
        assert part in said
    client.sign_in(MEERA)
    said = words(client.get("/mine"))
    assert "A1 No pump Seeking seconders 22 November 2026 Seconded by 1 of 2 members" in said
    assert "You have seconded no amendment." in said


def test_a_member_stops_following_there_and_is_back(client):
    following.follow(member(ROSA), "clause", clause("3"), NOON)
    client.sign_in(ROSA)
    answer = client.post("/unfollow", data={"kind": "clause", "subject": clause("3"), "next": "/mine"})
    assert answer.location == "/mine"
    assert "You follow nothing yet." in words(client.get("/mine"))


def test_a_hidden_point_is_hidden_there_too(client):
    number = propose(strike("3(1)"))
    made = points.say(member(ROSA), number, "for", "Leonard is a thief.", NOON)
    points.hide(member(HARRIET), number, made.id, "An insult.", NOON)
    client.sign_in(ROSA)
    page = client.get("/mine")
    assert "thief" not in page.text
    assert "Hidden by the moderators on 22 November 2026: An insult." in words(page)


def test_what_was_begun_leads_back_to_the_form(client):
    unfinished.save(member(ROSA), proposal(title="Half a thought"), NOON, "k" * 32)
    client.sign_in(ROSA)
    page = client.get("/mine")
    assert "Half a thought" in words(page)
    assert f"draft={'k' * 32}" in page.text


def test_the_header_and_the_account_lead_to_it_and_a_visitor_is_asked_to_sign_in(client):
    assert client.get("/mine").location == "/sign-in?next=/mine"
    assert "Your page" not in client.get("/").text
    client.sign_in(FFION)
    for page in ("/", "/account"):
        assert '<a href="/mine">Your page</a>' in client.get(page).text


def test_a_refused_amendment_stays_on_its_movers_page(client):
    number = propose(strike("3(1)"), title="No pump")
    allotment.refuse(number)
    client.sign_in(MEERA)
    assert "A1 No pump Refused" in words(client.get("/mine"))
