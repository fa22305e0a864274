"""What the committee chose, in sentences: one choice, and what changed from one saving of its choices to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from amendments.changes import Edit, Reword
from amendments.choices import Choices, Nature, Option, Question, answered, in_order
from amendments.composite import Composition, left_name
from amendments.instruction import Clerk
from amendments.operations import operations
from amendments.wording import PARTS, changed, words_of
from constitution.numbering import number, own_number
from constitution.references import show

LONGEST = 200  # characters of words that are quoted in a sentence


class Speaker:
    """Speaks of the choices of one composition, its clauses by their labels in the base."""

    def __init__(self, composition: Composition) -> None:
        self.composition, self.base = composition, composition.base
        self.labels, self.own = number(self.base), own_number(self.base)

    def quoted(self, text: str) -> str:
        """Words in quotation marks, long ones cut."""
        words = show(text, self.labels, self.own).strip()
        return f"“{words if len(words) <= LONGEST else words[:LONGEST].rsplit(' ', 1)[0] + ' …'}”"

    def clause(self, clause: str | None) -> str:
        """A clause in a sentence."""
        if not clause:
            return "the beginning"
        return f"clause {self.labels[clause]}" if clause in self.labels else "a new clause"

    def place(self, clause: str | None, part: str = "") -> str:
        """A clause, or the heading of it."""
        return f"the heading of {self.clause(clause)}" if part == "heading" else self.clause(clause)

    def asks(self, edit: Edit) -> str:
        """What one edit asks for by itself, as an instruction; one clerk for all, since there may be thousands."""
        clerk = self._clerk
        if isinstance(edit, Reword):
            clause = self.base[edit.clause]
            texts = {part: changed(clause, part, {"": edit}).get("") for part in PARTS}
            clerk.steps = {
                (edit.clause, part): operations(clerk.shown(words_of(clause, part)), clerk.shown(text))
                for part, text in texts.items()
                if text is not None
            }
        return " ".join(clerk.sentences(edit))

    @cached_property
    def _clerk(self) -> Clerk:
        return Clerk((), self.base)

    def answer(self, question: Question, choices: Choices) -> str:
        """What was chosen, with "the committee" for its subject; "" when nothing was."""
        if not answered(question, choices):
            return ""
        match question.nature:
            case Nature.WORDS:
                return self._words(question, choices)
            case Nature.PLACE:
                names = [one for option in choices.chosen(question) for one in [", ".join(in_order(option.sources))]]
                return f"put what comes there in this order: {'; '.join(names)}" if names else "took nothing there"
        (option,) = choices.chosen(question)
        return self._whole(question, option)

    def _words(self, question: Question, choices: Choices) -> str:
        own = choices.own(question)
        if own is not None:
            return f"wrote {self.quoted(own)}" if own.strip() else "left these words out"
        chosen = [self._option(one) for one in choices.chosen(question)]
        return f"chose {', then '.join(chosen)}" if chosen else "took none of them"

    def _option(self, option: Option) -> str:
        words = self.quoted(option.text) if option.text.strip() else "no words there"
        return f"{words} ({', '.join(in_order(option.sources)) or 'as in force'})"

    def _whole(self, question: Question, option: Option) -> str:
        asking = f" ({', '.join(in_order(option.sources))})" if option.sources else ""
        clause = self.clause(question.clause)
        if question.nature is Nature.STRIKE:
            return f"{'left out' if option.key == 'strike' else 'kept'} {clause}{asking}"
        if option.key.startswith("stay"):
            return f"left {self.clause(option.key.partition('-')[2] or question.clause)} where it stands"
        return f"moved {clause}{asking}"

    def changes(
        self, before: Choices, after: Choices, reasons: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})
    ) -> tuple[str, ...]:
        """What one saving changed, a sentence each; ``reasons`` are those of own words, before and after."""
        asked = {one.key: one for made in (before, after) for one in self.composition.questions(made)}
        changed = _changed(
            (before.picked, after.picked), (before.written, after.written), (before.orders, after.orders)
        )
        found = [self._change(key, asked.get(key), after) for key in changed]
        found += [self._left(key, after.left.get(key)) for key in _changed((before.left, after.left))]
        looked = _changed((before.looked, after.looked))
        found += [self._looked(key, after.looked.get(key)) for key in looked]
        found += [self._reason(key, reasons[1].get(key)) for key in _changed(reasons)]
        return tuple(found)

    def _change(self, key: str, question: Question | None, after: Choices) -> str:
        nature, *rest = key.split("/")
        if nature == "whole" and len(rest) > 1:
            where, own = self.place(rest[0], rest[1]), after.written.get(key)
            said = f"wrote all of it: {self.quoted(own)}" if own is not None else "took its own wording back"
            return f"In {where} the committee {said}."
        if question is None:
            return f"At {self._where(key)} the committee chose between what is no longer asked."
        said = self.answer(question, after) or "took its choice back"
        return f"In {self.place(question.clause, question.part)} the committee {said}."

    def _where(self, key: str) -> str:
        return self.clause(next((one for one in key.split("/")[1:] if one in self.base), None))

    def _left(self, key: str, reason: str | None) -> str:
        name = left_name(key, self.base)
        return f"The committee took {name} up again." if reason is None else f"The committee left {name}: {reason}"

    def _looked(self, key: str, note: str | None) -> str:
        said = "was to look again" if note is None else "read it once as a whole"
        return f"At {self._where(key)} the committee {said}{': ' + note if note else '.'}"

    def _reason(self, key: str, reason: str | None) -> str:
        said = f"gave the reason for its own words: {reason}" if reason else "took the reason for its own words back."
        return f"At {self._where(key)} the committee {said}"


def _changed(*pairs: tuple[Mapping[str, object], Mapping[str, object]]) -> Iterable[str]:
    """The keys under which something changed, each once."""

    def each() -> Iterator[str]:
        for before, after in pairs:
            yield from (key for key in {**before, **after} if before.get(key) != after.get(key))

    return dict.fromkeys(each())
