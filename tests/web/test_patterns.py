"""The page of patterns shows every kind of redline, merge and conflict, so that a look can be judged on one page."""

from dataclasses import replace

import html5lib
import pytest
import society
from pages import text

from amendments import rebase
from amendments.choices import Nature
from amendments.composite import Relation
from amendments.states import State
from config import Environment
from constitution.looks import Reason
from constitution.redline import Change
from services.desk_questions import ASKED
from services.obstacles import LOOKS
from web.patterns import sample

PLACE_OF_WORDS = "Which words at place 1?"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    return society.opened(tmp_path_factory.mktemp("patterns")).test_client()


@pytest.fixture(scope="module", params=["inline", "side"])
def page(client, request):
    return parsed(client, request.param)


@pytest.fixture(scope="module")
def inline(client):
    return parsed(client, "inline")


def parsed(client, view):
    response = client.get(f"/patterns?view={view}")
    assert response.status_code == 200
    return html5lib.parse(response.text, namespaceHTMLElements=False)


def sections(page, name):
    """The elements on the page whose class holds this word."""
    return [one for one in page.iter() if name in one.get("class", "").split()]


def pattern(page, name):
    """One pattern in words."""
    return text(next(one for one in page.iter("section") if one.get("id") == name))


@pytest.mark.parametrize("change", Change)
def test_every_change_of_a_clause_is_shown(page, change):
    assert sections(page, f"change-{change}")


def test_what_is_left_out_is_only_struck_from_the_text_as_amended(client):
    shown = pattern(parsed(client, "amended"), "struck")
    assert "1. Anyone" in shown
    assert "[-" not in shown.partition("Copied")[0]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("letters", "{+1a.+} {+The key of the shed hangs in the porch.+}"),
        ("repealed", "Left out, the number kept"),
        ("repealed", "Repealed."),
        ("moved", "Moved from 3"),
        ("renumbered", "Renumbered, was 2"),
        ("follows", "A reference follows"),
        ("follows", "clause [-2-]{+3+}"),
        ("split", "Split into this and 3"),
        ("joined", "Joined into 2"),
        ("heading", "[-Meetings-]{+General meetings+}"),
        ("throughout", "Throughout the constitution, leave out"),
        ("signs", "marked \\[-] is [-free-]{+vacant+} and"),
    ],
)
def test_each_pattern_says_in_words_what_it_shows(inline, name, said):
    assert said in pattern(inline, name)


def test_words_that_went_to_another_clause_are_marked_at_both_ends(inline):
    across = next(one for one in inline.iter("section") if one.get("id") == "across")
    assert {one.tag for one in across.iter() if one.get("class") == "moved"} == {"ins", "del"}


@pytest.mark.parametrize("relation", Relation)
def test_every_way_in_which_amendments_meet_is_shown(inline, relation):
    assert f"{relation.capitalize()} " in " ".join(text(one) for one in sections(inline, "meeting"))


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_to_look_is_shown(inline, reason):
    assert [text(one) for one in sections(inline, f"look-{reason}") if LOOKS[reason] in text(one)]


@pytest.mark.parametrize("nature", Nature)
def test_every_nature_of_question_is_put(inline, nature):
    legends = " ".join(text(one) for one in inline.iter("legend"))
    assert ASKED.get(nature, PLACE_OF_WORDS) in legends


def test_questions_are_shown_open_settled_and_changed_by_another_meanwhile(inline):
    assert sections(inline, "conflict")
    assert sections(inline, "settled")
    assert "Saved by another member meanwhile: twelve" in pattern(inline, "meanwhile")


def test_the_words_of_an_outcome_name_their_sources(inline):
    outcome = pattern(inline, "own").partition("Outcome")[2]
    assert "A general meeting needs [committee: thirty end]committee[A14: plot holders end]A14 present." in outcome


def test_a_label_stands_at_its_words_and_not_behind_the_space_after_them(inline):
    assert "when the pump runs low, [A14: not end]A14 water at noon." in pattern(inline, "turning")


def test_what_the_committee_did_not_follow_is_listed(inline):
    assert "Not followed A14: Leave out clause 2." in pattern(inline, "aside")


@pytest.mark.parametrize("state", rebase.State)
def test_every_way_an_amendment_stands_on_a_newer_edition_is_shown(inline, state):
    shown = pattern(inline, f"rebase-{state}")
    placed = [one.placement for one in sample().rebases if one.placement.state is state]
    assert [sentence for one in placed for _, _, sentence in one.each if sentence in shown]


@pytest.mark.parametrize("state", State)
def test_every_state_of_an_amendment_is_shown(inline, state):
    assert state.replace("-", " ").capitalize() in [text(one) for one in sections(inline, "tag")]


def test_production_has_no_page_of_patterns(client):
    app = client.application
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, environment=Environment.PRODUCTION)
    try:
        assert client.get("/patterns").status_code == 404
    finally:
        app.config["SETTINGS"] = settings
