"""Emphasis in the text of a clause: ``**bold**`` and ``_italic_``; every other sign is only itself."""

from __future__ import annotations

import re
from enum import StrEnum

SIGNED = re.compile(r"\*\*(?=\S)(?P<strong>[^*\n]+)(?<=\S)\*\*|(?<!\w)_(?=\S)(?P<em>[^_\n]+)(?<=\S)_(?!\w)")


class Look(StrEnum):
    """How a character is drawn; a sign of emphasis itself is not."""

    BOLD = "bold"
    ITALIC = "italic"
    PLAIN = "plain"
    SIGN = "sign"


_LOOKS = {"strong": Look.BOLD, "em": Look.ITALIC}


def looks(text: str) -> list[Look]:
    """The look of every character of a text."""
    found = [Look.PLAIN] * len(text)
    for signed in SIGNED.finditer(text):
        name = signed.lastgroup or ""
        start, end = signed.span(name)
        found[signed.start() : signed.end()] = [
            *[Look.SIGN] * (start - signed.start()),
            *[_LOOKS[name]] * (end - start),
            *[Look.SIGN] * (signed.end() - end),
        ]
    return found
