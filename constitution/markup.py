"""The canonical text of a constitution: read into the tree, and written from it.

``# title``, headings by the number of ``#``, ``1. `` items, three spaces of indentation a level. Lines of a paragraph
or an item that follow without an empty line belong to its text. A line that would be taken for something else begins
with a backslash. ``##`` alone returns to the clause whose heading has two ``#`` (``#`` alone: to the document).
Above the title may stand what the words do not tell: ``<!-- language: de -->`` and
``<!-- numbering: insertions letters, repeals keep -->``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from constitution import references
from constitution.clause import UNNUMBERED, Clause, Constitution, Insertions, Kind, Mark, Practice, Repeals, Style
from constitution.marks import KIND_OF_WORD, Value, item_mark, values
from constitution.numbering import Counter, Key, printed
from constitution.outline import Line, Node, Outline, Problem, unescaped
from constitution.tokens import ForbiddenCharacter, normalise
from constitution.typesetting import REPEAL, REPEALED, typeset

__all__ = ["MarkupError", "Problem", "parse", "parse_lines", "write"]

_PREAMBLES = frozenset({"preamble", "präambel"})
_LANGUAGE = re.compile(r"<!-- language: ([a-z]{2,3}) -->$")
_PRACTICE = re.compile(r"<!-- numbering: insertions (letters|renumber), repeals (close|keep) -->$")
_TELLING = {
    "de": frozenset(["der", "die", "das", "und", "des", "dem", "den", "ist", "nicht", "wird", "werden", "durch"]),
    "en": frozenset(["the", "of", "and", "to", "is", "are", "be", "by", "this", "shall", "may", "must"]),
}


class MarkupError(ValueError):
    """The text cannot be read as a constitution; ``problems`` names every line that could not be placed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def parse(text: str) -> Constitution:
    """Read canonical markup. Raises MarkupError naming every line that cannot be placed. Binds no references."""
    return parse_lines(Line(n, line) for n, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1))


def write(c: Constitution) -> str:
    """The constitution as canonical markup with its numbers and references printed; ``parse`` reads it back."""
    shown = references.unbound(c)
    words = "\n".join(part for clause in shown.walk() for part in (clause.heading, clause.text))
    note = "" if language_of(words) == c.language else f"<!-- language: {c.language} -->\n"
    if practice_of(c) != c.practice:
        note += f"<!-- numbering: insertions {c.practice.insertions}, repeals {c.practice.repeals} -->\n"
    return note + typeset(shown)


def parse_lines(lines: Iterable[Line]) -> Constitution:
    """Read canonical markup whose lines bear the numbers they have in the document they came from."""
    kept = [Line(line.number, text) for line, text in _at_the_door(lines)]
    language, kept = _declared(_LANGUAGE, kept)
    practice, kept = _declared(_PRACTICE, kept)
    title, front, rest = _opened(kept)
    outline = Outline(title)
    outline.read(rest)
    if not outline.problems and not outline.document.children:
        outline.problems.append(Problem(title.number, title.text, "There is no clause below this title."))
    if outline.problems:
        raise MarkupError(outline.problems)
    c = _built(outline.document, front, language[1] if language else None)
    return replace(c, practice=Practice(Insertions(practice[1]), Repeals(practice[2])) if practice else practice_of(c))


def practice_of(c: Constitution) -> Practice:
    """What the rule book seems to do with its numbers: it has a 12a, it has a clause whose number outlived it."""
    lettered = any(clause.mark.suffixed for clause in c.walk())
    kept = any(clause.repealed for clause in c.walk())
    return Practice(Insertions.LETTERS if lettered else Insertions.RENUMBER, Repeals.KEEP if kept else Repeals.CLOSE)


def _declared(note: re.Pattern[str], lines: list[Line]) -> tuple[re.Match[str] | None, list[Line]]:
    """What the first line declares, if it does, and the other lines."""
    found = note.match(lines[0].text) if lines else None
    return found, lines[1:] if found else lines


def language_of(text: str) -> str:
    """The language the words are most likely in: German or, failing that, English."""
    words = text.lower().split()
    german, english = (sum(word in _TELLING[one] for word in words) for one in ("de", "en"))
    return "de" if german > english else "en"


