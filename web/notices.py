"""What a member is told: the messages themselves, the choice of how they come, and the end of them without signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for

from members.notices import DIGEST, LABELS, MANNERS, Choice, Kind, is_path
from members.permissions import Permission
from services import letters, notifying
from web.access import current_member, open_to_all, requires

if TYPE_CHECKING:
    from flask.blueprints import BlueprintSetupState
    from werkzeug.wrappers import Response

blueprint = Blueprint("notices", __name__)


@blueprint.get("/account/notices")
@requires(Permission.READ)
def choices() -> str:
    """How the member hears of each kind of thing."""
    member = current_member()
    assert member is not None
    return render_template(
        "notices/choices.html",
        held=notifying.choices(member),
        address=member.email,
        zone=notifying.zone(),
        kinds=[one for one in Kind if len(MANNERS[one].choices) > 1],
        always=[one for one in Kind if len(MANNERS[one].choices) == 1],
        offered=list(Choice),
    )


@blueprint.post("/account/notices")
@requires(Permission.READ)
def choose() -> Response:
    """Keep what the member chose; a kind that the form does not name stays as it was."""
    member = current_member()
    assert member is not None
    notifying.choose(member, {one: request.form[one] for one in Kind if one in request.form})
    flash("What you chose is kept.", "success")
    return redirect(url_for("notices.choices"), code=303)


@blueprint.get("/account/messages")
@requires(Permission.READ)
def messages() -> str:
    """The last things that the member was told, to be read without mail."""
    member = current_member()
    assert member is not None
    return render_template("notices/messages.html", messages=notifying.messages(member))


@blueprint.get("/unsubscribe/<token>")
@open_to_all
def unsubscribing(token: str) -> str:
    """Ask, because a mail programme may open links by itself."""
    _, kind = letters.read_token(token, current_app.config["SETTINGS"].secret_key)
    return render_template("notices/unsubscribe.html", kind=kind, token=token)


@blueprint.post("/unsubscribe/<token>")
@open_to_all
def unsubscribe(token: str) -> str:
    """No more messages of a kind: from our own page, or from a mail programme's button (RFC 8058, which wants no redirect).

    Exempt from the token against forgery, which a mail programme does not have: the address itself holds a signed token,
    and authorises nothing but this.
    """
    member, kind = letters.read_token(token, current_app.config["SETTINGS"].secret_key)
    return render_template("notices/unsubscribed.html", ended=notifying.unsubscribe(member, kind))


@blueprint.record_once
def _exempt(state: BlueprintSetupState) -> None:
    state.app.extensions["csrf"].exempt(unsubscribe)


@blueprint.app_context_processor
def _words() -> dict[str, object]:
    return {"MANNERS": MANNERS, "CHOICES": LABELS, "DIGEST": DIGEST, "is_path": is_path}
