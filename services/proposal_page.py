"""What the form for a proposal shows: the clauses it starts from, and what else touches them."""

from __future__ import annotations

from dataclasses import dataclass

import store
import store.amendments
import store.editions
from amendments.seconding import Standing
from rulebook.rules import Rulebook
from services import reading, supporting
from services.proposal import Act, Change, Proposal
from services.reading import ShownClause

LINE = 60  # characters of a clause that a list shows
MANY_BELOW = 40  # a clause with more than this below it offers only its own children for rewording

HEADINGS = {
    Act.REWORD: "Change clause {label}",
    Act.STRIKE: "Strike clause {label}",
    Act.ADD_AFTER: "A new clause after clause {label}",
    Act.ADD_BEFORE: "A new clause before clause {label}",
    Act.ADD_BELOW: "A new clause at the end of clause {label}",
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
class ProposalPage:
    """The form: its cards in the order of the changes, the clauses to choose from, and open amendments that meet it."""

    base: store.editions.Edition
    in_force: store.editions.Edition
    cards: tuple[Card, ...]
    clauses: tuple[tuple[str, str], ...]
    others: tuple[store.amendments.Amendment, ...]
    rules: Rulebook
    standing: Standing

    @property
    def outdated(self) -> bool:
        """Whether a newer edition has come into force since the form was opened."""
        return self.base.number != self.in_force.number


def start(clause_id: str | None, act: Act) -> Proposal:
    """A proposal nobody has typed anything into yet, on the edition in force; raises UnknownClause."""
    edition = reading.edition()
    return Proposal(edition.number, begun(edition, clause_id, act) if clause_id else ())


def begun(edition: store.editions.Edition, clause_id: str, act: Act) -> tuple[Change, ...]:
    """The changes that choosing a clause opens: rewording also offers what is below it."""
    clause = edition.constitution[clause_id]
    if act is not Act.REWORD:
        return (Change(act, clause_id),)
    below = tuple(clause.walk())
    offered = below if len(below) <= MANY_BELOW else (clause, *clause.children)
    rows = {one.id: one for one in reading.shown(edition.constitution)}
    return tuple(Change(act, one.id, rows[one.id].heading, rows[one.id].text) for one in offered)


def page(proposal: Proposal) -> ProposalPage:
    """Everything the form shows around what was typed."""
    base = store.editions.load(proposal.base)
    rows = {one.id: one for one in reading.shown(base.constitution)}
    return ProposalPage(
        base=base,
        in_force=reading.edition(),
        cards=_cards(proposal, base, rows),
        clauses=tuple((one.id, in_a_line(one)) for one in rows.values()),
        others=_others(proposal),
        rules=reading.rules(),
        standing=supporting.nobody_yet(),
    )


def in_a_line(clause: ShownClause) -> str:
    """A clause as one line of a list: its number and how it begins."""
    words = " ".join((clause.heading or clause.text).split())
    return f"{clause.label} {words if len(words) <= LINE else words[: LINE - 1].rstrip() + '…'}"


def _cards(proposal: Proposal, base: store.editions.Edition, rows: dict[str, ShownClause]) -> tuple[Card, ...]:
    reworded: set[str] = set()
    cards = []
    for change in proposal.changes:
        above = {one.id for one in base.constitution.ancestors(change.clause)} if change.clause in rows else set()
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
    if change.act is Act.STRIKE:
        return False
    return bool(change.heading) or bool(clause and clause.heading)


def _asks_text(change: Change, clause: ShownClause | None) -> bool:
    """A clause that is only a heading over others has no text of its own to change."""
    if change.act is Act.STRIKE:
        return False
    only_heading = clause is not None and bool(clause.heading) and clause.has_children and not clause.text
    return not (change.act is Act.REWORD and only_heading and not change.text)


def _others(proposal: Proposal) -> tuple[store.amendments.Amendment, ...]:
    wanted = {change.clause for change in proposal.changes}
    meeting = {
        number for clause, numbers in reading.touched_clauses().items() if clause in wanted for number in numbers
    }
    return tuple(one for one in reading.open_amendments() if one.number in meeting)
