"""The pages of admission: rulings, appeals, recommendations and private advice, as who asks may see and do them."""

import re

import html5lib
import pytest
from pages import text

from demonstration.loading import NUMBERS

TOBIAS, FFION, ROSA, HARRIET, LEONARD, MEERA = (
    "tobias-hale", "ffion-pritchard", "rosa-lindgren", "harriet-okoro", "leonard-thwaite", "meera-nair",
)  # fmt: skip
REFUSED, APPEALED, WAITING = NUMBERS["national-path"], NUMBERS["two-meetings"], NUMBERS["aim-harm"]
OWN = NUMBERS["unsigned-paths"]  # Meera's
ADVISED = NUMBERS["no-limit"]


def words(response):
    return text(html5lib.parse(response.text, namespaceHTMLElements=False).find("body"))


def path(number, act=""):
    return f"/amendments/{number}{act}"


def test_the_page_shows_what_waits_what_is_refused_and_why_and_what_is_open(client):
    page = client.get("/committee/admission")
    said = words(page)
    assert "ruled on by the standing orders committee" in said
    assert "A refusal has one of these grounds: it does not amend the text, it would break the law or" in said
    assert "Ruled out of order: it would break the law." in said
    assert "The appeal to delegates to conference was dismissed." in said
    assert "There is an appeal to delegates to conference; nothing is decided yet." in said
    assert re.search(r"Without a ruling by \d+ \w+ \d{4}.*left\) it counts as admitted", said)
    assert "Rule on A" not in said


def test_who_belongs_to_the_committee_rules_and_the_list_says_so(client):
    client.sign_in(FFION)  # of the drafting committee, and not of that which rules
    assert "Rule on" not in words(client.get("/committee/admission"))
    assert client.post(path(WAITING, "/ruling"), data={}).status_code == 403
    client.sign_in(TOBIAS)
    assert f"Rule on A{WAITING}" in words(client.get("/committee/admission"))
    typed = {"version": 1, "back": "y", "outcome": "out-of-order", "reason": "Said at length."}
    sent = {f"rule-{WAITING}-{name}": value for name, value in typed.items()}
    answer = client.post(path(WAITING, "/ruling"), data=sent)
    assert answer.status_code == 409
    assert "Choose the ground from the list that the rules give." in words(answer)
    assert "Said at length." in answer.text
    answer = client.post(path(WAITING, "/ruling"), data=sent | {f"rule-{WAITING}-ground": "unlawful"})
    assert answer.location == "/committee/admission"
    page = words(client.get(path(WAITING)))
    assert "Ruled out of order: it would break the law. Said at length." in page
    assert "7 days left" in page or "6 days left" in page


def test_whoever_seconded_or_moved_it_finds_the_appeal_and_an_officer_its_outcome(client):
    client.sign_in(HARRIET)
    assert "Enter what became of the appeal" in words(client.get(path(APPEALED)))
    answer = client.post(path(APPEALED, "/appeal/outcome"), data={"outcome-in_favour": "many"})
    assert "Enter a whole number, or leave both votes empty." in words(answer)
    typed = {"in_favour": "12", "against": "10", "explanation": "Minute 9."}
    client.post(path(APPEALED, "/appeal/outcome"), data={f"outcome-{name}": said for name, said in typed.items()})
    said = words(client.get(path(APPEALED)))
    assert "The appeal to delegates to conference was upheld. Minute 9. More than 1/2 of the votes cast" in said
    assert "2 × 12 = 24 > 1 × 22 = 22: yes" in said
    client.sign_in(LEONARD)
    assert "An appeal was possible until" in words(client.get(path(REFUSED)))
    assert client.post(path(REFUSED, "/appeal"), data={"appeal-reason": "No"}).status_code == 403


def test_a_recommendation_has_a_box_of_its_own_and_its_history(client):
    said = words(client.get(path(ADVISED)))
    assert "What the committee recommends Reject it." in said
    client.sign_in(FFION)
    typed = {"recommend-version": 1, "recommend-kind": "carry-with-changes", "recommend-reason": "On second thoughts."}
    answer = client.post(path(ADVISED, "/recommendation"), data=typed)
    assert "Enter the changes with which you recommend it." in words(answer)
    client.post(path(ADVISED, "/recommendation"), data=typed | {"recommend-changes": "For small branches."})
    said = words(client.get(path(ADVISED)))
    assert "Carry it with changes. On second thoughts." in said
    assert "Recommended" in said
    assert said.count("Reject it. A limit is there") == 1  # in the history


def test_only_the_two_sides_learn_that_they_write_to_one_another(client):
    client.sign_in(MEERA)
    answer = client.post(path(OWN, "/advice"), data={"advice-text": "x" * 2001})
    assert "2,001 characters" in words(answer)
    client.post(path(OWN, "/advice"), data={"advice-text": "Does “unsigned” cover fallen signs?"})
    client.sign_in(FFION)
    assert "Does “unsigned” cover fallen signs?" in words(client.get(path(OWN)))
    for person in (None, ROSA, HARRIET):
        client.sign_in(person) if person else client.sign_out()
        assert client.post(path(OWN, "/advice"), data={"advice-text": "Let me in"}).status_code == 404
        assert "Drafting advice" not in words(client.get(path(OWN)))
    log = words(client.get("/log"))
    assert "withheld wrote in a private thread" in log
    assert "unsigned" not in log


@pytest.mark.parametrize("address", ["/committee/admission", path(APPEALED), path(ADVISED)])
def test_the_committee_sees_its_forms_on_pages_that_are_sound(client, address):
    client.sign_in(TOBIAS)
    assert client.get(address).status_code == 200
