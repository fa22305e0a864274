"""Adoption as pages: the text on a day, the vote behind each sentence, the certified copy, provisos, corrections."""

import re
from datetime import date, timedelta

import allotment
import make
import pytest
import society
from allotment import FFION, HARRIET, NOON, ROSA, SIXTEEN, clause, in_force, member, on_desk, reword, seconded
from voting import declared

import store.adoptions
import store.drafts
from services import drafting_final, enacting, enrolling, ratifying
from services import in_force as provisos
from store.adoptions import Proviso, Term

TWENTY = SIXTEEN.replace("sixteen", "twenty")
RULES = """
[[electorate]]
id = "drafters"
label = "the drafters"
bodies = ["Drafters"]
[[stage]]
id = "year"
opens = "2026-01-01"
closes = "2036-01-01"
allows = ["amendment", "second", "merge", "vote"]
[[protect]]
clauses = ["2"]
consent_of = ["the Water Board"]
[[ballot]]
id = "vote"
label = "The members’ vote"
unit = "whole"
[adoption]
provisos = true
certified_by = "the secretary"
editorial = { by = "drafters", objection = "7d" }
"""


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text)).replace(" .", ".").replace(" ,", ",")


@pytest.fixture
def app(tmp_path):
    return society.opened(tmp_path)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def adopted(app) -> None:
    """Draft 1 (A1: twenty) carried by vote 1 with a proviso; it waits for the consent of the Water Board."""
    with app.app_context():
        enrolling.set_up("Allotment Society", allotment.RULEBOOK + RULES, NOON)
        make.changed_by_hand(f"UPDATE member SET body = 'Drafters' WHERE handle = '{FFION}'")
        draft = store.drafts.by_number(
            drafting_final.freeze(member(FFION), on_desk(seconded(reword("2(1)", TWENTY))), NOON)
        )
        kept = Proviso(clause("2(1)"), Term.FROM, date(2027, 1, 1), "Until then sixteen are enough.")
        provisos.add_proviso(member(FFION), draft.number, kept, NOON)
        ratifying.adopt_decided(declared("vote", draft.number, at=NOON), NOON)


def test_a_draft_that_waits_says_for_what_and_comes_into_force_when_that_is_entered(client, app, adopted):
    said = words(client.get("/drafts/1"))
    assert "It waits for: The consent of the Water Board." in said
    assert "Clause 2(1): Not in force yet: from 1 January 2027 on. Until then sixteen are enough." in said
    assert "Enter what was said outside" not in said
    client.sign_in(HARRIET)
    assert "Enter what was said outside" in words(client.get("/drafts/1"))
    data = {"asked": "consent the Water Board", "day": "2026-11-22", "reference": "Letter 7", "given": "yes"}
    for wrong, said in (
        ({"day": ""}, "Enter the day on which it was said, such as 2026-03-31."),
        ({"day": "2019-01-01"}, "not before the decision, and not one still to come."),
        ({"reference": " "}, "Enter the reference under which it can be found."),
        ({"reference": "a\u202e7"}, "U+202E"),
        ({"asked": "consent the Tree Board"}, "The rules do not ask the Tree Board for this"),
        ({"given": ""}, "Choose the answer."),
    ):
        refused = client.post("/drafts/1/word", data={**data, **wrong})
        assert refused.status_code == 409
        assert said in words(refused)
        assert "question-wrong" in refused.text
        assert 'value="Letter 7"' in refused.text or "reference" in wrong
    assert client.post("/drafts/1/word", data=data).status_code == 303
    assert "In force as edition 2" in words(client.get("/drafts/1"))
    assert "Consent, the Water Board: given on 22 November 2026, Letter 7." in words(client.get("/drafts/1"))


