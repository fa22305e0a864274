"""How surely somebody is who they say, and what of their roles that lets them use. Pure.

An e-mailed link proves that one reads a mailbox. That is enough to speak for oneself, and not enough to decide for others:
whoever merges, counts or keeps the roll shows a passkey first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum

from members.permissions import Role


class By(StrEnum):
    """How somebody signed in."""

    LINK = "link"
    PASSKEY = "passkey"
    OPENID = "openid"
    DEMONSTRATION = "demonstration"


# What remains of a role without a passkey. Never more than the role itself grants: an administrator who is no member
# does not become one by signing in badly.
REMAINS: Mapping[str, Role] = {
    Role.COMMITTEE: Role.MEMBER,
    Role.ADMINISTRATOR: Role.READER,
    Role.RETURNING_OFFICER: Role.READER,
}

LONG, SHORT = timedelta(days=14), timedelta(hours=12)
FRESH = timedelta(minutes=10)


def is_strong(by: str, *, demonstration: bool = False) -> bool:
    """Whether signing in like this proves enough for every role; one click does so only where it was asked for."""
    return by == By.PASSKEY or (demonstration and by == By.DEMONSTRATION)


def needs_passkey(roles: Iterable[str]) -> bool:
    """Whether one of the roles is used only after a passkey."""
    return any(role in REMAINS for role in roles)


def effective_roles(roles: Iterable[str], by: str, *, demonstration: bool = False) -> frozenset[str]:
    """The roles that may be used by who signed in like this; all of them, or what remains of each without a passkey."""
    if is_strong(by, demonstration=demonstration):
        return frozenset(roles)
    return frozenset(str(REMAINS.get(role, role)) for role in roles)


def lifetime(roles: Iterable[str]) -> timedelta:
    """How long somebody with these roles stays signed in."""
    return SHORT if needs_passkey(roles) else LONG


def may_add_passkey(passkeys: int, by: str, age: timedelta, *, demonstration: bool = False) -> bool:
    """Whether a passkey may be added ``age`` after signing in.

    The first one also shortly after a link was used; the next only by who has shown one, else a mailbox that was broken
    into would be worth a passkey.
    """
    return is_strong(by, demonstration=demonstration) or (passkeys == 0 and age <= FRESH)


def may_remove_passkey(by: str, *, demonstration: bool = False) -> bool:
    """Whether a passkey may be taken away: only by who has shown one, else the next would count as the first."""
    return is_strong(by, demonstration=demonstration)
