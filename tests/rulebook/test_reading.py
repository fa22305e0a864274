"""A rulebook read from its TOML: what is left out, what is written, and what cannot be read."""

from __future__ import annotations

from fractions import Fraction

import pytest

from rulebook import kinds
from rulebook.formula import number, written
from rulebook.formula import parse as formula
from rulebook.problem import BadRulebook, Problem
from rulebook.reading import parse
from rulebook.rules import (
    Adoption,
    Appeal,
    Ballot,
    Challenge,
    Compositing,
    Conflict,
    Editing,
    Editorial,
    Electorate,
    Extension,
    Form,
    Instrument,
    LastCall,
    Moratorium,
    NotOneNumber,
    Override,
    Process,
    Protection,
    Quorum,
    Registration,
    Route,
    Rulebook,
    Selection,
    Spread,
    Step,
    Subquota,
    Threshold,
    Variation,
    Withdrawal,
)
from rulebook.when import duration, moment

NAME = '[process]\nname = "X"\n'


def problems(toml):
    with pytest.raises(BadRulebook) as caught:
        parse(toml)
    return [str(one) for one in caught.value.problems]


def test_a_name_is_enough_and_the_rest_is_safe():
    book = parse(NAME)
    assert book == Rulebook(
        Process("X"),
        electorates={"members": Electorate("members", "members")},
        instruments={"amendment": Instrument("amendment", "amendment")},
    )
    assert Threshold() == Threshold(Fraction(1, 2), kinds.Counted.CAST, strict=True)
    assert book.admission.reasons is kinds.Need.REQUIRED
    assert book.admission.publish_refused
    assert book.compositing.keep_originals
    assert book.electorates["members"].snapshot is None  # the opening of each ballot
    assert not book.electorates["members"].live


def test_the_short_form_of_a_small_society_sets_what_holds_for_its_amendments():
    book = parse(
        '[process]\nname = " Rule changes "\n[seconding]\ncount = 20\n'
        "[form]\ntitle_words = 8\nreason_words = 100\ntext_chars = 9000\n"
    )
    assert (book.name, book.seconders) == ("Rule changes", 20)
    assert (book.title_words, book.reason_words, book.text_chars) == (8, 100, 9000)
    assert book.instruments["amendment"].form == Form(8, 100, 9000)
    assert book.instruments["amendment"].seconding == (Route("members", number(20)),)
    assert parse(NAME).seconders == 5


@pytest.mark.parametrize(
    ("written_as", "count"), [("seconding = []\n" + NAME, 0), (NAME + "[seconding]\ncount = 0", 0)]
)
def test_a_society_may_ask_for_no_seconders(written_as, count):
    assert parse(written_as).seconders == count


@pytest.mark.parametrize(
    "routes",
    ['[[seconding]]\nfrom = "branch"\n[[seconding]]\ncount = 20', '[seconding]\ncount = "ceil(N(members) / 20)"'],
)
def test_routes_that_are_not_one_number_say_so(routes):
    with pytest.raises(NotOneNumber, match="How many seconders are needed depends on where they come from"):
        parse(NAME + routes).seconders  # noqa: B018 (the asking is what fails)


