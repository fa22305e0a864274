"""The committee freezes a draft: a whole text, its redline, a source for every word, a fate for every amendment."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import store
import store.accounts
import store.amendments
import store.composites
import store.drafts
import store.log
from amendments.composite import Settled, settle
from amendments.fates import TAKEN, Fate, Item
from amendments.states import State
from constitution.clause import Constitution
from constitution.diff import plain
from constitution.digest import digest, text_digest
from constitution.redline import redline
from members.permissions import Permission, require
from rulebook import kinds
from services import coverage, telling, timing
from services.compositing import Desk, open_desk
from services.obstacles import Obstacle, obstacles


class CannotFreeze(ValueError):
    """What is in the way of a frozen draft: every obstacle, each a sentence with the address of what to do."""

    def __init__(self, found: Sequence[Obstacle]) -> None:
        many = f"{len(found)} things are in the way of freezing. " if len(found) > 1 else ""
        super().__init__(many + " ".join(one.sentence for one in found))
        self.obstacles = tuple(found)


def settled(desk: Desk) -> Settled:
    """The desk's resulting text with the source of every word; raises OpenConflict."""
    return settle(desk.composition, desk.choices)


def redline_digest(old: Constitution, new: Constitution) -> str:
    """The digest of the redline that members, committee and delegates are shown."""
    rows = [
        [one.id, one.change.value, one.label_before, one.label_after, plain(one.heading), plain(one.text)]
        for one in redline(old, new)
    ]
    return text_digest(json.dumps(rows, ensure_ascii=False, separators=(",", ":")))


def freeze(member: store.members.Member, number: int, now: datetime, revision: int | None = None) -> int:
    """Freeze the composite as a draft against the edition in force; the draft's number.

    With a ``revision``, only the choices that were shown under it (raises StaleRevision). Raises CannotFreeze with
    everything that is in the way.
    """
    require(member.roles, Permission.MERGE)
    with store.transaction():
        timing.require_open(kinds.Act.MERGE, now)
        desk = open_desk(number)
        if revision not in {None, desk.composite.revision}:
            raise store.composites.StaleRevision(desk.composite)
        found = obstacles(desk, now)
        if found:
            raise CannotFreeze(found)
        result = settled(desk)
        items = coverage.of_desk(desk, now)
        draft = _keep(desk, result, now)
        store.accounts.keep(draft.number, items, coverage.account(desk).own_words(result))
        _take_up(desk, draft, items, now)
        store.log.append(
            at=now,
            actor=member.handle,
            act="freeze",
            subject=f"draft {draft.number}",
            payload={
                "composite": number,
                "base": desk.base.number,
                "digest": draft.digest,
                "redline": draft.redline_digest,
                "committee_words": result.committee_words,
                "provenance": store.drafts.provenance_digest(draft.provenance),
                "reasons": dict(desk.reasons),
                **_accounts(draft.number),
            },
        )
    return draft.number


def _accounts(draft: int) -> Mapping[str, Any]:
    """The coverage table and the committee's own words as kept, and the digest of the table."""
    kept = store.accounts.recorded(draft).get(draft, {"items": [], "words": []})
    return {**kept, "coverage": store.accounts.table_digest(kept["items"])}


def _keep(desk: Desk, result: Settled, now: datetime) -> store.drafts.Draft:
    provenance = {
        clause: [[word.text, sorted(word.sources)] for word in words] for clause, words in result.words.items()
    }
    return store.drafts.add(
        composite=desk.composite.number,
        base_edition=desk.base.number,
        title=desk.composite.title,
        constitution=result.constitution,
        digest=digest(result.constitution),
        redline_digest=redline_digest(desk.base.constitution, result.constitution),
        provenance=provenance,
        at=now,
    )


def _take_up(desk: Desk, draft: store.drafts.Draft, items: Sequence[Item], now: datetime) -> None:
    """What is in the draft is composited, what came too late has expired; what was left out waits as before."""
    store.composites.set_state(desk.composite, "drafted")
    amendments = {one.number: one for one in store.amendments.numbered([one.amendment for one in items])}
    steps = {}
    for one in items:
        amendment = amendments[one.amendment]
        if one.fate in TAKEN:
            part = " in part" if one.fate is Fate.IN_PART else ""
            steps[one.amendment] = State.COMPOSITED, f"Merged{part} in draft {draft.number}"
        elif one.fate is Fate.EXPIRED and amendment.state is State.SEEKING_SECONDERS:
            steps[one.amendment] = State.EXPIRED, one.reason
        if one.amendment in steps:
            state, reason = steps[one.amendment]
            store.amendments.set_state(amendment, state, at=now, reason=reason)
    telling.frozen(draft, items, amendments, steps, now)
