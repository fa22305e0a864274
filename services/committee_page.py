"""What the committee's desk shows: the seconded amendments by what they meet in, composites and drafts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import store
import store.amendments
import store.composites
import store.drafts
from amendments.edit import touched
from amendments.states import State
from services import proposal_page, reading


@dataclass(frozen=True, slots=True)
class Meeting:
    """Amendments that meet: each shares a clause with another of them. ``clauses`` are what they touch, in words."""

    clauses: tuple[str, ...]
    amendments: tuple[store.amendments.Amendment, ...]


@dataclass(frozen=True, slots=True)
class CommitteePage:
    """What waits, what is on the desk, and what was frozen."""

    meetings: tuple[Meeting, ...]
    composites: tuple[store.composites.Composite, ...]
    drafts: tuple[store.drafts.Draft, ...]


def page() -> CommitteePage:
    """The desk as it stands."""
    composites = store.composites.listing()
    return CommitteePage(
        meetings(store.amendments.listing(state=State.SECONDED)),
        tuple(one for one in composites if one.state == "open"), store.drafts.listing(),
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
    rows = {one.id: (n, proposal_page.in_a_line(one)) for n, one in enumerate(reading.shown(reading.edition().constitution))}
    found = [(sorted(rows[one] for one in clauses if one in rows), members) for clauses, members in groups]
    found.sort(key=lambda group: group[0][:1])
    return tuple(
        Meeting(tuple(line for _, line in lines), tuple(sorted(members, key=lambda one: one.number)))
        for lines, members in found
    )
