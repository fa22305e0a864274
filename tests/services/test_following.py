"""Members follow clauses, amendments and branches, and are told once of what happens to them."""

from dataclasses import replace

import allotment
import make
import pytest
import sqlalchemy as sa
from allotment import (
    FFION,
    GRACE,
    HARRIET,
    LEONARD,
    MEERA,
    NOON,
    ROSA,
    TOBIAS,
    clause,
    in_force,
    member,
    on_desk,
    propose,
    reword,
    second,
    seconded,
    strike,
)

import store.amendments
import store.follow
import store.log
from constitution.clause import UnknownClause
from members.permissions import NotAllowed
from services import drafting, drafting_final, following, ratifying
from services.following import NothingToFollow
from store.amendments import UnknownAmendment
from store.database import db
from store.follow import Kind, Subject
from store.tables import NoticeRow

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE member SET email = handle || '@example.org'"))
        connection.execute(sa.text("UPDATE member SET branch = 'Fen' WHERE handle = 'meera-nair'"))


def follow(handle, kind, name):
    return following.follow(member(handle), kind, name, NOON)


def told():
    """Whom followers' messages went to, and what they say first."""
    db.session.rollback()
    rows = db.session.scalars(sa.select(NoticeRow).where(NoticeRow.kind == "followed").order_by(NoticeRow.id))
    return [(one.address.partition("@")[0], one.subject) for one in rows]


def bodies():
    query = sa.select(NoticeRow.body).where(NoticeRow.kind == "followed").order_by(NoticeRow.id)
    return db.session.scalars(query).all()


def test_following_twice_is_following_and_stopping_twice_is_stopping():
    entries = store.log.count()
    for _ in range(2):
        assert follow(ROSA, "clause", clause("3")) == Subject(Kind.CLAUSE, clause("3"))
    assert store.follow.of_member(member(ROSA).id) == (Subject(Kind.CLAUSE, clause("3")),)
    assert following.follows(member(ROSA), "clause", clause("3"))
    for _ in range(2):
        following.unfollow(member(ROSA), "clause", clause("3"))
    assert store.follow.of_member(member(ROSA).id) == ()
    assert store.log.count() == entries  # nobody else's business


@pytest.mark.parametrize(
    ("kind", "name", "fact"),
    [
        ("clause", "nowhere", UnknownClause),
        ("amendment", "7", UnknownAmendment),
        ("amendment", "07", NothingToFollow),
        ("amendment", "9" * 30, NothingToFollow),
        ("amendment", "²", NothingToFollow),
        ("branch", "Marsh", NothingToFollow),
        ("branch", "", NothingToFollow),
        ("member", "rosa-lindgren", NothingToFollow),
        ("clause", "x" * 201, NothingToFollow),
    ],
)
def test_only_what_is_there_can_be_followed(kind, name, fact):
    with pytest.raises(fact):
        follow(ROSA, kind, name)
    assert store.follow.of_member(member(ROSA).id) == ()


def test_who_may_not_read_follows_nothing():
    with pytest.raises(NotAllowed):
        following.follow(replace(member(ROSA), roles=frozenset()), "clause", clause("3"), NOON)


def test_followers_of_a_clause_of_one_above_it_and_of_the_branch_hear_of_an_amendment_once_each():
    follow(ROSA, "clause", clause("3(1)"))
    follow(ROSA, "branch", "Fen")
    follow(GRACE, "clause", clause("3"))
    follow(LEONARD, "clause", clause("2"))
    follow(MEERA, "branch", "Fen")  # the mover knows
    follow(TOBIAS, "branch", "Fen")
    propose(strike("3(1)"), title="No pump")
    assert told() == [(one, "Amendment 1 is proposed: No pump") for one in (ROSA, GRACE, TOBIAS)]
    assert [one.splitlines()[-3] for one in bodies()] == [
        "You follow clause 3(1) and the Fen branch. To follow it no more, open your page:",
        "You follow clause 3. To follow it no more, open your page:",
        "You follow the Fen branch. To follow it no more, open your page:",
    ]


def test_followers_of_an_amendment_hear_where_it_stands_unless_they_are_told_as_mover_or_seconder():
    number = propose(strike("3(1)"))
    for handle in (MEERA, ROSA, HARRIET):
        follow(handle, "amendment", str(number))
    second(number, ROSA, GRACE)
    assert told() == [(ROSA, "Amendment 1: seconded"), (HARRIET, "Amendment 1: seconded")]
    allotment.refuse(number, "It is out of order.")
    assert told()[2:] == [(HARRIET, "Amendment 1: refused")]
    assert "It is out of order.\n" in bodies()[-1]


def test_who_withdraws_their_own_is_not_told_of_it_for_following_it():
    number = propose(strike("3(1)"))
    follow(MEERA, "amendment", str(number))
    drafting.withdraw(member(MEERA), number, "", NOON)
    assert told() == []


def test_followers_hear_of_the_draft_and_of_what_the_edition_changes():
    first = in_force()
    number = seconded(reword("3(1)", "The pump belongs to nobody."))
    follow(HARRIET, "amendment", str(number))
    follow(HARRIET, "clause", clause("3"))
    follow(LEONARD, "clause", clause("3(1)"))
    follow(LEONARD, "clause", clause("3"))
    follow(TOBIAS, "clause", clause("2"))
    draft = drafting_final.freeze(member(FFION), on_desk(number), NOON)
    assert told() == [(HARRIET, "Amendment 1: composited")]
    digest = store.drafts.by_number(draft).digest
    ratifying.adopt(member(FFION), draft, digest, NOON)
    assert told()[1:] == [
        (HARRIET, "Amendment 1: in force"),
        (LEONARD, "Edition 2 changes what you follow"),
        (HARRIET, "Edition 2 changes what you follow"),
    ]
    of_leonard = next(one for one in bodies() if "  * clause 3(1): reworded" in one)
    assert "  * clause 3: changed below" in of_leonard
    assert f"/editions/{first.number}/compare/2" in of_leonard


def test_who_has_left_is_told_of_nothing():
    follow(ROSA, "branch", "Fen")
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE member SET standing = 'left' WHERE handle = 'rosa-lindgren'"))
    propose(strike("3(1)"))
    assert told() == []


def test_finding_the_followers_takes_a_query_for_each_kind_however_many_there_are():
    follow(ROSA, "branch", "Fen")
    wanted = [Subject(Kind.BRANCH, "Fen"), *(Subject(Kind.CLAUSE, f"c{n}") for n in range(5000))]
    with make.at_most(queries=2):
        assert [one.handle for one in store.follow.followers(wanted)] == [ROSA]
