"""Several amendments made one: what agrees, merges and conflicts, the committee's choices, and the source of every word."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import pytest
from edits import books, edits, item
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from amendments.changes import Edit, Insert, Move, Reword, Strike, inserted
from amendments.choices import answered
from amendments.composite import (
    OWN,
    Choices,
    Composition,
    Nature,
    NoSuchOption,
    OpenConflict,
    Question,
    Relation,
    Settled,
    Summary,
    compose,
    settle,
)
from amendments.deciding import bearing, leaving
from amendments.edit import EditConflict, rebuilt
from constitution.clause import Clause, Constitution, Kind, UnknownClause

BOOK = Constitution(
    "Rules",
    (
        item("aims", "We exist."),
        item(
            "fees",
            "Members pay five pounds monthly to the branch treasurer in person.",
            item("low", "The unwaged pay one pound."),
        ),
        item("board", "The committee has nine members elected every year.", heading="Board"),
    ),
)


def reword(old: str, new: str, clause: str = "fees") -> Reword:
    return Reword(clause, BOOK[clause].text.replace(old, new))


def new(clause_id: str, text: str, *children: Clause) -> Clause:
    return Clause(clause_id, Kind.ITEM, text=text, children=children)


def together(*sides: Edit | tuple[Edit, ...]) -> Composition:
    return compose(BOOK, {f"A{n}": side if isinstance(side, tuple) else (side,) for n, side in enumerate(sides, 1)})


def only(composition: Composition, choices: Choices | None = None) -> Question:
    (question,) = composition.questions(choices)
    return question


def pick(composition: Composition, key: str) -> Settled:
    return settle(composition, Choices(picked={only(composition).key: key}))


def ids(book: Constitution) -> list[str]:
    return [one.id for one in book.walk()]


def credited(settled: Settled, clause: str) -> dict[str, set[str]]:
    return {word.text: set(word.sources) for word in settled.words[clause] if word.sources}


# Words.


def test_one_wording_that_two_ask_for_is_credited_to_both() -> None:
    met = together(reword("five", "six"), reword("five", "six"))
    settled = settle(met, Choices())
    assert "pay six pounds" in settled.constitution["fees"].text
    assert credited(settled, "fees") == {"six": {"A1", "A2"}}
    assert [one.relation for one in met.meetings()] == [Relation.AGREEMENT]


def test_disjoint_words_merge_without_a_question() -> None:
    met = together(reword("five", "six"), reword("in person", "by post"))
    settled = settle(met, Choices())
    assert settled.constitution["fees"].text == "Members pay six pounds monthly to the branch treasurer by post."
    assert [one.relation for one in met.meetings()] == [Relation.MERGE]
    assert settled.committee_words == 0


def test_a_phrase_replaced_and_changed_inside_is_a_question_about_the_whole_phrase() -> None:
    met = together(reword("five pounds monthly", "a fair share of income"), reword("five", "five British"))
    question = only(met)
    assert [one.relation for one in met.meetings()] == [Relation.CONFLICT]
    assert question.sources == {"A1", "A2"}
    assert (question.nature, question.base, question.part) == (Nature.WORDS, "five pounds monthly", "text")
    assert {one.text: set(one.sources) for one in question.options} == {
        "a fair share of income": {"A1"},
        "five British pounds monthly": {"A2"},
        "five pounds monthly": set(),
    }
    with pytest.raises(OpenConflict, match="1 conflict") as caught:
        settle(met, Choices())
    assert caught.value.questions == (question,)


@pytest.mark.parametrize("nth", [0, 1, 2])
def test_the_option_that_is_picked_stands(nth: int) -> None:
    met = together(reword("five pounds monthly", "a fair share of income"), reword("five", "five British"))
    option = only(met).options[nth]
    settled = pick(met, option.key)
    assert settled.constitution["fees"].text == BOOK["fees"].text.replace("five pounds monthly", option.text)
    assert set().union(*credited(settled, "fees").values()) == set(option.sources)


def test_the_committees_own_words_are_counted() -> None:
    met = together(reword("five pounds", "six pounds"), reword("five pounds", "seven pounds"))
    key = only(met).key
    settled = settle(met, Choices(written={key: "between six and eight"}))
    assert "pay between six and eight pounds" in settled.constitution["fees"].text
    assert settled.committee_words == 3
    assert settle(met, Choices(picked={key: OWN}, written={key: "eight"})).committee_words == 1
    assert settle(met, Choices(picked={key: "base"}, written={key: "eight"})).constitution == BOOK
    assert not answered(only(met), Choices(picked={key: OWN}))


def test_words_inserted_at_one_point_can_be_put_in_order() -> None:
    met = together(reword("Members", "Members always", "fees"), reword("Members", "Members gladly", "fees"))
    question = only(met)
    assert question.ordered
    settled = settle(met, Choices(orders={question.key: tuple(one.key for one in reversed(question.options))}))
    assert settled.constitution["fees"].text.startswith("Members gladly always pay")


def test_the_committee_may_write_a_whole_text() -> None:
    met = together(reword("five", "six"), reword("five", "seven"))
    choices = Choices(written={"whole/fees/text": BOOK["fees"].text.replace("five", "eight")})
    assert met.questions(choices) == ()
    settled = settle(met, choices)
    assert "eight" in settled.constitution["fees"].text
    assert settled.committee_words == 1


def test_the_committee_may_rewrite_a_new_clause() -> None:
    met = together(Insert(None, "aims", new("n", "Be kind.", new("m", "Always."))))
    settled = settle(met, Choices(written={"whole/n/text": "Be very kind."}))
    assert settled.constitution["n"].text == "Be very kind."
    assert settled.committee_words == 1
    assert credited(settled, "m") == {"Always.": {"A1"}}


def test_headings_merge_as_texts_do() -> None:
    text = BOOK["board"].text
    met = together(Reword("board", text, "Council"), reword("nine", "ten", "board"), Reword("board", text, "The Board"))
    question = only(met)
    assert (question.part, question.clause) == ("heading", "board")
    settled = pick(met, question.options[0].key)
    assert settled.constitution["board"].heading == "Council"
    assert "ten" in settled.constitution["board"].text
    assert [word.text for word in settled.words["board:heading"]] == ["Council"]


def test_what_needs_a_look_is_said() -> None:
    (meeting,) = together(reword("five", "six"), reword("monthly", "weekly")).meetings()
    assert meeting.looks
    assert meeting.relation is Relation.MERGE


# New clauses.


def test_competing_new_clauses_are_kept_and_their_order_asked() -> None:
    met = together(Insert(None, "aims", new("n", "One.")), Insert(None, "aims", new("m", "Two.")))
    question = only(met)
    assert (question.nature, [one.text for one in question.options]) == (Nature.PLACE, ["One.", "Two."])
    both = settle(met, Choices(orders={question.key: ("m", "n")}))
    assert ids(both.constitution)[:3] == ["aims", "m", "n"]
    one = settle(met, Choices(orders={question.key: ("m",)}))
    assert ids(one.constitution)[:3] == ["aims", "m", "fees"]
    assert [(aside.sources, aside.question) for aside in one.set_aside] == [({"A1"}, question.key)]


def test_a_new_clause_that_two_bring_alike_comes_once() -> None:
    met = together(
        Insert(None, "aims", new("n", "See [[o]].", new("o", "Below."))),
        (Insert(None, "aims", new("p", "See [[q]].", new("q", "Below."))), Reword("board", "As [[p]] says.")),
    )
    settled = settle(met, Choices())
    assert ids(settled.constitution)[:4] == ["aims", "n", "o", "fees"]
    assert settled.constitution["board"].text == "As [[n]] says."
    assert credited(settled, "n") == {"See [[o]].": {"A1", "A2"}}


def test_different_new_clauses_of_one_id_are_told_apart() -> None:
    met = together(
        Insert(None, "aims", new("n", "One.")), (Insert(None, "fees", new("n", "Two.")), Reword("board", "[[n]]"))
    )
    settled = settle(met, Choices())
    assert len(settled.constitution) == len(BOOK) + 2
    (other,) = (one for one in settled.constitution.walk() if one.text == "Two.")
    assert settled.constitution["board"].text == f"[[{other.id}]]"


def test_one_amendments_own_order_is_no_question() -> None:
    first, second = Insert(None, "aims", new("n", "One.")), Insert(None, "aims", new("m", "Two."))
    assert ids(settle(together((first, second), first), Choices()).constitution)[:3] == ["aims", "n", "m"]
    assert together((first, second), (second, first)).questions()


def test_what_stands_after_an_excluded_clause_goes_with_it() -> None:
    met = together(
        (Insert(None, "aims", new("n", "One.")), Insert(None, "n", new("o", "More.")), Move("low", "n", None)),
        Insert(None, "aims", new("m", "Two.")),
    )
    settled = settle(met, Choices(orders={only(met).key: ("m",)}))
    assert ids(settled.constitution) == ["aims", "m", "fees", "low", "board"]
    assert {type(one.edit) for one in settled.set_aside} == {Insert, Move}


# Strikes.


def test_two_strikes_agree() -> None:
    met = together(Strike("fees"), Strike("fees"))
    assert ids(settle(met, Choices()).constitution) == ["aims", "board"]
    assert [(one.relation, set(one.sources)) for one in met.meetings()] == [(Relation.AGREEMENT, {"A1", "A2"})]


@pytest.mark.parametrize(
    "edit",
    [
        reword("five", "six"),
        Reword("low", "None."),
        Insert("fees", None, new("n", "N.")),
        Move("low", None, None),
        Move("aims", "fees", None),
    ],
)
def test_what_one_strikes_and_another_needs_is_a_question(edit: Edit) -> None:
    met = together(Strike("fees"), edit)
    question = only(met)
    assert (question.nature, question.clause) == (Nature.STRIKE, "fees")
    struck = pick(met, "strike")
    assert struck.constitution == rebuilt([Strike("fees")], BOOK)
    assert [one.edit for one in struck.set_aside] == [edit]
    kept = pick(met, "keep")
    assert kept.constitution == rebuilt([edit], BOOK)
    assert [one.edit for one in kept.set_aside] == [Strike("fees")]


def test_words_of_a_clause_that_goes_are_not_asked() -> None:
    met = together(Strike("fees"), reword("five", "six"), reword("five", "seven"))
    assert [one.nature for one in met.questions()] == [Nature.STRIKE, Nature.WORDS]
    strike = Choices(picked={"strike/fees": "strike"})
    assert met.unsettled(strike) == ()
    assert len(met.unsettled(Choices(picked={"strike/fees": "keep"}))) == 1
    assert {len(one.sources) for one in settle(met, strike).set_aside} == {1}


def test_a_new_clause_beside_a_struck_one_stays() -> None:
    settled = settle(together(Strike("fees"), Insert(None, "fees", new("n", "N."))), Choices())
    assert ids(settled.constitution) == ["aims", "n", "board"]


def test_striking_part_of_what_another_strikes_is_no_conflict() -> None:
    assert ids(settle(together(Strike("fees"), Strike("low")), Choices()).constitution) == ["aims", "board"]


def test_one_strikes_and_saves_what_another_strikes_wholly() -> None:
    met = together((Strike("fees"), Move("low", None, "board")), Strike("fees"))
    assert ids(pick(met, "strike").constitution) == ["aims", "board"]
    assert ids(pick(met, "keep").constitution) == ["aims", "board", "low"]


# Moves.


def test_a_move_never_collides_with_an_edit() -> None:
    settled = settle(together(Move("board", None, None), reword("nine", "eleven", "board")), Choices())
    assert ids(settled.constitution)[0] == "board"
    assert "eleven" in settled.constitution["board"].text


def test_one_move_that_two_ask_for_is_agreed_and_two_goals_are_a_question() -> None:
    assert not together(Move("board", None, None), Move("board", None, None)).questions()
    met = together(Move("board", None, None), Move("board", "fees", "low"))
    assert [one.key for one in only(met).options] == ["/", "fees/low", "stay"]
    assert ids(pick(met, "fees/low").constitution) == ["aims", "fees", "low", "board"]
    assert pick(met, "stay").constitution == BOOK
    assert [one.relation for one in met.meetings()] == [Relation.CONFLICT] * 2


def test_moves_into_one_another_are_a_question() -> None:
    met = together(Move("fees", "board", None), Move("board", "fees", None), Move("aims", None, "board"))
    question = only(met)
    assert question.nature is Nature.CYCLE
    assert ids(pick(met, "stay-fees").constitution) == ["fees", "board", "low", "aims"]
    assert [one.relation for one in met.meetings()].count(Relation.CONFLICT) == 2


def test_choices_that_cannot_all_be_followed_are_refused() -> None:
    met = together((Strike("fees"), Move("low", "board", None)), Move("low", None, None), Reword("low", "None."))
    choices = Choices(picked={one.key: "stay" for one in met.questions()})
    with pytest.raises(OpenConflict, match="cannot all be followed"):
        settle(met, choices)


# Choices.


def test_choices_are_json() -> None:
    choices = Choices({"a": "b"}, {"c": "d"}, {"e": ("f", "g")}, {"h": "i"}, {"j": "k"})
    assert Choices.from_json(json.loads(json.dumps(choices.to_json()))) == choices
    assert Choices.from_json({}) == Choices()


def test_an_option_that_does_not_exist_is_refused_and_answers_nothing() -> None:
    met = together(Strike("fees"), reword("five", "six"))
    burn = Choices(picked={"strike/fees": "burn"})
    with pytest.raises(NoSuchOption, match="'burn'"):
        met.check(burn, {"strike/fees"})
    met.check(burn, {"strike/aims"})
    assert met.unsettled(burn) == met.questions()
    place = together(Insert(None, "aims", new("n", "One.")), Insert(None, "aims", new("m", "Two.")))
    for order in [("n", "x"), ("n", "n")]:
        with pytest.raises(NoSuchOption):
            place.check(Choices(orders={only(place).key: order}), {only(place).key})


def test_another_conflict_come_or_gone_leaves_an_answer_where_it_was_given() -> None:
    met = together(
        reword("five", "six"), reword("five", "seven"), reword("in person", "by post"), reword("in person", "by bank")
    )
    first, second = met.questions()
    choices = Choices(picked={second.key: second.options[0].key}, left={"A1": "Withdrawn in all but name"})
    assert [one.key for one in met.questions(choices)] == [second.key]
    settled = settle(met, choices).constitution["fees"].text
    assert settled == "Members pay seven pounds monthly to the branch treasurer by post."
    gone = Choices(picked={first.key: first.options[0].key, second.key: "base"}, left=choices.left)
    assert met.unsettled(gone) == ()


# What is left, and what is looked at.


def test_what_is_left_is_set_aside_with_its_reason() -> None:
    met = together((reword("five", "six"), reword("nine", "ten", "board")), (reword("five", "six"), Strike("board")))
    settled = settle(met, Choices(left={"A1/board": "Too many", "A2": "Out of scope"}))
    assert credited(settled, "fees") == {"six": {"A1"}}
    assert [(one.edit, one.sources, one.question, one.reason) for one in settled.set_aside] == [
        (reword("nine", "ten", "board"), {"A1"}, "leave/A1/board", "Too many"),
        (reword("five", "six"), {"A2"}, "leave/A2", "Out of scope"),
        (Strike("board"), {"A2"}, "leave/A2", "Out of scope"),
    ]


def test_leaving_without_a_reason_settles_nothing() -> None:
    met = together(reword("five", "six"), Strike("fees"))
    choices = Choices(left={"A2": " "})
    assert met.unsettled(choices) == ()
    assert met.unexplained(choices) == ("A2",)
    with pytest.raises(OpenConflict, match=r"^Give a reason for leaving A2\.$"):
        settle(met, choices)
    assert met.unexplained(Choices(left={"A9": ""})) == ()
    with pytest.raises(NoSuchOption):
        met.check(Choices(left={"A2/aims": "Why"}), {"leave/A2/aims"})


def test_a_new_clause_that_stands_after_one_that_is_left_goes_with_it_unless_another_brings_that_too() -> None:
    one, two = Insert(None, "aims", new("n", "One.")), Insert(None, "n", new("o", "More."))
    left = Choices(left={"A1/aims": "Not wanted"})
    assert settle(together((one, two)), left).constitution == BOOK
    assert ids(settle(together((one, two), one), left).constitution)[:3] == ["aims", "n", "o"]
    assert ids(settle(together((one, two), one), Choices(left={"A1": "No"})).constitution)[:3] == ["aims", "n", "fees"]


def test_a_mark_is_undecided_until_somebody_looked_and_again_when_other_words_meet_there() -> None:
    met = together(reword("five", "six"), reword("monthly", "weekly"), reword("monthly", "daily"))
    left = Choices(left={"A3": "Too often"})
    (mark,) = met.undecided(left)
    assert (mark.clause, mark.part, mark.look.sides) == ("fees", "text", {"A1", "A2"})
    looked = replace(left, looked={mark.key: "Reads well"})
    assert met.undecided(looked) == ()
    assert [one.looks for one in met.summary(looked).values()] == [0]
    assert met.undecided(replace(looked, left={"A2": "Too often"}))[0].key != mark.key
    assert met.undecided(replace(left, written={"whole/fees/text": "None pays."})) == ()


def test_a_side_that_cannot_stand_alone_is_refused() -> None:
    with pytest.raises(UnknownClause):
        together(Strike("ghost"))
    with pytest.raises(EditConflict):
        together((Strike("fees"), reword("five", "six")))


def test_amendments_come_in_the_order_of_their_numbers() -> None:
    sides = {f"A{n}": (Insert(None, "aims", new(f"n{n}", f"Number {n}.")),) for n in (10, 2, 1)}
    assert [one.key for one in only(compose(BOOK, sides)).options] == ["n1", "n2", "n10"]


def test_the_desk_shows_what_happens_to_each_clause_in_the_order_of_the_text() -> None:
    met = together(
        (Insert(None, "aims", new("n", "One.")), Strike("low")),
        Insert(None, "aims", new("m", "Two.")),
        (Reword("low", "None."), reword("nine", "ten", "board"), Move("aims", None, "board")),
    )
    told = [(one.act, one.clause, one.relation.value, [asked.key for asked in one.questions]) for one in met.meetings()]
    assert told == [
        ("insert", "aims", "conflict", ["place//aims"]),
        ("insert", "aims", "conflict", ["place//aims"]),
        ("move", "aims", "alone", []),
        ("strike", "low", "conflict", ["strike/low"]),
        ("reword", "low", "alone", []),
        ("reword", "board", "alone", []),
    ]
    assert met.meetings()[0].new == new("n", "One.")
    assert [set(one.sources) for one in met.questions()] == [{"A1", "A3"}, {"A1", "A2"}]
    (alone,) = together(Insert(None, None, new("n", "One."))).meetings()
    assert (alone.clause, alone.relation) == (None, Relation.ALONE)


def test_what_is_set_aside_is_no_longer_on_the_desk() -> None:
    met = together(Strike("fees"), reword("five", "six"))
    assert [one.act for one in met.meetings(Choices(picked={"strike/fees": "strike"}))] == ["strike"]
    assert [one.act for one in met.meetings(Choices(picked={"strike/fees": "keep"}))] == ["reword"]


# For any amendments.


def test_a_summary_counts_what_there_is_to_do_and_leaves_for_later_what_takes_long() -> None:
    sides = (
        (reword("five", "six"), Insert(None, "aims", new("n", "One."))),
        (reword("five", "seven"), Insert(None, "aims", new("m", "Two."))),
        (reword("monthly", "weekly"), reword("every", "each", "board"), Move("board", None, "aims")),
    )
    met = together(*sides)
    counted = {
        "aims": Summary({"A1", "A2"}, 1, 1, 0),
        "fees": Summary({"A1", "A2", "A3"}, 1, 0, 0),
        "board": Summary({"A3"}, 0, 0, 0),
    }
    words = next(one.key for one in together(*sides).questions() if one.clause == "fees")
    choices = Choices(picked={words: "base"})
    later = counted | {"fees": Summary({"A1", "A2", "A3"}, counted=False)}
    assert met.summary(choices, most=2) == later
    assert [one.clause for one in met.meetings(choices, "board")] == ["board", "board"]
    assert met.summary(choices) == met.summary(choices, most=0) == counted


@st.composite
def meetings(draw: st.DrawFn) -> tuple[Constitution, dict[str, tuple[Edit, ...]]]:
    base = draw(books())
    count = draw(st.integers(1, 3))
    return base, {f"A{n}": draw(edits(base, prefix=f"n{n}x", most=3)) for n in range(1, count + 1)}


def leavable(met: Composition) -> list[str]:
    """Every key under which something can be left, and one that leaves nothing."""
    parts = (f"{name}/{clause}" for name, edits in met.sides.items() for edit in edits for clause in bearing(edit))
    return ["A9", *met.sides, *parts]


def any_choices(data: st.DataObject, met: Composition) -> Choices:
    """Perhaps something left, and answers to all that is asked, until nothing is."""
    choices = Choices(left=data.draw(st.dictionaries(st.sampled_from(leavable(met)), st.just("Why"), max_size=2)))
    while open_ones := met.unsettled(choices):
        question = open_ones[0]
        if question.nature is Nature.PLACE:
            order = data.draw(st.permutations([one.key for one in question.options]))
            keep = data.draw(st.integers(0, len(order)))
            choices = replace(choices, orders={**choices.orders, question.key: tuple(order[:keep])})
        else:
            option = data.draw(st.sampled_from(question.options))
            choices = replace(choices, picked={**choices.picked, question.key: option.key})
    return choices


def followed(composition: Composition, choices: Choices) -> Settled:
    """The outcome, unless these choices are among the few that cannot all be followed."""
    try:
        return settle(composition, choices)
    except OpenConflict as conflict:
        if conflict.questions:
            raise
        reject()


@settings(max_examples=40)
@given(meetings())
def test_one_amendment_alone_is_carried_out(met: tuple[Constitution, dict[str, tuple[Edit, ...]]]) -> None:
    base, sides = met
    assert settle(compose(base, {"A1": sides["A1"]}), Choices()).constitution == rebuilt(sides["A1"], base)
    both = settle(compose(base, {"A1": sides["A1"], "A2": sides["A1"]}), Choices())
    assert both.constitution == rebuilt(sides["A1"], base)
    assert all(word.sources in (frozenset(), {"A1", "A2"}) for words in both.words.values() for word in words)


@settings(max_examples=40)
@given(st.data(), meetings())
def test_whatever_is_chosen_every_word_has_a_source_and_every_edit_a_fate(
    data: st.DataObject, met: tuple[Constitution, dict[str, tuple[Edit, ...]]]
) -> None:
    base, sides = met
    composition = compose(base, sides)
    choices = any_choices(data, composition)
    settled = followed(composition, choices)
    for clause in settled.constitution.walk():
        assert "".join(word.text for word in settled.words[clause.id]) == clause.text
        assert "".join(word.text for word in settled.words.get(f"{clause.id}:heading", ())) == clause.heading
    assert settled.committee_words == 0
    fates = {(one.edit, name) for one in settled.set_aside for name in one.sources}
    words = {word for ones in settled.words.values() for word in ones}
    for source in sides:
        for edit in composition.sides[source]:
            assert isinstance(edit, Reword) or edit in settled.edits or (edit, source) in fates
    assert {name for word in words for name in word.sources} <= set(sides)
    for reversed_sides in itertools.islice(itertools.permutations(sides), 6):
        other = compose(base, {name: sides[name] for name in reversed_sides})
        assert other == composition
        assert settle(other, choices) == settled
    assert [one for one in composition.meetings(choices) if one.new] == [
        one for one in composition.meetings(choices) if one.new and one.new.id in inserted(settled.edits)
    ]


@settings(max_examples=40)
@given(st.data(), meetings())
def test_leaving_is_composing_without_and_can_be_taken_back(
    data: st.DataObject, met: tuple[Constitution, dict[str, tuple[Edit, ...]]]
) -> None:
    base, sides = met
    whole = compose(base, sides)
    key = data.draw(st.sampled_from(leavable(whole)))
    gone = leaving(key, whole.sides)
    rest = {
        name: tuple(one for one in edits if name != key.partition("/")[0] or one not in gone)
        for name, edits in whole.sides.items()
    }
    try:
        without = compose(base, rest)
    except EditConflict:
        reject()
    assume(without.sides == rest)
    choices = any_choices(data, without)
    assume(key.partition("/")[0] not in {one.partition("/")[0] for one in choices.left})
    before = whole.questions(choices), whole.summary(choices)
    left = replace(choices, left={**choices.left, key: "Out of scope"})
    assert (whole.questions(left), whole.summary(left)) == (without.questions(choices), without.summary(choices))
    assert whole.undecided(left) == without.undecided(choices)
    expected, settled = followed(without, choices), settle(whole, left)
    assert replace(settled, set_aside=()) == replace(expected, set_aside=())
    assert {one.edit for one in settled.set_aside if one.question == f"leave/{key}"} == set(gone)
    assert (whole.questions(choices), whole.summary(choices)) == before
