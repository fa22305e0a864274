"""What a rulebook says of its process, its people, its events and its stages."""

from __future__ import annotations

from collections.abc import Collection

from rulebook import kinds
from rulebook.formula import Formula
from rulebook.rules import MEMBERS, Electorate, Extension, LastCall, Pack, Process, Stage, Step, Variation
from rulebook.table import Table
from rulebook.when import Edge, OnEdge, OnEvent, When

STAGES = 40
VARIABLES = 50


def process(top: Table) -> Process:
    """[process]: the name is the one thing that every rulebook must have."""
    table = top.table("process")
    if not table or "name" not in table:
        top.note("the rules need a name", 'Write [process] and below it name = "Rule changes".', "process")
        return Process("")
    found = Process(
        table.text("name"),
        table.text("base"),
        table.choice("kind", kinds.Purpose, kinds.Purpose.AMENDMENT),
        table.text("timezone", "UTC"),
        table.texts("languages", ("en",)),
        table.flag("contiguous", default=False),
    )
    table.end()
    return found


def electorates(top: Table) -> dict[str, Electorate]:
    """[[electorate]]: "members" are all on the roll unless the rulebook says otherwise."""
    found: dict[str, Electorate] = {}
    for table in top.tables("electorate"):
        one = _electorate(table)
        unique(table, one.id, found)
        found |= {one.id: one} if one.id else {}
    return {MEMBERS: Electorate(MEMBERS, MEMBERS)} | found


def variables(top: Table) -> dict[str, Formula]:
    """[vars]: formulas by their names, which may have capital letters."""
    table = top.table("vars")
    read = {key: table.formula(key) for key in table.values} if table else {}
    for key in list(read)[VARIABLES:]:
        top.note(f"there are more than {VARIABLES} formulas", "Put some of them together.", "vars", key)
    return {key: formula for key, formula in read.items() if formula}


def events(top: Table) -> dict[str, str]:
    """[events]: each with the words for it after "when": "the first motion has its sponsors"."""
    table = top.table("events")
    return {key: table.text(key, key) for key in table.values if table.is_id(key)} if table else {}


def stages(top: Table) -> tuple[Stage, ...]:
    """[[stage]]: in order. One without an opening opens when the one before it closes."""
    found: list[Stage] = []
    rows = top.tables("stage")
    for table in rows:
        one = _stage(table, found[-1].id if found else "")
        unique(table, one.id, [each.id for each in found])
        found += [one] if one.id else []
    if len(rows) > STAGES:
        top.note(f"there are more than {STAGES} stages", "Make two processes of them.", "stage")
    return tuple(found)


def packs(top: Table) -> dict[str, Pack]:
    """[[pack]]: what is published together, by id."""
    found: dict[str, Pack] = {}
    for table in top.tables("pack"):
        name = identity(table)
        unique(table, name, found)
        one = Pack(name, table.text("label", spoken(name)), table.choices("contents", kinds.Content))
        table.end()
        found |= {name: one} if name else {}
    return found


def identity(table: Table) -> str:
    """The id of a table, which it must have."""
    found = table.name("id")
    if "id" not in table:
        table.note("it has no id", 'Write id = "..." below it: other tables name it by that.')
    return found


def unique(table: Table, name: str, found: Collection[str]) -> None:
    """Note a second table of the same id."""
    if name and name in found:
        table.note(f'there is another "{name}" before it', "Give one of them another id.", "id")


def spoken(name: str) -> str:
    """An id as words: "first_agenda" is "first agenda"."""
    return name.replace("_", " ")


def _electorate(table: Table) -> Electorate:
    name = identity(table)
    live = table.values.get("snapshot") == "never"
    snapshot = table.moment("snapshot")
    found = Electorate(
        name,
        table.text("label", spoken(name)),
        table.texts("status"),
        table.texts("branches"),
        table.texts("bodies"),
        table.moment("joined_before"),
        table.flag("arrears", default=True),
        None if live else snapshot,
        live,
        table.choice("weight", kinds.Weight, kinds.Weight.ONE),
        table.share("share"),
    )
    table.end()
    return found


def _stage(table: Table, before: str) -> Stage:
    name = identity(table)
    opens = table.moment("opens")
    if before and "opens" not in table:
        opens = When(OnEdge(before, Edge.CLOSES))
    for key in [key for key in ("opens", "closes") if key not in table and not (before and key == "opens")]:
        table.note(f"it does not say when it {key}", f'Write {key} = "2026-06-28", or another moment.')
    found = Stage(
        name,
        table.text("label", spoken(name).capitalize()),
        opens,
        _closing(table.moment("closes"), name),
        table.duration("min"),
        table.duration("max"),
        table.names("allows"),
        table.names("beside"),
        _extension(table.table("extend")),
        _last_call(table.table("last_call")),
        _variation(table.table("vary")),
        _steps(table, "on_open"),
        _steps(table, "on_close"),
        table.name("skip_if"),
    )
    table.end()
    return found


def _closing(written: When | None, stage: str) -> When | None:
    """A closing that counts from "opens" counts from the opening of its own stage."""
    if written and written.start == OnEvent("opens"):
        return When(OnEdge(stage, Edge.OPENS), written.shifts)
    return written


def _extension(table: Table | None) -> Extension | None:
    if not table:
        return None
    on, by = table.names("on"), table.duration("by")
    table.end()
    if not on or not by:
        table.note("it does not say on what, or by how much", 'Write extend = { on = ["option_added"], by = "1w" }.')
        return None
    return Extension(on, by)


def _last_call(table: Table | None) -> LastCall | None:
    if not table:
        return None
    window, forbids = table.duration("window"), table.names("forbids")
    table.end()
    if not window or not forbids:
        table.note(
            "it does not say how long, or what is over", 'Write last_call = { window = "24h", forbids = ["withdraw"] }.'
        )
        return None
    return LastCall(window, forbids)


def _variation(table: Table | None) -> Variation | None:
    if not table:
        return None
    by, upto, not_within = table.name("by"), table.duration("upto"), table.duration("not_within")
    table.end()
    if not by or not upto:
        table.note("it does not say who may, or how far", 'Write vary = { by = "committee", upto = "1w" }.')
        return None
    return Variation(by, upto, not_within)


def _steps(table: Table, key: str) -> tuple[Step, ...]:
    read = [_step(table, key, index, one) for index, one in enumerate(table.texts(key))]
    return tuple(one for one in read if one)


def _step(table: Table, key: str, index: int, written: str) -> Step | None:
    doing, _, what = written.partition(":")
    if doing in set(kinds.Doing) and what:
        return Step(kinds.Doing(doing), what)
    cure = 'Write "freeze:draft", "snapshot:members", "publish:final_pack" or "rule:admission".'
    table.note(f'"{written}" is nothing that can happen by itself', cure, key, index)
    return None
