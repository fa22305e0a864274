"""Moments of a process: days on the clocks of the organisation, hours by the sun."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.dates import (
    After,
    BadMoment,
    Circular,
    Duration,
    Edge,
    Fixed,
    OnEvent,
    ago,
    duration,
    parse,
    resolve,
    spoken,
)

LONDON = "Europe/London"


def at(text):
    """When clocks in London show this."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(LONDON))


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# ---------------------------------------------------------------- durations


@pytest.mark.parametrize(
    ("text", "length", "said"),
    [
        ("3w", Duration(days=21), "3 weeks"),
        ("1w", Duration(days=7), "1 week"),
        ("10d", Duration(days=10), "10 days"),
        ("1d", Duration(days=1), "1 day"),
        ("24h", Duration(minutes=1440), "24 hours"),
        ("1h", Duration(minutes=60), "1 hour"),
        ("90min", Duration(minutes=90), "90 minutes"),
        (" 5 min ", Duration(minutes=5), "5 minutes"),
        ("0d", Duration(), "no time"),
        ("9999d", Duration(days=9999), "9,999 days"),
    ],
)
def test_a_length_of_time_is_read_and_said(text, length, said):
    assert duration(text) == length
    assert str(duration(text)) == said


def test_a_length_of_days_and_hours_is_said_in_full_and_without_its_sign():
    assert str(Duration(days=-8, minutes=-120)) == "8 days and 2 hours"


@pytest.mark.parametrize("text", ["", "3", "w", "3 weeks", "3m", "-3w", "1.5h", "3w 2d", "12345d", "٣w"])
def test_what_is_not_a_length_of_time_is_refused(text):
    with pytest.raises(BadMoment) as refused:
        duration(text)
    assert str(refused.value) == f'"{text}" is not a length of time. Write 3w, 10d, 24h or 90min.'


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2026-03-28T12:00", "1d", "2026-03-29T12:00+01:00"),  # the clocks go forward in between: 23 hours
        ("2026-03-28T12:00", "24h", "2026-03-29T13:00+01:00"),
        ("2026-10-24T12:00", "1w", "2026-10-31T12:00+00:00"),
        ("2026-10-24T12:00", "24h", "2026-10-25T11:00+00:00"),
        ("2026-03-28T01:30", "1d", "2026-03-29T02:30+01:00"),  # 01:30 does not exist that day
        ("2026-10-24T01:30", "1d", "2026-10-25T01:30+01:00"),  # exists twice: the first
        ("2026-03-29T00:30", "60min", "2026-03-29T02:30+01:00"),
        ("2026-10-25T00:30", "2h", "2026-10-25T01:30+00:00"),
    ],
)
def test_days_keep_the_time_on_the_clock_and_hours_do_not(start, length, end):
    later = duration(length).after(at(start), LONDON)
    assert later == datetime.fromisoformat(end)
    assert later.tzinfo is UTC


def test_no_time_after_the_second_of_two_equal_times_is_still_the_second():
    second = utc("2026-10-25T01:30")
    assert Duration().after(second, LONDON) == second
    assert Duration(days=7).after(second, LONDON) == at("2026-11-01T01:30")


def test_days_are_days_of_the_zone_and_not_of_the_moment_given():
    assert Duration(days=1).after(utc("2026-03-28T12:00"), LONDON) == utc("2026-03-29T11:00")
    assert Duration(days=1).after(utc("2026-03-28T12:00"), "UTC") == utc("2026-03-29T12:00")


@given(st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1)), st.integers(-9999, 9999))  # noqa: DTZ001
def test_hours_there_and_back_come_to_where_they_began(moment, hours):
    start = moment.replace(tzinfo=UTC)
    there = Duration(minutes=60 * hours).after(start, LONDON)
    assert there - start == timedelta(hours=hours)
    assert Duration(minutes=-60 * hours).after(there, LONDON) == start


def test_a_time_beyond_all_years_is_refused():
    with pytest.raises(BadMoment, match=r"beyond the years 1 to 9999\. Write a shorter time\.$"):
        Duration(days=9999).after(utc("9990-01-01T00:00"), LONDON)


def test_a_moment_without_an_offset_is_refused_where_it_would_be_read_in_the_zone_of_the_machine():
    with pytest.raises(ValueError, match=r"^2026-06-28 12:00:00 has no offset\.$"):
        Duration(days=1).after(datetime(2026, 6, 28, 12), LONDON)  # noqa: DTZ001
    with pytest.raises(ValueError, match="has no offset"):
        spoken(datetime(2026, 6, 28, 12), LONDON)  # noqa: DTZ001
    with pytest.raises(ValueError, match="has no offset"):
        ago(datetime(2026, 6, 28, 12), datetime(2026, 6, 28, 13))  # noqa: DTZ001


# ---------------------------------------------------------------- moments


