"""What merges word by word and may still make no sense: a *must* of one side and a *not* of another."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from constitution.provenance import Change
from constitution.splices import Splice
from constitution.tokens import tokens, word_count

NEAR = 3
# Characters in which there are most often more words than that.
_GLANCE = 80
_SENTENCE_START = re.compile(
    r"""[.!?]["'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK})*_]*\s+(?=[^\W\d_a-zäöüß]|[("'*_\d])|\n+"""
)
# Words that turn the sense of a sentence, in English and in German.
_TURNING = re.compile(
    r"""
    can | cannot | could | except | forbidden | may | might | must | neither | never | no | nobody | none | nor
    | not | nothing | nowhere | ought | required | shall | should | unless | will | without | would | \w+n['’]t
    | außer | darf | dürf(?:en|te|ten) | kann | kein(?:e[mnrs]?)? | könn(?:en|te|ten) | mu(?:ss|ß) | müss(?:en|te|ten)
    | nicht | nichts | nie | niemals | niemand | ohne | soll | sollen | sollten? | weder | wird | werden
    """,
    re.VERBOSE,
)
# "May" with a capital is a month, unless it begins a sentence and what goes on is not what goes on after a month.
_MAY = "May"
_BEGINS = re.compile(
    r"""(?:\n|[.!?]["'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK})*_]*\s)[\s("'\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}*_]*\Z"""
)
_GOES_ON = re.compile(r"\s+(?!(?:and|are|has|is|of|shall|through|till|to|until|was|were|will)\b)[a-zäöüß]")
# So much of what stands beside a word tells whether it begins a sentence, and how that goes on.
_BESIDE = 40


class Reason(StrEnum):
    """Why a merged passage needs a look."""

    NEAR = "near"
    TURNING = "turning"


@dataclass(frozen=True)
class Look:
    """A passage of the base that sides changed apart from one another and that should be read once as a whole."""

    reason: Reason
    sides: frozenset[str]
    passage: str
    start: int
    end: int


def looks(base: str, changes: Sequence[Change]) -> tuple[Look, ...]:
    """The passages where changes of different sides stand within three words or turn the sense of one sentence."""
    if len({change.sides for change in changes}) < 2:  # noqa: PLR2004 (two are needed to differ)
        return ()
    found = {*_near(base, changes), *_turning(base, changes)}
    return tuple(sorted(found, key=lambda look: (look.start, look.end, look.reason)))


def _near(base: str, changes: Sequence[Change]) -> Iterator[Look]:
    """Rows of changes with at most three words from each to the next."""
    row: list[Change] = []
    for change in changes:
        if row and _are_far(base[row[-1].end : change.start]):
            yield from _look(Reason.NEAR, base, row)
            row = []
        row.append(change)
    yield from _look(Reason.NEAR, base, row)


def _turning(base: str, changes: Sequence[Change]) -> Iterator[Look]:
    """Sentences that several sides changed and where a modal or a negation comes or goes."""
    starts = [match.end() for match in _SENTENCE_START.finditer(base)]
    sentences: dict[int, list[Change]] = {}
    for change in changes:
        last = bisect_right(starts, max(change.start, change.end - 1))
        for sentence in range(bisect_right(starts, change.start), last + 1):
            sentences.setdefault(sentence, []).append(change)
    for row in sentences.values():
        if len(row) > 1 and any(_turns(base, splice) for change in row for splice in change.splices):
            yield from _look(Reason.TURNING, base, row)


def _look(reason: Reason, base: str, row: Sequence[Change]) -> Iterator[Look]:
    """A look, unless one side made all these changes: then it is as that side wrote it."""
    if row and not frozenset.intersection(*(change.sides for change in row)):
        start, end = row[0].start, max(change.end for change in row)
        yield Look(reason, frozenset().union(*(change.sides for change in row)), base[start:end], start, end)


def _are_far(between: str) -> bool:
    """Whether changes with this between them are more than three words apart. Most are, as the first words tell."""
    first = between[:_GLANCE]
    if first != between and word_count(first) > NEAR + 1:  # one more, since the last of them may be cut
        return True
    return word_count(between) > NEAR


def _turns(base: str, splice: Splice) -> bool:
    """Whether a word that turns the sense comes or goes with this splice."""
    start, end = splice.start, splice.end
    before = base[start - _BESIDE : start] if start > _BESIDE else "\n" + base[:start]
    after = base[end : end + _BESIDE]
    return _turning_words(before, base[start:end], after) != _turning_words(before, splice.text, after)


def _turning_words(before: str, text: str, after: str) -> Counter[str]:
    """The words of a text that turn the sense, and how often; ``before`` and ``after`` are what stands beside it."""
    whole, place = before + text + after, len(before)
    found: Counter[str] = Counter()
    for token in tokens(text):
        word = token.lower()
        if _TURNING.fullmatch(word) and (token != _MAY or _permits(whole, place)):
            found[word] += 1
        place += len(token)
    return found


def _permits(text: str, place: int) -> bool:
    """Whether the "May" at this place is the verb and not the month."""
    begins = _BEGINS.search(text[max(0, place - _BESIDE) : place])
    return bool(begins and _GOES_ON.match(text, place + len(_MAY)))
