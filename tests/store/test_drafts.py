import make
import pytest

import store
from constitution.digest import digest
from store.books import Damaged, shelf
from store.drafts import UnknownDraft, WrongDigest


@pytest.fixture
def desk(database):
    rosa = make.members("rosa")[0]
    base = make.edition()
    return make.composite(base, make.amendment(rosa, base, "Twenty."), make.amendment(rosa, base, "Thirty."))


def test_a_draft_comes_back_as_it_was_frozen(desk):
    frozen = make.draft(desk)
    shelf._books.clear()
    assert store.drafts.by_number(1) == frozen
    assert frozen.constitution == make.book("Fifteen members are a quorum.")
    assert frozen.digest == digest(frozen.constitution)
    assert frozen.provenance["c21"][0] == ["Fifteen", ["A1", "A2"]]
    assert (frozen.state, frozen.frozen_at, frozen.composite, frozen.base_edition) == ("frozen", make.NOON, 1, 1)


def test_a_text_under_a_wrong_digest_is_not_frozen(desk):
    with pytest.raises(WrongDigest), store.transaction():
        store.drafts.add(
            composite=1,
            base_edition=1,
            title="x",
            constitution=make.book(),
            digest="0" * 64,
            redline_digest="0" * 64,
            provenance={},
            at=make.NOON,
        )
    assert store.drafts.listing() == ()


def test_an_adopted_draft_is_the_next_edition_word_for_word(desk):
    frozen = make.draft(desk)
    adopted = make.edition(frozen.constitution, draft=frozen.number)
    assert (adopted.number, adopted.digest, adopted.adopted_from) == (2, frozen.digest, 1)
    assert store.editions.listing()[1].adopted_from == 1


def test_a_draft_becomes_one_edition_only(desk):
    import sqlalchemy as sa

    frozen = make.draft(desk)
    make.edition(frozen.constitution, draft=frozen.number)
    with pytest.raises(sa.exc.IntegrityError):
        make.edition(frozen.constitution, draft=frozen.number)


def test_a_draft_is_adopted_or_superseded(desk):
    frozen = make.draft(desk)
    with store.transaction():
        store.drafts.set_state(frozen, "adopted")
    with store.transaction():
        store.drafts.set_state(store.drafts.listing()[0], "superseded")
    assert store.drafts.by_number(1).state is store.drafts.State.SUPERSEDED


def test_a_draft_nobody_froze_is_unknown(desk):
    with pytest.raises(UnknownDraft, match="There is no draft 4"):
        store.drafts.by_number(4)


def test_a_damaged_draft_is_not_shown_as_if_it_were_whole(desk):
    make.draft(desk)
    shelf._books.clear()
    make.changed_by_hand("UPDATE draft SET front = 'Adopted by nobody.'", "draft")
    with pytest.raises(Damaged, match="Draft 1 is not as it was kept"):
        store.drafts.by_number(1)


def test_the_list_of_drafts_takes_one_query(desk):
    for words in ("Eleven.", "Twelve."):
        make.draft(desk, make.book(words))
    with make.at_most(1):
        assert [one.number for one in store.drafts.listing()] == [1, 2]
