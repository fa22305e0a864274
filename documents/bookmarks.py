"""By what a text that left as a document is known again when it comes back: the names of bookmarks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9]")
_ENCODED = re.compile(r"_([0-9a-f]+)_")
# What stands at the end of a document of ours, and is no text of the book.
COLOPHON = re.compile(r"_?(?:Amendment A|Draft |Edition |From edition )\d+,.*\bdigest [0-9a-f]{64}\.")
_ORIGIN = re.compile(r"ed_(\d{1,9})(?:_of_(.+))?")


@dataclass(frozen=True, slots=True)
class Colophon:
    """What a document says of itself: the ``mark`` of the text it was made from, a ``note`` at its end, its language, when."""

    title: str
    mark: str
    note: str
    language: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Origin:
    """The edition that a document was made of, and the clause if it holds only that and what is below it."""

    edition: int
    clause: str = ""

    @property
    def mark(self) -> str:
        """The bookmark at its beginning."""
        return f"ed_{self.edition}" + (f"_of_{_encoded(self.clause)}" if self.clause else "")

    @classmethod
    def read(cls, mark: str) -> Origin | None:
        """What a bookmark says; None when it is none of ours."""
        found = _ORIGIN.fullmatch(mark)
        return cls(int(found[1]), _decoded(found[2] or "")) if found else None


def bookmark(clause: str) -> str:
    """The name of the bookmark of a clause: at most 40 characters, which is as many as Word keeps."""
    return f"cl_{_encoded(clause)}"


def clause_of(name: str) -> str | None:
    """The id of the clause whose bookmark it is; None for any other bookmark."""
    if not name.startswith("cl_"):
        return None
    return _decoded(name.removeprefix("cl_"))


def _encoded(clause: str) -> str:
    return _NOT_IN_A_NAME.sub(lambda sign: f"_{ord(sign[0]):x}_", clause)


def _decoded(name: str) -> str:
    return _ENCODED.sub(lambda sign: chr(int(sign[1], 16)), name)
