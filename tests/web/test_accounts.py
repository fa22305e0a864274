"""Signing in and the account, as a browser meets them."""

import json
import re
from dataclasses import replace

import pytest
import sqlalchemy as sa
from authenticator import Authenticator

from members.fingerprints import fingerprint
from services.limits import LINKS_TO_ADDRESS
from store.database import db
from web.visiting import client as counted
from web.visiting import device

ROSA, FFION = "rosa-lindgren", "ffion-pritchard"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"


@pytest.fixture
def client(app):
    """A browser. Not in a ``with``: what Flask then keeps of a request, another browser's would find."""
    return app.test_client()


@pytest.fixture
def rows(app):
    """Rows of the database: ``rows("SELECT ...", name=value)``; what is changed by it is kept."""

    def ask(statement, **values):
        with app.app_context(), db.engine.begin() as connection:
            answer = connection.execute(sa.text(statement), values)
            return [tuple(one) for one in answer] if answer.returns_rows else []

    return ask


@pytest.fixture
def asked(client, rows):
    """Ask for a link, and read it in the mail: ``asked(ROSA)`` is its path."""

    def ask(handle, browser=client, **more):
        [[address]] = rows("SELECT email FROM member WHERE handle = :h", h=handle)
        answer = browser.post("/sign-in", data={"address": address, **more})
        assert (answer.status_code, answer.location) == (303, "/sign-in/asked")
        [[body]] = rows("SELECT body FROM notice WHERE kind = 'sign-in-link' ORDER BY id DESC LIMIT 1")
        return re.search(r"^/sign-in/link/\S+$", body, re.MULTILINE)[0]

    return ask


@pytest.fixture
def by_link(client, asked):
    """Signed in by a link: ``by_link(ROSA)``."""

    def enter(handle, browser=client):
        assert browser.post(asked(handle, browser)).status_code == 303

    return enter


def who(browser):
    """The name at the head of the page; None for nobody."""
    found = re.search(r'class="who-name"[^>]*>([^<]+)<', browser.get("/about").text)
    return found and found[1]


def cookie(browser):
    return browser.get_cookie("redraft").value


def everything(rows):
    """All that the database holds."""
    tables = [name for (name,) in rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: rows(f'SELECT * FROM "{name}"') for name in tables}


# ------------------------------------------------------------------ by a link


def test_a_link_signs_in_and_leads_back(client, asked):
    link = asked(ROSA, next="/amendments?state=refused")
    assert "Press the button" in client.get(link).text
    entered = client.post(link)
    assert (entered.status_code, entered.location) == (303, "/amendments?state=refused")
    assert who(client) == "Rosa Lindgren"


def test_a_link_never_leads_elsewhere(client, asked):
    assert client.post(asked(ROSA, next="https://elsewhere.example")).location == "/"


def test_the_answer_is_the_same_whether_or_not_somebody_is_a_member(app, rows):
    [[address]] = rows("SELECT email FROM member WHERE handle = :h", h=ROSA)
    said = []
    for typed in (address, "stranger@example.org"):
        with app.test_client() as browser:
            answer = browser.post("/sign-in", data={"address": typed})
            headers = sorted(
                re.sub(r"nonce-[^']+|redraft=[^;]+|expires=[^;]+", "", f"{k}: {v}", flags=re.IGNORECASE)
                for k, v in answer.headers
            )
            said.append((answer.status_code, answer.text, headers, len(cookie(browser))))
    assert said[0] == said[1]


def test_opening_the_page_of_a_link_uses_nothing_up(client, app, asked):
    link = asked(ROSA)
    scanner = app.test_client()
    assert scanner.get(link).status_code == 403
    assert client.get(link).status_code == client.get(link).status_code == 200
    assert client.post(link).status_code == 303


def test_a_link_used_twice_is_gone(client, asked):
    link = asked(ROSA)
    client.post(link)
    client.post("/sign-out")
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 410
        assert "a link works once" in answer.text
    assert who(client) is None


def test_a_link_that_expired_is_gone(client, asked, rows):
    link = asked(ROSA)
    rows("UPDATE ticket SET expires = at")
    assert client.get(link).status_code == 410
    assert "has expired" in client.post(link).text
    assert who(client) is None


