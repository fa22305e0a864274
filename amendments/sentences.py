"""Where the sentences of a text begin and end, as a reader counts them, in English and in German."""

from __future__ import annotations

import re

_QUOTES = "\"'\u201c\u201d\u201e\u2018\u2019\u201a\xab\xbb*_"
_CLOSING = rf"[{_QUOTES})\]]*+"
_OPENING = rf"[{_QUOTES}(\[]*+"
_STOP = re.compile(rf"(?<![.!?…])([.!?…]++){_CLOSING}(\s++)(?={_OPENING}(\S))")
_ENDS = re.compile(rf"[.!?…]{_CLOSING}\Z")
_WORD_BEFORE = re.compile(r"(?<!\w)(?:[^\W\d_]\.\s?)*[^\W\d_]+$|(?<![\w.,:/-])\d{1,2}$")
# The first stop of "z. B." and of "J. R. Hartley", and the one of "am 1. Mai".
_SINGLE_LETTER = re.compile(r"[^\W\d_]\.")
_MONTH = re.compile(r"(?:Jan|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)")
_FARTHEST = 20

# Without their inner stops and spaces.
_GO_ON = frozenset(
    {
        *("approx", "cf", "dr", "eg", "ie", "mr", "mrs", "ms", "prof", "rev", "viz", "vs"),
        *("bzw", "dh", "evtl", "ggf", "idr", "sog", "vgl", "zb", "zt"),
    }
)
_GO_ON_BEFORE_A_NUMBER = frozenset(
    {
        *("art", "arts", "ca", "ch", "cl", "fig", "no", "nos", "p", "para", "paras", "pp", "s", "sec", "vol"),
        *("abs", "lit", "nr", "ziff"),
    }
)
_MAY_END = frozenset({"am", "co", "etc", "inc", "jr", "ltd", "pm", "sr", "st", "ua", "usw"})

Span = tuple[int, int]


def sentences(text: str) -> tuple[Span, ...]:
    """The beginning and end of each sentence, without the spaces around it; none in a text of spaces.

    Where it is open whether a stop ends a sentence ("etc. The", "Schedule A. The", a line that ends without a stop),
    the whole text counts as one: better no sentence is counted than one that another reader counts otherwise.
    """
    inner = text.strip()
    if not inner:
        return ()
    first = text.index(inner)
    last = first + len(inner)
    stops = [(stop, _ends(text, stop)) for stop in _STOP.finditer(text)]
    breaks = [stop.span(2) for stop, ends in stops if ends]
    in_breaks = sum(text.count("\n", *one) for one in breaks)
    if any(ends is None for _, ends in stops) or in_breaks < inner.count("\n"):
        return ((first, last),)
    return tuple(zip([first, *(end for _, end in breaks)], [*(start for start, _ in breaks), last], strict=True))


def may_begin(text: str, place: int) -> bool:
    """Whether a sentence may begin at a place: at the beginning, in a new line, or after any stop and a space."""
    before = text[:place].rstrip(_QUOTES + "([")
    words = before.rstrip()
    gap = before[len(words) :]
    return not words or "\n" in gap or (bool(gap) and ends_as_sentence(words))


def ends_as_sentence(text: str) -> bool:
    """Whether the text ends with a stop, perhaps within quotation marks or brackets."""
    return bool(_ENDS.search(text))


def _ends(text: str, stop: re.Match[str]) -> bool | None:
    """Whether a stop ends a sentence; None where that is open."""
    following = stop[3]
    if following.islower():
        return None if "\n" in stop[2] else False
    if stop[1] == "." and (word := _word_before(text, stop.start())):
        if _goes_on(word, following, text, stop.end()):
            return False
        if len(word) == 1 or word.isdecimal() or word in _MAY_END | _GO_ON_BEFORE_A_NUMBER:
            return None
    return True if len(stop[1]) == 1 and following.isalpha() else None


def _goes_on(word: str, following: str, text: str, place: int) -> bool:
    """Whether the sentence certainly goes on behind a word and its stop."""
    if word.isdecimal():
        return bool(_MONTH.match(text, place))
    if word in _GO_ON_BEFORE_A_NUMBER and following.isdecimal():
        return True
    return word in _GO_ON or (len(word) == 1 and bool(_SINGLE_LETTER.match(text, place)))


def _word_before(text: str, place: int) -> str:
    """The word before a place in small letters, an abbreviation without its stops ("eg", "zb"); a day; or nothing."""
    found = _WORD_BEFORE.search(text[max(0, place - _FARTHEST) : place])
    return "".join(filter(str.isalnum, found[0])).casefold() if found else ""
