"""The form for an amendment, an amendment of one, and a next text, as a member's browser meets it."""

import re

import allotment
import pytest
import society
from allotment import GRACE, LEONARD, MEERA, NOON, ROSA, SIXTEEN, member, reword
from flask.testing import FlaskClient

import store.amendments
import store.unfinished
from services import enrolling

TWENTY, THIRTY = SIXTEEN.replace("sixteen", "twenty"), SIXTEEN.replace("sixteen", "thirty")
DEEP = '\n[instrument.amendment]\nproposers = ["member", "branch"]\nedit = { by = "proposer", veto = "any_seconder", within = "24h" }\n[instrument.deep]\nproposers = ["member"]\ndepth = 1\n'


@pytest.fixture
def app(tmp_path):
    app = society.opened(tmp_path)
    with app.app_context():
        yield app


@pytest.fixture
def client(app):
    with app.test_client() as client:
        client.sign_in(MEERA)
        yield client


@pytest.fixture
def number(app):
    return allotment.propose(reword("2(1)", TWENTY))


def fields(page):
    """What a browser would send back of the form: every field with what stands in it."""
    form = re.search(r'<form[^>]*id="propose".*?</form>', page.text, re.DOTALL)[0]
    found = {}
    for tag in re.findall(r"<input [^>]*>", form):
        said = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if said.get("type") != "checkbox" or " checked" in tag:
            found[said["name"]] = said.get("value", "")
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = text.strip("\r\n")
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        found[name] = chosen[1] if chosen else ""
    return found


def press(client, page, do="preview", **typed):
    return client.post("/amendments/propose", data={**fields(page), "do": do, **typed})


def mine(handle=MEERA):
    return store.unfinished.of(member(handle).id)


def test_what_is_typed_is_saved_by_each_preview_and_found_again(client, app):
    page = client.get(f"/amendments/propose?clause={allotment.clause('2(1)')}")
    page = press(client, page, **{"changes-0-text": TWENTY, "title": "Twenty"})
    assert "Saved" in page.text
    assert len(mine()) == 1
    press(client, page, title="Twenty is right")
    [kept] = mine()
    assert (kept.revision, kept.content["title"]) == (2, "Twenty is right")
    listed = client.get("/amendments/unfinished")
    assert "Twenty is right" in listed.text
    again = client.get(f"/amendments/propose?draft={kept.id}")
    assert fields(again)["changes-0-text"] == TWENTY


def test_a_form_with_mistakes_is_saved_too(client):
    page = client.get(f"/amendments/propose?clause={allotment.clause('2(1)')}")
    wrong = press(client, page, "submit", **{"changes-0-text": TWENTY})
    assert wrong.status_code == 422
    assert mine()[0].content["changes"][0]["text"] == TWENTY


def test_two_windows_keep_both_and_say_so(client):
    page = press(client, client.get("/amendments/propose"), title="One")
    press(client, page, title="From one window")
    other = press(client, page, title="From another")
    assert "both are kept" in other.text
    assert {one.content["title"] for one in mine()} == {"From one window", "From another"}


def test_an_unfinished_one_is_thrown_away_and_nobody_elses_is(client):
    press(client, client.get("/amendments/propose"), title="One")
    [kept] = mine()
    client.sign_in(ROSA)
    assert client.get(f"/amendments/propose?draft={kept.id}").status_code == 404
    assert client.post("/amendments/unfinished/discard", data={"key": kept.id}).status_code == 404
    client.sign_in(MEERA)
    assert client.post("/amendments/unfinished/discard", data={"key": kept.id}).status_code == 303
    assert "begun nothing" in client.get("/amendments/unfinished").text


def test_without_signing_in_a_preview_works_and_saves_nothing(client, app):
    page = client.get(f"/amendments/propose?clause={allotment.clause('2(1)')}")
    client.sign_out()
    answer = press(client, page, **{"changes-0-text": TWENTY})
    assert "twenty" in answer.text
    assert mine() == ()


def test_a_reference_that_is_typed_is_recognised_and_shown(client):
    page = client.get(f"/amendments/propose?clause={allotment.clause('2(1)')}")
    page = press(client, page, **{"changes-0-text": f"{SIXTEEN} Clause 3(1) stays."})
    assert f'class="chip" href="/constitution/clauses/{allotment.clause("3(1)")}"' in page.text


