"""Another e-mail address for one's account: asked for, confirmed by a link, and objected to from the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for

from members.permissions import Permission
from services import changing_address
from services.changing_address import AddressNotUsable, NeedsPasskey, SameAddress
from services.limits import TooManyAttempts
from services.signing_in import CannotUseLink
from web import visiting
from web.access import open_to_all, requires
from web.account_forms import AddPasskeyForm, ChangeAddressForm
from web.accounts import account_page, cannot, forget

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("changing_address", __name__)


@blueprint.post("/account/address")
@requires(Permission.READ)
def ask() -> ResponseReturnValue:
    """Send a link to the new address; the same answer whether or not somebody has it."""
    form = ChangeAddressForm()
    if not form.validate_on_submit():
        return _again(form), 400
    two = (visiting.secret(), visiting.secret())
    try:
        changing_address.ask(visiting.somebody(), form.new_address.data or "", visiting.visit(), two, visiting.now())
    except SameAddress as refusal:
        return _again(form, refusal), 400
    except TooManyAttempts as refusal:
        return _again(form, refusal), 429, {"Retry-After": str(refusal.seconds)}
    except NeedsPasskey:
        return redirect(url_for("passkeys.needed", next=url_for("accounts.account")), code=303)
    flash("A link is on its way to the new address. Nothing changes until you open it and confirm.", "success")
    return redirect(url_for("accounts.account"), code=303)


@blueprint.get("/account/address/<token>")
@requires(Permission.READ)
def look(token: str) -> ResponseReturnValue:
    """What would change, and one button."""
    try:
        change = changing_address.look_at(token, visiting.somebody(), visiting.visit(), visiting.now())
    except CannotUseLink as refusal:
        return cannot(refusal)
    return render_template("accounts/confirm_address.html", change=change, token=token)


@blueprint.post("/account/address/<token>")
@requires(Permission.READ)
def confirm(token: str) -> ResponseReturnValue:
    """Change it."""
    one, visit = visiting.somebody(), visiting.visit()
    try:
        change = changing_address.confirm(token, one, visit, visiting.secret(), visiting.now())
    except CannotUseLink as refusal:
        return cannot(refusal)
    except AddressNotUsable as refusal:
        return _again(ChangeAddressForm(formdata=None), refusal), 409
    flash(f"Your address is now {change.new}. The old one was told.", "success")
    return redirect(url_for("accounts.account"), code=303)


@blueprint.get("/account/objection/<token>")
@open_to_all
def look_at_objection(token: str) -> ResponseReturnValue:
    """What it stops, and one button; for whoever reads the old mailbox, signed in or not."""
    try:
        change = changing_address.look_at_objection(token, visiting.visit(), visiting.now())
    except CannotUseLink as refusal:
        return cannot(refusal)
    return render_template("accounts/objection.html", change=change, token=token)


@blueprint.post("/account/objection/<token>")
@open_to_all
def object_to(token: str) -> ResponseReturnValue:
    """It was not me: everybody is signed out of the account, and its address is what it was."""
    try:
        changing_address.object_to(token, visiting.visit(), visiting.now())
    except CannotUseLink as refusal:
        return cannot(refusal)
    forget()
    return render_template("accounts/objected.html")


def _again(form: ChangeAddressForm, refusal: Exception | None = None) -> str:
    if refusal is not None:
        form.new_address.errors = (*form.new_address.errors, str(refusal))
    return account_page(AddPasskeyForm(formdata=None), form)
