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
    An ``ordered`` question may be answered by an order of option keys, one that ``may_write`` by own words.
    """

    key: str
    nature: Nature
    clause: str | None
    options: tuple[Option, ...]
    base: str = ""
    part: str = ""
    ordered: bool = False
    may_write: bool = False

    @property
    def sources(self) -> frozenset[str]:
        """The amendments that disagree."""
        return frozenset().union(*(one.sources for one in self.options))

    def option(self, key: str) -> Option:
        """The option with this key; raises NoSuchOption."""
        for one in self.options:
            if one.key == key:
                return one
        raise NoSuchOption(self.key, key)


class NoSuchOption(ValueError):
    """A choice names an option that its question does not have."""

    def __init__(self, question: str, option: str) -> None:
        super().__init__(f"There is no option {option!r} for {question!r}.")
        self.question, self.option = question, option


@dataclass(frozen=True)
class Choices:
    """The committee's answers, each by the key of its question.

    ``picked`` holds option keys, ``written`` own words (they count unless an option is picked), ``orders`` option keys
    in order. ``written`` may also replace a whole merged text, under "whole/<clause>/<text or heading>".
    """

    picked: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The choices as dicts, lists and strings; ``from_json`` gives them back."""
        return {
            "picked": dict(self.picked),
            "written": dict(self.written),
            "orders": {key: list(order) for key, order in self.orders.items()},
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Choices:
        """The choices that ``to_json`` wrote; an empty dict is no choice at all."""
        orders = {key: tuple(order) for key, order in row.get("orders", {}).items()}
        return cls(dict(row.get("picked", {})), dict(row.get("written", {})), orders)

    def pick(self, question: Question) -> Option | None:
        """The option picked, None when none is (or own words are); raises NoSuchOption."""
        key = self.picked.get(question.key)
        return None if key is None or (key == OWN and question.may_write) else question.option(key)

    def own(self, question: Question) -> str | None:
        """The committee's own words, unless an option is picked."""
        if not question.may_write or self.picked.get(question.key, OWN) != OWN:
            return None
        return self.written.get(question.key)

    def order(self, question: Question) -> tuple[Option, ...] | None:
        """The options in the order given; raises NoSuchOption, also for one that is named twice."""
        keys = self.orders.get(question.key)
        if keys is None or not question.ordered:
            return None
        for n, key in enumerate(keys):
            if key in keys[:n]:
                raise NoSuchOption(question.key, key)
        return tuple(map(question.option, keys))

    def chosen(self, question: Question) -> tuple[Option, ...]:
        """The options that stand, in their order; none where nothing is chosen, or own words."""
        order, option = self.order(question), self.pick(question)
        return order if order is not None else (option,) if option else ()


def answered(question: Question, choices: Choices) -> bool:
    """Whether the committee has answered the question; raises NoSuchOption."""
    if choices.order(question) is not None:
        return True
    return question.nature is not Nature.PLACE and (choices.pick(question) or choices.own(question)) is not None


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by which A2 comes before A10: the order in which amendments were submitted."""
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part) for part in re.findall(r"\d+|\D+", name))


def in_order(names: Iterable[str]) -> list[str]:
    """The names of sources in the order of submission."""
    return sorted(names, key=lambda name: (natural(name), name))
