"""The lines of canonical markup for a tree: blank lines, indentation, and backslashes where they are needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from constitution.clause import Clause, Constitution, Kind, Style
from constitution.marks import heading_mark, item_mark
from constitution.numbering import printed

INDENT = 3
LEAD = re.compile(r"\*\*([^*\\]+)\*\* —(?: (.*))?$")
REPEAL = {"de": "[aufgehoben]", "en": "[repealed]"}
REPEALED = re.compile(
    r"[\[(](repealed|deleted|omitted|revoked|aufgehoben|weggefallen|gestrichen)\.?[\])]", re.IGNORECASE
)
_HEADED = frozenset({Kind.ARTICLE, Kind.PART, Kind.PREAMBLE, Kind.SCHEDULE, Kind.SECTION})


def typeset(c: Constitution) -> str:
    """The text of a constitution whose references are printed already."""
    page = _Page(printed(c), REPEAL.get(c.language, REPEAL["en"]))
    page.lines.append(f"# {c.title}")
    if c.front:
        page.lines += ["", *(f"\\{line}" if line[:1] in ("\\", "#") else line for line in c.front.split("\n"))]
    page.siblings(c.clauses, level=1)
    return "\n".join(page.lines) + "\n"


def is_headed(clause: Clause) -> bool:
    """Whether a clause stands as a heading with its text below it, rather than as a paragraph or an item of a list."""
    return clause.kind in _HEADED or (clause.kind is Kind.CLAUSE and bool(clause.heading))


@dataclass(slots=True)
class _Page:
    """Lines in the making; ``level`` is the number of signs of the heading above."""

    marks: dict[str, str]
    repeal: str
    lines: list[str] = field(default_factory=list)
    level: int = 0

    def siblings(self, clauses: tuple[Clause, ...], level: int) -> None:
        """The clauses below a heading with ``level`` signs."""
        above: Clause | None = None
        for clause in clauses:
            if is_headed(clause):
                self._headed(clause, level + 1)
                continue
            if self.level != level:
                self.lines += ["", "#" * level]
                self.level, above = level, None
            self._block(clause, above, 0)
            above = clause

    def _headed(self, clause: Clause, level: int) -> None:
        self.level = level
        mark = self.marks[clause.id]
        self.lines += ["", " ".join(filter(None, ("#" * level, mark, _heading(mark, clause.heading))))]
        if clause.text:
            self.lines += self._text(clause)
        elif clause.repealed:
            self.lines += ["", self.repeal]
        self.siblings(clause.children, level)

    def _block(self, clause: Clause, above: Clause | None, column: int) -> None:
        if clause.kind is Kind.NOTE or not (
            (above and _is_listed(above)) or (_is_listed(clause) and column and not above)
        ):
            self.lines.append("")
        self.lines += (" " * column + line for line in self._block_lines(clause))
        last: Clause | None = None
        for child in clause.children:
            self._block(child, last, column + INDENT)
            last = child

    def _block_lines(self, clause: Clause) -> Iterator[str]:
        first, *rest = self._text(clause)
        if _is_listed(clause):
            if not rest and not clause.text and not clause.repealed:
                first = ""
            yield " ".join(filter(None, (self.marks[clause.id], _lead(clause.heading), first)))
            yield from rest if not rest else (" " * INDENT + line for line in rest)
        elif clause.kind is Kind.NOTE:
            yield from (f"> {line}" for line in (first, *rest))
        else:
            yield from (first, *rest)

    def _text(self, clause: Clause) -> list[str]:
        """The lines of a text with their backslashes."""
        if clause.repealed and (not clause.text or REPEALED.fullmatch(clause.text)):
            return [clause.text or self.repeal]
        first, *rest = clause.text.split("\n")
        if (not rest and REPEALED.fullmatch(first)) or (_is_listed(clause) and LEAD.match(first)):
            first = "\\" + first
        elif not _is_listed(clause) or first[:1] in ("", "\\") or first[0].isspace():
            first = escaped(first)
        return [first, *map(escaped, rest)]


def _is_listed(clause: Clause) -> bool:
    return not is_headed(clause) and (clause.mark.style is not Style.NONE or bool(clause.mark.before))


def escaped(line: str) -> str:
    """The line, with a backslash when it would be taken for something else than words."""
    if not line or line[0] in "\\#>" or line[0].isspace() or item_mark(line):
        return "\\" + line
    return line


def _heading(mark: str, heading: str) -> str:
    typed, words = heading_mark(f"{mark} {heading}" if mark else heading)
    shown = typed.before + typed.label + typed.after if typed else ""
    taken = shown != mark or words != heading or heading[:1] == "\\" or heading[:1].isspace()
    return "\\" + heading if taken or not (mark or heading) else heading


def _lead(heading: str) -> str:
    return f"**{heading}** —" if heading else ""
