"""Who is at the other end: their session, if they are signed in, and their browser, address and device in any case."""

from __future__ import annotations

import ipaddress
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import current_app, request, session
from flask_login import current_user

import store
import store.processes
from services.passkeys import Site
from services.signing_in import Visit

if TYPE_CHECKING:
    from config import Settings
    from services.signing_in import SignedIn

BROWSER = "browser"
NEIGHBOURS = 64  # one household of IPv6 has 2^64 addresses to try from

# The first that fits: most browsers claim to be several others as well.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def now() -> datetime:
    """The moment at which a request acts."""
    return datetime.now(UTC)


def secret() -> str:
    """A new secret that nobody can guess: 32 random bytes in base64url."""
    return secrets.token_urlsafe(32)


def signed_in() -> SignedIn | None:
    """Who is signed in, with the session by which they are."""
    return current_user.one if current_user.is_authenticated else None


def somebody() -> SignedIn:
    """Who is signed in, in a view that requires somebody to be."""
    one = signed_in()
    assert one is not None
    return one


def visit() -> Visit:
    """The browser at the other end. Sending a form gives it a secret of its own, so that it is known again."""
    if BROWSER not in session and request.method == "POST":
        session[BROWSER] = secret()
        session.permanent = True
    key = settings().secret_key
    return Visit(session.get(BROWSER, ""), client(request.remote_addr or ""), device(request.user_agent.string), key)


def client(address: str) -> str:
    """The address that counts for limits: as the connection says it, never as a header claims; of IPv6 its network."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, NEIGHBOURS), strict=False)) if found.version == 6 else str(found)  # noqa: PLR2004 (IPv6)


def device(user_agent: str) -> str:
    """A browser and a system in words that its owner knows again: Firefox on Linux."""
    browser = _named(user_agent, BROWSERS)
    system = _named(user_agent, SYSTEMS)
    return " on ".join(filter(None, (browser or "a browser", system)))


def site() -> Site:
    """Where passkeys are good: at the address of the settings; while developing, at whichever the browser used."""
    at = urlsplit(settings().base_url if settings().production else request.host_url)
    return Site(at.hostname or "", f"{at.scheme}://{at.netloc}", store.processes.current().organisation)


def settings() -> Settings:
    """The settings of this installation."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def safe(address: str) -> str:
    """A page of ours to go on to: never another site's, however it is disguised."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if ours and address.isprintable() else "/"


def _named(user_agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in names if mark in user_agent), "")
