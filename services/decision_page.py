"""What the page of a draft says of its adoption: which votes it needs, what was decided, what is still waited for."""

from __future__ import annotations

from dataclasses import dataclass

import store
import store.adoptions
import store.drafts
from constitution.numbering import number
from services import enacting, in_force, ratifying, timing
from services.reading import Redlined
from store.adoptions import Decision, Kind, OutsideWord


@dataclass(frozen=True, slots=True)
class Adoption:
    """``votes`` are those that must carry it, in words ("" none); ``asked`` who outside has not answered yet.

    ``provisos`` by the label of their clause; ``clauses`` those that may still have one (id and label).
    """

    votes: str
    decision: Decision | None
    coming: enacting.Coming | None
    words: tuple[OutsideWord, ...]
    asked: tuple[tuple[Kind, str], ...]
    provisos: tuple[tuple[str, str], ...]
    clauses: tuple[tuple[str, str], ...]


def page(draft: store.drafts.Draft, redlined: Redlined) -> Adoption:
    """How it stands with the adoption of a draft."""
    decision, said = store.adoptions.decision(draft.number), store.adoptions.words(draft.number)
    waits = decision is not None and decision.edition is None and not decision.refused
    known, labels = {(one.kind, one.body) for one in said}, number(draft.constitution)
    put = {draft.number, *(decision.drafts if decision else ())}
    frozen = draft.state == store.drafts.State.FROZEN and timing.rules().adoption.provisos
    day = draft.frozen_at.date()
    return Adoption(
        ratifying.asked(),
        decision,
        enacting.coming(decision) if decision and waits else None,
        said,
        tuple(one for one in enacting.asked(decision) if one not in known) if decision and waits else (),
        tuple(
            (labels.get(one.clause, ""), in_force.sentence(one, day)) for one in store.adoptions.provisos(sorted(put))
        ),
        tuple((one.id, labels[one.id]) for one in redlined.changed if one.id in labels) if frozen else (),
    )
