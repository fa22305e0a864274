"""The committee's desk: merging, settling, freezing, adopting."""

import re

import allotment
import html5lib
import pytest
import society
from allotment import (
    FFION,
    HARRIET,
    LEONARD,
    ROSA,
    SIXTEEN,
    TOBIAS,
    add,
    clause,
    on_desk,
    propose,
    reword,
    seconded,
    strike,
)
from flask.testing import FlaskClient
from pages import text

import store.amendments
import store.composites
import store.drafts
from services import committee_page, desk_page
from services.proposal import Act

TWENTY, TWELVE = SIXTEEN.replace("sixteen", "twenty"), SIXTEEN.replace("sixteen", "twelve")


@pytest.fixture
def client(tmp_path):
    app = society.opened(tmp_path)
    with app.app_context():
        yield app.test_client()


@pytest.fixture
def ffion(client):
    client.sign_in(FFION)
    return client


@pytest.fixture
def conflict(client) -> int:
    """Twenty against twelve, and a new clause that nobody minds."""
    first = seconded(reword("2(1)", TWENTY), add(Act.ADD_BEFORE, "2(1)", "Meetings are held indoors."), title="Twenty")
    return on_desk(first, seconded(reword("2(1)", TWELVE), by=LEONARD, title="Twelve"), title="Meetings")


def words(response) -> str:
    return text(html5lib.parse(response.text, namespaceHTMLElements=False).find("body"))


def option(response, wanted: str) -> dict[str, str]:
    """The field and value of the radio button whose label has the word."""
    page = html5lib.parse(response.text, namespaceHTMLElements=False)
    labels = {one.get("for"): text(one) for one in page.iter("label")}
    found = [one for one in page.iter("input") if one.get("type") == "radio" and wanted in labels[one.get("id")]]
    return {found[0].get("name"): found[0].get("value")}


def save(client, number, fields, revision=0):
    return client.post(f"/committee/composites/{number}", data={"revision": revision, **fields})


def page_of(client, number):
    return client.get(f"/committee/composites/{number}")


def test_the_desk_puts_those_together_that_touch_the_same_clause(client):
    seconded(reword("2(1)", TWENTY), title="Twenty")
    seconded(strike("3(1)"), title="No pump")
    seconded(reword("2(1)", TWELVE), by=LEONARD, title="Twelve")
    page = html5lib.parse(client.get("/committee").text, namespaceHTMLElements=False)
    groups = [text(one) for one in page.iter("fieldset")]
    assert len(groups) == 2
    assert all(word in groups[0] for word in ("2(1)", "Twenty", "Twelve"))


def test_a_visitor_sees_the_desk_and_a_link_to_sign_in(client, conflict):
    response = client.get("/committee")
    assert "Sign in as a member of the committee" in words(response)
    assert "Put the ticked ones on the desk" not in words(response)
    assert "Save choices" not in words(page_of(client, conflict))


def test_a_composite_is_started_with_its_title(ffion):
    chosen = [seconded(reword("2(1)", TWENTY)), seconded(strike("3(1)"))]
    response = ffion.post("/committee/composites/new", data={"amendments": chosen, "title": "Both"})
    assert response.location == "/committee/composites/1"
    assert "Both" in words(ffion.get("/committee/composites/1"))


@pytest.mark.parametrize(("data", "sentence"), [
    ({"title": "Nothing"}, "Choose the amendments to merge."),
    ({"amendments": [1]}, "Enter a title for the composite."),
    ({"amendments": [2], "title": "Too soon"}, "Amendment 2 is not seconded"),
])  # fmt: skip
def test_what_stands_in_the_way_of_a_composite_is_said_and_the_form_kept(ffion, data, sentence):
    seconded(strike("3(1)"))
    propose(strike("3(2)"))
    response = ffion.post("/committee/composites/new", data=data)
    assert response.status_code == 409
    assert sentence in words(response)


