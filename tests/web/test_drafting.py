"""The list of amendments, one amendment, and the form that makes one."""

import allotment
import html5lib
import pytest
import society
from allotment import MEERA, ROSA, SIXTEEN, clause, propose, reword, second, strike
from pages import text

import store.amendments

TYPED = SIXTEEN.replace("sixteen", "twenty")


@pytest.fixture
def app(tmp_path):
    opened = society.opened(tmp_path)
    with opened.app_context():
        yield opened


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def meera(client):
    client.sign_in(MEERA)
    return client


def sent(*changes, do="preview", title="", reason="", base=1, **more):
    """What the browser sends: (act, label, text) or (act, label, text, heading) a change."""
    data = {"base": base, "do": do, "title": title, "reason": reason, **more}
    for n, (act, label, typed, *heading) in enumerate(changes):
        data |= {
            f"changes-{n}-act": act, f"changes-{n}-clause": clause(label), f"changes-{n}-text": typed,
            f"changes-{n}-heading": heading[0] if heading else "",
        }  # fmt: skip
    return data


def areas(response) -> dict[str, str]:
    """What stands in each textarea of the answer."""
    page = html5lib.parse(response.text, namespaceHTMLElements=False)
    return {one.get("name"): (one.text or "").removeprefix("\n") for one in page.iter("textarea")}


def words(response) -> str:
    return text(html5lib.parse(response.text, namespaceHTMLElements=False).find("body"))


def test_the_list_says_number_title_mover_state_and_progress(meera, app):
    propose(strike("3(1)"), title="No pump")
    said = words(meera.get("/amendments"))
    for part in ("A1 No pump", "Meera Nair", "Seeking seconders", "0 of 2 members"):
        assert part in said


@pytest.mark.parametrize(
    ("query", "there"), [("?q=pump", True), ("?q=tea", False), ("?state=seconded", False), ("?state=nonsense", True)]
)
def test_the_list_is_searched_and_filtered(client, app, query, there):
    propose(strike("3(1)"), title="No pump")
    assert ("No pump" in words(client.get(f"/amendments{query}"))) is there


def test_an_empty_list_says_so(client):
    assert "Nobody has proposed an amendment yet." in words(client.get("/amendments"))


def test_an_amendment_shows_its_change_in_words_and_as_a_redline(client, app):
    number = propose(reword("2(1)", TYPED), title="Twenty")
    response = client.get(f"/amendments/{number}")
    assert 'In clause 2(1), leave out "sixteen" and insert "twenty".' in words(response)
    assert "<del>" in response.text
    assert "<ins>" in response.text
    assert store.amendments.by_number(number).version.digest in response.text


@pytest.mark.parametrize("view", ["inline", "side", "amended", "nonsense"])
def test_every_view_of_an_amendment_opens(client, app, view):
    number = propose(reword("2(1)", TYPED), strike("3"))
    assert client.get(f"/amendments/{number}?view={view}").status_code == 200


def test_a_visitor_finds_a_link_to_sign_in_where_a_member_finds_the_button(client, app):
    number = propose(reword("2(1)", TYPED))
    assert f"/sign-in?next=/amendments/{number}" in client.get(f"/amendments/{number}").text
    client.sign_in(ROSA)
    assert "Second this amendment" in words(client.get(f"/amendments/{number}"))


def test_an_amendment_that_was_never_made_is_not_found(client):
    response = client.get("/amendments/99")
    assert response.status_code == 404
    assert "There is no amendment 99." in words(response)


def test_a_visitor_who_wants_to_propose_is_asked_to_sign_in_and_comes_back(client):
    response = client.get("/amendments/propose?act=strike")
    assert response.status_code == 303
    assert response.location.startswith("/sign-in?next=")


def test_the_form_holds_the_clause_as_it_is_printed_and_what_is_below_it(meera):
    found = areas(meera.get(f"/amendments/propose?clause={clause('1')}&act=reword"))
    assert "expelled under clause 2(3)." in found["changes-2-text"]
    assert "changes-1-text" in found


@pytest.mark.parametrize("act", ["reword", "add-after", "add-before", "add-below", "strike", "nonsense"])
def test_the_form_opens_for_every_act(meera, act):
    assert meera.get(f"/amendments/propose?clause={clause('2(1)')}&act={act}").status_code == 200


def test_the_form_opens_without_a_clause_and_offers_all_of_them(meera):
    response = meera.get("/amendments/propose")
    assert response.status_code == 200
    assert response.text.count("<option") > 10


def test_the_form_of_a_clause_that_is_not_there_is_not_found(meera):
    assert meera.get("/amendments/propose?clause=nowhere").status_code == 404


def test_a_preview_shows_the_change_and_gives_everything_back(meera):
    response = meera.post("/amendments/propose", data=sent(("reword", "2(1)", TYPED), title="Twenty", reason="More."))
    assert 'In clause 2(1), leave out "sixteen" and insert "twenty".' in words(response)
    assert areas(response)["changes-0-text"] == TYPED
    assert areas(response)["reason"] == "More."
    assert 'value="Twenty"' in response.text


