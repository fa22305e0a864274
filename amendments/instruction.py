"""An amendment as an amending instruction: 'In clause 4.2, leave out "two" and insert "three".'"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amendments.changes import Move
from amendments.edit import Edit, EditConflict, Insert, Reword, Strike, UnknownClause, inserted, rebuilt
from amendments.operations import Operation, Verb, operations
from constitution.clause import Clause, Constitution
from constitution.numbering import number, own_number, printed
from constitution.references import show

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
GLIMPSE = 40


def instruction(edits: Sequence[Edit], base: Constitution) -> tuple[str, ...]:
    """One sentence or two for each edit, clauses named by their labels in the base."""
    clerk = Clerk(edits, base)
    return tuple(sentence for edit in edits for sentence in clerk.sentences(edit))


def _carried_out(edits: Sequence[Edit], base: Constitution) -> Constitution:
    """The amended text, for the numbers of new clauses; the base for edits taken out of an amendment that lean on others."""
    try:
        return rebuilt(edits, base)
    except (EditConflict, UnknownClause):
        return base


def ordinal(n: int) -> str:
    """1 is "first", 12 is "12th"."""
    if n <= len(ORDINALS):
        return ORDINALS[n - 1]
    ending = "th" if n % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


class Clerk:
    """Puts edits into words. References print as labels: those of the base, and for new clauses those they will have."""

    def __init__(self, edits: Sequence[Edit], base: Constitution) -> None:
        self.base = base
        self.new = inserted(edits)
        self.changed = _carried_out(edits, base)
        self.labels = {**number(self.changed), **number(base)}
        self.own = {**own_number(self.changed), **own_number(base)}
        self.marks = printed(self.changed)

    def sentences(self, edit: Edit) -> tuple[str, ...]:
        """What one edit says."""
        match edit:
            case Reword():
                return self._reword(edit)
            case Insert():
                return (f"{_opened(self.place(edit))}, insert a new clause: {quoted(self.whole(edit.clause))}",)
            case Strike():
                return (f"Leave out {self.called(edit.clause)}.",)
            case _:
                return (f"Move {self.called(edit.clause)} to {_goal(self.place(edit))}.",)

    def operations(self, edit: Reword) -> tuple[tuple[Operation, ...], tuple[Operation, ...]]:
        """The recorded operations on the heading and on the text, as printed."""
        old = self.base[edit.clause]
        heading = old.heading if edit.heading is None else edit.heading
        return (
            operations(self.shown(old.heading), self.shown(heading)),
            operations(self.shown(old.text), self.shown(edit.text)),
        )

    def shown(self, text: str) -> str:
        """The text with its references printed."""
        return show(text, self.labels, self.own)

    def called(self, clause: str) -> str:
        """The clause by its name in a sentence: "clause 4.2", "Article 12a(1)", "the second unnumbered paragraph of ..."."""
        if clause not in self.base:
            new = self.new.get(clause)
            return f"the new clause {quoted(_glimpse(self.whole(new)))}" if new else "a new clause"
        label, parent = self.labels[clause], self.base.parents[clause]
        if self.own[clause]:
            return f"{self._word(clause)} {label}"
        if parent is None and not label.startswith("¶"):
            return quoted(label)
        where = f" of {self.called(parent)}" if parent is not None else ""
        return f"the {ordinal(int(label.rpartition('¶')[2] or 1))} unnumbered paragraph{where}"

    def place(self, edit: Insert | Move) -> str:
        """Where something goes: "after clause 4.2", "at the beginning of clause 4"."""
        if edit.after is not None:
            return f"after {self.called(edit.after)}"
        return "at the beginning" + (f" of {self.called(edit.parent)}" if edit.parent is not None else "")

    def whole(self, clause: Clause) -> str:
        """A new clause with all below it, each on its line with its number as it will be printed; its own is left out."""
        own = "\n".join(filter(None, (self.shown(clause.heading), self.shown(clause.text))))
        below = (f"{self.marks.get(one.id, '')} {self.whole(one)}".strip() for one in clause.children)
        return "\n".join(filter(None, (own, *below)))

    def _reword(self, edit: Reword) -> tuple[str, ...]:
        old, name = self.base[edit.clause], self.called(edit.clause)
        heading, text = self.operations(edit)
        found: list[str] = []
        if heading and not old.heading:
            found.append(f"Give {name} the heading {quoted(heading[0].new)}.")
        elif heading and not edit.heading:
            found.append(f"Leave out the heading of {name}.")
        elif heading:
            found.append(f"In the heading of {name}, {spoken(heading)}.")
        if text:
            found.append(f"In {name}, {spoken(text)}.")
        # The same characters, but a number typed by hand has become a reference, or the other way round.
        return tuple(found) or (f"In {name}, no word is changed.",)

    def _word(self, clause: str) -> str:
        """What the clause is called in the source ("Article", "Artikel"), itself or the nearest above it."""
        for one in (self.base[clause], *reversed(self.base.ancestors(clause))):
            before = one.mark.before.strip()
            if before.isalpha():
                return before
        return "clause"


def spoken(steps: Iterable[Operation]) -> str:
    """The operations in words: 'leave out "two" and insert "three"; after "may" insert "not"'."""
    return "; ".join(map(_spoken, steps))


def _spoken(step: Operation) -> str:
    match step.verb:
        case Verb.REWRITE:
            return f"leave out the whole text and insert {quoted(step.new)}" if step.new else "leave out the whole text"
        case Verb.BEGIN:
            return f"at the beginning insert {quoted(step.new)}"
        case Verb.ADD:
            return f"at the end add {quoted(step.new)}"
        case Verb.INSERT:
            return f"after {_found(step)} " + (
                f"insert {quoted(step.new)}" if step.new.strip() else _spacing("", step.new)
            )
        case Verb.LEAVE_OUT:
            return f"leave out {_found(step)}"
        case _:
            return _replaced(step)


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
    return quoted(step.words) + (f" (the {ordinal(step.nth)} time it occurs)" if step.times > 1 else "")


def quoted(text: str) -> str:
    """The words in quotation marks, without the spaces around them."""
    return f'"{text.strip()}"'


def _glimpse(text: str) -> str:
    first = text.strip().split("\n")[0]
    return first if len(first) <= GLIMPSE else first[:GLIMPSE].rsplit(" ", 1)[0] + " ..."


def _opened(place: str) -> str:
    return place[0].upper() + place[1:]


def _goal(place: str) -> str:
    """As the goal of a move: "to after clause 5.1", "to the beginning of clause 5"."""
    return place.removeprefix("at ")
