"""Rules of real organisations, each worked through with numbers: just met and just missed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from rulebook.deciding import required
from rulebook.formula import figures
from rulebook.kinds import Ground, Relation, Sameness, Selecting
from rulebook.reading import parse
from rulebook.seconding import Seconder, SeconderKind, needed, standing_of
from rulebook.threshold import Counts, in_colleges, passes, quorate
from rulebook.timetable import Happening, allows, refusal, stage_at, timetable

FOLDER = Path(__file__).parents[2] / "rulebooks"


def sample(name):
    return parse((FOLDER / f"{name}.toml").read_text())


def known(book, **sizes):
    return figures(book.variables, dict.fromkeys(book.electorates, 0) | sizes)


def members(count, branch="Old Fen", **facts):
    return [Seconder(SeconderKind.MEMBER, f"{branch} {one}", branch, **facts) for one in range(count)]


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


def open_on(book, now, *happenings):
    return [one.stage.id for one in stage_at(timetable(book, happenings), now)]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_sample_has_its_own_test_here(path):
    assert f"def test_{path.stem.replace('-', '_')}_" in Path(__file__).read_text()


# ---------------------------------------------------------------- the Footpath Union


INVITED = at(2027, 1, 11, 12)


def test_footpath_union_counts_its_stages_from_the_invitation():
    book, invitation = sample("footpath-union"), Happening("invitation", INVITED)
    assert [one.id for one in book.stages] == ["proposals", "drafting", "objections", "ratification"]
    assert open_on(book, INVITED, invitation) == ["proposals"]
    # Sixteen weeks later noon is noon still, and four weeks after that too, though the clocks have changed.
    assert open_on(book, at(2027, 5, 3, 10, 59), invitation) == ["proposals"]
    assert open_on(book, at(2027, 5, 3, 11), invitation) == ["drafting"]
    assert open_on(book, at(2027, 5, 31, 11), invitation) == ["objections"]
    assert open_on(book, at(2027, 6, 14, 11), invitation) == []  # two weeks between the draft and the ballot
    assert open_on(book, at(2027, 6, 28, 11), invitation) == ["ratification"]


def test_footpath_union_takes_one_branch_or_twenty_members_of_three_branches():
    book = sample("footpath-union")
    three = [*members(8, "Airedale"), *members(8, "Old Fen"), *members(4, "Chalk Downs")]
    for seconders, met, said in (
        (three, True, "0 of 1 branch; or 20 of 20 members, 3 of 3 branches"),
        (three[1:], False, "0 of 1 branch; or 19 of 20 members, 3 of 3 branches"),
        (three[:16] + members(4, "")[:4], False, "0 of 1 branch; or 20 of 20 members, 2 of 3 branches"),
        ([Seconder(SeconderKind.BRANCH, "Old Fen", minute=True)], True, "1 of 1 branch; or 0 of 20 members, 0 of 3 branches"),
        ([Seconder(SeconderKind.BRANCH, "Old Fen")], False, "0 of 1 branch; or 0 of 20 members, 0 of 3 branches"),
    ):  # fmt: skip
        found = standing_of(book.instruments["amendment"], "member", seconders, known(book))
        assert (found.met, found.sentence) == (met, said)


def test_footpath_union_carries_by_two_thirds_and_protected_clauses_by_three_quarters():
    book = sample("footpath-union")
    ballot = book.ballots[0]
    assert ballot.stage == "ratification"
    ordinary, protected = required(book, ballot, ["2.3"]), required(book, ballot, ["2.3", "14.4(1)"])
    just, missed = Counts(120, 60, 40), Counts(119, 60, 41)
    assert [passes(one, just).met for one in ordinary.thresholds] == [True]
    assert [passes(one, missed).met for one in ordinary.thresholds] == [False]
    assert [passes(one, just).met for one in protected.thresholds] == [True, False]
    assert [passes(one, Counts(135, 45)).met for one in protected.thresholds] == [True, True]
    assert passes(protected.thresholds[1], Counts(134, 45)).sum == "4 × 134 = 536 ≥ 3 × 179 = 537: no"


def test_footpath_union_hears_an_appeal_before_the_draft_is_fixed():
    book = sample("footpath-union")
    assert (book.admission.by, book.compositing.by) == ("standing_orders_committee", "drafting_committee")
    longer = (FOLDER / "footpath-union.toml").read_text().replace('window = "7d" }', 'window = "15d" }')
    with pytest.raises(ValueError, match='15 days after "drafting" closes, the text is already fixed'):
        parse(longer)


# ---------------------------------------------------------------- Debian


@pytest.mark.parametrize(
    ("developers", "sponsors", "quorum"),
    [(1, 1, 2), (4, 1, 3), (5, 2, 4), (16, 2, 6), (17, 3, 7), (64, 4, 12), (65, 5, 13), (100, 5, 15), (1018, 5, 48)],
)  # fmt: skip
def test_debian_needs_k_sponsors_and_three_q_votes(developers, sponsors, quorum):
    book = sample("debian")
    roll = known(book, developers=developers)
    option, ballot = book.instruments["option"], book.ballots[0]
    assert needed(option.seconding[0], roll) == sponsors
    some = members(sponsors, electorates=frozenset({"developers"}))
    assert standing_of(option, "developers", some, roll).met
    assert not standing_of(option, "developers", some[1:], roll).met
    assert standing_of(option, "technical_committee", [], roll).met
    assert quorate(ballot.quorum, Counts(quorum, 0), roll).met
    assert not quorate(ballot.quorum, Counts(quorum - 1, 0), roll).met


@pytest.mark.parametrize(
    ("above", "below", "met"), [(150, 50, True), (149, 50, False), (151, 50, True), (1, 0, True), (0, 0, False)]
)
def test_debian_amends_its_constitution_by_three_to_one_over_the_default(above, below, met):
    # Constitution 1.9, A.5(3)(2): V(A,D) >= 3 V(D,A) and V(A,D) > V(D,A)
    book = sample("debian")
    assert passes(book.ballots[0].passes, Counts(above, below)).met == met
    assert met == (above >= 3 * below and above > below)


def test_debian_discusses_for_two_weeks_and_three_at_the_most():
    book, start = sample("debian"), at(2022, 2, 1)
    introduced = Happening("introduced", start)
    assert timetable(book, [introduced]).periods[0].closes.at == start + timedelta(weeks=2)
    added = [Happening("option_added", start + timedelta(days=one)) for one in (10, 16)]
    assert timetable(book, [introduced, *added]).periods[0].closes.at == start + timedelta(weeks=3)
    last = timetable(book, [introduced])
    assert allows(last, "withdraw", start + timedelta(days=13, minutes=-1))
    assert not allows(last, "withdraw", start + timedelta(days=13))
    assert allows(last, "second", start + timedelta(days=13))


def test_debian_waits_for_the_secretary_to_call_the_vote():
    book = sample("debian")
    found = refusal(timetable(book), "vote", at(2022, 3, 1))
    assert found
    assert found.sentence == "The vote will open when the Project Secretary calls for a vote."
    called = Happening("vote_called", at(2022, 3, 12))
    assert open_on(book, at(2022, 3, 25, 23), called) == ["voting"]
    assert open_on(book, at(2022, 3, 26), called) == []


# ---------------------------------------------------------------- Momentum


def test_momentum_2021_22_takes_a_local_group_or_one_member_with_twenty_others():
    book = sample("momentum-2021-22")
    proposal = book.instruments["proposal"]
    assert standing_of(proposal, "member", members(20), known(book)).met
    assert not standing_of(proposal, "member", members(19), known(book)).met
    group = Seconder(SeconderKind.BRANCH, "Leeds")
    assert standing_of(proposal, "member", [group], known(book)).met
    assert standing_of(book.instruments["amendment"], "member", [], known(book)).met


def test_momentum_2021_22_carries_with_half_of_the_votes_cast():
    book = sample("momentum-2021-22")
    rules = required(book, book.ballots[0], ["4"])
    assert passes(rules.thresholds[0], Counts(1500, 1500)).sum == "2 × 1,500 = 3,000 ≥ 1 × 3,000 = 3,000: yes"
    assert not passes(rules.thresholds[0], Counts(1499, 1500)).met
    assert rules.quorums == ()


def test_momentum_2021_22_asks_for_three_tenths_of_all_when_the_national_body_rejects():
    book = sample("momentum-2021-22")
    rules = required(book, book.ballots[0], ["4"], {"ncg_rejected"})
    roll = known(book, members=20_001)
    assert quorate(rules.quorums[0], Counts(6001, 10), roll).sum == "6,001 ≥ 60,003/10: yes"
    assert not quorate(rules.quorums[0], Counts(6000, 10), roll).met
    assert passes(rules.thresholds[0], Counts(6001, 10)).met


def test_momentum_2021_22_gives_three_weeks_for_amendments_and_puts_counter_proposals_beside():
    book = sample("momentum-2021-22")
    assert open_on(book, at(2022, 1, 17)) == ["interim"]
    assert open_on(book, at(2022, 2, 6, 23, 59)) == ["interim"]
    assert open_on(book, at(2022, 2, 7)) == ["final"]
    assert book.instruments["counter"].relation is Relation.ALTERNATIVE
    assert open_on(book, at(2022, 3, 31, 22, 59)) == ["voting"]
    assert open_on(book, at(2022, 3, 31, 23)) == []  # midnight in London, by summer time


def test_policy_primary_2021_takes_the_first_eight_of_what_groups_and_bodies_sent():
    book = sample("policy-primary-2021")
    assert book.instruments["motion"].proposers == ("branch", "body", "outside_bodies")
    assert standing_of(book.instruments["motion"], "outside_bodies", [], known(book)).met
    assert (book.selection.mode, book.selection.slots, book.ballots[0].slots) == (Selecting.PRIORITY_BALLOT, 8, 8)
    assert book.compositing.keep_originals
    found = refusal(timetable(book), "motion", at(2021, 5, 2, 23))
    assert found
    assert found.sentence == "Submissions closed at the end of 30 April 2021 (Europe/London), 2 days ago."


# ---------------------------------------------------------------- the Green Party


def test_green_party_carries_a_constitutional_motion_by_two_thirds_of_the_votes_cast():
    book = sample("green-party")
    _, amendments, motion = book.ballots
    assert passes(motion.passes, Counts(200, 100, 50)).met
    assert passes(motion.passes, Counts(199, 100, 51)).sum == "3 × 199 = 597 ≥ 2 × 299 = 598: no"
    assert passes(amendments.passes, Counts(101, 100)).met
    assert not passes(amendments.passes, Counts(100, 100)).met
    assert book.adoption.requires == ("motion",)


def test_green_party_lets_priorities_be_set_while_amendments_still_come_in():
    book = sample("green-party")
    assert open_on(book, at(2024, 7, 20)) == ["ruling", "priority"]
    assert open_on(book, at(2024, 7, 27)) == ["priority"]
    assert Ground.OUT_OF_SCOPE in book.admission.grounds
    assert standing_of(book.instruments["motion"], "member", members(4), known(book)).met
    assert not standing_of(book.instruments["motion"], "member", members(3), known(book)).met
    assert {one.value for one in book.packs["final_agenda"].contents} >= {"originals", "refused"}


# ---------------------------------------------------------------- Labour


def test_labour_weighs_two_colleges_by_half():
    book = sample("labour")
    ballot = book.ballots[0]
    shares = [(name, book.electorates[name].share) for name in ballot.electorates]
    assert shares == [("clps", Fraction(1, 2)), ("affiliates", Fraction(1, 2))]

    def card_vote(clps, affiliates):
        counts = (Counts(*clps), Counts(*affiliates))
        each = [(name, share, one) for (name, share), one in zip(shares, counts, strict=True)]
        return in_colleges(ballot.passes, ballot.combine, each)

    # The votes of a college are the members that they speak for; the smaller college weighs as much as the larger.
    just = card_vote((250_000, 150_000), (1_500_001, 2_499_999))
    assert just.sum == "1/2 × 250,000/400,000 + 1/2 × 1,500,001/4,000,000 = 4,000,001/8,000,000 > 1/2: yes"
    assert not card_vote((250_000, 150_000), (1_500_000, 2_500_000)).met


def test_labour_bars_the_same_part_for_three_years_and_hears_it_a_year_later():
    book = sample("labour")
    assert book.moratorium
    assert (book.moratorium.years, book.moratorium.scope) == (3, Sameness.SAME_CLAUSE)
    assert open_on(book, at(2024, 6, 14, 10, 59)) == ["submissions"]
    assert open_on(book, at(2024, 6, 14, 11)) == []
    assert open_on(book, at(2025, 9, 28)) == ["conference"]


# ---------------------------------------------------------------- a charity


def test_charity_asks_for_two_thirds_and_a_consent_for_some_of_its_clauses():
    book = sample("charity")
    ballot = book.ballots[0]
    ordinary, objects, last = (required(book, ballot, [one]) for one in ("7", "2(1)", "28"))
    assert passes(ordinary.thresholds[0], Counts(51, 50)).met
    assert not passes(ordinary.thresholds[0], Counts(50, 50)).met
    assert [passes(one, Counts(66, 33)).met for one in objects.thresholds] == [True, True]
    assert [passes(one, Counts(66, 34)).met for one in objects.thresholds] == [True, False]
    assert (ordinary.consent_of, objects.consent_of, last.consent_of) == ((), ("the Charity Commission",), ())


def test_charity_wants_one_in_twenty_to_second_and_one_in_ten_to_vote():
    book = sample("charity")
    resolution = book.instruments["resolution"]
    for roll, wanted in ((10, 2), (40, 2), (41, 3), (400, 20)):
        assert needed(resolution.seconding[0], known(book, members=roll)) == wanted
    quorum = book.ballots[0].quorum
    assert quorum
    assert quorate(quorum, Counts(8, 2, 1), known(book, members=105)).sum == "11 ≥ 21/2: yes"
    assert not quorate(quorum, Counts(8, 2), known(book, members=105)).met
    assert standing_of(resolution, "trustees", [], known(book, members=400)).met


def test_charity_has_no_effect_before_it_is_registered():
    adoption = sample("charity").adoption
    assert adoption.in_force == "registered"
    assert adoption.registration
    assert str(adoption.registration.within) == "15d"