def test_a_link_opened_elsewhere_offers_to_send_another_there(app, asked, rows):
    link, elsewhere = asked(ROSA), app.test_client()
    for answer in (elsewhere.get(link), elsewhere.post(link)):
        assert answer.status_code == 403
        assert "in the browser you asked from, or ask again here" in answer.text
        assert "@" not in re.sub(r"<[^>]+>", "", answer.text)
    assert who(elsewhere) is None
    assert elsewhere.post(f"{link}/again").location == "/sign-in/asked"
    [[body, address]] = rows("SELECT body, address FROM notice ORDER BY id DESC LIMIT 1")
    assert [[address]] == [list(one) for one in rows("SELECT email FROM member WHERE handle = :h", h=ROSA)]
    elsewhere.post(re.search(r"^/sign-in/link/\S+$", body, re.MULTILINE)[0])
    assert who(elsewhere) == "Rosa Lindgren"


def test_a_link_that_is_none_is_not_found(client):
    assert client.get("/sign-in/link/guessed").status_code == 404
    assert client.post("/sign-in/link/guessed").status_code == 404
    assert client.post("/sign-in/link/guessed/again").status_code == 404


@pytest.mark.parametrize("typed", ["", "rosa", "a b@example.org"])
def test_what_is_no_address_comes_back_with_what_to_enter(client, typed):
    answer = client.post("/sign-in", data={"address": typed})
    assert answer.status_code == 400
    assert "Enter an e-mail address" in answer.text
    assert f'value="{typed}"' in answer.text


def test_too_many_are_told_when_to_try_again_whoever_they_are(app, rows):
    [[address]] = rows("SELECT email FROM member WHERE handle = :h", h=ROSA)
    said = []
    for typed in (address, "stranger@example.org"):
        browser = app.test_client()
        for _ in range(LINKS_TO_ADDRESS):
            browser.post("/sign-in", data={"address": typed})
        answer = browser.post("/sign-in", data={"address": typed})
        assert answer.status_code == 429
        assert 3500 < int(answer.headers["Retry-After"]) <= 3600
        assert f'value="{typed}"' in answer.text
        said.append(re.search(r"This was tried too often[^<]+", answer.text)[0])
    assert said == ["This was tried too often within an hour. Try again in 60 minutes."] * 2


def test_a_header_does_not_make_one_somebody_else(app, rows):
    browser = app.test_client()
    for n in range(31):
        answer = browser.post(
            "/sign-in", data={"address": f"a{n}@example.org"}, headers={"X-Forwarded-For": f"192.0.2.{n}"}
        )
    assert answer.status_code == 429


# ------------------------------------------------------------------ the session


def test_a_copied_cookie_dies_with_the_sign_out(app, client):
    client.sign_in(ROSA)
    copied = cookie(client)
    thief = app.test_client()
    thief.set_cookie("redraft", copied)
    assert who(thief) == "Rosa Lindgren"
    client.sign_out()
    assert who(thief) is None
    client.set_cookie("redraft", copied)
    assert who(client) is None


def test_signing_in_leaves_nothing_of_the_session_before(app, client, asked):
    """Whoever planted a cookie before knows nothing of the session after, nor of another browser's link."""
    link = asked(ROSA)
    planted = cookie(client)
    client.post(link)
    assert cookie(client) != planted
    attacker = app.test_client()
    attacker.set_cookie("redraft", planted)
    assert who(attacker) is None
    with client.session_transaction() as session:
        assert "browser" not in session


def test_signing_in_as_another_ends_the_session_before(app, client):
    client.sign_in(ROSA)
    copied = cookie(client)
    client.sign_in(FFION)
    thief = app.test_client()
    thief.set_cookie("redraft", copied)
    assert who(thief) is None


def test_the_cookie_names_nobody(client, rows):
    client.sign_in(ROSA)
    [[member]] = rows("SELECT id FROM member WHERE handle = :h", h=ROSA)
    with client.session_transaction() as session:
        held = dict(session)
    assert held["_user_id"] not in {str(member), ROSA}
    assert held["_user_id"] not in str(everything(rows)["session"])


def test_only_signing_in_gives_a_cookie(client):
    client.sign_in(ROSA)
    client.get("/about")  # takes what is said once out of the session, and puts its token against forgery there
    style = re.search(r'href="(/static/redraft\.css[^"]+)"', client.get("/about").text)[1]
    assert [page for page in ("/about", "/account", style) if "Set-Cookie" in client.get(page).headers] == []


def test_no_cookie_is_forged_from_the_database(app, client, rows):
    client.sign_in(ROSA)
    [[name]] = rows("SELECT id FROM session")
    thief = app.test_client()
    with thief.session_transaction() as session:
        session["_user_id"] = name
    assert who(thief) is None


