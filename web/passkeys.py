"""Passkeys: shown to sign in, added and taken away on the account. The browser talks to them by script, and sends a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from members.permissions import Permission
from services import accounts, passkeys
from services.limits import TooManyAttempts
from services.passkeys import PasskeyNotAdded, PasskeyRefused, PasskeyUnreadable
from web import visiting
from web.access import open_to_all, requires
from web.account_forms import AddPasskeyForm, AskForm, ChangeAddressForm, ShowPasskeyForm
from web.accounts import account_page, begin, sign_in_page, too_many
from web.visiting import safe

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response as Answer

blueprint = Blueprint("passkeys", __name__)

REFUSED = {PasskeyUnreadable: 400, PasskeyRefused: 403}


@blueprint.post("/sign-in/passkey/options")
@open_to_all
def options() -> Response:
    """What the browser is to ask the passkey: JSON for the script."""
    found = passkeys.ask_to_show(
        visiting.visit(), visiting.secret(), visiting.site(), visiting.now(), one=visiting.signed_in()
    )
    return Response(found, mimetype="application/json")


@blueprint.post("/sign-in/passkey")
@open_to_all
def show() -> ResponseReturnValue:
    """Sign in by the passkey that was shown."""
    form, secret = ShowPasskeyForm(), visiting.secret()
    answer = form.credential.data or ""
    try:
        passkeys.show(answer, visiting.visit(), visiting.site(), secret, visiting.now(), before=visiting.signed_in())
    except (PasskeyUnreadable, PasskeyRefused) as refusal:
        return _again(form, str(refusal)), REFUSED[type(refusal)]
    except TooManyAttempts as refusal:
        return too_many(_asking(form), refusal)
    return begin(secret, form.next.data or "")


@blueprint.get("/sign-in/passkey")
@requires(Permission.READ)
def needed() -> str:
    """Your roles need your passkey: the button, or how to get a passkey."""
    return _needed(safe(request.args.get("next", "")))


@blueprint.post("/account/passkeys/options")
@requires(Permission.READ)
def new_options() -> Response:
    """What the browser is to make: JSON for the script."""
    one, challenge = visiting.somebody(), visiting.secret()
    found = passkeys.ask_to_add(one, visiting.visit(), challenge, visiting.site(), visiting.now())
    return Response(found, mimetype="application/json")


@blueprint.post("/account/passkeys")
@requires(Permission.READ)
def add() -> ResponseReturnValue:
    """Keep the passkey that was made."""
    form = AddPasskeyForm()
    if not form.validate_on_submit():
        return account_page(form, ChangeAddressForm(formdata=None)), 400
    answer, name = form.credential.data or "", form.name.data or ""
    try:
        passkeys.add(visiting.somebody(), answer, visiting.visit(), visiting.site(), visiting.now(), name=name)
    except (PasskeyUnreadable, PasskeyNotAdded) as refusal:
        form.form_errors.append(str(refusal))
        return account_page(form, ChangeAddressForm(formdata=None)), 400
    flash("The passkey is added. From now on you can sign in with it.", "success")
    return redirect(url_for("accounts.account"), code=303)


@blueprint.post("/account/passkeys/<int:passkey>/remove")
@requires(Permission.READ)
def remove(passkey: int) -> Answer:
    """Take a passkey away."""
    passkeys.remove(visiting.somebody(), passkey, visiting.now())
    flash("The passkey is removed. Nobody can sign in with it any more.", "success")
    return redirect(url_for("accounts.account"), code=303)


def _asking(form: ShowPasskeyForm) -> AskForm:
    return AskForm(formdata=None, data={"next": safe(form.next.data or "")})


def _again(form: ShowPasskeyForm, refusal: str) -> str:
    """The page from which the passkey was shown, saying why it was not taken."""
    if visiting.signed_in() is not None:
        return _needed(safe(form.next.data or ""), refusal)
    asking = _asking(form)
    asking.form_errors.append(refusal)
    return sign_in_page(asking)


def _needed(onward: str, refusal: str = "") -> str:
    return render_template(
        "accounts/needed.html",
        account=accounts.account(visiting.somebody(), visiting.now()),
        show=ShowPasskeyForm(formdata=None, data={"next": onward}),
        refusal=refusal,
    )
