"""What goes together is done; what conflicts keeps the words of the base."""

from edits import books, edits, item
from hypothesis import given, settings
from hypothesis import strategies as st

from amendments.changes import Insert, Move, Reword, Strike
from amendments.choices import Choices, Nature
from amendments.composite import compose, settle
from amendments.what_if import partial
from constitution.clause import Clause, Constitution, Kind

BOOK = Constitution(
    "Rules",
    (item("fees", "Members pay ten pounds a year.", item("low", "One pound.")), item("board", "The board is nine.")),
)


def carried(*sides):
    return partial(compose(BOOK, {f"A{n}": side for n, side in enumerate(sides, 1)}))


def test_what_agrees_is_done_and_words_in_dispute_stay_as_they_are():
    result = carried(
        [Reword("fees", "Members pay five pounds a year.")], [Reword("fees", "Members pay six pounds a year, in May.")]
    )
    assert result.constitution["fees"].text == "Members pay ten pounds a year, in May."
    (question,) = result.questions
    assert {one.text: one.sources for one in question.options if one.sources} == {"five": {"A1"}, "six": {"A2"}}


def test_a_clause_that_one_strikes_and_another_changes_stays_as_it_is():
    result = carried([Strike("fees")], [Reword("low", "Nothing.")], [Reword("board", "The board is ten.")])
    assert result.constitution["fees"] == BOOK["fees"]
    assert result.constitution["board"].text == "The board is ten."
    assert [one.nature for one in result.questions] == [Nature.STRIKE]


def test_what_would_be_moved_differently_or_in_a_ring_stays():
    assert carried([Move("low", None, None)], [Move("low", "board", None)]).constitution == BOOK
    ring = carried([Move("fees", "board", None)], [Move("board", "fees", None)])
    assert ring.constitution == BOOK
    assert [one.nature for one in ring.questions] == [Nature.CYCLE]


def test_new_clauses_at_one_place_all_stand_there_in_order():
    new = [Clause(f"n{n}", Kind.ITEM, text=f"New {n}.") for n in (1, 2)]
    result = carried(*([Insert(None, "board", one)] for one in new))
    assert [one.id for one in result.constitution.clauses] == ["fees", "board", "n1", "n2"]


@settings(max_examples=40)
@given(st.data(), st.randoms())
def test_whatever_meets_gives_a_text_and_the_order_changes_nothing(data, chance):
    base = data.draw(books())
    sides = {f"A{n}": data.draw(edits(base, prefix=f"n{n}x", most=3)) for n in (1, 2, 3)}
    met = compose(base, sides)
    result = partial(met)
    if not met.questions():
        assert result.constitution == settle(met, Choices()).constitution
    for question in result.questions:
        if question.nature is Nature.STRIKE and not result.impossible:
            assert result.constitution[question.clause].text == base[question.clause].text
    names = list(sides)
    chance.shuffle(names)
    assert partial(compose(base, {name: sides[name] for name in names})) == result
