"""A sealed vote in a real browser: keyed and opened by the officer, sealed on a phone, opened offline, found by receipt."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import allotment
import pytest
import society
from allotment import FFION, GRACE, LEONARD, MEERA, ROSA, SIXTEEN, member, reword
from served import served

import store
import store.ballots
import store.members
from ballots import sealing
from ballots.urn import opened
from members.permissions import Role
from services import auditing, balloting, drafting_final, enrolling, seconding

if TYPE_CHECKING:
    from collections.abc import Iterator

PHONE, DESK, SMALL = (390, 844), (1280, 900), (320, 640)
PRIVATE, OFFICER = b"p" * 32, "samir-haddad"
THEN, AFTER = datetime(2020, 3, 1, 12, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
RULES = """
[[stage]]
id = "work"
opens = "2020-01-01"
closes = "2020-06-01"
allows = ["amendment", "second", "merge"]
[[stage]]
id = "voting"
closes = "2099-01-01"
allows = ["vote"]
[[ballot]]
id = "secret"
label = "The ballot"
kind = "yes_no_abstain"
unit = "clause"
quorum = { count = 2 }
[[ballot]]
id = "hands"
label = "Hands of the delegates"
secrecy = "open"
unit = "clause"
"""


@pytest.fixture
def app(tmp_path):
    app = society.opened(tmp_path)
    with app.app_context():
        enrolling.set_up("Allotment Society", allotment.RULEBOOK + RULES, THEN)
        roles = frozenset({Role.RETURNING_OFFICER.value})
        enrolling.enrol([store.members.NewMember(OFFICER, "Samir Haddad", roles=roles)], THEN)
        numbers = []
        for change in (
            reword("2(1)", SIXTEEN.replace("sixteen", "twenty")),
            reword("2(2)", "Notice is given by post."),
        ):
            number = allotment.drafting.propose(member(MEERA), allotment.proposal(change), THEN, allotment.new_id)
            for handle in (ROSA, GRACE):
                digest = store.amendments.by_number(number).version.digest
                seconding.second(member(handle), number, digest, THEN)
            numbers.append(number)
        drafting_final.freeze(
            member(FFION), allotment.compositing.begin(member(FFION), numbers, "Meetings", THEN), THEN
        )
    return app


@pytest.fixture
def address(app) -> Iterator[str]:
    with served(app) as address:
        yield address


def held(app, browse, look):
    """The vote is prepared, keyed, rehearsed and opened in the browser."""
    officer = browse("/ballots/prepare", handle=OFFICER, size=DESK)
    assert look(officer) == []
    officer.get_by_label("The ballot").check()
    officer.get_by_label("Draft 1: Meetings").check()
    press(officer, "Prepare")
    officer.get_by_label("The officers’ public key").fill(sealing.public_key(PRIVATE))
    press(officer, "Enter the key")
    press(officer, "Make an envelope for the rehearsal")
    with app.app_context():
        envelope = store.ballots.by_number(1).taken("rehearsal").payload["envelope"]
    officer.get_by_label("The code in the envelope").fill(sealing.unseal_rehearsal(PRIVATE, 1, envelope))
    assert look(officer) == []
    press(officer, "This was in it")
    press(officer, "Open the vote")
    assert look(officer) == []


@pytest.mark.thorough
def test_a_sealed_vote_from_the_key_to_the_receipt(app, browse, look, tmp_path):
    held(app, browse, look)
    receipts = {}
    for handle, size, answer in ((MEERA, PHONE, "No"), (ROSA, SMALL, "Yes"), (LEONARD, DESK, "Abstain")):
        page = browse("/ballots/1", handle=handle, size=size)
        page.get_by_text("Your vote is sealed in this browser before it is sent.").wait_for()
        assert look(page) == []
        sent = []
        page.on("request", lambda one, sent=sent: sent.append(one.post_data or ""))
        first, second = (page.locator("fieldset").nth(n) for n in (0, 1))
        first.get_by_label("Yes", exact=True).check()
        second.get_by_label(answer, exact=True).check()
        press(page, "Seal and hand in")
        assert not any("q1=" in one or "q2=" in one for one in sent)  # the answers never left the page
        code = page.locator("[data-code]")
        code.wait_for()
        receipts[handle] = code.inner_text()
        assert re.fullmatch(r"[2-9A-Z]{5}(-[2-9A-Z]{5}){3}", receipts[handle])
        assert look(page) == []

    plain = browse("/ballots/1", handle=GRACE, size=PHONE, script=False)
    assert "the server will seal it" in plain.inner_text("main")
    plain.locator("fieldset").first.get_by_label("No", exact=True).check()
    press(plain, "Seal and hand in")
    assert "it is shown this once" in plain.inner_text("main")
    receipts[GRACE] = plain.locator(".receipt code").inner_text()

    with app.app_context():
        assert [one.way for one in store.ballots.envelopes(1)].count("browser") == 3
        balloting.close(member(OFFICER), 1, AFTER)
        found = opened(json.loads(json.dumps(balloting.urn(1))), PRIVATE)
        assert found.refused == ()
        answers = {json.loads(one)["receipt"]: json.loads(one)["answers"] for one in found.lines}
        assert answers == {
            receipts[MEERA]: {"1": "yes", "2": "no"},
            receipts[ROSA]: {"1": "yes", "2": "yes"},
            receipts[LEONARD]: {"1": "yes", "2": "abstain"},
            receipts[GRACE]: {"1": "no"},
        }
        balloting.declare(member(OFFICER), 1, found.lines, AFTER)
        assert auditing.verify() == ()

    result = browse("/ballots/1", size=PHONE)
    result.get_by_label("Your receipt").fill(receipts[MEERA])
    press(result, "Find it")
    assert "In the list: question 1: yes; question 2: no." in result.inner_text("main")
    assert look(result) == []
    counted_by_an_opponent(app, browse("/ballots/1", size=DESK), tmp_path)


def counted_by_an_opponent(app, page, folder):
    """Somebody who believes nobody takes the audit file from the page and counts it with what is in it."""
    with page.expect_download() as download:
        page.get_by_role("link", name="audit file").click()
    file = folder / "audit.zip"
    download.value.save_as(file)
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder)
    counted = recount(folder)
    assert counted.returncode == 0, counted.stdout + counted.stderr
    with app.app_context():
        assert app.test_cli_runner().invoke(args=["verify-audit", str(file)]).exit_code == 0
    papers = folder / "list.jsonl"
    papers.write_text(papers.read_text().replace('"no"', '"yes"'))
    assert recount(folder).stdout != counted.stdout


def recount(folder):
    """The script of the file, with Python alone: no environment, no package of anybody's."""
    command = [sys.executable, "-I", "recount.py", "definition.json", "list.jsonl"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.thorough
def test_a_delegate_votes_on_record_with_the_keyboard_alone(app, browse, look):
    officer = browse("/ballots/prepare", handle=OFFICER, size=DESK)
    officer.get_by_label("Hands of the delegates").check()
    officer.get_by_label("Draft 1: Meetings").check()
    press(officer, "Prepare")
    press(officer, "Open the vote")
    for handle, keys in ((MEERA, ("Space",)), (ROSA, ("Space",)), (GRACE, ("ArrowDown",))):
        page = browse("/ballots/1", handle=handle, size=PHONE, script=handle != ROSA)
        assert "recorded with names" in page.inner_text("main")
        for n in range(2):
            page.locator("fieldset").nth(n).locator("input").first.focus()
            for key in keys:
                page.keyboard.press(key)
        page.get_by_role("button", name="Vote", exact=True).focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        if handle != ROSA:  # axe is a script
            assert look(page) == []
    with app.app_context():
        balloting.close(member(OFFICER), 1, AFTER)
        balloting.declare(member(OFFICER), 1, (), AFTER)
    shown = browse("/ballots/1", handle=LEONARD, size=DESK)
    text = shown.inner_text("main")
    assert "Carried" in text
    assert all(name in text for name in ("Meera Nair", "Rosa Lindgren"))
    assert look(shown) == []


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()
