"""Signing in: by a link that works once in one browser, by a passkey, and with the rights that each is worth."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import allotment
import pytest
import sqlalchemy as sa
from allotment import FFION, HARRIET, MEERA, NOON, ROSA, member
from authenticator import PRESENT, Authenticator, damaged, forged
from webauthn.helpers import bytes_to_base64url

import store
import store.log
import store.passkeys
import store.sessions
from members.assurance import By
from members.permissions import Permission, granted
from services import accounts, changing_address, limits, passkeys, signing_in
from services.changing_address import AddressNotUsable, NeedsPasskey, NoAddress, SameAddress
from services.limits import TooManyAttempts
from services.passkeys import (
    MayNotAddPasskey,
    MayNotRemovePasskey,
    PasskeyNotAdded,
    PasskeyRefused,
    PasskeyUnreadable,
    Site,
    UnknownPasskey,
)
from services.signing_in import LinkExpired, LinkUnknown, LinkUsed, NotOnTheRoll, OtherBrowser, Visit
from store.database import db
from store.tables import NoticeRow, TicketRow

pytestmark = pytest.mark.usefixtures("database")

HERE = Visit("this-browser", "192.0.2.1", "Firefox on Linux", "k" * 32)
THERE = replace(HERE, browser="another-browser", client="192.0.2.2")
SITE = Site("localhost", "http://localhost", "Allotment Society")
CHALLENGES = [bytes_to_base64url(bytes([n]) * 32) for n in range(26)]
MINUTE, LONG_AGO = timedelta(minutes=1), NOON - timedelta(days=30)


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()
    with db.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE member SET email = handle || '@Example.org', email_key = handle || '@example.org'")
        )


def ask(secret="secret", to=f"{MEERA}@example.org", visit=HERE, now=NOON, **options):
    signing_in.ask_link(to, visit, secret, now, **options)


def enter(handle=MEERA, by=By.LINK, secret="session", now=NOON, **options):
    """Somebody signed in, without the way there."""
    signing_in.enter(member(handle).id, by, HERE, secret, now, **options)
    return known(secret, now)


def known(secret="session", now=NOON, *, demonstration=False):
    db.session.rollback()
    return signing_in.signed_in(secret, now, demonstration=demonstration)


def mail():
    """Every message that was put in: to whom, of what kind, and its text."""
    db.session.rollback()
    rows = db.session.scalars(sa.select(NoticeRow).order_by(NoticeRow.id))
    return [(one.address, one.kind, one.subject + "\n" + one.body) for one in rows]


def acts():
    return [(one.act, one.actor, one.subject, one.payload) for one in store.log.entries()]


# ------------------------------------------------------------------ the link


def test_a_link_signs_in_who_asked_and_goes_on_where_they_were():
    ask(to=f" {MEERA.upper()}@EXAMPLE.ORG ", onward="/amendments/7")
    [(address, kind, text)] = mail()
    assert (address, kind) == (f"{MEERA}@Example.org", "sign-in-link")
    assert "/sign-in/link/secret\n" in text
    assert "Firefox on Linux" in text
    signing_in.look_at_link("secret", HERE, NOON + MINUTE)
    assert signing_in.use_link("secret", HERE, "session", NOON + MINUTE) == "/amendments/7"
    assert known().member.handle == MEERA


def test_looking_at_a_link_changes_nothing():
    ask()
    before = sorted(everything())
    signing_in.look_at_link("secret", HERE, NOON)
    assert sorted(everything()) == before


def everything():
    """Every row of every table that signing in writes."""
    db.session.rollback()
    for table in ("session", "ticket", "attempt", "passkey", "notice", "log_entry"):
        yield from (str((table, *row)) for row in db.session.execute(sa.text(f"SELECT * FROM {table}")))


def test_a_link_works_once():
    ask()
    signing_in.use_link("secret", HERE, "session", NOON)
    for again in (
        lambda: signing_in.use_link("secret", HERE, "other", NOON), lambda: signing_in.look_at_link("secret", HERE, NOON),
    ):  # fmt: skip
        with pytest.raises(LinkUsed, match="works once"):
            again()
    assert known("other") is None


def test_a_link_works_only_in_the_browser_that_asked():
    ask()
    with pytest.raises(OtherBrowser, match="in the browser you asked from"):
        signing_in.use_link("secret", THERE, "session", NOON)
    assert known() is None
    signing_in.use_link("secret", HERE, "session", NOON)


def test_in_another_browser_one_asks_again_for_that():
    ask(onward="/amendments/7")
    signing_in.ask_link_again("secret", THERE, "second", NOON)
    assert [address for address, _, _ in mail()] == [f"{MEERA}@Example.org"] * 2
    assert signing_in.use_link("second", THERE, "session", NOON) == "/amendments/7"


def test_a_link_works_for_twenty_minutes():
    ask()
    with pytest.raises(LinkExpired):
        signing_in.use_link("secret", HERE, "session", NOON + 20 * MINUTE)
    signing_in.use_link("secret", HERE, "session", NOON + 20 * MINUTE - timedelta(microseconds=1))


@pytest.mark.parametrize(
    "act", [signing_in.look_at_link, lambda *three: signing_in.use_link(three[0], three[1], "session", three[2])]
)
def test_a_link_that_is_none_is_named(act):
    with pytest.raises(LinkUnknown):
        act("guessed", HERE, NOON)
    with pytest.raises(LinkUnknown):
        signing_in.ask_link_again("guessed", HERE, "second", NOON)


def test_of_many_who_use_a_link_at_once_one_is_signed_in(database):
    ask()
    entered, together = [], Barrier(6)

    def one(session):
        with database.app_context():
            together.wait()
            try:
                signing_in.use_link("secret", HERE, session, NOON)
                entered.append(session)
            except LinkUsed:
                pass
            finally:
                db.session.remove()

    threads = [Thread(target=one, args=(f"session {n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(entered) == 1
    assert len(store.sessions.of(member(MEERA).id, NOON)) == 1


def test_for_an_address_that_is_not_on_the_roll_the_same_is_written_and_nothing_is_sent():
    def rows():
        db.session.rollback()
        return [db.session.scalar(sa.text(f"SELECT count(*) FROM {one}")) for one in ("ticket", "notice", "attempt")]

    before = rows()
    ask()
    for_known = rows()
    ask("nothing", to="stranger@example.org")
    assert [b - a for a, b in zip(before, for_known, strict=True)] == [
        b - a for a, b in zip(for_known, rows(), strict=True)
    ]
    unknown = db.session.scalars(sa.select(NoticeRow).where(NoticeRow.member.is_(None))).one()
    assert (unknown.address, unknown.due) == ("", None)
    assert len(unknown.body) == len(mail()[0][2]) - len(unknown.subject) - 1 + len("nothing") - len("secret")
    assert "stranger" not in str([db.session.execute(sa.select(TicketRow.__table__)).all(), unknown.body])


def test_the_link_that_nobody_was_sent_signs_nobody_in():
    ask("nothing", to="stranger@example.org")
    with pytest.raises(NotOnTheRoll):
        signing_in.use_link("nothing", HERE, "session", NOON)
    with pytest.raises(LinkUnknown):
        signing_in.ask_link_again("nothing", HERE, "second", NOON)


@pytest.mark.parametrize("standing", ["suspended", "left"])
def test_who_is_suspended_or_has_left_is_as_unknown(standing):
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE member SET standing = :s WHERE handle = :h"), {"s": standing, "h": MEERA})
    ask()
    assert [address for address, _, _ in mail()] == [""]
    with pytest.raises(NotOnTheRoll):
        enter(MEERA)


def test_who_is_in_arrears_signs_in_and_stays_signed_in():
    """They read as before; whether their acts count is for the rules to say (test_belonging.py)."""
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE member SET standing = 'arrears' WHERE handle = :h"), {"h": MEERA})
    ask()
    assert [address for address, _, _ in mail()] == [f"{MEERA}@Example.org"]
    signing_in.use_link("secret", HERE, "session", NOON)
    assert known().member.handle == MEERA


def test_an_address_that_two_members_share_signs_in_neither():
    with db.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE member SET email_key = 'both@example.org' WHERE handle IN ('rosa-lindgren', 'meera-nair')")
        )
    ask(to="both@example.org")
    assert [address for address, _, _ in mail()] == [""]


def test_who_has_no_address_is_not_found_by_none():
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE member SET email = '', email_key = '' WHERE handle = :h"), {"h": MEERA})
    ask(to="")
    assert [address for address, _, _ in mail()] == [""]


@pytest.mark.parametrize("to", [f"{MEERA}@example.org", "stranger@example.org"])
def test_an_address_gets_five_links_an_hour_whether_it_is_known_or_not(to):
    for n in range(5):
        ask(f"secret {n}", to, replace(HERE, client=f"192.0.2.{n}"), NOON + n * MINUTE)
    with pytest.raises(TooManyAttempts) as refusal:
        ask("sixth", to, THERE, NOON + 30 * MINUTE)
    assert str(refusal.value) == "This was tried too often within an hour. Try again in 30 minutes."
    assert refusal.value.seconds == 1800
    assert len(mail()) == 5
    ask("sixth", to, THERE, NOON + 60 * MINUTE)


def test_from_one_place_thirty_links_an_hour_are_asked_for():
    for n in range(30):
        ask(f"secret {n}", f"somebody{n}@example.org")
    with pytest.raises(TooManyAttempts):
        ask("next")
    ask("next", visit=THERE)


def test_nothing_that_is_counted_names_whom_it_counts():
    ask()
    keys = db.session.scalars(sa.text("SELECT key FROM attempt")).all()
    other = signing_in.keyed("another key", "link to", f"{MEERA}@example.org")
    assert {len(key) for key in keys} == {64}
    assert other not in keys
    assert signing_in.keyed(HERE.key, "link to", f"{MEERA}@example.org") in keys


def test_who_signs_in_is_not_in_the_log():
    before = acts()
    ask()
    signing_in.use_link("secret", HERE, "session", NOON)
    signing_in.sign_out(known(), NOON)
    assert acts() == before


# ------------------------------------------------------------------ sessions


def test_signing_in_ends_the_session_that_the_browser_had():
    first = enter()
    enter(ROSA, secret="second", before=first)
    assert known() is None
    assert known("second").member.handle == ROSA


def test_the_committee_signs_in_for_half_a_day_and_others_for_a_fortnight():
    assert enter(MEERA).session.expires == NOON + timedelta(days=14)
    assert enter(FFION, secret="hers").session.expires == NOON + timedelta(hours=12)


def test_who_comes_to_the_committee_meanwhile_signs_in_again_the_same_day():
    enter(MEERA, By.PASSKEY)
    with db.engine.begin() as connection:
        connection.execute(
            sa.text("INSERT INTO member_role SELECT id, 'committee' FROM member WHERE handle = :h"), {"h": MEERA}
        )
    assert known(now=NOON + timedelta(hours=11)) is not None
    assert known(now=NOON + timedelta(hours=12)) is None


def test_a_session_notes_that_it_was_used_every_five_minutes():
    one = enter()
    signing_in.used(one, NOON + 4 * MINUTE)
    assert known().session.seen == NOON
    signing_in.used(one, NOON + 5 * MINUTE)
    assert known().session.seen == NOON + 5 * MINUTE


def test_one_signs_out_there_from_here_and_everywhere_at_once():
    here, there = enter(), enter(secret="there")
    enter(ROSA, secret="hers")
    accounts.end_session(here, there.session.id, NOON)
    assert known("there") is None
    with pytest.raises(accounts.UnknownSession):
        accounts.end_session(here, there.session.id, NOON)
    with pytest.raises(accounts.UnknownSession):
        accounts.end_session(here, known("hers").session.id, NOON)
    assert accounts.sign_out_everywhere(here, NOON) == 1
    assert known() is None
    assert known("hers") is not None


def test_by_a_link_the_committee_has_the_rights_of_a_member():
    weak, strong = enter(FFION), enter(FFION, By.PASSKEY, "strong")
    assert Permission.MERGE not in granted(weak.member.roles)
    assert Permission.SECOND in granted(weak.member.roles)
    assert Permission.MERGE in granted(weak.person.roles)
    assert strong.member.roles == strong.person.roles == member(FFION).roles
    assert accounts.account(weak, NOON).weak
    assert not accounts.account(strong, NOON).weak


def test_one_click_is_worth_every_role_only_where_the_demonstration_is_on():
    enter(FFION, By.DEMONSTRATION)
    assert Permission.MERGE in granted(known(demonstration=True).member.roles)
    assert Permission.MERGE not in granted(known().member.roles)


# ------------------------------------------------------------------ passkeys


def add(one, key, n=0, *, name="My phone", now=NOON, visit=HERE, change=lambda answer: answer):
    options = passkeys.ask_to_add(one, visit, CHALLENGES[n], SITE, now)
    passkeys.add(one, change(key.make(options)), visit, SITE, now, name=name)


def show(key, n=1, *, now=NOON, visit=HERE, secret="by passkey", change=lambda answer: answer, **options):
    asked = passkeys.ask_to_show(visit, CHALLENGES[n], SITE, now)
    passkeys.show(change(key.show(asked)), visit, SITE, secret, now, **options)
    return known(secret, now)


@pytest.fixture
def key():
    """Ffion's passkey, added."""
    made = Authenticator()
    add(enter(FFION), made)
    return made


