"""A draft accounts for every amendment, and cannot be frozen while anything is in the way."""

from dataclasses import replace
from datetime import timedelta

import allotment
import make
import pytest
from allotment import (
    FFION,
    GRACE,
    LEONARD,
    MEERA,
    NOON,
    ROSA,
    SIXTEEN,
    member,
    on_desk,
    propose,
    reword,
    seconded,
    strike,
)
from hypothesis import given, settings
from hypothesis import strategies as st

import store.accounts
import store.amendments
import store.drafts
import store.log
import store.members
from amendments.composite import OWN, Choices
from amendments.fates import NOTHING, Fate
from amendments.states import State
from members.permissions import NotAllowed
from services import (
    auditing,
    compositing,
    coverage,
    drafting,
    drafting_final,
    enrolling,
    notifying,
    obstacles,
    ratifying,
)

pytestmark = pytest.mark.usefixtures("database")

TWENTY, TWELVE = SIXTEEN.replace("sixteen", "twenty"), SIXTEEN.replace("sixteen", "twelve")
STAGES = """
[[stage]]
id = "second"
opens = "2026-11-01"
closes = "2026-11-23"
allows = ["amendment", "second", "withdraw", "rule"]
[[stage]]
id = "merge"
closes = "opens + 4w"
allows = ["merge"]
"""


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()


def conflict() -> int:
    return on_desk(seconded(reword("2(1)", TWENTY)), seconded(reword("2(1)", TWELVE), by=LEONARD))


def choose(number: int, wanted: str = "", now=NOON, left=None, **reasons: str) -> None:
    desk = compositing.open_desk(number)
    asked = desk.composition.questions()
    picked = {one.key: option.key for one in asked for option in one.options if option.text == wanted}
    written = {one.key: reasons["own"] for one in asked if "own" in reasons}
    choices = Choices(picked or dict.fromkeys(written, OWN), written, left=left or {})
    said = {key: reasons["because"] for key in written if "because" in reasons}
    compositing.choose(member(FFION), number, choices, desk.composite.revision, now, reasons=said)


def freeze(number: int, now=NOON) -> store.drafts.Draft:
    return store.drafts.by_number(drafting_final.freeze(member(FFION), number, now))


def fates(draft: store.drafts.Draft) -> dict[int, Fate]:
    return {one.amendment: one.fate for one in store.accounts.items(draft.number)}


def refused(number: int) -> list[str]:
    with pytest.raises(drafting_final.CannotFreeze) as refusal:
        freeze(number)
    assert list(refusal.value.obstacles) == list(obstacles.obstacles(compositing.open_desk(number), NOON))
    return [one.sentence for one in refusal.value.obstacles]


def test_every_amendment_is_in_the_table_with_its_fate_and_the_reason():
    number = conflict()  # 1 and 2
    beside, gone, late = seconded(strike("3(1)")), propose(strike("3(2)")), propose(strike("2(2)"), by=GRACE)
    drafting.withdraw(member(MEERA), gone, "I was wrong.", NOON)
    refused_one = seconded(strike("2(2)"))
    allotment.refuse(refused_one, "No.")
    coverage.leave(member(FFION), number, [beside], "To be voted on by itself.", NOON)
    choose(number, "twelve")
    draft = freeze(number)
    found = {one.amendment: one for one in store.accounts.items(draft.number)}
    assert {one: item.fate for one, item in found.items()} == {
        1: Fate.LEFT, 2: Fate.MERGED, beside: Fate.LEFT, gone: Fate.WITHDRAWN, late: Fate.SEEKING,
        refused_one: Fate.REFUSED,
    }  # fmt: skip
    assert (found[1].reason, found[1].set_aside) == (
        NOTHING, ("In clause 2(1) it asks for “twenty”: the committee chose “twelve” (A2).",),
    )  # fmt: skip
    assert (found[beside].reason, found[gone].reason) == ("To be voted on by itself.", "I was wrong.")
    assert found[late].reason.startswith("It has these seconders so far: 0 of 2")
    assert [one.version for one in found.values()] == [one.version.id for one in store.amendments.listing()]
    assert auditing.verify() == ()


def test_everything_in_the_way_is_said_at_once_and_where():
    number = conflict()
    beside = seconded(strike("3(1)"))
    assert refused(number) == [
        "At clause 2(1), choose the words: A1 and A2 ask for different things.",
        f"Say why the draft does without A{beside}: it has its seconders and is not on this desk.",
    ]
    choose(number, own="fifteen", left={"A1": " "})
    assert refused(number)[0] == "Give the reason for leaving A1."
    for _ in range(2):  # what was answered while A1 was left is asked again
        choose(number, own="fifteen")
    assert refused(number)[0] == "Give the reason for the committee’s own words in clause 2(1)."
    allotment.refuse(1, "No.")
    (gone, *_, last) = obstacles.obstacles(compositing.open_desk(number), NOON)
    assert gone.sentence.startswith("A1 is refused and no longer waits for the committee: leave it")
    assert last.url == f"/committee/composites/{number}/coverage#without"


def test_a_passage_that_needs_a_look_is_looked_at_first():
    changed = SIXTEEN.replace("needs sixteen", "needs at least sixteen"), SIXTEEN.replace("members", "people")
    number = on_desk(*(seconded(reword("2(1)", one), by=by) for one, by in zip(changed, (MEERA, LEONARD), strict=True)))
    assert refused(number) == [
        "Read clause 2(1) once as a whole and mark it as read: A1 and A2 change words close to one another."
    ]
    (mark,) = compositing.open_desk(number).composition.undecided()
    compositing.choose(member(FFION), number, Choices(looked={mark.key: ""}), 0, NOON)
    assert fates(freeze(number)) == {1: Fate.MERGED, 2: Fate.MERGED}


