"""What if these were carried: the text, what falls, what conflicts, what dangles; the address says it all."""

import allotment
import pytest
import society
from allotment import FFION, NOON, ROSA, SIXTEEN, add, member, reword, seconded, strike

from amendments.decisions import Kind, Tie
from services import relating
from services.proposal import Act


@pytest.fixture
def client(tmp_path):
    app = society.opened(tmp_path)
    with app.app_context():
        seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twenty")))
        seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twelve")), by=ROSA)
        seconded(strike("2(3)"))
        seconded(add(Act.ADD_AFTER, "3(2)", "The pump is oiled in spring."))
        relating.rule(member(FFION), Tie(4, Kind.FALLS_IF, 3, "So it is."), NOON)
    return app.test_client()


def test_what_is_ticked_is_shown_as_a_redline_that_can_be_shared(client):
    page = client.get("/what-if?a=1&a=4").text
    assert "{+</span>twenty" in page
    assert "The pump is oiled in spring." in page
    assert "2 amendments ticked, 2 clauses changed, no amendments falling" in page
    assert 'href="/what-if?a=1&amp;a=4"' in page
    assert "{+</span>" not in client.get("/what-if?a=1&a=4&view=amended").text


def test_conflicts_are_named_with_the_words_at_issue_and_the_words_in_force_stay(client):
    page = client.get("/what-if?a=1&a=2").text
    for said in ("Clause 2(1)", "twenty", "twelve", "sixteen", "1 conflict", "Nothing would change."):
        assert said in page


def test_what_falls_and_what_dangles_is_said_with_the_reason(client):
    page = client.get("/what-if?a=3&a=4").text
    assert "falls. It falls because <a" in page
    assert "The pump is oiled in spring." not in page
    assert "1(2) cites a clause that is no longer there." in page


def test_amendments_are_found_to_tick_by_number_title_and_clause(client):
    assert client.get("/what-if?q=A4").text.count('type="checkbox"') == 1
    assert client.get("/what-if?clause=2").text.count('type="checkbox"') == 3
    assert "no clause 99" in client.get("/what-if?clause=99").text
    assert "Left out, because they are not open: A77." in client.get("/what-if?a=77").text
    assert client.get("/what-if?a=1&q=nothing-of-it").text.count("checked") == 1


def test_an_amendment_that_does_not_fit_the_edition_is_left_out_and_says_why(client):
    with client.application.app_context():
        allotment.revise(allotment.BOOK.replace("sixteen", "six"))
    page = client.get("/what-if?a=1&a=4").text
    assert "does not fit the edition in force any more" in page
    assert "The pump is oiled in spring." in page


def test_the_page_of_an_amendment_leads_here(client):
    assert 'href="/what-if?a=4"' in client.get("/amendments/4").text
