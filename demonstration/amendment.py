"""How the story's amendments are written down: by labels and phrases, as members speak of them.

Every label is that of the founding edition (constitution.md), also where a later edition prints another: clauses keep
their identity, and a reader of the story needs one numbering.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """Where an amendment stands on the day the demonstration is opened."""

    ACCEPTED = "accepted"
    ADMITTED = "admitted"
    COMPOSITED = "composited"
    IN_FORCE = "in-force"
    OVERTAKEN = "overtaken"
    REFUSED = "refused"
    SECONDED = "seconded"
    SEEKING = "seeking-seconders"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Reworded:
    """Put other words for a phrase of a clause; the phrase occurs exactly once in it."""

    label: str
    phrase: str
    by: str


@dataclass(frozen=True, slots=True)
class Added:
    """A new clause after the one with this label; with a heading, a new subsection."""

    after: str
    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Struck:
    """Leave a clause out, with all that is below it."""

    label: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Put a clause after another one, with its words as they are."""

    label: str
    after: str


Change = Reworded | Added | Struck | Moved

NEEDED, FROM = 20, 3  # members and the branches they are of, as clause 14.1(1) says: or one branch


@dataclass(frozen=True, slots=True)
class Amendment:
    """One amendment and its fate.

    ``day`` is how many days before today it was moved, ``word`` why it was refused or withdrawn, ``ended`` how many
    days before today that was, or that it was accepted (0: it was not). ``seconds`` members second it, of the branches ``among`` (none: of
    any), and so does the general meeting of ``branch``, if one is named. With ``on`` it amends that one (its key): the
    phrases are of the text as that would make it. ``alternative_to`` is one that it is to stand against (its key); ``ground`` that of a refusal, from the rulebook's list.
    """

    key: str
    day: int
    mover: str
    title: str
    reason: str
    changes: tuple[Change, ...]
    fate: Fate = Fate.SECONDED
    seconds: int = NEEDED
    word: str = ""
    ended: int = 0
    branch: str = ""
    among: tuple[str, ...] = ()
    on: str = ""
    alternative_to: str = ""
    ground: str = ""

    @property
    def has_seconders(self) -> bool:
        """Whether one of the two routes is complete."""
        spread = not self.among or len(self.among) >= FROM
        return bool(self.branch) or (self.seconds >= NEEDED and spread)


@dataclass(frozen=True, slots=True)
class Merging:
    """What the committee puts on its desk together, and how many days before today it does what with it."""

    title: str
    amendments: tuple[str, ...]
    begun: int
    frozen: int | None = None
    adopted: int | None = None
