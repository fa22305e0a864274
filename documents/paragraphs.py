"""What a reader finds in a document of an office: its paragraphs in order, with what they looked like there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, as its programme shows it.

    ``number`` counts from 1 in the body of the document. ``label`` is its number as printed, computed from its list or
    style; a number that was typed is still in ``text``. ``text`` is what remains once every tracked change is accepted,
    with our signs of emphasis; ``before`` once every one is rejected, None where the whole paragraph was inserted.
    ``struck``: it was deleted as a whole, and its text is empty. ``level`` is that of a heading (1 to 9, 0: none),
    ``indent`` how deep its list or indentation is. ``bookmarks`` are those that begin in it. ``doubts`` are sentences on
    what could not be read as it looked.
    """

    number: int
    text: str
    label: str = ""
    before: str | None = None
    struck: bool = False
    level: int = 0
    indent: int = 0
    bookmarks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    title: bool = False

    @property
    def is_tracked(self) -> bool:
        """Whether anything in it is a tracked change."""
        return self.struck or self.before != self.text
