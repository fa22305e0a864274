"""What two members of the committee chose at the same time, made one: place by place, and nothing of either lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from amendments.choices import Choices
from amendments.wording import words_of
from constitution.clause import Constitution
from constitution.looks import Reason
from constitution.merge import merge

if TYPE_CHECKING:
    from amendments.composite import Composition

LEAVE, LOOK = "leave/", "look/"
_PREFIX = {"left": LEAVE}
_FIELDS = ("picked", "written", "orders", "left", "looked")

Answer = Mapping[str, Any]
"""What is chosen at one place: values by the names of the fields of ``Choices``, and "reasons"."""


@dataclass(frozen=True)
class Made:
    """Choices as the committee made them, with the reasons for its own words."""

    choices: Choices
    reasons: Mapping[str, str] = field(default_factory=dict)

    def answers(self) -> dict[str, dict[str, Any]]:
        """What is chosen at each place: under the key of its question, "leave/<key>", or the key of its mark."""
        found: dict[str, dict[str, Any]] = {}
        for name, key, value in self._each():
            found.setdefault(_PREFIX.get(name, "") + key, {})[name] = value
        return found

    def _each(self) -> Iterator[tuple[str, str, Any]]:
        for name, values in (*((name, getattr(self.choices, name)) for name in _FIELDS), ("reasons", self.reasons)):
            yield from ((name, key, value) for key, value in values.items())

    def with_(self, other: Made, keys: Collection[str]) -> Made:
        """These, but at the places with the keys what the other has there."""
        theirs = other.answers()
        return made({**self.answers(), **{key: theirs.get(key, {}) for key in keys}})


@dataclass(frozen=True)
class Together:
    """What comes of two savings. Of ``clashes`` only the first saving is in it, of ``both`` the words of either."""

    made: Made
    clashes: tuple[str, ...]
    both: tuple[str, ...]


def made(answers: Mapping[str, Answer]) -> Made:
    """The choices with these answers; the inverse of ``Made.answers``."""
    fields: dict[str, dict[str, Any]] = {name: {} for name in (*_FIELDS, "reasons")}
    for key, answer in answers.items():
        for name, value in answer.items():
            fields[name][key.removeprefix(_PREFIX.get(name, ""))] = value
    reasons = fields.pop("reasons")
    return Made(Choices(**fields), reasons)


def changes(before: Made, after: Made) -> dict[str, Answer]:
    """The places at which they differ, with what is chosen there after (an empty answer: nothing any more)."""
    old, new = before.answers(), after.answers()
    return {key: new.get(key, {}) for key in sorted(old.keys() | new.keys()) if old.get(key) != new.get(key)}


def together(base: Constitution, before: Made, theirs: Made, mine: Made) -> Together:
    """What ``theirs`` (saved first) and ``mine`` make of what was ``before`` both of them.

    What only one changed is taken; wordings that both changed are merged where they merge cleanly. Where both chose
    differently theirs stays, and the place is a clash.
    """
    common, answers = before.answers(), theirs.answers()
    clashes, both = [], []
    for key, wanted in changes(before, mine).items():
        old, saved = common.get(key, {}), answers.get(key, {})
        found = wanted if saved in (old, wanted) else _merged(_stood(base, key), old, saved, wanted)
        if found is None:
            clashes.append(key)
            continue
        answers[key] = dict(found)
        both += [key] if found not in (saved, wanted) else []
    return Together(made(answers), tuple(clashes), tuple(both))


def asked_again(
    composition: Composition, made: Made, newcomers: Collection[str], before: Made | None = None
) -> dict[str, Answer]:
    """The answers to be asked again, since they were given without these amendments and do not follow them.

    ``before`` holds what was chosen when they were on the desk already: that stands.
    """
    stands = before.answers() if before else {}
    answers, again = made.answers(), dict[str, Answer]()
    while True:
        overruled = composition.overruled(made.choices, newcomers)
        more = [key for key in sorted(overruled) if stands.get(key) != answers[key]]
        if not more:
            return again
        again |= {key: answers[key] for key in more}
        made = made.with_(Made(Choices()), more)


def _merged(stood: str | None, before: Answer, theirs: Answer, mine: Answer) -> Answer | None:
    """One answer of two that differ, when both are own words that go together; None where they cannot both stand."""
    found: dict[str, Any] = {}
    for name in theirs.keys() | mine.keys():
        old, saved, wanted = (one.get(name) for one in (before, theirs, mine))
        if saved == wanted:
            found[name] = saved
        elif name == "written" and saved and wanted:
            found[name] = _words(old or stood, saved, wanted)
        elif name == "reasons":
            found[name] = wanted if saved == old else saved if wanted == old else None
    return found if None not in found.values() and found.keys() == theirs.keys() | mine.keys() else None


def _words(before: str | None, theirs: str, mine: str) -> str | None:
    """Both changes of a wording; None where they meet, or one turns the sense of a sentence that the other changes."""
    if before is None:
        return None
    merged = merge(before, {"theirs": theirs, "mine": mine})
    return None if any(one.reason is Reason.TURNING for one in merged.looks) else merged.text


def _stood(base: Constitution, key: str) -> str | None:
    """What a committee that writes a whole text anew has before it: the text in force."""
    nature, _, rest = key.partition("/")
    clause, _, part = rest.rpartition("/")
    return words_of(base[clause], part) if nature == "whole" and clause in base else None