def test_with_a_passkey_one_is_signed_in_with_every_role(key):
    one = show(key)
    assert (one.person.handle, one.session.by, one.strong) == (FFION, "passkey", True)
    [kept] = store.passkeys.of(one.person.id)
    assert (kept.name, kept.sign_count, kept.used) == ("My phone", 1, NOON)


def test_showing_a_passkey_ends_the_session_by_link(key):
    one = show(key, before=known())
    assert known() is None
    assert one.strong


def test_adding_a_passkey_is_logged_and_told(key):
    assert acts()[0] == ("add-passkey", FFION, "account", {})
    [(address, kind, text)] = mail()
    assert (address, kind) == (f"{FFION}@Example.org", "passkey-added")
    assert "My phone" in text


@pytest.mark.parametrize(
    ("wrong", "key_flags", "origin"),
    [
        ("signature", None, None),
        ("authenticatorData", None, None),
        (None, PRESENT, None),
        (None, None, "https://elsewhere.example"),
        (None, None, "http://localhost:81"),
    ],
)
def test_an_answer_that_is_not_right_signs_nobody_in(key, wrong, key_flags, origin):
    key.flags, key.origin = key_flags or key.flags, origin or key.origin

    def change(answer):
        said = passkeys._shown(answer).response if wrong else None
        names = {"signature": "signature", "authenticatorData": "authenticator_data"}
        return forged(answer, **{wrong: damaged(bytes_to_base64url(getattr(said, names[wrong])))}) if wrong else answer

    with pytest.raises(PasskeyRefused):
        show(key, change=change)
    assert known("by passkey") is None


