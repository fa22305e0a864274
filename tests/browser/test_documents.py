"""Documents in a real browser: the rule book taken away, changed in a word processor, brought back on a phone."""

from __future__ import annotations

import io

import docx
import pytest

PHONE, SMALL, DESK = (390, 844), (320, 640), (1280, 900)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def taken(page, name):
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).click()
    return download.value.path().read_bytes()


def changed(content):
    """The document after somebody put a sentence behind its longest paragraph."""
    document = docx.Document(io.BytesIO(content))
    longest = max(document.paragraphs[:-1], key=lambda one: len(one.text))
    longest.runs[-1].text += " Written on a train."
    file = io.BytesIO()
    document.save(file)
    return {"name": "rules.docx", "mimeType": WORD, "buffer": file.getvalue()}


@pytest.mark.thorough
@pytest.mark.parametrize("script", [True, False])
def test_a_member_changes_the_text_in_word_and_proposes_it_on_a_phone(browse, look, script):
    page = browse("/amendments/from-document", handle="meera-nair", size=PHONE, script=script)
    if script:
        assert look(page) == []
    page.get_by_label("The document that you changed").set_input_files(changed(taken(page, "Word")))
    with page.expect_navigation():
        page.get_by_role("button", name="See what I changed").click()
    assert "1 change found in your document." in page.inner_text("main")
    assert any("Written on a train." in one for one in page.locator("ins").all_inner_texts())
    if script:
        assert look(page) == []
    page.get_by_label("Title").fill("On trains")
    page.get_by_label("Reason").fill("It was written there.")
    with page.expect_navigation():
        page.get_by_role("button", name="Submit amendment").click()
    assert "On trains" in page.inner_text("h1")


@pytest.mark.thorough
@pytest.mark.parametrize("size", [SMALL, DESK])
def test_an_administrator_looks_at_a_document_line_by_line(browse, look, size):
    page = browse("/constitution/text", handle="harriet-okoro", size=size)
    assert look(page) == []
    file = changed(taken(page, "Word"))
    page.goto("/import")
    assert look(page) == []
    page.get_by_label("Your rule book").set_input_files(file)
    with page.expect_navigation():
        page.get_by_role("button", name="See what it says").click()
    text = page.inner_text("main")
    assert "1 clause differs from edition" in text
    assert "decide by vote" in text
    assert look(page) == []
    page.goto("/import")
    page.get_by_label("Your rule book").set_input_files({"name": "a.docx", "mimeType": WORD, "buffer": b"PK"})
    with page.expect_navigation():
        page.get_by_role("button", name="See what it says").click()
    assert "The file is damaged" in page.inner_text("main")
    assert look(page) == []
