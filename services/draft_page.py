"""What the pages of a frozen draft show: its redline and sources, its accounts, the committee's choices, objections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import store
import store.accounts
import store.amendments
import store.composites
import store.consent
import store.drafts
import store.editions
from amendments.accounts import Own
from amendments.choices import Choices, in_order
from amendments.chosen import Speaker
from amendments.composite import compose
from amendments.fates import WORDS, Fate, Item
from constitution.numbering import number, own_number
from constitution.provenance import COMMITTEE, Span, Word, counts, spans
from constitution.redline import redline
from constitution.references import show
from constitution.tokens import word_count
from services import consenting, objecting
from services.compositing import kept, source_name
from services.placing import placed_edits
from services.reading import Redlined

BAR = 1000  # units across the drawing of who wrote what


@dataclass(frozen=True, slots=True)
class Share:
    """Words that come from the same sources: how many, and where they stand in the drawing."""

    sources: tuple[str, ...]
    words: int
    x: int
    width: int

    @property
    def name(self) -> str:
        """Whose they are: "A5 and A7", "the committee"."""
        return " and ".join("the committee" if one == COMMITTEE else one for one in self.sources)


@dataclass(frozen=True, slots=True)
class ShownOwn:
    """Words of the committee's own as they are printed, with the label of their clause."""

    label: str
    words: str
    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class DraftPage(Redlined):
    """A frozen draft as a redline against the edition it would replace, and what it accounts for.

    ``words`` by clause ("<id>:heading" for its heading), references printed; ``counts`` are the words given by each source
    that is not the base; ``shares`` the new words by source; ``fates`` how many amendments have which fate; ``answers`` are
    those of the movers who were asked about this text.
    """

    draft: store.drafts.Draft
    base: store.editions.Edition
    sources: tuple[store.amendments.Amendment, ...]
    words: Mapping[str, tuple[Span, ...]]
    counts: Mapping[str, int]
    own: tuple[ShownOwn, ...]
    shares: tuple[Share, ...]
    kept_words: int
    fates: Mapping[Fate, int]
    objecting: objecting.Objecting
    answers: tuple[store.consent.Answer, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The sources in the order in which they are coloured; the committee comes last."""
        return (*(source_name(one.number) for one in self.sources), COMMITTEE)

    @property
    def committee_words(self) -> int:
        """How many words are the committee's own."""
        return sum(one.words for one in self.shares if one.sources == (COMMITTEE,))

    @property
    def unreasoned(self) -> int:
        """How many of them nobody gave a reason for."""
        return self.committee_words - sum(one.count for one in self.own if one.reason)


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """A line of the coverage table: an amendment in the version that was decided on, and its fate."""

    item: Item
    amendment: store.amendments.Amendment
    version: store.amendments.Version

    @property
    def fate(self) -> str:
        """Its fate in words."""
        return WORDS[self.item.fate]


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """The coverage table of a draft: all of it, or the lines of one fate (``only``)."""

    draft: store.drafts.Draft
    lines: tuple[CoverageLine, ...]
    fates: Mapping[Fate, int]
    only: Fate | None = None


@dataclass(frozen=True, slots=True)
class Saving:
    """What one saving of the committee's choices changed, in sentences."""

    member: store.members.Member
    at: datetime
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChoicesPage:
    """Every choice that the committee made for a draft, the first first."""

    draft: store.drafts.Draft
    savings: tuple[Saving, ...]


def page(wanted: int, now: datetime, member: store.members.Member | None = None) -> DraftPage:
    """A draft against its base edition, with the amendments it was made of and the source of every word."""
    draft = store.drafts.by_number(wanted)
    base = store.editions.load(draft.base_edition)
    composite = store.composites.by_number(draft.composite)
    words = _printed_words(draft)
    given = _by_source(draft)
    return DraftPage(
        draft=draft,
        base=base,
        redline=redline(base.constitution, draft.constitution),
        sources=store.amendments.numbered(composite.amendments),
        words=words,
        counts=counts(Word(one.text, one.sources) for row in words.values() for one in row),
        own=tuple(_shown(store.accounts.own_words(wanted), draft)),
        shares=tuple(_shares({who: count for who, count in given.items() if who})),
        kept_words=given[()],
        fates=_fates(store.accounts.items(wanted)),
        objecting=objecting.page(draft, member, now),
        answers=consenting.of_composite(composite.number),
    )


def coverage(wanted: int, fate: str = "") -> CoveragePage:
    """The coverage table of a draft; a fate that is none of ours shows all of it."""
    draft, items = store.drafts.by_number(wanted), store.accounts.items(wanted)
    only = Fate(fate) if fate in set(Fate) else None
    return CoveragePage(draft, lines([one for one in items if only in {None, one.fate}]), _fates(items), only)


def lines(items: Iterable[Item]) -> tuple[CoverageLine, ...]:
    """The items with their amendments, in the versions that were decided on."""
    each = tuple(items)
    found = {one.number: one for one in store.amendments.numbered([one.amendment for one in each])}
    return tuple(
        CoverageLine(one, found[one.amendment], found[one.amendment].version_with(one.version)) for one in each
    )


def choices(wanted: int) -> ChoicesPage:
    """Every choice that the committee made for a draft, in words."""
    draft = store.drafts.by_number(wanted)
    composite = store.composites.by_number(draft.composite)
    speaker = _speaker(draft, composite)
    found, before = [], kept(replace(composite, choices={}))
    for one in store.accounts.savings(composite):
        after = Choices.from_json(one.choices), one.choices.get("reasons", {})
        found.append(Saving(one.member, one.at, speaker.changes(before[0], after[0], (before[1], after[1]))))
        before = after
    return ChoicesPage(draft, tuple(found))


def _speaker(draft: store.drafts.Draft, composite: store.composites.Composite) -> Speaker:
    """Speaks of the choices between the amendments in the versions that were merged, whatever became of them since."""
    base = store.editions.load(draft.base_edition)
    sides = {source_name(one.number): placed_edits(one, base) for one in merged(draft, composite)}
    return Speaker(compose(base.constitution, sides))


def merged(draft: store.drafts.Draft, composite: store.composites.Composite) -> tuple[store.amendments.Amendment, ...]:
    """The amendments on the desk of a draft, each with the version that was merged as its only one."""
    versions = {one.amendment: one.version for one in store.accounts.items(draft.number)}
    return tuple(
        replace(one, versions=(one.version_with(versions[one.number]) if one.number in versions else one.version,))
        for one in store.amendments.numbered(composite.amendments)
    )


def _printed_words(draft: store.drafts.Draft) -> dict[str, tuple[Span, ...]]:
    """The frozen provenance with references printed as labels of the draft, in stretches of the same sources."""
    labels, own = number(draft.constitution), own_number(draft.constitution)
    return {
        clause: spans(Word(show(text, labels, own), frozenset(sources)) for text, sources in words)
        for clause, words in draft.provenance.items()
    }


def _by_source(draft: store.drafts.Draft) -> Counter[tuple[str, ...]]:
    """How many words come from which sources, as stored; () for those of the base."""
    found: Counter[tuple[str, ...]] = Counter()
    for words in draft.provenance.values():
        for text, sources in words:
            found[tuple(in_order(sources))] += word_count(text)
    return found


def _shares(given: Mapping[tuple[str, ...], int]) -> Iterator[Share]:
    """In the order of submission, the committee last; each at least wide enough to be seen."""
    there = {who: count for who, count in given.items() if count}
    total, done = sum(there.values()), 0
    for who in sorted(there, key=lambda one: (one == (COMMITTEE,), in_order(one))):
        left, right = BAR * done // total, BAR * (done + there[who]) // total
        yield Share(who, there[who], left, max(right - left, 2))
        done += there[who]


def _shown(own: Iterable[Own], draft: store.drafts.Draft) -> Iterator[ShownOwn]:
    labels, numbers = number(draft.constitution), own_number(draft.constitution)
    for one in own:
        yield ShownOwn(labels.get(one.clause, ""), show(one.words, labels, numbers), one.count, one.reason)


def _fates(items: Iterable[Item]) -> dict[Fate, int]:
    found = Counter(one.fate for one in items)
    return {fate: found[fate] for fate in Fate if fate in found}
