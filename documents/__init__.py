"""Documents as people have them, read into a constitution: Markdown as written anywhere, and plain text."""

from __future__ import annotations

from constitution.clause import Constitution
from constitution.markup import MarkupError, Problem
from documents import markdown, plain_text

__all__ = ["MarkupError", "read"]

_MARKDOWN = (".md", ".markdown", ".mdown")


def read(name: str, content: bytes | str) -> Constitution:
    """The constitution in a document; its name says how it is written. Raises MarkupError naming the lines that do not fit."""
    text = content if isinstance(content, str) else _decoded(content)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return markdown.read(text) if name.lower().endswith(_MARKDOWN) else plain_text.read(text)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MarkupError(
            [
                Problem(
                    line,
                    content.split(b"\n")[line - 1].decode("utf-8", "replace"),
                    "The file is not in UTF-8; save it as UTF-8 and try again.",
                )
            ]
        ) from error
