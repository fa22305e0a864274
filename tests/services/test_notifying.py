"""Members are told what happened, in its transaction, each as they have chosen."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import allotment
import make
import pytest
import sqlalchemy as sa
from allotment import (
    FFION,
    GRACE,
    LEONARD,
    MEERA,
    NOON,
    ROSA,
    TOBIAS,
    member,
    on_desk,
    propose,
    reword,
    second,
    seconded,
    strike,
)

import store
import store.drafts
import store.notices
import store.outbox
from members.notices import Choice, Kind, NotOffered, UnknownKind
from members.permissions import NotAllowed
from services import coverage, drafting, drafting_final, notifying, ratifying
from store.database import db
from store.tables import NoticeRow

pytestmark = pytest.mark.usefixtures("database")

FACTS = {
    "number": 7,
    "title": "Share the pump",
    "state": "refused",
    "reason": "No",
    "link": "/amendments/7",
    "remedy": "",
}


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE member SET email = handle || '@example.org'"))


def kept():
    """Every message that is kept: to whom, of what kind; the row itself under ``rows``."""
    return [(one.address.partition("@")[0], one.kind) for one in rows()]


def rows():
    db.session.rollback()
    return db.session.scalars(sa.select(NoticeRow).order_by(NoticeRow.id)).all()


def tell(*handles, about="amendment 7", at=NOON, **facts):
    with store.transaction():
        return notifying.tell(Kind.AMENDMENT_STATE, about, map(member, handles), at, **FACTS | facts)


def test_members_are_told_at_once_unless_they_chose_otherwise():
    notifying.choose(member(GRACE), {Kind.AMENDMENT_STATE: "daily"})
    notifying.choose(member(ROSA), {Kind.AMENDMENT_STATE: "none"})
    assert tell(MEERA, GRACE, ROSA) == 2
    assert [(one.address, one.due) for one in rows()] == [
        (f"{MEERA}@example.org", NOON), (f"{GRACE}@example.org", None),
    ]  # fmt: skip


def test_who_has_no_address_is_sent_nothing():
    with store.transaction():
        told = notifying.tell(Kind.AMENDMENT_STATE, "amendment 7", [replace(member(MEERA), email="")], NOON, **FACTS)
    assert (told, rows()) == (0, [])


def test_another_address_than_that_of_the_roll_can_be_told():
    with store.transaction():
        facts = {"old": "a@example.org", "new": "b@example.org", "link": "/account"}
        old = replace(member(MEERA), email="a@example.org")
        notifying.tell(Kind.ADDRESS_CHANGED, "the old address", [old], NOON, **facts)
    assert rows()[0].address == "a@example.org"


def test_telling_the_same_twice_puts_it_once():
    tell(MEERA, MEERA)
    tell(MEERA, GRACE)
    assert kept() == [(MEERA, "amendment-state"), (GRACE, "amendment-state")]
    tell(MEERA, at=NOON + timedelta(seconds=1))
    tell(MEERA, about="amendment 8")
    assert len(rows()) == 4


def test_when_the_act_is_undone_nobody_is_told():
    with suppress(ZeroDivisionError), store.transaction():
        notifying.tell(Kind.AMENDMENT_STATE, "amendment 7", [member(MEERA)], NOON, **FACTS)
        assert store.outbox.waiting() == 1
        raise ZeroDivisionError
    assert rows() == []


def test_nobody_is_told_outside_a_transaction():
    with pytest.raises(store.NoTransaction):
        notifying.tell(Kind.AMENDMENT_STATE, "amendment 7", [member(MEERA)], NOON, **FACTS)


def test_nobody_is_told_of_a_kind_that_does_not_exist():
    with pytest.raises(UnknownKind):
        notifying.tell("gossip", "x", [member(MEERA)], NOON)


def test_a_missing_fact_is_not_passed_over():
    with pytest.raises(KeyError, match="passkey"), store.transaction():
        notifying.tell(Kind.PASSKEY_ADDED, "x", [member(MEERA)], NOON, link="/")


def test_what_a_member_typed_stays_in_its_line():
    tell(MEERA, state="refused\r\nBcc: everybody@example.org")
    assert rows()[0].subject == "Amendment 7: refused Bcc: everybody@example.org"


def test_a_moment_is_told_in_the_zone_of_the_process_and_names_it():
    assert notifying.moment(datetime(2026, 6, 28, 11, tzinfo=UTC)) == "28 June 2026 at 11:00 (UTC)"
    with store.transaction():
        store.processes.set("Society", allotment.RULEBOOK.replace("[process]", '[process]\ntimezone = "Europe/London"'))
    assert notifying.moment(datetime(2026, 6, 28, 11, tzinfo=UTC)) == "28 June 2026 at 12:00 (Europe/London)"


# ------------------------------------------------------------------ the acts


def test_the_mover_learns_that_the_seconders_are_enough_and_only_then():
    number = propose(strike("3(1)"))
    second(number, ROSA)
    assert kept() == []
    second(number, GRACE)
    second(number, LEONARD)
    assert kept() == [(MEERA, "amendment-seconded-enough")]
    assert "has the support it needs: 2 of 2 " in rows()[0].body


def test_a_refusal_reaches_the_mover_and_the_seconders_with_its_reason():
    number = seconded(strike("3(1)"))
    allotment.refuse(number, "Out of scope.\n/sign-out")
    assert kept()[1:] == [(one, "amendment-state") for one in (MEERA, ROSA, GRACE)]
    assert rows()[-1].subject == f"Amendment {number}: refused"
    assert ": it is outside what was announced. Out of scope.\n  > /sign-out\n" in rows()[-1].body


def test_a_withdrawal_reaches_the_seconders_and_not_who_withdrew():
    number = seconded(strike("3(1)"))
    drafting.withdraw(member(MEERA), number, "I was wrong.", NOON)
    assert kept()[1:] == [(ROSA, "amendment-state"), (GRACE, "amendment-state")]


def test_a_draft_and_the_edition_it_becomes_reach_those_whose_amendments_are_in_it():
    first, other = seconded(reword("3(1)", "The pump is everybody's.")), seconded(strike("2(2)"), by=LEONARD)
    coverage.leave(member(FFION), on_desk(first), [other], "The next draft takes it.", NOON)
    draft = drafting_final.freeze(member(FFION), 1, NOON)
    drafting_final.freeze(member(FFION), on_desk(other), NOON)
    before = len(rows())
    ratifying.adopt(member(TOBIAS), draft, store.drafts.by_number(draft).digest, NOON + timedelta(days=1))
    assert kept()[2:6] == [(one, "fate-report") for one in (MEERA, ROSA, GRACE, LEONARD)]
    assert "  * Amendment 1, A better rule: merged." in rows()[3].body
    assert "  * Amendment 2, A better rule: left out. The next draft takes it.\n" in rows()[3].body
    told = kept()[before:]
    assert told[:3] == [(one, "edition-adopted") for one in (MEERA, ROSA, GRACE)]
    assert told[3:6] == [(one, "amendment-state") for one in (ROSA, GRACE, LEONARD)]  # their draft was superseded
    assert told[6:] == [(LEONARD, "amendments-placed")]
    assert f"  * Amendment {other}, A better rule: fits, word for word\n" in rows()[-1].body
    assert f"  * Amendment {first}, A better rule: in force\n" in rows()[before].body


def test_an_amendment_that_others_have_overtaken_says_so_to_its_people():
    first, same = seconded(strike("3(1)")), propose(strike("3(1)"), by=LEONARD)
    draft = drafting_final.freeze(member(FFION), on_desk(first), NOON)
    ratifying.adopt(member(TOBIAS), draft, store.drafts.by_number(draft).digest, NOON + timedelta(days=1))
    last = rows()[-1]
    assert (last.address, last.subject) == (f"{LEONARD}@example.org", f"Amendment {same}: overtaken")


def test_a_mover_whose_words_no_longer_fit_is_asked_for_others():
    first = seconded(reword("3(1)", "The pump is everybody's."))
    other = propose(reword("3(1)", "The pump is nobody's."), by=LEONARD)
    also = propose(strike("2(2)"), by=LEONARD)
    draft = drafting_final.freeze(member(FFION), on_desk(first), NOON)
    ratifying.adopt(member(TOBIAS), draft, store.drafts.by_number(draft).digest, NOON + timedelta(days=1))
    last = rows()[-1]
    assert (last.address, last.subject) == (
        f"{LEONARD}@example.org",
        f"Amendment {other} does not fit edition 2 any more",
    )
    assert f"/amendments/{other}/revise" in last.body
    assert f"Amendment {also}, A better rule: fits, word for word" in last.body


def test_telling_thousands_takes_no_more_queries_than_telling_one():
    with store.transaction():
        store.members.add_many([store.members.NewMember(f"m{n}", f"M {n}", f"m{n}@example.org") for n in range(2000)])
    everyone = store.members.everyone()
    # The choices, the process and all the messages; on PostgreSQL also the lock of who writes.
    with make.at_most(4), store.transaction():
        assert notifying.tell(Kind.AMENDMENT_STATE, "amendment 7", everyone, NOON, **FACTS) == 2007
    assert store.outbox.waiting() == 2007


# ------------------------------------------------------------------ choices


def test_a_choice_that_is_not_offered_keeps_nothing():
    with pytest.raises(NotOffered):
        notifying.choose(member(MEERA), {Kind.FATE_REPORT: "none", Kind.STAGE_DATES: "none"})
    assert notifying.choices(member(MEERA))[Kind.FATE_REPORT] is Choice.AT_ONCE


def test_a_choice_holds_until_the_next():
    notifying.choose(member(MEERA), {Kind.FATE_REPORT: "none"})
    notifying.choose(member(MEERA), {Kind.FATE_REPORT: "daily", Kind.STAGE_DATES: "daily"})
    held = notifying.choices(member(MEERA))
    assert (held[Kind.FATE_REPORT], held[Kind.STAGE_DATES]) == (Choice.DAILY, Choice.DAILY)
    assert notifying.choices(member(ROSA))[Kind.FATE_REPORT] is Choice.AT_ONCE


def test_choosing_none_calls_off_what_is_waiting():
    tell(MEERA, ROSA)
    notifying.choose(member(MEERA), {Kind.AMENDMENT_STATE: "none"})
    assert store.outbox.waiting() == 1


def test_who_may_not_read_may_not_choose():
    with pytest.raises(NotAllowed):
        notifying.choose(replace(member(MEERA), roles=frozenset()), {})


def test_unsubscribing_ends_one_kind_or_all_that_comes_daily():
    notifying.choose(member(MEERA), {Kind.AMENDMENT_STATE: "daily", Kind.STAGE_DATES: "daily"})
    assert notifying.unsubscribe(member(MEERA).id, "fate-report") == (Kind.FATE_REPORT,)
    assert notifying.unsubscribe(member(MEERA).id, "digest") == (Kind.AMENDMENT_STATE, Kind.STAGE_OPENING)
    held = notifying.choices(member(MEERA))
    assert [one for one, wish in held.items() if wish is Choice.NONE] == [
        Kind.AMENDMENT_STATE, Kind.STAGE_OPENING, Kind.FATE_REPORT,
    ]  # fmt: skip
    assert held[Kind.STAGE_DATES] is Choice.DAILY


# ------------------------------------------------------------------ the digest

SEVEN = datetime(2026, 11, 23, 7, tzinfo=UTC)  # the morning after NOON


def daily(*handles):
    for handle in handles:
        notifying.choose(member(handle), {Kind.AMENDMENT_STATE: "daily"})


def test_the_digest_waits_for_its_hour_and_gathers_each_members_messages_into_one():
    daily(MEERA, GRACE)
    tell(MEERA, GRACE, about="a", number=7)
    tell(MEERA, about="b", number=8)
    assert notifying.gather(SEVEN - timedelta(seconds=1)) == 0
    assert notifying.gather(SEVEN) == 2
    meera, grace = rows()[-2:]
    assert (meera.subject, meera.due, meera.kind) == (
        "2 messages from Allotment Society, 23 November 2026",
        SEVEN,
        "digest",
    )
    assert meera.body.index("Amendment 7: refused\n====") < meera.body.index("Amendment 8: refused\n====")
    assert grace.subject.startswith("1 message from")
    assert store.outbox.waiting() == 2


def test_a_member_gets_one_digest_a_day_however_often_it_is_made():
    daily(MEERA)
    tell(MEERA, about="a")
    assert [notifying.gather(SEVEN), notifying.gather(SEVEN)] == [1, 0]
    tell(MEERA, about="dated back")
    assert notifying.gather(SEVEN + timedelta(hours=1)) == 0
    assert notifying.gather(SEVEN + timedelta(days=1)) == 1


def test_a_digest_that_was_missed_is_made_later():
    daily(MEERA)
    tell(MEERA)
    assert notifying.gather(SEVEN + timedelta(hours=20)) == 1


def test_who_has_no_address_any_more_gets_no_digest_and_is_not_looked_for_again():
    daily(MEERA)
    tell(MEERA)
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE member SET email = ''"))
    assert notifying.gather(SEVEN) == 0
    assert "no address" in rows()[0].error
    assert store.outbox.for_digest(SEVEN + timedelta(days=2)) == ()


def test_a_member_reads_what_they_were_told_and_no_secret():
    tell(MEERA, ROSA)
    with store.transaction():
        notifying.tell(Kind.SIGN_IN_LINK, "link 1", [member(MEERA)], NOON, link="/x", until="12:15", device="Firefox")
    notifying.gather(SEVEN)
    assert [one.kind for one in notifying.messages(member(MEERA))] == ["amendment-state"]


def test_the_people_of_an_amendment_are_its_mover_and_the_seconders_of_what_stands():
    number = seconded(strike("3(1)"))
    assert [one.handle for one in store.notices.people_of([number])] == [MEERA, ROSA, GRACE]
    assert store.notices.people_of([]) == ()
