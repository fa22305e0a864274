"""Tables that do not fit together are told of, each with its line, its place and its cure."""

from __future__ import annotations

import pytest

from rulebook.problem import BadRulebook
from rulebook.reading import parse

BOOK = """\
[process]
name = "X"
timezone = "Europe/London"

[events]
called = "it is called"

[[electorate]]
id = "committee"

[[stage]]
id = "talks"
opens = "2026-03-02 12:00"
closes = "2026-06-28 12:00"
allows = ["amendment", "second", "rule"]
[[stage]]
id = "voting"
opens = "called"
closes = "opens + 2w"
allows = ["vote"]

[admission]
by = "committee"

[[ballot]]
id = "final"
stage = "voting"
"""


def problems(toml):
    try:
        parse(toml)
    except BadRulebook as error:
        return [str(one) for one in error.problems]
    return []


def changed(old, new, *, book=BOOK):
    assert book.count(old) == 1
    return problems(book.replace(old, new))


def test_the_book_that_is_spoiled_below_is_a_good_one():
    assert problems(BOOK) == []


DATES = "[[stage]] talks, closes"
PEOPLE = "Write one of members, committee."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        # names that nothing has
        ('by = "committee"', 'by = "soc"', [
            "Line 8, [[electorate]] committee: nothing uses this electorate. Take it out, or name it where it votes, proposes, seconds or rules.",
            f'Line 23, [admission], by: "soc" is not an electorate of this rulebook. {PEOPLE}',
        ]),
        ('stage = "voting"', 'stage = "poll"', ['Line 27, [[ballot]] final, stage: "poll" is not a stage of this rulebook. Write one of talks, voting.']),
        ('stage = "voting"', 'stage = "talks"', ['Line 27, [[ballot]] final, stage: the stage "talks" does not allow voting. Write "vote" among what "talks" allows.']),
        ('opens = "called"', 'opens = "calld"', [
            "Line 6, [events], called: nothing waits for this event. Take it out, or name it where it matters.",
            'Line 18, [[stage]] voting, opens: "calld" is not an event of this rulebook. Write one of called.',
        ]),
        ('[events]\ncalled = "it is called"', "", ['Line 17, [[stage]] voting, opens: "called" is not an event of this rulebook. There is none yet: describe it under [events].']),
        ('opens = "called"', 'opens = "walks.closes"', [
            "Line 6, [events], called: nothing waits for this event. Take it out, or name it where it matters.",
            'Line 18, [[stage]] voting, opens: "walks" is not a stage of this rulebook. Write one of talks, voting.',
        ]),
        ('opens = "called"', 'opens = "called"\nbeside = ["walks"]', ['Line 19, [[stage]] voting, beside 1: "walks" is not a stage of this rulebook. Write one of talks, voting.']),
        ('"rule"]', '"rule", "comments"]', ['Line 15, [[stage]] talks, allows 4: "comments" is neither an act nor an instrument of this rulebook. Write one of appeal, comment, edit, merge, object, rule, second, select, vote, withdraw, amendment.']),
        ('"rule"]', '"rule"]\nlast_call = { window = "1d", forbids = ["motion"] }', ['Line 16, [[stage]] talks, last_call, forbids 1: "motion" is neither an act nor an instrument of this rulebook. Write one of appeal, comment, edit, merge, object, rule, second, select, vote, withdraw, amendment.']),
        ('allows = ["vote"]', 'allows = ["vote"]\nvary = { by = "chair", upto = "1w" }', [f'Line 21, [[stage]] voting, vary, by: "chair" is not an electorate of this rulebook. {PEOPLE}']),
        ('allows = ["vote"]', 'allows = ["vote"]\nskip_if = "calm"', ['Line 21, [[stage]] voting, skip_if: "calm" is not an event of this rulebook. Write one of called.']),
        ('allows = ["vote"]', 'allows = ["vote"]\nextend = { on = ["calm"], by = "1d" }', ['Line 21, [[stage]] voting, extend, on: "calm" is not an event of this rulebook. Write one of called.']),
        ('allows = ["vote"]', 'allows = ["vote"]\non_open = ["publish:pack"]', ['Line 21, [[stage]] voting, on_open 1: there is no "pack" to publish. Describe it in a table of its own: [[pack]].']),
        ('allows = ["vote"]', 'allows = ["vote"]\non_open = ["freeze:text"]', ['Line 21, [[stage]] voting, on_open 1: there is no "text" to freeze. Write freeze:all, freeze:draft, freeze:amendment.']),
        ('allows = ["vote"]', 'allows = ["vote"]\non_close = ["snapshot:all", "rule:appeals"]', [
            'Line 21, [[stage]] voting, on_close 1: there is no "all" to snapshot. Write snapshot:members, snapshot:committee.',
            'Line 21, [[stage]] voting, on_close 2: there is no "appeals" to rule. Write rule:admission.',
        ]),
        ("[admission]", '[instrument.amendment]\nproposers = ["council"]\nexempt = ["chair"]\n[admission]', [
            'Line 23, [instrument.amendment], proposers 1: "council" is nobody who can propose. Write one of member, branch, body, members, committee.',
            'Line 24, [instrument.amendment], exempt 1: "chair" is nobody who can propose. Write one of member, branch, body, members, committee.',
        ]),
        ("[admission]", '[seconding]\nfrom = "crowd"\n[admission]', [f'Line 23, [seconding], from: "crowd" is not an electorate of this rulebook. {PEOPLE}']),
        ("[admission]", '[seconding]\ncount = "K + N(crowd)"\n[admission]', [
            'Line 23, [seconding], count: "K" is not a formula of [vars] of this rulebook. There is none yet: describe it under [vars].',
            f'Line 23, [seconding], count: "crowd" is not an electorate of this rulebook. {PEOPLE}',
        ]),
        ("[admission]", '[seconding]\nstanding_at = "calm"\n[admission]', ['Line 23, [seconding], standing_at: "calm" is not an event of this rulebook. Write one of called.']),
        ("[admission]", '[selection]\noverride_by = "chair"\nballot = "first"\n[admission]', [
            f'Line 23, [selection], override_by: "chair" is not an electorate of this rulebook. {PEOPLE}',
            'Line 24, [selection], ballot: "first" is not a ballot of this rulebook. Write one of final.',
        ]),
        ("[admission]", '[adoption]\nrequires = ["final", "second"]\nin_force = "calm"\n[admission]', [
            'Line 23, [adoption], requires 2: "second" is not a ballot of this rulebook. Write one of final.',
            'Line 24, [adoption], in_force: "calm" is not an event of this rulebook. Write one of called.',
        ]),
        ('stage = "voting"', 'stage = "voting"\n[[ballot.override]]\nwhen = "calm"', ['Line 29, [[ballot]] final, override 1, when: "calm" is not an event of this rulebook. Write one of called.']),
        ('[[ballot]]\nid = "final"\nstage = "voting"\n', '[adoption]\nrequires = ["final"]', ['Line 26, [adoption], requires 1: "final" is not a ballot of this rulebook. There is none yet: describe it under [[ballot]].']),
        # what is there for nothing, and what is missing
        ('id = "committee"', 'id = "committee"\n[[electorate]]\nid = "idle"', ["Line 10, [[electorate]] idle: nothing uses this electorate. Take it out, or name it where it votes, proposes, seconds or rules."]),
        ("[admission]", '[[pack]]\nid = "papers"\n[admission]', ['Line 22, [[pack]] papers: no stage publishes this pack. Write on_open = ["publish:papers"] below a [[stage]], or on_close.']),
        ("[admission]", "[instrument.motion]\n[admission]", [
            'Line 15, [[stage]] talks, allows 1: "amendment" is neither an act nor an instrument of this rulebook. Write one of appeal, comment, edit, merge, object, rule, second, select, vote, withdraw, motion.',
            'Line 22, [instrument.motion]: no stage allows this instrument. Write "motion" among what a [[stage]] allows, or take the instrument out.',
        ]),
        ('"second", "rule"]', '"rule"]', ['Line 1, [instrument.amendment]: it needs a stage that allows "second", and there is none. Write "second" among what a [[stage]] allows.']),
        (', "rule"]', "]", ['Line 22, [admission]: it needs a stage that allows "rule", and there is none. Write "rule" among what a [[stage]] allows.']),
        ('allows = ["vote"]', 'allows = ["comment"]', [
            'Line 25, [ballot]: it needs a stage that allows "vote", and there is none. Write "vote" among what a [[stage]] allows.',
            'Line 27, [[ballot]] final, stage: the stage "voting" does not allow voting. Write "vote" among what "voting" allows.',
        ]),
        ('by = "committee"', 'by = "committee"\nappeal = { to = "members", window = "1w" }', ['Line 24, [admission], appeal: it needs a stage that allows "appeal", and there is none. Write "appeal" among what a [[stage]] allows.']),
        ("[admission]", '[compositing]\nby = "committee"\n[admission]', ['Line 22, [compositing]: it needs a stage that allows "merge", and there is none. Write "merge" among what a [[stage]] allows.']),
        ("[admission]", '[selection]\nmode = "priority_ballot"\n[admission]', ['Line 23, [selection], mode: it does not say which ballot. Write ballot = "..." with the id of a [[ballot]].']),
        ("[admission]", "[instrument.vote]\n[instrument.amendment]\n[admission]", ['Line 22, [instrument.vote]: "vote" is the name of an act. Give the instrument another id.']),
        ('id = "committee"', 'id = "committee"\n[[electorate]]\nid = "branch"\nbodies = ["x"]', [
            "Line 10, [[electorate]] branch: nothing uses this electorate. Take it out, or name it where it votes, proposes, seconds or rules.",
            'Line 11, [[electorate]] branch, id: "branch" stands for anybody of that kind. Give the electorate another id.',
        ]),
        # ballots that cannot be counted
        ('stage = "voting"', 'pass = { ratio = "3:1", base = "versus_default" }', ['Line 27, [[ballot]] final, pass, base: there is no default option to be ranked against. Write kind = "ranked" and default_option = "...".']),
        ('stage = "voting"', 'kind = "ranked"\nquorum = { kind = "per_option", count = 5 }', ['Line 28, [[ballot]] final, quorum, kind: there is no default option to be ranked above. Write kind = "ranked" and default_option = "...".']),
        ('stage = "voting"', "quorum = { count = 0 }", ["Line 27, [[ballot]] final, quorum, count: a quorum of 0 asks for nothing. Take it out, or write a number."]),
        ('stage = "voting"', '[[ballot.override]]\nwhen = "called"\nquorum = { count = 0 }', ["Line 29, [[ballot]] final, override 1, quorum, count: a quorum of 0 asks for nothing. Take it out, or write a number."]),
        ('stage = "voting"', 'electorates = ["members", "committee"]', ['Line 27, [[ballot]] final, electorates: the shares of its electorates are not 1 together. Write share = "1/2" below each [[electorate]], or combine = "each".']),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(old, new, said):
    assert changed(old, new) == said


