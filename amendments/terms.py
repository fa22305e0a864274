"""Defined terms: where a rule book says what a word means in it, in English and in German, and where it uses the word.

Only what is certainly a definition is one: words in quotation marks or emphasis with a verb of meaning behind them
('"path" means'), named in passing ("(the “Committee”)", "im Folgenden „Vorstand“"), limited to the text ("Mitglied im
Sinne dieser Satzung ist"), or heading the lines of a part that is headed "Definitions" or "Begriffsbestimmungen".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from amendments.everywhere import Pattern, placed
from amendments.reader import Splice
from amendments.sentences import Span, sentences
from amendments.throughout import Place
from amendments.wording import HEADING, PARTS, TEXT, words_of
from constitution.clause import Clause, Constitution, Kind
from constitution.references import TOKEN

MOST_WORDS = 6  # of a term; what is longer is quoted for another reason

# What may repeat is counted throughout: no text, however odd, takes long to read.
_OPENING = r"“„\"'«»\N{LEFT SINGLE QUOTATION MARK}\N{SINGLE LOW-9 QUOTATION MARK}"
_CLOSING = r"”“\"'’»«\N{LEFT SINGLE QUOTATION MARK}"
_QUOTED = (
    rf"(?<!\w)(?:[{_OPENING}]|\*\*|_){{1,3}}"
    r"(?P<term>[^\W_][^“”„\"«»\n.;:()*_\N{LEFT SINGLE QUOTATION MARK}\N{SINGLE LOW-9 QUOTATION MARK}]{0,58}?),?"
    rf"(?:[{_CLOSING}]|\*\*|_){{1,3}}(?!\w)"
)
_OTHER = _QUOTED.replace("?P<term>", "?:")
_MEANS = (
    r"(?:shall\s+)?(?:means?|denotes?|includes?|excludes?|indicates?|signif(?:y|ies)|comprises?|refers?\s+to|leaves?\s+out"
    r"|(?:has|have)\s+the\s+(?:same\s+)?meaning|(?:is|are)\s+defined|bedeute[nt]|bezeichne[nt]|mein(?:t|en)"
    r"|umfas(?:st|sen)|umfaßt|heißt|steh(?:t|en)\s+für)\b"
)
_IS = r"(?:is|are|shall\s+be|ist|sind|gilt|gelten)\b"
_LIMITED = r"im\s+Sinne\s+(?:dies\w+|der|des)\s+[^.;:]{3,60}?\s+(?:ist|sind|gilt|gelten)\b"
_ARTICLE = r"(?:(?:the|an?|d(?:ie|er|as|em|en)|eine?)\s+)"
_NAMING = (
    r"(?:hereinafter|hereafter|in\s+the\s+following|called|referred\s+to\s+as|known\s+as|also|each|together"
    r"|collectively|im\s+Folgenden|im\s+Weiteren|nachfolgend|nachstehend|künftig|kurz|nur|auch|als)"
)
_CALLED = (
    r"\b(?:hereinafter|hereafter|(?:is|are|be)\s+(?:called|referred\s+to\s+as|known\s+as)"
    r"|im\s+Folgenden|im\s+Weiteren|nachfolgend|nachstehend)"
)
_PLAIN = r"(?P<term>[A-ZÄÖÜ][\w’-]*(?:\s[\w’-]+){0,3})"

_ANYWHERE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_QUOTED}(?=(?:\s*(?:,|\b(?:or|and|oder|und)\b)\s*{_OTHER}){{0,4}}\s*(?:\([^)]{{0,80}}\)\s*)?{_MEANS})",
        rf"\b(?:the|d(?:ie|er|as))\s+{_QUOTED}(?=\s+{_IS})",
        rf"{_QUOTED}(?=\s+{_LIMITED})",
        rf"\((?:{_NAMING}[,:]?\s+){{0,4}}{_ARTICLE}?{_QUOTED}(?=(?:\s+genannt)?\))",
        rf"{_CALLED}(?:[,:]?\s+{_NAMING}){{0,4}}[,:]?\s+{_ARTICLE}?{_QUOTED}",
    )
)
# Without quotation marks a term is told by its capital letter.
_UNQUOTED = (
    re.compile(
        rf"\((?:[Hh]ereinafter|[Hh]ereafter|[Ii]m\sFolgenden|[Nn]achfolgend)(?:[,:]?\s{_NAMING}){{0,4}}[,:]?\s{_ARTICLE}?{_PLAIN}"
        r"(?=(?:\sgenannt)?\))"
    ),
    re.compile(rf"(?:^|(?<=[.;]\s))(?:(?:Der|Die|Das|Eine?)\s)?(?P<term>[A-ZÄÖÜ][\w-]*)(?=\s{_LIMITED})"),
)
_AT_START = (
    re.compile(_QUOTED),
    re.compile(rf"(?:(?:The|An?|Die|Der|Das)\s)?(?P<term>[^\W\d_][\w’' -]{{0,58}}?)(?=\s{_MEANS})"),
)
_GLOSSARY = re.compile(
    r"\b(?:definitions?|interpretation|glossary|defined\s+terms|meanings?\s+of\s+(?:words|terms)"
    r"|begriffsbestimmung(?:en)?|begriffe|definitionen|glossar)\b",
    re.IGNORECASE,
)
_ARTICLE_BEFORE = re.compile(_ARTICLE, re.IGNORECASE)
_ENTRIES = frozenset({Kind.ITEM, Kind.PARAGRAPH})  # a heading of theirs is a word; that of a section is a title
# Nearly every text has none of these, and need not be searched.
_SIGNS = re.compile(rf"[{_OPENING}*_]|[Ff]olgenden|[Nn]achfolgend|Sinne|[Hh]ere(?:in)?after")
_IN_GERMAN, _IN_ENGLISH = re.compile(r"[sßxz]$", re.IGNORECASE), re.compile(r"(?:[sxz]|ch|sh)$", re.IGNORECASE)
_TO_IES = re.compile(r"(?<=[^aeiou])y$")


@dataclass(frozen=True, slots=True)
class Definition:
    """A clause says in its ``part`` what ``term`` means. ``meaning`` is the rest of what it says about it.

    ``start`` counts the characters of the stored text before the term.
    """

    term: str
    clause: str
    part: str
    start: int
    meaning: str


def definitions(c: Constitution, clauses: Iterable[str] | None = None) -> tuple[Definition, ...]:
    """The definitions in a rule book, or in some of its clauses, in the order of the text. Raises UnknownClause."""
    sought = c.by_id if clauses is None else clauses
    return tuple(one for clause in sought for one in _defined(c, c[clause]))


def uses(c: Constitution, term: str) -> tuple[str, ...]:
    """The clauses that use a term, in one of its forms: with an "s", with a capital where it begins with a small letter."""
    patterns = _patterns(term, "\0", c.language)
    return tuple(
        one.id for one in c.walk() if any(_spans(words_of(one, part), patterns) for part in PARTS if not one.repealed)
    )


def renaming(c: Constitution, old: str, new: str) -> tuple[Place, ...]:
    """Every place where a rule book uses a term, with the other in its stead: an "s" at its end and capitals are kept.

    A term that is defined with a capital is sought with it: a "Committee" is not any committee. None where both are
    the same.
    """
    if old == new:
        return ()
    patterns = _patterns(old, new, c.language)
    return tuple(
        place
        for one in c.walk()
        if not one.repealed
        for part in PARTS
        if (spans := _spans(words_of(one, part), patterns))
        for place in placed(c, one.id, part, spans)
    )


def _spans(text: str, patterns: Iterable[Pattern]) -> tuple[Splice, ...]:
    lower = text.lower()
    likely = [one for one in patterns if one.old.lower() in lower]
    if not likely:
        return ()
    kept = tuple(one.span() for one in TOKEN.finditer(text))
    found: list[Splice] = []
    for splice in sorted(splice for one in likely for splice in one.spans(text, kept)):
        if not found or splice[0] >= found[-1][1]:
            found.append(splice)
    return tuple(found)


def _patterns(old: str, new: str, language: str) -> tuple[Pattern, ...]:
    """The forms of a term, each with that of the new one."""
    pairs = {old: new, _with_s(old, language): _with_s(new, language)}
    if old.endswith("s") and (new.endswith("s") or new == "\0"):
        pairs[_without_s(old)] = _without_s(new)
    any_case = old == old.lower()
    if not any_case:
        pairs.update({one.upper(): other.upper() for one, other in pairs.items()})
    return tuple(Pattern(one, other, match_case=not any_case) for one, other in pairs.items() if one != other)


def _with_s(word: str, language: str) -> str:
    """A plural, or a genitive: members, parties, classes; Vorstands, Ausschusses."""
    if language == "de":
        return word + ("es" if _IN_GERMAN.search(word) else "s")
    return _TO_IES.sub("ie", word) + ("es" if _IN_ENGLISH.search(word) else "s")


def _without_s(word: str) -> str:
    if word.endswith("ss"):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def _defined(c: Constitution, clause: Clause) -> Iterator[Definition]:
    above = (*c.ancestors(clause.id), clause)
    listed = any(_GLOSSARY.search(one.heading) for one in above)
    if listed and clause.heading and clause.text and clause.kind in _ENTRIES:
        term = _bare(clause.heading, 0)
        yield Definition(clause.heading[slice(*term)], clause.id, HEADING, term[0], _below(clause, clause.text))
    found = _terms(clause.text, listed=listed)
    for n, (start, end) in enumerate(found):
        meaning = _meaning(clause.text, found, n)
        if n == len(found) - 1:
            meaning = _below(clause, meaning)
        yield Definition(clause.text[start:end], clause.id, TEXT, start, meaning)


def _terms(text: str, *, listed: bool) -> list[Span]:
    """Where the defined terms stand in a text, in order."""
    found: set[Span] = set()
    if listed and (first := next(filter(None, (one.match(text) for one in _AT_START)), None)):
        found.add(_bare(first["term"], first.start("term")))
    if _SIGNS.search(text):
        for pattern in (*_ANYWHERE, *_UNQUOTED):
            found.update(_bare(one["term"], one.start("term")) for one in pattern.finditer(text))
    return sorted(one for one in found if len(text[slice(*one)].split()) <= MOST_WORDS)


def _bare(term: str, start: int) -> Span:
    """Where the term stands without the article before it ("the union")."""
    article = _ARTICLE_BEFORE.match(term)
    return start + (article.end() if article else 0), start + len(term)


def _meaning(text: str, found: list[Span], n: int) -> str:
    """What is said about the n-th of the terms: its sentence, up to the terms beside it."""
    start, end = found[n]
    first = max((one for one, _ in sentences(text) if one <= start), default=0)
    last = min((one for _, one in sentences(text) if one >= end), default=len(text))
    before = text[max([first, *(one for _, one in found[:n])]) : start]
    return before + "\0" + text[end : min([last, *(one for one, _ in found[n + 1 :])])]


def _below(clause: Clause, meaning: str) -> str:
    """With the list that follows, where the text leads up to one."""
    if not clause.text.rstrip().endswith((":", "–", "—")):
        return meaning
    below = (part for one in clause.walk() if one is not clause for part in (one.heading, one.text))
    return "\n".join([meaning, *below])
