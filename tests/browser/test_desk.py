"""Forty amendments, one deadline: the committee merges the demonstration by hand, and every one has its fate."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from served import served

from app import create_app
from config import Environment, Settings

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PHONE, DESK = (390, 844), (1280, 900)


@pytest.fixture
def address(demonstration, tmp_path):
    """The demonstration on a server of its own: this story changes it."""
    file = shutil.copy(demonstration, tmp_path / "redraft.sqlite3")
    settings = Settings(Environment.DEMONSTRATION, f"sqlite:///{file}", "browser" * 6, demonstration_sign_in=True)
    with served(create_app(settings)) as address:
        yield address


def settle(page: Page) -> None:
    """Choose the first answer to everything that is asked on a page, and save with the keys."""
    for conflict in page.locator("fieldset.conflict").all():
        places = conflict.locator("select.control-place").all()
        for n, place in enumerate(places, 1):
            place.select_option(str(n))
        if not places:
            conflict.locator("input[type=radio]").first.check()
    for mark in page.locator("div.conflict input[type=checkbox]").all():
        mark.check()
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    page.get_by_text("Your choices are saved.").wait_for()


def follow(page: Page, link: Locator) -> None:
    """Go where a link leads, and wait until one is there."""
    page.goto(link.get_attribute("href"))


@pytest.mark.thorough
def test_forty_amendments_are_merged_by_hand_and_none_is_lost(browse, look):
    page = browse("/committee/composites/4", size=DESK, handle="ffion-pritchard")
    page.get_by_role("button", name="Abandon this composite").click()
    page.get_by_label("Title of the composite").fill("Forty for conference")
    page.get_by_role("button", name="Put all that may be merged on the desk").click()
    assert look(page) == []
    merged = int(re.search(r"(\d+) amendments on this desk", page.content())[1])
    assert merged >= 40
    # The first conflict is settled in the committee's own words; what comes of that is there before it is saved.
    own = page.locator("fieldset.conflict").first
    own.locator("summary").click()
    own.locator("input[id$=-words]").fill("one and a third")
    own.locator("input[id$=-reason]").fill("It lies between the two.")
    own.locator("input[value=own]").check()
    page.locator(".result").filter(has_text="third").wait_for()
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    while (line := page.locator("#desk-list a").filter(has_text="to settle")).count():
        follow(page, line.first)
        settle(page)
    # One is left with a reason; those that are not on the desk need one too.
    follow(page, page.locator("#desk-list a").first)
    page.locator("details.leave summary").first.click()
    page.locator("details.leave select").first.select_option("1")
    page.locator("details.leave input").first.fill("It is put to the vote by itself.")
    settle(page)
    page.goto("/committee/composites/5?clause=outcome")
    follow(page, page.locator("#left a").filter(has_text="Say why the draft does without"))
    assert look(page) == []
    for box in page.locator("#without input[type=checkbox]").all():
        box.check()
    page.locator("#without textarea").fill("They wait for the next draft.")
    page.get_by_role("button", name="Leave these, with this reason").click()
    page.goto("/committee/composites/5?clause=outcome")
    assert look(page) == []
    if page.locator("#left a").count():
        follow(page, page.locator("#left a").first)  # the rules want the movers told of the text
        page.get_by_role("button", name=re.compile("Tell|Ask")).first.click()
        page.goto("/committee/composites/5?clause=outcome")
    page.get_by_role("button", name="Freeze a draft").click()
    assert "Nothing in it can change any more" in page.content()
    assert look(page) == []
    phone = browse(page.url, size=PHONE, handle="grace-adeyemi")
    assert look(phone) == []
    assert "0 without a reason" in phone.content()
    phone.goto(f"{page.url}/coverage")
    assert look(phone) == []
    table = phone.content()
    assert "It is put to the vote by itself." in table
    assert "They wait for the next draft." in table
