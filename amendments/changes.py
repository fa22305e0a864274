"""The four things an amendment can do to a rule book, as values; their JSON and their digest.

Everything is said relative to the base edition: a place is "in ``parent``, after ``after``" as these stood there,
and ``after`` None means first. So the order of edits matters only among those that come to the same place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, TypeAlias

from constitution.clause import UNNUMBERED, Clause, Kind, Mark, Style


class NothingChanged(ValueError):
    """The edits leave the text as it is."""

    def __init__(self) -> None:
        super().__init__("Nothing is changed.")


class EditConflict(ValueError):
    """Two edits of one amendment cannot both be carried out; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Reword:
    """Replace the text of a clause, and its heading unless ``heading`` is None."""

    clause: str
    text: str
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Insert:
    """Put a new clause, with all below it, after a clause of ``parent`` (None: the top level), or first in it.

    ``after`` and ``parent`` may also be a clause that the same amendment inserts. A clause without a mark is numbered
    like its neighbours, unless ``as_marked``.
    """

    parent: str | None
    after: str | None
    clause: Clause
    as_marked: bool = False


@dataclass(frozen=True, slots=True)
class Strike:
    """Take out a clause and all below it, except what the same amendment moves elsewhere."""

    clause: str


@dataclass(frozen=True, slots=True)
class Move:
    """Put a clause, with all below it, after another clause of ``parent``, or first in it."""

    clause: str
    parent: str | None
    after: str | None


Edit: TypeAlias = Reword | Insert | Strike | Move
Json: TypeAlias = dict[str, Any]

_NAMES: Mapping[type[Edit], str] = {Reword: "reword", Insert: "insert", Strike: "strike", Move: "move"}
_TYPES: Mapping[str, type[Edit]] = {name: kind for kind, name in _NAMES.items()}


def touched(edits: Iterable[Edit]) -> tuple[str, ...]:
    """The clauses of the base that the edits bear on: the one changed, or the one a new clause is put after or in."""
    found = (one.after or one.parent if isinstance(one, Insert) else one.clause for one in edits)
    return tuple(dict.fromkeys(clause for clause in found if clause is not None))


def inserted(edits: Iterable[Edit]) -> dict[str, Clause]:
    """Every clause that the edits bring, by its id, those below others included."""
    return {one.id: one for edit in edits if isinstance(edit, Insert) for one in edit.clause.walk()}


def to_json(edits: Iterable[Edit]) -> list[Json]:
    """The edits as lists, dicts and strings; ``from_json`` gives them back."""
    return [{"act": _NAMES[type(one)], **_fields(one)} for one in edits]


def from_json(rows: Iterable[Mapping[str, Any]]) -> tuple[Edit, ...]:
    """The edits that ``to_json`` wrote."""
    return tuple(map(_edit, rows))


def digest(edits: Sequence[Edit], base_digest: str) -> str:
    """SHA-256 (hex) of the edits in canonical JSON together with the digest of the edition they are made on."""
    text = json.dumps([base_digest, to_json(edits)], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _fields(edit: Edit) -> Json:
    fields = asdict(edit)
    if isinstance(edit, Insert):
        fields["clause"] = clause_to_json(edit.clause)
    return fields


def _edit(row: Mapping[str, Any]) -> Edit:
    fields = {name: value for name, value in row.items() if name != "act"}
    if row["act"] == "insert":
        fields["clause"] = clause_from_json(fields["clause"])
    return _TYPES[row["act"]](**fields)


def clause_to_json(clause: Clause) -> Json:
    """A clause with all below it; what has its usual value is left out."""
    row: Json = {"id": clause.id, "kind": clause.kind.value, "heading": clause.heading, "text": clause.text}
    if clause.mark != UNNUMBERED:
        row["mark"] = asdict(clause.mark)
    if clause.repealed:
        row["repealed"] = True
    if clause.children:
        row["children"] = [clause_to_json(child) for child in clause.children]
    return row


def clause_from_json(row: Mapping[str, Any]) -> Clause:
    """The clause that ``clause_to_json`` wrote."""
    mark = dict(row.get("mark", {}))
    return Clause(
        row["id"],
        Kind(row["kind"]),
        row["heading"],
        row["text"],
        Mark(Style(mark.pop("style")), **mark) if mark else UNNUMBERED,
        tuple(map(clause_from_json, row.get("children", ()))),
        row.get("repealed", False),
    )
