"""Who moved and who seconded is for members: no page tells anybody else, unless its owner wants that."""

import html
from dataclasses import replace

import pytest

import store.amendments
import store.composites
import store.drafts
import store.members
from amendments.edit import touched
from services import clock, privacy

MOVED = 47  # an amendment of the demonstration that has seconders
MEERA = "meera-nair"


@pytest.fixture
def moved(app):
    with app.app_context():
        yield store.amendments.by_number(MOVED)


def addresses():
    """The pages on which the demonstration's amendments are spoken of."""
    listed = store.amendments.listing()
    states = {one.state: one for one in listed}.values()
    yield from ("/", "/amendments", "/committee", "/drafts", "/log")
    yield from (f"/amendments/{one.number}" for one in states)
    yield from (f"/constitution/clauses/{one}" for one in touched(listed[0].version.edits))
    yield from (f"/committee/composites/{one.number}" for one in store.composites.listing()[:2])
    yield from (f"/drafts/{one.number}" for one in store.drafts.listing()[:2])


def names(page, people):
    said = html.unescape(page.text)
    return {one.name for one in people if one.name in said}


def test_no_page_names_a_mover_or_a_seconder_to_the_public(client, app, moved):
    people = store.members.everyone()
    assert {address: found for address in addresses() if (found := names(client.get(address), people))} == {}


def test_the_public_is_told_the_branch_and_a_member_the_name(client, moved):
    branch, name = moved.mover.branch, moved.mover.name
    page = client.get(f"/amendments/{MOVED}").text
    assert f"moved by a member of the {branch} branch." in page
    client.sign_in(MEERA)
    assert f"moved by {name}, {branch}." in client.get(f"/amendments/{MOVED}").text


def test_a_member_sees_every_seconder(client, moved):
    seconders = [one.member for one in store.amendments.seconds(moved)]
    assert seconders
    client.sign_in(MEERA)
    assert {one.name for one in seconders} <= names(client.get(f"/amendments/{MOVED}"), seconders)


def test_whoever_wants_to_be_seen_by_all_is(client, moved):
    privacy.set_visible_to(moved.mover, "all", clock.now())
    assert names(client.get(f"/amendments/{MOVED}"), store.members.everyone()) == {moved.mover.name}


def test_the_list_of_seconders_tells_the_public_their_branches(client, moved):
    [first, *_] = store.amendments.seconds(moved)
    assert f"<li>A member of the {first.member.branch} branch <span" in client.get(f"/amendments/{MOVED}").text


def test_who_was_erased_is_a_former_member_to_members_too(client, moved):
    privacy.erase(moved.mover.handle, clock.now())
    client.sign_in(MEERA)
    assert "moved by a former member." in client.get(f"/amendments/{MOVED}").text


def test_who_is_on_the_roll_as_a_reader_only_is_the_public(client, moved):
    with store.transaction():
        store.members.grant_many([replace(store.members.by_handle(MEERA), roles=frozenset({"reader"}))])
    client.sign_in(MEERA)
    assert "moved by a member of" in client.get(f"/amendments/{MOVED}").text
