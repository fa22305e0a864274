"""The organisation and the rules of its process."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from store.database import db
from store.tables import ProcessRow

DEFAULT = '[process]\nname = "Amendments"\n'


@dataclass(frozen=True, slots=True)
class Process:
    """The organisation's name and its rules (TOML) with their digest."""

    organisation: str
    rulebook_toml: str
    digest: str


def current() -> Process:
    """The process in force; the safe defaults before anything was set up."""
    row = db.session.get(ProcessRow, 1)
    if row is None:
        return Process("", DEFAULT, _digest(DEFAULT))
    return Process(row.organisation, row.rulebook_toml, row.digest)


def set(organisation: str, rulebook_toml: str) -> Process:  # noqa: A001 (processes.set reads as what it does)
    """Name the organisation and its rules."""
    row = db.session.get(ProcessRow, 1) or ProcessRow(id=1)
    row.organisation, row.rulebook_toml, row.digest = organisation, rulebook_toml, _digest(rulebook_toml)
    db.session.add(row)
    db.session.flush()
    return current()


def _digest(toml: str) -> str:
    return hashlib.sha256(toml.encode()).hexdigest()
