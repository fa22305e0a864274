"""A passkey from its making to its use, in a browser with an authenticator that only it can see."""

import pytest

SAMIR = "samir-haddad"


@pytest.fixture
def page(chromium, address):
    """A page at an address with a name: browsers make no passkeys for numbers."""
    context = chromium.new_context(base_url=address.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    has = ("hasResidentKey", "hasUserVerification", "isUserVerified", "automaticPresenceSimulation")
    options = {"protocol": "ctap2", "transport": "internal"} | dict.fromkeys(has, True)
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    context.close()


@pytest.mark.thorough
def test_a_passkey_is_made_used_and_taken_away(page, look):
    page.goto("/sign-in")
    page.locator(f'form:has(input[value="{SAMIR}"]) button').click()
    page.goto("/account")
    assert look(page) == []
    page.get_by_label("Name of the passkey").fill("Samir’s laptop")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("The passkey is added").wait_for()
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("You are signed in as Samir Haddad").wait_for()
    page.goto("/account")
    assert "with a passkey" in page.locator("main").inner_text()
    page.get_by_role("button", name="Remove Samir’s laptop").click()
    page.get_by_text("The passkey is removed").wait_for()
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("This passkey did not sign you in").first.wait_for()
    assert look(page) == []


@pytest.mark.thorough
def test_where_no_passkey_can_be_made_the_page_says_why(browse):
    page = browse("/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("Passkeys need an address with a name").wait_for()


def test_without_script_there_is_no_button_for_passkeys_and_the_link_remains(browse):
    page = browse("/sign-in", script=False)
    assert page.get_by_role("button", name="Sign in with a passkey").count() == 0
    assert page.get_by_role("button", name="Send me a link").is_visible()