def test_reading_changes_no_row_signed_in_or_not(client, rows, asked):
    link = asked(ROSA)
    client.post(link)
    rows("UPDATE session SET seen = '2020-01-01T00:00:00.000000+00:00'")
    before = everything(rows)
    for page in ("/", "/account", "/sign-in", "/sign-in/asked", "/sign-in/passkey", link, "/constitution"):
        client.get(page)
    assert everything(rows) == before


def test_acting_notes_that_the_session_is_in_use(client, rows):
    client.sign_in(ROSA)
    rows("UPDATE session SET seen = '2020-01-01T00:00:00.000000+00:00'")
    client.post("/account/notices", data={})
    [[seen]] = rows("SELECT seen FROM session")
    assert not seen.startswith("2020")


def test_one_signs_out_there_and_everywhere(app, client, rows):
    client.sign_in(ROSA)
    phone = app.test_client()
    phone.post(
        "/sign-in", data={"handle": ROSA}, headers={"User-Agent": "Mozilla/5.0 (iPhone; like Mac OS X) Safari/604.1"}
    )
    page = client.get("/account").text
    assert "Safari on iPhone" in page
    [other] = re.findall(r'name="session" value="(\w{64})"', page)
    client.post("/account/sessions/end", data={"session": other})
    assert (who(phone), who(client)) == (None, "Rosa Lindgren")
    assert client.post("/account/sessions/end", data={"session": other}).status_code == 404
    phone.sign_in(ROSA)
    assert client.post("/account/sign-out-everywhere").location == "/sign-in"
    assert (who(phone), who(client)) == (None, None)


def test_who_leaves_the_roll_is_signed_out(client, rows):
    client.sign_in(ROSA)
    rows("UPDATE member SET standing = 'left' WHERE handle = :h", h=ROSA)
    assert who(client) is None


def test_who_is_in_arrears_reads_why_their_acts_do_not_count(client, rows):
    """The demonstration's rules leave members in arrears out."""
    client.sign_in(ROSA)
    assert "You cannot propose or second" not in client.get("/account").text
    rows("UPDATE member SET standing = 'arrears' WHERE handle = :h", h=ROSA)
    assert who(client) == "Rosa Lindgren"
    assert "You cannot propose or second: your subscription is in arrears" in client.get("/account").text
    rows("UPDATE member_role SET role = 'reader' WHERE member = (SELECT id FROM member WHERE handle = :h)", h=ROSA)
    assert "You cannot propose or second" not in client.get("/account").text


# ------------------------------------------------------------------ passkeys


def options(browser, address, **data):
    answer = browser.post(address, data=data)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    return answer.text


def add(browser, key, name="My phone"):
    made = key.make(options(browser, "/account/passkeys/options"))
    return browser.post("/account/passkeys", data={"credential": made, "name": name})


def show(browser, key, **data):
    shown = key.show(options(browser, "/sign-in/passkey/options"))
    return browser.post("/sign-in/passkey", data={"credential": shown, **data})


def test_by_a_link_the_committee_is_asked_for_its_passkey(client, asked):
    entered = client.post(asked(FFION, next="/committee"))
    assert entered.location == "/sign-in/passkey?next=/committee"
    assert "Your committee rights need your passkey" in client.get(entered.location).text
    refused = client.post("/committee/composites/new", data={"next": "/committee"})
    assert (refused.status_code, refused.location) == (303, "/sign-in/passkey?next=/committee")


def test_with_its_passkey_the_committee_has_its_rights(client, by_link):
    by_link(FFION)
    key = Authenticator()
    assert add(client, key).status_code == 303
    assert "My phone" in client.get("/account").text
    copied = cookie(client)
    entered = show(client, key, next="/committee")
    assert (entered.status_code, entered.location) == (303, "/committee")
    assert cookie(client) != copied
    assert client.post("/committee/composites/new").status_code != 303
    client.set_cookie("redraft", copied)
    assert who(client) is None


def test_a_passkey_signs_in_whoever_sits_there(app, client, by_link):
    by_link(ROSA)
    key = Authenticator()
    add(client, key)
    other = app.test_client()
    assert json.loads(options(other, "/sign-in/passkey/options")).get("allowCredentials", []) == []
    assert show(other, key).status_code == 303
    assert who(other) == "Rosa Lindgren"


