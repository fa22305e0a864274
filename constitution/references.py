"""References between clauses: stored as ids, printed as labels, found in what members type, checked after a change."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from constitution.citations import TOKEN, cited, dotted
from constitution.clause import Clause, Constitution, Style
from constitution.numbering import number, own_number

__all__ = [
    "GONE",
    "TOKEN",
    "Finding",
    "Level",
    "Reference",
    "bind",
    "bind_text",
    "check",
    "references",
    "renamed_text",
    "show",
    "unbound",
]

GONE = "[clause no longer in force]"


@dataclass(frozen=True, slots=True)
class Reference:
    """The clause ``source`` cites ``target`` (None: nothing we know) in the words ``text``; ``bound`` when stored as an id."""

    source: str
    target: str | None
    text: str
    bound: bool = False


class Level(StrEnum):
    """How much a finding matters: a target that is gone, an unchanged clause citing a changed one, a changed one citing others."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at before an edition is adopted: the citing clause, the cited one, and a sentence."""

    level: Level
    clause: str
    target: str | None
    message: str


def show(text: str, labels: Mapping[str, str], own: Mapping[str, str]) -> str:
    """The text with its references printed; a clause that is gone is said to be."""
    if "[[" not in text:
        return text
    return TOKEN.sub(lambda token: _shown(token, labels, own), text)


def renamed_text(text: str, ids: Mapping[str, str]) -> str:
    """The text with the ids in its references replaced where ``ids`` names another."""
    if "[[" not in text:
        return text
    return TOKEN.sub(lambda token: _token(ids.get(token[1], token[1]), token[2] or ""), text)


def references(c: Constitution, only: Collection[str] | None = None) -> tuple[Reference, ...]:
    """Every reference in the text and headings of a constitution, in order: bound ones, and what reads like one.

    ``only``: those that stand in clauses of these ids.
    """
    labels, own = number(c), own_number(c)
    return tuple(
        Reference(
            clause.id,
            one.target if one.target in c else None,
            show(text[one.start : one.end], labels, own),
            bound=text.startswith("[[", one.start),
        )
        for clause in c.walk()
        if only is None or clause.id in only
        for text in (clause.heading, clause.text)
        if text
        for one in cited(text, c, clause.id)
    )


def bind_text(text: str, c: Constitution, source_id: str) -> str:
    """The text with its citations stored as ids, wherever printing them gives back exactly the characters typed."""
    labels, own = number(c), own_number(c)
    pieces, place = [], 0
    for one in cited(text, c, source_id):
        typed = text[one.start : one.end]
        if one.target is None or one.target not in c or TOKEN.fullmatch(typed):
            continue
        form = _form(typed, one.target, labels, own)
        if form is not None and one.start >= place:
            pieces += [text[place : one.start], _token(one.target, form)]
            place = one.end
    return "".join([*pieces, text[place:]])


def bind(c: Constitution) -> Constitution:
    """The same constitution with every citation bound that can be; ``unbound`` gives the words back."""
    return _rewritten(c, lambda clause, text: bind_text(text, c, clause.id))


def unbound(c: Constitution) -> Constitution:
    """The same constitution with its references printed into the text."""
    labels, own = number(c), own_number(c)
    return _rewritten(c, lambda _, text: show(text, labels, own))


def check(before: Constitution, after: Constitution, only: Collection[str] | None = None) -> tuple[Finding, ...]:
    """What a change does to the references (``only``: in clauses of these ids): errors first, then warnings, notices."""
    found = _Check(before, after)
    every = [finding for one in references(after, only) if (finding := found.finding(one))]
    return tuple(sorted(dict.fromkeys(every), key=lambda finding: list(Level).index(finding.level)))


class _Check:
    """One comparison of two states of a constitution."""

    def __init__(self, before: Constitution, after: Constitution) -> None:
        self.before, self.after = before, after
        self.labels = number(after)
        self.labels_before = number(before)
        self.changed = {
            clause.id for clause in after.walk() if clause.id not in before or _differ(clause, before[clause.id])
        }

    def finding(self, one: Reference) -> Finding | None:
        """What is to be said of one reference of the new state, if anything."""
        here = self.labels[one.source]
        if one.target is None:
            return self._gone(one, here)
        there = self.labels[one.target]
        if one.bound and self._repealed(one.target):
            return Finding(Level.ERROR, one.source, one.target, f"{here} cites {there}, which is left out.")
        if one.source in self.changed:
            return Finding(Level.NOTICE, one.source, one.target, f"{here} was changed and cites {there}.")
        if one.target in self.changed:
            return Finding(
                Level.WARNING, one.source, one.target, f"{here} is unchanged but cites {there}, which was changed."
            )
        return None

    def _repealed(self, clause: str) -> bool:
        """Whether the change leaves no more of it than its number."""
        return self.after[clause].repealed and clause in self.changed

    def _gone(self, one: Reference, here: str) -> Finding | None:
        if one.bound:
            return Finding(Level.ERROR, one.source, None, f"{here} cites a clause that is no longer there.")
        if one.source in self.changed:
            return Finding(
                Level.WARNING, one.source, None, f"{here} seems to cite {one.text}, but there is no such clause."
            )
        return None


def _differ(one: Clause, two: Clause) -> bool:
    return (one.heading, one.text, one.repealed) != (two.heading, two.text, two.repealed)


def _rewritten(c: Constitution, rewrite: Callable[[Clause, str], str]) -> Constitution:
    """The same constitution with every text passed through; the heading of an unnumbered clause is its label and stays."""

    def each(_: str | None, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
        return tuple(_with_words(clause, rewrite) for clause in clauses)

    return c.rebuilt(each)


def _with_words(clause: Clause, rewrite: Callable[[Clause, str], str]) -> Clause:
    heading = (
        rewrite(clause, clause.heading) if clause.heading and clause.mark.style is not Style.NONE else clause.heading
    )
    text = rewrite(clause, clause.text) if clause.text else clause.text
    return clause if (heading, text) == (clause.heading, clause.text) else replace(clause, heading=heading, text=text)


def _shown(token: re.Match[str], labels: Mapping[str, str], own: Mapping[str, str]) -> str:
    label = labels.get(token[1])
    if label is None:
        return GONE
    return _written(label, own.get(token[1]) or label, token[2] or "")


def _written(label: str, own: str, form: str) -> str:
    return {"": label, "dotted": dotted(label), "own": own}[form]


def _form(typed: str, target: str, labels: Mapping[str, str], own: Mapping[str, str]) -> str | None:
    """The form of a reference that prints what was typed; None when none does."""
    return next((form for form in ("", "dotted", "own") if _written(labels[target], own[target], form) == typed), None)


def _token(clause_id: str, form: str) -> str:
    return f"[[{clause_id}:{form}]]" if form else f"[[{clause_id}]]"