FULL = """
[process]
name = "All of it"
base = "constitution@3"
kind = "revision"
timezone = "Europe/London"
languages = ["en", "cy"]

[events]
called = "it is called"
added = "an option is added"
rejected = "the council has rejected it"

[vars]
Q = "sqrt(N(members)) / 2"

[[electorate]]
id = "members"
status = ["member"]
arrears = false
joined_before = "talks.opens - 4w"
snapshot = "ballot.opens"

[[electorate]]
id = "delegates"
label = "delegates to conference"
branches = ["North", "South"]
weight = "members_represented"
share = "1/3"

[[electorate]]
id = "council"
bodies = ["Council"]
share = "2/3"

[[stage]]
id = "talks"
opens = "called"
closes = "opens + 2w"
min = "1w"
max = "3w"
allows = ["motion", "second", "rule", "appeal", "merge"]
extend = { on = ["added"], by = "1w" }
last_call = { window = "24h", forbids = ["motion"] }
vary = { by = "council", upto = "1w", not_within = "48h" }
skip_if = "rejected"
on_open = ["rule:admission"]
on_close = ["freeze:draft"]

[[stage]]
id = "ballot"
label = "The ballot"
opens = "talks.closes + 4w"
closes = "opens + 2w"
allows = ["vote"]
on_open = ["publish:papers", "snapshot:members"]
beside = ["talks"]

[instrument.motion]
label = "motion of change"
proposers = ["branch", "council"]
exempt = ["council"]
limit = 2
depth = 2
relation = "alternative"
scope = "same_clause"
form = { title_words = 9, reason = "optional" }
edit = { by = "committee", veto = "any_member", within = "24h" }
withdraw = { until = "talks.closes", adoption_window = "3d" }
expires = "8w"

[[instrument.motion.seconding]]
fraction = "1/20"
of = "members"
min = 3
max = 50
spread = { by = "region", groups = 2, max_share = "1/2" }
subquota = { attribute = "gender", value = "woman", count = 2 }
standing_at = "called"

[[instrument.motion.seconding]]
from = "body"
minute_required = true

[admission]
by = "council"
mode = "chair"
grounds = ["late", "unclear"]
reasons = "optional"
silence_admits = "7d"
may_edit = "minor"
publish_refused = false
appeal = { to = "delegates", window = "7d", must_end_before = "ballot.opens", pass = { ratio = "2/3", base = "present" } }

[selection]
mode = "priority_ballot"
slots = 3
ballot = "order"
override_by = "council"

[compositing]
by = "council"
consent = "none"
keep_originals = false
window = "5d"

[conflict]
resolve = "order"
order = "far_reaching"
packages = true
challenge = { by = "delegates", pass = { ratio = "1/2", base = "valid" } }

[moratorium]
years = 3
scope = "same_purpose"
waived_by = "council"

[[protect]]
clauses = ["1", "2.3"]
pass = { ratio = "3/4", base = "eligible", strict = false }
consent_of = ["the regulator"]
notice = "2w"

[[ballot]]
id = "order"
electorates = ["members"]
kind = "score"

[[ballot]]
id = "final"
label = "The last word"
stage = "ballot"
electorates = ["delegates", "council"]
unit = "whole"
kind = "ranked"
method = "irv"
default_option = "As it is"
slots = 2
pass = { ratio = "3:1", base = "versus_default", strict = false }
combine = "each"
quorum = { kind = "per_option", count = "3 * Q", strict = true }
if_quorum_fails = "repeat"
repeats = 2
secrecy = "open"
changeable = false
casting_vote = "the chair"

[[ballot.override]]
when = "rejected"
pass = { ratio = "2/3", base = "cast" }
quorum = { fraction = "3/10" }

[adoption]
in_force = "ballot.closes + 1d"
provisos = true
registration = { with = "the registrar", within = "15d" }
editorial = { by = "council", objection = "7d" }
renumber = "committee"
certified_by = "the secretary"

[[pack]]
id = "papers"
label = "The papers"
contents = ["redline", "reasons"]
"""


