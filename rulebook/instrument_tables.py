"""What a rulebook says of bringing something in: instruments, seconding, admission, merging, contradictions."""

from __future__ import annotations

from rulebook import kinds
from rulebook.ballot_tables import threshold
from rulebook.formula import Formula, number, share_of
from rulebook.rules import (
    MEMBERS,
    Admission,
    Appeal,
    Challenge,
    Compositing,
    Conflict,
    Editing,
    Form,
    Instrument,
    Moratorium,
    Route,
    Selection,
    Spread,
    Subquota,
    Threshold,
    Withdrawal,
)
from rulebook.stage_tables import spoken
from rulebook.table import Table

DEFAULT = "amendment"


def form(table: Table | None, standard: Form) -> Form:
    """[form]: how long the parts may be; what is not given is as in ``standard``."""
    if not table:
        return standard
    found = Form(
        table.count("title_words", standard.title_words, 1),
        table.count("reason_words", standard.reason_words, 1),
        table.count("text_chars", standard.text_chars, 100),
        table.choice("reason", kinds.Need, standard.reason),
    )
    table.end()
    return found


def routes(within: Table, standard: tuple[Route, ...]) -> tuple[Route, ...]:
    """[seconding] or [[seconding]]: any one route is enough; an empty list asks for no seconders."""
    rows = within.tables("seconding")
    return tuple(_route(one) for one in rows) if "seconding" in within else standard


def instruments(top: Table, usual: Form, standard: tuple[Route, ...]) -> dict[str, Instrument]:
    """[instrument.x]: by id. A rulebook that names none has amendments."""
    table = top.table("instrument")
    found = {name: _instrument(name, one, usual, standard) for name, one in table.inner()} if table else {}
    return found or {DEFAULT: Instrument(DEFAULT, DEFAULT, form=usual, seconding=standard)}


def admission(top: Table) -> Admission:
    """[admission]: nobody rules unless the rulebook says who."""
    table = top.table("admission")
    if not table:
        return Admission()
    found = Admission(
        table.name("by"),
        table.choice("mode", kinds.Mode, kinds.Mode.MAJORITY),
        table.choices("grounds", kinds.Ground),
        table.choice("reasons", kinds.Need, kinds.Need.REQUIRED),
        table.duration("silence_admits"),
        table.choice("may_edit", kinds.MayEdit, kinds.MayEdit.NONE),
        table.flag("publish_refused", default=True),
        _appeal(table.table("appeal")),
    )
    table.end()
    return found


def selection(top: Table) -> Selection:
    """[selection]: all is taken, in order, unless the rulebook says otherwise."""
    table = top.table("selection")
    if not table:
        return Selection()
    found = Selection(
        table.choice("mode", kinds.Selecting, kinds.Selecting.ALL_IN_ORDER),
        table.maybe_count("slots"),
        table.name("ballot"),
        table.name("override_by"),
    )
    table.end()
    return found


def compositing(top: Table) -> Compositing:
    """[compositing]: nobody makes one text of several unless the rulebook says who."""
    table = top.table("compositing")
    if not table:
        return Compositing()
    found = Compositing(
        table.name("by"),
        table.choice("consent", kinds.Consent, kinds.Consent.MOVERS),
        table.flag("keep_originals", default=True),
        table.duration("window"),
    )
    table.end()
    return found


def conflict(top: Table) -> Conflict:
    """[conflict]: what contradicts is put as alternatives unless the rulebook says otherwise."""
    table = top.table("conflict")
    if not table:
        return Conflict()
    found = Conflict(
        table.choice("resolve", kinds.Resolve, kinds.Resolve.ALTERNATIVES),
        table.choice("order", kinds.Order, kinds.Order.TEXT),
        _challenge(table.table("challenge")),
        table.flag("packages", default=False),
    )
    table.end()
    return found


def moratorium(top: Table) -> Moratorium | None:
    """[moratorium]: none unless the rulebook says for how many years."""
    table = top.table("moratorium")
    if not table:
        return None
    found = Moratorium(
        table.count("years", 1, 1),
        table.choice("scope", kinds.Sameness, kinds.Sameness.SAME_CLAUSE),
        table.name("waived_by"),
    )
    table.end()
    return found


