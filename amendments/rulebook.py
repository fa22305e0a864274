"""The rules of a process as data: a TOML text read into a frozen value. Thin: what the first stations need."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass


class BadRulebook(ValueError):
    """The rules cannot be read; the message names the place."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """How many seconders an amendment needs and how long its parts may be (words; ``text_chars`` in characters)."""

    name: str
    seconders: int = 5
    title_words: int = 20
    reason_words: int = 500
    text_chars: int = 50_000


# (table, key) in the TOML -> field here, and its smallest sensible value.
PLACES: Mapping[tuple[str, str], tuple[str, int]] = {
    ("seconding", "count"): ("seconders", 0),
    ("form", "title_words"): ("title_words", 1),
    ("form", "reason_words"): ("reason_words", 1),
    ("form", "text_chars"): ("text_chars", 100),
}


def parse(toml: str) -> Rulebook:
    """Read the rules; raises BadRulebook for a missing name, an unknown key, or a number that is none.

    The form::

        [process]
        name = "Rule changes"
        [seconding]
        count = 5
        [form]
        title_words = 20
        reason_words = 500
        text_chars = 50000
    """
    try:
        tables = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise BadRulebook(f"The rules are not valid TOML: {error}.") from error
    name = _name(tables.pop("process", None))
    return Rulebook(name, **_numbers(tables))


def _name(process: object) -> str:
    name = process.get("name") if isinstance(process, dict) else None
    if not isinstance(name, str) or not name.strip():
        raise BadRulebook('The rules need a name: [process] name = "...".')
    if isinstance(process, dict) and set(process) - {"name"}:
        raise BadRulebook(f"[process] has unknown keys: {', '.join(sorted(set(process) - {'name'}))}.")
    return name.strip()


def _numbers(tables: Mapping[str, object]) -> dict[str, int]:
    found: dict[str, int] = {}
    for table, rows in tables.items():
        if not isinstance(rows, dict):
            raise BadRulebook(f"[{table}] is not a table.")
        for key, value in rows.items():
            field, least = _place(table, key)
            found[field] = _number(f"[{table}] {key}", value, least)
    return found


def _place(table: str, key: str) -> tuple[str, int]:
    try:
        return PLACES[table, key]
    except KeyError:
        raise BadRulebook(f"The rules have no [{table}] {key}.") from None


def _number(place: str, value: object, least: int) -> int:
    # bool is an int to Python, but "count = true" is a mistake in a rulebook.
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise BadRulebook(f"{place} must be a whole number of at least {least}.")
    return value
