"""Every share of every electorate up to two thousand: whole numbers decide as fractions do."""

from fractions import Fraction
from itertools import product

import pytest

from rulebook.kinds import Counted
from rulebook.rules import Threshold
from rulebook.threshold import Counts, passes

SHARES = [Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(3, 5), Fraction(1, 3), Fraction(3, 10)]


def carried(share, yes, of, *, strict):
    """As the rule is written: the votes in favour against a share of all."""
    reached = Fraction(yes, of)
    return yes > 0 and (reached > share if strict else reached >= share)


@pytest.mark.thorough
@pytest.mark.parametrize(("share", "strict"), list(product(SHARES, (True, False))))
def test_the_least_that_carries_is_the_fraction_for_every_electorate_up_to_2000(share, strict):
    differing = []
    for voters in range(1, 2001):
        edge = int(share * voters)
        for yes in {0, 1, voters, *(one for one in (edge - 1, edge, edge + 1) if 0 <= one <= voters)}:
            for base, counts in (
                (Counted.CAST, Counts(yes, voters - yes)),
                (Counted.ELIGIBLE, Counts(yes, 0, eligible=voters)),
            ):
                if passes(Threshold(share, base, strict), counts).met != carried(share, yes, voters, strict=strict):
                    differing.append((voters, yes, base))
    assert differing == []


@pytest.mark.parametrize(("share", "strict"), list(product(SHARES[:3], (True, False))))
def test_every_count_of_every_small_electorate_decides_as_the_fraction_does(share, strict):
    threshold = Threshold(share, Counted.CAST, strict)
    for voters in range(1, 91):
        for yes in range(voters + 1):
            assert passes(threshold, Counts(yes, voters - yes)).met == carried(share, yes, voters, strict=strict)
