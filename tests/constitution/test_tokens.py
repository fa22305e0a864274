import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from strategies import any_text, texts

from constitution import tokens as token_module
from constitution.tokens import is_word, tokens, word_count


@given(texts())
def test_the_tokens_joined_are_the_text(text):
    assert "".join(tokens(text)) == text


@given(texts())
def test_no_token_is_empty_or_mixes_space_with_letters(text):
    assert all(token.strip() in {token, ""} and token for token in tokens(text))


@given(any_text())
def test_no_letter_is_parted_from_the_next(text):
    pieces = tokens(text)
    assert not [(one, other) for one, other in pairwise(pieces) if one[-1].isalnum() and other[0].isalnum()]


@given(any_text())
def test_a_mark_stays_with_what_it_marks(text):
    for one, other in pairwise(tokens(text)):
        assert not unicodedata.category(other[0]).startswith("M") or one.isspace() or one.endswith(("]]", ")"))


@pytest.mark.parametrize(
    "word", ["3.2", "1,000", "twenty-one", "member's", "member’s", "4.2(1)(3)", "12a", "and/or", "10:30", "snake_case",
             "[[a1b2-3]]", "[[abc:own]]", "e\N{COMBINING ACUTE ACCENT}tat", "हिन्दी", "Beiträge"]
)  # fmt: skip
def test_a_word_with_its_inner_signs_is_one_token(word):
    assert tokens(f"of {word} or") == ("of", " ", word, " ", "or")
    assert is_word(word)


@given(texts())
def test_the_faster_patterns_say_what_the_slowest_says(text):
    assert tokens(text) == tuple(token_module._ANY.findall(text))


def test_every_mark_of_unicode_is_known():
    marks = [chr(point) for point in range(0x110000) if unicodedata.category(chr(point)).startswith("M")]
    assert [mark for mark in marks if tokens(f"a{mark}b") != (f"a{mark}b",)] == []


def test_signs_stand_alone_and_spaces_run_together():
    assert tokens("“One,” two.\n\n  _Three_") == (
        "“",
        "One",
        ",",
        "”",
        " ",
        "two",
        ".",
        "\n\n",
        "  ",
        "_",
        "Three",
        "_",
    )


def test_signs_and_spaces_are_no_words():
    assert word_count("§ 5 — the [[a1-2]] clause (b).") == 5
    assert word_count("") == 0
