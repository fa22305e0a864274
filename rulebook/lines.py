"""On which line of a TOML text each key stands: what the standard library's reader does not tell.

The text has been read by tomllib before, so it is known to be valid; here it is only walked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Path = tuple[str | int, ...]

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""(?:"{1,2})?'
    r"|'''(?:[^']|'(?!''))*'''(?:'{1,2})?"
    r"""|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}\n#]+")


def lines(source: str) -> dict[Path, int]:
    """The line, from 1, of every table, key and list item of a valid TOML text, by its path in the parsed value."""
    return _Walk(source.replace("\r\n", "\n")).found


def line(found: Mapping[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing around it that is written down; 1 when nothing is."""
    while path and path not in found:
        path = path[:-1]
    return found.get(path, 1)


def place(path: Path, tables: Mapping[str, object]) -> str:
    """The path as a person would say it: "[[stage]] amendments, closes" or "[instrument.motion], seconding 1, count"."""
    if not path:
        return "the whole rulebook"
    head, rest = _head(path, tables)
    return ", ".join([head, *_tail(rest)])


def _head(path: Path, tables: Mapping[str, object]) -> tuple[str, Path]:
    top, rest = str(path[0]), path[1:]
    if rest and isinstance(rest[0], int):
        return f"[[{top}]] {_known_as(tables.get(top), rest[0])}", rest[1:]
    if top == "instrument" and rest:
        return f"[instrument.{rest[0]}]", rest[1:]
    return f"[{top}]", rest


def _known_as(rows: object, index: int) -> str:
    row = rows[index] if isinstance(rows, Sequence) else None
    name = row.get("id") if isinstance(row, Mapping) else None
    return name if isinstance(name, str) and name else str(index + 1)


def _tail(rest: Path) -> list[str]:
    said: list[str] = []
    for part in rest:
        if isinstance(part, int):
            said.append(f"{said.pop() if said else 'item'} {part + 1}")
        else:
            said.append(part)
    return said


class _Walk:
    def __init__(self, source: str) -> None:
        self.source, self.at = source, 0
        self.found: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}
        self._document()

    def _document(self) -> None:
        table: Path = ()
        while self._skip(_SPACE) and self.at < len(self.source):
            if self.source[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Path:
        line, many = self._line(), self.source.startswith("[[", self.at)
        self.at += 2 if many else 1
        names = self._names()
        self.at += 2 if many else 1
        path: Path = ()
        for name in names:
            path = (*self._inside_of(path), name)
            self.found.setdefault(path, line)
        if not many:
            return path
        self.counts[path] = self.counts.get(path, -1) + 1
        row = (*path, self.counts[path])
        self.found[row] = line
        return row

    def _inside_of(self, path: Path) -> Path:
        """Where the names below a path belong: within a list of tables it is the last of them that is meant."""
        return (*path, self.counts[path]) if path in self.counts else path

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = table
        for name in self._names():
            path = (*path, name)
            self.found.setdefault(path, line)
        self.at += 1  # the sign of equality
        self._skip(_BLANK)
        self._value(path)

    def _names(self) -> list[str]:
        names = []
        while True:
            self._skip(_BLANK)
            names.append(self._take(_KEY).strip("\"'"))
            self._skip(_BLANK)
            if self.source[self.at] != ".":
                return names
            self.at += 1

    def _value(self, path: Path) -> None:
        match self.source[self.at]:
            case "[":
                self._list(path)
            case "{":
                self._inline(path)
            case '"' | "'":
                self._take(_STRING)
            case _:
                self._take(_BARE)

    def _list(self, path: Path) -> None:
        index = 0
        while self._next("]"):
            self.found[*path, index] = self._line()
            self._value((*path, index))
            index += 1

    def _inline(self, path: Path) -> None:
        while self._next("}"):
            self._pair(path)

    def _next(self, end: str) -> bool:
        """Step over an opening bracket or a comma; whether something else than the closing bracket follows."""
        self._skip(_SPACE)
        if self.source[self.at] != end:
            self.at += self.source[self.at] in "[{,"
            self._skip(_SPACE)
        if self.source[self.at] == end:
            self.at += 1
            return False
        return True

    def _line(self) -> int:
        return self.source.count("\n", 0, self.at) + 1

    def _skip(self, what: re.Pattern[str]) -> bool:
        self._take(what)
        return True

    def _take(self, what: re.Pattern[str]) -> str:
        found = what.match(self.source, self.at)
        assert found, "tomllib has read this text"
        self.at = found.end()
        return found[0]
