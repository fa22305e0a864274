"""Telling members what happened: in the transaction of what happened, each as they have chosen to hear of it.

A message is a template of ``templates/notices/``, its first line the subject. Its links are paths of ours, each on a line
of its own: the site's address is put before them when the message leaves (services.letters).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from functools import cache, lru_cache
from pathlib import Path
from string import Template
from typing import Protocol

import store
import store.notices
import store.outbox
import store.processes
from members.notices import (
    DIGEST,
    MANNERS,
    Choice,
    Kind,
    choice,
    chosen,
    digest_id,
    folded,
    gathered_until,
    kind,
    message_id,
)
from members.permissions import Permission, require
from rulebook.reading import parse
from rulebook.saying import at_closing, at_opening
from rulebook.when import Edge
from rulebook.zones import zone as named

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "notices"


class Reached(Protocol):
    """Who can be told: a member of the roll, or as much of one as that takes."""

    @property
    def id(self) -> int: ...  # noqa: D102 (the row of the roll)
    @property
    def handle(self) -> str: ...  # noqa: D102
    @property
    def email(self) -> str: ...  # noqa: D102 ("" for none)


def tell(name: str, about: str, members: Iterable[Reached], at: datetime, **facts: object) -> int:
    """Tell members of something, inside the transaction in which it happens; how many messages that makes.

    ``name`` is a Kind, ``about`` names the thing told of ("amendment 7 version 2"): telling the same thing of the same
    moment to the same member again puts nothing. ``facts`` fill the template; ``organisation`` and ``when`` are there
    already. Who has no address, or chose none, gets nothing. To reach another address than that of the roll, give
    ``dataclasses.replace(member, email=...)`` and an ``about`` that says so. Raises UnknownKind, and KeyError for a
    fact that the template wants.
    """
    told = kind(name)
    reached = {one.id: one for one in members if one.email}
    if not reached:
        return 0
    wishes = store.notices.choices(told, reached)
    subject, body = written(told, at, facts)
    messages = [
        store.outbox.New(
            message_id(told, about, one.handle, at), one.id, told, one.email, subject, body, at, _due(wish, at)
        )
        for one in reached.values()
        if (wish := chosen(told, wishes.get(one.id))) is not Choice.NONE
    ]
    store.outbox.put_many(messages)
    return len(messages)


def written(template: str, at: datetime, facts: Mapping[str, object]) -> tuple[str, str]:
    """The subject, in one line whatever the facts hold, and the body of a message; raises KeyError."""
    subject, body = _template(template)
    process = store.processes.current()
    given = {"organisation": process.organisation, "when": _worded(at, _zone(process.rulebook_toml)), **facts}
    words = {name: str(value) for name, value in given.items()}
    return folded(subject.substitute(words)), body.substitute(words)


def moment(at: datetime) -> str:
    """A moment in words, in the zone of the process and naming it: 28 June 2026 at 12:00 (Europe/London)."""
    return _worded(at, zone())


def edge(of: str, at: datetime | None) -> str:
    """When a stage opens or closes (``of``), in words: a midnight at which it closes is the end of the day before."""
    if at is None:
        return "on a day still to be set"
    here = zone()
    return at_closing(at, here, str(here)) if of == Edge.CLOSES else at_opening(at, here, str(here))


def zone() -> tzinfo:
    """The time zone of the process, as its rulebook has it."""
    return _zone(store.processes.current().rulebook_toml)


def gather(now: datetime) -> int:
    """Make of each member's daily messages one, due at once, if the hour of the digest has come; how many that makes.

    It gathers what was told before the last 07:00 of the process's zone; a member gets one a day, whoever runs this and
    however often.
    """
    until = gathered_until(now, zone())
    opening = cache(lambda number: _opening(number, until, now))  # the same for all who have as many
    with store.transaction():
        found = [one for one in store.outbox.for_digest(until) if one.member.email]
        store.outbox.gathered(until, now)
        store.outbox.put_many([_digest(one, opening(len(one.notices)), until.date(), now) for one in found])
    return len(found)


def choices(member: store.members.Member) -> Mapping[Kind, Choice]:
    """What holds for each kind of message to a member: what they chose, else what it is by default."""
    made = store.notices.choices_of(member.id)
    return {one: chosen(one, made.get(one)) for one in Kind}


def choose(member: store.members.Member, wishes: Mapping[str, str]) -> None:
    """Keep how a member wants to hear of each kind in ``wishes``; raises UnknownKind or NotOffered and keeps nothing.

    Not an entry of the log: how one wants to be told is no act of the process, and nobody else's business.
    """
    require(member.roles, Permission.READ)
    with store.transaction():
        _keep(member.id, {kind(name): choice(kind(name), wish) for name, wish in wishes.items()})


def unsubscribe(member_id: int, name: str) -> tuple[Kind, ...]:
    """No more messages of a kind (of DIGEST: of every kind that comes daily and may be none); those that end."""
    with store.transaction():
        ending = _daily(member_id) if name == DIGEST else (kind(name),)
        _keep(member_id, {one: choice(one, Choice.NONE) for one in ending})
    return ending


def messages(member: store.members.Member) -> tuple[store.outbox.Notice, ...]:
    """The last that a member was told, the latest first."""
    require(member.roles, Permission.READ)
    return store.outbox.told(member.id)


def _keep(member_id: int, made: Mapping[Kind, Choice]) -> None:
    store.notices.choose(member_id, made)
    store.outbox.call_off(member_id, [one for one, wish in made.items() if wish is Choice.NONE])


def _daily(member_id: int) -> tuple[Kind, ...]:
    made = store.notices.choices_of(member_id)
    return tuple(one for one in Kind if MANNERS[one].may_be_none and chosen(one, made.get(one)) is Choice.DAILY)


def _due(wish: Choice, at: datetime) -> datetime | None:
    return at if wish is Choice.AT_ONCE else None


def _opening(number: int, until: datetime, now: datetime) -> tuple[str, str]:
    facts = {"count": f"{number:,} message{'' if number == 1 else 's'}", "day": f"{until.day} {until:%B %Y}"}
    return written(DIGEST, now, facts)


def _digest(one: store.outbox.Gathered, opening: tuple[str, str], day: date, now: datetime) -> store.outbox.New:
    parts = [f"{said.subject}\n{'=' * min(len(said.subject), 76)}\n\n{said.body}" for said in one.notices]
    return store.outbox.New(
        digest_id(day, one.member.handle),
        one.member.id,
        DIGEST,
        one.member.email,
        opening[0],
        "\n\n".join(part.rstrip("\n") for part in (opening[1], *parts)) + "\n",
        now,
        now,
    )


def _worded(at: datetime, here: tzinfo) -> str:
    local = at.astimezone(here)
    return f"{local.day} {local:%B %Y} at {local:%H:%M} ({here})"


@lru_cache(maxsize=8)
def _zone(rulebook: str) -> tzinfo:
    return named(parse(rulebook).process.timezone)


@cache
def _template(name: str) -> tuple[Template, Template]:
    subject, _, body = (TEMPLATES / f"{name}.txt").read_text(encoding="utf-8").partition("\n")
    return Template(subject), Template(body.lstrip("\n"))
