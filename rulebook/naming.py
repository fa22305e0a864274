"""Every name that a rulebook uses must be one that it has: stages, electorates, events, ballots, instruments, packs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from rulebook.formula import Formula, Size, Variable, parts
from rulebook.kinds import Act, Doing, Proposer
from rulebook.lines import Path
from rulebook.rules import Quorum, Route, Rulebook, Stage, Step
from rulebook.when import OnEdge, OnEvent, When

Note = tuple[Path, str, str]
Use = tuple[Path, str]

_UNKNOWN = {
    "electorate": "an electorate",
    "stage": "a stage",
    "event": "an event",
    "ballot": "a ballot",
    "formula": "a formula of [vars]",
}
_WRITTEN = {"stage": "[[stage]]", "event": "[events]", "ballot": "[[ballot]]", "formula": "[vars]"}


def row(tables: Mapping[str, object], top: str, name: str) -> Path:
    """The path of the table of an id in a list of tables; of the list when it is not there."""
    rows = tables.get(top)
    for index, one in enumerate(rows if isinstance(rows, list) else [rows]):
        if isinstance(one, Mapping) and one.get("id") == name:
            return (top, index) if isinstance(rows, list) else (top,)
    return (top,)


def unknown_names(book: Rulebook, tables: Mapping[str, object]) -> Iterator[Note]:
    """Whatever is named and is not there."""
    known = {
        "electorate": list(book.electorates),
        "stage": [one.id for one in book.stages],
        "event": list(book.events),
        "ballot": [one.id for one in book.ballots],
        "formula": list(book.variables),
    }
    for kind, path, name in uses(book, tables):
        if name not in known[kind]:
            yield path, f'"{name}" is not {_UNKNOWN[kind]} of this rulebook', _cure(kind, known[kind])
    yield from _unknown_acts(book, tables)
    yield from _unknown_people(book)
    yield from _unknown_steps(book, tables)


def uses(book: Rulebook, tables: Mapping[str, object]) -> Iterator[tuple[str, Path, str]]:
    """Each use of a name: what kind of thing it names, where, and the name."""
    for path, name in _electorates_used(book, tables):
        yield "electorate", path, name
    for path, written in moments(book, tables):
        if isinstance(written.start, OnEdge):
            yield "stage", path, written.start.stage
        if isinstance(written.start, OnEvent):
            yield "event", path, written.start.event
    for path, formula in formulas(book, tables):
        yield from (("electorate", path, one.electorate) for one in parts(formula) if isinstance(one, Size))
        yield from (("formula", path, one.name) for one in parts(formula) if isinstance(one, Variable))
    yield from _stages_used(book, tables)
    yield from _ballots_used(book, tables)


def moments(book: Rulebook, tables: Mapping[str, object]) -> Iterator[tuple[Path, When]]:
    """Every moment that is written, with its place."""
    for stage in book.stages:
        at = row(tables, "stage", stage.id)
        yield from _given(((*at, "opens"), stage.opens), ((*at, "closes"), stage.closes))
    for one in book.electorates.values():
        at = row(tables, "electorate", one.id)
        yield from _given(((*at, "joined_before"), one.joined_before), ((*at, "snapshot"), one.snapshot))
    for name, instrument in book.instruments.items():
        yield from _given((("instrument", name, "withdraw", "until"), instrument.withdraw.until))
    for path, route in routes(book, tables):
        yield from _given(((*path, "standing_at"), route.standing_at))
    if book.admission.appeal:
        yield from _given((("admission", "appeal", "must_end_before"), book.admission.appeal.must_end_before))
    if isinstance(book.adoption.in_force, When):
        yield ("adoption", "in_force"), book.adoption.in_force


def formulas(book: Rulebook, tables: Mapping[str, object]) -> Iterator[tuple[Path, Formula]]:
    """Every formula that is written, with its place."""
    for name, formula in book.variables.items():
        yield ("vars", name), formula
    for path, route in routes(book, tables):
        yield (*path, "count"), route.count
    for path, quorum in quorums(book, tables):
        yield (*path, "count"), quorum.count


def routes(book: Rulebook, tables: Mapping[str, object]) -> Iterator[tuple[Path, Route]]:
    """Every seconding route that is written, with its place."""
    if "seconding" in tables:
        yield from _each_route(("seconding",), tables["seconding"], book.routes)
    written = tables.get("instrument")
    for name, one in written.items() if isinstance(written, Mapping) else ():
        if name in book.instruments and "seconding" in one:
            yield from _each_route(
                ("instrument", name, "seconding"), one["seconding"], book.instruments[name].seconding
            )


def quorums(book: Rulebook, tables: Mapping[str, object]) -> Iterator[tuple[Path, Quorum]]:
    """Every quorum that is written, with its place."""
    for ballot in book.ballots:
        at = row(tables, "ballot", ballot.id)
        if ballot.quorum:
            yield (*at, "quorum"), ballot.quorum
        for index, one in enumerate(ballot.overrides):
            if one.quorum:
                yield (*at, "override", index, "quorum"), one.quorum


def _each_route(path: Path, written: object, found: Sequence[Route]) -> Iterator[tuple[Path, Route]]:
    for index, one in enumerate(found):
        yield (*path, index) if isinstance(written, list) else path, one


def _electorates_used(book: Rulebook, tables: Mapping[str, object]) -> Iterator[Use]:
    for ballot in book.ballots:
        at = row(tables, "ballot", ballot.id)
        yield from (((*at, "electorates"), one) for one in ballot.electorates)
    for path, route in routes(book, tables):
        if route.source not in (Proposer.BRANCH, Proposer.BODY):
            yield (*path, "from"), route.source
    for stage in book.stages:
        if stage.vary:
            yield (*row(tables, "stage", stage.id), "vary", "by"), stage.vary.by
    yield from ((path, one) for path, one in _appointed(book) if one)


def _appointed(book: Rulebook) -> Iterator[Use]:
    """Those who have something to do by the rulebook."""
    yield ("admission", "by"), book.admission.by
    yield ("compositing", "by"), book.compositing.by
    yield ("selection", "override_by"), book.selection.override_by
    if book.admission.appeal:
        yield ("admission", "appeal", "to"), book.admission.appeal.to
    if book.conflict.challenge:
        yield ("conflict", "challenge", "by"), book.conflict.challenge.by
    if book.moratorium:
        yield ("moratorium", "waived_by"), book.moratorium.waived_by
    if book.adoption.editorial:
        yield ("adoption", "editorial", "by"), book.adoption.editorial.by


def _stages_used(book: Rulebook, tables: Mapping[str, object]) -> Iterator[tuple[str, Path, str]]:
    for stage in book.stages:
        at = row(tables, "stage", stage.id)
        yield from (("stage", (*at, "beside", index), one) for index, one in enumerate(stage.beside))
        yield from (("event", (*at, "extend", "on"), one) for one in (stage.extend.on if stage.extend else ()))
        if stage.skip_if:
            yield "event", (*at, "skip_if"), stage.skip_if
    for ballot in book.ballots:
        if ballot.stage:
            yield "stage", (*row(tables, "ballot", ballot.id), "stage"), ballot.stage


def _ballots_used(book: Rulebook, tables: Mapping[str, object]) -> Iterator[tuple[str, Path, str]]:
    if book.selection.ballot:
        yield "ballot", ("selection", "ballot"), book.selection.ballot
    for index, one in enumerate(book.adoption.requires):
        yield "ballot", ("adoption", "requires", index), one
    for ballot in book.ballots:
        at = row(tables, "ballot", ballot.id)
        yield from (("event", (*at, "override", index, "when"), one.when) for index, one in enumerate(ballot.overrides))


def _unknown_acts(book: Rulebook, tables: Mapping[str, object]) -> Iterator[Note]:
    known = (*Act, *book.instruments)
    for stage in book.stages:
        at = row(tables, "stage", stage.id)
        forbidden = stage.last_call.forbids if stage.last_call else ()
        for path, names in (((*at, "allows"), stage.allows), ((*at, "last_call", "forbids"), forbidden)):
            for index, name in enumerate(names):
                if name not in known:
                    cure = f"Write one of {', '.join(known)}."
                    yield (*path, index), f'"{name}" is neither an act nor an instrument of this rulebook', cure


def _unknown_people(book: Rulebook) -> Iterator[Note]:
    known = (*Proposer, *book.electorates)
    for name, one in book.instruments.items():
        for key, people in (("proposers", one.proposers), ("exempt", one.exempt)):
            for index, who in enumerate(people):
                if who not in known:
                    cure = f"Write one of {', '.join(known)}."
                    yield ("instrument", name, key, index), f'"{who}" is nobody who can propose', cure


def _unknown_steps(book: Rulebook, tables: Mapping[str, object]) -> Iterator[Note]:
    known: dict[Doing, Collection[str]] = {
        Doing.FREEZE: ("all", "draft", *book.instruments),
        Doing.PUBLISH: book.packs,
        Doing.RULE: ("admission",),
        Doing.SNAPSHOT: book.electorates,
    }
    for path, step in steps(book.stages, tables):
        if step.what not in known[step.doing]:
            there = ", ".join(f"{step.doing.value}:{one}" for one in known[step.doing])
            cure = f"Write {there}." if there else "Describe it in a table of its own: [[pack]]."
            yield path, f'there is no "{step.what}" to {step.doing.value}', cure


def steps(stages: Iterable[Stage], tables: Mapping[str, object]) -> Iterator[tuple[Path, Step]]:
    """Everything that happens by itself when a stage opens or closes, with its place."""
    for stage in stages:
        at = row(tables, "stage", stage.id)
        yield from (((*at, "on_open", index), one) for index, one in enumerate(stage.on_open))
        yield from (((*at, "on_close", index), one) for index, one in enumerate(stage.on_close))


def _cure(kind: str, known: Sequence[str]) -> str:
    if known:
        return f"Write one of {', '.join(known)}."
    return f"There is none yet: describe it under {_WRITTEN[kind]}."


def _given(*written: tuple[Path, When | None]) -> Iterator[tuple[Path, When]]:
    yield from ((path, one) for path, one in written if one)
