"""What a draft makes worth looking at elsewhere: references that would dangle, terms, numbers, clauses that cite what changes.

Each consequence is one plain sentence about one clause and, where something can certainly be done, the places to change
and the rewording that does it. They are said of the drafted text: once one is accepted, ask again. References are known
as far as they are stored as ids (``constitution.references.bind``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from amendments import throughout
from amendments.changes import Edit, Reword
from amendments.citing import without
from amendments.edit import rebuilt
from amendments.everywhere import placed
from amendments.figures import disagreements
from amendments.glossary import TermChanges, term_changes
from amendments.terms import Definition, renaming, uses
from amendments.throughout import Place
from amendments.wording import PARTS, words_of
from constitution.clause import Clause, Constitution
from constitution.numbering import number
from constitution.references import TOKEN

# Between two references that are one citation: "Article 72 paragraph 3", "72(3)", "paragraph 3 of Article 72".
_DOWN = re.compile(r"\(|,?\s+(?!(?:and|or|to|und|oder|bis)\s)[^\W\d_][\w.-]*\s+")
_UP = re.compile(r"\)?\s+(?:of|in|des|der|von)\s+(?:the\s+)?[^\W\d_][\w.-]*\s+")


class Nature(StrEnum):
    """Why a clause is worth looking at, the most urgent first.

    DANGLING: it cites what the draft takes out. RENAMED: it uses a term that the draft calls otherwise. UNDEFINED: it
    uses a term whose definition the draft takes out. FIGURES: the draft makes a number in words differ from the one in
    figures. REDEFINED: it uses a term whose definition the draft changes. CITING: it cites what the draft changes.
    """

    DANGLING = "dangling"
    RENAMED = "renamed"
    UNDEFINED = "undefined"
    FIGURES = "figures"
    REDEFINED = "redefined"
    CITING = "citing"


@dataclass(frozen=True, slots=True)
class Consequence:
    """A clause to look at. ``about`` is the id of the clause it cites, the term it uses, or the number it says.

    ``edit`` rewords the clause as the draft has it and takes the place of what the draft does to its words;
    ``places`` are its single changes in the drafted text. Without an edit there is only something to read.
    """

    nature: Nature
    clause: str
    about: str
    sentence: str
    places: tuple[Place, ...] = ()
    edit: Reword | None = None

    @property
    def key(self) -> str:
        """What names it on a form, as long as the base and the draft stay the same."""
        return f"{self.nature}/{self.clause}/{self.about}"


def consequences(base: Constitution, edits: Sequence[Edit]) -> tuple[Consequence, ...]:
    """What should be looked at besides, by nature and in the order of the text; none for a draft without edits.

    Raises what ``amendments.edit.apply`` raises, except NothingChanged.
    """
    if not edits:
        return ()
    draft = _Draft(base, edits)
    return tuple(
        one
        for find in (draft.dangling, draft.renamed, draft.undefined, draft.figures, draft.redefined, draft.citing)
        for one in find()
    )


def accepted(base: Constitution, edits: Sequence[Edit], chosen: Iterable[Consequence]) -> tuple[Edit, ...]:
    """The draft with the edits of the chosen consequences, several for one clause made one.

    ``chosen`` must come from ``consequences(base, edits)``; those without an edit change nothing. Raises CannotPerform
    where two of them change the same words, or the words are not those of the draft.
    """
    draft = rebuilt(edits, base)
    return _with(edits, throughout.edits(draft, [place for one in chosen for place in one.places]))


def _with(edits: Sequence[Edit], rewords: Iterable[Reword]) -> tuple[Edit, ...]:
    added = {one.clause: one for one in rewords}
    kept = [
        _over(added.pop(one.clause), one) if isinstance(one, Reword) and one.clause in added else one
        for one in dict.fromkeys(edits)
    ]
    return (*kept, *added.values())


def _over(new: Reword, old: Reword | None) -> Reword:
    """The rewording of a text that another has reworded already: the heading of that one stays."""
    return replace(new, heading=old.heading) if old and new.heading is None else new


class _Draft:
    """The base and what the edits make of it, compared."""

    def __init__(self, base: Constitution, edits: Sequence[Edit]) -> None:
        self.base, self.after = base, rebuilt(edits, base)
        self.rewords = {one.clause: one for one in edits if isinstance(one, Reword)}
        self.labels = {**number(self.after), **number(base)}
        self.gone = {one.id for one in base.walk() if not one.repealed and self._is_gone(one.id)}
        self.standing = tuple(one for one in self.after.walk() if not one.repealed)

    def dangling(self) -> Iterator[Consequence]:
        """Clauses that cite what is taken out."""
        for one in self.standing:
            gone = [target for target in _targets(one) if target in self.gone]
            if gone:
                cited = [target for target in self._cited(one) if target in self.gone] or gone
                said = f"{self._called(one)} refers to {_listed([self._label(target) for target in cited])}"
                yield self._offering(
                    Nature.DANGLING,
                    one.id,
                    cited[0],
                    f"{said}, which your amendment takes out.",
                    tuple(self._leaving_out(one)),
                )

    def renamed(self) -> Iterator[Consequence]:
        """Clauses that use a term by the name it had."""
        for old, new in self.terms.renamed.items():
            by_clause: dict[str, list[Place]] = {}
            for place in renaming(self.after, old, new):
                by_clause.setdefault(place.clause, []).append(place)
            for clause, places in by_clause.items():
                said = f"{self._called(self.after[clause])} says “{old}”, which your amendment calls “{new}”."
                yield self._offering(Nature.RENAMED, clause, old, said, tuple(places))

    def undefined(self) -> Iterator[Consequence]:
        """Clauses that use a term nobody explains any more."""
        for lost in self.terms.lost:
            yield from self._using(lost, Nature.UNDEFINED, "your amendment takes out")

    def figures(self) -> Iterator[Consequence]:
        """Clauses that the draft makes say two numbers for one."""
        for one in self.standing:
            if one.id in self.base and one.id not in self.changed:
                continue
            before = _disagreements(self.base[one.id]) if one.id in self.base else ()
            for phrase in dict.fromkeys(_disagreements(one)):
                if phrase not in before:
                    said = f"{self._called(one)} says “{phrase}”: the number in words and the one in figures differ."
                    yield Consequence(Nature.FIGURES, one.id, phrase, said)

    def redefined(self) -> Iterator[Consequence]:
        """Clauses that use a term whose meaning changes."""
        for was in self.terms.changed:
            yield from self._using(was, Nature.REDEFINED, "you change")

    def citing(self) -> Iterator[Consequence]:
        """Clauses that cite what changes, or what has something below it that changes."""
        for one in self.standing:
            for target in self._cited(one):
                if target == one.id or target not in self.changed | self.above:
                    continue
                which = "which you change" if target in self.changed else "part of which you change"
                said = f"{self._called(one)} refers to {self._label(target)}, {which}."
                yield Consequence(Nature.CITING, one.id, target, said)

    @cached_property
    def terms(self) -> TermChanges:
        """What becomes of the defined terms."""
        near = self.changed | self.gone | self.above
        return term_changes(self.base, self.after, [one for one in self.base.by_id if one in near])

    @cached_property
    def changed(self) -> set[str]:
        """The clauses that stay and have other words."""
        return {one.id for one in self.standing if one.id in self.base and _differ(one, self.base[one.id])}

    @cached_property
    def above(self) -> set[str]:
        """The clauses that stay and have something changed, added, taken out or moved below them."""
        now, then = self.after.parents, self.base.parents
        touched = [
            one for one in {**then, **now} if one in self.changed | self.gone or then.get(one, "") != now.get(one, "")
        ]
        homes = {
            one.id for c in (self.base, self.after) for clause in touched if clause in c for one in c.ancestors(clause)
        }
        return {one for one in homes if one in self.base and one in self.after and one not in self.gone}

    def _using(self, definition: Definition, nature: Nature, what: str) -> Iterator[Consequence]:
        for clause in uses(self.after, definition.term):
            if clause != definition.clause:
                said = f"{self._called(self.after[clause])} uses “{definition.term}”, whose definition in"
                yield Consequence(nature, clause, definition.term, f"{said} {self._label(definition.clause)} {what}.")

    def _cited(self, clause: Clause) -> tuple[str, ...]:
        """What a clause cites, without what only leads to it: "Article 72 paragraph 3" cites the paragraph."""
        found: list[str] = []
        for part in PARTS:
            text = words_of(clause, part)
            tokens = tuple(TOKEN.finditer(text))
            leading = {
                wide
                for n, (one, other) in enumerate(pairwise(tokens))
                for gap in [text[one.end() : other.start()]]
                for wide, narrow, way in ((n, n + 1, _DOWN), (n + 1, n, _UP))
                if way.fullmatch(gap) and self._is_below(tokens[narrow][1], tokens[wide][1])
            }
            found += [one[1] for n, one in enumerate(tokens) if n not in leading]
        return tuple(dict.fromkeys(found))

    def _is_below(self, clause: str, other: str) -> bool:
        return clause in self.base and any(one.id == other for one in self.base.ancestors(clause))

    def _offering(
        self, nature: Nature, clause: str, about: str, sentence: str, places: tuple[Place, ...]
    ) -> Consequence:
        """With the edit, if there are places and the clause is not one that the draft brings itself."""
        if not places or clause not in self.base:
            return Consequence(nature, clause, about, sentence)
        edit = _over(throughout.edits(self.after, places)[0], self.rewords.get(clause))
        return Consequence(nature, clause, about, sentence, places, edit)

    def _leaving_out(self, clause: Clause) -> Iterator[Place]:
        """The places that leave out every citation of what is gone; none unless all of them can be."""
        found = {part: without(words_of(clause, part), self.gone) for part in PARTS}
        if None not in found.values():
            for part, splices in found.items():
                yield from placed(self.after, clause.id, part, splices or ())

    def _is_gone(self, clause: str) -> bool:
        return clause not in self.after or self.after[clause].repealed

    def _label(self, clause: str) -> str:
        """4.2, or "paragraph 1 of 4.2" where nothing is printed before it."""
        return _said(self.labels[clause])

    def _called(self, clause: Clause) -> str:
        label = self._label(clause.id)
        return label[0].upper() + label[1:] if clause.id in self.base else f"The new {label}"


def _differ(one: Clause, other: Clause) -> bool:
    return (one.heading, one.text) != (other.heading, other.text)


def _disagreements(clause: Clause) -> tuple[str, ...]:
    return tuple(phrase for part in PARTS for phrase in disagreements(words_of(clause, part)))


def _targets(clause: Clause) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token[1] for part in PARTS for token in TOKEN.finditer(words_of(clause, part))))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _said(label: str) -> str:
    above, sign, nth = label.rpartition("¶")
    if not sign:
        return label
    return f"paragraph {nth} of {_said(above)}" if above else f"paragraph {nth}"
