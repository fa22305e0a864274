"""What a draft makes worth looking at besides."""

from __future__ import annotations

from dataclasses import replace

import corpora
import pytest
from edits import books, edits, item
from hypothesis import given, settings
from hypothesis import strategies as st

from amendments.changes import EditConflict
from amendments.consequences import Nature, accepted, consequences
from amendments.edit import Insert, Move, Reword, Strike, rebuilt
from amendments.glossary import term_changes
from amendments.reader import CannotPerform
from constitution.clause import UNNUMBERED, Clause, Constitution, Kind, Mark, Practice, Repeals, Style
from constitution.references import TOKEN, bind

ARTICLE = Mark(Style.DECIMAL, "", ".")


def article(clause_id, heading, *children, text=""):
    return Clause(clause_id, Kind.ARTICLE, heading, text, ARTICLE, children)


CLUB = Constitution(
    "Club",
    (
        article(
            "terms",
            "Definitions",
            item("path", "“path” means a way that is open to all;"),
            item("year", "“year” means twelve months."),
        ),
        article(
            "meet",
            "Meetings",
            item("quorum", "Sixteen (16) members are a quorum for a year."),
            item("notice", "Notice is given by post (see clause [[quorum]])."),
            item("late", "No meeting is held late."),
        ),
        article(
            "rest",
            "The rest",
            item("both", "A breach of clauses [[quorum]] and [[late]] is serious on a path."),
            item("keep", "Paths are kept under clause [[late]], for a year."),
            item("whole", "Everything in article [[meet]] is public."),
        ),
    ),
)


def found(*edits, base=CLUB):
    return [(one.nature.value, one.sentence) for one in consequences(base, edits)]


def test_a_draft_without_edits_has_no_consequences() -> None:
    assert consequences(CLUB, ()) == ()


def test_references_to_what_is_struck_would_dangle_and_go_where_that_is_certain() -> None:
    edits = (Strike("quorum"),)
    dangling = [one for one in consequences(CLUB, edits) if one.nature is Nature.DANGLING]
    assert [(one.sentence, one.key) for one in dangling] == [
        ("2(2) refers to 2(1), which your amendment takes out.", "dangling/notice/quorum"),
        ("3(1) refers to 2(1), which your amendment takes out.", "dangling/both/quorum"),
    ]
    assert [one.edit for one in dangling] == [
        Reword("notice", "Notice is given by post."),
        Reword("both", "A breach of clause [[late]] is serious on a path."),
    ]
    after = accepted(CLUB, edits, dangling)
    assert after == (*edits, *(one.edit for one in dangling))
    assert all(one.nature is not Nature.DANGLING for one in consequences(CLUB, after))


def test_where_it_is_not_certain_the_place_is_only_named() -> None:
    dangling = consequences(CLUB, (Strike("late"),))[:2]
    assert [(one.sentence, one.edit is None) for one in dangling] == [
        ("3(1) refers to 2(3), which your amendment takes out.", False),
        ("3(2) refers to 2(3), which your amendment takes out.", True),
    ]
    assert accepted(CLUB, (Strike("late"),), dangling[1:]) == (Strike("late"),)


def test_what_stands_below_a_struck_clause_goes_with_it() -> None:
    assert [one for one in found(Strike("meet")) if one[0] == "dangling"] == [
        ("dangling", "3(1) refers to 2(1) and 2(3), which your amendment takes out."),
        ("dangling", "3(2) refers to 2(3), which your amendment takes out."),
        ("dangling", "3(3) refers to 2, which your amendment takes out."),
    ]


