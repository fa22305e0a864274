"""What is set as PDF: tagged, the same bytes each time, every sign that was typed, under the numbers of the plain text."""

import re
import shutil
import subprocess
import zlib
from datetime import UTC, datetime

import pytest

from constitution.markup import parse
from constitution.redline import redline
from documents import pdf
from documents.booklet import Asked, Booklet, booklet
from documents.pack import Item, Pack, clauses, pack
from documents.pack_text import written
from documents.printed import quoted
from documents.tracked import by, clean, tracked

OLD = parse("# Rules\n\n## 1. Members\n\n1. A member pays five pounds a month.\n2. Members meet.\n")
NEW = parse("# Rules\n\n## 1. Members\n\n1. A member pays six pounds and fifty pence a month.\n2. Members meet.\n")
HOSTILE = (
    '#eval("1+1") #import "@preview/x:1.0.0" $ sum_(x) $ \\ \\u{41} @label <label> *bold* _under_ `raw` // no comment '
    "/* none */ = Heading [x] {y} -- --- ... ~ 'single' \"double\" https://example.org "
)


def document(reason="Because.", title="Raise the subscription", items=1):
    new = NEW.renamed({one.id: other.id for one, other in zip(NEW.walk(), OLD.walk(), strict=True)})
    rows = [one for one in redline(OLD, new) if one.change == "reworded"]
    item = Item(
        "Item 1 · Amendment A14",
        title,
        (("Moved by", "Anna Okafor"), ("Seconders", "20 of 20 members")),
        clauses(rows, (), tracked(OLD, new, by(""))),
        reason,
        (("Rulings", ("Ruled in order.",)), ("If it is carried", ("A7 falls.",))),
    )
    at = datetime(2026, 11, 1, 12, tzinfo=UTC)
    stages = (("Proposals", "1 May", "2 May"),)
    return pack(
        Pack("The Union", "Agenda", "en", at, (("Digest", "ab" * 32),), stages, (item,) * items, text=clean(new))
    )


def streams(content):
    """Everything in a PDF that is only packed, unpacked."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    found = [content]
    for one in packed:
        try:
            found.append(zlib.decompress(one))
        except zlib.error:
            found.append(one)
    return b"\n".join(found)


def test_it_is_tagged_and_says_its_title_its_language_and_that_it_is_pdf_ua():
    found = streams(pdf.compiled(document()))
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", found)
    assert b"/Lang" in found
    assert b"(en)" in found
    assert re.search(rb"pdfuaid:part(>|=\")1", found)
    assert "Delegates’ pack: Agenda".encode() in found
    assert b"/StructTreeRoot" in found
    assert b"2026-11-01T12:00:00" in found


@pytest.mark.thorough
def test_the_same_document_is_the_same_bytes():
    assert pdf.compiled(document()) == pdf.compiled(document())
    assert pdf.compiled(document()) != pdf.compiled(document(), large=True)


def test_no_heading_is_skipped_in_a_booklet():
    at = datetime(2026, 11, 1, tzinfo=UTC)
    asked = Asked("1", "Shall it?", ("More yes than no.",), (("A", ()), ("B", ())))
    assert pdf.compiled(booklet(Booklet("The Union", "Vote 1", "de", at, (), ("Sign in.",), "Nothing.", (asked,))))


def test_a_document_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS", 0.01)
    with pytest.raises(pdf.NotPrinted, match=r"longer than 0\.01 seconds"):
        pdf.compiled(document())


@pytest.mark.thorough
def test_a_document_that_takes_too_much_memory_is_given_up_and_says_so(monkeypatch):
    monkeypatch.setattr(pdf, "MEMORY", 128 << 20)
    with pytest.raises(pdf.NotPrinted, match="more than 128 MB of memory"):
        pdf.compiled(document("words " * 2000, items=100))


@pytest.fixture(scope="module")
def read():
    """Reads the words of a PDF as they stand on its pages."""
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext (apt-get install poppler-utils)")

    def reading(content, *options):
        done = subprocess.run(["pdftotext", *options, "-", "-"], input=content, capture_output=True, check=True)
        return done.stdout.decode()

    return reading


@pytest.mark.thorough
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_nothing_typed_is_markup_and_all_of_it_is_printed(read, large):
    words = read(pdf.compiled(document(HOSTILE, HOSTILE), large=large), "-raw")
    squeezed = "".join(re.sub(r"(?m)^\d+ ", "", words).split())
    for typed in HOSTILE.split():
        assert typed in squeezed, typed


@pytest.mark.thorough
@pytest.mark.parametrize("sign", ["עברית", "العربية", "Ελλάς", "Кириллица", "ẞ", "e\u0301"])
def test_other_scripts_are_printed_with_the_fonts_that_are_always_there(sign):
    assert pdf.compiled(document(sign)).startswith(b"%PDF")


@pytest.mark.thorough
def test_what_no_font_has_is_printed_as_its_number_and_what_turns_words_round_too(read):
    words = "".join(read(pdf.compiled(document("a \U0001f9ffx \u202eb \U000f0123.")), "-raw").split())
    assert "[U+202E]b" in words
    assert "[U+F0123]" in words


@pytest.mark.thorough
def test_every_line_has_the_number_that_it_has_in_plain_text(read):
    words = "Lorem ipsum dolor sit amet consectetur " * 30 + "l" * 130
    made = document(words)
    text = re.findall(r"^ *(\d+)  (.*)$", written(made), re.MULTILINE)
    assert len(text) > 25
    for large in (False, True):
        layout = read(pdf.compiled(made, large=large), "-layout")
        shown = {
            (number, " ".join(line.split()))
            for number, line in re.findall(r"^ *(\d+) {2,}(\S.*)$", layout, re.MULTILINE)
        }
        for number, line in text:
            if "[-" not in line and "{+" not in line:
                assert (number, " ".join(line.split())) in shown


@pytest.mark.thorough
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_no_word_leaves_the_page(read, large):
    boxes = read(pdf.compiled(document("W" * 200), large=large), "-bbox")
    edges = [float(one) for one in re.findall(r'xMax="([0-9.]+)"', boxes)]
    assert len(edges) > 30
    assert max(edges) < 595 - 20


def test_a_reason_goes_on_with_the_numbers_of_its_redline():
    text = written(document("Because."))
    assert re.search(
        r"^ *1  1\. A member pays \[-five-\]\{\+six\+\} pounds ?\{\+and fifty pence ?\+\}", text, re.MULTILINE
    )
    numbers = [int(one) for one in re.findall(r"^ *(\d+)  ", text.split("Reason")[0], re.MULTILINE)]
    assert re.search(rf"Reason\n *{numbers[-1] + 1}  Because\.", text)
    assert quoted("") == ()
