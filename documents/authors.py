"""Who put in each inserted word and who took out each deleted one, followed through the steps from one text to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from constitution.runs import Op
from constitution.splices import splices
from documents.tracked import Hands


@dataclass(frozen=True, slots=True)
class Step:
    """From one text to the next, by the keys of documents/tracked.py, as printed.

    ``put``: stretches of the new text and who put them in ("": they stood there). ``took``: who took which characters
    (start, end) out of the old text. Whatever is changed and neither says by whom is ``otherwise``'s.
    """

    old: Mapping[str, str]
    new: Mapping[str, str]
    put: Mapping[str, Sequence[tuple[str, str]]]
    took: Callable[[str], Sequence[tuple[int, int, str]]]
    otherwise: str


@dataclass(frozen=True, slots=True)
class _Known:
    """Of one text: whose each character of the last step's text is, and who took each of the first one's out."""

    inserted: Sequence[str]
    deleted: Sequence[str]


def through(steps: Sequence[Step]) -> Hands:
    """The hands of a document from the first text of these steps to the last."""
    known = cache(lambda key: _followed(key, steps))

    def hands(key: str, op: Op, start: int, end: int) -> Sequence[tuple[int, str]]:
        found = known(key)
        row = (found.inserted if op is Op.INSERT else found.deleted)[start:end]
        return [*_stretches(row or [""], start, steps[-1].otherwise)]

    return hands


def _stretches(row: Sequence[str], start: int, otherwise: str) -> Iterator[tuple[int, str]]:
    for author, group in groupby(row):
        start += len(list(group))
        yield start, author or otherwise


def _followed(key: str, steps: Sequence[Step]) -> _Known:
    first = steps[0].old.get(key, "")
    deleted = [""] * len(first)
    now: list[tuple[int | None, str]] = [(place, "") for place in range(len(first))]
    for step in steps:
        old, new = step.old.get(key, ""), step.new.get(key, "")
        put, took = _each(step.put.get(key, ()), len(new)), _taken(step.took(key) if old != new else (), len(old))
        made: list[tuple[int | None, str]] = []
        here = 0
        for start, end, text in splices(old, new):
            made += now[here:start]
            for place in range(start, end):
                if (origin := now[place][0]) is not None:
                    deleted[origin] = took[place] or step.otherwise
            here = end
            made += [(None, put[len(made) + n] or step.otherwise) for n in range(len(text))]
        now = made + now[here:]
    return _Known([author for _, author in now], deleted)


def _each(stretches: Sequence[tuple[str, str]], size: int) -> list[str]:
    """The author of each character, where the stretches are those of a text of this size."""
    found = [author for words, author in stretches for _ in words]
    return found if len(found) == size else [""] * size


def _taken(ranges: Sequence[tuple[int, int, str]], size: int) -> list[str]:
    """Who took each character; several who took the same are named together."""
    found: list[list[str]] = [[] for _ in range(size)]
    for start, end, author in ranges:
        for place in range(start, min(end, size)):
            if author not in found[place]:
                found[place].append(author)
    return [" and ".join(row) for row in found]
