"""What text may come in. Once, at the door: two texts that look equal must be equal.

Composed characters (NFC), one sign for the end of a line, one kind of space, no spaces at the end of a line
and none at the end of the text. Dashes and quotation marks are the author's. What cannot be seen is refused
by name. Mixed scripts inside a word are only warned of: they are how a Cyrillic letter passes for a Latin one,
but also how some trade marks are written.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Unicode 15, Default_Ignorable_Code_Point, as far as the general category Cf does not say it already.
_INVISIBLE_POINTS = (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2065, 0x3164, 0xFFA0)
_INVISIBLE_RANGES = ((0xFE00, 0xFE0F), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF))
# Format characters that are seen: signs written before Arabic, Syriac and Kaithi numbers.
_SEEN_POINTS = (*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD)
_SEEN = frozenset(map(chr, _SEEN_POINTS))
_LINE_ENDS = re.compile("\r\n?|[\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}\v\f]")
_ORDINARY = re.compile(r"[\n -~]*")
_TRAILING = re.compile(" +(?=\n|$)")
_LETTERS = re.compile(r"[^\W\d_]+")

# In characters. Several times the longest clause anybody has written; a whole rule book is no one text.
LONGEST = 200_000


class TextTooLong(ValueError):
    """One text is longer than may come in; both numbers are characters."""

    def __init__(self, length: int, longest: int) -> None:
        self.length, self.longest = length, longest
        super().__init__(f"The text has {length:,} characters; no text may have more than {longest:,}.")


class ForbiddenCharacter(ValueError):
    """A text holds a character that cannot be seen or is half of one. ``place`` counts from 0."""

    def __init__(self, character: str, text: str, place: int) -> None:
        self.character, self.place = character, place
        self.name = _name(character)
        self.line = text.count("\n", 0, place) + 1
        self.column = place - (text.rfind("\n", 0, place) + 1) + 1
        super().__init__(
            f"The text holds a character that is not allowed: {self.name}, line {self.line}, character {self.column}."
        )


@dataclass(frozen=True, slots=True)
class MixedScripts:
    """A word whose letters come from several scripts, such as a Latin word with a Cyrillic 'a'."""

    word: str
    place: int
    scripts: tuple[str, ...]


def normalise(text: str) -> str:
    """The text as it is kept. ForbiddenCharacter names what may not come in, and where."""
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    if not _ORDINARY.fullmatch(text):
        text = _visible(text)
    return _TRAILING.sub("", text).rstrip("\n")


def admitted(text: str, longest: int = LONGEST) -> str:
    """One text that somebody typed or sent, as it is kept. TextTooLong before anything else is looked at.

    The length is that of what was sent: composing characters could make it shorter, but only after the work.
    ``normalise`` has no limit, for readers that take a document line by line and mind its size themselves.
    """
    if len(text) > longest:
        raise TextTooLong(len(text), longest)
    return normalise(text)


def warnings(text: str) -> tuple[MixedScripts, ...]:
    """The words of several scripts; letters used in all scripts do not count."""
    if text.isascii():
        return ()
    found = ((match, _scripts(match.group())) for match in _LETTERS.finditer(text))
    return tuple(MixedScripts(match.group(), match.start(), scripts) for match, scripts in found if len(scripts) > 1)


def _visible(text: str) -> str:
    characters = set(text)  # a text has few different ones: each is looked up once
    if forbidden := set(filter(_forbidden, characters)):
        place = min(map(text.index, forbidden))
        raise ForbiddenCharacter(text[place], text, place)
    return text.translate({ord(character): " " for character in characters if _is_space(character)})


def _is_space(character: str) -> bool:
    return character == "\t" or unicodedata.category(character) == "Zs"


def _forbidden(character: str) -> bool:
    if character in "\n\t":
        return False
    if unicodedata.category(character) in {"Cc", "Cf", "Cs"}:
        return character not in _SEEN
    point = ord(character)
    return point in _INVISIBLE_POINTS or any(first <= point <= last for first, last in _INVISIBLE_RANGES)


def _name(character: str) -> str:
    # A control character cannot be printed; the symbol is what a page shows in its place.
    control = f"control character {chr(0x2400 + ord(character))}" if character < " " else "control character"
    kinds = {"Cc": control, "Cs": "lone surrogate"}
    kind = kinds.get(unicodedata.category(character), "invisible character")
    return f"{unicodedata.name(character, kind)} (U+{ord(character):04X})"


def _scripts(word: str) -> tuple[str, ...]:
    """The scripts of a word by the first word of its characters' names; Japanese mixes three by nature."""
    names = {unicodedata.name(character, "").split(" ")[0] for character in word}
    if names <= {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO"}:
        return ()
    return tuple(sorted(names & {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC", "HEBREW", "ARABIC"}))
