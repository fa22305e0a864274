"""Members second the exact text they were shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request, url_for

from amendments.seconding import MayNotSecond, NoDecision, Standing
from members.permissions import Permission
from services import clock, seconding
from services.timing import StageClosed
from store.bodies import Decision
from web.access import current_member, requires
from web.drafting import shown
from web.drafting_forms import BodySecondForm

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("seconding", __name__)


@blueprint.post("/amendments/<int:number>/second")
@requires(Permission.SECOND)
def second(number: int) -> ResponseReturnValue:
    """Second; what stands in the way is said beside the button, under the text as it now is."""
    try:
        reached = seconding.second(current_member(), number, request.form.get("digest", ""), clock.now())
    except (MayNotSecond, StageClosed) as refusal:
        return shown(number, refusal=str(refusal)), 409
    flash(thanks(number, reached), "success")
    return redirect(url_for("drafting.amendment", number=number), code=303)


def thanks(number: int, reached: Standing) -> str:
    """What a seconder is told: that it counts, and what it did."""
    if reached.met:
        return f"You have seconded A{number}. It has the seconders it needs and goes to the drafting committee."
    return f"You have seconded A{number}. It is now seconded by {reached.sentence}."


@blueprint.post("/amendments/<int:number>/second-for-body")
@requires(Permission.SECOND)
def second_for_body(number: int) -> ResponseReturnValue:
    """An officer enters that the branch or body has decided to second; what is wrong is said beside the form."""
    form, member = BodySecondForm(), current_member()
    kind, name = seconding.office(member) or ("branch", "")
    decided = form.decided.data
    if decided is None:
        said = "Enter the day on which the meeting decided, as day, month and year."
        return shown(number, undecided=said, decision=form), 422
    decision = Decision(kind, name, decided, (form.minute.data or "").strip())
    try:
        reached = seconding.second_for_body(member, number, request.form.get("digest", ""), decision, clock.now())
    except (MayNotSecond, StageClosed) as refusal:
        return shown(number, undecided=str(refusal), decision=form), 422 if isinstance(refusal, NoDecision) else 409
    flash(f"{name} has seconded A{number}. It is now seconded by {reached.sentence}.", "success")
    return redirect(url_for("drafting.amendment", number=number), code=303)
