"""What an amendment brings that others may speak of, and what it speaks of itself: new clauses, their numbers, terms."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from amendments.changes import Edit, Reword, inserted
from amendments.edit import rebuilt
from amendments.terms import definitions, uses
from amendments.wording import PARTS, words_of
from constitution.citations import TOKEN, cited, dotted
from constitution.clause import Constitution
from constitution.numbering import number


@dataclass(frozen=True, slots=True)
class Brought:
    """One amendment: the clauses it brings by id and by number, the terms that it alone explains.

    ``cites`` are the ids in its words that it does not bring and the base does not have, ``numbers`` the numbers it
    cites of which nothing can be found, ``text`` its new and changed clauses as a rule book of their own.
    """

    ids: frozenset[str]
    labels: frozenset[str]
    terms: frozenset[str]
    cites: frozenset[str]
    numbers: frozenset[str]
    text: Constitution

    @classmethod
    def of(cls, base: Constitution, edits: Sequence[Edit], known: Collection[str]) -> Brought:
        """What the edits bring to a base in which the terms ``known`` are explained; raises EditConflict, UnknownClause."""
        after = rebuilt(edits, base)
        new = inserted(edits)
        changed = [one.clause for one in edits if isinstance(one, Reword) and one.clause in after]
        clauses = [after[one] for one in dict.fromkeys([*changed, *new]) if one in after]
        texts = [(one.id, words_of(one, part)) for one in clauses for part in PARTS]
        labels = number(after) if new else {}
        return cls(
            frozenset(new),
            frozenset(form for one in new if one in labels for form in (labels[one], dotted(labels[one]))),
            frozenset(one.term for one in definitions(after, [clause.id for clause in clauses])) - set(known),
            frozenset(token[1] for _, text in texts for token in TOKEN.finditer(text) if token[1] not in after),
            frozenset(
                text[one.start : one.end]
                for source, text in texts
                for one in cited(text, after, source)
                if not one.target
            ),
            replace(base, clauses=tuple(replace(one, children=()) for one in clauses)),
        )


def needed(brought: Mapping[str, Brought], base: Constitution) -> Iterator[tuple[str, str, str]]:
    """(one, other, why): one speaks of what, of all of these, the other alone brings."""
    ids, labels, terms = (_only(brought, what) for what in ("ids", "labels", "terms"))
    unused = {term: name for term, name in terms.items() if not uses(base, term)}
    for name, one in brought.items():
        why: dict[str, str] = {}
        for other in (ids[each] for each in sorted(one.cites & ids.keys())):
            why.setdefault(other, f"{name} refers to a clause that {other} brings.")
        for each in sorted(one.numbers & labels.keys()):
            why.setdefault(labels[each], f"{name} refers to clause {each}, which {labels[each]} brings.")
        for term in sorted(unused.keys() - one.terms):
            if uses(one.text, term):
                why.setdefault(unused[term], f"{name} says “{term}”, which {unused[term]} explains.")
        yield from ((name, other, said) for other, said in why.items() if other != name)


def _only(brought: Mapping[str, Brought], what: str) -> dict[str, str]:
    """Everything of a kind that only one amendment brings, with its name."""
    found: dict[str, list[str]] = {}
    for name, one in brought.items():
        for each in getattr(one, what):
            found.setdefault(each, []).append(name)
    return {each: names[0] for each, names in found.items() if len(names) == 1}