def test_a_ballot_must_have_a_stage():
    assert problems('[process]\nname = "X"\n[[ballot]]\nid = "final"') == [
        'Line 3, [[ballot]] final: it does not say at which stage it is held. Write stage = "..." with the id of a [[stage]].'
    ]


def test_colleges_that_each_decide_need_no_shares():
    assert changed('stage = "voting"', 'electorates = ["members", "committee"]\ncombine = "each"') == []


def test_an_electorate_may_be_used_by_a_snapshot_or_a_proposer_alone():
    assert changed('by = "committee"', "").pop().startswith("Line 8, [[electorate]] committee: nothing uses")
    assert (
        changed("[admission]\nby", '[instrument.amendment]\nexempt = ["committee"]\n[compositing]\nwindow = "1d"\n#')
        == []
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('timezone = "Europe/London"', 'timezone = "Europe/Atlantis"', ['Line 3, [process], timezone: "Europe/Atlantis" is not a time zone. Write a name of the IANA list, such as "Europe/London" or "UTC".']),
        ('"2026-06-28 12:00"', '"2026-02-28 12:00"', [f"Line 14, {DATES}: it closes before it opens. Write a later closing, or an earlier opening."]),
        ('"2026-06-28 12:00"', '"2026-03-02 12:00"', [f"Line 14, {DATES}: it closes when it opens. Write a later closing, or an earlier opening."]),
        ('"opens + 2w"', '"opens - 2w"', ["Line 19, [[stage]] voting, closes: it closes before it opens. Write a later closing, or an earlier opening."]),
        ('"2026-06-28 12:00"', '"2026-03-29 01:30"', [f"Line 14, {DATES}: 2026-03-29 01:30 does not exist in Europe/London, because the clocks are changed. Write a time some hours earlier or later."]),
        ('"2026-06-28 12:00"', '"2026-10-25 01:30"', [f"Line 14, {DATES}: 2026-10-25 01:30 comes twice in Europe/London, because the clocks are changed. Write a time some hours earlier or later."]),
        ('opens = "called"', 'opens = "called"\nmin = "15d"', ["Line 20, [[stage]] voting, closes: it is shorter than its own min of 15 days. Write a later closing, or a smaller min."]),
        ('opens = "called"', 'opens = "called"\nmax = "13d"', ["Line 20, [[stage]] voting, closes: it is longer than its own max of 13 days. Write an earlier closing, or a larger max."]),
        ('opens = "2026-03-02 12:00"\ncloses = "2026-06-28 12:00"', 'opens = "talks.closes - 1w"\ncloses = "talks.opens + 1w"', ["Line 13, [[stage]] talks, opens: it waits for itself (talks.opens → talks.closes → talks.opens). Write a date for one of them."]),
        ('opens = "called"', 'opens = "voting.opens + 1d"', [
            "Line 6, [events], called: nothing waits for this event. Take it out, or name it where it matters.",
            "Line 18, [[stage]] voting, opens: it waits for itself (voting.opens → voting.opens). Write a date for one of them.",
        ]),
        ('"opens + 2w"\nallows = ["vote"]', '"opens + 2w"\nallows = ["vote"]\n[[stage]]\nid = "count"\nopens = "voting.closes - 1d"\ncloses = "opens + 2d"', ['Line 23, [[stage]] count, opens: it opens before "voting" has closed. Write a later opening, or beside = ["voting"] if they are to run at the same time.']),
        ('[[stage]]\nid = "voting"', '[[stage]]\nid = "more"\nopens = "2026-06-28 11:59"\ncloses = "2026-07-05"\n[[stage]]\nid = "voting"', ['Line 18, [[stage]] more, opens: it opens before "talks" has closed. Write a later opening, or beside = ["talks"] if they are to run at the same time.']),
    ],
)  # fmt: skip
def test_dates_that_cannot_be_kept_are_named(old, new, said):
    assert changed(old, new) == said


