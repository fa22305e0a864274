"""What a point may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amendments.points import (
    LONGEST,
    MOST_CHARACTERS,
    AlreadyHidden,
    DiscussionClosed,
    IsHidden,
    NoReasonGiven,
    NoSide,
    NotHidden,
    NothingSaid,
    Side,
    TooLong,
    point,
    reason,
    require_open,
    side,
)
from amendments.states import State
from constitution.door import ForbiddenCharacter, TextTooLong


def test_a_point_has_up_to_120_words_and_one_more_is_told_by_both_figures():
    assert point("word " * LONGEST) == ("word " * LONGEST).strip()
    with pytest.raises(TooLong, match=r"^Your point has 121 words; a point may have up to 120\.$"):
        point("word " * (LONGEST + 1))


def test_a_word_without_end_is_too_long_as_well():
    with pytest.raises(TextTooLong, match="2,001 characters"):
        point("w" * (MOST_CHARACTERS + 1))


@pytest.mark.parametrize("typed", ["", "  ", "\r\n\t\n"])
def test_a_point_says_something_and_so_does_a_reason(typed):
    with pytest.raises(NothingSaid):
        point(typed)
    with pytest.raises(NoReasonGiven):
        reason(typed)


@given(st.text(max_size=200))
def test_a_point_is_kept_as_the_door_lets_it_in(typed):
    try:
        kept = point(typed)
    except (NothingSaid, ForbiddenCharacter):
        return
    assert kept == point(kept) == kept.strip() != ""
    assert not {"\r", "\x00", "\u202e"} & set(kept)


@pytest.mark.parametrize("typed", ["", "neither", "FOR", "for "])
def test_a_point_takes_a_side(typed):
    with pytest.raises(NoSide):
        side(typed)
    assert [side("for"), side("against")] == [Side.FOR, Side.AGAINST]


def test_an_amendment_is_discussed_until_it_has_its_fate():
    closed = {
        State.ACCEPTED, State.CARRIED, State.EXPIRED, State.FALLEN, State.IN_FORCE, State.LOST, State.OVERTAKEN,
        State.REFUSED, State.WITHDRAWN,
    }  # fmt: skip
    for state in State:
        if state in closed:
            with pytest.raises(DiscussionClosed, match=f"it is {state.value.replace('-', ' ')}"):
                require_open(state)
        else:
            require_open(state)


def test_what_moderators_and_authors_may_not_do_is_said_to_them() -> None:
    assert "cannot be changed" in str(IsHidden())
    assert (str(NotHidden()), str(AlreadyHidden())) == ("This point is not hidden.", "This point is hidden already.")


def test_a_reason_is_kept_as_it_was_given() -> None:
    assert reason("  It insults a member.  ") == "It insults a member."
