"""Finding clauses and amendments. Open to all; who moved what is found only by members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from members.visibility import is_member
from services import finding
from web import addresses
from web.access import current_member, open_to_all

if TYPE_CHECKING:
    from services.finding import Found, Kind

blueprint = Blueprint("finding", __name__)


@blueprint.get("/search")
@open_to_all
def search() -> str:
    """The clauses in force and the amendments that hold what is looked for."""
    return render_template("finding/search.html", found=asked(), by_member=by_member())


def asked(kind: Kind | None = None) -> Found:
    """What the address asks for; a page that is no number is the first."""
    given = {name: request.args.get(name, "") for name in ("state", "clause", "branch")}
    page = request.args.get("page", 1, type=addresses.number)
    return finding.find(request.args.get("q", ""), **given, by_member=by_member(), kind=kind, page=page)


def by_member() -> bool:
    """Whether a member asks, who may know who moved what."""
    member = current_member()
    return member is not None and is_member(member.roles)
