"""A change of wording as operations in the manner of an amending instruction, which can be carried out again.

All operations of one change refer to the words as they stood before any of them. A place is named by words and,
where these occur more than once, by the time at which they occur; never by a number of characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, groupby

from constitution.diff import Op, Run, diff_unmoved
from constitution.tokens import is_word, tokens, word_count

# Past this share of words left out, and from this length on, the whole is easier to read than the changes.
MOSTLY_CHANGED = 4
SHORT = 12
LONGEST_CONTEXT = 4


class Verb(StrEnum):
    """What an operation does."""

    ADD = "add"
    BEGIN = "begin"
    INSERT = "insert"
    LEAVE_OUT = "leave-out"
    REPLACE = "replace"
    REWRITE = "rewrite"


@dataclass(frozen=True, slots=True)
class Operation:
    """One step: ``words`` are found for the ``nth`` of ``times`` times, with ``before`` and ``after``, the spaces around.

    LEAVE_OUT and REPLACE take the words and those spaces out and put ``new`` there; INSERT puts ``new`` behind the
    words and the spaces ``after``; BEGIN (behind the spaces ``after``) and ADD put it at the beginning and at the end;
    REWRITE puts it for the whole.
    """

    verb: Verb
    new: str = ""
    words: str = ""
    before: str = ""
    after: str = ""
    nth: int = 1
    times: int = 1


class CannotPerform(ValueError):
    """The words an operation speaks of do not occur so often."""


def operations(old: str, new: str) -> tuple[Operation, ...]:
    """The steps from the one text to the other, none where they are equal."""
    if old == new:
        return ()
    runs = diff_unmoved(old, new)
    reader = _Reader(old)
    # Without a single word there is nothing to name a place by.
    if _mostly_changed(old, runs) or (old and not any(map(is_word, reader.tokens))):
        return (Operation(Verb.REWRITE, new),)
    return tuple(reader.operation(start, gone, come) for start, gone, come in _joined(reader, _changes(runs)))


def perform(steps: Iterable[Operation], old: str) -> str:
    """Carry the steps out; raises CannotPerform when the text is not the one they were made for."""
    reader = _Reader(old)
    splices = sorted((*reader.splice(step), step.new) for step in steps)
    pieces: list[str] = []
    at = 0
    for start, end, new in splices:
        pieces += [old[at:start], new]
        at = end
    return "".join([*pieces, old[at:]])


Change = tuple[int, str, str]


def _changes(runs: Sequence[Run]) -> Iterator[Change]:
    """(place in the old text, words gone, words come) for each stretch of changes."""
    place = 0
    for kept, group in groupby(runs, key=lambda run: run.op is Op.KEEP):
        stretch = list(group)
        gone = "".join(run.text for run in stretch if run.op is not Op.INSERT)
        if not kept:
            yield place, gone, "".join(run.text for run in stretch if run.op is Op.INSERT)
        place += len(gone)


def _joined(reader: _Reader, changes: Iterable[Change]) -> list[Change]:
    """The changes, each with words to name it by, and joined where they then overlap."""
    groups: list[tuple[int, int, list[Change]]] = []
    for change in changes:
        begin, end = reader.nameable(change)
        inside = [change]
        if groups and begin < groups[-1][1]:
            first, last, others = groups.pop()
            begin, end, inside = min(first, begin), max(last, end), [*others, change]
        groups.append((begin, end, inside))
    return [(begin, reader.text[begin:end], _changed(reader.text, begin, end, inside)) for begin, end, inside in groups]


def _changed(text: str, begin: int, end: int, changes: Iterable[Change]) -> str:
    """A stretch of the text as it is after the changes in it."""
    pieces: list[str] = []
    for start, gone, come in changes:
        pieces += [text[begin:start], come]
        begin = start + len(gone)
    return "".join([*pieces, text[begin:end]])


def _mostly_changed(old: str, runs: Iterable[Run]) -> bool:
    words = word_count(old)
    kept = sum(word_count(run.text) for run in runs if run.op is Op.KEEP)
    return words > SHORT and kept * MOSTLY_CHANGED < words


class _Reader:
    """Finds words in one text, as a reader would: whole words, counted from the beginning."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.starts = [0, *accumulate(map(len, self.tokens))]
        self.bounds = set(self.starts)

    def operation(self, start: int, gone: str, come: str) -> Operation:
        """The step for one change."""
        if gone:
            words = gone.strip()
            at = start + gone.index(words)
            verb = Verb.REPLACE if come.strip() else Verb.LEAVE_OUT
            around = gone[: at - start], gone[at - start + len(words) :]
            return Operation(verb, come, words, *around, *self._count(words, at))
        if not self.text[:start].strip():
            return Operation(Verb.BEGIN, come, after=self.text[:start])
        if start == len(self.text):
            return Operation(Verb.ADD, come)
        return self._insertion(start, come)

    def splice(self, step: Operation) -> tuple[int, int]:
        """Where the step begins and ends in the text."""
        match step.verb:
            case Verb.REWRITE:
                return 0, len(self.text)
            case Verb.BEGIN:
                return len(step.after), len(step.after)
            case Verb.ADD:
                return len(self.text), len(self.text)
        places = self._places(step.words)
        if len(places) < step.nth:
            raise CannotPerform(f"The words {step.words!r} do not occur {step.nth} times.")
        start = places[step.nth - 1] - len(step.before)
        end = start + len(step.before) + len(step.words) + len(step.after)
        return (end, end) if step.verb is Verb.INSERT else (start, end)

    def nameable(self, change: Change) -> tuple[int, int]:
        """From where to where a change reaches, with a word beside it where what is left out is only signs or spaces."""
        start, gone, _ = change
        if not gone or any(map(is_word, tokens(gone))):
            return start, start + len(gone)
        first, last = self.starts.index(start), self.starts.index(start + len(gone))
        left = next((n for n in range(first - 1, -1, -1) if is_word(self.tokens[n])), None)
        if left is not None:
            first = left
        else:
            last = next(n for n in range(last, len(self.tokens)) if is_word(self.tokens[n])) + 1
        return self.starts[first], self.starts[last]

    def _insertion(self, start: int, come: str) -> Operation:
        last = len(self.text[:start].rstrip())
        choices = [self.text[begin:last] for begin in self._beginnings(last)]
        counts = [(words, self._count(words, last - len(words))) for words in choices]
        words, count = next(((one, count) for one, count in counts if count[1] == 1), counts[0])
        return Operation(Verb.INSERT, come, words, "", self.text[last:start], *count)

    def _beginnings(self, end: int) -> list[int]:
        """Where the last one, two ... words up to a place begin; the sign before it where there is no word."""
        found = [self.starts[n] for n, one in enumerate(self.tokens) if is_word(one) and self.starts[n] < end]
        return found[: -LONGEST_CONTEXT - 1 : -1] or [0]

    def _count(self, words: str, at: int) -> tuple[int, int]:
        places = self._places(words)
        return places.index(at) + 1, len(places)

    def _places(self, words: str) -> list[int]:
        """Where the words begin, each time they occur as whole words."""
        return [
            one for one in self.starts if self.text.startswith(words, one) and one + len(words) in self.bounds and words
        ]
