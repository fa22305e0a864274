"""A proposal begun on an earlier edition or version, brought to what stands now without losing a typed word."""

from __future__ import annotations

from dataclasses import replace

import store
import store.amendments
from constitution.clause import Constitution
from constitution.merge import merge
from constitution.numbering import number, own_number
from constitution.references import bind_text, show
from services import reading
from services.basing import basis
from services.proposal import Act, Change, Proposal


def renewed(proposal: Proposal) -> Proposal:
    """The same words on the edition in force, and on the version that stands of the amendment they are about.

    A clause that is gone keeps its card, and the form says so.

    A text the member left alone becomes today's text. A text the member changed takes up what others changed
    elsewhere in it; where both changed the same words the member's stay, and the redline shows what they replace.
    """
    there = replace(proposal, base=reading.edition().number)
    if proposal.on:
        there = _on_standing(there, store.amendments.by_number(proposal.on))
    old, now = basis(proposal).text, basis(there).text
    return replace(there, changes=tuple(_carried(one, old, now) for one in proposal.changes))


def _on_standing(proposal: Proposal, amendment: store.amendments.Amendment) -> Proposal:
    """On the version that stands; a change of the former one that was taken out stays out where it is still made."""
    then = next((one for one in amendment.versions if one.n == proposal.version), amendment.version)
    out = {edit for n, edit in enumerate(then.edits) if n in proposal.undone}
    undone = tuple(n for n, edit in enumerate(amendment.version.edits) if edit in out)
    return replace(proposal, version=amendment.version.n, undone=undone)


def _carried(change: Change, old: Constitution, now: Constitution) -> Change:
    if change.clause not in old or change.clause not in now:
        return change
    heading, text = (_bound(typed, change, old) for typed in (change.heading, change.text))
    if change.act is Act.REWORD:
        before, after = old[change.clause], now[change.clause]
        heading = _merged(before.heading, heading, after.heading)
        text = _merged(before.text, text, after.text)
    labels, own = number(now), own_number(now)
    return replace(change, heading=show(heading, labels, own), text=show(text, labels, own))


def _bound(typed: str, change: Change, old: Constitution) -> str:
    """The typed text with the labels it was typed against bound to their clauses, so that they follow."""
    text = typed.replace("\r\n", "\n").strip()
    if change.act is Act.REWORD:
        clause, labels, own = old[change.clause], number(old), own_number(old)
        for stored in (clause.text, clause.heading):
            if text == show(stored, labels, own):
                return stored
    return bind_text(text, old, change.clause)


def _merged(before: str, typed: str, after: str) -> str:
    if typed == before:
        return after
    merged = merge(before, {"member": typed, "edition": after}).text
    return typed if merged is None else merged
