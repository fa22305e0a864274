"""What if these were carried? Open to all; the address says everything, so it can be shared."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from services import what_if
from web import addresses
from web.access import open_to_all

blueprint = Blueprint("what_if", __name__)


@blueprint.get("/what-if")
@open_to_all
def page() -> str:
    """Tick amendments, see the constitution that would result."""
    q, clause = (request.args.get(one, "").strip() for one in ("q", "clause"))
    found = what_if.page(request.args.getlist("a", type=addresses.number), q, clause)
    return render_template("what_if/what_if.html", page=found, q=q, clause=clause, view=request.args.get("view"))