@pytest.mark.parametrize(
    "value",
    [
        "2026-06-28T12:00",
        " 2026-06-28 12:00:00 ",
        "2026-06-28T12:00+01:00",
        "2026-06-28T11:00Z",
        datetime(2026, 6, 28, 12),  # noqa: DTZ001 - a local datetime of TOML
        datetime(2026, 6, 28, 13, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_a_moment_may_be_written_in_several_ways(value):
    moment = parse(value, LONDON)
    assert isinstance(moment, Fixed)
    assert moment.at == utc("2026-06-28T11:00")
    assert moment.at.tzinfo is UTC


@pytest.mark.parametrize("value", ["2026-06-28", date(2026, 6, 28)])
def test_a_day_alone_opens_at_its_beginning_and_closes_at_its_end(value):
    assert parse(value, LONDON) == parse(value, LONDON, Edge.OPENS) == Fixed(at("2026-06-28T00:00"))
    assert parse(value, LONDON, Edge.CLOSES) == Fixed(at("2026-06-29T00:00"))


def test_a_day_whose_midnight_is_left_out_begins_when_the_clocks_begin_it():
    assert parse("2026-03-29", "Asia/Beirut").at == utc("2026-03-28T22:00")
    assert parse("2026-03-28", "Asia/Beirut", Edge.CLOSES).at == utc("2026-03-28T22:00")


def test_a_day_with_two_midnights_begins_with_the_first():
    assert parse("2026-11-01", "America/Havana").at == utc("2026-11-01T04:00")


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("amendments.closes + 3w", After("amendments", Edge.CLOSES, Duration(days=21), LONDON)),
        ("amendments.closes+3w", After("amendments", Edge.CLOSES, Duration(days=21), LONDON)),
        ("amendments.opens - 24h", After("amendments", Edge.OPENS, Duration(minutes=-1440), LONDON)),
        ("first-agenda.closes", After("first-agenda", Edge.CLOSES, Duration(), LONDON)),
        ("opens + 2w", After("vote", Edge.OPENS, Duration(days=14), LONDON)),
        ("declaration", OnEvent("declaration", Duration(), LONDON)),
        ("declaration-24h", OnEvent("declaration", Duration(minutes=-1440), LONDON)),
        ("event:conference-closes", OnEvent("conference-closes", Duration(), LONDON)),
        ("event: conference-closes + 90min", OnEvent("conference-closes", Duration(minutes=90), LONDON)),
        ("first_seconded - 1d", OnEvent("first_seconded", Duration(days=-1), LONDON)),
    ],
)
def test_a_moment_may_depend_on_a_stage_or_an_event(value, moment):
    assert parse(value, LONDON, stage="vote") == moment


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            "2026-03-29T01:30",
            "2026-03-29T01:30 does not exist in Europe/London: the clocks go forward over it. Write 2026-03-29T02:30, or another time.",
        ),
        (
            "2026-10-25T01:30",
            "2026-10-25T01:30 exists twice in Europe/London: the clocks go back. Add an offset such as +01:00: write 2026-10-25T01:30+01:00 for the first, 2026-10-25T01:30+00:00 for the second.",
        ),
        ("2026-06-31", '"2026-06-31" does not exist. Write a day of the calendar, and a time from 00:00 to 23:59.'),
        (
            "2026-06-30T24:00",
            '"2026-06-30T24:00" does not exist. Write a day of the calendar, and a time from 00:00 to 23:59.',
        ),
        (
            "0001-01-01T00:00+05:00",
            '"0001-01-01T00:00+05:00" lies beyond the years 1 to 9999. Write a day of the calendar, and a time from 00:00 to 23:59.',
        ),
        ("opens + 2w", '"opens + 2w" does not say of which stage. Write amendments.opens + 2w.'),
        (
            "28 June 2026",
            '"28 June 2026" is not a moment. Write 2026-06-28T12:00, amendments.closes + 3w, or the name of an event such as declaration.',
        ),
    ],
)
def test_a_moment_that_cannot_be_is_refused_with_a_cure(value, said):
    with pytest.raises(BadMoment) as refused:
        parse(value, LONDON)
    assert str(refused.value) == f"{refused.value.message}. {refused.value.cure}" == said


@pytest.mark.parametrize(
    "value",
    [
        "",
        "3w",
        "2026-06-28 + 3w",
        "20260628",
        "2026-W26-7",
        "28/06/2026",
        "ballot.open",
        "opens + 0d..7d",
        "a b",
        "event:",
    ],
)
def test_what_is_no_moment_is_refused(value):
    with pytest.raises(BadMoment, match="is not a moment"):
        parse(value, LONDON, stage="vote")


def test_the_last_of_all_days_has_no_end():
    with pytest.raises(BadMoment, match="beyond the years"):
        parse("9999-12-31", LONDON, Edge.CLOSES)


def test_either_of_two_equal_times_can_be_chosen_by_its_offset():
    assert parse("2026-10-25T01:30+01:00", LONDON).at == utc("2026-10-25T00:30")
    assert parse("2026-10-25T01:30+00:00", LONDON).at == utc("2026-10-25T01:30")


@pytest.mark.parametrize(
    "zone", ["", "Europe/Londinium", "Europe", "../etc/passwd", "/etc", "localtime", "posix/UTC", "a\0b"]
)
def test_a_zone_nobody_knows_is_refused(zone):
    with pytest.raises(BadMoment) as refused:
        parse("declaration", zone)
    assert str(refused.value) == f'"{zone}" is not a time zone. Write one such as Europe/London or UTC.'


