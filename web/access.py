"""Who may open what: every view says which permission it needs or that it is open to all.

A view that says neither is denied to everybody. That is the point of this module: forgetting the
declaration must never open a page, and a test names every view that forgot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user

from members.permissions import Permission, granted

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response

    from store.members import Member

View = TypeVar("View", bound="Callable[..., Any]")
OPEN = "open to all"


class UndeclaredView(RuntimeError):
    """A view that does not say who may open it; nobody may."""

    def __init__(self, endpoint: str) -> None:
        super().__init__(f"The view {endpoint!r} declares neither a permission nor that it is open to all.")


def requires(permission: Permission) -> Callable[[View], View]:
    """Declare that a view is for members who hold ``permission``."""
    return lambda view: _declare(view, permission)


def open_to_all(view: View) -> View:
    """Declare that a view is for everybody, signed in or not."""
    return _declare(view, OPEN)


def declaration(view: Callable[..., Any]) -> Permission | str | None:
    """What a view declares: a permission, OPEN, or None when it forgot."""
    return getattr(view, "redraft_access", None)


def current_member() -> Member | None:
    """The member who is signed in, with the roles that their session lets them use."""
    return current_user.member if current_user.is_authenticated else None


def may(permission: Permission) -> bool:
    """Whether the person at the other end holds a permission."""
    member = current_member()
    return member is not None and permission in granted(member.roles)


def guard() -> Response | None:
    """Before every request: let it pass, ask for a sign-in, or refuse."""
    if request.endpoint is None:
        return None  # no such address: the 404 page answers
    needed = declaration(current_app.view_functions[request.endpoint])
    if needed is None:
        raise UndeclaredView(request.endpoint)
    if needed == OPEN or may(Permission(needed)):
        return None
    if current_member() is None:
        return redirect(url_for("accounts.sign_in", next=_way_back()), code=303)
    if Permission(needed) in granted(current_user.person.roles):  # as soon as they have shown their passkey
        return redirect(url_for("passkeys.needed", next=_way_back()), code=303)
    return abort(403)


def init_app(app: Flask) -> None:
    """Guard every view of the application; files of the stylesheet are open."""
    app.view_functions["static"] = open_to_all(app.view_functions["static"])
    app.before_request(guard)
    app.context_processor(lambda: {"current_member": current_member(), "may": may, "Permission": Permission})


def _declare(view: View, access: str) -> View:
    view.redraft_access = access  # type: ignore[attr-defined]
    return view


def _way_back() -> str:
    """Where to go on after signing in: the page itself, or the page whose form was sent."""
    return request.full_path.rstrip("?") if request.method == "GET" else request.form.get("next", "/")
