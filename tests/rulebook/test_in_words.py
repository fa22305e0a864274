"""A rulebook as a member reads it, word for word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rulebook.in_words import in_words
from rulebook.reading import parse
from rulebook.timetable import Happening, timetable

FOLDER = Path(__file__).parents[2] / "rulebooks"


def told(book, now, *happenings):
    return {one.heading: list(one.sentences) for one in in_words(book, timetable(book, happenings), now)}


def test_the_rules_of_the_footpath_union_are_told_while_proposals_are_open():
    book = parse((FOLDER / "footpath-union.toml").read_text())
    invited = datetime(2026, 3, 2, 12, tzinfo=UTC)
    found = told(book, invited + timedelta(weeks=8, days=5), Happening("invitation", invited))
    assert found == FOOTPATH


def test_the_rules_of_debian_are_told_before_anything_has_happened():
    book = parse((FOLDER / "debian.toml").read_text())
    assert told(book, datetime(2026, 1, 1, tzinfo=UTC)) == DEBIAN


FOOTPATH = {
    "What this is about": [
        "These are the rules of “Amending the constitution”.",
        "The text that is changed is constitution@founding.",
        "All times are those of Europe/London.",
    ],
    "Timetable": [
        "Proposals and seconding: from 2 March 2026 at 12:00 to 22 June 2026 at 12:00; it is open now and closes in 50 days.",
        (
            "Possible then: an amendment, an amendment to an amendment, seconding, changes of wording, withdrawing, "
            "comments, rulings, appeals and merging."
        ),
        "In the last 48 hours these are no longer possible: changes of wording.",
        "Merging and amendments to the composite: from 22 June 2026 at 12:00 to 20 July 2026 at 12:00; it opens in 50 days.",
        "Possible then: an amendment to the composite, seconding, merging, comments, rulings and appeals.",
        "When it closes, “The draft” is published.",
        "Objections to the draft: from 20 July 2026 at 12:00 to 3 August 2026 at 12:00; it opens in 78 days.",
        "Possible then: objections, appeals and merging.",
        "When it closes, the text of the draft is fixed and “The ballot pack” is published.",
        "The ratification ballot: from 17 August 2026 at 12:00 to 31 August 2026 at 12:00; it opens in 106 days.",
        "Possible then: voting.",
    ],
    "Amendment": [
        "An amendment may be proposed by a member, a branch or an affiliated body.",
        "It must be seconded by one branch with the minute of the decision; or by 20 members from at least three branches.",
        "Its title may have 20 words; reasons are required and may have 300 words.",
        "Its mover may change the words.",
        "It may be withdrawn until “Proposals and seconding” closes.",
        "If it is withdrawn, others have 72 hours to take it over. This site does not see to it: those who rule and count do.",
    ],
    "Amendment to an amendment": [
        "An amendment to an amendment may be proposed by a member, a branch or an affiliated body.",
        "It must be seconded by one branch with the minute of the decision; or by 20 members from at least three branches.",
        "It amends what others have proposed.",
        "Its title may have 20 words; reasons are required and may have 300 words.",
        "Its mover may change the words.",
    ],
    "Amendment to the composite": [
        "An amendment to the composite may be proposed by a member, a branch or an affiliated body.",
        "It must be seconded by one branch with the minute of the decision; or by 20 members from at least three branches.",
        "It amends what others have proposed.",
        "Its title may have 20 words; reasons are required and may have 300 words.",
        "Its mover may change the words.",
    ],
    "What is admitted": [
        "What is admitted is ruled on by the standing orders committee, by majority.",
        "A refusal has one of these grounds: it does not amend the text, it would break the law or the same was decided not long ago.",
        "A refusal gives its reason, and what is refused is published with its text.",
        "What is not ruled on within 14 days is admitted.",
        "Within seven days of a refusal its mover or a seconder may appeal to delegates to conference; it is upheld by more than 1/2 of the votes cast for and against.",
        "What has the same purpose as something decided may not be proposed again for two years. This site does not see to it: those who rule and count do.",
    ],
    "Putting texts together": [
        "Several texts may be made one by the drafting committee; the movers are told and have seven days to answer.",
        "The originals stay published.",
        "Items that contradict one another are put as alternatives.",
    ],
    "The ratification ballot": [
        "Members vote on each question, by yes, no or an abstention.",
        "The roll of members is fixed four weeks before “The ratification ballot” opens.",
        "To be carried it needs at least 2/3 of the votes cast for and against.",
        "The vote is secret, and each voter can check that theirs was counted.",
        "A vote can be changed until the ballot closes.",
    ],
    "Protected clauses": [
        "Clauses 1.2, 12.3, 14.4 and 15.1 need at least 3/4 of the votes cast for and against and notice of two weeks."
    ],
    "Coming into force": [
        "What is carried is in force when “The ratification ballot” closes.",
        "The drafting committee may correct spelling, numbers and references; anybody may object within 14 days.",
    ],
}
DEBIAN = {
    "What this is about": [
        "These are the rules of “General Resolution amending the constitution”.",
        "The text that is changed is constitution@1.9.",
        "All times are those of UTC.",
    ],
    "Timetable": [
        "The discussion: it opens when a draft resolution has its sponsors, and closes two weeks after it opens.",
        "Possible then: a ballot option, seconding, changes of wording, withdrawing and comments.",
        "Whenever an option is added to the ballot or an option is amended, the closing moves to one week after that, but to no later than three weeks after it opens.",
        "In the last 24 hours these are no longer possible: bringing in a ballot option, changes of wording and withdrawing.",
        "The Project Leader may move the closing by up to one week, though not to within 48 hours of the change.",
        "The vote: it opens when the Project Secretary calls for a vote, and closes two weeks after it opens.",
        "Possible then: voting.",
        "The Project Leader may move the closing by up to one week.",
    ],
    "Ballot option": [
        "A ballot option may be proposed by developers, the Project Leader or the Technical Committee.",
        "It must be seconded by K developers.",
        "No seconders are needed for what comes from the Project Leader or the Technical Committee.",
        "Its title may have 20 words; reasons are required and may have 500 words.",
        "Its mover may change the words, unless a seconder objects within 24 hours.",
        "If it is withdrawn, others have 24 hours to take it over. This site does not see to it: those who rule and count do.",
    ],
    "Putting texts together": ["Items that contradict one another are put as alternatives."],
    "The resolution": [
        "Developers vote on all options together, by ranks.",
        "The roll of developers is fixed when the ballot opens.",
        "To be carried it needs at least 3 votes above the default option for every 1 below it.",
        "“None of the above” always stands beside the other options.",
        "At least 3 * Q must rank an option above the default option.",
        "Otherwise nothing is changed.",
        "The vote is secret, and each voter can check that theirs was counted.",
        "A vote can be changed until the ballot closes.",
        "Where votes are equal, the Project Leader decides. This site does not see to it: those who rule and count do.",
    ],
    "Coming into force": [
        "What is carried is in force as soon as the result is declared.",
        "In these rules Q = sqrt(N(developers)) / 2 and K = min(Q, 5), where N is how many there are in an electorate.",
    ],
}


def test_a_small_society_is_told_what_it_did_not_have_to_write():
    assert told(parse('[process]\nname = "Rule changes"'), datetime(2026, 1, 1, tzinfo=UTC)) == {
        "What this is about": ["These are the rules of “Rule changes”."],
        "Amendment": [
            "An amendment may be proposed by a member.",
            "It must be seconded by 5 members.",
            "Its title may have 20 words; reasons are required and may have 500 words.",
            "Its mover may change the words.",
        ],
        "Putting texts together": ["Items that contradict one another are put as alternatives."],
        "Coming into force": ["What is carried is in force as soon as the result is declared."],
    }


START = datetime(2026, 1, 1, tzinfo=UTC)
STAGES = """
[process]
name = "X"
kind = "revision"
[events]
begun = "it begins"
added = "something is added"
[[electorate]]
id = "soc"
label = "the committee"
[[stage]]
id = "talks"
opens = "begun"
closes = "opens + 2w"
max = "3w"
allows = ["amendment", "second", "rule"]
extend = { on = ["added"], by = "1w" }
last_call = { window = "1d", forbids = ["amendment", "second"] }
vary = { by = "soc", upto = "1w" }
skip_if = "added"
on_open = ["rule:admission", "snapshot:members"]
on_close = ["freeze:amendment", "freeze:all"]
[[stage]]
id = "rest"
opens = "2026-02-01"
closes = "begun + 1w"
[admission]
by = "soc"
mode = "chair"
"""


@pytest.mark.parametrize(
    ("happenings", "days", "talks", "rest"),
    [
        ([], 0, "Talks: it opens when it begins, and closes two weeks after it opens.", "Rest: it opens on 1 February 2026, and closes one week after it begins; it opens in 31 days."),
        ([], 40, "Talks: it opens when it begins, and closes two weeks after it opens.", "Rest: it opens on 1 February 2026, and closes one week after it begins; it is open now."),
        ([Happening("begun", START + timedelta(days=30))], 29, "Talks: from 31 January 2026 to the end of 13 February 2026; it opens in 1 day.", "Rest: from 1 February 2026 to the end of 6 February 2026; it opens in 2 days."),
        ([Happening("begun", START + timedelta(days=30))], 37, "Talks: from 31 January 2026 to the end of 13 February 2026; it is open now and closes in 7 days.", "Rest: from 1 February 2026 to the end of 6 February 2026; it closed less than a minute ago."),
        ([Happening("added", START)], 1, "Talks: it is not held.", "Rest: it opens on 1 February 2026, and closes one week after it begins; it opens in 30 days."),
    ],
)  # fmt: skip
def test_a_stage_is_told_with_what_is_known_of_it(happenings, days, talks, rest):
    book = parse(STAGES.replace('"2026-02-01"', '"2026-02-01"\nbeside = ["talks"]'))
    found = told(book, START + timedelta(days=days), *happenings)["Timetable"]
    assert found[0] == talks
    assert found[-1] == rest


def test_what_happens_within_a_stage_is_told():
    found = told(parse(STAGES), START)
    assert found["What this is about"] == [
        "These are the rules of “X”, by which the whole text is open.",
        "All times are those of UTC.",
    ]
    assert found["Timetable"][1:-1] == [
        "Possible then: an amendment, seconding and rulings.",
        "When it opens, the rulings on what is admitted are given and the roll of members is fixed.",
        "When it closes, the text of every amendment is fixed and the text of everything is fixed.",
        "Whenever something is added, the closing moves to one week after that, but to no later than three weeks after it opens.",
        "In the last one day these are no longer possible: bringing in an amendment and seconding.",
        "The committee may move the closing by up to one week.",
    ]
    assert found["What is admitted"][0] == "What is admitted is ruled on by the committee, by its chair."


def sentences(more, heading):
    stage = '[[stage]]\nid = "all"\nopens = "2026-01-01"\ncloses = "2026-02-01"\nallows = ["amendment", "second", "vote", "rule", "merge", "appeal"]\n'
    people = '[[electorate]]\nid = "soc"\nlabel = "the committee"\nsnapshot = "all.opens"\nshare = "1/3"\n'
    other = '[[electorate]]\nid = "heavy"\nlabel = "branches"\nweight = "members_represented"\nshare = "2/3"\n'
    used = '[instrument.amendment]\nexempt = ["soc", "heavy"]\n'
    if "[instrument.amendment]" in more:
        used = ""
    book = parse(
        f'[process]\nname = "X"\n[events]\nbegun = "it begins"\n{people}{other}{stage}skip_if = "begun"\n{used}{more}'
    )
    return told(book, START)[heading]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("seconding = [{ count = 1 }]", "It must be seconded by 1 member."),
        ('seconding = [{ from = "branch", count = 3 }]', "It must be seconded by 3 branches."),
        ('seconding = [{ from = "body" }]', "It must be seconded by one affiliated body."),
        ('seconding = [{ from = "heavy", count = 2 }]', "It must be seconded by 2 branches."),
        ('seconding = [{ count = "2.5" }]', "It must be seconded by 5/2 members."),
        ('seconding = [{ fraction = "1/20", of = "soc", min = 2, max = 9 }]', "It must be seconded by 1/20 of the committee, but at least 2, but at most 9."),
        ('seconding = [{ count = "ceil(N(members) / 3)" }]', "It must be seconded by ceil(N(members) / 3) members."),
        ('seconding = [{ count = 9, spread = { by = "home_region", groups = 2, max_share = "1/3" } }]', "It must be seconded by 9 members from at least two home regions, of whom no more than 1/3 count from any one home region."),
        ('seconding = [{ count = 9, subquota = { attribute = "gender", value = "woman", count = 4 } }]', "It must be seconded by 9 members, 4 of them with gender woman."),
        ("seconding = []", "It needs no seconders."),
        ("limit = 2", "Nobody may propose more than two."),
        ("depth = 1", "It amends what others have proposed."),
        ("depth = 2", "It amends an amendment."),
        ('form = { reason = "optional", title_words = 1 }', "Its title may have 1 word; reasons are welcome and may have 500 words."),
        ('edit = { by = "nobody" }', "Nobody may change the words once it is brought in."),
        ('edit = { by = "committee", veto = "any_member", within = "1d" }', "Only the committee may change the words, unless a member objects within one day."),
        ('withdraw = { until = "all.closes - 1d" }', "It may be withdrawn until one day before “All” closes."),
        ('withdraw = { until = "2026-01-15 12:00" }', "It may be withdrawn until 15 January 2026 at 12:00."),
        ('expires = "4w"', "It lapses four weeks after it was brought in."),
    ],
)  # fmt: skip
def test_an_instrument_is_told(more, said):
    found = sentences(f'[instrument.amendment]\nexempt = ["soc", "heavy"]\n{more}', "Amendment")
    assert said in found
    assert "No seconders are needed for what comes from the committee or branches." in found


@pytest.mark.parametrize(
    ("more", "heading", "said"),
    [
        ('[admission]\nby = "soc"\nmode = "consensus"\nreasons = "optional"\npublish_refused = false', "What is admitted", "A refusal may give a reason, and what is refused need not be published; this site shows it all the same."),
        ('[admission]\ngrounds = ["late"]', "What is admitted", "A refusal has one of these grounds: it came too late."),
        ("[moratorium]\nyears = 1", "What is admitted", "What is about the same clause as something decided may not be proposed again for one year. This site does not see to it: those who rule and count do."),
        ('[moratorium]\nyears = 2\nscope = "same_words"\nwaived_by = "soc"', "What is admitted", "What has the same words as something decided may not be proposed again for two years, unless it is allowed by the committee. This site does not see to it: those who rule and count do."),
        ('[compositing]\nby = "soc"\nconsent = "all_proposers"\nkeep_originals = false', "Putting texts together", "Several texts may be made one by the committee, with the consent of all proposers."),
        ('[compositing]\nby = "soc"\nkeep_originals = false', "Putting texts together", "The originals need not be kept; this site shows them all the same."),
        ('[conflict]\nresolve = "order"', "Putting texts together", "Items that contradict one another are voted on in turn."),
        ('[[ballot]]\nid = "b"\nelectorates = ["soc"]', "B", "The roll of the committee is fixed when “All” opens."),
        ('[[ballot]]\nid = "b"\nelectorates = ["soc", "heavy"]', "B", "They weigh as follows: the committee 1/3 and branches 2/3."),
        ('[[ballot]]\nid = "b"\nelectorates = ["soc", "heavy"]', "B", "A vote of branches counts for as many members as it represents."),
        ('[[ballot]]\nid = "b"\nelectorates = ["soc", "heavy"]\ncombine = "each"', "B", "Each of them must carry it."),
        ('[[ballot]]\nid = "b"\nslots = 8', "B", "The eight with the most support are taken."),
        ('[selection]\nballot = "b"\n[[ballot]]\nid = "b"', "B", "It settles in which order items are taken."),
        ('[[ballot]]\nid = "b"\nsecrecy = "named_after"\nchangeable = false', "B", "A vote that is cast cannot be changed."),
        ('[[ballot]]\nid = "b"\nquorum = { count = 50, strict = true }', "B", "More than 50 must vote."),
        ('[[ballot]]\nid = "b"\nquorum = { count = 50 }\nif_quorum_fails = "repeat"', "B", "Otherwise the ballot is held again, once at most."),
        ('[[ballot]]\nid = "b"\nquorum = { count = 50 }\nif_quorum_fails = "repeat"\nrepeats = 2', "B", "Otherwise the ballot is held again, 2 times at most."),
        ('[[ballot]]\nid = "b"\n[[ballot.override]]\nwhen = "begun"\npass = { ratio = "2/3", base = "valid" }', "B", "If it begins, it needs more than 2/3 of the valid votes, abstentions among them."),
        ('[[ballot]]\nid = "b"\n[[ballot.override]]\nwhen = "begun"\nquorum = { kind = "approval", fraction = "3/10" }', "B", "If it begins, it needs more than 1/2 of the votes cast for and against, and at least 3/10 of the members must vote in favour."),
        ('[[protect]]\nclauses = ["1"]', "Protected clauses", "Clause 1 needs nothing more than the others."),
        ('[[protect]]\nclauses = ["1", "2"]\nconsent_of = ["the regulator"]', "Protected clauses", "Clauses 1 and 2 need the consent of the regulator."),
        ('[[ballot]]\nid = "b"\n[[ballot]]\nid = "c"', "Coming into force", "These must carry a change, in this order: b and c."),
        ('[adoption]\nin_force = "registered"\nregistration = { with = "the registrar" }', "Coming into force", "It is sent to the registrar for registration."),
        ('[adoption]\neditorial = { by = "soc" }', "Coming into force", "The committee may correct spelling, numbers and references."),
        ('[adoption]\ncertified_by = "the clerk"', "Coming into force", "The new text is certified by the clerk."),
    ],
)  # fmt: skip
def test_a_rule_is_told(more, heading, said):
    assert said in sentences(more, heading)
