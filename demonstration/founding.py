"""What the Footpath Union began with: its name, its rules of process and its founding edition."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from constitution.clause import Constitution
from constitution.markup import parse
from constitution.numbering import number
from constitution.references import bind

ORGANISATION = "The Footpath Union"
CONSTITUTION = Path(__file__).with_name("constitution.md")
RULEBOOK = Path(__file__).parents[1] / "rulebooks" / "footpath-union.toml"
INVITATION = "invitation"  # the event of the rulebook from which its stages are counted


@cache
def rulebook() -> str:
    """The rules of its process (TOML): two routes for seconders, four stages, two committees."""
    return RULEBOOK.read_text(encoding="utf-8")


@cache
def first_rulebook() -> str:
    """The rules of the first rounds, before there was a ballot: what the committee declares adopted is in force."""
    before, _, after = rulebook().partition("[[ballot]]")
    return before + after[after.index("[[pack]]") :]


@cache
def founding() -> Constitution:
    """The founding edition, its references bound."""
    return bind(parse(CONSTITUTION.read_text(encoding="utf-8")))


@cache
def founding_ids() -> dict[str, str]:
    """The id of each clause by the label it has in the founding edition."""
    return {label: clause for clause, label in number(founding()).items()}
