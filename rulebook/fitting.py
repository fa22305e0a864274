"""Whether a rulebook has all that its own tables ask for, and nothing that nobody uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rulebook.formula import constant
from rulebook.kinds import Act, BallotKind, Counted, Doing, Proposer, QuorumKind, Selecting
from rulebook.lines import Path
from rulebook.naming import Note, row, steps, uses
from rulebook.rules import MEMBERS, Ballot, Quorum, Rulebook, Stage, Threshold


def fits(book: Rulebook, tables: Mapping[str, object]) -> Iterator[Note]:
    """What is missing, and what is there for nothing."""
    yield from _unused(book, tables)
    if book.stages:
        yield from _missing_stages(book)
        yield from _not_allowed(book)
    for ballot in book.ballots:
        yield from _held(ballot, book.stages, row(tables, "ballot", ballot.id))
        yield from _countable(ballot, row(tables, "ballot", ballot.id))
    if book.selection.mode is Selecting.PRIORITY_BALLOT and not book.selection.ballot:
        yield ("selection", "mode"), "it does not say which ballot", 'Write ballot = "..." with the id of a [[ballot]].'
    yield from _names_taken(book, tables)


def _unused(book: Rulebook, tables: Mapping[str, object]) -> Iterator[Note]:
    used = {(kind, name) for kind, _, name in uses(book, tables)}
    people = {one for each in book.instruments.values() for one in (*each.proposers, *each.exempt)}
    done = {(step.doing, step.what) for _, step in steps(book.stages, tables)}
    for name in book.electorates:
        snapped = (Doing.SNAPSHOT, name) in done
        if name != MEMBERS and ("electorate", name) not in used and name not in people and not snapped:
            cure = "Take it out, or name it where it votes, proposes, seconds or rules."
            yield row(tables, "electorate", name), "nothing uses this electorate", cure
    for name in book.events:
        if ("event", name) not in used:
            yield ("events", name), "nothing waits for this event", "Take it out, or name it where it matters."
    for name in book.packs:
        if (Doing.PUBLISH, name) not in done:
            cure = f'Write on_open = ["publish:{name}"] below a [[stage]], or on_close.'
            yield row(tables, "pack", name), "no stage publishes this pack", cure


def _missing_stages(book: Rulebook) -> Iterator[Note]:
    allowed = {one for stage in book.stages for one in stage.allows}
    for act, path in _wanted(book):
        if act not in allowed:
            cure = f'Write "{act.value}" among what a [[stage]] allows.'
            yield path, f'it needs a stage that allows "{act.value}", and there is none', cure


def _wanted(book: Rulebook) -> Iterator[tuple[Act, Path]]:
    """Acts that must be possible at some time, and the table that asks for them."""
    if book.ballots:
        yield Act.VOTE, ("ballot",)
    if book.admission.by:
        yield Act.RULE, ("admission",)
    if book.admission.appeal:
        yield Act.APPEAL, ("admission", "appeal")
    if book.compositing.by:
        yield Act.MERGE, ("compositing",)
    for name, one in book.instruments.items():
        if one.seconding and not any(constant(route.count) == 0 for route in one.seconding):
            yield Act.SECOND, ("instrument", name)
            return


def _not_allowed(book: Rulebook) -> Iterator[Note]:
    allowed = {one for stage in book.stages for one in stage.allows}
    for name in book.instruments:
        if name not in allowed:
            cure = f'Write "{name}" among what a [[stage]] allows, or take the instrument out.'
            yield ("instrument", name), "no stage allows this instrument", cure


def _held(ballot: Ballot, stages: tuple[Stage, ...], path: Path) -> Iterator[Note]:
    if not ballot.stage:
        yield path, "it does not say at which stage it is held", 'Write stage = "..." with the id of a [[stage]].'
        return
    for stage in stages:
        if stage.id == ballot.stage and Act.VOTE not in stage.allows:
            cure = f'Write "vote" among what "{stage.id}" allows.'
            yield (*path, "stage"), f'the stage "{stage.id}" does not allow voting', cure


def _countable(ballot: Ballot, path: Path) -> Iterator[Note]:
    """Thresholds and quorums that have nothing to count in this kind of ballot."""
    ranked = ballot.kind is BallotKind.RANKED and bool(ballot.default_option)
    rules: list[tuple[Path, Threshold, Quorum | None]] = [(path, ballot.passes, ballot.quorum)]
    rules += [((*path, "override", index), one.passes, one.quorum) for index, one in enumerate(ballot.overrides)]
    for where, passes, quorum in rules:
        if passes.base is Counted.VERSUS_DEFAULT and not ranked:
            yield (*where, "pass", "base"), "there is no default option to be ranked against", _RANK
        if quorum and quorum.kind is QuorumKind.PER_OPTION and not ranked:
            yield (*where, "quorum", "kind"), "there is no default option to be ranked above", _RANK
        if quorum and constant(quorum.count) == 0:
            yield (*where, "quorum", "count"), "a quorum of 0 asks for nothing", "Take it out, or write a number."


_RANK = 'Write kind = "ranked" and default_option = "...".'


def _names_taken(book: Rulebook, tables: Mapping[str, object]) -> Iterator[Note]:
    for name in book.instruments:
        if name in set(Act):
            yield ("instrument", name), f'"{name}" is the name of an act', "Give the instrument another id."
    for name in book.electorates:
        if name in set(Proposer):
            cure = "Give the electorate another id."
            yield (*row(tables, "electorate", name), "id"), f'"{name}" stands for anybody of that kind', cure