def test_leaving_needs_a_reason_the_committee_and_one_that_waits_elsewhere_and_can_be_taken_back():
    number, beside, seeking = on_desk(seconded(strike("3(1)"))), seconded(strike("3(2)")), propose(strike("2(2)"))
    for numbers, reason in (([beside], " "), ([1], "So."), ([seeking], "So."), ([], "So.")):
        with pytest.raises(coverage.CannotLeave):
            coverage.leave(member(FFION), number, numbers, reason, NOON)
    with pytest.raises(NotAllowed):
        coverage.leave(member(ROSA), number, [beside], "So.", NOON)
    assert coverage.leave(member(FFION), number, [beside], "So.", NOON) == (beside,)
    assert coverage.take_up(member(FFION), number, [beside], NOON) == (beside,)
    assert refused(number) == [
        f"Say why the draft does without A{beside}: it has its seconders and is not on this desk."
    ]
    assert [one.act for one in store.log.entries(limit=2)] == ["take-back-leaving", "leave-out"]


def test_those_who_found_too_few_seconders_in_time_expire_with_the_numbers_and_are_told():
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + STAGES, NOON)
    first, late = seconded(strike("3(1)")), propose(strike("3(2)"), by=GRACE)
    with store.transaction():
        store.members.change_many([replace(member(GRACE), email="grace@example.org")])
    allotment.second(late, ROSA)
    draft = freeze(on_desk_later(first), NOON + timedelta(days=3))
    assert fates(draft) == {1: Fate.MERGED, late: Fate.EXPIRED}
    kept = store.amendments.by_number(late)
    assert (kept.state, store.amendments.history(kept)[-1].reason) == (
        State.EXPIRED, "Too few seconders: 1 of 2 members.",
    )  # fmt: skip
    (report,) = (one for one in notifying.messages(member(GRACE)) if one.kind == "fate-report")
    assert f"  * Amendment {late}, A better rule: expired. Too few seconders: 1 of 2 members." in report.body


def on_desk_later(*numbers: int) -> int:
    return compositing.begin(member(FFION), numbers, "Composite", NOON + timedelta(days=2))


def test_what_a_draft_left_out_is_not_in_force_with_it_and_what_was_free_before_is_again():
    number = conflict()
    choose(number, "twelve")
    chosen, other = freeze(number), freeze(on_desk_beside())
    ratifying.adopt(member(FFION), chosen.number, chosen.digest, NOON)
    assert [one.state for one in store.amendments.listing()] == [State.SECONDED, State.IN_FORCE, State.SECONDED]
    assert store.drafts.by_number(other.number).state == "superseded"


def on_desk_beside() -> int:
    number = on_desk(seconded(strike("3(1)")))
    coverage.leave(member(FFION), number, [1], "It lost in the other draft.", NOON)
    return number


def test_the_committees_own_words_are_kept_with_their_reason_and_logged():
    number = conflict()
    choose(number, own="fifteen", because="Halfway.")
    draft = freeze(number)
    (own,) = store.accounts.own_words(draft.number)
    assert (own.words, own.reason, own.clause) == ("fifteen", "Halfway.", allotment.clause("2(1)"))
    payload = store.log.entries(limit=1)[0].payload
    assert payload["words"][0] | {"key": ""} == {
        "n": 1, "key": "", "clause": own.clause, "words": "fifteen", "reason": "Halfway.",
    }  # fmt: skip
    assert [one["fate"] for one in payload["items"]] == ["left-out", "left-out"]
    assert payload["coverage"] == store.accounts.table_digest(payload["items"])


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("draft_item", "UPDATE draft_item SET reason = 'Because.' WHERE amendment = 2", "What draft 1 made of amendment 2 has another reason than entry {} of the log recorded."),
        ("draft_item", "DELETE FROM draft_item WHERE amendment = 2", "What draft 1 made of amendment 2 was recorded in entry {} of the log; it is gone."),
        ("draft_wording", "UPDATE draft_wording SET words = 'x'", "Passage 1 of the committee’s own words in draft 1 has another words than entry {} of the log recorded."),
    ],
)  # fmt: skip
def test_a_changed_account_is_found(table, change, said):
    number = conflict()
    choose(number, own="fifteen", because="Halfway.")
    freeze(number)
    entry = store.log.entries(limit=1)[0].seq
    make.changed_by_hand(change, table)
    assert [one.message for one in auditing.verify()] == [said.format(entry)]


@pytest.mark.thorough
@settings(max_examples=8)
@given(st.data())
def test_the_table_has_a_line_for_every_input_whatever_has_happened(data):
    """Amendments are proposed, seconded, withdrawn, refused and merged at random; none is ever missing."""
    base = len(store.amendments.listing())
    for one in range(data.draw(st.integers(1, 5))):
        made = propose(strike("3(1)"), by=ROSA, title=f"Number {one}")
        happens = data.draw(st.sampled_from(("nothing", "second", "withdraw", "refuse")))
        if happens in {"second", "refuse"}:
            allotment.second(made, MEERA, GRACE)
        if happens == "refuse":
            allotment.refuse(made, "No.")
        if happens == "withdraw":
            drafting.withdraw(member(ROSA), made, "No.", NOON)
    number = on_desk(seconded(strike("3(2)")))
    waiting = coverage.without_fate(compositing.open_desk(number))
    if waiting:
        coverage.leave(member(FFION), number, waiting, "Later.", NOON)
    draft = freeze(number)
    assert len(fates(draft)) == len(store.amendments.listing()) > base
    assert Fate.OPEN not in fates(draft).values()
