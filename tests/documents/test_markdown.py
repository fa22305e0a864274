import re

import pytest
from corpora import constitution, corpus
from hypothesis import assume, given, settings
from trees import constitutions

import documents
from constitution.clause import Kind
from constitution.markup import MarkupError, parse, write
from constitution.numbering import number, printed
from constitution.references import bind


def read(text):
    return documents.read("rules.md", text)


@pytest.mark.thorough
@pytest.mark.parametrize("version", range(13))
def test_the_grundgesetz_comes_in_with_its_labels_and_goes_out_as_it_came(version):
    path = corpus("grundgesetz")[version]
    source, c = path.read_text(encoding="utf8"), constitution(path)
    shown = printed(c)
    assert c.title == "Grundgesetz für die Bundesrepublik Deutschland"
    assert (c.front, c.language) == ("vom 23. Mai 1949.", "de")
    assert [shown[one.id] for one in c.walk() if one.kind is Kind.ARTICLE] == re.findall(
        r"^#+ +(Artikel \S+)", source, re.MULTILINE
    )
    assert [shown[one.id] for one in c.clauses if shown[one.id]] == re.findall(r"^# ([IVX]+a?\.)", source, re.MULTILINE)
    assert [shown[one.id] for one in c.walk() if one.kind is Kind.ITEM] == re.findall(
        r"^ *(\(\d+[a-z]?\)|\d+[a-z]?\.|[a-z]\))(?: |$)", source, re.MULTILINE
    )
    assert sum(one.repealed for one in c.walk()) == source.count("[aufgehoben]")
    assert parse(write(bind(c))) == documents.read("again.md", write(c)) == c


def test_bullets_come_in_without_numbers():
    for path in corpus("nixos-assembly-draft")[::9]:
        c = constitution(path)
        assert len(
            [line for line in path.read_text(encoding="utf8").split("\n") if line.lstrip().startswith("- ")]
        ) == sum(one.mark.before == "-" for one in c.walk())
        assert documents.read("again.md", write(c)) == c


def test_links_comments_and_backslashes_are_reduced_to_their_words():
    c = read(
        '# Rules\n\n## 1. Name\n\nSee [clause 2](#fees "Fees")<!-- why? --> and 3\\*3 ![x](y.png).\n\n* One\n+ Two\n• Three\n'
    )
    assert [one.text for one in c.clauses[0].children] == ["See clause 2 and 3*3 x.", "One", "Two", "Three"]


def test_the_first_of_several_headings_of_one_sign_is_the_title():
    c = read("# Rules\n\n# 1. Name\n\n## 1.1. Long\n\n# 2. Fees\n")
    assert (c.title, list(number(c).values())) == ("Rules", ["1", "1.1", "2"])


def test_words_that_are_wrapped_are_joined_and_two_spaces_break():
    c = read(
        "% Rules\n\n# 1. Name\n\nThe club is  \nthe Walnut\nClub.\n\n(1) One that is\nwrapped.\n(2) Two:\n    a) x,\n    b) y\n       zed.\nEnd.\n"
    )
    assert [one.text for one in c.clauses[0].walk()][1:] == [
        "The club is\nthe Walnut Club.",
        "One that is wrapped.",
        "Two:",
        "x,",
        "y zed.",
        "End.",
    ]
    assert [number(c)[one.id] for one in c.clauses[0].walk()][1:] == [
        "1¶1",
        "1(1)",
        "1(2)",
        "1(2)(a)",
        "1(2)(b)",
        "1¶2",
    ]


def test_a_list_that_is_not_set_in_is_placed_by_its_numbers():
    c = read("# Rules\n\n## 1. All\n\n(1) These:\n(a) x,\n(b) y:\n(i) one\n(ii) two\n(c) z\n(2) No more.\n")
    assert list(number(c).values()) == [
        "1",
        "1(1)",
        "1(1)(a)",
        "1(1)(b)",
        "1(1)(b)(i)",
        "1(1)(b)(ii)",
        "1(1)(c)",
        "1(2)",
    ]


def test_after_h_comes_i_unless_ii_follows():
    letters = "\n".join(f"({letter}) x:" for letter in "abcdefgh")
    c = read(f"# Rules\n\n## 1. All\n\n(1) These:\n{letters}\n(i) one\n(ii) two\n(i) letter\n(j) last\n")
    assert list(number(c).values())[-5:] == ["1(1)(h)", "1(1)(h)(i)", "1(1)(h)(ii)", "1(1)(i)", "1(1)(j)"]


def test_a_list_below_a_paragraph_stands_beside_it():
    c = read("# Rules\n\n## 1. All\n\nThese:\n    1. x\n    2. y\n        - z\n")
    assert list(number(c).values()) == ["1", "1¶1", "1(1)", "1(2)", "1(2)¶1"]


def test_a_numbered_paragraph_may_have_its_own_list():
    c = read("# Rules\n\n## 4. Votes\n\n4.1 These:\n(a) x\n4.2 Those.\n4.2.1 More.\n5.5 years.\n")
    assert [number(c)[one.id] for one in c.walk() if one.mark.before or one.mark.path or one.kind is Kind.ITEM] == [
        "4.1",
        "4.1(a)",
        "4.2",
        "4.2.1",
    ]


@given(constitutions())
@settings(max_examples=30)
def test_what_we_write_is_read_as_we_wrote_it(c):
    text = write(c)
    assume("](" not in text)  # a link is reduced to its words, whoever typed it
    assert documents.read("export.md", text) == parse(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("% Rules\n\n# 1. Name\n\n### 1.1.1 Deep\n", 5),
        ("% Rules\n", 1),
        ("% Rules\n\n# Name\n\n(1) x\n\n                  (2) y\n", 7),
        ("% Rules\n\n# Name\n\nbell \x07\n", 5),
        ("Words\n\n* x\n", 1),
        ("* x\n", 1),
    ],
)
def test_a_line_that_cannot_be_placed_is_named_by_its_number_in_the_file(text, line):
    with pytest.raises(MarkupError) as refused:
        read(text)
    assert [problem.line for problem in refused.value.problems] == [line]


def test_text_right_below_a_heading_is_a_paragraph():
    c = read("% Rules\n\n# 1. Name\nThe Walnut Club.")
    assert list(number(c).values()) == ["1", "1¶1"]
