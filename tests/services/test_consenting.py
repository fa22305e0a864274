"""Those whose amendments are merged consent to exactly the text that comes of it, where the rules ask for that."""

from dataclasses import replace
from datetime import timedelta

import allotment
import make
import pytest
from allotment import FFION, GRACE, LEONARD, MEERA, NOON, ROSA, SIXTEEN, member, on_desk, reword, seconded, strike

import store
import store.bodies
import store.log
import store.members
from amendments.composite import Choices
from members.permissions import NotAllowed
from services import auditing, compositing, consenting, drafting_final, enrolling, notifying, obstacles

pytestmark = pytest.mark.usefixtures("database")

RULES = """
[[electorate]]
id = "drafters"
label = "the drafters"
bodies = ["Drafters"]
[compositing]
by = "drafters"
consent = "{}"
window = "7d"
"""
LATER, LATE = NOON + timedelta(days=1), NOON + timedelta(days=8)


def rules(consent: str) -> None:
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + RULES.format(consent), NOON)


@pytest.fixture
def composite(database) -> int:
    """Meera's A1 and A3, and Leonard's A2, which disputes a word with A1; nothing chosen yet."""
    allotment.found()
    rules("movers")
    return on_desk(
        seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twenty"))),
        seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twelve")), by=LEONARD),
        seconded(strike("3(1)")),
    )


def choose(number: int, wanted: str = "", **left: str) -> None:
    desk = compositing.open_desk(number)
    asked = desk.composition.questions(Choices(left=left))
    picked = {one.key: option.key for one in asked for option in one.options if option.text == wanted}
    compositing.choose(member(FFION), number, Choices(picked, left=left), desk.composite.revision, NOON)


def ask(number: int, at=NOON) -> str:
    return consenting.ask(member(FFION), number, at).digest


def agree(number: int, handle: str, digest: str, at=LATER, reason: str = "", *, agrees: bool = True) -> None:
    consenting.answer(member(handle), number, digest, reason, at, agrees=agrees)


def ways(number: int, at=LATER) -> list[str]:
    return [one.sentence for one in obstacles.obstacles(compositing.open_desk(number), at)]


def test_a_draft_waits_for_the_consent_of_every_mover_and_says_whose(composite):
    choose(composite, "twelve")
    assert ways(composite) == ["Ask for the consent that the rules ask for."]
    digest = ask(composite)
    assert ways(composite) == [
        "The mover of A1 and A3 has not answered yet, and has time until 29 November 2026 at 12:00 (UTC).",
        "The mover of A2 has not answered yet, and has time until 29 November 2026 at 12:00 (UTC).",
    ]
    agree(composite, LEONARD, digest)
    agree(composite, MEERA, digest, reason="Sixteen was enough.", agrees=False)
    assert ways(composite) == [
        "The mover of A1 and A3 objects: Sixteen was enough. Change the text and ask again, or leave the amendment out."
    ]
    with pytest.raises(drafting_final.CannotFreeze, match="Sixteen was enough"):
        drafting_final.freeze(member(FFION), composite, LATER)
    agree(composite, MEERA, digest)
    draft = drafting_final.freeze(member(FFION), composite, LATER)
    assert [one.agrees for one in consenting.of_composite(composite)] == [True, True]
    with pytest.raises(consenting.CannotConsent, match="is drafted"):
        agree(composite, MEERA, digest)
    assert draft == 1
    assert auditing.verify() == ()
    make.changed_by_hand("UPDATE consent_answer SET agrees = (1 = 1) WHERE NOT agrees", "consent_answer")
    assert [one.message.partition(" is")[0] for one in auditing.verify()] == ["An answer about consent on composite 1"]


def test_another_text_asks_again_and_the_former_answer_is_shown_as_such(composite):
    choose(composite, "twelve")
    former = ask(composite)
    agree(composite, LEONARD, former)
    choose(composite, "twenty")
    assert ways(composite) == [
        "Ask for the consent that the rules ask for: the text has changed since they were last asked."
    ]
    with pytest.raises(consenting.CannotConsent, match="Nobody has been asked"):
        agree(composite, LEONARD, former)
    digest = ask(composite)
    with pytest.raises(consenting.CannotConsent, match="Read it again"):
        agree(composite, LEONARD, former)
    standing = consenting.standing(compositing.open_desk(composite)).parties[1]
    assert (standing.answer, standing.former.agrees) == (None, True)
    assert digest != former


def test_silence_is_no_consent_and_what_is_left_with_a_reason_needs_none(composite):
    choose(composite, "twelve")
    agree(composite, LEONARD, ask(composite))
    assert ways(composite, LATE) == [
        "The mover of A1 and A3 has not consented, and no answer is no consent: leave the amendment out, with a reason."
    ]
    choose(composite, A1="No answer.", A3="No answer.")
    assert [one.party.amendments for one in consenting.standing(compositing.open_desk(composite)).parties] == [(2,)]
    agree(composite, LEONARD, ask(composite, LATE), LATE)
    assert drafting_final.freeze(member(FFION), composite, LATE) == 1


def test_only_the_committee_asks_once_about_a_settled_text_and_only_who_is_asked_answers(composite):
    with pytest.raises(consenting.CannotConsent, match="Settle everything first"):
        ask(composite)
    choose(composite, "twelve")
    with pytest.raises(NotAllowed):
        consenting.ask(member(ROSA), composite, NOON)
    digest = ask(composite)
    with pytest.raises(consenting.CannotConsent, match="already"):
        ask(composite)
    with pytest.raises(NotAllowed, match="not among those"):
        agree(composite, ROSA, digest)
    with pytest.raises(consenting.CannotConsent, match="reason"):
        agree(composite, MEERA, digest, agrees=False)
    entry = store.log.entries(limit=1)[0]
    assert (entry.act, entry.payload["asked"], entry.payload["digest"]) == ("ask-consent", [LEONARD, MEERA], digest)


def test_where_movers_are_only_told_nothing_waits_for_them_and_objections_are_kept(composite):
    rules("notify")
    with store.transaction():
        store.members.change_many([replace(member(MEERA), email="meera@example.org")])
    choose(composite, "twelve")
    assert ways(composite) == ["Tell the movers of this text."]
    digest = ask(composite)
    (told,) = notifying.messages(member(MEERA))
    assert "Nothing needs your answer. You may object until 29 November 2026" in told.body
    agree(composite, MEERA, digest, reason="My words!", agrees=False)
    drafting_final.freeze(member(FFION), composite, LATER)
    assert [(one.reason, one.agrees) for one in consenting.of_composite(composite)] == [("My words!", False)]


def test_a_branch_in_whose_name_something_is_moved_answers_by_its_officer(composite):
    rules("all_proposers")
    choose(composite, "twelve")
    with store.transaction():
        grace = replace(member(GRACE), branch="Fen", roles=frozenset({"officer"}))
        store.members.change_many([grace])
        store.members.grant_many([grace])
        decision = store.bodies.Decision("branch", "Fen", NOON.date(), "Minute 3")
        store.bodies.set_mover(2, decision)
    digest = ask(composite)
    assert store.log.entries(limit=1)[0].payload["asked"] == [GRACE, LEONARD, MEERA]
    for one in (MEERA, LEONARD):
        agree(composite, one, digest)
    assert ways(composite) == [
        "The branch Fen (A2) has not answered yet, and has time until 29 November 2026 at 12:00 (UTC)."
    ]
    agree(composite, GRACE, digest)
    assert ways(composite) == []
