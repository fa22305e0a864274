"""The page of relations: drawn, in words, ruled with one press, challenged, decided."""

import re

import allotment
import pytest
import society
from allotment import FFION, NOON, ROSA, SIXTEEN, reword, seconded, strike

from services import enrolling

CONFLICT = """
[conflict]
packages = true
challenge = { by = "members", pass = { ratio = "2/3", base = "cast", strict = false } }
"""
PAGE = "/committee/relations"


@pytest.fixture
def client(tmp_path):
    app = society.opened(tmp_path)
    with app.app_context():
        enrolling.set_up("Allotment Society", allotment.RULEBOOK + CONFLICT, NOON)
        seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twenty")))
        seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twelve")), by=ROSA)
        seconded(strike("2(1)"))
    return app.test_client()


def ruling(one="A1", kind="falls-if", other="A3", reason="It takes the clause out.", **more):
    return {"amendment": one, "kind": kind, "other": other, "reason": reason, "holds": "yes", **more}


def test_what_is_found_is_ruled_with_one_press_drawn_and_said_in_words(client):
    client.sign_in(FFION)
    page = client.get(f"{PAGE}?clause=2").text
    found = dict(re.findall(r'name="(amendment|kind|other)" value="([^"]*)"', page.partition('id="found"')[2])[:3])
    reason = re.search(r'<textarea class="control" rows="2"[^>]*>([^<]*)<', page)[1]
    assert found == {"amendment": "A1", "kind": "alternative", "other": "A2"}
    assert client.post(PAGE, data={**found, "reason": reason}).status_code == 303
    page = client.get(PAGE).text
    assert '<svg role="img"' in page
    assert "A1</a> and <a" in page
    assert page.count("Ruled <time") == 1
    assert "What depends on it" in client.get("/amendments/2").text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (ruling(one="nothing"), "Enter the number of an amendment"),
        (ruling(other="A99"), "There is no amendment 99."),
        (ruling(kind="made-up"), "Choose how they stand"),
        (ruling(reason=" "), "Enter the reason"),
        (ruling(other="A1"), "A1 cannot stand so to itself"),
        (ruling(holds="no"), "This does not hold now"),
    ],
)
def test_what_cannot_be_ruled_is_said_beside_the_field_and_nothing_typed_is_lost(client, sent, said):
    client.sign_in(FFION)
    answer = client.post(PAGE, data=sent)
    assert answer.status_code == 409
    assert said in re.search(r'<p class="error"[^>]*>.*?</p>', answer.text)[0]
    assert sent["reason"] in answer.text
    assert sent["amendment"] in answer.text


def test_a_ruling_is_challenged_decided_by_votes_and_taken_back(client):
    client.sign_in(FFION)
    client.post(PAGE, data=ruling())
    client.sign_out()
    client.sign_in(ROSA)
    assert client.post(f"{PAGE}/1/challenge", data={"reason": ""}).status_code == 409
    assert client.post(f"{PAGE}/1/challenge", data={"reason": "It is not so."}).status_code == 303
    assert "It is not so." in client.get(PAGE).text
    client.sign_out()
    client.sign_in(FFION)
    for wrong in ({}, {"in_favour": "x", "against": "1"}, {"upheld": "yes"}):
        assert client.post(f"{PAGE}/1/outcome", data=wrong).status_code == 409
    votes = {"in_favour": "20", "against": "10", "explanation": "The meeting voted."}
    assert client.post(f"{PAGE}/1/outcome", data=votes).status_code == 303
    assert "3 × 20 = 60 ≥ 2 × 30 = 60: yes" in client.get(f"{PAGE}/1").text
    assert "Nothing is said or ruled" in client.get(PAGE).text
    client.post(PAGE, data=ruling())
    assert "Rule otherwise" in client.get(PAGE).text
    assert 'value="no" checked' in client.get(f"{PAGE}?amendment=A1&kind=falls-if&other=A3&holds=no").text
    client.post(PAGE, data=ruling(holds="no", reason="After all."))
    assert "Nothing is said or ruled" in client.get(PAGE).text
    assert client.get(f"{PAGE}/99").status_code == 404
