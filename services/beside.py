"""What stands beside a draft: what follows from it, and the words to be replaced everywhere, each one press away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from amendments import everywhere, throughout
from amendments.consequences import Consequence, accepted, consequences
from amendments.edit import Edit, EditConflict, Reword, rebuilt
from amendments.everywhere import LongerThanAnyClause, Missed, NothingSought, Pattern, SameWords
from amendments.reader import CannotPerform
from amendments.throughout import Place
from constitution.clause import Constitution
from constitution.door import ForbiddenCharacter, admitted
from constitution.numbering import number, own_number
from constitution.references import show
from services import timing
from services.basing import basis
from services.proposal import Act, Change, Proposal, Reader, Unacceptable


@dataclass(frozen=True, slots=True)
class Sought:
    """Words to be replaced everywhere, as typed."""

    old: str = ""
    new: str = ""
    whole_words: bool = True
    match_case: bool = False


@dataclass(frozen=True, slots=True)
class Everywhere:
    """Every place of the drafted text where the words occur, its clause's number, and words that only contain them."""

    places: tuple[tuple[str, Place], ...]
    missed: tuple[Missed, ...]


class NotThereAnyMore(LookupError):
    """The draft has changed since the page was made: what was pressed does not follow from it any more."""

    def __init__(self) -> None:
        super().__init__("This does not follow from your text any more. Look at the preview again.")


def following(text: Constitution, edits: tuple[Edit, ...]) -> tuple[Consequence, ...]:
    """What should be looked at besides; nothing where the edits do not go together yet."""
    try:
        return consequences(text, edits)
    except (EditConflict, LookupError):
        return ()


def taken_up(proposal: Proposal, key: str, new_id: Callable[[], str]) -> Proposal:
    """The proposal with the consequential change of this key; raises Unacceptable or NotThereAnyMore."""
    text, edits = _drafted(proposal, new_id)
    one = next((one for one in following(text, edits) if one.key == key and one.edit), None)
    if one is None:
        raise NotThereAnyMore
    return _with(
        proposal,
        text,
        (it for it in accepted(text, edits, [one]) if isinstance(it, Reword) and it.clause == one.clause),
    )


def found(proposal: Proposal, sought: Sought, new_id: Callable[[], str]) -> Everywhere:
    """Where the words occur in the drafted text. Raises Unacceptable, with what is wrong by its field."""
    text, edits = _drafted(proposal, new_id)
    return _everywhere(text, rebuilt(edits, text), sought)


def replaced(proposal: Proposal, sought: Sought, keys: Collection[str], new_id: Callable[[], str]) -> Proposal:
    """The proposal with the words replaced in the places of these keys. Raises Unacceptable."""
    text, edits = _drafted(proposal, new_id)
    draft = rebuilt(edits, text)
    chosen = [one for _, one in _everywhere(text, draft, sought).places if one.key in keys]
    if not chosen:
        raise Unacceptable({"sought": "Tick at least one place"})
    return _with(proposal, text, throughout.edits(draft, chosen))


def _everywhere(text: Constitution, draft: Constitution, sought: Sought) -> Everywhere:
    pattern = _pattern(sought)
    try:
        places = everywhere.places(draft, pattern)
    except LongerThanAnyClause as refusal:
        raise Unacceptable({"sought": str(refusal).removesuffix(".")}) from refusal
    labels = number(draft)
    # A clause that this draft adds is typed in its own card.
    return Everywhere(
        tuple((labels[one.clause], one) for one in places if one.clause in text), everywhere.missed(draft, pattern)
    )


def _pattern(sought: Sought) -> Pattern:
    problems = {}
    for field, typed in (("sought", sought.old), ("instead", sought.new)):
        try:
            admitted(typed)
        except ForbiddenCharacter as refusal:
            problems[field] = str(refusal)
    if problems:
        raise Unacceptable(problems)
    try:
        return Pattern(admitted(sought.old), admitted(sought.new), sought.whole_words, sought.match_case)
    except (NothingSought, SameWords) as refusal:
        field = "sought" if isinstance(refusal, NothingSought) else "instead"
        raise Unacceptable({field: str(refusal).removesuffix(".")}) from refusal


def _drafted(proposal: Proposal, new_id: Callable[[], str]) -> tuple[Constitution, tuple[Edit, ...]]:
    """The text that the proposal starts from, and its edits so far; raises Unacceptable."""
    text = basis(proposal).text
    reader = Reader(text, timing.rules(), new_id)
    edits = reader.edits(proposal.changes, some=False)
    reader.finish()
    try:
        rebuilt(edits, text)
    except (EditConflict, CannotPerform, LookupError) as refusal:
        raise Unacceptable({"changes": str(refusal)}) from refusal
    return text, edits


def _with(proposal: Proposal, text: Constitution, rewords: Iterable[Reword]) -> Proposal:
    """The proposal with these rewordings typed: into the card of their clause, or a new one."""
    labels, own = number(text), own_number(text)
    changes = list(proposal.changes)
    for one in rewords:
        heading = text[one.clause].heading if one.heading is None else one.heading
        typed = {"heading": show(heading, labels, own), "text": show(one.text, labels, own)}
        place = next((n for n, it in enumerate(changes) if it.act is Act.REWORD and it.clause == one.clause), None)
        if place is None:
            changes.append(Change(Act.REWORD, one.clause, **typed))
        else:
            changes[place] = replace(changes[place], **typed)
    return replace(proposal, changes=tuple(changes))
