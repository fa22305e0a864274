"""The rules say whose acts count; whoever is left out is told by which of them, and by what the roll says."""

from dataclasses import replace

import allotment
import pytest
from allotment import MEERA, NOON, RULEBOOK, member

import store
import store.processes
from members.permissions import NotAllowed
from rulebook.kinds import Act
from services import belonging, timing
from services.belonging import NotOfTheElectorate

pytestmark = pytest.mark.usefixtures("database")

STAGE = """
[events]
call = "the call is sent"
[[stage]]
id = "all"
opens = "call"
closes = "opens + 2w"
allows = ["amendment", "second"]
"""


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()


def rule(selector, more=""):
    """From here on the members are those whom this lets in."""
    head = RULEBOOK.split("[seconding]", maxsplit=1)[0]
    with store.transaction():
        store.processes.set("Allotment Society", f'{head}{more}\n[[electorate]]\nid = "members"\n{selector}\n')


def meera(**facts):
    return replace(member(MEERA), **facts)


def test_whoever_is_in_arrears_acts_where_the_rules_do_not_say_otherwise():
    belonging.require_in(meera(standing="arrears"), Act.SECOND)
    rule("arrears = true")
    belonging.require_in(meera(standing="arrears"), Act.SECOND)
    assert belonging.why_not(meera(standing="arrears")) == ""


@pytest.mark.parametrize(
    ("act", "words"),
    [(Act.SECOND, "second an amendment"), (timing.AMENDMENT, "propose an amendment"), (Act.VOTE, "vote")],
)
def test_whoever_is_in_arrears_is_told_that_the_rules_leave_them_out(act, words):
    rule("arrears = false")
    belonging.require_in(meera(), act)
    with pytest.raises(NotOfTheElectorate) as refusal:
        belonging.require_in(meera(standing="arrears"), act)
    assert str(refusal.value) == (
        f"You cannot {words}: your subscription is in arrears, "
        "and the rules count only members whose subscription is not."
    )


@pytest.mark.parametrize(
    ("selector", "facts", "reason"),
    [
        ("", {"standing": "suspended"}, "the rules count only members in good standing"),
        ('branches = ["Fen"]', {"branch": "Fen"}, ""),
        ('branches = ["Fen", "Tamar"]', {}, "the rules count only members of the branch Fen or Tamar"),
        ('branches = ["Fen"]', {"standing": "arrears"}, "the rules count only members of the branch Fen"),
        ('bodies = ["Guild"]', {"branch": "Guild"}, "the rules count only members of the affiliated body Guild"),
        ('joined_before = "2026-03-01"', {"joined": "2026-02-28"}, ""),
        (
            'joined_before = "2026-03-01"',
            {"joined": "2026-03-01"},
            "the rules count only members who joined before 1 March 2026, and you joined on 1 March 2026",
        ),
        (
            'joined_before = "2026-03-01"',
            {"joined": ""},
            "the rules count only members who joined before 1 March 2026, and the roll does not say when you did",
        ),
    ],
)
def test_each_selector_of_the_rules_is_quoted_to_whom_it_leaves_out(selector, facts, reason):
    rule(selector)
    assert belonging.why_not(meera(**facts)) == reason


def test_until_its_date_is_known_nobody_joined_before_it():
    rule('joined_before = "call"', STAGE)
    said = "the rules count only members who joined before a date that is not fixed yet"
    assert belonging.why_not(meera(joined="1990-01-01")) == said
    with store.transaction():
        store.stages.put("call", "event", moment=NOON, reason="Sent.", at=NOON)
    assert belonging.why_not(meera(joined="1990-01-01")) == ""


def test_it_is_refused_like_everything_that_is_not_for_this_person():
    assert issubclass(NotOfTheElectorate, NotAllowed)
