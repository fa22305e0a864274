"""How many belong to an electorate: what the database counts is what the rule says of each."""

from __future__ import annotations

from datetime import date

import pytest

import store
import store.members
import store.support
from rulebook.belonging import OnRoll, Selection
from rulebook.rules import Electorate

STANDINGS, BRANCHES, BODIES = ("good", "arrears", "suspended", "left"), ("Fen", "Tamar"), ("", "Riders")
JOINED = (None, date(2020, 1, 31), date(2020, 2, 1))

EVERY = [
    Selection(Electorate("e", "e", branches=branches, bodies=bodies, arrears=arrears), before)
    for branches in ((), ("Fen",), ("Fen", "Tamar"))
    for bodies in ((), ("Riders",))
    for arrears in (True, False)
    for before in (None, date(2020, 2, 1))
]


@pytest.fixture
def people(database):
    """One member of every kind that an electorate may tell apart."""
    kinds = [(s, b, a, j) for s in STANDINGS for b in BRANCHES for a in BODIES for j in JOINED]
    with store.transaction():
        store.members.add_many(
            [
                store.members.NewMember(
                    handle=f"m-{n}", name=f"M {n}", email=f"m{n}@example.org", branch=branch, body=body,
                    roles=frozenset(), joined=joined.isoformat() if joined else "", standing=standing,
                )
                for n, (standing, branch, body, joined) in enumerate(kinds)
            ]
        )  # fmt: skip
    return [OnRoll(standing, branch=branch, body=body, joined=joined) for standing, branch, body, joined in kinds]


def test_the_database_counts_those_of_whom_the_rule_is_true(people):
    for selection in EVERY:
        assert store.support.size(selection) == sum(one in selection for one in people), selection


def test_nobody_belongs_while_the_day_is_not_known(people):
    assert store.support.size(Selection(Electorate("e", "e"), waiting=True)) == 0
