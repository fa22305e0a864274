"""Digests of texts, clauses and whole constitutions: the same content gives the same digest on every machine."""

from __future__ import annotations

import hashlib
import json

from constitution.clause import Clause, Constitution, Mark, Practice


def text_digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def clause_digest(clause: Clause) -> str:
    """The digest of one clause and all below it, wherever it stands."""
    return _of(_rows((clause,), None))


def digest(c: Constitution) -> str:
    """The digest of all there is in a constitution: title, front matter, language, practice, every clause in its place."""
    content = {"title": c.title, "front": c.front, "language": c.language, "clauses": _rows(c.clauses, None)}
    if c.practice != Practice():
        content["practice"] = [c.practice.insertions.value, c.practice.repeals.value]
    return _of(content)


def _of(content: object) -> str:
    # Sorted keys and no spaces: one form for one content (RFC 8785 for the few types used here).
    return text_digest(json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


def _rows(clauses: tuple[Clause, ...], parent: str | None) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for position, clause in enumerate(clauses):
        rows.append(
            {
                "id": clause.id,
                "parent": parent,
                "position": position,
                "kind": clause.kind.value,
                "mark": _mark(clause.mark),
                "heading": clause.heading,
                "text": clause.text,
                "repealed": clause.repealed,
            }
        )
        rows.extend(_rows(clause.children, clause.id))
    return rows


def _mark(mark: Mark) -> dict[str, object]:
    return {
        "style": mark.style.value,
        "before": mark.before,
        "after": mark.after,
        "path": mark.path,
        "start": mark.start,
        "suffixed": mark.suffixed,
        "running": mark.running,
    }
