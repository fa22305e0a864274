"""Signing in through an identity provider: a provider of our own, on this machine, that can also lie."""

import base64
import hashlib
import json
import re
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pages
import pytest
import sqlalchemy as sa
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from app import create_app
from store.database import db

ROSA = "rosa-lindgren"
CLIENT, SECRET = "redraft", "known-to-both-" * 3


class Provider(ThreadingHTTPServer):
    """An identity provider; ``claims`` and ``header`` are what it says beyond what it must."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.key = self.signed_by = RSAKey.generate_key(2048, {"kid": "one"})
        self.given = 0
        self.claims, self.issuer, self.algorithm, self.codes, self.asked = {}, self.address, "RS256", {}, []

    def log_in(self, redirect):
        """What the provider's own page does: it sends the browser back with a code."""
        asked = {name: value for name, [value] in parse_qs(urlsplit(redirect).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"/sign-in/openid/return?code={code}&state={asked['state']}"

    def token(self, form):
        """A token for a code, once, to whom it was asked for."""
        asked = self.codes.pop(form["code"])
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        assert (asked["code_challenge"], asked["code_challenge_method"]) == (proof, "S256")
        assert form["redirect_uri"] == asked["redirect_uri"]
        now = int(time.time())
        said = {"iss": self.issuer, "sub": "1", "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": asked["nonce"]}
        token = self.signed(said | self.claims)
        self.given += 1
        return {"access_token": "nothing", "token_type": "Bearer", "id_token": token}

    def signed(self, claims):
        if self.algorithm == "none":
            return ".".join((encoded({"alg": "none"}), encoded(claims), ""))
        return jwt.encode({"alg": self.algorithm, "kid": "one"}, claims, self.signed_by, algorithms=[self.algorithm])

    def discovery(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }


def encoded(said):
    return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        said = {
            "/.well-known/openid-configuration": self.server.discovery,
            "/keys": lambda: {"keys": [self.server.key.as_dict(private=False)]},
        }.get(self.path)
        self.say(200 if said else 404, said() if said else {})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append(self.headers["Authorization"])
        form = {name: value for name, [value] in parse_qs(body).items()}
        known = form["code"] in self.server.codes
        self.say(200 if known else 400, self.server.token(form) if known else {"error": "invalid_grant"})

    def say(self, status, said):
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nothing is printed."""


@pytest.fixture
def provider():
    server = Provider()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def served(app, provider):
    """The demonstration, its provider set."""
    made = create_app(
        replace(
            app.config["SETTINGS"], oidc_issuer=provider.address, oidc_client_id=CLIENT, oidc_client_secret=SECRET,
            oidc_name="Union ID", base_url="https://rules.example.org",
        )
    )  # fmt: skip
    made.testing = True
    made.config["WTF_CSRF_ENABLED"] = False
    made.test_client_class = pages.Client
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def browser(served):
    return served.test_client()


@pytest.fixture
def rosas(served, provider):
    """The provider vouches for Rosa's address, in other letters."""
    with served.app_context(), db.engine.begin() as connection:
        [address] = connection.execute(sa.text("SELECT email FROM member WHERE handle = :h"), {"h": ROSA}).one()
    provider.claims = {"email": address.upper(), "email_verified": True}


def returned(browser, provider, onward="/"):
    """Go to the provider and come back; what the form of the page would send."""
    redirect = browser.get(f"/sign-in/openid?next={onward}").location
    page = browser.get(provider.log_in(redirect)).text
    return dict(re.findall(r'type="hidden" name="(code|state)" value="([^"]+)"', page))


def finish(browser, said):
    return browser.post("/sign-in/openid/return", data=said)


def who(browser):
    found = re.search(r'class="who-name"[^>]*>([^<]+)<', browser.get("/about").text)
    return found and found[1]


def test_the_button_is_there_only_where_a_provider_is_set(client, browser):
    assert "Sign in with Union ID" in browser.get("/sign-in").text
    assert "openid" not in client.get("/sign-in").text
    assert client.get("/sign-in/openid").status_code == 404
    assert client.get("/sign-in/openid/return").status_code == 404
    assert client.post("/sign-in/openid/return").status_code == 404


def test_whoever_the_provider_vouches_for_is_signed_in_and_goes_on(browser, provider, rosas):
    entered = finish(browser, returned(browser, provider, "/amendments"))
    assert (entered.status_code, entered.location) == (303, "/amendments")
    assert who(browser) == "Rosa Lindgren"
    assert provider.asked == [f"Basic {base64.b64encode(f'{CLIENT}:{SECRET}'.encode()).decode()}"]


def test_the_provider_is_asked_with_state_nonce_and_proof(browser):
    asked = parse_qs(urlsplit(browser.get("/sign-in/openid").location).query)
    assert asked["redirect_uri"] == ["https://rules.example.org/sign-in/openid/return"]
    assert asked["scope"] == ["openid email"]
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    assert asked["code_challenge_method"] == ["S256"]


def test_coming_back_changes_nothing_until_the_button_is_pressed(browser, provider, rosas):
    returned(browser, provider)
    assert who(browser) is None
    assert len(provider.codes) == 1


@pytest.mark.thorough
@pytest.mark.parametrize(
    "claims",
    [
        {"email": "stranger@example.org"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": None},
        {"email": ""},
    ],
)
def test_who_is_not_vouched_for_or_not_on_the_roll_gets_one_answer(browser, provider, rosas, claims):
    provider.claims |= claims
    refused = finish(browser, returned(browser, provider))
    assert refused.status_code == 403
    assert "That did not sign you in. Ask for a link to the address that the organisation has of you." in refused.text
    assert who(browser) is None


def test_what_another_browser_brought_back_signs_nobody_in(served, browser, provider, rosas):
    said = returned(browser, provider)
    assert finish(served.test_client(), said).status_code == 502
    assert finish(browser, said | {"state": "guessed"}).status_code == 502
    assert finish(browser, {"code": said["code"]}).status_code == 502


def test_a_code_works_once(browser, provider, rosas):
    said = returned(browser, provider)
    assert finish(browser, said).status_code == 303
    browser.post("/sign-out")
    assert finish(browser, said).status_code == 502
    assert who(browser) is None


@pytest.mark.parametrize(
    "claims", [{"nonce": "another"}, {"aud": "another"}, {"iss": "https://elsewhere.example"}, {"exp": 1}]
)
def test_a_token_that_is_not_for_us_now_signs_nobody_in(browser, provider, rosas, claims):
    provider.claims |= claims
    assert finish(browser, returned(browser, provider)).status_code == 502
    assert who(browser) is None


def test_a_token_signed_by_another_signs_nobody_in(browser, provider, rosas):
    provider.signed_by = RSAKey.generate_key(2048, {"kid": "one"})
    assert finish(browser, returned(browser, provider)).status_code == 502
    assert who(browser) is None


@pytest.mark.parametrize("algorithm", ["HS256", "none"])
def test_a_token_that_proves_nothing_signs_nobody_in(browser, provider, rosas, algorithm):
    provider.algorithm = algorithm
    provider.signed_by = OctKey.import_key(SECRET)
    assert finish(browser, returned(browser, provider)).status_code == 502
    assert provider.given == 1
    assert who(browser) is None


def test_a_provider_that_calls_itself_otherwise_is_not_asked(browser, provider, rosas):
    provider.issuer = "https://elsewhere.example"
    refused = browser.get("/sign-in/openid")
    assert refused.status_code == 502
    assert "Ask for a link instead" in refused.text


def test_a_provider_that_is_not_there_is_said_in_a_sentence(served, browser):
    gone = create_app(replace(served.config["SETTINGS"], oidc_issuer="http://127.0.0.1:9"))
    gone.testing = True
    gone.test_client_class = pages.Client
    refused = gone.test_client().get("/sign-in/openid")
    assert refused.status_code == 502
    assert "not possible at the moment" in refused.text
    with gone.app_context():
        db.engine.dispose()


def test_what_the_provider_refused_is_said(browser):
    page = browser.get("/sign-in/openid/return?error=access_denied&state=x").text
    assert "Union ID did not sign you in" in page
    assert browser.post("/sign-in/openid/return", data={"error": "access_denied"}).status_code == 400


def test_through_the_provider_the_committee_still_shows_its_passkey(served, browser, provider):
    with served.app_context(), db.engine.begin() as connection:
        [address] = connection.execute(sa.text("SELECT email FROM member WHERE handle = 'ffion-pritchard'")).one()
    provider.claims = {"email": address, "email_verified": True}
    assert finish(browser, returned(browser, provider, "/committee")).location == "/sign-in/passkey?next=/committee"
