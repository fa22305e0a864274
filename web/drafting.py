"""Members propose: the list of amendments, one amendment, and the form that makes one."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms.fields import SelectChoice

from amendments.states import State
from members.permissions import Permission
from rulebook import kinds
from services import amendment_page, clock, drafting, proposal_page, reading, renewing, seconding, timing
from services.proposal import Act, Proposal, Unacceptable
from services.timing import StageClosed
from web.access import current_member, may, open_to_all, requires
from web.drafting_forms import BodySecondForm, ProposeForm, ReasonForm

if TYPE_CHECKING:
    from flask.blueprints import BlueprintSetupState
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("drafting", __name__)

SIGNED_OUT = "You are not signed in as a member any more. Sign in on another page, then submit again here"
STALE = "This page had been open too long to be sent. Nothing you typed is lost: submit it again"


@blueprint.get("/amendments")
@open_to_all
def amendments() -> str:
    """Every amendment, or those in one state, or those that a search finds."""
    state, words = request.args.get("state", ""), request.args.get("q", "").strip()
    found = amendment_page.listing(state, words)
    return render_template("drafting/amendments.html", lines=found, state=state, words=words, states=list(State))


@blueprint.get("/amendments/<int:number>")
@open_to_all
def amendment(number: int) -> str:
    """One amendment: what it would change, who moved it and why, and how it stands."""
    return shown(number)


@blueprint.get("/amendments/propose")
@requires(Permission.PROPOSE)
def propose() -> str:
    """The form, opened from a clause."""
    return _form(proposal_page.start(request.args.get("clause"), _act(request.args.get("act"))))


@blueprint.post("/amendments/propose")
@open_to_all
def press() -> ResponseReturnValue:
    """One of the form's buttons. Each gives the form back with everything typed, but the one that submits it.

    Open to all, and asking for the token of the form only where something is kept: a member whose session
    ended while writing must get the words back, not a page that says no.
    """
    wanted, _, place = request.form.get("do", "preview").partition("-")
    typed = ProposeForm().proposal(reading.edition().number)
    if wanted == "submit":
        return _submit(typed)
    if wanted == "remove":
        return _form(_without(typed, place))
    if wanted == "add":
        return _form(_with(typed), fresh=len(typed.changes))
    if wanted == "renew":
        return _form(renewing.renewed(typed))
    return _previewed(typed)


@blueprint.post("/amendments/<int:number>/withdraw")
@requires(Permission.PROPOSE)
def withdraw(number: int) -> ResponseReturnValue:
    """The mover takes the amendment back."""
    form = ReasonForm(prefix="withdraw-")
    drafting.withdraw(current_member(), number, form.reason.data or "", clock.now())
    flash(f"Amendment A{number} is withdrawn.", "success")
    return redirect(url_for("drafting.amendment", number=number), code=303)


def shown(
    number: int,
    refusal: str = "",
    unreasoned: str = "",
    undecided: str = "",
    decision: BodySecondForm | None = None,
    **beside: object,
) -> str:
    """The page of an amendment; ``refusal`` stands beside the button it answers, the others beside their forms."""
    page = amendment_page.page(number)
    return render_template(
        "drafting/amendment.html",
        page=page,
        refusal=refusal,
        unreasoned=unreasoned,
        undecided=undecided,
        withdrawal=ReasonForm(formdata=None, prefix="withdraw-"),
        refusing=ReasonForm(formdata=None, prefix="refuse-"),
        view=request.args.get("view"),
        closed=timing.closed(kinds.Act.SECOND, clock.now()),
        decision=BodySecondForm(formdata=None) if decision is None else decision,
        **_ways(page),
        **beside,
    )


def new_id() -> str:
    """An id for a clause that did not exist: random, so that two movers never make the same."""
    return f"n{secrets.token_hex(6)}"


def _ways(page: amendment_page.AmendmentPage) -> dict[str, object]:
    """Which acts the reader is offered."""
    member = current_member()
    seconded = member is not None and any(one.member.id == member.id for one in page.seconds)
    mine = member is not None and page.amendment.mover.id == member.id
    office = seconding.office(member) if member else None
    decided = any((one.decision.kind, one.decision.name) == office for one in page.bodies)
    return {"mine": mine, "seconded": seconded, "office": office, "decided": decided}


def _act(wanted: str | None) -> Act:
    return Act(wanted) if wanted in set(Act) else Act.REWORD


def _exempt(state: BlueprintSetupState) -> None:
    state.app.extensions["csrf"].exempt(press)


blueprint.record(_exempt)


def _submit(typed: Proposal) -> ResponseReturnValue:
    if not may(Permission.PROPOSE):
        return _form(typed, {"session": SIGNED_OUT}), 403
    if ProposeForm().stale():
        return _form(typed, {"session": STALE}), 400
    try:
        number = drafting.propose(current_member(), typed, clock.now(), new_id)
    except Unacceptable as refusal:
        return _form(typed, refusal.problems), 422
    except StageClosed as refusal:
        return _form(typed, {"session": f"{str(refusal).removesuffix('.')}. Nothing you typed is lost"}), 409
    flash(f"Your amendment is A{number}. It is now seeking seconders: send them the address of this page.", "success")
    return redirect(url_for("drafting.amendment", number=number), code=303)


def _previewed(typed: Proposal) -> ResponseReturnValue:
    try:
        return _form(typed, preview=drafting.preview(typed, new_id))
    except Unacceptable as refusal:
        return _form(typed, refusal.problems), 422


def _without(typed: Proposal, place: str) -> Proposal:
    gone = int(place) if place.isdigit() else -1
    return replace(typed, changes=tuple(one for n, one in enumerate(typed.changes) if n != gone))


def _with(typed: Proposal) -> Proposal:
    act, clause = _act(request.form.get("add_act")), request.form.get("add_clause", "")
    return drafting.extended(typed, clause, act)


def _form(
    typed: Proposal,
    problems: dict[str, str] | None = None,
    preview: drafting.Preview | None = None,
    fresh: int | None = None,
) -> str:
    page, form = proposal_page.page(typed), ProposeForm.of(typed)
    form.add_clause.choices = [SelectChoice(*one) for one in page.clauses]
    form.mark(problems or {})
    return render_template(
        "drafting/propose.html", page=page, form=form, problems=problems or {}, preview=preview, fresh=fresh
    )
