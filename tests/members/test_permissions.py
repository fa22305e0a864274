"""Who may do what."""

from __future__ import annotations

import pytest

from members.permissions import GRANTS, NotAllowed, Permission, Role, granted, require


def test_permissions_are_listed_in_alphabetical_order() -> None:
    assert [one.name for one in Permission] == sorted(one.name for one in Permission)


def test_every_role_grants_something_and_every_permission_is_granted_by_some_role() -> None:
    assert set(GRANTS) == set(Role)
    assert granted(role.value for role in Role) == set(Permission)
    assert all(Permission.READ in allowed for allowed in GRANTS.values())


def test_roles_add_up() -> None:
    both = granted({"committee", "administrator"})
    assert both == GRANTS[Role.COMMITTEE] | GRANTS[Role.ADMINISTRATOR]


def test_nobody_and_unknown_roles_are_granted_nothing() -> None:
    assert granted(()) == frozenset()
    assert granted({"emperor"}) == frozenset()


def test_a_member_may_propose_and_second_but_not_merge() -> None:
    require({"member"}, Permission.PROPOSE)
    require({"member"}, Permission.SECOND)
    with pytest.raises(NotAllowed, match="does not allow you to merge"):
        require({"member"}, Permission.MERGE)


@pytest.mark.parametrize("role", ["administrator", "returning-officer", "reader"])
def test_those_who_keep_the_machine_have_no_say_in_the_text(role: str) -> None:
    assert not granted({role}) & {Permission.PROPOSE, Permission.SECOND, Permission.MERGE, Permission.ADOPT}
