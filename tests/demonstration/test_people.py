import re
from collections import Counter
from datetime import date

import pytest

from demonstration.people import (
    BODIES,
    BRANCH_SIZES,
    BRANCHES,
    COMMITTEE_MEMBERS,
    MEMBERS,
    PERSONAS,
    STANDING_ORDERS_COMMITTEE,
    officer_of,
    people,
    person,
)
from members.permissions import Permission, Role, granted


def test_there_are_three_hundred_and_nobody_twice():
    assert len(people()) == MEMBERS == 300
    for field in ("handle", "name", "email", "membership"):
        assert len({getattr(one, field) for one in people()}) == MEMBERS


def test_handles_and_addresses_are_plain():
    assert [one.handle for one in people() if not re.fullmatch(r"[a-z]+(-[a-z]+)+", one.handle)] == []
    assert all(one.email.endswith("@example.org") for one in people())


def test_who_joined_first_has_the_lowest_number():
    by_number = sorted(people(), key=lambda one: one.membership)
    joined = [date.fromisoformat(one.joined) for one in by_number]
    assert joined == sorted(joined)
    assert joined[-1] < date(2025, 10, 1)


def test_the_roll_is_the_same_every_time():
    before = people()
    people.cache_clear()
    assert people() == before


def test_everybody_is_in_one_of_twelve_branches_and_some_in_four_bodies():
    assert Counter(one.branch for one in people()) == BRANCH_SIZES
    assert len(BRANCH_SIZES) == 12
    assert {one.body for one in people()} == {"", *BODIES, STANDING_ORDERS_COMMITTEE}


@pytest.mark.parametrize(
    ("role", "holders"),
    [
        (Role.COMMITTEE, 7),
        (Role.DELEGATE, 24),
        (Role.OFFICER, 36),
        (Role.ADMINISTRATOR, 1),
        (Role.RETURNING_OFFICER, 1),
    ],
)
def test_the_offices_are_filled(role, holders):
    assert sum(role in one.roles for one in people()) == holders


def test_the_named_members_of_the_committee_are_the_committee():
    assert {one.name for one in people() if Role.COMMITTEE in one.roles} == {name for name, _ in COMMITTEE_MEMBERS}


def test_each_branch_has_three_officers_and_the_delegates_it_may_send():
    for branch, size in BRANCH_SIZES.items():
        here = [one for one in people() if one.branch == branch]
        assert sum(Role.OFFICER in one.roles for one in here) == 3
        assert sum(Role.DELEGATE in one.roles and not one.body for one in here) == (2 if size > 20 else 1)


@pytest.mark.parametrize("branch", BRANCHES)
def test_an_officer_of_each_branch_speaks_for_it_and_for_nothing_else(branch):
    officer = officer_of(branch)
    assert (officer.branch, officer.body, Role.OFFICER in officer.roles) == (branch, "", True)
    assert officer.handle not in {one.handle for one in PERSONAS}


def test_a_branch_that_is_none_has_no_officer():
    with pytest.raises(KeyError):
        officer_of("Hebden Vale")


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda one: one.key)
def test_one_can_sign_in_as_somebody_on_the_roll(persona):
    assert Permission.SECOND in granted(person(persona.handle).roles)
    assert persona.line.endswith(".")


def test_the_people_to_sign_in_as_hold_the_roles_they_show():
    roles = {one.key: person(one.handle).roles for one in PERSONAS}
    assert Role.OFFICER in roles["branch-officer"]
    assert Role.COMMITTEE in roles["committee-chair"] & roles["committee-member"]
    assert Role.DELEGATE in roles["delegate"]
    assert Role.ADMINISTRATOR in roles["administrator"]
    assert Role.RETURNING_OFFICER in roles["returning-officer"]
    assert roles["member"] == {Role.MEMBER}


def test_a_stranger_is_nobody():
    with pytest.raises(KeyError):
        person("nobody-known")