def test_every_rule_can_be_written():
    book = parse(FULL)
    assert book.process == Process("All of it", "constitution@3", kinds.Purpose.REVISION, "Europe/London", ("en", "cy"))
    assert book.events["called"] == "it is called"
    assert written(book.variables["Q"]) == "sqrt(N(members)) / 2"
    assert book.electorates == {
        "members": Electorate(
            "members",
            "members",
            ("member",),
            joined_before=moment("talks.opens - 4w"),
            arrears=False,
            snapshot=moment("ballot.opens"),
        ),
        "delegates": Electorate(
            "delegates",
            "delegates to conference",
            branches=("North", "South"),
            weight=kinds.Weight.MEMBERS_REPRESENTED,
            share=Fraction(1, 3),
        ),
        "council": Electorate("council", "council", bodies=("Council",), share=Fraction(2, 3)),
    }
    talks, ballot = book.stages
    assert (talks.label, talks.opens, talks.closes) == ("Talks", moment("called"), moment("talks.opens + 2w"))
    assert (talks.least, talks.most, talks.skip_if) == (duration("1w"), duration("3w"), "rejected")
    assert talks.extend == Extension(("added",), duration("1w"))
    assert talks.last_call == LastCall(duration("24h"), ("motion",))
    assert talks.vary == Variation("council", duration("1w"), duration("48h"))
    assert ballot.on_open == (Step(kinds.Doing.PUBLISH, "papers"), Step(kinds.Doing.SNAPSHOT, "members"))
    assert [str(one) for one in ballot.on_open] == ["publish:papers", "snapshot:members"]
    assert ballot.beside == ("talks",)


def test_every_rule_of_proposing_and_deciding_can_be_written():
    book = parse(FULL)
    assert book.instruments == {
        "motion": Instrument(
            "motion",
            "motion of change",
            ("branch", "council"),
            ("council",),
            2,
            2,
            kinds.Relation.ALTERNATIVE,
            kinds.Scope.SAME_CLAUSE,
            Form(9, reason=kinds.Need.OPTIONAL),
            (
                Route(
                    "members",
                    formula("N(members) * 1 / 20"),
                    3,
                    50,
                    Spread("region", 2, Fraction(1, 2)),
                    Subquota("gender", "woman", 2),
                    moment("called"),
                ),
                Route("body", number(1), minute_required=True),
            ),
            Editing(kinds.Editor.COMMITTEE, kinds.Objector.ANY_MEMBER, duration("24h")),
            Withdrawal(moment("talks.closes"), duration("3d")),
            duration("8w"),
        )
    }
    two_thirds = Fraction(2, 3)
    appeal = Appeal("delegates", duration("7d"), Threshold(two_thirds, kinds.Counted.PRESENT), moment("ballot.opens"))
    assert book.admission.appeal == appeal
    assert (book.admission.mode, book.admission.may_edit) == (kinds.Mode.CHAIR, kinds.MayEdit.MINOR)
    assert book.admission.grounds == (kinds.Ground.LATE, kinds.Ground.UNCLEAR)
    assert (book.admission.silence_admits, book.admission.publish_refused) == (duration("7d"), False)
    assert book.selection == Selection(kinds.Selecting.PRIORITY_BALLOT, 3, "order", "council")
    assert book.compositing == Compositing("council", kinds.Consent.NONE, keep_originals=False, window=duration("5d"))
    challenge = Challenge("delegates", Threshold(Fraction(1, 2), kinds.Counted.VALID))
    assert book.conflict == Conflict(kinds.Resolve.ORDER, kinds.Order.FAR_REACHING, challenge, packages=True)
    assert book.moratorium == Moratorium(3, kinds.Sameness.SAME_PURPOSE, "council")
    assert book.protections == (
        Protection(
            ("1", "2.3"),
            Threshold(Fraction(3, 4), kinds.Counted.ELIGIBLE, strict=False),
            ("the regulator",),
            duration("2w"),
        ),
    )
    assert book.ballots[0] == Ballot("order", "order", "ballot", kind=kinds.BallotKind.SCORE)
    assert book.ballots[1] == Ballot(
        "final",
        "The last word",
        "ballot",
        ("delegates", "council"),
        kinds.BallotUnit.WHOLE,
        kinds.BallotKind.RANKED,
        kinds.Method.IRV,
        "As it is",
        2,
        Threshold(Fraction(3, 4), kinds.Counted.VERSUS_DEFAULT, strict=False),
        kinds.Combining.EACH,
        Quorum(formula("3 * Q"), kinds.QuorumKind.PER_OPTION, strict=True),
        kinds.QuorumFails.REPEAT,
        2,
        kinds.Secrecy.OPEN,
        changeable=False,
        casting_vote="the chair",
        overrides=(
            Override("rejected", Threshold(two_thirds, kinds.Counted.CAST), Quorum(formula("N(delegates) * 3 / 10"))),
        ),
    )
    assert book.adoption == Adoption(
        ("final",),  # the priority ballot adopts nothing
        moment("ballot.closes + 1d"),
        provisos=True,
        registration=Registration("the registrar", duration("15d")),
        editorial=Editorial("council", duration("7d")),
        renumber=kinds.Numbering.COMMITTEE,
        certified_by="the secretary",
    )
    assert book.packs["papers"].contents == (kinds.Content.REDLINE, kinds.Content.REASONS)


