"""The fields of a roll: what each may say, and the sentence that refuses what it may not. Pure.

A field is read to its value or refused; nothing is put right by guessing, because the roll decides who may vote.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from members.permissions import Role

LONGEST = 200
LONGEST_ADDRESS = 254
LONGEST_NUMBER = 40
SHOWN = 40

GOOD, ARREARS, SUSPENDED, LEFT, ERASED = "good", "arrears", "suspended", "left", "erased"
STANDINGS = (GOOD, ARREARS, SUSPENDED, LEFT)
GONE = frozenset({LEFT, ERASED})

LABELS: Mapping[str, str] = {
    "membership": "membership number",
    "name": "name",
    "email": "e-mail",
    "branch": "branch",
    "body": "affiliated body",
    "joined": "joined",
    "standing": "standing",
    "roles": "roles",
}
# Controls, the marks that turn the direction of a line about, and what an earlier conversion could not keep.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
LOST = "�"
# A spreadsheet that opens what we export would compute these; the wide forms are taken for the narrow by some.
FORMULA = re.compile(r"[\t\r]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
SIGNED = re.compile(r"\s*[+-]\d+(?:[.,]\d+)?\s*")
ADDRESS = re.compile(r"[^\s@,;<>\"()]+@[^\s@,;<>\"()]+")
DAY = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
EARLIEST = 1800


class Wrong(ValueError):
    """A field cannot be taken; the message says why."""


def email_key(address: str) -> str:
    """An address as it is compared: NFC, without space around it, its letters folded."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", address.strip()).casefold())


def number_key(membership: str) -> str:
    """A membership number as it is compared."""
    return email_key(membership)


def cells(day_first: bool | None) -> Mapping[str, Callable[[str], Any]]:  # noqa: FBT001 (three-valued)
    """How each column is read."""
    return {
        "membership": _number,
        "name": _name,
        "email": _address,
        "branch": _text,
        "body": _text,
        "joined": partial(_joined, day_first=day_first),
        "standing": _standing,
        "roles": _roles,
    }


def _text(raw: str, longest: int = LONGEST) -> str:
    """What a field says, NFC, with single spaces; a line break in it is a space."""
    if FORMULA.match(raw) and not SIGNED.fullmatch(raw):
        said = "begins as a formula of a spreadsheet does (=, +, -, @ or a tab); write it without that."
        raise Wrong(f"“{raw.strip()[:SHOWN]}” {said}")
    if found := FORBIDDEN.search(raw):
        raise Wrong(f"It holds a control character (U+{ord(found[0]):04X}) that cannot be seen.")
    if LOST in raw:
        raise Wrong("A character was lost in an earlier conversion and is a replacement mark (U+FFFD) now.")
    said = " ".join(raw.split())
    if len(said) > longest:
        raise Wrong(f"It is {len(said):,} characters long; at most {longest} are taken.")
    return said if said.isascii() else unicodedata.normalize("NFC", said)


def _number(raw: str) -> str:
    said = _text(raw, LONGEST_NUMBER)
    if not said:
        raise Wrong("There is no membership number, and it is what tells people apart.")
    return said


def _name(raw: str) -> str:
    said = _text(raw)
    if not said:
        raise Wrong("There is no name.")
    return said


def _address(raw: str) -> str:
    said = _text(raw, LONGEST_ADDRESS)
    if said and not ADDRESS.fullmatch(said):
        raise Wrong(f"“{said[:SHOWN]}” is no e-mail address: one is wanted, with one “@” and without spaces.")
    return said


def _standing(raw: str) -> str:
    said = _text(raw).casefold().removeprefix("in ").removesuffix(" standing") or GOOD
    if said not in STANDINGS:
        raise Wrong(f"“{raw.strip()[:SHOWN]}” is no standing; the known ones are {', '.join(STANDINGS)}.")
    return said


def _roles(raw: str) -> frozenset[str]:
    """Roles parted by commas, semicolons, bars or, where that gives roles, by spaces; none said: a member."""
    known = {role.value for role in Role}
    said: list[str] = []
    for part in filter(None, map(str.strip, re.split(r"[,;|/\n\r]", _text(raw).casefold()))):
        one = re.sub(r"[\s_]+", "-", part)
        said += [one] if one in known else part.split()
    strange = [one for one in said if one not in known]
    if strange:
        raise Wrong(f"“{strange[0][:SHOWN]}” is no role; the known ones are {', '.join(sorted(known))}.")
    return frozenset(said or {Role.MEMBER.value})


def day_first_in(all_joined: Iterator[str]) -> bool | None:
    """Whether the sheet's dates have the day first; None where none decides it, or they contradict each other."""
    told = set()
    for raw in set(all_joined):
        found = DAY.fullmatch(raw.strip())
        if found and found[2] != "." and (int(found[1]) > 12) != (int(found[3]) > 12):  # noqa: PLR2004 (months)
            told.add(int(found[1]) > 12)  # noqa: PLR2004 (months)
    return told.pop() if len(told) == 1 else None


def _joined(raw: str, *, day_first: bool | None) -> str:
    said = _text(raw)
    if not said:
        return ""
    try:
        found = DAY.fullmatch(said)
        return _day(said, found, day_first=day_first) if found else _checked(date.fromisoformat(said))
    except ValueError as error:
        if isinstance(error, Wrong):
            raise
        raise Wrong(f"“{said[:SHOWN]}” is no date; write it as 2020-12-31 or 31/12/2020.") from None


def _day(said: str, found: re.Match[str], *, day_first: bool | None) -> str:
    """A date of two numbers and a year. With full stops the day always comes first."""
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] == "." or first > 12:  # noqa: PLR2004 (months)
        day_first = True
    elif second > 12 or first == second:  # noqa: PLR2004 (months)
        day_first = False
    if day_first is None:
        raise Wrong(
            f"“{said}” is ambiguous: it can be two days, and no date in the sheet decides. Write it as 2020-12-31."
        )
    return _checked(date(year, second, first) if day_first else date(year, first, second))


def _checked(found: date) -> str:
    if found.year < EARLIEST:
        raise ValueError(found)
    return found.isoformat()
