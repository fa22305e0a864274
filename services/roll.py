"""The organisation's own list of members comes in: shown first as what it would change, then applied exactly so."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import store
import store.log
import store.members
import store.roll
import store.sessions
import store.tickets
from members.fingerprints import fingerprint
from members.permissions import Permission, require
from members.roll import Entry, Sheet, read
from members.roll_cells import GONE, GOOD, LABELS, LEFT
from members.roll_plan import Changed, Plan, plan
from members.sheet import Problem

SYSTEM = "system"
OPEN_FOR = timedelta(minutes=30)
LARGEST_KEPT = 8 * 1024 * 1024

Roll = tuple[store.members.Member, ...]


class CannotImport(ValueError):
    """The file has problems; ``shown`` holds them."""

    def __init__(self, shown: Shown) -> None:
        many = len(shown.problems)
        said = f"The file has {many:,} problem{'' if many == 1 else 's'}, so nothing was changed."
        super().__init__(said)
        self.shown = shown


class NotMeant(ValueError):
    """What the file does is so much that it must be said to be meant."""

    def __init__(self, shown: Shown) -> None:
        super().__init__(f"{' '.join(shown.plan.cautions)} Nothing was changed; say that this is meant to go on.")
        self.shown = shown


class RollChanged(ValueError):
    """The roll is not as it was when the file was looked at."""

    def __init__(self) -> None:
        super().__init__(
            "The roll has changed since this file was checked, so nothing was done. See what it would do now."
        )


class UploadGone(LookupError):
    """A file that was uploaded cannot be applied any more, or was not uploaded by this person."""

    def __init__(self) -> None:
        super().__init__("This file was applied already, or waited for more than half an hour. Choose it once more.")


class TooLarge(ValueError):
    """An uploaded file is too large to be kept while it waits."""

    def __init__(self) -> None:
        super().__init__("The file is too large for this page; import it with the command import-roll.")


@dataclass(frozen=True, slots=True)
class Shown:
    """What was read, and what it would change. ``name`` is that of an uploaded file."""

    sheet: Sheet
    plan: Plan
    name: str = ""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is in the way, by line."""
        return tuple(sorted((*self.sheet.problems, *self.plan.problems), key=lambda one: one.line))


@dataclass(frozen=True, slots=True)
class Applied:
    """What was changed, the snapshot taken afterwards, and how many sessions ended."""

    plan: Plan
    snapshot: store.roll.Snapshot
    sessions: int


@dataclass(frozen=True, slots=True)
class RollPage:
    """How many people there are in each standing, and the snapshots, the latest first."""

    standings: Mapping[str, int]
    snapshots: tuple[store.roll.Snapshot, ...]

    @property
    def on_roll(self) -> int:
        """How many have not left."""
        return sum(number for standing, number in self.standings.items() if standing not in GONE)


def page() -> RollPage:
    """The roll in numbers."""
    return RollPage(store.members.standings(), store.roll.snapshots())


def dry_run(data: bytes) -> Shown:
    """What a file would change. Nothing is kept."""
    return Shown(sheet := read(data), plan(store.members.everyone(), sheet))


def apply(data: bytes, now: datetime, *, meant: bool = False) -> Applied:
    """Bring the roll to what the file says, and write it down in a snapshot; raises CannotImport or NotMeant."""
    sheet = read(data)
    with store.transaction():
        current = store.members.everyone()
        return _applied(Shown(sheet, plan(current, sheet)), current, now, SYSTEM, meant=meant)


def snapshot(reason: str, now: datetime) -> store.roll.Snapshot:
    """Write the roll down as it is; the reason stands with it and not in the log."""
    with store.transaction():
        made = store.roll.snapshot(reason, now)
        store.log.append(
            at=now,
            actor=SYSTEM,
            act="roll-snapshot",
            subject=f"roll snapshot {made.number}",
            payload={"members": made.members, "digest": made.digest},
        )
    return made


# ------------------------------------------------------------------ the page


