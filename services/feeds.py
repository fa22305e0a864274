"""What the feeds tell: every amendment, the steps of one, what happens to a clause, what members of a branch propose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import store
import store.amendments
import store.editions
import store.follow
import store.log
import store.recent
from amendments.states import State, spoken
from constitution.clause import Constitution, UnknownClause
from constitution.numbering import number
from services import clause_page

SHOWN = 50  # entries of a feed
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # where nothing has been set up, nothing has changed since


class UnknownBranch(LookupError):
    """Nobody on the roll is of this branch."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no branch {name}.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing told. ``name`` is its own for good, ``address`` the path of its page; ``author`` None: the organisation."""

    name: str
    title: str
    words: str
    address: str
    published: datetime
    updated: datetime
    author: store.members.Member | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, the latest first. ``name`` is its own for good; ``begun`` is the day on which this record was."""

    name: str
    title: str
    updated: datetime
    begun: datetime
    entries: tuple[Entry, ...]


def amendments() -> Feed:
    """The amendments that were proposed or changed last."""
    return _feed("amendments", "Amendments", map(_of_line, store.recent.everything(SHOWN)))


def amendment(wanted: int) -> Feed:
    """Every step of an amendment, and every text after its first; raises UnknownAmendment."""
    found = store.amendments.by_number(wanted)
    return _feed(f"amendments/{wanted}", f"Amendment A{wanted}: {found.title}", (*_steps(found), *_texts(found)))


def clause(wanted: str) -> Feed:
    """The amendments of a clause or of what is below it, and the editions that changed it; raises UnknownClause."""
    book = _last_with(wanted)
    below = [one.id for one in book[wanted].walk()]
    lines = map(_of_line, store.recent.of_clauses(below, SHOWN))
    return _feed(f"clauses/{wanted}", f"Clause {number(book)[wanted]}", (*lines, *_editions(wanted)))


def branch(name: str) -> Feed:
    """The amendments moved by members of a branch; raises UnknownBranch."""
    if not store.follow.has_branch(name):
        raise UnknownBranch(name)
    found = map(_of_line, store.recent.of_branch(name, SHOWN))
    return _feed(f"branches/{name}", f"Amendments moved by members of {name}", found)


def _feed(name: str, title: str, entries: Iterable[Entry]) -> Feed:
    latest = sorted(entries, key=lambda one: (one.updated, one.published), reverse=True)[:SHOWN]
    first = store.log.entries(limit=1, before=2)
    begun = first[0].at if first else NEVER
    return Feed(name, title, latest[0].updated if latest else begun, begun, tuple(latest))


def _of_line(one: store.recent.Line) -> Entry:
    return Entry(
        f"amendments/{one.number}",
        f"A{one.number} {one.title}",
        f"{spoken(one.state).capitalize()}.\n\n{one.reason}",
        f"/amendments/{one.number}",
        one.created,
        one.changed,
        one.mover,
        one.state,
    )


def _steps(found: store.amendments.Amendment) -> Iterator[Entry]:
    for n, step in enumerate(store.amendments.history(found), start=1):
        yield Entry(
            f"amendments/{found.number}/steps/{n}",
            f"A{found.number}: {spoken(step.state)}",
            step.reason,
            f"/amendments/{found.number}",
            step.at,
            step.at,
            found.mover if n == 1 else None,
            step.state,
        )


def _texts(found: store.amendments.Amendment) -> Iterator[Entry]:
    for version in found.versions[1:]:
        yield Entry(
            f"amendments/{found.number}/versions/{version.n}",
            f"A{found.number}: new text, version {version.n}",
            version.note or version.reason,
            f"/amendments/{found.number}",
            version.at,
            version.at,
            found.mover,
        )


def _editions(wanted: str) -> Iterator[Entry]:
    for event in clause_page.history(wanted):
        edition = event.edition
        gone = event.what == "struck"
        yield Entry(
            f"clauses/{wanted}/editions/{edition.number}",
            f"{event.what.capitalize()} with edition {edition.number}" + (f", as {event.label}" if event.label else ""),
            edition.note,
            f"/editions/{edition.number}" + ("" if gone else f"/clauses/{wanted}"),
            edition.at,
            edition.at,
        )


def _last_with(wanted: str) -> Constitution:
    last = store.editions.last_with(wanted)
    if last is None:
        raise UnknownClause(wanted)
    return store.editions.load(last).constitution