@pytest.mark.parametrize(
    "more",
    [
        'opens = "2026-06-28 11:59"\ncloses = "2026-07-05"\nbeside = ["talks"]',
        'opens = "2026-06-28 12:00"\ncloses = "2026-07-05"',
        'opens = "2026-07-28"\ncloses = "2026-08-05"',
        'opens = "2026-07-28 12:00"\ncloses = "opens + 2w"\nmin = "2w"\nmax = "14d"',
    ],
)
def test_stages_may_touch_run_side_by_side_or_leave_time_between_them(more):
    assert changed('[[stage]]\nid = "voting"', f'[[stage]]\nid = "more"\n{more}\n[[stage]]\nid = "voting"') == []


CONTIGUOUS = BOOK.replace('name = "X"', 'name = "X"\ncontiguous = true')


def test_where_no_gap_is_wanted_a_gap_is_named():
    gap = '[[stage]]\nid = "more"\nopens = "2026-06-29 12:00"\ncloses = "2026-07-05"\n[[stage]]\nid = "voting"'
    assert changed('[[stage]]\nid = "voting"', gap, book=CONTIGUOUS) == [
        (
            "Line 19, [[stage]] more, opens: no stage is open just before it opens. "
            "Write the moment at which the one before it closes, or contiguous = false under [process]."
        )
    ]
    assert changed('[[stage]]\nid = "voting"', gap.replace("29", "28"), book=CONTIGUOUS) == []


