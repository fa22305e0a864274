"""Sentences as a reader counts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text

from amendments.sentences import ends_as_sentence, may_begin, sentences


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Members pay. | The board meets.",
        "Who pays? | Members! | They all do.",
        'They say "pay." | (So do we.) | All agree.',
        "**Members pay.** | _They_ meet.",
        "Members pay.\n|The board meets.",
        "By clause 4.2(1). | The board meets.",
        "Members pay, e.g. The chair. | The board meets.",
        "Under No. 5 members pay. | The board meets.",
        "Er zahlt, z. B. Beiträge, d. h. Geld. | Sie tagt.",
        "Das gilt ab dem 1. Mai. | Es endet am 31. Dezember.",
        "Nach Art. 5 Abs. 2 gilt das. | „Es“ gilt nicht.",
        "J. R. hartley pays. | The board meets.",
        "Members pay etc. and meet. | The board meets.",
        " Members pay. | They meet. ",
        "Члены платят. | Правление идёт.",
    ],
)
def test_sentences_end_where_a_reader_sees_it(text: str) -> None:
    assert parts(text.replace("|", "")) == [part.strip() for part in text.split("|")]


@pytest.mark.parametrize(
    "text",
    [
        "Members, officers etc. The board meets. They rest.",
        "See Schedule A. The board meets. They rest.",
        "The answer is no. The board meets. They rest.",
        "It costs at most 5. The board meets. They rest.",
        "Members pay. 5 of them meet.",
        "Members pay ... The board meets.",
        "Members pay\nThe board meets. They rest.",
        "Members pay.\nthe board meets.",
        "Who pays? 5 of us.",
    ],
)
def test_where_it_is_open_whether_a_sentence_ends_the_text_counts_as_one(text: str) -> None:
    assert parts(text) == [text]


def test_spaces_are_no_sentence() -> None:
    assert sentences("") == sentences(" \n") == ()


def test_a_sentence_may_begin_after_any_stop() -> None:
    text = 'Pay etc. The "chair." (Or the clerk)\nnobody.'
    begins = [word for word in ("Pay", "The", "chair", "Or", "the", "nobody") if may_begin(text, text.index(word))]
    assert begins == ["Pay", "The", "Or", "nobody"]
    assert not may_begin("a.b", 2)
    assert may_begin(" „Wir", 2)


def test_what_ends_as_a_sentence() -> None:
    assert ends_as_sentence('He said "go."')
    assert not ends_as_sentence("go. Now")


@given(any_text() | st.text('Ab .?!\n"(5', max_size=30))
def test_sentences_hold_all_but_the_spaces_around_them(text: str) -> None:
    spans = sentences(text)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert "".join(text.split()) == "".join("".join(text[start:end].split()) for start, end in spans)
    assert list(spans) == sorted(spans)
