"""Signing in and out, and a member's own account.

The demonstration's sign-in asks for nothing, so it exists only where the settings allow it (config refuses that in
production), and it signs in only the people it offers, not any member.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, abort, flash, redirect, render_template, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

import store
import store.members
from demonstration.people import PERSONAS, Persona
from members.assurance import By, needs_passkey
from members.permissions import Permission
from services import accounts, privacy, signing_in
from services.limits import TooManyAttempts
from services.signing_in import CannotUseLink, LinkExpired, LinkUnknown, LinkUsed, OtherBrowser, SignedIn
from web import visiting
from web.access import open_to_all, requires
from web.account_forms import AddPasskeyForm, AskForm, ChangeAddressForm, ShowPasskeyForm, VisibilityForm
from web.visiting import safe

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response as Answer

    from store.members import Member

blueprint = Blueprint("accounts", __name__)

STATUS: dict[type[CannotUseLink], int] = {LinkUnknown: 404, LinkUsed: 410, LinkExpired: 410, OtherBrowser: 403}


class Visitor(UserMixin):
    """Somebody signed in as Flask-Login wants to see one: its id is the secret of the session, not of the member.

    ``member`` has the roles that this session lets them use, ``person`` all of theirs.
    """

    def __init__(self, secret: str, one: SignedIn) -> None:
        self.id, self.one = secret, one
        self.member, self.person = one.member, one.person


@dataclass(frozen=True, slots=True)
class Offered:
    """One person whom the demonstration lets a visitor be, and what that lets one try."""

    member: Member
    persona: Persona


# ------------------------------------------------------------------ signing in


@blueprint.get("/sign-in")
@open_to_all
def sign_in() -> str:
    """The ways of signing in."""
    return sign_in_page(AskForm(formdata=None, data={"next": safe(request.args.get("next", ""))}))


@blueprint.post("/sign-in")
@open_to_all
def enter() -> ResponseReturnValue:
    """Ask for a link: the same answer for every address. In a demonstration, be one of the people offered."""
    if "handle" in request.form:
        return _be(request.form["handle"])
    form = AskForm()
    if not form.validate_on_submit():
        return sign_in_page(form), 400
    try:
        onward = safe(form.next.data or "")
        signing_in.ask_link(form.address.data or "", visiting.visit(), visiting.secret(), visiting.now(), onward=onward)
    except TooManyAttempts as refusal:
        return too_many(form, refusal)
    return redirect(url_for("accounts.asked"), code=303)


@blueprint.get("/sign-in/asked")
@open_to_all
def asked() -> str:
    """What happens next, whoever asked."""
    return render_template("accounts/asked.html", lasts=signing_in.LINK_LASTS)


@blueprint.get("/sign-in/link/<token>")
@open_to_all
def link(token: str) -> ResponseReturnValue:
    """One button. Opening the page uses nothing up, because mail scanners open links."""
    try:
        signing_in.look_at_link(token, visiting.visit(), visiting.now())
    except CannotUseLink as refusal:
        return cannot(refusal, url_for("accounts.again", token=token))
    return render_template("accounts/link.html", token=token)


@blueprint.post("/sign-in/link/<token>")
@open_to_all
def use_link(token: str) -> ResponseReturnValue:
    """Sign in."""
    secret = visiting.secret()
    try:
        onward = signing_in.use_link(token, visiting.visit(), secret, visiting.now(), before=visiting.signed_in())
    except CannotUseLink as refusal:
        return cannot(refusal, url_for("accounts.again", token=token))
    return begin(secret, onward)


@blueprint.post("/sign-in/link/<token>/again")
@open_to_all
def again(token: str) -> Answer:
    """Send another link to whom this one was sent, for this browser; the address is not shown."""
    signing_in.ask_link_again(token, visiting.visit(), visiting.secret(), visiting.now())
    return redirect(url_for("accounts.asked"), code=303)


@blueprint.post("/sign-out")
@open_to_all
def sign_out() -> Answer:
    """Be nobody again; whoever copied the cookie too."""
    one = visiting.signed_in()
    if one is not None:
        signing_in.sign_out(one, visiting.now())
    forget()
    return redirect(url_for("accounts.sign_in"), code=303)


def sign_in_page(form: AskForm) -> str:
    """The ways of signing in, with what was typed."""
    return render_template(
        "accounts/sign_in.html",
        form=form,
        passkey=ShowPasskeyForm(formdata=None, data={"next": form.next.data}),
        offered=offered(),
        next=form.next.data or "/",
        openid=visiting.settings().oidc_name,
    )


def too_many(form: AskForm, refusal: TooManyAttempts) -> ResponseReturnValue:
    """The page again, saying when it may be tried again."""
    form.form_errors.append(str(refusal))
    return sign_in_page(form), 429, {"Retry-After": str(refusal.seconds)}


def cannot(refusal: CannotUseLink, ask_again: str = "") -> ResponseReturnValue:
    """Why a link does not work, and the way on; ``ask_again`` is where another is asked for from this browser."""
    status = STATUS[type(refusal)]
    here = ask_again if isinstance(refusal, OtherBrowser) else ""
    return render_template("accounts/cannot.html", refusal=refusal, ask_again=here), status


def begin(secret: str, onward: str) -> Answer:
    """Give this browser the session that was begun. It starts empty: nothing of whoever sat here before remains."""
    session.clear()
    session.permanent = True
    visitor = _visitor(secret)
    assert visitor is not None
    login_user(visitor)
    flash(f"You are signed in as {visitor.person.name}.", "success")
    if needs_passkey(visitor.person.roles) and not visitor.one.strong:
        return redirect(url_for("passkeys.needed", next=safe(onward)), code=303)
    return redirect(safe(onward), code=303)


def forget() -> None:
    """Nobody is signed in here any more."""
    logout_user()
    session.clear()


def _be(handle: str) -> Answer:
    chosen = next((one for one in offered() if one.member.handle == handle), None)
    if chosen is None:
        abort(403)
    secret = visiting.secret()
    signing_in.enter(
        chosen.member.id, By.DEMONSTRATION, visiting.visit(), secret, visiting.now(), before=visiting.signed_in()
    )
    return begin(secret, request.form.get("next", ""))


def offered() -> tuple[Offered, ...]:
    """The demonstration's named people who are on the roll; nobody where its sign-in is off.

    Going by their handles is a second lock: on the roll of a real organisation there are no such people.
    """
    if not visiting.settings().demonstration_sign_in:
        return ()
    roll = {member.handle: member for member in store.members.everyone()}
    return tuple(Offered(roll[one.handle], one) for one in PERSONAS if one.handle in roll)


# ------------------------------------------------------------------ the account


@blueprint.get("/account")
@requires(Permission.READ)
def account() -> str:
    """Where one is signed in, one's passkeys, one's address and who sees one's name."""
    return account_page(AddPasskeyForm(formdata=None), ChangeAddressForm(formdata=None))


