"""An amendment follows the text to a newer edition, and says truthfully how it went."""

from dataclasses import replace

import pytest
from corpora import hard_cases
from edits import books, edits
from hypothesis import given
from hypothesis import strategies as st

from amendments.changes import Insert, Move, Reword, Strike
from amendments.edit import apply, rebuilt
from amendments.rebase import State, rebase
from constitution.clause import Clause, Constitution, Kind, Mark, Practice, Repeals, Style

ITEM = Mark(Style.DECIMAL, after=".")


def item(clause_id, text, *children):
    return Clause(clause_id, Kind.ITEM, text=text, mark=ITEM, children=children)


BASE = Constitution(
    "Rules",
    (
        item("name", "The name is Forward."),
        item("fees", "Members pay ten pounds a year, reduced to one pound for the unwaged."),
        item("quorum", "The quorum is one fifth.", item("count", "The chair counts.")),
    ),
)
FIVE = "Members pay five pounds a year, reduced to one pound for the unwaged."
NEW = Clause("new", Kind.ITEM, text="Minutes are published.")


def placed(edit, *since):
    return rebase([edit], BASE, apply(since, BASE) if since else BASE)


def test_an_untouched_clause_takes_the_edit_as_it_is():
    placement = placed(Reword("fees", FIVE), Reword("name", "The name is Onward."))
    assert placement.state is State.CLEAN
    assert placement.edits == (Reword("fees", FIVE),)


def test_a_clause_inserted_above_renumbers_but_never_retargets():
    placement = placed(Reword("fees", FIVE), Insert(None, None, NEW))
    assert placement.state is State.MOVED
    assert placement.each[0][2] == "Clause 2 is now clause 3."
    assert placement.edits == (Reword("fees", FIVE),)


def test_what_others_changed_nearby_is_kept():
    since = BASE["fees"].text.replace("a year", "each year")
    placement = placed(Reword("fees", FIVE), Reword("fees", since))
    assert placement.state is State.REWORDED_NEARBY
    assert placement.edits[0].text == FIVE.replace("a year", "each year")


def test_the_same_words_changed_otherwise_are_a_conflict_for_the_mover():
    placement = placed(Reword("fees", FIVE), Reword("fees", BASE["fees"].text.replace("ten", "six")))
    assert (placement.state, placement.edits) == (State.CONFLICT, None)


def test_an_insertion_both_sides_made_is_not_doubled():
    same = Clause("theirs", Kind.ITEM, text=NEW.text)
    placement = placed(Insert(None, "fees", NEW), Insert(None, "fees", same))
    assert (placement.state, placement.edits) == (State.ALREADY_ADOPTED, ())


def test_words_both_sides_inserted_are_not_doubled():
    both = BASE["name"].text.replace("Forward", "Forward Together")
    assert placed(Reword("name", both), Reword("name", both)).state is State.ALREADY_ADOPTED


def test_a_struck_clause_is_gone_and_nothing_else_is_hit():
    placement = placed(Reword("fees", FIVE), Strike("fees"))
    assert (placement.state, placement.edits) == (State.CLAUSE_GONE, None)


def test_an_amendment_with_one_of_two_clauses_gone_is_for_its_mover():
    edits = [Reword("fees", FIVE), Reword("name", "The name is Onward.")]
    assert rebase(edits, BASE, apply([Strike("fees")], BASE)).state is State.CONFLICT


def test_striking_what_was_improved_since_is_not_done_in_silence():
    assert placed(Strike("quorum"), Reword("count", "Tellers count.")).state is State.CONFLICT
    assert placed(Strike("quorum"), Strike("quorum")).state is State.ALREADY_ADOPTED
    assert placed(Strike("quorum"), Reword("name", "Onward.")).state is State.CLEAN


def test_a_new_clause_finds_the_nearest_clause_before_its_own():
    placement = placed(Insert(None, "fees", NEW), Strike("fees"))
    assert placement.state is State.REWORDED_NEARBY
    assert placement.edits == (Insert(None, "name", NEW),)
    first = placed(Insert(None, "name", NEW), Strike("name"))
    assert first.edits == (Insert(None, None, NEW),)


