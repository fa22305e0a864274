from dataclasses import replace

import make
import pytest

import store
from store.composites import StaleRevision, UnknownComposite


@pytest.fixture
def desk(database):
    rosa = make.members("rosa")[0]
    base = make.edition()
    return make.composite(base, make.amendment(rosa, base, "Twenty."), make.amendment(rosa, base, "Thirty."))


def save(composite, choices, expected):
    with store.transaction():
        return store.composites.save_choices(replace(composite, revision=expected), choices, member=1, at=make.NOON)


def test_a_composite_keeps_its_originals(desk):
    assert store.composites.by_number(1) == desk
    assert (desk.amendments, desk.state, desk.choices, desk.revision) == ((1, 2), "open", {}, 0)
    assert (desk.title, desk.base_edition, desk.at) == ("Quorums", 1, make.NOON)


def test_choices_are_kept_and_counted(desk):
    assert save(desk, {"c21": {"0": "Twenty"}}, 0).revision == 1
    assert store.composites.by_number(1).choices == {"c21": {"0": "Twenty"}}


def test_choices_made_on_an_old_page_do_not_undo_newer_ones(desk):
    save(desk, {"c21": "theirs"}, 0)
    with pytest.raises(StaleRevision, match="Nothing was done") as refusal:
        save(desk, {"c21": "mine"}, 0)
    assert refusal.value.current.choices == {"c21": "theirs"}
    assert store.composites.by_number(1).choices == {"c21": "theirs"}


def test_every_saving_is_kept_with_who_saved(desk):
    for n, word in enumerate(("one", "two")):
        save(desk, {"c21": word}, n)
    now = store.composites.by_number(1)
    assert [store.composites.revision(now, n) for n in range(3)] == [{}, {"c21": "one"}, {"c21": "two"}]
    assert [(one.choices["c21"], one.member) for one in store.composites.revisions(now, 1)] == [("two", 1)]
    for unknown in (-1, 3):
        with pytest.raises(StaleRevision):
            store.composites.revision(now, unknown)


def test_a_composite_is_drafted_or_abandoned(desk):
    with store.transaction():
        store.composites.set_state(desk, "drafted")
    assert store.composites.by_number(1).state is store.composites.State.DRAFTED
    with pytest.raises(ValueError, match="lost"), store.transaction():
        store.composites.set_state(desk, "lost")


def test_a_composite_nobody_began_is_unknown(desk):
    with pytest.raises(UnknownComposite, match="There is no composite 4"):
        store.composites.by_number(4)


def test_the_list_of_composites_takes_two_queries(desk):
    base = store.editions.latest()
    for _ in range(5):
        make.composite(base, store.amendments.by_number(2))
    make.composite(base)
    with make.at_most(2):
        assert [one.amendments for one in store.composites.listing()] == [(1, 2), *[(2,)] * 5, ()]
