"""What votes carried becomes the text in force: the very text that was put, after all votes, at the moment of the rules."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import allotment
import make
import pytest
from allotment import FFION, HARRIET, MEERA, NOON, SIXTEEN, in_force, member, on_desk, reword, seconded, strike
from voting import declared

import store.adoptions
import store.amendments
import store.drafts
import store.log
from amendments.states import State
from amendments.ties import Kind as TieKind
from amendments.ties import Tie
from members.permissions import NotAllowed
from services import auditing, drafting_final, enacting, enrolling, putting, ratifying, relating, timing
from store.adoptions import Kind, OutsideWord

pytestmark = pytest.mark.usefixtures("database")

TWENTY = SIXTEEN.replace("sixteen", "twenty")
LATER = NOON + timedelta(days=2)
YEAR = """
[[stage]]
id = "year"
opens = "2026-11-01"
closes = "2027-11-01"
allows = ["amendment", "second", "merge", "vote"]
"""
WHOLE = YEAR + '[[ballot]]\nid = "vote"\nlabel = "The members’ vote"\nunit = "whole"\n'
ITEMS = WHOLE.replace("whole", "item")
TWO_STEPS = WHOLE + '[[ballot]]\nid = "second"\nlabel = "The second vote"\nunit = "item"\n'
REGISTERED = (
    WHOLE
    + """
