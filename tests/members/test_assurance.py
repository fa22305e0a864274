"""What a role is worth before its passkey was shown."""

from datetime import timedelta
from itertools import chain, combinations

import pytest

from members.assurance import (
    FRESH,
    By,
    effective_roles,
    is_strong,
    lifetime,
    may_add_passkey,
    may_remove_passkey,
    needs_passkey,
)
from members.permissions import Permission, Role, granted

EVERY_ROLES = [frozenset(some) for some in chain.from_iterable(combinations(Role, n) for n in range(len(Role) + 1))]
WEAK = (By.LINK, By.OPENID, By.DEMONSTRATION, "", "password")
JUST_OVER = FRESH + timedelta(microseconds=1)


def test_a_passkey_brings_every_role():
    assert all(effective_roles(roles, By.PASSKEY) == roles for roles in EVERY_ROLES)


@pytest.mark.parametrize("by", WEAK)
def test_without_a_passkey_nobody_merges_adopts_or_administers(by):
    deciding = {Permission.ADMINISTER, Permission.ADOPT, Permission.MERGE}
    assert [roles for roles in EVERY_ROLES if granted(effective_roles(roles, by)) & deciding] == []


@pytest.mark.parametrize("by", WEAK)
def test_without_a_passkey_nobody_may_more_than_with_it(by):
    assert [roles for roles in EVERY_ROLES if not granted(effective_roles(roles, by)) <= granted(roles)] == []


def test_without_a_passkey_the_committee_speaks_as_any_member():
    assert granted(effective_roles({Role.COMMITTEE}, By.LINK)) == granted({Role.MEMBER})


def test_without_a_passkey_an_administrator_who_is_no_member_only_reads():
    assert granted(effective_roles({Role.ADMINISTRATOR}, By.LINK)) == {Permission.READ}


def test_ordinary_roles_need_none():
    ordinary = {Role.READER, Role.MEMBER, Role.OFFICER, Role.DELEGATE}
    assert effective_roles(ordinary, By.LINK) == ordinary
    assert not needs_passkey(ordinary)


def test_one_click_is_enough_only_in_the_demonstration():
    assert is_strong(By.DEMONSTRATION, demonstration=True)
    assert not is_strong(By.DEMONSTRATION)
    assert effective_roles({Role.COMMITTEE}, By.DEMONSTRATION, demonstration=True) == {Role.COMMITTEE}


@pytest.mark.parametrize("by", [By.LINK, By.OPENID])
def test_the_demonstration_makes_nothing_else_strong(by):
    assert not is_strong(by, demonstration=True)


def test_who_decides_for_others_signs_in_again_the_same_day():
    assert lifetime({Role.MEMBER, Role.COMMITTEE}) == timedelta(hours=12)
    assert lifetime({Role.MEMBER}) == timedelta(days=14)


@pytest.mark.parametrize(
    ("passkeys", "by", "age", "may"),
    [
        (0, By.LINK, FRESH, True),
        (0, By.LINK, JUST_OVER, False),
        (1, By.LINK, timedelta(0), False),
        (1, By.PASSKEY, timedelta(hours=11), True),
        (0, By.OPENID, FRESH, True),
    ],
)
def test_the_first_passkey_comes_after_a_fresh_link_and_the_next_after_the_first(passkeys, by, age, may):
    assert may_add_passkey(passkeys, by, age) == may


def test_no_passkey_is_removed_by_a_link():
    assert not may_remove_passkey(By.LINK)
    assert may_remove_passkey(By.PASSKEY)