def test_a_member_does_not_merge(client, conflict):
    client.sign_in(ROSA)
    assert client.post("/committee/composites/new", data={}).status_code == 403
    assert save(client, conflict, {}).status_code == 403
    assert client.post(f"/committee/composites/{conflict}/freeze").status_code == 403
    assert client.post("/drafts/1/adopt").status_code == 403


def test_the_words_at_issue_are_shown_with_each_option_and_its_source(ffion, conflict):
    response = page_of(ffion, conflict)
    assert "[words at issue, place 1: " in response.text
    for said in (
        "needs 1sixteen members present",
        "first in clause 2 by A1",
        "twenty A1",
        "twelve A2",
        "sixteen as in force",
        "1 thing still to settle",
    ):
        assert said in words(response)


def test_a_choice_settles_and_the_outcome_appears(ffion, conflict):
    save(ffion, conflict, option(page_of(ffion, conflict), "twelve"))
    response = page_of(ffion, conflict)
    assert "still to settle" not in words(response).replace("Still", "")
    assert "2 clauses would change." in words(response)
    assert "no words are the committee’s own" in words(response).lower()


def test_the_committees_own_words_need_a_reason_before_a_draft_is_frozen(ffion, conflict):
    key = f"words/{clause('2(1)')}/text/8-9"
    save(ffion, conflict, {f"pick:{key}": "own", f"write:{key}": "fifteen"})
    response = ffion.post(f"/committee/composites/{conflict}/freeze", data={"revision": 1})
    assert response.status_code == 409
    assert "reason" in words(response)
    save(ffion, conflict, {f"pick:{key}": "own", f"write:{key}": "fifteen", f"reason:{key}": "Halfway."}, 1)
    assert "1 word is the committee’s own" in words(page_of(ffion, conflict))
    assert ffion.post(f"/committee/composites/{conflict}/freeze", data={"revision": 2}).status_code == 303


def test_words_written_without_a_tick_count_as_chosen(ffion, conflict):
    key = f"words/{clause('2(1)')}/text/8-9"
    save(ffion, conflict, {f"write:{key}": "fifteen", f"reason:{key}": "Halfway."})
    assert store.composites.by_number(conflict).choices["picked"] == {key: "own"}


def test_a_draft_is_not_frozen_while_something_is_open_and_the_page_says_what(ffion, conflict):
    response = ffion.post(f"/committee/composites/{conflict}/freeze", data={"revision": 0})
    assert response.status_code == 409
    assert "At clause 2(1), choose the words: A1 and A2 ask for different things." in words(response)


def test_a_stale_save_shows_the_others_choice_and_keeps_ones_own(ffion, conflict):
    mine, theirs = (option(page_of(ffion, conflict), word) for word in ("twelve", "twenty"))
    save(ffion, conflict, theirs)
    response = save(ffion, conflict, mine)
    assert response.status_code == 409
    assert "Saved by another member meanwhile: twenty" in words(response)
    page = html5lib.parse(response.text, namespaceHTMLElements=False)
    checked = [one.get("value") for one in page.iter("input") if one.get("type") == "radio" and "checked" in one.attrib]
    assert checked == list(mine.values())
    assert save(ffion, conflict, mine, revision=1).status_code == 303


def test_what_was_saved_meanwhile_is_not_frozen_unseen(ffion, conflict):
    save(ffion, conflict, option(page_of(ffion, conflict), "twelve"))
    response = ffion.post(f"/committee/composites/{conflict}/freeze", data={"revision": 0})
    assert response.status_code == 409
    assert store.drafts.listing() == ()


def test_an_option_that_is_not_offered_is_refused(ffion, conflict):
    assert save(ffion, conflict, {f"pick:words/{clause('2(1)')}/text/8-9": "nonsense"}).status_code == 400


