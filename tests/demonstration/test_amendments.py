from collections import Counter

import pytest

from amendments.states import State
from constitution.numbering import number
from constitution.tokens import word_count
from demonstration import round_five
from demonstration.amendment import FROM, NEEDED, Added, Fate, Moved, Reworded, Struck
from demonstration.amendments import AMENDMENTS, COMPETING, CONTRADICTORY, IDENTICAL, MERGINGS, OVERLAPPING
from demonstration.founding import founding, founding_ids, rulebook
from demonstration.people import BRANCHES, person
from rulebook.formula import Figures
from rulebook.reading import parse as parse_rulebook
from rulebook.seconding import needed

BY_KEY = {one.key: one for one in AMENDMENTS}
ADOPTED = [BY_KEY[key] for merging in MERGINGS if merging.adopted is not None for key in merging.amendments]


def wordings(label):
    """What a clause has said: in the founding edition, and in each edition since."""
    texts = [founding()[founding_ids()[label]].text]
    for one in ADOPTED:
        texts += [
            texts[-1].replace(c.phrase, c.by) for c in one.changes if isinstance(c, Reworded) and c.label == label
        ]
    return texts


def test_there_are_amendments_in_every_state():
    assert {one.fate for one in AMENDMENTS} == set(Fate)
    # Nothing has expired, and no vote has been held.
    without = {State.EXPIRED, State.CARRIED, State.LOST, State.FALLEN}
    assert {fate.value for fate in Fate} == {state.value for state in set(State) - without}
    assert len(AMENDMENTS) >= 45


def test_every_phrase_stands_once_in_its_clause():
    for amendment in AMENDMENTS:
        for change in amendment.changes:
            if isinstance(change, Reworded):
                texts = wordings(change.label)
                if amendment.on:
                    texts = [text.replace(one.phrase, one.by) for text in texts for one in BY_KEY[amendment.on].changes]
                assert any(text.count(change.phrase) == 1 for text in texts), change


def test_every_place_exists():
    for amendment in AMENDMENTS:
        for change in amendment.changes:
            match change:
                case Added(after=label) | Struck(label=label) | Reworded(label=label):
                    assert label in founding_ids()
                case Moved(label, after):
                    assert {label, after} <= founding_ids().keys()


def test_no_clause_is_changed_twice_by_one_amendment():
    for amendment in AMENDMENTS:
        labels = [one.label for one in amendment.changes if not isinstance(one, Added)]
        assert len(labels) == len(set(labels))


def test_movers_say_why_within_the_limits():
    rules = parse_rulebook(rulebook())
    for amendment in AMENDMENTS:
        assert person(amendment.mover)
        assert 2 <= word_count(amendment.title) <= rules.title_words
        assert 5 <= word_count(amendment.reason) <= rules.reason_words


def test_those_with_the_seconders_they_need_are_those_that_went_on():
    for amendment in AMENDMENTS:
        went_on = amendment.fate in {Fate.SECONDED, Fate.ADMITTED, Fate.COMPOSITED, Fate.IN_FORCE}
        assert amendment.has_seconders == went_on


def test_forty_wait_for_the_committee_with_something_of_everything_to_settle():
    assert sum(one.fate in {Fate.SECONDED, Fate.ADMITTED} for one in AMENDMENTS) >= 40


def test_before_the_last_wave_a_third_came_there_by_a_branch_and_the_others_by_twenty_members():
    there = [one for one in AMENDMENTS if one.has_seconders and one not in round_five.AMENDMENTS]
    by_branch = [one for one in there if one.branch]
    assert len(there) / 4 < len(by_branch) < len(there) / 2
    assert {one.branch for one in by_branch} <= set(BRANCHES)
    assert all(one.seconds < NEEDED for one in by_branch)
    # A visitor acts for this branch, and finds nothing that it has decided already.
    assert "Glen and Loch" not in {one.branch for one in AMENDMENTS}


def test_those_who_still_seek_lack_much_little_or_only_one_more_branch():
    seeking = [one for one in AMENDMENTS if one.fate is Fate.SEEKING]
    assert {0, 1, NEEDED - 1} <= {one.seconds for one in seeking}
    assert any(one.seconds >= NEEDED and len(one.among) == FROM - 1 for one in seeking)
    assert any(one.seconds < NEEDED and len(one.among) == FROM - 1 for one in seeking)


def test_the_rules_ask_for_the_seconders_that_the_constitution_asks_for():
    branch, members = parse_rulebook(rulebook()).instruments["amendment"].seconding
    assert (branch.source, branch.minute_required) == ("branch", True)
    assert (members.source, members.spread.by) == ("members", "branch")
    assert (needed(members, Figures({}, {})), members.spread.groups) == (NEEDED, FROM)
    said = founding()[founding_ids()["14.1(1)"]].text
    assert "seconded by one branch, by decision of its general meeting" in said
    assert "or by at least twenty other members from at least three branches" in said


def test_the_rules_have_four_stages_and_two_committees():
    rules = parse_rulebook(rulebook())
    assert [one.id for one in rules.stages] == ["proposals", "drafting", "objections", "ratification"]
    assert {rules.admission.by, rules.compositing.by} == {"standing_orders_committee", "drafting_committee"}


def test_who_was_refused_or_gave_up_is_told_or_tells_why():
    grounds = parse_rulebook(rulebook()).admission.grounds
    for amendment in AMENDMENTS:
        assert bool(amendment.word) == (amendment.fate in {Fate.REFUSED, Fate.WITHDRAWN})
        assert (amendment.ground in grounds) == (amendment.fate is Fate.REFUSED)
        assert (amendment.ended > 0) == (bool(amendment.word) or amendment.fate is Fate.ACCEPTED)
        assert amendment.ended < amendment.day


def test_no_two_amendments_share_a_key_or_a_title():
    for field in ("key", "title", "reason"):
        assert [one for one, count in Counter(getattr(a, field) for a in AMENDMENTS).items() if count > 1] == []


@pytest.mark.parametrize(("one", "other"), IDENTICAL)
def test_identical_pairs_ask_for_the_same_by_different_members(one, other):
    assert BY_KEY[one].changes == BY_KEY[other].changes
    assert BY_KEY[one].mover != BY_KEY[other].mover


def test_there_are_enough_pairs_of_each_kind():
    assert len(IDENTICAL) >= 4
    assert min(len(CONTRADICTORY), len(OVERLAPPING)) >= 6


def test_new_clauses_compete_for_one_place():
    assert len({change.after for key in COMPETING for change in BY_KEY[key].changes}) == 1


def test_the_committee_merges_what_was_moved_before_and_has_its_seconders():
    for merging in MERGINGS:
        assert all(BY_KEY[key].day > merging.begun and BY_KEY[key].has_seconders for key in merging.amendments)
        assert merging.begun > (merging.frozen or 0) > (merging.adopted or -1)


def test_the_clauses_are_numbered_as_members_speak_of_them():
    assert number(founding())[founding_ids()["9.3(2)(3)"]] == "9.3(2)(3)"
