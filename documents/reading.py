"""Any document read into entries, in a process of its own with limits: what a stranger sends cannot hurt the server.

    python -m documents.reading NAME < DOCUMENT

prints JSON: the entries, or why there are none. The process may use a gigabyte and ten seconds of the processor.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import documents
from constitution.clause import Constitution
from constitution.markup import MarkupError, Problem
from documents import opendocument_in, word_in
from documents.outlining import Entry, Role, built, of_book, outlined
from documents.packed import Refused
from documents.paragraphs import Paragraph

LARGEST = 20_000_000  # bytes of a document as it is sent
MOST_LETTERS = 2_000_000  # of all paragraphs; a book of five hundred pages has fewer
MOST_MEMORY, MOST_SECONDS = 1_000_000_000, 10
_ROOT = Path(__file__).resolve().parent.parent
_OFFICE = {".docx": word_in.read, ".odt": opendocument_in.read}
_TEXTS = (".md", ".markdown", ".mdown", ".txt")


def entries(name: str, content: bytes) -> tuple[Entry, ...]:
    """The paragraphs of a document with their roles. Raises Refused, or MarkupError for a text that does not fit."""
    said = _limited("entries", name, content)
    return tuple(Entry(**{**one, "role": Role(one["role"]), "doubts": tuple(one["doubts"])}) for one in said)


def paragraphs(name: str, content: bytes) -> tuple[Paragraph, ...]:
    """The paragraphs of a document of an office, as they are there. Raises Refused."""
    if Path(name).suffix.lower() not in _OFFICE:
        raise Refused("Only Word (.docx) and OpenDocument (.odt) can be read here: they have the marks of the clauses.")
    said = _limited("paragraphs", name, content)
    return tuple(
        Paragraph(**{**one, "bookmarks": tuple(one["bookmarks"]), "doubts": tuple(one["doubts"])}) for one in said
    )


def constitution(name: str, content: bytes) -> Constitution:
    """The rule book in a document as it seems to be, its roles not corrected. Raises as ``entries``, and MarkupError."""
    suffix = Path(name).suffix.lower()
    return built(entries(name, content)) if suffix in _OFFICE else documents.read(name, content)


def _limited(what: str, name: str, content: bytes) -> Sequence[dict[str, object]]:
    suffix = Path(name).suffix.lower()
    if suffix not in {*_OFFICE, *_TEXTS}:
        raise Refused("Only Word (.docx), OpenDocument (.odt), Markdown (.md) and plain text (.txt) can be read.")
    if len(content) > LARGEST:
        raise Refused(f"The file is larger than {LARGEST // 1_000_000} MB.")
    if not content:
        raise Refused("The file is empty.")
    command = [sys.executable, "-m", "documents.reading", what, suffix]
    try:
        done = subprocess.run(  # noqa: S603 (our own module; the suffix is one of ours)
            command, input=content, capture_output=True, cwd=_ROOT, timeout=2 * MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise Refused("The file takes too long to read. It is not read.") from late
    if done.returncode:
        raise Refused("The file needs more than a document may, or is damaged. It is not read.")
    said = json.loads(done.stdout)
    if "refused" in said:
        raise Refused(said["refused"])
    if "problems" in said:
        raise MarkupError(Problem(**one) for one in said["problems"])
    return said["found"]


def _read(what: str, suffix: str, content: bytes) -> dict[str, object]:
    try:
        found = _found(what, suffix, content)
    except Refused as refusal:
        return {"refused": str(refusal)}
    except MarkupError as error:
        return {"problems": [asdict(one) for one in error.problems]}
    return {"found": [asdict(one) for one in found]}


def _found(what: str, suffix: str, content: bytes) -> Sequence[Entry | Paragraph]:
    too_long = Refused(f"The document has more than {MOST_LETTERS:,} letters. It is not read.")
    if suffix not in _OFFICE:
        if len(content) > 4 * MOST_LETTERS:  # which is as many bytes as a letter can take
            raise too_long
        return of_book(documents.read(f"x{suffix}", content))
    found = _OFFICE[suffix](content)
    if sum(max(len(one.text), len(one.before or "")) for one in found) > MOST_LETTERS:
        raise too_long
    return outlined(found) if what == "entries" else found


def main(what: str, suffix: str) -> None:
    """Read what comes, within the limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    json.dump(_read(what, suffix, sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
