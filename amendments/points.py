"""What members say for and against an amendment: one short point each."""

from __future__ import annotations

from enum import StrEnum

from amendments.states import OPEN, State, spoken
from constitution.door import admitted
from constitution.tokens import word_count

LONGEST = 120  # words: what is read beside a change, not instead of it
MOST_CHARACTERS = 2_000  # because a word may be of any length


class Side(StrEnum):
    """Whether a point speaks for the amendment or against it."""

    AGAINST = "against"
    FOR = "for"


class NotSaid(ValueError):
    """What was typed is no point yet; the message is a sentence for who typed it. Nothing is kept."""


class NothingSaid(NotSaid):
    """A point without words."""

    def __init__(self) -> None:
        super().__init__("Enter your point.")


class NoSide(NotSaid):
    """A point that is neither for nor against."""

    def __init__(self) -> None:
        super().__init__("Choose whether your point is for or against the amendment.")


class TooLong(NotSaid):
    """A point of more words than may be."""

    def __init__(self, words: int) -> None:
        super().__init__(f"Your point has {words:,} words; a point may have up to {LONGEST}.")
        self.words, self.longest = words, LONGEST


class DiscussionClosed(ValueError):
    """An amendment that has its fate is not discussed any more; its points stay readable."""

    def __init__(self, state: State) -> None:
        super().__init__(f"The discussion of this amendment is closed: it is {spoken(state)}.")
        self.state = state


class IsHidden(ValueError):
    """A hidden point is not changed by its author: what the moderators judged must stay what they judged."""

    def __init__(self) -> None:
        super().__init__("The moderators have hidden this point, so it cannot be changed.")


class NotHidden(ValueError):
    """Only what is hidden can be shown again."""

    def __init__(self) -> None:
        super().__init__("This point is not hidden.")


class AlreadyHidden(ValueError):
    """What is hidden stays hidden with the reason that was given first."""

    def __init__(self) -> None:
        super().__init__("This point is hidden already.")


class NoReasonGiven(ValueError):
    """Nothing is hidden, and nothing shown again, without saying why."""

    def __init__(self) -> None:
        super().__init__("Enter the reason; it is published and kept in the log.")


def side(typed: str) -> Side:
    """The side of this name; raises NoSide."""
    if typed not in set(Side):
        raise NoSide
    return Side(typed)


def point(typed: str) -> str:
    """The text of a point as it is kept; raises NothingSaid, TooLong, door.TextTooLong or door.ForbiddenCharacter."""
    text = admitted(typed, MOST_CHARACTERS).strip()
    if not text:
        raise NothingSaid
    if (words := word_count(text)) > LONGEST:
        raise TooLong(words)
    return text


def reason(typed: str) -> str:
    """Why a point is hidden or shown again, as it is kept; raises NoReasonGiven, or as ``point`` for what may not come in."""
    text = admitted(typed, MOST_CHARACTERS).strip()
    if not text:
        raise NoReasonGiven
    return text


def require_open(state: State) -> None:
    """Raise DiscussionClosed once an amendment has its fate: when no step leads from its state to another."""
    if is_final(state):
        raise DiscussionClosed(state)


def is_final(state: State) -> bool:
    """Whether an amendment in this state has its fate."""
    return state not in OPEN
