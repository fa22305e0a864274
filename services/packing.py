"""What goes into a delegates' pack, of a draft or of an agenda: gathered at once in words, its redlines made afterwards.

What is gathered is all that can change; redlines are made of versions and editions, which never do. So the digest of what
was gathered says which pack it is before it is built. Names are those that the reader may know; seconders are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import store
import store.amendments
import store.composites
import store.drafts
import store.editions
import store.members
import store.processes
import store.rulings
from amendments.composite import compose
from amendments.decisions import outcome
from amendments.edit import apply
from amendments.rulings import RECOMMENDED
from amendments.states import State
from amendments.ties import Tie, sentence
from amendments.what_if import partial
from constitution.clause import Constitution
from documents import pack
from documents.pack import Item, Pack
from documents.tracked import by, clean, tracked
from members.visibility import is_member, shown_name
from rulebook.phrases import capital
from services import admitting, amendment_page, draft_page, notifying, publishing, reading, relating, supporting, timing
from services.placing import DoesNotFit, placed_edits

Tell = Callable[[int], None]
ONE_BY_ONE = "These items are put one by one, and what is carried decides. This is the text if all of them are carried"


@dataclass(frozen=True, slots=True)
class Gathered:
    """A pack without its redlines, and the versions and texts of which these are made.

    ``whole`` makes the text as it would stand, with a note; ``draft`` is the one whose redline is the first item, if any.
    """

    pack: Pack
    items: tuple[store.amendments.Amendment, ...]
    refused: tuple[store.amendments.Amendment, ...]
    originals: tuple[store.amendments.Amendment, ...]
    draft: store.drafts.Draft | None
    base: store.editions.Edition

    @property
    def total(self) -> int:
        """How many redlines there are to make."""
        return len(self.items) + len(self.refused) + len(self.originals)

    @property
    def versions(self) -> tuple[int, ...]:
        """What the redlines are made of, besides the draft and the base."""
        return tuple(one.version.id for one in (*self.items, *self.refused, *self.originals))


def of_draft(number: int, viewer: store.members.Member | None) -> Gathered:
    """The pack of a frozen draft: the draft is what is put, its amendments are the originals. Raises UnknownDraft."""
    draft = store.drafts.by_number(number)
    return _gathered(
        f"Draft {number}, {draft.title}",
        (("Frozen", notifying.moment(draft.frozen_at)),),
        draft,
        store.editions.load(draft.base_edition),
        (),
        draft.frozen_at,
        viewer,
    )


def of_publication(number: int, viewer: store.members.Member | None) -> Gathered:
    """The pack of an agenda, in its order and with its numbers. Raises UnknownPublication."""
    found = publishing.agenda(number)
    agenda = found.publication
    draft = store.drafts.by_number(agenda.draft) if agenda.draft else None
    return _gathered(
        agenda.title,
        (("Published", f"{notifying.moment(agenda.at)}, {publishing.ORDERS[agenda.ordered_by]}"),),
        draft,
        store.editions.load(draft.base_edition) if draft else reading.edition(),
        tuple(found.amendments[one] for one in agenda.items),
        agenda.at,
        viewer,
    )


def _gathered(  # noqa: PLR0917 (all that tells one pack from another)
    called: str,
    dates: tuple[tuple[str, str], ...],
    draft: store.drafts.Draft | None,
    base: store.editions.Edition,
    items: tuple[store.amendments.Amendment, ...],
    at: datetime,
    viewer: store.members.Member | None,
) -> Gathered:
    originals = draft_page.merged(draft, store.composites.by_number(draft.composite)) if draft else ()
    refused = tuple(one for one in store.amendments.listing(State.REFUSED) if one not in items)
    every = (*items, *refused, *originals)
    says = _Saying(every, viewer)
    agenda = tuple(says.item(one, f"Item {n}") for n, one in enumerate(items, 1))
    return Gathered(
        Pack(
            organisation=store.processes.current().organisation,
            called=called,
            language=base.constitution.language,
            at=max([at, *(one.version.at for one in every), *says.moments]),
            cover=(("Process", timing.rules().name), *dates, *_texts(draft, base)),
            stages=tuple(_stages()),
            items=(*(_draft_item(one, originals) for one in (draft,) if one), *agenda),
            refused=tuple(says.item(one) for one in refused),
            originals=tuple(says.item(one) for one in originals),
        ),
        items,
        refused,
        originals,
        draft,
        base,
    )


def _texts(draft: store.drafts.Draft | None, base: store.editions.Edition) -> Iterator[tuple[str, str]]:
    yield f"SHA-256 of edition {base.number}, which would be changed", base.digest
    if draft:
        yield f"SHA-256 of draft {draft.number}", draft.digest
        yield "SHA-256 of its redline", draft.redline_digest


def _stages() -> Iterator[tuple[str, ...]]:
    for one in timing.dates().periods:
        ends = tuple(capital(notifying.edge(edge, getattr(one, edge).at)) for edge in ("opens", "closes"))
        yield (one.stage.label, "Not held", "") if one.skipped else (one.stage.label, *ends)


def _draft_item(draft: store.drafts.Draft, originals: Sequence[store.amendments.Amendment]) -> Item:
    made_of = ", ".join(f"A{one.number}" for one in originals)
    facts = (("Moved by", "the drafting committee"), ("Made of", made_of), ("Against", f"edition {draft.base_edition}"))
    return Item(f"Draft {draft.number}", draft.title, facts, ())


class _Saying:
    """Says of each amendment what a delegate should know, from a few queries for all of them."""

    def __init__(self, every: Sequence[store.amendments.Amendment], viewer: store.members.Member | None) -> None:
        numbers = [one.number for one in every]
        self.within = viewer is not None and is_member(viewer.roles)
        self.standings = supporting.standings(every)
        self.rulings, self.advice = store.rulings.of(numbers), store.rulings.advice(numbers)
        self.ties = relating.ties()
        self.titles = {one.number: one.title for one in every}

    @property
    def moments(self) -> Iterator[datetime]:
        """When anything of it was said."""
        yield from (one.at for each in self.rulings.values() for one in each)
        yield from (one.at for each in self.advice.values() for one in each)

    def item(self, one: store.amendments.Amendment, over: str = "") -> Item:
        """An amendment, its clauses still to be filled in."""
        name, version = f"Amendment A{one.number}", one.version
        said = (
            ("Rulings", tuple(self._rulings(one))),
            ("The committee recommends", tuple(self._advice(one))),
            ("If it is carried", tuple(self._falls(one.number))),
            ("How it stands to others", tuple(self._relations(one.number))),
        )
        return Item(
            f"{over} · {name}" if over else name,
            version.title,
            (
                ("Moved by", self._mover(one)),
                ("Seconders", capital(self.standings[one.number].sentence)),
                ("State", capital(one.state.replace("-", " "))),
                ("Text", f"version {version.n}, digest {version.digest[:12]}, against edition {version.base_edition}"),
            ),
            (),
            version.reason,
            tuple((heading, sentences) for heading, sentences in said if sentences),
        )

    def _mover(self, one: store.amendments.Amendment) -> str:
        shown = shown_name(one.mover, self.within)
        return f"{shown}, {one.mover.branch}" if one.mover.branch and shown == one.mover.name else shown

    def _rulings(self, one: store.amendments.Amendment) -> Iterator[str]:
        for each in self.rulings.get(one.number, ()):
            yield " ".join(filter(None, (admitting.in_words(each), each.reason, each.changes, _appeal(each))))

    def _advice(self, one: store.amendments.Amendment) -> Iterator[str]:
        for each in self.advice.get(one.number, ())[-1:]:
            earlier = "" if each.version in one.same_text else "This was said of an earlier text of it."
            yield " ".join(filter(None, (f"{RECOMMENDED[each.kind]}.", each.reason, each.changes, earlier)))

    def _relations(self, number: int) -> Iterator[str]:
        for tie in self.ties:
            if number in {tie.amendment, tie.other}:
                yield f"{sentence(tie)} {tie.reason}".strip()

    def _falls(self, number: int) -> Iterator[str]:
        """What would fall of all that hangs on it, by the rule that the count of a vote follows too."""
        for other in sorted(_beside(number, self.ties)):
            why = _fallen(self.ties, number, other)
            if why:
                title = f", {self.titles[other]}" if other in self.titles else ""
                yield f"A{other}{title}, falls. {why}"


def _beside(number: int, ties: Iterable[Tie]) -> set[int]:
    return {one for tie in ties for one in (tie.amendment, tie.other) if number in {tie.amendment, tie.other}} - {
        number
    }


def _fallen(ties: Iterable[Tie], number: int, other: int) -> str:
    between = [tie for tie in ties if {tie.amendment, tie.other} == {number, other}]
    found = outcome(between, (number, other))
    if other in found.falls and number in found.stands:
        return found.falls[other]
    return f"It is an alternative to A{number}." if (number, other) in found.undecided else ""


def _appeal(ruling: store.rulings.Ruling) -> str:
    appeal = ruling.appeal
    if appeal is None:
        return ""
    if appeal.ended is None:
        return "An appeal waits for its outcome."
    return f"The appeal was {'upheld' if appeal.ended.upheld else 'dismissed'}: {appeal.ended.reason}"


def built(found: Gathered, tell: Tell) -> Pack:
    """The pack with its redlines; ``tell`` is told after each how many are made."""
    made = _Making(tell)
    first = _of_draft(found.draft, found.base) if found.draft else ()
    count = len(found.pack.items) - len(found.items)
    drafts = (replace(one, clauses=first) for one in found.pack.items[:count])
    text, note = _whole(found)
    return replace(
        found.pack,
        items=(*drafts, *made.filled(found.pack.items[count:], found.items)),
        refused=made.filled(found.pack.refused, found.refused),
        originals=made.filled(found.pack.originals, found.originals),
        text=clean(text),
        text_note=note,
    )


@dataclass(slots=True)
class _Making:
    tell: Tell
    done: int = 0

    def filled(self, items: Iterable[Item], amendments: Iterable[store.amendments.Amendment]) -> tuple[Item, ...]:
        return tuple(self._one(*two) for two in zip(items, amendments, strict=True))

    def _one(self, item: Item, one: store.amendments.Amendment) -> Item:
        base = store.editions.load(one.version.base_edition)
        _, start = amendment_page.amended(one, base)
        final = apply(one.version.edits, base.constitution)
        filled = replace(item, clauses=changed(start, final))
        self.done += 1
        self.tell(self.done)
        return filled


def _of_draft(draft: store.drafts.Draft, base: store.editions.Edition) -> tuple[pack.Clause, ...]:
    return changed(base.constitution, draft.constitution)


def changed(old: Constitution, new: Constitution) -> tuple[pack.Clause, ...]:
    """The clauses that differ, with their captions, and what only has another number."""
    rows, following = amendment_page.between(old, new)
    return pack.clauses(rows, following, tracked(old, new, by(""), only={one.id for one in rows}))


def _whole(found: Gathered) -> tuple[Constitution, str]:
    """The text as it would stand, and what must be known of it."""
    if found.draft:
        return found.draft.constitution, ""
    sides, left = {}, []
    for one in found.items:
        try:
            sides[f"A{one.number}"] = placed_edits(one, found.base)
        except DoesNotFit:
            left.append(f"A{one.number}")
    made = partial(compose(found.base.constitution, sides))
    left_out = f" Without {', '.join(left)}, which do not fit the edition any more." if left else ""
    open_ = len(made.questions)
    clashes = f", with the present words where they contradict one another ({open_} places)" if open_ else ""
    return made.constitution, f"{ONE_BY_ONE}{clashes}.{left_out}"
