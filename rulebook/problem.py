"""What is wrong with a rulebook: a value each, with the line, the place and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in one place. ``line`` counts from 1.

    ``message`` is a clause without a stop ("it closes before it opens"), ``cure`` a whole sentence.
    """

    line: int
    place: str
    message: str
    cure: str

    def __str__(self) -> str:
        return f"Line {self.line}, {self.place}: {self.message}. {self.cure}"


class BadRulebook(ValueError):
    """The rulebook cannot hold; ``problems`` are all there are, from the first line to the last."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(one) for one in self.problems))
