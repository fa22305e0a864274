import json
from dataclasses import replace

import pytest
from corpora import corpus
from hypothesis import given, settings
from trees import constitutions, renumbered

from constitution.clause import Kind, Mark, Style
from constitution.markup import MarkupError, parse, write
from constitution.numbering import number, printed
from constitution.references import bind


def kinds(*lines):
    return [one.kind for one in parse("\n".join(["# Rules", *lines])).walk()]


def numbers(*lines):
    return list(printed(parse("\n".join(["# Rules", "## 1. All", *lines]))).values())[1:]


def refusal(text):
    with pytest.raises(MarkupError) as refused:
        parse(text)
    return [(problem.line, problem.text) for problem in refused.value.problems], str(refused.value)


@pytest.mark.parametrize("version", range(10))
def test_every_version_of_debians_constitution_has_its_clauses(version):
    path = corpus("debian-constitution")[version]
    c = parse(path.read_text(encoding="utf8"))
    expected = json.loads(path.with_name(path.name.replace(".md", ".clauses.json")).read_text(encoding="utf8"))[
        "clauses"
    ]
    labels = number(c)
    assert [(labels[one.id], one.heading, one.text) for one in c.walk()] == [
        (one["path"], one.get("title", ""), one["text"]) for one in expected
    ]


def test_the_last_version_has_203_clauses_and_its_history_in_front():
    c = parse(corpus("debian-constitution")[-1].read_text(encoding="utf8"))
    assert len(c) == 203
    assert c.front.startswith("Version 1.9 ratified")
    assert c.title == "Constitution for the Debian Project (v1.9)"


@pytest.mark.parametrize("version", range(10))
def test_what_is_written_is_what_was_read(version):
    text = corpus("debian-constitution")[version].read_text(encoding="utf8")
    c = parse(text)
    assert write(bind(c)) == text
    assert parse(write(c)) == c


@given(constitutions())
@settings(max_examples=40)
def test_any_tree_is_read_back_as_it_was_written(c):
    again = parse(write(c))
    assert renumbered(again) == renumbered(c)
    assert write(again) == write(c)
    assert parse(write(again)) == again


def test_two_documents_share_no_id_and_one_keeps_its_own():
    one, two = parse("# A\n\n## 1. Name\n"), parse("# B\n\n## 1. Name\n")
    assert not one.by_id.keys() & two.by_id.keys()
    assert parse("# A\n\n## 1. Name\n").by_id.keys() == one.by_id.keys()


def test_headings_say_what_they_are():
    assert kinds(
        "## Preamble",
        "## Part I",
        "### Article 4 — Officers",
        "### Rule 3: Fees",
        "### Section 4. Votes",
        "## 5. Votes",
        "## A. Procedure",
        "## Schedule 1 Fees",
        "## IX. Courts",
        "## Aims",
    ) == [
        Kind.PREAMBLE,
        Kind.PART,
        Kind.ARTICLE,
        Kind.ARTICLE,
        Kind.SECTION,
        Kind.SECTION,
        Kind.SCHEDULE,
        Kind.SCHEDULE,
        Kind.PART,
        Kind.SECTION,
    ]


def test_blocks_say_what_they_are():
    assert kinds("## 4. Votes", "", "Words.", "", "> A note.", "", "1. One", "4.1 Numbered through", "- A dash") == [
        Kind.SECTION,
        Kind.PARAGRAPH,
        Kind.NOTE,
        Kind.ITEM,
        Kind.CLAUSE,
        Kind.ITEM,
    ]


def test_the_number_is_taken_out_of_a_heading():
    c = parse("# Rules\n\n## Article 4 — Officers\n\n## Article 5 — Fees\n")
    assert [(one.heading, one.mark) for one in c.walk()] == [
        ("Officers", Mark(Style.DECIMAL, "Article ", " —", start=4)),
        ("Fees", Mark(Style.DECIMAL, "Article ", " —")),
    ]


@pytest.mark.parametrize(
    "marks",
    [
        ["1.", "2.", "5."],
        ["(1)", "(1a)", "(2)"],
        ["(a)", "(b)"],
        ["a)", "b)"],
        ["(i)", "(ii)", "(iii)", "(iv)", "(v)"],
        ["(h)", "(i)", "(j)"],
        ["(A)", "(B)"],
        ["I.", "II."],
        ["a.", "b."],
        ["aa)", "bb)"],
        ["-", "-"],
        ["(v)", "(vi)"],
        ["(c)", "(d)"],
    ],
)
def test_items_are_printed_as_they_were_typed(marks):
    assert numbers(*(f"{mark} text" for mark in marks)) == marks


@pytest.mark.parametrize(
    ("marks", "styles"),
    [
        ("g h i j", "letter letter letter letter"),
        ("g h i ii", "letter letter roman roman"),
        ("i ii iii", "roman roman roman"),
        ("a b c d", "letter letter letter letter"),
        ("u v w x", "letter letter letter letter"),
        ("iv v vi", "roman roman roman"),
    ],
)
def test_what_follows_tells_a_letter_from_a_roman_number(marks, styles):
    c = parse("# Rules\n## 1. All\n" + "\n".join(f"({mark}) text" for mark in marks.split()))
    assert [one.mark.style.removeprefix("lower-") for one in c.clauses[0].children] == styles.split()


def test_a_sentence_may_begin_with_a_letter_or_a_number():
    c = parse("# Rules\n## 1. All\n\nV. Woolf wrote.\n\n3.5 years pass.\n\n2026 was a year.\n")
    assert [one.text for one in c.clauses[0].children] == ["V. Woolf wrote.", "3.5 years pass.", "2026 was a year."]


