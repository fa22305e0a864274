"""A member changes the rule book in a word processor and brings it back: an unfinished proposal with every change in it."""

from __future__ import annotations

import io

import docx
import pytest

from services import reading


@pytest.fixture
def member(client):
    client.sign_in("meera-nair")
    return client


def taken(client, query=""):
    with client.application.app_context():
        number = reading.edition().number
    return docx.Document(io.BytesIO(client.get(f"/editions/{number}/text.docx{query}").get_data()))


def brought(client, document, name="rules.docx"):
    file = io.BytesIO()
    document.save(file)
    return client.post("/amendments/from-document", data={"file": (io.BytesIO(file.getvalue()), name)})


def longest(document):
    return max(document.paragraphs[:-1], key=lambda one: len(one.text))


def test_a_reworded_clause_becomes_an_unfinished_proposal(member):
    document = taken(member)
    changed = longest(document)
    changed.runs[-1].text += " This was added at home."
    answer = brought(member, document)
    assert answer.status_code == 303
    page = member.get(answer.location)
    assert "1 change found in your document" in page.text
    assert "This was added at home." in page.text
    assert "<ins" in page.text
    typed = member.get("/amendments/unfinished")
    assert answer.location.split("draft=")[1] in typed.text


def test_what_could_not_be_placed_is_kept_in_the_reason(member):
    document = taken(member)
    document.paragraphs[0].runs[-1].text = "A new name for it all"
    answer = brought(member, document)
    page = member.get(answer.location)
    assert "A new name for it all" in page.text
    assert "Nothing is lost" in page.text


def test_what_was_not_changed_or_is_not_ours_is_said_beside_the_field(member):
    assert "word for word" in brought(member, taken(member)).text
    assert "none of the marks" in brought(member, docx.Document()).text
    for name in ("rules.pages", "rules.md", "rules.txt", "rules"):
        assert "Only Word (.docx) and OpenDocument (.odt)" in brought(member, taken(member), name).text
    nothing = member.post("/amendments/from-document", data={})
    assert (nothing.status_code, "Choose the document" in nothing.text) == (422, True)


def test_a_document_of_an_edition_that_is_not_ours_is_refused(member):
    document = taken(member)
    mark = next(one for one in document.element.iter() if one.tag.endswith("}bookmarkStart"))
    name = next(key for key in mark.attrib if key.endswith("}name"))
    mark.set(name, "ed_999")
    assert "none of the marks" in brought(member, document).text


def test_one_clause_goes_out_and_comes_back_alone(member):
    with member.application.app_context():
        book = reading.edition().constitution
        one = next(one for one in book.walk() if one.text and not one.children)
    document = taken(member, f"?clause={one.id}")
    longest(document).runs[-1].text = "Quite another rule."
    page = member.get(brought(member, document).location)
    assert "Quite another rule." in page.text
