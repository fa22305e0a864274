"""The list of amendments, one amendment, and what is done on its page."""

from __future__ import annotations

import secrets
from types import MappingProxyType
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from amendments.states import State
from constitution.door import ForbiddenCharacter, TextTooLong
from members.permissions import Permission
from rulebook import kinds
from services import admission_page, amendment_page, clock, drafting, publishing, relating, timing
from services.finding import Kind, branches
from services.offers import offers, version_page
from web import finding
from web.access import current_member, open_to_all, requires
from web.admission_forms import Entering
from web.drafting_forms import BodySecondForm, ReasonForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from web.forms import Form

blueprint = Blueprint("drafting", __name__)

SIGNED_OUT = "You are not signed in as a member any more. Sign in on another page, then submit again here"
EMPTY: Mapping[str, Form] = MappingProxyType({})
STALE = "This page had been open too long to be sent. Nothing you typed is lost: submit it again"


@blueprint.get("/amendments")
@open_to_all
def amendments() -> str:
    """Every amendment, or those in a state, on a clause, of a branch, or that a search finds."""
    return render_template(
        "drafting/amendments.html",
        found=finding.asked(Kind.AMENDMENT),
        by_member=finding.by_member(),
        states=list(State),
        branches=branches(),
    )


@blueprint.get("/amendments/<int:number>")
@open_to_all
def amendment(number: int) -> str:
    """One amendment: what it would change, who moved it and why, and how it stands."""
    return shown(number)


@blueprint.get("/amendments/<int:number>/versions/<int:n>")
@open_to_all
def version(number: int, n: int) -> str:
    """What changed from one version of an amendment to the next."""
    return render_template("drafting/version.html", page=version_page(number, n), view=request.args.get("view"))


@blueprint.post("/amendments/<int:number>/withdraw")
@requires(Permission.PROPOSE)
def withdraw(number: int) -> ResponseReturnValue:
    """The mover takes the amendment back."""
    form = ReasonForm(prefix="withdraw-")
    try:
        drafting.withdraw(current_member(), number, form.reason.data or "", clock.now())
    except (ForbiddenCharacter, TextTooLong) as refusal:
        form.reason.errors = (str(refusal),)
        return shown(number, withdrawal=form), 422
    flash(f"Amendment A{number} is withdrawn.", "success")
    return redirect(url_for("drafting.amendment", number=number), code=303)


def shown(
    number: int, refusal: str = "", undecided: str = "", entered: Mapping[str, Form] = EMPTY, **beside: object
) -> str:
    """The page of an amendment; ``refusal`` stands beside the button it answers, the others beside their forms."""
    page = amendment_page.page(number)
    empty = {
        "decision": BodySecondForm(formdata=None),
        "withdrawal": ReasonForm(formdata=None, prefix="withdraw-"),
        "objecting": ReasonForm(formdata=None, prefix="object-"),
    }
    return render_template(
        "drafting/amendment.html",
        page=page,
        depends=relating.of(number),
        published=publishing.of(number),
        refusal=refusal,
        undecided=undecided,
        view=request.args.get("view"),
        closed=timing.closed(kinds.Act.SECOND, clock.now()),
        offers=offers(page, current_member(), clock.now()),
        admission=admission_page.of(page.amendment, current_member(), clock.now()),
        entering=Entering.of(page.amendment, entered),
        **(empty | beside),
    )


def new_id() -> str:
    """An id for a clause that did not exist: random, so that two movers never make the same."""
    return f"n{secrets.token_hex(6)}"
