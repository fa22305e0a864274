"""What may be ruled after what, and what follows from it."""

from itertools import product

import pytest

from amendments.rulings import BECOMES, TAKEN, Admission, MayNotRule, Outcome, check, standing
from amendments.states import State, may_become

IN, CHANGES, OUT = Outcome

# Where a seconded amendment stands: by the last ruling on its text, whether that was overturned, and whether time is up.
STANDS = {
    (None, False, False): Admission.WAITS, (None, False, True): Admission.SILENT,
    (IN, False, False): Admission.IN_ORDER, (IN, False, True): Admission.IN_ORDER,
    (CHANGES, False, False): Admission.CHANGES, (CHANGES, False, True): Admission.CHANGES,
    (OUT, True, False): Admission.IN_ORDER, (OUT, True, True): Admission.IN_ORDER,
}  # fmt: skip
MAY = {Admission.WAITS: {IN, CHANGES, OUT}, Admission.CHANGES: {CHANGES, OUT}, Admission.EARLY: {OUT}}


@pytest.mark.parametrize(("case", "expected"), STANDS.items())
def test_silence_admits_only_what_was_not_ruled_on(case, expected):
    last, overturned, silent = case
    assert standing(State.SECONDED, last, overturned=overturned, silent=silent) is expected


def test_the_state_goes_before_rulings():
    for last, silent in product((None, *Outcome), (False, True)):
        found = {one: standing(one, last, overturned=False, silent=silent) for one in State}
        assert found.pop(State.SECONDED) in {*TAKEN, Admission.WAITS, Admission.CHANGES}
        assert found.pop(State.SEEKING_SECONDERS) is Admission.EARLY
        assert found.pop(State.ADMITTED) is Admission.IN_ORDER
        assert found.pop(State.REFUSED) is Admission.REFUSED
        assert set(found.values()) == {Admission.OVER}


def test_what_may_be_ruled_is_what_was_written_by_hand_and_leads_to_a_step_that_exists():
    states = {
        Admission.WAITS: State.SECONDED,
        Admission.CHANGES: State.SECONDED,
        Admission.EARLY: State.SEEKING_SECONDERS,
    }
    for now, outcome in product(Admission, Outcome):
        if outcome in MAY.get(now, set()):
            check(now, outcome)
            assert outcome not in BECOMES or may_become(states[now], BECOMES[outcome])
        else:
            with pytest.raises(MayNotRule):
                check(now, outcome)
    with pytest.raises(MayNotRule, match="An appeal has decided"):
        check(Admission.EARLY, OUT, overturned=True)
