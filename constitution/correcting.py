"""What may be corrected without a vote: spelling, references, and how words are set; never what a text says.

A word counts as misspelt only if it is nowhere else in the rule book, and one letter too many, too few, wrong or out of
place; so "may" never becomes "must", nor "sixteen" "sixty". Numbers of clauses follow by themselves and need nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import zip_longest

from constitution.splices import splices
from constitution.tokens import is_word, tokens

SHORTEST = 4  # letters of a word that may be misspelt
_SET = re.compile(r"[\s\-\u2010\u2011\u2013\u2014'\"\u2018\u2019\u201c\u201d\u201e*_]+")


def beyond(before: str, after: str, elsewhere: Collection[str]) -> tuple[str, ...]:
    """Each change from one stored text to another that is more than a correction, in a sentence; none: it is one.

    ``elsewhere`` are the words of the rest of the rule book, in lower case.
    """
    return tuple(
        f"“{before[start:end].strip()}” to “{text.strip()}” is more than spelling, a reference, or how words are set."
        for start, end, text in splices(before, after)
        if not _corrects(before, (start, end), text, elsewhere)
    )


def words(text: str) -> Iterator[str]:
    """The words of a text in lower case."""
    return (one.casefold() for one in tokens(text) if is_word(one))


def _corrects(before: str, span: tuple[int, int], new: str, elsewhere: Collection[str]) -> bool:
    old = before[slice(*span)]
    if _plain(old) == _plain(new) or _doubled(before, span, new):
        return True
    pairs = zip_longest(tokens(old), tokens(new), fillvalue="")
    known = {*elsewhere, *words(before[: span[0]]), *words(before[span[1] :])}
    return all(_plain(one) == _plain(two) or _pair(one, two, known) for one, two in pairs)


def _plain(text: str) -> str:
    """Without case, accents, spaces, hyphens and quotation marks."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return _SET.sub("", bare).casefold()


def _doubled(before: str, span: tuple[int, int], new: str) -> bool:
    """Whether a word goes that stands beside itself."""
    gone = list(words(before[slice(*span)]))
    rest = [list(words(before[: span[0]]))[-1:], list(words(before[span[1] :]))[:1]]
    return not new.strip() and len(gone) == 1 and gone in rest and not _plain(before[slice(*span)]).strip(gone[0])


def _pair(old: str, new: str, known: Collection[str]) -> bool:
    if new.startswith("[["):  # it cites a clause that is there
        return old.startswith("[[") or any(map(str.isdecimal, old))
    letters = old.isalpha() and new.isalpha() and min(len(old), len(new)) >= SHORTEST
    return letters and old.casefold() not in known and _one_apart(old.casefold(), new.casefold())


def _one_apart(one: str, two: str) -> bool:
    """Whether one letter is added, left out, changed, or has changed places with the next."""
    start = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    rest, other = one[start:], two[start:]
    swapped = rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:] or swapped
