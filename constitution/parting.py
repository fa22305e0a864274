"""Clauses that were split in two, and, read the other way round, clauses that were joined.

A new clause is a part of an old one when it stands next to it, or below it, and is made of words that left it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from constitution.clause import Constitution
from constitution.tokens import is_word, tokens

LEAST_WORDS = 4  # fewer may agree by chance
MOST = (4, 5)  # of the words of a part come from the whole: at least four in five


def split(old: Constitution, new: Constitution) -> Mapping[str, str]:
    """For each clause of ``new`` that was a part of a clause of ``old``: its id -> the id of that clause."""
    left: dict[str, Counter[str]] = {}
    parts: dict[str, str] = {}
    for one in new.walk():
        if one.id in old:
            continue
        words = _words(one.text)
        if words.total() < LEAST_WORDS:
            continue
        for whole in _near(one.id, old, new):
            if old[whole].text == new[whole].text:
                continue
            gone = left[whole] if whole in left else _words(old[whole].text) - _words(new[whole].text)
            left[whole] = gone
            if (gone & words).total() * MOST[1] >= words.total() * MOST[0]:
                parts[one.id] = whole
                left[whole] = gone - words
                break
    return parts


def joined(old: Constitution, new: Constitution) -> Mapping[str, str]:
    """For each clause of ``old`` whose words went into a clause of ``new``: its id -> the id of that clause."""
    return split(new, old)


def _near(clause: str, old: Constitution, new: Constitution) -> Iterator[str]:
    """The clauses of both that a new one may be a part of: the sibling before it, the one behind it, its parent."""
    parent = new.parents[clause]
    ids = [one.id for one in new.siblings(parent)]
    at = ids.index(clause)
    before = next((one for one in reversed(ids[:at]) if one in old), None)
    behind = next((one for one in ids[at + 1 :] if one in old), None)
    yield from (one for one in (before, behind, parent) if one is not None and one in old)


def _words(text: str) -> Counter[str]:
    """The words of a text; a word that begins a sentence is the same word within one."""
    return Counter(word.casefold() for word in tokens(text) if is_word(word))