def test_of_an_article_and_its_paragraph_the_paragraph_is_named() -> None:
    law = Constitution(
        "Law",
        (
            article("a1", "One", item("p1", "Yes."), item("p2", "No.")),
            article("a2", "Two", text="As in article [[a1]] paragraph [[p1:own]]."),
        ),
    )
    assert found(Strike("a1"), base=law) == [("dangling", "2 refers to 1(1), which your amendment takes out.")]
    assert found(Strike("p1"), base=law) == [("dangling", "2 refers to 1(1), which your amendment takes out.")]
    assert found(Reword("p1", "Perhaps."), base=law) == [("citing", "2 refers to 1(1), which you change.")]
    assert found(Reword("p2", "Perhaps."), base=law) == []
    other_way = rebuilt((Reword("a2", "As in paragraph [[p1:own]] of article [[a1]]."),), law)
    assert found(Reword("p2", "Perhaps."), base=other_way) == []
    both = rebuilt((Reword("a2", "As in article [[a1]] and paragraph [[p1:own]]."),), law)
    assert found(Strike("a1"), base=both) == [("dangling", "2 refers to 1 and 1(1), which your amendment takes out.")]
    rescued = found(Strike("a1"), Move("p1", None, "a1"), base=law)
    assert rescued == [("dangling", "2 refers to 1, which your amendment takes out.")]
    new = item("n1", "As in article [[a1]] paragraph [[n2]].", item("n2", "Yes."))
    assert [one.clause for one in consequences(law, (Strike("a1"), Insert("a2", None, new)))] == ["a2", "n1"]


def test_what_is_moved_out_of_a_struck_clause_is_still_there() -> None:
    assert ("dangling", "3(2) refers to 2(3), which your amendment takes out.") not in found(
        Strike("meet"), Move("late", "rest", None)
    )


def test_a_number_that_outlives_its_clause_is_no_clause() -> None:
    keeping = replace(CLUB, practice=Practice(repeals=Repeals.KEEP))
    assert found(Strike("quorum"), base=keeping) == found(Strike("quorum"))
    long_gone = rebuilt((Strike("quorum"),), keeping)
    assert found(Reword("late", "Meetings end at ten."), base=long_gone) == [
        ("citing", "3(1) refers to 2(3), which you change."),
        ("citing", "3(2) refers to 2(3), which you change."),
        ("citing", "3(3) refers to 2, part of which you change."),
    ]


def test_a_new_clause_is_called_so_and_offered_nothing() -> None:
    new = Insert(
        "rest", "whole", item("n1", "A path is closed under clauses [[quorum]] and [[late]]; sixteen (17) know.")
    )
    draft = (Strike("quorum"), Reword("path", "“way” means a way that is open to all;"), new)
    about = [one for one in consequences(CLUB, draft) if one.clause == "n1"]
    assert [(one.sentence, one.edit) for one in about] == [
        ("The new 3(4) refers to 2(1), which your amendment takes out.", None),
        ("The new 3(4) says “path”, which your amendment calls “way”.", None),
        ("The new 3(4) says “sixteen (17)”: the number in words and the one in figures differ.", None),
    ]


def test_what_cites_a_reworded_clause_is_to_be_read() -> None:
    assert found(Reword("late", "Meetings end at ten.")) == [
        ("citing", "3(1) refers to 2(3), which you change."),
        ("citing", "3(2) refers to 2(3), which you change."),
        ("citing", "3(3) refers to 2, part of which you change."),
    ]
    assert found(Reword("meet", "", "Assemblies")) == [("citing", "3(3) refers to 2, which you change.")]


@pytest.mark.parametrize("edit", [Insert("meet", None, item("n1", "Sit.")), Move("late", None, "rest")])
def test_what_comes_to_or_leaves_a_clause_changes_part_of_it(edit) -> None:
    assert ("citing", "3(3) refers to 2, part of which you change.") in found(edit)


def test_another_order_within_a_clause_changes_nothing_that_is_cited() -> None:
    assert found(Move("late", "meet", None)) == []


def test_two_clauses_with_a_word_between_them_are_both_cited() -> None:
    club = Constitution("Club", (*CLUB.clauses, item("x1", "Clause [[quorum]] overrides [[late]] of clause [[year]].")))
    for one in ("quorum", "late"):
        assert "x1" in [found.clause for found in consequences(club, (Reword(one, "Else."),))]


def test_a_clause_that_cites_itself_is_not_named() -> None:
    own = Constitution("Club", (item("x1", "Clause [[x1]] binds all."), item("x2", "See [[x1]].")))
    assert found(Reword("x1", "Clause [[x1]] binds us."), base=own) == [("citing", "2 refers to 1, which you change.")]


