"""A composite for those whose amendments it merges: consent to its text; and why it does without other amendments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms import HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.fields import SelectChoice

from constitution.door import ForbiddenCharacter, TextTooLong
from members.permissions import Permission
from services import clock, consent_page, consenting, coverage
from services.consenting import CannotConsent
from services.coverage import CannotLeave
from services.timing import StageClosed
from web.access import current_member, open_to_all, requires
from web.forms import Form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("consenting", __name__)


class ConsentForm(Form):
    """Whether one agrees, to which text, and why not."""

    digest = HiddenField()
    answer = RadioField(
        "Your answer",
        choices=[SelectChoice("yes", "I agree to this text"), SelectChoice("no", "I object to this text")],
        validate_choice=False,
    )
    reason = TextAreaField("Reason")


class LeaveForm(Form):
    """The amendments that the draft does without, and why."""

    amendments = SelectMultipleField("Amendments", coerce=int, validate_choice=False)
    reason = TextAreaField("Why the draft does without them")


@blueprint.get("/composites/<int:number>/consent")
@open_to_all
def show(number: int) -> str:
    """The text that the committee would make of several amendments, and who agrees to it."""
    return _page(number)


@blueprint.post("/composites/<int:number>/consent")
@requires(Permission.PROPOSE)
def answer(number: int) -> ResponseReturnValue:
    """Agree or object to the text that was shown."""
    form = ConsentForm()
    try:
        agrees, said = _agrees(form), (form.digest.data or "", form.reason.data or "")
        consenting.answer(current_member(), number, *said, clock.now(), agrees=agrees)
    except (CannotConsent, ForbiddenCharacter, TextTooLong) as refusal:
        form[refusal.field if isinstance(refusal, CannotConsent) else "reason"].errors = [str(refusal)]
        return _page(number, form), 409
    flash("Your answer is kept. You can change it until the text is frozen.", "success")
    return redirect(url_for("consenting.show", number=number), code=303)


@blueprint.post("/composites/<int:number>/consent/ask")
@requires(Permission.MERGE)
def ask(number: int) -> ResponseReturnValue:
    """Ask those whom the rules name, or tell them."""
    consenting.ask(current_member(), number, clock.now())
    flash("They have been sent the text and what became of their amendments.", "success")
    return redirect(url_for("consenting.show", number=number), code=303)


@blueprint.get("/committee/composites/<int:number>/coverage")
@open_to_all
def desk(number: int) -> str:
    """What the draft would make of every amendment; for the committee the form to say why it does without some."""
    return _coverage(number, LeaveForm(formdata=None))


@blueprint.post("/committee/composites/<int:number>/leave")
@requires(Permission.MERGE)
def leave(number: int) -> ResponseReturnValue:
    """Say why the draft does without amendments, or take that back."""
    form, member, now = LeaveForm(), current_member(), clock.now()
    numbers = form.amendments.data or []
    try:
        if "back" in request.form:
            said = coverage.take_up(member, number, numbers, now)
        else:
            said = coverage.leave(member, number, numbers, form.reason.data or "", now)
    except (CannotLeave, ForbiddenCharacter, StageClosed, TextTooLong) as refusal:
        field = refusal.field if isinstance(refusal, CannotLeave) else "reason"
        form[field].errors = [str(refusal)]
        return _coverage(number, form), 409
    names = ", ".join(f"A{one}" for one in said)
    flash(f"Taken back for {names}." if "back" in request.form else f"The reason is kept for {names}.", "success")
    return redirect(url_for("consenting.desk", number=number), code=303)


def _agrees(form: ConsentForm) -> bool:
    if form.answer.data not in {"yes", "no"}:
        raise CannotConsent("Choose whether you agree.")
    return bool(form.answer.data == "yes")


def _page(number: int, form: ConsentForm | None = None) -> str:
    page = consent_page.page(number, clock.now(), current_member())
    if form is None:
        given = next((one.answer for one in page.mine if one.answer), None)
        said = {"answer": "yes" if given.agrees else "no", "reason": given.reason} if given else {}
        form = ConsentForm(formdata=None, **said)
    form.digest.data = page.consent.digest  # of the text that this page shows
    return render_template("committee/consent.html", page=page, form=form)


def _coverage(number: int, form: LeaveForm) -> str:
    return render_template("committee/coverage.html", page=consent_page.of_desk(number, clock.now()), form=form)
