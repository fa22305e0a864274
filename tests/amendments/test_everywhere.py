"""Every place where words occur, whichever of them are chosen, and what stays as it is."""

from __future__ import annotations

import re
from dataclasses import replace

import corpora
import pytest
from edits import books, item
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import law_text

from amendments.edit import rebuilt
from amendments.everywhere import LongerThanAnyClause, Missed, NothingSought, Pattern, SameWords, missed, places
from amendments.throughout import edits
from constitution.clause import Constitution
from constitution.references import TOKEN, bind, references, unbound

CLUB = Constitution(
    "Club",
    (
        item("x1", "The chair opens the meeting. Chair or not, all sit. THE CHAIR’S hat.", heading="The chair"),
        item("x2", "Under clause [[x1]] the vice-chair, the chairs and the chair(s) sit 4 rows behind."),
        item("x3", "Nobody."),
    ),
)
CHAIR = Pattern("chair", "convenor")
ANY_CASE = replace(CHAIR, match_case=False)


def book(*texts):
    return Constitution("Club", tuple(item(f"x{n}", text) for n, text in enumerate(texts, 1)))


def replaced(text, *pattern, **options):
    """The text with every place replaced."""
    found = book(text)
    return rebuilt(edits(found, places(found, Pattern(*pattern, **options))), found)["x1"].text


def test_each_place_says_where_it_is_and_what_is_printed_around_it() -> None:
    found = places(CLUB, CHAIR)
    assert [one.key for one in found] == ["x1/heading/1", "x1/text/1", "x2/text/1"]
    assert found[1].before == "The "
    assert found[1].after == " opens the meeting. Chair or not, all "
    assert found[2].snippet == " 1 the vice-chair, the chairs and the chair(s) sit 4 rows behind."
    assert places(CLUB, Pattern("vice-chair", "deputy"))[0].before == "Under clause 1 the "


def test_what_is_printed_around_a_place_is_no_more_than_forty_characters() -> None:
    found = places(book("x" * 50 + " fee " + "y" * 50, "—" * 50 + "fee" + "—" * 50), Pattern("fee", "due"))
    assert [(one.before, one.after) for one in found] == [(" ", " "), ("—" * 40, "—" * 40)]


def test_the_first_letter_keeps_its_case_and_so_do_capitals() -> None:
    found = rebuilt(edits(CLUB, places(CLUB, ANY_CASE)), CLUB)
    assert found["x1"].text == "The convenor opens the meeting. Convenor or not, all sit. THE CONVENOR’S hat."
    assert found["x1"].heading == "The convenor"
    assert replaced("chair, CHAIR, cHAIR", "Chair", "Convenor", match_case=False) == "convenor, CONVENOR, convenor"
    assert replaced("The Committee, the committee", "Committee", "NEC", match_case=False) == "The NEC, the NEC"
    assert replaced("CHAIR", "CHAIR", "Head", match_case=False) == "Head"
    assert replaced("a MAN", "a man", "one", match_case=False) == "one", "only its end is in capitals"
    assert replaced("the chair, the Chair", "the Chair", "", match_case=False) == ","


def test_with_its_case_matched_a_word_is_found_only_as_it_is_written() -> None:
    assert replaced("Chair, chair, CHAIR", "chair", "convenor") == "Chair, convenor, CHAIR"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("the chair's hat", "the head's hat"),
        ("the chair’s hat", "the head’s hat"),
        ("'chair'", "'head'"),
        ("_chair_ **chair** (chair)", "_head_ **head** (head)"),
        ("chair(s)", "head(s)"),
        ("chair–secretary", "head–secretary"),
        ("chair, chair. Chair", "head, head. Chair"),
    ],
)
def test_signs_and_possessives_leave_a_word_whole(text: str, after: str) -> None:
    assert replaced(text, "chair", "head") == after


