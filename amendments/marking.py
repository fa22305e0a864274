"""How clauses that arrive in a list of siblings are numbered, so that the numbers around them follow.

A counter may start at a given number (``Mark.start``): the clause that opens it carries that start. When another
clause takes that place the start goes over to it, and when the opening clause leaves, to the one behind it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from constitution.clause import UNNUMBERED, Clause, Insertions, Kind, Mark, Style

Key = tuple[Style, str, str, bool]

# "aa" after "a" would read as the 27th; a list counted in letters or small roman numerals is renumbered instead.
_TAKE_LETTERS = frozenset({Style.DECIMAL, Style.UPPER_ROMAN})
_MAY_STAND_UNNUMBERED = frozenset({Kind.NOTE, Kind.PARAGRAPH, Kind.PREAMBLE})


def counter(mark: Mark) -> Key:
    """Siblings whose marks agree in this count on."""
    return mark.style, mark.before, mark.after, mark.path


def marked(
    old: Sequence[Clause],
    placed: Sequence[Clause],
    arrived: Collection[str],
    kept: Collection[str],
    insertions: Insertions = Insertions.RENUMBER,
) -> tuple[Clause, ...]:
    """The siblings ``placed`` with those who arrived numbered like their neighbours, and starts handed on.

    ``old`` is the list as it was; ``arrived`` the ids in ``placed`` that are new there or have changed their place;
    ``kept`` those of them whose mark was given and stays as it is. Where ``insertions`` are by letters, what comes
    between two that are numbered is 12a; at the end the count goes on, and before the first there is no number to
    add a letter to: there the list is renumbered.
    """
    clauses = _handed_on(old, placed, arrived)
    for place, clause in enumerate(clauses):
        if clause.id in arrived and clause.id not in kept:
            others = [one for n, one in enumerate(clauses) if n < place or one.id not in arrived]
            # Where a clause replaces the only one of its kind, that one still says how it is numbered.
            mark = _mark(clauses, place, [*others, *_gone(old, clauses)])
            # What arrives behind it has no number yet, or one that must not make a difference to this one.
            behind = [one for one in clauses[place + 1 :] if one.id not in arrived]
            suffixed = _suffixed(clauses[:place], behind, mark, insertions)
            clauses[place] = replace(clause, mark=replace(mark, suffixed=suffixed))
            _take_start(clauses, place)
    return tuple(clauses)


def _mark(clauses: Sequence[Clause], place: int, others: Sequence[Clause]) -> Mark:
    clause = clauses[place]
    if clause.mark != UNNUMBERED and _counts_here(clause.mark, others):
        model = clause.mark
    else:
        near = _neighbour(clauses, place, others)
        model = near.mark if near else clause.mark
    return replace(model, start=None, suffixed=False)


def _counts_here(mark: Mark, others: Sequence[Clause]) -> bool:
    """A mark is kept where it goes on counting, and where nothing else is numbered."""
    numbered = [counter(one.mark) for one in others if one.mark != UNNUMBERED]
    return not numbered or counter(mark) in numbered


def _neighbour(clauses: Sequence[Clause], place: int, others: Sequence[Clause]) -> Clause | None:
    """The nearest of the same kind, the earlier first; one of another kind only for what cannot stand unnumbered."""
    earlier = {one.id for one in clauses[:place]}
    near = [*reversed(clauses[:place]), *(one for one in others if one.id not in earlier)]
    kind = clauses[place].kind
    alike = [one for one in near if one.kind is kind or kind not in _MAY_STAND_UNNUMBERED]
    return next((one for one in alike if one.kind is kind), alike[0] if alike else None)


def _gone(old: Sequence[Clause], clauses: Sequence[Clause]) -> list[Clause]:
    here = {one.id for one in clauses}
    return [one for one in old if one.id not in here]


def _suffixed(earlier: Sequence[Clause], later: Sequence[Clause], mark: Mark, insertions: Insertions) -> bool:
    """12a before 13 where the rule book, or this list, numbers its insertions by letters."""
    before, after = _counting(earlier, mark), _counting(later, mark)
    chosen = insertions is Insertions.LETTERS and mark.style in _TAKE_LETTERS
    lettered = chosen or any(one.mark.suffixed for one in (*before, *after))
    return bool(before and after) and lettered


def _counting(clauses: Sequence[Clause], mark: Mark) -> list[Clause]:
    if mark.style is Style.NONE:
        return []
    return [one for one in clauses if counter(one.mark) == counter(mark)]


def _take_start(clauses: list[Clause], place: int) -> None:
    """The new opener of a counter takes the start of the old one."""
    mark = clauses[place].mark
    behind = _counting(clauses[place + 1 :], mark)
    if _counting(clauses[:place], mark) or not behind or behind[0].mark.start is None:
        return
    clauses[place] = replace(clauses[place], mark=replace(mark, start=behind[0].mark.start))
    clauses[clauses.index(behind[0])] = replace(behind[0], mark=replace(behind[0].mark, start=None))


def _handed_on(old: Sequence[Clause], placed: Sequence[Clause], arrived: Collection[str]) -> list[Clause]:
    """Where a clause that carries a start has left its place, the next of its counter carries it on."""
    clauses = list(placed)
    staying = {one.id: n for n, one in enumerate(clauses) if one.id not in arrived}
    # From the last: a start further down the list holds against one handed on from above.
    for place, gone in reversed(list(enumerate(old))):
        if gone.id in staying or gone.mark.start is None or gone.mark.suffixed:
            continue
        heir = next((staying[one.id] for one in _counting(old[place + 1 :], gone.mark) if one.id in staying), None)
        if heir is not None and clauses[heir].mark.start is None and not clauses[heir].mark.suffixed:
            clauses[heir] = replace(clauses[heir], mark=replace(clauses[heir].mark, start=gone.mark.start))
    return clauses
