"""The one macro that draws a redline, for eyes, for ears and for what is copied out of it."""

from dataclasses import dataclass, field
from pathlib import Path

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader

from web.words import emphasis

TEMPLATES = Path(__file__).parents[2] / "templates"
jinja = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
jinja.filters["emphasis"] = emphasis
redline = jinja.get_template("redline.html").module


@dataclass(frozen=True)
class Run:
    """As constitution.diff has them."""

    op: str
    text: str
    moved: int | None = None


@dataclass(frozen=True)
class Redlined:
    """As constitution.redline has them."""

    change: str
    text: tuple[Run, ...]
    heading: tuple[Run, ...] = ()
    id: str = "c1"
    kind: str = "clause"
    depth: int = 1
    label_before: str = "4.2"
    label_after: str = "4.2"
    mark_before: str = "4.2."
    mark_after: str = "4.2."
    moved_from: str | None = None


SIXTEEN = (Run("keep", "The "), Run("delete", "sixteen"), Run("insert", "forty-eight"), Run("keep", " branches"))


def seen(html, leaving_out=("heard",)):
    """What a page says, without the parts of these classes."""

    def said(element):
        inside = "" if element.get("class") in leaving_out else (element.text or "") + "".join(map(said, element))
        return inside + (element.tail or "")

    return said(html5lib.parseFragment(f"<div>{html}</div>", namespaceHTMLElements=False)[0])


def test_a_copied_redline_keeps_its_signs():
    assert seen(redline.runs(SIXTEEN)) == "The [-sixteen-]{+forty-eight+} branches"


def test_a_heard_redline_says_where_a_change_begins_and_ends():
    assert seen(redline.runs(SIXTEEN), ("copied",)) == (
        "The [deleted: sixteen end][inserted: forty-eight end] branches"
    )


def test_the_signs_to_copy_are_not_spoken():
    html = html5lib.parseFragment(redline.runs(SIXTEEN), namespaceHTMLElements=False)
    assert {one.get("aria-hidden") for one in html.iter("span") if one.get("class") == "copied"} == {"true"}


@pytest.mark.parametrize(
    ("view", "text"),
    [
        ("before", "The sixteen branches"),
        ("amended", "The forty-eight branches"),
        ("old", "The [-sixteen-] branches"),
        ("new", "The {+forty-eight+} branches"),
    ],
)
def test_every_view_is_of_the_same_runs(view, text):
    assert seen(redline.runs(SIXTEEN, view)) == text


RUNS = st.lists(
    st.builds(
        Run,
        st.sampled_from(["keep", "delete", "insert"]),
        st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="*_"), min_size=1),
    ),
    max_size=6,
).map(tuple)


@given(RUNS)
def test_no_text_is_lost_or_taken_for_markup(runs):
    sign = {"keep": ("", ""), "delete": ("[-", "-]"), "insert": ("{+", "+}")}
    assert seen(redline.runs(runs)) == "".join(sign[run.op][0] + run.text + sign[run.op][1] for run in runs)


def test_markup_in_a_clause_is_only_text():
    assert "<script>" not in str(redline.runs((Run("insert", "<script>alert(1)</script>"),)))


def test_a_struck_clause_is_gone_from_the_text_as_amended():
    struck = Redlined("struck", (Run("delete", "Gone."),))
    assert "Gone." not in str(redline.document((struck,), "amended"))
    assert "[-Gone.-]" in seen(redline.document((struck,)))


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        (Redlined("reworded", SIXTEEN), "Reworded"),
        (Redlined("moved", SIXTEEN, moved_from="9.9"), "Moved from 9.9"),
        (Redlined("renumbered", SIXTEEN, label_before="4.1"), "Renumbered, was 4.1"),
        (Redlined("renumbered", SIXTEEN), "A reference follows"),
        (Redlined("struck", SIXTEEN), "Left out"),
        (Redlined("added", SIXTEEN), "New"),
    ],
)
def test_what_happened_to_a_clause_is_said_in_words(clause, words):
    assert words in seen(redline.document((clause,)))
    assert words in seen(redline.document((clause,), "side"))
    assert words in seen(redline.changes((clause,)))


def test_side_by_side_shows_the_old_beside_the_new():
    html = seen(redline.document((Redlined("reworded", SIXTEEN),), "side"))
    assert html.index("The [-sixteen-] branches") < html.index("The {+forty-eight+} branches")


def test_a_changed_number_is_marked_too():
    shown = seen(
        redline.document((Redlined("renumbered", (Run("keep", "Text."),), mark_before="4.2.", mark_after="4.3."),))
    )
    assert "[-4.2.-] {+4.3.+} Text." in shown


def test_each_word_names_its_source():
    @dataclass(frozen=True)
    class Word:
        text: str
        sources: frozenset[str] = field(default_factory=frozenset)

    html = redline.words(
        (Word("In "), Word("ten", frozenset({"A2"})), Word(" days", frozenset({"A1", "A2"}))), ("A1", "A2")
    )
    assert seen(html, ()) == "In [A2: ten end][A1 and A2:  days end]"
    assert "source-2" in str(html)
