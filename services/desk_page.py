"""What the desk of a composite shows: clause by clause what agrees, merges and conflicts, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from amendments.composite import COMMITTEE, OWN, Meeting, Nature, OpenConflict, Question, Settled
from amendments.edit import Insert
from amendments.instruction import instruction
from constitution.clause import Clause
from constitution.looks import Look, Reason
from constitution.merge import Word
from constitution.numbering import number, own_number
from constitution.provenance import Span, spans
from constitution.redline import Change, RedlinedClause, redline
from constitution.references import Finding, check, show
from services import drafting_final
from services.choosing import Made, orderable
from services.compositing import Desk, kept, open_desk, source_name

ACTS = {"reword": "Reworded", "insert": "New clause", "strike": "Struck", "move": "Moved"}

ASKED = {
    Nature.STRIKE: "Strike it, or keep it as amended?",
    Nature.MOVE: "Where does it go?",
    Nature.PLACE: "In which order do they come?",
    Nature.CYCLE: "Clauses would be moved into one another. Which one stays?",
}

LOOKS = {
    Reason.NEAR: "change words close to one another",
    Reason.TURNING: "change one sentence, and one of them turns its sense",
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
class Piece:
    """A stretch of a merged text; ``conflict`` numbers the one that it is the words at issue of."""

    text: str
    sources: tuple[str, ...]
    conflict: int | None = None


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """What happens to a clause (or a part of it): in words, and word by word with sources."""

    act: str
    part: str
    place: str
    relation: str
    sources: tuple[str, ...]
    pieces: tuple[Piece, ...]
    looks: tuple[str, ...]
    whole: str
    written: str
    reason: str


@dataclass(frozen=True, slots=True)
class Touched:
    """A clause of the base with everything that happens to it, and what that asks of the committee."""

    id: str
    name: str
    begins: str
    meetings: tuple[ShownMeeting, ...]
    questions: tuple[ShownQuestion, ...]

    @property
    def open(self) -> int:
        """How much is still to settle here."""
        return sum(not one.settled for one in self.questions)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of the choices once all is settled."""

    redline: tuple[RedlinedClause, ...]
    following: tuple[RedlinedClause, ...]
    words: Mapping[str, tuple[Span, ...]]
    committee_words: int
    set_aside: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class DeskPage:
    """The whole desk."""

    desk: Desk
    clauses: tuple[Touched, ...]
    sources: tuple[str, ...]
    names: Mapping[str, str]
    unsettled: tuple[str, ...]
    outcome: Outcome | None


def page(number: int, typed: Made | None = None) -> DeskPage:
    """The desk with the choices saved, or with those ``typed`` that were not (another member saved meanwhile)."""
    desk = open_desk(number)
    if typed is not None:
        desk = replace(desk, choices=typed.choices, reasons=typed.reasons)
    return _Drawing(desk, number_stale=typed is not None).page()


