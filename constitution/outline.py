"""Lines of canonical markup, placed one below the other: the step between the text and the tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from constitution.marks import Typed, Value, heading_mark, item_mark, values
from constitution.typesetting import LEAD

DEEPEST_STEP = 8
_SHOWN = 60
_HEADING = re.compile(r"(#+)(?:\s+(.*))?$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line and its number (from 1) in the document it came from."""

    number: int
    text: str

    @property
    def column(self) -> int:
        """How far it is indented, in characters."""
        return len(self.text) - len(self.text.lstrip())


@dataclass(frozen=True, slots=True)
class Problem:
    """One line that could not be placed: its number (from 1), its text, and why."""

    line: int
    text: str
    message: str

    def __str__(self) -> str:
        shown = self.text.strip()
        return f"Line {self.line} ({shown[:_SHOWN]}{'…' if len(shown) > _SHOWN else ''}): {self.message}"


@dataclass(slots=True)
class Node:
    """A clause in the making. ``level`` is the number of ``#`` of a heading, 0 for anything else."""

    line: Line
    column: int = -1
    level: int = 0
    typed: Typed | None = None
    note: bool = False
    heading: str = ""
    lines: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def marked(self) -> bool:
        """Whether something stands in front of its text, so that what follows it lies further in."""
        return self.note or self.typed is not None

    def walk(self) -> Iterator[Node]:
        """Everything below, in the order of the text."""
        for child in self.children:
            yield child
            yield from child.walk()


class Outline:
    """Places lines one by one. What is open is a stack: the document, headings, then items and paragraphs."""

    def __init__(self, title: Line) -> None:
        self.document = Node(title, level=1)
        self.problems: list[Problem] = []
        self._open = [self.document]
        self._after_blank = True

    def read(self, lines: Iterable[Line]) -> None:
        """Place every line; what cannot be placed is kept in ``problems``."""
        for line in lines:
            self._place(line)
            self._after_blank = not line.text.strip().strip("#")

    def _place(self, line: Line) -> None:
        stripped = line.text.strip()
        if not stripped:
            return
        if stripped[0] == "#" and (match := _HEADING.match(stripped)):
            self._heading(line, len(match[1]), match[2] or "")
        elif stripped[0] == ">":
            self._note(line, stripped[1:].removeprefix(" "))
        elif not self._item(line, stripped):
            self._text(line, stripped)

    def _refuse(self, line: Line, message: str) -> None:
        self.problems.append(Problem(line.number, line.text, message))

    def _heading(self, line: Line, level: int, words: str) -> None:
        if not words:
            self._return_to(line, level)
            return
        if level == 1:
            self._refuse(line, "Only the title is a heading with one #; headings below it begin with ##.")
            return
        while self._open[-1].level == 0 or self._open[-1].level >= level:
            self._open.pop()
        if self._open[-1].level != level - 1:
            self._refuse(
                line,
                f"This heading has {level} # but the one above it has {self._open[-1].level}; "
                "a level between them is missing.",
            )
            return
        typed, heading = heading_mark(words)
        self._add(Node(line, level=level, typed=typed, heading=unescaped(heading)))

    def _return_to(self, line: Line, level: int) -> None:
        if not any(node.level == level for node in self._open):
            self._refuse(line, f"There is no heading with {level} # above to return to.")
            return
        while self._open[-1].level != level:
            self._open.pop()

    def _note(self, line: Line, text: str) -> None:
        last = self._open[-1]
        if last.note and not self._after_blank and last.column == line.column:
            last.lines.append(text)
        elif self._room_at(line):
            self._add(Node(line, line.column, note=True, lines=[text]))

    def _item(self, line: Line, stripped: str) -> bool:
        found = item_mark(stripped)
        if found is None or not self._plausible(line, found[0]):
            return False
        typed, text = found
        if typed.above:
            if not self._room_below(typed):
                return False
        elif not self._room_at(line):
            return True
        node = Node(line, line.column, typed=typed)
        if lead := LEAD.match(text):
            node.heading, text = lead[1], lead[2] or ""
        node.lines = [text]
        self._add(node)
        return True

    def _plausible(self, line: Line, typed: Typed) -> bool:
        """A letter with a dot begins a list or goes on with one; anything else begins a sentence ("V. Woolf wrote")."""
        if not typed.bare:
            return True
        before = [
            node.typed.number
            for node in self._open
            if node.column == line.column and node.typed and not node.typed.before and node.typed.after == "."
        ]
        return typed.number.lower() in {"a", "i"} or any(
            one.style is two.style and two.number == one.number + 1
            for number in before
            for one, two in [_pair(number, typed.number)]
        )

    def _text(self, line: Line, text: str) -> None:
        last = self._open[-1]
        if not self._after_blank and self._goes_on(last, line.column):
            last.lines.append(text)
        elif self._room_at(line):
            self._add(Node(line, line.column, lines=[text]))

    def _goes_on(self, last: Node, column: int) -> bool:
        return column > last.column if last.marked and not last.level else column >= last.column

    def _room_at(self, line: Line) -> bool:
        """Close what lies as far in as this line or further; refuse a line that hangs in the air."""
        while self._open[-1].level == 0 and self._open[-1].column >= line.column:
            self._open.pop()
        above = max(self._open[-1].column, 0)
        if (self._open[-1].level and line.column) or line.column > above + DEEPEST_STEP:
            self._refuse(line, "This line is indented deeper than anything it could belong to.")
            return False
        return True

    def _room_below(self, typed: Typed) -> bool:
        """Close down to the clause whose number stands in front of this one ("4" for "4.2")."""
        fits = [
            place
            for place, node in enumerate(self._open)
            if node.typed and typed.above in (node.typed.label, node.typed.number)
        ]
        if fits:
            del self._open[fits[-1] + 1 :]
        return bool(fits)

    def _add(self, node: Node) -> None:
        self._open[-1].children.append(node)
        self._open.append(node)


def _pair(first: str, second: str) -> tuple[Value, Value]:
    one, two = values([first, second])
    return one, two


def unescaped(line: str) -> str:
    """The line without the backslash that kept it from being taken for something else."""
    return line.removeprefix("\\")
