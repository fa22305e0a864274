"""A vote from its preparation to its result, sealed and recorded, in the Allotment Society."""

import json
from datetime import timedelta

import allotment
import balloted
import pytest
from allotment import FFION, GRACE, LEONARD, MEERA, NOON, ROSA, SIXTEEN, TOBIAS, member, reword, seconded, strike
from balloted import (
    AFTER,
    CLERK,
    CLOSES,
    DURING,
    OFFICER,
    OPENS,
    PRIVATE,
    RANDOM,
    SIGNING,
    declared,
    frozen,
    keyed,
    opened,
    out_of_the_urn,
    prepared,
    result,
    vote,
)

import store
import store.ballots
import store.drafts
from ballots import sealing
from ballots.definition import fingerprint
from ballots.receipts import acknowledged, is_genuine
from members.permissions import NotAllowed
from services import auditing, balloting, casting, enrolling, hall, putting
from services.balloting import CannotPrepare, NotNow, NotTheCode, NotTheList, Wanted
from services.casting import HasVoted, NotAVoter, VoteClosed
from services.hall import CannotEnterPaper
from services.putting import CannotPut
from store.ballots import Batch
from store.columns import canonical

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _society(database):
    balloted.society()


def test_a_sealed_vote_is_held_counted_and_checks_out():
    unprotected = seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twenty"))), seconded(strike("2(2)"))
    number = opened(drafts=(frozen(*unprotected),))
    for handle, answer in ((MEERA, "yes"), (ROSA, "yes"), (GRACE, "no"), (LEONARD, "abstain")):
        vote(handle, number, {"1": answer})
    found = declared(number)
    [question] = found.result["questions"]
    assert (question["carried"], question["quorate"]) == (["draft-1"], True)
    assert question["verdicts"][1]["sum"] == "3 × 2 = 6 ≥ 2 × 3 = 6: yes"
    assert [json.loads(one)["receipt"][:5] for one in found.papers.splitlines()] == ["GRACE", "LEONA", "MEERA", "ROSA-"]
    assert "meera" not in found.papers
    assert auditing.verify() == ()


def test_a_protected_clause_asks_for_its_own_share_besides():
    number = opened()
    for handle in (MEERA, ROSA, LEONARD):
        vote(handle, number, {"1": "yes"})
    vote(GRACE, number, {"1": "no"})
    assert result(number) == [[]]  # 3 of 4 is two thirds, but not more than three quarters


def test_the_last_vote_counts_and_the_log_tells_neither_who_nor_when():
    number = opened()
    before = store.log.count()
    vote(MEERA, number, {"1": "no"})
    vote(MEERA, number, {"1": "yes"}, at=DURING + timedelta(hours=3))
    for entry in store.log.entries(limit=store.log.count() - before):
        assert (entry.actor, entry.act, entry.at) == ("", "hand-in", OPENS)
        assert MEERA not in canonical(entry.payload)
    vote(ROSA, number, {"1": "yes"})
    vote(TOBIAS, number, {"1": "yes"})
    assert result(number) == [["draft-1"]]


def test_a_recorded_vote_has_names_and_may_be_one_that_is_not_changed():
    number = opened("hands")
    hashed = vote(MEERA, number, {"1": "yes"})
    assert vote(MEERA, number, {"1": "yes"}) == hashed
    with pytest.raises(HasVoted):
        vote(MEERA, number, {"1": "no"})
    vote(ROSA, number, {"1": "no"})
    lines = [json.loads(one) for one in declared(number).papers.splitlines()]
    assert [(one["voter"], one["answers"]) for one in lines] == [(MEERA, {"1": "yes"}), (ROSA, {"1": "no"})]


RUN_OFF = """
[[ballot]]
id = "last"
kind = "run_off"
unit = "all_options"
secrecy = "open"
"""


def test_of_two_that_cannot_both_be_in_force_a_run_off_takes_one():
    enrolling.set_up("Allotment Society", allotment.RULEBOOK + balloted.VOTES + RUN_OFF, NOON)
    drafts = [frozen(seconded(reword("2(1)", SIXTEEN.replace("sixteen", one)))) for one in ("twenty", "thirty")]
    with pytest.raises(CannotPut, match="A run-off is between two drafts"):
        prepared("last", drafts[:1])
    number = opened("last", drafts=tuple(drafts))
    for handle, answer in (
        (MEERA, {"draft-1": 1}),
        (ROSA, {"draft-2": 1}),
        (GRACE, {"draft-2": 1, "draft-1": 2}),
        (LEONARD, {"draft-1": 1, "draft-2": 2}),
        (TOBIAS, {"draft-2": 1}),
    ):
        vote(handle, number, {"1": answer})
    [question] = declared(number).result["questions"]
    assert question["carried"] == ["draft-2"]
    assert ["draft-2", "draft-1", 3] in question["matrix"]
    assert ["draft-1", "draft-2", 2] in question["matrix"]