def test_lines_that_follow_belong_to_the_item_and_lines_below_it_do_not():
    c = parse(
        "# Rules\n## 1. All\n1. One.\n   More of one.\n   1. Below.\n\n   A paragraph below.\n2. Two.\nNot of two.\n"
    )
    one, two, three = c.clauses[0].children
    assert one.text == "One.\nMore of one."
    assert [child.text for child in one.children] == ["Below.", "A paragraph below."]
    assert (two.text, three.text, three.kind) == ("Two.", "Not of two.", Kind.PARAGRAPH)


def test_text_right_below_a_heading_is_its_own_and_after_a_blank_line_a_paragraph():
    c = parse("# Rules\n## 1. All\nIts own.\n\nA paragraph.\n")
    assert c.clauses[0].text == "Its own."
    assert c.clauses[0].children[0].text == "A paragraph."


def test_signs_alone_return_to_a_heading_further_up():
    c = parse("# Rules\n## 1. All\n### 1.1. Some\n\nOf some.\n\n##\n\nOf all.\n\n#\n\nOf the rules.\n")
    assert [number(c)[one.id] for one in c.walk()] == ["1", "1.1", "1.1¶1", "1¶1", "¶1"]
    assert parse(write(c)) == c


def test_what_is_repealed_keeps_its_number_and_its_word():
    text = "# Rules\n\n## Article 1\n\n[repealed]\n\n## Article 2\n(1) [deleted]\n(2) \\[repealed]\n"
    c = parse(text)
    assert [(one.repealed, one.text) for one in c.walk()] == [
        (True, ""),
        (False, ""),
        (True, "[deleted]"),
        (False, "[repealed]"),
    ]
    assert parse(write(c)) == c
    assert "## Article 1\n\n[repealed]\n" in write(c)


def test_german_is_known_by_its_words_and_may_be_declared():
    assert parse("# Satzung\n\n## § 1\n\nDer Verein ist nicht eingetragen und wird es nie.\n").language == "de"
    declared = parse("\n<!-- language: de -->\n\n# Satzung\n\n## § 1\n\nName\n")
    assert declared.language == "de"
    assert parse(write(declared)) == declared


def test_an_item_may_have_a_heading():
    c = parse("# Rules\n## 1. All\n1. **Quorum** — Ten members.\n2. **Votes** —\n")
    assert [(one.heading, one.text) for one in c.clauses[0].children] == [("Quorum", "Ten members."), ("Votes", "")]
    assert parse(write(c)) == c


def test_a_heading_may_look_like_a_number_once_it_is_one():
    c = parse("# Rules\n## 1. All\n")
    odd = replace(
        c, clauses=(replace(c.clauses[0], heading="2. Or not"), replace(c.clauses[0], id="n", heading="\\", text="# x"))
    )
    assert [(one.heading, one.text) for one in parse(write(odd)).walk()] == [("2. Or not", ""), ("\\", "# x")]


def test_numbers_out_of_sequence_are_kept():
    assert numbers("3. three", "7. seven", "7. seven again", "8. eight") == ["3.", "7.", "7.", "8."]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("\n\n", 1),
        ("No title\n\n## 1. All", 1),
        ("# Title only", 1),
        ("# t\n\n#### x", 3),
        ("# t\n## a\n# b", 3),
        ("# t\n## a\n\n   1. hangs in the air", 4),
        ("# t\n## a\n1. one\n               1. hangs", 4),
        ("# t\n## 4. a\n### 5.1. b", 3),
        ("# t\n## a\n\nbell\x07", 4),
        ("# t\n## a\n\ncites [[abc]]", 4),
        ("# t\n## a\n\n###", 4),
        ("# t\n## a\n\n > hangs", 4),
        ("# t\n## a\n\n  hangs", 4),
    ],
)
def test_a_line_that_cannot_be_placed_is_named(text, line):
    named, message = refusal(text)
    assert [number for number, _ in named] == [line]
    assert message.startswith(f"Line {line} (")


def test_every_line_that_cannot_be_placed_is_named():
    named, message = refusal("# t\n\n#### deep\n\n## a\n\n##### deeper " + "x" * 80)
    assert named == [(3, "#### deep"), (7, "##### deeper " + "x" * 80)]
    assert message.endswith("a level between them is missing.")
    assert "…" in message


def test_a_text_below_a_title_needs_no_heading():
    c = parse("# Rules\n\nAdopted.\n\n1. One.\n2. Two.\n")
    assert (c.front, [one.text for one in c.walk()]) == ("Adopted.", ["One.", "Two."])
    assert parse(write(c)) == c


@pytest.mark.parametrize("heading", ["CIVIL. Matters", "IIX. Things", "Mix", "Part of it", "2024. A year"])
def test_words_and_years_are_no_numbers(heading):
    (clause,) = parse(f"# Rules\n\n## {heading}\n").clauses
    assert (clause.heading, clause.mark.style) == (heading, Style.NONE)


@pytest.mark.parametrize("line", ["Li. Wei moves.", "ill. text", "(vivi) text", "(IIII) text", "e. g. this", "no. 5"])
def test_words_in_front_are_no_numbers(line):
    assert parse(f"# Rules\n\n## 1. All\n\n{line}\n").clauses[0].children[0].text == line


def test_text_right_below_a_return_is_a_paragraph():
    c = parse("# Rules\n## 1. All\n### 1.1. Some\n##\nOf all.\n")
    assert [number(c)[one.id] for one in c.walk()] == ["1", "1.1", "1¶1"]
