"""What the desk of a composite shows: clause by clause what agrees, merges and conflicts, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from amendments.choices import answered
from amendments.composite import COMMITTEE, Mark, Meeting, Question, Settled, Summary
from amendments.edit import Insert
from amendments.instruction import instruction
from constitution.merge import Word
from constitution.numbering import number, own_number
from constitution.provenance import Span, spans
from constitution.redline import Change, RedlinedClause, redline
from constitution.references import Finding, check, show
from services import composing
from services.choosing import Made
from services.compositing import Desk, kept, open_desk, source_name
from services.desk_cards import Asked, Card, asked, cards, whole
from services.desk_questions import Asking, Print, ShownQuestion
from services.obstacles import LOOKS, Obstacle, obstacles, settled

FEW = 8  # clauses that stand on one page of the desk; of more, one at a time
OUTCOME = "outcome"
BEGINNING = "beginning"

ACTS = {"reword": "Reworded", "insert": "New clause", "strike": "Struck", "move": "Moved"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a merged text; ``conflict`` numbers the one that it is the words at issue of."""

    text: str
    sources: tuple[str, ...]
    conflict: int | None = None


@dataclass(frozen=True, slots=True)
class ShownMark:
    """A passage to be looked at: why, and whether somebody did (with a note, perhaps empty)."""

    key: str
    sentence: str
    looked: bool
    note: str


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """What happens to a clause (or a part of it): in words, and word by word with sources."""

    act: str
    part: str
    place: str
    relation: str
    settled: bool
    sources: tuple[str, ...]
    pieces: tuple[Piece, ...]
    marks: tuple[ShownMark, ...]
    whole: str
    written: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """A clause in the list at the side: how many amendments touch it, how much there is still to settle."""

    id: str
    name: str
    amendments: int
    open: int


@dataclass(frozen=True, slots=True)
class Touched:
    """A clause of the base: what is asked of it, what comes of that, and what the committee has to choose."""

    id: str
    name: str
    text: str
    cards: tuple[Card, ...]
    meetings: tuple[ShownMeeting, ...]
    questions: tuple[ShownQuestion, ...]


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
    """The desk: the list at the side, the clauses that are shown (all of a few, one of many, or none), the outcome.

    ``beside`` are the clauses before and after the one that is shown, for the links to them; ``many`` says that not all
    are on one page.
    """

    desk: Desk
    many: bool
    lines: tuple[Line, ...]
    shown: str
    beside: tuple[Line | None, Line | None]
    clauses: tuple[Touched, ...]
    sources: tuple[str, ...]
    names: Mapping[str, str]
    unsettled: tuple[Obstacle, ...]
    outcome: Outcome | None

    @property
    def whole(self) -> bool:
        """Whether all of it was worked out: of many clauses only for the outcome."""
        return not self.many or self.shown == OUTCOME

    @property
    def left(self) -> int:
        """How much is still to settle on all clauses that were counted."""
        return sum(one.open for one in self.lines)


def page(number: int, now: datetime, typed: Made | None = None, shown: str = "") -> DeskPage:
    """The desk with the choices saved, or with those ``typed`` that were not (another member saved meanwhile).

    ``shown`` is the id of the one clause wanted, "beginning" or "outcome"; without it, all of a few clauses or the first
    of many on which there is something to settle.
    """
    desk = open_desk(number)
    saved = Made(*kept(desk.composite))
    if typed is not None:
        desk = replace(desk, choices=typed.choices, reasons=typed.reasons)
    return _Drawing(desk, saved if typed else None, now, shown).page()


