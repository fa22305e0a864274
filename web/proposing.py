"""Members propose: the form that makes an amendment, an amendment of one, or its next text; and what is unfinished."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms.fields import SelectChoice

import store
import store.amendments
import store.editions
from members.permissions import Permission
from services import (
    beside,
    clock,
    drafting,
    proposal_page,
    reading,
    renewing,
    revising,
    seconding,
    timing,
    touching,
    unfinished,
)
from services.belonging import NotOfTheElectorate
from services.beside import Everywhere
from services.instruments import TooDeep, deepest
from services.proposal import Act, Proposal, Unacceptable, forbidden
from services.renewing import Differing
from services.revising import MayNotChange
from services.timing import StageClosed
from services.unfinished import Saved
from web.access import current_member, may, open_to_all, requires
from web.drafting import SIGNED_OUT, STALE, new_id
from web.drafting_forms import ProposeForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.blueprints import BlueprintSetupState
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("proposing", __name__)


@blueprint.get("/amendments/propose")
@requires(Permission.PROPOSE)
def propose() -> str:
    """The form, opened from a clause, or as it was left."""
    if request.args.get("draft"):
        opened = unfinished.opened(current_member(), request.args["draft"])
        return _form(opened, preview=_glance(opened))
    return _form(proposal_page.start(request.args.get("clause"), _act(request.args.get("act"))))


@blueprint.get("/amendments/<int:number>/amend")
@requires(Permission.PROPOSE)
def amend(number: int) -> ResponseReturnValue:
    """The form for an amendment of an amendment."""
    return _begun(number, revises=False)


@blueprint.get("/amendments/<int:number>/revise")
@requires(Permission.PROPOSE)
def revise(number: int) -> ResponseReturnValue:
    """The form for an amendment's next text."""
    return _begun(number, revises=True)


@blueprint.post("/amendments/propose")
@open_to_all
def press() -> ResponseReturnValue:
    """One of the form's buttons. Each gives the form back with everything typed, but the one that submits it.

    Open to all, and asking for the token of the form only where something is submitted: a member whose session
    ended while writing must get the words back, not a page that says no.
    """
    wanted, _, place = request.form.get("do", "preview").partition("-")
    typed = ProposeForm().proposal(reading.edition().number)
    return _submit(typed) if wanted == "submit" else _changed(wanted, place, typed)


@blueprint.get("/amendments/unfinished")
@requires(Permission.PROPOSE)
def mine() -> str:
    """What one has begun and not submitted."""
    return render_template("drafting/unfinished.html", lines=unfinished.of(current_member()))


@blueprint.post("/amendments/unfinished/discard")
@requires(Permission.PROPOSE)
def discard() -> ResponseReturnValue:
    """Throw one of them away."""
    unfinished.discard(current_member(), request.form.get("key", ""))
    flash("The unfinished proposal is thrown away.", "success")
    return redirect(url_for("proposing.mine"), code=303)


def _begun(number: int, *, revises: bool) -> ResponseReturnValue:
    try:
        if revises:
            revising.require_editor(current_member(), store.amendments.by_number(number))
        begun = proposal_page.start_on(number, revises=revises)
        return _form(begun, preview=_glance(begun))
    except (Unacceptable, MayNotChange) as refusal:
        flash(f"{str(refusal).removesuffix('.')}.", "error")
        return redirect(url_for("drafting.amendment", number=number), code=303)


def _glance(begun: Proposal) -> drafting.Preview | None:
    """What a proposal does before anything is typed, if it does something."""
    try:
        return drafting.preview(begun, new_id)
    except Unacceptable:
        return None


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
        number = _submitted(typed)
    except Unacceptable as refusal:
        return _kept(typed, refusal.problems), 422
    except (StageClosed, TooDeep, MayNotChange, NotOfTheElectorate) as refusal:
        return _kept(typed, {"session": f"{str(refusal).removesuffix('.')}. Nothing you typed is lost"}), 409
    return redirect(url_for("drafting.amendment", number=number), code=303)


def _submitted(typed: Proposal) -> int:
    """Do it, and say what was done; the number of the amendment."""
    now = clock.now()
    if typed.revises:
        version = revising.revise(current_member(), typed, now, new_id)
        flash(
            f"A{typed.on} has a new text: version {version}. Those who seconded another text are asked again.",
            "success",
        )
        return typed.on
    number = drafting.propose(current_member(), typed, now, new_id)
    flash(f"Your amendment is A{number}. It is now seeking seconders: send them the address of this page.", "success")
    return number


