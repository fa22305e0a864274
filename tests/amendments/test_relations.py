"""How one amendment is to stand to another."""

from __future__ import annotations

import pytest

from amendments.relations import CannotRelate, Relation, require_relation, sentence

IF_LOST, ALTERNATIVE, COUNTER = Relation.ONLY_IF_LOST, Relation.ALTERNATIVE, Relation.COUNTER


@pytest.mark.parametrize(
    ("relation", "of_other", "said"),
    [
        (ALTERNATIVE, False, "It is an alternative to A7: of the two, at most one can be carried."),
        (ALTERNATIVE, True, "It is an alternative to A7: of the two, at most one can be carried."),
        (COUNTER, False, "It is a counter-proposal to A7."),
        (COUNTER, True, "A7 is a counter-proposal to it."),
        (IF_LOST, False, "It is put only if A7 is lost."),
        (IF_LOST, True, "A7 is put only if this one is lost."),
    ],
)
def test_a_relation_is_said_on_both_pages(relation: Relation, of_other: bool, said: str) -> None:
    assert sentence(relation, "A7", of_other=of_other) == said


@pytest.mark.parametrize("relation", Relation)
def test_nothing_stands_so_to_itself(relation: Relation) -> None:
    with pytest.raises(CannotRelate, match="to itself"):
        require_relation((3, relation, 3), (), mover="rosa", other_mover="rosa")


def test_anybody_may_stand_against_anybodys() -> None:
    for relation in (ALTERNATIVE, COUNTER):
        require_relation((3, relation, 7), ((7, relation, 3),), mover="rosa", other_mover="omar")


def test_only_ones_own_can_be_a_condition() -> None:
    with pytest.raises(CannotRelate, match="A7 is not"):
        require_relation((3, IF_LOST, 7), (), mover="rosa", other_mover="omar")


def test_conditions_may_lean_on_one_another_but_not_in_a_circle() -> None:
    said = ((7, IF_LOST, 8), (8, IF_LOST, 9), (9, ALTERNATIVE, 3))
    require_relation((3, IF_LOST, 7), said, mover="rosa", other_mover="rosa")
    with pytest.raises(CannotRelate, match="neither could ever be put"):
        require_relation((9, IF_LOST, 7), said, mover="rosa", other_mover="rosa")
