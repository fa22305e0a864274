"""A member's own page."""

from __future__ import annotations

from flask import Blueprint, render_template

from members.permissions import Permission
from services import mine
from web.access import current_member, requires

blueprint = Blueprint("mine", __name__)


@blueprint.get("/mine")
@requires(Permission.READ)
def page() -> str:
    """What one moved, seconded, said and follows, and what one still has to answer."""
    member = current_member()
    assert member is not None
    return render_template("mine.html", page=mine.page(member))
