"""The digest of a rulebook: of what it settles, whatever its comments, its spaces and the order of its keys."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction

from rulebook import formula
from rulebook.rules import Rulebook
from rulebook.when import Duration, When

# Changes whenever the same rules would be written otherwise here: an old digest then still says what it was made by.
FORM = "redraft rulebook 1"


def digest(rulebook: Rulebook) -> str:
    """SHA-256 of the canonical JSON, as 64 hexadecimal digits. A default is the same written out or left out."""
    return hashlib.sha256(canonical(rulebook).encode()).hexdigest()


def canonical(rulebook: Rulebook) -> str:
    """Every rule by its name, keys in order and without spaces: one text for one set of rules."""
    content = {"form": FORM, "rules": _plain(rulebook)}
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    written = _written(value)
    if is_dataclass(written):
        return {one.name: _plain(getattr(written, one.name)) for one in fields(written)}
    return written


def _written(value: object) -> object:
    """A value that has one way to be written, as that; any other as it is."""
    match value:
        case Enum():
            return value.value
        case Fraction():
            return f"{value.numerator}/{value.denominator}"
        case formula.Number() | formula.Variable() | formula.Size() | formula.Binary() | formula.Call():
            return formula.written(value)
        case When() | Duration():
            return str(value)
    return value
