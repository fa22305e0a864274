"""The rule book as an immutable tree of clauses; every clause keeps one id for life."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property


class UnknownClause(LookupError):
    """No clause of this constitution has the id that was asked for."""

    def __init__(self, clause_id: str) -> None:
        super().__init__(f"There is no clause with the id {clause_id!r} in this edition.")
        self.clause_id = clause_id


class Kind(StrEnum):
    """What a clause is in the language of rule books; numbering does not depend on it."""

    ARTICLE = "article"
    CLAUSE = "clause"
    ITEM = "item"
    NOTE = "note"
    PARAGRAPH = "paragraph"
    PART = "part"
    PREAMBLE = "preamble"
    SCHEDULE = "schedule"
    SECTION = "section"


class Style(StrEnum):
    """How a counter is written."""

    DECIMAL = "decimal"
    LOWER_LETTER = "lower-letter"
    LOWER_ROMAN = "lower-roman"
    NONE = "none"
    UPPER_LETTER = "upper-letter"
    UPPER_ROMAN = "upper-roman"


@dataclass(frozen=True, slots=True)
class Mark:
    """How a clause is numbered and how its number is printed. The number itself is computed.

    ``before`` and ``after`` are printed around the number ("Article 4", "(a)", "2."). ``path`` prints the
    parent's label before it ("4.2."). Siblings of the same style, before, after and path count on; ``start``
    sets the counter at this clause (as ``value`` does in an HTML list); ``suffixed`` numbers an insertion
    by a letter after the number before it (12, 12a, 12b, 13), and ``start`` then sets that letter (1000 times the
    number added, when there is no such number before it); ``running`` counts on across parents (Article 20 opens
    Part II).
    """

    style: Style = Style.NONE
    before: str = ""
    after: str = ""
    path: bool = False
    start: int | None = None
    suffixed: bool = False
    running: bool = False


UNNUMBERED = Mark()


class Insertions(StrEnum):
    """How a clause put between two numbered ones is numbered: 12a, or 13 with the rest one further."""

    LETTERS = "letters"
    RENUMBER = "renumber"


class Repeals(StrEnum):
    """What becomes of the number of a clause that is struck: the next closes up, or it is kept ("13. [repealed]")."""

    CLOSE = "close"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Practice:
    """What a rule book does with its numbers when clauses come and go; a choice of the document."""

    insertions: Insertions = Insertions.RENUMBER
    repeals: Repeals = Repeals.CLOSE


@dataclass(frozen=True, slots=True)
class Clause:
    """One node of the rule book: an optional heading, one block of text, and the clauses below it.

    ``text`` may hold several lines (a second paragraph inside a list item), emphasis (``**bold**``,
    ``_italic_``) and references (``[[id]]``, ``[[id:dotted]]``, ``[[id:own]]``, printed as labels).
    """

    id: str
    kind: Kind
    heading: str = ""
    text: str = ""
    mark: Mark = UNNUMBERED
    children: tuple[Clause, ...] = ()
    repealed: bool = False

    def walk(self) -> Iterator[Clause]:
        """The clause itself and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Constitution:
    """A whole rule book. ``front`` is editorial matter before the first clause; it is not voted on."""

    title: str
    clauses: tuple[Clause, ...] = ()
    front: str = ""
    language: str = "en"
    practice: Practice = Practice()

    def walk(self) -> Iterator[Clause]:
        """Every clause in the order of the text."""
        for clause in self.clauses:
            yield from clause.walk()

    def __len__(self) -> int:
        return len(self.by_id)

    def __contains__(self, clause_id: object) -> bool:
        return clause_id in self.by_id

    def __getitem__(self, clause_id: str) -> Clause:
        try:
            return self.by_id[clause_id]
        except KeyError:
            raise UnknownClause(clause_id) from None

    @cached_property
    def by_id(self) -> dict[str, Clause]:
        """Every clause by its id, in the order of the text."""
        return {clause.id: clause for clause in self.walk()}

    @cached_property
    def parents(self) -> dict[str, str | None]:
        """The id of each clause's parent; None at the top level."""
        above: dict[str, str | None] = {clause.id: None for clause in self.clauses}
        above.update((child.id, clause.id) for clause in self.walk() for child in clause.children)
        return above

    def siblings(self, parent: str | None) -> tuple[Clause, ...]:
        """The clauses directly below ``parent`` (None: the top level)."""
        return self.clauses if parent is None else self[parent].children

    def ancestors(self, clause_id: str) -> tuple[Clause, ...]:
        """The clauses above this one, outermost first."""
        self[clause_id]
        above: list[Clause] = []
        parent = self.parents[clause_id]
        while parent is not None:
            above.append(self[parent])
            parent = self.parents[parent]
        return tuple(reversed(above))

    def rebuilt(self, change: Callable[[str | None, tuple[Clause, ...]], tuple[Clause, ...]]) -> Constitution:
        """The same rule book with every list of siblings passed through ``change(parent id, clauses)``, deepest first."""

        def below(parent: str | None, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
            return change(parent, tuple(replace(one, children=below(one.id, one.children)) for one in clauses))

        return replace(self, clauses=below(None, self.clauses))

    def renamed(self, ids: Mapping[str, str]) -> Constitution:
        """The same rule book with ids replaced where ``ids`` names another; references follow."""
        from constitution.references import renamed_text

        def rename(_: str | None, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
            return tuple(
                replace(
                    one,
                    id=ids.get(one.id, one.id),
                    text=renamed_text(one.text, ids),
                    heading=renamed_text(one.heading, ids),
                )
                for one in clauses
            )

        return self.rebuilt(rename)
