"""Numbers said in words and in figures."""

from __future__ import annotations

import pytest

from amendments.figures import disagreements


@pytest.mark.parametrize(
    "text",
    [
        "sixteen (16) members, 14 (fourteen) days, twenty-one (21), twenty one (21), zero (0)",
        "one hundred (100), a hundred and five (105), nine hundred ninety-nine (999), twenty (20)",
        "two thirds (2/3), three quarters (3/4), one half (1/2), half (1/2)",
        "sechzehn (16), 21 (einundzwanzig), einhundertfünf (105), hundertzwanzig (120), dreißig (30)",
        "zwei Drittel (2/3), ein Viertel (1/4), die Hälfte (1/2)",
        "one thousand and sixteen (16), a hundred thousand (5), 1,016 (sixteen), clause 4 (members), rule (4), 3.2 (two)",
        "two weeks (14 days), the chair (16), [[x1]] (four)",
        "sixteen [18]",
    ],
)
def test_numbers_that_agree_or_cannot_be_read_are_passed_over(text: str) -> None:
    assert disagreements(text) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("needs sixteen (18) members", ("sixteen (18)",)),
        ("within 14 (fifteen) days of forty-two (24)", ("14 (fifteen)", "forty-two (24)")),
        ("two thirds (3/4) and one half (1/0)", ("two thirds (3/4)", "one half (1/0)")),
        ("Zwanzig (30) und einundzwanzig (12)", ("Zwanzig (30)", "einundzwanzig (12)")),
    ],
)
def test_numbers_that_differ_are_found_as_they_stand(text: str, found: tuple[str, ...]) -> None:
    assert disagreements(text) == found