def test_a_passkey_nobody_added_signs_nobody_in():
    with pytest.raises(PasskeyRefused):
        show(Authenticator())


def test_a_challenge_is_answered_once_in_time_and_in_the_browser_that_asked(key):
    asked = passkeys.ask_to_show(HERE, CHALLENGES[1], SITE, NOON)
    for visit, now in ((THERE, NOON), (HERE, NOON + 5 * MINUTE)):
        with pytest.raises(PasskeyRefused):
            passkeys.show(key.show(asked), visit, SITE, "x", now)
    answer = key.show(asked)
    passkeys.show(answer, HERE, SITE, "x", NOON)
    with pytest.raises(PasskeyRefused):
        passkeys.show(answer, HERE, SITE, "y", NOON)
    assert known("y") is None


def test_a_challenge_to_add_is_none_to_show(key):
    passkeys.ask_to_add(enter(MEERA, secret="hers"), HERE, CHALLENGES[2], SITE, NOON)
    asked = passkeys.ask_to_show(HERE, CHALLENGES[3], SITE, NOON)
    with pytest.raises(PasskeyRefused):
        passkeys.show(key.show(asked.replace(CHALLENGES[3], CHALLENGES[2])), HERE, SITE, "x", NOON)


def test_a_count_that_goes_back_is_that_of_a_copied_key(key):
    show(key, 1)
    show(key, 2, secret="again")
    key.count = 1
    with pytest.raises(PasskeyRefused):
        show(key, 3)


