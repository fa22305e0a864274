"""Those whom the rules name rule on admission; refusals are appealed against; the committee recommends and advises."""

from dataclasses import replace
from datetime import timedelta

import allotment
import make
import pytest
from allotment import (
    FFION,
    GRACE,
    HARRIET,
    LEONARD,
    MEERA,
    NOON,
    ROSA,
    TOBIAS,
    member,
    on_desk,
    propose,
    reword,
    second,
    seconded,
    strike,
)

import store
import store.amendments
import store.log
import store.outbox
import store.rulings
from amendments.rulings import Admission, MayNotRule
from amendments.states import State
from members.permissions import NotAllowed
from services import admission_page, admitting, advising, enrolling, proposal_page, revising
from services.admitting import NotEntered, Wanted
from services.compositing import NotMergeable
from services.timing import StageClosed

pytestmark = pytest.mark.usefixtures("database")

RULES = """
[[electorate]]
id = "standing_orders"
label = "the standing orders committee"
bodies = ["Standing orders"]
[[electorate]]
id = "delegates"
label = "delegates"
bodies = ["Conference"]
[admission]
by = "standing_orders"
grounds = ["unlawful", "not_competent"]
silence_admits = "14d"
appeal = { to = "delegates", window = "7d", pass = { ratio = "2/3", base = "cast", strict = false } }
"""
DAY = timedelta(days=1)
REFUSED = Wanted(1, "out-of-order", "unlawful", "The law forbids it.")


@pytest.fixture
def one(database) -> int:
    """A seconded amendment under rules that let a committee rule and delegates overturn it."""
    allotment.found()
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + RULES, NOON)
    return seconded(strike("3(1)"))


def clerk():
    return replace(member(FFION), body="Standing orders")


def rule(number, outcome="in-order", *, at=NOON, by=None, **said):
    return admitting.rule(by or clerk(), number, Wanted(state(number).version.n, outcome, **said), at)


def state(number):
    return store.amendments.by_number(number)


def stands(number, at=NOON):
    return admitting.stands(state(number), at).admission


def reworded(number, text, at=NOON):
    typed = proposal_page.start_on(number, revises=True)
    changes = (replace(typed.changes[0], text=text),)
    return revising.revise(member(MEERA), replace(typed, changes=changes, note="Said better."), at, allotment.new_id)


def test_only_whom_the_rules_name_rules_and_only_on_the_version_that_was_shown(one):
    for person, refusal in ((member(FFION), NotAllowed), (replace(member(ROSA), body="Standing orders"), NotAllowed)):
        with pytest.raises(refusal):
            rule(one, by=person)
    with pytest.raises(NotEntered, match="A1 has version 1 by now, and you were shown version 2"):
        admitting.rule(clerk(), one, Wanted(2, "in-order"), NOON)
    rule(one, reason="It is clear.")
    entry = store.log.entries(limit=1)[0]
    assert (entry.act, entry.subject, entry.actor) == ("rule", "amendment 1", FFION)
    assert entry.payload == {
        "ruling": 1, "version": 1, "outcome": "in-order", "ground": "", "reason": "It is clear.", "changes": "",
    }  # fmt: skip
    assert state(one).state is State.ADMITTED
    with pytest.raises(MayNotRule):
        rule(one, "out-of-order", ground="unlawful", reason="Yet")


@pytest.mark.parametrize(("wanted", "field"), [
    (Wanted(1, ""), "outcome"),
    (Wanted(1, "out-of-order", "", "So"), "ground"),
    (Wanted(1, "out-of-order", "late", "Not a ground of these rules"), "ground"),
    (Wanted(1, "out-of-order", "unlawful", " "), "reason"),
    (Wanted(1, "in-order-with-changes", reason="So"), "changes"),
])  # fmt: skip
def test_a_ruling_has_an_outcome_a_ground_of_the_closed_list_and_a_reason(one, wanted, field):
    with pytest.raises(NotEntered) as refusal:
        admitting.rule(clerk(), one, wanted, NOON)
    assert refusal.value.field == field
    assert (state(one).state, store.rulings.of([one])) == (State.SECONDED, {})


def test_what_nobody_ruled_on_waits_and_then_counts_as_admitted(one):
    said = "A1: it waits for a ruling by the standing orders committee. Without a ruling by "
    assert admitting.mergeable(state(one), NOON).startswith(said)
    assert admitting.mergeable(state(one), NOON).endswith("(14 days left) it counts as admitted.")
    with pytest.raises(NotMergeable, match="waits for a ruling"):
        on_desk(one)
    assert admitting.mergeable(state(one), NOON + 14 * DAY) == ""
    assert stands(one, NOON + 14 * DAY) is Admission.SILENT
    with pytest.raises(MayNotRule, match="No ruling came in time"):
        rule(one, at=NOON + 14 * DAY)


