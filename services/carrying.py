"""What a vote carried, as a draft: one of those that were put, or one of what is left of them; the rest is lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import store
import store.accounts
import store.amendments
import store.ballots
import store.drafts
import store.editions
import store.log
from amendments.fates import PART, Fate, Item
from amendments.states import State
from ballots.definition import Option, read
from constitution.clause import Clause, Constitution
from constitution.provenance import Word, reworded
from services import putting, telling
from services.compositing import source_name
from services.drafting_final import redline_digest
from services.enrolling import SYSTEM

_NEW = "new"


def drafted(ballot: store.ballots.Ballot, decision: putting.Decision, now: datetime) -> store.drafts.Draft:
    """The draft whose text is what was carried, word for word; what was not carried has its fate."""
    put = [store.drafts.by_number(one) for one in ballot.drafts]
    found = next((one for one in put if one.digest == decision.digest), None)
    made = found or _left_over(ballot, decision, put, now)
    _end(ballot, decision, [one for one in put if one.number != made.number], now)
    return made


def lose(ballot: store.ballots.Ballot, decision: putting.Decision, now: datetime) -> None:
    """Nothing was carried: the drafts are set aside and what they were made of is lost."""
    _end(ballot, decision, [store.drafts.by_number(one) for one in ballot.drafts], now)


def _end(
    ballot: store.ballots.Ballot, decision: putting.Decision, drafts: Sequence[store.drafts.Draft], now: datetime
) -> None:
    """Set drafts aside; what they were made of and is not carried is lost, or falls by what is."""
    for one in drafts:
        store.drafts.set_state(one, "superseded")
    ended = {number for one in drafts for number in store.accounts.taken(one)} - set(decision.amendments)
    fell = {
        number: decision.falls[one.id]
        for one in _options(ballot)
        for number in one.amendments
        if one.id in decision.falls
    }
    for amendment in store.amendments.numbered(sorted(ended)):
        state = State.FALLEN if amendment.number in fell else State.LOST
        reason = f"Vote {ballot.number}: {fell.get(amendment.number, 'not carried')}"
        store.amendments.set_state(amendment, state, at=now, reason=reason)
        telling.became(amendment, state, reason, now)
    if drafts:
        payload = {"drafts": [one.number for one in drafts], "amendments": sorted(ended)}
        store.log.append(at=now, actor=SYSTEM, act="lose", subject=f"ballot {ballot.number}", payload=payload)


def _options(ballot: store.ballots.Ballot) -> tuple[Option, ...]:
    definition = read(store.ballots.definition(ballot.number) or b"")
    return tuple(option for one in definition.questions for option in one.options)


def _left_over(
    ballot: store.ballots.Ballot, decision: putting.Decision, put: Sequence[store.drafts.Draft], now: datetime
) -> store.drafts.Draft:
    base, text = store.editions.load(decision.base), decision.constitution
    draft = store.drafts.add(
        composite=put[0].composite,
        base_edition=base.number,
        title=f"{put[0].title} (as carried in vote {ballot.number})",
        constitution=text,
        digest=decision.digest,
        redline_digest=redline_digest(base.constitution, text),
        provenance=_provenance(base.constitution, text, put, decision.amendments),
        at=now,
    )
    lost = {number for one in _options(ballot) for number in one.amendments if one.id not in decision.stands}
    store.accounts.keep(draft.number, tuple(_items(put, decision.amendments, lost)), ())
    payload = {
        "ballot": ballot.number,
        "composite": draft.composite,
        "base": draft.base_edition,
        "digest": draft.digest,
        "redline": draft.redline_digest,
        "provenance": store.drafts.provenance_digest(draft.provenance),
        **(store.accounts.recorded(draft.number).get(draft.number) or {"items": [], "words": []}),
    }
    store.log.append(at=now, actor=SYSTEM, act="draft-carried", subject=f"draft {draft.number}", payload=payload)
    return draft


def _items(put: Sequence[store.drafts.Draft], carried: Collection[int], lost: Collection[int]) -> Iterator[Item]:
    known = {item.amendment: item for one in put for item in store.accounts.items(one.number)}
    for number in carried:
        item = known[number]
        if number in lost:
            item = replace(item, fate=Fate.IN_PART, reason=PART)
        yield item


def _provenance(
    base: Constitution, text: Constitution, put: Sequence[store.drafts.Draft], amendments: Collection[int]
) -> dict[str, Any]:
    """As the drafts have it, wherever they read the same; else what is new comes of all that was carried."""
    sources = sorted(map(source_name, amendments))
    found: dict[str, Any] = {}
    for key, words in _texts(text).items():
        known = next((one for one in put if _said(one.provenance.get(key)) == words), None)
        found[key] = known.provenance[key] if known else _traced(_texts(base).get(key, ""), words, sources)
    return found


def _texts(book: Constitution) -> dict[str, str]:
    return {key: words for one in book.walk() for key, words in _of(one) if words}


def _of(one: Clause) -> tuple[tuple[str, str], tuple[str, str]]:
    return (one.id, one.text), (f"{one.id}:heading", one.heading)


def _said(words: Sequence[tuple[str, Any]] | None) -> str | None:
    return None if words is None else "".join(text for text, _ in words)


def _traced(before: str, after: str, sources: Sequence[str]) -> list[list[Any]]:
    made = reworded((Word(before, frozenset()),), after, _NEW) if before else (Word(after, frozenset({_NEW})),)
    return [[one.text, list(sources) if one.sources else []] for one in made]
