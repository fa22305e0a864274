"""One pattern in many places: where words occur in the printed text, each place a rewording that can be left out.

``places`` finds them, ``amendments.throughout.edits`` makes the rewordings for those that are chosen. What counts as a
whole word: one that is joined to no letter or digit, neither directly nor by one of ``-'.,:/_*``. So "chair" stands in
"(chair)", in "chair's" and in "chair(s)", but not in "chairs", "vice-chair" or "Kassierer*in", nor "4" in "4.2";
``missed`` counts the words that were passed over. A letter is never parted from the marks that combine with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from amendments.reader import Splice
from amendments.sentences import Span
from amendments.throughout import Place
from amendments.wording import PARTS, words_of
from constitution.citations import cited
from constitution.clause import Clause, Constitution
from constitution.numbering import number, own_number
from constitution.references import show

AROUND = 40  # characters of the printed text shown on either side of a place

_JOINERS = frozenset("-'.,:/_*\N{RIGHT SINGLE QUOTATION MARK}\N{HYPHEN}\N{NON-BREAKING HYPHEN}")
_POSSESSIVE = re.compile(r"['\N{RIGHT SINGLE QUOTATION MARK}]s(?!\w)", re.IGNORECASE)
_BROKEN_START = re.compile(r"\S+(?=\s)")
_BROKEN_END = re.compile(r"(?<=\s)\S+$")
_NOT_WORD_AT_EDGE = re.compile(r"^[\W_]+|[\W_]+$")


class NothingSought(ValueError):
    """There are no words to look for."""

    def __init__(self) -> None:
        super().__init__("Enter the words that are to be replaced.")


class SameWords(ValueError):
    """The new words are the old ones."""

    def __init__(self) -> None:
        super().__init__("The new words are the same as the words they replace.")


class LongerThanAnyClause(ValueError):
    """The words sought are longer than every text they could stand in."""

    def __init__(self) -> None:
        super().__init__("These words are longer than any clause, so they occur nowhere.")


@dataclass(frozen=True, slots=True)
class Pattern:
    """``old`` gives way to ``new``, which may be empty; both as ``constitution.tokens.normalise`` gives them.

    Without ``match_case`` "chair" is also found as "Chair" and "CHAIR", and ``new`` is written so there; a new word
    that begins with two capitals ("NEC") keeps them. Raises NothingSought and SameWords.
    """

    old: str
    new: str
    whole_words: bool = True
    match_case: bool = True

    def __post_init__(self) -> None:
        if not self.old.strip():
            raise NothingSought
        if self.old == self.new:
            raise SameWords

    def spans(self, text: str, kept: Iterable[Span] = ()) -> tuple[Splice, ...]:
        """(beginning, end, new words) for each place in a text, in order and apart; none reaches into what is ``kept``."""
        sought = re.compile(re.escape(self.old), re.NOFLAG if self.match_case else re.IGNORECASE)
        return tuple(self._spans(text, sought, tuple(kept)))

    def _spans(self, text: str, sought: re.Pattern[str], kept: Sequence[Span]) -> Iterator[Splice]:
        at = behind = 0
        while found := sought.search(text, at):
            new = self._as_found(found[0])
            if new == found[0] or not self._stands(text, found.start(), found.end(), kept):
                at = found.start() + 1
                continue
            at = found.end()
            start, end = found.span() if new else _with_space(text, found.start(), found.end(), behind)
            behind = end
            yield start, end, new

    def _stands(self, text: str, start: int, end: int, kept: Sequence[Span]) -> bool:
        if any(first < end and start < last for first, last in kept) or _is_mark(text[end : end + 1]):
            return False
        if self.new and _POSSESSIVE.match(text, end):
            return not self.whole_words or not _joined_before(text, start)
        return not self.whole_words or not (_joined_before(text, start) or _joined_behind(text, end))

    def _as_found(self, found: str) -> str:
        """The new words with the capitals of those found."""
        if found == self.old or not self.new:
            return self.new
        if found.isupper() and not self.old.isupper() and len(found) > 1:
            return self.new.upper()
        if found[0] == self.old[0]:
            return self.new
        if found[0].isupper():
            return self.new[0].upper() + self.new[1:]
        return self.new if self.new[:2].isupper() else self.new[0].lower() + self.new[1:]


@dataclass(frozen=True, slots=True)
class Missed:
    """A word that has the words sought within it and stays as it is, and how many times it occurs."""

    word: str
    times: int


def places(base: Constitution, pattern: Pattern) -> tuple[Place, ...]:
    """Every place where the words occur, in the order of the text; ``throughout.edits`` takes any of them.

    Headings are read as well as texts; repealed clauses are not. Words are sought in the printed text outside
    citations: the number in "clause 4.2" is no word, stored as a reference or not. ``before`` and ``after`` of a place
    are printed text, whole words where there are any. Raises LongerThanAnyClause.
    """
    texts = tuple(_texts(base))
    if len(pattern.old) > max((len(text) for _, _, text in texts), default=0):
        raise LongerThanAnyClause
    return tuple(
        place
        for clause, part, text in texts
        if (splices := pattern.spans(text)) and (splices := pattern.spans(text, citations(text, base, clause)))
        for place in placed(base, clause, part, splices)
    )


def missed(base: Constitution, pattern: Pattern) -> tuple[Missed, ...]:
    """The words that only contain the words sought ("chairs", "vice-chair"), the most frequent first."""
    if not pattern.whole_words:
        return ()
    found = Counter(word for clause, _, text in _texts(base) for word in _missed(text, base, clause, pattern))
    return tuple(Missed(*one) for one in sorted(found.items(), key=lambda one: (-one[1], one[0])))


def placed(c: Constitution, clause: str, part: str, splices: Iterable[Splice]) -> Iterator[Place]:
    """The splices of one text as places, with what is printed around them."""
    text = words_of(c[clause], part)
    for nth, (start, end, new) in enumerate(splices, 1):
        before, after = _printed(c, text[:start]), _printed(c, text[end:])
        yield Place(clause, part, nth, start, text[start:end], new, _end_of(before), _start_of(after))


def citations(text: str, c: Constitution, clause: str) -> tuple[Span, ...]:
    """From where to where each number goes that cites a clause."""
    return tuple((one.start, one.end) for one in cited(text, c, clause) if one.target is not None)


def _missed(text: str, base: Constitution, clause: str, pattern: Pattern) -> Iterator[str]:
    # What they give way to does not matter here, and may be nothing or differ only by its capitals.
    whole = replace(pattern, new="\0")
    anywhere = replace(whole, whole_words=False)
    if anywhere.spans(text):
        kept = citations(text, base, clause)
        known = whole.spans(text, kept)
        yield from (_word_around(text, *one[:2]) for one in anywhere.spans(text, kept) if one not in known)


def _texts(c: Constitution) -> Iterator[tuple[str, str, str]]:
    for clause in c.walk():
        if not clause.repealed:
            yield from _parts(clause)


def _parts(clause: Clause) -> Iterator[tuple[str, str, str]]:
    for part in PARTS:
        if text := words_of(clause, part):
            yield clause.id, part, text


def _printed(c: Constitution, text: str) -> str:
    return show(text, number(c), own_number(c)) if "[[" in text else text


def _end_of(text: str) -> str:
    cut = text[-AROUND:]
    if cut != text and (broken := _BROKEN_START.match(cut)):
        cut = cut[broken.end() :]
    return cut


def _start_of(text: str) -> str:
    cut = text[:AROUND]
    if cut != text and (broken := _BROKEN_END.search(cut)):
        cut = cut[: broken.start()]
    return cut


def _with_space(text: str, start: int, end: int, behind: int) -> Span:
    """Words that only go take a space with them, so that none stands double, at an end, or before a comma."""
    if start > behind and text[start - 1] == " " and not text[end : end + 1].isalnum():
        return start - 1, end
    if text[end : end + 1] == " " and (start == 0 or text[start - 1].isspace()):
        return start, end + 1
    return start, end


def _is_mark(sign: str) -> bool:
    return bool(sign) and unicodedata.category(sign).startswith("M")


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or _is_mark(sign)


def _joined_before(text: str, start: int) -> bool:
    """Whether what stands before a place belongs to the same word."""
    if not _is_letter(text[start]):
        return False
    before = text[max(0, start - 2) : start]
    return _is_letter(before[-1:]) or (before[-1:] in _JOINERS and _is_letter(before[:-1]))


def _joined_behind(text: str, end: int) -> bool:
    """Whether what stands behind a place belongs to the same word."""
    if not _is_letter(text[end - 1]):
        return False
    behind = text[end : end + 2]
    return _is_letter(behind[:1]) or (behind[:1] in _JOINERS and _is_letter(behind[1:]))


def _word_around(text: str, start: int, end: int) -> str:
    """What stands between the spaces around a place, as far as it can be read at a glance."""
    before, behind = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    first = 0 if before[-1:].isspace() else len(before.rsplit(maxsplit=1)[-1]) if before else 0
    last = 0 if behind[:1].isspace() else len(behind.split(maxsplit=1)[0]) if behind else 0
    return _NOT_WORD_AT_EDGE.sub("", text[start - first : end + last])
