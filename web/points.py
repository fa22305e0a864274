"""Members discuss an amendment beside it; moderators hide a point, or show it again, on the point's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for

from amendments.points import LONGEST, DiscussionClosed, IsHidden, NoReasonGiven, NoSide, NotSaid
from constitution.door import ForbiddenCharacter, TextTooLong
from members.permissions import Permission
from services import clock, points
from services.timing import StageClosed
from web.access import current_member, may, open_to_all, requires
from web.drafting import SIGNED_OUT, STALE, shown
from web.point_forms import JudgementForm, PointForm

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask.blueprints import BlueprintSetupState
    from flask.typing import ResponseReturnValue

    from store.amendments import Amendment
    from store.members import Member

    Judge = Callable[[Member | None, int, int, str, datetime], None]

blueprint = Blueprint("points", __name__)


@blueprint.post("/amendments/<int:number>/points")
@open_to_all
def say(number: int) -> ResponseReturnValue:
    """Make a point or change one's own.

    Open to all, and asking for the token of the form here: a member whose session ended while writing must get the
    words back, not a page that says no.
    """
    form = PointForm()
    if not may(Permission.COMMENT):
        return _back(number, form, SIGNED_OUT), 403
    if form.stale():
        return _back(number, form, STALE), 400
    try:
        said = points.say(current_member(), number, form.side.data or "", form.text.data or "", clock.now())
    except (NotSaid, TextTooLong, ForbiddenCharacter) as refusal:
        field = form.side if isinstance(refusal, NoSide) else form.text
        field.errors = (str(refusal),)
        return _back(number, form), 422
    except (DiscussionClosed, StageClosed, IsHidden) as refusal:
        return _back(number, form, str(refusal)), 409
    flash("Your point is published below." if said.texts == 1 else "Your point is published as it is now.", "success")
    return redirect(url_for("drafting.amendment", number=number, _anchor=f"point-{said.id}"), code=303)


@blueprint.get("/amendments/<int:number>/points/<int:point>")
@open_to_all
def show(number: int, point: int) -> str:
    """A point, and everything it has said."""
    return _page(number, point, JudgementForm(formdata=None))


@blueprint.post("/amendments/<int:number>/points/<int:point>/hide")
@requires(Permission.ADMINISTER)
def hide(number: int, point: int) -> ResponseReturnValue:
    """A moderator hides a point, with a reason."""
    return _judged(
        points.hide, number, point, f"The point is hidden from everybody. A{number} says so, with the reason."
    )


@blueprint.post("/amendments/<int:number>/points/<int:point>/show")
@requires(Permission.ADMINISTER)
def show_again(number: int, point: int) -> ResponseReturnValue:
    """A moderator shows a hidden point again, with a reason."""
    return _judged(points.show, number, point, "The point is shown again.")


@blueprint.app_context_processor
def _words() -> dict[str, object]:
    return {"discussion_of": _discussion, "point_form": PointForm.of, "POINT_WORDS": LONGEST}


def _discussion(amendment: Amendment) -> points.Discussion:
    return points.discussion(amendment, current_member(), clock.now())


def _back(number: int, form: PointForm, refusal: str = "") -> str:
    """The page of the amendment with the form as it was sent."""
    return shown(number, sent=form, unsaid=refusal)


def _judged(judge: Judge, number: int, point: int, done: str) -> ResponseReturnValue:
    form = JudgementForm()
    try:
        judge(current_member(), number, point, form.reason.data or "", clock.now())
    except (NoReasonGiven, TextTooLong, ForbiddenCharacter) as refusal:
        form.reason.errors = (str(refusal),)
        return _page(number, point, form), 422
    flash(done, "success")
    return redirect(url_for("points.show", number=number, point=point), code=303)


def _page(number: int, point: int, form: JudgementForm) -> str:
    return render_template("drafting/point.html", page=points.page(number, point), form=form)


def _exempt(state: BlueprintSetupState) -> None:
    state.app.extensions["csrf"].exempt(say)


blueprint.record(_exempt)