def test_a_gap_is_not_seen_where_an_event_decides():
    assert problems(CONTIGUOUS) == []


APPEAL = (
    BOOK.replace('opens = "called"', 'opens = "2026-07-05"')
    .replace('[events]\ncalled = "it is called"', "")
    .replace('"rule"]', '"rule", "appeal"]')
    .replace('by = "committee"', 'by = "committee"\nappeal = { to = "members", window = "6d" }')
)
SHORTER = 'Write a shorter window, or close "talks" earlier.'
TOO_LATE = (
    f'Line 23, [admission], appeal, window: seven days after "talks" closes, the text is already fixed. {SHORTER}'
)


def test_an_appeal_must_be_over_before_the_vote():
    assert problems(APPEAL) == []
    assert changed('window = "6d"', 'window = "7d"', book=APPEAL) == [TOO_LATE]


def test_an_appeal_must_be_over_before_the_draft_is_frozen():
    frozen = APPEAL.replace('"2026-07-05"', '"2026-07-05"\non_open = ["freeze:draft"]')
    assert problems(frozen) == []
    at_once = APPEAL.replace('"appeal"]', '"appeal"]\non_close = ["freeze:all"]')
    assert problems(at_once) == [
        f'Line 24, [admission], appeal, window: six days after "talks" closes, the text is already fixed. {SHORTER}'
    ]