def test_what_is_no_answer_of_a_passkey_is_named(key):
    for answer in (
        "",
        "{}",
        "[]",
        "null",
        "not json",
        '{"id": 1}',
        key.show('{"rpId": "localhost", "challenge": "x"}')[:-9],
    ):
        with pytest.raises(PasskeyUnreadable):
            passkeys.show(answer, HERE, SITE, "x", NOON)
        with pytest.raises(PasskeyUnreadable):
            passkeys.add(known(), answer, HERE, SITE, NOON, name="x")


def test_client_data_that_is_none_is_refused(key):
    for data in ("", bytes_to_base64url(b"{}"), bytes_to_base64url(b"[]"), bytes_to_base64url(b"\xff")):
        with pytest.raises((PasskeyRefused, PasskeyUnreadable)):
            show(key, change=lambda answer, data=data: forged(answer, clientDataJSON=data))
        db.session.execute(sa.text("DELETE FROM ticket WHERE used IS NULL"))
        db.session.commit()


def test_after_ten_failures_an_hour_even_the_right_passkey_waits(key):
    for n in range(10):
        with pytest.raises(PasskeyRefused):
            show(Authenticator(), n + 1)
    with pytest.raises(TooManyAttempts):
        show(key, 12)
    assert show(key, 13, now=NOON + 60 * MINUTE).strong


