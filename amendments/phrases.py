"""The operations on a text in the words of an amending instruction."""

from __future__ import annotations

from collections.abc import Iterable

from amendments.operations import Operation, Verb
from amendments.reader import Within

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def spoken(steps: Iterable[Operation]) -> str:
    """The operations in words: 'leave out "two" and insert "three"; after "may" insert "not"'."""
    return "; ".join(map(_spoken, steps))


def quoted(text: str) -> str:
    """The words in quotation marks, without the spaces around them."""
    return f'"{text.strip()}"'


def ordinal(n: int) -> str:
    """1 is "first", 12 is "12th"."""
    if n <= len(ORDINALS):
        return ORDINALS[n - 1]
    ending = "th" if n % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def _spoken(step: Operation) -> str:
    match step.verb:
        case Verb.REWRITE:
            return f"leave out the whole text and insert {quoted(step.new)}" if step.new else "leave out the whole text"
        case Verb.BEGIN:
            place = f"start of the {_sentence(step.spot.within)}" if step.spot.within else "beginning"
            return f"at the {place} insert {quoted(step.new)}"
        case Verb.ADD:
            return f"at the end add {quoted(step.new)}"
        case Verb.INSERT:
            act = f"insert {quoted(step.new)}" if step.new.strip() else _spacing("", step.new)
            return f"{_where(step)}after {_found(step)} {act}"
        case Verb.LEAVE_OUT:
            return f"{_where(step)}leave out {_found(step)}"
        case _:
            return _where(step) + _replaced(step)


def _replaced(step: Operation) -> str:
    if step.new.split() == step.words.split():
        return f"in {_found(step)} " + _spacing(step.before + step.words + step.after, step.new)
    return f"leave out {_found(step)} and insert {quoted(step.new)}"


def _spacing(old: str, new: str) -> str:
    """Where only the space between words changes."""
    lines = new.count("\n") - old.count("\n")
    if lines > 0:
        return "begin a new line"
    return "run the lines on" if lines < 0 else "change the spaces"


def _found(step: Operation) -> str:
    spot = step.spot
    if spot.within and not step.words:
        return f"the {_sentence(spot.within)}"
    time = f" (the {ordinal(spot.nth)} time it occurs)" if spot.times > 1 and not spot.within else ""
    if step.until:
        return f'from "{step.words} ..."{time} to "... {step.until}"'
    return quoted(step.words) + time


def _where(step: Operation) -> str:
    """The sentence in which the words are found: "in the first sentence, ", "at the start of the last sentence, "."""
    within = step.spot.within
    if within is None or not step.words:
        return ""
    # 'at the start of ..., after "X" insert' would seem to say where to insert.
    at_start = within.at_start and (step.verb is not Verb.INSERT or step.spot.times > 1)
    return f"{'at the start of' if at_start else 'in'} the {_sentence(within)}, "


def _sentence(within: Within) -> str:
    """As in "the first sentence", "the last sentence"."""
    return f"{'last' if within.sentence == within.of else ordinal(within.sentence)} sentence"
