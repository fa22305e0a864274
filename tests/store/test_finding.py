"""The index of words: kept with what it indexes, the same on both databases, and the same as one made anew."""

import random

import make
import pytest
import sqlalchemy as sa
from flask_migrate import downgrade
from hypothesis import HealthCheck, given, settings
from strategies import any_text

import store
import store.finding
from amendments.edit import Insert, Reword, Strike, digest
from amendments.states import State
from constitution.clause import Clause, Kind, Practice
from constitution.finding import label_key, query
from store.amendments import UnknownAmendment
from store.database import MIGRATIONS, db
from store.finding import Wanted

FINDS = [
    ("quorum", [1, "c21"]),
    ("QUOR", [1, "c21"]),
    ("quor members", []),  # only the last word may go on
    ("members quor", ["c21", 1]),
    ('"members are a quorum"', ["c21", 1]),
    ('"are members"', []),
    ("ten quorum", ["c21", 1]),
    ("uber fange", ["c22"]),
    ("über vorst", ["c22"]),
    ("2.1", ["c21", "c22"]),  # c22 cites it
    ("see 2.1", ["c22"]),
    ("A1", [1]),
    ("§ 2", ["a2", "c21", "c22"]),
    ("club", ["a1"]),
    ("name club", ["a1"]),
    ('"name the"', []),  # no phrase reaches from the heading into the text
    ("rosa", []),
    ("c21", []),
]


def find(typed, limit=50, **wanted):
    labels = (label_key(typed),)
    return store.finding.find(Wanted(terms=query(typed).terms, labels=labels, **wanted), limit=limit)


def found(typed, **wanted):
    """The ids of clauses and the numbers of amendments."""
    return [one.clause or one.amendment for one in find(typed, **wanted).hits]


@pytest.fixture
def club(database):
    """The angling club, with an amendment of its quorum by Rosa."""
    [rosa] = make.members("rosa")
    base = make.edition()
    make.amendment(rosa, base)


def test_what_holds_every_word_is_found_by_relevance(club):
    assert [(typed, found(typed)) for typed, _ in FINDS] == FINDS


def test_a_number_finds_what_has_it_before_what_only_says_it(club):
    assert found("2")[0] == "a2"


def test_members_also_find_by_the_mover_and_only_they(club):
    assert found("rosa quorum", movers=True) == [1]
    assert found("ros", movers=True) == [1]
    assert found("ros quorum", movers=True) == []
    assert found("quorum twen", movers=True) == [1]
    assert found("rosa") == []


def test_what_was_found_is_narrowed_by_state_branch_and_clause(database):
    rosa, omar = make.members("rosa", "omar")
    with store.transaction():
        db.session.execute(sa.text("UPDATE member SET branch = 'Fen' WHERE handle = 'omar'"))
    base = make.edition()
    first, second = make.amendment(rosa, base), make.amendment(omar, base, "Über alles", "c22")
    with store.transaction():
        store.amendments.set_state(first, State.WITHDRAWN, at=make.NOON, reason="")
    assert found("", states=[State.WITHDRAWN]) == [1]
    assert found("", branch="Fen") == [2]
    assert found("", clauses=("c22", "a1")) == [2]
    assert found("quorum", clauses=()) == []
    assert found("ten few", branch="Fen", states=[State.WITHDRAWN]) == []
    assert found("ten few") == [2, 1]
    assert found("ten few", kind=store.finding.Kind.CLAUSE) == []
    assert store.finding.branches() == ("Fen",)
    assert second.number == 2


def test_results_come_in_pages_with_their_number(database):
    [rosa] = make.members("rosa")
    base = make.edition()
    for _ in range(5):
        make.amendment(rosa, base)
    page = store.finding.find(Wanted(kind=store.finding.Kind.AMENDMENT), limit=2, offset=2)
    assert [one.amendment for one in page.hits] == [3, 2]
    assert page.total == 5


def test_pages_go_on_from_titles_to_the_rest(database):
    [rosa] = make.members("rosa")
    base = make.edition()
    for at in range(7):
        one = make.amendment(rosa, base, "Nobody fishes.")
        if at % 2:
            said = {"reason": "R.", "base_edition": 1, "edits": one.version.edits, "digest": "d", "at": make.NOON}
            with store.transaction():
                store.amendments.add_version(one, title="Nobody", **said)
    terms, labels = query("nobody").terms, ("a1",)
    pages = [store.finding.find(Wanted(terms=terms, labels=labels), limit=2, offset=at) for at in range(0, 9, 2)]
    assert [[one.amendment for one in page.hits] for page in pages] == [[1, 6], [4, 2], [7, 5], [3], []]
    assert {page.total for page in pages} == {7}