def test_new_clauses_at_one_place_are_put_in_order_or_left_out(ffion):
    number = on_desk(
        seconded(add(Act.ADD_AFTER, "2(1)", "Tea is served.")),
        seconded(add(Act.ADD_AFTER, "2(1)", "Cake is served.")),
        seconded(add(Act.ADD_AFTER, "2(1)", "Wine is served.")),
    )
    names = re.findall(r'name="(place:[^"]+)"', page_of(ffion, number).text)
    assert len(names) == 3
    save(ffion, number, dict(zip(names, ["2", "1", "out"], strict=True)))
    ffion.post(f"/committee/composites/{number}/freeze", data={"revision": 1})
    book = store.drafts.by_number(1).constitution
    assert [one.text for one in book[clause("2")].children][1:3] == ["Cake is served.", "Tea is served."]
    assert len(book[clause("2")].children) == 5


def test_an_edit_and_a_strike_are_put_as_a_question(ffion):
    number = on_desk(seconded(strike("2(2)")), seconded(reword("2(2)", allotment.NOTICE.replace("two", "three"))))
    response = page_of(ffion, number)
    assert "Strike it, or keep it as amended?" in words(response)
    save(ffion, number, option(response, "Keep the clause"))
    assert "Not followed" in words(page_of(ffion, number))


def test_what_agrees_is_credited_to_all(ffion):
    number = on_desk(seconded(reword("2(1)", TWENTY)), seconded(reword("2(1)", TWENTY), by=LEONARD))
    assert "Reworded by A1, A2: they agree, and all are credited." in words(page_of(ffion, number))


def test_a_whole_text_may_be_written_anew_with_its_references_bound(ffion, conflict):
    key = f"whole/{clause('2(1)')}/text"
    save(ffion, conflict, {f"write:{key}": "Fifteen members, or clause 2(3) applies.", f"reason:{key}": "Clearer."})
    ffion.post(f"/committee/composites/{conflict}/freeze", data={"revision": 1})
    assert f"[[{clause('2(3)')}]]" in store.drafts.by_number(1).constitution[clause("2(1)")].text


def test_a_composite_is_abandoned_and_its_amendments_wait_again(ffion, conflict):
    ffion.post(f"/committee/composites/{conflict}/abandon")
    assert "No composite is open." in words(ffion.get("/committee"))
    assert "Abandoned" in words(page_of(ffion, conflict))
    assert save(ffion, conflict, {}).status_code == 409


def frozen(client, conflict) -> str:
    save(client, conflict, option(page_of(client, conflict), "twelve"))
    client.post(f"/committee/composites/{conflict}/freeze", data={"revision": 1})
    return store.drafts.by_number(1).digest


def test_a_draft_is_adopted_after_a_page_that_says_what_it_does(ffion, conflict):
    digest = frozen(ffion, conflict)
    assert "It becomes edition 2 at once" in words(ffion.get("/drafts/1/adopt"))
    response = ffion.post("/drafts/1/adopt", data={"digest": digest})
    assert response.location == "/editions/2"
    assert allotment.text("2(2)") == TWELVE


def test_another_text_than_the_one_shown_is_not_adopted(ffion, conflict):
    frozen(ffion, conflict)
    response = ffion.post("/drafts/1/adopt", data={"digest": "0" * 64})
    assert response.status_code == 409
    assert "Nothing was adopted." in words(response)


def test_a_draft_is_adopted_once(ffion, conflict):
    digest = frozen(ffion, conflict)
    ffion.post("/drafts/1/adopt", data={"digest": digest})
    assert ffion.post("/drafts/1/adopt", data={"digest": digest}).status_code == 409


def test_an_administrator_adopts_nothing(client, conflict):
    client.sign_in(TOBIAS)
    digest = frozen(client, conflict)
    client.sign_in(HARRIET)
    assert client.post("/drafts/1/adopt", data={"digest": digest}).status_code == 403


@pytest.mark.parametrize(("typed", "said"), [("x" * 200_001, "200,001"), ("fif\u200bteen", "ZERO WIDTH SPACE")])
def test_own_words_that_cannot_be_kept_are_refused_with_the_reason(ffion, conflict, typed, said):
    key = f"words/{clause('2(1)')}/text/8-9"
    response = save(ffion, conflict, {f"pick:{key}": "own", f"write:{key}": typed})
    assert response.status_code == 422
    assert said in words(response)
    assert store.composites.by_number(conflict).revision == 0


