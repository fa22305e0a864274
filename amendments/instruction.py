"""An amendment as an amending instruction: 'In clause 4.2, leave out "two" and insert "three".'"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from amendments.changes import Move
from amendments.edit import Edit, EditConflict, Insert, Reword, Strike, UnknownClause, inserted, rebuilt
from amendments.operations import Operation, Verb
from amendments.phrases import ordinal, quoted, spoken
from amendments.repeated import repeated
from amendments.wording import PARTS, changed, words_of
from constitution.clause import Clause, Constitution, Kind, Style
from constitution.numbering import number, own_number, printed
from constitution.references import show
from constitution.tokens import word_count

GLIMPSE = 40


def instruction(
    edits: Sequence[Edit], base: Constitution, *, renumber: bool = False, changed: Constitution | None = None
) -> tuple[str, ...]:
    """What is replaced throughout, then a sentence or two for each edit, clauses named by their labels in the base.

    With ``renumber``, and where clauses that stay get other numbers, the last edit that adds, leaves out or moves one says so.
    ``changed`` is the base as the edits would have it, from one who has it already.
    """
    if not edits:
        return ()
    clerk = Clerk(edits, base, renumber=renumber, changed=changed)
    return (*clerk.throughout(), *(sentence for edit in clerk.edits for sentence in clerk.sentences(edit)))


def _carried_out(edits: Sequence[Edit], base: Constitution) -> Constitution:
    """The amended text, for the numbers of new clauses; the base for edits taken out of an amendment that lean on others."""
    try:
        return rebuilt(edits, base)
    except (EditConflict, UnknownClause):
        return base


class Clerk:
    """Puts edits into words. References print as labels: those of the base, and for new clauses those they will have."""

    def __init__(
        self, edits: Sequence[Edit], base: Constitution, *, renumber: bool = False, changed: Constitution | None = None
    ) -> None:
        self.base = base
        self.edits = tuple(dict.fromkeys(edits))
        self.new = inserted(edits)
        self.changed = _carried_out(edits, base) if changed is None else changed
        self.labels = {**number(self.changed), **number(base)}
        self.own = {**own_number(self.changed), **own_number(base)}
        self.marks = printed(self.changed)
        self.instead = self._instead()
        self.replacements, self.steps = repeated(self._texts(), self._brought())
        self.last = self._last_structural() if renumber and self._renumbers() else None

    def throughout(self) -> tuple[str, ...]:
        """What is replaced at every place where it occurs."""
        return tuple(
            _closed(
                f"Throughout the constitution, leave out {quoted(one.old)}"
                f"{' (also where it begins a sentence)' if one.also_capital else ''} and insert {quoted(one.new)}"
            )
            for one in self.replacements
        )

    def sentences(self, edit: Edit) -> tuple[str, ...]:
        """What one edit says, besides what is replaced throughout."""
        accordingly = " and renumber accordingly" if edit == self.last else ""
        match edit:
            case Reword():
                return tuple(map(_closed, self._reword(edit)))
            case Insert() if edit in self.instead.values():
                return ()
            case Insert():
                place = _opened(self.place(edit))
                return (f"{place}, insert a new clause{accordingly}: {quoted(self.whole(edit.clause))}",)
            case Strike() if edit.clause in self.instead:
                new = quoted(self.whole(self.instead[edit.clause].clause))
                return (_closed(f"Leave out {self.called(edit.clause)} and insert {new}{accordingly}"),)
            case Strike():
                return (f"Leave out {self.called(edit.clause)}{accordingly}.",)
            case _:
                return (f"Move {self.called(edit.clause)} to {_goal(self.place(edit))}{accordingly}.",)

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

    def _reword(self, edit: Reword) -> Iterator[str]:
        if not self.steps.keys() & {(edit.clause, part) for part in PARTS}:
            # The same characters, but a number typed by hand has become a reference, or the other way round.
            yield f"In {self.called(edit.clause)}, no word is changed"
        heading, text = (self.steps.get((edit.clause, part), ()) for part in PARTS)
        if heading:
            yield self._heading(edit, heading)
        if text:
            yield self._text(edit, text)

    def _heading(self, edit: Reword, steps: Sequence[Operation]) -> str:
        name = self.called(edit.clause)
        if not self.base[edit.clause].heading:
            return f"Give {name} the heading {quoted(steps[0].new)}"
        return f"In the heading of {name}, {spoken(steps)}" if edit.heading else f"Leave out the heading of {name}"

    def _text(self, edit: Reword, steps: Sequence[Operation]) -> str:
        """What happens to the text; an item that is nothing but a text of which no word stays is itself replaced."""
        old, name = self.base[edit.clause], self.called(edit.clause)
        only_text = old.kind is Kind.ITEM and not (old.heading or edit.heading or old.children)
        if only_text and edit.text and _is_whole(steps[0], self.shown(old.text)):
            return f"Leave out {name} and insert {quoted(self.shown(edit.text))}"
        return f"In {name}, {spoken(steps)}"

    def _texts(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Every text and heading as printed, before and after, of the clauses that stay."""
        rewords = {edit.clause: {"edit": edit} for edit in self.edits if isinstance(edit, Reword)}
        found: dict[tuple[str, str], tuple[str, str]] = {}
        for clause in self.base.walk():
            stays = self.changed.by_id.get(clause.id)
            if stays is None or stays.repealed > clause.repealed:
                continue
            for part in PARTS:
                old = words_of(clause, part)
                new = changed(clause, part, rewords.get(clause.id, {})).get("edit", old)
                found[clause.id, part] = self.shown(old), self.shown(new)
        return found

    def _brought(self) -> tuple[str, ...]:
        return tuple(self.whole(edit.clause) for edit in self.edits if isinstance(edit, Insert))

    def _instead(self) -> dict[str, Insert]:
        """The new clauses that take the place and the number of one left out, by its id."""
        arrivals: dict[str | None, list[Insert | Move]] = {}
        for edit in self.edits:
            if isinstance(edit, Insert | Move):
                arrivals.setdefault(edit.after, []).append(edit)
        struck = (edit.clause for edit in self.edits if isinstance(edit, Strike) and edit.clause in self.base)
        found = {one: arrivals[one][0] for one in struck if len(arrivals.get(one, ())) == 1}
        before = printed(self.base)
        return {
            one: new
            for one, new in found.items()
            if isinstance(new, Insert) and self.marks.get(new.clause.id) == before[one]
        }

    def _renumbers(self) -> bool:
        """Whether a clause that stays where it is gets another number."""
        now, then = own_number(self.base), own_number(self.changed)
        moved = {edit.clause for edit in self.edits if isinstance(edit, Move)}
        return any(number and then.get(one, number) != number for one, number in now.items() if one not in moved)

    def _last_structural(self) -> Edit | None:
        found = (one for one in self.edits if not isinstance(one, Reword) and one not in self.instead.values())
        return next(reversed(tuple(found)), None)

    def _word(self, clause: str) -> str:
        """What the clause is called in the source ("Article", "Artikel"), itself or the nearest above it."""
        for one in (self.base[clause], *reversed(self.base.ancestors(clause))):
            before = one.mark.before.strip()
            if before.isalpha():
                return before
        lettered = self.base[clause].mark.style not in {Style.DECIMAL, Style.NONE}
        return "item" if lettered and self.base[clause].kind is Kind.ITEM else "clause"


def _is_whole(step: Operation, text: str) -> bool:
    """Whether a step takes out every word of a text."""
    whole = step.verb is Verb.REPLACE and word_count(step.words) == word_count(text)
    return whole or step.verb is Verb.REWRITE


def _closed(sentence: str) -> str:
    """With a full stop, unless it ends with the full stop of the words it quotes."""
    return sentence if sentence.endswith(('."', '!"', '?"')) else f"{sentence}."


def _glimpse(text: str) -> str:
    first = text.strip().split("\n")[0]
    return first if len(first) <= GLIMPSE else first[:GLIMPSE].rsplit(" ", 1)[0] + " ..."


def _opened(place: str) -> str:
    return place[0].upper() + place[1:]


def _goal(place: str) -> str:
    """As the goal of a move: "to after clause 5.1", "to the beginning of clause 5"."""
    return place.removeprefix("at ")