def test_a_next_text_is_found_in_the_place_of_the_one_before(club):
    first = store.amendments.by_number(1)
    edits = (
        Reword("c21", "Nobody [[c22]] [[new]]."),
        Insert(None, "a1", Clause("new", Kind.ARTICLE, "Ponds", "Deep.")),
    )
    with store.transaction():
        store.amendments.add_version(
            first, title="Ponds", reason="Water.", base_edition=1, edits=edits, digest="d" * 64, at=make.NOON
        )
    assert found("twenty") == []
    assert found("deep ponds nobody") == [1]
    [hit] = find("nobody").hits
    assert hit.text == "Water. Nobody 2.2 . Ponds Deep."


def test_an_edition_is_found_in_the_place_of_the_one_before(club):
    make.edition(make.book("Silence is a quorum."))
    assert found("ten", kind=store.finding.Kind.CLAUSE) == []
    assert found("silence") == ["c21"]


def test_what_is_not_kept_is_not_found(club):
    with pytest.raises(UnknownAmendment), store.transaction():
        _adopted_without_its_amendment()
    assert found("silence") == []
    assert "c21" in found("ten")


def _adopted_without_its_amendment():
    store.editions.add(make.book("Silence."), at=make.NOON, note="", adopted_from=None)
    store.amendments.by_number(17)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(any_text())
def test_whatever_is_typed_is_answered(club, typed):
    for text in (typed, f'"{typed}', f"{typed} quorum*", f"({typed})) OR NEAR:'"):
        wanted = Wanted(terms=query(text).terms, labels=(label_key(text),), movers=True)
        store.finding.find(wanted, limit=5)


def test_what_no_index_can_hold_is_kept_all_the_same(club):
    long = " ".join(f"{n:x}{'é' * 90}" for n in range(9_000))
    make.edition(make.book(f"{long} unreachable"))
    assert found(long[:95]) == ["c21"]
    assert found("unreachable") == []
    make.edition(make.book("word " * 30_000 + "unreachable"))
    assert found("word word") == ["c21"]
    assert found("unreachable") == []


def test_after_any_acts_the_index_is_as_one_made_anew(database):
    people, chance = make.members("rosa", "omar"), random.Random(5)
    base = make.edition()
    for at in range(30):
        act = chance.choice([_propose, _propose, _revise, _adopt])
        base = act(chance, base, chance.choice(people), at) or base
    kept = contents()
    with store.transaction():
        made = store.finding.rebuild()
    assert contents() == kept
    assert made == len(kept[0]) > 10
    assert len(kept[1]) > 50


def test_who_comes_from_before_finds_everything(club):
    kept = contents()
    db.session.remove()
    downgrade(directory=str(MIGRATIONS), revision="0004")
    store.upgrade()
    assert contents() == kept


def _propose(chance, base, mover, at):
    make.amendment(mover, base, f"Members number {at}.", chance.choice(["c21", "c22", "a1"]))


def _revise(chance, base, _, at):
    for one in chance.sample(store.amendments.listing(), k=min(1, len(store.amendments.listing()))):
        edits = (Strike("c22"),) if at % 2 else (Reword("c21", f"Revised {at} [[c22]]"),)
        said = {"title": f"Text {at}", "reason": "Once more.", "base_edition": base.number, "at": make.NOON}
        with store.transaction():
            store.amendments.add_version(one, edits=edits, digest=digest(edits, base.digest), **said)


def _adopt(chance, _, __, at):
    book = make.book(f"Edition of {at}, quorum {chance.randint(1, 9)}.")
    return make.edition(book if at % 3 else type(book)("Bare", book.clauses[:1], practice=Practice()))


def contents():
    """The documents without their ids, and every word with its document and place."""
    columns = "kind, clause, amendment, version, place, label, title, text"
    documents = db.session.execute(sa.text(f"SELECT id, {columns} FROM search_document")).all()
    names = {row.id: row.clause or row.amendment for row in documents}
    return sorted(map(str, (row[1:] for row in documents))), sorted((str(names[row]), *rest) for row, *rest in _words())


def _words():
    if db.engine.dialect.name == "postgresql":
        lexemes = "SELECT id, lexeme, positions, titles::text FROM search_index, unnest(words)"
        return [
            (one, word, str(places), str(weights))
            for one, word, places, weights in db.session.execute(sa.text(lexemes))
        ]
    vocabulary = (
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'search_index', 'instance')"
    )
    db.session.execute(sa.text(vocabulary))
    return db.session.execute(sa.text("SELECT doc, term, col, offset FROM temp.vocabulary")).all()
