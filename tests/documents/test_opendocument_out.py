"""OpenDocument: what another program reads in it is the text, each clause in its bookmark."""

from __future__ import annotations

from datetime import UTC, datetime

import corpora
import pytest
from edits import books
from hypothesis import given
from libreoffice import opened

from documents.bookmarks import Colophon
from documents.opendocument_out import written
from documents.tracked import accepted, clean

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def made(book):
    return written(clean(book), Colophon(book.title, "ed_1", "Edition 1.", book.language, NOON))


@given(books())
def test_the_same_text_is_the_same_file(book):
    assert made(book) == made(book)


@pytest.mark.thorough
def test_libreoffice_reads_the_text(tmp_path):
    found = [corpora.versions(name)[-1] for name in ("debian-constitution", "grundgesetz")]
    for n, book in enumerate(found):
        (tmp_path / f"{n}.odt").write_bytes(made(book))
    for book, paragraphs in zip(found, opened(*({"file": tmp_path / f"{n}.odt"} for n in range(2))), strict=True):
        assert [one.rstrip("\t") for one in paragraphs[:-1]] == accepted(clean(book))
