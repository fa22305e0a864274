"""Defined terms: where they are explained, where they are used, and what it takes to call them otherwise."""

from __future__ import annotations

from dataclasses import replace

import corpora
import pytest
from edits import item
from hypothesis import given, settings
from hypothesis import strategies as st

from amendments.edit import rebuilt
from amendments.terms import definitions, renaming, uses
from amendments.throughout import edits
from constitution.clause import Clause, Constitution, Kind, UnknownClause


def book(*texts, language="en"):
    return Constitution("Club", tuple(item(f"x{n}", text) for n, text in enumerate(texts, 1)), language=language)


def terms(*texts):
    return [one.term for one in definitions(book(*texts))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“Member” means anyone who pays.", ["Member"]),
        ('"path" means a way; "year" means a year.', ["path", "year"]),
        ("The 'Members' are those who pay.", ["Members"]),
        ("**Branch** includes a former branch.", ["Branch"]),
        ("“May” or “can” indicates discretion.", ["May", "can"]),
        ("“in writing,” shall include e-mail; “in print” shall mean on paper.", ["in writing", "in print"]),
        ("“Quorum” (see clause 4) has the meaning given there.", ["Quorum"]),
        ("A national committee (the “Committee”) is elected.", ["Committee"]),
        ("The Footpath Union (“the Union”) is a union.", ["Union"]),
        ("A body (hereinafter referred to as the “Board”) sits.", ["Board"]),
        ("A body (hereinafter the Board) sits.", ["Board"]),
        ("The name is the Footpath Union, hereinafter “the union”.", ["union"]),
        ('In this constitution it is called "the union".', ["union"]),
        ("„Mitglied“ im Sinne dieser Satzung ist, wer zahlt.", ["Mitglied"]),
        ("Die „Mitglieder“ sind alle, die zahlen.", ["Mitglieder"]),
        ("Ein Mitglied im Sinne dieser Satzung ist, wer zahlt.", ["Mitglied"]),
        ("Der Bundesvorstand (im Folgenden „Vorstand“) tagt.", ["Vorstand"]),
        ("Der Bundesvorstand (nachfolgend auch: der „Vorstand“ genannt) tagt.", ["Vorstand"]),
        ("Der Bundesvorstand (im Folgenden Vorstand) tagt.", ["Vorstand"]),
        ("Der Bundesvorstand, im Folgenden kurz „Vorstand“ genannt, tagt.", ["Vorstand"]),
        ("„Jahr“ bezeichnet das Kalenderjahr.", ["Jahr"]),
        ('The default option is "None of the above".', []),
        ('The present ("is", for example) is a rule.', []),
        ("A “conflict” can be serious, and “silence” is golden.", []),
        ("The Mehrheit der Mitglieder im Sinne dieses Gesetzes ist groß.", []),
        ("The members' fee means a lot; the member's fee is 'low'.", []),
        ("“one two three four five six seven” means nothing.", []),
        ("Path means a way.", []),
    ],
)
def test_what_is_certainly_a_definition_is_found(text: str, found: list[str]) -> None:
    assert terms(text) == found


@pytest.mark.parametrize("heading", ["Definitions", "Interpretation", "2. Meaning of words", "Begriffsbestimmungen"])
def test_under_a_heading_for_definitions_more_forms_are_read(heading: str) -> None:
    below = (
        item("x1", "“path”: a way"),
        item("x2", "Year means a calendar year."),
        item("x3", "a way on water", heading="The canal"),
        item("x4", "Nothing else."),
        Clause("x5", Kind.SECTION, "Reading", "Read on."),
    )
    glossary = Constitution("Club", (Clause("top", Kind.SECTION, heading, "In these rules:", children=below),))
    found = definitions(glossary)
    assert [(one.term, one.clause, one.part, one.start) for one in found] == [
        ("path", "x1", "text", 1),
        ("Year", "x2", "text", 0),
        ("canal", "x3", "heading", 4),
    ]
    assert found[2].meaning == "a way on water"


