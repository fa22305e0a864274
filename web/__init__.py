"""How it is seen: the only package that knows Flask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_wtf import CSRFProtect

from web import access, accounts, addresses, assets, errors, headers, openid, page, words

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Give the application what every page of it has."""
    CSRFProtect(app)
    for part in (addresses, headers, accounts, access, assets, errors, openid, page, words):
        part.init_app(app)