class _Drawing:
    """Draws a desk: every text printed with the labels of the base, new clauses with those they would have."""

    def __init__(self, desk: Desk, *, number_stale: bool) -> None:
        self.desk, self.base = desk, desk.base.constitution
        self.saved = Made(*kept(desk.composite)) if number_stale else None
        self.result = self._settled()
        self.shown: set[str] = set()
        self.labels, self.own = number(self.base), own_number(self.base)
        if self.result:
            book = self.result.constitution
            self.labels = number(book) | self.labels
            self.own = own_number(book) | self.own

    def page(self) -> DeskPage:
        """The whole."""
        groups: dict[str, list[Meeting]] = {}
        for one in self.desk.composition.meetings(self.desk.choices):
            groups.setdefault(one.clause or "", []).append(one)
        names = {source_name(one.number): one.version.title for one in self.desk.amendments}
        return DeskPage(
            self.desk,
            tuple(self._touched(clause, meetings) for clause, meetings in groups.items()),
            (*names, COMMITTEE),
            names,
            self._unsettled(),
            self._outcome() if self.result else None,
        )

    def _settled(self) -> Settled | None:
        try:
            return drafting_final.settled(self.desk)
        except OpenConflict:
            return None

    def _unsettled(self) -> tuple[str, ...]:
        """Everything in the way of freezing, in words."""
        open_ones = tuple(self._place(one.key) for one in self.desk.composition.unsettled(self.desk.choices))
        unreasoned = tuple(
            f"{self._place(key)}: the reason for the committee’s wording" for key in self.desk.unreasoned
        )
        if self.result is None and not open_ones:
            return (*unreasoned, self._impossible())
        return (*open_ones, *unreasoned)

    def _impossible(self) -> str:
        try:
            drafting_final.settled(self.desk)
        except OpenConflict as conflict:
            return str(conflict)
        return ""

    def _place(self, key: str) -> str:
        nature, *rest = key.split("/")
        clause = next((one for one in (rest[1:2] + rest[:1] if nature == "place" else rest) if one in self.base), "")
        where = f"Clause {self.labels[clause]}" if clause else "At the beginning"
        return f"{where}: {'new clauses' if nature == 'place' else 'heading' if 'heading' in rest else nature}"

    def _touched(self, clause: str, meetings: list[Meeting]) -> Touched:
        found = self.base[clause] if clause else None
        return Touched(
            clause or "beginning",
            f"Clause {self.labels[clause]}" if clause else "At the beginning",
            self._print(found.heading or found.text) if found else "",
            tuple(map(self._meeting, meetings)),
            tuple(self._question(each) for one in meetings for each in one.questions if self._first(each)),
        )

    def _first(self, question: Question) -> bool:
        """Whether the question has not been put yet: one may concern several clauses."""
        new = question.key not in self.shown
        self.shown.add(question.key)
        return new

    def _meeting(self, one: Meeting) -> ShownMeeting:
        whole = f"whole/{one.clause}/{one.part}" if one.act == "reword" else ""
        return ShownMeeting(
            act=ACTS[one.act],
            part=one.part,
            place=self._place_of(one),
            relation=one.relation.value,
            sources=self._names(one.sources),
            pieces=tuple(self._pieces(one)),
            looks=tuple(map(self._look, one.looks)),
            whole=whole,
            written=self._print(self.desk.choices.written.get(whole, "")),
            reason=self.desk.reasons.get(whole, ""),
        )

    def _place_of(self, one: Meeting) -> str:
        """Where a new clause comes, in words."""
        coming = (edit for edits in self.desk.composition.sides.values() for edit in edits if isinstance(edit, Insert))
        edit = next((edit for edit in coming if one.new and edit.clause.id == one.new.id), None)
        if edit is None:
            return ""
        if edit.after is not None:
            return f"after clause {self.labels.get(edit.after, '(a new clause)')}"
        return (
            f"first in clause {self.labels.get(edit.parent, '(a new clause)')}" if edit.parent else "at the beginning"
        )

    def _look(self, look: Look) -> str:
        names = " and ".join(self._names(look.sides))
        return f"{names} {LOOKS[look.reason]}: “{self._print(look.passage).strip()}”. Read it once as a whole."

    def _pieces(self, one: Meeting) -> list[Piece]:
        """The words as they merge, the words at issue in their place; of a new or struck clause its text."""
        if one.merged is None:
            found = one.new or (self.base[one.clause] if one.clause else None)
            return [Piece(self._whole(found), self._names(one.sources) if one.new else ())] if found else []
        pieces: list[Piece] = []
        conflicts = 0
        for part in one.merged.pieces:
            if isinstance(part, tuple):
                pieces += self._words(part)
            else:
                conflicts += 1
                pieces.append(Piece(self._print(part.base), (), conflicts))
        return pieces

    def _words(self, words: tuple[Word, ...]) -> list[Piece]:
        return [Piece(self._print(span.text), self._names(span.sources)) for span in spans(words)]

    def _whole(self, clause: Clause) -> str:
        return "\n".join(self._print(text) for one in clause.walk() for text in (one.heading, one.text) if text)

    def _question(self, question: Question) -> ShownQuestion:
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
                    self._names(one.sources),
                    picked == one,
                    self._position(one.key, order, answered=answered),
                )
                for one in listed
            ),
            own=own is not None or choices.picked.get(key) == OWN,
            written=self._print(choices.written.get(key, "")),
            reason=self.desk.reasons.get(key, ""),
            settled=answered,
            theirs=self._theirs(question),
        )

    def _asked(self, question: Question) -> str:
        if question.nature is not Nature.WORDS:
            return ASKED[question.nature]
        where = int(question.key.rpartition("/")[2]) + 1
        return f"Which words at place {where}{' of the heading' if question.part == 'heading' else ''}?"

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
            return self._print(own)
        chosen = saved.order(question) or tuple(filter(None, [saved.pick(question)]))
        return ", then ".join(self._said(question, one.key, one.text) for one in chosen) or "nothing yet"

    def _said(self, question: Question, key: str, text: str) -> str:
        if question.nature in {Nature.WORDS, Nature.PLACE}:
            return self._print(text) or "(nothing there)"
        if key in DONE:
            return DONE[key]
        clause = key.removeprefix("stay-")
        if question.nature is Nature.CYCLE:
            return f"Leave clause {self.labels.get(clause, '')} where it is"
        parent, _, after = key.partition("/")
        if after:
            return f"Move it to after clause {self.labels.get(after, '(a new clause)')}"
        return (
            f"Move it to the beginning of clause {self.labels.get(parent, '(a new clause)')}"
            if parent
            else "Move it first"
        )

    def _outcome(self) -> Outcome:
        assert self.result is not None
        book = self.result.constitution
        rows = redline(self.base, book)
        labels, own = number(book), own_number(book)
        words = {
            clause: tuple(Span(show(span.text, labels, own), span.sources) for span in spans(each))
            for clause, each in self.result.words.items()
        }
        return Outcome(
            tuple(one for one in rows if one.change not in {Change.KEPT, Change.RENUMBERED}),
            tuple(one for one in rows if one.change is Change.RENUMBERED),
            words,
            self.result.committee_words,
            tuple(self._not_followed()),
            check(self.base, book),
        )

    def _not_followed(self) -> list[str]:
        assert self.result is not None
        return [
            f"{' and '.join(self._names(one.sources))}: {' '.join(instruction((one.edit,), self.base))}"
            for one in self.result.set_aside
        ]

    def _names(self, sources: frozenset[str]) -> tuple[str, ...]:
        order = [source_name(one.number) for one in self.desk.amendments]
        return tuple(sorted(sources, key=lambda one: order.index(one) if one in order else len(order)))

    def _print(self, text: str) -> str:
        return show(text, self.labels, self.own)
