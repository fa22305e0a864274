"""Where to draw the amendments of a graph of ties, so that what decides stands left of what hangs on it.

Layers go from left to right: what hangs on nothing first, everything else one layer after the last that it hangs on
(longest path). Each part of the graph has its own band, and within a layer amendments stand as near as may be to those
they hang on. The same ties are drawn alike every time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from amendments.ties import MUTUAL, Tie, parts

WIDE, HIGH = 64, 32  # of a box
ACROSS, DOWN = 190, 58  # from one layer to the next, from one box to the next below it
EDGE = 12


@dataclass(frozen=True, slots=True)
class Box:
    """An amendment and the left upper corner of its box."""

    number: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """A tie as a curve (the path of an SVG) from what decides to what hangs on it, and where its words stand."""

    tie: Tie
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and lines on a sheet of this size."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def drawn(ties: Iterable[Tie]) -> Drawing:
    """The ties, drawn."""
    known = sorted(set(ties))
    boxes: dict[int, Box] = {}
    top = EDGE
    for mine in parts(known):
        rows = _layers({number for one in mine for number in one.key[::2]}, mine)
        for column, layer in enumerate(rows):
            for row, number in enumerate(layer):
                boxes[number] = Box(number, EDGE + column * ACROSS, top + row * DOWN)
        top += max(map(len, rows)) * DOWN
    right = max((one.x for one in boxes.values()), default=0)
    return Drawing(
        right + WIDE + 2 * DOWN,
        top,
        tuple(boxes[one] for one in sorted(boxes)),
        tuple(_line(one, boxes) for one in known),
    )


def _layers(part: Iterable[int], ties: Sequence[Tie]) -> list[list[int]]:
    above: defaultdict[int, list[int]] = defaultdict(list)
    for one in ties:
        if one.kind not in MUTUAL:
            above[one.amendment].append(one.other)
    depth: dict[int, int] = {}
    for number in sorted(part):
        _sink(number, above, depth, ())
    layers: list[list[int]] = [[] for _ in range(max(depth.values()) + 1)]
    for number in sorted(depth):
        layers[depth[number]].append(number)
    rows: dict[int, int] = {}
    for layer in layers:
        layer.sort(key=lambda number: (_middle([rows[one] for one in above[number] if one in rows]), number))
        rows |= {number: row for row, number in enumerate(layer)}
    return layers


def _sink(number: int, above: Mapping[int, Sequence[int]], depth: dict[int, int], way: tuple[int, ...]) -> int:
    """One layer below the deepest that it hangs on; what needs one another goes round once."""
    if number not in depth:
        over = [one for one in above[number] if one not in way and one != number]
        found = max((_sink(one, above, depth, (*way, number)) + 1 for one in over), default=0)
        depth.setdefault(number, found)
    return depth[number]


def _middle(rows: Sequence[int]) -> int:
    return sum(rows) * 2 // len(rows) if rows else 0


def _line(tie: Tie, boxes: Mapping[int, Box]) -> Line:
    start, end = boxes[tie.other], boxes[tie.amendment]
    y, to = start.y + HIGH // 2, end.y + HIGH // 2
    if start.x < end.x:
        here, there = start.x + WIDE, end.x - 2
        half = (here + there) // 2
        return Line(tie, f"M{here} {y}C{half} {y} {half} {to} {there} {to}", half, (y + to) // 2 - 4)
    # Beside or before it: a bow on the right of both.
    here, there = start.x + WIDE, end.x + WIDE + 2
    bow = max(here, there) + DOWN
    return Line(tie, f"M{here} {y}C{bow} {y} {bow} {to} {there} {to}", bow - DOWN // 4, (y + to) // 2 + 4)
