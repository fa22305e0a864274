"""What amendments ask of the committee where they disagree, and what the committee answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

OWN = "own"
"""The option key of the committee's own wording, which stands in ``Choices.written``."""


class Nature(StrEnum):
    """What is disagreed about."""

    CYCLE = "cycle"
    MOVE = "move"
    PLACE = "place"
    STRIKE = "strike"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: ``key`` is stored and ``text`` is what would stand there (or, without words, what would be done).

    ``sources`` names the amendments that ask for it; nobody for the words of the base.
    """

    key: str
    text: str
    sources: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """One disagreement. Its key is stable as long as the same amendments meet on the same base.

    WORDS: ``base`` holds the words in dispute of ``part`` ("heading" or "text") of the clause; pick an option or write.
    STRIKE: the options are "strike" and "keep".
    MOVE: the options are the places ("parent/after") and "stay".
    PLACE: new or moved clauses come to one place: give their order (``Choices.orders``); what is left out is excluded.
    CYCLE: clauses are moved into one another; each option leaves one of them where it is.
    An ``ordered`` question may be answered by an order of option keys, one that ``may_write`` by own words. ``place``
    numbers the questions of one part of a clause from 1, as they come in its text.
    """

    key: str
    nature: Nature
    clause: str | None
    options: tuple[Option, ...]
    base: str = ""
    part: str = ""
    ordered: bool = False
    may_write: bool = False
    place: int = 0

    @property
    def sources(self) -> frozenset[str]:
        """The amendments that disagree."""
        return frozenset().union(*(one.sources for one in self.options))

    def option(self, key: str | None) -> Option | None:
        """The option with this key; None for one that is not offered (any more)."""
        return next((one for one in self.options if one.key == key), None)


class NoSuchOption(ValueError):
    """A choice names an option that its question does not have, or leaves what is not there."""

    def __init__(self, question: str, option: str) -> None:
        super().__init__(f"There is no option {option!r} for {question!r}.")
        self.question, self.option = question, option


@dataclass(frozen=True)
class Choices:
    """The committee's answers, each by the key of its question.

    ``picked`` holds option keys, ``written`` own words (they count unless an option is picked), ``orders`` option keys
    in order. ``written`` may also replace a whole merged text, under "whole/<clause>/<text or heading>". ``left`` gives
    the reasons for leaving an amendment ("A12"), or what it asks of one clause ("A12/<clause>"; "A12/" for what comes
    before all clauses). ``looked`` holds the keys of the marks that were looked at, each with a note, perhaps empty.

    An answer that names an option which is not offered any more, since its amendment was left, is no answer.
    """

    picked: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left: Mapping[str, str] = field(default_factory=dict)
    looked: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The choices as dicts, lists and strings; ``from_json`` gives them back."""
        return {
            "picked": dict(self.picked),
            "written": dict(self.written),
            "orders": {key: list(order) for key, order in self.orders.items()},
            "left": dict(self.left),
            "looked": dict(self.looked),
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Choices:
        """The choices that ``to_json`` wrote; an empty dict is no choice at all."""
        orders = {key: tuple(order) for key, order in row.get("orders", {}).items()}
        picked, written, left, looked = (dict(row.get(name, {})) for name in ("picked", "written", "left", "looked"))
        return cls(picked, written, orders, left, looked)

    def check(self, question: Question) -> None:
        """Raise NoSuchOption when the answer names what the question does not offer, or something twice."""
        picked = self.picked.get(question.key)
        order = self.orders.get(question.key, ()) if question.ordered else ()
        asked = [] if picked is None or (picked == OWN and question.may_write) else [picked]
        twice = [key for n, key in enumerate(order) if key in order[:n]]
        unknown = [key for key in (*asked, *order) if question.option(key) is None]
        if unknown or twice:
            raise NoSuchOption(question.key, (*unknown, *twice)[0])

    def pick(self, question: Question) -> Option | None:
        """The option picked, None when none is, or own words are."""
        return question.option(self.picked.get(question.key))

    def own(self, question: Question) -> str | None:
        """The committee's own words, unless an option is picked."""
        if not question.may_write or self.picked.get(question.key, OWN) != OWN:
            return None
        return self.written.get(question.key)

    def order(self, question: Question) -> tuple[Option, ...] | None:
        """The options in the order given."""
        keys = self.orders.get(question.key)
        if keys is None or not question.ordered:
            return None
        found = tuple(filter(None, map(question.option, dict.fromkeys(keys))))
        return found if found or not keys else None

    def chosen(self, question: Question) -> tuple[Option, ...]:
        """The options that stand, in their order; none where nothing is chosen, or own words."""
        order, option = self.order(question), self.pick(question)
        return order if order is not None else (option,) if option else ()


def answered(question: Question, choices: Choices) -> bool:
    """Whether the committee has answered the question."""
    if choices.order(question) is not None:
        return True
    return question.nature is not Nature.PLACE and (choices.pick(question) or choices.own(question)) is not None


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by which A2 comes before A10: the order in which amendments were submitted."""
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part) for part in re.findall(r"\d+|\D+", name))


def in_order(names: Iterable[str]) -> list[str]:
    """The names of sources in the order of submission."""
    return sorted(names, key=lambda name: (natural(name), name))
