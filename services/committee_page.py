"""What the committee's desk shows: the amendments that wait by what they meet in, composites and drafts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import store
import store.amendments
import store.composites
import store.drafts
from amendments.edit import touched
from amendments.states import WAITING
from services import admitting, proposal_page, reading

MOST_LABELS = 12
MANY = 100  # amendments on one page; of more, those that meet come first


@dataclass(frozen=True, slots=True)
class Meeting:
    """Amendments that meet: each shares a clause with another of them. ``where`` is what they touch, in words."""

    where: str
    amendments: tuple[store.amendments.Amendment, ...]


@dataclass(frozen=True, slots=True)
class CommitteePage:
    """What waits, what is on the desk (``on_desk``: amendment -> open composite), and what was frozen.

    ``waiting`` counts all that wait and are on no desk; ``not_yet`` says of those shown why they may not be merged yet.
    """

    meetings: tuple[Meeting, ...]
    waiting: int
    more: int
    not_yet: Mapping[int, str]
    on_desk: Mapping[int, int]
    composites: tuple[store.composites.Composite, ...]
    drafts: tuple[store.drafts.DraftLine, ...]


def page(now: datetime) -> CommitteePage:
    """The desk as it stands."""
    composites = tuple(one for one in store.composites.listing() if one.state == "open")
    on_desk = {number: one.number for one in composites for number in one.amendments}
    groups = meeting(store.amendments.standing_in(WAITING), store.amendments.touched_by(WAITING))
    shown = list(_as_many(sorted(groups, key=len, reverse=True) if sum(map(len, groups)) > MANY else groups))
    found = {one.number: one for one in store.amendments.by_numbers([number for group in shown for number in group])}
    rows = {one.id: (n, one) for n, one in enumerate(reading.shown(reading.edition().constitution))}
    met = (_meeting([found[number] for number in group], rows) for group in shown)
    waiting = [number for group in groups for number in group if number not in on_desk]
    return CommitteePage(
        tuple(one for _, one in sorted(met, key=lambda placed: placed[0])),
        len(waiting),
        sum(map(len, groups)) - len(found),
        admitting.unmergeable(found.values(), now),
        on_desk,
        composites,
        store.drafts.listing(),
    )


def all_waiting(now: datetime) -> tuple[int, ...]:
    """Every amendment that may be merged now and is on no desk yet."""
    on_desk = {number for one in store.composites.listing() if one.state == "open" for number in one.amendments}
    found = store.amendments.by_numbers(store.amendments.standing_in(WAITING).keys() - on_desk)
    return tuple(sorted({one.number for one in found} - admitting.unmergeable(found, now).keys()))


def meeting(numbers: Iterable[int], by_clause: Mapping[str, Sequence[int]]) -> list[list[int]]:
    """The numbers put together that touch a clause in common, also by way of others; each appears once."""
    above = {number: number for number in numbers}

    def head(number: int) -> int:
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    for here in by_clause.values():
        for other in here[1:]:
            above[head(other)] = head(here[0])
    groups: dict[int, list[int]] = {}
    for number in sorted(above):
        groups.setdefault(head(number), []).append(number)
    return list(groups.values())


def _as_many(groups: Iterable[list[int]]) -> Iterable[list[int]]:
    """As many of the groups as fit on a page, the last perhaps cut."""
    left = MANY
    for group in groups:
        if left > 0:
            yield group[:left]
            left -= len(group)


def _meeting(
    amendments: Sequence[store.amendments.Amendment], rows: Mapping[str, tuple[int, reading.ShownClause]]
) -> tuple[int, Meeting]:
    """A group with the place of its first clause in the text."""
    clauses = {clause for one in amendments for clause in touched(one.version.edits)}
    lines = sorted((rows[one] for one in clauses if one in rows), key=lambda line: line[0])
    return lines[0][0] if lines else -1, Meeting(_where([line for _, line in lines]), tuple(amendments))


def _where(clauses: Sequence[reading.ShownClause]) -> str:
    """One clause with how it begins; several by their numbers, of many the first."""
    if len(clauses) == 1:
        return f"Clause {proposal_page.in_a_line(clauses[0])}"
    labels = [one.label for one in clauses]
    if len(labels) > MOST_LABELS:
        return f"Clauses {', '.join(labels[: MOST_LABELS - 2])} and {len(labels) - MOST_LABELS + 2} more"
    return f"Clauses {', '.join(labels)}" if labels else "At the beginning"
