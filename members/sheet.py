"""A table that somebody exported: which characters its bytes stand for, and which fields its lines have. Pure.

A guess at an encoding that goes wrong puts wrong letters into people's names without a word. So UTF-8 and UTF-16 are
taken when they say what they are or decode without a fault, Windows-1252 only when what comes out can be the names
of people, and everything else is refused.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LARGEST = 64 * 1024 * 1024
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
SAVE_AS = "Save it again as “CSV UTF-8” and try that."

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
SEPARATOR = re.compile(r'"?sep=(.)"?[ \t]*(?:\r\n|\r|\n)', re.IGNORECASE)

HIGH = re.compile(rb"[\x80-\xff]")
UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# What Windows-1252 makes of other encodings: a capital within a word (Mac OS), a sign within a word (DOS), a word
# of nothing but accented letters (Cyrillic, Greek). Apostrophes, an accent and a raised dot do stand within words.
SENSELESS = re.compile(
    r"[a-zß-öø-ÿ][À-ÖØ-ÞŠŒŽŸ](?![A-ZÀ-ÖØ-ÞŠŒŽŸ])|[A-Z]{2}[ß-öø-ÿšœž][A-Z]"
    r"|[A-Za-z][^\x00-\x7fÀ-ÖØ-öø-ÿŠŒŽšœžŸ\u2018’\xb4\xb7\xa0\xad][a-z]|[À-ÖØ-öø-ÿ]{4}"
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and where: ``line`` counts from 1 as an editor does, 0 for the whole file; ``column`` may be ""."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        """The place and the sentence: Line 12, e-mail: ..."""
        place = [f"line {self.line}"] if self.line else []
        said = ", ".join([*place, *([self.column] if self.column else [])])
        return f"{said[0].upper()}{said[1:]}: {self.message}" if said else self.message


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file, and the encoding that they were taken from."""

    text: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one row, which begins on ``line`` and may run over several; None and why if it cannot be read."""

    line: int
    fields: Sequence[str] | None
    why: str = ""


def decoded(data: bytes) -> Decoded | Problem:
    """The characters of a file of at most LARGEST bytes, or why they cannot be known."""
    if len(data) > LARGEST:
        return Problem(0, "", f"The file is larger than {LARGEST // 1024**2} megabytes; that is no roll of members.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf_16(data)
    if data.startswith(codecs.BOM_UTF8):
        return _marked_utf_8(data.removeprefix(codecs.BOM_UTF8))
    if data.count(0) * 4 > len(data):
        return Problem(0, "", f"The file looks like UTF-16 without its byte order mark. {SAVE_AS}")
    try:
        return Decoded(data.decode(), "UTF-8")
    except UnicodeDecodeError as error:
        return _western(data, error.start)


def _utf_16(data: bytes) -> Decoded | Problem:
    try:
        return Decoded(data.decode("utf-16"), "UTF-16")
    except UnicodeDecodeError as error:
        return Problem(0, "", f"The file begins as UTF-16, and byte {error.start + 1} is none of it. {SAVE_AS}")


def _marked_utf_8(data: bytes) -> Decoded | Problem:
    try:
        return Decoded(data.decode(), "UTF-8 with a byte order mark")
    except UnicodeDecodeError as error:
        return _broken(data[: error.start])


def _western(data: bytes, first: int) -> Decoded | Problem:
    """Windows-1252, of which Latin-1 as people use it is a part."""
    if len(UTF_8.findall(data)) * 2 >= len(HIGH.findall(UTF_8.sub(b"", data))) and UTF_8.search(data):
        return _broken(data[:first])
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        return _unknown(data[: error.start])
    senseless = SENSELESS.search(text)
    return _unknown(data[: senseless.start()]) if senseless else Decoded(text, "Windows-1252")


def _broken(before: bytes) -> Problem:
    said = f"The file is in UTF-8, but a character on this line is broken. {SAVE_AS}"
    return Problem(_line(before), "", said)


def _unknown(before: bytes) -> Problem:
    said = f"The characters on this line are in none of UTF-8, UTF-16 and Windows-1252. {SAVE_AS}"
    return Problem(_line(before), "", said)


def _line(before: bytes) -> int:
    """The line that comes after these bytes."""
    return len(re.findall(rb"\r\n|\r|\n", before)) + 1


def records(text: str, delimiter: str) -> Iterator[Record]:
    """The rows of a table; those without anything in them are passed over. A field in quotes may hold line breaks."""
    reader = csv.reader((found[0] for found in LINE.finditer(text)), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Record(line, None, "A quotation mark is opened or closed where none can be, from here on.")
            continue
        if any(map(str.strip, fields)):
            yield Record(line, fields)


def told_delimiter(text: str) -> str | None:
    """The delimiter that the first line names, as spreadsheets write it (sep=;), if there is such a line."""
    found = SEPARATOR.match(text)
    return found[1] if found and found[1] in DELIMITERS else None