def _previewed(typed: Proposal, **beside: Any) -> ResponseReturnValue:  # noqa: ANN401 (what the form shows besides)
    try:
        return _kept(typed, preview=drafting.preview(typed, new_id), **beside)
    except Unacceptable as refusal:
        return _kept(typed, refusal.problems, **beside), 422


def _renewed(typed: Proposal) -> ResponseReturnValue:
    """On what stands now; where it changed the very words that were typed, the member is asked."""
    asked = tuple(one for one in renewing.differing(typed) if one.clash)
    return _previewed(renewing.renewed(typed), asked=asked)


def _changed(wanted: str, place: str, typed: Proposal) -> ResponseReturnValue:
    """The buttons that change what is typed, or look for words in it; any other previews it."""
    acts: dict[str, Callable[[], ResponseReturnValue]] = {
        "remove": lambda: _kept(_without(typed, place)),
        "add": lambda: _kept(_with(typed), fresh=len(typed.changes)),
        "renew": lambda: _renewed(typed),
        "stands": lambda: _previewed(renewing.as_it_stands(typed, place)),
        "take": lambda: _previewed(beside.taken_up(typed, place, new_id)),
        "alternative": lambda: _previewed(replace(typed, relation="alternative", other=f"A{place[:9]}")),
        "find": lambda: _kept(typed, places=beside.found(typed, ProposeForm().words(), new_id)),
        "everywhere": lambda: _previewed(beside.replaced(typed, ProposeForm().words(), _ticked(), new_id)),
    }
    try:
        return acts.get(wanted, lambda: _previewed(typed))()
    except Unacceptable as refusal:
        return _kept(typed, refusal.problems), 422


def _ticked() -> list[str]:
    return request.form.getlist("everywhere")


def _kept(
    typed: Proposal,
    problems: dict[str, str] | None = None,
    preview: drafting.Preview | None = None,
    **beside: Any,  # noqa: ANN401 (what the form shows besides)
) -> str:
    """The form, after what was typed is saved, if whoever typed it is signed in with the page's token."""
    if not may(Permission.PROPOSE) or ProposeForm().stale():
        return _form(typed, problems, preview, **beside)
    saved = unfinished.save(current_member(), typed, clock.now(), secrets.token_hex(16))
    return _form(saved.proposal, problems, preview, saved=saved, **beside)


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
    *,
    fresh: int | None = None,
    saved: Saved | None = None,
    places: Everywhere | None = None,
    asked: tuple[Differing, ...] = (),
) -> str:
    form, problems = ProposeForm.of(typed), forbidden(typed) | (problems or {})
    if "parts" in request.form and not problems:
        beside = _beside(typed, preview)
        return render_template("drafting/parts.html", form=form, preview=preview, saved=saved, beside=beside)
    page = proposal_page.page(typed)
    form.add_clause.choices = [SelectChoice(*one) for one in page.clauses]
    for entry in form.changes:
        if entry.form.act.data == Act.MOVE:
            entry.form.to.choices = [SelectChoice("", "Choose a clause"), *form.add_clause.choices]
    form.mark(problems)
    member = current_member()
    return render_template(
        "drafting/propose.html",
        page=page,
        form=form,
        problems=problems,
        preview=preview,
        fresh=fresh,
        saved=saved,
        places=places,
        asked=asked,
        beside=_beside(typed, preview),
        office=seconding.office(member) if member else None,
        closed="" if typed.revises or typed.on else timing.closed(timing.AMENDMENT, clock.now()),
    )


def _beside(typed: Proposal, preview: drafting.Preview | None) -> dict[str, object]:
    """What stands beside the form: open amendments that meet the draft, and what follows from it."""
    own = (typed.on,) if typed.on else ()
    ways = {"amendable": deepest(timing.rules()) > 0}
    if preview is None or preview.text is None:
        clauses = [one.clause for one in typed.changes]
        return {"others": (), "more": 0, "near": touching.on_clauses(clauses, own), "follows": (), **ways}
    book = store.editions.load(preview.base).constitution
    others, more = touching.others(preview.edits, book, own)
    follows = beside.following(preview.text, preview.drafted)
    return {"others": others, "more": more, "near": (), "follows": follows, **ways}