def test_in_order_after_changes_waits_for_the_next_text_which_can_be_ruled_in_order(one):
    two = seconded(reword("2(1)", "Ten."))
    rule(two, "in-order-with-changes", changes="Say ten members.")
    assert (state(two).state, stands(two, NOON + 20 * DAY)) == (State.SECONDED, Admission.CHANGES)
    assert "changes that its text does not hold yet" in admitting.mergeable(state(two), NOON + 20 * DAY)
    with pytest.raises(MayNotRule, match="does not hold the agreed changes yet"):
        rule(two)
    reworded(two, "Ten members.", NOON + DAY)
    second(two, ROSA, GRACE)
    assert stands(two, NOON + DAY) is Admission.WAITS
    assert stands(two, NOON + 14 * DAY) is Admission.WAITS  # the time runs from the new text
    rule(two, at=NOON + DAY)
    assert state(two).state is State.ADMITTED


def test_a_new_text_of_what_was_admitted_is_ruled_on_again_and_the_old_text_is_not():
    allotment.found()
    rules = allotment.RULEBOOK.replace("count = 2", "count = 0") + RULES
    enrolling.set_up("Allotment Society", rules, NOON)
    one = propose(reword("2(1)", "Ten."))
    rule(one)
    reworded(one, "Eleven.")
    assert (state(one).state, stands(one)) == (State.SECONDED, Admission.WAITS)
    assert store.amendments.history(state(one))[-1].reason == "Its text changed: version 2 is to be ruled on again"
    reworded(one, "Ten.")
    assert stands(one) is Admission.IN_ORDER


def test_a_refusal_may_come_early_and_what_is_refused_stays_readable_in_its_list(one):
    two = propose(strike("3(2)"))
    with pytest.raises(MayNotRule, match="once it has the seconders"):
        rule(two)
    rule(two, "out-of-order", ground="unlawful", reason="The law forbids it.")
    assert (
        store.amendments.history(state(two))[-1].reason
        == "Ruled out of order: it would break the law. The law forbids it."
    )
    page = admission_page.page(clerk(), NOON)
    assert [(each.amendment.number, each.ruling.ground) for each in page.refused] == [(two, "unlawful")]
    assert "delegates until 29 November 2026 at 12:00 (UTC): 7 days left." in page.refused[0].appeal
    assert [each.amendment.number for each in page.waiting] == [one]


def test_an_appeal_is_made_in_time_once_by_mover_or_seconder_and_decided_exactly(one):
    rule(one, "out-of-order", ground="unlawful", reason="The law forbids it.")
    with pytest.raises(NotAllowed):
        admitting.appeal(member(LEONARD), one, "I like it.", NOON)
    with pytest.raises(
        NotEntered, match=r"An appeal was possible until 29 November 2026 at 12:00 .UTC.; that was 1 day ago"
    ):
        admitting.appeal(member(MEERA), one, "Late.", NOON + 8 * DAY)
    with pytest.raises(NotEntered, match="why the refusal is wrong"):
        admitting.appeal(member(ROSA), one, " ", NOON)
    with pytest.raises(NotAllowed):
        admitting.decide(member(FFION), one, "Voted.", NOON, upheld=True)
    admitting.appeal(member(ROSA), one, "It does not.", NOON)
    with pytest.raises(NotEntered, match="an appeal against this refusal already"):
        admitting.appeal(member(MEERA), one, "Me too.", NOON)
    officer, delegate = member(HARRIET), replace(member(GRACE), body="Conference")
    assert admission_page.page(delegate, NOON).appeals[0].may_decide
    assert not admitting.decide(delegate, one, "Minute 4.", NOON + 9 * DAY, upheld=True, votes=(19, 10))
    assert state(one).state is State.REFUSED
    ended = store.rulings.of([one])[one][-1].appeal.ended
    assert ended.reason.endswith("3 × 19 = 57 ≥ 2 × 29 = 58: no.")
    with pytest.raises(NotEntered, match="No appeal waits"):
        admitting.decide(officer, one, "Again.", NOON, upheld=True)
    assert [each.what for each in admission_page.of(state(one), None, NOON).events if each.what] == [
        "Appeal",
        "Appeal dismissed",
    ]


def test_what_an_appeal_brings_back_is_in_order_whether_it_had_its_seconders_or_not(one):
    two = propose(strike("3(2)"))
    for number in (one, two):
        rule(number, "out-of-order", ground="unlawful", reason="The law forbids it.")
        admitting.appeal(member(MEERA), number, "It does not.", NOON)
        assert admitting.decide(member(HARRIET), number, "Minute 4.", NOON, upheld=False, votes=(20, 10))
    assert [state(number).state for number in (one, two)] == [State.ADMITTED, State.SEEKING_SECONDERS]
    second(two, ROSA, GRACE)
    assert admitting.mergeable(state(two), NOON) == ""
    with pytest.raises(MayNotRule):
        rule(two, "out-of-order", ground="unlawful", reason="All the same.")