def upload(member: store.members.Member, name: str, data: bytes, now: datetime, secret: str) -> Shown:
    """Show an administrator what a file would change, and keep it until they say so with ``secret``.

    A file with problems is not kept. Raises TooLarge.
    """
    require(member.roles, Permission.ADMINISTER)
    shown = replace(dry_run(data), name=name)
    if shown.problems or shown.plan.empty:
        return shown
    packed = base64.b64encode(zlib.compress(data)).decode()
    if len(packed) > LARGEST_KEPT:
        raise TooLarge
    payload = {"name": name, "data": packed, "plan": shown.plan.digest()}
    with store.transaction():
        store.roll.forget_uploads(now)
        store.tickets.issue(
            fingerprint(secret),
            purpose=store.roll.UPLOAD,
            member=member.id,
            browser=store.tickets.ANYWHERE,
            payload=payload,
            at=now,
            expires=now + OPEN_FOR,
        )
    return shown


def look_again(member: store.members.Member, now: datetime, secret: str) -> Shown:
    """What the uploaded file would change by now; that is what can be applied from here on. Raises UploadGone."""
    require(member.roles, Permission.ADMINISTER)
    kept = _kept(member, now, secret)
    shown = replace(dry_run(_data(kept)), name=kept.payload["name"])
    with store.transaction():
        store.roll.show_again(kept.id, kept.payload | {"plan": shown.plan.digest()})
    return shown


def apply_upload(member: store.members.Member, now: datetime, secret: str, *, meant: bool) -> Applied:
    """Apply the uploaded file, once, if it does what was shown.

    Raises UploadGone, RollChanged, CannotImport or NotMeant; after the last three the file is still there.
    """
    require(member.roles, Permission.ADMINISTER)
    kept = _kept(member, now, secret)
    sheet = read(_data(kept))
    with store.transaction():
        used = store.tickets.use(kept.id, purpose=store.roll.UPLOAD, browser=store.tickets.ANYWHERE, at=now)
        if used is None:
            raise UploadGone
        current = store.members.everyone()
        shown = Shown(sheet, plan(current, sheet), used.payload["name"])
        if shown.plan.digest() != used.payload["plan"]:
            raise RollChanged
        applied = _applied(shown, current, now, member.handle, meant=meant)
        store.roll.forget_uploads(now, kept.id)
    return applied


def _kept(member: store.members.Member, now: datetime, secret: str) -> store.tickets.Ticket:
    found = store.tickets.find(fingerprint(secret), store.roll.UPLOAD)
    if found is None or found.member != member.id or found.used or found.expires <= now or not found.payload:
        raise UploadGone
    return found


def _data(kept: store.tickets.Ticket) -> bytes:
    return zlib.decompress(base64.b64decode(kept.payload["data"]))


# ------------------------------------------------------------------ doing it


def _applied(shown: Shown, current: Roll, now: datetime, actor: str, *, meant: bool) -> Applied:
    """Inside a transaction, so that nothing changes between the plan and its keeping."""
    if shown.problems:
        raise CannotImport(shown)
    if shown.plan.cautions and not meant:
        raise NotMeant(shown)
    _keep(shown.plan, current)
    ended = store.sessions.end_all(_signed_out(shown.plan), now)
    made = store.roll.snapshot("The roll was imported.", now)
    counts = {name: len(getattr(shown.plan, name)) for name in ("added", "removed", "changed")}
    particulars = counts | {"members": made.members, "snapshot": made.number, "digest": made.digest}
    store.log.append(at=now, actor=actor, act="import-roll", subject="roll", payload=particulars)
    return Applied(shown.plan, made, ended)


def _keep(made: Plan, current: Roll) -> None:
    ours = {one.id: one for one in current}
    left = [replace(ours[one.member], standing=LEFT, roles=frozenset()) for one in made.removed]
    changed = [replace(ours[one.member], **_fields(one.entry)) for one in made.changed]
    store.members.change_many([*left, *changed])
    store.members.grant_many([one for one in (*left, *changed) if one.roles != ours[one.id].roles])
    store.members.add_many([store.members.NewMember(one.handle, **_fields(one.entry)) for one in made.added])


def _fields(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in LABELS}


def _signed_out(made: Plan) -> Iterator[int]:
    """Whoever may do less than before signs in anew."""
    yield from (one.member for one in made.removed)
    yield from (one.member for one in made.changed if _may_less(one))


def _may_less(one: Changed) -> bool:
    return one.lost_roles or one.entry.standing != GOOD
