import pytest
from trees import clause, renumbered

from constitution.clause import Constitution, Kind, UnknownClause

RULES = renumbered(
    Constitution(
        "Rules",
        (
            clause(
                Kind.SECTION, heading="Name", children=[clause(Kind.PARAGRAPH, text="The club is the Walnut Club.")]
            ),
            clause(
                Kind.SECTION,
                heading="Members",
                children=[
                    clause(
                        Kind.ITEM,
                        text="Anyone may join, see [[x2:own]].",
                        children=[clause(Kind.ITEM, text="Even twice.")],
                    )
                ],
            ),
        ),
    ),
    "x",
)


def test_a_clause_is_found_by_its_id():
    assert RULES["x2"].text == "The club is the Walnut Club."
    assert "x2" in RULES
    assert "y" not in RULES
    assert len(RULES) == 5


def test_a_clause_that_is_not_there_is_named():
    with pytest.raises(UnknownClause, match="'y'") as unknown:
        RULES["y"]
    assert unknown.value.clause_id == "y"


def test_clauses_are_walked_in_the_order_of_the_text():
    assert [one.id for one in RULES.walk()] == ["x1", "x2", "x3", "x4", "x5"]


def test_ancestors_come_outermost_first():
    assert [one.id for one in RULES.ancestors("x5")] == ["x3", "x4"]
    assert RULES.ancestors("x1") == ()


def test_siblings_are_what_lies_directly_below():
    assert [one.id for one in RULES.siblings(None)] == ["x1", "x3"]
    assert [one.id for one in RULES.siblings("x3")] == ["x4"]


def test_references_follow_an_id_that_is_renamed():
    renamed = RULES.renamed({"x2": "q7-1"})
    assert renamed["x4"].text == "Anyone may join, see [[q7-1:own]]."
    assert renamed["q7-1"].text == "The club is the Walnut Club."
    assert renamed.renamed({"q7-1": "x2"}) == RULES


def test_what_lies_below_can_be_left_out():
    def without_items(_, clauses):
        return tuple(one for one in clauses if one.kind is not Kind.ITEM)

    assert [one.id for one in RULES.rebuilt(without_items).walk()] == ["x1", "x2", "x3"]
