"""Members second the exact text they were shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request, url_for

from amendments.seconding import MayNotSecond, NoDecision, Standing
from constitution.door import ForbiddenCharacter, TextTooLong
from members.permissions import Permission
from services import clock, revising, seconding
from services.belonging import NotOfTheElectorate
from services.revising import NothingToObjectTo
from services.timing import StageClosed
from store.bodies import Decision
from web.access import current_member, requires
from web.drafting import shown
from web.drafting_forms import BodySecondForm, ReasonForm

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask.typing import ResponseReturnValue

    from store.members import Member

blueprint = Blueprint("seconding", __name__)


@blueprint.post("/amendments/<int:number>/second")
@requires(Permission.SECOND)
def second(number: int) -> ResponseReturnValue:
    """Second."""
    return _pressed(number, lambda *pressed: thanks(number, seconding.second(*pressed)))


@blueprint.post("/amendments/<int:number>/take-back-second")
@requires(Permission.SECOND)
def take_back(number: int) -> ResponseReturnValue:
    """Take one's second back."""
    said = f"You have taken your second of A{number} back. It is now seconded by {{}}."
    return _pressed(number, lambda *pressed: said.format(seconding.take_back(*pressed).sentence))


@blueprint.post("/amendments/<int:number>/leave")
@requires(Permission.SECOND)
def leave(number: int) -> ResponseReturnValue:
    """Answer that the new text has no support of one's own."""
    said = f"You do not second the new text of A{number}. You are not asked again unless it changes."
    return _pressed(number, lambda *pressed: seconding.leave(*pressed) or said)


def _pressed(number: int, act: Callable[[Member, int, str, datetime], str]) -> ResponseReturnValue:
    """Do it to the text that was shown; what stands in the way is said beside the button, under the text as it is."""
    try:
        done = act(current_member(), number, request.form.get("digest", ""), clock.now())
    except (MayNotSecond, StageClosed, NotOfTheElectorate) as refusal:
        return shown(number, refusal=str(refusal)), 409
    flash(done, "success")
    return redirect(url_for("drafting.amendment", number=number), code=303)


@blueprint.post("/amendments/<int:number>/object")
@requires(Permission.SECOND)
def object_to(number: int) -> ResponseReturnValue:
    """A seconder of the former text objects to the new one; without a reason the form comes back."""
    form = ReasonForm(prefix="object-")
    try:
        seen = request.form.get("digest", "")
        revising.object_to(current_member(), number, seen, form.reason.data or "", clock.now())
    except (ForbiddenCharacter, TextTooLong) as refusal:
        return shown(number, objected=str(refusal), objecting=form), 422
    except (MayNotSecond, NothingToObjectTo) as refusal:
        return shown(number, objected=str(refusal), objecting=form), 409
    flash(f"Your objection is published. A{number} has its former text again.", "success")
    return redirect(url_for("drafting.amendment", number=number), code=303)


@blueprint.post("/amendments/<int:number>/accept")
@requires(Permission.PROPOSE)
def accept(number: int) -> ResponseReturnValue:
    """The mover of the amendment that this one amends takes it over."""
    amended = revising.accept(current_member(), number, clock.now())
    flash(f"A{amended.number} has taken A{number} over: it is version {amended.version.n} now.", "success")
    return redirect(url_for("drafting.amendment", number=amended.number), code=303)


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
    flash(f"{name} supports A{number} now. It is seconded by {reached.sentence}.", "success")
    return redirect(url_for("drafting.amendment", number=number), code=303)
