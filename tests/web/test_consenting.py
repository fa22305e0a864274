"""The page on which movers read what becomes of their amendments and answer, and the table of what a desk leaves."""

import re

import allotment
import pytest
import society
from allotment import FFION, LEONARD, MEERA, NOON, ROSA, SIXTEEN, member, on_desk, reword, seconded, strike

from amendments.composite import Choices
from services import compositing, enrolling

COMPOSITING = """
[[electorate]]
id = "drafters"
label = "the drafters"
bodies = ["Drafters"]
[compositing]
by = "drafters"
consent = "movers"
"""


@pytest.fixture
def client(tmp_path):
    opened = society.opened(tmp_path)
    with opened.app_context():
        yield opened.test_client()


@pytest.fixture
def composite(client) -> int:
    """A1 of Meera and A2 of Leonard dispute a word; Leonard's is chosen. A3 waits beside the desk."""
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + COMPOSITING, NOON)
    number = on_desk(
        seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twenty"))),
        seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twelve")), by=LEONARD),
    )
    seconded(strike("3(1)"), title="No pump")
    (question,) = compositing.open_desk(number).composition.questions()
    picked = {question.key: question.options[1].key}
    compositing.choose(member(FFION), number, Choices(picked), 0, NOON)
    return number


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text))


def test_a_mover_is_asked_reads_what_became_of_theirs_and_answers(client, composite):
    page = f"/composites/{composite}/consent"
    client.sign_in(FFION)
    assert "Ask them about this text" in words(client.get(page))
    client.post(f"{page}/ask")
    assert "0 of 2 agreed" in words(client.get(page))
    client.sign_in(MEERA)
    shown = client.get(page)
    said = words(shown)
    assert "In clause 2(1) it asks for “twenty”: the committee chose “twelve” ( A2 )." in said
    digest = re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', shown.text)[1]
    refused = client.post(page, data={"digest": digest, "answer": "no"})
    assert (refused.status_code, "Enter the reason for your objection" in words(refused)) == (409, True)
    stale = client.post(page, data={"digest": "0" * 64, "answer": "no", "reason": "Twenty it is."})
    assert (stale.status_code, "Twenty it is." in stale.text) == (409, True)
    client.post(page, data={"digest": digest, "answer": "no", "reason": "Twenty it is."})
    client.sign_out()
    said = words(client.get(page))
    assert "Objects Twenty it is." in said
    assert "Meera" not in said
    desk = words(client.get(f"/committee/composites/{composite}"))
    assert "The mover of A1 objects: Twenty it is." in desk
    assert "A member: Objects Twenty it is." in desk


def test_who_is_not_asked_reads_and_is_not_offered_an_answer(client, composite):
    client.sign_in(ROSA)
    page = f"/composites/{composite}/consent"
    assert "Do you agree" not in words(client.get(page))
    assert client.post(page, data={"answer": "yes"}).status_code == 403


def test_what_the_desk_does_without_is_said_and_taken_back(client, composite):
    client.sign_in(FFION)
    page, act = f"/committee/composites/{composite}/coverage", f"/committee/composites/{composite}/leave"
    assert 'href="/committee/composites/1/coverage#without"' in client.get(f"/committee/composites/{composite}").text
    refused = client.post(act, data={"amendments": "3", "reason": " "})
    assert (refused.status_code, "Enter the reason" in words(refused)) == (409, True)
    assert re.search(r'value="3" checked', refused.text)
    assert "Choose the amendments." in words(client.post(act, data={"reason": "Later."}))
    client.post(act, data={"amendments": "3", "reason": "Later."})
    said = words(client.get(page))
    assert "Every amendment has a fate." in said
    assert "Left out Later." in said
    client.post(act, data={"amendments": "3", "back": "1"})
    assert "Every amendment has a fate." not in words(client.get(page))
