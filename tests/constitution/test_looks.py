import pytest
from hypothesis import given
from strategies import law_text

from constitution import looks
from constitution.merge import Reason, merge
from constitution.tokens import word_count

BETWEEN = "as long as the board has been told of it in good time, "
OFFICERS = f"Officers may, {BETWEEN}vote on it by post."


def reasons(base, *sides):
    """Why the merge of these sides needs a look."""
    return [look.reason for look in merge(base, dict(zip(("Ada", "Ben", "Cem"), sides, strict=False))).looks]


def reasons_for(base, old, new):
    """The same for one change in the first words of a text when another side changes its end."""
    assert old in base
    assert base.endswith("by post.")
    return reasons(base, base.replace(old, new), base.replace("by post.", "by letter."))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1 May 2026", "1 May 2027"),
        ("1 May 2026", "1 June 2026"),
        ("1 May 2026", "May"),
        ("1 May 2026", "May 1st"),
        ("1 May 2026", "the May elections"),
        ("1 May 2026", "the end of May"),
        ("Since 1 May 2026,", "May 1st is when,"),
        ("Since 1 May 2026,", "May is when,"),
        ("Since 1 May 2026,", "May 2026:"),
        ("Since 1 May 2026,", "Told. May and June,"),
        ("Since 1 May 2026,", "Since the last congress,"),
    ],
)
def test_the_month_of_may_does_not_turn_a_sentence(old, new):
    base = f"Since 1 May 2026, {BETWEEN}they vote on it by post."
    assert reasons_for(base, old, new) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Officers can", "Officers may"),
        ("Officers can", "Officers do"),
        ("Officers can", "May officers"),
        ("Officers can", "May only"),
        ("Officers can", "“May only"),
        ("Officers can", "Officers MAY"),
        ("Officers can", "(May not"),
    ],
)
def test_the_verb_may_turns_it(old, new):
    base = f"Officers can, {BETWEEN}vote on it by post."
    assert reasons_for(base, old, new) == [Reason.TURNING]


@pytest.mark.parametrize(
    "sentence",
    ["May not,", "All agree. May officers,", "All agree.” May officers,", "All agree.\n\nMay officers,", "  May vote,"],
)
def test_may_at_the_start_of_a_sentence_of_the_base_is_the_verb(sentence):
    base = f"{sentence} {BETWEEN}vote on it by post."
    assert reasons_for(base, "May", "Must") == [Reason.TURNING]
    assert reasons_for(base, "May", "Since") == [Reason.TURNING]


def test_a_month_that_became_a_verb_turns_the_sentence():
    base = f"By May, {BETWEEN}they vote on it by post."
    assert reasons_for(base, "By May", "They may") == [Reason.TURNING]


def test_a_may_far_from_the_start_of_a_long_text_is_told_by_what_stands_beside_it():
    before = "The board meets in every month of the year that has five Sundays. "
    base = f"{before}It ends in May, {BETWEEN}they vote on it by post."
    assert reasons_for(base, "in May", "in June") == []
    base = f"{before}May they, {BETWEEN}vote on it by post."
    assert reasons_for(base, "May they", "Do they") == [Reason.TURNING]


@pytest.mark.parametrize("word", ["not", "never", "shall", "must", "unless", "don't", "nicht", "keiner", "müssen"])
def test_modals_and_negations_turn_a_sentence(word):
    assert reasons_for(OFFICERS, "may", f"may {word}") == [Reason.TURNING]


def test_a_turning_word_that_is_only_moved_by_one_splice_turns_nothing():
    base = f"They may not ever, {BETWEEN}vote on it by post."
    assert reasons_for(base, "may not ever", "ever may not") == []


def test_a_change_over_two_sentences_counts_for_both():
    base = f"Officers meet {BETWEEN}and talk. Staff, {BETWEEN}vote on it by post."
    assert reasons_for(base, "talk. Staff", "never") == [Reason.TURNING]


def test_three_words_are_near_and_four_are_not():
    base = "one two three four five six seven eight"
    assert reasons(base, base.replace("one", "1"), base.replace("five", "5")) == [Reason.NEAR]
    assert reasons(base, base.replace("one", "1"), base.replace("six", "6")) == []


@pytest.mark.parametrize("word", ["long" * 20, "long" * 30, "1.2(a)" + "(b)" * 40])
def test_three_long_words_are_near_and_four_are_not(word):
    base = f"one {word} {word} {word} five six"
    assert reasons(base, base.replace("one", "1"), base.replace("five", "5")) == [Reason.NEAR]
    assert reasons(base, base.replace("one", "1"), base.replace("six", "6")) == []


@given(law_text())
def test_how_far_changes_are_apart_is_told_as_by_counting_all_words(between):
    assert looks._are_far(between) == (word_count(between) > 3)


def test_signs_between_changes_are_no_words():
    base = "one, (two); - three: four / five six"
    assert reasons(base, base.replace("one", "1"), base.replace("five", "5")) == [Reason.NEAR]


def test_the_passage_goes_from_the_first_change_to_the_last():
    base = "Members pay five pounds monthly to the branch treasurer in person."
    (look,) = merge(
        base,
        {
            "Ada": base.replace("five", "six"),
            "Ben": base.replace("monthly", "yearly"),
            "Cem": base.replace("branch", "local"),
        },
    ).looks
    assert (look.passage, look.sides) == ("five pounds monthly to the branch", {"Ada", "Ben", "Cem"})
    assert base[look.start : look.end] == look.passage
