"""What is put to a vote, to whom and by which rules: one canonical text, and the fingerprint by which all speak of it.

Nothing in it can change once the vote is open: whatever differs is another ballot.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from rulebook.kinds import Combining, Counted, QuorumKind
from rulebook.rules import Threshold

FORMAT = "redraft-ballot-1"
DEFAULT = "default"
"""The id under which the default option is ranked."""


class Malformed(ValueError):
    """What was handed over is no definition of a ballot, or none of this format; the sentence says what is wrong."""


class Mode(StrEnum):
    """Whether names are published with the choices, or nobody learns how somebody voted."""

    RECORDED = "recorded"
    SEALED = "sealed"


class Kind(StrEnum):
    """What a voter is asked for one question."""

    YES_NO = "yes_no"
    YES_NO_ABSTAIN = "yes_no_abstain"
    RANKED = "ranked"


class Unranked(StrEnum):
    """What it means to leave an option out: it comes after all that are ranked, or is compared with nothing."""

    LAST = "last"
    UNCOMPARED = "uncompared"


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be carried. ``text`` and ``redline`` are digests of what is put and of how it is shown.

    ``thresholds``: its own, where it changes what is protected; () are those of the question.
    """

    id: str
    label: str
    amendments: tuple[int, ...] = ()
    clauses: tuple[str, ...] = ()
    text: str = ""
    redline: str = ""
    thresholds: tuple[Threshold, ...] = ()


@dataclass(frozen=True, slots=True)
class Needed:
    """A quorum with its number worked out: ``least`` is the smallest whole number that meets it, ``words`` the rule."""

    kind: QuorumKind
    least: int
    words: str
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One decision; all thresholds and quorums must be met. ``consent``: of whom outside, before it takes effect.

    A question of yes and no has one option; a ranked one several and the ``default``, which always stands.
    """

    id: str
    kind: Kind
    words: str
    options: tuple[Option, ...]
    default: str = ""
    slots: int = 1
    thresholds: tuple[Threshold, ...] = (Threshold(),)
    quorums: tuple[Needed, ...] = ()
    consent: tuple[str, ...] = ()

    def option(self, option_id: str) -> Option | None:
        """The option with this id."""
        return next((one for one in self.options if one.id == option_id), None)


@dataclass(frozen=True, slots=True)
class College:
    """Who votes together: how many, with the digest of the frozen roll; ``share`` where colleges are weighed."""

    id: str
    label: str
    voters: int
    roll: str
    share: Fraction | None = None
    weight: int = 0  # of all its votes together; 0: each weighs one


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole ballot; moments in UTC as text, digests in hex, keys in base64url ("" where there are none)."""

    organisation: str
    number: int
    title: str
    rule: str
    rulebook: str
    mode: Mode
    opens: str
    closes: str
    base: tuple[int, str]
    drafts: tuple[tuple[int, str, str], ...]
    questions: tuple[Question, ...]
    colleges: tuple[College, ...]
    ties: tuple[tuple[int, str, int], ...] = ()
    combine: Combining = Combining.WEIGHTED
    unranked: Unranked = Unranked.LAST
    changeable: bool = True
    casting_vote: str = ""
    key: str = ""
    acknowledgements: str = ""
    size: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)

    def question(self, question_id: str) -> Question | None:
        """The question with this id."""
        return next((one for one in self.questions if one.id == question_id), None)

    def college(self, college_id: str) -> College | None:
        """The college with this id."""
        return next((one for one in self.colleges if one.id == college_id), None)


def canonical(definition: Definition) -> bytes:
    """The one text of a definition: JSON with sorted keys and no spaces, in UTF-8."""
    return written(to_json(definition))


def fingerprint(definition: Definition) -> str:
    """The SHA-256 of the canonical text, in hex."""
    return hashlib.sha256(canonical(definition)).hexdigest()


def written(value: object) -> bytes:
    """A JSON value as the one text that is hashed."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode()


def to_json(one: Definition) -> dict[str, Any]:
    """The definition as JSON can hold it."""
    said = {name: getattr(one, name) for name in _PLAIN}
    base, digest = one.base
    return said | {
        "format": FORMAT,
        "base": {"edition": base, "digest": digest},
        "drafts": [{"number": number, "digest": text, "redline": redline} for number, text, redline in one.drafts],
        "questions": [_question_json(each) for each in one.questions],
        "colleges": [
            asdict(each) | {"share": None if each.share is None else str(each.share)} for each in one.colleges
        ],
        "ties": [list(tie) for tie in one.ties],
        "extra": dict(one.extra),
    }


_PLAIN = (
    "organisation", "number", "title", "rule", "rulebook", "mode", "opens", "closes", "combine", "unranked",
    "changeable", "casting_vote", "key", "acknowledgements", "size",
)  # fmt: skip


def _question_json(one: Question) -> dict[str, Any]:
    options = [asdict(each) | {"thresholds": _thresholds_json(each.thresholds)} for each in one.options]
    return asdict(one) | {"thresholds": _thresholds_json(one.thresholds), "options": options}


def _thresholds_json(ones: Sequence[Threshold]) -> list[dict[str, Any]]:
    return [{"share": str(each.share), "base": each.base, "strict": each.strict} for each in ones]


def read(source: bytes | Mapping[str, Any]) -> Definition:
    """A definition from its text or its JSON; raises Malformed."""
    try:
        found = json.loads(source) if isinstance(source, bytes) else source
        if not isinstance(found, Mapping) or found.get("format") != FORMAT:
            raise Malformed(f"This is not a definition of a ballot in the format {FORMAT}.")
        return _read(found)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        if isinstance(error, Malformed):
            raise
        raise Malformed(f"The definition of the ballot cannot be read: {error!r}.") from error


def _read(found: Mapping[str, Any]) -> Definition:
    plain = {name: found[name] for name in _PLAIN}
    plain |= {"mode": Mode(found["mode"]), "combine": Combining(found["combine"])}
    plain |= {"unranked": Unranked(found["unranked"])}
    return Definition(
        **plain,
        base=(found["base"]["edition"], found["base"]["digest"]),
        drafts=tuple((one["number"], one["digest"], one["redline"]) for one in found["drafts"]),
        questions=tuple(map(_question, found["questions"])),
        colleges=tuple(
            College(**{**one, "share": None if one["share"] is None else Fraction(one["share"])})
            for one in found["colleges"]
        ),
        ties=tuple((one, kind, other) for one, kind, other in found["ties"]),
        extra=found["extra"],
    )


def _question(found: Mapping[str, Any]) -> Question:
    return Question(
        id=found["id"],
        kind=Kind(found["kind"]),
        words=found["words"],
        options=tuple(
            Option(
                **{
                    **one,
                    "amendments": tuple(one["amendments"]),
                    "clauses": tuple(one["clauses"]),
                    "thresholds": _thresholds(one["thresholds"]),
                }
            )
            for one in found["options"]
        ),
        default=found["default"],
        slots=found["slots"],
        thresholds=_thresholds(found["thresholds"]),
        quorums=tuple(Needed(**{**one, "kind": QuorumKind(one["kind"])}) for one in found["quorums"]),
        consent=tuple(found["consent"]),
    )


def _thresholds(found: Sequence[Mapping[str, Any]]) -> tuple[Threshold, ...]:
    return tuple(Threshold(Fraction(one["share"]), Counted(one["base"]), one["strict"]) for one in found)


def labels(ones: Sequence[Option]) -> Mapping[str, str]:
    """The options' labels by their ids."""
    return {one.id: one.label for one in ones}
