"""Seconding routes: any one is enough, and nobody counts twice."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.formula import NoValue, parse
from rules.routes import (
    BadRoute,
    Route,
    RouteStanding,
    Seconder,
    Share,
    Source,
    Spread,
    Standing,
    Subquota,
    UnknownSize,
    standing,
)

HALF = Fraction(1, 2)
BY_BRANCH = Route("by a branch", Source.BRANCH)
BY_MEMBERS = Route("by members", Source.MEMBER, 20)
BY_THREE_BRANCHES = Route("by members of three branches", Source.MEMBER, 20, Spread("branch", 3))


def members(count, group=None, *attributes, start=0):
    return [
        Seconder(f"{group}-{number}", Source.MEMBER, group, frozenset(attributes))
        for number in range(start, start + count)
    ]


def only(route, seconders, **sizes):
    """The standing of one route."""
    return standing([route], seconders, sizes).routes[0]


# ---------------------------------------------------------------- rules of real organisations


def test_momentum_takes_a_branch_or_twenty_members():
    routes = [BY_BRANCH, BY_MEMBERS]
    assert str(standing(routes, members(14), {})) == "0 of 1 branch; or 14 of 20 members"
    assert not standing(routes, members(19), {}).met
    assert standing(routes, members(20), {}).met
    assert standing(routes, [Seconder("leeds", Source.BRANCH)], {}).met
    assert [one.met for one in standing(routes, members(20), {}).routes] == [False, True]


def test_debian_takes_half_the_square_root_of_its_developers():
    variables = {"Q": parse("sqrt(N(dd)) / 2"), "K": parse("min(Q, 5)")}
    route = Route("by developers", Source.MEMBER, parse("K"))
    needed = [standing([route], [], {"dd": size}, variables).routes[0].needed for size in (4, 5, 16, 50, 1001)]
    assert needed == [1, 2, 2, 4, 5]
    assert standing([route], members(4), {"dd": 50}, variables).met
    assert not standing([route], members(3), {"dd": 50}, variables).met


def test_the_german_greens_reserve_a_part_for_women():
    route = Route("by members", Source.MEMBER, 50, subquota=Subquota("women", 25))
    seconders = members(30, "m") + members(24, "w", "women", "young")
    assert str(only(route, seconders)) == "54 of 50 members, 24 of 25 women"
    assert not only(route, seconders).met
    assert only(route, seconders + members(1, "w", "women", start=24)).met


def test_members_may_have_to_come_from_several_branches():
    two = members(13, "leeds") + members(10, "york")
    assert str(only(BY_THREE_BRANCHES, two)) == "23 of 20 members, 2 of 3 branches"
    assert not only(BY_THREE_BRANCHES, two).met
    assert not only(BY_THREE_BRANCHES, two + members(9)).met, "who has no branch comes from no branch"
    assert str(only(BY_THREE_BRANCHES, two + members(1, "hull"))) == "24 of 20 members, 3 of 3 branches"
    assert only(BY_THREE_BRANCHES, two + members(1, "hull")).met


def test_a_share_of_the_members_is_not_rounded_down():
    route = Route("by members", Source.MEMBER, Share(Fraction(1, 20), "members"))
    assert [only(route, [], members=size).needed for size in (0, 1, 20, 21, 400, 401)] == [0, 1, 1, 2, 20, 21]
    assert only(route, members(2), members=40).met
    assert not only(route, members(2), members=41).met


# ---------------------------------------------------------------- who counts


def test_nobody_counts_twice():
    twice = members(10, "leeds") + members(10, "leeds")
    assert only(BY_MEMBERS, twice).counted == 10
    changed = [Seconder("ada", Source.MEMBER, "leeds"), Seconder("ada", Source.MEMBER, "york")]
    assert only(BY_THREE_BRANCHES, changed).groups == 1


def test_a_branch_is_no_member_even_of_the_same_name():
    both = [Seconder("york", Source.BRANCH), Seconder("york", Source.MEMBER), Seconder("york", Source.OFFICER)]
    assert only(BY_MEMBERS, both).counted == 1
    assert only(BY_BRANCH, both).met


def test_what_needs_no_seconder_has_its_standing():
    none = standing([], [], {})
    assert none == Standing(())
    assert none.met
    assert str(none) == "no seconders needed"


@pytest.mark.parametrize(
    ("groups", "counted"),
    [((), 0), ((9,), 0), ((3, 3), 6), ((15, 6), 12), ((15, 6, 1), 14), ((1, 1, 1), 3), ((2, 1), 2), ((10, 5, 5), 20)],
)
def test_no_branch_counts_for_more_than_its_share(groups, counted):
    route = Route("by members", Source.MEMBER, 12, Spread("branch", 2, HALF))
    seconders = [one for place, size in enumerate(groups) for one in members(size, f"branch-{place}")]
    assert only(route, seconders).counted == counted


def test_those_without_a_branch_are_one_group_where_shares_are_limited():
    route = Route("by members", Source.MEMBER, 6, Spread("branch", 1, HALF))
    assert only(route, members(10) + members(3, "leeds")).counted == 6


def test_a_route_with_a_greatest_share_is_met_when_enough_count():
    route = Route("by members", Source.MEMBER, 12, Spread("branch", 2, HALF))
    assert not only(route, members(30, "leeds") + members(5, "york")).met
    assert only(route, members(30, "leeds") + members(6, "york")).met


def taken(groups, share):
    """The most that can be taken, by trying all there is."""
    ways = product(*(range(size + 1) for size in groups))
    return max(sum(way) for way in ways if all(part <= share * sum(way) for part in way))


@pytest.mark.parametrize("share", [Fraction(1, 3), Fraction(2, 5), HALF, Fraction(1)])
def test_as_many_count_as_can_be_taken_together(share):
    route = Route("by members", Source.MEMBER, 1, Spread("branch", 1, share))
    for groups in product(range(5), repeat=3):
        seconders = [one for place, size in enumerate(groups) for one in members(size, f"branch-{place}")]
        assert only(route, seconders).counted == taken(groups, share), groups


# ---------------------------------------------------------------- properties


# Drawn from lists, because making each anew is what would take the time.
ANYONE = [
    Seconder(name, kind, group, frozenset(attributes))
    for name in "abcdefgh"
    for kind in Source
    for group in (None, "leeds", "york", "hull")
    for attributes in ([], ["women"], ["women", "young"])
]
SUBQUOTAS = [None, *(Subquota(attribute, count) for attribute in ("women", "young") for count in (1, 2, 3))]


def seconders():
    return st.lists(st.sampled_from(ANYONE), max_size=12)


def any_route(*shares):
    spreads = [None, *(Spread("branch", groups, share) for groups in (1, 2, 3) for share in shares)]
    every = product(Source, range(1, 5), spreads, SUBQUOTAS)
    return st.sampled_from([Route("route", *parts) for parts in every])


@given(any_route(None), seconders(), seconders())
def test_one_seconder_more_never_takes_a_route_away(route, first, more):
    assert only(route, first + more).met >= only(route, first).met


@given(any_route(Fraction(1, 10), Fraction(1, 3), HALF, Fraction(2, 3), Fraction(1)), seconders(), seconders())
def test_never_more_count_than_there_are_and_never_fewer_for_another(route, first, more):
    here = {one.id for one in first if one.kind is route.source}
    assert only(route, first).counted <= len(here)
    assert only(route, first + more).counted >= only(route, first).counted


@given(st.lists(any_route(None), max_size=3), seconders())
def test_any_one_route_is_enough_and_each_is_said(several, listed):
    found = standing(several, listed, {})
    assert found.met == (not several or any(only(route, listed).met for route in several))
    assert all(str(one) in str(found) for one in found.routes)
    assert str(found).count("; or ") == max(0, len(several) - 1)


# ---------------------------------------------------------------- words and what cannot be


@pytest.mark.parametrize(
    ("source", "by", "said"),
    [
        (Source.BODY, "county", "0 of 2 bodies, 0 of 2 counties"),
        (Source.OFFICER, "day", "0 of 2 officers, 0 of 2 days"),
        (Source.BRANCH, "caucus", "0 of 2 branches, 0 of 2 caucuses"),
        (Source.MEMBER, "region", "0 of 2 members, 0 of 2 regions"),
    ],
)
def test_sources_and_groups_are_said_in_their_plural(source, by, said):
    assert str(only(Route("route", source, 2, Spread(by, 2)), [])) == said


def test_large_numbers_are_said_with_commas():
    assert str(RouteStanding(Route("route", Source.MEMBER, 2000), 2000, 1234, 0, 0)) == "1,234 of 2,000 members"


def test_a_formula_below_nothing_needs_nobody():
    route = Route("route", Source.MEMBER, parse("N(m) - 10"))
    assert str(only(route, [], m=4)) == "0 of 0 members"
    assert only(route, [], m=4).met


def test_a_number_that_cannot_be_known_is_refused_by_name():
    with pytest.raises(UnknownSize, match=r'^The size of the electorate "m" is not known\.$'):
        only(Route("route", Source.MEMBER, Share(HALF, "m")), [])
    with pytest.raises(NoValue, match='electorate "m"'):
        only(Route("route", Source.MEMBER, parse("N(m)")), [])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Route("route", Source.MEMBER, 0), "A route needs one seconder or more, not 0."),
        (lambda: Spread("branch", 0), "Seconders come from one group or more, not from 0."),
        (
            lambda: Spread("branch", 1, Fraction(3, 2)),
            "The greatest share of one branch is a fraction above 0 and at most 1, not 3/2.",
        ),
        (lambda: Share(Fraction(0), "m"), "The share of an electorate is a fraction above 0 and at most 1, not 0."),
        (lambda: Share(0.5, "m"), "The share of an electorate is a fraction above 0 and at most 1, not 0.5."),
        (lambda: Subquota("women", 0), "A subquota of women is one or more, not 0."),
    ],
)
def test_a_route_that_cannot_be_gone_is_refused(make, said):
    with pytest.raises(BadRoute) as refused:
        make()
    assert str(refused.value) == said
