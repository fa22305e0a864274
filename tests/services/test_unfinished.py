"""What is typed is saved; two windows never overwrite one another."""

from dataclasses import replace
from datetime import timedelta

import allotment
import pytest
from allotment import FFION, LEONARD, MEERA, NOON, ROSA, SIXTEEN, member, new_id, reword

import store.log
from members.permissions import NotAllowed
from services import drafting, unfinished
from services.proposal import Act, Change, Proposal
from store.amendments import UnknownAmendment

pytestmark = pytest.mark.usefixtures("database")
LATER = NOON + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()


def typed(text=SIXTEEN):
    return allotment.proposal(reword("2(1)", text))


def save(proposal, key="k1", at=NOON, by=MEERA):
    return unfinished.save(member(by), proposal, at, key)


def test_everything_that_can_be_typed_comes_back():
    move = Change(Act.MOVE, "a", "h", "t", place="after", to="b")
    whole = Proposal(
        1, (move, *typed().changes), "T", "R", on=allotment.propose(allotment.strike("3(1)")), version=2, revises=True, undone=(0, 2), note="n",
        relation="alternative", other="A7", for_body=True, decided="2026-05-01", minute="7",
    )  # fmt: skip
    kept = save(whole)
    assert unfinished.opened(member(MEERA), "k1") == replace(whole, key="k1", revision=1) == kept.proposal


def test_what_is_about_no_amendment_is_not_saved():
    with pytest.raises(UnknownAmendment):
        save(replace(typed(), on=99))


def test_saving_again_counts_and_leaves_no_trace_in_the_log():
    before = store.log.count()
    first = save(typed())
    second = save(replace(first.proposal, title="Other"), at=LATER)
    assert (second.proposal.key, second.proposal.revision, second.other) == ("k1", 2, None)
    assert [(one.key, one.title, one.saved) for one in unfinished.of(member(MEERA))] == [("k1", "Other", LATER)]
    assert store.log.count() == before


def test_what_was_not_changed_is_not_saved_again():
    first = save(typed())
    assert save(first.proposal, at=LATER) == replace(first, at=NOON)


def test_two_windows_keep_both_texts():
    first = save(typed()).proposal
    save(replace(first, title="From one window"), at=LATER)
    other = save(replace(first, title="From another"), key="k2", at=LATER)
    assert (other.proposal.key, other.proposal.revision, other.other.content["title"]) == ("k2", 1, "From one window")
    assert {one.title for one in unfinished.of(member(MEERA))} == {"From one window", "From another"}


def test_the_same_words_from_two_windows_are_one_text():
    first = save(typed()).proposal
    second = save(replace(first, title="Same"), at=LATER)
    again = save(replace(first, title="Same"), key="k2", at=LATER)
    assert again.proposal == second.proposal
    assert len(unfinished.of(member(MEERA))) == 1


def test_nobody_reads_or_throws_away_what_another_typed():
    save(typed())
    for act in (unfinished.opened, unfinished.discard):
        with pytest.raises(unfinished.NotThere):
            act(member(ROSA), "k1")
    assert save(typed(), key="k2", by=ROSA).proposal.key == "k2"
    assert save(replace(typed(), key="k1", revision=1), key="k3", by=LEONARD).proposal.key == "k3"
    assert unfinished.opened(member(MEERA), "k1").title == typed().title


def test_it_is_gone_when_it_is_submitted_or_thrown_away():
    drafting.propose(member(MEERA), save(typed(SIXTEEN.replace("sixteen", "six"))).proposal, NOON, new_id)
    assert unfinished.of(member(MEERA)) == ()
    save(typed(), key="k2")
    unfinished.discard(member(MEERA), "k2")
    assert unfinished.of(member(MEERA)) == ()


def test_the_oldest_go_when_there_are_very_many(monkeypatch):
    monkeypatch.setattr(unfinished, "MOST", 2)
    for n in range(3):
        save(replace(typed(), title=f"{n}"), key=f"k{n}", at=NOON + timedelta(minutes=n))
    assert [one.title for one in unfinished.of(member(MEERA))] == ["2", "1"]


def test_who_may_not_propose_saves_nothing():
    with pytest.raises(NotAllowed):
        unfinished.save(replace(member(FFION), roles=frozenset()), typed(), NOON, "k1")
