"""The discussion beside an amendment, and the page of one point."""

import html5lib
import pytest
import society
from allotment import GRACE, HARRIET, MEERA, NOON, ROSA, member, propose, strike
from pages import text

import store.log
from services import drafting, points


@pytest.fixture
def client(tmp_path):
    app = society.opened(tmp_path)
    with app.app_context():
        yield app.test_client()


@pytest.fixture
def number(client) -> int:
    return propose(strike("3(1)"))


def say(client, number, typed, side="for"):
    return client.post(f"/amendments/{number}/points", data={"point-side": side, "point-text": typed})


def body(response):
    return html5lib.parse(response.text, namespaceHTMLElements=False).find("body")


def words(response) -> str:
    return text(body(response))


def typed_area(response) -> str:
    [found] = [one for one in body(response).iter("textarea") if one.get("name") == "point-text"]
    return (found.text or "").removeprefix("\n")


def hidden(number, handle=ROSA, said="Leonard is a thief."):
    made = points.say(member(handle), number, "against", said, NOON)
    points.hide(member(HARRIET), number, made.id, "An insult.", NOON)
    return made


def test_a_point_is_made_and_read_in_its_column(client, number):
    client.sign_in(ROSA)
    answer = say(client, number, "It leaks.", "against")
    assert (answer.status_code, answer.location) == (303, f"/amendments/{number}#point-1")
    page = client.get(f"/amendments/{number}")
    columns = {one.get("aria-labelledby"): text(one) for one in body(page).iter("section")}
    assert columns["points-for"] == "For no points Nobody has spoken for it yet."
    assert "It leaks. Rosa Lindgren, " in columns["points-against"]
    assert typed_area(page) == "It leaks."  # one's own, to be changed


def test_who_said_it_is_for_members(client, number):
    points.say(member(ROSA), number, "for", "It leaks.", NOON)
    assert "It leaks. A member, " in words(client.get(f"/amendments/{number}"))
    assert "Rosa" not in client.get(f"/amendments/{number}/points/1").text


@pytest.mark.parametrize(
    ("side", "typed", "sentence"),
    [
        ("for", "", "Enter your point."),
        ("for", "word " * 121, "Your point has 121 words; a point may have up to 120."),
        ("", "It leaks.", "Choose whether your point is for or against the amendment."),
        ("for", "It\u202eleaks", "RIGHT-TO-LEFT OVERRIDE"),
        ("for", "w" * 2001, "2,001 characters"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_its_error_beside_it(client, number, side, typed, sentence):
    client.sign_in(ROSA)
    answer = say(client, number, typed, side)
    assert answer.status_code == 422
    assert any(sentence in text(one) for one in body(answer).iter("p") if one.get("class") == "error")
    assert typed_area(answer) == typed
    [summary] = [one for one in body(answer).iter("div") if one.get("class") == "error-summary"]
    assert sentence in text(summary)


def test_whoever_was_signed_out_while_writing_keeps_their_words(client, number):
    answer = say(client, number, "It leaks, and here is why.")
    assert answer.status_code == 403
    assert "You are not signed in" in words(answer)
    assert typed_area(answer) == "It leaks, and here is why."


def test_the_page_holds_the_token_that_its_form_is_asked_for(client, number):
    client.sign_in(ROSA)
    client.application.config["WTF_CSRF_ENABLED"] = True
    page = body(client.get(f"/amendments/{number}"))
    [form] = [one for one in page.iter("form") if one.get("action") == f"/amendments/{number}/points"]
    [token] = [one.get("value") for one in form.iter("input") if one.get("name") == "csrf_token"]
    typed = {"point-side": "for", "point-text": "It leaks."}
    late = client.post(f"/amendments/{number}/points", data=typed)
    assert (late.status_code, typed_area(late)) == (400, "It leaks.")
    assert client.post(f"/amendments/{number}/points", data=typed | {"csrf_token": token}).status_code == 303


def test_what_came_too_late_is_given_back(client, number):
    drafting.withdraw(member(MEERA), number, "Enough.", NOON)
    client.sign_in(ROSA)
    answer = say(client, number, "It leaks.")
    assert (answer.status_code, typed_area(answer)) == (409, "It leaks.")
    assert "The discussion of this amendment is closed: it is withdrawn." in words(answer)
    assert "point-text" not in client.get(f"/amendments/{number}").text


def test_a_changed_point_shows_what_it_said_before_as_a_redline(client, number):
    client.sign_in(ROSA)
    say(client, number, "It leaks a little.")
    say(client, number, "It leaks a lot.")
    assert "History point 1" in words(client.get(f"/amendments/{number}"))
    page = client.get(f"/amendments/{number}/points/1")
    assert "Changed, for the amendment" in words(page)
    assert [text(one) for one in body(page).iter("del") if one.get("class") != "key"][-1].strip("[-]") == "little"


@pytest.mark.parametrize("reader", [None, MEERA, ROSA, HARRIET])
def test_a_hidden_point_tells_everybody_when_and_why_and_not_what(client, number, reader):
    made = hidden(number)
    if reader:
        client.sign_in(reader)
    for address in (f"/amendments/{number}", f"/amendments/{number}/points/{made.id}", "/log"):
        page = client.get(address)
        assert "thief" not in page.text
        assert "Hidden by the moderators on 22 November 2026: An insult." in words(page) or address == "/log"


def test_a_moderator_hides_a_point_and_shows_it_again_with_a_reason(client, number):
    points.say(member(GRACE), number, "for", "It leaks.", NOON)
    client.sign_in(HARRIET)
    there = f"/amendments/{number}/points/1"
    assert "Hide this point" in client.get(there).text
    assert client.post(f"{there}/hide", data={"reason": "Off the subject."}).status_code == 303
    assert "It leaks." not in client.get(there).text
    assert client.post(f"{there}/show", data={"reason": "It was not."}).status_code == 303
    assert "It leaks." in client.get(there).text
    assert [one.act for one in store.log.entries(limit=2)] == ["show-point", "hide-point"]


def test_without_a_reason_nothing_is_hidden_and_the_error_stands_beside_it(client, number):
    points.say(member(GRACE), number, "for", "It leaks.", NOON)
    client.sign_in(HARRIET)
    answer = client.post(f"/amendments/{number}/points/1/hide", data={"reason": " "})
    assert answer.status_code == 422
    assert "Enter the reason; it is published and kept in the log." in words(answer)
    assert client.post(f"/amendments/{number}/points/1/show", data={"reason": "Why not."}).status_code == 409


def test_only_moderators_are_offered_to_hide_and_a_point_is_of_its_amendment(client, number):
    points.say(member(GRACE), number, "for", "It leaks.", NOON)
    client.sign_in(GRACE)
    assert "Hide this point" not in client.get(f"/amendments/{number}/points/1").text
    other = propose(strike("3(2)"))
    assert client.get(f"/amendments/{other}/points/1").status_code == 404