@pytest.mark.parametrize(
    "text",
    [
        "vice-chair",
        "chairs",
        "armchair",
        "chair_1",
        "chair:innen",
        "chair*in",
        "o'chair",
        "chair/woman",
        "chair\u0331",
        "chair\u0331s",
        "\u0915\u093fchair",
    ],
)
def test_a_word_within_another_is_passed_over_and_named(text: str) -> None:
    found = book(text, "chair")
    assert [one.clause for one in places(found, Pattern("chair", "head"))] == ["x2"]
    if "chair\u0331" not in text:
        assert missed(found, Pattern("chair", "head")) == (Missed(text, 1),)


def test_a_letter_is_never_parted_from_its_marks() -> None:
    decomposed = book("cafe\u0301 cafe")
    for whole in (True, False):
        found = places(decomposed, Pattern("cafe", "bar", whole_words=whole))
        assert [one.start for one in found] == [6]
    assert replaced("हिन्दी हिन", "हिन", "x", whole_words=False) == "हिन्दी x"


def test_without_whole_words_german_compounds_are_found() -> None:
    text = "Mitglieder, Vereinsmitglieder, Mitgliederversammlung (Vereinsmitglieder)"
    pattern = Pattern("mitglieder", "personen", match_case=False)
    assert replaced(text, "mitglieder", "personen", match_case=False).startswith("Personen, Vereinsm")
    assert missed(book(text), pattern) == (Missed("Vereinsmitglieder", 2), Missed("Mitgliederversammlung", 1))
    loose = replace(pattern, whole_words=False)
    assert missed(book(text), loose) == ()
    assert [one.new for one in places(book(text), loose)] == ["Personen", "personen", "Personen", "personen"]


def test_a_number_is_no_word_within_a_number_or_a_citation() -> None:
    found = bind(book("Pay 4, or 4.2 or 1,4 or 4%, under clause 2.", "4 rows; see clause 4.", "3", "4"))
    assert [one.key for one in places(found, Pattern("4", "5"))] == ["x1/text/1", "x1/text/2", "x2/text/1", "x4/text/1"]
    assert places(found, Pattern("clause 4", "rule 4")) == ()
    assert missed(found, Pattern("4", "5")) == (Missed("1,4", 1), Missed("4.2", 1))
    typed = unbound(found)
    assert len(places(typed, Pattern("4", "5"))) == 4, "a citation that is no reference yet is one all the same"


def test_words_that_only_go_take_a_space_with_them() -> None:
    assert replaced("a very very good, very day", "very", "") == "a good, day"
    assert replaced("very very good", "very", "") == "good"
    assert replaced("Sit.\nvery good", "very", "") == "Sit.\ngood"
    assert replaced("good very", "very", "") == "good"
    assert replaced("(very)", "very", "") == "()"
    assert replaced("go verymuch", "very", "", whole_words=False) == "go much"
    assert replaced("the chair's hat", "chair", "") == "the chair's hat", "a possessive cannot stay alone"
    assert replaced("the chair's hat", "chair", "", whole_words=False) == "the's hat"


def test_any_sign_may_be_at_the_edge_of_what_is_sought() -> None:
    assert replaced("a (fee) b", "(fee)", "[due]") == "a [due] b"
    assert replaced("fee (if any)x", "(if any)", "or two") == "fee or twox"


def test_a_change_of_capitals_finds_only_what_it_changes() -> None:
    found = places(book("The union and the Union"), Pattern("union", "Union", match_case=False))
    assert [(one.old, one.new) for one in found] == [("union", "Union")]


def test_repealed_clauses_stay_as_they_are() -> None:
    gone = Constitution("Club", (replace(item("x1", "[deleted]"), repealed=True), item("x2", "deleted files")))
    assert [one.clause for one in places(gone, Pattern("deleted", "lost"))] == ["x2"]


def test_what_makes_no_sense_is_refused_in_a_sentence() -> None:
    for empty in ("", " "):
        with pytest.raises(NothingSought, match=r"^Enter the words that are to be replaced\.$"):
            Pattern(empty, "x")
    with pytest.raises(SameWords, match=r"^The new words are the same as the words they replace\.$"):
        Pattern("chair", "chair", match_case=False)
    with pytest.raises(LongerThanAnyClause, match=r"^These words are longer than any clause, so they occur nowhere\.$"):
        places(CLUB, Pattern("x" * 500, "y"))
    with pytest.raises(LongerThanAnyClause):
        places(Constitution("Empty"), CHAIR)


