"""Following a clause, an amendment or a branch, from the page it is on and back to that page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request

from members.permissions import Permission
from services import clock, following
from web.access import current_member, requires
from web.visiting import safe

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("following", __name__)


@blueprint.post("/follow")
@requires(Permission.READ)
def follow() -> Response:
    """Follow something."""
    member = current_member()
    assert member is not None
    subject = following.follow(member, *_named(), clock.now())
    flash(f"You follow this {subject.kind} now, and are told when something happens to it.", "success")
    return _back()


@blueprint.post("/unfollow")
@requires(Permission.READ)
def unfollow() -> Response:
    """Follow something no more."""
    member = current_member()
    assert member is not None
    subject = following.unfollow(member, *_named())
    flash(f"You do not follow this {subject.kind} any more.", "success")
    return _back()


@blueprint.app_context_processor
def _words() -> dict[str, object]:
    return {"follows": _follows}


def _follows(kind: str, name: str) -> bool:
    """Whether whoever looks follows it."""
    member = current_member()
    return member is not None and following.follows(member, kind, str(name))


def _named() -> tuple[str, str]:
    return request.form.get("kind", ""), request.form.get("subject", "")


def _back() -> Response:
    return redirect(safe(request.form.get("next", "/")), code=303)