def test_two_new_clauses_at_one_place_need_a_look_at_their_order():
    other = Clause("theirs", Kind.ITEM, text="The fee is fair.")
    assert placed(Insert(None, "fees", NEW), Insert(None, "fees", other)).state is State.REWORDED_NEARBY


def test_a_new_clause_in_a_parent_that_is_gone_has_no_place():
    assert placed(Insert("quorum", "count", NEW), Strike("quorum")).state is State.CLAUSE_GONE


def test_a_new_clause_keeps_its_own_followers():
    follower = Clause("second-new", Kind.ITEM, text="They are kept for ten years.")
    edits = [Insert(None, "fees", NEW), Insert(None, "new", follower)]
    now = apply([Reword("name", "Onward.")], BASE)
    assert [one.id for one in apply(rebase(edits, BASE, now).edits, now).clauses][1:4] == ["fees", "new", "second-new"]


def test_a_move_into_what_has_been_moved_into_it_is_for_its_mover():
    now = apply([Move("quorum", "fees", None)], BASE)
    assert rebase([Move("fees", "quorum", None)], BASE, now).state is State.CONFLICT


@pytest.mark.parametrize(
    ("since", "state"),
    [
        (Reword("name", "Onward."), State.CLEAN),
        (Move("fees", None, "quorum"), State.ALREADY_ADOPTED),
        (Move("fees", "quorum", None), State.CONFLICT),
        (Strike("fees"), State.CLAUSE_GONE),
    ],
)
def test_a_move_goes_on_from_where_the_clause_is(since, state):
    assert placed(Move("fees", None, "quorum"), since).state is state


def test_a_move_does_not_disturb_a_rewording():
    placement = placed(Move("name", None, "quorum"), Reword("name", "The name is Onward."))
    now = apply([Reword("name", "The name is Onward.")], BASE)
    assert apply(placement.edits, now).clauses[-1].text == "The name is Onward."


def paragraphs(texts):
    return Constitution("Case", tuple(item(f"p{n}", text) for n, text in enumerate(texts)))


def test_the_hard_cases_of_drift_and_rewriting():
    cases = {case["name"]: case for case in hard_cases()}
    drift = next(case for name, case in cases.items() if name.startswith("own-11"))
    base = paragraphs(drift["base"])
    now = apply(
        [Insert(None, None, Clause("pre", Kind.ITEM, text=drift["changed"]["then_lead_motion_becomes"][0]))], base
    )
    wanted = drift["changed"]["amendment_paragraphs"]["3"]
    after = apply(rebase([Reword("p3", wanted)], base, now).edits, now)
    assert [one.text for one in after.clauses] == [
        *drift["changed"]["then_lead_motion_becomes"][:4],
        wanted,
        *drift["changed"]["then_lead_motion_becomes"][5:],
    ]
    twice = cases["rewrite_same_new_clause"]
    one, new, two = twice["changed"][0].split("\n\n")
    base = paragraphs([one, two])
    adopted = apply([Insert(None, "p0", Clause("theirs", Kind.ITEM, text=new))], base)
    placement = rebase([Insert(None, "p0", Clause("mine", Kind.ITEM, text=new))], base, adopted)
    assert placement.state is State.ALREADY_ADOPTED
    moved = cases["rewrite_moved_clause_edited"]
    base = paragraphs(moved["base"].split("\n\n"))
    now = apply([Reword("p0", moved["changed"][1].split("\n\n")[0])], base)
    result = apply(rebase([Move("p0", None, "p2")], base, now).edits, now)
    assert "\n\n".join(clause.text for clause in result.clauses) == moved["expected"]


THEIRS_ELSEWHERE = Clause("elsewhere", Kind.ITEM, text="Accounts are published.")
THEIRS = Clause("theirs", Kind.ITEM, text="Minutes are published.")


def placed_all(edits, *since):
    return rebase(edits, BASE, apply(since, BASE))


def test_references_to_a_new_clause_that_others_brought_in_lead_to_theirs():
    since = Insert(None, "fees", THEIRS)
    mine = [Insert(None, "fees", NEW), Reword("name", "The name is Forward, see [[new]].")]
    placement = placed_all(mine, since)
    assert [state for _, state, _ in placement.each] == [State.ALREADY_ADOPTED, State.CLEAN]
    assert placement.edits == (Reword("name", "The name is Forward, see [[theirs]]."),)


