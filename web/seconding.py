"""Members second the exact text they were shown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request, url_for

from amendments.seconding import MayNotSecond, Standing
from members.permissions import Permission
from services import seconding
from web.access import current_member, requires
from web.drafting import shown

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("seconding", __name__)


@blueprint.post("/amendments/<int:number>/second")
@requires(Permission.SECOND)
def second(number: int) -> ResponseReturnValue:
    """Second; what stands in the way is said beside the button, under the text as it now is."""
    try:
        reached = seconding.second(current_member(), number, request.form.get("digest", ""), datetime.now(UTC))
    except MayNotSecond as refusal:
        return shown(number, refusal=str(refusal)), 409
    flash(thanks(number, reached), "success")
    return redirect(url_for("drafting.amendment", number=number), code=303)


def thanks(number: int, reached: Standing) -> str:
    """What a seconder is told: that it counts, and what it did."""
    if reached.met:
        return f"You have seconded A{number}. It has the seconders it needs and goes to the drafting committee."
    return f"You have seconded A{number}. It has {reached.count} of the {reached.needed} seconders it needs."
