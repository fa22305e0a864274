"""The roll in the store: written in bulk, found by its folded addresses, and written down in snapshots."""

from dataclasses import replace

import make
import pytest
import sqlalchemy as sa

import store
import store.roll
from store.database import db
from store.members import NewMember
from store.roll import UnknownSnapshot


def enrolled(*people):
    with store.transaction():
        store.members.add_many(people)
    return [store.members.by_handle(one.handle) for one in people]


def taken(reason="Before the conference", at=make.NOON):
    with store.transaction():
        return store.roll.snapshot(reason, at)


ROSA = NewMember(
    "m-1", "Rosa", "Rosa@Example.ORG", "Fen", "Youth", frozenset({"member", "committee"}), "1", "2020-12-31", "arrears"
)


def test_all_that_the_roll_says_comes_back(database):
    [rosa] = enrolled(ROSA)
    said = (rosa.membership, rosa.joined, rosa.standing, rosa.visible_to)
    assert said == ("1", "2020-12-31", "arrears", "members")


def test_who_is_enrolled_without_more_is_in_good_standing(database):
    assert make.members("rosa")[0].standing == "good"


def test_a_member_is_found_by_the_folded_address(database):
    [rosa, _] = enrolled(replace(ROSA, email="ZOË@Example.ORG "), NewMember("m-2", "Omar"))
    assert store.members.by_email_key("zoë@example.org") == rosa
    assert store.members.by_email_key("ZOË@Example.ORG") is None
    assert store.members.by_email_key("") is None


def test_who_is_on_the_roll_is_found_before_who_has_left_it(database):
    enrolled(replace(ROSA, standing="left"), replace(ROSA, handle="m-2"))
    assert store.members.by_email_key("rosa@example.org").handle == "m-2"


def test_a_change_replaces_all_that_was_said_and_the_key_follows_the_address(database):
    rosa, omar = enrolled(ROSA, NewMember("m-2", "Omar", roles=frozenset({"member", "officer"})))
    with store.transaction():
        store.members.change_many([replace(rosa, email="New@example.org", standing="left", branch="")])
        store.members.grant_many([replace(rosa, roles=frozenset())])
        store.members.change_many([])
        store.members.grant_many([])
    found = store.members.by_email_key("new@example.org")
    assert found == replace(rosa, email="New@example.org", standing="left", branch="", roles=frozenset())
    assert store.members.by_handle("m-2") == omar
    assert store.members.by_email_key("rosa@example.org") is None


def test_only_those_in_a_standing_are_given_where_that_is_asked_for(database):
    enrolled(
        ROSA,
        NewMember("m-2", "Omar"),
        NewMember("m-3", "Tove", standing="left"),
        NewMember("m-4", "Ann", standing="erased"),
    )
    assert [one.handle for one in store.members.everyone()] == ["m-4", "m-2", "m-1", "m-3"]
    assert [one.handle for one in store.members.everyone({"good"})] == ["m-2"]
    assert [one.handle for one in store.members.with_role("member", {"good", "left"})] == ["m-2", "m-3"]
    assert [one.handle for one in store.members.on_roll()] == ["m-1", "m-2"]
    assert store.members.standings() == {"arrears": 1, "erased": 1, "good": 1, "left": 1}


@pytest.mark.thorough
def test_twelve_thousand_members_are_changed_in_a_handful_of_statements(database):
    people = enrolled_many(12_000)
    with make.at_most(7), store.transaction():  # roles are taken away in two batches
        changed = [replace(one, branch="Glen", roles=frozenset({"officer"})) for one in people]
        store.members.change_many(changed)
        store.members.grant_many(changed)
    assert {(one.branch, one.roles) for one in store.members.everyone()} == {("Glen", frozenset({"officer"}))}


def enrolled_many(number):
    with store.transaction():
        store.members.add_many([NewMember(f"m-{n}", f"Member {n}") for n in range(number)])
    return store.members.everyone()


def test_a_snapshot_holds_who_is_on_the_roll_without_names_or_addresses(database):
    rosa, omar, _ = enrolled(ROSA, NewMember("m-0", "Omar"), NewMember("m-3", "Tove", standing="left"))
    made = taken()
    assert (made.number, made.at, made.reason, made.members) == (1, make.NOON, "Before the conference", 2)
    assert store.roll.entries(1) == (
        store.roll.Entry("m-0", omar.id, "", "", "", "good", "member"),
        store.roll.Entry("m-1", rosa.id, "Fen", "Youth", "2020-12-31", "arrears", "committee member"),
    )
    assert not {"name", "email", "membership"} & set(store.roll.ENTRY)


def test_a_snapshot_s_digest_says_whether_anything_in_it_differs(database):
    enrolled(ROSA)
    first, again = taken(), taken("Another reason", make.after(5))
    assert first.digest == again.digest
    digests = {first.digest}
    for change in ({"branch": "Glen"}, {"body": "Elders"}, {"joined": ""}, {"standing": "good"}):
        rosa = store.members.by_handle("m-1")
        with store.transaction():
            store.members.change_many([replace(rosa, **change)])
        digests.add(taken().digest)
    with store.transaction():
        store.members.grant_many([replace(store.members.by_handle("m-1"), roles=frozenset({"member"}))])
    assert len(digests | {taken().digest}) == 6
    assert [one.number for one in store.roll.snapshots()] == [7, 6, 5, 4, 3, 2, 1]
    assert [store.roll.verify(n) for n in range(1, 8)] == [()] * 7


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE roll_entry SET branch = 'Glen' WHERE handle = 'm-1'",
        "UPDATE roll_entry SET roles = 'administrator' WHERE handle = 'm-1'",
        "DELETE FROM roll_entry WHERE handle = 'm-1'",
        "UPDATE roll_snapshot SET members = 3",
    ],
)
def test_whoever_changes_a_snapshot_is_found_out(database, forgery):
    enrolled(ROSA, NewMember("m-2", "Omar"))
    taken()
    make.changed_by_hand(forgery, "roll_entry", "roll_snapshot")
    [fault] = store.roll.verify(1)
    assert "Snapshot 1 of the roll is not as it was kept" in fault.message


def test_a_snapshot_cannot_be_changed_or_deleted(database):
    enrolled(ROSA)
    taken()
    for statement in ("UPDATE roll_entry SET branch = ''", "DELETE FROM roll_entry", "DELETE FROM roll_snapshot"):
        with pytest.raises(sa.exc.DatabaseError, match="append-only"), db.engine.begin() as connection:
            connection.execute(sa.text(statement))


def test_an_empty_roll_can_be_written_down(database):
    assert taken().members == 0
    assert store.roll.verify(1) == ()


@pytest.mark.parametrize("ask", [store.roll.entries, store.roll.verify])
def test_a_snapshot_that_was_never_taken_is_unknown(database, ask):
    with pytest.raises(UnknownSnapshot, match="no snapshot 4 of the roll"):
        ask(4)