def _at_the_door(lines: Iterable[Line]) -> list[tuple[Line, str]]:
    kept: list[tuple[Line, str]] = []
    problems: list[Problem] = []
    for line in lines:
        try:
            text = normalise(line.text.expandtabs(4)).rstrip()
        except ForbiddenCharacter as error:
            problems.append(Problem(line.number, line.text, str(error)))
            continue
        if references.TOKEN.search(text):
            problems.append(Problem(line.number, text, "Double square brackets are kept for references."))
        if kept or text:
            kept.append((line, text))
    if problems:
        raise MarkupError(problems)
    return kept


def _opened(lines: Sequence[Line]) -> tuple[Line, str, Sequence[Line]]:
    """The title, what stands between it and the first clause, and the rest."""
    while lines and not lines[0].text:
        lines = lines[1:]
    if not lines:
        raise MarkupError([Problem(1, "", "The document is empty.")])
    if not re.match(r"#\s+\S", lines[0].text):
        raise MarkupError(
            [Problem(lines[0].number, lines[0].text, "A constitution begins with its title: # and words.")]
        )
    first = next((n for n, line in enumerate(lines) if n and line.text.startswith("#")), None)
    if first is None:
        first = next((n for n, line in enumerate(lines) if n and item_mark(line.text)), len(lines))
    front = "\n".join(unescaped(line.text) for line in lines[1:first]).strip("\n")
    return lines[0], front, lines[first:]


def _built(document: Node, front: str, language: str | None) -> Constitution:
    nodes = list(document.walk())
    marks = _marks(document)
    prefix = _prefix(document, nodes, marks)
    names = {id(node): f"{prefix}-{n}" for n, node in enumerate(nodes, 1)}

    def clauses(above: Node) -> tuple[Clause, ...]:
        return tuple(_clause(node, names[id(node)], marks[id(node)], clauses(node)) for node in above.children)

    c = Constitution(title=document.line.text.lstrip("#").strip(), clauses=clauses(document), front=front)
    _verify_numbers(c, nodes)
    words = "\n".join(part for clause in c.walk() for part in (clause.heading, clause.text))
    tongue = language or language_of(words)
    return replace(c, language=tongue, clauses=tuple(_with_repeals(clause, tongue) for clause in c.clauses))


def _prefix(document: Node, nodes: Sequence[Node], marks: Mapping[int, Mark]) -> str:
    """Six digits that tell two documents apart; the same content gives the same ones."""
    content = [
        document.line.text.lstrip("#").strip(),
        *([_mark_row(marks[id(node)]), node.heading, node.lines] for node in nodes),
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:6]


def _mark_row(mark: Mark) -> list[object]:
    return [mark.style, mark.before, mark.after, mark.path, mark.start, mark.suffixed, mark.running]


def _clause(node: Node, clause_id: str, mark: Mark, children: tuple[Clause, ...]) -> Clause:
    text = "\n".join(map(unescaped, node.lines))
    return Clause(
        clause_id,
        _kind(node, mark),
        node.heading,
        text,
        mark,
        children,
        repealed=not children and bool(REPEALED.fullmatch("\n".join(node.lines))),
    )


def _kind(node: Node, mark: Mark) -> Kind:
    if node.level:
        return _kind_of_heading(node, mark)
    if node.note:
        return Kind.NOTE
    if node.typed is None:
        return Kind.PARAGRAPH
    return Kind.CLAUSE if mark.path else Kind.ITEM


def _kind_of_heading(node: Node, mark: Mark) -> Kind:
    if word := mark.before.strip().lower():
        return KIND_OF_WORD.get(word, Kind.SECTION)
    if mark.style is Style.UPPER_LETTER:
        return Kind.SCHEDULE
    if mark.style is Style.UPPER_ROMAN:
        return Kind.PART
    return Kind.PREAMBLE if node.heading.lower() in _PREAMBLES else Kind.SECTION


