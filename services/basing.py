"""The text that a proposal starts from: an edition, or that edition as another amendment would have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import store
import store.amendments
import store.editions
from amendments.edit import Edit, EditConflict, Reword, rebuilt
from amendments.rebase import LOST, Placement
from constitution.clause import Constitution
from services import reading
from services.placing import place
from services.proposal import Proposal, Unacceptable


@dataclass(frozen=True, slots=True)
class Basis:
    """``text`` is what the member edits; ``whole`` what the redline is against, ``edits`` what lies between.

    For a proposal of its own all three are the edition. For an amendment of A7, ``whole`` is the edition as A7 would
    have it, and ``text`` the same without those changes of A7 that the member takes out. For a new text of A7 itself
    ``whole`` is the edition. ``lost`` are the changes of A7 that this edition has no place for any more.
    """

    edition: store.editions.Edition
    text: Constitution
    whole: Constitution
    edits: tuple[Edit, ...] = ()
    amendment: store.amendments.Amendment | None = None
    version: store.amendments.Version | None = None
    lost: tuple[tuple[int, Edit, str], ...] = ()


def basis(proposal: Proposal) -> Basis:
    """What a proposal starts from; raises Unacceptable where the amendment it is about gives no text."""
    edition = store.editions.load(proposal.base)
    if not proposal.on:
        return Basis(edition, edition.constitution, edition.constitution)
    amendment = store.amendments.by_number(proposal.on)
    version = next((one for one in amendment.versions if one.n == proposal.version), amendment.version)
    placement = place(version, edition)
    kept, lost = _sorted(version, placement)
    if lost and not proposal.revises:
        said = f"A{amendment.number} does not fit the edition in force, so it cannot be amended: {lost[0][2]}"
        raise Unacceptable({"changes": said})
    chosen = [edit for n, edit in kept if n not in proposal.undone]
    text = _built(chosen, edition)
    whole = edition.constitution if proposal.revises else _built([edit for _, edit in kept], edition)
    return Basis(edition, text, whole, tuple(chosen), amendment, version, lost)


def newest(version: store.amendments.Version) -> int:
    """The edition on which a text is to be changed now."""
    return max(version.base_edition, reading.edition().number)


def _sorted(
    version: store.amendments.Version, placement: Placement | None
) -> tuple[list[tuple[int, Edit]], tuple[tuple[int, Edit, str], ...]]:
    """The edits as they stand there, by their place in the amendment; and those that have none, with the reason."""
    if placement is None:
        return list(enumerate(version.edits)), ()
    lost = tuple((n, edit, said) for n, (edit, state, said) in enumerate(placement.each) if state in LOST)
    kept = [(n, edit) for n, edit in enumerate(placement.carried) if edit is not None]
    return kept, lost


def _built(edits: Sequence[Edit], edition: store.editions.Edition) -> Constitution:
    try:
        return rebuilt(edits, edition.constitution)
    except (EditConflict, LookupError) as refusal:
        said = f"These changes do not stand without one that is taken out: {refusal}"
        raise Unacceptable({"changes": said}) from refusal


def theirs(lost: Edit) -> tuple[str, str]:
    """The heading and text that a change with no place wanted; empty where it wanted none."""
    return (lost.heading or "", lost.text) if isinstance(lost, Reword) else ("", "")
