from datetime import UTC, date, datetime

import pytest

from rulebook.belonging import OnRoll, selections
from rulebook.reading import parse
from rulebook.timetable import Happening

HEAD = """
[process]
name = "Who belongs"
timezone = "Europe/London"
[events]
call = "the call is sent"
[[ballot]]
id = "vote"
unit = "whole"
electorates = ["some"]
pass = { ratio = "1/2", base = "cast" }
[[stage]]
id = "voting"
opens = "call"
closes = "opens + 2w"
allows = ["amendment", "second", "vote"]
[[electorate]]
id = "some"
"""


def belongs(rule, *happenings, **facts):
    return OnRoll(**facts) in selections(parse(HEAD + rule), happenings)["some"]


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        ("", {}, True),
        ("", {"standing": "arrears"}, True),
        ("arrears = false", {"standing": "arrears"}, False),
        ("", {"standing": "suspended"}, False),
        ("", {"standing": "left"}, False),
        ('branches = ["Fen"]', {"branch": "Fen"}, True),
        ('branches = ["Fen"]', {"branch": "Wold"}, False),
        ('bodies = ["Guild"]', {"branch": "Guild"}, False),
        ('bodies = ["Guild"]', {"body": "Guild"}, True),
        ('status = ["member"]', {}, True),
        ('status = ["member"]', {"status": "member"}, True),
        ('status = ["member"]', {"status": "supporter"}, False),
        ('joined_before = "2026-03-01"', {"joined": date(2026, 2, 28)}, True),
        ('joined_before = "2026-03-01"', {"joined": date(2026, 3, 1)}, False),
        ('joined_before = "2026-03-01"', {}, False),
    ],
)
def test_who_belongs_is_who_every_selector_lets_in(rule, facts, expected):
    assert belongs(rule, **facts) is expected


def test_until_its_date_is_known_nobody_joined_before_it():
    rule, early = 'joined_before = "call"', {"joined": date(2026, 1, 1)}
    assert not belongs(rule, **early)
    assert belongs(rule, Happening("call", datetime(2026, 2, 1, tzinfo=UTC)), **early)


def test_a_day_is_a_day_of_the_process_zone():
    late = Happening("call", datetime(2026, 6, 30, 23, 30, tzinfo=UTC))  # half past midnight on 1 July in London
    assert belongs('joined_before = "call"', late, joined=date(2026, 6, 30))
