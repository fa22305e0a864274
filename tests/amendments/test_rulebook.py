"""The rules of a process read from TOML."""

from __future__ import annotations

import pytest

from amendments.rulebook import BadRulebook, Rulebook, parse


def test_a_name_is_enough() -> None:
    assert parse('[process]\nname = "Rule changes"') == Rulebook("Rule changes")


def test_every_rule_can_be_set() -> None:
    rules = parse(
        '[process]\nname = " Rule changes "\n[seconding]\ncount = 20\n'
        "[form]\ntitle_words = 8\nreason_words = 100\ntext_chars = 9000\n"
    )
    assert rules == Rulebook("Rule changes", 20, 8, 100, 9000)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[process", "not valid TOML"),
        ("", "need a name"),
        ("process = 1", "need a name"),
        ('[process]\nname = "  "', "need a name"),
        ('[process]\nname = "X"\ncolour = "red"', r"\[process\] has unknown keys: colour"),
        ('seconding = 5\n[process]\nname = "X"', r"\[seconding\] is not a table"),
        ('[process]\nname = "X"\n[seconding]\ncuont = 5', r"no \[seconding\] cuont"),
        ('[process]\nname = "X"\n[seconding]\ncount = -1', r"\[seconding\] count must be a whole number of at least 0"),
        ('[process]\nname = "X"\n[seconding]\ncount = true', "whole number"),
        ('[process]\nname = "X"\n[seconding]\ncount = 2.5', "whole number"),
    ],
)
def test_what_cannot_be_read_is_named(toml: str, said: str) -> None:
    with pytest.raises(BadRulebook, match=said):
        parse(toml)
