"""The drafting committee: its desk, composites, rulings, and adopting what was frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from members.permissions import Permission
from services import admitting, committee_page, compositing, ratifying, reading
from services.placing import DoesNotFit
from web.access import current_member, open_to_all, requires
from web.committee_forms import CompositeForm
from web.drafting import shown
from web.drafting_forms import ReasonForm

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("committee", __name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act was not done, and the field to look at."""

    field: str
    sentence: str


@blueprint.get("/committee")
@open_to_all
def desk() -> str:
    """What waits for the committee, what is on its desk, and what it froze."""
    return _desk(CompositeForm(formdata=None))


@blueprint.post("/committee/composites/new")
@requires(Permission.MERGE)
def begin() -> ResponseReturnValue:
    """Put the chosen amendments on the desk together."""
    form = CompositeForm()
    numbers, title = form.amendments.data or [], form.title.data or ""
    try:
        number = compositing.begin(current_member(), numbers, title, datetime.now(UTC))
    except (compositing.NotMergeable, DoesNotFit) as refusal:
        field = "amendments" if title.strip() else "title"
        return _desk(form, Refusal(field, str(refusal))), 409
    return redirect(url_for("committee.composite", number=number), code=303)


@blueprint.post("/amendments/<int:number>/refuse")
@requires(Permission.MERGE)
def refuse(number: int) -> ResponseReturnValue:
    """Rule an amendment out, with the reason that is published."""
    form = ReasonForm(prefix="refuse-")
    try:
        admitting.refuse(current_member(), number, form.reason.data or "", datetime.now(UTC))
    except admitting.NoReason as refusal:
        return shown(number, unreasoned=str(refusal)), 422
    flash(f"Amendment A{number} is refused; the reason is published with it.", "success")
    return redirect(url_for("drafting.amendment", number=number), code=303)


@blueprint.get("/drafts/<int:number>/adopt")
@requires(Permission.ADOPT)
def confirm(number: int) -> str:
    """What adopting would do, before it is done."""
    return _confirm(number)


@blueprint.post("/drafts/<int:number>/adopt")
@requires(Permission.ADOPT)
def adopt(number: int) -> ResponseReturnValue:
    """Make the draft whose digest was shown the next edition."""
    try:
        edition = ratifying.adopt(current_member(), number, request.form.get("digest", ""), datetime.now(UTC))
    except ratifying.CannotAdopt as refusal:
        return _confirm(number, str(refusal)), 409
    flash(f"Draft {number} is adopted: it is edition {edition.number}, in force from now on.", "success")
    return redirect(url_for("reading.edition", number=edition.number), code=303)


def _desk(form: CompositeForm, refusal: Refusal | None = None) -> str:
    chosen = set(form.amendments.data or ())
    return render_template("committee/committee.html", page=committee_page.page(), form=form, chosen=chosen, refusal=refusal)


def _confirm(number: int, refusal: str = "") -> str:
    return render_template("committee/adopt.html", page=reading.draft_page(number), refusal=refusal)