def test_what_succeeds_is_not_counted_as_a_failure(key):
    assert all(show(key, n + 1, secret=f"session {n}") for n in range(12))


def test_the_first_passkey_is_added_soon_after_a_link_and_not_later():
    one = enter(FFION)
    with pytest.raises(MayNotAddPasskey, match="within 10 minutes"):
        add(one, Authenticator(), now=NOON + 11 * MINUTE)
    add(one, Authenticator(), now=NOON + 10 * MINUTE)


def test_a_mailbox_is_not_worth_a_second_passkey(key):
    by_link = enter(FFION, secret="again")
    with pytest.raises(MayNotAddPasskey):
        add(by_link, Authenticator(), 2)
    with pytest.raises(MayNotRemovePasskey):
        passkeys.remove(by_link, store.passkeys.of(by_link.person.id)[0].id, NOON)
    strong = show(key)
    add(strong, Authenticator(), 3, name="My key")
    assert [one.name for one in store.passkeys.of(strong.person.id)] == ["My phone", "My key"]


def test_a_link_cannot_slip_its_passkey_in_once_another_was_added(key):
    """The options were asked for while there was none; what counts is what there is when it is kept."""
    by_link, mine = enter(HARRIET, secret="hers"), Authenticator()
    options = passkeys.ask_to_add(by_link, HERE, CHALLENGES[5], SITE, NOON)
    add(by_link, Authenticator(), 6)
    with pytest.raises(MayNotAddPasskey):
        passkeys.add(by_link, mine.make(options), HERE, SITE, NOON, name="second")


