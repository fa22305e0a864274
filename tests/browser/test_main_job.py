"""The main job in a real browser: proposed, seconded, merged, settled, frozen, adopted; with and without script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import allotment
import pytest
import society
from allotment import FFION, GRACE, LEONARD, MEERA, ROSA, SIXTEEN
from served import served

from constitution.numbering import number, own_number
from constitution.references import show
from services import auditing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

PHONE, DESK = (390, 844), (1280, 900)
INDOORS = "Meetings are held indoors."


@pytest.fixture
def app(tmp_path):
    return society.opened(tmp_path)


@pytest.fixture
def address(app) -> Iterator[str]:
    """The society, served: this story changes the constitution, so it has a server of its own."""
    with served(app) as address:
        yield address


@pytest.fixture
def clauses(app) -> dict[str, str]:
    """The id of every clause of the first edition by its label."""
    with app.app_context():
        return {label: one for one, label in number(allotment.in_force().constitution).items()}


class Story:
    """One way to live through the main job: a size of window, with or without script."""

    def __init__(self, browse, look, size, script) -> None:
        self.browse, self.look, self.size, self.script = browse, look, size, script
        self.pages: dict[str, Page] = {}

    def go(self, path: str, handle: str) -> Page:
        """A page as somebody sees it, looked over; everybody signs in once, in a browser of their own."""
        if handle in self.pages:
            self.pages[handle].goto(path)
        else:
            self.pages[handle] = self.browse(path, size=self.size, script=self.script, handle=handle)
        self.seen(self.pages[handle])
        return self.pages[handle]

    def seen(self, page: Page) -> None:
        """Nothing is wrong with what is shown. Axe is script, so without script only the address is noted."""
        if self.script:
            assert self.look(page) == [], page.url

    def press(self, page: Page, name: str) -> None:
        """Press a button and look at what comes."""
        with page.expect_navigation():
            page.get_by_role("button", name=name, exact=True).click()
        self.seen(page)

    def propose(self, handle: str, clause: str, typed: str, title: str) -> str:
        """Another text for a clause; the path of the amendment."""
        page = self.go(f"/amendments/propose?clause={clause}&act=reword", handle)
        page.get_by_label("Text").first.fill(typed)
        self.finish(page, title)
        return page.url

    def finish(self, page: Page, title: str) -> None:
        page.get_by_label("Title").fill(title)
        page.get_by_label("Reason").fill("So that more of us decide.")
        self.press(page, "Submit amendment")

    def second(self, url: str, *handles: str) -> None:
        """Open the amendment and press the one button."""
        for handle in handles:
            page = self.go(url, handle)
            self.press(page, "Second this amendment")
            assert "You have seconded" in page.inner_text("main")


THOROUGH = pytest.mark.thorough
WAYS = [
    pytest.param((PHONE, True), id="phone", marks=THOROUGH),
    pytest.param((DESK, True), id="desk", marks=THOROUGH),
    pytest.param((PHONE, False), id="phone-no-script", marks=THOROUGH),
]


@pytest.fixture(params=WAYS)
def story(request, browse, look) -> Story:
    return Story(browse, look, *request.param)


def test_an_amendment_goes_from_a_clause_to_the_next_edition(story, app, clauses):
    clause = clauses["2(1)"]

    page = story.go(f"/amendments/propose?clause={clause}&act=reword", MEERA)
    page.get_by_label("Text").fill(SIXTEEN.replace("sixteen", "twenty"))
    page.get_by_text("Add another change", exact=True).click()
    page.get_by_label("Clause", exact=True).select_option(clause)
    page.get_by_label("What to do with it").select_option("add-before")
    story.press(page, "Add this change")
    page.get_by_label("Text").last.fill(INDOORS)
    story.press(page, "Preview and save")
    shown = page.inner_text("#preview")
    assert 'leave out "sixteen" and insert "twenty"' in shown
    assert page.get_by_label("Text").last.input_value() == INDOORS
    story.finish(page, "Twenty, indoors")
    ours = page.url

    story.second(ours, ROSA, GRACE)
    theirs = story.propose(LEONARD, clause, SIXTEEN.replace("sixteen", "twelve"), "Twelve will do")
    story.second(theirs, ROSA, GRACE)

    page = story.go("/committee", FFION)
    page.get_by_label("A1 Twenty, indoors").check()
    page.get_by_label("A2 Twelve will do").check()
    page.get_by_label("Title of the composite").fill("Meetings")
    story.press(page, "Put the ticked ones on the desk")
    assert "still to settle" in page.inner_text("main")
    page.get_by_role("radio", name=re.compile("twelve")).check()
    story.press(page, "Save choices")
    story.press(page, "Freeze a draft")
    draft = page.url

    page.goto(draft + "/adopt")
    story.seen(page)
    story.press(page, "Adopt this exact text")
    assert "is edition 2" in page.inner_text("main")
    story.go("/constitution", FFION)
    story.go(draft, FFION)
    story.go(ours, MEERA)

    with app.app_context():
        book = allotment.in_force().constitution
        labels, own = number(book), own_number(book)
        printed = {labels[one.id]: show(one.text, labels, own) for one in book.walk()}
        assert printed["2(1)"] == INDOORS
        assert printed["2(2)"] == SIXTEEN.replace("sixteen", "twelve")
        assert labels[clause] == "2(2)"
        assert printed["1(2)"].endswith("expelled under clause 2(4).")
        assert "clause 2(2) is met" in printed["3(2)"]
        assert auditing.verify() == ()


def test_the_redline_follows_the_typing(browse, clauses):
    page = browse(f"/amendments/propose?clause={clauses['2(1)']}&act=reword", handle=MEERA)
    page.get_by_label("Text").fill(SIXTEEN.replace("sixteen", "twenty"))
    page.locator("#preview .rulebook ins").wait_for()
    assert page.get_by_label("Text").input_value() == SIXTEEN.replace("sixteen", "twenty")


@pytest.mark.thorough
def test_an_error_takes_the_focus_and_loses_nothing(browse, look, clauses):
    page = browse(f"/amendments/propose?clause={clauses['2(1)']}&act=reword", handle=MEERA, size=PHONE)
    page.get_by_label("Text").fill(SIXTEEN.replace("sixteen", "twenty"))
    with page.expect_navigation():
        page.get_by_role("button", name="Submit amendment").click()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert page.get_by_label("Text").input_value() == SIXTEEN.replace("sixteen", "twenty")
    assert look(page) == []
