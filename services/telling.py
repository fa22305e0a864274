"""What is told of each act, to whom, and in which words. Each is called inside the act's transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

import store
import store.amendments
import store.drafts
import store.editions
import store.members
import store.notices
from amendments.seconding import Standing
from amendments.states import State, spoken
from members.notices import Kind, folded
from rulebook.rules import Stage
from services import notifying
from services.notifying import tell

REMEDIES = {
    State.REFUSED: "Its text stays readable there, with the reason. To ask for another ruling, write to the committee.",
    State.SECONDED: "It can be merged into another draft. There is nothing you have to do.",
    State.WITHDRAWN: "Its text stays readable there. Anybody may propose the same again.",
    State.OVERTAKEN: "If something of it is still wanted, propose that as an amendment of the edition now in force.",
}


def seconded_enough(amendment: store.amendments.Amendment, standing: Standing, at: datetime) -> None:
    """The mover learns that an amendment has its seconders."""
    tell(
        Kind.AMENDMENT_SECONDED_ENOUGH,
        f"amendment {amendment.number} version {amendment.version.n}",
        [amendment.mover],
        at,
        number=amendment.number,
        title=folded(amendment.title),
        support=next((one.sentence for one in standing.routes if one.met), standing.sentence),
        link=f"/amendments/{amendment.number}",
    )


def became(amendment: store.amendments.Amendment, state: State, reason: str, at: datetime) -> None:
    """The mover and the seconders learn what has become of an amendment, and why; but not who withdrew their own."""
    people = store.notices.people_of([amendment.number])
    withdrawn = state is State.WITHDRAWN
    tell(
        Kind.AMENDMENT_STATE,
        f"amendment {amendment.number} {state}",
        [one for one in people if not (withdrawn and one.id == amendment.mover.id)],
        at,
        number=amendment.number,
        title=folded(amendment.title),
        state=spoken(state),
        reason=quoted(reason),
        link=f"/amendments/{amendment.number}",
        remedy=REMEDIES.get(state, "There is nothing you have to do."),
    )


def frozen(draft: store.drafts.Draft, amendments: Collection[store.amendments.Amendment], at: datetime) -> None:
    """The movers and seconders of what was merged learn that the draft is complete."""
    tell(
        Kind.DRAFT_FROZEN,
        f"draft {draft.number}",
        store.notices.people_of([one.number for one in amendments]),
        at,
        number=draft.number,
        title=folded(draft.title),
        amendments=listed(amendments),
        link=f"/drafts/{draft.number}",
    )


def adopted(
    edition: store.editions.Edition,
    draft: store.drafts.Draft,
    amendments: Collection[store.amendments.Amendment],
    at: datetime,
) -> None:
    """The movers and seconders of what is now in force learn of it."""
    tell(
        Kind.EDITION_ADOPTED,
        f"edition {edition.number}",
        store.notices.people_of([one.number for one in amendments]),
        at,
        number=edition.number,
        draft=draft.number,
        title=folded(draft.title),
        amendments=listed(amendments, State.IN_FORCE),
        link=f"/editions/{edition.number}",
    )


def listed(amendments: Iterable[store.amendments.Amendment], state: State | None = None) -> str:
    """The amendments, a line each, with the state to which they have come."""
    fate = f": {spoken(state)}" if state else ""
    return "\n".join(f"  * Amendment {one.number}, {folded(one.title)}{fate}" for one in amendments)


def quoted(words: str) -> str:
    """What somebody wrote, set apart from what we say, whatever it looks like."""
    return "\n".join(f"  > {line}".rstrip() for line in words.strip().splitlines())


def date_changed(
    stage: Stage, edge: str, *, before: datetime | None, moment: datetime, reason: str, at: datetime
) -> None:
    """Every member learns that a stage opens or closes at another moment than was said."""
    tell(
        Kind.STAGE_DATES,
        f"stage {stage.id} {edge} {moment.isoformat()}",
        store.members.everyone(),
        at,
        stage=stage.label,
        edge=edge,
        moment=notifying.edge(edge, moment),
        before=notifying.edge(edge, before),
        reason=quoted(reason),
        link="/rules",
    )