def test_a_passkey_is_added_only_by_whom_the_challenge_was_made_for():
    hers, mine = enter(FFION), enter(MEERA, secret="mine")
    options = passkeys.ask_to_add(hers, HERE, CHALLENGES[0], SITE, NOON)
    with pytest.raises(PasskeyNotAdded):
        passkeys.add(mine, Authenticator().make(options), HERE, SITE, NOON, name="x")
    assert store.passkeys.of(mine.person.id) == ()


def test_a_passkey_that_did_not_verify_its_holder_is_not_added():
    with pytest.raises(PasskeyNotAdded):
        add(enter(FFION), Authenticator(flags=PRESENT))
    assert mail() == []


def test_a_passkey_belongs_to_one_member(key):
    with pytest.raises(PasskeyNotAdded):
        add(enter(MEERA, secret="hers"), key, 4)


def test_a_removed_passkey_signs_nobody_in(key):
    strong = show(key)
    [kept] = store.passkeys.of(strong.person.id)
    with pytest.raises(UnknownPasskey):
        passkeys.remove(enter(HARRIET, By.PASSKEY, "harriet"), kept.id, NOON)
    passkeys.remove(strong, kept.id, NOON)
    assert acts()[0][:2] == ("remove-passkey", FFION)
    with pytest.raises(PasskeyRefused):
        show(key, 2)


def test_who_lost_every_passkey_begins_again_with_a_link(key):
    show(key)
    assert passkeys.reset(member(FFION), NOON, actor="system") == 1
    assert acts()[0] == ("reset-passkeys", "system", f"member {FFION}", {"passkeys": 1})
    assert known("by passkey") is None
    with pytest.raises(PasskeyRefused):
        show(key, 2)
    add(enter(FFION, secret="again"), Authenticator(), 3)


def test_who_left_is_not_signed_in_by_their_passkey(key):
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE member SET standing = 'left' WHERE handle = :h"), {"h": FFION})
    with pytest.raises(NotOnTheRoll):
        show(key)


def test_challenges_are_limited():
    for n in range(limits.PASSKEY_CHALLENGES):
        passkeys.ask_to_show(HERE, f"{n:A>43}", SITE, NOON)
    with pytest.raises(TooManyAttempts):
        passkeys.ask_to_show(HERE, "Z" * 43, SITE, NOON)


# ------------------------------------------------------------------ another address

NEW = "meera@new.example"


def change(one, to=NEW, n=0, now=NOON):
    changing_address.ask(one, to, HERE, (f"confirm {n}", f"object {n}"), now)


def test_a_new_address_holds_once_it_is_confirmed_and_the_old_one_hears_twice():
    one = enter()
    change(one)
    old = f"{MEERA}@Example.org"
    assert [(address, kind) for address, kind, _ in mail()] == [(NEW, "address-confirm"), (old, "address-asked")]
    assert member(MEERA).email == old
    assert changing_address.look_at("confirm 0", one, HERE, NOON).new == NEW
    changing_address.confirm("confirm 0", one, HERE, "object 1", NOON + MINUTE)
    assert member(MEERA).email == NEW
    assert [(address, kind) for address, kind, _ in mail()[2:]] == [(old, "address-changed"), (NEW, "address-changed")]
    assert ["/account/objection/" in text for _, _, text in mail()] == [False, True, True, False]
    ask(to=NEW.upper(), now=NOON + MINUTE)
    assert mail()[-1][0] == NEW


def test_the_log_holds_no_address():
    one = enter()
    change(one)
    changing_address.confirm("confirm 0", one, HERE, "object 1", NOON)
    assert acts()[0] == ("change-address", MEERA, "account", {})
    assert "@" not in str(acts())


