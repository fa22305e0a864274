"""What a reader copies out of a redline, in a real browser with our stylesheet."""

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from constitution.diff import after as text_after
from constitution.diff import before as text_before
from constitution.diff import diff, parse_plain
from web.words import emphasis

ROOT = Path(__file__).parents[2]
jinja = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True)
jinja.filters["emphasis"] = emphasis
redline = jinja.get_template("redline.html").module

COPY = """() => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector(".clause-text"));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return getSelection().toString();
}"""


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("At least sixteen members.", "At least forty-eight members."),
        ("It shall so do, at once.", "It shall do it, at once and for all."),
        ("", "A whole new clause."),
    ],
)
def test_a_redline_survives_being_copied_as_plain_text(chromium, old, new):
    page = chromium.new_page()
    style = (ROOT / "static" / "redraft.css").read_text()
    runs = diff(old, new)
    page.set_content(
        f'<style>{style}</style><div class="rulebook"><p class="clause-text">{redline.runs(runs)}</p></div>'
    )
    copied = parse_plain(page.evaluate(COPY))
    assert (text_before(copied), text_after(copied)) == (old, new)
    page.close()
