"""What a member does in ten minutes: propose from a clause, second from a link, go on with what was begun.

Each journey counts its presses: a click on a link or button, or Enter on one; typing is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import allotment
import pytest
import society
from allotment import LEONARD, MEERA, ROSA, SIXTEEN, reword
from served import served

import store.amendments
import store.unfinished
from constitution.numbering import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

PHONE, DESK = (390, 844), (1280, 900)
# Proposing on a phone without script and on a desk with it, seconding the other way round: all four are lived through.
PROPOSING = pytest.mark.parametrize(
    ("size", "script"),
    [(PHONE, False), pytest.param(DESK, True, marks=pytest.mark.thorough)],
    ids=["phone-no-script", "desk"],
)
SECONDING = pytest.mark.parametrize(
    ("size", "script"),
    [(PHONE, True), pytest.param(DESK, False, marks=pytest.mark.thorough)],
    ids=["phone", "desk-no-script"],
)
SAVED = "#saved time"  # the moment at which it was; there is none beside "Not saved"
TWENTY = SIXTEEN.replace("sixteen", "twenty")


@pytest.fixture
def app(tmp_path):
    return society.opened(tmp_path)


@pytest.fixture
def address(app) -> Iterator[str]:
    """The society, on a server of its own."""
    with served(app) as address:
        yield address


@pytest.fixture
def clause(app) -> str:
    with app.app_context():
        return next(one for one, label in number(allotment.in_force().constitution).items() if label == "2(1)")


class Presses:
    """A page whose presses are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def __call__(self, name: str) -> None:
        """Press a link or a button and wait for what comes."""
        self.count += 1
        control = self.page.get_by_role("link", name=name, exact=True).or_(
            self.page.get_by_role("button", name=name, exact=True)
        )
        with self.page.expect_navigation():
            control.first.click()


@PROPOSING
def test_from_a_clause_to_an_amendment_in_two_presses(browse, app, clause, size, script):
    page = browse(f"/constitution/clauses/{clause}", size=size, script=script, handle=MEERA)
    press = Presses(page)
    press("Propose a change")
    page.get_by_label("Text").fill(TWENTY)
    page.get_by_label("Title").fill("Twenty at a meeting")
    page.get_by_label("Reason").fill("So that more of us decide.")
    press("Submit amendment")
    assert page.url.endswith("/amendments/1")
    assert press.count == 2


@SECONDING
def test_a_link_opens_the_exact_text_and_one_press_seconds_it(browse, app, size, script):
    with app.app_context():
        made = allotment.propose(reword("2(1)", TWENTY))
    page = browse(f"/amendments/{made}", size=size, script=script, handle=ROSA)
    press = Presses(page)
    press("Second this amendment")
    assert "You have seconded this amendment." in page.inner_text("main")
    assert press.count == 1


@pytest.mark.thorough
def test_from_a_link_while_signed_out_the_way_leads_back_to_the_text(browse, app):
    with app.app_context():
        made = allotment.propose(reword("2(1)", TWENTY))
    page = browse(f"/amendments/{made}", size=PHONE)
    press = Presses(page)
    press("Sign in to second this amendment")
    press("Sign in as Rosa Lindgren")
    press("Second this amendment")
    assert press.count == 3


def test_with_the_keyboard_alone(browse, app, clause):
    page = browse(f"/constitution/clauses/{clause}", handle=MEERA)
    reach(page, "Propose a change")
    page.keyboard.press("Enter")
    page.wait_for_url("**/amendments/propose**")
    reach(page, "Text")
    page.keyboard.press("Control+A")
    page.keyboard.type(TWENTY)
    reach(page, "Title")
    page.keyboard.type("Twenty")
    reach(page, "Reason")
    page.keyboard.type("More of us decide.")
    reach(page, "Submit amendment")
    page.keyboard.press("Enter")
    page.wait_for_url("**/amendments/1")
    with app.app_context():
        assert store.amendments.by_number(1).version.edits[0].text == TWENTY


def reach(page: Page, name: str) -> None:
    """Press Tab until the control with this name has the focus, which must be seen."""
    for _ in range(80):
        page.keyboard.press("Tab")
        named = page.evaluate("(e => (e.labels?.[0]?.innerText || e.innerText || '').trim())(document.activeElement)")
        if named == name:
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"{name} is not reached with the keyboard")


@pytest.mark.thorough
def test_what_was_typed_is_there_again_in_another_browser(browse, app, clause):
    page = browse(f"/amendments/propose?clause={clause}", size=PHONE, handle=MEERA)
    page.get_by_label("Text").fill(TWENTY)
    page.locator(SAVED).wait_for()
    again = browse("/amendments/unfinished", size=DESK, handle=MEERA)
    press = Presses(again)
    press("Without a title yet")
    assert again.get_by_label("Text").input_value() == TWENTY


@pytest.mark.thorough
def test_without_a_connection_the_words_stay_on_the_device_until_there_is_one(browse, app, clause):
    page = browse(f"/amendments/propose?clause={clause}", handle=MEERA)
    page.context.set_offline(True)
    page.get_by_label("Text").fill(TWENTY)
    page.get_by_text("Not saved: there is no connection").wait_for()
    assert "twenty" in page.evaluate("Object.values(localStorage).join()")
    page.context.set_offline(False)
    page.locator(SAVED).wait_for()
    assert page.evaluate("localStorage.length") == 0
    with app.app_context():
        [kept] = store.unfinished.of(store.members.by_handle(MEERA).id)
    assert kept.content["changes"][0]["text"] == TWENTY


@pytest.mark.thorough
def test_words_that_were_never_saved_are_offered_when_the_page_is_opened_again(browse, app, clause):
    path = f"/amendments/propose?clause={clause}"
    page = browse(path, handle=LEONARD)
    page.context.set_offline(True)
    page.get_by_label("Text").fill(TWENTY)
    page.get_by_text("Not saved: there is no connection").wait_for()
    context = page.context
    page.close()
    context.set_offline(False)
    other = context.new_page()
    other.goto(path)
    other.get_by_role("button", name="Put them back").click()
    assert other.get_by_label("Text").input_value() == TWENTY
    other.locator(SAVED).wait_for()


@pytest.mark.thorough
def test_while_one_is_signed_out_the_words_stay_and_are_sent_after(browse, app, clause, look):
    page = browse(f"/amendments/propose?clause={clause}", handle=MEERA)
    page.context.clear_cookies()
    page.get_by_label("Text").fill(TWENTY)
    page.get_by_text("Not saved: you are not signed in").wait_for()
    page.get_by_label("Title").fill("Twenty")
    page.get_by_label("Reason").fill("More.")
    with page.expect_navigation():
        page.get_by_role("button", name="Submit amendment").click()
    assert page.get_by_label("Text").input_value() == TWENTY
    assert "You are not signed in as a member any more" in page.inner_text("main")
    assert look(page) == []