def test_a_stage_without_an_opening_opens_when_the_one_before_it_closes():
    book = parse(
        NAME
        + '[[stage]]\nid = "a"\nopens = 2026-01-01\ncloses = 2026-02-01T12:00:00\nallows = ["amendment", "second"]\n'
        '[[stage]]\nid = "b"\ncloses = "opens + 1w"\n'
    )
    assert book.stages[1].opens == moment("a.closes")
    assert book.stages[0].closes == moment("2026-02-01 12:00")


def test_a_text_has_five_hundred_characters_at_the_most():
    assert parse(f'[process]\nname = "{"x" * 500}"').name == "x" * 500


def test_one_table_is_a_list_of_one():
    assert parse(NAME + '[protect]\nclauses = ["1"]').protections == (Protection(("1",)),)


KNOWN = "name, base, kind, timezone, languages, contiguous"
WORDS = 'Write words in quotation marks, at most 500 characters: "...".'
TOML = "TOML has tables in brackets and lines such as key = value, with texts in quotation marks."
AN_ID = 'Write small letters, digits and underscores, beginning with a letter: "first_agenda".'
NEEDS_NAME = 'Line 1, [process]: the rules need a name. Write [process] and below it name = "Rule changes".'


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("", NEEDS_NAME),
        ("[process]\nbase = 'a'", NEEDS_NAME),
        ('[process]\nname = "  "', f"Line 2, [process], name: it must be a text. {WORDS}"),
        ("[process]\nname = 1.5", f"Line 2, [process], name: it must be a text. {WORDS}"),
        (f'[process]\nname = "{"x" * 501}"', f"Line 2, [process], name: it must be a text. {WORDS}"),
        (
            NAME + 'colour = "red"',
            f'Line 3, [process], colour: there is no "colour" here. Take it out, or write one of {KNOWN}.',
        ),
        (
            NAME + "[process.name2]",
            f'Line 3, [process], name2: there is no "name2" here. Take it out, or write one of {KNOWN}.',
        ),
        (NAME + 'languages = "en"', 'Line 3, [process], languages: it must be a list of texts. Write them in brackets: ["one", "another"].'),
        (NAME + "languages = [1]", 'Line 3, [process], languages: it must be a list of texts. Write them in brackets: ["one", "another"].'),
        (NAME + 'languages = ["en", "en"]', 'Line 3, [process], languages 2: "en" is there twice. Take one of them out.'),
        (NAME + 'contiguous = "yes"', "Line 3, [process], contiguous: it must be true or false. Write true or false, without quotation marks."),
        (
            NAME + 'kind = "change"',
            'Line 3, [process], kind: "change" is none of the words that can stand here. Write amendment or revision.',
        ),
        (
            NAME + "kind = 1",
            "Line 3, [process], kind: this is none of the words that can stand here. Write amendment or revision.",
        ),
        (NAME + "[seconding]\ncount = -1", COUNT := 'Line 4, [seconding], count: it must be a number or a formula. Write a number from 0 to 1,000,000,000, or "ceil(N(members) / 20)".'),
        (NAME + "[seconding]\ncount = true", COUNT),
        (NAME + "[seconding]\ncount = 2.5", 'Line 4, [seconding], count: 2.5 has a decimal point. Put it in quotation marks, "2.5": then it is exact.'),
        (NAME + '[seconding]\ncount = "5 %"', 'Line 4, [seconding], count: column 3 of the formula: "%" is not part of any formula. Write a formula such as "min(sqrt(N(members)) / 2, 5)".'),
        (NAME + "[form]\ntitle_words = 0", "Line 4, [form], title_words: it must be a whole number of at least 1. Write a number from 1 to 1,000,000,000."),
        (NAME + "[form]\ntitle_words = true", "Line 4, [form], title_words: it must be a whole number of at least 1. Write a number from 1 to 1,000,000,000."),
        ("seconding = 5\n" + NAME, "Line 1, [seconding]: it must be a list of tables. Write [[seconding]] before each of them."),
        ("seconding = [5]\n" + NAME, "Line 1, [seconding]: it must be a list of tables. Write [[seconding]] before each of them."),
        ("form = 5\n" + NAME, "Line 1, [form]: it must be a table. Write form = { ... }, or a table of its own."),
        (NAME + '[seconding]\nfrom = "Old Fen"', f'Line 4, [seconding], from: "Old Fen" cannot be an id. {AN_ID}'),
        (NAME + "[instrument.Motion]", f'Line 3, [instrument.Motion]: "Motion" cannot be an id. {AN_ID}'),
        (NAME + '[events]\n"a b" = "x"', f'Line 4, [events], a b: "a b" cannot be an id. {AN_ID}'),
        (NAME + '[seconding]\nfraction = "half"', 'Line 4, [seconding], fraction: it must be a share. Write a fraction in quotation marks, such as "1/2" or "2/3".'),
        (NAME + "[seconding]\nfraction = 0.5", 'Line 4, [seconding], fraction: it must be a share. Write a fraction in quotation marks, such as "1/2" or "2/3".'),
        (NAME + "[seconding]\nfraction = 1", 'Line 4, [seconding], fraction: it must be a share. Write a fraction in quotation marks, such as "1/2" or "2/3".'),
        (NAME + '[seconding]\nfraction = "1/0"', 'Line 4, [seconding], fraction: it must be a share. Write a fraction in quotation marks, such as "1/2" or "2/3".'),
        (NAME + '[seconding]\nfraction = "0:0"', 'Line 4, [seconding], fraction: it must be a share. Write a fraction in quotation marks, such as "1/2" or "2/3".'),
        (NAME + '[seconding]\nfraction = "1/20"\ncount = 5', 'Line 3, [seconding]: it has both a count and a fraction. Take one out, or write count = "max(20, N(members) / 20)".'),
        (NAME + '[seconding]\nsubquota = { attribute = "gender" }', 'Line 4, [seconding], subquota: it is not complete. Write subquota = { attribute = "gender", value = "woman", count = 10 }.'),
        (NAME + '[instrument.a]\nexpires = "soon"', 'Line 4, [instrument.a], expires: "soon" is not a duration. Write a whole number and h, d or w, such as "24h", "10d" or "3w".'),
        (NAME + "[instrument.a]\nexpires = 3", 'Line 4, [instrument.a], expires: it must be a duration. Write "3w".'),
        (NAME + "[instrument.a]\nwithdraw = { until = 3 }", 'Line 4, [instrument.a], withdraw, until: it must be a moment. Write "2026-06-28 12:00" or "amendments.closes + 3w".'),
        (NAME + "[instrument.a]\ndepth = 3", "Line 4, [instrument.a], depth: an amendment may be amended, and that amendment once more, but not 3 times over. Write a depth of 0, 1 (an amendment to a proposal) or 2 (an amendment to that)."),
        (NAME + '[instrument.a]\nedit = { veto = "any_member" }', 'Line 4, [instrument.a], edit: a veto needs a time, and a time a veto. Write edit = { veto = "any_seconder", within = "24h" }.'),
        (NAME + "[[electorate]]\nstatus = ['a']", 'Line 3, [[electorate]] 1: it has no id. Write id = "..." below it: other tables name it by that.'),
        (NAME + "[conflict]\nchallenge = {}", 'Line 4, [conflict], challenge: it does not say by whom. Write challenge = { by = "conference" }.'),
        (NAME + "[admission]\nappeal = {}", 'Line 4, [admission], appeal: it does not say to whom, or how long. Write appeal = { to = "conference", window = "7d" }.'),
        (NAME + "[[protect]]\nnotice = '1w'", 'Line 3, [[protect]] 1: it names no clause. Write clauses = ["1.2", "15.1"].'),
        (NAME + '[adoption]\nregistration = { within = "1w" }', 'Line 4, [adoption], registration: it does not say with whom. Write registration = { with = "the registrar", within = "15d" }.'),
        (NAME + "[adoption]\neditorial = {}", 'Line 4, [adoption], editorial: it does not say by whom. Write editorial = { by = "committee", objection = "7d" }.'),
        ("[process\nname = 'x'", f"Line 1, the whole rulebook: it is not valid TOML (Expected ']' at the end of a table declaration). {TOML}"),
        ("[process]\n\nname = \n", f"Line 3, the whole rulebook: it is not valid TOML (Invalid value). {TOML}"),
        ('[process]\nname = """\n', f"Line 2, the whole rulebook: it is not valid TOML (Unterminated string). {TOML}"),
        ("a = " + "[" * 20_000, "Line 1, the whole rulebook: its brackets are too deep. Write tables of their own."),
        ("#" * 100_001, "Line 1, the whole rulebook: it has more than 100,000 characters. Make it shorter."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_its_line_and_its_cure(toml, said):
    assert problems(toml) == [said]


def test_a_number_of_thousands_of_digits_is_refused_as_no_toml():
    assert problems("a = " + "9" * 5000)[0].startswith("Line 1, the whole rulebook: it is not valid TOML (")


def test_all_problems_are_told_at_once_from_the_first_line_to_the_last():
    toml = 'colour = 1\n[process]\nname = 5\nkind = "x"\n[seconding]\ncuont = 5\ncount = -1\n[form]\ntitle_words = 0\n'
    with pytest.raises(BadRulebook) as caught:
        parse(toml)
    assert [one.line for one in caught.value.problems] == [1, 3, 4, 6, 7, 9]
    assert str(caught.value).splitlines() == [str(one) for one in caught.value.problems]


def test_a_problem_is_a_value():
    one = Problem(14, "[[stage]] amendments, closes", "it closes before it opens", "Write a later closing.")
    assert str(one) == "Line 14, [[stage]] amendments, closes: it closes before it opens. Write a later closing."


def test_there_is_an_end_to_stages_and_formulas():
    many = "".join(f'[[stage]]\nid = "s{one}"\nopens = "s0.opens"\ncloses = "opens + {one}d"\n' for one in range(41))
    assert "Line 3, [stage]: there are more than 40 stages. Make two processes of them." in problems(NAME + many)
    formulas = "[vars]\n" + "".join(f"v{one} = {one}\n" for one in range(51))
    assert problems(NAME + formulas) == [
        "Line 54, [vars], v50: there are more than 50 formulas. Put some of them together."
    ]


STAGE = NAME + '[[stage]]\nid = "a"\nopens = "2026-01-01"\ncloses = "2026-02-01"\nallows = ["amendment", "second"]\n'


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("extend = {}", 'Line 8, [[stage]] a, extend: it does not say on what, or by how much. Write extend = { on = ["option_added"], by = "1w" }.'),
        ("last_call = {}", 'Line 8, [[stage]] a, last_call: it does not say how long, or what is over. Write last_call = { window = "24h", forbids = ["withdraw"] }.'),
        ("vary = {}", 'Line 8, [[stage]] a, vary: it does not say who may, or how far. Write vary = { by = "committee", upto = "1w" }.'),
        ('on_open = ["dance"]', 'Line 8, [[stage]] a, on_open 1: "dance" is nothing that can happen by itself. Write "freeze:draft", "snapshot:members", "publish:final_pack" or "rule:admission".'),
        ('on_open = ["freeze:"]', 'Line 8, [[stage]] a, on_open 1: "freeze:" is nothing that can happen by itself. Write "freeze:draft", "snapshot:members", "publish:final_pack" or "rule:admission".'),
        ('[[stage]]\nid = "a"\nopens = "2026-03-01"\ncloses = "2026-04-01"', 'Line 9, [[stage]] a, id: there is another "a" before it. Give one of them another id.'),
    ],
)  # fmt: skip
def test_a_stage_that_is_not_complete_is_named(more, said):
    assert said in problems(STAGE + more)


