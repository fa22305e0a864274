"""The account of a composite: what of each amendment was set aside and by which decision, and the committee's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from amendments.changes import Insert, Reword
from amendments.choices import Choices, Question, answered
from amendments.chosen import Speaker
from amendments.composite import COMMITTEE, Composition, SetAside, Settled
from amendments.fates import Part
from amendments.wording import Place, Wording, key, words_of
from constitution.clause import Clause
from constitution.merge import Word
from constitution.merge import settle as settle_words
from constitution.provenance import spans
from constitution.tokens import word_count


@dataclass(frozen=True, slots=True)
class Own:
    """Words of the committee's own: the ``key`` of the choice that wrote them, the clause, and the reason given."""

    key: str
    clause: str
    words: str
    reason: str

    @property
    def count(self) -> int:
        """How many they are."""
        return word_count(self.words)


class Account:
    """What the choices made so far do to each amendment. ``reasons`` are those of choices, by their keys."""

    def __init__(self, composition: Composition, choices: Choices, reasons: Mapping[str, str]) -> None:
        self.base, self.choices, self.reasons = composition.base, choices, reasons
        self.sides = composition.sides
        structure = composition.structure(choices)
        self.decision = structure.decision
        self.wording = Wording(structure.texts, choices, composition.met)
        self.speaker = Speaker(composition)
        self.asked = {one.key: one for one in self.decision.questions}

    def parts(self) -> dict[str, Part]:
        """What becomes of each amendment on the desk, by its name."""
        aside: dict[str, list[str]] = {name: [] for name in self.sides}
        for name, sentence in self._set_aside():
            aside[name].append(sentence)
        stand = {one for edit, names in self.decision.live.items() if not isinstance(edit, Reword) for one in names}
        stand |= {one for place in self.wording.texts for one in self._heard(place)}
        left = self.choices.left
        return {name: Part(name in stand, tuple(dict.fromkeys(aside[name])), left.get(name, "")) for name in self.sides}

    def own_words(self, settled: Settled) -> tuple[Own, ...]:
        """Every word of the committee's own in the outcome, in stretches, in the order of the text."""
        return tuple(
            Own(written, clause, span.text.strip(), self.reasons.get(written, "").strip())
            for clause in (one.id for one in settled.constitution.walk())
            for part in ("heading", "text")
            for written, words in self._written((clause, part), settled)
            for span in spans(words)
            if span.sources == {COMMITTEE} and word_count(span.text)
        )

    def _written(self, place: Place, settled: Settled) -> Iterator[tuple[str, tuple[Word, ...]]]:
        """The keys of what the committee wrote at a place, each with the words that came of it."""
        whole = f"whole/{'/'.join(place)}"
        if whole in self.choices.written:
            yield whole, settled.words.get(key(*place), ())
            return
        if place not in self.wording.texts:
            return
        met = self.wording.met(place)
        kept = {n: one.base for n, one in enumerate(met.merged.conflicts)}
        for n, question in enumerate(met.questions):
            own = self.choices.own(question)
            if own is not None:
                yield question.key, settle_words(met.merged, kept, {n: own})

    def _heard(self, place: Place) -> Iterator[str]:
        """Those of whose words or deletions something stands at a place."""
        met = self.wording.met(place)
        if self.wording.whole(*place) is None:
            for change in met.merged.changes:
                yield from change.sides
            for question in met.questions:
                yield from (name for option in self.choices.chosen(question) for name in option.sources)
        if all(answered(one, self.choices) for one in met.questions):
            yield from (name for word in self.wording.settled(place) for name in word.sources if name != COMMITTEE)

    def _set_aside(self) -> Iterator[tuple[str, str]]:
        for one in self.decision.set_aside:
            sentence = " ".join(filter(None, (self.speaker.asks(one.edit), self._why(one))))
            yield from ((name, sentence) for name in sorted(one.sources))
        for place in self.wording.texts:
            for question in self.wording.met(place).questions:
                yield from self._words(question)
        for written in self.choices.written:
            yield from self._whole(written)

    def _why(self, one: SetAside) -> str:
        """By which decision an edit was set aside, and the reason for it."""
        if one.question.startswith("leave/"):
            return f"The committee left it: {one.reason}"
        question = self.asked.get(one.question)
        said = self.speaker.answer(question, self.choices) if question else ""
        return self._reasoned(f"The committee {said}." if said else "", one.question)

    def _words(self, question: Question) -> Iterator[tuple[str, str]]:
        said = self.speaker.answer(question, self.choices)
        taken = {name for one in self.choices.chosen(question) for name in one.sources}
        where = self.speaker.place(question.clause, question.part)
        for option in question.options if said else ():
            own = self.choices.own(question)
            if option.sources - taken and option.text != own:
                wanted = self.speaker.quoted(option.text) if option.text.strip() else "no words there"
                sentence = f"In {where} it asks for {wanted}: the committee {said}."
                yield from ((name, self._reasoned(sentence, question.key)) for name in sorted(option.sources - taken))

    def _whole(self, written: str) -> Iterator[tuple[str, str]]:
        """Whose words the committee's own wording of a whole text replaces."""
        nature, _, place = written.partition("/")
        clause, _, part = place.rpartition("/")
        if nature != "whole":
            return
        wanted = dict(self.wording.texts.get((clause, part), {}))
        for edit, names in self.decision.live.items():
            if isinstance(edit, Insert) and (new := _below(edit.clause, clause)):
                wanted |= dict.fromkeys(names, words_of(new, part))
        where = self.speaker.place(clause, part)
        for name in sorted(one for one, text in wanted.items() if text != self.choices.written[written]):
            yield name, self._reasoned(f"In {where} the committee gave all the words anew.", written)

    def _reasoned(self, sentence: str, written: str) -> str:
        return f"{sentence} {self.reasons.get(written, '')}".strip()


def _below(clause: Clause, wanted: str) -> Clause | None:
    return next((one for one in clause.walk() if one.id == wanted), None)
