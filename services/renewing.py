"""A proposal begun on an earlier edition or version, brought to what stands now without losing a typed word.

A text the member left alone becomes the text that stands now. A text the member changed takes up what others changed
elsewhere in it; where both changed the same words the member's stay, and the member is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import store
import store.amendments
from amendments.edit import Edit
from amendments.wording import PARTS, words_of
from constitution.clause import Clause, Constitution
from constitution.merge import merge
from constitution.numbering import number, own_number
from constitution.references import bind_text, show
from services import reading
from services.basing import basis
from services.proposal import Act, Change, Proposal

SAID = ("title", "reason")


@dataclass(frozen=True, slots=True)
class Differing:
    """A text that both the member and somebody else have changed since the member began, by the field it is typed in.

    ``then``, ``now`` (None where the clause is gone) and ``wanted`` are as printed. ``clash``: the same words were changed.
    """

    field: str
    label: str
    then: str
    now: str | None
    wanted: str
    clash: bool


def renewed(proposal: Proposal) -> Proposal:
    """The same words on the edition in force, and on the version that stands of the amendment they are about.

    A clause that is gone keeps its card, and the form says so.
    """
    there = _standing(proposal)
    old, now = basis(proposal).text, basis(there).text
    said = {name: _merged(*sides)[0] for name, sides in _said(proposal).items()}
    return replace(there, changes=tuple(_carried(one, old, now) for one in proposal.changes), **said)


def differing(proposal: Proposal) -> tuple[Differing, ...]:
    """Every text that was changed on both sides; raises Unacceptable where what stands now gives no text."""
    old, now = basis(proposal).text, basis(_standing(proposal)).text
    said = (_differing(name, name.capitalize(), *sides) for name, sides in _said(proposal).items())
    changes = (one for n, change in enumerate(proposal.changes) for one in _changed(n, change, old, now))
    return tuple(one for one in (*said, *changes) if one)


def as_it_stands(proposal: Proposal, field: str) -> Proposal:
    """The proposal with the words that stand now in one of its fields, as ``Differing`` names it."""
    if field in SAID and proposal.on:
        standing = store.amendments.by_number(proposal.on).version
        return replace(proposal, **{field: getattr(standing, field)})
    now = basis(proposal).text
    return replace(
        proposal, changes=tuple(_standing_in(one, f"changes-{n}", field, now) for n, one in enumerate(proposal.changes))
    )


def _standing(proposal: Proposal) -> Proposal:
    """The proposal on what stands now, its words as they were typed.

    What the member took out of the amendment stays out where the amendment still does it, in other words too.
    """
    there = replace(proposal, base=reading.edition().number)
    if not proposal.on:
        return there
    amendment = store.amendments.by_number(proposal.on)
    out = {_what(edit) for n, edit in enumerate(_begun(proposal, amendment).edits) if n in proposal.undone}
    undone = tuple(n for n, edit in enumerate(amendment.version.edits) if _what(edit) in out)
    return replace(there, version=amendment.version.n, undone=undone)


def _begun(proposal: Proposal, amendment: store.amendments.Amendment) -> store.amendments.Version:
    return next((one for one in amendment.versions if one.n == proposal.version), amendment.version)


def _what(edit: Edit) -> tuple[type[Edit], str]:
    """What an edit does to which clause, whatever its words."""
    return type(edit), edit.clause.id if isinstance(edit.clause, Clause) else edit.clause


def _said(proposal: Proposal) -> dict[str, tuple[str, str, str]]:
    """The title and the reason of an amendment that gets its next text: then, as typed, and now."""
    if not proposal.revises:
        return {}
    amendment = store.amendments.by_number(proposal.on)
    begun, stands = _begun(proposal, amendment), amendment.version
    return {name: (getattr(begun, name), _plain(getattr(proposal, name)), getattr(stands, name)) for name in SAID}


def _changed(n: int, change: Change, old: Constitution, now: Constitution) -> Iterator[Differing | None]:
    if change.act is not Act.REWORD or change.clause not in old:
        return
    labels = number(old)
    for part, (before, typed, after) in _sides(change, old, now).items():
        label = f"{'Heading of clause' if part == PARTS[0] else 'Clause'} {labels[change.clause]}"
        found = _differing(f"changes-{n}-{part}", label, before, typed, after)
        yield found and replace(
            found, then=_printed(before, old), now=after and _printed(after, now), wanted=_plain(getattr(change, part))
        )


def _differing(field: str, label: str, before: str, typed: str, after: str | None) -> Differing | None:
    if before == after or typed in {before, after}:
        return None
    return Differing(field, label, before, after, typed, clash=_merged(before, typed, after)[1])


def _standing_in(change: Change, at: str, field: str, now: Constitution) -> Change:
    part = field.removeprefix(f"{at}-")
    if part not in PARTS or change.clause not in now:
        return change
    return replace(change, **{part: _printed(words_of(now[change.clause], part), now)})


def _sides(change: Change, old: Constitution, now: Constitution) -> dict[str, tuple[str, str, str | None]]:
    """The heading and the text of a clause that is reworded: then, as typed, and now (None: it is gone), as stored."""
    before, after = old[change.clause], now.by_id.get(change.clause)
    return {
        part: (words_of(before, part), _bound(getattr(change, part), change, old), after and words_of(after, part))
        for part in PARTS
    }


def _carried(change: Change, old: Constitution, now: Constitution) -> Change:
    if change.clause not in old or change.clause not in now:
        return change
    if change.act is Act.REWORD:
        words = {part: _merged(*sides)[0] for part, sides in _sides(change, old, now).items()}
    else:
        words = {part: _bound(getattr(change, part), change, old) for part in PARTS}
    return replace(change, **{part: _printed(text, now) for part, text in words.items()})


def _printed(text: str, book: Constitution) -> str:
    return show(text, number(book), own_number(book))


def _bound(typed: str, change: Change, old: Constitution) -> str:
    """The typed text with the labels it was typed against bound to their clauses, so that they follow."""
    text = _plain(typed)
    if change.act is Act.REWORD:
        clause, labels, own = old[change.clause], number(old), own_number(old)
        for stored in (clause.text, clause.heading):
            if text == show(stored, labels, own):
                return stored
    return bind_text(text, old, change.clause)


def _plain(typed: str) -> str:
    return typed.replace("\r\n", "\n").strip()


def _merged(before: str, typed: str, after: str | None) -> tuple[str, bool]:
    """The words with what both sides changed, and whether they changed the same ones, so that those typed stay."""
    if after is None:
        return typed, True
    if typed == before:
        return after, False
    merged = merge(before, {"member": typed, "standing": after}).text
    return (typed, True) if merged is None else (merged, False)
