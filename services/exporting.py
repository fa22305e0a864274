"""What is handed out as a document: an amendment, a draft, two editions with the author of each change, or one edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import store
import store.accounts
import store.amendments
import store.composites
import store.database
import store.drafts
import store.editions
import store.log
import store.members
from amendments.changes import to_json, touched
from amendments.choices import in_order
from amendments.edit import apply, rebuilt
from constitution.numbering import number, own_number
from constitution.provenance import COMMITTEE
from constitution.redline import redline
from constitution.references import show
from constitution.splices import splices
from documents.authors import Step, through
from documents.tracked import TITLE, Hands, Tracked, by, clean, texts, tracked
from members.visibility import is_member, shown_name
from services import amendment_page, draft_page, reading, supporting
from services.compositing import source_name
from services.placing import placed_edits

FOLLOWS = "Numbers that follow"  # signs what nobody changed: a label, and where it is cited


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document: what it is ``called``, its paragraphs, the text it was made from, and what is said at its end.

    ``scope`` is the clause of which it is a part, or "" for a whole book.
    """

    called: str
    title: str
    paragraphs: tuple[Tracked, ...]
    edition: int
    scope: str
    note: str
    language: str
    at: datetime


def amendment(wanted: int, viewer: store.members.Member | None) -> Sheet:
    """The text as an amendment would make it, its changes signed with its number and its mover."""
    page = amendment_page.page(wanted)
    one = page.amendment
    _, start = amendment_page.amended(one, page.base)
    final = apply(one.version.edits, page.base.constitution)
    return Sheet(
        f"Amendment A{wanted}",
        start.title,
        tracked(start, final, by(_Names(viewer).of(one))),
        page.base.number,
        "",
        f"Amendment A{wanted}, version {one.version.n}, digest {one.version.digest}, against edition {page.base.number}, "
        f"digest {page.base.digest}.",
        start.language,
        one.version.at,
    )


def draft(wanted: int, viewer: store.members.Member | None) -> Sheet:
    """A frozen draft against the edition it would replace, each change signed with its amendment."""
    made = store.drafts.by_number(wanted)
    base = store.editions.load(made.base_edition)
    return Sheet(
        f"Draft {wanted}",
        made.constitution.title,
        tracked(base.constitution, made.constitution, through([_of_draft(base, made, _Names(viewer))])),
        base.number,
        "",
        f"Draft {wanted}, digest {made.digest}, against edition {base.number}, digest {base.digest}.",
        base.constitution.language,
        made.frozen_at,
    )


def comparison(old: int, new: int, viewer: store.members.Member | None) -> Sheet:
    """Two editions, each change signed with its amendment where one made it, else with the edition that did."""
    before, after = store.editions.load(old), store.editions.load(new)
    return Sheet(
        f"Edition {old} to {new}",
        after.constitution.title,
        tracked(before.constitution, after.constitution, _between(old, new, _Names(viewer))),
        old,
        "",
        f"From edition {old}, digest {before.digest}, to edition {new}, digest {after.digest}.",
        after.constitution.language,
        after.at,
    )


def edition(wanted: int | None = None, clause: str = "") -> Sheet:
    """A whole edition, or one clause with all below it; raises UnknownEdition and UnknownClause."""
    found = reading.edition(wanted)
    within = {TITLE, *(one.id for one in found.constitution[clause].walk())} if clause else None
    paragraphs = tuple(one for one in clean(found.constitution) if within is None or one.key in within)
    label = number(found.constitution)[clause] if clause else ""
    return Sheet(
        f"Edition {found.number}" + (f", {label}" if label else ""),
        found.constitution.title,
        paragraphs,
        found.number,
        clause,
        f"Edition {found.number}, digest {found.digest}." + (f" Only {label}." if label else ""),
        found.constitution.language,
        found.at,
    )


class _Names:
    """How an amendment signs, for somebody who looks: A14 Anna Okafor."""

    def __init__(self, viewer: store.members.Member | None) -> None:
        self.within = viewer is not None and is_member(viewer.roles)

    def of(self, one: store.amendments.Amendment) -> str:
        """Its number and its mover, by the name the reader may know."""
        return f"{source_name(one.number)} {shown_name(one.mover, self.within)}"


def _between(old: int, new: int, names: _Names) -> Hands:
    """Through every edition from one to the other; backwards, whoever put words in takes them out again."""
    if new < old:
        return by(f"Back to edition {new}")
    lines = {one.number: one for one in store.editions.listing()}
    steps = []
    for n in range(old + 1, new + 1):
        base = store.editions.load(n - 1)
        adopted = lines[n].adopted_from
        made = store.drafts.by_number(adopted) if adopted else None
        if made is not None and made.base_edition == n - 1 and made.digest == lines[n].digest:
            steps.append(_of_draft(base, made, names))
        else:
            after = store.editions.load(n).constitution
            steps.append(Step(texts(base.constitution), texts(after), {}, lambda _: (), f"Edition {n}"))
    return through(steps) if steps else by("")


def _of_draft(base: store.editions.Edition, made: store.drafts.Draft, names: _Names) -> Step:
    """From an edition to the draft made of it: the sources of each word put in, and whose text lacks each word taken out."""
    composite = store.composites.by_number(made.composite)
    merged = draft_page.merged(made, composite)
    signed = {source_name(one.number): names.of(one) for one in merged} | {COMMITTEE: "Drafting committee"}
    before = texts(base.constitution)
    sides = [
        (signed[source_name(one.number)], texts(rebuilt(placed_edits(one, base), base.constitution))) for one in merged
    ]

    def took(key: str) -> Iterator[tuple[int, int, str]]:
        text = before.get(key, "")
        for author, side in sides:
            yield from ((start, end, author) for start, end, _ in splices(text, side.get(key, "")) if end > start)

    return Step(before, texts(made.constitution), _put(made, signed), lambda key: tuple(took(key)), FOLLOWS)


def _put(made: store.drafts.Draft, signed: Mapping[str, str]) -> dict[str, Sequence[tuple[str, str]]]:
    """The words of a draft as printed, and who put them in."""
    labels, own = number(made.constitution), own_number(made.constitution)
    return {
        key: [
            (show(text, labels, own), " and ".join(signed.get(one, one) for one in in_order(sources)))
            for text, sources in words
        ]
        for key, words in made.provenance.items()
    }


@dataclass(frozen=True, slots=True)
class Line:
    """An amendment for a table: the labels of the clauses it touches, its seconders in words, its edits as they are kept."""

    amendment: store.amendments.Amendment
    clauses: tuple[str, ...]
    seconders: str
    edits: Sequence[Mapping[str, object]]


def state() -> str:
    """What has been done so far, in a word: another database or a further entry of the log is another state."""
    return f"{store.database.name()} {store.log.count()}"


def lines() -> Iterator[Line]:
    """Every amendment, by number."""
    every = store.amendments.listing()
    standings = supporting.standings(every)
    labels = cache(lambda edition: number(store.editions.load(edition).constitution))
    for one in every:
        here = labels(one.version.base_edition)
        yield Line(
            one,
            tuple(here[clause] for clause in touched(one.version.edits) if clause in here),
            standings[one.number].sentence,
            to_json(one.version.edits),
        )


def changes_of_draft(wanted: int) -> reading.Redlined:
    """A draft against its base, without what goes with it on its page."""
    made = store.drafts.by_number(wanted)
    return reading.Redlined(redline(store.editions.load(made.base_edition).constitution, made.constitution))
