"""The drafting committee: its desk, composites, rulings, and adopting what was frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms.fields import SelectChoice

from amendments.composite import OpenConflict
from constitution.door import ForbiddenCharacter, TextTooLong
from members.permissions import Permission
from services import (
    choosing,
    clock,
    committee_page,
    compositing,
    consenting,
    desk_page,
    draft_page,
    drafting_final,
    ratifying,
)
from services.placing import DoesNotFit
from services.timing import StageClosed
from store.composites import StaleRevision
from web.access import current_member, open_to_all, requires
from web.committee_forms import CompositeForm

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
    form, now = CompositeForm(), clock.now()
    numbers, title, onto = form.amendments.data or [], form.title.data or "", form.onto.data or 0
    if "all" in request.form:
        numbers = committee_page.all_waiting(now)
    try:
        if onto:
            compositing.take_up(current_member(), onto, numbers, now)
        number = onto or compositing.begin(current_member(), numbers, title, now)
    except (compositing.NotMergeable, DoesNotFit, StageClosed) as refusal:
        field = "amendments" if onto or title.strip() else "title"
        return _desk(form, Refusal(field, str(refusal))), 409
    return redirect(url_for("committee.composite", number=number), code=303)


@blueprint.get("/committee/composites/<int:number>")
@open_to_all
def composite(number: int) -> str:
    """The desk of a composite: everybody may watch the committee merge."""
    return _composite(number)


@blueprint.post("/committee/composites/<int:number>/preview")
@requires(Permission.MERGE)
def preview(number: int) -> ResponseReturnValue:
    """What would come of the choices as they are made now; nothing is kept. With ``parts`` only what changes is sent."""
    typed, refusal = _typed(number)
    template = "committee/live.html" if "parts" in request.form else "committee/composite.html"
    return _composite(number, refusal, typed, template), 422 if refusal else 200


@blueprint.post("/committee/composites/<int:number>")
@requires(Permission.MERGE)
def choose(number: int) -> ResponseReturnValue:
    """Save the choices. Where another member chose otherwise meanwhile, theirs are shown beside one's own."""
    typed, unkept = _typed(number)
    if unkept:
        return _composite(number, unkept, typed), 422
    revision = request.form.get("revision", type=int, default=-1)
    try:
        compositing.choose(current_member(), number, typed.choices, revision, clock.now(), reasons=typed.reasons)
    except compositing.Clash as clash:
        return _composite(number, str(clash), clash.typed), 409
    except (StageClosed, StaleRevision) as refusal:
        return _composite(number, str(refusal), typed), 409
    shown = request.form.get("clause", "")
    flash("Your choices are saved.", "success")
    where = {"clause": shown} if shown else {"_anchor": "outcome"}
    return redirect(url_for("committee.composite", number=number, **where), code=303)


@blueprint.post("/committee/composites/<int:number>/freeze")
@requires(Permission.MERGE)
def freeze(number: int) -> ResponseReturnValue:
    """Freeze the outcome that was shown as a draft."""
    revision = request.form.get("revision", type=int, default=-1)
    try:
        draft = drafting_final.freeze(current_member(), number, clock.now(), revision)
    except (OpenConflict, drafting_final.CannotFreeze, StageClosed, StaleRevision) as refusal:
        return _composite(number, str(refusal)), 409
    flash(f"Frozen as draft {draft}. Nothing in it can change any more.", "success")
    return redirect(url_for("reading.draft", number=draft), code=303)


@blueprint.post("/committee/composites/<int:number>/abandon")
@requires(Permission.MERGE)
def abandon(number: int) -> ResponseReturnValue:
    """Clear the desk."""
    compositing.abandon(current_member(), number, clock.now())
    flash(f"Composite {number} is abandoned; its amendments wait as before.", "success")
    return redirect(url_for("committee.desk"), code=303)


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
        edition = ratifying.adopt(current_member(), number, request.form.get("digest", ""), clock.now())
    except ratifying.CannotAdopt as refusal:
        return _confirm(number, str(refusal)), 409
    if edition is None:
        flash(f"Draft {number} is adopted. It says there what it waits for to be in force.", "success")
        return redirect(url_for("reading.draft", number=number), code=303)
    flash(f"Draft {number} is adopted: it is edition {edition.number}, in force from now on.", "success")
    return redirect(url_for("reading.edition", number=edition.number), code=303)


def _desk(form: CompositeForm, refusal: Refusal | None = None) -> str:
    chosen, page = set(form.amendments.data or ()), committee_page.page(clock.now())
    open_ones = [SelectChoice(one.number, f"Composite {one.number}: {one.title}") for one in page.composites]
    form.onto.choices = [SelectChoice(0, "A new composite"), *open_ones]
    return render_template("committee/committee.html", page=page, form=form, chosen=chosen, refusal=refusal)


def _typed(number: int) -> tuple[choosing.Made, str]:
    """The choices in the form, and what in them cannot be kept, in a sentence."""
    desk = compositing.open_desk(number)
    try:
        return choosing.made(desk, request.form), ""
    except (ForbiddenCharacter, TextTooLong) as refusal:
        return choosing.made(desk, request.form, as_typed=True), str(refusal)


def _composite(
    number: int, refusal: str = "", typed: choosing.Made | None = None, template: str = "committee/composite.html"
) -> str:
    page = desk_page.page(number, clock.now(), typed, request.values.get("clause", ""))
    return render_template(template, page=page, refusal=refusal, answers=consenting.of_composite(number))


def _confirm(number: int, refusal: str = "") -> str:
    page = draft_page.page(number, clock.now())
    return render_template("committee/adopt.html", page=page, refusal=refusal, votes=ratifying.asked())
