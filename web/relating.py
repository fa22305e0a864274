"""How amendments stand to one another: the graph and its words, rulings, and challenges to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from amendments.decisions import Contradiction, Kind, Tie
from members.permissions import Permission
from services import clock, relating, relations_page
from services.relating import CannotRule
from services.standing_to import NUMBER
from services.timing import StageClosed
from store.amendments import UnknownAmendment
from web import addresses
from web.access import current_member, open_to_all, requires
from web.relating_forms import ChallengeForm, OutcomeForm, RelationForm

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from web.forms import Form

blueprint = Blueprint("relating", __name__)


@blueprint.get("/committee/relations")
@open_to_all
def relations() -> str:
    """How the open amendments stand to one another; for the committee what their texts suggest, and the form."""
    return _page(RelationForm(request.args, meta={"csrf": False}) if "amendment" in request.args else RelationForm())


@blueprint.post("/committee/relations")
@requires(Permission.MERGE)
def rule() -> ResponseReturnValue:
    """Rule that two amendments stand so to one another, or that they do not."""
    form = RelationForm()
    try:
        tie = _tie(form)
        if form.holds.data == "no":
            relating.take_back(current_member(), tie, clock.now())
        else:
            relating.rule(current_member(), tie, clock.now())
    except (CannotRule, Contradiction, StageClosed, UnknownAmendment) as refusal:
        _say(form, refusal)
        return _page(form), 409
    done = "It is ruled that this does not hold" if form.holds.data == "no" else "It is ruled"
    flash(f"{done}: {tie.sentence}", "success")
    return redirect(url_for("relating.relations"), code=303)


@blueprint.get("/committee/relations/<int:number>")
@open_to_all
def relation(number: int) -> str:
    """One ruling, the challenges to it, and what became of them."""
    return _relation(number, ChallengeForm(formdata=None), OutcomeForm(formdata=None))


@blueprint.post("/committee/relations/<int:number>/challenge")
@requires(Permission.PROPOSE)
def challenge(number: int) -> ResponseReturnValue:
    """Ask for the ruling to be overturned."""
    form = ChallengeForm()
    try:
        relating.challenge(current_member(), number, form.reason.data or "", clock.now())
    except (CannotRule, StageClosed) as refusal:
        _say(form, refusal)
        return _relation(number, form, OutcomeForm(formdata=None)), 409
    flash("Your challenge is published with the ruling.", "success")
    return redirect(url_for("relating.relation", number=number), code=303)


@blueprint.post("/committee/relations/<int:number>/outcome")
@requires(Permission.MERGE)
def decide(number: int) -> ResponseReturnValue:
    """Enter what became of the challenge; where votes were counted, they decide."""
    form = OutcomeForm()
    try:
        overturned = relating.decide(
            current_member(),
            number,
            form.explanation.data or "",
            clock.now(),
            upheld=form.decided(),
            votes=form.votes(),
        )
    except (CannotRule, StageClosed) as refusal:
        _say(form, refusal, {"reason": "explanation"})
        return _relation(number, ChallengeForm(formdata=None), form), 409
    flash("The ruling is overturned." if overturned else "The challenge has failed; the ruling holds.", "success")
    return redirect(url_for("relating.relation", number=number), code=303)


def _tie(form: RelationForm) -> Tie:
    numbers = []
    for field in (form.amendment, form.other):
        found = NUMBER.match(field.data or "")
        if not found:
            raise CannotRule("Enter the number of an amendment, such as A7.", field.name)
        numbers.append(int(found[1]))
    if form.kind.data not in set(Kind):
        raise CannotRule("Choose how they stand to one another.", "kind")
    return Tie(numbers[0], Kind(form.kind.data), numbers[1], form.reason.data or "")


def _say(form: Form, refusal: Exception, fields: dict[str, str] | None = None) -> None:
    """Put a refusal beside the field that it is about, or the last one."""
    name = getattr(refusal, "field", "") if isinstance(refusal, CannotRule) else "other"
    name = (fields or {}).get(name, name)
    field = form[name] if name in form else next(iter(form))
    field.errors = [str(refusal.args[0])]


def _page(form: RelationForm) -> str:
    numbers = request.args.getlist("a", type=addresses.number)
    clause = request.args.get("clause", "").strip()
    page = relations_page.page(current_member(), clock.now(), clause, numbers)
    return render_template("relations/relations.html", page=page, form=form, clause=clause, numbers=numbers)


def _relation(number: int, challenging: ChallengeForm, deciding: OutcomeForm) -> str:
    member = current_member()
    return render_template(
        "relations/relation.html",
        one=relating.ruling(number),
        may_not=relating.may_not_challenge(member) if member else "",
        challengers=relations_page.challengers(),
        challenging=challenging,
        deciding=deciding,
    )