def test_a_paragraph_without_a_number_is_told_by_its_place() -> None:
    plain = Clause("p2", Kind.PARAGRAPH, text="See [[x1]].", mark=UNNUMBERED)
    below = Clause("p1", Kind.PARAGRAPH, text="See [[x1]].", mark=UNNUMBERED)
    club = Constitution("Club", (article("a1", "Aims", below), plain, item("x1", "Walk.")))
    assert [said for _, said in found(Reword("x1", "Run."), base=club)] == [
        "Paragraph 1 of 1 refers to 1, which you change.",
        "Paragraph 1 refers to 1, which you change.",
    ]


def test_a_term_called_otherwise_is_offered_wherever_it_is_used() -> None:
    draft = (Reword("path", "“trail” means a way that is open to all;"),)
    renamed = [one for one in consequences(CLUB, draft) if one.nature is Nature.RENAMED]
    assert [(one.sentence, one.about) for one in renamed] == [
        ("3(1) says “path”, which your amendment calls “trail”.", "path"),
        ("3(2) says “path”, which your amendment calls “trail”.", "path"),
    ]
    assert renamed[1].edit == Reword("keep", "Trails are kept under clause [[late]], for a year.")
    assert [(one.before, one.old, one.new) for one in renamed[1].places] == [("", "Paths", "Trails")]
    assert accepted(CLUB, draft, renamed[1:]) == (*draft, renamed[1].edit)
    assert consequences(CLUB, accepted(CLUB, draft, renamed)) == ()


def test_several_edits_to_one_clause_are_accepted_together_on_top_of_the_draft() -> None:
    both = Reword("both", "Any breach of clauses [[quorum]] and [[late]] is grave on a path.", "Breaches")
    draft = (Strike("quorum"), both, both, Reword("path", "“trail” means a way that is open to all;"))
    chosen = [one for one in consequences(CLUB, draft) if one.clause == "both" and one.edit]
    assert [one.nature for one in chosen] == [Nature.DANGLING, Nature.RENAMED]
    assert chosen[0].edit == Reword("both", "Any breach of clause [[late]] is grave on a path.", "Breaches")
    assert accepted(CLUB, draft, chosen) == (
        draft[0],
        Reword("both", "Any breach of clause [[late]] is grave on a trail.", "Breaches"),
        draft[3],
    )
    with pytest.raises(CannotPerform):
        accepted(CLUB, (Reword("both", "No."),), chosen)


def test_a_heading_can_be_reworded_as_a_consequence() -> None:
    club = replace(CLUB, clauses=(*CLUB.clauses, item("x1", "None.", heading="Path closures")))
    draft = (Reword("path", "“trail” means a way that is open to all;"), Reword("x1", "Some.", "Path and closure"))
    (one,) = (one for one in consequences(club, draft) if one.clause == "x1")
    assert one.edit == Reword("x1", "Some.", "Trail and closure")


def test_a_term_that_loses_its_definition_is_named_wherever_it_is_used() -> None:
    expected = [
        ("undefined", "2(1) uses “year”, whose definition in 1(2) your amendment takes out."),
        ("undefined", "3(2) uses “year”, whose definition in 1(2) your amendment takes out."),
    ]
    assert found(Strike("year")) == expected
    assert found(Reword("year", "Nothing else.")) == expected
    assert found(Reword("year", "“autumn” means what is left over after summer; “spring” means growth.")) == expected
    assert found(Reword("year", "“cat” is a beast.")) == expected, "which is no other name for a year"


def test_a_definition_that_only_moves_is_not_lost() -> None:
    elsewhere = Insert("terms", None, item("n1", "“year” means twelve months."))
    assert found(Strike("year"), elsewhere) == []
    renamed = (
        Reword("path", "“trail” means a way that is open to all;"),
        Insert("rest", None, item("n1", "“path” means mud.")),
    )
    assert found(*renamed) == []


