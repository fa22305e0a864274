"""Any one route is enough, and each says how far it is."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook.formula import Figures, figures, number, parse
from rulebook.rules import Instrument, Route, Spread, Subquota
from rulebook.seconding import Seconder, SeconderKind, needed, standing, standing_of

NOBODY = Figures({}, {})
BRANCHES = ("Airedale", "Old Fen", "Welsh Marches", "Chalk Downs")
TWENTY_FROM_THREE = Route("members", number(20), spread=Spread("branch", 3))
ONE_BRANCH = Route("branch", number(1))


def members(count, branches=BRANCHES, **facts):
    return [
        Seconder(SeconderKind.MEMBER, f"{branches}{one}", branches[one % len(branches)] if branches else "", **facts)
        for one in range(count)
    ]


def branch(name="Old Fen", *, minute=True):
    return Seconder(SeconderKind.BRANCH, name, name, minute=minute)


def test_each_route_says_how_far_it_is():
    found = standing([TWENTY_FROM_THREE, ONE_BRANCH], members(14, BRANCHES[:3]), NOBODY)
    assert not found.met
    assert found.sentence == "14 of 20 members, 3 of 3 branches; or 0 of 1 branch"
    assert [one.missing for one in found.routes[0].parts] == [6, 0]


def test_a_branch_is_enough_where_the_members_are_not():
    found = standing([TWENTY_FROM_THREE, ONE_BRANCH], [*members(3), branch()], NOBODY)
    assert found.met
    assert found.sentence == "3 of 20 members, 3 of 3 branches; or 1 of 1 branch"


def test_twenty_from_two_branches_are_not_enough():
    assert not standing([TWENTY_FROM_THREE], members(25, BRANCHES[:2]), NOBODY).met
    assert standing([TWENTY_FROM_THREE], members(20, BRANCHES[:3]), NOBODY).met
    assert not standing([TWENTY_FROM_THREE], members(19, BRANCHES[:3]), NOBODY).met


def test_who_belongs_to_no_branch_counts_but_not_as_a_branch():
    found = standing([TWENTY_FROM_THREE], [*members(18, BRANCHES[:2]), *members(5, ())], NOBODY)
    assert found.sentence == "23 of 20 members, 2 of 3 branches"


def test_a_branch_without_its_minute_is_not_counted_where_one_is_required():
    route = Route("branch", number(1), minute_required=True)
    assert not standing([route], [branch(minute=False)], NOBODY).met
    assert standing([route], [branch()], NOBODY).met


def test_nobody_counts_twice():
    assert standing([ONE_BRANCH, Route("members", number(2))], members(1) * 2, NOBODY).sentence == (
        "0 of 1 branch; or 1 of 2 members"
    )


def test_one_branch_supplies_no_more_than_its_share():
    route = Route("members", number(9), spread=Spread("branch", 1, Fraction(1, 3)))
    found = standing([route], [*members(6, ["Old Fen"]), *members(4, ["Airedale"])], NOBODY)
    assert (found.sentence, found.routes[0].uncounted, found.met) == ("6 of 9 members", 4, False)
    assert standing([route], [*members(6, ["Old Fen"]), *members(4, ["Airedale"]), *members(3, ["Chalk"])], NOBODY).met


def test_a_subquota_and_a_group_of_any_attribute_are_parts_of_a_route():
    route = Route("members", number(4), spread=Spread("home_region", 2), subquota=Subquota("gender", "woman", 2))
    some = [*members(3, attributes={"gender": "woman", "home_region": "North"}), *members(2, ())]
    assert standing([route], some, NOBODY).sentence == "5 of 4 members, 1 of 2 home regions, 3 of 2 with gender woman"


def test_a_route_from_an_electorate_counts_those_who_belong_to_it():
    route = Route("delegates", number(2))
    some = [*members(1, electorates=frozenset({"delegates"})), *members(5, ())]
    assert standing([route], some, NOBODY).sentence == "1 of 2 members"


def test_without_routes_no_seconders_are_needed():
    assert standing([], [], NOBODY).met
    assert standing([], [], NOBODY).sentence == "no seconders are needed"


def test_who_is_exempt_needs_no_seconders():
    instrument = Instrument("option", "option", exempt=("leader",), seconding=(Route(),))
    assert standing_of(instrument, "leader", [], NOBODY).met
    assert standing_of(instrument, "leader", [], NOBODY).sentence == "no seconders are needed"
    assert not standing_of(instrument, "member", [], NOBODY).met


@pytest.mark.parametrize(
    ("route", "size", "wanted"),
    [
        (Route("members", parse("ceil(N(members) / 20)")), 101, 6),
        (Route("members", parse("N(members) * 1 / 20"), least=5), 60, 5),
        (Route("members", parse("N(members) * 1 / 20"), most=50), 60_000, 50),
        (Route("members", parse("N(members) * 1 / 20")), 101, 6),
        # Of German parties: 50, or one in two thousand but at least 20.
        (Route("members", parse("max(20, ceil(N(members) * 5 / 10000))")), 126_000, 63),
        (Route("members", parse("max(20, ceil(N(members) * 5 / 10000))")), 10_000, 20),
    ],
)
def test_how_many_are_needed_follows_the_roll(route, size, wanted):
    assert needed(route, figures({}, {"members": size})) == wanted


ROUTES = [
    TWENTY_FROM_THREE,
    Route("members", number(6), spread=Spread("branch", 2, Fraction(1, 2)), subquota=Subquota("gender", "woman", 2)),
]
SECONDERS = st.builds(
    Seconder,
    st.just(SeconderKind.MEMBER),
    st.integers(0, 40).map(str),
    st.sampled_from(["", *BRANCHES]),
    attributes=st.sampled_from([{}, {"gender": "woman"}]),
)


@given(st.lists(SECONDERS, max_size=30, unique_by=lambda one: one.id), st.sampled_from(BRANCHES))
def test_one_more_seconder_never_does_harm(some, home):
    for route in ROUTES:
        before = standing([route], some, NOBODY).routes[0]
        after = standing([route], [*some, Seconder(SeconderKind.MEMBER, "one more", home)], NOBODY).routes[0]
        assert all(now.count >= then.count for now, then in zip(after.parts, before.parts, strict=True))