def test_an_appeal_must_be_over_when_the_rulebook_says():
    named = APPEAL.replace('window = "6d"', 'window = "7d", must_end_before = "voting.opens + 12h"')
    assert problems(named) == []
    assert changed("+ 12h", "+ 11h", book=named) == [TOO_LATE]


def test_an_appeal_is_not_compared_with_a_vote_that_waits_for_an_event():
    waiting = APPEAL.replace('opens = "2026-07-05"', 'opens = "called"').replace('"X"', '"X"\n[events]\ncalled = "now"')
    assert changed('window = "6d"', 'window = "600d"', book=waiting.replace('\ntimezone = "Europe/London"', "")) == []


def test_an_appeal_without_stages_is_not_compared_with_anything():
    assert (
        problems('[process]\nname = "X"\n[admission]\nby = "members"\nappeal = { to = "members", window = "1w" }') == []
    )


PROTECTED = APPEAL + '[[protect]]\nclauses = ["1"]\nnotice = "6d"\n'


def test_the_text_must_be_fixed_for_as_long_as_the_notice_of_a_protected_clause():
    assert problems(PROTECTED) == []
    late = "the vote opens less than seven days after the text is fixed. Fix the text earlier, or open the vote later."
    assert changed('notice = "6d"', 'notice = "7d"', book=PROTECTED) == [f"Line 30, [[protect]] 1, notice: {late}"]
    frozen = PROTECTED.replace('closes = "opens + 2w"', 'closes = "opens + 2w"\non_open = ["freeze:draft"]')
    assert problems(frozen) == [
        (
            "Line 31, [[protect]] 1, notice: the vote opens less than six days after the text is fixed. "
            "Fix the text earlier, or open the vote later."
        )
    ]


def test_a_notice_is_not_measured_where_nothing_is_voted_on():
    assert problems('[process]\nname = "X"\n[[protect]]\nclauses = ["1"]\nnotice = "7d"') == []


LIVE = 'id = "committee"\nsnapshot = "never"'


def test_a_ballot_must_have_a_snapshot_of_its_roll():
    voting = BOOK.replace('stage = "voting"', 'stage = "voting"\nelectorates = ["committee"]')
    assert problems(voting) == []
    assert changed('id = "committee"', LIVE, book=voting) == [
        (
            'Line 10, [[electorate]] committee, snapshot: the ballot "final" has no snapshot of the roll. '
            'Write snapshot = "voting.opens", or leave it out: that is the same.'
        )
    ]
    assert changed('id = "committee"', LIVE) == []  # it rules and does not vote


def test_a_roll_must_not_be_fixed_after_its_ballot_has_opened():
    voting = BOOK.replace('stage = "voting"', 'stage = "voting"\nelectorates = ["committee"]')
    assert changed('id = "committee"', 'id = "committee"\nsnapshot = "voting.opens"', book=voting) == []
    assert changed('id = "committee"', 'id = "committee"\nsnapshot = "voting.opens - 4w"', book=voting) == []
    assert changed('id = "committee"', 'id = "committee"\nsnapshot = "voting.opens + 1h"', book=voting) == [
        (
            'Line 10, [[electorate]] committee, snapshot: the roll is fixed after the ballot "final" has opened. '
            'Write snapshot = "voting.opens", or an earlier moment.'
        )
    ]


def test_a_roll_is_fixed_at_one_moment_only():
    at_opening = 'allows = ["vote"]\non_open = ["snapshot:members"]'
    at_closing = 'allows = ["vote"]\non_close = ["snapshot:members"]'
    assert changed('allows = ["vote"]', at_opening) == []
    assert changed('allows = ["vote"]', at_closing) == [
        (
            'Line 21, [[stage]] voting, on_close 1: "members" are fixed at another moment. '
            'Take it out, or write snapshot = "voting.closes" below the electorate.'
        )
    ]
    earlier = BOOK.replace(
        'id = "committee"', 'id = "committee"\n[[electorate]]\nid = "members"\nsnapshot = "talks.closes"'
    )
    assert changed('allows = ["vote"]', at_opening, book=earlier) == [
        (
            'Line 24, [[stage]] voting, on_open 1: "members" are fixed at another moment. '
            'Take it out, or write snapshot = "voting.opens" below the electorate.'
        )
    ]
    assert changed('"rule"]', '"rule"]\non_close = ["snapshot:members"]', book=earlier) == []


