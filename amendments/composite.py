"""Several amendments made one: what agrees, what merges, what conflicts, and a source for every word of the outcome.

All amendments meet on one base at once. ``compose`` brings them together, ``Composition.questions`` says what the
committee has to choose, ``settle`` carries the choices out. Nothing is dropped but by a choice, and what is dropped is
listed. The order in which the amendments are given changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from amendments.changes import Edit, Insert, Reword
from amendments.choices import OWN, Choices, Nature, NoSuchOption, Option, Question, answered, in_order
from amendments.deciding import Asked, Decision, SetAside, leaving
from amendments.edit import EditConflict, rebuilt
from amendments.meetings import Meeting, Relation, Structure, Summary, summarised
from amendments.sides import agreed
from amendments.wording import HEADING, PARTS, TEXT, Mark, Met, Place, Wording, key, meet, words_of
from constitution.clause import Clause, Constitution
from constitution.merge import Word, merge
from constitution.numbering import number
from constitution.provenance import COMMITTEE, reworded
from constitution.tokens import word_count

__all__ = [
    "COMMITTEE",
    "OWN",
    "Choices",
    "Composition",
    "Mark",
    "Meeting",
    "Nature",
    "NoSuchOption",
    "OpenConflict",
    "Option",
    "Question",
    "Relation",
    "SetAside",
    "Settled",
    "Summary",
    "compose",
    "left_name",
    "settle",
]

MOST_MET = 4000  # wordings of a place, as they met with all sides and without those that were left
REMEMBERED = 8  # decisions on whole clauses; the words are chosen many times under each


class OpenConflict(ValueError):
    """Something is still to be chosen; ``questions`` says what. Without any, the choices cannot all be followed."""

    def __init__(self, questions: Sequence[Question], said: str = "") -> None:
        count = len(questions)
        super().__init__(said or f"{count} conflict{' is' if count == 1 else 's are'} still to be settled.")
        self.questions = tuple(questions)


@dataclass(frozen=True)
class Composition:
    """Amendments that have met on one base. ``sides`` are their edits, each new clause that several bring named once."""

    base: Constitution
    sides: Mapping[str, tuple[Edit, ...]]
    _met: dict[tuple[Place, frozenset[tuple[str, str]]], Met] = field(default_factory=dict, compare=False, repr=False)
    _structures: dict[object, Structure] = field(default_factory=dict, compare=False, repr=False)

    def questions(self, choices: Choices | None = None) -> tuple[Question, ...]:
        """Everything to be chosen, given the choices made: of a clause that goes, the words are not asked."""
        return self._meet(choices or Choices()).questions

    def unsettled(self, choices: Choices | None = None) -> tuple[Question, ...]:
        """What is still to be chosen."""
        made = choices or Choices()
        return tuple(one for one in self.questions(made) if not answered(one, made))

    def unexplained(self, choices: Choices) -> tuple[str, ...]:
        """The keys of ``Choices.left`` that leave something without a reason."""
        return tuple(
            one for one in in_order(choices.left) if not choices.left[one].strip() and leaving(one, self.sides)
        )

    def undecided(self, choices: Choices | None = None) -> tuple[Mark, ...]:
        """The marks that nobody has looked at yet."""
        made = choices or Choices()
        desk = self._meet(made)
        marks = (mark for place in desk.wording.texts for mark in desk.wording.met(place).marks)
        return tuple(mark for mark in marks if mark.key not in made.looked)

    def set_aside(self, choices: Choices) -> tuple[SetAside, ...]:
        """The edits that are left or not followed so far."""
        return tuple(self._meet(choices).decision.set_aside)

    def overruled(self, choices: Choices, names: Collection[str]) -> frozenset[str]:
        """The keys of the answers and of the texts written anew that do not follow what one of these asks there."""
        desk, wanted = self._meet(choices), frozenset(names)
        asked = (one for one in desk.questions if answered(one, choices))
        others = {one.key: [each.sources for each in one.options if each not in choices.chosen(one)] for one in asked}
        whole = (f"whole/{'/'.join(place)}" for place, texts in desk.wording.texts.items() if wanted & texts.keys())
        return frozenset(
            (
                *(key for key, sources in others.items() if wanted & frozenset().union(*sources)),
                *(key for key in whole if key in choices.written),
            )
        )

    def check(self, choices: Choices, keys: Collection[str]) -> None:
        """Raise NoSuchOption for an answer, under one of the keys, that is not offered, or that leaves nothing."""
        for question in self.questions(choices):
            if question.key in keys:
                choices.check(question)
        for one in choices.left:
            if f"leave/{one}" in keys and not leaving(one, self.sides):
                raise NoSuchOption(f"leave/{one}", one)

    def meetings(self, choices: Choices | None = None, clause: str | None = None) -> tuple[Meeting, ...]:
        """What happens to each clause in the order of the text; or only to one ("": before all clauses)."""
        desk = self._meet(choices or Choices())
        clauses = desk.structure.clauses if clause is None else [clause]
        return tuple(meeting for one in clauses for meeting in desk.structure.meetings(one, desk.wording))

    def words(self, choices: Choices, place: Place) -> tuple[Word, ...] | None:
        """The words of one part of a clause, once all that is asked of them is answered."""
        wording = self._meet(choices).wording
        asked = wording.met(place).questions
        return wording.settled(place) if all(answered(one, choices) for one in asked) else None

    def summary(self, choices: Choices | None = None, most: int | None = None) -> dict[str, Summary]:
        """What there is to do at each clause that is touched, in the order of the text ("": before all clauses).

        With ``most``, at most so many wordings are merged for it that have not met yet; clauses with more of them are not
        counted: a page of thousands is not to wait for all.
        """
        made = choices or Choices()
        desk, seen, left = self._meet(made), set[str](), most
        found = {}
        for clause in desk.structure.clauses:
            texts = {place: desk.structure.texts[place] for place in desk.structure.places(clause)}
            new = sum(len(ones) for place, ones in texts.items() if not self.knows(place, ones))
            if left is not None and new > left:
                found[clause] = Summary(desk.structure.sources(clause), counted=False)
                continue
            left = None if left is None else left - new
            found[clause] = summarised(desk.structure.meetings(clause, desk.wording), made, seen)
        return found

    def met(self, place: Place, texts: Mapping[str, str]) -> Met:
        """How the wordings of one part of a clause meet; remembered, since pages ask again with every choice."""
        asked = place, frozenset(texts.items())
        found = self._met.get(asked)
        if found is None:
            if len(self._met) >= MOST_MET:
                for old in tuple(self._met)[: MOST_MET // 4]:
                    self._met.pop(old, None)
            found = self._met[asked] = meet(place, merge(words_of(self.base[place[0]], place[1]), texts))
        return found

    def knows(self, place: Place, texts: Mapping[str, str]) -> bool:
        """Whether it is remembered how these wordings meet."""
        return (place, frozenset(texts.items())) in self._met

    @cached_property
    def asked(self) -> Asked:
        """What the sides ask for, prepared for every decision about it."""
        return Asked(self.base, self.sides)

    def structure(self, choices: Choices) -> Structure:
        """What becomes of whole clauses; remembered, since most choices are about words and change nothing of it."""
        asked = _about_clauses(choices)
        found = self._structures.get(asked)
        if found is None:
            found = Structure(Decision(self.asked, choices), self.base)
            for old in tuple(self._structures)[: 1 - REMEMBERED]:
                self._structures.pop(old, None)
            self._structures[asked] = found
        return found

    def _meet(self, choices: Choices) -> _Desk:
        return _Desk(self, choices)


def _about_clauses(choices: Choices) -> object:
    """The choices that are about more than words; equal for all choices that decide alike on whole clauses."""
    return tuple(
        frozenset((key, answer) for key, answer in answers.items() if not key.startswith("words/"))
        for answers in (choices.left, choices.picked, choices.orders)
    )


@dataclass(frozen=True)
class Settled:
    """The outcome. ``words`` gives the words of each clause's text by its id, and of its heading by "<id>:heading".

    Joined they are the text; a word without sources stood in the base (an untouched text is one such word).
    ``committee_words`` counts those the committee wrote itself; ``set_aside`` lists the edits it did not follow.
    """

    constitution: Constitution
    words: Mapping[str, tuple[Word, ...]]
    committee_words: int
    set_aside: tuple[SetAside, ...]
    edits: tuple[Edit, ...]


def compose(
    base: Constitution, sides: Mapping[str, Sequence[Edit]], *, before: Composition | None = None
) -> Composition:
    """Bring the amendments together, by the names of their sources ("A12").

    What a composition on the same base, ``before``, remembers of wordings that meet again serves this one too. Raises
    UnknownClause or EditConflict for one that cannot be carried out on the base by itself.
    """
    return Composition(base, agreed(base, sides), before._met if before and before.base is base else {})  # noqa: SLF001 (its own)


def settle(composition: Composition, choices: Choices) -> Settled:
    """Carry the choices out; raises OpenConflict while something is unsettled or left without a reason."""
    unsettled = composition.unsettled(choices)
    if unsettled:
        raise OpenConflict(unsettled)
    for one in composition.unexplained(choices):
        raise OpenConflict((), f"Give a reason for leaving {left_name(one, composition.base)}.")
    return _Desk(composition, choices).settled()


def left_name(left: str, base: Constitution) -> str:
    """What a key of ``Choices.left`` leaves, in words: "A12", "what A12 asks of clause 4.2"."""
    name, stroke, clause = left.partition("/")
    label = number(base).get(clause)
    if not stroke:
        return name
    return f"what {name} asks of clause {label}" if label else f"a part of {name}"


class _Desk:
    """A composition with the choices made so far."""

    def __init__(self, composition: Composition, choices: Choices) -> None:
        self.base = composition.base
        self.structure = composition.structure(choices)
        self.decision = self.structure.decision
        self.wording = Wording(self.structure.texts, choices, composition.met)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Whole clauses first, then words in the order of the text."""
        asked = (one for place in self.wording.texts for one in self.wording.met(place).questions)
        return (*self.decision.questions, *asked)

    def settled(self) -> Settled:
        """The outcome, once every question is answered."""
        words = {key(*place): self.wording.settled(place) for place in self.wording.texts}
        edits = (*self._rewords(words), *map(self._rewritten, self.decision.structure()))
        try:
            book = rebuilt(edits, self.base)
        except EditConflict as conflict:
            raise OpenConflict((), f"These choices cannot all be followed. {conflict}") from conflict
        every = self._every_word(book, words)
        own = sum(word_count(word.text) for ones in every.values() for word in ones if word.sources == {COMMITTEE})
        return Settled(book, every, own, tuple(self.decision.set_aside), edits)

    def _rewords(self, words: Mapping[str, tuple[Word, ...]]) -> list[Edit]:
        clauses = dict.fromkeys(clause for clause, _ in self.wording.texts)
        return [Reword(one, *(_joined(words, self.base[one], part) for part in (TEXT, HEADING))) for one in clauses]

    def _rewritten(self, edit: Edit) -> Edit:
        """A new clause in the wording the committee gave it."""
        if not isinstance(edit, Insert):
            return edit
        return Insert(edit.parent, edit.after, self._rewritten_clause(edit.clause), edit.as_marked)

    def _rewritten_clause(self, clause: Clause) -> Clause:
        heading, text = (_or(self.wording.whole(clause.id, part), words_of(clause, part)) for part in PARTS)
        below = tuple(map(self._rewritten_clause, clause.children))
        return Clause(clause.id, clause.kind, heading, text, clause.mark, below, clause.repealed)

    def _every_word(self, book: Constitution, words: Mapping[str, tuple[Word, ...]]) -> dict[str, tuple[Word, ...]]:
        new = {
            one.id: (one, sources)
            for edit, sources in self.decision.live.items()
            if isinstance(edit, Insert)
            for one in edit.clause.walk()
        }
        found: dict[str, tuple[Word, ...]] = {}
        for clause in book.walk():
            for part in PARTS:
                text, place = words_of(clause, part), key(clause.id, part)
                if place in words:
                    found[place] = words[place]
                elif clause.id in new:
                    brought, sources = new[clause.id]
                    found[place] = reworded(_one_word(words_of(brought, part), sources), text, COMMITTEE)
                else:
                    found[place] = _one_word(text, frozenset())
        return {place: ones for place, ones in found.items() if ones or not place.endswith(f":{HEADING}")}


def _joined(words: Mapping[str, tuple[Word, ...]], clause: Clause, part: str) -> str:
    found = words.get(key(clause.id, part))
    return words_of(clause, part) if found is None else "".join(word.text for word in found)


def _one_word(text: str, sources: frozenset[str]) -> tuple[Word, ...]:
    return (Word(text, sources),) if text else ()


def _or(own: str | None, text: str) -> str:
    return text if own is None else own
