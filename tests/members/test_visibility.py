"""Names of movers and seconders are for members, unless they chose otherwise."""

import pytest

from members.permissions import Role
from members.visibility import is_member, shown_name
from store.members import Member


def rosa(**given):
    return Member(
        1,
        "m-10432",
        "Rosa Lindgren",
        "rosa@example.org",
        **({"branch": "Fen", "body": "", "roles": frozenset()} | given),
    )


def test_a_member_sees_the_name():
    assert shown_name(rosa(), True) == "Rosa Lindgren"


@pytest.mark.parametrize(
    ("branch", "shown"),
    [
        ("Fen", "A member of the Fen branch"),
        ("Fen Branch", "A member of the Fen Branch"),
        ("The Fen", "A member of The Fen branch"),
        ("", "A member"),
    ],
)
def test_others_see_only_the_branch(branch, shown):
    assert shown_name(rosa(branch=branch), False) == shown


def test_whoever_chose_to_be_seen_by_all_is():
    assert shown_name(rosa(visible_to="all"), False) == "Rosa Lindgren"


@pytest.mark.parametrize("viewer", [True, False])
def test_who_was_erased_has_no_name_for_anybody(viewer):
    assert shown_name(rosa(standing="erased", visible_to="all"), viewer) == "A former member"


@pytest.mark.parametrize("role", [*Role, "king"])
def test_everybody_but_the_public_is_a_member(role):
    assert is_member({role}) == (role not in {Role.READER, "king"})
    assert not is_member(set())
