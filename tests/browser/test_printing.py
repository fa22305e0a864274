"""A pack is made beside the answers: its page follows by itself, with script and without, and is read on any screen."""

import pytest
from playwright.sync_api import expect

PACK = "/print/draft/3"


@pytest.mark.parametrize(
    ("form", "script"), [("the plain text", True), pytest.param("the PDF", False, marks=pytest.mark.thorough)]
)
def test_the_page_follows_until_the_document_is_there(browse, look, form, script):
    page = browse(PACK, script=script)
    page.get_by_role("button", name=f"Make {form}", exact=True).click()
    name = form.removeprefix("the ")
    item = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name, exact=False)).first
    expect(item.get_by_role("link", name="Take it away")).to_be_visible(timeout=20_000)
    if script:
        assert look(page) == []


@pytest.mark.thorough
def test_the_numbered_lines_are_read_on_a_small_phone(browse, look):
    page = browse(PACK, size=(320, 640), scheme="dark")
    page.get_by_role("button", name="Make the page").click()
    page.get_by_role("link", name="Read it").click(timeout=20_000)
    expect(page.get_by_role("heading", name="The text as it would stand")).to_be_visible()
    assert look(page) == []
