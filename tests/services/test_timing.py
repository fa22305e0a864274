"""What the stages forbid is refused with the rule quoted, and their dates change only with a reason."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import allotment
import pytest
import sqlalchemy as sa
from allotment import FFION, HARRIET, MEERA, ROSA, member, new_id, proposal, reword

import store
import store.bodies
import store.log
import store.processes
import store.stages
from amendments.seconding import AlreadySeconded, NoDecision, NoOffice, TextChanged
from amendments.states import State
from members.permissions import NotAllowed
from services import admitting, clock, compositing, drafting, drafting_final, seconding, supporting, timing
from services.timing import NoReasonForDate, NoSuchDate, NoSuchEvent, NotLater, NotYet, StageClosed
from store.bodies import Decision
from store.database import db
from store.tables import MemberRoleRow, MemberRow

pytestmark = pytest.mark.usefixtures("database")

STAGED = """
[process]
name = "Summer revision"
timezone = "Europe/London"

[[stage]]
id = "amendments"
label = "Amendments"
opens = "2026-04-01 09:00"
closes = "2026-06-28 12:00"
allows = ["amendment", "second", "withdraw"]

[[stage]]
id = "merging"
label = "Merging"
opens = "amendments.closes"
closes = "opens + 3w"
allows = ["rule", "merge"]

[[instrument.amendment.seconding]]
from = "members"
count = 2
[[instrument.amendment.seconding]]
from = "branch"
count = 1
minute_required = true
"""
STAGED += allotment.ADMISSION
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
JUST_OVER = datetime(2026, 6, 28, 11, tzinfo=UTC)  # noon in London
LATE = JUST_OVER + timedelta(days=9, hours=1)


@pytest.fixture(autouse=True)
def _staged(database):
    allotment.found()
    with store.transaction():
        store.processes.set("Allotment Society", STAGED)


def moved(at=NOON):
    return drafting.propose(member(MEERA), proposal(reword("2(1)", "Twenty.")), at, new_id)


def digest(number):
    return store.amendments.by_number(number).version.digest


def test_what_is_too_late_is_refused_with_the_rule():
    with pytest.raises(StageClosed) as refusal:
        moved(LATE)
    assert str(refusal.value) == "Amendments closed on 28 June 2026 at 12:00 (Europe/London), 9 days ago."
    assert store.amendments.listing() == ()


def test_a_stage_is_open_until_just_before_it_closes():
    assert moved(JUST_OVER - timedelta(milliseconds=1)) == 1
    with pytest.raises(StageClosed):
        moved(JUST_OVER)


def test_every_act_waits_for_its_stage():
    number = moved()
    acts = [
        lambda: seconding.second(member(ROSA), number, digest(number), LATE),
        lambda: drafting.withdraw(member(MEERA), number, "", LATE),
        lambda: admitting.rule(member(FFION), number, admitting.Wanted(1, "in-order"), NOON),
        lambda: compositing.begin(member(FFION), [number], "One", NOON),
        lambda: drafting_final.freeze(member(FFION), 1, NOON),
    ]
    before = store.log.entries(limit=1)
    for act in acts:
        with pytest.raises(StageClosed):
            act()
    assert store.log.entries(limit=1) == before


def test_a_changed_date_needs_a_reason_and_stands_in_the_log():
    with pytest.raises(NoReasonForDate):
        timing.change_date(member(HARRIET), "amendments.closes", LATE + timedelta(days=1), " ", NOON)
    timing.change_date(member(HARRIET), "amendments.closes", LATE + timedelta(days=1), "The post was late.", NOON)
    assert moved(LATE) == 1
    entry = store.log.entries(limit=2)[1]
    assert (entry.act, entry.subject, entry.payload["reason"]) == (
        "change-date",
        "stage amendments",
        "The post was late.",
    )
    assert timing.dates().periods[1].opens.at == LATE + timedelta(days=1)


def test_the_rules_say_how_far_a_closing_is_moved():
    vary = 'allows = ["amendment", "second", "withdraw"]\nvary = { by = "members", upto = "1w", not_within = "48h" }'
    with store.transaction():
        store.processes.set("Allotment Society", STAGED.replace('allows = ["amendment", "second", "withdraw"]', vary))
    closes = timing.dates().periods[0].closes.at
    change = partial(timing.change_date, member(HARRIET), "amendments.closes")
    for by in (timedelta(days=7, minutes=1), -timedelta(days=7, minutes=1)):
        with pytest.raises(
            NotLater, match=r"by up to one week from its own date: on 21 June 2026 at 12:00 .* at the latest"
        ):
            change(closes + by, "The post was late.", NOON)
    change(closes + timedelta(days=5), "The post was late.", NOON)
    with pytest.raises(
        NotLater, match="from its own date"
    ):  # counted from the date of the rules, not from the last one
        change(closes + timedelta(days=10), "The post was late.", NOON)
    with pytest.raises(NotLater, match="may not close within 48 hours of the change"):
        change(closes - timedelta(days=1), "All have spoken.", closes - timedelta(days=2))
    change(closes - timedelta(days=1), "All have spoken.", closes - timedelta(days=3))
    assert timing.dates().periods[0].closes.at == closes - timedelta(days=1)


def test_who_may_not_change_a_date_does_not():
    with pytest.raises(NotAllowed):
        timing.change_date(member(FFION), "amendments.closes", LATE, "More time", NOON)


@pytest.mark.parametrize(
    ("name", "moment", "refusal"),
    [
        ("amendments.ends", LATE, NoSuchDate),
        ("nothing.closes", LATE, NoSuchDate),
        ("amendments.closes", NOON - timedelta(days=300), NotLater),
        ("amendments.closes", NOON - timedelta(days=1), NotLater),
        ("merging.opens", LATE + timedelta(days=300), NotLater),
    ],
)
def test_a_date_that_cannot_be_is_refused(name, moment, refusal):
    with pytest.raises(refusal):
        timing.change_date(member(HARRIET), name, moment, "Because", NOON)
    assert store.stages.everything() == ()


def test_the_database_says_what_time_it_is():
    assert clock.now() <= clock.now()
    assert clock.now().utcoffset() == timedelta()


def officer():
    with store.transaction():
        db.session.execute(sa.update(MemberRow).where(MemberRow.handle == ROSA).values(branch="Fen"))
        db.session.execute(sa.insert(MemberRoleRow).values(member=member(ROSA).id, role="officer"))
    return member(ROSA)


def decision(**but):
    return Decision(**{"kind": "branch", "name": "Fen", "decided": date(2026, 4, 28), "minute": "Minute 7", **but})


def test_a_branch_seconds_through_its_officer_and_that_is_enough():
    number = moved()
    reached = seconding.second_for_body(officer(), number, digest(number), decision(), NOON)
    assert reached.met
    assert store.amendments.by_number(number).state is State.SECONDED
    assert store.amendments.history(store.amendments.by_number(number))[-1].reason == "Seconded: 1 of 1 branch"
    with pytest.raises(AlreadySeconded):
        seconding.second_for_body(member(ROSA), number, digest(number), decision(), NOON)


def test_once_it_has_its_seconders_a_branch_endorses_it_at_any_time():
    number = moved()
    for handle in (allotment.GRACE, allotment.LEONARD):
        seconding.second(member(handle), number, digest(number), NOON)
    seconding.second_for_body(officer(), number, digest(number), decision(), LATE)
    assert store.log.entries(limit=1)[0].act == "endorse-for-body"
    assert [one.decision.name for one in store.bodies.seconds(store.amendments.by_number(number))] == ["Fen"]


@pytest.mark.parametrize(
    ("but", "refusal"),
    [
        ({"decided": date(2027, 1, 1)}, NoDecision),
        ({"minute": " "}, NoDecision),
        ({"minute": "x" * 201}, NoDecision),
        ({"name": "Another branch"}, NoOffice),
    ],
)
def test_a_decision_that_is_none_is_refused(but, refusal):
    number = moved()
    with pytest.raises(refusal):
        seconding.second_for_body(officer(), number, digest(number), decision(**but), NOON)


def test_only_an_officer_acts_for_a_branch():
    number = moved()
    with pytest.raises(NoOffice):
        seconding.second_for_body(member(ROSA), number, digest(number), decision(), NOON)
    by_the_officer = officer()
    with pytest.raises(TextChanged):
        seconding.second_for_body(by_the_officer, number, "another", decision(), NOON)


def test_who_has_left_does_not_count():
    number = moved()
    seconding.second(member(ROSA), number, digest(number), NOON)
    assert supporting.standing(store.amendments.by_number(number)).sentence == "1 of 2 members; or 0 of 1 branch"
    with store.transaction():
        db.session.execute(sa.update(MemberRow).where(MemberRow.handle == ROSA).values(standing="left"))
    assert supporting.standing(store.amendments.by_number(number)).sentence == "0 of 2 members; or 0 of 1 branch"


INVITED = """
[process]
name = "Revision by invitation"

