import unicodedata
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from strategies import any_text, texts

from constitution import tokens as token_module
from constitution.tokens import ForbiddenCharacter, is_word, normalise, tokens, warnings, word_count


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


def test_texts_that_look_equal_become_equal():
    assert (
        normalise("cafe\N{COMBINING ACUTE ACCENT}\N{NO-BREAK SPACE}two  \r\nthree\tfour \n\n") == "café two\nthree four"
    )


def test_dashes_and_quotation_marks_stay_as_they_were_written():
    text = '2010–2020 — „so“ "so" it\'s'
    assert normalise(text) == text


@given(texts())
def test_what_has_come_in_once_comes_in_again_unchanged(text):
    with suppress(ForbiddenCharacter):
        once = normalise(text)
        assert normalise(once) == once


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\N{ZERO WIDTH SPACE}", "ZERO WIDTH SPACE (U+200B)"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}", "RIGHT-TO-LEFT OVERRIDE (U+202E)"),
        ("\N{VARIATION SELECTOR-16}", "VARIATION SELECTOR-16 (U+FE0F)"),
        ("\N{SOFT HYPHEN}", "SOFT HYPHEN (U+00AD)"),
        ("\ufeff", "ZERO WIDTH NO-BREAK SPACE (U+FEFF)"),
        ("\N{TAG LATIN SMALL LETTER A}", "TAG LATIN SMALL LETTER A (U+E0061)"),
        ("\N{HANGUL FILLER}", "HANGUL FILLER (U+3164)"),
        ("\ud800", "lone surrogate (U+D800)"),
        ("\x00", "control character (U+0000)"),
    ],
)
def test_what_cannot_be_seen_is_refused_by_its_name_and_place(character, name):
    with pytest.raises(ForbiddenCharacter) as refusal:
        normalise(f"First line\nsecond{character}line")
    assert (refusal.value.name, refusal.value.line, refusal.value.column) == (name, 2, 7)
    assert refusal.value.place == 17
    assert str(refusal.value) == f"The text holds a character that is not allowed: {name}, line 2, character 7."


def test_format_characters_that_are_seen_may_come_in():
    assert normalise("\N{ARABIC NUMBER SIGN}١٢") == "\N{ARABIC NUMBER SIGN}١٢"


def test_a_word_of_two_scripts_is_warned_of():
    (warning,) = warnings("The p\N{CYRILLIC SMALL LETTER A}y of Ελλάδα and Москва")
    assert (warning.word, warning.place, warning.scripts) == ("p\N{CYRILLIC SMALL LETTER A}y", 4, ("CYRILLIC", "LATIN"))


def test_words_of_one_script_and_japanese_are_not_warned_of():
    assert warnings("plain") == ()
    assert warnings("Ελλάδα Beiträge 東京タワーへ") == ()
