"""The button under an amendment."""

import pytest
import society
from allotment import GRACE, HARRIET, MEERA, ROSA, propose, second, strike

import store.amendments


@pytest.fixture
def client(tmp_path):
    app = society.opened(tmp_path)
    with app.app_context():
        yield app.test_client()


@pytest.fixture
def number(client) -> int:
    return propose(strike("3(1)"))


def press(client, number, digest=None):
    digest = digest or store.amendments.by_number(number).version.digest
    return client.post(f"/amendments/{number}/second", data={"digest": digest})


def test_one_press_seconds_and_says_where_it_stands(client, number):
    client.sign_in(ROSA)
    response = press(client, number)
    assert response.status_code == 303
    assert "You have seconded A1. It is now seconded by 1 of 2 members." in client.get(response.location).text


def test_the_press_that_reaches_the_threshold_says_so(client, number):
    second(number, GRACE)
    client.sign_in(ROSA)
    assert "goes to the drafting committee" in client.get(press(client, number).location).text


@pytest.mark.parametrize(
    ("handle", "digest", "sentence"),
    [
        (MEERA, None, "You moved this amendment"),
        (ROSA, "0" * 64, "The text of this amendment has changed"),
        (GRACE, None, "You have already seconded this amendment"),
    ],
)
def test_what_stands_in_the_way_is_said_beside_the_button(client, number, handle, digest, sentence):
    second(number, GRACE)
    client.sign_in(handle)
    response = press(client, number, digest)
    assert response.status_code == 409
    assert sentence in response.text


def test_a_visitor_is_asked_to_sign_in_and_led_back_to_the_amendment(client, number):
    response = client.post(f"/amendments/{number}/second", data={"next": f"/amendments/{number}"})
    assert (response.status_code, response.location) == (303, f"/sign-in?next=/amendments/{number}")


def test_a_role_that_does_not_second_is_told_so(client, number):
    client.sign_in(HARRIET)
    assert "Your role does not second amendments." in client.get(f"/amendments/{number}").text
    assert press(client, number).status_code == 403