def _with_repeals(clause: Clause, language: str) -> Clause:
    """The word for "repealed" is printed, not stored, where it is the usual one; a heading takes it from below it."""
    only = clause.children[0] if len(clause.children) == 1 else None
    if only and only.repealed and only.kind is Kind.PARAGRAPH and clause.kind is not Kind.PARAGRAPH and not clause.text:
        clause = replace(clause, text=only.text, repealed=True, children=())
    if clause.repealed:
        return replace(clause, text="" if clause.text == REPEAL.get(language) else clause.text)
    return replace(clause, children=tuple(_with_repeals(child, language) for child in clause.children))


def _verify_numbers(c: Constitution, nodes: Sequence[Node]) -> None:
    """A number we would print otherwise than it was typed ("5.1" below "4.") is a line in the wrong place."""
    problems = []
    for ours, node in zip(printed(c).values(), nodes, strict=True):
        theirs = node.typed.before + node.typed.label + node.typed.after if node.typed else ours
        if ours != theirs:
            problems.append(
                Problem(
                    node.line.number, node.line.text, f"It is numbered {theirs!r} but stands where {ours!r} would be."
                )
            )
    if problems:
        raise MarkupError(problems)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A numbered node among its siblings, understood but without its mark."""

    node: Node
    parent: Node
    value: Value

    @property
    def key(self) -> Key:
        typed = self.node.typed
        assert typed is not None
        return self.value.style, typed.before, typed.after, bool(typed.above)


def _marks(document: Node) -> dict[int, Mark]:
    """The mark of every node, by its identity."""
    groups: dict[Key, list[_Counted]] = defaultdict(list)
    marks = {id(node): UNNUMBERED for node in document.walk()}
    for parent in (document, *document.walk()):
        for counted in _counted(parent):
            if counted.value.style is Style.NONE:
                marks[id(counted.node)] = Mark(before="-")
    order = {id(node): place for place, node in enumerate(document.walk())}
    for parent in (document, *document.walk()):
        for counted in _counted(parent):
            if counted.value.style is not Style.NONE:
                groups[counted.key].append(counted)
    for group_key, group in groups.items():
        group.sort(key=lambda one: order[id(one.node)])
        marks.update(_group_marks(group_key, group))
    return marks


def _counted(parent: Node) -> list[_Counted]:
    """The numbered children of a node, each list of them (same signs around the number) understood as a whole."""
    lists: dict[tuple[str, str, bool], list[Node]] = defaultdict(list)
    for child in parent.children:
        if child.typed:
            lists[child.typed.before, child.typed.after, bool(child.typed.above)].append(child)
    return [
        _Counted(node, parent, value)
        for nodes in lists.values()
        for node, value in zip(nodes, values([node.typed.number for node in nodes if node.typed]), strict=True)
    ]


def _group_marks(group_key: Key, group: Sequence[_Counted]) -> dict[int, Mark]:
    apart = _numbered(group_key, group, running=False)
    if group_key[3]:
        return apart
    through = _numbered(group_key, group, running=True)
    fewer = _jumps(through) - _jumps(apart)
    return through if fewer < 0 or (fewer == 0 and _meant_to_run(group)) else apart


def _jumps(marks: Mapping[int, Mark]) -> int:
    return sum(mark.start is not None for mark in marks.values())


def _meant_to_run(group: Sequence[_Counted]) -> bool:
    """Where the numbers do not tell: articles run through their parts, and headings below headings without number."""
    first = group[0]
    if not first.node.level or first.parent.level <= 1:
        return False
    word = first.node.typed.before.strip().lower() if first.node.typed else ""
    return KIND_OF_WORD.get(word) is Kind.ARTICLE or word == "§" or first.parent.typed is None


def _numbered(group_key: Key, group: Sequence[_Counted], *, running: bool) -> dict[int, Mark]:
    style, before, after, path = group_key
    counters: dict[int, Counter] = defaultdict(Counter)
    marks = {}
    for one in group:
        counter = counters[0 if running else id(one.parent)]
        mark = Mark(
            style,
            before,
            after,
            path,
            counter.start_of(one.value.number, one.value.letter),
            bool(one.value.letter),
            running,
        )
        counter.step(mark)
        marks[id(one.node)] = mark
    return marks
