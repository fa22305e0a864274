"""Admission: what waits for a ruling and what was ruled; rulings, appeals, recommendations, and drafting advice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, url_for

from amendments.rulings import RULED, MayNotRule, Recommendation
from constitution.door import ForbiddenCharacter, TextTooLong
from members.permissions import Permission
from services import admission_page, admitting, advising, clock
from services.admitting import NotEntered
from services.relating import CannotRule
from services.timing import StageClosed
from web.access import current_member, open_to_all, requires
from web.admission_forms import (
    AdviceForm,
    AppealForm,
    AppealOutcomeForm,
    RecommendationForm,
    RulingForm,
    prefix,
    ruling,
)
from web.drafting import shown

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from web.forms import Form

blueprint = Blueprint("admitting", __name__)

REFUSALS = (NotEntered, CannotRule, MayNotRule, StageClosed, ForbiddenCharacter, TextTooLong)


@blueprint.get("/committee/admission")
@open_to_all
def page() -> str:
    """What waits for a ruling, open appeals, what is refused and why, and what was ruled."""
    found = admission_page.page(current_member(), clock.now())
    return render_template(
        "admission/admission.html",
        page=found,
        forms_of={one.amendment.number: ruling(one.amendment, back=True) for one in found.waiting if found.may_rule},
    )


@blueprint.post("/amendments/<int:number>/ruling")
@requires(Permission.RULE)
def rule(number: int) -> ResponseReturnValue:
    """Rule on the version that was shown."""
    form = RulingForm(prefix=prefix(number))
    said = {name: form[name].data or "" for name in ("outcome", "ground", "reason", "changes")}
    try:
        wanted = admitting.Wanted(form.version.data or 0, **said)
        outcome = admitting.rule(current_member(), number, wanted, clock.now())
    except REFUSALS as refusal:
        return _again(number, "ruling", form, refusal), 409
    flash(f"Amendment A{number} is ruled {RULED[outcome]}.", "success")
    return _done(number) if not form.back.data else redirect(url_for("admitting.page"), code=303)


@blueprint.post("/amendments/<int:number>/appeal")
@requires(Permission.PROPOSE)
def appeal(number: int) -> ResponseReturnValue:
    """Appeal against a refusal."""
    form = AppealForm(prefix="appeal-")
    try:
        admitting.appeal(current_member(), number, form.reason.data or "", clock.now())
    except REFUSALS as refusal:
        return _again(number, "appeal", form, refusal), 409
    flash("Your appeal is published with the refusal.", "success")
    return _done(number)


@blueprint.post("/amendments/<int:number>/appeal/outcome")
@requires(Permission.READ)
def decide(number: int) -> ResponseReturnValue:
    """Enter what became of the appeal; where votes were counted, they decide."""
    form, member = AppealOutcomeForm(prefix="outcome-"), current_member()
    try:
        admitting.open_appeal(member, number)  # whoever may not is told so whatever they typed
        votes, decided = form.votes(), form.decided()
        said = form.explanation.data or ""
        upheld = admitting.decide(member, number, said, clock.now(), upheld=decided, votes=votes)
    except REFUSALS as refusal:
        return _again(number, "outcome", form, refusal), 409
    flash("The appeal is upheld." if upheld else "The appeal is dismissed.", "success")
    return _done(number)


@blueprint.post("/amendments/<int:number>/recommendation")
@requires(Permission.MERGE)
def recommend(number: int) -> ResponseReturnValue:
    """Recommend what voters should do with the version that was shown."""
    form = RecommendationForm(prefix="recommend-")
    said = {name: form[name].data or "" for name in ("reason", "changes")}
    try:
        kind = advising.recommend(
            current_member(), number, form.version.data or 0, form.kind.data or "", clock.now(), **said
        )
    except REFUSALS as refusal:
        return _again(number, "recommendation", form, refusal), 409
    none = kind is Recommendation.NONE
    flash("Nothing is recommended any more." if none else "Your recommendation is published.", "success")
    return _done(number)


@blueprint.post("/amendments/<int:number>/advice")
@open_to_all
def advise(number: int) -> ResponseReturnValue:
    """Write to the other side. Open to all, since who may not must not learn that there is anything here."""
    form = AdviceForm(prefix="advice-")
    try:
        advising.write(current_member(), number, form.text.data or "", clock.now())
    except REFUSALS as refusal:
        return _again(number, "advice", form, refusal), 409
    flash("Your message is sent.", "success")
    return _done(number, "advice")


def _done(number: int, anchor: str = "admission") -> ResponseReturnValue:
    return redirect(url_for("drafting.amendment", number=number, _anchor=anchor), code=303)


def _again(number: int, name: str, form: Form, refusal: Exception) -> str:
    """The page of the amendment with the form as it was sent, and the refusal beside the field that it is about."""
    field: Any = form[getattr(refusal, "field", "")] if getattr(refusal, "field", "") in form else _first_seen(form)
    field.errors = (str(refusal.args[0]),)
    return shown(number, entered={name: form})


def _first_seen(form: Form) -> object:
    """The first field that one sees, for a refusal that is about none."""
    return next(one for one in form if one.widget.__class__.__name__ != "HiddenInput")
