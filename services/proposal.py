"""What a member typed, turned into edits; everything that is wrong with it, said beside its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from amendments.edit import Edit, Insert, Move, NothingChanged, Reword, Strike
from constitution.clause import Clause, Constitution, Kind
from constitution.numbering import number, own_number
from constitution.references import bind_text, show
from constitution.tokens import ForbiddenCharacter, normalise, word_count
from rulebook.rules import Rulebook


class Act(StrEnum):
    """What a member wants to do with a clause."""

    ADD_AFTER = "add-after"
    ADD_BEFORE = "add-before"
    ADD_BELOW = "add-below"
    MOVE = "move"
    REWORD = "reword"
    STRIKE = "strike"


@dataclass(frozen=True, slots=True)
class Change:
    """One change as typed: the clause it starts from, and the heading and text wanted there.

    A move has its place (``place``: after, before or below) beside another clause (``to``).
    """

    act: Act
    clause: str
    heading: str = ""
    text: str = ""
    place: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything a member typed, and the edition it was read from.

    With ``on``, the number of an amendment, it changes what ``version`` (its n) of that says, less those of its changes
    that are ``undone``: as an amendment of it, or (``revises``) as its next text, with a ``note`` why. ``relation`` and
    ``other`` say how it stands to another amendment; with ``for_body`` an officer moves it by a decision of the day
    ``decided`` (ISO) and its ``minute``. ``key`` and ``revision`` are those of the unfinished proposal it is saved as.
    """

    base: int
    changes: tuple[Change, ...]
    title: str = ""
    reason: str = ""
    on: int = 0
    version: int = 0
    revises: bool = False
    undone: tuple[int, ...] = ()
    note: str = ""
    relation: str = ""
    other: str = ""
    for_body: bool = False
    decided: str = ""
    minute: str = ""
    key: str = ""
    revision: int = 0


PLACES = ("after", "before", "below")


def forbidden(proposal: Proposal) -> dict[str, str]:
    """The characters that no text may hold, by the field they were typed into."""
    typed = {name: getattr(proposal, name) for name in ("title", "reason", "note", "minute")}
    for n, change in enumerate(proposal.changes):
        typed |= {f"changes-{n}-heading": change.heading, f"changes-{n}-text": change.text}
    return {name: said for name, text in typed.items() if (said := _forbidden(text))}


def _forbidden(typed: str) -> str:
    try:
        normalise(typed)
    except ForbiddenCharacter as refusal:
        return str(refusal)
    return ""