def test_a_definition_that_says_another_thing_is_named_wherever_it_is_used() -> None:
    assert found(Reword("year", "“year” means thirteen months.")) == [
        ("redefined", "2(1) uses “year”, whose definition in 1(2) you change."),
        ("redefined", "3(2) uses “year”, whose definition in 1(2) you change."),
    ]
    assert found(Reword("path", "“path” means a way that is open to all;", "Ways")) == []


def test_the_list_below_a_definition_belongs_to_it() -> None:
    officers = item("off", "“officer” means:", item("o1", "the chair;"), item("o2", "the clerk."))
    club = Constitution("Club", (officers, item("x1", "Officers sit in front.")))
    expected = [("redefined", "2 uses “officer”, whose definition in 1 you change.")]
    assert found(Strike("o1"), base=club) == expected
    assert found(Reword("o2", "the bursar."), base=club) == expected


@pytest.mark.parametrize("word", ["Path", "PATH", "path", "Year"])
def test_the_spelling_of_terms_is_never_forced(word: str) -> None:
    assert found(Reword("keep", f"{word}s are kept under clause [[late]]."), Insert(None, None, item("n1", word))) == []


def test_a_number_changed_in_words_or_figures_alone_is_pointed_out() -> None:
    def differing(text):
        return [said for nature, said in found(Reword("quorum", text)) if nature == "figures"]

    said = "2(1) says “{}”: the number in words and the one in figures differ."
    assert differing("Eighteen (16) members are a quorum.") == [said.format("Eighteen (16)")]
    assert differing("Sixteen (18) members are a quorum.") == [said.format("Sixteen (18)")]
    assert differing("Eighteen (18) members are a quorum.") == []
    wrong = rebuilt((Reword("quorum", "Sixteen (18) members."),), CLUB)
    assert found(Reword("quorum", "Sixteen (18) people."), base=wrong)[0][0] == "citing", "it was so before"


def test_edits_that_cannot_be_carried_out_are_refused() -> None:
    with pytest.raises(EditConflict):
        consequences(CLUB, (Strike("quorum"), Reword("quorum", "x")))


def test_changes_to_terms_are_compared_clause_by_clause() -> None:
    after = rebuilt((Reword("path", "“trail” means a way that is open to all;"), Strike("year")), CLUB)
    changes = term_changes(CLUB, after, ["path", "year"])
    assert changes.renamed == {"path": "trail"}
    assert [one.term for one in changes.lost] == ["year"]
    assert changes.changed == ()


@settings(max_examples=50)
@given(books(), st.data())
def test_whatever_is_accepted_no_reference_is_lost_but_those_that_dangle(base, data) -> None:
    draft = data.draw(edits(base))
    found = consequences(base, draft)
    after = rebuilt(draft, base)
    gone = {one.id for one in base.walk()} - {one.id for one in after.walk() if not one.repealed}
    assert {one.clause for one in found if one.nature is Nature.DANGLING} == {
        one.id
        for one in after.walk()
        if not one.repealed and gone & {token[1] for token in TOKEN.finditer(one.heading + one.text)}
    }
    final = rebuilt(accepted(base, draft, found), base)
    for one in after.walk():
        stays = [token[0] for token in TOKEN.finditer(one.text) if token[1] not in gone]
        assert [token[0] for token in TOKEN.finditer(final[one.id].text) if token[1] not in gone] == stays
    assert len({one.key for one in found}) == len(found)


def test_in_a_real_rule_book_every_citation_of_a_struck_clause_is_named() -> None:
    law = bind(corpora.constitution(corpora.corpus("debian-constitution")[-1]))
    cited = {token[1] for one in law.walk() for token in TOKEN.finditer(one.text)}
    assert len(cited) > 10
    for target in cited:
        dangling = [one.clause for one in consequences(law, (Strike(target),)) if one.nature is Nature.DANGLING]
        gone = {one.id for one in law[target].walk()}
        assert dangling == [
            one.id
            for one in law.walk()
            if one.id not in gone and gone & {token[1] for token in TOKEN.finditer(one.text)}
        ]