def test_a_clause_is_moved_without_typing(client):
    page = client.get(f"/amendments/propose?clause={allotment.clause('3(1)')}&act=move")
    wrong = press(client, page)
    assert "Choose where the clause is to stand" in wrong.text
    page = press(client, page, **{"changes-0-place": "before", "changes-0-to": allotment.clause("2(1)")})
    assert "Moved from 3(1)" in page.text


def test_the_mover_publishes_a_new_text_and_a_seconder_sees_what_changed(client, number):
    allotment.second(number, ROSA)
    page = client.get(f"/amendments/{number}/revise")
    assert fields(page)["changes-0-text"] == TWENTY
    wrong = press(client, page, "submit", **{"changes-0-text": THIRTY})
    assert "Say in a few words why" in wrong.text or "Enter a note" in wrong.text
    done = press(client, page, "submit", **{"changes-0-text": THIRTY, "note": "Too few."})
    assert (done.status_code, done.location) == (303, f"/amendments/{number}")
    shown = client.get(f"/amendments/{number}/versions/2")
    assert "twenty" in shown.text
    assert "thirty" in shown.text
    for n in (1, 3):
        assert client.get(f"/amendments/{number}/versions/{n}").status_code == 404
    client.sign_in(ROSA)
    asked = client.get(f"/amendments/{number}").text
    assert "You seconded an earlier text" in asked
    assert "Second the new text" in asked
    digest = store.amendments.by_number(number).version.digest
    left = client.post(f"/amendments/{number}/leave", data={"digest": digest})
    assert left.status_code == 303
    assert "You seconded an earlier text" not in client.get(f"/amendments/{number}").text
    assert client.post(f"/amendments/{number}/leave", data={"digest": "old"}).status_code == 409


def test_somebody_elses_text_cannot_be_changed(client, number):
    client.sign_in(ROSA)
    assert client.get(f"/amendments/{number}/revise").status_code == 303
    assert "Only the mover can change the words" in client.get(f"/amendments/{number}").text


def test_a_second_is_taken_back_on_the_page(client, number):
    client.sign_in(ROSA)
    digest = store.amendments.by_number(number).version.digest
    client.post(f"/amendments/{number}/second", data={"digest": digest})
    assert "Take my second back" in client.get(f"/amendments/{number}").text
    assert client.post(f"/amendments/{number}/take-back-second", data={"digest": digest}).status_code == 303
    assert "Second this amendment" in client.get(f"/amendments/{number}").text
    again = client.post(f"/amendments/{number}/take-back-second", data={"digest": digest})
    assert again.status_code == 409
    assert "You have not seconded" in again.text


def test_an_amendment_is_amended_and_its_mover_takes_that_over(client, number):
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + DEEP, NOON)
    client.sign_in(ROSA)
    assert "Amend this amendment" in client.get(f"/amendments/{number}").text
    page = client.get(f"/amendments/{number}/amend")
    done = press(
        client, page, "submit", **{"changes-0-text": THIRTY, "title": "Thirty", "reason": "Better.",
        "relation": "alternative", "other": f"A{number}"}
    )  # fmt: skip
    second = number + 1
    assert done.location == f"/amendments/{second}"
    assert f'It amends <a href="/amendments/{number}">' in client.get(done.location).text
    assert client.post(f"/amendments/{second}/accept").status_code == 409
    client.sign_in(MEERA)
    assert f"Take it over into A{number}" in client.get(f"/amendments/{second}").text
    assert client.post(f"/amendments/{second}/accept").location == f"/amendments/{number}"
    assert "Took over A2 Thirty" in client.get(f"/amendments/{number}").text


def test_without_such_a_rule_there_is_no_amending_of_amendments(client, number):
    client.sign_in(ROSA)
    assert "Amend this amendment" not in client.get(f"/amendments/{number}").text
    page = client.get(f"/amendments/{number}/amend")
    answer = press(client, page, "submit", **{"changes-0-text": THIRTY, "title": "Thirty", "reason": "Better."})
    assert answer.status_code == 409
    assert "know no amendments to amendments" in answer.text
    assert mine(ROSA)[0].content["title"] == "Thirty"


