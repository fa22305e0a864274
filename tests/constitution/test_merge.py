import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest
from corpora import hard_cases
from hypothesis import given
from strategies import merges

from constitution.diff import Op, diff
from constitution.merge import COMMITTEE, OpenConflict, Reason, UnknownWording, Word, merge, settle
from constitution.provenance import spans
from constitution.tokens import tokens, word_count

GOLDEN = Path(__file__).parents[1] / "golden" / "hard_cases.json"
FEES = "Members pay five pounds monthly to the branch treasurer in person."


def words_of(pieces):
    return "".join(word.text for word in pieces)


@given(merges())
def test_one_side_alone_gives_its_text(case):
    base, sides = case
    for text in sides.values():
        assert merge(base, {"Ada": text}).text == text


@given(merges())
def test_a_side_and_its_double_give_the_same_text_and_both_have_the_credit(case):
    base, sides = case
    for text in sides.values():
        alone, twice = merge(base, {"Ada": text}), merge(base, {"Ada": text, "Ben": text})
        assert twice.text == text
        assert [word.text for word in twice.words] == [word.text for word in alone.words]
        assert {word.sources for word in twice.words} <= {frozenset(), frozenset({"Ada", "Ben"})}


@given(merges())
def test_the_order_of_the_sides_changes_nothing(case):
    base, sides = case
    assert merge(base, sides) == merge(base, dict(reversed(sides.items())))


@given(merges())
def test_the_names_of_the_sides_change_neither_text_nor_conflicts(case):
    base, sides = case
    names = dict(zip(sides, reversed(sides), strict=True))
    one, other = merge(base, sides), merge(base, {names[side]: text for side, text in sides.items()})
    assert one.text == other.text
    assert [(conflict.base, conflict.start) for conflict in one.conflicts] == [
        (conflict.base, conflict.start) for conflict in other.conflicts
    ]
    for conflict, counterpart in zip(one.conflicts, other.conflicts, strict=True):
        renamed = {text: frozenset(names[side] for side in sides) for text, sides in conflict.options.items()}
        assert counterpart.options == renamed


@given(merges())
def test_an_unchanged_side_changes_nothing(case):
    base, sides = case
    assert merge(base, {**sides, "Eva": base}) == merge(base, sides)


@given(merges())
def test_a_clean_merge_is_the_base_without_what_was_deleted_and_with_what_was_inserted(case):
    base, sides = case
    merged = merge(base, sides)
    if merged.text is None:
        return
    expected = Counter(base)
    for change in merged.changes:
        for splice in change.splices:
            expected.subtract(base[splice.start : splice.end])
            expected.update(splice.text)
    assert +expected == Counter(merged.text)
    edits = {splice for change in merged.changes for splice in change.splices}
    assert len(edits) == sum(len(change.splices) for change in merged.changes)


@given(merges())
def test_taking_one_side_everywhere_gives_its_text_there(case):
    base, sides = case
    merged = merge(base, sides)
    for conflict in merged.conflicts:
        for wording, names in conflict.options.items():
            assert words_of(conflict.readings[wording]) == wording
            assert names
    for side, text in sides.items():
        rest = {change for change in merged.changes if side in change.sides}
        taken = rebuilt(base, merged, side, rest)
        assert taken == text


def rebuilt(base, merged, side, changes):
    """The base with this side's changes and, in every conflict, this side's wording."""
    edges = [0]
    for token in tokens(base):
        edges.append(edges[-1] + len(token))
    edits = [(change.start, change.end, change.text) for change in changes]
    for conflict in merged.conflicts:
        start = edges[conflict.start]
        wording = next((text for text, names in conflict.options.items() if side in names), conflict.base)
        edits.append((start, start + len(conflict.base), wording))
    result, here = "", 0
    for start, end, text in sorted(edits):
        result, here = result + base[here:start] + text, end
    return result + base[here:]


@given(merges())
def test_every_token_has_its_source(case):
    base, sides = case
    merged = merge(base, sides)
    assert len(merged.pieces) == 2 * len(merged.conflicts) + 1
    assert merged.pieces[1::2] == merged.conflicts
    for word in merged.words:
        assert word.sources <= sides.keys()
    for side, text in sides.items():
        kept = merge(base, {side: text}).words
        assert words_of(word for word in kept if not word.sources) == "".join(
            run.text for run in diff(base, text) if run.op is Op.KEEP
        )


@given(merges())
def test_a_conflict_settled_by_any_option_or_the_base_is_a_text(case):
    base, sides = case
    merged = merge(base, sides)
    bases = settle(merged, {number: conflict.base for number, conflict in enumerate(merged.conflicts)})
    firsts = settle(merged, {number: next(iter(conflict.options)) for number, conflict in enumerate(merged.conflicts)})
    for words, chosen in ((bases, lambda one: one.base), (firsts, lambda one: next(iter(one.options)))):
        expected = [chosen(piece) if index % 2 else words_of(piece) for index, piece in enumerate(merged.pieces)]
        assert words_of(words) == "".join(expected)
    owned = settle(merged, {}, dict.fromkeys(range(len(merged.conflicts)), "Nothing of this."))
    assert words_of(owned).count("Nothing of this.") >= len(merged.conflicts)


