import pytest
from corpora import corpus

import documents
from constitution.clause import Kind
from constitution.markup import MarkupError
from constitution.numbering import number


@pytest.mark.parametrize("version", range(10))
def test_wrapped_text_gives_the_same_clauses_as_markdown(version):
    markdown, text = (corpus("debian-constitution", suffix)[version] for suffix in (".md", ".txt"))
    one, two = (documents.read(path.name, path.read_bytes()) for path in (markdown, text))
    assert one.clauses == two.clauses  # the ids too
    assert one.title == two.title


def test_a_line_that_ends_early_was_meant_to_end():
    c = documents.read(
        "rules.txt",
        """
   Rules

1. Name

    1. The name.
       The club is the Walnut Club, and so it is called by all.
       It may be called so by others.

   A paragraph that is long enough to be wrapped by the one who typed it all
   goes on here.
""",
    )
    name, paragraph = c.clauses[0].children
    assert name.text == (
        "The name.\nThe club is the Walnut Club, and so it is called by all.\nIt may be called so by others."
    )
    assert paragraph.text == "A paragraph that is long enough to be wrapped by the one who typed it all goes on here."


def test_headings_are_told_from_items_by_standing_alone():
    c = documents.read(
        "rules.txt",
        "Rules\n\nAdopted in May.\n\nPREAMBLE\n\nWe agree.\n\nARTICLE 1\n\nSection 1. Name\n\n1. One;\n2. Two.\n"
        "\nSection 2. Fees\n\nOne pound.\n\nSchedule A: Prices\n\n- a cup\n",
    )
    assert c.front == "Adopted in May."
    assert [one.kind for one in c.walk() if one.heading or one.children] == [
        Kind.PREAMBLE,
        Kind.ARTICLE,
        Kind.SECTION,
        Kind.SECTION,
        Kind.SCHEDULE,
    ]
    assert list(number(c).values()) == [
        "PREAMBLE",
        "PREAMBLE¶1",
        "1",
        "1(1)",
        "1(1)(1)",
        "1(1)(2)",
        "1(2)",
        "1(2)¶1",
        "A",
        "A¶1",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("Rules\n\n1. Name\n\nbell \x07", 5),
        ("Rules\n\n2.1. Name\n\nWords.\n", 3),
        ("Rules\n\n1. Name\n\n1. one\n                   2. hangs\n", 6),
    ],
)
def test_a_line_that_cannot_be_placed_is_named_by_its_number_in_the_file(text, line):
    with pytest.raises(MarkupError) as refused:
        documents.read("rules.txt", text)
    assert [problem.line for problem in refused.value.problems] == [line]


def test_a_file_in_another_encoding_is_refused_by_the_line():
    with pytest.raises(MarkupError, match=r"^Line 3 \(K.*ln\): The file is not in UTF-8"):
        documents.read("rules.txt", "Rules\n\nKöln".encode("latin-1"))


def test_what_typewriters_and_windows_leave_behind_is_taken_away():
    c = documents.read("RULES.MD", "\ufeff# Rules\r\n\r\n## 1. Name\r\n\r\nWords. \r\n".encode())
    assert (c.title, c.clauses[0].children[0].text) == ("Rules", "Words.")