def test_what_was_to_follow_a_new_clause_follows_the_one_others_brought_in():
    follower = Clause("next", Kind.ITEM, text="They cite [[new]].")
    placement = placed_all([Insert(None, "fees", NEW), Insert(None, "new", follower)], Insert(None, "fees", THEIRS))
    assert placement.edits == (Insert(None, "theirs", Clause("next", Kind.ITEM, text="They cite [[theirs]].")),)
    assert placement.state is State.CLEAN


def test_what_was_to_stand_in_a_new_clause_stands_in_the_one_others_brought_in():
    below = Clause("below", Kind.ITEM, text="Within a month.")
    placement = placed_all([Insert(None, "fees", NEW), Insert("new", None, below)], Insert(None, "fees", THEIRS))
    assert placement.edits == (Insert("theirs", None, below),)


def test_what_stands_in_a_new_clause_is_recognised_with_it():
    mine, theirs = (Clause(one, Kind.ITEM, text="Within a month.") for one in ("mine", "also-theirs"))
    made = [Insert(None, "fees", NEW), Insert("new", None, mine)]
    since = [Insert(None, "fees", THEIRS), Insert("theirs", None, theirs)]
    assert placed_all(made, *since).state is State.ALREADY_ADOPTED


def test_a_new_clause_with_more_below_it_than_theirs_is_another():
    deep = Clause("deep", Kind.ITEM, text=NEW.text, children=(Clause("below", Kind.ITEM, text="Within a month."),))
    deeper = replace(deep, children=(*deep.children, Clause("last", Kind.ITEM, text="In print.")))
    theirs = Clause("theirs", Kind.ITEM, text=NEW.text, children=(Clause("x", Kind.ITEM, text="Within a month."),))
    since = Insert(None, "fees", theirs)
    assert placed_all([Insert(None, "fees", deep)], since).state is State.ALREADY_ADOPTED
    assert placed_all([Insert(None, "fees", deeper)], since).state is State.REWORDED_NEARBY


def test_what_moves_behind_a_new_clause_moves_behind_theirs():
    placement = placed_all([Insert(None, "fees", NEW), Move("name", None, "new")], Insert(None, "fees", THEIRS))
    assert placement.edits == (Move("name", None, "theirs"),)


def test_a_clause_that_moved_away_is_no_anchor_any_more():
    placement = placed(Insert(None, "fees", NEW), Move("fees", "quorum", None))
    assert (placement.state, placement.edits) == (State.REWORDED_NEARBY, (Insert(None, "name", NEW),))


@pytest.mark.parametrize("edit", [Insert(None, "fees", NEW), Insert("fees", None, NEW), Move("name", None, "fees")])
def test_what_stands_at_a_renumbered_clause_is_moved_with_it(edit):
    first = Clause("first", Kind.ITEM, text="There are rules.")
    assert placed(edit, Insert(None, None, first)).state is State.MOVED


def test_a_new_clause_below_a_new_one_waits_for_nothing():
    below = Clause("below", Kind.ITEM, text="Within a month.")
    made = [Insert(None, "fees", NEW), Insert("new", None, below)]
    placement = placed_all(made, Reword("name", "The name is Onward."))
    assert (placement.state, placement.edits) == (State.CLEAN, tuple(made))


def test_a_move_to_its_own_place_is_kept_for_the_order_it_gives():
    made = (Move("fees", None, "name"), Insert(None, "name", NEW))
    placement = placed_all(made, Reword("quorum", "The quorum is one quarter."))
    assert placement.edits == made


def test_what_was_brought_in_since_and_repealed_again_takes_nothing_in():
    kept = replace(BASE, practice=Practice(repeals=Repeals.KEEP))
    now = apply([Strike("theirs")], apply([Insert(None, "fees", THEIRS)], kept))
    below = Clause("below", Kind.ITEM, text="Within a month.")
    assert rebase([Insert("theirs", None, below)], kept, now).state is State.CLAUSE_GONE


