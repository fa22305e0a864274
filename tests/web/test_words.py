"""How values are worded."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.words import count, date, emphasis, moment, short


def test_a_moment_says_its_zone():
    at = datetime(2026, 11, 22, 20, 52, tzinfo=timezone(timedelta(hours=1)))
    assert str(moment(at)) == '<time datetime="2026-11-22T19:52:00+00:00">22 November 2026, 19:52 UTC</time>'
    assert date(datetime(2026, 3, 1, tzinfo=UTC)) == "1 March 2026"


@pytest.mark.parametrize(("number", "words"), [(0, "no seconders"), (1, "1 seconder"), (3000, "3,000 seconders")])
def test_things_are_counted_in_words(number, words):
    assert count(number, "seconder") == words


def test_an_irregular_plural_can_be_given():
    assert count(2, "branch", "branches") == "2 branches"


def test_a_digest_is_shortened_for_the_eye():
    assert short("0123456789abcdef") == "0123456789ab"


def test_bold_and_italic_are_drawn():
    assert emphasis("a **bold** and _slanted_ word") == "a <strong>bold</strong> and <em>slanted</em> word"


@pytest.mark.parametrize("text", ["5 * x * 2", "snake_case_name", "** **x", "a _b", "2 ** 3"])
def test_what_is_no_emphasis_stays_as_it_is(text):
    assert emphasis(text) == text


@given(st.text())
def test_nothing_in_a_clause_is_markup(text):
    drawn = emphasis(text)
    for tag in ("<strong>", "</strong>", "<em>", "</em>"):
        drawn = drawn.replace(tag, "")
    assert "<" not in drawn
