"""Whether the tables of a rulebook fit together: every check, each problem as (path, message, cure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rulebook.dating import dates
from rulebook.figuring import numbers
from rulebook.fitting import fits
from rulebook.naming import Note, unknown_names
from rulebook.rules import Rulebook


def check(book: Rulebook, tables: Mapping[str, object]) -> Iterator[Note]:
    """All that does not fit, in no order. ``tables`` is the TOML that the rulebook was read from, for the places."""
    yield from unknown_names(book, tables)
    yield from numbers(book, tables)
    yield from dates(book, tables)
    yield from fits(book, tables)
