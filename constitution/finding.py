"""Finding words in texts: what counts as a word, what somebody who searches means, and where it is in a text.

One rule for what is searched and for what is looked for, and for both databases, which therefore never cut or fold words
by themselves: Über, UBER and uber are one word, and so are ﬁnd and find. Every sign that is neither a letter
nor a digit parts words, so that "4.2(a)" is three, and finding it is finding the three beside one another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

LONGEST_WORD = 100  # characters; what follows is not compared. PostgreSQL keeps no word of more than 2,046 bytes
MOST_WORDS = 32  # of one search

# Accents and the like, as they stand after their letter once it is taken apart (NFKD).
_ACCENTS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_ACCENT = re.compile(f"[{_ACCENTS}]")
_RUN = re.compile(f"(?:[^\\W_]|[{_ACCENTS}])+")
_WORD = re.compile(r"[^\W_]+")
_QUOTE = re.compile(r'["“”„«»]')
_STRONG = re.compile(r"\*\*(?=\S)([^*\n]+)(?<=\S)\*\*|(?<!\w)_(?=\S)([^_\n]+)(?<=\S)_(?!\w)")
_KINDS = re.compile(r"^(?:clause|section|article|rule|amendment|artikel|art|klausel|antrag)\b[\s.]*")

BEFORE, LENGTH = 70, 260  # characters of a snippet: before the first word found, and in all
MOST_MARKED = 100  # occurrences of a term in one text

_APART, _ON = r"[\W_]+", r"[^\W_]*"


class Word(NamedTuple):
    """A word as it is compared, and where it stands: ``text[start:end]``, which may hold several (½ is 1 and 2)."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand beside one another in this order; ``unfinished``: the last may go on ("secre")."""

    words: tuple[str, ...]
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for: every term must occur. ``cut`` when there were more words than MOST_WORDS."""

    terms: tuple[Term, ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; ``found`` when it is what was looked for."""

    text: str
    found: bool = False


def folded(text: str) -> str:
    """The text without case, accents and ligatures. Folding it again changes nothing."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return _ACCENT.sub("", unicodedata.normalize("NFKD", apart.casefold()))


def placed(text: str) -> Iterator[Word]:
    """The words of a text with their places."""
    for run in _RUN.finditer(text):
        said, (start, end) = run.group(), run.span()
        for word in [said.lower()] if said.isascii() else _WORD.findall(folded(said)):
            yield Word(word[:LONGEST_WORD], start, end)


def words(text: str) -> list[str]:
    """The words of a text."""
    if text.isascii():
        return [word[:LONGEST_WORD] for word in _WORD.findall(text.lower())]
    return [one.word for one in placed(text)]


def one_line(text: str) -> str:
    """The text as a snippet shows it: without the signs of emphasis, in one line."""
    return " ".join(_STRONG.sub(lambda one: one[1] or one[2], text).split())


def query(typed: str) -> Query:
    """What was typed: words, phrases between quotation marks, the last of them perhaps unfinished. Nothing is syntax."""
    terms: list[Term] = []
    left = MOST_WORDS
    for words_of_it, closed in _parts(typed):
        if not left:
            return Query(tuple(terms), cut=True)
        kept = words_of_it[:left]
        left -= len(kept)
        terms.append(Term(tuple(kept), unfinished=not closed))
        if len(kept) < len(words_of_it):
            return Query(_last_only(terms), cut=True)
    return Query(_last_only(terms))


def _parts(typed: str) -> Iterator[tuple[list[str], bool]]:
    """The words of each phrase or piece without spaces, and whether it was closed by a quotation mark."""
    stretches = _QUOTE.split(typed)
    for at, stretch in enumerate(stretches):
        quoted = at % 2 == 1
        for piece in [stretch] if quoted else stretch.split():
            if found := words(piece):
                yield found, quoted and at < len(stretches) - 1


def _last_only(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Only the last can be unfinished: whoever typed another word after it had finished it."""
    return (*(Term(one.words) for one in terms[:-1]), *terms[-1:])


def label_key(typed: str) -> str:
    """A label as it is compared: "§ 4.2 (a)", "Clause 4.2(a)" and "4.2(A)." are one. Nothing unseen is in it."""
    bare = _KINDS.sub("", folded(typed).strip(" §#.\n\t"))
    return "".join(filter(str.isprintable, "".join(bare.split()))).strip("§#.")


