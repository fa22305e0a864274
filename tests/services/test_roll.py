"""The organisation's list of members comes in: first shown, then applied exactly as shown."""

from datetime import timedelta

import allotment
import make
import pytest

import store.log
import store.members
import store.roll
import store.sessions
import store.tickets
from members.permissions import NotAllowed
from services import auditing, roll
from services.roll import CannotImport, NotMeant, RollChanged, TooLarge, UploadGone

HEADINGS = "Membership number,Name,E-mail,Branch,Affiliated body,Joined,Standing,Roles"
NOON = allotment.NOON
LATER = NOON + timedelta(minutes=5)


def sheet(*rows):
    return "\n".join([HEADINGS, *rows]).encode()


def person(number, roles="member", branch="Fen", standing="good", email=None):
    address = f"m{number}@example.org" if email is None else email
    return f"{number},Member {number},{address},{branch},,2020-12-31,{standing},{roles}"


SIX = [person(1, "administrator"), *[person(n) for n in range(2, 7)]]


@pytest.fixture
def six(database):
    """A roll of six, imported; the first of them is the administrator."""
    roll.apply(sheet(*SIX), NOON)
    return store.members.everyone()


@pytest.fixture
def boss(six):
    return store.members.by_handle("m-1")


def signed_in(handle):
    member = store.members.by_handle(handle)
    with store.transaction():
        session = store.sessions.begin(
            handle, member.id, by="link", device="", at=NOON, expires=NOON + timedelta(days=1)
        )
    return session.id


def alive(*ids):
    return [one for one in ids if store.sessions.find(one, LATER)]


def kept():
    return [store.members.everyone(), store.roll.snapshots(), store.log.count()]


# ---------------------------------------------------------------- the command's way


def test_a_dry_run_says_what_would_change_and_keeps_nothing(six):
    before = kept()
    shown = roll.dry_run(sheet(*SIX[:5], person(7), person(5, branch="Glen", email="")))
    assert [str(one) for one in shown.problems] == [
        "Line 8, membership number: “5” is on line 6 and again on line 8; it can be one person's only."
    ]
    assert str(roll.dry_run(sheet(*SIX[:4], person(7), person(5, branch="Glen"))).plan) == "+1 -1 ~1"
    assert kept() == before


def test_an_import_brings_the_roll_to_what_the_file_says(six):
    applied = roll.apply(sheet(*SIX[:4], person(7), person(5, "member; officer", "Glen")), LATER)
    assert str(applied.plan) == "+1 -1 ~1"
    five, six_, seven = map(store.members.by_handle, ("m-5", "m-6", "m-7"))
    assert (five.branch, five.roles) == ("Glen", {"member", "officer"})
    assert (six_.standing, six_.roles, six_.name) == ("left", frozenset(), "Member 6")
    assert (seven.membership, seven.email, seven.joined) == ("7", "m7@example.org", "2020-12-31")
    assert str(roll.dry_run(sheet(*SIX[:4], person(7), person(5, "member; officer", "Glen"))).plan) == "+0 -0 ~0"


def test_who_comes_back_is_who_they_were(six):
    left = store.members.by_handle("m-6").id
    roll.apply(sheet(*SIX[:5]), NOON)
    roll.apply(sheet(*SIX), LATER)
    back = store.members.by_handle("m-6")
    assert (back.id, back.standing, back.roles) == (left, "good", {"member"})


def test_the_log_holds_counts_and_the_digest_of_the_snapshot_and_no_name(six):
    applied = roll.apply(sheet(*SIX[:4], person(7), person(5, branch="Glen")), LATER)
    [entry] = store.log.entries(limit=1)
    assert (entry.act, entry.actor, entry.subject, entry.at) == ("import-roll", "system", "roll", LATER)
    assert entry.payload == {
        "added": 1, "removed": 1, "changed": 1, "members": 6, "snapshot": 2, "digest": applied.snapshot.digest,
    }  # fmt: skip
    assert store.roll.verify(2) == ()
    assert {one.handle for one in store.roll.entries(2)} == {"m-1", "m-2", "m-3", "m-4", "m-5", "m-7"}
    assert auditing.verify() == ()


def test_a_file_with_a_problem_changes_nothing(six):
    before = kept()
    with pytest.raises(CannotImport, match="has 1 problem, so nothing") as refused:
        roll.apply(sheet(*SIX, person(7, "king")), LATER)
    assert refused.value.shown.problems[0].line == 8
    assert kept() == before


def test_removing_many_must_be_meant(six):
    before = kept()
    with pytest.raises(NotMeant, match="3 of the 6 people"):
        roll.apply(sheet(*SIX[:3]), LATER)
    assert kept() == before
    assert str(roll.apply(sheet(*SIX[:3]), LATER, meant=True).plan) == "+0 -3 ~0"


def test_demoting_the_last_administrator_must_be_meant(six):
    with pytest.raises(NotMeant, match="No administrator"):
        roll.apply(sheet(person(1), *SIX[1:]), LATER)