def test_a_heading_changed_otherwise_is_a_conflict_too():
    headed = replace(BASE, clauses=(replace(BASE.clauses[0], heading="Name"), *BASE.clauses[1:]))
    now = apply([Reword("name", BASE["name"].text, "What we are called")], headed)
    assert rebase([Reword("name", "The name is Onward.", "Title")], headed, now).state is State.CONFLICT


def test_a_new_clause_one_place_further_crowds_nobody():
    assert placed(Insert(None, "name", NEW), Insert(None, "fees", THEIRS_ELSEWHERE)).state is State.CLEAN


def test_a_new_clause_is_recognised_below_another_too():
    placement = placed_all([Insert("quorum", "count", NEW)], Insert("quorum", None, THEIRS))
    assert placement.state is State.ALREADY_ADOPTED


def test_what_came_in_as_ones_own_is_not_taken_for_another_of_the_same_words():
    mine = [Insert(None, "fees", NEW), Reword("name", "The name is Forward, see [[new]].")]
    placement = placed_all(mine, Insert(None, "fees", THEIRS), Insert(None, "theirs", NEW))
    assert placement.edits == (mine[1],)


def test_a_new_clause_that_cites_itself_is_known_by_its_words():
    mine = Clause("mine", Kind.ITEM, text="Minutes under [[mine]] are published.")
    theirs = Clause("theirs", Kind.ITEM, text="Minutes under [[theirs]] are published.")
    assert placed_all([Insert(None, "fees", mine)], Insert(None, "fees", theirs)).state is State.ALREADY_ADOPTED


def test_a_new_clause_changed_since_it_came_in_is_not_brought_in_again():
    other = Clause("new", Kind.ITEM, text="Minutes are printed.")
    placement = placed_all([Insert(None, "fees", NEW)], Insert(None, "fees", other))
    assert placement.each[0][1:] == (
        State.ALREADY_ADOPTED, "The new clause is already in the text; its words have been changed since.",
    )  # fmt: skip


def test_a_clause_of_which_only_the_number_is_left_is_gone():
    kept = replace(BASE, practice=Practice(repeals=Repeals.KEEP))
    now = apply([Strike("fees")], kept)
    assert rebase([Reword("fees", FIVE)], kept, now).state is State.CLAUSE_GONE
    assert rebase([Move("fees", None, None)], kept, now).state is State.CLAUSE_GONE
    assert rebase([Strike("fees")], kept, now).state is State.ALREADY_ADOPTED
    assert rebase([Insert("fees", None, NEW)], kept, now).state is State.CLAUSE_GONE
    assert rebase([Insert(None, "fees", NEW)], kept, now).state is State.CLEAN
    assert rebase([Reword("fees", FIVE)], now, now).state is State.CLEAN


def test_a_new_clause_below_one_that_is_gone_is_not_looked_for_elsewhere():
    below = Insert("quorum", "count", NEW)
    assert placed(below, Strike("quorum")).state is State.CLAUSE_GONE


@given(st.data())
def test_an_amendment_placed_on_the_edition_it_was_made_on_is_itself(data):
    base = data.draw(books())
    made = data.draw(edits(base))
    assert rebuilt(rebase(made, base, base).edits, base) == rebuilt(made, base)


@given(st.data())
def test_nothing_that_others_did_is_undone(data):
    """Words the amendment does not touch are afterwards as the newer edition has them."""
    base = data.draw(books())
    now = rebuilt(data.draw(edits(base, prefix="t")), base)
    made = data.draw(edits(base))
    placement = rebase(made, base, now)
    if placement.edits is None:
        return
    outcome = rebuilt(placement.edits, now)
    touched = {one.clause for one in made if isinstance(one, Reword)}
    gone = {below.id for one in placement.edits if isinstance(one, Strike) for below in now[one.clause].walk()}
    for one in now.walk():
        if one.id not in touched | gone:
            assert (outcome[one.id].heading, outcome[one.id].text) == (one.heading, one.text)


@given(st.data())
def test_an_amendment_already_adopted_changes_nothing_more(data):
    base = data.draw(books())
    made = data.draw(edits(base))
    now = rebuilt(made, base)
    again = rebase(made, base, now)
    assert again.edits is None or rebuilt([one for one in again.edits if not isinstance(one, Move)], now) == now
