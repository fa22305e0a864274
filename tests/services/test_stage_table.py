"""Every act, at every time, by every role: done only where the stages allow the act and the role may do it."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import allotment
import pytest
from allotment import MEERA, ROSA, SIXTEEN, member, new_id, proposal, reword

import store.amendments
from amendments.points import Side
from members.permissions import NotAllowed, Role
from services import admitting, compositing, drafting, enrolling, points, proposal_page, revising, seconding
from services.timing import StageClosed

pytestmark = pytest.mark.usefixtures("database")

RULES = """\
[process]
name = "Spring revision"
[[stage]]
id = "proposals"
opens = "2026-04-01"
closes = "2026-04-28"
allows = ["amendment", "deep", "second", "edit", "withdraw", "comment"]
last_call = { window = "48h", forbids = ["edit"] }
[[stage]]
id = "drafting"
opens = "proposals.closes"
closes = "opens + 2w"
allows = ["rule", "merge", "comment"]
[[stage]]
id = "reading"
opens = "drafting.closes + 1w"
closes = "opens + 1w"
allows = ["comment"]
[[seconding]]
count = 1
[instrument.amendment]
proposers = ["member"]
[instrument.deep]
proposers = ["member"]
depth = 1
[[electorate]]
id = "standing_orders"
[admission]
by = "standing_orders"
silence_admits = "14d"
"""
RULED_OUT = admitting.Wanted(1, "out-of-order", "unlawful", "Out of order.")
FIRST = datetime(2026, 4, 2, tzinfo=UTC)

# What may be done when, written by hand.
TIMES = {
    "before": (datetime(2026, 3, 31, tzinfo=UTC), set()),
    "proposals": (datetime(2026, 4, 10, tzinfo=UTC), {"propose", "amend", "second", "edit", "withdraw", "comment"}),
    "last call": (datetime(2026, 4, 28, tzinfo=UTC), {"propose", "amend", "second", "withdraw", "comment"}),
    "drafting": (datetime(2026, 5, 5, tzinfo=UTC), {"rule", "merge", "comment"}),
    "between": (datetime(2026, 5, 15, tzinfo=UTC), set()),
    "reading": (datetime(2026, 5, 22, tzinfo=UTC), {"comment"}),
    "after": (datetime(2027, 1, 1, tzinfo=UTC), set()),
}
MEMBERS = frozenset({Role.MEMBER, Role.OFFICER, Role.DELEGATE, Role.COMMITTEE})
COMMITTEE = frozenset({Role.COMMITTEE})
ROLES = dict.fromkeys(("propose", "amend", "second", "edit", "withdraw", "comment"), MEMBERS) | dict.fromkeys(
    ("rule", "merge"), COMMITTEE
)


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()
    enrolling.set_up("Allotment Society", RULES, FIRST)


@pytest.fixture
def spare(_society):
    """Amendments for those who may do nothing to them: by others, and by themselves."""
    return {MEERA: _moved(MEERA), ROSA: _moved(ROSA)}


def _moved(by):
    return drafting.propose(member(by), proposal(reword("2(1)", SIXTEEN.replace("sixteen", "ten"))), FIRST, new_id)


def typed(number, *, revises):
    begun = proposal_page.start_on(number, revises=revises)
    changes = (replace(begun.changes[0], text=SIXTEEN.replace("sixteen", "nine")),)
    return replace(begun, changes=changes, title="Nine", reason="Fewer.", note="Fewer.")


# Each act, on an amendment that ``moved`` gives where it needs one.
ACTS = {
    "propose": lambda who, at, _: drafting.propose(who, proposal(allotment.strike("3(1)")), at, new_id),
    "amend": lambda who, at, moved: drafting.propose(who, typed(moved(MEERA), revises=False), at, new_id),
    "edit": lambda who, at, moved: revising.revise(who, typed(moved(ROSA), revises=True), at, new_id),
    "withdraw": lambda who, at, moved: drafting.withdraw(who, moved(ROSA), "Enough.", at),
    "comment": lambda who, at, moved: points.say(who, moved(MEERA), Side.FOR, "It is fair.", at),
    "second": lambda who, at, moved: second(who, moved(MEERA), at),
    "rule": lambda who, at, moved: admitting.rule(who, moved(MEERA), RULED_OUT, at),
    "merge": lambda who, at, moved: compositing.begin(who, [seconded(moved(MEERA), who)], "Together", at),
}


def second(who, made, at):
    seconding.second(who, made, digest(made), at)


def digest(made):
    return store.amendments.by_number(made).version.digest


def seconded(made, person):
    """The amendment with its seconder, if whoever merges it may."""
    if Role.COMMITTEE.value in person.roles:
        second(member(allotment.GRACE), made, FIRST)
    return made


def outcome(name, role, at, spare):
    moved = _moved if role in ROLES[name] else spare.get
    try:
        ACTS[name](replace(member(ROSA), roles=frozenset({role.value})), at, moved)
    except StageClosed:
        return "closed"
    except NotAllowed:
        return "not allowed"
    return "done"


def expected(name, role, allowed):
    if role not in ROLES[name]:
        return "not allowed"
    return "done" if name in allowed else "closed"


@pytest.mark.thorough
@pytest.mark.parametrize("when", TIMES)
def test_the_table_of_stages_acts_and_roles_holds(spare, when):
    at, allowed = TIMES[when]
    wrong = [
        (name, role.value, found)
        for name, role in product(ROLES, Role)
        if (found := outcome(name, role, at, spare)) != expected(name, role, allowed)
    ]
    assert wrong == []