def test_clause_by_clause_each_is_carried_or_lost_alone():
    number = opened("clauses")
    definition = balloting.definition_of(number)
    assert [one.options[0].label for one in definition.questions] == ["clause 2(1)", "clause 3(1)"]
    assert [len(one.thresholds) for one in definition.questions] == [1, 2]  # 3 is protected
    for handle in (MEERA, ROSA):
        vote(handle, number, {"1": "yes", "2": "no"})
    [first, _] = definition.questions
    assert result(number) == [[first.options[0].id], []]
    decided = putting.decided(definition, {"1": [first.options[0].id]})
    assert decided.digest == first.options[0].text
    assert decided.constitution[first.options[0].id].text == SIXTEEN.replace("sixteen", "twenty")
    assert (decided.amendments, decided.lost) == ((1,), (2,))


def test_amendment_by_amendment_what_meets_in_one_clause_is_one_question():
    numbers = (
        seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twenty")), strike("3(1)")),
        seconded(reword("2(2)", "Notice of a general meeting is given by post.")),
    )
    definition = balloting.definition_of(opened("items", drafts=(frozen(*numbers),)))
    assert [one.options[0].amendments for one in definition.questions] == [(1,), (2,)]


def test_everything_is_fixed_when_the_vote_opens():
    number = opened()
    for act in (
        lambda: balloting.set_key(member(OFFICER), number, sealing.public_key(b"q" * 32), DURING),
        lambda: balloting.rehearse(member(OFFICER), number, RANDOM, DURING),
        lambda: balloting.open_vote(member(OFFICER), number, SIGNING, DURING),
        lambda: balloting.close(member(OFFICER), number, DURING),
        lambda: balloting.urn(number),
        lambda: balloting.declare(member(OFFICER), number, (), DURING),
    ):
        with pytest.raises(NotNow):
            act()


def test_nothing_opens_unrehearsed_or_early():
    number = prepared()
    officer = member(OFFICER)
    with pytest.raises(NotNow, match="public key is missing"):
        balloting.open_vote(officer, number, SIGNING, OPENS)
    balloting.set_key(officer, number, sealing.public_key(PRIVATE), NOON)
    balloting.rehearse(officer, number, RANDOM, NOON)
    with pytest.raises(NotTheCode):
        balloting.rehearsed(officer, number, "22222-22222-22222-22222", NOON)
    with pytest.raises(NotNow, match="not been rehearsed"):
        balloting.open_vote(officer, number, SIGNING, OPENS)
    keyed(number)
    with pytest.raises(NotNow, match="can open on 22 November 2026 at 13:00"):
        balloting.open_vote(officer, number, SIGNING, NOON)
    with pytest.raises(sealing.NotAKey):
        balloting.set_key(officer, number, "short", NOON)
    with pytest.raises(NotAllowed):
        balloting.open_vote(member(FFION), number, SIGNING, OPENS)


def test_a_vote_counts_only_while_the_vote_is_open_and_only_of_its_voters():
    number = prepared()
    with pytest.raises(VoteClosed, match="not open yet"):
        casting.cast(member(MEERA), number, casting.Handed("members", "x", "browser"), lambda: DURING)
    keyed(number)
    balloting.open_vote(member(OFFICER), number, SIGNING, OPENS)
    with pytest.raises(VoteClosed, match="too late"):
        vote(MEERA, number, {"1": "yes"}, at=CLOSES)
    with pytest.raises(NotAVoter):
        casting.cast(member(MEERA), number, casting.Handed("elsewhere", "x", "browser"), lambda: DURING)
    enrolling.enrol([store.members.NewMember("late", "Late", roles=frozenset({"member"}))], DURING)
    with pytest.raises(NotAVoter, match="as it stood when the vote opened"):
        vote("late", number, {"1": "yes"})
    moments = iter([CLOSES - timedelta(milliseconds=1), CLOSES])
    handed = casting.Handed("members", "x", "browser")
    with pytest.raises(VoteClosed):  # it came in time, and was kept too late
        casting.cast(member(MEERA), number, handed, lambda: next(moments, CLOSES))
    assert store.ballots.turnout(number) == {}


