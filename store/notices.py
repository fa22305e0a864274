"""Whom to tell, and how each member has chosen to hear of each kind of thing."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from store.database import reading, writing
from store.outbox import Addressee
from store.seconds import of_standing_text
from store.tables import AmendmentRow, AmendmentVersionRow, MemberRow, NoticeChoiceRow, SecondRow

MOST_ASKED = 1000  # beyond so many members, all who chose are read rather than asked for by name


def choices(kind: str, members: Collection[int]) -> Mapping[int, str]:
    """What these members have chosen for a kind; who has chosen nothing is not in it. One query."""
    query = sa.select(NoticeChoiceRow.member, NoticeChoiceRow.choice).where(NoticeChoiceRow.kind == kind)
    if len(members) <= MOST_ASKED:
        query = query.where(NoticeChoiceRow.member.in_(members))
    return {row.member: row.choice for row in reading().execute(query)}


def choices_of(member: int) -> Mapping[str, str]:
    """What a member has chosen, by kind."""
    query = sa.select(NoticeChoiceRow.kind, NoticeChoiceRow.choice).where(NoticeChoiceRow.member == member)
    return {row.kind: row.choice for row in reading().execute(query)}


def choose(member: int, chosen: Mapping[str, str]) -> None:
    """Keep what a member chose, by kind."""
    session = writing()
    mine = NoticeChoiceRow.member == member
    session.execute(sa.delete(NoticeChoiceRow).where(mine, NoticeChoiceRow.kind.in_(chosen)))
    if chosen:
        rows = [{"member": member, "kind": kind, "choice": choice} for kind, choice in chosen.items()]
        session.execute(sa.insert(NoticeChoiceRow), rows)


def people_of(amendments: Collection[int]) -> tuple[Addressee, ...]:
    """The movers of these amendments and the seconders of the texts that stand, each once. One query."""
    movers = sa.select(AmendmentRow.mover).where(AmendmentRow.number.in_(amendments))
    here = AmendmentVersionRow.amendment.in_(amendments)
    seconders = of_standing_text().where(here).with_only_columns(SecondRow.member)
    people = sa.select(MemberRow.id, MemberRow.handle, MemberRow.email)
    rows = reading().execute(people.where(MemberRow.id.in_(movers.union(seconders))).order_by(MemberRow.id))
    return tuple(Addressee(row.id, row.handle, row.email) for row in rows)
