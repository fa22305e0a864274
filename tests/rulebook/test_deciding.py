"""Which rules a decision must meet: its ballot's, those of protected clauses, those that an event brings in."""

from __future__ import annotations

from fractions import Fraction

import pytest

from rulebook.deciding import Required, protections, required
from rulebook.formula import parse as formula
from rulebook.kinds import Counted, QuorumKind
from rulebook.reading import parse
from rulebook.rules import Quorum, Threshold

BOOK = parse("""
[process]
name = "X"
[events]
rejected = "the council has rejected it"
[[stage]]
id = "all"
opens = "2026-01-01"
closes = "2026-02-01"
allows = ["amendment", "second", "vote"]
[[protect]]
clauses = ["1.2", "14"]
pass = { ratio = "3/4", base = "cast", strict = false }
consent_of = ["the regulator"]
[[protect]]
clauses = ["14.4"]
pass = { ratio = "3/4", base = "cast", strict = false }
consent_of = ["the regulator", "the founder"]
[[protect]]
clauses = ["9"]
consent_of = []
[[ballot]]
id = "final"
quorum = { count = 50 }
[[ballot.override]]
when = "rejected"
pass = { ratio = "1/2", base = "valid" }
quorum = { kind = "approval", fraction = "3/10" }
""")
BALLOT = BOOK.ballots[0]
FIFTY = Quorum(formula("50"))
THREE_QUARTERS = Threshold(Fraction(3, 4), Counted.CAST, strict=False)


def test_an_ordinary_clause_meets_the_rule_of_the_ballot():
    assert required(BOOK, BALLOT, ["2.1"]) == Required((Threshold(),), (FIFTY,), ())


def test_a_protected_clause_meets_its_own_rule_besides():
    assert required(BOOK, BALLOT, ["2.1", "1.2(3)"]) == Required(
        (Threshold(), THREE_QUARTERS), (FIFTY,), ("the regulator",)
    )


def test_rules_and_consents_are_named_once():
    found = required(BOOK, BALLOT, ["14.4"])
    assert found == Required((Threshold(), THREE_QUARTERS), (FIFTY,), ("the regulator", "the founder"))


def test_an_event_brings_its_own_threshold_and_a_quorum_besides():
    found = required(BOOK, BALLOT, ["9.1"], {"rejected"})
    three_tenths = Quorum(formula("N(members) * 3 / 10"), QuorumKind.APPROVAL)
    assert found == Required((Threshold(Fraction(1, 2), Counted.VALID),), (FIFTY, three_tenths), ())


@pytest.mark.parametrize(
    ("label", "covered"),
    [
        ("1.2", 1),
        ("1.2(1)", 1),
        ("1.2.3", 1),
        ("1.23", 0),
        ("1.2a", 0),
        ("1", 0),
        ("11.2", 0),
        ("14.4(2)", 2),
        ("14", 1),
    ],
)
def test_a_protection_covers_a_clause_and_all_below_it(label, covered):
    assert len(protections(BOOK, [label])) == covered