def test_the_first_stage_must_say_when_it_opens_and_every_stage_when_it_closes():
    toml = NAME + '[[stage]]\nid = "a"\nallows = ["amendment", "second"]\n[[stage]]\nid = "b"\n'
    assert problems(toml) == [
        'Line 3, [[stage]] a: it does not say when it closes. Write closes = "2026-06-28", or another moment.',
        'Line 3, [[stage]] a: it does not say when it opens. Write opens = "2026-06-28", or another moment.',
        'Line 6, [[stage]] b: it does not say when it closes. Write closes = "2026-06-28", or another moment.',
    ]


BALLOT = STAGE.replace('"second"]', '"second", "vote"]') + '[[ballot]]\nid = "b"\n'
SOME_BASE = "Write base = ... with one of cast, valid, papers, present, eligible or versus_default."


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('pass = { ratio = "2/3" }', f"Line 10, [[ballot]] b, pass: it does not say of what. {SOME_BASE}"),
        ('pass = { base = "cast" }', 'Line 10, [[ballot]] b, pass: it does not say how much. Write ratio = "1/2", or another share.'),
        ('pass = { ratio = "0/2", base = "cast" }', 'Line 10, [[ballot]] b, pass, ratio: "0/2" is not a share of anything. Write a fraction above 0 and at most 1.'),
        ('pass = { ratio = "3/2", base = "cast" }', 'Line 10, [[ballot]] b, pass, ratio: "3/2" is not a share of anything. Write a fraction above 0 and at most 1.'),
        ('pass = { ratio = "2/2", base = "cast" }', "Line 10, [[ballot]] b, pass, ratio: nothing is more than the whole. Write strict = false, or a smaller ratio."),
        ('kind = "ranked"\ndefault_option = "No"\npass = { ratio = "1:0", base = "versus_default" }', 'Line 12, [[ballot]] b, pass, ratio: the default option must be able to win. Write a ratio such as "3:1".'),
        ('quorum = { kind = "turnout" }', 'Line 10, [[ballot]] b, quorum: it must have either a count or a fraction. Write fraction = "1/3", or count = 50.'),
        ('quorum = { fraction = "1/3", count = 5 }', 'Line 10, [[ballot]] b, quorum: it must have either a count or a fraction. Write fraction = "1/3", or count = 50.'),
    ],
)  # fmt: skip
def test_a_threshold_says_how_much_and_of_what(more, said):
    assert problems(BALLOT + more) == [said]


def test_all_of_a_base_can_be_asked_for():
    book = parse(BALLOT + 'pass = { ratio = "1/1", base = "present", strict = false }')
    assert book.ballots[0].passes == Threshold(Fraction(1), kinds.Counted.PRESENT, strict=False)


def test_a_quorum_is_of_the_electorate_that_votes():
    book = parse(BALLOT + 'electorates = []\nquorum = { fraction = "1/3" }')
    assert book.ballots[0].quorum == Quorum(formula("N(members) * 1 / 3"))
