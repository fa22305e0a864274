"""The words of the clauses that are reworded: their merges, the questions they raise, and the words once settled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from amendments.changes import Reword
from amendments.choices import Choices, Nature, Option, Question, in_order, natural
from constitution.clause import Clause
from constitution.looks import Look
from constitution.merge import Conflict, Merged, Word
from constitution.merge import settle as settle_words
from constitution.provenance import COMMITTEE, reworded
from constitution.tokens import tokens

HEADING, TEXT = PARTS = ("heading", "text")

Place = tuple[str, str]
"""A clause and one of its parts."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage that merged and that the committee is to look at. Its key is stable while the same words meet there."""

    key: str
    clause: str
    part: str
    look: Look


@dataclass(frozen=True, slots=True)
class Met:
    """How the wordings of one part of a clause meet: their merge, what that asks, and what is to be looked at."""

    merged: Merged
    questions: tuple[Question, ...]
    marks: tuple[Mark, ...]


class Wording:
    """Everything that happens to words, by place, in the order of the text; ``texts`` holds the wordings by side."""

    def __init__(
        self, texts: Mapping[Place, Mapping[str, str]], choices: Choices, met: Callable[[Place, Mapping[str, str]], Met]
    ) -> None:
        self.texts, self.choices, self._met = texts, choices, met

    def met(self, place: Place) -> Met:
        """How the wordings of one place meet; of one that the committee wrote anew, nothing is asked."""
        found = self._met(place, self.texts[place])
        return found if self.whole(*place) is None else Met(found.merged, (), ())

    def whole(self, clause: str, part: str) -> str | None:
        """The committee's own wording of a whole part, if it wrote one."""
        return self.choices.written.get(f"whole/{clause}/{part}")

    def settled(self, place: Place) -> tuple[Word, ...]:
        """The words of one place, once its questions are answered."""
        met, whole = self.met(place), self.whole(*place)
        if whole is not None:
            # Words in dispute are credited to nobody: what the committee writes there is its own, or was in the base.
            undecided = settle_words(met.merged, {n: one.base for n, one in enumerate(met.merged.conflicts)})
            return reworded(undecided, whole, COMMITTEE)
        asked = list(enumerate(met.questions))
        written = {n: own for n, one in asked if (own := self.choices.own(one)) is not None}
        picked = {n: tuple(option.text for option in self.choices.chosen(one)) for n, one in asked}
        return settle_words(met.merged, picked, written)


def meet(place: Place, merged: Merged) -> Met:
    """What a merge asks of the committee."""
    questions = tuple(_question(place, n, one) for n, one in enumerate(merged.conflicts, 1))
    return Met(merged, questions, tuple(_marks(place, merged)))


def _question(place: Place, n: int, conflict: Conflict) -> Question:
    wordings = sorted(conflict.options, key=lambda one: (natural(in_order(conflict.options[one])[0]), one))
    options = [Option(sha256(one.encode()).hexdigest()[:8], one, conflict.options[one]) for one in wordings]
    options.append(Option("base", conflict.base, frozenset()))
    clause, part = place
    return Question(
        # The tokens of the base in dispute: another conflict in the clause, come or gone, does not rename this one.
        f"words/{clause}/{part}/{conflict.start}-{conflict.start + len(tokens(conflict.base))}",
        Nature.WORDS,
        clause,
        tuple(options),
        conflict.base,
        part,
        ordered=conflict.is_order,
        may_write=True,
        place=n,
    )


def _marks(place: Place, merged: Merged) -> Iterator[Mark]:
    for look in merged.looks:
        changes = [
            (one.start, one.end, one.text, sorted(one.sides))
            for one in merged.changes
            if look.start <= one.start and one.end <= look.end
        ]
        digest = sha256(repr((look.reason.value, look.passage, changes)).encode()).hexdigest()[:12]
        yield Mark(f"look/{'/'.join(place)}/{digest}", *place, look)


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
