"""Agendas: their items are numbered for themselves, and every amendment's page tells where it stands."""

import allotment
import pytest
import society
from allotment import FFION, HARRIET, NOON, ROSA, SIXTEEN, member, reword, seconded, strike

import store.log
from members.permissions import NotAllowed
from rulebook.kinds import Order
from services import publishing


@pytest.fixture
def client(tmp_path):
    app = society.opened(tmp_path)
    with app.app_context():
        seconded(strike("3(1)"))
        seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twenty")), by=ROSA)
    client = app.test_client()
    client.sign_in(FFION)
    return client


SENT = {"title": "Preliminary agenda", "order": "text", "amendments": "", "do": "publish"}


def test_an_agenda_is_shown_first_then_published_and_told_on_each_amendment(client):
    assert (
        'value="text" selected' in client.get("/publications").text
        or "selected value" in client.get("/publications").text
    )
    shown = client.post("/publications", data={**SENT, "do": "preview"}).text
    assert shown.index("<li>A2") < shown.index("<li>A1")
    assert client.post("/publications", data=SENT).status_code == 303
    assert client.post("/publications", data={**SENT, "title": "Final", "order": "far_reaching"}).status_code == 303
    page = client.get("/publications/1").text
    assert page.index("1. <a") < page.index("Amendment A2") < page.index("2. <a") < page.index("Amendment A1")
    amendment = client.get("/amendments/1").text
    assert 'Item 1 of the <a href="/publications/2#item-1">Final</a>' in amendment
    assert 'Item 2 of the <a href="/publications/1#item-2">Preliminary agenda</a>' in amendment
    with client.application.app_context():
        payload = store.log.entries(limit=2)[1].payload
    assert payload == {"title": "Preliminary agenda", "ordered_by": "text", "draft": None, "items": [2, 1]}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"title": ""}, "Enter a title"),
        ({"amendments": "A1, x"}, "This is none: x"),
        ({"amendments": "A9"}, "There is no amendment 9."),
        ({"order": "alphabet"}, "Choose an order."),
        ({"draft": "4"}, "There is no draft 4."),
    ],
)
def test_what_cannot_be_published_is_said_beside_the_field(client, sent, said):
    answer = client.post("/publications", data={**SENT, **sent})
    assert answer.status_code == 409
    assert said in answer.text
    assert client.get("/publications/1").status_code == 404


def test_the_committee_orders_as_it_names_them_and_nobody_else_publishes(client):
    with client.application.app_context():
        made = publishing.publish(member(FFION), "Ours", Order.COMMITTEE, [2, 1, 2], NOON)
        assert made.items == (2, 1)
        with pytest.raises(NotAllowed):
            publishing.publish(member(HARRIET), "Mine", Order.TEXT, [], NOON)
        allotment.revise(allotment.BOOK.replace("sixteen", "six"))
        with pytest.raises(publishing.CannotPublish, match="does not fit"):
            publishing.preview(Order.TEXT, [])
