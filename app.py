"""The factory: the only module that knows every part."""

from __future__ import annotations

import os

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import store
import web
from config import Settings
from web import (
    account_commands,
    accounts,
    admitting,
    adopting,
    assets,
    ballot_commands,
    balloting,
    bringing_back,
    changing_address,
    commands,
    committee,
    consenting,
    drafting,
    drafts,
    export_commands,
    exporting,
    feeds,
    finding,
    finding_commands,
    following,
    importing,
    mine,
    notices,
    openid,
    passkeys,
    points,
    printing,
    proposing,
    publishing,
    reading,
    relating,
    roll,
    roll_commands,
    rules,
    seconding,
    serving,
    what_if,
    worker,
)

BLUEPRINTS = tuple(
    part.blueprint
    for part in (
        accounts,
        admitting,
        adopting,
        assets,
        balloting,
        bringing_back,
        changing_address,
        committee,
        consenting,
        drafting,
        drafts,
        exporting,
        feeds,
        finding,
        following,
        importing,
        mine,
        notices,
        openid,
        passkeys,
        points,
        printing,
        proposing,
        publishing,
        reading,
        relating,
        roll,
        rules,
        seconding,
        what_if,
    )
)


def create_app(settings: Settings | None = None) -> Flask:
    """The application under these settings, or under those of the environment."""
    settings = settings or Settings.from_environment(os.environ)
    app = Flask(__name__)
    app.config.from_mapping(settings.for_flask())
    n = settings.trusted_proxies
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    store.init_app(app)
    web.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for part in (
        account_commands,
        ballot_commands,
        commands,
        export_commands,
        finding_commands,
        printing,
        roll_commands,
        serving,
        worker,
    ):
        part.init_app(app)
    return app
