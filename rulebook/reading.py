"""A rulebook from its TOML: every table read by what it may hold, and everything that is wrong told at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache

from rulebook import ballot_tables, instrument_tables, stage_tables
from rulebook.checking import check
from rulebook.lines import Path, line, lines, place
from rulebook.problem import BadRulebook, Problem
from rulebook.rules import Form, Route, Rulebook
from rulebook.table import Inexact, Notes, Table

__all__ = ["BadRulebook", "Rulebook", "parse"]

LONGEST = 100_000
_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@lru_cache(maxsize=8)  # of a value that nobody can change: a page asks for the rules several times
def parse(toml: str) -> Rulebook:
    """Read and check a rulebook; raises BadRulebook with every problem there is.

    The shortest is a name, and what it leaves out holds as ``rulebook.rules`` has it::

        [process]
        name = "Rule changes"
        [seconding]
        count = 5
        [form]
        title_words = 20
        reason_words = 500
        text_chars = 50000
    """
    tables = _tables(toml)
    notes = Notes()
    found = _rulebook(Table(tables, (), notes))
    known = {path for path, _, _ in notes.found}
    # A place that cannot be read is told of once: what follows from its default would only puzzle.
    notes.found.extend(one for one in check(found, tables) if one[0] not in known)
    if notes.found:
        raise BadRulebook(_problems(notes, lines(toml), tables))
    return found


def _tables(toml: str) -> dict[str, object]:
    if len(toml) > LONGEST:
        raise BadRulebook([Problem(1, place((), {}), f"it has more than {LONGEST:,} characters", "Make it shorter.")])
    try:
        return tomllib.loads(toml, parse_float=Inexact)
    except ValueError as error:  # a TOMLDecodeError, or a number of thousands of digits
        raise BadRulebook([_not_toml(str(error), toml)]) from error
    except RecursionError as error:
        problem = Problem(1, place((), {}), "its brackets are too deep", "Write tables of their own.")
        raise BadRulebook([problem]) from error


def _not_toml(message: str, toml: str) -> Problem:
    found = _AT.search(message)
    where = int(found[1]) if found and found[1] else toml.rstrip().count("\n") + 1
    said = _AT.sub("", message)
    cure = "TOML has tables in brackets and lines such as key = value, with texts in quotation marks."
    return Problem(where, place((), {}), f"it is not valid TOML ({said})", cure)


def _problems(notes: Notes, found: Mapping[Path, int], tables: Mapping[str, object]) -> list[Problem]:
    return [Problem(line(found, path), place(path, tables), message, cure) for path, message, cure in notes.found]


def _rulebook(top: Table) -> Rulebook:
    form, standard = instrument_tables.form(top.table("form"), Form()), instrument_tables.routes(top, (Route(),))
    ballots = ballot_tables.ballots(top)
    found = Rulebook(
        process=stage_tables.process(top),
        form=form,
        routes=standard,
        electorates=stage_tables.electorates(top),
        variables=stage_tables.variables(top),
        events=stage_tables.events(top),
        stages=stage_tables.stages(top),
        instruments=instrument_tables.instruments(top, form, standard),
        admission=instrument_tables.admission(top),
        selection=instrument_tables.selection(top),
        compositing=instrument_tables.compositing(top),
        conflict=instrument_tables.conflict(top),
        moratorium=instrument_tables.moratorium(top),
        protections=ballot_tables.protections(top),
        ballots=ballots,
        adoption=ballot_tables.adoption(top, ballots),
        packs=stage_tables.packs(top),
    )
    top.end()
    return found
