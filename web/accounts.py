"""Signing in and out. Only the demonstration has a sign-in so far: one click on one of a few named people.

The demonstration's sign-in asks for no password, so it exists only where the settings allow it
(config refuses that in production), and it signs in only the people it offers, not any member.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, abort, current_app, flash, redirect, render_template, request, session, url_for
from flask_login import LoginManager, UserMixin, login_user, logout_user

import store
import store.members
from demonstration.people import PERSONAS, Persona
from web.access import open_to_all

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from store.members import Member

blueprint = Blueprint("accounts", __name__)


class Visitor(UserMixin):
    """A member as Flask-Login wants to see one."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.id = str(member.id)


@dataclass(frozen=True, slots=True)
class Offered:
    """One person whom the demonstration lets a visitor be, and what that lets one try."""

    member: Member
    persona: Persona


@blueprint.get("/sign-in")
@open_to_all
def sign_in() -> str:
    """Whom one may sign in as."""
    return render_template("accounts/sign_in.html", offered=offered(), next=safe(request.args.get("next", "")))


@blueprint.post("/sign-in")
@open_to_all
def enter() -> Response:
    """Be one of the people offered. The session starts empty, so nothing of whoever sat here before remains."""
    handle = request.form.get("handle", "")
    chosen = next((one for one in offered() if one.member.handle == handle), None)
    if chosen is None:
        abort(403)
    session.clear()
    login_user(Visitor(chosen.member))
    flash(f"You are signed in as {chosen.member.name}.", "success")
    return redirect(safe(request.form.get("next", "")), code=303)


@blueprint.post("/sign-out")
@open_to_all
def sign_out() -> Response:
    """Be nobody again."""
    logout_user()
    session.clear()
    return redirect(url_for("accounts.sign_in"), code=303)


def offered() -> tuple[Offered, ...]:
    """The demonstration's named people who are on the roll; nobody where its sign-in is off.

    Going by their handles is a second lock: on the roll of a real organisation there are no such people.
    """
    if not current_app.config["SETTINGS"].demonstration_sign_in:
        return ()
    roll = {member.handle: member for member in store.members.everyone()}
    return tuple(Offered(roll[one.handle], one) for one in PERSONAS if one.handle in roll)


def safe(address: str) -> str:
    """A page of ours to go on to: never another site's, however it is disguised."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if ours and address.isprintable() else "/"


def init_app(app: Flask) -> None:
    """Know the member of each session."""
    manager = LoginManager()
    manager.session_protection = "basic"
    manager.user_loader(_visitor)
    manager.init_app(app)
    app.context_processor(lambda: {"label_of": _label_of})


def _visitor(member_id: str) -> Visitor | None:
    member = store.members.by_id(int(member_id)) if member_id.isdigit() else None
    return Visitor(member) if member else None


def _label_of(member: Member) -> str:
    """Who a member of the demonstration is, in two words."""
    return next((one.label for one in PERSONAS if one.handle == member.handle), "a member")
