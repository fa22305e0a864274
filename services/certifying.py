"""What a certified copy of an edition says: the exact text by its hash, the result that made it, and who signs."""

from __future__ import annotations

from dataclasses import dataclass

import store
import store.adoptions
import store.ballots
import store.editions
import store.log
from services import reading, timing


@dataclass(frozen=True, slots=True)
class Certificate:
    """An edition, the decision and the vote that made it, what bodies outside said, and its entry in the log."""

    edition: store.editions.Edition
    decision: store.adoptions.Decision | None
    ballot: store.ballots.Ballot | None
    declared: store.ballots.Declared | None
    words: tuple[store.adoptions.OutsideWord, ...]
    entry: store.log.Entry | None
    signs: str
    in_force: int


def certificate(number: int) -> Certificate:
    """What is certified of an edition; raises UnknownEdition."""
    edition, decision = store.editions.load(number), store.adoptions.of_edition(number)
    vote = decision.ballot if decision else None
    entries = [one for one in store.log.about(f"edition {number}") if "digest" in one.payload]
    return Certificate(
        edition,
        decision,
        store.ballots.by_number(vote) if vote else None,
        store.ballots.declared(vote) if vote else None,
        store.adoptions.words(decision.draft) if decision else (),
        entries[0] if entries else None,
        timing.rules().adoption.certified_by,
        reading.edition().number,
    )