def _instrument(name: str, table: Table, usual: Form, standard: tuple[Route, ...]) -> Instrument:
    found = Instrument(
        name,
        table.text("label", spoken(name)),
        table.names("proposers", (kinds.Proposer.MEMBER.value,)),
        table.names("exempt"),
        table.maybe_count("limit"),
        _depth(table),
        table.choice("relation", kinds.Relation, kinds.Relation.MODIFIES),
        table.choice("scope", kinds.Scope, kinds.Scope.OPEN),
        form(table.table("form"), usual),
        routes(table, standard),
        _editing(table.table("edit")),
        _withdrawal(table.table("withdraw")),
        table.duration("expires"),
    )
    table.end()
    return found


def _depth(table: Table) -> int:
    depth = table.count("depth", 0)
    if depth > 2:  # noqa: PLR2004 (an amendment to an amendment to an amendment)
        table.note(
            f"an amendment may be amended, and that amendment once more, but not {depth} times over",
            "Write a depth of 0, 1 (an amendment to a proposal) or 2 (an amendment to that).",
            "depth",
        )
    return depth


def _route(table: Table) -> Route:
    source = table.name("from", MEMBERS)
    one = kinds.Proposer.BRANCH, kinds.Proposer.BODY
    found = Route(
        source,
        _needed(table, source, number(1 if source in one else 5)),
        table.maybe_count("min"),
        table.maybe_count("max"),
        _spread(table.table("spread")),
        _subquota(table.table("subquota")),
        table.moment("standing_at"),
        table.flag("minute_required", default=False),
    )
    table.end()
    return found


def _needed(table: Table, source: str, usual: Formula) -> Formula:
    """How many: ``count`` as a number or formula, or a ``fraction`` of an electorate."""
    count, fraction, of = table.formula("count"), table.share("fraction"), table.name("of", source)
    if "count" in table and "fraction" in table:
        table.note("it has both a count and a fraction", 'Take one out, or write count = "max(20, N(members) / 20)".')
    if fraction:
        return share_of(fraction, of)
    return count or usual


def _spread(table: Table | None) -> Spread | None:
    if not table:
        return None
    found = Spread(table.name("by", "branch"), table.count("groups", 1, 1), table.share("max_share"))
    table.end()
    return found


def _subquota(table: Table | None) -> Subquota | None:
    if not table:
        return None
    attribute, value, count = table.name("attribute"), table.text("value"), table.maybe_count("count")
    table.end()
    if not attribute or not value or not count:
        table.note("it is not complete", 'Write subquota = { attribute = "gender", value = "woman", count = 10 }.')
        return None
    return Subquota(attribute, value, count)


def _editing(table: Table | None) -> Editing:
    if not table:
        return Editing()
    by = table.choice("by", kinds.Editor, kinds.Editor.PROPOSER)
    veto = table.choice("veto", kinds.Objector, kinds.Objector.NOBODY)
    within = table.duration("within")
    table.end()
    if (veto is kinds.Objector.NOBODY) != (within is None):
        table.note("a veto needs a time, and a time a veto", 'Write edit = { veto = "any_seconder", within = "24h" }.')
    return Editing(by, veto, within)


def _withdrawal(table: Table | None) -> Withdrawal:
    if not table:
        return Withdrawal()
    found = Withdrawal(table.moment("until"), table.duration("adoption_window"))
    table.end()
    return found


def _appeal(table: Table | None) -> Appeal | None:
    if not table:
        return None
    to, window = table.name("to"), table.duration("window")
    passes, before = threshold(table, "pass") or Threshold(), table.moment("must_end_before")
    table.end()
    if not to or not window:
        table.note("it does not say to whom, or how long", 'Write appeal = { to = "conference", window = "7d" }.')
        return None
    return Appeal(to, window, passes, before)


def _challenge(table: Table | None) -> Challenge | None:
    if not table:
        return None
    by, passes = table.name("by"), threshold(table, "pass") or Threshold()
    table.end()
    if not by:
        table.note("it does not say by whom", 'Write challenge = { by = "conference" }.')
        return None
    return Challenge(by, passes)