[events]
invitation = "the secretary invites amendments"

[[stage]]
id = "amendments"
label = "Amendments"
opens = "invitation"
closes = "opens + 2w"
allows = ["amendment", "second"]
"""


@pytest.fixture
def _invited(_staged):
    with store.transaction():
        store.processes.set("Allotment Society", INVITED)


@pytest.mark.usefixtures("_invited")
def test_a_stage_opens_by_an_event_that_the_administrator_records():
    with pytest.raises(StageClosed) as refusal:
        moved(NOON)
    assert str(refusal.value) == "Amendments will open when the secretary invites amendments."
    timing.record_event(member(HARRIET), "invitation", NOON - timedelta(hours=1), " Sent by post. ", NOON)
    assert moved(NOON) == 1
    assert timing.dates().periods[0].closes.at == NOON + timedelta(weeks=2, hours=-1)
    entry = next(one for one in store.log.entries(limit=3) if one.act == "event")
    assert (entry.actor, entry.subject) == (HARRIET, "event invitation")
    assert entry.payload == {"moment": "2026-05-01T11:00:00+00:00", "reason": "Sent by post."}


@pytest.mark.usefixtures("_invited")
@pytest.mark.parametrize(
    ("who", "event", "moment", "reason", "refusal"),
    [
        (FFION, "invitation", NOON, "Sent", NotAllowed),
        (HARRIET, "invitation", NOON, " ", NoReasonForDate),
        (HARRIET, "amendments", NOON, "Sent", NoSuchEvent),
        (HARRIET, "invitation", NOON + timedelta(minutes=1), "Sent", NotYet),
    ],
)
def test_an_event_that_cannot_be_is_refused(who, event, moment, reason, refusal):
    with pytest.raises(refusal):
        timing.record_event(member(who), event, moment, reason, NOON)
    assert store.stages.everything() == ()