def test_a_definition_ends_where_the_next_begins_and_takes_in_the_list_it_leads_up_to() -> None:
    club = Constitution(
        "Club",
        (
            item("x1", "We walk. “Path” means a way; “year” means twelve months. We sing."),
            item("x2", "“officer” means:", item("x3", "the chair;"), item("x4", "the clerk.")),
            item("x5", "A committee (the “Committee”) sits.", item("x6", "It sings.")),
        ),
    )
    assert [one.meaning for one in definitions(club)] == [
        "“\0” means a way; “",
        "” means a way; “\0” means twelve months.",
        "“\0” means:\n\nthe chair;\n\nthe clerk.",
        "A committee (the “\0”) sits.",
    ]
    assert [one.term for one in definitions(club, ["x2", "x5"])] == ["officer", "Committee"]
    with pytest.raises(UnknownClause):
        definitions(club, ["x9"])


def renamed(text, old, new, language="en"):
    found = book(text, language=language)
    return rebuilt(edits(found, renaming(found, old, new)), found)["x1"].text


@pytest.mark.parametrize(
    ("text", "old", "new", "after"),
    [
        ("The Members, a Member's vote, no member", "Member", "Friend", "The Friends, a Friend's vote, no member"),
        ("MEMBERS of the Membership", "Member", "Friend", "FRIENDS of the Membership"),
        ("Each Member of the Members", "Members", "Friends", "Each Friend of the Friends"),
        ("Each Member of the Members", "Members", "Staff", "Each Member of the Staff"),
        ("path, Paths, PATH, footpath", "path", "way", "way, Ways, WAY, footpath"),
        ("a Party, two Parties", "Party", "Class", "a Class, two Classes"),
        ("two Parties, a Party", "Parties", "Bodies", "two Bodies, a Body"),
        ("the Class of Classes", "Class", "Branch", "the Branch of Branches"),
        ("the votes cast, Votes cast", "votes cast", "valid votes", "the valid votes, Valid votes"),
        ("the union, The Union, [[union]]", "union", "Union", "the Union, The Union, [[union]]"),
        ("the union", "union", "union", "the union"),
        ("la la la", "la la", "lu", "lu la"),
        ("la la las", "la la", "lu", "lu las"),
        ("the Boss", "Boss", "Press", "the Press"),
    ],
)
def test_a_term_is_called_otherwise_wherever_it_is_used(text: str, old: str, new: str, after: str) -> None:
    assert renamed(text, old, new) == after


def test_german_genitives_are_kept() -> None:
    text = "Der Vorstand, des Vorstands, die Vorstandssitzung"
    assert renamed(text, "Vorstand", "Ausschuss", "de") == "Der Ausschuss, des Ausschusses, die Vorstandssitzung"
    assert renamed("Der Ausschuss, des Ausschusses", "Ausschuss", "Rat", "de") == "Der Rat, des Rats"


def test_terms_are_used_in_texts_and_headings_but_not_in_what_is_repealed() -> None:
    club = Constitution(
        "Club",
        (
            item("x1", "Paths are open."),
            item("x2", "Nothing.", heading="A path"),
            replace(item("x3", "[path deleted]"), repealed=True),
            item("x4", "footpath"),
        ),
    )
    assert uses(club, "path") == ("x1", "x2")
    assert uses(club, "paths") == ("x1", "x2")
    assert uses(club, "Path") == ("x1",)
    assert [one.clause for one in renaming(club, "path", "way")] == ["x1", "x2"]


@settings(max_examples=50)
@given(
    st.lists(st.sampled_from(("Members", "member", "Member's", "a", "[[x1]]", "MEMBER", "(Member)", "is")), max_size=12)
)
def test_a_term_called_otherwise_and_back_is_as_it_was(words) -> None:
    text = " ".join(words)
    assert renamed(renamed(text, "Member", "Zebra"), "Zebra", "Member") == text
    assert "Member" not in renamed(text, "Member", "Zebra")


def test_the_terms_of_real_rule_books_are_found() -> None:
    debian = definitions(corpora.constitution(corpora.corpus("debian-constitution")[-1]))
    assert [one.term for one in debian] == ["May", "can", "Should"]
    law = corpora.constitution(corpora.corpus("grundgesetz")[-1])
    assert [one.term for one in definitions(law)] == ["Deutscher"]
