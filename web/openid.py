"""Signing in through the organisation's own identity provider (OpenID Connect Core 1.0, authorization code with PKCE).

The provider says whose mailbox somebody has; the roll says whether that is a member. What comes back is a GET of the
provider's making, so it changes nothing yet: its page has a button, and the button posts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, abort, current_app, render_template, request, session, url_for

from members.assurance import By
from services import signing_in
from services.signing_in import NotOnTheRoll, ProviderFailed
from web import visiting
from web.access import open_to_all
from web.accounts import begin
from web.visiting import safe

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("openid", __name__)

NAME = "openid"
ONWARD = "openid-next"
PATIENCE = 10  # seconds for each answer of the provider
# With a secret that we share, or with none at all, a token would prove nothing about who made it.
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})


@blueprint.get("/sign-in/openid")
@open_to_all
def leave() -> Response:
    """Go to the provider. What it must answer is kept in the browser's session; the database stays as it was."""
    session[ONWARD] = safe(request.args.get("next", ""))
    back = f"{visiting.settings().base_url}{url_for('openid.come_back')}"
    return _asked(lambda client: client.authorize_redirect(back))


@blueprint.get("/sign-in/openid/return")
@open_to_all
def come_back() -> str:
    """One button, which takes what the provider said to the other view."""
    _client()
    said = {name: request.args[name] for name in ("code", "state", "error") if name in request.args}
    return render_template("accounts/openid.html", said=said, name=visiting.settings().oidc_name)


@blueprint.post("/sign-in/openid/return")
@open_to_all
def enter() -> Response:
    """Sign in whoever has the verified address that the provider vouches for; raises NotOnTheRoll."""
    if "code" not in request.form:
        _client()
        abort(400)
    onward, secret = session.get(ONWARD, "/"), visiting.secret()
    claims = _asked(lambda client: client.authorize_access_token()).get("userinfo") or {}
    if claims.get("email_verified") is not True or not isinstance(claims.get("email"), str):
        raise NotOnTheRoll
    signing_in.enter_by_address(
        claims["email"], By.OPENID, visiting.visit(), secret, visiting.now(), before=visiting.signed_in()
    )
    return begin(secret, onward)


def init_app(app: Flask) -> None:
    """Know the provider, where one is set. The library is loaded only then: it takes half a second."""
    settings = app.config["SETTINGS"]
    if not settings.oidc_issuer:
        return
    from authlib.integrations.flask_client import OAuth

    OAuth(app).register(
        NAME,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=f"{settings.oidc_issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "default_timeout": PATIENCE},
    )


def _client() -> Any:  # noqa: ANN401 (the library names no type)
    """The provider's client; 404 where none is set."""
    oauth = current_app.extensions.get("authlib.integrations.flask_client")
    return oauth.create_client(NAME) if oauth else abort(404)


def _asked(question: Any) -> Any:  # noqa: ANN401
    """What the provider answers to a question; raises ProviderFailed."""
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError
    from requests import RequestException

    client = _client()
    try:
        _check_provider(client)
        return question(client)
    except (AuthlibBaseError, JoseError, RequestException, LookupError, RuntimeError, ValueError) as failure:
        current_app.logger.warning("The identity provider failed: %s", type(failure).__name__)
        raise ProviderFailed from failure


def _check_provider(client: Any) -> None:  # noqa: ANN401
    """That it is who we think, and signs as it must (OpenID Connect Discovery 1.0, 4.3)."""
    found = client.load_server_metadata()
    if found.get("issuer", "").rstrip("/") != visiting.settings().oidc_issuer:
        raise ValueError(found.get("issuer"))
    offered = found.get("id_token_signing_alg_values_supported") or ["RS256"]
    found["id_token_signing_alg_values_supported"] = [one for one in offered if one in ALGORITHMS]