[[protect]]
clauses = ["3"]
consent_of = ["the Water Board"]
[adoption]
in_force = "registered"
registration = { with = "the Registrar" }
"""
)
DATED = WHOLE + '[adoption]\nin_force = "2027-01-01"\n'
WORD = OutsideWord(Kind.REGISTRATION, "the Registrar", date(2026, 11, 25), "R 117", given=True)
CONSENT = replace(WORD, kind=Kind.CONSENT, body="the Water Board", reference="Letter of 25 November")


def society(rules: str) -> store.drafts.Draft:
    """A frozen draft of two amendments: twenty to a meeting (A1), and no shared pump (A2)."""
    allotment.found()
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + rules, NOON)
    both = on_desk(seconded(reword("2(1)", TWENTY)), seconded(strike("3(1)")))
    return store.drafts.by_number(drafting_final.freeze(member(FFION), both, NOON))


def states() -> list[State]:
    return [one.state for one in store.amendments.numbered([1, 2])]


def test_where_the_rules_ask_for_a_ballot_nobody_adopts_without():
    draft = society(WHOLE)
    with pytest.raises(ratifying.CannotAdopt, match="The rules ask for a ballot: the members’ vote carries a draft"):
        ratifying.adopt(member(FFION), draft.number, draft.digest, LATER)
    assert (in_force().number, store.adoptions.waiting()) == (1, ())
    declared("vote", draft.number, at=LATER)
    made = ratifying.adopt(member(FFION), draft.number, draft.digest, LATER)
    assert made == in_force()


def test_what_is_carried_whole_is_the_next_edition_with_the_digest_that_was_voted_on():
    draft = society(WHOLE)
    made = ratifying.adopt_decided(declared("vote", draft.number, at=LATER), LATER)
    assert made == in_force()
    assert (made.number, made.digest, made.adopted_from, made.at) == (2, draft.digest, draft.number, LATER)
    assert states() == [State.IN_FORCE, State.IN_FORCE]
    decision = store.adoptions.of_edition(2)
    assert (decision.ballot, decision.draft) == (1, 1)
    assert "Carried." in decision.sentences[0]
    assert "5" in decision.sentences[0]
    assert auditing.verify() == ()


def test_what_is_not_carried_ends_with_a_reason():
    draft = society(WHOLE)
    assert ratifying.adopt_decided(declared("vote", draft.number, no=["draft"], at=LATER), LATER) is None
    assert (in_force().number, store.drafts.by_number(1).state, states()) == (1, "superseded", [State.LOST, State.LOST])
    assert store.amendments.history(store.amendments.by_number(1))[-1].reason == "Vote 1: not carried"
    assert auditing.verify() == ()


def test_of_two_questions_the_one_that_is_carried_comes_into_force_as_a_draft_of_its_own():
    draft = society(ITEMS)
    made = ratifying.adopt_decided(declared("vote", draft.number, no=["A2"], at=LATER), LATER)
    assert made.constitution[allotment.clause("2(1)")].text == TWENTY
    assert made.constitution[allotment.clause("3(1)")].text == "The pump is shared by all members."
    assert states() == [State.IN_FORCE, State.LOST]
    kept = store.drafts.by_number(2)
    assert (kept.state, kept.digest, store.drafts.by_number(1).state) == ("adopted", made.digest, "superseded")
    assert [word for word, sources in kept.provenance[allotment.clause("2(1)")] if sources == ["A1"]] == ["twenty"]
    assert auditing.verify() == ()
    make.changed_by_hand("UPDATE decision SET sentences = '[\"Carried.\"]'", "decision")
    assert [one.message.partition(" is not")[0] for one in auditing.verify()] == ["A decision to adopt on draft 2"]


def test_what_falls_by_what_else_was_carried_is_no_part_of_the_edition_and_says_by_what():
    draft = society(ITEMS)
    relating.rule(member(FFION), Tie(1, TieKind.FALLS_IF, 2, "One of the two is enough."), NOON)
    made = ratifying.adopt_decided(declared("vote", draft.number, at=LATER), LATER)
    assert (made.constitution[allotment.clause("2(1)")].text, states()) == (SIXTEEN, [State.FALLEN, State.IN_FORCE])
    assert "A2" in store.amendments.history(store.amendments.by_number(1))[-1].reason
    assert auditing.verify() == ()


def test_two_votes_carry_in_their_order_and_the_second_only_what_the_first_carried():
    draft = society(TWO_STEPS)
    with pytest.raises(ratifying.CannotAdopt, match="The rules ask for another vote first: The members’ vote"):
        ratifying.adopt_decided(declared("second", draft.number, at=LATER), LATER)
    first = declared("vote", draft.number, at=LATER + timedelta(days=1))
    assert ratifying.adopt_decided(first, LATER + timedelta(days=1)) is None
    assert (in_force().number, store.drafts.by_number(1).state) == (1, "frozen")
    late = LATER + timedelta(days=3)
    made = ratifying.adopt_decided(declared("second", draft.number, no=["A1"], at=late), late)
    assert (made, states()) == (in_force(), [State.LOST, State.IN_FORCE])
    assert auditing.verify() == ()


def test_what_is_to_be_registered_is_adopted_and_waits_for_registration_and_consent():
    draft = society(REGISTERED)
    assert ratifying.adopt_decided(declared("vote", draft.number, at=LATER), LATER) is None
    assert (in_force().number, states()) == (1, [State.CARRIED, State.CARRIED])
    (waiting,) = store.adoptions.waiting()
    assert enacting.coming(waiting).waits == ("The consent of the Water Board", "Registration with the Registrar")
    entered = datetime(2026, 12, 1, 9, tzinfo=UTC)
    with pytest.raises(NotAllowed):
        enacting.enter_word(member(FFION), 1, WORD, entered)
    enacting.enter_word(member(HARRIET), 1, WORD, entered)
    assert in_force().number == 1
    enacting.enter_word(member(HARRIET), 1, CONSENT, entered)
    assert (in_force().number, in_force().at) == (2, datetime(2026, 11, 25, tzinfo=UTC))
    assert states() == [State.IN_FORCE, State.IN_FORCE]
    assert auditing.verify() == ()


@pytest.mark.parametrize(
    "word",
    [
        replace(WORD, body="the Queen"),
        replace(WORD, day=date(2026, 12, 2)),
        replace(WORD, day=date(2026, 11, 23)),
        replace(WORD, reference=" "),
    ],
)
def test_a_registration_that_is_not_asked_for_or_not_dated_and_found_is_not_entered(word):
    ratifying.adopt_decided(declared("vote", society(REGISTERED).number, at=LATER), LATER)
    with pytest.raises(enacting.WordRefused):
        enacting.enter_word(member(HARRIET), 1, word, datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert store.adoptions.words(1) == ()


def test_a_refused_registration_ends_what_was_carried_and_frees_the_way():
    ratifying.adopt_decided(declared("vote", society(REGISTERED).number, at=LATER), LATER)
    other = store.drafts.by_number(drafting_final.freeze(member(FFION), on_desk(seconded(strike("1(2)"))), LATER))
    vote = declared("vote", other.number, at=LATER)
    with pytest.raises(ratifying.CannotAdopt, match="Draft 1 is adopted and not in force yet"):
        ratifying.adopt_decided(vote, LATER)
    enacting.enter_word(member(HARRIET), 1, replace(WORD, given=False), datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert (store.adoptions.waiting(), states(), in_force().number) == ((), [State.LOST, State.LOST], 1)
    assert auditing.verify() == ()


def test_what_is_to_be_in_force_on_a_day_is_in_force_from_that_moment_on():
    ratifying.adopt_decided(declared("vote", society(DATED).number, at=LATER), LATER)
    new_year = datetime(2027, 1, 1, tzinfo=UTC)
    moment = enacting.coming(store.adoptions.waiting()[0]).at
    assert enacting.bring_due(moment - timedelta(seconds=1)) == ()
    (made,) = enacting.bring_due(moment + timedelta(hours=3))
    assert (made.number, made.at, in_force().number) == (2, moment, 2)
    assert moment - new_year in {timedelta(0), timedelta(days=1)}
    assert enacting.bring_due(moment + timedelta(hours=4)) == ()
    assert auditing.verify() == ()


def test_a_text_that_was_changed_since_the_vote_is_not_adopted():
    vote = declared("vote", society(WHOLE).number, at=LATER)
    digest = store.drafts.by_number(1).digest
    make.changed_by_hand("UPDATE ballot_definition SET definition = replace(definition, "
                         f"'{digest}', '{'0' * 64}')", "ballot_definition")  # fmt: skip
    with pytest.raises(putting.NotWhatWasPut):
        ratifying.adopt_decided(vote, LATER)
    assert in_force().number == 1


def test_a_vote_without_its_quorum_is_held_again_once_and_then_lost():
    rules = WHOLE + 'if_quorum_fails = "repeat"\nquorum = { count = 4 }\n'
    draft = society(rules)
    first = declared("vote", draft.number, at=LATER, papers=3)
    with pytest.raises(ratifying.CannotAdopt, match="held again"):
        ratifying.adopt_decided(first, LATER)
    assert store.drafts.by_number(1).state == "frozen"
    assert ratifying.adopt_decided(declared("vote", draft.number, at=LATER, papers=3, repeats=first), LATER) is None
    assert store.drafts.by_number(1).state == "superseded"


def test_a_vote_that_the_rules_do_not_require_adopts_nothing():
    draft = society(WHOLE + '[[ballot]]\nid = "straw"\nunit = "whole"\n[adoption]\nrequires = ["vote"]\n')
    with pytest.raises(ratifying.CannotAdopt, match="adopts nothing"):
        ratifying.adopt_decided(declared("straw", draft.number, at=LATER), LATER)


def test_the_rules_and_the_movers_are_heard_in_the_log():
    ratifying.adopt_decided(declared("vote", society(WHOLE).number, at=LATER), LATER)
    assert [one.act for one in store.log.entries(limit=2)] == ["adopt", "carry"]
    assert timing.rules().adoption.requires == ("vote",)
    assert store.amendments.by_number(1).mover.handle == MEERA


@pytest.mark.parametrize(
    ("rules", "no", "said"),
    [
        (WHOLE, (), "What was carried is edition 2, in force since"),
        (WHOLE, ("draft",), "Nothing was carried. The text stays as it is."),
        (TWO_STEPS, (), "It is carried; the rules ask for another vote."),
        (REGISTERED, (), "Draft 1 is adopted and not in force yet. It waits for: The consent of the Water Board; Reg"),
    ],
)
def test_what_came_of_a_vote_is_said_in_a_sentence(rules, no, said):
    vote = declared("vote", society(rules).number, no=no, at=LATER)
    assert ratifying.carry_out(vote, LATER).startswith(said)