def test_what_comes_of_a_choice_is_shown_before_it_is_saved(ffion, conflict):
    chosen = {"revision": 0, "parts": "1", **option(page_of(ffion, conflict), "twelve")}
    plain = FlaskClient(ffion.application)  # a part of a page is not checked as a page
    plain.post("/sign-in", data={"handle": FFION})
    answer = plain.post(f"/committee/composites/{conflict}/preview", data=chosen)
    assert "needs [A2: twelve end]A2 members present" in words(answer)
    assert "still to settle" not in words(answer)
    assert store.composites.by_number(conflict).revision == 0


def test_what_an_amendment_asks_of_a_clause_is_left_with_a_reason(ffion, conflict):
    key = f"A1/{clause('2(1)')}"
    assert f'name="leave:{key}"' in page_of(ffion, conflict).text
    save(ffion, conflict, {f"leave:{key}": "1"})
    assert "Give the reason for leaving what A1 asks of clause 2(1)" in words(page_of(ffion, conflict))
    save(ffion, conflict, {f"leave:{key}": "1", f"reason:leave/{key}": "Twelve is enough."}, 1)
    page = words(page_of(ffion, conflict))
    assert "A1: In clause 2(1), leave out" in page
    assert "still to settle" not in page
    save(ffion, conflict, {f"leave:{key}": ""}, 2)
    assert "1 thing still to settle" in words(page_of(ffion, conflict))


def test_words_that_cannot_be_kept_come_back_as_they_were_typed(ffion, conflict):
    key = f"words/{clause('2(1)')}/text/8-9"
    answer = save(ffion, conflict, {f"write:{key}": "fif\N{ZERO WIDTH SPACE}teen", f"reason:{key}": "Halfway."})
    assert answer.status_code == 422
    assert 'value="fif\N{ZERO WIDTH SPACE}teen"' in answer.text
    assert "ZERO WIDTH SPACE" in answer.text.upper()
    assert store.composites.by_number(conflict).revision == 0


def test_of_many_clauses_one_is_shown_with_the_way_to_the_others(ffion, monkeypatch):
    monkeypatch.setattr(desk_page, "FEW", 1)
    number = on_desk(
        seconded(reword("2(1)", TWENTY)), seconded(reword("2(1)", TWELVE), by=LEONARD), seconded(strike("3(1)"))
    )
    first = page_of(ffion, number)
    assert "Next: Clause 3(1)" in words(first)
    answer = save(ffion, number, {**option(first, "twelve"), "clause": clause("2(1)")})
    assert answer.location.endswith(f"?clause={clause('2(1)')}")
    assert "Read the outcome" in words(ffion.get(answer.location))
    assert "2 clauses would change." in words(ffion.get(f"/committee/composites/{number}?clause=outcome"))


def test_further_amendments_are_put_on_an_open_desk_ticked_or_all(ffion, conflict):
    third, fourth = seconded(strike("3(1)"), title="No pump"), seconded(strike("3(2)"), title="No key")
    answer = ffion.post("/committee/composites/new", data={"amendments": [third], "onto": conflict})
    assert answer.location == f"/committee/composites/{conflict}"
    ffion.post("/committee/composites/new", data={"all": "1", "onto": conflict})
    assert store.composites.by_number(conflict).amendments == (1, 2, third, fourth)
    nothing = ffion.post("/committee/composites/new", data={"all": "1", "onto": conflict})
    assert nothing.status_code == 409
    assert "Choose amendments that are not on this desk yet." in words(nothing)


def test_of_very_many_that_wait_the_first_are_shown_and_the_others_counted(ffion, monkeypatch):
    monkeypatch.setattr(committee_page, "MANY", 2)
    for label in ("2(1)", "3(1)", "3(2)"):
        seconded(strike(label))
    page = words(ffion.get("/committee"))
    assert "3 amendments wait." in page
    assert "1 amendment is not." in page
