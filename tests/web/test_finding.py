"""Finding as it is seen."""

import html5lib
import pytest
import society
from allotment import MEERA, ROSA, clause, propose, strike
from pages import text

import store
import store.members
from services import finding


@pytest.fixture
def client(tmp_path):
    app = society.opened(tmp_path)
    with app.app_context():
        propose(strike("3(1)"), title="No pump")
        propose(strike("3(2)"), by=ROSA, title="Water at noon <b>")
        yield app.test_client()


def main(answer):
    return next(html5lib.parse(answer.text, namespaceHTMLElements=False).iter("main"))


def words(answer) -> str:
    return text(main(answer))


def items(answer) -> list[str]:
    return [text(one) for one in main(answer).iter("h2") if one.find("a") is not None]


def test_a_search_shows_clauses_and_amendments_with_what_was_found_marked(client):
    answer = client.get("/search?q=pump")
    assert items(answer) == ["A1 No pump", "Clause 3(1)"]
    assert [text(one) for one in main(answer).iter("mark")] == ["pump", "pump"]
    assert "2 results for “pump”" in words(answer)
    assert "In force, in 3 Water" in words(answer)


def test_what_was_typed_and_found_is_only_text(client):
    answer = client.get("/search?q=%3Cb%3E%20noon")
    assert items(answer) == ["A2 Water at noon <b>"]
    assert "<b>" not in answer.text


def test_the_public_finds_nobody_by_name(client):
    for address in ("/amendments?q=meera", "/search?q=meera"):
        client.sign_out()
        assert items(client.get(address)) == []
        assert "Sign in as a member to look for a mover by name." in words(client.get(address))
        client.sign_in(MEERA)
        assert items(client.get(address)) == ["A1 No pump"]


def test_amendments_are_narrowed_and_what_was_asked_stays_in_the_form(client):
    with store.transaction():
        store.members.change_many([_of_fen(store.members.by_handle(ROSA))])
    assert items(client.get("/amendments")) == ["A2 Water at noon <b>", "A1 No pump"]
    answer = client.get("/amendments?clause=3&branch=Fen&state=seeking-seconders&q=noon")
    assert items(answer) == ["A2 Water at noon <b>"]
    chosen = [one.get("value") or one.text for one in main(answer).iter("option") if "selected" in one.attrib]
    assert chosen == ["seeking-seconders", "Fen"]
    assert {one.get("name"): one.get("value") for one in main(answer).iter("input")} == {"q": "noon", "clause": "3"}
    assert items(client.get("/amendments?branch=Moor")) == []


def _of_fen(member):
    return type(member)(member.id, member.handle, member.name, member.email, "Fen", member.body, member.roles)


def test_a_clause_that_is_none_is_said_beside_the_field(client):
    answer = client.get("/amendments?clause=9.9")
    assert answer.status_code == 200
    [field] = [one for one in main(answer).iter("input") if one.get("name") == "clause"]
    assert (field.get("aria-invalid"), field.get("value")) == ("true", "9.9")
    assert "There is no clause 9.9." in words(answer)


def test_who_finds_nothing_is_told_what_to_try(client):
    for address in ("/search?q=zebra", "/amendments?q=zebra", "/amendments?state=refused", "/search?q=!"):
        assert "What to try" in words(client.get(address))
    assert "What to try" not in words(client.get("/search"))


def test_pages_lead_to_one_another_and_keep_what_was_asked(client, monkeypatch):
    monkeypatch.setattr(finding, "PAGE", 1)
    answer = client.get("/amendments?state=seeking-seconders&q=a&page=2")
    assert "2 amendments for “a”, seeking seconders, 2 to 2 here" in words(answer)
    links = [one.get("href") for one in main(answer).iter("a") if one.get("rel") == "prev"]
    assert links == ["/amendments?page=1&q=a&state=seeking-seconders"]
    for wrong in ("0", "-1", "x", "99999999999999999999", "3"):
        assert items(client.get(f"/amendments?page={wrong}"))


def test_the_pages_of_texts_and_amendments_lead_to_the_search_of_both(client):
    for address in ("/constitution?q=pump", "/amendments?q=pump"):
        links = [one.get("href") for one in main(client.get(address)).iter("a")]
        assert "/search?q=pump" in links


def test_too_many_words_are_said_to_be_too_many(client):
    assert "only the first 32 were" in words(client.get("/search?q=" + "pump+" * 40))


def test_the_index_is_made_anew_by_a_command(client):
    done = client.application.test_cli_runner().invoke(args=["rebuild-search"])
    assert (done.exit_code, done.output) == (0, "Clauses and amendments that can be found: 12.\n")
    assert items(client.get(f"/search?q={clause('3')}")) == []