def test_where_the_rules_name_nobody_everything_seconded_is_admitted(database):
    allotment.found()
    made = seconded(strike("3(1)"))
    assert admitting.mergeable(state(made), NOON) == ""
    assert on_desk(made) == 1
    with pytest.raises(NotAllowed, match="the rules name nobody"):
        rule(made)


def test_a_recommendation_stands_beside_the_text_of_one_version_and_the_last_holds(one):
    with pytest.raises(NotAllowed):
        advising.recommend(member(ROSA), one, 1, "carry", NOON, reason="Good.")
    for kind, said, field in (("", "So", "kind"), ("carry", "", "reason"), ("carry-with-changes", "So", "changes")):
        with pytest.raises(NotEntered) as refusal:
            advising.recommend(member(TOBIAS), one, 1, kind, NOON, reason=said)
        assert refusal.value.field == field
    advising.recommend(member(TOBIAS), one, 1, "carry", NOON, reason="Good.")
    advising.recommend(member(TOBIAS), one, 1, "carry-with-changes", NOON, reason="Better.", changes="Say it first.")
    shown = admission_page.of(state(one), None, NOON)
    assert (shown.recommended.kind, shown.recommended.changes, shown.outdated) == (
        "carry-with-changes",
        "Say it first.",
        False,
    )
    assert [each.what for each in shown.events if each.what] == ["Recommended", "Recommended"]
    advising.recommend(member(TOBIAS), one, 1, "none", NOON, reason="We cannot agree.")
    assert admission_page.of(state(one), None, NOON).recommended is None


def test_advice_is_between_the_mover_and_the_committee_and_the_log_tells_nobody(one):
    advising.write(member(TOBIAS), one, "Would “ten members” not be clearer?", NOON)
    advising.write(member(MEERA), one, "It would.", NOON)
    for person in (None, member(ROSA), member(HARRIET)):
        assert advising.thread(state(one), person, NOON) is None
        with pytest.raises(advising.NotYours):
            advising.write(person, one, "Let me in.", NOON)
    lines = advising.thread(state(one), member(MEERA), NOON).lines
    assert [(each.mine, each.text) for each in lines] == [
        (False, "Would “ten members” not be clearer?"),
        (True, "It would."),
    ]
    for entry in store.log.entries(limit=2):
        assert (entry.actor, entry.subject, [*entry.payload]) == ("withheld", "a private thread", ["digest"])
    with pytest.raises(NotEntered, match="2,001 characters; up to 2,000"):
        advising.write(member(MEERA), one, "x" * 2001, NOON)
    assert store.log.verify() == ()
    make.changed_by_hand("UPDATE advice SET text = 'No.' WHERE text = 'It would.'")
    assert [fault.message for fault in store.log.verify()] == [
        "Message 2 of drafting advice is not as the log recorded it."
    ]


def test_movers_and_seconders_are_told_and_a_message_only_to_the_other_side(one):
    make.changed_by_hand("UPDATE member SET email = handle || '@example.org'")
    before = len(told())
    rule(one, "in-order-with-changes", changes="Say ten.")
    advising.recommend(member(TOBIAS), one, 1, "reject", NOON, reason="Too early.")
    assert told()[before:] == [(who, "amendment-ruled") for who in (MEERA, ROSA, GRACE)] * 2
    advising.write(member(FFION), one, "Secret words", NOON)
    advising.write(member(MEERA), one, "An answer", NOON)
    assert told()[before + 6 :] == [(who, "drafting-advice") for who in (MEERA, FFION, TOBIAS)]
    rule(one, "out-of-order", ground="unlawful", reason="The law forbids it.")
    bodies = [each.body for each in store.outbox.told(member(MEERA).id)]
    assert "may appeal to delegates by 29 November 2026" in bodies[0]
    assert not any("Secret words" in body for body in bodies)


def told():
    handles = {each.id: each.handle for each in store.members.everyone()}
    with store.database.db.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT member, kind FROM notice ORDER BY id").all()
    return [(handles[row.member], row.kind) for row in rows]


STAGES = """
[[stage]]
id = "ruling"
opens = "2026-11-01"
closes = "2026-12-31"
allows = ["amendment", "second", "edit", "withdraw", "comment", "rule", "appeal"]
"""


def test_the_time_to_appeal_ends_before_what_the_rules_say(one):
    rules = RULES.replace('window = "7d",', 'window = "7d", must_end_before = "2026-11-25",')
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + rules, NOON)
    rule(one, "out-of-order", ground="unlawful", reason="The law forbids it.")
    assert "the end of 25 November 2026" in admission_page.of(state(one), None, NOON).appeal.sentence


def test_nothing_is_ruled_or_appealed_against_out_of_its_stage(one):
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + STAGES + RULES, NOON)
    with pytest.raises(StageClosed):
        rule(one, at=NOON - 30 * DAY)
    rule(one, "out-of-order", ground="unlawful", reason="The law forbids it.")
    with pytest.raises(StageClosed):
        admitting.appeal(member(MEERA), one, "It does not.", NOON + 60 * DAY)
