"""What else touches the clauses that a member is drafting, and why it is listed."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from corpora import versions
from edits import books, edits
from hypothesis import given, settings
from hypothesis import strategies as st

from amendments.changes import Edit, Insert, Move, Reword, Strike
from amendments.comparing import Draft, carried
from amendments.edit import rebuilt
from amendments.effects import Doing, effects
from amendments.overlap import Overlap, overlap
from amendments.reasons import Nearness, SameClause, SameEffect, SameWords, SimilarWording
from amendments.rebase import rebase
from amendments.sides import renamed
from amendments.touches import touches
from amendments.touching import MOST_SIMILAR, Met, Open, OpenAmendments
from amendments.wording import words_of
from constitution.clause import Clause, Constitution, Kind, Mark, Style, UnknownClause
from constitution.diff import Op, diff_unmoved
from constitution.matching import match
from constitution.splices import Splice
from constitution.tokens import is_word, tokens

ARTICLE, CLAUSE = Mark(Style.DECIMAL, after="."), Mark(Style.DECIMAL, path=True)
NOTICE = "The board must give thirty days notice of a meeting, by post to every member, and publish the agenda."
FEES = "Members pay ten pounds a year to the treasurer in May."


def clause(clause_id: str, text: str, heading: str = "") -> Clause:
    return Clause(clause_id, Kind.CLAUSE, heading, text, CLAUSE)


BOOK = Constitution(
    "Rules",
    (
        Clause(
            "money", Kind.ARTICLE, "Money", "", ARTICLE, (clause("fees", FEES, "Fees"), clause("low", "One pound."))
        ),
        Clause("board", Kind.ARTICLE, "Board", "", ARTICLE, (clause("nine", "Nine sit."), clause("notice", NOTICE))),
        Clause("end", Kind.ARTICLE, "End", "The club may end; see [[fees]] of these **old** rules.", ARTICLE),
    ),
)


def fees(**words: str) -> Reword:
    return reword("fees", **words)


def notice(**words: str) -> Reword:
    return reword("notice", **words)


def reword(clause_id: str, **words: str) -> Reword:
    text = BOOK[clause_id].text
    for old, new in words.items():
        assert old in text
        text = text.replace(old, new)
    return Reword(clause_id, text)


def add(clause_id: str, text: str = "A new rule.", after: str | None = "fees", parent: str | None = "money") -> Insert:
    return Insert(parent, after, clause(clause_id, text))


def open_ones(*amendments: Edit | tuple[Edit, ...], base: Constitution = BOOK) -> list[Open]:
    given = [one if isinstance(one, tuple) else (one,) for one in amendments]
    return [Open(n, f"Amendment {n}", one, base) for n, one in enumerate(given, 1)]


def meeting(draft: Edit | tuple[Edit, ...], *amendments: Edit | tuple[Edit, ...]) -> tuple[Met, ...]:
    drafted = draft if isinstance(draft, tuple) else (draft,)
    return OpenAmendments.of(open_ones(*amendments), BOOK).meeting(drafted, BOOK)


def said(draft: Edit | tuple[Edit, ...], other: Edit | tuple[Edit, ...]) -> list[str]:
    return [reason.sentence for met in meeting(draft, other) for reason in met.reasons]


@pytest.mark.parametrize(
    ("draft", "other", "sentences"),
    [
        (fees(ten="five"), fees(ten="five"), ["It would make exactly the same change to 1.1."]),
        (
            fees(ten="five"),
            (fees(ten="five"), Strike("end")),
            ["It would make exactly the same change to 1.1, and more besides."],
        ),
        (
            (fees(ten="five"), Strike("end")),
            fees(ten="five"),
            ["It would make exactly the same change to 1.1, but not do all that yours does."],
        ),
        (
            (fees(ten="five"), Strike("end")),
            (fees(ten="five"), Strike("low")),
            ["It would make exactly the same change to 1.1; elsewhere it differs from yours."],
        ),
        (
            (fees(ten="five"), reword("low", One="No")),
            (reword("low", One="No"), fees(ten="five")),
            ["It would make exactly the same change to 1.1 and 1.2."],
        ),
        (
            (Strike("end"), add("a"), Move("low", "board", None)),
            (Strike("end"), add("b"), Move("low", "board", None)),
            [
                "It would also strike out 3.",
                "It would move 1.2 exactly as yours does.",
                "It would add exactly the same text after 1.1.",
            ],
        ),
        (fees(ten="five"), fees(ten="six"), ["It also changes the word “ten” in 1.1."]),
        (
            fees(**{"ten pounds": "five euros"}),
            fees(**{"ten pounds": "a pound"}),
            ["It also changes the words “ten pounds” in 1.1."],
        ),
        (
            Reword("fees", FEES, "Dues"),
            Reword("fees", FEES, "Subscriptions"),
            ["It also changes the word “Fees” in the heading of 1.1."],
        ),
        (
            fees(May="May or June"),
            fees(May="May or August"),
            ["It also changes 1.1 just after the words “the treasurer in May”."],
        ),
        (fees(Members="All members"), fees(Members="Junior members"), ["It also changes the word “Members” in 1.1."]),
        (fees(Members="All Members"), fees(Members="Junior Members"), ["It also changes the beginning of 1.1."]),
        (fees(ten="five"), fees(May="June"), ["It changes another part of 1.1."]),
        (notice(meeting="congress"), notice(**{"meeting,": "meeting;"}), ["It changes another part of 2.2."]),
        (fees(ten="five"), Reword("fees", FEES, "Dues"), ["It changes another part of 1.1."]),
        (Strike("fees"), fees(May="June"), ["It changes 1.1, which yours strikes out."]),
        (Strike("money"), fees(May="June"), ["It changes 1.1, which yours strikes out."]),
        (Move("fees", "board", None), fees(May="June"), ["It changes 1.1, which yours moves."]),
        (add("a"), fees(May="June"), ["It changes 1.1, where yours brings a clause."]),
        (fees(ten="five"), Strike("fees"), ["It strikes out 1.1."]),
        (fees(ten="five"), Strike("money"), ["It strikes out 1, and 1.1 with it."]),
        (Strike("fees"), Strike("money"), ["It strikes out 1, and 1.1 with it."]),
        (fees(ten="five"), (Strike("money"), Strike("fees")), ["It strikes out 1, and 1.1 with it."]),
        (Strike("money"), Strike("fees"), ["It also strikes out 1.1."]),
        (Move("fees", "board", None), Strike("fees"), ["It strikes out 1.1, which yours moves."]),
        (add("a"), Strike("fees"), ["It strikes out 1.1, where yours brings a clause."]),
        (fees(ten="five"), (Strike("money"), Move("fees", None, None)), ["It moves 1.1."]),
        (fees(ten="five"), Move("fees", "board", None), ["It moves 1.1."]),
        (Strike("fees"), Move("fees", "board", None), ["It moves 1.1, which yours strikes out."]),
        (Move("fees", "board", "nine"), Move("fees", "board", None), ["It moves 1.1 to another place."]),
        (
            (fees(ten="five"), Move("fees", None, None)),
            (fees(ten="six"), Move("fees", "board", None)),
            ["It also changes the word “ten” in 1.1.", "It moves 1.1 to another place."],
        ),
        (add("a"), add("b", "Something else."), ["It also adds a clause after 1.1."]),
        (add("a", after=None), add("b", "Something else.", None), ["It also adds a clause at the beginning of 1."]),
        (add("a", "X.", None, None), add("b", "Y.", None, None), ["It also adds a clause at the very beginning."]),
        (add("a"), Move("nine", "money", "fees"), ["It also moves 2.1 to the place after 1.1."]),
        (fees(ten="five"), add("a"), ["It adds a clause after 1.1."]),
        (Strike("fees"), add("a"), ["It adds a clause after 1.1, which yours strikes out."]),
        (Move("fees", None, None), add("a"), ["It adds a clause after 1.1, which yours moves."]),
        (add("a", after=None), add("b", "Something else."), []),
        (fees(ten="five"), Strike("low"), []),
        (Reword("fees", FEES), Reword("fees", FEES), []),
    ],
)
def test_every_reason_says_what_the_other_amendment_does(
    draft: Edit | tuple[Edit, ...], other: Edit | tuple[Edit, ...], sentences: list[str]
) -> None:
    assert said(draft, other) == sentences


def test_similar_wording_is_quoted_wherever_it_stands() -> None:
    draft = add("a", "The chair sends at least thirty days' notice to everybody.")
    other = Insert("board", "nine", clause("b", "At least thirty days' notice is what everybody has from the chair."))
    assert said(draft, other) == ["Its new words resemble yours: “at least thirty days' notice”."]
    assert said(other, draft) == ["Its new words resemble yours: “At least thirty days' notice”."]


def test_words_in_another_order_are_named_the_rarest_first() -> None:
    book = replace(BOOK, clauses=(*BOOK.clauses, *(clause(f"x{n}", "A secretary reports.") for n in range(9))))
    draft, other = (
        add("a", "Secretary, auditor, warden!"),
        add("b", "A warden or auditor is secretary.", "nine", "board"),
    )
    met = OpenAmendments.of(open_ones(other), book).meeting([draft], book)
    assert [one.sentence for one in met[0].reasons] == [
        "Its new words resemble yours: “auditor”, “warden” and “secretary”."
    ]


def test_german_wording_is_compared_without_its_little_words() -> None:
    draft = add("a", "Über die Aufnahme von Mitgliedern entscheidet der Vorstand.")
    assert said(
        draft, add("b", "Der Vorstand, der über die Aufnahme von Mitgliedern entscheidet, tagt.", "nine", "board")
    ) == ["Its new words resemble yours: “Über die Aufnahme von Mitgliedern entscheidet”."]
    assert said(draft, add("b", "Über die Wahl der Gäste, die von Rang sind, berät der Chor.", "nine", "board")) == []


def test_a_long_quotation_is_cut_in_its_middle() -> None:
    assert said(
        Reword("notice", "Nothing is to be sent to anybody for all that anybody cares."), Reword("notice", "")
    ) == ["It also changes the words “The board must give thirty … member, and publish the agenda” in 2.2."]


def test_references_and_emphasis_are_quoted_as_they_are_printed() -> None:
    draft = reword("end", **{"see [[fees]] of these **old** rules": "so be it"})
    assert said(draft, reword("end", **{"see [[fees]] of these **old** rules": "that is all"})) == [
        "It also changes the words “see 1.1 of these old rules” in 3."
    ]


def test_what_is_put_after_a_new_clause_comes_where_that_comes() -> None:
    draft = (add("a", "First."), add("b", "Second.", "a"), Insert("b", None, clause("c", "See [[a]].")))
    other = (add("x", "First."), add("y", "Second.", "x"), Insert("y", None, clause("z", "See [[x]].")))
    assert said(draft, other) == ["It would add exactly the same text after 1.1."]
    assert meeting(draft, other)[0].exactly
    assert not meeting(draft, (*other[:2], Insert("y", None, clause("z", "See [[y]]."))))[0].exactly
    assert said(fees(ten="five"), draft[:2]) == ["It adds a clause after 1.1."]


def test_a_clause_added_twice_or_numbered_otherwise_is_another_effect() -> None:
    once = add("a")
    assert said(once, (add("b"), add("c"))) == [
        "It would add exactly the same text after 1.1, and more besides.",
        "It also adds a clause after 1.1.",
    ]
    assert not meeting(once, replace(once, as_marked=True))[0].exactly


def test_clauses_put_only_after_one_another_stand_nowhere() -> None:
    nowhere = (add("a", "First.", "b"), add("b", "Second.", "a"))
    assert said((*nowhere, fees(ten="five")), (*nowhere, fees(ten="six"))) == ["It also changes the word “ten” in 1.1."]


def test_the_closest_comes_first() -> None:
    draft = (notice(**{"thirty days": "a week's"}), add("a", "Auditors report to the assembly."))
    found = meeting(
        draft,
        notice(post="telegraph"),
        add("b", "The assembly hears what auditors report.", "nine", "board"),
        notice(thirty="twenty"),
        notice(thirty="sixty", post="fax"),
        draft,
        draft[0],
        notice(**{"give thirty days": "send out"}),
    )
    assert [one.number for one in found] == [5, 6, 7, 3, 4, 2, 1]
    assert [one.exactly for one in found] == [True, *[False] * 6]
    assert found[1].nearness is Nearness.SAME_EFFECT


def test_of_two_equally_near_the_one_with_more_reasons_comes_first() -> None:
    found = meeting(
        (fees(ten="five"), add("a")), fees(May="June"), (fees(May="June"), add("b", "Else.")), fees(May="July")
    )
    assert [one.number for one in found] == [2, 1, 3]


def test_what_is_only_left_out_brings_no_words() -> None:
    assert OpenAmendments.of(open_ones(fees(**{" in May": ""}), Strike("end")), BOOK).passages.count == 0


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ((0, 2), (0, 2)),  # before
        ((2, 4), (2, 6)),  # up to where it is written anew, and into it
        ((3, 3), (3, 3)),  # at its beginning
        ((4, 4), (3, 6)),  # inside
        ((4, 9), (3, 12)),  # from inside, over what is put in at 8
        ((5, 8), (6, 9)),  # from its end up to what is put in
        ((8, 9), (11, 12)),  # behind that
        ((8, 8), (11, 11)),
        ((12, 12), (15, 15)),
    ],
)
def test_a_change_of_an_older_text_finds_its_place_in_the_newer_one(
    change: tuple[int, int], place: tuple[int, int]
) -> None:
    since = [Splice(3, 5, "new"), Splice(8, 8, "in")]  # abc[de->new]fgh[+in]ijkl
    assert carried(Splice(*change, "x"), since) == Splice(*place, "x")


def test_those_of_the_likest_wording_are_listed_and_no_crowd_of_others() -> None:
    crowd = [add(f"n{n}", "Auditors report to the assembly yearly.", "nine", "board") for n in range(MOST_SIMILAR + 5)]
    found = meeting(
        add("a", "Auditors report to the assembly."), *crowd, add("same", "Auditors report to the assembly.", "low")
    )
    assert [one.number for one in found] == [len(crowd) + 1, *range(1, MOST_SIMILAR)]


def test_many_places_are_counted() -> None:
    wide = replace(BOOK, clauses=tuple(clause(f"x{n}", "The chair speaks.") for n in range(6)))
    edits = tuple(Reword(f"x{n}", "The president speaks.") for n in range(6))
    [met] = OpenAmendments.of(open_ones(edits, base=wide), wide).meeting(edits, wide)
    assert met.reasons[0].sentence == "It would make exactly the same change to 1, 2, 3 and 3 more."


def test_an_amendment_of_an_older_edition_is_found_by_the_words_that_still_stand() -> None:
    now = rebuilt([notice(**{"The board": "Every year the whole board", "by post ": ""})], BOOK)
    draft = Reword("notice", now["notice"].text.replace("thirty", "sixty"))
    older = open_ones(notice(**{"thirty days": "a month's"}), notice(agenda="list"), notice(**{"by post": "by wire"}))
    found = OpenAmendments.of(older, now).meeting([draft], now)
    assert [[one.sentence for one in met.reasons] for met in found] == [
        ["It also changes the word “thirty” in 2.2."],
        ["It changes another part of 2.2."],
        ["It changes another part of 2.2."],
    ]
    placed = rebase(older[0].edits, BOOK, now).edits
    assert placed
    assert OpenAmendments.of([replace(older[0], edits=placed, base=now)], now).meeting([draft], now) == found[:1]


def test_a_change_in_words_that_have_gone_since_reaches_over_what_stands_for_them() -> None:
    now = rebuilt([notice(**{"thirty days": "a whole month's"})], BOOK)
    older = open_ones(notice(thirty="sixty"), notice(days="weeks"), notice(**{"give thirty": "send fifty"}))
    draft = Reword("notice", now["notice"].text.replace("whole month", "full year"))
    found = OpenAmendments.of(older, now).meeting([draft], now)
    assert [one.nearness for one in found] == [Nearness.SAME_WORDS] * 3


def test_a_clause_the_draft_does_not_know_is_not_named() -> None:
    old = replace(BOOK, clauses=BOOK.clauses[:1])
    newer = Constitution("Rules", (Clause("all", Kind.PART, "All", children=BOOK.clauses),))
    other = Open(1, "Strike", (Strike("all"), Move("end", "money", "fees")), newer)
    moved = Open(2, "Move", (Move("end", "money", "fees"),), newer)
    found = OpenAmendments.of([other, moved], old).meeting([fees(ten="five")], old)
    assert [[one.sentence for one in met.reasons] for met in found] == [
        ["It strikes out 1.1.", "It moves another clause to the place after 1.1."],
        ["It moves another clause to the place after 1.1."],
    ]


@pytest.mark.parametrize(
    "edit",
    [Strike("gone"), Reword("gone", "x"), Move("gone", None, None), Move("fees", "gone", None), add("a", after="gone")],
)
def test_a_clause_that_is_not_in_the_base_is_said_to_be_gone(edit: Edit) -> None:
    with pytest.raises(UnknownClause):
        meeting(edit)


def test_an_amendment_can_be_left_out_added_changed_and_closed() -> None:
    index = OpenAmendments.of(open_ones(fees(ten="five"), (fees(ten="six"), add("a", "Auditors report yearly."))), BOOK)
    draft = [fees(ten="four"), add("b", "Auditors report monthly and yearly.", "nine", "board")]
    assert [one.number for one in index.meeting(draft, BOOK)] == [2, 1]
    assert [one.number for one in index.meeting(draft, BOOK, leaving_out={2})] == [1]
    assert index.without(2) == OpenAmendments.of(open_ones(fees(ten="five")), BOOK)
    changed = Open(2, "Another text", (Strike("low"),), BOOK)
    assert index.with_(changed).meeting([Strike("low")], BOOK)[0].title == "Another text"
    assert [one.number for one in index.with_(changed).meeting(draft, BOOK)] == [1]
    with pytest.raises(KeyError):
        index.without(3)


# Properties.


@st.composite
def tables(draw: st.DrawFn) -> tuple[Constitution, tuple[Edit, ...], list[Open]]:
    """A rule book, a draft, and a few open amendments."""
    base = draw(books())
    given = [draw(edits(base, prefix=f"n{n}x", most=3)) for n in range(1, draw(st.integers(2, 5)))]
    return base, draw(edits(base, prefix="draft", most=3)), open_ones(*given, base=base)


@settings(max_examples=25)
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_in_which_amendments_come_changes_nothing(table, chance) -> None:
    base, draft, ones = table
    found = OpenAmendments.of(ones, base).meeting(draft, base)
    mixed = chance.sample(ones, len(ones))
    assert OpenAmendments.of(mixed, base).meeting(draft, base) == found
    grown = OpenAmendments.of(mixed[:1], base)
    for one in [*mixed[1:], mixed[0]]:
        grown = grown.with_(one)
    assert grown.meeting(draft, base) == found


@settings(max_examples=25)
@given(tables(), st.data())
def test_many_that_come_change_and_go_at_once_make_the_same_index(table, data) -> None:
    base, draft, ones = table
    numbers = [one.number for one in ones]
    before = data.draw(st.sets(st.sampled_from(numbers)))
    gone = data.draw(st.sets(st.sampled_from(numbers)))
    changed = data.draw(st.sets(st.sampled_from(numbers))) - gone
    older = [replace(one, edits=(), title="Before") if one.number in changed else one for one in ones]
    index = OpenAmendments.of([one for one in older if one.number in before], base)
    index = index.renewed([one for one in ones if one.number in changed], gone, base)
    kept = (before | changed) - gone
    anew = OpenAmendments.of([one for one in ones if one.number in kept], base)
    assert index.meeting(draft, base) == anew.meeting(draft, base)
    assert index.titles == anew.titles


@given(tables())
def test_an_amendment_just_like_the_draft_comes_first(table) -> None:
    base, draft, ones = table
    twin = tuple(renamed(one, {f"draft{n}": f"twin{n}" for n in range(9)}) for one in draft)
    found = OpenAmendments.of([*ones, Open(99, "Twin", twin, base)], base).meeting(draft, base)
    if not effects(draft, base):
        assert found == ()
        return
    assert found[0].exactly
    assert all(one.exactly for one in found[: [one.number for one in found].index(99)])


@settings(max_examples=40)
@given(tables())
def test_whatever_meets_is_listed_with_reasons_that_are_true(table) -> None:
    base, draft, ones = table
    index = OpenAmendments.of(ones, base)
    found = {met.number: met for met in index.meeting(draft, base)}
    for one in ones:
        listed = found.get(one.number)
        if changed_words(draft, base) & changed_words(one.edits, base):
            assert listed
            assert listed.nearness in {Nearness.SAME_EFFECT, Nearness.SAME_WORDS}
        if overlap(base, draft, one.edits) is Overlap.IDENTICAL and effects(draft, base) and not structural(draft):
            assert listed
            assert listed.exactly
        # Every amendment compared, not only those that the index names.
        slow = [*Draft(draft, base).reasons(touches(one.edits, base)), *alike(index, draft, one, base)]
        assert (listed is not None) == bool(slow)
        if listed:
            assert listed.reasons
            assert all(is_true(reason, base, draft, one.edits) for reason in listed.reasons)


def structural(draft: tuple[Edit, ...]) -> bool:
    """Whether one text may be had by different edits: moving this one up, or that one down."""
    return any(not isinstance(edit, Reword) for edit in draft)


def alike(index: OpenAmendments, draft: tuple[Edit, ...], one: Open, base: Constitution) -> list[object]:
    mine = OpenAmendments.of([replace(one, edits=draft)], base).passages.known[one.number]
    shares = (index.passages.share(here, there) for here in mine for there in index.passages.known[one.number])
    return [share for share in shares if share is not None]


def changed_words(some: tuple[Edit, ...], base: Constitution) -> set[tuple[str, str, int]]:
    """Every word of the base that does not stand afterwards, by clause, part and place: found by carrying it out."""
    after = rebuilt(some, base)
    found = set()
    for old in base.walk():
        gone = old.id not in after or (after[old.id].repealed and not old.repealed)
        for part in ("heading", "text"):
            words = words_of(old, part)
            places = gone_places(words, "" if gone else words_of(after[old.id], part))
            found |= {(old.id, part, place) for place in places}
    return found


def gone_places(before: str, after: str) -> list[int]:
    place, found = 0, []
    for run in diff_unmoved(before, after):
        if run.op is not Op.INSERT:
            cut = tokens(run.text)
            found += [place + n for n, one in enumerate(cut) if run.op is Op.DELETE and is_word(one)]
            place += len(cut)
    return found


def is_true(reason: object, base: Constitution, draft: tuple[Edit, ...], other: tuple[Edit, ...]) -> bool:
    """Whether a reason holds, by what the two make of the base."""
    mine, theirs = rebuilt(draft, base), rebuilt(other, base)
    match reason:
        case SameEffect(Doing.ADDS):
            return bool(new_texts(draft) & new_texts(other))
        case SameEffect(doing, clauses):
            return all(does(doing, one, base, draft) and same(doing, one, mine, theirs, base) for one in clauses)
        case SameWords(clause=one, part=part):
            old = words_of(base[one], part)
            return words_of(mine[one], part) != old != words_of(theirs[one], part)
        case SimilarWording(run=run, shared=shared):
            both = words_put(draft) & words_put(other)
            return set(shared) <= both and {word.casefold() for word in tokens(run) if word.isalpha()} <= both
        case SameClause(it, yours, one):
            return does(it, one, base, other) and does(yours, one, base, draft)
    return False


def does(doing: Doing, one: str, base: Constitution, some: tuple[Edit, ...]) -> bool:
    after = rebuilt(some, base)
    match doing:
        case Doing.REWORDS:
            return any(isinstance(edit, Reword) and edit.clause == one for edit in some)
        case Doing.STRIKES:
            return is_gone(one, after)
        case Doing.MOVES:
            return any(isinstance(edit, Move) and edit.clause == one for edit in some)
    return any(isinstance(edit, Insert | Move) and (edit.after or edit.parent or "") == one for edit in some)


def is_gone(one: str, after: Constitution) -> bool:
    return one not in after or after[one].repealed


def same(doing: Doing, one: str, mine: Constitution, theirs: Constitution, base: Constitution) -> bool:
    if doing is Doing.STRIKES:
        return is_gone(one, mine) and is_gone(one, theirs)
    if doing is Doing.MOVES:
        return mine.parents[one] == theirs.parents[one]
    texts = [(book[one].heading, book[one].text) for book in (mine, theirs)]
    return texts[0] == texts[1] != (base[one].heading, base[one].text)


def new_texts(some: tuple[Edit, ...]) -> set[str]:
    return {edit.clause.text for edit in some if isinstance(edit, Insert)}


def words_put(some: tuple[Edit, ...]) -> set[str]:
    texts = [edit.clause.text for edit in some if isinstance(edit, Insert)]
    texts += [text for edit in some if isinstance(edit, Reword) for text in (edit.text, edit.heading or "")]
    return {word.casefold() for text in texts for word in tokens(text) if is_word(word)}


@given(books())
@settings(max_examples=10)
def test_nothing_meets_a_draft_without_changes(base) -> None:
    one = next(base.walk())
    index = OpenAmendments.of(open_ones(Strike(one.id), Reword(one.id, "Other words."), base=base), base)
    assert index.meeting((), base) == ()
    assert index.meeting([Reword(one.id, one.text, one.heading)], base) == ()


def test_amendments_back_to_older_texts_of_debian_meet_where_those_read_alike() -> None:
    *older, now = versions("debian-constitution")[3:]
    backs = [back_to(old, now) for old in older]
    index = OpenAmendments.of(open_ones(*backs, base=now), now)
    for n, back in enumerate(backs, 1):
        found = index.meeting(back, now, leaving_out={n})
        whole = {m for m, other in enumerate(backs, 1) if m != n and set(other) == set(back)}
        part = {m for m, other in enumerate(backs, 1) if m != n and set(other) & set(back)}
        assert {one.number for one in found if one.exactly} == whole
        assert {one.number for one in found if one.nearness is Nearness.SAME_EFFECT} == part
        assert [one.exactly for one in found] == sorted((one.exactly for one in found), reverse=True)
    assert any(set(one) == set(other) for one, other in permutations(backs, 2))


def back_to(old: Constitution, now: Constitution) -> tuple[Edit, ...]:
    """The rewordings that bring an older text back."""
    pairs = ((old[there], now[here]) for here, there in match(old, now).items())
    return tuple(Reword(new.id, one.text) for one, new in pairs if one.text != new.text and "[[" not in one.text)


def test_a_move_to_where_the_clause_stands_comes_to_nothing() -> None:
    base = Constitution("Rules", (Clause("a", Kind.CLAUSE, text="One."), Clause("b", Kind.CLAUSE, text="Two.")))
    assert effects((Move("a", None, None), Move("b", None, "a"), Move("b", None, "b")), base) == ()
    assert len(effects((Move("b", None, None),), base)) == 1