def pieces(text: str, terms: Iterable[Term]) -> tuple[Piece, ...]:
    """The whole text with what was looked for marked."""
    found = [(start, end) for _, start, end in _occurrences(text, tuple(terms))]
    return _cut(text, found, 0, len(text))


def snippet(text: str, terms: Iterable[Term]) -> tuple[Piece, ...]:
    """The part of a text where most of the terms stand, marked; its beginning where none does."""
    found = _occurrences(text, tuple(terms))
    first = _fullest(found)
    start = 0 if first <= BEFORE else text.rfind(" ", 0, first - BEFORE) + 1
    end = len(text) if start + LENGTH >= len(text) else max(text.rfind(" ", first + 1, start + LENGTH), first + 1)
    shown = _cut(text, [(one, two) for _, one, two in found], start, end)
    before, after = (Piece("… "),) if start else (), (Piece(" …"),) if end < len(text) else ()
    return (*before, *shown, *after)


def _fullest(found: Sequence[tuple[int, int, int]]) -> int:
    """Where the first of the stretches begins in which most of the terms stand."""
    if len({term for term, _, _ in found}) <= 1:
        return found[0][1] if found else 0
    return max(found, key=lambda one: (_terms_near(found, one[1]), -one[1]))[1]


def _terms_near(found: Sequence[tuple[int, int, int]], start: int) -> int:
    return len({term for term, begins, _ in found if start <= begins < start + LENGTH - BEFORE})


def _occurrences(text: str, terms: tuple[Term, ...]) -> list[tuple[int, int, int]]:
    """(which term, start, end) of every occurrence, in the order of the text; a page shows few, so of the first many."""
    if not terms:
        return []
    same = _in_place(text)
    found = _found(list(placed(text)), terms) if same is None else _matched(same, terms)
    return sorted(islice(found, MOST_MARKED * len(terms)), key=lambda one: one[1:])


def _in_place(text: str) -> str | None:
    """The text folded, if every sign of it is then one sign, so that it has the places of the text; else None."""
    if text.isascii():
        return text.lower()
    signs = {ord(sign): folded(sign) for sign in set(text)}
    return None if any(len(one) != 1 for one in signs.values()) else text.translate(signs)


def _matched(same: str, terms: Iterable[Term]) -> Iterator[tuple[int, int, int]]:
    for which, term in enumerate(terms):
        for one in islice(_pattern(term).finditer(same), MOST_MARKED):
            yield which, *one.span()


@lru_cache(maxsize=256)
def _pattern(term: Term) -> re.Pattern[str]:
    """What finds a term in a folded text. Our words are letters and digits, so nothing in them is a sign of patterns."""
    *begun, last = (f"{word}{_ON if len(word) == LONGEST_WORD else ''}" for word in term.words)
    return re.compile(f"(?<![^\\W_]){_APART.join([*begun, last])}{_ON if term.unfinished else ''}(?![^\\W_])")


def _found(here: Sequence[Word], terms: tuple[Term, ...]) -> Iterator[tuple[int, int, int]]:
    """As ``_matched``, for a text that is longer or shorter when it is folded ("Straße")."""
    for which, term in enumerate(terms):
        free = 0
        for at, one in enumerate(here):
            if at >= free and _stands(term, here[at : at + len(term.words)]):
                free = at + len(term.words)
                yield which, one.start, here[free - 1].end


def _stands(term: Term, here: Sequence[Word]) -> bool:
    if len(here) < len(term.words) or any(one.word != word for one, word in zip(here, term.words[:-1], strict=False)):
        return False
    last, wanted = here[-1].word, term.words[-1]
    return last.startswith(wanted) if term.unfinished else last == wanted


def _cut(text: str, found: Iterable[tuple[int, int]], start: int, end: int) -> tuple[Piece, ...]:
    """``text[start:end]`` in pieces; stretches found that overlap are one."""
    made: list[Piece] = []
    at = start
    for begins, ends in found:
        one, two = max(begins, at), min(ends, end)
        if one >= two:
            continue
        made += [Piece(text[at:one]), Piece(text[one:two], found=True)]
        at = two
    return tuple(piece for piece in (*made, Piece(text[at:end])) if piece.text)
