"""A member reads what they were told, chooses how to hear of things, and can end it without signing in."""

import re
from datetime import UTC, datetime, timedelta

import pytest

import store
import store.members
import store.outbox
from members.notices import Choice, Kind
from services import notifying
from services.letters import token

MEERA = "meera-nair"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FACTS = {
    "number": 7,
    "title": "Share",
    "state": "refused",
    "reason": "  > No",
    "link": "/amendments/7",
    "remedy": "None.",
}


@pytest.fixture
def meera(app):
    with app.app_context():
        return store.members.by_handle(MEERA)


def tell(app, member, **facts):
    with app.app_context(), store.transaction():
        notifying.tell(Kind.AMENDMENT_STATE, "amendment 7", [member], NOW, **FACTS | facts)


def held(app, member):
    with app.app_context():
        return notifying.choices(member)


def made(app, member, kind):
    return f"/unsubscribe/{token(member.id, str(kind), app.config['SETTINGS'].secret_key)}"


def test_the_choices_show_what_holds_and_keep_what_is_chosen(app, client, meera):
    client.sign_in(MEERA)
    page = client.get("/account/notices").text
    assert re.search(r'name="fate-report" value="at-once" checked', page)
    assert meera.email in page
    kept = client.post("/account/notices", data={"fate-report": "none", "stage-dates": "daily"}, follow_redirects=True)
    assert "What you chose is kept." in kept.text
    assert re.search(r'name="fate-report" value="none" checked', kept.text)
    assert (held(app, meera)[Kind.FATE_REPORT], held(app, meera)[Kind.STAGE_DATES]) == (Choice.NONE, Choice.DAILY)


def test_what_cannot_be_turned_off_has_no_button_for_it_and_is_refused(app, client, meera):
    client.sign_in(MEERA)
    page = client.get("/account/notices").text
    assert 'name="stage-dates" value="none"' not in page
    assert 'name="sign-in-link"' not in page
    for kind in ("stage-dates", "sign-in-link"):
        answer = client.post("/account/notices", data={kind: "none", "fate-report": "none"})
        assert answer.status_code == 400
        assert "choose at once" in answer.text
    assert held(app, meera)[Kind.FATE_REPORT] is Choice.AT_ONCE


def test_without_an_address_the_page_says_that_nothing_is_sent(app, client):
    with app.app_context(), store.transaction():
        from store.database import writing
        from store.tables import MemberRow

        writing().query(MemberRow).filter_by(handle=MEERA).update({"email": ""})
    client.sign_in(MEERA)
    assert "you are sent nothing" in client.get("/account/notices").text


def test_messages_can_be_read_without_mail(app, client, meera):
    tell(app, meera, title="A <b>bold</b> plan")
    client.sign_in(MEERA)
    page = client.get("/account/messages").text
    assert "Amendment 7: refused" in page
    assert '<a href="/amendments/7">Open the page<span class="hidden">: Amendment 7: refused</span></a>' in page
    assert "A &lt;b&gt;bold&lt;/b&gt; plan" in page


def test_nobody_reads_what_another_was_told(app, client, meera):
    tell(app, meera, title="Only for Meera")
    client.sign_in("rosa-lindgren")
    assert "Only for Meera" not in client.get("/account/messages").text


def test_who_was_told_nothing_reads_that(client):
    client.sign_in("harriet-okoro")
    assert "You were told nothing yet." in client.get("/account/messages").text


@pytest.mark.parametrize("address", ["/account/notices", "/account/messages"])
def test_ones_own_messages_ask_for_a_sign_in(client, address):
    assert client.get(address).location.startswith("/sign-in")


def test_a_link_in_a_message_asks_and_a_button_ends_it(app, client, meera):
    address = made(app, meera, Kind.FATE_REPORT)
    asked = client.get(address).text
    assert "What became of your amendments in a draft that is complete" in asked
    assert meera.name not in asked
    assert held(app, meera)[Kind.FATE_REPORT] is Choice.AT_ONCE
    assert "You are no longer told" in client.post(address).text
    assert held(app, meera)[Kind.FATE_REPORT] is Choice.NONE


def test_the_digest_ends_with_all_that_comes_daily(app, client, meera):
    address = made(app, meera, "digest")
    assert "once a day" in client.get(address).text
    assert "A stage of the process opens" in client.post(address).text
    assert held(app, meera)[Kind.STAGE_OPENING] is Choice.NONE
    assert "nothing more to stop" in client.post(address).text


def test_a_mail_programme_ends_it_with_one_click_and_no_token_against_forgery(app, client, meera):
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post(made(app, meera, Kind.FATE_REPORT), data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert held(app, meera)[Kind.FATE_REPORT] is Choice.NONE


def test_nothing_else_goes_without_that_token(app, client, meera):
    client.sign_in(MEERA)
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post("/account/notices", data={"fate-report": "none"}).status_code == 400
    assert held(app, meera)[Kind.FATE_REPORT] is Choice.AT_ONCE


@pytest.mark.parametrize("change", [lambda one: one[:-2], lambda one: one + "x", lambda _: "/unsubscribe/nothing"])
def test_a_link_that_is_not_ours_is_not_found_and_ends_nothing(app, client, meera, change):
    address = change(made(app, meera, Kind.FATE_REPORT))
    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 404
        assert "This link to stop messages is not complete" in answer.text
    assert held(app, meera)[Kind.FATE_REPORT] is Choice.AT_ONCE


def test_a_link_for_what_cannot_be_turned_off_is_not_found(app, client, meera):
    assert client.post(made(app, meera, Kind.STAGE_DATES)).status_code == 404


def test_the_link_in_a_message_is_good_for_years(app, client, meera):
    tell(app, meera)
    with app.app_context():
        from services.letters import letter
        from web.worker import letterhead

        with store.transaction():
            notice = store.outbox.claim(NOW)
            while notice.member != meera.id or notice.kind != Kind.AMENDMENT_STATE:
                notice = store.outbox.claim(NOW)
        found = letter(notice, letterhead(app.config["SETTINGS"]), NOW + timedelta(days=3650))
    address = found["List-Unsubscribe"].strip("<>").removeprefix(app.config["SETTINGS"].base_url)
    assert client.post(address, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert held(app, meera)[Kind.AMENDMENT_STATE] is Choice.NONE
