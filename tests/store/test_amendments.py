from datetime import date

import make
import pytest

import store
import store.bodies
from amendments.edit import Reword, Strike, digest
from amendments.seconding import AlreadySeconded
from amendments.states import NotPossible, State
from constitution.digest import digest as book_digest
from store.amendments import UnknownAmendment


@pytest.fixture
def rosa(database):
    return make.members("rosa", "omar", "tove")[0]


@pytest.fixture
def base(database):
    return make.edition()


def step(amendment, state, minutes=1, reason="because"):
    with store.transaction():
        store.amendments.set_state(amendment, state, at=make.after(minutes), reason=reason)


def new_version(amendment, base, *edits):
    with store.transaction():
        return store.amendments.add_version(
            amendment,
            title="Second thoughts",
            reason="Better.",
            base_edition=base.number,
            edits=edits,
            digest=digest(edits, base.digest),
            at=make.after(9),
        )


def test_an_amendment_comes_back_as_it_was_moved(rosa, base):
    moved = make.amendment(rosa, base)
    assert store.amendments.by_number(1) == moved
    assert (moved.number, moved.mover, moved.state, moved.created) == (1, rosa, State.SEEKING_SECONDERS, make.NOON)
    assert moved.version.edits == (Reword("c21", "Twenty members are a quorum."),)
    assert (moved.title, moved.version.reason, moved.version.n) == ("A larger quorum", "Ten is too few.", 1)


def test_an_amendment_nobody_moved_is_unknown(rosa):
    with pytest.raises(UnknownAmendment, match="There is no amendment 3"):
        store.amendments.by_number(3)
    assert store.amendments.listing() == ()


def test_a_step_is_dated_and_reasoned(rosa, base):
    moved = make.amendment(rosa, base)
    step(moved, State.SECONDED, 1, "2 of 2 seconders")
    assert store.amendments.by_number(1).state is State.SECONDED
    assert [(one.state, one.reason) for one in store.amendments.history(moved)] == [
        (State.SEEKING_SECONDERS, "Proposed"),
        (State.SECONDED, "2 of 2 seconders"),
    ]
    assert store.amendments.history(moved)[1].at == make.after(1)


def test_a_step_that_does_not_exist_is_refused(rosa, base):
    moved = make.amendment(rosa, base)
    step(moved, State.WITHDRAWN)
    with pytest.raises(NotPossible, match="withdrawn cannot become seconded"):
        step(moved, State.SECONDED)  # the amendment was read when it still sought seconders


def test_an_unknown_amendment_takes_no_step_and_has_no_next_version(rosa, base):
    from dataclasses import replace

    ghost = replace(make.amendment(rosa, base), number=9)
    with pytest.raises(UnknownAmendment):
        step(ghost, State.SECONDED)
    with pytest.raises(UnknownAmendment):
        new_version(ghost, base, Strike("c21"))


def test_a_member_counts_once(rosa, base):
    moved, omar = make.amendment(rosa, base), store.members.by_handle("omar")
    make.second(moved, omar)
    with pytest.raises(AlreadySeconded):
        make.second(moved, omar)
    assert [one.member for one in store.amendments.seconds(moved)] == [omar]
    assert store.amendments.seconds(moved)[0].version_digest == moved.version.digest


def test_a_refused_second_leaves_no_entry_in_the_log(rosa, base):
    moved, omar = make.amendment(rosa, base), store.members.by_handle("omar")
    make.second(moved, omar)
    with pytest.raises(AlreadySeconded):
        make.second(moved, omar)
    assert [one.act for one in store.log.entries()].count("second") == 1


def test_seconds_come_in_the_order_in_which_they_were_given(rosa, base):
    moved, tove, omar = make.amendment(rosa, base), store.members.by_handle("tove"), store.members.by_handle("omar")
    make.second(moved, tove, make.after(1))
    make.second(moved, omar, make.after(2))
    assert [one.member.handle for one in store.amendments.seconds(moved)] == ["tove", "omar"]


def test_seconds_do_not_carry_over_to_another_text(rosa, base):
    moved, omar = make.amendment(rosa, base), store.members.by_handle("omar")
    make.second(moved, omar)
    changed = new_version(moved, base, Strike("c21"))
    assert [one.n for one in changed.versions] == [1, 2]
    assert (changed.title, changed.version.edits) == ("Second thoughts", (Strike("c21"),))
    assert store.amendments.seconds(changed) == ()


