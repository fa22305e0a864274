"""A text that went out and came back: nothing done is nothing found, and what was done is found, clause by clause."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import corpora
import docx
import pytest
from edits import books
from hypothesis import given
from libreoffice import opened

from constitution.clause import Clause, Constitution, Kind, Mark, Style
from documents import opendocument_in, opendocument_out, word_in, word_out
from documents.bookmarks import Colophon, Origin
from documents.returning import Act, Back, NotFromHere, origin, returned
from documents.tracked import TITLE, by, clean, tracked

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
NUMBERED = Mark(Style.DECIMAL, after=".")


def item(name, text, *children, mark=NUMBERED):
    return Clause(name, Kind.ITEM, text=text, mark=mark, children=children)


BOOK = Constitution(
    "Rules of the Club",
    (
        Clause("a", Kind.SECTION, "Meetings", mark=NUMBERED, children=(
            item("b", "Ten members are a quorum."), item("c", "Votes are taken by hand."), item("d", "Notice is **fourteen** days."),
        )),
        Clause("e", Kind.SECTION, "Money", mark=NUMBERED, children=(item("f", "The fee is five pounds."),)),
    ),
)  # fmt: skip


def colophon(scope=""):
    return Colophon("Rules", Origin(1, scope).mark, f"Edition 1, digest {'a' * 64}.", "en", NOON)


def sheet(book, scope=""):
    within = {TITLE, *(one.id for one in book[scope].walk())} if scope else None
    return [one for one in clean(book) if within is None or one.key in within]


def back(content, book=BOOK, scope=""):
    paragraphs = word_in.read(content)
    assert origin(paragraphs) == Origin(1, scope)
    return returned(paragraphs, book, scope)


def edited(change, book=BOOK, scope=""):
    """The document as Word, after somebody changed it."""
    document = docx.Document(io.BytesIO(word_out.written(sheet(book, scope), colophon(scope))))
    change(document)
    file = io.BytesIO()
    document.save(file)
    return back(file.getvalue(), book, scope)


def find(document, words):
    return next(one for one in document.paragraphs if words in one.text)


@pytest.mark.thorough
@given(books())
def test_what_nobody_changed_comes_back_unchanged(book):
    content = word_out.written(clean(book), colophon())
    assert back(content, book) == returned(word_in.read(content), book)
    assert back(content, book).changes == ()


@pytest.mark.parametrize("name", ["debian-constitution", pytest.param("grundgesetz", marks=pytest.mark.thorough)])
@pytest.mark.parametrize(
    "form", [(word_in, word_out), (opendocument_in, opendocument_out)], ids=["word", "opendocument"]
)
def test_a_real_text_comes_back_unchanged(name, form):
    book = corpora.versions(name)[-1]
    found = returned(form[0].read(form[1].written(clean(book), colophon())), book)
    assert (found.changes, found.unplaced) == ((), ())


@pytest.mark.thorough
def test_a_real_text_that_libreoffice_saved_comes_back_unchanged(tmp_path):
    editions = [corpora.versions(name)[-1] for name in ("debian-constitution", "grundgesetz")]
    jobs = []
    for n, book in enumerate(editions):
        for old, writer in (("docx", word_out), ("odt", opendocument_out)):
            (tmp_path / f"{n}.{old}").write_bytes(writer.written(clean(book), colophon()))
            jobs += [(n, f"{n}.{old}", f"again-{n}-{old}.{new}") for new in ("docx", "odt")]
    opened(*({"file": tmp_path / old, "save": tmp_path / new} for _, old, new in jobs))
    for n, _, new in jobs:
        read = word_in.read if new.endswith("docx") else opendocument_in.read
        found = returned(read((tmp_path / new).read_bytes()), editions[n])
        assert (new, found.changes, found.unplaced) == (new, (), ())


def test_words_are_reworded_with_and_without_tracking():
    new = Constitution(BOOK.title, tuple(
        Clause(one.id, one.kind, one.heading, one.text, one.mark, tuple(
            item(two.id, two.text.replace("Ten", "Twelve").replace("fourteen", "twenty")) for two in one.children
        )) for one in BOOK.clauses
    ))  # fmt: skip
    found = back(word_out.written(tracked(BOOK, new, by("Meera")), colophon()))
    assert found.changes == (
        Back(Act.REWORD, "b", text="Twelve members are a quorum."),
        Back(Act.REWORD, "d", text="Notice is **twenty** days."),
    )

    def typed(document):
        find(document, "Ten members").runs[-1].text = "Twelve members are a quorum."
        find(document, "Money").runs[-1].text = "Fees"

    assert edited(typed).changes == (
        Back(Act.REWORD, "b", text="Twelve members are a quorum."),
        Back(Act.REWORD, "e", heading="Fees"),
    )


def test_a_clause_that_was_deleted_is_struck_with_all_below_it():
    def delete(document):
        for words in ("Money", "five pounds"):
            one = find(document, words)._p
            one.getparent().remove(one)

    assert edited(delete).changes == (Back(Act.STRIKE, "e"),)


def test_new_paragraphs_are_new_clauses_or_words_of_the_one_above():
    def add(document):
        find(document, "Money").insert_paragraph_before("4. Minutes are kept.")
        find(document, "Votes are").insert_paragraph_before("They are counted twice.")

    assert edited(add).changes == (
        Back(Act.REWORD, "b", text="Ten members are a quorum.\nThey are counted twice."),
        Back(Act.ADD_AFTER, "d", text="Minutes are kept."),
    )


def test_a_clause_that_was_dragged_elsewhere_is_moved():
    def move(document):
        first, last = find(document, "Ten members")._p, find(document, "fourteen")._p
        last.addnext(first)

    assert edited(move).changes == (Back(Act.MOVE, "b", place="after", to="d"),)


def test_what_cannot_be_placed_is_said_with_its_words():
    def confuse(document):
        find(document, "Rules of the Club").runs[-1].text = "Rules of the Society"
        find(document, "Ten members").runs[0].text = "7."

    found = edited(confuse)
    assert found.changes == ()
    assert [("Society" in one, "7." in one) for one in found.unplaced] == [(True, False), (False, True)]


def test_a_part_comes_back_as_a_part():
    def change(document):
        find(document, "five pounds").runs[-1].text = "The fee is six pounds."

    assert edited(change, scope="e").changes == (Back(Act.REWORD, "f", text="The fee is six pounds."),)


def test_a_document_from_elsewhere_is_told_apart():
    file = io.BytesIO()
    docx.Document().save(file)
    with pytest.raises(NotFromHere):
        origin(word_in.read(file.getvalue()))
