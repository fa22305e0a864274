"""OpenDocument read: what Redraft wrote, what LibreOffice saved, its numbers, its tracked changes."""

from __future__ import annotations

import contextlib
import io
import zipfile
from datetime import UTC, datetime

import corpora
import pytest
from edits import books
from hypothesis import given
from hypothesis import strategies as st
from libreoffice import opened
from office_documents import USES, drawn, numbered, unsigned

from constitution.clause import Clause, Constitution, Kind
from documents import opendocument_in, opendocument_out, word_in, word_out
from documents.bookmarks import Colophon, Origin, clause_of
from documents.packed import Refused
from documents.tracked import accepted, by, clean, tracked

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def made(document, writer=opendocument_out):
    return writer.written(document, Colophon("Rules", Origin(1).mark, "Edition 1.", "en", NOON))


@given(books())
def test_what_was_written_is_read(book):
    found = opendocument_in.read(made(clean(book)))[:-1]
    assert [one.text for one in found] == drawn(accepted(clean(book)))
    marks = [mark for one in found for mark in one.bookmarks]
    assert (Origin.read(marks[0]), [clause_of(one) for one in marks[1:]]) == (Origin(1), list(book.by_id))


@pytest.mark.thorough
def test_what_libreoffice_saved_again_is_the_same(tmp_path):
    editions = [corpora.versions(name)[-1] for name in ("debian-constitution", "grundgesetz")]
    for n, book in enumerate(editions):
        (tmp_path / f"{n}.odt").write_bytes(made(clean(book)))
        (tmp_path / f"{n}.docx").write_bytes(made(clean(book), word_out))
    jobs = [
        (f"{n}.{old}", f"again-{n}-{old}.{new}") for n in range(2) for old, new in (("odt", "odt"), ("docx", "odt"))
    ]
    opened(*({"file": tmp_path / old, "save": tmp_path / new} for old, new in jobs))
    for old, new in jobs:
        book = editions[int(old[0])]
        again = opendocument_in.read((tmp_path / new).read_bytes())[:-1]
        assert [unsigned(one.text) for one in again] == [unsigned(one) for one in drawn(accepted(clean(book)))], old
        marks = [clause_of(mark) for one in again for mark in one.bookmarks]
        assert [mark for mark in marks if mark] == list(book.by_id)


@pytest.mark.thorough
def test_numbers_are_those_of_word(tmp_path):
    (tmp_path / "n.docx").write_bytes(numbered(USES))
    opened({"file": tmp_path / "n.docx", "save": tmp_path / "n.odt"})
    found = opendocument_in.read((tmp_path / "n.odt").read_bytes())
    assert [one.label for one in found] == [one.label for one in word_in.read(numbered(USES))]


@pytest.mark.thorough
def test_tracked_changes_saved_by_libreoffice_are_read(tmp_path):
    editions = corpora.versions("debian-constitution")
    document = tracked(editions[7], editions[8], by("A1"))
    (tmp_path / "t.docx").write_bytes(made(document, word_out))
    opened({"file": tmp_path / "t.docx", "save": tmp_path / "t.odt"})
    found = opendocument_in.read((tmp_path / "t.odt").read_bytes())[:-1]
    assert [unsigned(one.text) for one in found if one.text] == [
        unsigned(one) for one in drawn(accepted(document)) if one
    ]
    assert "".join(one.before or "" for one in found) != "".join(one.text for one in found)


def flat(xml, styles=""):
    names = {
        "office": "office", "text": "text", "style": "style", "fo": "xsl-fo-compatible", "draw": "drawing", "table": "table",
    }  # fmt: skip
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in names.items()
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:text>{xml}</office:text></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", content)
    return opendocument_in.read(file.getvalue())


def test_lists_count_on_where_they_say_so():
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix='
        '"."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>'
        '<text:list-level-style-number text:level="3" style:num-format="i" text:display-levels="3"/></text:list-style>'
    )
    item = "<text:list-item><text:p>x</text:p>{}</text:list-item>"
    deep = "<text:list>" + item.format("<text:list>" + item.format("") * 2 + "</text:list>") * 2 + "</text:list>"
    found = flat(
        f'<text:list text:style-name="L">{item.format(deep)}{item.format("")}</text:list><text:p>y</text:p>'
        f'<text:list text:style-name="L" text:continue-numbering="true">{item.format("")}</text:list>'
        f'<text:list text:style-name="L">{item.format("")}</text:list>',
        styles,
    )
    assert [one.label for one in found] == [
        "1.",
        "(a)",
        "1.a.i",
        "1.a.ii",
        "(b)",
        "1.b.i",
        "1.b.ii",
        "2.",
        "",
        "3.",
        "1.",
    ]


def test_insertions_and_deletions_are_read_both_ways():
    [found] = flat(
        '<text:tracked-changes><text:changed-region text:id="i"><text:insertion/></text:changed-region><text:changed-region '
        'text:id="d"><text:deletion><text:p>ten</text:p></text:deletion></text:changed-region></text:tracked-changes>'
        '<text:p>Of <text:change text:change-id="d"/><text:change-start text:change-id="i"/>five<text:change-end '
        'text:change-id="i"/> <text:s text:c="2"/>pounds</text:p>'
    )
    assert (found.text, found.before) == ("Of five   pounds", "Of ten   pounds")


def test_what_is_left_out_is_said():
    found = flat(
        "<text:p>See<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>below</text:p>"
        "</text:note-body></text:note><draw:frame/></text:p><table:table><table:table-row><table:table-cell><text:p>a"
        "</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert [(one.text, len(one.doubts)) for one in found] == [("See", 2), ("a | b", 1)]


def test_a_document_with_a_password_is_said_to_have_one():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest><file-entry><encryption-data/></file-entry></manifest>")
        archive.writestr("content.xml", b"\x07 no words")
    with pytest.raises(Refused, match="password"):
        opendocument_in.read(file.getvalue())


SOURCE = made(clean(Constitution("R", (Clause("c", Kind.CLAUSE, text="x"),))))


@given(st.binary(max_size=200))
def test_nothing_makes_the_reader_fall_over(noise):
    content = bytearray(SOURCE)
    for n, byte in enumerate(noise):
        content[(n * 7919 + byte * 131) % len(content)] = byte
    with contextlib.suppress(Refused):
        opendocument_in.read(bytes(content))
