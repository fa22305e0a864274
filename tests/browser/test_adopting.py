"""The pages of adoption as a browser shows them, on a telephone and on a desk, in the dark too."""

import allotment
import make
import pytest
import society
from allotment import FFION, HARRIET, NOON, ROSA, SIXTEEN, clause, member, on_desk, reword, seconded
from served import served
from voting import declared

from services import drafting_final, enrolling, ratifying

RULES = """
[[stage]]
id = "year"
opens = "2026-01-01"
closes = "2036-01-01"
allows = ["amendment", "second", "merge", "vote"]
[[electorate]]
id = "drafters"
bodies = ["Drafters"]
[[ballot]]
id = "vote"
label = "The members’ vote"
unit = "whole"
[adoption]
in_force = "registered"
registration = { with = "the Registrar" }
provisos = true
editorial = { by = "drafters", objection = "5w" }
"""


@pytest.fixture
def app(tmp_path):
    return society.opened(tmp_path)


@pytest.fixture
def address(app):
    with served(app) as address:
        yield address


@pytest.fixture
def frozen(app) -> str:
    with app.app_context():
        enrolling.set_up("Allotment Society", allotment.RULEBOOK + RULES, NOON)
        make.changed_by_hand(f"UPDATE member SET body = 'Drafters' WHERE handle = '{FFION}'")
        drafting_final.freeze(
            member(FFION), on_desk(seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twenty")))), NOON
        )
        return clause("3(1)")


@pytest.mark.thorough
def test_from_a_proviso_to_the_certified_copy(app, browse, look, frozen):
    page = browse("/drafts/1", handle=FFION)
    page.get_by_text("Add a proviso").click()
    page.get_by_label("this day").fill("2027-01-01")
    assert look(page) == []
    page.get_by_role("button", name="Add the proviso").click()
    assert "Not in force yet: from 1 January 2027 on." in page.inner_text("#provisos")
    with app.app_context():
        ratifying.adopt_decided(declared("vote", 1, at=NOON), NOON)
    page = browse("/drafts/1", handle=HARRIET, size=(390, 844))
    page.get_by_text("Enter what was said outside").click()
    page.get_by_label("On which day").fill("2026-11-22")
    page.get_by_label("Its reference").fill("R 117")
    page.get_by_label("Registered, or agreed").check()
    assert look(page) == []
    page.get_by_role("button", name="Enter it").click()
    assert "In force as edition 2" in page.inner_text("#decision")
    page = browse(f"/constitution/clauses/{frozen}/correct", handle=FFION)
    assert look(page) == []
    page.get_by_label("Text").fill("The pumps is shared by all members.")
    page.get_by_label("What is wrong as it stands").fill("A slip.")
    page.get_by_role("button", name="Publish the correction").click()
    page = browse("/corrections", handle=ROSA, size=(320, 640))
    page.get_by_text("Object to it").click()
    assert look(page) == []
    for path in ("/editions/2/certified", "/editions/2/votes", "/constitution/on/2026-11-22"):
        assert look(browse(path, size=(320, 640), scheme="dark")) == [], path