def test_without_sides_the_base_stands():
    assert merge(FEES, {}).text == FEES


def test_disjoint_changes_merge_and_each_word_names_its_side():
    merged = merge(FEES, {"Ada": FEES.replace("five", "six"), "Ben": FEES.replace("in person", "by post")})
    assert merged.text == "Members pay six pounds monthly to the branch treasurer by post."
    assert [word for word in merged.words if word.sources and word.text.strip()] == [
        Word("six", frozenset({"Ada"})), Word("by", frozenset({"Ben"})), Word("post", frozenset({"Ben"})),
    ]  # fmt: skip


def test_deletions_that_only_touch_merge():
    merged = merge("one two. three four", {"Ada": "one . three four", "Ben": "one two three four"})
    assert merged.text == "one  three four"


def test_an_insertion_where_another_side_replaces_is_a_conflict():
    merged = merge("by proxy.", {"Ada": "by proxy at all.", "Ben": "by post."})
    assert merged.text is None
    assert merged.conflicts[0].options == {"proxy at all": frozenset({"Ada"}), "post": frozenset({"Ben"})}


def test_an_insertion_between_two_replacements_touches_both():
    merged = merge("one§two", {"Ada": "ONE§two", "Ben": "one new§two", "Cem": "one$two"})
    (conflict,) = merged.conflicts
    assert conflict.base == "one§"
    assert conflict.sides == {"Ada", "Ben", "Cem"}


def test_replacements_that_only_touch_merge_whatever_was_inserted_before():
    merged = merge("x one§two", {"Ada": "x ONE§two", "Ben": "new x one§two", "Cem": "x one$two"})
    assert merged.text == "new x ONE$two"


def test_ten_and_fifteen_and_twenty_per_cent_never_become_twenty_five():
    merged = merge("A fee of 10 % is due.", {"Ada": "A fee of 15 % is due.", "Ben": "A fee of 20 % is due."})
    assert merged.conflicts[0].options == {"15": frozenset({"Ada"}), "20": frozenset({"Ben"})}
    assert words_of(merged.words) == "A fee of  % is due."


def test_changes_that_chain_are_one_conflict():
    base = "a b c d e f g h"
    merged = merge(base, {"Ada": "a X Y d e f g h", "Ben": "a b P Q R f g h", "Cem": "a b c d S T g h"})
    (conflict,) = merged.conflicts
    assert conflict.base == "b c d e f"
    assert conflict.options == {
        "X Y d e f": frozenset({"Ada"}), "b P Q R f": frozenset({"Ben"}), "b c d S T": frozenset({"Cem"}),
    }  # fmt: skip
    assert conflict.sides == {"Ada", "Ben", "Cem"}


def test_two_insertions_at_one_point_may_both_be_kept_in_an_order():
    base = "One.\n\nTwo."
    merged = merge(base, {"Ada": "One.\n\nNew a.\n\nTwo.", "Ben": "One.\n\nNew b.\n\nTwo."})
    (conflict,) = merged.conflicts
    assert conflict.is_order
    words = settle(merged, {0: ("New b.\n\n", "New a.\n\n")})
    assert words_of(words) == "One.\n\nNew b.\n\nNew a.\n\nTwo."
    assert {word.sources for word in words if word.text == "b"} == {frozenset({"Ben"})}


def conflicting():
    return merge(FEES, {"Ada": FEES.replace("five", "six"), "Ben": FEES.replace("five", "seven")})


def test_an_open_conflict_cannot_be_passed_over():
    with pytest.raises(OpenConflict) as refusal:
        settle(conflicting(), {})
    assert refusal.value.conflicts == (0,)


@pytest.mark.parametrize("choice", ["eight", ("six", "seven"), ("eight",)])
def test_a_wording_nobody_proposed_cannot_be_chosen(choice):
    with pytest.raises(UnknownWording) as refusal:
        settle(conflicting(), {0: choice})
    assert refusal.value.conflict == 0


def test_the_words_of_the_committee_are_its_own_and_the_rest_stays_credited():
    base = "Members pay five pounds."
    merged = merge(base, {"Ada": "Members give a fair share of income.", "Ben": "Members owe ten pounds."})
    words = settle(merged, {}, {0: "give a fair part of income"})
    assert words_of(words) == "Members give a fair part of income."
    assert [word.text for word in words if word.sources == {COMMITTEE}] == ["part"]
    assert {word.sources for word in words if word.text in {"give", "income"}} == {frozenset({"Ada"})}


def test_a_wording_that_is_a_sides_own_is_credited_to_it_alone():
    merged = merge("Pay five now.", {"Ada": "Pay six now.", "Ben": "Pay ten now."})
    words = settle(merged, {}, {0: "ten"})
    assert [word for word in words if word.sources] == [Word("ten", frozenset({"Ben"}))]