# ---------------------------------------------------------------- a timetable


def test_a_timetable_follows_from_its_dates():
    moments = {
        ("vote", "closes"): parse("opens + 10d", LONDON, Edge.CLOSES, "vote"),
        ("vote", "opens"): parse("amendments.closes + 3w", LONDON),
        ("amendments", "opens"): parse("2026-03-01", LONDON),
        ("amendments", "closes"): parse("2026-03-20", LONDON, Edge.CLOSES),
    }
    found = resolve(moments, {})
    assert list(found) == list(moments)
    assert found == {
        ("amendments", "opens"): at("2026-03-01T00:00"),
        ("amendments", "closes"): at("2026-03-21T00:00"),
        ("vote", "opens"): at("2026-04-11T00:00"),
        ("vote", "closes"): at("2026-04-21T00:00"),
    }


def test_what_waits_for_an_event_has_no_date_before_it_happens():
    moments = {
        ("vote", "opens"): parse("declaration - 1d", LONDON),
        ("vote", "closes"): parse("vote.opens + 2w", LONDON),
        ("other", "opens"): parse("2026-03-01", LONDON),
    }
    assert resolve(moments, {}) == {
        ("vote", "opens"): None,
        ("vote", "closes"): None,
        ("other", "opens"): at("2026-03-01T00:00"),
    }
    dated = resolve(moments, {"declaration": utc("2026-03-29T11:00")})
    assert dated["vote", "opens"] == utc("2026-03-28T12:00")
    assert dated["vote", "closes"] == utc("2026-04-11T11:00")
    assert {moment.tzinfo for moment in dated.values()} == {UTC}


def test_moments_that_wait_for_one_another_are_named():
    moments = {
        ("a", "opens"): parse("b.closes", LONDON),
        ("b", "closes"): parse("c.opens - 1d", LONDON),
        ("c", "opens"): parse("b.closes + 1d", LONDON),
    }
    with pytest.raises(Circular) as circle:
        resolve(moments, {})
    assert circle.value.names == ("b.closes", "c.opens")
    assert str(circle.value) == "These moments wait for one another: b.closes, c.opens."


def test_a_moment_that_waits_for_itself_is_named():
    with pytest.raises(Circular, match=r": a\.opens\.$"):
        resolve({("a", "opens"): parse("a.opens + 1d", LONDON)}, {})


def test_a_moment_after_a_stage_that_is_not_there_is_refused():
    with pytest.raises(BadMoment) as refused:
        resolve({("a", "opens"): parse("b.closes", LONDON)}, {})
    assert str(refused.value) == (
        'there is no "b.closes", for which a.opens waits. Write the name of a stage as it stands in the rulebook.'
    )


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("moment", "zone", "said"),
    [
        ("2026-06-28T11:00", LONDON, "28 June 2026 at 12:00 (Europe/London)"),
        ("2026-01-01T00:05", LONDON, "1 January 2026 at 00:05 (Europe/London)"),
        ("2026-12-31T23:30", "Asia/Kathmandu", "1 January 2027 at 05:15 (Asia/Kathmandu)"),
        ("2026-10-25T00:30", LONDON, "25 October 2026 at 01:30 (Europe/London, UTC+01:00)"),
        ("2026-10-25T01:30", LONDON, "25 October 2026 at 01:30 (Europe/London, UTC+00:00)"),
    ],
)
def test_a_moment_is_said_on_the_clocks_of_the_zone(moment, zone, said):
    assert spoken(utc(moment), zone) == said


NOW = utc("2026-06-28T12:00")


@pytest.mark.parametrize(
    ("away", "past", "future"),
    [
        (timedelta(microseconds=1), "less than a minute ago", "in less than a minute"),
        (timedelta(seconds=59, microseconds=999_999), "less than a minute ago", "in less than a minute"),
        (timedelta(minutes=1), "1 minute ago", "in 1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago", "in 59 minutes"),
        (timedelta(hours=1), "1 hour ago", "in 1 hour"),
        (timedelta(hours=3, minutes=59), "3 hours ago", "in 3 hours"),
        (timedelta(hours=23, minutes=59, seconds=59), "23 hours ago", "in 23 hours"),
        (timedelta(days=1), "1 day ago", "in 1 day"),
        (timedelta(days=2, seconds=-1), "1 day ago", "in 1 day"),
        (timedelta(days=9), "9 days ago", "in 9 days"),
        (timedelta(days=1200), "1,200 days ago", "in 1,200 days"),
    ],
)
def test_a_distance_in_time_is_said_in_whole_units_rounded_down(away, past, future):
    assert ago(NOW - away, NOW) == past
    assert ago(NOW + away, NOW) == future


def test_now_is_now_in_every_zone():
    assert ago(NOW, NOW.astimezone(ZoneInfo(LONDON))) == "now"


def test_a_distance_is_of_time_that_went_by_and_not_of_clocks():
    assert ago(at("2026-03-29T00:30"), at("2026-03-29T02:30")) == "1 hour ago"
