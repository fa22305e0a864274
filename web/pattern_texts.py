"""The small texts of an invented society, on which the patterns are shown. Ids begin with the name of a pattern."""

from __future__ import annotations

from amendments.edit import Insert
from constitution.clause import Clause, Constitution, Kind, Mark, Practice, Style

RULE = Mark(Style.DECIMAL, after=".")
PLOTS = "Anyone who works a plot is a member."
PUMP = "The pump is shared by all members."
SIXTEEN = "A general meeting needs sixteen members present."
KEY = "The key of the shed hangs in the porch."


def book(name: str, *texts: str, practice: Practice | None = None) -> Constitution:
    """Clauses "<name>-1", "<name>-2", ... numbered 1., 2.; a heading stands before a line break."""
    return Constitution(
        "Rules",
        tuple(_clause(f"{name}-{n}", text) for n, text in enumerate(texts, 1)),
        "",
        "en",
        practice or Practice(),
    )


def _clause(clause_id: str, text: str) -> Clause:
    heading, _, words = text.rpartition("\n")
    return Clause(clause_id, Kind.CLAUSE, heading, words, RULE)


def new(after: str | None, clause_id: str, text: str) -> Insert:
    """A new clause after another (None: first), to be numbered like its neighbours."""
    return Insert(None, after, Clause(clause_id, Kind.CLAUSE, text=text))