def test_whoever_leaves_or_may_less_is_signed_out_and_nobody_else(database):
    roll.apply(sheet(*SIX[:4], person(5, "member; committee"), person(6)), NOON)
    ids = [signed_in(f"m-{n}") for n in range(1, 7)]
    applied = roll.apply(
        sheet(
            SIX[0], person(2, "member; officer"), person(3, branch="Glen"), person(4, standing="suspended"), person(5)
        ),
        LATER,
    )
    assert applied.sessions == 3
    assert alive(*ids) == ["m-1", "m-2", "m-3"]
    roll.apply(sheet(SIX[0], person(2, "member; officer"), *SIX[2:]), LATER)
    assert alive(*ids) == ["m-1", "m-2", "m-3"], "who comes back signs in anew"


def test_people_enrolled_without_a_number_are_known_by_their_address(database):
    [rosa] = make.members("rosa")
    roll.apply(sheet("10432,Rosa,ROSA@example.org,Fen,,,,"), NOON)
    found = store.members.by_handle("rosa")
    assert (found.id, found.membership, store.members.count()) == (rosa.id, "10432", 1)


def test_a_snapshot_is_an_act_and_its_reason_stays_out_of_the_log(six):
    made = roll.snapshot("For Rosa's ballot", LATER)
    [entry] = store.log.entries(limit=1)
    assert (entry.act, entry.subject) == ("roll-snapshot", f"roll snapshot {made.number}")
    assert entry.payload == {"members": 6, "digest": made.digest}
    assert roll.page().snapshots[0].reason == "For Rosa's ballot"
    assert roll.page().standings == {"good": 6}


# ---------------------------------------------------------------- the page's way


def uploaded(boss, *rows, secret="s" * 43, at=NOON):
    return roll.upload(boss, "members.csv", sheet(*rows), at, secret)


def apply(boss, at=LATER, secret="s" * 43, meant=False):
    return roll.apply_upload(boss, at, secret, meant=meant)


def test_exactly_the_file_that_was_shown_is_applied_and_once(boss):
    shown = uploaded(boss, *SIX, person(7))
    assert (shown.name, str(shown.plan)) == ("members.csv", "+1 -0 ~0")
    assert apply(boss).plan == shown.plan
    assert store.log.entries(limit=1)[0].actor == "m-1"
    with pytest.raises(UploadGone):
        apply(boss)
    assert store.members.count() == 7


def test_only_who_uploaded_a_file_can_apply_it(boss):
    uploaded(boss, *SIX, person(7))
    roll.apply(sheet(*SIX[:5], person(6, "administrator")), NOON)
    for ask in (apply, lambda one: roll.look_again(one, LATER, "s" * 43)):
        with pytest.raises(UploadGone):
            ask(store.members.by_handle("m-6"))
    with pytest.raises(UploadGone):
        apply(boss, secret="t" * 43)


def test_a_file_waits_for_half_an_hour(boss):
    uploaded(boss, *SIX, person(7))
    with pytest.raises(UploadGone):
        apply(boss, at=NOON + roll.OPEN_FOR)
    with pytest.raises(UploadGone):
        roll.look_again(boss, NOON + roll.OPEN_FOR, "s" * 43)
    assert apply(boss, at=NOON + roll.OPEN_FOR - timedelta(seconds=1)).plan.added


def test_a_roll_that_changed_meanwhile_is_looked_at_again(boss):
    uploaded(boss, *SIX, person(7))
    roll.apply(sheet(*SIX[:5]), LATER)
    before = kept()
    with pytest.raises(RollChanged):
        apply(boss)
    assert kept() == before
    assert str(roll.look_again(boss, LATER, "s" * 43).plan) == "+1 -0 ~1"
    assert str(apply(boss).plan) == "+1 -0 ~1"


def test_a_file_that_must_be_meant_can_still_be_applied_after_it_was_refused(boss):
    uploaded(boss, *SIX[:3])
    with pytest.raises(NotMeant):
        apply(boss)
    assert apply(boss, meant=True).plan.removed


def test_what_was_uploaded_is_forgotten_once_applied_or_expired(boss):
    uploaded(boss, *SIX, person(7))
    assert ticket("s").payload["data"]
    apply(boss)
    assert ticket("s").payload is None
    uploaded(boss, *SIX, secret="t" * 43)
    uploaded(boss, *SIX, person(8), secret="u" * 43, at=NOON + roll.OPEN_FOR)
    assert ticket("t").payload is None
    assert ticket("u").payload


def ticket(letter):
    return store.tickets.find(roll.fingerprint(letter * 43), store.roll.UPLOAD)


def test_a_file_with_problems_or_without_changes_is_not_kept(boss):
    before = kept()
    for rows in ([*SIX, person(7, "king")], SIX):
        uploaded(boss, *rows)
        assert ticket("s") is None
    assert kept() == before


def test_only_an_administrator_uploads_looks_and_applies(boss):
    uploaded(boss, *SIX, person(7))
    for ask in (lambda one: uploaded(one, *SIX), apply, lambda one: roll.look_again(one, LATER, "s" * 43)):
        with pytest.raises(NotAllowed):
            ask(store.members.by_handle("m-2"))


def test_a_file_that_cannot_be_kept_is_left_to_the_command(boss, monkeypatch):
    monkeypatch.setattr(roll, "LARGEST_KEPT", 100)
    with pytest.raises(TooLarge, match="import-roll"):
        uploaded(boss, *SIX, person(7))
