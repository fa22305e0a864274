import itertools
from dataclasses import replace

from corpora import versions
from edits import books, edits
from hypothesis import assume, given
from hypothesis import strategies as st

from amendments.edit import rebuilt
from constitution.clause import Clause, Constitution, Kind, Mark, Style
from constitution.diff import Op, Run, after, before, parse_plain, plain
from constitution.numbering import number, own_number, printed
from constitution.redline import Change, redline
from constitution.references import show

LIST = Mark(Style.DECIMAL, after=".")


def clause(clause_id, text="", *children, heading=""):
    return Clause(clause_id, Kind.CLAUSE, heading, text, LIST, children)


def rules(*clauses):
    return Constitution("Rules", clauses)


NAME = clause("name", "The club is called the Angling Club.")
FEES = clause("fees", "Members pay five pounds a year.")
BOARD = clause("board", "The board collects what is due under [[fees]].")
OLD = rules(NAME, FEES, BOARD)


def by_id(rows):
    return {row.id: row for row in rows}


def changes(rows):
    return {row.id: row.change for row in rows}


@st.composite
def amended_books(draw):
    """A rule book and what edits made of it; some clause stays, or the two would be matched as strangers."""
    book = draw(books())
    amended = rebuilt(draw(edits(book)), book)
    assume(book.by_id.keys() & amended.by_id.keys())
    return book, amended


def shown(book):
    """The printed heading and text of every clause."""
    labels, own = number(book), own_number(book)
    return {one.id: (show(one.heading, labels, own), show(one.text, labels, own)) for one in book.walk()}


@given(amended_books())
def test_both_printed_editions_can_be_had_back_clause_by_clause(pair):
    old, new = pair
    rows = by_id(redline(old, new))
    for side, read in ((old, before), (new, after)):
        texts = shown(side)
        assert {one: (read(row.heading), read(row.text)) for one, row in rows.items()} == {
            one: texts.get(one, ("", "")) for one in rows
        }


@given(amended_books())
def test_every_clause_stands_once_and_the_new_edition_keeps_its_order(pair):
    old, new = pair
    ids = [row.id for row in redline(old, new)]
    assert sorted(ids) == sorted(old.by_id.keys() | new.by_id.keys())
    assert [one for one in ids if one in new] == list(new.by_id)


@given(amended_books())
def test_what_happened_is_true(pair):
    old, new = pair
    for row in redline(old, new):
        if row.id not in old:
            assert row.change in {Change.ADDED, Change.SPLIT}
        elif row.id not in new:
            assert row.change in {Change.STRUCK, Change.JOINED}
        else:
            assert row.change is not Change.ADDED
            assert (row.change is Change.STRUCK) == (new[row.id].repealed and not old[row.id].repealed)
        if row.change is Change.KEPT:
            assert all(run.op is Op.KEEP for run in (*row.heading, *row.text))
            assert (row.label_before, row.mark_before) == (row.label_after, row.mark_after)
        if row.change in {Change.KEPT, Change.RENUMBERED}:
            assert (old[row.id].heading, old[row.id].text) == (new[row.id].heading, new[row.id].text)


@given(amended_books())
def test_labels_and_marks_are_those_of_each_edition(pair):
    old, new = pair
    for row in redline(old, new):
        assert (row.label_before, row.label_after) == (number(old).get(row.id), number(new).get(row.id))
        assert (row.mark_before, row.mark_after) == (printed(old).get(row.id), printed(new).get(row.id))


@given(amended_books())
def test_the_two_ends_of_a_move_of_words_read_the_same(pair):
    ends = {}
    for row in redline(*pair):
        for run in row.text:
            if run.moved:
                ends.setdefault(run.moved, []).append(run)
    for one, other in ends.values():
        assert {one.op, other.op} == {Op.DELETE, Op.INSERT}
        assert one.text == other.text


@given(books())
def test_an_edition_and_itself_do_not_differ(book):
    assert {row.change for row in redline(book, book)} <= {Change.KEPT}


@given(amended_books())
def test_the_plain_form_of_every_clause_reads_back(pair):
    for row in redline(*pair):
        read = parse_plain(plain(row.text))
        assert (before(read), after(read)) == (before(row.text), after(row.text))


def test_a_reworded_clause_shows_its_words():
    rows = by_id(redline(OLD, rules(NAME, clause("fees", "Members pay six pounds a year."), BOARD)))
    assert rows["fees"].change is Change.REWORDED
    assert plain(rows["fees"].text) == "Members pay [-five-]{+six+} pounds a year."
    assert {row.change for row in rows.values()} == {Change.KEPT, Change.REWORDED}


def test_a_changed_heading_is_a_rewording():
    rows = by_id(redline(rules(replace(FEES, heading="Fees")), rules(replace(FEES, heading="Dues"))))
    assert rows["fees"].change is Change.REWORDED
    assert plain(rows["fees"].heading) == "[-Fees-]{+Dues+}"


