"""What can be taken away: each file is the text of its page, and shows no name that the page does not."""

from __future__ import annotations

import csv
import io
import json

import docx
import pytest
from lxml import etree

import store.drafts
import store.editions
from constitution.runs import after, before, parse_plain
from documents import read
from documents.bookmarks import Origin, clause_of
from documents.tracked import accepted, clean

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def document(answer):
    assert answer.mimetype.endswith("wordprocessingml.document")
    assert "attachment" in answer.headers["Content-Disposition"]
    return docx.Document(io.BytesIO(answer.get_data()))


def tracked_by(made):
    return {one.get(f"{W}author") for one in made.element.iter(f"{W}ins", f"{W}del")}


def test_an_amendment_is_signed_by_its_mover_as_far_as_the_reader_may_know(client):
    for who in (None, "rosa-lindgren"):
        if who:
            client.sign_in(who)
        page = client.get("/amendments/49").text
        [author] = tracked_by(document(client.get("/amendments/49/tracked.docx")))
        assert author.startswith("A49 ")
        assert author.removeprefix("A49 ").lower() in page.lower()
        assert ("Meera Nair" in author) == bool(who)


def test_every_change_of_a_draft_is_an_amendments_the_committees_or_a_number(client, app):
    authors = tracked_by(document(client.get("/drafts/3/tracked.docx")))
    assert authors - {"Drafting committee", "Numbers that follow"}
    for author in authors - {"Drafting committee", "Numbers that follow"}:
        for one in author.split(" and "):
            assert one.startswith("A")
    with app.app_context():
        signed = store.drafts.by_number(3).provenance
    sources = {source for words in signed.values() for _, found in words for source in found if source != "committee"}
    named = {one.split(" ")[0] for author in authors for one in author.split(" and ")}
    assert sources <= named


def test_an_edition_goes_out_whole_in_every_form_and_by_clause(client, app):
    with app.app_context():
        book = store.editions.load(2).constitution
    made = document(client.get("/editions/2/text.docx"))
    assert [one.text.rstrip("\t") for one in made.paragraphs][:-1] == accepted(clean(book))
    marks = [one.get(f"{W}name") for one in made.element.iter(f"{W}bookmarkStart")]
    assert Origin.read(marks[0]) == Origin(2)
    assert [clause_of(one) for one in marks[1:]] == list(book.by_id)
    one = next(one for one in book.clauses if one.children)
    part = document(client.get(f"/editions/2/text.docx?clause={one.id}"))
    marks = [each.get(f"{W}name") for each in part.element.iter(f"{W}bookmarkStart")]
    assert Origin.read(marks[0]) == Origin(2, one.id)
    assert [clause_of(each) for each in marks[1:]] == [each.id for each in one.walk()]
    assert client.get("/editions/2/text.odt").get_data().startswith(b"PK")
    assert read("x.md", client.get("/editions/2/text.md").get_data()).title == book.title
    assert etree.fromstring(client.get("/editions/2/text.xml").get_data()).tag.endswith("akomaNtoso")


def test_plain_redlines_read_back(client):
    for address in (
        "/amendments/49/redline.txt",
        "/drafts/3/redline.txt",
        "/editions/1/compare/2/redline.txt",
        "/amendments/45/versions/2/redline.txt",
        "/composites/3/redline.txt",
        "/what-if.txt?a=49&a=38",
        "/ballots/1/redline.txt",
    ):
        text = client.get(address).text
        runs = parse_plain(text)
        assert before(runs) != after(runs)


def test_what_has_no_redline_says_so_in_plain_text_too(client):
    assert client.get("/composites/4/redline.txt").text.endswith("Not everything is settled; there is no text yet.\n")
    assert client.get("/what-if.txt").text == "Edition 3, if nothing were carried\n"
    assert client.get("/amendments/49/versions/2/redline.txt").status_code == 404


def test_the_tables_hold_every_amendment_and_no_hidden_name(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/amendments.csv").text.removeprefix("\ufeff"))))
    said = json.loads(client.get("/amendments.json").text)["amendments"]
    assert [one["number"] for one in rows] == [one["number"] for one in said]
    assert len(said) > 40
    assert all(one["edits"] and one["address"].endswith(one["number"][1:]) for one in said)
    assert "Meera Nair" not in client.get("/amendments.json").text
    client.sign_in("rosa-lindgren")
    assert "Meera Nair" in client.get("/amendments.csv").text


@pytest.mark.parametrize(
    "address", ["/amendments/999/tracked.docx", "/drafts/99/redline.txt", "/editions/1/text.docx?clause=none", "/editions/1/text.pdf"]
)  # fmt: skip
def test_what_is_not_there_is_said_to_be_missing(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.thorough
def test_commands_write_files_and_say_what_is_wrong(app, tmp_path):
    run = app.test_cli_runner().invoke
    with app.app_context():
        file = tmp_path / "draft.docx"
        assert run(args=["export-word", str(file), "--draft", "3"]).exit_code == 0
        assert docx.Document(file).paragraphs
        for form in ("docx", "odt", "md", "xml"):
            assert run(args=["export-edition", str(tmp_path / f"e.{form}")]).exit_code == 0
        refused = run(args=["export-edition", str(tmp_path / "e.pdf")])
        assert (refused.exit_code, "ends in none of" in refused.output) == (2, True)
        assert run(args=["export-word", str(file)]).exit_code == 2
        assert "no amendment" in run(args=["export-word", str(file), "--amendment", "999"]).output.lower()
        assert run(args=["export-word", str(tmp_path / "no" / "x.docx"), "--draft", "3"]).exit_code == 1
