"""What drafts made of every amendment, the committee's own words in them, and why a composite does without some."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from amendments.accounts import Own
from amendments.fates import TAKEN, Fate, Input, Item
from amendments.states import OPEN, State
from constitution.digest import text_digest
from store import members
from store.columns import canonical
from store.committee_tables import CompositeLeftRow, CompositeRevisionRow, DraftItemRow, DraftWordingRow
from store.composites import Composite
from store.database import reading, writing
from store.drafts import Draft, DraftLine
from store.outbox import Addressee
from store.seconds import of_standing_text
from store.tables import AmendmentRow, AmendmentStateRow, AmendmentVersionRow, CompositeAmendmentRow, MemberRow


@dataclass(frozen=True, slots=True)
class Saving:
    """The choices (as ``Choices.to_json`` and "reasons") that a member of the committee saved."""

    choices: Mapping[str, Any]
    member: members.Member
    at: datetime


def inputs(since: datetime) -> tuple[Input, ...]:
    """Every amendment that is open, and every one that ended at that moment or after, but not carried; by number."""
    step, version = AmendmentStateRow, AmendmentVersionRow
    last = sa.select(step.amendment, sa.func.max(step.n).label("n")).group_by(step.amendment).subquery()
    stands = sa.select(version.amendment, sa.func.max(version.id).label("id")).group_by(version.amendment).subquery()
    ended = sa.and_(AmendmentRow.state.not_in([State.CARRIED, State.IN_FORCE]), step.at >= since)
    query = (
        sa.select(AmendmentRow.number, stands.c.id, AmendmentRow.state, step.reason)
        .join(last, last.c.amendment == AmendmentRow.number)
        .join(step, sa.and_(step.amendment == last.c.amendment, step.n == last.c.n))
        .join(stands, stands.c.amendment == AmendmentRow.number)
        .where(sa.or_(AmendmentRow.state.in_(OPEN), ended))
        .order_by(AmendmentRow.number)
    )
    return tuple(Input(row.number, row.id, State(row.state), row.reason) for row in reading().execute(query))


def keep(draft: int, items: Sequence[Item], own: Sequence[Own]) -> None:
    """Keep what a draft made of every amendment, and the committee's own words in it."""
    session = writing()
    if items:
        rows = [
            {"draft": draft, "amendment": one.amendment, "version": one.version, "fate": one.fate.value}
            | {"reason": one.reason, "set_aside": list(one.set_aside)}
            for one in items
        ]
        session.execute(sa.insert(DraftItemRow), rows)
    if own:
        words = [
            {"draft": draft, "n": n, "key": one.key, "clause": one.clause, "words": one.words, "reason": one.reason}
            for n, one in enumerate(own, 1)
        ]
        session.execute(sa.insert(DraftWordingRow), words)


def items(draft: int) -> tuple[Item, ...]:
    """The coverage table of a draft, by number; none for a draft of which none was kept."""
    row = DraftItemRow
    rows = reading().scalars(sa.select(row).where(row.draft == draft).order_by(row.amendment))
    return tuple(Item(one.amendment, one.version, Fate(one.fate), one.reason, tuple(one.set_aside)) for one in rows)


def own_words(draft: int) -> tuple[Own, ...]:
    """The committee's own words in a draft, in the order of the text."""
    row = DraftWordingRow
    rows = reading().scalars(sa.select(row).where(row.draft == draft).order_by(row.n))
    return tuple(Own(one.key, one.clause or "", one.words, one.reason) for one in rows)


def recorded(only: int | None = None) -> dict[int, dict[str, list[dict[str, Any]]]]:
    """By draft, its coverage table ("items") and own words ("words") as the log records them: versions by their n."""
    item, words, version = DraftItemRow, DraftWordingRow, AmendmentVersionRow
    found: dict[int, dict[str, list[dict[str, Any]]]] = {}
    columns = item.draft, item.amendment, version.n.label("version"), item.fate, item.reason, item.set_aside
    query = sa.select(*columns).join(version, version.id == item.version).order_by(item.draft, item.amendment)
    own = sa.select(words.draft, words.n, words.key, words.clause, words.words, words.reason)
    for name, asked, row_of in (("items", query, item), ("words", own.order_by(words.draft, words.n), words)):
        for row in reading().execute(asked if only is None else asked.where(row_of.draft == only)):
            said = dict(row._mapping)  # noqa: SLF001 (the documented name of a public thing)
            found.setdefault(said.pop("draft"), {"items": [], "words": []})[name].append(said)
    return found


def table_digest(items: Sequence[Mapping[str, Any]]) -> str:
    """The digest of a coverage table as ``recorded`` gives it; the log records it as ``coverage``."""
    return text_digest(canonical(items))


def taken(draft: Draft | DraftLine) -> dict[int, Fate]:
    """The amendments of which something stands in a draft; of one without a coverage table, all that it was made of."""
    found = items(draft.number)
    if found:
        return {one.amendment: one.fate for one in found if one.fate in TAKEN}
    row = CompositeAmendmentRow
    query = sa.select(row.amendment).where(row.composite == draft.composite).order_by(row.amendment)
    return dict.fromkeys(reading().scalars(query), Fate.MERGED)


def leave(composite: int, numbers: Collection[int], reason: str, member: int, *, stands: bool, at: datetime) -> None:
    """Keep that a composite does without these amendments, and why; or (``stands`` False) that this holds no more."""
    said = {"composite": composite, "stands": stands, "reason": reason, "member": member, "at": at}
    if numbers:
        writing().execute(sa.insert(CompositeLeftRow), [{"amendment": one} | said for one in sorted(numbers)])


def left(composite: int) -> dict[int, str]:
    """Why a composite does without amendments that are not on its desk, by their numbers."""
    row = CompositeLeftRow
    newest = sa.select(sa.func.max(row.id)).where(row.composite == composite).group_by(row.amendment)
    query = sa.select(row.amendment, row.reason).where(row.id.in_(newest), row.stands.is_(sa.true()))
    return {one.amendment: one.reason for one in reading().execute(query.order_by(row.amendment))}


def savings(composite: Composite) -> tuple[Saving, ...]:
    """Every saving of the choices of a composite, the first first."""
    row = CompositeRevisionRow
    query = sa.select(row.choices, row.member, row.at).where(row.composite == composite.number).order_by(row.revision)
    rows = reading().execute(query).all()
    people = members.by_ids(one.member for one in rows)
    return tuple(Saving(one.choices, people[one.member], one.at) for one in rows)


def people(numbers: Collection[int]) -> dict[Addressee, tuple[int, ...]]:
    """The movers of these amendments and the seconders of the texts that stand, each with theirs; one query."""
    if not numbers:
        return {}
    named = (MemberRow.id, MemberRow.handle, MemberRow.email)
    movers = sa.select(AmendmentRow.number.label("amendment"), AmendmentRow.mover.label("member"))
    both = movers.union(of_standing_text()).subquery()
    query = sa.select(*named, both.c.amendment).join(both, both.c.member == MemberRow.id)
    found: dict[Addressee, list[int]] = {}
    for *person, amendment in reading().execute(query.order_by(MemberRow.id, both.c.amendment)):
        if amendment in numbers:
            found.setdefault(Addressee(*person), []).append(amendment)
    return {one: tuple(theirs) for one, theirs in found.items()}
