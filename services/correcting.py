"""Editorial corrections: the body that the rules name proposes them, any member can stop one, and then they are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import store
import store.adoptions
import store.composites
import store.drafts
import store.editions
import store.log
from constitution.clause import Clause, Constitution
from constitution.correcting import beyond, words
from constitution.diff import diff
from constitution.door import admitted
from constitution.numbering import number, own_number
from constitution.references import bind_text, show
from constitution.runs import Run
from members.permissions import Permission, granted, require
from rulebook.kinds import Act
from rulebook.phrases import called
from rulebook.rules import Editorial
from rulebook.saying import at_closing
from rulebook.when import shifted
from services import belonging, enacting, timing
from services.enrolling import SYSTEM
from store.adoptions import Correction

LONGEST = 2_000  # characters of a reason
MOST = 50_000  # characters of a text


class CannotCorrect(ValueError):
    """Why a correction, or an objection to one, is not entered, in a sentence."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A correction as it is read: where, as a redline, how it stands, and whether it can still be stopped."""

    correction: Correction
    label: str
    heading: tuple[Run, ...]
    text: tuple[Run, ...]
    stands: str
    open: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Every correction, the newest first; ``by`` those who may propose them, ``may_not`` why the reader may not."""

    shown: tuple[Shown, ...]
    by: str
    may_not: str


def page(member: store.members.Member | None, now: datetime) -> Page:
    """The corrections, as a member (None: nobody who is signed in) sees them."""
    rule = _rule()
    by = called(rule.by, timing.rules().electorates) if rule else ""
    return Page(tuple(_shown(one, now) for one in store.adoptions.corrections()), by, why_not(member))


def why_not(member: store.members.Member | None) -> str:
    """Why somebody may propose no correction, as the end of a sentence; "" when they may."""
    rule = _rule()
    if rule is None:
        return "the rules name nobody who corrects the text"
    if member is None or Permission.COMMENT not in granted(member.roles):
        return f"the rules leave that to {called(rule.by, timing.rules().electorates)}"
    return belonging.why_not(member, rule.by)


def propose(member: store.members.Member, clause: str, typed: tuple[str, str], reason: str, now: datetime) -> int:
    """Propose how a clause in force (heading and text, as printed) is to be written; the correction's number.

    Raises NotOfTheElectorate or CannotCorrect.
    """
    require(member.roles, Permission.COMMENT)
    with store.transaction():
        if said := why_not(member):
            raise belonging.NotOfTheElectorate("correct the text", said)
        edition = _in_force()
        book = edition.constitution
        heading, text = (bind_text(admitted(one, MOST).strip(), book, clause) for one in typed)
        _check(book, clause, heading, text)
        if not admitted(reason, LONGEST).strip():
            raise CannotCorrect("Enter what is wrong as it stands; it is published with the correction.")
        said_ = {
            "edition": edition.number,
            "clause": clause,
            "heading": heading,
            "text": text,
            "reason": reason.strip(),
        }
        made = store.adoptions.add_correction(said_, member.id, now)
        store.log.append(
            at=now, actor=member.handle, act="propose-correction", subject=f"correction {made}", payload=said_
        )
    return made


def object_to(member: store.members.Member, number_: int, reason: str, now: datetime) -> None:
    """Stop a correction. Raises CannotCorrect, UnknownCorrection or NotOfTheElectorate."""
    require(member.roles, Permission.COMMENT)
    with store.transaction():
        belonging.require_in(member, Act.OBJECT)
        one, said = store.adoptions.correction(number_), admitted(reason, LONGEST).strip()
        if not said:
            raise CannotCorrect("Enter why this is more than a correction; it is published.")
        if not _shown(one, now).open:
            raise CannotCorrect("This correction cannot be objected to any more.")
        if any(each.id == member.id for each, _, _ in one.objections):
            raise CannotCorrect("You have objected to this correction.")
        store.adoptions.object_to(number_, member.id, said, now)
        store.log.append(
            at=now,
            actor=member.handle,
            act="object-to-correction",
            subject=f"correction {number_}",
            payload={"reason": said},
        )


def bring_due(now: datetime) -> tuple[store.editions.Edition, ...]:
    """Make the next edition with every correction that nobody has stopped in time; none while a text is being decided."""
    if not _due(now):
        return ()
    with store.transaction():
        due = _due(now)
        book = _in_force().constitution
        labels = number(book)
        corrected = _with(book, {one.clause: one for one in due})
        note = f"Editorial corrections: {', '.join(labels[one.clause] or 'a heading' for one in due)}"
        edition = store.editions.add(corrected, at=now, note=note, adopted_from=None)
        numbers = [one.id for one in due]
        store.adoptions.corrected(edition.number, numbers, now)
        payload = {"edition": edition.number, "digest": edition.digest, "corrections": numbers}
        store.log.append(at=now, actor=SYSTEM, act="correct", subject=f"edition {edition.number}", payload=payload)
        enacting.place_open(edition, now)
    return (edition,)


def _due(now: datetime) -> tuple[Correction, ...]:
    """The oldest first; of two for one clause the older, because the other was not made on its words."""
    if not any(one.made is None and not one.objections for one in store.adoptions.corrections()) or _busy():
        return ()
    open_ = [one for one in store.adoptions.corrections() if _stands(one, now)[0] == "due"]
    return tuple({one.clause: one for one in open_}.values())[::-1]


def _stands(one: Correction, now: datetime) -> tuple[str, str]:
    """A word for how it stands, and a sentence."""
    if one.made is not None:
        return "made", f"Made with edition {one.made}."
    if one.objections:
        return "stopped", "Stopped by an objection: only a vote can make this change."
    then, latest = store.editions.load(one.edition).constitution, _in_force().constitution
    if one.clause not in latest or _words(latest[one.clause]) != _words(then[one.clause]):
        return "overtaken", "Overtaken: the clause reads otherwise by now."
    rule, table = _rule(), timing.dates()
    until = shifted(one.at, rule.objection, table.zone) if rule and rule.objection else one.at
    if until > now:
        closes = at_closing(until, table.zone, table.zone_name).removeprefix("on ").removeprefix("at ")
        return "open", f"Any member can stop it until {closes}."
    return (
        "due",
        "Nobody has objected. It is made as soon as no draft waits to be decided and the committee’s desk is clear.",
    )


def _busy() -> bool:
    """Whether a text is being decided on: its base stays as it is until then."""
    drafts = any(one.state == store.drafts.State.FROZEN for one in store.drafts.listing())
    return drafts or bool(store.adoptions.waiting()) or any(one.state == "open" for one in store.composites.listing())


def _check(book: Constitution, clause: str, heading: str, text: str) -> None:
    one = book[clause]
    if (heading, text) == _words(one):
        raise CannotCorrect("Nothing is corrected: the clause reads like this.")
    rest = {word for each in book.walk() for part in _words(each) if each.id != clause for word in words(part)}
    more = (*beyond(one.heading, heading, rest), *beyond(one.text, text, rest))
    if more:
        labels, own = number(book), own_number(book)
        raise CannotCorrect(show(" ".join(more), labels, own) + " Propose an amendment instead.")


def _shown(one: Correction, now: datetime) -> Shown:
    book = store.editions.load(one.edition).constitution
    labels, own = number(book), own_number(book)
    before = [show(part, labels, own) for part in _words(book[one.clause])]
    after = [show(part, labels, own) for part in (one.heading, one.text)]
    heading, text = (diff(*pair) for pair in zip(before, after, strict=True))
    word, said = _stands(one, now)
    return Shown(one, labels[one.clause], heading, text, said, word in {"open", "due"})


def _words(one: Clause) -> tuple[str, str]:
    return one.heading, one.text


def _with(book: Constitution, corrections: Mapping[str, Correction]) -> Constitution:
    def each(_: str | None, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
        return tuple(
            replace(one, heading=found.heading, text=found.text) if (found := corrections.get(one.id)) else one
            for one in clauses
        )

    return book.rebuilt(each)


def _rule() -> Editorial | None:
    return timing.rules().adoption.editorial


def _in_force() -> store.editions.Edition:
    found = store.editions.latest()
    assert found is not None, "a correction is of an edition"
    return found
