"""What every answer says about itself."""

import re


def test_every_page_has_its_own_nonce(client):
    words = {
        re.search(r"'nonce-([^']+)'", client.get("/sign-in").headers["Content-Security-Policy"])[1] for _ in range(3)
    }
    assert len(words) == 3


def test_nothing_may_be_loaded_from_elsewhere(client):
    policy = client.get("/sign-in").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_no_page_of_a_member_is_kept_by_the_browser(client):
    client.sign_in("rosa-lindgren")
    assert client.get("/constitution").headers["Cache-Control"] == "no-store"


def test_a_file_whose_address_has_its_digest_is_kept_for_a_year(client):
    address = re.search(r'href="(/static/redraft\.css\?v=[^"]+)"', client.get("/sign-in").text)[1]
    assert "immutable" in client.get(address).headers["Cache-Control"]


def test_a_typeface_is_served_from_its_package(client):
    assert client.get("/fonts/serif.otf").data[:4] == b"OTTO"
    assert client.get("/fonts/comic.otf").status_code == 404


def test_an_error_has_a_page_and_the_headers_too(client):
    missing = client.get("/no-such-page")
    assert missing.status_code == 404
    assert missing.headers["X-Frame-Options"] == "DENY"


def test_a_forged_form_is_refused_with_a_sentence(app):
    app.config["WTF_CSRF_ENABLED"] = True
    with app.test_client() as client:
        refused = client.post("/sign-in", data={"handle": "rosa-lindgren"})
    assert refused.status_code == 400
    assert "open too long" in refused.text
