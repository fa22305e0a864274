"""What members are told of and how they may choose to hear of it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.notices import (
    MANNERS,
    MOST_TRIES,
    Choice,
    Kind,
    NotOffered,
    UnknownKind,
    choice,
    chosen,
    delay,
    digest_id,
    folded,
    gathered_until,
    is_path,
    kind,
    message_id,
)

NOON = datetime(2026, 6, 28, 12, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def test_every_kind_has_its_manner_and_its_default_is_offered():
    assert set(MANNERS) == set(Kind)
    assert all(one.default in one.choices for one in MANNERS.values())


def test_what_protects_an_account_always_comes_at_once():
    for one in (Kind.SIGN_IN_LINK, Kind.ADDRESS_ASKED, Kind.ADDRESS_CHANGED, Kind.PASSKEY_ADDED):
        assert MANNERS[one].choices == (Choice.AT_ONCE,)


def test_a_changed_date_may_come_daily_but_it_comes():
    assert choice(Kind.STAGE_DATES, "daily") is Choice.DAILY
    with pytest.raises(NotOffered, match="choose at once or daily"):
        choice(Kind.STAGE_DATES, "none")
    assert [one for one in Kind if not MANNERS[one].may_be_none] == [
        Kind.SIGN_IN_LINK, Kind.ADDRESS_ASKED, Kind.ADDRESS_CONFIRM, Kind.ADDRESS_CHANGED, Kind.PASSKEY_ADDED,
        Kind.STAGE_DATES, Kind.CONSENT_ASKED, Kind.VOTE,
    ]  # fmt: skip


def test_a_wish_that_is_not_offered_counts_as_none():
    assert chosen(Kind.STAGE_DATES, "none") is Choice.AT_ONCE
    assert chosen(Kind.FATE_REPORT, "none") is Choice.NONE
    assert chosen(Kind.STAGE_OPENING, None) is Choice.DAILY


def test_a_kind_nobody_knows_is_named():
    with pytest.raises(UnknownKind, match="'gossip'"):
        kind("gossip")


def test_the_id_of_a_message_is_the_same_in_every_zone_and_another_for_anything_else():
    same = message_id("fate-report", "amendment 7", "rosa", NOON)
    assert same == message_id("fate-report", "amendment 7", "rosa", NOON.astimezone(LONDON))
    others = {
        message_id("draft-frozen", "amendment 7", "rosa", NOON),
        message_id("fate-report", "amendment 8", "rosa", NOON),
        message_id("fate-report", "amendment 7", "omar", NOON),
        message_id("fate-report", "amendment 7", "rosa", NOON + timedelta(microseconds=1)),
    }
    assert len(others - {same}) == 4
    assert "rosa" not in same


def test_a_digest_is_of_a_member_and_a_day():
    assert digest_id(date(2026, 6, 28), "rosa") == digest_id(date(2026, 6, 28), "rosa")
    assert digest_id(date(2026, 6, 28), "rosa") != digest_id(date(2026, 6, 29), "rosa")


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-06-28T07:00+01:00", "2026-06-28T07:00+01:00"),
        ("2026-06-28T06:59+01:00", "2026-06-27T07:00+01:00"),
        ("2026-12-01T23:00+00:00", "2026-12-01T07:00+00:00"),
        ("2026-03-29T06:30+00:00", "2026-03-29T07:00+01:00"),  # the clocks went forward in the night
        ("2026-10-25T06:30+00:00", "2026-10-24T07:00+01:00"),  # and back
    ],
)
def test_the_digest_gathers_until_the_last_seven_in_the_morning(now, until):
    assert gathered_until(datetime.fromisoformat(now), LONDON) == datetime.fromisoformat(until)


def test_each_failure_waits_three_times_as_long_up_to_half_a_day():
    minutes = [delay(tries) / timedelta(minutes=1) for tries in range(1, MOST_TRIES)]
    assert minutes == [1, 3, 9, 27, 81, 243, 720, 720, 720]
    assert delay(10_000) == timedelta(hours=12)


@given(st.text())
def test_what_is_folded_is_one_line_and_begins_no_header(words):
    assert len(folded(words).splitlines()) <= 1
    assert folded(folded(words)) == folded(words)


@pytest.mark.parametrize("line", ["/amendments/7", "/", "/drafts/3?view=side"])
def test_a_path_of_ours_is_a_link(line):
    assert is_path(line)


@pytest.mark.parametrize("line", ["//elsewhere.example", "see /amendments/7", "  /amendments/7", "/a\n", "/<b>", ""])
def test_nothing_else_is_a_link(line):
    assert not is_path(line)
