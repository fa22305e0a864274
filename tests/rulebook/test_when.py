"""Durations, moments and local time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from rulebook.when import (
    Duration,
    Edge,
    OnDay,
    OnEdge,
    OnEvent,
    Unit,
    Unreadable,
    When,
    duration,
    moment,
    on_day,
    shifted,
)
from rulebook.zones import Occurs, UnknownZone, instant, occurs, zone

LONDON = zone("Europe/London")


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "found"),
    [("24h", Duration(24, Unit.HOURS)), (" 10 d", Duration(10, Unit.DAYS)), ("3w", Duration(3, Unit.WEEKS))],
)
def test_a_duration_is_a_number_and_a_unit(text, found):
    assert duration(text) == found
    assert duration(str(found)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-06-28", When(OnDay(date(2026, 6, 28)))),
        ("2026-06-28 12:30", When(OnDay(date(2026, 6, 28), time(12, 30)))),
        ("2026-06-28T12:30:00", When(OnDay(date(2026, 6, 28), time(12, 30)))),
        ("amendments.closes + 3w", When(OnEdge("amendments", Edge.CLOSES), ((True, Duration(3, Unit.WEEKS)),))),
        (
            "vote.opens - 4w+12h",
            When(OnEdge("vote", Edge.OPENS), ((False, Duration(4, Unit.WEEKS)), (True, Duration(12, Unit.HOURS)))),
        ),
        ("invitation", When(OnEvent("invitation"))),
    ],
)
def test_a_moment_is_a_date_an_edge_or_an_event_with_durations(text, found):
    assert moment(text) == found
    assert moment(str(found)) == found


def test_dates_and_local_times_of_toml_are_moments():
    assert on_day(date(2026, 6, 28)) == moment("2026-06-28")
    assert on_day(datetime(2026, 6, 28, 12, 30)) == moment("2026-06-28 12:30")  # noqa: DTZ001 (as TOML gives it)


DURATIONS = 'Write a whole number and h, d or w, such as "24h", "10d" or "3w".'
MOMENTS = (
    'Write a date ("2026-06-28" or "2026-06-28 12:00"), an edge of a stage ("amendments.closes + 3w") or an event.'
)


@pytest.mark.parametrize(
    ("read", "given", "said"),
    [
        (duration, "soon", f'"soon" is not a duration. {DURATIONS}'),
        (duration, "3m", f'"3m" is not a duration. {DURATIONS}'),
        (duration, "1001w", '"1001w" is too long. Write a number of at most 1,000.'),
        (moment, "28 June", f'"28 June" is not a moment. {MOMENTS}'),
        (moment, "2026-02-30", '"2026-02-30" is not in the calendar. Write a day and a time that exist.'),
        (moment, "2026-02-03 25:00", '"2026-02-03 25:00" is not in the calendar. Write a day and a time that exist.'),
        (moment, "1066-10-14", '"1066-10-14" is too far away. Write a year from 1900 to 2999.'),
        (moment, "a.closes + soon", f'"+ soon" in "a.closes + soon" is not a duration to add. {MOMENTS}'),
        (moment, "a.shuts", f'".shuts" in "a.shuts" is not a duration to add. {MOMENTS}'),
        (moment, "a.closes + 9999h", '"9999h" is too long. Write a number of at most 1,000.'),
        (moment, "a + 1w + 1d + 1h", '"a + 1w + 1d + 1h" adds more than 2 durations. Put them together.'),
        (on_day, date(1066, 10, 14), '"1066-10-14" is too far away. Write a year from 1900 to 2999.'),
        (
            on_day,
            datetime(2026, 6, 28, 12, tzinfo=timezone(timedelta(hours=2))),
            "it has a time zone of its own. Leave it out: the zone stands in [process] timezone.",
        ),
        (on_day, datetime(2026, 6, 28, 12, 0, 30), 'it counts seconds. Write hours and minutes: "2026-06-28 12:00".'),  # noqa: DTZ001
    ],
)
def test_what_cannot_be_read_says_what_to_write(read, given, said):
    with pytest.raises(Unreadable) as caught:
        read(given)
    assert str(caught.value) == said


def test_weeks_keep_the_local_time_when_the_clocks_go_forward():
    # Noon in London is 12:00 UTC on 23 March 2026 and 11:00 UTC on 30 March.
    assert shifted(utc(2026, 3, 23, 12), Duration(1, Unit.WEEKS), LONDON) == utc(2026, 3, 30, 11)
    assert shifted(utc(2026, 3, 30, 11), Duration(7, Unit.DAYS), LONDON, later=False) == utc(2026, 3, 23, 12)


def test_hours_are_counted_as_they_pass_when_the_clocks_go_forward():
    assert shifted(utc(2026, 3, 28, 12), Duration(24, Unit.HOURS), LONDON) == utc(2026, 3, 29, 12)
    assert shifted(utc(2026, 3, 28, 12), Duration(1, Unit.DAYS), LONDON) == utc(2026, 3, 29, 11)


def test_days_that_lead_to_an_hour_that_is_left_out_end_as_long_after_it():
    # 01:30 on 29 March 2026 does not exist in London: the clocks go from 01:00 to 02:00.
    assert shifted(utc(2026, 3, 28, 1, 30), Duration(1, Unit.DAYS), LONDON) == utc(2026, 3, 29, 1, 30)
    assert instant(datetime(2026, 3, 29, 1, 30), LONDON) == utc(2026, 3, 29, 1, 30)  # noqa: DTZ001 (a local time)


def test_a_time_that_comes_twice_is_the_first():
    assert instant(datetime(2026, 10, 25, 1, 30), LONDON) == utc(2026, 10, 25, 0, 30)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("local", "often"),
    [
        (datetime(2026, 3, 29, 1, 0), Occurs.NEVER),  # noqa: DTZ001
        (datetime(2026, 3, 29, 2, 0), Occurs.ONCE),  # noqa: DTZ001
        (datetime(2026, 10, 25, 1, 0), Occurs.TWICE),  # noqa: DTZ001
        (datetime(2026, 10, 25, 2, 0), Occurs.ONCE),  # noqa: DTZ001
    ],
)
def test_clocks_that_are_changed_leave_out_an_hour_or_show_one_twice(local, often):
    assert occurs(local, LONDON) is often


@pytest.mark.parametrize("name", ["Europe/Atlantis", "Europe", "../../etc/passwd", "/etc/passwd", ""])
def test_a_zone_that_is_none_is_refused_by_name(name):
    with pytest.raises(UnknownZone) as caught:
        zone(name)
    assert str(caught.value) == f'There is no time zone "{name}".'
