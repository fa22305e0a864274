"""Word documents read: what Redraft wrote, what an office programme saved again, and the numbers that Word computes."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from datetime import UTC, datetime

import corpora
import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from edits import books, edits
from hypothesis import given
from hypothesis import strategies as st
from libreoffice import opened
from office_documents import USES, drawn, numbered, unsigned

from amendments.edit import rebuilt
from constitution.clause import Clause, Constitution, Kind
from documents import word_in, word_out
from documents.bookmarks import Colophon, Origin, clause_of
from documents.packed import Refused
from documents.tracked import accepted, by, clean, rejected, tracked

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def made(document, writer=word_out):
    return writer.written(document, Colophon("Rules", Origin(1).mark, "Edition 1.", "en", NOON))


@given(books(), st.data())
def test_both_texts_are_read_out_of_tracked_changes(old, data):
    new = rebuilt(data.draw(edits(old)), old)
    document = tracked(old, new, by("A1"))
    found = word_in.read(made(document))[:-1]
    assert [one.text for one in found if not one.struck] == drawn(accepted(document))
    assert [one.before for one in found if one.before is not None] == drawn(rejected(document))


@pytest.mark.parametrize("name", ["debian-constitution", pytest.param("grundgesetz", marks=pytest.mark.thorough)])
def test_real_editions_are_read_back_clause_by_clause(name):
    book = corpora.versions(name)[-1]
    found = word_in.read(made(clean(book)))[:-1]
    assert [unsigned(one.text) for one in found] == [unsigned(one) for one in drawn(accepted(clean(book)))]
    marks = [clause_of(mark) for one in found for mark in one.bookmarks]
    assert marks[0] is None
    assert marks[1:] == list(book.by_id)


@pytest.mark.thorough
def test_what_libreoffice_saved_again_is_the_same(tmp_path):
    editions = [corpora.versions(name)[-1] for name in ("debian-constitution", "grundgesetz")]
    for n, book in enumerate(editions):
        (tmp_path / f"{n}.docx").write_bytes(made(clean(book)))
    opened(*({"file": tmp_path / f"{n}.docx", "save": tmp_path / f"again-{n}.docx"} for n in range(2)))
    for n, book in enumerate(editions):
        own, again = (word_in.read((tmp_path / name).read_bytes()) for name in (f"{n}.docx", f"again-{n}.docx"))
        assert [(one.text, one.level, one.bookmarks) for one in own] == [
            (one.text, one.level, one.bookmarks) for one in again
        ]
        assert len(book) > 200 or n


# Numbers that Word computes


def test_numbers_are_those_that_word_prints():
    found = [one.label for one in word_in.read(numbered(USES))]
    assert found == [
        "Article 1", "1.1", "1.2", "(a)", "(b)", "(i)", "1.3", "(a)", "Article 2", "2.1", "Article 5", "5.1", "Article 6",
        "Article 7", "I.", "-", "(b)", "(i)", "I.",
    ]  # fmt: skip


def test_letters_double_after_z_and_numbers_of_law_are_decimal():
    found = word_in.read(numbered([(1, 2)] * 28))
    assert [found[n].label for n in (25, 26, 27)] == ["(z)", "(aa)", "(bb)"]


@pytest.mark.thorough
@given(st.lists(st.tuples(st.sampled_from([1, 2]), st.integers(0, 4)), min_size=1, max_size=12))
def test_the_counting_never_fails(uses):
    assert len(word_in.read(numbered(uses))) == len(uses)


@pytest.mark.thorough
def test_libreoffice_prints_the_same_numbers(tmp_path):
    (tmp_path / "n.docx").write_bytes(numbered(USES))
    [found] = opened({"file": tmp_path / "n.docx", "labels": True})
    labels = [one.label for one in word_in.read(numbered(USES))]
    # It does not tell the sign of a list that is not numbered.
    assert [one.rpartition("Text")[0].strip() for one in found] == ["" if one == "-" else one for one in labels]


# What is in a document besides words


def body(xml, **parts):
    document = docx.Document()
    element = document.element.body
    for one in parse_xml(f"<w:body {nsdecls('w', 'wp', 'r')}>{xml}</w:body>"):
        element.insert(len(element) - 1, one)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def one(xml):
    [found] = word_in.read(body(xml))
    return found


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_emphasis_of_words_is_kept_and_switched_off_is_none():
    words = [run("A "), run("clear ", "<w:b/>"), run("day", "<w:i/>"), run(".", '<w:b w:val="0"/>')]
    found = one(f"<w:p>{''.join(words)}</w:p>")
    assert found.text == "A **clear** _day_."


def test_signs_breaks_and_fields_read_as_they_look():
    found = one(
        f"<w:p>{run('twenty')}<w:r><w:noBreakHyphen/></w:r>{run('one')}<w:r><w:br/></w:r><w:r><w:fldChar w:fldCharType="
        f'"begin"/><w:instrText>PAGEREF x</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>{run("4.2")}<w:hyperlink>{run(" here")}</w:hyperlink></w:p>'
    )
    assert found.text == "twenty\N{NON-BREAKING HYPHEN}one\n4.2 here"


def test_of_a_field_only_what_it_shows_is_read():
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "separate", "end"))
    inner = f"{begin}<w:r><w:instrText> REF x </w:instrText></w:r>{separate}{run('computed')}{end}"
    found = one(f"<w:p>{begin}{inner}<w:r><w:instrText> = 1 </w:instrText></w:r>{separate}{run('shown')}{end}</w:p>")
    assert found.text == "shown"
    assert "computed" in found.doubts[0]


def test_hidden_words_are_left_out_and_said():
    found = one(f"<w:p>{run('seen')}{run('hidden', '<w:vanish/>')}</w:p>")
    assert (found.text, "hidden" in found.doubts[0]) == ("seen", True)


def test_what_was_inserted_and_deleted_again_is_in_neither_text():
    gone = '<w:del w:id="2" w:author="b"><w:r><w:delText>b</w:delText></w:r></w:del>'
    found = one(f'<w:p>{run("x")}<w:ins w:id="1" w:author="a">{run("a")}{gone}</w:ins></w:p>')
    assert (found.text, found.before) == ("xa", "x")


def cells(*words):
    return "".join(f"<w:tc><w:p>{run(each)}</w:p></w:tc>" for each in words)


def test_a_table_is_read_with_its_changes_and_once():
    nested = f"<w:tc><w:tbl><w:tr>{cells('in', 'side')}</w:tr></w:tbl></w:tc>"
    control = f"<w:sdt><w:sdtContent>{cells('c')}</w:sdtContent></w:sdt>"
    gone = '<w:trPr><w:del w:id="1" w:author="a"/></w:trPr>'
    rows = f"<w:tr>{cells('a')}{nested}{control}</w:tr><w:tr>{gone}{cells('d', 'e')}</w:tr><w:tr>{cells('f')}</w:tr>"
    found = one(f"<w:tbl>{rows}</w:tbl>")
    assert (found.text, found.before) == ("a | in | side | c\nf", "a | in | side | c\nd | e\nf")


def test_no_words_disappear_in_silence():
    mark = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    either = f"<mc:AlternateContent {mark}><mc:Choice Requires='w14'>{{}}</mc:Choice><mc:Fallback>{{}}</mc:Fallback></mc:AlternateContent>"
    inner, outer = run("inner"), f"<w:p>{run('outer')}</w:p>"
    ruby = f"<w:r><w:ruby><w:rubyBase>{run('base')}</w:rubyBase></w:ruby></w:r>"
    found = word_in.read(
        body(f"<w:p>{run('a ')}{either.format(inner, inner)}{ruby}</w:p>{either.format(outer, outer)}<w:altChunk/>")
    )
    assert [one.text for one in found] == ["a inner", "outer", ""]
    assert "base" in found[0].doubts[0]
    assert found[2].doubts


def test_a_deleted_end_joins_paragraphs_and_the_doubt_is_said():
    found = one(
        f'<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>{run("Ten ")}</w:p><w:p>{run("pay.")}</w:p>'
    )
    assert (found.text, found.before) == ("Ten pay.", "Ten \npay.".replace(" \n", "\n"))
    assert found.doubts


def test_what_is_left_out_is_said():
    found = one(f'<w:p>{run("See")}<w:r><w:drawing/></w:r><w:r><w:footnoteReference w:id="7"/></w:r></w:p>')
    assert found.text == "See"
    assert len(found.doubts) == 2
    table = one(f"<w:tbl><w:tr><w:tc><w:p>{run('a')}</w:p></w:tc><w:tc><w:p>{run('b')}</w:p></w:tc></w:tr></w:tbl>")
    assert (table.text, len(table.doubts)) == ("a | b", 1)


# What somebody may send who means harm


def archive(*parts, **named):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in [*parts, *((name, content) for name, content in named.items())]:
            made.writestr(name, content)
    return file.getvalue()


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'
HOSTILE = {
    "no archive": b"PK nothing",
    "an old document": b"\xd0\xcf\x11\xe0 and so on",
    "without a text": archive(("a.txt", "a")),
    "unpacks to far more": archive(("word/document.xml", "a" * 30_000_000)),
    "many parts": archive(*((f"p{n}", "") for n in range(3000))),
    "outside": archive(("../../etc/passwd", "x"), ("word/document.xml", "<a/>")),
    "a root": archive(("/etc/passwd", "x"), ("word/document.xml", "<a/>")),
    "entities": archive(("word/document.xml", BOMB)),
    "another file": archive(("word/document.xml", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>')),
    "in wide letters": archive(("word/document.xml", BOMB.encode("utf-16"))),
    "too deep": archive(("word/document.xml", "<a>" * 5000 + "</a>" * 5000)),
    "no document": archive(("word/document.xml", "<a/>")),
    "more than it says": b"".join(
        part[:at] + (100).to_bytes(4, "little") + part[at + 4 :]
        for part, at in zip(
            re.split(b"(?=PK\x01\x02)", archive(("word/document.xml", "a" * 999)), maxsplit=1), (22, 24), strict=True
        )
    ),
    "damaged": made(clean(Constitution("R", (Clause("c", Kind.CLAUSE, text="x"),))))[:-200],
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_could_do_harm_is_refused_in_a_sentence(content):
    with pytest.raises(Refused) as refusal:
        word_in.read(content)
    assert str(refusal.value).endswith(".")


@given(st.binary(max_size=300))
def test_nothing_makes_the_reader_fall_over(noise):
    content = bytearray(numbered([(1, 0), (1, 1)]))
    for n, byte in enumerate(noise):
        content[(n * 7919 + byte * 131) % len(content)] = byte
    with contextlib.suppress(Refused):
        word_in.read(bytes(content))