def test_an_added_clause_renumbers_those_after_it_and_the_references_to_them():
    rows = by_id(redline(OLD, rules(NAME, clause("seat", "Its seat is Leeds."), FEES, BOARD)))
    assert changes(rows.values()) == {
        "name": Change.KEPT, "seat": Change.ADDED, "fees": Change.RENUMBERED, "board": Change.RENUMBERED,
    }  # fmt: skip
    assert (rows["fees"].label_before, rows["fees"].label_after) == ("2", "3")
    assert plain(rows["board"].text) == "The board collects what is due under [-2-]{+3+}."
    assert rows["seat"].label_before is None
    assert rows["seat"].text == (Run(Op.INSERT, "Its seat is Leeds."),)


def test_a_clause_that_only_cites_another_number_is_renumbered_and_not_reworded():
    old = rules(clause("intro", "As [[fees]] says."), FEES)
    new = rules(clause("intro", "As [[fees]] says."), clause("seat", "Its seat is Leeds."), FEES)
    assert changes(redline(old, new))["intro"] is Change.RENUMBERED


def test_a_struck_clause_stands_at_its_old_place():
    rows = redline(OLD, rules(NAME, BOARD))
    assert [row.id for row in rows] == ["name", "fees", "board"]
    assert rows[1].change is Change.STRUCK
    assert (rows[1].label_before, rows[1].label_after, rows[1].mark_after) == ("2", None, None)
    assert plain(rows[2].text) == "The board collects what is due under [-2-]{+[clause no longer in force]+}."


def test_the_first_clause_struck_stands_first():
    assert [row.id for row in redline(OLD, rules(FEES, BOARD))] == ["name", "fees", "board"]


def test_a_clause_struck_with_what_is_below_it_keeps_its_branch_together():
    branch = clause("dues", "Dues:", clause("low", "low"), clause("high", "high"))
    rows = redline(rules(NAME, branch, BOARD), rules(NAME, BOARD))
    assert [(row.id, row.depth) for row in rows] == [("name", 0), ("dues", 0), ("low", 1), ("high", 1), ("board", 0)]


def test_of_two_clauses_in_another_order_one_has_moved():
    rows = by_id(redline(OLD, rules(FEES, BOARD, NAME)))
    assert changes(rows.values()) == {
        "fees": Change.RENUMBERED, "board": Change.RENUMBERED, "name": Change.MOVED,
    }  # fmt: skip
    assert rows["name"].moved_from == "1"
    assert rows["fees"].moved_from is None


def test_a_clause_may_move_under_another_and_be_reworded():
    new = rules(NAME, replace(BOARD, children=(clause("fees", "Members pay six pounds a year."),)))
    row = by_id(redline(OLD, new))["fees"]
    assert (row.change, row.moved_from, row.label_after, row.depth) == (Change.MOVED, "2", "2(1)", 1)
    assert plain(row.text) == "Members pay [-five-]{+six+} pounds a year."


def test_words_that_went_from_one_clause_to_another_are_marked_as_moved():
    both = clause("a", "The chair opens the debate. Every branch sends two delegates and one observer.")
    old = rules(both, clause("b", "Delegates vote."))
    new = rules(
        clause("a", "The chair opens the debate."),
        clause("b", "Delegates vote. Every branch sends two delegates and one observer."),
    )
    rows = by_id(redline(old, new))
    (gone,), (come,) = ([run for run in rows[one].text if run.moved] for one in "ab")
    assert gone.op is Op.DELETE
    assert come.op is Op.INSERT
    assert gone.text == come.text


def test_a_repealed_clause_whose_number_is_kept_is_struck():
    rows = redline(rules(FEES), rules(replace(FEES, text="", repealed=True)))
    assert [(row.change, row.label_after, row.repealed) for row in rows] == [(Change.STRUCK, "1", True)]
    back = redline(rules(replace(FEES, text="", repealed=True)), rules(FEES))
    assert [(row.change, row.repealed) for row in back] == [(Change.REWORDED, False)]


def test_only_the_clauses_asked_for_are_compared():
    assert [row.id for row in redline(OLD, rules(NAME, BOARD), only={"fees", "board"})] == ["fees", "board"]


def test_two_texts_that_have_not_met_are_matched_first():
    typed = rules(*(replace(one, id=f"typed-{place}") for place, one in enumerate((NAME, FEES))))
    rows = redline(rules(NAME, FEES), typed)
    assert changes(rows) == {"name": Change.KEPT, "fees": Change.KEPT}


def test_an_empty_rule_book_is_all_added_or_all_struck():
    assert {row.change for row in redline(rules(), OLD)} == {Change.ADDED}
    assert {row.change for row in redline(OLD, rules())} == {Change.STRUCK}
    assert redline(rules(), rules()) == ()


def test_most_clauses_of_a_real_constitution_are_kept_from_version_to_version():
    texts = versions("debian-constitution")
    for old, new in itertools.pairwise(texts):
        rows = redline(old, new)
        assert sum(row.change in {Change.ADDED, Change.STRUCK} for row in rows) < len(rows) / 2
