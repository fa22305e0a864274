from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from constitution.order import longest_rising


@given(st.lists(st.integers(0, 30), unique=True))
def test_the_longest_rising_run_rises(values):
    run = [values[n] for n in longest_rising(values)]
    assert run == sorted(run)
    assert bool(run) == bool(values)


@given(st.lists(st.integers(0, 9), unique=True, max_size=7))
def test_no_longer_run_rises(values):
    longer = len(longest_rising(values)) + 1
    assert not any(list(run) == sorted(run) for run in combinations(values, longer))