def test_submitting_makes_an_amendment_and_goes_to_its_page(meera):
    data = sent(
        ("reword", "2(1)", TYPED),
        ("add-before", "2(1)", "Meetings are held indoors."),
        do="submit",
        title="Twenty",
        reason="More.",
    )
    response = meera.post("/amendments/propose", data=data)
    assert (response.status_code, response.location) == (303, "/amendments/1")
    assert "seeking seconders" in words(meera.get("/amendments/1"))


def test_every_problem_is_said_beside_its_field_and_nothing_typed_is_lost(meera):
    response = meera.post(
        "/amendments/propose", data=sent(("reword", "2(1)", TYPED), ("add-after", "2(2)", ""), do="submit")
    )
    assert response.status_code == 422
    for anchor in ("#changes-1-text", "#title", "#reason"):
        assert f'href="{anchor}"' in response.text
    assert areas(response)["changes-0-text"] == TYPED


def test_another_change_is_added_and_one_is_removed_without_losing_the_rest(meera):
    data = sent(("reword", "2(1)", TYPED), do="add", add_act="add-after", add_clause=clause("3(1)"), title="Twenty")
    response = meera.post("/amendments/propose", data=data)
    assert areas(response)["changes-0-text"] == TYPED
    assert "A new clause after clause 3(1)" in words(response)
    assert 'value="Twenty"' in response.text
    data = sent(("reword", "2(1)", TYPED), ("add-after", "3(1)", "Tea."), do="remove-0")
    assert areas(meera.post("/amendments/propose", data=data))["changes-0-text"] == "Tea."


def test_a_member_whose_session_ended_gets_the_words_back(client):
    response = client.post(
        "/amendments/propose", data=sent(("reword", "2(1)", TYPED), do="submit", title="T", reason="R")
    )
    assert response.status_code == 403
    assert areas(response)["changes-0-text"] == TYPED
    assert store.amendments.listing() == ()


def test_a_form_without_its_token_keeps_nothing_and_loses_nothing(app, meera):
    app.config["WTF_CSRF_ENABLED"] = True
    response = meera.post(
        "/amendments/propose", data=sent(("reword", "2(1)", TYPED), do="submit", title="T", reason="R")
    )
    assert response.status_code == 400
    assert areas(response)["changes-0-text"] == TYPED
    assert store.amendments.listing() == ()


def test_the_form_says_when_a_newer_edition_came_into_force_and_brings_the_words_there(meera):
    data = sent(("reword", "2(2)", allotment.NOTICE.replace("two weeks", "three weeks")))
    allotment.revise(allotment.BOOK.replace("by post", "by letter"))
    assert "Edition 2 has come into force since you began" in words(meera.post("/amendments/propose", data=data))
    response = meera.post("/amendments/propose", data={**data, "do": "renew"})
    assert areas(response)["changes-0-text"].endswith("three weeks before it, by letter.")
    assert "has come into force" not in words(response)


def test_a_tampered_form_is_answered_with_a_form(meera):
    data = {
        "base": "x",
        "do": "preview",
        "changes-0-act": "explode",
        "changes-0-clause": "nowhere",
        "changes-0-text": "x",
    }
    assert meera.post("/amendments/propose", data=data).status_code == 422
    assert meera.post("/amendments/propose", data={"base": "99", "do": "preview"}).status_code == 404


def test_markup_in_a_clause_is_only_text(meera):
    response = meera.post(
        "/amendments/propose", data=sent(("add-after", "2(1)", "<script>alert(1)</script></textarea>"))
    )
    assert "<script>alert" not in response.text
    assert areas(response)["changes-0-text"] == "<script>alert(1)</script></textarea>"


def test_the_mover_withdraws_and_the_page_says_why(meera):
    number = propose(strike("3(1)"))
    meera.post(f"/amendments/{number}/withdraw", data={"withdraw-reason": "Second thoughts"})
    said = words(meera.get(f"/amendments/{number}"))
    assert "Withdrawn" in said
    assert "Second thoughts" in said


def test_nobody_else_withdraws_it(client, app):
    number = propose(strike("3(1)"))
    client.sign_in(ROSA)
    assert client.post(f"/amendments/{number}/withdraw").status_code == 403


def test_an_open_amendment_says_how_it_fits_the_edition_in_force(client, app):
    number = propose(reword("2(1)", TYPED))
    allotment.revise(allotment.INDOORS)
    said = words(client.get(f"/amendments/{number}"))
    assert "Edition 2 is in force now; this was made on edition 1." in said
    assert "It still fits" in said


def test_the_seconders_are_named_with_the_moment(meera, app):
    number = propose(strike("3(1)"))
    second(number, ROSA)
    said = words(meera.get(f"/amendments/{number}"))
    assert "Rosa Lindgren" in said
    assert "UTC" in said
