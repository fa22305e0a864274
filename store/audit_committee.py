"""What the committee does in public, and the log, in both directions: each row has its entry, each entry its row.

A table is registered with the acts that write to it, the subject of their entries, and what an entry's particulars must
say (a name and the expression that gives it; a moment as ``isoformat`` says it, in UTC). Who did it and when are compared
always. Particulars that are not named here may say more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

import sqlalchemy as sa

from store import advice
from store.adoption_tables import (
    CorrectedRow,
    CorrectionObjectionRow,
    CorrectionRow,
    DecisionRow,
    OutsideWordRow,
    ProvisoRow,
)
from store.chain import Entry, Fault
from store.columns import canonical, iso
from store.committee_tables import (
    AdviceRow,
    AppealOutcomeRow,
    AppealRow,
    ChallengeOutcomeRow,
    ConsentAnswerRow,
    ConsentRequestRow,
    DraftObjectionRow,
    RecommendationRow,
    RelationChallengeRow,
    RuledRelationRow,
    RulingRow,
)
from store.database import reading
from store.tables import AmendmentVersionRow, MemberRow


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of ``row`` are written by ``acts`` on ``subject``: a format of what ``says`` or ``about`` name.

    ``called`` begins a sentence ("A ruling"). ``about`` is not compared.
    """

    row: Any
    called: str
    acts: tuple[str, ...]
    subject: str
    says: Mapping[str, Any]
    about: Mapping[str, Any]


def _of(wanted: Any, row: Any, here: Any) -> Any:  # noqa: ANN401 (columns of any of our tables)
    """A column of the row of another table that this one points to."""
    return sa.select(wanted).where(row.id == here).scalar_subquery()


def _same(row: Any, *names: str) -> dict[str, Any]:  # noqa: ANN401 (any of our tables)
    return {name: getattr(row, name) for name in names}


_APPEALED = sa.select(RulingRow.amendment).join(AppealRow, AppealRow.ruling == RulingRow.id)
_CHALLENGED = sa.select(RelationChallengeRow.relation).where(RelationChallengeRow.id == ChallengeOutcomeRow.challenge)

TABLES = (
    Table(
        RulingRow,
        "A ruling",
        ("rule",),
        "amendment {amendment}",
        {
            "ruling": RulingRow.id,
            "version": _of(AmendmentVersionRow.n, AmendmentVersionRow, RulingRow.version),
            **_same(RulingRow, "outcome", "ground", "reason", "changes"),
        },
        _same(RulingRow, "amendment"),
    ),
    Table(
        AppealRow,
        "An appeal",
        ("appeal",),
        "amendment {amendment}",
        {"appeal": AppealRow.id, **_same(AppealRow, "ruling", "reason")},
        {"amendment": _of(RulingRow.amendment, RulingRow, AppealRow.ruling)},
    ),
    Table(
        AppealOutcomeRow,
        "The outcome of an appeal",
        ("decide-appeal",),
        "amendment {amendment}",
        _same(AppealOutcomeRow, "appeal", "upheld", "in_favour", "against", "reason"),
        {"amendment": _APPEALED.where(AppealRow.id == AppealOutcomeRow.appeal).scalar_subquery()},
    ),
    Table(
        RecommendationRow,
        "A recommendation",
        ("recommend",),
        "amendment {amendment}",
        {
            "recommendation": RecommendationRow.id,
            "version": _of(AmendmentVersionRow.n, AmendmentVersionRow, RecommendationRow.version),
            **_same(RecommendationRow, "kind", "reason", "changes"),
        },
        _same(RecommendationRow, "amendment"),
    ),
    Table(
        RuledRelationRow,
        "A ruled relation",
        ("rule-relation", "take-back-relation"),
        "relation {id}",
        _same(RuledRelationRow, "amendment", "kind", "other", "stands", "reason"),
        _same(RuledRelationRow, "id"),
    ),
    Table(
        RelationChallengeRow,
        "A challenge",
        ("challenge-relation",),
        "relation {relation}",
        {"challenge": RelationChallengeRow.id, "reason": RelationChallengeRow.reason},
        _same(RelationChallengeRow, "relation"),
    ),
    Table(
        ChallengeOutcomeRow,
        "The outcome of a challenge",
        ("decide-challenge",),
        "relation {relation}",
        _same(ChallengeOutcomeRow, "challenge", "upheld", "reason"),
        {"relation": _CHALLENGED.scalar_subquery()},
    ),
    Table(
        ConsentRequestRow,
        "A request for consent",
        ("ask-consent",),
        "composite {composite}",
        {"request": ConsentRequestRow.id, **_same(ConsentRequestRow, "digest", "closes")},
        _same(ConsentRequestRow, "composite"),
    ),
    Table(
        ConsentAnswerRow,
        "An answer about consent",
        ("answer-consent",),
        "composite {composite}",
        _same(ConsentAnswerRow, "request", "agrees", "reason"),
        {"composite": _of(ConsentRequestRow.composite, ConsentRequestRow, ConsentAnswerRow.request)},
    ),
    Table(
        DecisionRow,
        "A decision to adopt",
        ("carry",),
        "draft {draft}",
        _same(DecisionRow, "ballot", "drafts", "sentences", "consent"),
        _same(DecisionRow, "draft"),
    ),
    Table(
        OutsideWordRow,
        "The word of a body outside",
        ("enter-word",),
        "draft {draft}",
        _same(OutsideWordRow, "kind", "body", "day", "reference", "given"),
        _same(OutsideWordRow, "draft"),
    ),
    Table(
        ProvisoRow,
        "A proviso",
        ("add-proviso",),
        "draft {draft}",
        _same(ProvisoRow, "clause", "kind", "day", "note"),
        _same(ProvisoRow, "draft"),
    ),
    Table(
        CorrectionRow,
        "A correction",
        ("propose-correction",),
        "correction {id}",
        _same(CorrectionRow, "edition", "clause", "heading", "text", "reason"),
        _same(CorrectionRow, "id"),
    ),
    Table(
        CorrectionObjectionRow,
        "An objection to a correction",
        ("object-to-correction",),
        "correction {correction}",
        _same(CorrectionObjectionRow, "reason"),
        _same(CorrectionObjectionRow, "correction"),
    ),
    Table(
        CorrectedRow,
        "The list of corrections",
        ("correct",),
        "edition {edition}",
        _same(CorrectedRow, "corrections"),
        _same(CorrectedRow, "edition"),
    ),
    Table(
        DraftObjectionRow,
        "An objection",
        ("object-to-draft", "take-back-objection"),
        "draft {draft}",
        _same(DraftObjectionRow, "reason"),
        _same(DraftObjectionRow, "draft"),
    ),
)
BY_ACT = {act: one for one in TABLES for act in one.acts}
ADVISES = "advise"
SYSTEM = "system"  # who does what follows by itself, and is no member

