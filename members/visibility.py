"""Under which name a mover or seconder is shown to whom. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

from members.permissions import Role
from members.roll_cells import ERASED

FORMER = "A former member"


class VisibleTo(StrEnum):
    """Who sees a member's name beside what they moved or seconded."""

    MEMBERS = "members"
    ALL = "all"


class Named(Protocol):
    """Somebody with a name, and what they chose."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def branch(self) -> str: ...  # noqa: D102
    @property
    def standing(self) -> str: ...  # noqa: D102
    @property
    def visible_to(self) -> str: ...  # noqa: D102


class UnknownVisibility(ValueError):
    """A choice of who sees a name that is none of ours."""

    def __init__(self, choice: str) -> None:
        super().__init__(f"{choice!r} is none of: {', '.join(VisibleTo)}.")


def shown_name(member: Named, viewer_is_member: bool) -> str:  # noqa: FBT001 (a fact about who looks)
    """The name for a member who looks; for anybody else what of it they may know: A member of the Fen branch."""
    if member.standing == ERASED:
        return FORMER
    if viewer_is_member or member.visible_to == VisibleTo.ALL:
        return member.name
    if not member.branch:
        return "A member"
    ending = "" if member.branch.casefold().endswith(" branch") else " branch"
    article = "" if member.branch.casefold().startswith("the ") else "the "
    return f"A member of {article}{member.branch}{ending}"


def is_member(roles: Iterable[str]) -> bool:
    """Whether somebody belongs to the organisation: any role of ours but that of a reader, who is the public."""
    return bool({role.value for role in Role if role is not Role.READER} & set(roles))
