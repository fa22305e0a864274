"""The committee freezes a draft: a whole text, its redline, and a source for every word."""

from __future__ import annotations

import json
from datetime import datetime

import store
import store.amendments
import store.composites
import store.drafts
import store.log
from amendments.composite import Settled, settle
from amendments.states import WAITING, State
from constitution.clause import Constitution
from constitution.diff import plain
from constitution.digest import digest, text_digest
from constitution.redline import redline
from constitution.references import check
from members.permissions import Permission, require
from rulebook import kinds
from services import telling, timing
from services.compositing import Desk, open_desk


class CannotFreeze(ValueError):
    """Something in the way of a frozen draft, in a sentence."""


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

    With a ``revision``, only the choices that were shown under it (raises StaleRevision). Raises OpenConflict while
    anything is unsettled.
    """
    require(member.roles, Permission.MERGE)
    with store.transaction():
        timing.require_open(kinds.Act.MERGE, now)
        desk = open_desk(number)
        _check(desk)
        if revision not in {None, desk.composite.revision}:
            raise store.composites.StaleRevision(desk.composite)
        result = settled(desk)
        _refuse_dangling(desk.base.constitution, result.constitution)
        draft = _keep(desk, result, now)
        _take_up(desk, draft, now)
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
            },
        )
    return draft.number


def _check(desk: Desk) -> None:
    if desk.composite.state != "open":
        raise CannotFreeze(f"Composite {desk.composite.number} is no longer open.")
    gone = [str(one.number) for one in desk.amendments if one.state not in WAITING]
    if gone:
        raise CannotFreeze(f"These amendments are no longer seconded: {', '.join(gone)}. Start a new composite.")
    if desk.unreasoned:
        raise CannotFreeze("Give a reason for each of the committee's own wordings; members read it with the draft.")


def _refuse_dangling(before: Constitution, after: Constitution) -> None:
    dangling = [finding.message for finding in check(before, after) if finding.level == "error"]
    if dangling:
        raise CannotFreeze("The draft would leave references to nowhere: " + " ".join(dangling))


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


def _take_up(desk: Desk, draft: store.drafts.Draft, now: datetime) -> None:
    store.composites.set_state(desk.composite, "drafted")
    for amendment in desk.amendments:
        store.amendments.set_state(amendment, State.COMPOSITED, at=now, reason=f"Merged in draft {draft.number}")
    telling.frozen(draft, desk.amendments, now)
