import make
import pytest

import store
from store.members import HandleTaken, NewMember, UnknownMember


def test_a_member_comes_back_as_enrolled(database):
    with store.transaction():
        store.members.add_many(
            [NewMember("rosa", "Rosa Lindgren", "r@example.org", "North", "Youth", frozenset({"member", "committee"}))]
        )
    rosa = store.members.by_handle("rosa")
    assert (rosa.name, rosa.email, rosa.branch, rosa.body) == ("Rosa Lindgren", "r@example.org", "North", "Youth")
    assert rosa.roles == {"member", "committee"}
    assert store.members.by_id(rosa.id) == rosa


def test_who_is_enrolled_without_more_is_a_member(database):
    assert make.members("rosa")[0].roles == {"member"}


def test_a_stranger_is_unknown(database):
    with pytest.raises(UnknownMember, match="There is no member nobody"):
        store.members.by_handle("nobody")
    assert store.members.by_id(99) is None


def test_a_handle_is_given_once(database):
    make.members("rosa")
    with pytest.raises(HandleTaken, match="Already on the roll: rosa"):
        make.members("omar", "rosa")
    with pytest.raises(HandleTaken, match="Already on the roll: tove"):
        make.members("tove", "tove")
    assert store.members.count() == 1


def test_nobody_can_be_enrolled(database):
    make.members()
    assert store.members.everyone() == ()


def test_the_roll_is_in_the_order_of_names(database):
    make.members("tove", "omar", "rosa")
    assert [one.handle for one in store.members.everyone()] == ["omar", "rosa", "tove"]


def test_the_holders_of_a_role_come_with_all_their_roles(database):
    with store.transaction():
        store.members.add_many(
            [
                NewMember("tove", "Tove", roles=frozenset({"member", "delegate"})),
                NewMember("omar", "Omar"),
                NewMember("anna", "Anna", roles=frozenset({"delegate"})),
                NewMember("guest", "Guest", roles=frozenset()),
            ]
        )
    assert [one.handle for one in store.members.with_role("delegate")] == ["tove", "anna"]
    assert store.members.with_role("delegate")[0].roles == {"member", "delegate"}
    assert store.members.by_handle("guest").roles == frozenset()


@pytest.mark.thorough
def test_twelve_thousand_members_are_enrolled_and_read_at_once(database):
    with store.transaction():
        store.members.add_many([NewMember(f"m{n}", f"Member {n}") for n in range(12_000)])
    with make.at_most(1):
        assert len(store.members.everyone()) == 12_000