@pytest.mark.parametrize(
    ("route", "said"),
    [
        ("min = 9\nmax = 8", "min: it asks for at least 9 and at most 8. Write a min that is not above max."),
        ("count = 2\nspread = { groups = 3 }", "spread, groups: 2 seconders cannot come from 3 groups. Write fewer groups, or a larger count."),
        ('count = "N(members) / 20"\nmax = 2\nspread = { groups = 3 }', "spread, groups: 2 seconders cannot come from 3 groups. Write fewer groups, or a larger count."),
        ("count = 5\nmax = 2\nspread = { groups = 3 }", "spread, groups: 2 seconders cannot come from 3 groups. Write fewer groups, or a larger count."),
        ('count = 4\nspread = { max_share = "1/5" }', "spread, max_share: 1/5 of 4 is less than one seconder from each group. Write a larger share, or a larger count."),
        ('count = 4\nsubquota = { attribute = "a", value = "b", count = 5 }', "subquota, count: 5 of 4 seconders cannot be had. Write a smaller number, or a larger count."),
    ],
)  # fmt: skip
def test_a_route_that_nobody_can_complete_is_named(route, said):
    found = changed("[admission]", f"[seconding]\n{route}\n[admission]")
    assert [one.partition("[seconding], ")[2] for one in found] == [said]


@pytest.mark.parametrize(
    "route",
    [
        "min = 8\nmax = 8",
        "count = 3\nspread = { groups = 3 }",
        "count = 2\nmin = 3\nspread = { groups = 3 }",
        'count = "N(members) / 20"\nspread = { groups = 3 }',
        'count = 5\nspread = { max_share = "1/5" }',
        'count = 5\nsubquota = { attribute = "a", value = "b", count = 5 }',
    ],
)
def test_a_route_that_can_just_be_completed_is_good(route):
    assert changed("[admission]", f"[seconding]\n{route}\n[admission]") == []


ANY_NUMBER = "Write a formula that has a value for any number."


@pytest.mark.parametrize(
    ("formulas", "said"),
    [
        ('a = "b"\nb = "a + 1"', ["Line 23, [vars], a: it stands for itself (a → b → a). Write one of them as a number."]),
        ('a = "1 / sqrt(2)"', ["Line 23, [vars], a: it divides by a number with a root in it. Multiply instead, or round it with ceil or floor."]),
        ('r = "sqrt(2)"\na = "1 / r"', ["Line 24, [vars], a: it divides by a number with a root in it. Multiply instead, or round it with ceil or floor."]),
        ('a = "sqrt(sqrt(2))"', ["Line 23, [vars], a: it takes the root of a number with a root in it. Round the inner one with ceil or floor."]),
        ('a = "1 / (N(members) - 10)"', [f"Line 23, [vars], a: with 10 in every electorate it divides by zero. {ANY_NUMBER}"]),
        ('a = "sqrt(N(members) - 50)"', [f"Line 23, [vars], a: with 10 in every electorate it takes the root of a number below zero. {ANY_NUMBER}"]),
        ('z = "N(members) - 100"\na = "1 / z"\nb = "a + 1"', [f"Line 24, [vars], a: with 100 in every electorate it divides by zero. {ANY_NUMBER}"]),
        ('a = "c"\nb = "1 / 0"', [
            'Line 23, [vars], a: "c" is not a formula of [vars] of this rulebook. Write one of a, b.',
            f"Line 24, [vars], b: with 10 in every electorate it divides by zero. {ANY_NUMBER}",
        ]),
        ('a = "1 / ceil(sqrt(2))"\nb = "sqrt(floor(sqrt(N(members))))"', []),
    ],
)  # fmt: skip
def test_a_formula_without_a_value_is_named(formulas, said):
    assert changed("[admission]", f"[vars]\n{formulas}\n[admission]") == said


def test_a_formula_is_checked_where_it_is_used():
    assert changed("[admission]", '[seconding]\ncount = "5 / (N(members) - 100000)"\n[admission]') == [
        f"Line 23, [seconding], count: with 100,000 in every electorate it divides by zero. {ANY_NUMBER}"
    ]
    assert changed('stage = "voting"', 'quorum = { count = "1 / sqrt(N(members))" }') == [
        (
            "Line 27, [[ballot]] final, quorum, count: it divides by a number with a root in it. "
            "Multiply instead, or round it with ceil or floor."
        )
    ]