def test_an_objection_brings_the_former_text_back(client, number):
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + DEEP, NOON)
    allotment.second(number, ROSA, GRACE)
    page = client.get(f"/amendments/{number}/revise")
    press(client, page, "submit", **{"changes-0-text": THIRTY, "note": "Too few."})
    client.sign_in(ROSA)
    assert "Object to the new text" in client.get(f"/amendments/{number}").text
    digest = store.amendments.by_number(number).version.digest
    empty = client.post(f"/amendments/{number}/object", data={"digest": digest})
    assert empty.status_code == 409
    assert "Enter the reason for your objection" in empty.text
    done = client.post(f"/amendments/{number}/object", data={"digest": digest, "object-reason": "Too many."})
    assert done.status_code == 303
    assert "A seconder objected to version 2: Too many." in client.get(f"/amendments/{number}").text
    client.sign_in(LEONARD)
    assert client.post(f"/amendments/{number}/object", data={"digest": "x", "object-reason": "No."}).status_code == 409


def test_what_no_longer_fits_is_shown_three_ways_and_the_words_are_there(client, number):
    allotment.revise(allotment.BOOK.replace("sixteen members", "half the members"))
    page = client.get(f"/amendments/{number}/revise")
    for said in ("does not fit any more", "Then", "Now", "Yours", "half the members"):
        assert said in page.text
    assert fields(page)["changes-0-text"] == TWENTY
    client.sign_in(ROSA)
    assert client.get(f"/amendments/{number}/amend").status_code == 303
    assert "does not fit the edition in force" in client.get(f"/amendments/{number}").text


def test_what_else_touches_the_words_is_listed_with_its_ways(client, number):
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + DEEP, NOON)
    client.sign_in(ROSA)
    page = client.get(f"/amendments/propose?clause={allotment.clause('2(1)')}")
    assert "Already proposed here" in page.text
    page = press(client, page, **{"changes-0-text": TWENTY})
    for said in (
        "What else touches this",
        "exactly the same change to 2(1)",
        "second it instead",
        "Amend that amendment",
    ):
        assert said in page.text
    page = press(client, page, f"alternative-{number}")
    assert fields(page)["relation"] == "alternative"
    assert fields(page)["other"] == f"A{number}"


def test_a_consequence_is_taken_up_and_words_are_changed_everywhere(client):
    allotment.revise(allotment.BOOK.replace("under clause 2(3)", "under clauses 2(2) and 2(3)"))
    page = client.get(f"/amendments/propose?clause={allotment.clause('2(3)')}&act=strike")
    page = press(client, page)
    assert "What follows from it" in page.text
    key = re.search(r'value="(take-[^"]+)"', page.text)[1]
    page = press(client, page, key)
    assert fields(page)["changes-1-text"].endswith("may be expelled under clause 2(2).")
    page = press(client, page, "find", sought="pump", instead="well")
    keys = re.findall(r'name="everywhere" value="([^"]+)"', page.text)
    assert len(keys) == 1
    page = press(client, page, "everywhere", sought="pump", instead="well", everywhere=keys)
    assert "The well is shared by all members." in page.text
    wrong = press(client, page, "find", sought="")
    assert "Enter the words that are to be replaced" in wrong.text
    gone = press(client, page, "take-made/up")
    assert gone.status_code == 409


def test_while_one_types_only_what_stands_beside_is_sent(client):
    page = client.get(f"/amendments/propose?clause={allotment.clause('2(1)')}")
    sent = {**fields(page), "changes-0-text": TWENTY, "do": "preview", "parts": "1"}
    # A client that does not ask of every answer that it is a whole page.
    plain = FlaskClient(client.application, client.application.response_class)
    plain.post("/sign-in", data={"handle": MEERA})
    parts = plain.post("/amendments/propose", data=sent).text
    assert 'id="propose"' not in parts
    for part in ('id="preview"', 'id="beside"', 'id="saved"', 'name="key"', "twenty"):
        assert part in parts
    wrong = press(client, page, **{"changes-0-text": "", "parts": "1"})
    assert 'id="changes-0-text"' in wrong.text