def test_seconds_of_a_text_count_again_when_it_is_the_text_again(rosa, base):
    moved, omar = make.amendment(rosa, base), store.members.by_handle("omar")
    make.second(moved, omar)
    changed = new_version(moved, base, Strike("c21"))
    back = new_version(changed, base, *moved.version.edits)
    assert (back.version.n, back.version.digest) == (3, moved.version.digest)
    assert [one.member for one in store.amendments.seconds(back)] == [omar]


def test_amendments_are_found_by_state(rosa, base):
    first, second = make.amendment(rosa, base), make.amendment(rosa, base, "Thirty.")
    step(first, State.WITHDRAWN)
    assert [one.number for one in store.amendments.listing(state=State.SEEKING_SECONDERS)] == [second.number]
    assert [one.number for one in store.amendments.listing(state=State.WITHDRAWN)] == [first.number]


def test_amendments_are_found_by_the_clause_that_they_touch_now(rosa, base):
    first = make.amendment(rosa, base, clause="c21")
    make.amendment(rosa, base, "Elsewhere.", clause="c22")
    assert [one.number for one in store.amendments.listing(clause="c21")] == [1]
    new_version(first, base, Strike("c22"))
    assert [one.number for one in store.amendments.listing(clause="c21")] == []
    assert [one.number for one in store.amendments.listing(clause="c22")] == [1, 2]


def test_what_touches_a_clause_now_is_known_of_every_clause(rosa, base):
    first, second, third = (make.amendment(rosa, base, clause=one) for one in ("c21", "c21", "c22"))
    new_version(first, base, Strike("c22"), Reword("a1", "The club."))
    step(third, State.WITHDRAWN)
    seeking = [State.SEEKING_SECONDERS]
    assert store.amendments.touched_by(seeking) == {"c21": (second.number,), "c22": (1,), "a1": (1,)}


def test_those_nearest_to_their_seconders_are_among_the_most_seconded(rosa, base):
    omar, tove = store.members.by_handle("omar"), store.members.by_handle("tove")
    moved = [make.amendment(rosa, base, f"{number} members.") for number in range(4)]
    own = make.amendment(tove, base)
    for one, member in ((moved[1], omar), (moved[1], tove), (moved[2], tove), (own, omar)):
        make.second(one, member)
    with store.transaction():
        decision = store.bodies.Decision("branch", "Fen", date(2026, 5, 1), "4")
        store.bodies.add_second(moved[3].version, decision, omar, at=make.NOON)
    step(moved[0], State.WITHDRAWN)
    seeking = State.SEEKING_SECONDERS
    assert [one.number for one in store.amendments.most_seconded(seeking, 1, not_by=tove.id)] == [2, 4]
    assert [one.number for one in store.amendments.most_seconded(seeking, 2)] == [2, 3, 4]
    assert (store.amendments.count(seeking), store.amendments.count(seeking, not_by=tove.id)) == (4, 3)
    assert [one.number for one in store.amendments.moved_by(tove.id, [seeking])] == [5]
    assert store.amendments.moved_by(rosa.id, [State.REFUSED]) == ()


def test_a_list_takes_three_queries_however_long_it_is(rosa, base):
    for number in range(1, 30):
        make.amendment(store.members.by_handle("omar" if number % 2 else "tove"), base, f"{number} members.")
    with make.at_most(3):
        assert len(store.amendments.listing()) == 29
    with make.at_most(3):
        assert len(store.amendments.listing(state=State.SEEKING_SECONDERS, clause="c21")) == 29


def test_seconders_take_two_queries_however_many_they_are(rosa, base):
    moved = make.amendment(rosa, base)
    for member in make.members(*(f"m{number}" for number in range(20))):
        make.second(moved, member)
    with make.at_most(2):
        assert len(store.amendments.seconds(moved)) == 20


def test_a_title_and_a_reason_have_one_digest_together():
    assert store.amendments.words_digest("a", "b") != store.amendments.words_digest("ab", "")


def test_an_edition_is_named_as_the_noun_names_it(base):
    assert base.digest == book_digest(make.book())