def test_a_proviso_that_cannot_be_added_comes_back_with_what_was_typed(client, app):
    with app.app_context():
        enrolling.set_up("Allotment Society", allotment.RULEBOOK + RULES, NOON)
        make.changed_by_hand(f"UPDATE member SET body = 'Drafters' WHERE handle = '{FFION}'")
        drafting_final.freeze(member(FFION), on_desk(seconded(reword("2(1)", TWENTY))), NOON)
        changed = clause("2(1)")
    client.sign_in(FFION)
    data = {"clause": changed, "term": "from", "day": "2027-01-01", "note": "Sixteen are enough until then."}
    for wrong, said in (
        ({"day": "soon"}, "Enter the day, such as 2026-03-31."),
        ({"clause": "nothing"}, "Choose a clause that this draft changes or adds."),
        ({"term": "perhaps"}, "Choose from when on, or until when."),
        ({"note": "Sixteen are enough until then.\u202e"}, "U+202E"),
    ):
        refused = client.post("/drafts/1/provisos", data={**data, **wrong})
        assert refused.status_code == 409
        assert said in words(refused)
        assert "Sixteen are enough until then." in refused.text
    assert client.post("/drafts/1/provisos", data=data).status_code == 303
    assert "from 1 January 2027 on. Sixteen are enough until then." in words(client.get("/drafts/1"))


@pytest.fixture
def in_force_now(app, adopted) -> None:
    """Edition 2, in force since the Water Board agreed on the 24th."""
    with app.app_context():
        word = store.adoptions.OutsideWord(
            store.adoptions.Kind.CONSENT, "the Water Board", date(2026, 11, 24), "7", given=True
        )
        enacting.enter_word(member(HARRIET), 1, word, NOON + timedelta(days=3))


def test_the_text_in_force_on_any_day_is_read_under_its_date(client, in_force_now):
    before = client.get("/constitution/on?day=2026-11-22")
    assert before.location.endswith("/constitution/on/2026-11-22")
    said = words(client.get("/constitution/on/2026-11-22"))
    assert "Edition 1 was in force at the end of that day. It came into force at 12:00 on it." in said
    assert "sixteen members" in said
    assert "twenty members" in words(client.get("/constitution/on/2026-11-24"))
    assert "Not in force yet: from 1 January 2027 on." in words(client.get("/constitution/on/2026-11-24"))
    assert "In force since 1 January 2027." in words(client.get("/constitution/on/2027-01-01"))
    assert "sixteen members" in words(client.get("/constitution/on/2026-11-23"))
    assert "nothing was in force here" in words(client.get("/constitution/on/2026-11-21"))
    assert [client.get(f"/constitution/on/{day}").status_code for day in ("2026-11-21", "today")] == [404, 404]


def test_each_sentence_says_which_vote_put_it_there(client, in_force_now):
    said = words(client.get("/editions/2/votes"))
    assert re.search(r"twenty members present. Edition 2, 24 November 2026, by vote 1, as draft 1 ; words of A1", said)
    assert re.search(r"two weeks before it, by post. Edition 1, 22 November 2026 2\(3\)", said)


def test_a_certified_copy_has_the_hash_the_result_and_who_signs(client, app, in_force_now):
    said = words(client.get("/editions/2/certified"))
    with app.app_context():
        digest = in_force().digest
    assert digest in said
    assert "The members’ vote" in said
    assert "Carried." in said
    assert "the Water Board, 24 November 2026, 7" in said
    assert "By the rules it is certified by the secretary." in said
    assert client.get("/editions/1/certified").status_code == 200


def test_a_slip_is_corrected_unless_a_member_stops_it(client, app, in_force_now):
    page = f"/constitution/clauses/{clause_of(app, '3(1)')}/correct"
    client.sign_in(ROSA)
    assert client.get(page).status_code == 403
    client.sign_in(FFION)
    data = {"heading": "", "text": "The pumps is shared by all members.", "reason": "A slip."}
    refused = client.post(page, data={**data, "text": "The pump is shared by no members."})
    assert refused.status_code == 409
    assert "Propose an amendment instead." in words(refused)
    assert client.post(page, data=data).status_code == 303
    client.sign_in(ROSA)
    assert "Any member can stop it until" in words(client.get("/corrections"))
    assert client.post("/corrections/1/objection", data={"c1-reason": " "}).status_code == 409
    assert client.post("/corrections/1/objection", data={"c1-reason": "One pump."}).status_code == 303
    assert "Stopped by an objection" in words(client.get("/corrections"))
    assert client.post("/corrections/1/objection", data={"c1-reason": "Again."}).status_code == 409
    assert client.post("/corrections/2/objection").status_code == 404


def clause_of(app, label: str) -> str:
    with app.app_context():
        return clause(label)
