"""What is held on a person is given to them, or taken away, and the record can still be checked."""

import json
from dataclasses import replace
from datetime import timedelta

import allotment
import pytest
from allotment import FFION, HARRIET, MEERA, NOON, ROSA

import store.amendments
import store.log
import store.members
import store.outbox
import store.passkeys
import store.sessions
import store.tickets
from members.visibility import UnknownVisibility
from services import auditing, notifying, privacy, roll
from services.privacy import AlreadyErased, LastAdministrator
from store.columns import iso
from store.database import Base, reading
from store.members import UnknownMember

pytestmark = pytest.mark.usefixtures("database")
LATER, MUCH_LATER = NOON + timedelta(days=1), NOON + timedelta(days=2)

KNOWN = (
    "Meera Nair",
    "meera@example.org",
    "10432",
    "Fen",
    "Youth",
    "2020-12-31",
    "Firefox on Linux",
    "My phone",
    "SECRET",
)


@pytest.fixture(autouse=True)
def _society(database):
    """The society; Meera has done and left behind one of everything."""
    allotment.found()
    meera = store.members.by_handle(MEERA)
    known = {"name": "Meera Nair", "email": "meera@example.org", "branch": "Fen", "body": "Youth"}
    with store.transaction():
        store.members.change_many([replace(meera, **known, membership="10432", joined="2020-12-31")])
        store.sessions.begin("S" * 64, meera.id, by="link", device="Firefox on Linux", at=NOON, expires=MUCH_LATER)
        store.passkeys.add(meera.id, credential="SECRET", public_key="SECRET", sign_count=1, name="My phone", at=NOON)
        store.tickets.issue(
            "SECRET", purpose="x", member=meera.id, browser="SECRET", payload="SECRET", at=NOON, expires=LATER
        )
        put("sent", meera, "Dear Meera Nair")
        store.outbox.sent(store.outbox.claim(NOON), NOON)
        put("waiting", meera, "Dear Meera Nair")
        put("link", meera, "SECRET", kind="sign-in-link")
    notifying.choose(meera, {"amendment-state": "none"})
    roll.snapshot("As founded", NOON)
    allotment.propose(allotment.reword("2(1)", allotment.SIXTEEN.replace("sixteen", "twenty")), by=MEERA)
    allotment.second(1, ROSA)
    allotment.second(allotment.propose(allotment.strike("3(1)"), by=ROSA), MEERA)


def put(name, member, body, kind="amendment-state"):
    store.outbox.put(
        message_id=name, member=member.id, kind=kind, address=member.email or "meera@example.org",
        subject="For Meera Nair", body=body, at=NOON, due=NOON,
    )  # fmt: skip


def everything():
    """All that any table holds, as one text."""
    tables = Base.metadata.sorted_tables
    return json.dumps([[list(map(str, row)) for row in reading().execute(table.select())] for table in tables])


def test_all_that_is_held_is_given_in_json_without_secrets():
    given = json.loads(json.dumps(privacy.export(MEERA)))
    said = json.dumps(given)
    assert [one for one in KNOWN if one not in said] == ["SECRET"]
    assert given["member"]["visible_to"] == "members"
    assert given["roles"] == ["member"]
    [moved] = given["amendments"]
    assert (moved["number"], moved["versions"][0]["title"]) == (1, "A better rule")
    assert moved["versions"][0]["edits"][0]["text"].startswith("A general meeting needs twenty")
    assert [one["amendment"] for one in given["seconds"]] == [2]
    assert [(one["kind"], one["body"]) for one in given["notices"]][:3] == [
        ("amendment-state", "Dear Meera Nair"), ("amendment-state", "Dear Meera Nair"), ("sign-in-link", ""),
    ]  # fmt: skip
    assert given["notice_choices"] == [{"kind": "amendment-state", "choice": "none"}]
    assert given["sessions"][0]["device"] == "Firefox on Linux"
    assert given["passkeys"][0]["name"] == "My phone"
    assert given["roll_snapshots"][0]["branch"] == "Fen"
    assert [one["act"] for one in given["log"]] == ["propose", "second"]