class Unacceptable(ValueError):
    """What is wrong with a proposal, by field: "title", "reason", "changes", "changes-0-text" ..."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


class Reader:
    """Reads a proposal against its base edition, collecting problems instead of stopping at the first."""

    def __init__(self, base: Constitution, rules: Rulebook, new_id: Callable[[], str]) -> None:
        self.base, self.rules, self.new_id = base, rules, new_id
        self.labels, self.own = number(base), own_number(base)
        self.problems: dict[str, str] = {}

    def edits(self, changes: tuple[Change, ...], *, some: bool = True) -> tuple[Edit, ...]:
        """The edits that the changes ask for; a text left as it is asks for none, and ``some`` are wanted."""
        made = [edit for n, change in enumerate(changes) if (edit := self._edit(change, f"changes-{n}"))]
        if not made and some and not self.problems:
            self.problems["changes"] = str(NothingChanged())
        return tuple(made)

    def line(self, name: str, typed: str, words: int) -> str:
        """A title or a reason: present, allowed, and not too long."""
        text = self._allowed(name, typed)
        if not text:
            self.problems.setdefault(name, f"Enter a {name}")
        elif word_count(text) > words:
            self.problems[name] = f"The {name} is {word_count(text)} words long; the limit is {words} words"
        return text

    def finish(self) -> None:
        """Raise what was collected."""
        if self.problems:
            raise Unacceptable(self.problems)

    def _edit(self, change: Change, field: str) -> Edit | None:
        if change.clause not in self.base:
            self.problems[field] = "This clause is no longer in the edition you started from"
            return None
        if change.act is Act.STRIKE:
            return Strike(change.clause)
        if change.act is Act.REWORD:
            return self._reword(self.base[change.clause], change, field)
        return self._move(change, field) if change.act is Act.MOVE else self._insert(change, field)

    def _move(self, change: Change, field: str) -> Edit | None:
        if change.to not in self.base or change.place not in PLACES:
            self.problems[f"{field}-to"] = "Choose where the clause is to stand"
            return None
        within = {one.id for one in self.base[change.clause].walk()}
        if change.to in within:
            self.problems[f"{field}-to"] = "A clause cannot be moved beside or below itself. Choose another place"
            return None
        parent, after = self._beside(Act(f"add-{change.place}"), change.to, change.clause)
        here = [one.id for one in self.base.siblings(parent)]
        stands = change.clause in here and (here[here.index(change.clause) - 1] if here[0] != change.clause else None)
        if change.clause in here and stands == after:
            self.problems[f"{field}-to"] = "The clause stands there already. Choose another place"
            return None
        return Move(change.clause, parent, after)

    def _reword(self, clause: Clause, change: Change, field: str) -> Edit | None:
        heading = self._typed(f"{field}-heading", change.heading, clause.heading, clause.id)
        text = self._typed(f"{field}-text", change.text, clause.text, clause.id)
        if (heading, text) == (clause.heading, clause.text):
            return None
        if not heading and not text and not clause.children:
            self.problems.setdefault(
                f"{field}-text", "Nothing is left of this clause. To take it out, choose to strike it"
            )
            return None
        return Reword(clause.id, text, heading if heading != clause.heading else None)

    def _insert(self, change: Change, field: str) -> Edit | None:
        heading = self._typed(f"{field}-heading", change.heading, "", change.clause)
        text = self._typed(f"{field}-text", change.text, "", change.clause)
        if not text and not heading:
            self.problems.setdefault(f"{field}-text", "Enter the text of the new clause")
            return None
        neighbour = self.base[change.clause]
        like = neighbour.children[-1:] if change.act is Act.ADD_BELOW else (neighbour,)
        return Insert(*self._beside(change.act, change.clause), self._new_clause(like, heading, text))

    def _beside(self, act: Act, clause: str, but: str = "") -> tuple[str | None, str | None]:
        """(parent, the clause before) of a place beside a clause or at its end; ``but`` is not there to stand after."""
        parent = clause if act is Act.ADD_BELOW else self.base.parents[clause]
        ids = [one.id for one in self.base.siblings(parent) if one.id != but]
        if act is Act.ADD_BELOW:
            return parent, ids[-1] if ids else None
        place = ids.index(clause) + (act is Act.ADD_AFTER)
        return parent, ids[place - 1] if place else None

    def _new_clause(self, like: tuple[Clause, ...], heading: str, text: str) -> Clause:
        """A clause of the kind of its neighbour. Under a heading the text stands as a paragraph of its own."""
        kind = like[0].kind if like else Kind.PARAGRAPH
        if heading and text:
            below = Clause(self.new_id(), Kind.PARAGRAPH, text=text)
            return Clause(self.new_id(), kind, heading=heading, children=(below,))
        return Clause(self.new_id(), kind, heading=heading, text=text)

    def _typed(self, field: str, typed: str, stored: str, clause_id: str) -> str:
        """The typed text in stored form. What was not touched keeps its stored form to the letter."""
        text = self._allowed(field, typed)
        if text == show(stored, self.labels, self.own):
            return stored
        return bind_text(text, self.base, clause_id)

    def _allowed(self, field: str, typed: str) -> str:
        if len(typed) > self.rules.text_chars:
            self.problems[field] = f"This text has {len(typed):,} characters; the limit is {self.rules.text_chars:,}"
            return ""
        if said := _forbidden(typed):
            self.problems[field] = said
            return ""
        return normalise(typed).strip()
