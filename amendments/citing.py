"""Leaving citations out of a sentence that goes on without them, and only where it certainly does.

Two places are certain. A parenthesis that holds nothing but citations goes as a whole: "at noon (see clause 4.2)". From
a listing ("clauses 4.2 and 5.1") some may go; where one is left, it must not be the subject of a sentence: it stands
behind a preposition or in brackets ("under clauses 4.2 and 5.1" becomes "under clause 5.1"). Ranges, "both", and what
is read together with other words are left to the member.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from amendments.reader import Splice
from constitution.references import TOKEN

# Words that are put before numbers: their plurals with an "s" too many for one, and those that stay as they are.
_PLURALS = frozenset(
    {
        *("articles", "clauses", "items", "paragraphs", "parts", "points", "regulations", "rules", "schedules"),
        *("sections", "standing orders", "sub-clauses", "subclauses", "sub-paragraphs", "subparagraphs"),
        *("sub-sections", "subsections", "§§"),
    }
)
_OTHERS = (*(word[:-1] for word in _PLURALS), "Absatz", "Artikel", "Nummer", "Ziffer", "Abs.", "Art.", "Nr.")
_LEAD = rf"(?:{'|'.join(map(re.escape, sorted((*_PLURALS, *_OTHERS), key=len, reverse=True)))})"
_STORED = r"\[\[[a-z0-9]+(?:-[a-z0-9]+)?(?::(?:dotted|own))?\]\]"
_ITEM = rf"(?:{_LEAD}\s*)?{_STORED}"
_AND = r"(?:and|or|und|oder|sowie)"
_JOINT = rf"(?:,\s+(?:{_AND}\s+)?|\s+{_AND}\s+)"
_LISTING = re.compile(rf"(?<![\w\]-]){_LEAD}\s*{_STORED}(?:{_JOINT}{_ITEM})+", re.IGNORECASE)
_PARENTHESIS = re.compile(
    rf"(?<=\S)\s+\((?:(?:see|see\s+also|cf\.|siehe|siehe\s+auch|s\.|vgl\.)\s+)?{_ITEM}(?:{_JOINT}{_ITEM})*\)(?=[\s.,;:]|$)",
    re.IGNORECASE,
)
_PIECE = re.compile(rf"(?P<joint>{_JOINT})?(?:(?P<lead>{_LEAD})(?P<space>\s*))?(?P<token>{_STORED})", re.IGNORECASE)

_BEFORE_ONE = re.compile(
    r"(?:\(|(?<![\w-])(?:above|against|below|beyond|by|for|from|in|of|see|subject\s+to|to|under|with"
    r"|aus|entsprechend|gemäß|in|laut|mit|nach|siehe|unter|vgl\.|von|zu)\s+)$",
    re.IGNORECASE,
)
_UNCERTAIN_BEFORE = re.compile(
    r"(?<![\w-])(?:all|any|between|both|each|either|every|neither|one|some|these|those|two|three|zwischen|sowohl|weder"
    r"|beide[nr]?)(?:\s+(?:of|von))?\s+$",
    re.IGNORECASE,
)
_VERB = r"(?:can|does|has|have|is|are|may|must|shall|will|darf|hat|ist|kann|muss|muß|soll|wird)"
_CERTAIN_BEHIND = re.compile(
    rf"(?![,;]?\s+(?:{_AND}(?!\s+{_VERB}\b)|all|as|bis|both|die|each|in\s+Verbindung|of|that|the\s+(?:former|latter)|through|to|welche[rs]?"
    rf"|which|together|{_LEAD})(?!\w))(?:[.,;:)]|\s+[^\W\d_(]|$)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?<!\w)(?:respectively|latter|former|letztere\w*|erstere\w*|jeweils|either|both|beide\w*)(?!\w)", re.IGNORECASE
)


_PAIR = 2


@dataclass(frozen=True, slots=True)
class _Cited:
    """One number of a listing: the words that join it to the one before, its place, and the word that governs it.

    ``group`` counts the governing words, so that numbers below one of them can be counted.
    """

    joint: str
    group: int
    lead: str
    space: str
    token: str

    @property
    def target(self) -> str:
        return self.token[2:-2].partition(":")[0]


def without(text: str, gone: Collection[str]) -> tuple[Splice, ...] | None:
    """What takes every citation of the clauses that are gone out of a text in stored form; None where that is not certain."""
    splices = tuple(_splices(text, gone))
    places = [one.start() for one in TOKEN.finditer(text) if one[1] in gone]
    if _COUNTED.search(text) or not all(_covers(splices, place) for place in places):
        return None
    return splices


def _splices(text: str, gone: Collection[str]) -> Iterator[Splice]:
    for whole in _PARENTHESIS.finditer(text):
        if all(token[1] in gone for token in TOKEN.finditer(whole[0])):
            yield whole.start(), whole.end(), ""
    for listing in _LISTING.finditer(text):
        if shorter := _shortened(text, listing, gone):
            yield listing.start(), listing.end(), shorter


def _covers(splices: Iterable[Splice], place: int) -> bool:
    return any(start <= place < end for start, end, _ in splices)


def _shortened(text: str, listing: re.Match[str], gone: Collection[str]) -> str | None:
    """The listing without what is gone; None where nothing goes, nothing stays, or it is not certain how."""
    cited = tuple(_read(listing[0]))
    kept = [one for one in cited if one.target not in gone]
    if len(kept) in {0, len(cited)} or any(one.joint.strip() != "," for one in cited[1:-1]):
        return None
    before = text[: listing.start()]
    if _UNCERTAIN_BEFORE.search(before) or not _CERTAIN_BEHIND.match(text, listing.end()):
        return None
    if len(kept) == 1 and not _BEFORE_ONE.search(before):
        return None
    shorter = _written(cited, kept)
    return shorter[0].upper() + shorter[1:] if listing[0][0].isupper() else shorter


def _read(listing: str) -> Iterator[_Cited]:
    group, lead, space = 0, "", ""
    for piece in _PIECE.finditer(listing):
        if piece["lead"]:
            group, lead, space = group + 1, piece["lead"], piece["space"]
        yield _Cited(piece["joint"] or "", group, lead, space, piece["token"])


def _written(cited: Sequence[_Cited], kept: Sequence[_Cited]) -> str:
    words, group = "", 0
    for n, one in enumerate(kept):
        if n:
            words += _joint(cited[-1].joint, len(kept)) if one is kept[-1] else ", "
        if one.group != group:
            group = one.group
            alone = sum(other.group == group for other in kept) == 1
            words += (one.lead[:-1] if alone and one.lead.lower() in _PLURALS else one.lead) + one.space
        words += one.token
    return words


def _joint(last: str, count: int) -> str:
    """What stood before the last of them; a comma before "and" only where they are still more than a pair."""
    return last if count > _PAIR or last.strip() == "," else " " + last.lstrip(", ")