def test_every_table_that_speaks_of_members_is_known_to_the_export():
    keys = {key for table in Base.metadata.sorted_tables for key in table.foreign_keys}
    assert {key.parent.table.name for key in keys if key.column.table.name == "member"} == {
        "amendment", "body_second", "follow", "member_role", "notice", "notice_choice", "passkey", "point", "roll_entry",
        "second", "second_change", "session", "ticket", "unfinished", "version_objection",
        "advice", "appeal", "appeal_outcome", "challenge_outcome", "composite_left", "composite_revision", "consent_answer",
        "consent_request", "draft_objection", "publication", "recommendation", "relation_challenge", "ruled_relation", "ruling",
        "ballot", "ballot_result", "ballot_step", "ballot_voter", "envelope", "hall_count", "paper_voter",
        "corrected", "correction", "correction_objection", "decision", "outside_word", "proviso",
    }  # fmt: skip


def test_what_is_known_is_erased_and_what_was_done_stays():
    privacy.erase(MEERA, LATER)
    meera = store.members.by_handle(MEERA)
    assert (meera.name, meera.standing, meera.roles) == ("A former member", "erased", frozenset())
    assert {meera.email, meera.membership, meera.branch, meera.body, meera.joined} == {""}
    held = privacy.export(MEERA)
    assert [one["number"] for one in held["amendments"]] == [1]
    assert [one["amendment"] for one in held["seconds"]] == [2]
    assert held["passkeys"] == held["tickets"] == held["notice_choices"] == []
    assert [(one["subject"], one["body"], one["address"]) for one in held["notices"]] == [("", "", "")]
    assert [(one["ended"], one["device"]) for one in held["sessions"]] == [(iso(LATER), "")]


def test_nothing_that_was_known_is_left_anywhere_but_in_the_snapshots_of_the_roll():
    assert [one for one in KNOWN if one not in everything()] == []
    privacy.erase(MEERA, LATER)
    assert [one for one in KNOWN if one in everything()] == ["Fen", "Youth", "2020-12-31"]


def test_the_record_is_verifiable_after_an_erasure():
    assert auditing.verify() == ()
    before = store.log.count()
    privacy.erase(MEERA, LATER)
    assert auditing.verify() == ()
    assert store.roll.verify(1) == ()
    [entry] = store.log.entries(limit=1)
    assert (store.log.count(), entry.act, entry.subject, entry.payload) == (
        before + 1,
        "erase-member",
        f"member {MEERA}",
        {},
    )


def test_the_page_of_an_amendment_is_still_there():
    privacy.erase(MEERA, LATER)
    assert store.amendments.by_number(1).mover.name == "A former member"


def test_nobody_is_erased_twice_and_no_stranger():
    privacy.erase(MEERA, LATER)
    for ask, refusal in ((MEERA, AlreadyErased), ("nobody", UnknownMember)):
        with pytest.raises(refusal):
            privacy.erase(ask, LATER)
    with pytest.raises(UnknownMember):
        privacy.export("nobody")


def test_the_last_administrator_is_not_erased():
    before = everything()
    with pytest.raises(LastAdministrator, match="make somebody else one"):
        privacy.erase(HARRIET, LATER)
    assert everything() == before
    with store.transaction():
        store.members.grant_many([replace(store.members.by_handle(FFION), roles=frozenset({"administrator"}))])
    privacy.erase(HARRIET, LATER)
    with pytest.raises(LastAdministrator):
        privacy.erase(FFION, LATER)


def test_a_later_import_does_not_find_the_erased_again():
    privacy.erase(MEERA, LATER)
    headings = "number,name,email,branch,body,joined,standing,roles\n"
    everybody = [
        f"{n},{one.name},{one.handle}@example.org,,,,,{' '.join(one.roles)}"
        for n, one in enumerate(store.members.on_roll())
    ]
    roll.apply(
        (headings + "\n".join([*everybody, "10432,Meera Nair,meera@example.org,,,,,"])).encode(), LATER, meant=True
    )
    assert store.members.by_handle(MEERA).name == "A former member"
    assert store.members.by_email_key("meera@example.org").handle == "m-10432"


def test_who_sees_a_name_is_the_member_s_choice():
    meera = store.members.by_handle(MEERA)
    privacy.set_visible_to(meera, "all", LATER)
    assert store.members.by_handle(MEERA).visible_to == "all"
    [entry] = store.log.entries(limit=1)
    assert (entry.actor, entry.act, entry.payload) == (MEERA, "set-visibility", {"visible_to": "all"})
    with pytest.raises(UnknownVisibility):
        privacy.set_visible_to(meera, "nobody", LATER)
    assert store.members.by_handle(MEERA).visible_to == "all"