def test_a_withdrawn_vote_is_not_counted():
    number = opened()
    vote(MEERA, number, {"1": "yes"})
    balloting.withdraw(member(OFFICER), number, "The redline was wrong.", DURING)
    with pytest.raises(VoteClosed, match="withdrawn"):
        vote(ROSA, number, {"1": "yes"})
    with pytest.raises(NotNow):
        balloting.close(member(OFFICER), number, AFTER)


def test_paper_counts_when_two_clerks_agree_and_not_twice():
    number = opened()
    vote(MEERA, number, {"1": "no"})
    vote(ROSA, number, {"1": "yes"})
    hall.hand_paper(member(OFFICER), number, MEERA, "members", DURING)
    with pytest.raises(NotAVoter, match="count twice"):
        vote(MEERA, number, {"1": "no"})
    papers = hall.of_counts({"1": {"yes": 2, "": 1}})
    hall.enter(member(OFFICER), number, Batch("members", "box", papers, member(OFFICER).id, DURING), DURING)
    with pytest.raises(CannotEnterPaper, match="two clerks"):
        balloting.close(member(OFFICER), number, AFTER)
    hall.enter(member(CLERK), number, Batch("members", "box", papers[::-1], member(CLERK).id, DURING), DURING)
    [question] = declared(number).result["questions"]
    [counts] = question["colleges"]
    assert (counts["in_favour"], counts["against"], counts["blank"]) == (3, 0, 1)


def test_hands_that_do_not_come_to_the_same_number_are_said_to():
    with pytest.raises(CannotEnterPaper, match="3 for question 1, 2 for question 2"):
        hall.of_counts({"1": {"yes": 3}, "2": {"yes": 1, "no": 1}})


@pytest.mark.parametrize(("change", "sentence"), [
    (lambda lines: [*lines, lines[0].replace("GRACE", "XXXXX")], "2 papers of members, and only 1 were in the urn"),
    (lambda lines: [*lines, lines[0]], "has no receipt, or one that another line has"),
    (lambda _: ["{}"], "Line 1 is no paper"),
    (lambda lines: [lines[0].replace("members", "others")], "Line 1 is no paper"),
])  # fmt: skip
def test_a_list_that_did_not_come_out_of_the_urn_is_refused(change, sentence):
    number = opened()
    vote(GRACE, number, {"1": "yes"})
    balloting.close(member(OFFICER), number, AFTER)
    with pytest.raises(NotTheList, match=sentence):
        balloting.declare(member(OFFICER), number, change(out_of_the_urn(number)), AFTER)


@pytest.mark.parametrize(("wanted", "field"), [
    (Wanted("nothing", (1,)), "rule"),
    (Wanted("secret", ()), "drafts"),
    (Wanted("secret", (1,), opens=NOON), "closes"),
    (Wanted("secret", (1,), closes=NOON - timedelta(days=1)), "closes"),
])  # fmt: skip
def test_what_is_missing_for_a_vote_is_said_where_it_is_missing(wanted, field):
    with pytest.raises(CannotPrepare) as refusal:
        balloting.prepare(member(OFFICER), wanted, NOON)
    assert refusal.value.field == field


def test_an_acknowledgement_cannot_be_made_by_anybody_else():
    number = opened()
    definition = balloting.definition_of(number)
    hashed = vote(MEERA, number, {"1": "yes"})
    said = acknowledged(SIGNING, fingerprint(definition), "members", hashed)
    assert is_genuine(definition.acknowledgements, said, fingerprint(definition), "members", hashed)
    assert not is_genuine(definition.acknowledgements, said, fingerprint(definition), "members", "0" * 64)
    forged = acknowledged(b"f" * 32, fingerprint(definition), "members", hashed)
    assert not is_genuine(definition.acknowledgements, forged, fingerprint(definition), "members", hashed)


def test_all_envelopes_are_of_one_length():
    number = opened("clauses")
    vote(MEERA, number, {"1": "yes", "2": "abstain"})
    vote(ROSA, number, {})
    assert len({len(one.content) for one in store.ballots.envelopes(number)}) == 1
