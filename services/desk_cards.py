"""What each amendment on the desk asks of one clause: those that ask alike stand on one card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import store
import store.amendments
from amendments.changes import Edit, Insert, Reword, Strike
from amendments.composite import Composition
from amendments.instruction import instruction
from constitution.clause import Clause, Constitution
from constitution.diff import Op, Run, diff
from services.compositing import Desk, source_name
from services.desk_questions import Print


@dataclass(frozen=True, slots=True)
class Asker:
    """An amendment that asks it; ``left`` is why the committee leaves it here, ``left_whole`` why it leaves all of it."""

    source: str
    amendment: store.amendments.Amendment
    left: str | None
    left_whole: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """What is asked of a clause: the redline of its words, or in a sentence where it is not (only) words."""

    askers: tuple[Asker, ...]
    sentence: str
    heading: tuple[Run, ...]
    text: tuple[Run, ...]


Asked = Mapping[tuple[Edit, ...], list[str]]
"""What is asked of one clause, by whom."""


def asked(composition: Composition) -> dict[str, Asked]:
    """What is asked of each clause ("" for the beginning), in the order of the text; also what the committee leaves."""
    found: dict[str, dict[tuple[Edit, ...], list[str]]] = {}
    for name, edits in composition.sides.items():
        here: dict[str, list[Edit]] = {}
        for edit in edits:
            here.setdefault(_at(edit) or "", []).append(edit)
        for clause, theirs in here.items():
            found.setdefault(clause, {}).setdefault(tuple(theirs), []).append(name)
    places = {one: n for n, one in enumerate(composition.base.by_id)}
    return dict(sorted(found.items(), key=lambda item: places.get(item[0], -1)))


def cards(desk: Desk, clause: str, alike: Asked, printing: Print) -> tuple[Card, ...]:
    """The cards of a clause ("" for the beginning), in the order of submission."""
    numbers = {int(name[1:]) for names in alike.values() for name in names}
    by_name = {source_name(one.number): one for one in store.amendments.by_numbers(numbers)}
    base = desk.base.constitution
    return tuple(
        Card(
            tuple(Asker(name, by_name[name], *_left(desk.choices.left, name, clause)) for name in names),
            " ".join(instruction([one for one in edits if not isinstance(one, Reword)], base)),
            *_words(edits, base, printing),
        )
        for edits, names in alike.items()
    )


def _at(edit: Edit) -> str | None:
    """Where the desk shows an edit: as ``Meeting.clause`` says."""
    return edit.after or edit.parent if isinstance(edit, Insert) else edit.clause


def _left(left: Mapping[str, str], name: str, clause: str) -> tuple[str | None, str | None]:
    return left.get(f"{name}/{clause}"), left.get(name)


def _words(edits: Sequence[Edit], base: Constitution, printing: Print) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The redline of the heading and of the text: of a new clause all inserted, of a struck one all left out."""
    for edit in edits:
        if isinstance(edit, Reword):
            clause = base[edit.clause]
            heading = clause.heading if edit.heading is None else edit.heading
            return _redline(clause.heading, heading, printing), _redline(clause.text, edit.text, printing)
        if isinstance(edit, Insert | Strike):
            op = Op.INSERT if isinstance(edit, Insert) else Op.DELETE
            found = edit.clause if isinstance(edit, Insert) else base[edit.clause]
            return (), (Run(op, whole(found, printing)),)
    return (), ()


def _redline(before: str, after: str, printing: Print) -> tuple[Run, ...]:
    return diff(printing.text(before), printing.text(after)) if before or after else ()


def whole(clause: Clause, printing: Print) -> str:
    """The words of a clause and of all below it, a line each."""
    return "\n".join(printing.text(text) for one in clause.walk() for text in (one.heading, one.text) if text)