@st.composite
def laws(draw):
    """A rule book of words as rule books have them, with references."""
    texts = [text.replace("[[abc-1]]", "clause [[x1]]") for text in draw(st.lists(law_text(), min_size=1, max_size=4))]
    return book(*texts)


def padded(found):
    """The rule book with a clause longer than anything that is sought."""
    return replace(found, clauses=(*found.clauses, item("long", "." * 40)))


BOOKS = st.one_of(laws(), books()).map(padded)
SOUGHT = st.sampled_from(("Members", "five", "the", "a", "chair", "é", "5", "pay five", "committee", "हिन"))
PATTERNS = st.builds(Pattern, SOUGHT, st.sampled_from(("ΩΩ", "Ωmikron", "")), st.booleans(), st.booleans())


def targets(constitution):
    return [(one.source, one.target, one.bound) for one in references(constitution) if one.bound]


@settings(max_examples=60)
@given(BOOKS, PATTERNS, st.data())
def test_any_choice_of_places_replaces_those_and_only_those(found, pattern, data) -> None:
    all_places = places(found, pattern)
    chosen = [one for one in all_places if data.draw(st.booleans())]
    after = rebuilt(edits(found, chosen), found)
    for clause in found.walk():
        expected, behind = [], 0
        for one in (one for one in chosen if one.clause == clause.id and one.part == "text"):
            expected += [clause.text[behind : one.start], one.new]
            behind = one.start + len(one.old)
        assert after[clause.id].text == "".join(expected) + clause.text[behind:]
    assert targets(after) == targets(found)
    assert chosen or after == found
    if pattern.new:
        assert len(places(after, pattern)) == len(all_places) - len(chosen)


@settings(max_examples=60)
@given(BOOKS, SOUGHT, st.booleans())
def test_replacing_and_replacing_back_gives_the_original(found, old, whole) -> None:
    there, back = Pattern(old, "Ωmikron", whole_words=whole), Pattern("Ωmikron", old, whole_words=whole)
    after = rebuilt(edits(found, places(found, there)), found)
    assert rebuilt(edits(after, places(after, back)), after) == found


@settings(max_examples=60)
@given(laws().map(padded), SOUGHT, st.booleans())
def test_there_are_as_many_places_as_anybody_would_count(found, old, case) -> None:
    texts = [TOKEN.sub("\0", one.text) for one in found.walk()]
    # No mark follows that combines with the last letter.
    counted = re.compile(re.escape(old) + "(?![\u0900-\u0903\u093a-\u094f\u0300-\u036f])", 0 if case else re.IGNORECASE)
    naive = sum(len(counted.findall(text)) for text in texts)
    loose = Pattern(old, "Ω", whole_words=False, match_case=case)
    whole = replace(loose, whole_words=True)
    assert len(places(found, loose)) == naive
    assert len(places(found, whole)) + sum(one.times for one in missed(found, whole)) == naive


@pytest.mark.parametrize(
    ("corpus", "old", "new", "least"),
    [("debian-constitution", "Developers", "Members", 30), ("grundgesetz", "Bundestag", "Reichstag", 60)],
)
def test_a_real_rule_book_has_every_place_and_keeps_every_reference(corpus, old, new, least) -> None:
    law = bind(corpora.constitution(corpora.corpus(corpus)[-1]))
    found = places(law, Pattern(old, new))

    def words(book):
        return "\n".join(part for one in book.walk() for part in (one.heading, one.text))

    assert len(found) == len(re.findall(rf"\b{old}\b", words(law))) > least
    every = rebuilt(edits(law, found), law)
    assert words(every) == re.sub(rf"\b{old}\b", new, words(law))
    assert words(unbound(every)) == re.sub(rf"\b{old}\b", new, words(unbound(law)))
    assert targets(every) == targets(law)
    half = rebuilt(edits(law, found[::2]), law)
    assert len(places(half, Pattern(old, new))) == len(found) - len(found[::2])
