"""Whose acts count: those of the electorate "members" of the rulebook. Anybody else on the roll reads, and is told why."""

from __future__ import annotations

from datetime import date

import store
import store.members
from members.permissions import NotAllowed
from rulebook.belonging import ARREARS, GOOD, OnRoll, Selection, selections
from rulebook.kinds import Act
from rulebook.phrases import a, either
from rulebook.rules import MEMBERS, Electorate, Rulebook
from rulebook.saying import on_date
from services import timing

_ACTS = {Act.COMMENT: "comment", Act.OBJECT: "object", Act.SECOND: "second an amendment", Act.VOTE: "vote"}


class NotOfTheElectorate(NotAllowed):
    """The rules do not count what this member does; the message says what of the roll and of the rules makes it so."""

    def __init__(self, act: str, reason: str) -> None:
        super().__init__(f"You cannot {act}: {reason}.")


def require_in(member: store.members.Member, act: str) -> None:
    """Raise NotOfTheElectorate unless the rules count this member's act.

    ``act`` is one of rulebook.kinds.Act, or the id of an instrument that is proposed, as for ``timing.require_open``.
    """
    reason = why_not(member)
    if reason:
        raise NotOfTheElectorate(_named(act, timing.rules()), reason)


def why_not(member: store.members.Member, of: str = MEMBERS) -> str:
    """Why the acts of a member do not count in an electorate, as the end of a sentence; "" when they do."""
    chosen = selections(timing.rules(), timing.happenings()).get(of) or Selection(Electorate(of, of))
    joined = date.fromisoformat(member.joined) if member.joined else None
    one = OnRoll(member.standing, branch=member.branch, body=member.body, joined=joined)
    return "" if one in chosen else _reason(one, chosen)


def _named(act: str, book: Rulebook) -> str:
    known = {one.value: words for one, words in _ACTS.items()}
    return known.get(act) or f"propose {a(book.instruments[act].label)}"


def _reason(one: OnRoll, chosen: Selection) -> str:
    wanted = chosen.electorate
    if one.standing == ARREARS and not wanted.arrears:
        return "your subscription is in arrears, and the rules count only members whose subscription is not"
    if one.standing not in {GOOD, ARREARS}:
        return "the rules count only members in good standing"
    for what, names, own in (("branch", wanted.branches, one.branch), ("affiliated body", wanted.bodies, one.body)):
        if names and own not in names:
            return f"the rules count only members of the {what} {either(names)}"
    return _too_late(one, chosen)


def _too_late(one: OnRoll, chosen: Selection) -> str:
    if chosen.joined_before is None:  # it hangs on something that has not happened
        return "the rules count only members who joined before a date that is not fixed yet"
    rule = f"the rules count only members who joined before {on_date(chosen.joined_before)}"
    return (
        f"{rule}, and {f'you joined on {on_date(one.joined)}' if one.joined else 'the roll does not say when you did'}"
    )