def test_words_near_one_another_need_a_look():
    merged = merge(FEES, {"Ada": FEES.replace("five", "six"), "Ben": FEES.replace("monthly", "yearly")})
    (look,) = merged.looks
    assert (look.reason, look.passage, look.sides) == (Reason.NEAR, "five pounds monthly", {"Ada", "Ben"})


def test_words_far_from_one_another_need_none():
    assert merge(FEES, {"Ada": FEES.replace("five", "six"), "Ben": FEES.replace("person", "cash")}).looks == ()


def test_must_and_not_from_two_sides_need_a_look():
    base = "Officers may, as long as they are members of the party, vote on it by post."
    merged = merge(base, {"Ada": base.replace("may", "must"), "Ben": base.replace("vote", "not vote")})
    assert merged.text == "Officers must, as long as they are members of the party, not vote on it by post."
    assert [look.reason for look in merged.looks] == [Reason.TURNING]


def test_a_negation_in_another_sentence_needs_none():
    base = "Officers may vote on all that is before the board. Members of it do so by post and in due time."
    assert not merge(base, {"Ada": base.replace("may", "must"), "Ben": base.replace("time", "form")}).looks


def test_german_negations_count_too():
    base = "Mitglieder können in jeder Versammlung des Vereins alle Anträge stellen."
    merged = merge(base, {"Ada": base.replace("alle", "keine"), "Ben": base.replace("Mitglieder", "Gäste")})
    assert [look.reason for look in merged.looks] == [Reason.TURNING]


def test_what_one_side_wrote_as_a_whole_needs_no_look():
    both = FEES.replace("five", "six").replace("monthly", "yearly")
    merged = merge(FEES, {"Ada": both, "Ben": FEES.replace("monthly", "yearly")})
    assert merged.text == both
    assert merged.looks == ()


def cases(*kinds):
    return {case["name"]: case for case in hard_cases() if case["kind"] in kinds}


def merged_case(name):
    case = cases("merge", "collision")[name]
    return merge(case["base"], {str(number): text for number, text in enumerate(case["changed"], start=1)})


def test_the_same_replacement_twice_is_credited_to_both():
    merged = merged_case("merge_identical_replacement")
    assert [word for word in merged.words if word.sources] == [Word("six", frozenset({"1", "2"}))]
    assert merged.text == cases("merge")["merge_identical_replacement"]["changed"][0]


def test_an_insertion_inside_a_replaced_phrase_is_a_conflict_of_that_phrase():
    merged = merged_case("merge_insert_inside_replaced_phrase")
    (conflict,) = merged.conflicts
    assert conflict.base == "five pounds monthly"
    assert conflict.options == {
        "a fair share of income": frozenset({"1"}), "five British pounds monthly": frozenset({"2"}),
    }  # fmt: skip
    assert words_of(merged.words) == FEES.replace("five pounds monthly", "")


def test_competing_new_clauses_are_both_kept_with_their_order_to_be_chosen():
    merged = merged_case("merge_competing_new_clauses")
    (conflict,) = merged.conflicts
    assert conflict.is_order
    assert [set(sides) for sides in conflict.options.values()] == [{"1"}, {"2"}]
    base, changed = (cases("merge")["merge_competing_new_clauses"][key] for key in ("base", "changed"))
    assert words_of(settle(merged, {0: tuple(conflict.options)})).startswith(changed[0][: len(changed[0]) - 90])
    assert words_of(settle(merged, {0: conflict.base})) == base


def test_disjoint_words_of_one_line_do_not_collide():
    merged = merged_case("own-13 collision false positive")
    assert "five pounds each year" in merged.text
    assert merged.conflicts == ()


def outline(merged):
    """A merge in counts of words and names of sides: 3 words of the base, 1@Ada; in a conflict base/option@Ada."""
    for piece in merged.pieces:
        if isinstance(piece, tuple):
            for span in spans(piece):
                yield f"{word_count(span.text)}" + "@" * bool(span.sources) + "+".join(sorted(span.sources))
        else:
            options = [f"{word_count(text)}@{'+'.join(sorted(names))}" for text, names in sorted(piece.options.items())]
            yield "/".join([f"conflict:{word_count(piece.base)}", *options])


def outcome(merged):
    """What a merge says, as an outline and a digest; the texts are not ours to copy."""
    conflicts = [[one.base, {text: sorted(names) for text, names in one.options.items()}] for one in merged.conflicts]
    words = [[word.text, sorted(word.sources)] for word in merged.words]
    told = json.dumps([merged.text, conflicts, words], sort_keys=True)
    looks = [f"{look.reason} {'+'.join(sorted(look.sides))}" for look in merged.looks]
    digest = hashlib.sha256(told.encode()).hexdigest()
    return {"outline": " ".join(outline(merged)), "looks": looks, "sha256": digest}


def test_the_hard_cases_merge_as_they_did_before():
    shown = {name: outcome(merged_case(name)) for name in cases("merge", "collision")}
    assert shown == json.loads(GOLDEN.read_text(encoding="utf8"))["merges"]