class _Drawing:
    """Draws a desk: every text printed with the labels of the base, new clauses with those they would have."""

    def __init__(self, desk: Desk, saved: Made | None, now: datetime, shown: str) -> None:
        self.now, self.wanted = now, shown
        self.desk, self.base = desk, desk.base.constitution
        self.alike = asked(desk.composition)
        self.many = len(self.alike) > FEW
        # Of many clauses, what all of them come to is worked out only for the page that shows it.
        self.whole = not self.many or shown == OUTCOME
        result = settled(desk) if self.whole else None
        self.result = result if isinstance(result, Settled) else None
        self.shown: set[str] = set()
        self.labels = number(self.base)
        own = own_number(self.base)
        if self.result:
            book = self.result.constitution
            self.labels, own = number(book) | self.labels, own_number(book) | own
        self.printing = Print(desk, self.labels, own)
        self.asking = Asking(desk, self.printing, saved)

    def page(self) -> DeskPage:
        """The list of all, and what of it is wanted."""
        alike, shown = self.alike, self.wanted
        summaries = self.desk.composition.summary(self.desk.choices, composing.AT_ONCE)
        lines = tuple(self._line(clause, alike[clause], summaries.get(clause)) for clause in alike)
        ids = {one.id: clause for one, clause in zip(lines, alike, strict=True)}
        if self.many and shown not in {*ids, OUTCOME}:
            shown = next((one.id for one in lines if one.open), lines[0].id)
        wanted = [ids[shown]] if shown in ids else [] if shown == OUTCOME else list(alike)
        touched = tuple(self._touched(one, alike[one]) for one in wanted)
        here = (asker.amendment for one in touched for card in one.cards for asker in card.askers)
        named = self.desk.amendments if self.whole else dict.fromkeys(here)
        names = {source_name(one.number): one.version.title for one in named}
        return DeskPage(
            self.desk,
            self.many,
            lines,
            shown if shown in {*ids, OUTCOME} else "",
            _beside(lines, shown),
            touched,
            (*names, COMMITTEE),
            names,
            obstacles(self.desk, self.now) if self.whole else (),
            self._outcome() if self.result and shown in {"", OUTCOME} else None,
        )

    def _line(self, clause: str, alike: Asked, summary: Summary | None) -> Line:
        left = summary.open + summary.looks if summary else 0
        return Line(clause or BEGINNING, self._name(clause), sum(map(len, alike.values())), left)

    def _name(self, clause: str) -> str:
        return f"Clause {self.labels.get(clause, '(a new clause)')}" if clause else "At the beginning"

    def _touched(self, clause: str, alike: Asked) -> Touched:
        meetings = self.desk.composition.meetings(self.desk.choices, clause)
        found = self.base.by_id.get(clause)
        return Touched(
            clause or BEGINNING,
            self._name(clause),
            whole(found, self.printing) if found and not found.children else "",
            cards(self.desk, clause, alike, self.printing),
            tuple(map(self._meeting, meetings)),
            tuple(self.asking.shown(each) for one in meetings for each in one.questions if self._first(each)),
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
            settled=all(answered(each, self.desk.choices) for each in one.questions),
            sources=self.printing.names(one.sources),
            pieces=tuple(self._pieces(one)),
            marks=tuple(map(self._mark, one.marks)),
            whole=whole,
            written=self.printing.text(self.desk.choices.written.get(whole, "")),
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

    def _mark(self, mark: Mark) -> ShownMark:
        look, looked = mark.look, self.desk.choices.looked
        names = " and ".join(self.printing.names(look.sides))
        sentence = f"{names} {LOOKS[look.reason]}: “{self.printing.text(look.passage).strip()}”."
        return ShownMark(mark.key, sentence, mark.key in looked, looked.get(mark.key, ""))

    def _pieces(self, one: Meeting) -> list[Piece]:
        """The words as they merge, the words at issue in their place; of a new or struck clause its text."""
        if one.merged is None:
            found = one.new or self.base.by_id.get(one.clause or "")
            return (
                [Piece(whole(found, self.printing), self.printing.names(one.sources) if one.new else ())]
                if found
                else []
            )
        settled = self.desk.composition.words(self.desk.choices, (one.clause or "", one.part))
        if settled is not None:
            return self._words(settled)
        pieces: list[Piece] = []
        conflicts = 0
        for part in one.merged.pieces:
            if isinstance(part, tuple):
                pieces += self._words(part)
            else:
                conflicts += 1
                pieces.append(Piece(self.printing.text(part.base), (), conflicts))
        return pieces

    def _words(self, words: tuple[Word, ...]) -> list[Piece]:
        return [Piece(self.printing.text(span.text), self.printing.names(span.sources)) for span in spans(words)]

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
            f"{' and '.join(self.printing.names(one.sources))}: {' '.join(instruction((one.edit,), self.base))}"
            for one in self.result.set_aside
        ]


def _beside(lines: tuple[Line, ...], shown: str) -> tuple[Line | None, Line | None]:
    """The clauses before and after the one that is shown."""
    place = next((n for n, one in enumerate(lines) if one.id == shown), None)
    if place is None:
        return None, None
    return lines[place - 1] if place else None, lines[place + 1] if place + 1 < len(lines) else None
