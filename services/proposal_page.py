"""What the form for a proposal shows: the clauses it starts from, and what else touches them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import store
import store.amendments
import store.editions
from amendments.edit import Edit, EditConflict, Reword, inserted
from amendments.instruction import instruction
from amendments.seconding import Standing
from constitution.clause import Constitution
from constitution.numbering import number as number_of
from constitution.numbering import own_number
from constitution.references import show
from rulebook.rules import Rulebook
from services import instruments, reading, supporting
from services.basing import Basis, basis, newest, theirs
from services.proposal import Act, Change, Proposal, Unacceptable
from services.reading import ShownClause
from services.renewing import Differing, differing

LINE = 60  # characters of a clause that a list shows
MANY_BELOW = 40  # a clause with more than this below it offers only its own children for rewording

WITHOUT_WORDS = frozenset({Act.STRIKE, Act.MOVE})
HEADINGS = {
    Act.REWORD: "Change clause {label}",
    Act.STRIKE: "Strike clause {label}",
    Act.ADD_AFTER: "A new clause after clause {label}",
    Act.ADD_BEFORE: "A new clause before clause {label}",
    Act.ADD_BELOW: "A new clause at the end of clause {label}",
    Act.MOVE: "Move clause {label}",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One change as the form shows it. ``below``: offered because a clause above it is being changed."""

    heading: str
    clause: ShownClause | None
    act: Act
    below: bool
    touched: bool
    asks_heading: bool
    asks_text: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One change of the amendment that is being changed: its place there, what it does in words, whether it goes."""

    n: int
    words: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Lost:
    """A change with no place in the edition in force: why, and the clause then, now, and as it was to be.

    The three are texts as printed; "" where there is none, and ``now`` None where there is no such clause.
    """

    label: str
    why: str
    then: str
    now: str | None
    wanted: str


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """The form: its cards in the order of the changes, and the clauses to choose from.

    ``amendment`` and ``version`` are what it changes, when that is not the edition; ``parts`` the changes of that
    version, each in words with whether it is still wanted; ``lost`` those that the edition has no place for any more;
    ``differing`` what others changed too since the form was opened.
    """

    base: store.editions.Edition
    in_force: store.editions.Edition
    cards: tuple[Card, ...]
    clauses: tuple[tuple[str, str], ...]
    rules: Rulebook
    standing: Standing
    amendment: store.amendments.Amendment | None = None
    version: store.amendments.Version | None = None
    parts: tuple[Part, ...] = ()
    lost: tuple[Lost, ...] = ()
    differing: tuple[Differing, ...] = ()

    @property
    def outdated(self) -> bool:
        """Whether a newer edition has come into force since the form was opened."""
        return self.base.number != self.in_force.number

    @property
    def superseded(self) -> bool:
        """Whether the amendment that it is about has got another text since the form was opened."""
        return self.amendment is not None and self.version != self.amendment.version


def start(clause_id: str | None, act: Act) -> Proposal:
    """A proposal nobody has typed anything into yet, on the edition in force; raises UnknownClause."""
    edition = reading.edition()
    return Proposal(edition.number, begun(edition.constitution, clause_id, act) if clause_id else ())


def start_on(number: int, *, revises: bool) -> Proposal:
    """A proposal that changes what another amendment says, or (``revises``) its next text, with nothing typed yet.

    Raises UnknownAmendment, or Unacceptable where it does not fit the edition in force.
    """
    amendment = store.amendments.by_number(number)
    version = amendment.version
    empty = Proposal(newest(version), (), on=number, version=version.n, revises=revises)
    if revises:
        empty = replace(empty, title=version.title, reason=version.reason)
    found = basis(empty)
    return replace(empty, changes=(*_of_lost(found), *_of_kept(found)))


def _of_kept(found: Basis) -> tuple[Change, ...]:
    """A card for each clause that the amendment rewords or adds."""
    rows = {one.id: one for one in reading.shown(found.text)}
    clauses = [one.clause for one in found.edits if isinstance(one, Reword)]
    clauses += inserted(found.edits)
    wanted = [rows[one] for one in dict.fromkeys(clauses) if one in rows]
    return tuple(Change(Act.REWORD, one.id, one.heading, one.text) for one in wanted)


def _of_lost(found: Basis) -> tuple[Change, ...]:
    """A card for each rewording that has no place any more, holding the words that were wanted."""
    labels, own = number_of(found.text), own_number(found.text)
    return tuple(
        Change(
            Act.REWORD,
            edit.clause,
            show(heading or found.text[edit.clause].heading, labels, own),
            show(text, labels, own),
        )
        for _, edit, _ in found.lost
        if isinstance(edit, Reword) and edit.clause in found.text
        for heading, text in (theirs(edit),)
    )


def begun(book: Constitution, clause_id: str, act: Act) -> tuple[Change, ...]:
    """The changes that choosing a clause opens: rewording also offers what is below it."""
    clause = book[clause_id]
    if act is not Act.REWORD:
        return (Change(act, clause_id),)
    below = tuple(clause.walk())
    offered = below if len(below) <= MANY_BELOW else (clause, *clause.children)
    rows = {one.id: one for one in reading.shown(book)}
    return tuple(Change(act, one.id, rows[one.id].heading, rows[one.id].text) for one in offered)


def page(proposal: Proposal) -> ProposalPage:
    """Everything the form shows around what was typed."""
    try:
        found = basis(proposal)
    except Unacceptable:  # said beside the changes; the form still shows everything that was typed
        found = basis(replace(proposal, on=0))
    rows = {one.id: one for one in reading.shown(found.text)}
    shown = ProposalPage(
        base=found.edition,
        in_force=reading.edition(),
        cards=_cards(proposal, found.text, rows),
        clauses=tuple((one.id, in_a_line(one)) for one in rows.values()),
        rules=reading.rules(),
        standing=_needs(found),
        amendment=found.amendment,
        version=found.version,
        parts=_parts(proposal, found),
        lost=tuple(_lost(one, found) for one in found.lost),
    )
    return replace(shown, differing=_differing(proposal)) if shown.outdated or shown.superseded else shown


def _differing(proposal: Proposal) -> tuple[Differing, ...]:
    try:
        return differing(proposal)
    except Unacceptable:  # said when the words are to be brought there
        return ()


def _needs(found: Basis) -> Standing:
    if found.amendment is None:
        return supporting.nobody_yet()
    try:
        return supporting.nobody_yet(instruments.depth_of(found.amendment) + 1)
    except instruments.TooDeep:
        return supporting.nobody_yet()


def _parts(proposal: Proposal, found: Basis) -> tuple[Part, ...]:
    """Each change of the amendment by itself, as the instruction says it on its own edition."""
    if found.version is None:
        return ()
    base = store.editions.load(found.version.base_edition).constitution
    gone = {n for n, _, _ in found.lost}
    return tuple(
        Part(n, _said(edit, base), n in proposal.undone) for n, edit in enumerate(found.version.edits) if n not in gone
    )


def _said(edit: Edit, base: Constitution) -> str:
    """One change in words; where it leans on another of its amendment, in fewer."""
    try:
        return " ".join(instruction((edit,), base))
    except (EditConflict, LookupError):
        return "A change that goes with another one of this amendment."


def _lost(one: tuple[int, Edit, str], found: Basis) -> Lost:
    _, edit, why = one
    assert found.version is not None
    clause = getattr(edit, "clause", None)
    name = clause if isinstance(clause, str) else None
    base = store.editions.load(found.version.base_edition).constitution
    label = number_of(base).get(name or "", "")
    return Lost(label, why, _printed(base, name), _printed(found.edition.constitution, name) or None, theirs(edit)[1])


def _printed(book: Constitution, clause: str | None) -> str:
    if clause is None or clause not in book:
        return ""
    return show(book[clause].text, number_of(book), own_number(book))


def in_a_line(clause: ShownClause) -> str:
    """A clause as one line of a list: its number and how it begins."""
    words = " ".join((clause.heading or clause.text).split())
    return f"{clause.label} {words if len(words) <= LINE else words[: LINE - 1].rstrip() + '…'}"


def _cards(proposal: Proposal, base: Constitution, rows: dict[str, ShownClause]) -> tuple[Card, ...]:
    reworded: set[str] = set()
    cards = []
    for change in proposal.changes:
        above = {one.id for one in base.ancestors(change.clause)} if change.clause in rows else set()
        cards.append(_card(change, rows.get(change.clause), below=change.act is Act.REWORD and bool(above & reworded)))
        if change.act is Act.REWORD:
            reworded.add(change.clause)
    return tuple(cards)


def _card(change: Change, clause: ShownClause | None, *, below: bool) -> Card:
    label = clause.label if clause else "that is gone"
    return Card(
        heading=HEADINGS[change.act].format(label=label),
        clause=clause,
        act=change.act,
        below=below,
        touched=_touched(change, clause),
        asks_heading=_asks_heading(change, clause),
        asks_text=_asks_text(change, clause),
    )


def _touched(change: Change, clause: ShownClause | None) -> bool:
    if clause is None or change.act is not Act.REWORD:
        return True
    return (_plain(change.heading), _plain(change.text)) != (_plain(clause.heading), _plain(clause.text))


def _plain(typed: str) -> str:
    return typed.replace("\r\n", "\n").strip()


def _asks_heading(change: Change, clause: ShownClause | None) -> bool:
    if change.act in WITHOUT_WORDS:
        return False
    return bool(change.heading) or bool(clause and clause.heading)


def _asks_text(change: Change, clause: ShownClause | None) -> bool:
    """A clause that is only a heading over others has no text of its own to change."""
    if change.act in WITHOUT_WORDS:
        return False
    only_heading = clause is not None and bool(clause.heading) and clause.has_children and not clause.text
    return not (change.act is Act.REWORD and only_heading and not change.text)