def test_a_passkey_that_is_refused_is_said_on_the_page_it_was_shown_on(client, by_link):
    refused = show(client, Authenticator())
    assert refused.status_code == 403
    assert "This passkey did not sign you in" in refused.text
    by_link(FFION)
    refused = show(client, Authenticator())
    assert refused.status_code == 403
    assert "Your committee rights need your passkey" in refused.text


def test_without_script_the_button_says_what_to_do(client):
    answer = client.post("/sign-in/passkey", data={"credential": ""})
    assert answer.status_code == 400
    assert "ask for a link instead" in answer.text


def test_a_browser_is_asked_to_verify_its_holder(client, by_link):
    by_link(ROSA)
    made = json.loads(options(client, "/account/passkeys/options"))
    assert made["authenticatorSelection"]["userVerification"] == "required"
    assert made["rp"]["id"] == "localhost"
    assert json.loads(options(client, "/sign-in/passkey/options"))["userVerification"] == "required"


def test_in_production_passkeys_are_good_for_the_site_alone(app, client):
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(
        settings, environment="production", base_url="https://rules.example.org:8443", demonstration_sign_in=False
    )
    from config import Environment
    from web import visiting

    app.config["SETTINGS"] = replace(app.config["SETTINGS"], environment=Environment.PRODUCTION)
    with app.test_request_context("/", headers={"Host": "attacker.example"}):
        site = visiting.site()
    assert (site.domain, site.origin) == ("rules.example.org", "https://rules.example.org:8443")


def test_who_may_not_remove_a_passkey_is_told_how(client, by_link, rows):
    by_link(ROSA)
    add(client, Authenticator())
    [[passkey]] = rows("SELECT id FROM passkey")
    refused = client.post(f"/account/passkeys/{passkey}/remove")
    assert refused.status_code == 403
    assert "sign in with a passkey first" in refused.text
    client.sign_in(ROSA)
    assert client.post(f"/account/passkeys/{passkey}/remove").status_code == 303
    assert rows("SELECT id FROM passkey") == []


def test_a_command_puts_right_that_a_member_lost_their_passkeys(app, client, rows):
    client.sign_in(ROSA)
    add(client, Authenticator())
    with app.app_context():
        ran, refused = (app.test_cli_runner().invoke(args=["reset-passkeys", one]) for one in (ROSA, "nobody"))
    assert (ran.exit_code, ran.output) == (0, f"1 passkey of {ROSA} removed; they are signed out everywhere.\n")
    assert rows("SELECT id FROM passkey") == []
    assert who(client) is None
    assert (refused.exit_code, refused.output) == (1, "Error: There is no member nobody.\n")


def test_a_name_too_long_for_a_passkey_comes_back(client):
    client.sign_in(ROSA)
    answer = client.post("/account/passkeys", data={"name": "x" * 61, "credential": "{}"})
    assert answer.status_code == 400
    assert "x" * 61 in answer.text


# ------------------------------------------------------------------ another address


def links(rows):
    bodies = [body for (body,) in rows("SELECT body FROM notice ORDER BY id")]
    return [found[0] for body in bodies if (found := re.search(r"^/account/\w+/\S+$", body, re.MULTILINE))]


def test_an_address_is_changed_from_the_new_mailbox_and_taken_back_from_the_old(app, client, rows):
    client.sign_in(ROSA)
    [[old]] = rows("SELECT email FROM member WHERE handle = :h", h=ROSA)
    answer = client.post("/account/address", data={"new_address": "rosa@new.example"})
    assert (answer.status_code, answer.location) == (303, "/account")
    confirm, object_to = links(rows)
    assert "rosa@new.example" in client.get(confirm).text
    assert app.test_client().get(confirm).status_code == 303
    assert client.post(confirm).status_code == 303
    assert rows("SELECT email FROM member WHERE handle = :h", h=ROSA) == [("rosa@new.example",)]
    stranger = app.test_client()
    assert "It was not me" in stranger.get(object_to).text
    assert "Your account is yours" in stranger.post(object_to).text
    assert rows("SELECT email FROM member WHERE handle = :h", h=ROSA) == [(old,)]
    assert who(client) is None
    assert stranger.post(object_to).status_code == 410


def test_a_confirmation_opened_elsewhere_is_refused(app, client, rows):
    client.sign_in(ROSA)
    client.post("/account/address", data={"new_address": "rosa@new.example"})
    elsewhere = app.test_client()
    elsewhere.sign_in(ROSA)
    assert elsewhere.post(links(rows)[0]).status_code == 403
    elsewhere.sign_in(FFION)
    assert elsewhere.get(links(rows)[0]).status_code == 403


