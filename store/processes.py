"""The organisation's name and the rules of its process. Former rules are kept: decisions were taken under them."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from constitution.digest import text_digest
from store.database import reading, writing
from store.tables import ProcessRow


@dataclass(frozen=True, slots=True)
class Process:
    """Whose rule book it is, and the rules by which it is changed (TOML) with their digest."""

    organisation: str
    rulebook_toml: str
    digest: str


DEFAULT_RULES = '[process]\nname = "The rules that hold until the organisation has set its own"\n'


def current() -> Process:
    """The process in force; before any was set, one with nothing but the defaults of a rulebook."""
    row = reading().scalars(sa.select(ProcessRow).order_by(ProcessRow.id.desc()).limit(1)).one_or_none()
    if row is None:
        return Process("Redraft", DEFAULT_RULES, text_digest(DEFAULT_RULES))
    return Process(row.organisation, row.rulebook, row.digest)


def set(organisation: str, rulebook_toml: str) -> Process:  # noqa: A001 (read as store.processes.set)
    """Put a name and rules in force."""
    row = {"organisation": organisation, "rulebook": rulebook_toml, "digest": text_digest(rulebook_toml)}
    writing().execute(sa.insert(ProcessRow).values(**row))
    return current()
