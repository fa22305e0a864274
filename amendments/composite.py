"""Several amendments made one: what agrees, what merges, what conflicts, and a source for every word of the outcome.

All amendments meet on one base at once. ``compose`` brings them together, ``Composition.questions`` says what the
committee has to choose, ``settle`` carries the choices out. Nothing is dropped but by a choice, and what is dropped is
listed. The order in which the amendments are given changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from amendments.changes import Edit, Insert, Move, Reword, Strike
from amendments.choices import OWN, Choices, Nature, NoSuchOption, Option, Question, answered
from amendments.deciding import Decision, SetAside
from amendments.edit import EditConflict, rebuilt
from amendments.sides import agreed
from amendments.wording import HEADING, PARTS, TEXT, Wording, key, words_of
from constitution.clause import Clause, Constitution
from constitution.merge import Look, Merged, Word, merge
from constitution.provenance import COMMITTEE, reworded
from constitution.tokens import word_count

__all__ = [
    "COMMITTEE",
    "OWN",
    "Choices",
    "Composition",
    "Meeting",
    "Nature",
    "NoSuchOption",
    "OpenConflict",
    "Option",
    "Question",
    "Relation",
    "SetAside",
    "Settled",
    "compose",
    "settle",
]


class OpenConflict(ValueError):
    """Something is still to be chosen; ``questions`` says what. Without any, the choices cannot all be followed."""

    def __init__(self, questions: Sequence[Question], said: str = "") -> None:
        count = len(questions)
        super().__init__(said or f"{count} conflict{' is' if count == 1 else 's are'} still to be settled.")
        self.questions = tuple(questions)


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
    looks: tuple[Look, ...] = ()
    merged: Merged | None = None
    new: Clause | None = None


@dataclass(frozen=True)
class Composition:
    """Amendments that have met on one base. ``sides`` are their edits, each new clause that several bring named once."""

    base: Constitution
    sides: Mapping[str, tuple[Edit, ...]]
    _merges: dict[tuple[str, str, frozenset[str]], Merged] = field(default_factory=dict, compare=False, repr=False)

    def questions(self, choices: Choices | None = None) -> tuple[Question, ...]:
        """Everything to be chosen, given the choices made: of a clause that goes, the words are not asked."""
        return self._meet(choices or Choices()).questions

    def unsettled(self, choices: Choices | None = None) -> tuple[Question, ...]:
        """What is still to be chosen."""
        made = choices or Choices()
        return tuple(one for one in self.questions(made) if not answered(one, made))

    def meetings(self, choices: Choices | None = None) -> tuple[Meeting, ...]:
        """What happens to each clause in the order of the text, for the desk of the committee."""
        return self._meet(choices or Choices()).meetings()

    def merged(self, clause: str, part: str, texts: Mapping[str, str]) -> Merged:
        """The merge of one part of a clause; remembered, since pages ask again with every choice."""
        asked = clause, part, frozenset(texts)
        if asked not in self._merges:
            self._merges[asked] = merge(words_of(self.base[clause], part), texts)
        return self._merges[asked]

    def _meet(self, choices: Choices) -> _Desk:
        return _Desk(self, choices)


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


def compose(base: Constitution, sides: Mapping[str, Sequence[Edit]]) -> Composition:
    """Bring the amendments together, by the names of their sources ("A12").

    Raises UnknownClause or EditConflict for one that cannot be carried out on the base by itself.
    """
    return Composition(base, agreed(base, sides))


def settle(composition: Composition, choices: Choices) -> Settled:
    """Carry the choices out; raises OpenConflict while something is unsettled, NoSuchOption for a choice unknown."""
    unsettled = composition.unsettled(choices)
    if unsettled:
        raise OpenConflict(unsettled)
    return _Desk(composition, choices).settled()


class _Desk:
    """A composition with the choices made so far."""

    def __init__(self, composition: Composition, choices: Choices) -> None:
        self.base = composition.base
        self.decision = Decision(composition.base, composition.sides, choices)
        self.wording = Wording(composition.base, self.decision.rewords(), choices, composition.merged)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Whole clauses first, then words in the order of the text."""
        return (*self.decision.questions, *(one for asked in self.wording.questions.values() for one in asked))

    def settled(self) -> Settled:
        """The outcome, once every question is answered."""
        words = {key(*place): self.wording.settled(place) for place in self.wording.merges}
        edits = (*self._rewords(words), *map(self._rewritten, self.decision.structure()))
        try:
            book = rebuilt(edits, self.base)
        except EditConflict as conflict:
            raise OpenConflict((), f"These choices cannot all be followed. {conflict}") from conflict
        every = self._every_word(book, words)
        own = sum(word_count(word.text) for ones in every.values() for word in ones if word.sources == {COMMITTEE})
        return Settled(book, every, own, tuple(self.decision.set_aside), edits)

    def _rewords(self, words: Mapping[str, tuple[Word, ...]]) -> list[Edit]:
        clauses = dict.fromkeys(clause for clause, _ in self.wording.merges)
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

    # The desk.

    def meetings(self) -> tuple[Meeting, ...]:
        """What happens to each clause, in the order of the text of the base."""
        found = [*map(self._structural, self.decision.live), *map(self._reworded, self.wording.merges)]
        places = {one: n for n, one in enumerate(self.base.by_id)}
        return tuple(sorted(filter(None, found), key=lambda one: places.get(one.clause or "", -1)))

    def _structural(self, edit: Edit) -> Meeting | None:
        if isinstance(edit, Reword):
            return None
        sources = self.decision.live[edit]
        asked = tuple(one for one in self.decision.questions if _concerns(one, edit))
        relation = Relation.CONFLICT if asked else Relation.AGREEMENT if len(sources) > 1 else Relation.ALONE
        if isinstance(edit, Insert):
            return Meeting("insert", edit.after or edit.parent, "", relation, sources, asked, new=edit.clause)
        return Meeting("strike" if isinstance(edit, Strike) else "move", edit.clause, "", relation, sources, asked)

    def _reworded(self, place: tuple[str, str]) -> Meeting:
        merged, texts, asked = self.wording.merges[place], self.wording.texts[place], self.wording.questions[place]
        return Meeting("reword", *place, _relation(texts, merged), frozenset(texts), asked, merged.looks, merged)


def _relation(texts: Mapping[str, str], merged: Merged) -> Relation:
    if merged.conflicts:
        return Relation.CONFLICT
    if len(texts) == 1:
        return Relation.ALONE
    return Relation.AGREEMENT if len(set(texts.values())) == 1 else Relation.MERGE


def _concerns(question: Question, edit: Edit) -> bool:
    match question.nature:
        case Nature.STRIKE:
            return isinstance(edit, Strike) and edit.clause == question.clause
        case Nature.MOVE:
            return isinstance(edit, Move) and edit.clause == question.clause
        case Nature.CYCLE:
            return isinstance(edit, Move) and f"stay-{edit.clause}" in {one.key for one in question.options}
        case _:
            coming = edit.clause.id if isinstance(edit, Insert) else edit.clause
            return isinstance(edit, Insert | Move) and coming in {one.key for one in question.options}


def _joined(words: Mapping[str, tuple[Word, ...]], clause: Clause, part: str) -> str:
    found = words.get(key(clause.id, part))
    return words_of(clause, part) if found is None else "".join(word.text for word in found)


def _one_word(text: str, sources: frozenset[str]) -> tuple[Word, ...]:
    return (Word(text, sources),) if text else ()


def _or(own: str | None, text: str) -> str:
    return text if own is None else own
