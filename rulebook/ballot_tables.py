"""What a rulebook says of deciding: thresholds, quorums, ballots, protected clauses, coming into force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rulebook import kinds
from rulebook.formula import share_of
from rulebook.rules import MEMBERS, Adoption, Ballot, Editorial, Override, Protection, Quorum, Registration, Threshold
from rulebook.stage_tables import identity, spoken, unique
from rulebook.table import Table, listed
from rulebook.when import When


def threshold(within: Table, key: str) -> Threshold | None:
    """``pass = { ratio = "2/3", base = "cast", strict = false }``: the base must be named, nothing is "two thirds"."""
    table = within.table(key)
    if not table:
        return None
    share = table.share("ratio")
    base = table.choice("base", kinds.Counted, kinds.Counted.CAST)
    strict = table.flag("strict", default=True)
    table.end()
    if "base" not in table:
        wanted = listed(kinds.Counted)
        table.note("it does not say of what", f"Write base = ... with one of {wanted}.")
    if "ratio" not in table:
        table.note("it does not say how much", 'Write ratio = "1/2", or another share.')
    if share == 1 and base is kinds.Counted.VERSUS_DEFAULT:
        table.note("the default option must be able to win", 'Write a ratio such as "3:1".', "ratio")
    elif share == 1 and strict:
        table.note("nothing is more than the whole", "Write strict = false, or a smaller ratio.", "ratio")
    return Threshold(share or Threshold().share, base, strict)


def protections(top: Table) -> tuple[Protection, ...]:
    """[[protect]]: clauses with rules of their own."""
    return tuple(_protection(one) for one in top.tables("protect"))


def ballots(top: Table) -> tuple[Ballot, ...]:
    """[[ballot]]: in order. One that names no stage is held in the only stage that allows voting."""
    found: list[Ballot] = []
    for table in top.tables("ballot"):
        one = _ballot(table, _voting(top))
        unique(table, one.id, [each.id for each in found])
        found += [one] if one.id else []
    return tuple(found)


def adoption(top: Table, held: Sequence[Ballot]) -> Adoption:
    """[adoption]: every ballot is required, in order, unless the rulebook says which."""
    table = top.table("adoption")
    # A priority ballot chooses what is put; it adopts nothing.
    chosen = top.values.get("selection")
    choosing = chosen.get("ballot") if isinstance(chosen, dict) else None
    required = tuple(one.id for one in held if one.id != choosing)
    if not table:
        return Adoption(required)
    found = Adoption(
        table.names("requires", required),
        _in_force(table),
        table.flag("provisos", default=False),
        _registration(table.table("registration")),
        _editorial(table.table("editorial")),
        table.choice("renumber", kinds.Numbering, kinds.Numbering.AUTOMATIC),
        table.text("certified_by"),
    )
    table.end()
    return found


def _voting(top: Table) -> str:
    rows = top.values.get("stage")
    voting = [one for one in rows if isinstance(one, dict) and _votes(one)] if isinstance(rows, list) else []
    name = voting[0].get("id") if len(voting) == 1 else None
    return name if isinstance(name, str) else ""


def _votes(stage: dict[str, object]) -> bool:
    allowed = stage.get("allows")
    return isinstance(allowed, list) and kinds.Act.VOTE.value in allowed


def _ballot(table: Table, voting: str) -> Ballot:
    name, people = identity(table), table.names("electorates", (MEMBERS,))
    passes = threshold(table, "pass") or Threshold()
    found = Ballot(
        name,
        table.text("label", spoken(name)),
        table.name("stage", voting),
        people,
        table.choice("unit", kinds.BallotUnit, kinds.BallotUnit.ITEM),
        table.choice("kind", kinds.BallotKind, kinds.BallotKind.YES_NO),
        table.choice("method", kinds.Method, kinds.Method.SCHULZE),
        table.text("default_option"),
        table.maybe_count("slots"),
        passes,
        table.choice("combine", kinds.Combining, kinds.Combining.WEIGHTED),
        _quorum(table.table("quorum"), people),
    )
    found = replace(
        found,
        if_quorum_fails=table.choice("if_quorum_fails", kinds.QuorumFails, kinds.QuorumFails.FAIL),
        repeats=table.count("repeats", 1, 1),
        secrecy=table.choice("secrecy", kinds.Secrecy, kinds.Secrecy.SECRET_VERIFIABLE),
        changeable=table.flag("changeable", default=True),
        casting_vote=table.text("casting_vote"),
        overrides=tuple(_override(one, passes, people) for one in table.tables("override")),
    )
    table.end()
    return found


def _quorum(table: Table | None, people: Sequence[str]) -> Quorum | None:
    if not table:
        return None
    count, fraction = table.formula("count"), table.share("fraction")
    of = table.name("of", people[0] if people else MEMBERS)
    kind = table.choice("kind", kinds.QuorumKind, kinds.QuorumKind.TURNOUT)
    strict = table.flag("strict", default=False)
    table.end()
    if ("count" in table) == ("fraction" in table):
        table.note("it must have either a count or a fraction", 'Write fraction = "1/3", or count = 50.')
    wanted = share_of(fraction, of) if fraction else count
    return Quorum(wanted, kind, strict) if wanted else None


def _override(table: Table, usual: Threshold, people: Sequence[str]) -> Override:
    found = Override(table.name("when"), threshold(table, "pass") or usual, _quorum(table.table("quorum"), people))
    table.end()
    return found


def _protection(table: Table) -> Protection:
    found = Protection(
        table.texts("clauses"), threshold(table, "pass"), table.texts("consent_of"), table.duration("notice")
    )
    table.end()
    if not found.clauses:
        table.note("it names no clause", 'Write clauses = ["1.2", "15.1"].')
    return found


def _in_force(table: Table) -> kinds.InForce | When:
    if table.values.get("in_force") in set(kinds.InForce):
        return table.choice("in_force", kinds.InForce, kinds.InForce.DECLARATION)
    return table.moment("in_force") or kinds.InForce.DECLARATION


def _registration(table: Table | None) -> Registration | None:
    if not table:
        return None
    found = Registration(table.text("with"), table.duration("within"))
    table.end()
    if "with" not in table:
        table.note("it does not say with whom", 'Write registration = { with = "the registrar", within = "15d" }.')
    return found


def _editorial(table: Table | None) -> Editorial | None:
    if not table:
        return None
    found = Editorial(table.name("by"), table.duration("objection"))
    table.end()
    if "by" not in table:
        table.note("it does not say by whom", 'Write editorial = { by = "committee", objection = "7d" }.')
    return found
