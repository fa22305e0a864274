import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from strategies import law_text, texts

from constitution import tokens as token_module
from constitution.door import LONGEST, ForbiddenCharacter, TextTooLong, admitted, normalise, warnings


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
        ("\x00", "control character \N{SYMBOL FOR NULL} (U+0000)"),
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


def test_a_text_is_admitted_as_it_is_kept():
    assert admitted("two\N{NO-BREAK SPACE}words \n", longest=11) == "two words"


def test_a_text_over_the_limit_is_refused_and_both_lengths_are_named():
    assert admitted("x" * 1000, longest=1000) == "x" * 1000
    with pytest.raises(TextTooLong) as refusal:
        admitted("x" * 1001, longest=1000)
    assert (refusal.value.length, refusal.value.longest) == (1001, 1000)
    assert str(refusal.value) == "The text has 1,001 characters; no text may have more than 1,000."


def test_without_a_limit_given_two_hundred_thousand_characters_may_come_in():
    assert len(admitted("x" * 200_000)) == LONGEST == 200_000
    with pytest.raises(TextTooLong):
        admitted("x" * 200_001)


def test_what_is_too_long_is_refused_before_it_is_read():
    with pytest.raises(TextTooLong):
        admitted("\ud800" * 3, longest=2)


@given(law_text(), law_text())
def test_what_is_refused_stands_where_it_is_said_to_stand(before, after):
    with pytest.raises(ForbiddenCharacter) as refusal:
        normalise(f"{before}\u200b{after}")
    *lines, last = unicodedata.normalize("NFC", before).split("\n")
    assert (refusal.value.line, refusal.value.column) == (len(lines) + 1, len(last) + 1)
    assert refusal.value.place == sum(len(line) + 1 for line in lines) + len(last)


@pytest.mark.parametrize("sign", ["\r\n", "\r", "\x85", "\u2028", "\u2029", "\v", "\f"])
def test_every_end_of_a_line_is_one(sign):
    assert normalise(f"one{sign}two") == "one\ntwo"


@pytest.mark.parametrize("space", ["\t", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}"])
def test_every_space_is_one(space):
    assert normalise(f"one{space}two") == "one two"


def test_the_first_of_several_forbidden_characters_is_named():
    with pytest.raises(ForbiddenCharacter) as refusal:
        normalise("a\u200bb\x00c\u202e")
    assert (refusal.value.place, refusal.value.character) == (1, "\u200b")
    with pytest.raises(ForbiddenCharacter) as refusal:
        normalise("\x00a\u200b")
    assert (refusal.value.place, refusal.value.line, refusal.value.column) == (0, 1, 1)


@pytest.mark.parametrize("character", ["\u034f", "\u180d", "\ufe00", "\ufff8", "\U000e0fff", "\x7f", "\x1f"])
def test_the_edges_of_what_cannot_be_seen_are_refused(character):
    with pytest.raises(ForbiddenCharacter):
        normalise(f"a{character}b")


@pytest.mark.parametrize("character", ["\u0601", "\u06dd", "\U000110bd", "\ufdff", "\ufe10", "\U000e1000", "😀"])
def test_what_can_be_seen_beside_them_comes_in(character):
    assert normalise(f"a{character}b") == f"a{character}b"


def test_the_names_at_the_door_are_those_of_the_tokens():
    assert (token_module.normalise, token_module.warnings) == (normalise, warnings)
