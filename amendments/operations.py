"""A change of wording as operations in the manner of an amending instruction, which can be carried out again.

All operations of one change refer to the words as they stood before any of them. A place is named by words and,
where these occur more than once, by the time at which they occur; never by a number of characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from amendments.reader import CannotPerform, Reader, Spot, spliced
from amendments.sentences import Span, ends_as_sentence
from constitution.diff import Op, Run, diff_unmoved
from constitution.tokens import is_word, tokens, word_count

__all__ = ["CannotPerform", "Operation", "Verb", "operations", "perform", "span_of"]

# Past this share of words left out, and from this length on, the whole is easier to read than the changes.
MOSTLY_CHANGED = 4
SHORT = 12
# More words than these are not quoted, but their first and their last: 'from "..." to "..."'.
LONGEST_QUOTED = 12


ONLY = Spot()
"""Words that occur once."""


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
    """One step: ``words`` are found at their ``spot``, with ``before`` and ``after``, the spaces around them.

    LEAVE_OUT and REPLACE take the words and those spaces out and put ``new`` there; INSERT puts ``new`` behind the
    words and the spaces ``after``; BEGIN (behind the spaces ``after``) and ADD put it at the beginning and at the end;
    REWRITE puts it for the whole. With ``until``, what is left out goes from the words to the next time that this
    occurs behind them. Without words, the whole sentence is meant that the spot names; BEGIN then puts ``new`` at its
    beginning, in front of the spaces ``before`` it.
    """

    verb: Verb
    new: str = ""
    words: str = ""
    before: str = ""
    after: str = ""
    spot: Spot = ONLY
    until: str = ""


def operations(old: str, new: str) -> tuple[Operation, ...]:
    """The steps from the one text to the other, none where they are equal."""
    if old == new:
        return ()
    runs = diff_unmoved(old, new)
    reader = Reader(old)
    # Without a single word there is nothing to name a place by.
    if _mostly_changed(old, runs) or (old and not any(map(is_word, reader.tokens))):
        return (Operation(Verb.REWRITE, new),)
    return tuple(_operation(reader, *change) for change in _joined(reader, _changes(runs)))


def perform(steps: Iterable[Operation], old: str) -> str:
    """Carry the steps out; raises CannotPerform when the text is not the one they were made for."""
    reader = Reader(old)
    return spliced(old, [(*span_of(reader, step), step.new) for step in steps])


def span_of(reader: Reader, step: Operation) -> Span:
    """From where to where a step takes out what stands there; raises CannotPerform."""
    whole = reader.span(step.spot.within)
    match step.verb:
        case Verb.REWRITE:
            return whole
        case Verb.BEGIN:
            first = whole[0] + len(step.after) - len(step.before)
            return first, first
        case Verb.ADD:
            return whole[1], whole[1]
    first, last = _found(reader, step)
    if not (reader.text.endswith(step.before, 0, first) and reader.text.startswith(step.after, last)):
        raise CannotPerform(f"The spaces around {reader.text[first:last]!r} are not as they were.")
    last += len(step.after)
    return (last, last) if step.verb is Verb.INSERT else (first - len(step.before), last)


def _found(reader: Reader, step: Operation) -> Span:
    """The words of a step, without the spaces around them."""
    if not step.words:
        return reader.span(step.spot.within)
    first = reader.find(step.words, step.spot)
    last = first + len(step.words)
    if not step.until:
        return first, last
    return first, reader.find(step.until, ONLY, (last, len(reader.text))) + len(step.until)


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


def _joined(reader: Reader, changes: Iterable[Change]) -> list[Change]:
    """The changes, each with words to name it by, and joined where they then overlap."""
    groups: list[tuple[int, int, list[Change]]] = []
    for change in changes:
        begin, end = _nameable(reader, change)
        inside = [change]
        while groups and begin < groups[-1][1]:
            first, last, others = groups.pop()
            begin, end, inside = min(first, begin), max(last, end), [*others, *inside]
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


def _nameable(reader: Reader, change: Change) -> Span:
    """From where to where a change reaches, with a word beside it where what is left out is only signs or spaces."""
    start, gone, _ = change
    if not gone or any(map(is_word, tokens(gone))):
        return start, start + len(gone)
    first, last = reader.starts.index(start), reader.starts.index(start + len(gone))
    left = next((n for n in range(first - 1, -1, -1) if is_word(reader.tokens[n])), None)
    if left is not None:
        first = left
    else:
        last = next(n for n in range(last, len(reader.tokens)) if is_word(reader.tokens[n])) + 1
    return reader.starts[first], reader.starts[last]


def _operation(reader: Reader, start: int, gone: str, come: str) -> Operation:
    """The step for one change."""
    if gone:
        return _omission(reader, start, gone, come)
    if not reader.text[:start].strip():
        return Operation(Verb.BEGIN, come, after=reader.text[:start])
    if start == len(reader.text):
        return Operation(Verb.ADD, come)
    return _beside_sentence(reader, start, come) or _insertion(reader, start, come)


def _omission(reader: Reader, start: int, gone: str, come: str) -> Operation:
    words = gone.strip()
    at = start + gone.index(words)
    verb = Verb.REPLACE if come.strip() else Verb.LEAVE_OUT
    around = gone[: at - start], gone[at - start + len(words) :]
    if come.split() == words.split():  # only the spaces change, and the words are quoted to say where
        return Operation(verb, come, words, *around, reader.spot(words, at))
    sentence = reader.whole_sentence(at, at + len(words))
    if sentence:
        return Operation(verb, come, "", *around, Spot(within=sentence))
    ends = reader.ends_of(at, at + len(words)) if word_count(words) > LONGEST_QUOTED else None
    first, until = ends or (words, "")
    return Operation(verb, come, first, *around, reader.spot(first, at), until)


def _beside_sentence(reader: Reader, start: int, come: str) -> Operation | None:
    """An insertion between two sentences: of whole ones, or of words with which the second is to begin."""
    beside = reader.between(start)
    if not beside or not come.strip():
        return None
    earlier, later = beside
    stop, opening = reader.span(earlier)[1], reader.span(later)[0]
    apart = start > stop or come[0].isspace()
    if apart and ends_as_sentence(come.rstrip()):
        return Operation(Verb.INSERT, come, after=reader.text[stop:start], spot=Spot(within=earlier))
    if apart:
        return Operation(Verb.BEGIN, come, before=reader.text[start:opening], spot=Spot(within=later))
    return None


def _insertion(reader: Reader, start: int, come: str) -> Operation:
    last = len(reader.text[:start].rstrip())
    spots = [(words, reader.spot(words, last - len(words))) for words in reader.contexts(last)]
    words, spot = next((one for one in spots if one[1].times == 1 and not one[1].within), spots[0])
    return Operation(Verb.INSERT, come, words, "", reader.text[last:start], spot)
