import make
import pytest

import store
from constitution.clause import Constitution
from constitution.digest import digest
from store.books import Damaged, Shelf, shelf


def test_an_edition_comes_back_as_it_was_put_in(database):
    make.edition(make.book())
    assert store.editions.load(1).constitution == make.book()


def test_an_edition_is_named_by_the_digest_of_its_text(database):
    assert make.edition().digest == digest(make.book())


def test_the_time_of_an_edition_comes_back_in_utc_to_the_microsecond(database):
    assert make.edition(at=make.NOON).at == make.NOON
    assert str(store.editions.load(1).at.tzinfo) == "UTC"


def test_the_last_edition_is_in_force(database):
    make.edition()
    make.edition(make.book("Twelve."), make.after(5))
    assert store.editions.latest().number == 2
    assert store.editions.latest().constitution["c21"].text == "Twelve."


def test_before_the_first_edition_none_is_in_force(database):
    assert store.editions.latest() is None
    assert store.editions.listing() == ()


def test_an_edition_nobody_made_is_unknown(database):
    with pytest.raises(store.editions.UnknownEdition, match="There is no edition 7"):
        store.editions.load(7)


def test_the_list_counts_the_clauses_of_each_edition(database):
    make.edition()
    make.edition(Constitution("Empty rules"))
    assert [(one.number, one.clauses) for one in store.editions.listing()] == [(1, 5), (2, 0)]


def test_an_edition_without_clauses_can_be_read(database):
    make.edition(Constitution("Empty rules"))
    assert store.editions.load(1).constitution == Constitution("Empty rules")


def test_two_editions_may_have_the_same_text(database):
    first, _, third = make.edition(), make.edition(make.book("Twelve.")), make.edition()
    assert first.digest == third.digest
    assert store.editions.load(3).constitution == make.book()


def test_a_wording_is_kept_once_for_all_editions(database):
    make.edition()
    make.edition(make.book("Twelve."))
    assert _count("wording") == len({text for one in make.book().walk() for text in (one.heading, one.text)}) + 1


def test_a_clause_keeps_its_address_after_it_was_struck(database):
    make.edition()
    make.edition(Constitution("Rules", make.book().clauses[:1]))
    assert store.editions.last_with("c21") == 1
    assert store.editions.last_with("a1") == 2
    assert store.editions.last_with("never") is None


def test_reading_an_edition_takes_two_queries_and_one_when_it_was_read_before(database):
    make.edition()
    shelf._books.clear()
    with make.at_most(2):
        store.editions.load(1)
    with make.at_most(1):
        store.editions.load(1)


def test_the_list_of_editions_takes_one_query(database):
    for words in ("Twelve.", "Thirteen.", "Fourteen."):
        make.edition(make.book(words))
    with make.at_most(1):
        store.editions.listing()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE edition_clause SET repealed = (1 = 1) WHERE clause = 'a1'",
        "UPDATE edition_clause SET position = 7 WHERE clause = 'a1'",
        "DELETE FROM edition_clause WHERE clause = 'c22'",
    ],
)
def test_a_damaged_edition_is_not_shown_as_if_it_were_whole(database, statement):
    make.edition()
    shelf._books.clear()
    make.changed_by_hand(statement, "edition_clause")
    with pytest.raises(Damaged, match="Edition 1 is not as it was kept"):
        store.editions.load(1)


def test_the_shelf_holds_the_books_read_last():
    small = Shelf(2)
    for name in ("one", "two", "one", "three"):
        if small.get(name) is None:
            small.put(name, Constitution(name))
    assert [name for name in ("one", "two", "three") if small.get(name) is not None] == ["one", "three"]


def _count(table):
    import sqlalchemy as sa

    from store.database import db

    return db.session.scalar(sa.text(f"SELECT count(*) FROM {table}"))
