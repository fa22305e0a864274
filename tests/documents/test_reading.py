"""Reading in a process of its own: every door gives the same book, and what means harm ends there, with a sentence."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import corpora
import pytest

from constitution.markup import MarkupError, write
from documents import opendocument_out, reading, word_out
from documents.bookmarks import Colophon, Origin
from documents.outlining import Entry, Role, built, of_book
from documents.packed import Refused
from documents.tracked import clean

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def doors(book):
    """The book in each form that it can leave and come back in."""
    colophon = Colophon(book.title, Origin(1).mark, "", "en", NOON)
    return {
        "rules.docx": word_out.written(clean(book), colophon),
        "rules.odt": opendocument_out.written(clean(book), colophon),
        "rules.md": write(book).encode(),
        "rules.txt": write(book).replace("#", "").encode(),
    }


@pytest.mark.parametrize("name", ["debian-constitution", pytest.param("grundgesetz", marks=pytest.mark.thorough)])
def test_a_real_text_comes_back_through_every_door(name):
    book = corpora.versions(name)[-1]
    for file, content in doors(book).items():
        if not file.endswith(".txt"):
            found = built(reading.entries(file, content))
            assert len(found) == len(book), file
            assert write(found) == write(book), file


def test_roles_are_corrected_and_doubts_say_why():
    entries = (
        Entry(1, Role.TITLE, 0, "Rules"),
        Entry(2, Role.TEXT, 0, "Meetings"),
        Entry(3, Role.ITEM, 0, "1. Ten are a quorum."),
        Entry(4, Role.ITEM, 0, "(a) A member counts once."),
        Entry(5, Role.OUT, 0, "Page 1 of 2"),
    )
    as_typed, corrected = built(entries), built([
        *entries[:1], Entry(2, Role.HEADING, 1, "Meetings"), entries[2], Entry(4, Role.ITEM, 1, entries[3].text), entries[4],
    ])  # fmt: skip
    assert "## Meetings" not in write(as_typed)
    assert write(corrected) == "# Rules\n\n## Meetings\n\n1. Ten are a quorum.\n   (a) A member counts once.\n"


def test_a_book_of_entries_names_the_line_that_does_not_fit():
    with pytest.raises(MarkupError) as refusal:
        built([Entry(1, Role.TEXT, 0, "Nothing is a title")])
    assert "title" in str(refusal.value)
    with pytest.raises(MarkupError) as refusal:
        built([Entry(1, Role.TITLE, 0, "A"), Entry(7, Role.TITLE, 0, "B"), Entry(8, Role.TEXT, 0, "C")])
    assert [one.line for one in refusal.value.problems] == [7]


def test_entries_of_a_book_are_the_book():
    for book in corpora.versions("debian-constitution"):
        assert write(built(of_book(book))) == write(book)


def test_what_is_no_document_is_refused_in_a_sentence():
    for name, content in (
        ("a.pdf", b"x"),
        ("a.docx", b""),
        ("a.docx", b"PK"),
        ("a.txt", b"\xff\xfe\x00"),
        ("a.odt", b"x" * 20_000_001),
        ("a.md", b"x" * 8_000_001),
    ):
        with pytest.raises((Refused, MarkupError)) as refusal:
            reading.entries(name, content)
        assert str(refusal.value).endswith((".", "again."))


def bomb(inner):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", inner)
    return file.getvalue()


@pytest.mark.thorough
def test_a_process_that_wants_too_much_ends_with_a_sentence():
    """Within the declared sizes, and yet too large once it is a tree."""
    words = "".join(chr(97 + n % 26) + str(n) for n in range(250_000))  # not to be packed too well
    inner = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>" + "".join(
        f"<w:p><w:r><w:t>{n * 7919 % 1000003}</w:t></w:r></w:p>" for n in range(600_000)
    ) + f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>"  # fmt: skip
    with pytest.raises(Refused):
        reading.entries("a.docx", bomb(inner))
