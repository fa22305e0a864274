"""How amendments meet clause by clause, for the desk of the committee."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from amendments.changes import Edit, Insert, Move, Reword, Strike
from amendments.choices import Choices, Nature, Question, answered
from amendments.deciding import Decision, where
from amendments.wording import PARTS, Mark, Place, Wording, changed
from constitution.clause import Clause, Constitution
from constitution.looks import Look
from constitution.merge import Merged


class Relation(StrEnum):
    """How the amendments that touch one thing stand to one another."""

    ALONE = "alone"
    AGREEMENT = "agreement"
    MERGE = "merge"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Meeting:
    """What happens to one clause (or to its heading or text), by whom, and which questions that raises.

    ``act`` is reword, insert, strike or move; for a rewording ``part`` is heading or text and ``merged`` holds the
    words and their sources, for an insertion ``new`` holds the clause and ``clause`` what it comes after or into.
    """

    act: str
    clause: str | None
    part: str
    relation: Relation
    sources: frozenset[str]
    questions: tuple[Question, ...] = ()
    marks: tuple[Mark, ...] = ()
    merged: Merged | None = None
    new: Clause | None = None

    @property
    def looks(self) -> tuple[Look, ...]:
        """The passages to be looked at, without their keys."""
        return tuple(one.look for one in self.marks)


@dataclass(frozen=True, slots=True)
class Summary:
    """What there is to do at one clause: by whom it is touched, how much is asked, still open, and not looked at.

    Where it is not ``counted`` yet, all three are 0.
    """

    sources: frozenset[str]
    questions: int = 0
    open: int = 0
    looks: int = 0
    counted: bool = True


class Structure:
    """A decision about whole clauses with the wordings that stand after it; the same for all choices of words."""

    def __init__(self, decision: Decision, base: Constitution) -> None:
        self.decision = decision
        self.edits: dict[str, list[Edit]] = {}
        for edit in decision.in_order(one for one in decision.live if not isinstance(one, Reword)):
            self.edits.setdefault(where(edit), []).append(edit)
        self.texts: dict[Place, dict[str, str]] = {
            (clause, part): texts
            for clause, rewords in decision.rewords().items()
            for part in PARTS
            if (texts := changed(base[clause], part, rewords))
        }
        touched = dict.fromkeys((*self.edits, *(clause for clause, _ in self.texts)))
        places = {one: n for n, one in enumerate(base.by_id)}
        self.clauses = sorted(touched, key=lambda one: places.get(one, -1))
        self._asked: dict[tuple[str, str], list[Question]] = {}
        for question in decision.questions:
            for one in _concerned(question):
                self._asked.setdefault(one, []).append(question)

    def places(self, clause: str) -> list[Place]:
        """The parts of a clause that are reworded."""
        return [(clause, part) for part in PARTS if (clause, part) in self.texts]

    def sources(self, clause: str) -> frozenset[str]:
        """By whom a clause is touched."""
        whole = (self.decision.live[edit] for edit in self.edits.get(clause, ()))
        return frozenset().union(*whole, *(self.texts[place] for place in self.places(clause)))

    def meetings(self, clause: str, wording: Wording) -> Iterator[Meeting]:
        """What happens to one clause ("": before all clauses)."""
        yield from map(self._structural, self.edits.get(clause, ()))
        for place in self.places(clause):
            yield self._reworded(place, wording)

    def _structural(self, edit: Edit) -> Meeting:
        sources = self.decision.live[edit]
        asked = tuple(question for one in _concerns(edit) for question in self._asked.get(one, ()))
        relation = Relation.CONFLICT if asked else Relation.AGREEMENT if len(sources) > 1 else Relation.ALONE
        if isinstance(edit, Insert):
            return Meeting("insert", where(edit) or None, "", relation, sources, asked, new=edit.clause)
        return Meeting("strike" if isinstance(edit, Strike) else "move", edit.clause, "", relation, sources, asked)

    def _reworded(self, place: Place, wording: Wording) -> Meeting:
        met, texts = wording.met(place), self.texts[place]
        relation, sources = _relation(texts, met.merged), frozenset(texts)
        return Meeting("reword", *place, relation, sources, met.questions, met.marks, met.merged)


def summarised(meetings: Iterable[Meeting], choices: Choices, seen: set[str]) -> Summary:
    """What there is to do at one clause; a question that is ``seen`` already, at another, is not counted again."""
    here = tuple(meetings)
    asked = {each.key: each for one in here for each in one.questions if each.key not in seen}
    seen.update(asked)
    return Summary(
        frozenset().union(*(one.sources for one in here)),
        len(asked),
        sum(not answered(one, choices) for one in asked.values()),
        sum(mark.key not in choices.looked for one in here for mark in one.marks),
    )


def _concerned(question: Question) -> Iterator[tuple[str, str]]:
    """What a question about whole clauses is asked of: an act and the clause it is done to."""
    keys = (one.key for one in question.options)
    match question.nature:
        case Nature.PLACE:
            yield from (("come", key) for key in keys)
        case Nature.CYCLE:
            yield from (("move", key.removeprefix("stay-")) for key in keys)
        case _:
            yield question.nature.value, question.clause or ""


def _concerns(edit: Edit) -> tuple[tuple[str, str], ...]:
    """The acts of an edit, as ``_concerned`` names them."""
    if isinstance(edit, Insert):
        return (("come", edit.clause.id),)
    return (("move", edit.clause), ("come", edit.clause)) if isinstance(edit, Move) else (("strike", edit.clause),)


def _relation(texts: Mapping[str, str], merged: Merged) -> Relation:
    if merged.conflicts:
        return Relation.CONFLICT
    if len(texts) == 1:
        return Relation.ALONE
    return Relation.AGREEMENT if len(set(texts.values())) == 1 else Relation.MERGE
