import pytest

from constitution.diff import Op, Run
from constitution.moves import with_moves

SIX = "a b c d e f"


def redline(*runs):
    """Runs from their plain form: -deleted, +inserted, anything else kept."""
    signs = {"-": Op.DELETE, "+": Op.INSERT}
    return tuple(Run(signs.get(run[0], Op.KEEP), run[1:] if run[0] in signs else run) for run in runs)


def moved(*redlines):
    """What has moved, as (number, deleted or inserted, text), in the order of the texts."""
    return [(run.moved, run.op.value, run.text) for runs in with_moves(redlines) for run in runs if run.moved]


def test_six_words_move_within_a_text():
    assert moved(redline(f"-{SIX}", " x ", f"+{SIX}")) == [(1, "delete", SIX), (1, "insert", SIX)]


def test_six_words_move_from_one_text_to_another_whichever_is_first():
    assert moved(redline(f"-{SIX}"), redline(f"+{SIX}")) == [(1, "delete", SIX), (1, "insert", SIX)]
    assert moved(redline(f"+{SIX}"), redline(f"-{SIX}")) == [(1, "insert", SIX), (1, "delete", SIX)]


@pytest.mark.parametrize("words", ["a b c d e", "a, b, c, d, e, , ,", "word " * 5, "§ " * 30])
def test_what_has_fewer_words_does_not_move_however_many_signs_it_has(words):
    assert moved(redline(f"-{words}", " x ", f"+{words}")) == []


def test_only_what_reads_the_same_has_moved():
    runs = with_moves([redline("-p q a b c d e f g h r", " x ", "+s a b c d e f g h t u")])[0]
    assert [(run.text, run.moved) for run in runs] == [
        ("p q", None), (" a b c d e f g h ", 1), ("r", None), (" x ", None),
        ("s", None), (" a b c d e f g h ", 1), ("t u", None),
    ]  # fmt: skip


def test_a_move_ends_with_its_text_on_either_side():
    longer = f"{SIX} g h"
    assert moved(redline(f"-{longer}", " x ", f"+{SIX}")) == [(1, "delete", SIX), (1, "insert", SIX)]
    assert moved(redline(f"-{SIX}", " x ", f"+{longer}")) == [(1, "delete", SIX), (1, "insert", SIX)]
    assert moved(redline(f"-y {SIX}", " x ", f"+z {SIX}"))[0] == (1, "delete", f" {SIX}")


def test_what_neither_moved_nor_could_comes_back_as_it_was():
    runs = redline("kept", f"-{SIX}", "+g h i j k l")
    assert with_moves([runs, redline("kept")]) == (runs, redline("kept"))
    assert with_moves([redline(f"-{SIX}")]) == (redline(f"-{SIX}"),)
    assert with_moves([redline(f"+{SIX}")]) == (redline(f"+{SIX}"),)
    assert with_moves([]) == ()


def test_kept_text_is_no_end_of_a_move():
    assert moved(redline(SIX, f"+{SIX}")) == []
    assert moved(redline(SIX, f"-{SIX}")) == []


def test_moves_are_numbered_from_one_in_the_order_of_what_was_inserted():
    other = "g h i j k l"
    found = moved(redline(f"-{other}", "x", f"-{SIX}"), redline(f"+{SIX}", "x", f"+{other}"))
    assert found == [(2, "delete", other), (1, "delete", SIX), (1, "insert", SIX), (2, "insert", other)]


def test_the_first_that_was_deleted_is_the_first_to_move_and_none_moves_twice():
    found = with_moves([redline(f"-{SIX}", "x", f"-{SIX}"), redline(f"+{SIX}")])
    assert [run.moved for run in found[0]] == [1, None, None]
    found = with_moves([redline(f"-{SIX}", "x", f"-{SIX}"), redline(f"+{SIX}", "x", f"+{SIX}", "x", f"+{SIX}")])
    assert [run.moved for run in found[0]] == [1, None, 2]
    assert [run.moved for run in found[1]] == [1, None, 2, None, None]


def test_one_stretch_can_move_to_two_places():
    whole = f"{SIX} g h i j k l"
    found = moved(redline(f"-{whole}"), redline("+g h i j k l"), redline(f"+{whole}"))
    assert found == [
        (2, "delete", f"{SIX} "), (1, "delete", "g h i j k l"), (1, "insert", "g h i j k l"), (2, "insert", f"{SIX} "),
    ]  # fmt: skip


def test_two_moves_can_stand_side_by_side():
    found = moved(redline(f"-{SIX} "), redline("-g h i j k l"), redline(f"+{SIX} g h i j k l"))
    assert [(number, text) for number, op, text in found if op == "insert"] == [(1, f"{SIX} "), (2, "g h i j k l")]


def test_a_move_is_found_behind_signs_that_read_the_same():
    dots = ". " * 8
    assert moved(redline(f"-{dots}x y z u v w"), redline(f"-{SIX}"), redline(f"+{dots}{SIX}")) == [
        (1, "delete", SIX), (1, "insert", SIX),
    ]  # fmt: skip


def test_a_move_is_found_that_begins_within_what_was_too_short():
    dots = ". " * 6
    found = moved(redline(f"-{dots}a b c d e ! y"), redline(f"-{SIX}"), redline(f"+{dots}{SIX}"))
    assert found == [(1, "delete", SIX), (1, "insert", SIX)]
