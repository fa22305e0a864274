"""Who may open what, and how one becomes somebody."""

import pytest

from demonstration.people import PERSONAS
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
    from dataclasses import replace

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
