"""What would become of a text if several amendments were carried: what goes together is done, what conflicts is left.

Nobody has chosen yet, so a conflict keeps the words of the base: words in dispute stay as they are, a clause that one
strikes and another changes stays as it is, and what would be moved in different ways stays where it is. New clauses
that come to one place stand there in the order of the amendments' numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from amendments.changes import Edit, EditConflict, Move, Reword, Strike
from amendments.choices import Choices, Nature, Question
from amendments.composite import Composition
from amendments.deciding import Decision
from amendments.edit import rebuilt
from amendments.wording import HEADING, TEXT, Met, Place
from constitution.clause import Constitution
from constitution.merge import Conflict

WHOLE = frozenset({Nature.CYCLE, Nature.MOVE, Nature.STRIKE})

Asked = tuple[Edit, str]
Meet = Callable[[Place, Mapping[str, str]], Met]


@dataclass(frozen=True)
class Partial:
    """The text with all that goes together; ``questions`` are the conflicts, whole clauses first.

    ``impossible`` says why not even the rest goes together: then nothing is moved, or nothing changed. "" when it does.
    """

    constitution: Constitution
    questions: tuple[Question, ...]
    impossible: str = ""


def partial(composition: Composition, meet: Meet | None = None) -> Partial:
    """Carry out what needs no choice; the order in which amendments were given changes nothing.

    ``meet`` stands in for ``composition.met``, for one who remembers how wordings met before.
    """
    asked: list[Question] = []
    while whole := [one for one in composition.structure(Choices()).decision.questions if one.nature in WHOLE]:
        asked += whole
        composition = _without(composition, _disputed(composition, whole))
    words = _Words(composition, meet or composition.met)
    asked += (*composition.structure(Choices()).decision.questions, *words.questions)
    moves = {(edit, name) for edit, name in _asked(composition) if isinstance(edit, Move)}
    why = ""
    for dropped in (set(), moves | _sparing(composition, moves)):
        try:
            return Partial(_carried(_without(composition, dropped), words.rewords), tuple(asked), why)
        except EditConflict as conflict:
            why = str(conflict)
    return Partial(composition.base, tuple(asked), why)


class _Words:
    """The words of every clause that is reworded, as far as no two differ."""

    def __init__(self, composition: Composition, meet: Meet) -> None:
        self.questions: list[Question] = []
        texts: dict[Place, str] = {}
        for place, sides in composition.structure(Choices()).texts.items():
            if len(set(sides.values())) == 1:
                (texts[place],) = set(sides.values())
                continue
            met = meet(place, sides)
            self.questions += met.questions
            texts[place] = "".join(
                piece.base if isinstance(piece, Conflict) else "".join(word.text for word in piece)
                for piece in met.merged.pieces
            )
        self.rewords = tuple(
            Reword(clause, texts.get((clause, TEXT), composition.base[clause].text), texts.get((clause, HEADING)))
            for clause in dict.fromkeys(clause for clause, _ in texts)
        )


def _carried(composition: Composition, rewords: Sequence[Reword]) -> Constitution:
    return rebuilt((*rewords, *composition.structure(Choices()).decision.structure()), composition.base)


def _disputed(composition: Composition, whole: Sequence[Question]) -> set[Asked]:
    """The edits of all sides of what is disputed about whole clauses, so that these stay as and where they are."""
    strikes = [one.key for one in whole if one.nature is Nature.STRIKE]
    found: set[Asked] = set()
    for answer in ("strike", "keep") if strikes else ():
        decided = Decision(composition.asked, Choices(dict.fromkeys(strikes, answer)))
        found |= {(one.edit, name) for one in decided.set_aside for name in one.sources}
    kept = {one.clause for one in whole if one.nature is Nature.STRIKE}
    staying = {one.clause for one in whole if one.nature is Nature.MOVE} | _rings(whole)
    found |= {
        (edit, name)
        for edit, name in _asked(composition)
        if (isinstance(edit, Strike) and edit.clause in kept) or (isinstance(edit, Move) and edit.clause in staying)
    }
    return found | _sparing(composition, found)


def _rings(whole: Iterable[Question]) -> set[str | None]:
    return {key.key.removeprefix("stay-") for one in whole if one.nature is Nature.CYCLE for key in one.options}


def _sparing(composition: Composition, dropped: Iterable[Asked]) -> set[Asked]:
    """The strikes that took nothing disputed out only because what is dropped now had moved that elsewhere."""
    asked = set(_asked(composition))
    above: set[Asked] = {
        (Strike(one.id), name)
        for edit, name in dropped
        if isinstance(edit, Move)
        for one in composition.base.ancestors(edit.clause)
    }
    return above & asked


def _asked(composition: Composition) -> Iterator[Asked]:
    return ((edit, name) for name, edits in composition.sides.items() for edit in edits)


def _without(composition: Composition, dropped: Collection[Asked]) -> Composition:
    if not dropped:
        return composition
    sides = {
        name: tuple(edit for edit in edits if (edit, name) not in dropped) for name, edits in composition.sides.items()
    }
    return Composition(composition.base, sides)