@blueprint.post("/account/sessions/end")
@requires(Permission.READ)
def end_session() -> Answer:
    """Sign out somewhere else."""
    accounts.end_session(visiting.somebody(), request.form.get("session", ""), visiting.now())
    flash("You are signed out there.", "success")
    return redirect(url_for("accounts.account"), code=303)


@blueprint.post("/account/sign-out-everywhere")
@requires(Permission.READ)
def sign_out_everywhere() -> Answer:
    """Sign out here and everywhere else."""
    accounts.sign_out_everywhere(visiting.somebody(), visiting.now())
    forget()
    flash("You are signed out everywhere.", "success")
    return redirect(url_for("accounts.sign_in"), code=303)


@blueprint.post("/account/visibility")
@requires(Permission.READ)
def choose_visibility() -> ResponseReturnValue:
    """Choose who sees one's name beside what one moved or seconded."""
    form = VisibilityForm()
    if not form.validate_on_submit():
        return account_page(AddPasskeyForm(formdata=None), ChangeAddressForm(formdata=None), form), 400
    privacy.set_visible_to(visiting.somebody().person, form.visible_to.data, visiting.now())
    flash("Who sees your name is as you chose.", "success")
    return redirect(url_for("accounts.account"), code=303)


def account_page(passkey: AddPasskeyForm, address: ChangeAddressForm, visibility: VisibilityForm | None = None) -> str:
    """The account, with what was typed."""
    found = accounts.account(visiting.somebody(), visiting.now())
    return render_template(
        "accounts/account.html",
        account=found,
        passkey=passkey,
        show=ShowPasskeyForm(formdata=None, data={"next": url_for("accounts.account")}),
        address=address,
        visibility=visibility or VisibilityForm(formdata=None, data={"visible_to": found.member.visible_to}),
    )


# ------------------------------------------------------------------ sessions


def init_app(app: Flask) -> None:
    """Know who is signed in at each request, and note that their session is in use."""
    manager = LoginManager()
    manager.session_protection = "basic"
    manager.user_loader(_visitor)
    manager.init_app(app)
    app.context_processor(lambda: {"label_of": _label_of})
    app.after_request(_note_use)


def _visitor(secret: str) -> Visitor | None:
    one = signing_in.signed_in(secret, visiting.now(), demonstration=visiting.settings().demonstration_sign_in)
    return Visitor(secret, one) if one else None


def _note_use(response: Response) -> Response:
    """Only after something was done: reading leaves the database as it was."""
    if request.method == "POST" and response.status_code < 400 and current_user.is_authenticated:  # noqa: PLR2004
        signing_in.used(current_user.one, visiting.now())
    return response


def _label_of(member: Member) -> str:
    """Who a member of the demonstration is, in two words."""
    return next((one.label for one in PERSONAS if one.handle == member.handle), "a member")
