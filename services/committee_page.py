"""What the committee's desk shows: the seconded amendments by what they meet in, composites and drafts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import store
import store.amendments
import store.composites
import store.drafts
from amendments.edit import touched
from amendments.states import WAITING
from services import proposal_page, reading


@dataclass(frozen=True, slots=True)
class Meeting:
    """Amendments that meet: each shares a clause with another of them. ``where`` is what they touch, in words."""

    where: str
    amendments: tuple[store.amendments.Amendment, ...]


@dataclass(frozen=True, slots=True)
class CommitteePage:
    """What waits, what is on the desk (``on_desk``: amendment -> open composite), and what was frozen."""

    meetings: tuple[Meeting, ...]
    on_desk: Mapping[int, int]
    composites: tuple[store.composites.Composite, ...]
    drafts: tuple[store.drafts.Draft, ...]


def page() -> CommitteePage:
    """The desk as it stands."""
    composites = tuple(one for one in store.composites.listing() if one.state == "open")
    return CommitteePage(
        meetings(store.amendments.in_states(WAITING)),
        {number: one.number for one in composites for number in one.amendments},
        composites,
        store.drafts.listing(),
    )


def meetings(amendments: Iterable[store.amendments.Amendment]) -> tuple[Meeting, ...]:
    """The amendments put together that touch a clause in common, in the order of the text; each appears once."""
    groups: list[tuple[set[str], list[store.amendments.Amendment]]] = []
    for one in amendments:
        clauses, members = set(touched(one.version.edits)), [one]
        for group in [group for group in groups if group[0] & clauses]:
            groups.remove(group)
            clauses |= group[0]
            members = group[1] + members
        groups.append((clauses, members))
    rows = {one.id: (n, one) for n, one in enumerate(reading.shown(reading.edition().constitution))}
    found = [([rows[one] for one in rows if one in clauses], members) for clauses, members in groups]
    found.sort(key=lambda group: [n for n, _ in group[0]][:1])
    return tuple(
        Meeting(_where([clause for _, clause in lines]), tuple(sorted(members, key=lambda one: one.number)))
        for lines, members in found
    )


def _where(clauses: Sequence[reading.ShownClause]) -> str:
    """One clause with how it begins; several by their numbers."""
    if len(clauses) == 1:
        return f"Clause {proposal_page.in_a_line(clauses[0])}"
    return f"Clauses {', '.join(one.label for one in clauses)}" if clauses else "At the beginning"
