"""What every answer says about itself to the browser: what it may load, who may frame it, who may keep it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, g, request
from flask_login import current_user

if TYPE_CHECKING:
    from config import Settings

YEAR = 365 * 24 * 60 * 60

FIXED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), interest-cohort=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def nonce() -> str:
    """The word that tells our own inline script from anybody else's; new for every answer."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(18)
    word: str = g.csp_nonce
    return word


def policy(word: str) -> str:
    """The content security policy: nothing at all, then the little that our pages need, all of it our own."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{word}'",
            f"style-src 'self' 'nonce-{word}'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def add(response: Response) -> Response:
    """After every request."""
    response.headers.update(FIXED)
    response.headers["Content-Security-Policy"] = policy(nonce())
    if _settings().production:
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    if response.mimetype == "text/html":
        response.headers["Cache-Control"] = "no-store" if current_user.is_authenticated else "private, no-cache"
        response.vary.add("Cookie")
    elif request.endpoint in {"static", "assets.font"} and "v" in request.args:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def init_app(app: Flask) -> None:
    """Add the headers to every answer of the application."""
    app.after_request(add)
    app.jinja_env.globals["csp_nonce"] = nonce


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