Said = tuple[str, str, str, str]
"""The subject, the actor, the moment, and the particulars as canonical JSON."""


class Committee:
    """What the log says of what the committee did."""

    def __init__(self) -> None:
        self._recorded: defaultdict[str, list[tuple[Said, Entry]]] = defaultdict(list)
        self._messages: set[str] = set()

    def note(self, entry: Entry) -> None:
        """Take note of an entry whose particulars are a mapping, if it is of such an act."""
        table = BY_ACT.get(entry.act)
        if table:
            said = {name: entry.payload.get(name) for name in table.says}
            self._recorded[table.called].append(((entry.subject, entry.actor, iso(entry.at), canonical(said)), entry))
        elif entry.act == ADVISES:
            self._messages.add(str(entry.payload.get("digest")))

    def faults(self) -> Iterator[Fault]:
        """Every row that is not as the log recorded it, or not recorded, and every entry whose row is gone."""
        for table in TABLES:
            yield from compared(table.called, _rows(table), self._recorded[table.called])
        yield from self._altered()

    def _altered(self) -> Iterator[Fault]:
        """Messages may go with who wrote them, but none may be changed or put in."""
        query = sa.select(AdviceRow, MemberRow.handle).join(MemberRow, MemberRow.id == AdviceRow.member)
        for row, handle in reading().execute(query):
            if advice.digest(row.amendment, handle, row.text, row.at) not in self._messages:
                yield Fault(None, f"Message {row.id} of drafting advice is not as the log recorded it.")


def _rows(table: Table) -> Iterator[Said]:
    row, named = table.row, {**table.says, **table.about}
    columns = [column.label(f"said_{name}") for name, column in named.items()]
    query = (
        sa.select(row.at, MemberRow.handle, *columns).outerjoin(MemberRow, MemberRow.id == row.member).order_by(row.at)
    )
    for at, handle, *values in reading().execute(query):
        found = dict(zip(named, map(_plain, values), strict=True))
        said = canonical({name: found[name] for name in table.says})
        yield table.subject.format(**found), handle or SYSTEM, iso(at), said


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def compared(called: str, rows: Iterable[Said], recorded: list[tuple[Said, Entry]]) -> Iterator[Fault]:
    """Rows and entries that say the same go together; of what is left over, those on one subject are one act changed."""
    kept = Counter(rows)
    unseen: defaultdict[str, list[Entry]] = defaultdict(list)
    for said, entry in recorded:
        if kept[said]:
            kept[said] -= 1
        else:
            unseen[entry.subject].append(entry)
    other: defaultdict[str, list[Said]] = defaultdict(list)
    for said in kept.elements():
        other[said[0]].append(said)
    for subject in dict.fromkeys((*other, *unseen)):
        for row, left in zip_longest(other[subject], unseen[subject]):
            yield _fault(called, subject, row, left)


def _fault(called: str, subject: str, row: Said | None, entry: Entry | None) -> Fault:
    name = f"{called} on {subject}"
    if entry is None:
        return Fault(None, f"{name} is not recorded in the log.")
    if row is None:
        return Fault(entry.seq, f"{name} that entry {entry.seq} of the log recorded is gone.")
    return Fault(entry.seq, f"{name} is not as entry {entry.seq} of the log recorded it.")
