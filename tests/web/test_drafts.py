"""The page of a frozen draft: the committee's words, who wrote it, what became of every amendment, objections."""

import csv
import io
import re

import allotment
import pytest
import society
from allotment import (
    FFION,
    GRACE,
    LEONARD,
    MEERA,
    NOON,
    ROSA,
    SIXTEEN,
    TOBIAS,
    member,
    on_desk,
    propose,
    reword,
    seconded,
)

import store
import store.drafts
import store.members
from amendments.composite import OWN, Choices
from services import compositing, coverage, drafting_final, enrolling

STAGES = """
[[stage]]
id = "objections"
opens = "2020-01-01"
closes = "2120-01-01"
allows = ["object", "merge", "second", "amendment"]
"""


@pytest.fixture
def client(tmp_path):
    opened = society.opened(tmp_path)
    with opened.app_context():
        yield opened.test_client()


@pytest.fixture
def draft(client) -> int:
    """A1 and A2 dispute a word, the committee writes its own; A3 is left out and A4 seeks seconders."""
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + STAGES, NOON)
    number = on_desk(
        seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twenty"))),
        seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twelve")), by=LEONARD),
    )
    beside = seconded(reword("3(1)", "The pump is blue."), title="=HYPERLINK(1)")
    propose(reword("3(2)", "Nobody waters."), by=GRACE)
    (question,) = compositing.open_desk(number).composition.questions()
    took = Choices({question.key: question.options[0].key})
    own = Choices({question.key: OWN}, {question.key: "fifteen"})
    compositing.choose(member(TOBIAS), number, took, 0, NOON)
    compositing.choose(member(FFION), number, own, 1, NOON, reasons={question.key: "Halfway between A1 and A2."})
    coverage.leave(member(FFION), number, [beside], "Not now.", NOON)
    return drafting_final.freeze(member(FFION), number, NOON)


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text))


def test_the_headline_counts_the_committees_words_and_lists_them_with_their_reasons(client, draft):
    said = words(client.get(f"/drafts/{draft}"))
    assert "1 word by the committee, 0 without a reason" in said
    assert "Clause 2(1): fifteen 1 word Halfway between A1 and A2." in said
    assert "New words: 1 word by the committee." in said


def test_the_table_shows_every_amendment_or_those_of_one_fate(client, draft):
    every = words(client.get(f"/drafts/{draft}/coverage"))
    assert [f"A{n} " in every for n in (1, 2, 3, 4)] == [True] * 4
    assert "In clause 2(1) it asks for “twenty”: the committee wrote “fifteen”. Halfway between A1 and A2 ." in every
    left = words(client.get(f"/drafts/{draft}/coverage?fate=seeking-seconders"))
    assert ("A4 " in left, "A3 " in left) == (True, False)


def test_the_table_can_be_taken_away_and_computes_nothing(client, draft):
    answer = client.get(f"/drafts/{draft}/coverage.csv")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="draft-{draft}-coverage.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [one["number"] for one in rows] == ["A1", "A2", "A3", "A4"]
    assert (rows[2]["title"], rows[2]["fate"], rows[2]["reason"]) == ("'=HYPERLINK(1)", "Left out", "Not now.")
    assert rows[0]["mover"] == "A member"


def test_every_choice_is_told_in_words(client, draft):
    client.sign_in(MEERA)
    said = words(client.get(f"/drafts/{draft}/choices"))
    first, second = said.index("Tobias Hale"), said.index("Ffion Pritchard")
    assert "In clause 2(1) the committee chose “twenty” ( A1 )." in said[first:second]
    assert "In clause 2(1) the committee wrote “fifteen”." in said[second:]


def test_an_objection_is_made_changed_and_taken_back_on_the_page(client, draft):
    client.sign_in(ROSA)
    page = f"/drafts/{draft}"
    assert "Object to this draft" in words(client.get(page))
    refused = client.post(f"{page}/objection", data={"reason": " "})
    assert refused.status_code == 409
    assert "Enter what you object to, and why" in words(refused)
    client.post(f"{page}/objection", data={"reason": "Too hasty."})
    shown = client.get(page)
    assert "1 objection" in words(shown)
    assert "Rosa Lindgren" in words(shown)
    assert ">\r\nToo hasty.</textarea>" in shown.text
    client.sign_in(FFION)
    kept = store.drafts.by_number(draft)
    answer = client.post(f"{page}/adopt", data={"digest": kept.digest})
    assert answer.status_code == 409
    assert "Until then it cannot be adopted" in words(answer)
    client.sign_in(ROSA)
    client.post(f"{page}/objection/take-back")
    assert "No objections" in words(client.get(page))
