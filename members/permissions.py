"""What a person may do, and the roles that grant it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Permission(StrEnum):
    """One thing that may be done. Alphabetical; a route or a service names the one it needs."""

    ADMINISTER = "administer"
    ADOPT = "adopt"
    COMMENT = "comment"
    COUNT = "count"
    MERGE = "merge"
    PROPOSE = "propose"
    READ = "read"
    RULE = "rule"
    SECOND = "second"
    VOTE = "vote"


class Role(StrEnum):
    """What a person is in the organisation."""

    READER = "reader"
    MEMBER = "member"
    OFFICER = "officer"
    DELEGATE = "delegate"
    COMMITTEE = "committee"
    ADMINISTRATOR = "administrator"
    RETURNING_OFFICER = "returning-officer"


class NotAllowed(PermissionError):
    """The person may not do this; the message is a sentence for them."""


_READER = frozenset({Permission.READ})
_MEMBER = _READER | {Permission.COMMENT, Permission.PROPOSE, Permission.SECOND, Permission.VOTE}

# An administrator keeps the roll and the machine, and a returning officer counts: neither of them, as such,
# has a say in the text. A person who is also a member holds both roles.
GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.READER: _READER,
    Role.MEMBER: _MEMBER,
    Role.OFFICER: _MEMBER,
    Role.DELEGATE: _MEMBER,
    Role.COMMITTEE: _MEMBER | {Permission.ADOPT, Permission.MERGE, Permission.RULE},
    Role.ADMINISTRATOR: _READER | {Permission.ADMINISTER},
    Role.RETURNING_OFFICER: _READER | {Permission.COUNT},
}


def granted(roles: Iterable[str]) -> frozenset[Permission]:
    """Everything that the roles together allow. A role that we do not know allows nothing."""
    known = {role.value: role for role in Role}
    return frozenset().union(*(GRANTS[known[role]] for role in roles if role in known))


def require(roles: Iterable[str], permission: Permission) -> None:
    """Raise NotAllowed unless one of the roles grants the permission."""
    if permission not in granted(roles):
        raise NotAllowed(f"Your role does not allow you to {permission.value}.")
