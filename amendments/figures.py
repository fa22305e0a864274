"""Numbers said twice, in words and in figures: "sixteen (16)", "16 (sechzehn)", "two thirds (2/3)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

_EN = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_DE = (
    *("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"),
    *("dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"),
)
_EN_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_DE_TENS = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_EN_PARTS = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 8: "eighth", 10: "tenth"}
_DE_PARTS = {3: "drittel", 4: "viertel", 5: "fünftel", 6: "sechstel", 8: "achtel", 10: "zehntel"}

# A number that goes on before the words we know ("one thousand and sixteen") is not read at all.
_LARGER = re.compile(r"(?:hundred|thousand|million|dozen|hundert|tausend|millionen)(?:\s+(?:and|und))?$", re.IGNORECASE)
_FIGURES = r"\d{1,3}(?:/\d{1,3})?"
_WORD = r"[^\W\d_]++(?:-[^\W\d_]++)*+"
_PAIRS = (
    re.compile(rf"(?<![\w-])(?P<words>{_WORD}(?:\s{_WORD}){{0,4}})\s?\(\s?(?P<figures>{_FIGURES})\s?\)"),
    re.compile(rf"(?<![\w/.,])(?P<figures>{_FIGURES})\s?\(\s?(?P<words>{_WORD}(?:\s{_WORD}){{0,4}})\s?\)"),
)


def disagreements(text: str) -> tuple[str, ...]:
    """Where a number in words and the one in figures beside it are not the same, as it stands: "sixteen (18)"."""
    found = sorted(one for pattern in _PAIRS for pair in pattern.finditer(text) for one in _disagreeing(pair, text))
    return tuple(phrase for _, phrase in found)


def _disagreeing(pair: re.Match[str], text: str) -> Iterator[tuple[int, str]]:
    whole_bracket = pair.start("words") > pair.start("figures")
    known = _last_number(pair["words"], whole=whole_bracket)
    if known is None:
        return
    words, value = known
    start = pair.start("figures") if whole_bracket else pair.end("words") - len(words)
    before = text[: pair.end("words") - len(words)].rstrip()
    if value != _value(pair["figures"]) and not _LARGER.search(before):
        yield start, text[start : pair.end()]


def _last_number(words: str, *, whole: bool) -> tuple[str, Fraction] | None:
    """The longest number at the end of some words, or that all of them are."""
    starts = [0] if whole else [0, *(space.end() for space in re.finditer(r"\s", words))]
    found = ((words[start:], _KNOWN.get(" ".join(words[start:].lower().replace("-", " ").split()))) for start in starts)
    return next(((phrase, value) for phrase, value in found if value is not None), None)


def _value(figures: str) -> Fraction | None:
    above, _, below = figures.partition("/")
    if not below:
        return Fraction(int(above))
    return Fraction(int(above), int(below)) if int(below) else None


def _english(value: int) -> Iterator[str]:
    """The ways to write a number under a thousand, hyphens as spaces."""
    hundreds, rest = divmod(value, 100)
    small = _EN[rest] if rest < len(_EN) else " ".join(filter(None, (_EN_TENS[rest // 10 - 2], _EN[rest % 10])))
    small = small.removesuffix(" zero")
    if not hundreds:
        yield small
        return
    for lead in (f"{_EN[hundreds]} hundred", *(["a hundred"] if hundreds == 1 else [])):
        yield from (f"{lead} and {small}", f"{lead} {small}") if rest else (lead,)


def _german(value: int) -> Iterator[str]:
    """The ways to write a number under a thousand."""
    hundreds, rest = divmod(value, 100)
    one = _DE[rest % 10].replace("eins", "ein") + "und" if rest % 10 else ""
    small = _DE[rest] if rest < len(_DE) else one + _DE_TENS[rest // 10 - 2]
    if not hundreds:
        yield small
        return
    for lead in (_DE[hundreds].replace("eins", "ein"), *([""] if hundreds == 1 else [])):
        yield f"{lead}hundert{small if rest else ''}"


def _fractions() -> Iterator[tuple[str, Fraction]]:
    for below, word in _EN_PARTS.items():
        for above in range(1, below):
            yield f"{_EN[above]} {word}{'s' if above > 1 else ''}", Fraction(above, below)
    for below, word in _DE_PARTS.items():
        for above in range(1, below):
            yield f"{'ein' if above == 1 else _DE[above]} {word}", Fraction(above, below)


_KNOWN = {
    **{words: Fraction(value) for write in (_english, _german) for value in range(1000) for words in write(value)},
    **dict(_fractions()),
    "half": Fraction(1, 2),
    "die hälfte": Fraction(1, 2),
}
