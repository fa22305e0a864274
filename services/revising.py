"""An amendment gets its next text: its mover rewrites it, takes an amendment of it over, or a seconder objects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import store
import store.amendments
import store.log
import store.seconds
import store.unfinished
from amendments.edit import Edit, EditConflict, digest, rebuilt
from amendments.seconding import OPEN, NotOpen, TextChanged
from amendments.states import State
from constitution.door import admitted
from constitution.tokens import word_count
from members.notices import Kind, folded
from members.permissions import NotAllowed, Permission, Role, require
from rulebook import kinds
from rulebook.rules import Editing
from rulebook.when import shifted
from services import instruments, notifying, seconding, supporting, telling, timing
from services.basing import basis
from services.drafting import recorded, shown
from services.proposal import Proposal, Reader, Unacceptable
from store.editions import load

LONGEST_NOTE = 100  # words


class MayNotChange(ValueError):
    """The rules, or what has become of the amendment, do not let this member change its words; a sentence for them."""


class CannotAccept(ValueError):
    """An amendment cannot be taken over into the one it amends; the message is a sentence."""


class NothingToObjectTo(ValueError):
    """An objection needs a newer text, a rule that allows it, and time left; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What a version is made of."""

    title: str
    reason: str
    edits: Sequence[Edit]
    base: int
    note: str


def revise(member: store.members.Member, proposal: Proposal, now: datetime, new_id: Callable[[], str]) -> int:
    """Give an amendment its next text; its version. Who seconded the last one is asked again, unless the text is the same.

    Raises Unacceptable with every problem by field, StageClosed or MayNotChange.
    """
    require(member.roles, Permission.PROPOSE)
    with store.transaction():
        timing.require_open(kinds.Act.EDIT, now)
        amendment = store.amendments.by_number(proposal.on)
        require_editor(member, amendment)
        if proposal.version != amendment.version.n:
            said = f"A{amendment.number} has version {amendment.version.n} by now; you began with version {proposal.version}"
            raise Unacceptable({"changes": said})
        return _keep(member, amendment, _read(proposal, amendment, new_id), now, "revise")


def require_editor(member: store.members.Member, amendment: store.amendments.Amendment) -> None:
    """Raise MayNotChange unless the rules let this member change the words of this amendment, and it is open."""
    if amendment.state not in OPEN:
        raise MayNotChange("The words of this amendment cannot change any more.")
    by = instruments.of(timing.rules(), amendment).edit.by
    if by is kinds.Editor.NOBODY:
        raise MayNotChange(
            "The rules let nobody change an amendment once it is proposed. Withdraw it and propose anew."
        )
    if by is kinds.Editor.COMMITTEE and Role.COMMITTEE not in member.roles:
        raise MayNotChange("The rules let only the drafting committee change the words of an amendment.")
    if by is kinds.Editor.PROPOSER and amendment.mover.id != member.id:
        raise MayNotChange("Only the mover can change the words of an amendment.")


def may_edit(member: store.members.Member | None, amendment: store.amendments.Amendment) -> bool:
    """Whether to offer this member to change the words."""
    if member is None:
        return False
    try:
        require_editor(member, amendment)
    except MayNotChange:
        return False
    return True


def accept(member: store.members.Member, wanted: int, now: datetime) -> store.amendments.Amendment:
    """The mover of an amendment takes another one, which amends it, over; the amendment with its next text.

    Raises StageClosed, MayNotChange or CannotAccept.
    """
    require(member.roles, Permission.PROPOSE)
    with store.transaction():
        timing.require_open(kinds.Act.EDIT, now)
        accepted = store.amendments.by_number(wanted)
        if accepted.version.on_version is None or accepted.state not in OPEN:
            raise CannotAccept(f"A{wanted} is not an open amendment of another one.")
        amendment = store.amendments.of_version(accepted.version.on_version)
        require_editor(member, amendment)
        if accepted.version.on_version not in amendment.same_text:
            raise CannotAccept(f"A{wanted} amends an earlier text of A{amendment.number}.")
        note = f"Took over A{wanted} {accepted.title}"
        own, other = amendment.version, accepted.version
        text = _Text(own.title, own.reason, other.edits, other.base_edition, note)
        reason = f"Accepted by the mover of A{amendment.number}"
        store.amendments.set_state(accepted, State.ACCEPTED, at=now, reason=reason)
        telling.became(accepted, State.ACCEPTED, reason, now)
        _keep(member, amendment, text, now, "accept")
        return store.amendments.by_number(amendment.number)


def object_to(member: store.members.Member, number: int, seen: str, reason: str, now: datetime) -> None:
    """A seconder of the text before objects to the new one in time: the amendment goes back to the former words.

    Raises TextChanged, NotOpen, NothingToObjectTo, ForbiddenCharacter, TextTooLong, or NotAllowed for who may not object.
    """
    require(member.roles, Permission.SECOND)
    reason = admitted(reason).strip()
    if not reason:
        raise NothingToObjectTo("Enter the reason for your objection; it is published with it.")
    with store.transaction():
        amendment = store.amendments.by_number(number)
        if amendment.state not in OPEN:
            raise NotOpen
        if amendment.version.digest != seen:
            raise TextChanged
        if not _in_time(amendment, now):
            raise NothingToObjectTo("The rules, or the time they set, leave no objection to this text.")
        if not _may_object(member, amendment):
            raise NotAllowed("Only who seconded the text before can object to this one.")
        store.seconds.object_to(amendment.version.id, member, reason, at=now)
        before = amendment.versions[-2]
        note = f"A seconder objected to version {amendment.version.n}: {reason}"
        text = _Text(before.title, before.reason, before.edits, before.base_edition, note)
        _keep(member, amendment, text, now, "object-to-text")


def objectors_until(amendment: store.amendments.Amendment) -> datetime | None:
    """Until when the text that stands may be objected to; None where the rules leave no objection to it."""
    editing = _editing(amendment)
    if editing.veto is kinds.Objector.NOBODY or editing.within is None or len(amendment.versions) < 2:  # noqa: PLR2004
        return None
    last, before = amendment.version, amendment.versions[-2]
    if last.digest == before.digest or any(one.digest == last.digest for one in amendment.versions[:-1]):
        return None
    return shifted(last.at, editing.within, timing.dates().zone)


def may_object(member: store.members.Member | None, amendment: store.amendments.Amendment, now: datetime) -> bool:
    """Whether to offer this member to object."""
    return (
        member is not None and amendment.state in OPEN and _in_time(amendment, now) and _may_object(member, amendment)
    )


def _editing(amendment: store.amendments.Amendment) -> Editing:
    return instruments.of(timing.rules(), amendment).edit


def _in_time(amendment: store.amendments.Amendment, now: datetime) -> bool:
    until = objectors_until(amendment)
    return until is not None and now < until


def _may_object(member: store.members.Member, amendment: store.amendments.Amendment) -> bool:
    if _editing(amendment).veto is kinds.Objector.ANY_MEMBER:
        return True
    return member.id in {one.id for one in store.seconds.before(amendment.number, amendment.same_text)}


def _read(proposal: Proposal, amendment: store.amendments.Amendment, new_id: Callable[[], str]) -> _Text:
    """What was typed; raises Unacceptable with every problem by its field."""
    found, rules = basis(proposal), timing.rules()
    reader = Reader(found.text, rules, new_id)
    edits = reader.edits(proposal.changes, some=False)
    title = reader.line("title", proposal.title, rules.title_words)
    reason = reader.line("reason", proposal.reason, rules.reason_words)
    note = reader.line("note", proposal.note, LONGEST_NOTE)
    if word_count(proposal.note) == 0:
        reader.problems["note"] = "Say in a few words why the text changes; its seconders read it"
    reader.finish()
    version = amendment.version
    same_words = not edits and not proposal.undone and proposal.base == version.base_edition
    if same_words and (title, reason) == (version.title, version.reason):
        raise Unacceptable({"changes": "Nothing is changed: the words, the title and the reason are as they were"})
    whole = version.edits if same_words else shown(found, edits, revises=True).edits
    return _Text(title, reason, whole, found.edition.number, note)


def _keep(
    member: store.members.Member, amendment: store.amendments.Amendment, text: _Text, now: datetime, act: str
) -> int:
    base = load(text.base)
    _require_sound(text.edits, base)
    asked = store.seconds.before(amendment.number, ())
    sealed = digest(tuple(text.edits), base.digest)
    made = store.amendments.add_version(
        amendment,
        title=text.title,
        reason=text.reason,
        base_edition=text.base,
        edits=text.edits,
        digest=sealed,
        at=now,
        note=text.note,
    )
    version = made.version
    store.log.append(
        at=now,
        actor=member.handle,
        act=act,
        subject=f"amendment {amendment.number}",
        payload=recorded(version) | {"note": text.note},
    )
    if sealed != amendment.version.digest:
        _asked_again(made, [one for one in asked if one.id != member.id], now)
        if member.id != amendment.mover.id:
            telling.rewritten(made, now)
    return version.n


def _asked_again(amendment: store.amendments.Amendment, people: Sequence[store.members.Member], now: datetime) -> None:
    """Tell who seconded another text; and seek seconders again, where too few have seconded this one."""
    n, reached = amendment.version.n, supporting.standing(amendment)
    supporters = {one.member.id for one in store.amendments.seconds(amendment)}
    closes = next((one.closes.at for one in timing.dates().periods if one.is_open(now)), None)
    notifying.tell(
        Kind.SECONDED_AMENDMENT_CHANGED,
        f"amendment {amendment.number} version {n}",
        [one for one in people if one.id not in supporters],
        now,
        number=amendment.number,
        title=folded(amendment.title),
        version=n,
        until=f"until {notifying.moment(closes)}" if closes else "while it is open",
        link=f"/amendments/{amendment.number}",
    )
    telling.revised(amendment, [one.id for one in (*people, amendment.mover)], now)
    if not reached.met:
        seconding.again(amendment, f"Its text changed: version {n} is seconded by {reached.sentence}", now)
    elif amendment.state is State.ADMITTED:
        reason = f"Its text changed: version {n} is to be ruled on again"
        store.amendments.set_state(amendment, State.SECONDED, at=now, reason=reason)


def _require_sound(edits: Sequence[Edit], base: store.editions.Edition) -> None:
    try:
        rebuilt(edits, base.constitution)
    except (EditConflict, LookupError) as refusal:  # cannot come from the form; kept out all the same
        raise Unacceptable({"changes": str(refusal)}) from refusal
