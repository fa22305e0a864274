"""The words of the clauses that are reworded: their merges, the questions they raise, and the words once settled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256

from amendments.changes import Reword
from amendments.choices import Choices, Nature, Option, Question, in_order, natural
from constitution.clause import Clause, Constitution
from constitution.merge import Conflict, Merged, Word
from constitution.merge import settle as settle_words
from constitution.provenance import COMMITTEE, reworded

HEADING, TEXT = PARTS = ("heading", "text")

Place = tuple[str, str]
"""A clause and one of its parts."""


class Wording:
    """Everything that happens to words, by place, in the order of the text."""

    def __init__(
        self,
        base: Constitution,
        rewords: Mapping[str, Mapping[str, Reword]],
        choices: Choices,
        merged: Callable[[str, str, Mapping[str, str]], Merged],
    ) -> None:
        self.choices = choices
        places = ((clause, part) for clause in rewords for part in PARTS)
        texts = {place: changed(base[place[0]], place[1], rewords[place[0]]) for place in places}
        self.texts = {place: by_side for place, by_side in texts.items() if by_side}
        self.merges = {place: merged(*place, by_side) for place, by_side in self.texts.items()}
        self.questions = {place: self._questions(place) for place in self.merges}

    def whole(self, clause: str, part: str) -> str | None:
        """The committee's own wording of a whole part, if it wrote one."""
        return self.choices.written.get(f"whole/{clause}/{part}")

    def settled(self, place: Place) -> tuple[Word, ...]:
        """The words of one place, once its questions are answered."""
        merged, whole = self.merges[place], self.whole(*place)
        if whole is not None:
            # Words in dispute are credited to nobody: what the committee writes there is its own, or was in the base.
            undecided = settle_words(merged, {n: one.base for n, one in enumerate(merged.conflicts)})
            return reworded(undecided, whole, COMMITTEE)
        asked = list(enumerate(self.questions[place]))
        written = {n: own for n, one in asked if (own := self.choices.own(one)) is not None}
        picked = {n: tuple(option.text for option in self.choices.chosen(one)) for n, one in asked}
        return settle_words(merged, picked, written)

    def _questions(self, place: Place) -> tuple[Question, ...]:
        if self.whole(*place) is not None:
            return ()
        return tuple(_question(place, n, one) for n, one in enumerate(self.merges[place].conflicts))


def _question(place: Place, n: int, conflict: Conflict) -> Question:
    wordings = sorted(conflict.options, key=lambda one: (natural(in_order(conflict.options[one])[0]), one))
    options = [Option(sha256(one.encode()).hexdigest()[:8], one, conflict.options[one]) for one in wordings]
    options.append(Option("base", conflict.base, frozenset()))
    clause, part = place
    return Question(
        f"words/{clause}/{part}/{n}",
        Nature.WORDS,
        clause,
        tuple(options),
        conflict.base,
        part,
        ordered=conflict.is_order,
        may_write=True,
    )


def changed(clause: Clause, part: str, rewords: Mapping[str, Reword]) -> dict[str, str]:
    """The wording of each side that has another than the base."""
    texts = {name: one.text if part == TEXT else one.heading for name, one in rewords.items()}
    return {name: text for name, text in texts.items() if text is not None and text != words_of(clause, part)}


def words_of(clause: Clause, part: str) -> str:
    """The heading or the text of a clause."""
    return clause.text if part == TEXT else clause.heading


def key(clause: str, part: str) -> str:
    """Under what the words of a place are kept: the id of the clause for its text, "<id>:heading" for its heading."""
    return clause if part == TEXT else f"{clause}:{part}"
