"""What a file would change on the roll: who comes, who goes, and what of whom, field by field. Pure.

A person is known by the membership number; where our side has none, by the e-mail address. Nobody is deleted: who is
not in the file has left, and what they did stays theirs.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from members.permissions import Role
from members.roll import Entry, Sheet
from members.roll_cells import GONE, GOOD, LABELS, LEFT, email_key, number_key
from members.sheet import Problem

LONGEST_HANDLE = 48


class OnRoll(Protocol):
    """A person as we have them; ``handle`` is theirs for life."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def handle(self) -> str: ...  # noqa: D102
    @property
    def membership(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def email(self) -> str: ...  # noqa: D102
    @property
    def branch(self) -> str: ...  # noqa: D102
    @property
    def body(self) -> str: ...  # noqa: D102
    @property
    def joined(self) -> str: ...  # noqa: D102
    @property
    def standing(self) -> str: ...  # noqa: D102
    @property
    def roles(self) -> frozenset[str]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Added:
    """Somebody new, and the handle that is to be theirs for life."""

    handle: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in words, before and after; roles in alphabetical order, parted by spaces."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody of whom the file says something else than we do."""

    member: int
    handle: str
    name: str
    entry: Entry
    differences: tuple[Difference, ...]
    lost_roles: bool


@dataclass(frozen=True, slots=True)
class Removed:
    """Somebody who is no longer in the file."""

    member: int
    handle: str
    name: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done. ``cautions`` are done only when they are said to be meant; ``problems`` never."""

    added: tuple[Added, ...] = ()
    removed: tuple[Removed, ...] = ()
    changed: tuple[Changed, ...] = ()
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    cautions: tuple[str, ...] = ()

    def __str__(self) -> str:
        """How many come, go and change: +120 -3 ~14"""
        return f"+{len(self.added)} -{len(self.removed)} ~{len(self.changed)}"

    @property
    def empty(self) -> bool:
        """Whether nothing would be done."""
        return not (self.added or self.removed or self.changed)

    def digest(self) -> str:
        """SHA-256 over all that would be done: the same only while the file and our roll say the same."""
        kept = hashlib.sha256()
        for one in self._lines():
            kept.update(json.dumps(one, ensure_ascii=False).encode() + b"\n")
        return kept.hexdigest()

    def _lines(self) -> Iterator[Sequence[object]]:
        yield from (("added", one.handle, one.entry.line) for one in self.added)
        yield from (("removed", one.member, one.handle, one.name) for one in self.removed)
        for changed in self.changed:
            differences = [(one.field, one.old, one.new) for one in changed.differences]
            yield "changed", changed.member, changed.entry.line, differences


def plan(current: Sequence[OnRoll], sheet: Sheet) -> Plan:
    """What the sheet would change on the roll as it is; with a sheet that could not be read at all, nothing."""
    if not sheet.entries:
        return Plan()
    staying = [one for one in sheet.entries if one.standing != LEFT]
    found = _Known(current).matched(staying)
    ours = {one.id for one in found.values()}
    removed = [one for one in current if one.standing not in GONE and one.id not in ours and not _unread(one, sheet)]
    changed = tuple(one for entry in staying if entry.line in found if (one := _changed(found[entry.line], entry)))
    strangers = [one for one in staying if one.line not in found]
    return Plan(
        added=tuple(_added(strangers, {one.handle for one in current})),
        removed=tuple(Removed(one.id, one.handle, one.name) for one in removed),
        changed=changed,
        unchanged=len(found) - len(changed),
        problems=tuple(_twice(current, staying, found)),
        cautions=tuple(_cautions(current, staying, len(removed))),
    )


def handle_for(membership: str, taken: set[str]) -> str:
    """A handle made of a membership number, never of a name: m-10432, and m-10432-2 where that is taken."""
    plain = unicodedata.normalize("NFKD", number_key(membership)).encode("ascii", "ignore").decode()
    core = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_HANDLE].rstrip("-")
    base = f"m-{core or hashlib.sha256(number_key(membership).encode()).hexdigest()[:12]}"
    handle, n = base, 1
    while handle in taken:
        n += 1
        handle = f"{base}-{n}"
    return handle


class _Known:
    """Our side by what people are known by; who is on the roll goes before who has left it."""

    def __init__(self, current: Sequence[OnRoll]) -> None:
        living = sorted(current, key=lambda one: one.standing in GONE)
        self.by_number = _index(living, lambda one: number_key(one.membership))
        self.by_email = _index((one for one in living if not one.membership), lambda one: email_key(one.email))

    def matched(self, entries: Iterable[Entry]) -> Mapping[int, OnRoll]:
        """The lines of the entries whom we know, and as whom."""
        found = {}
        for one in entries:
            known = self.by_number.get(number_key(one.membership)) or self.by_email.get(email_key(one.email))
            if known is not None:
                found[one.line] = known
        return found


def _index(people: Iterable[OnRoll], key: Callable[[OnRoll], str]) -> dict[str, OnRoll]:
    found: dict[str, OnRoll] = {}
    for one in people:
        if known := key(one):
            found.setdefault(known, one)
    return found


def _unread(one: OnRoll, sheet: Sheet) -> bool:
    """Whether somebody is in the file, on a line with a problem."""
    return bool(one.membership) and number_key(one.membership) in sheet.unread


def _added(entries: Iterable[Entry], taken: set[str]) -> Iterator[Added]:
    """In the order of their numbers, so that the same people get the same handles however the file is sorted."""
    for one in sorted(entries, key=lambda one: (number_key(one.membership), one.membership)):
        handle = handle_for(one.membership, taken)
        taken.add(handle)
        yield Added(handle, one)


def _changed(ours: OnRoll, entry: Entry) -> Changed | None:
    differences = tuple(
        Difference(LABELS[name], _said(getattr(ours, name)), _said(getattr(entry, name)))
        for name in LABELS
        if getattr(ours, name) != getattr(entry, name)
    )
    lost = not ours.roles <= entry.roles
    return Changed(ours.id, ours.handle, ours.name, entry, differences, lost) if differences else None


def _said(value: str | frozenset[str]) -> str:
    return value if isinstance(value, str) else " ".join(sorted(value))


def _twice(current: Sequence[OnRoll], staying: Sequence[Entry], found: Mapping[int, OnRoll]) -> Iterator[Problem]:
    """Where it cannot be told who of us a line is: two without a number who share the address."""
    sharing: dict[str, int] = {}
    for one in current:
        if not one.membership and one.standing not in GONE:
            sharing[email_key(one.email)] = sharing.get(email_key(one.email), 0) + 1
    for entry in staying:
        ours = found.get(entry.line)
        if ours and not ours.membership and sharing.get(email_key(entry.email), 0) > 1:
            said = "Several people on the roll here have this address and no membership number; it cannot be told who is meant."
            yield Problem(entry.line, LABELS["email"], said)


def _cautions(current: Sequence[OnRoll], staying: Sequence[Entry], removed: int) -> Iterator[str]:
    on_roll = [one for one in current if one.standing not in GONE]
    if removed * 3 > len(on_roll):
        yield f"{removed:,} of the {len(on_roll):,} people on the roll would leave it, which is more than a third."
    if any(map(_administers, on_roll)) and not any(map(_administers, staying)):
        yield "No administrator in good standing would be left: nobody could open this page any more."


def _administers(one: OnRoll | Entry) -> bool:
    return Role.ADMINISTRATOR.value in one.roles and one.standing == GOOD
