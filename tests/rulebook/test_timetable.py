"""What is open, what it allows, and why something is not possible."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rulebook.reading import parse
from rulebook.timetable import Dated, Happening, Unsettled, Why, allows, refusal, stage_at, timetable
from rulebook.when import moment
from rulebook.zones import zone

DATED = parse("""
[process]
name = "X"
timezone = "Europe/London"

[[stage]]
id = "amendments"
opens = "2026-03-02 12:00"
closes = "2026-06-28 12:00"
allows = ["amendment", "second", "withdraw"]
last_call = { window = "24h", forbids = ["withdraw"] }

[[stage]]
id = "ballot"
label = "The ballot"
opens = "amendments.closes + 2w"
closes = "2026-07-31"
allows = ["vote"]
""")
EVENTS = parse("""
[process]
name = "X"

[events]
introduced = "a resolution has its sponsors"
added = "an option is added"
called = "the secretary calls for a vote"
calm = "nobody objects"

[[stage]]
id = "discussion"
opens = "introduced"
closes = "opens + 2w"
max = "3w"
allows = ["amendment", "second"]
extend = { on = ["added"], by = "1w" }

[[stage]]
id = "objections"
closes = "opens + 1w"
allows = ["object"]
skip_if = "calm"

[[stage]]
id = "voting"
opens = "called"
closes = "opens + 2w"
allows = ["vote"]
""")


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def period(table, name):
    return next(one for one in table.periods if one.stage.id == name)


def test_dates_are_moments_of_the_process_zone():
    table = timetable(DATED)
    assert period(table, "amendments").opens == Dated(utc(2026, 3, 2, 12))  # winter time
    assert period(table, "amendments").closes == Dated(utc(2026, 6, 28, 11))  # summer time
    assert period(table, "ballot").opens == Dated(utc(2026, 7, 12, 11))


def test_a_date_without_a_time_closes_with_the_day():
    assert period(timetable(DATED), "ballot").closes == Dated(utc(2026, 7, 31, 23))


@pytest.mark.parametrize(
    ("now", "open_now"),
    [
        (utc(2026, 3, 2, 11, 59), []),
        (utc(2026, 3, 2, 12), ["amendments"]),
        (utc(2026, 6, 28, 10, 59), ["amendments"]),
        (utc(2026, 6, 28, 11), []),
        (utc(2026, 7, 12, 11), ["ballot"]),
        (utc(2026, 7, 31, 23), []),
    ],
)
def test_a_stage_is_open_from_its_first_moment_until_just_before_its_last(now, open_now):
    assert [one.stage.id for one in stage_at(timetable(DATED), now)] == open_now


@pytest.mark.parametrize(
    ("act", "now", "why", "sentence"),
    [
        ("amendment", utc(2026, 7, 7, 12), Why.OVER, "Amendments closed on 28 June 2026 at 12:00 (Europe/London), 9 days ago."),
        ("amendment", utc(2026, 3, 2, 11), Why.NOT_YET, "Amendments will open on 2 March 2026 at 12:00 (Europe/London), in 1 hour."),
        ("vote", utc(2026, 7, 12, 10, 59, 30), Why.NOT_YET, "The ballot will open on 12 July 2026 at 12:00 (Europe/London), in less than a minute."),
        ("vote", utc(2026, 7, 31, 23, 2), Why.OVER, "The ballot closed at the end of 31 July 2026 (Europe/London), 2 minutes ago."),
        ("withdraw", utc(2026, 6, 27, 11), Why.LAST_CALL, "Amendments will close on 28 June 2026 at 12:00 (Europe/London): in the last 24 hours before that this is no longer possible (withdraw)."),
        ("edit", utc(2026, 4, 1), Why.NEVER, "The rules have no stage for this (edit)."),
    ],
)  # fmt: skip
def test_a_refusal_says_plainly_why(act, now, why, sentence):
    found = refusal(timetable(DATED), act, now)
    assert found
    assert (found.why, found.sentence) == (why, sentence)
    assert not allows(timetable(DATED), act, now)


def test_a_refusal_names_the_stage_and_the_moment():
    over = refusal(timetable(DATED), "second", utc(2026, 8, 1))
    assert over
    assert (over.stage, over.at) == (DATED.stages[0], utc(2026, 6, 28, 11))
    late = refusal(timetable(DATED), "withdraw", utc(2026, 6, 28))
    assert late
    assert (late.stage, late.at) == (DATED.stages[0], utc(2026, 6, 27, 11))
    never = refusal(timetable(DATED), "merge", utc(2026, 6, 28))
    assert never
    assert (never.stage, never.at) == (None, None)


def test_what_a_stage_allows_is_possible_until_its_last_call():
    table = timetable(DATED)
    assert allows(table, "withdraw", utc(2026, 6, 27, 10, 59))
    assert not allows(table, "withdraw", utc(2026, 6, 27, 11))
    assert allows(table, "second", utc(2026, 6, 27, 11))
    assert not allows(table, "vote", utc(2026, 6, 27, 11))


def test_without_stages_everything_is_always_possible():
    table = timetable(parse('[process]\nname = "X"'))
    assert allows(table, "amendment", utc(2026, 1, 1))
    assert stage_at(table, utc(2026, 1, 1)) == ()


def test_what_waits_for_an_event_says_for_which():
    table = timetable(EVENTS)
    assert period(table, "discussion").opens == period(table, "discussion").closes == Dated(None, "introduced")
    found = refusal(table, "amendment", utc(2026, 1, 1))
    assert found
    assert (found.why, found.at) == (Why.WAITING, None)
    assert found.sentence == "Discussion will open when a resolution has its sponsors."


START = utc(2026, 1, 1, 9)
INTRODUCED = Happening("introduced", START)


def test_an_event_sets_the_stages_that_wait_for_it():
    table = timetable(EVENTS, [INTRODUCED])
    assert period(table, "discussion").opens == Dated(START, "introduced")
    assert period(table, "discussion").closes == Dated(START + timedelta(weeks=2), "introduced")
    assert period(table, "objections").opens.at == START + timedelta(weeks=2)
    assert period(table, "voting").opens == Dated(None, "called")


@pytest.mark.parametrize(
    ("added", "closing"),
    [
        ([3], 14),  # a week after the third day is before the closing there is
        ([8], 15),
        ([13], 20),
        ([8, 14], 21),  # the second comes in the day that the first has won
        ([14], 14),  # the stage has just closed
        ([13, 19], 21),  # no later than three weeks after it opened
        ([19, 13], 21),  # in whatever order they are told
        ([-2], 14),
        ([0], 14),
    ],
)
def test_each_event_extends_a_stage_that_is_open(added, closing):
    events = [Happening("added", START + timedelta(days=one)) for one in added]
    table = timetable(EVENTS, [INTRODUCED, *events])
    assert period(table, "discussion").closes.at == START + timedelta(days=closing)


def test_what_happens_as_a_stage_opens_extends_it():
    day = replace(EVENTS.stages[0], closes=moment("discussion.opens + 1d"))
    table = timetable(replace(EVENTS, stages=(day,)), [INTRODUCED, Happening("added", START)])
    assert table.periods[0].closes.at == START + timedelta(weeks=1)


def test_an_edge_moved_by_hand_holds_and_moves_what_follows():
    later = utc(2026, 7, 5, 11)
    table = timetable(DATED, [Happening("amendments.closes", utc(2026, 7, 1)), Happening("amendments.closes", later)])
    assert period(table, "amendments").closes.at == later
    assert period(table, "ballot").opens.at == utc(2026, 7, 19, 11)


def test_an_event_is_compared_as_a_moment_and_not_by_its_clock():
    book = parse(
        '[process]\nname = "X"\ntimezone = "Europe/London"\n[events]\nbegun = "it begins"\nadded = "more is added"\n'
        '[[stage]]\nid = "a"\nopens = "begun"\ncloses = "opens + 2h"\nallows = ["amendment", "second"]\n'
        'extend = { on = ["added"], by = "2h" }\n'
    )
    # On 25 October 2026 the clocks of London show 01:30, and an hour later 01:30 again.
    first, again = (datetime(2026, 10, 25, 1, 30, fold=fold, tzinfo=zone("Europe/London")) for fold in (0, 1))
    earlier = first + timedelta(minutes=15)
    table = timetable(book, [Happening("begun", again), Happening("added", earlier)])
    assert table.periods[0].closes.at == utc(2026, 10, 25, 3, 30)  # what was added before it opened does not extend it


def test_a_stage_that_is_skipped_takes_no_time():
    table = timetable(EVENTS, [INTRODUCED, Happening("calm", START)])
    skipped = period(table, "objections")
    assert skipped.skipped
    assert skipped.closes == skipped.opens
    found = refusal(table, "object", START)
    assert found
    assert found.why is Why.NEVER


def test_a_stage_whose_end_waits_is_open_until_it_comes():
    book = parse(
        '[process]\nname = "X"\n[events]\nend = "it ends"\n[[stage]]\nid = "a"\nopens = "2026-01-01"\ncloses = "end"\n'
        'allows = ["amendment", "second", "withdraw"]\nlast_call = { window = "1d", forbids = ["withdraw"] }\n'
    )
    assert allows(timetable(book), "withdraw", utc(2030, 1, 1))
    assert not allows(timetable(book, [Happening("end", utc(2030, 1, 2))]), "withdraw", utc(2030, 1, 1))


def test_the_next_time_helps_more_than_the_last():
    book = parse(
        '[process]\nname = "X"\n[[stage]]\nid = "spring"\nopens = "2026-03-01"\ncloses = "2026-03-31"\n'
        'allows = ["amendment", "second"]\n[[stage]]\nid = "autumn"\nopens = "2026-09-01"\ncloses = "2026-09-30"\n'
        'allows = ["amendment", "second"]\n'
    )
    table = timetable(book)
    first = refusal(table, "second", utc(2026, 2, 28))
    assert first
    assert first.sentence == "Spring will open on 1 March 2026 at 00:00 (UTC), in 1 day."
    coming, over = refusal(table, "second", utc(2026, 6, 1)), refusal(table, "second", utc(2026, 12, 1))
    assert coming
    assert coming.sentence == "Autumn will open on 1 September 2026 at 00:00 (UTC), in 92 days."
    assert over
    assert over.sentence == "Autumn closed at the end of 30 September 2026 (UTC), 61 days ago."


def test_a_circle_is_refused_by_the_names_of_its_edges():
    first = replace(DATED.stages[0], closes=moment("ballot.opens"))
    other = replace(DATED.stages[1], closes=moment("amendments.closes"))
    with pytest.raises(Unsettled, match=r"^amendments.closes → ballot.opens → amendments.closes: each of these waits"):
        timetable(replace(DATED, stages=(first, other)))
