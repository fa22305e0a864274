"""The same replacement throughout a rule book: every place where words occur, and the edits that replace them there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from amendments.changes import Reword
from amendments.reader import CannotPerform, Reader, Splice, spliced
from amendments.sentences import may_begin
from amendments.wording import HEADING, PARTS, TEXT, words_of
from constitution.clause import Clause, Constitution

AROUND = 30


@dataclass(frozen=True, slots=True)
class Replacement:
    """``old`` gives way to ``new`` wherever it occurs in whole words exactly so written ("chair" is not in "chairs").

    ``also_capital``: also where it begins a sentence with a capital letter, and ``new`` has one there too.
    """

    old: str
    new: str
    also_capital: bool = False

    def forms(self) -> tuple[tuple[str, str], ...]:
        """The words to find, each with what comes in their place."""
        capital = _capitalised(self.old)
        if not self.also_capital or capital == self.old:
            return ((self.old, self.new),)
        return (self.old, self.new), (capital, _capitalised(self.new))

    def spans(self, text: str) -> tuple[Splice, ...]:
        """(beginning, end, new words) for each place in a text, in order and apart."""
        if not any(old in text for old, _ in self.forms()):
            return ()
        return self.spans_in(Reader(text))

    def spans_in(self, reader: Reader) -> tuple[Splice, ...]:
        """As ``spans``, of a text that has been read."""
        found = [
            (place, place + len(old), new)
            for old, new in self.forms()
            for place in reader.places(old)
            if old == self.old or may_begin(reader.text, place)
        ]
        return tuple(_apart(sorted(found)))


@dataclass(frozen=True, slots=True)
class Place:
    """One place where words are to be replaced: the ``nth`` in this ``part`` (text or heading) of a clause.

    ``start`` counts characters of the stored text; ``before`` and ``after`` are what stands around the words there.
    """

    clause: str
    part: str
    nth: int
    start: int
    old: str
    new: str
    before: str
    after: str

    @property
    def key(self) -> str:
        """What names the place on a form; it holds as long as the base and what is sought stay the same."""
        return f"{self.clause}/{self.part}/{self.nth}"

    @property
    def snippet(self) -> str:
        """The words with what stands around them."""
        return self.before + self.old + self.after


def places(base: Constitution, replacement: Replacement) -> tuple[Place, ...]:
    """Every place where the words occur, in the order of the text: any of them may be left out of ``edits``.

    Headings are read as well as texts. References are stored as ids, and nothing inside one is a word.
    """
    return tuple(
        place
        for clause in base.walk()
        for part in PARTS
        for place in _places(clause.id, part, words_of(clause, part), replacement)
    )


def edits(base: Constitution, chosen: Iterable[Place]) -> tuple[Reword, ...]:
    """One rewording for each clause with a chosen place, in the order of the text.

    Raises UnknownClause for a clause that is not in the base, CannotPerform where the words do not stand in it.
    """
    by_clause: dict[str, list[Place]] = {}
    for place in dict.fromkeys(chosen):
        by_clause.setdefault(base[place.clause].id, []).append(place)
    return tuple(_reword(base[one], by_clause[one]) for one in base.by_id if one in by_clause)


def _reword(clause: Clause, chosen: Iterable[Place]) -> Reword:
    splices: dict[str, list[Splice]] = {part: [] for part in PARTS}
    for place in chosen:
        end = place.start + len(place.old)
        if words_of(clause, place.part)[place.start : end] != place.old:
            raise CannotPerform(f"The words {place.old!r} do not stand there.")
        splices[place.part].append((place.start, end, place.new))
    heading = spliced(clause.heading, splices[HEADING]) if splices[HEADING] else None
    return Reword(clause.id, spliced(clause.text, splices[TEXT]), heading)


def _places(clause: str, part: str, text: str, replacement: Replacement) -> Iterator[Place]:
    for nth, (start, end, new) in enumerate(replacement.spans(text), 1):
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        yield Place(clause, part, nth, start, text[start:end], new, before, after)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _apart(splices: Iterable[Splice]) -> Iterator[Splice]:
    """The splices in order, without those that reach into the one before."""
    behind = 0
    for start, end, new in splices:
        if start >= behind:
            yield start, end, new
            behind = end