@pytest.mark.parametrize(
    "wrong", ["", "meera", "a b@example.org", "a@b@c", "x" * 250 + "@example.org", "a@example.org\n"]
)
def test_what_is_no_address_is_refused(wrong):
    one = enter()
    if wrong.endswith("\n"):
        change(one, wrong)  # space around it is not the address
        return
    with pytest.raises(NoAddress):
        change(one, wrong)


def test_the_address_that_one_has_is_not_asked_for():
    with pytest.raises(SameAddress):
        change(enter(), f"{MEERA}@EXAMPLE.org")


def test_whether_another_has_the_address_shows_only_to_who_reads_its_mailbox():
    one = enter()
    change(one, f"{ROSA}@example.org")
    assert len(mail()) == 2
    with pytest.raises(AddressNotUsable):
        changing_address.confirm("confirm 0", one, HERE, "object 1", NOON)
    assert member(MEERA).email == f"{MEERA}@Example.org"


def test_the_confirmation_works_once_in_time_here_and_for_who_asked():
    one, other = enter(), enter(ROSA, secret="hers")
    change(one)
    for who, visit, now, refusal in (
        (one, THERE, NOON, OtherBrowser), (other, HERE, NOON, LinkUnknown), (one, HERE, NOON + 60 * MINUTE, LinkExpired),
    ):  # fmt: skip
        with pytest.raises(refusal):
            changing_address.confirm("confirm 0", who, visit, "object 1", now)
        with pytest.raises(refusal):
            changing_address.look_at("confirm 0", who, visit, now)
    changing_address.confirm("confirm 0", one, HERE, "object 1", NOON)
    with pytest.raises(LinkUsed):
        changing_address.confirm("confirm 0", one, HERE, "object 2", NOON)


def test_asking_again_ends_what_was_asked_before():
    one = enter()
    change(one)
    change(one, "other@new.example", 1)
    with pytest.raises(LinkUsed):
        changing_address.confirm("confirm 0", one, HERE, "object 2", NOON)


def test_who_objects_before_stops_it_and_signs_everybody_out():
    one = enter()
    change(one)
    assert changing_address.look_at_objection("object 0", THERE, NOON).new == NEW
    assert known() is not None
    changing_address.object_to("object 0", THERE, NOON + MINUTE)
    assert known() is None
    with pytest.raises(LinkUsed):
        changing_address.confirm("confirm 0", one, HERE, "object 1", NOON + MINUTE)
    assert acts()[0] == ("object-to-address", MEERA, "account", {})


@pytest.mark.parametrize("which", ["object 0", "object 1"])
def test_who_objects_afterwards_has_the_old_address_back(which):
    one = enter()
    change(one)
    changing_address.confirm("confirm 0", one, HERE, "object 1", NOON)
    changing_address.object_to(which, THERE, NOON + timedelta(days=6))
    assert member(MEERA).email == f"{MEERA}@Example.org"
    ask(now=NOON + timedelta(days=6))
    assert mail()[-1][0] == f"{MEERA}@Example.org"


def test_after_a_week_nobody_objects():
    change(enter())
    with pytest.raises(LinkExpired):
        changing_address.object_to("object 0", THERE, NOON + timedelta(days=7))


def test_the_old_address_is_not_taken_back_from_somebody_else():
    one = enter()
    change(one)
    changing_address.confirm("confirm 0", one, HERE, "object 1", NOON)
    with db.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE member SET email_key = :k WHERE handle = :h"), {"k": f"{MEERA}@example.org", "h": ROSA}
        )
    changing_address.object_to("object 0", THERE, NOON)
    assert member(MEERA).email == NEW
    assert known() is None


def test_the_committee_shows_its_passkey_before_its_address_changes(key):
    with pytest.raises(NeedsPasskey):
        change(known())
    change(show(key))


def test_addresses_are_changed_five_times_an_hour():
    one = enter()
    for n in range(5):
        change(one, f"new{n}@new.example", n)
    with pytest.raises(TooManyAttempts):
        change(one, "new6@new.example", 6)
