"""Who may open what, and how one becomes somebody."""

from dataclasses import replace

import pytest
from flask import request

from app import create_app
from config import Environment, Settings, UnsafeSetting
from demonstration.people import PERSONAS
from services.limits import LINKS_FROM_CLIENT
from web.accounts import safe

COMMITTEE, MEMBER = "ffion-pritchard", "rosa-lindgren"


def test_a_reader_needs_no_account(client):
    for address in ("/constitution", "/amendments", "/drafts", "/log", "/sign-in"):
        assert client.get(address).status_code == 200, address


def test_proposing_asks_for_a_sign_in_and_comes_back(client):
    asked = client.get("/amendments/propose?act=insert")
    assert asked.status_code == 303
    assert asked.location == "/sign-in?next=/amendments/propose?act%3Dinsert"
    entered = client.post("/sign-in", data={"handle": MEMBER, "next": "/amendments/propose?act=insert"})
    assert entered.location == "/amendments/propose?act=insert"


def test_a_member_cannot_do_what_the_committee_does(client):
    client.sign_in(MEMBER)
    assert client.post("/committee/composites/new").status_code == 403


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda one: one.key)
def test_every_persona_signs_in_with_one_click(client, persona):
    client.sign_in(persona.handle)
    assert persona.label.lower() in client.get("/constitution").text


def test_nobody_signs_in_as_a_member_who_is_not_offered(client):
    assert client.post("/sign-in", data={"handle": "joan-appleby"}).status_code == 403


def test_without_the_demonstration_nobody_signs_in_like_that(app):
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], demonstration_sign_in=False)
    with app.test_client() as client:
        assert MEMBER not in client.get("/sign-in").text
        assert client.post("/sign-in", data={"handle": MEMBER}).status_code == 403


def test_signing_out_makes_one_nobody(client):
    client.sign_in(COMMITTEE)
    client.sign_out()
    assert "Sign out" not in client.get("/constitution").text


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "elsewhere", "/a\nb", ""]
)
def test_after_signing_in_one_is_never_sent_elsewhere(address):
    assert safe(address) == "/"


# ------------------------------------------------------------------ behind proxies

FORWARDED = {
    "X-Forwarded-For": "192.0.2.1, 192.0.2.2, 192.0.2.3",
    "X-Forwarded-Proto": "ftp, http, https",
    "X-Forwarded-Host": "one.example, two.example, three.example",
}


@pytest.mark.parametrize(
    ("proxies", "seen"),
    [
        (0, ("127.0.0.1", "http", "localhost")),
        (1, ("192.0.2.3", "https", "three.example")),
        (2, ("192.0.2.2", "http", "two.example")),
        (4, ("127.0.0.1", "http", "localhost")),  # fewer have spoken than there are: none is believed
    ],
)
def test_of_what_proxies_say_as_much_is_believed_as_there_are_of_ours(proxies, seen):
    app = create_app(Settings(Environment.DEMONSTRATION, "sqlite://", "p" * 40, False, trusted_proxies=proxies))
    found = []
    app.before_request(lambda: found.append((request.remote_addr, request.scheme, request.host)))
    app.test_client().get("/static/redraft.css", headers=FORWARDED, buffered=True)
    assert found == [seen]


def links_asked(app, proxies, forwarded):
    """The answers to one more request for a link than an address may make, each with the header of its number."""
    behind = create_app(replace(app.config["SETTINGS"], trusted_proxies=proxies))
    behind.config["WTF_CSRF_ENABLED"] = False
    browser = behind.test_client()
    for n in range(LINKS_FROM_CLIENT + 1):
        header = {"X-Forwarded-For": forwarded.format(n)}
        answer = browser.post("/sign-in", data={"address": f"a{n}@example.org"}, headers=header)
    return answer.status_code


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("proxies", "forwarded", "last"),
    [(0, "192.0.2.{}", 429), (1, "192.0.2.{}", 303), (1, "192.0.2.{}, 198.51.100.1", 429)],
)
def test_limits_are_those_of_the_visitor_and_not_of_the_proxy_or_of_a_forger(app, proxies, forwarded, last):
    assert links_asked(app, proxies, forwarded) == last


def test_the_number_of_proxies_is_read_and_what_is_none_is_refused(tmp_path):
    said = {typed: Settings.from_environment({"REDRAFT_TRUSTED_PROXIES": typed}, tmp_path) for typed in ("", "0", "2")}
    assert {typed: one.trusted_proxies for typed, one in said.items()} == {"": 0, "0": 0, "2": 2}
    for typed in ("-1", "one", "1.5", "10", "²", "1\n"):
        with pytest.raises(UnsafeSetting, match=r"REDRAFT_TRUSTED_PROXIES is .* from 0 to 9"):
            Settings.from_environment({"REDRAFT_TRUSTED_PROXIES": typed}, tmp_path)