@pytest.mark.parametrize("field", ["title", "reason", "changes-0-heading", "changes-0-text"])
def test_a_character_no_page_may_hold_comes_back_as_its_symbol_with_a_message_beside_it(client, field):
    page = client.get(f"/amendments/propose?clause={allotment.clause('2(1)')}")
    sent = {"title": "Fewer", "reason": "Few come.", "changes-0-text": TWENTY, field: "Half\0past"}
    answer = press(client, page, "submit", **sent)
    assert answer.status_code == 422
    assert "\0" not in answer.text
    assert fields(answer)[field] == "Half\N{SYMBOL FOR NULL}past"
    assert f"#{field}" in answer.text, "the list of mistakes leads to the field"
    assert "U+0000" in answer.text
    assert store.amendments.listing() == ()
    for shown in (
        press(client, page, **{field: "Half\0past"}),
        client.get(f"/amendments/propose?draft={mine()[0].id}"),
    ):
        assert "Half\N{SYMBOL FOR NULL}past" in shown.text
        assert f'id="{field}-error"' in shown.text, "said at once, not only when it is submitted"


@pytest.mark.parametrize(
    ("act", "field"), [("withdraw", "withdraw-reason"), ("object", "object-reason"), ("points", "point-text")]
)
def test_a_reason_or_a_point_that_no_page_may_hold_comes_back_too(client, number, act, field):
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + DEEP, NOON)
    allotment.second(number, ROSA)
    press(client, client.get(f"/amendments/{number}/revise"), "submit", **{"changes-0-text": THIRTY, "note": "Few."})
    client.sign_in(ROSA if act == "object" else MEERA)
    digest = store.amendments.by_number(number).version.digest
    answer = client.post(
        f"/amendments/{number}/{act}", data={"digest": digest, "point-side": "for", field: "Half\0past"}
    )
    assert answer.status_code == 422
    assert "not allowed: control character \N{SYMBOL FOR NULL} (U+0000)" in answer.text
    assert ">Half\N{SYMBOL FOR NULL}past</textarea>" in answer.text.replace("\r\n", "")


def test_a_key_or_an_address_that_holds_such_a_character_names_nothing(database):
    allotment.found()
    client = database.test_client()
    # PostgreSQL refuses even to look for it.
    for address in ("/constitution/clauses/%00", "/feeds/clauses/%00.atom", "/search?q=%00&clause=%00"):
        assert client.get(address).status_code == (200 if "?" in address else 404)


def test_what_was_begun_on_an_earlier_version_is_brought_to_the_one_that_stands(client, number):
    page = client.get(f"/amendments/{number}/revise")
    first = TWENTY.replace("present", "there")
    press(client, page, **{"changes-0-text": first})
    [unfinished] = mine()
    press(client, client.get(f"/amendments/{number}/revise"), "submit", **{"changes-0-text": THIRTY, "note": "Few."})
    assert "A1 has version 2 by now" in client.get("/amendments/unfinished").text
    again = client.get(f"/amendments/propose?draft={unfinished.id}")
    assert "A1 has version 2 by now; you began with version 1." in again.text
    assert fields(again)["changes-0-text"] == first
    for said in ("Then", "Now", "Yours"):
        assert f"<dt>{said}</dt>" in again.text
    brought = press(client, again, "renew")
    assert "by now; you began" not in brought.text
    assert fields(brought)["changes-0-text"] == THIRTY.replace("present", "there")
    assert "by somebody else" not in brought.text
    assert press(client, brought, "submit", note="Where they are.").status_code == 303


def test_who_changed_the_same_words_as_another_version_is_asked_which_to_take(client, number):
    page = client.get(f"/amendments/{number}/revise")
    forty = SIXTEEN.replace("sixteen", "forty")
    press(client, page, "submit", **{"changes-0-text": THIRTY, "note": "Few."})
    asked = press(client, press(client, page, **{"changes-0-text": forty}), "renew")
    assert "The same words were changed by you and by somebody else" in asked.text
    assert fields(asked)["changes-0-text"] == forty
    taken = press(client, asked, re.search(r'value="(stands-[^"]+)"', asked.text)[1])
    assert fields(taken)["changes-0-text"] == THIRTY
