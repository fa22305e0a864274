"""The graph of ties as boxes and lines."""

from hypothesis import given
from hypothesis import strategies as st

from amendments.decisions import MUTUAL, Contradiction, Kind, Tie, check
from amendments.drawing import drawn


@given(st.lists(st.builds(Tie, st.integers(1, 8), st.sampled_from(Kind), st.integers(1, 8)), max_size=12), st.randoms())
def test_no_two_boxes_meet_and_what_hangs_stands_to_the_right(ties, chance):
    known = [one for one in dict.fromkeys(ties) if one.amendment != one.other]
    drawing = drawn(known)
    assert {one.number for one in drawing.boxes} == {number for one in known for number in one.key[::2]}
    assert len({(one.x, one.y) for one in drawing.boxes}) == len(drawing.boxes)
    assert all(0 <= one.x < drawing.width and 0 <= one.y < drawing.height for one in drawing.boxes)
    assert {one.tie for one in drawing.lines} == set(known)
    left = {one.number: one.x for one in drawing.boxes}
    hanging = [one for one in known if one.kind not in MUTUAL]
    if _holds(known) and not _ring(hanging):
        assert all(left[one.other] < left[one.amendment] for one in hanging)
    chance.shuffle(known)
    assert drawn(known) == drawing


def test_nothing_is_drawn_of_no_ties():
    assert drawn([]).boxes == ()


def _holds(known):
    try:
        check(known)
    except Contradiction:
        return False
    return True


def _ring(hanging):
    """What needs one another is allowed, and cannot all stand to the right."""
    left = set(hanging)
    while ends := {one for one in left if not any(other.amendment == one.other for other in left)}:
        left -= ends
    return bool(left)
