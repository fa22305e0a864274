"""A vote in the browser's terms: prepared, opened, voted in, declared; as a member, an officer, an opponent."""

import hashlib
import io
import json
import re
from datetime import UTC, datetime

import allotment
import html5lib
import pytest
import society
from allotment import FFION, GRACE, MEERA, ROSA, SIXTEEN, clause, in_force, member, reword
from pages import text

import store
import store.ballots
import store.drafts
from ballots import sealing
from ballots.definition import fingerprint
from ballots.receipts import is_genuine
from members.permissions import Role
from services import balloting, drafting_final, enrolling, hall, seconding
from services.balloting import Wanted
from store.ballots import Step
from store.columns import canonical

PRIVATE = b"p" * 32
THEN, AFTER = datetime(2020, 3, 1, 12, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
OFFICER = "samir-haddad"
TWENTY = SIXTEEN.replace("sixteen", "twenty")
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
unit = "question"
[[ballot]]
id = "hands"
label = "The hands"
secrecy = "open"
[[ballot]]
id = "ranked"
kind = "ranked"
unit = "all_options"
default_option = "Keep the present text"
pass = { ratio = "1/2", base = "versus_default" }
[adoption]
requires = ["secret"]
"""


@pytest.fixture
def client(tmp_path):
    app = society.opened(tmp_path)
    with app.app_context():
        enrolling.set_up("Allotment Society", allotment.RULEBOOK + RULES, THEN)
        officer = store.members.NewMember(OFFICER, "Samir Haddad", roles=frozenset({Role.RETURNING_OFFICER.value}))
        enrolling.enrol([officer], THEN)
        yield app.test_client()


def frozen(*texts):
    """A frozen draft of amendments of these texts, made when the rules allowed it."""
    numbers = []
    for typed in texts or (TWENTY,):
        proposal = allotment.proposal(reword("2(1)", typed))
        number = allotment.drafting.propose(member(MEERA), proposal, THEN, allotment.new_id)
        for handle in (ROSA, GRACE):
            seconding.second(member(handle), number, store.amendments.by_number(number).version.digest, THEN)
        numbers.append(number)
    other = allotment.drafting.propose(
        member(MEERA),
        allotment.proposal(reword("2(2)", f"Notice by post, as {texts[:1]} says.")),
        THEN,
        allotment.new_id,
    )
    for handle in (ROSA, GRACE):
        seconding.second(member(handle), other, store.amendments.by_number(other).version.digest, THEN)
    composite = allotment.compositing.begin(member(FFION), [*numbers, other], "Together", THEN)
    return drafting_final.freeze(member(FFION), composite, THEN)


def press(client, path, **data):
    return client.post(path, data=data, content_type="multipart/form-data")


def opened(client, rule="secret"):
    """A vote that is open, by what its officer presses."""
    frozen()
    client.sign_in(OFFICER)
    number = int(press(client, "/ballots/prepare", rule=rule, drafts="1", parts="").location.split("/")[2])
    if rule == "secret":
        assert press(client, f"/ballots/{number}/key", key=sealing.public_key(PRIVATE)).status_code == 303
        assert press(client, f"/ballots/{number}/rehearsal").status_code == 303
        file = client.get(f"/ballots/{number}/rehearsal.json").json
        code = sealing.unseal_rehearsal(PRIVATE, number, file["envelope"])
        assert press(client, f"/ballots/{number}/rehearsed", code=code.lower()).status_code == 303
    assert "The vote is open." in words(client.post(f"/ballots/{number}/open", follow_redirects=True))
    client.sign_out()
    return number


def words(response):
    return text(html5lib.parse(response.text, namespaceHTMLElements=False).find("body"))


def closed(number):
    balloting.close(member(OFFICER), number, AFTER)


def test_a_sealed_vote_from_the_form_to_the_edition(client):
    number = opened(client)
    page = client.get(f"/ballots/{number}")
    mark = hashlib.sha256(client.get(f"/ballots/{number}/definition.json").data).hexdigest()
    assert mark in page.text
    assert "Sign in to vote" in words(page)
    receipts = []
    for handle, answer in ((MEERA, "yes"), (ROSA, "yes"), (GRACE, "no")):
        client.sign_in(handle)
        form = client.get(f"/ballots/{number}")
        assert "who makes you show your receipt" in words(form)
        answered = press(client, f"/ballots/{number}/vote", envelope="", college="members", q1=answer)
        receipts.append(re.search(r"<code>([2-9A-Z]{5}(?:-[2-9A-Z]{5}){3})</code>", answered.text)[1])
        assert "handed in an envelope" in words(client.get(f"/ballots/{number}"))
        assert client.get(f"/ballots/{number}/list.jsonl").status_code == 404
    closed(number)
    client.sign_in(OFFICER)
    urn = client.get(f"/ballots/{number}/urn.json").json
    opened_ = [sealing.unseal(PRIVATE, mark, content) for _, content in urn["envelopes"]]
    lines = "\n".join(canonical({name: one[name] for name in ("college", "answers", "receipt")}) for one in opened_)
    answer = press(client, f"/ballots/{number}/declare", list=(io.BytesIO(lines.encode()), "list.jsonl"))
    assert answer.status_code == 303
    client.sign_out()
    page = words(client.get(f"/ballots/{number}"))
    assert "Carried" in page
    assert "2 × 2 = 4 > 1 × 3 = 3: yes" in page
    assert "In the list: yes" in words(client.get(f"/ballots/{number}?receipt={receipts[0].lower()}"))
    assert "No paper in the list" in words(client.get(f"/ballots/{number}?receipt=AAAAA"))
    assert len(client.get(f"/ballots/{number}/envelopes.txt").text.split()) == 3
    assert len(client.get(f"/ballots/{number}/list.jsonl").text.splitlines()) == 3
    assert client.get("/log").text.count("envelopes were handed in for") == 3
    edition = in_force()
    assert edition.number == 2
    assert edition.constitution[clause("2(1)")].text == TWENTY


def test_what_the_browser_sealed_is_put_in_as_it_comes(client):
    number = opened(client)
    definition = balloting.definition_of(number)
    said = sealing.plaintext(fingerprint(definition), "members", {"1": "no"}, "AAAAA-AAAAA-AAAAA-AAAAA")
    envelope = sealing.seal(definition, fingerprint(definition), said)
    client.sign_in(MEERA)
    response = press(client, f"/ballots/{number}/vote", envelope=envelope, college="members", q1="yes")
    assert response.location == f"/ballots/{number}#mine"
    [kept] = store.ballots.envelopes(number)
    assert (kept.content, kept.way, kept.hash) == (envelope, "browser", hashlib.sha256(envelope.encode()).hexdigest())
    assert kept.hash in client.get(f"/ballots/{number}").text


def test_a_recorded_vote_comes_back_in_the_form_and_can_be_changed(client):
    number = opened(client, "hands")
    client.sign_in(MEERA)
    for answer in ("yes", "no"):
        assert press(client, f"/ballots/{number}/vote", college="members", q1=answer).status_code == 303
        page = html5lib.parse(client.get(f"/ballots/{number}").text, namespaceHTMLElements=False)
        [ticked] = [
            one.get("value") for one in page.iter("input") if one.get("name") == "q1" and "checked" in one.attrib
        ]
        assert ticked == answer
    wrong = press(client, f"/ballots/{number}/vote", college="members", q1="perhaps")
    assert wrong.status_code == 422
    assert "There is a problem" in words(wrong)


def test_several_drafts_are_ranked_against_the_present_text(client):
    frozen()
    frozen(SIXTEEN.replace("sixteen", "twelve"))
    officer = member(OFFICER)
    number = balloting.prepare(officer, Wanted("ranked", (1, 2)), THEN)
    keyed(officer, number)
    client.sign_in(OFFICER)
    assert client.post(f"/ballots/{number}/open").status_code == 303
    client.sign_in(MEERA)
    assert "Keep the present text" in words(client.get(f"/ballots/{number}"))
    wrong = press(client, f"/ballots/{number}/vote", college="members", q1_0="7", q1_1="1", q1_2="")
    assert wrong.status_code == 422
    assert "The ranks of question 1 go from 1 to 3." in words(wrong)
    assert press(client, f"/ballots/{number}/vote", college="members", q1_0="2", q1_1="1", q1_2="").status_code == 200
    client.sign_in(OFFICER)
    closed(number)
    urn = balloting.urn(number)
    mark = fingerprint(balloting.definition_of(number))
    [one] = [sealing.unseal(PRIVATE, mark, content) for _, content in urn["envelopes"]]
    assert one["answers"] == {"1": {"default": 2, "draft-1": 1}}
    balloting.declare(officer, number, [canonical({key: one[key] for key in ("college", "answers", "receipt")})], AFTER)
    page = words(client.get(f"/ballots/{number}"))
    assert "Carried" in page


def keyed(officer, number):
    balloting.set_key(officer, number, sealing.public_key(PRIVATE), THEN)
    balloting.rehearse(officer, number, bytes(20), THEN)
    envelope = store.ballots.by_number(number).taken(Step.REHEARSAL).payload["envelope"]
    balloting.rehearsed(officer, number, sealing.unseal_rehearsal(PRIVATE, number, envelope), THEN)


def test_an_officer_is_told_beside_what_is_wrong(client):
    frozen()
    client.sign_in(OFFICER)
    nothing = press(client, "/ballots/prepare", rule="", parts="")
    assert nothing.status_code == 422
    assert "Choose the ballot of the rules" in words(nothing)
    press(client, "/ballots/prepare", rule="secret", drafts="1", parts="")
    assert "A key is 43 signs" in words(press(client, "/ballots/1/key", key="short"))
    press(client, "/ballots/1/key", key=sealing.public_key(PRIVATE))
    press(client, "/ballots/1/rehearsal")
    assert "is not the code" in words(press(client, "/ballots/1/rehearsed", code="22222"))
    assert "has not been rehearsed" in words(client.post("/ballots/1/open"))
    assert "Enter the reason" in words(press(client, "/ballots/1/withdraw", reason=" "))
    assert client.get("/ballots/1/urn.json").status_code == 409


def test_batches_are_entered_by_two_clerks(client):
    enrolling.enrol([store.members.NewMember("pia", "Pia", roles=frozenset({"returning-officer"}))], THEN)
    number = opened(client)
    client.sign_in(OFFICER)
    entered = {"batch": "box", "of": "members", "count1_yes": "2", "count1_no": "1"}
    assert press(client, f"/ballots/{number}/batch", **entered).status_code == 303
    assert "Waits for another clerk" in words(client.get(f"/ballots/{number}/hold"))
    papers = hall.of_counts({"1": {"no": 1, "yes": 2}})
    hall.enter(member("pia"), number, store.ballots.Batch("members", "box", papers, member("pia").id, THEN), THEN)
    assert "Counts" in words(client.get(f"/ballots/{number}/hold"))
    assert (
        "nobody is not on the roll"
        in words(press(client, f"/ballots/{number}/paper", handle="nobody", college="members")).lower()
    )
    press(client, f"/ballots/{number}/paper", handle=MEERA, college="members")
    client.sign_in(MEERA)
    assert "You were handed a paper" in words(client.get(f"/ballots/{number}"))


def test_a_vote_that_came_too_late_says_so_and_keeps_nothing(client):
    number = opened(client)
    closed(number)
    client.sign_in(MEERA)
    late = press(client, f"/ballots/{number}/vote", envelope="", college="members", q1="yes")
    assert late.status_code == 409
    assert "too late" in words(late)
    assert store.ballots.turnout(number) == {}


def test_what_is_not_there_is_404_and_lists_are_for_everybody(client):
    assert client.get("/ballots/7").status_code == 404
    assert "No vote has been prepared" in words(client.get("/ballots"))
    opened(client)
    assert "Open" in words(client.get("/ballots"))
    assert json.loads(client.get("/ballots/1/definition.json").data)["format"] == "redraft-ballot-1"


def test_the_signed_word_is_that_of_this_server(client):
    number = opened(client)
    client.sign_in(MEERA)
    press(client, f"/ballots/{number}/vote", envelope="", college="members", q1="yes")
    [kept] = store.ballots.envelopes(number)
    page = client.get(f"/ballots/{number}").text
    signature = re.search(r"<dt>Signature</dt><dd class=\"digest\"><code>([^<]+)</code>", page)[1]
    definition = balloting.definition_of(number)
    assert is_genuine(definition.acknowledgements, signature, fingerprint(definition), "members", kept.hash)