@pytest.mark.parametrize(("typed", "said"), [("rosa", "Enter an e-mail address"), ("own", "your address already")])
def test_an_address_that_cannot_be_comes_back(client, rows, typed, said):
    client.sign_in(ROSA)
    [[own]] = rows("SELECT email FROM member WHERE handle = :h", h=ROSA)
    typed = own if typed == "own" else typed
    answer = client.post("/account/address", data={"new_address": typed})
    assert answer.status_code == 400
    assert said in answer.text
    assert f'value="{typed}"' in answer.text


def test_another_members_address_is_refused_only_when_its_mailbox_was_read(client, rows):
    client.sign_in(ROSA)
    [[taken]] = rows("SELECT email FROM member WHERE handle = :h", h=FFION)
    assert client.post("/account/address", data={"new_address": taken}).status_code == 303
    refused = client.post(links(rows)[0])
    assert refused.status_code == 409
    assert "cannot be used for your account" in refused.text


def test_the_committee_shows_its_passkey_before_it_changes_its_address(client, by_link):
    by_link(FFION)
    answer = client.post("/account/address", data={"new_address": "ffion@new.example"})
    assert (answer.status_code, answer.location) == (303, "/sign-in/passkey?next=/account")


# ------------------------------------------------------------------ who sees one's name


def chosen(browser):
    """The choice that the account page shows as made."""
    page = browser.get("/account").text
    return re.findall(r'name="visible_to" value="(\w+)" checked', page)


def test_a_name_is_for_members_until_its_owner_says_otherwise(app, client, rows):
    moved = "/amendments/47"
    query = "SELECT handle, name FROM member JOIN amendment ON mover = member.id WHERE number = 47"
    [[handle, name]] = rows(query)
    rows("INSERT INTO session SELECT :s, id, 'link', '', :t, :t, '2999-01-01', NULL FROM member WHERE handle = :h",
         s=fingerprint("hers"), t="2999-01-01", h=handle)  # fmt: skip
    with client.session_transaction() as session:
        session["_user_id"] = "hers"
    assert chosen(client) == ["members"]
    assert name not in app.test_client().get(moved).text
    answer = client.post("/account/visibility", data={"visible_to": "all"})
    assert (answer.status_code, answer.location) == (303, "/account")
    assert "Who sees your name is as you chose." in client.get("/account").text
    assert chosen(client) == ["all"]
    assert name in app.test_client().get(moved).text
    client.post("/account/visibility", data={"visible_to": "members"})
    assert name not in app.test_client().get(moved).text


def test_the_account_says_how_the_public_reads_a_name_that_is_for_members(client, rows):
    client.sign_in(ROSA)
    [[branch]] = rows("SELECT branch FROM member WHERE handle = :h", h=ROSA)
    rows("UPDATE member SET visible_to = 'all' WHERE handle = :h", h=ROSA)
    assert f"“A member of the {branch} branch”" in client.get("/account").text


@pytest.mark.parametrize("sent", [{}, {"visible_to": ""}, {"visible_to": "nobody"}])
def test_who_chooses_nothing_that_is_offered_is_asked_again(client, rows, sent):
    client.sign_in(ROSA)
    before = rows("SELECT * FROM member"), rows("SELECT * FROM log_entry")
    answer = client.post("/account/visibility", data=sent)
    assert answer.status_code == 400
    assert answer.text.count("Choose who sees your name.") == 2
    assert '<a href="#visible_to-0">' in answer.text
    assert (rows("SELECT * FROM member"), rows("SELECT * FROM log_entry")) == before


# ------------------------------------------------------------------ the other end


@pytest.mark.parametrize(
    ("said", "device_in_words"),
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18 Safari/605.1.15", "Safari on macOS"),
        ("curl/8.5", "a browser"),
        ("", "a browser"),
    ],
)
def test_a_device_is_named_so_that_its_owner_knows_it(said, device_in_words):
    assert device(said) == device_in_words


def test_of_ipv6_the_whole_network_counts_as_one():
    assert counted("2001:db8:1:2:3:4:5:6") == counted("2001:db8:1:2::1") != counted("2001:db8:1:3::1")
    assert counted("192.0.2.1") != counted("192.0.2.2")
    assert counted("") == ""
