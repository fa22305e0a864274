"""Word with tracked changes: what Word's own programs make of it when all is accepted, and when all is rejected."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import UTC, datetime

import corpora
import docx
import pytest
from edits import books, edits
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from libreoffice import accepted_and_rejected
from lxml import etree

from amendments.edit import rebuilt
from constitution.clause import Clause, Constitution, Kind
from documents.bookmarks import Colophon, Origin, bookmark, clause_of
from documents.tracked import accepted, by, clean, rejected, tracked
from documents.word_out import written

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(document):
    return written(document, Colophon("Rules", "ed_1", "Edition 1.", "en", NOON))


def body(content):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))


@given(st.text(max_size=12))
def test_a_clause_is_found_by_its_bookmark(clause):
    name = bookmark(clause)
    assert clause_of(name) == clause
    assert name.isascii()
    assert name.replace("_", "a").isalnum()
    for origin in (Origin(3), Origin(3, clause)):
        assert Origin.read(origin.mark) == origin


def test_each_change_has_its_author_and_its_day():
    old, new = (Constitution("Rules", (Clause("c1", Kind.CLAUSE, text=text),)) for text in ("Ten pay.", "Five pay."))
    tree = body(made(tracked(old, new, by("A7 Priya Shah"))))
    for name in ("ins", "del"):
        [found] = tree.iter(W + name)
        assert (found.get(f"{W}author"), found.get(f"{W}date")) == ("A7 Priya Shah", "2026-05-01T12:00:00Z")


def test_the_same_document_is_the_same_file():
    document = clean(Constitution("Rules", (Clause("c1", Kind.CLAUSE, text="Ten."),)))
    assert made(document) == made(document)


def test_what_looks_like_markup_is_text():
    words = "<w:p> & ]]> \u202e <!-- no --> {\\rtf}"
    content = made(clean(Constitution(words, (Clause("c1", Kind.CLAUSE, text=words),))))
    assert [one.text for one in docx.Document(io.BytesIO(content)).paragraphs][:2] == [words, words]


def as_read(paragraphs):
    """Without the colophon, and without the tab behind a number that stands alone."""
    return [one.rstrip("\t") for one in paragraphs[:-1]]


def pairs_of_books(count):
    found = []

    @given(st.data())
    @settings(max_examples=count, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    def collect(data):
        old = data.draw(books())
        found.append((old, rebuilt(data.draw(edits(old)), old)))

    collect()
    return found


@pytest.mark.thorough
def test_libreoffice_accepts_the_new_text_and_rejects_to_the_old(tmp_path):
    debian, basic_law = corpora.versions("debian-constitution"), corpora.versions("grundgesetz")
    pairs = [(debian[7], debian[8]), (basic_law[0], basic_law[-1]), *pairs_of_books(40)]
    documents = [tracked(old, new, by(random.Random(n).choice(["A1", "A2"]))) for n, (old, new) in enumerate(pairs)]
    files = [tmp_path / f"{n}.docx" for n in range(len(pairs))]
    for file, document in zip(files, documents, strict=True):
        file.write_bytes(made(document))
    for document, (new, old) in zip(documents, accepted_and_rejected(*files), strict=True):
        assert as_read(new) == accepted(document)
        assert as_read(old) == rejected(document)
