"""How the desk of a composite puts what the committee has to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amendments.choices import natural
from amendments.composite import COMMITTEE, OWN, Nature, Question
from constitution.references import show
from services.choosing import Made, orderable
from services.compositing import Desk

ASKED = {
    Nature.STRIKE: "Strike it, or keep it as amended?",
    Nature.MOVE: "Where does it go?",
    Nature.PLACE: "In which order do they come?",
    Nature.CYCLE: "Clauses would be moved into one another. Which one stays?",
}

DONE = {
    "strike": "Strike the clause",
    "keep": "Keep the clause, with the other changes",
    "stay": "Leave it where it is",
}


@dataclass(frozen=True, slots=True)
class ShownOption:
    """An answer to a question: what would stand there, or what would be done, and who asks for it."""

    key: str
    words: str
    is_text: bool
    sources: tuple[str, ...]
    chosen: bool
    place: str


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A conflict as the desk puts it. ``theirs`` is what another member saved meanwhile, when it differs."""

    key: str
    asked: str
    options: tuple[ShownOption, ...]
    ordered: bool
    may_write: bool
    own: bool
    written: str
    reason: str
    settled: bool
    theirs: str


@dataclass(frozen=True, slots=True)
class Print:
    """Prints stored texts and the names of sources for one desk."""

    desk: Desk
    labels: Mapping[str, str]
    own: Mapping[str, str]

    def text(self, text: str) -> str:
        """A stored text with its references as labels."""
        return show(text, self.labels, self.own)

    def names(self, sources: frozenset[str]) -> tuple[str, ...]:
        """Sources in the order in which their amendments were submitted, the committee last."""
        return tuple(sorted(sources, key=lambda one: (one == COMMITTEE, natural(one))))


class Asking:
    """Puts questions. ``saved`` is what another member saved, when what is shown was not saved itself."""

    def __init__(self, desk: Desk, printing: Print, saved: Made | None) -> None:
        self.desk, self.printing, self.saved = desk, printing, saved

    def shown(self, question: Question) -> ShownQuestion:
        """The question with its options, what is chosen, and what another member chose meanwhile."""
        choices, key = self.desk.choices, question.key
        own = choices.own(question)
        order = [one.key for one in choices.order(question) or ()]
        picked = choices.pick(question)
        listed = orderable(question) if question.ordered else question.options
        answered = bool(picked or own is not None or choices.order(question) is not None)
        return ShownQuestion(
            key=key,
            asked=self._asked(question),
            ordered=question.ordered,
            may_write=question.may_write,
            options=tuple(
                ShownOption(
                    one.key,
                    self._said(question, one.key, one.text),
                    question.nature in {Nature.WORDS, Nature.PLACE},
                    self.printing.names(one.sources),
                    picked == one,
                    self._position(one.key, order, answered=answered),
                )
                for one in listed
            ),
            own=own is not None or choices.picked.get(key) == OWN,
            written=self.printing.text(choices.written.get(key, "")),
            reason=self.desk.reasons.get(key, ""),
            settled=answered,
            theirs=self._theirs(question),
        )

    def _asked(self, question: Question) -> str:
        if question.nature is not Nature.WORDS:
            return ASKED[question.nature]
        return f"Which words at place {question.place}{' of the heading' if question.part == 'heading' else ''}?"

    def _position(self, key: str, order: list[str], *, answered: bool) -> str:
        if key in order:
            return str(order.index(key) + 1)
        return "out" if answered else ""

    def _theirs(self, question: Question) -> str:
        """What another member saved for this question, where it differs from what is typed here."""
        if self.saved is None:
            return ""
        saved, mine = self.saved.choices, self.desk.choices
        if (saved.pick(question), saved.own(question), saved.order(question)) == (
            mine.pick(question),
            mine.own(question),
            mine.order(question),
        ):
            return ""
        return self._answer(question)

    def _answer(self, question: Question) -> str:
        assert self.saved is not None
        saved = self.saved.choices
        if (own := saved.own(question)) is not None:
            return self.printing.text(own)
        chosen = saved.order(question) or tuple(filter(None, [saved.pick(question)]))
        return ", then ".join(self._said(question, one.key, one.text) for one in chosen) or "nothing yet"

    def _said(self, question: Question, key: str, text: str) -> str:
        if question.nature in {Nature.WORDS, Nature.PLACE}:
            return self.printing.text(text) or "(nothing there)"
        if key in DONE:
            return DONE[key]
        clause = key.removeprefix("stay-")
        if question.nature is Nature.CYCLE:
            return f"Leave clause {self.printing.labels.get(clause, '')} where it is"
        parent, _, after = key.partition("/")
        if after:
            return f"Move it to after clause {self.printing.labels.get(after, '(a new clause)')}"
        return (
            f"Move it to the beginning of clause {self.printing.labels.get(parent, '(a new clause)')}"
            if parent
            else "Move it first"
        )
