"""The script that is handed out counts as we do, on any ballot and any papers; and shares open what they should."""

import json
import runpy
import subprocess
import sys
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.definition import (
    DEFAULT,
    College,
    Definition,
    Kind,
    Mode,
    Needed,
    Option,
    Question,
    Unranked,
    canonical,
    fingerprint,
    read,
)
from ballots.paper import Paper, line, read_paper
from ballots.shares import CannotJoin, joined, split
from ballots.tally import count
from rulebook.kinds import Combining, Counted, QuorumKind
from rulebook.rules import Threshold

SCRIPT = Path(__file__).parents[2] / "static" / "recount.py"
SHARES = st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(3, 10)])
BASES = st.sampled_from([Counted.CAST, Counted.VALID, Counted.PAPERS, Counted.ELIGIBLE])


def thresholds(bases=BASES):
    return st.lists(st.builds(Threshold, SHARES, bases, st.booleans()), min_size=1, max_size=2).map(tuple)


def quorums(*kinds):
    return st.lists(st.builds(Needed, st.sampled_from(kinds), st.integers(0, 8), st.just("so many")), max_size=2).map(
        tuple
    )


@st.composite
def questions(draw, name):
    if draw(st.booleans()):
        options = tuple(Option(f"o{n}", f"Option {n}") for n in range(draw(st.integers(1, 4))))
        versus = thresholds(st.just(Counted.VERSUS_DEFAULT))
        asked = quorums(QuorumKind.TURNOUT, QuorumKind.PER_OPTION)
        return Question(name, Kind.RANKED, "?", options, "Keep", 1, draw(versus), draw(asked))
    kind = draw(st.sampled_from([Kind.YES_NO, Kind.YES_NO_ABSTAIN]))
    asked = quorums(QuorumKind.TURNOUT, QuorumKind.APPROVAL)
    return Question(name, kind, "?", (Option(f"x{name}", "It"),), thresholds=draw(thresholds()), quorums=draw(asked))


@st.composite
def ballots(draw):
    """A definition and papers that fit it."""
    asked = tuple(draw(questions(str(n))) for n in range(1, draw(st.integers(1, 3)) + 1))
    several = draw(st.booleans()) and all(one.kind is not Kind.RANKED for one in asked)
    share = Fraction(1, 2) if several else None
    colleges = tuple(College(one, one, 30, "r", share) for one in (("a", "b") if several else ("a",)))
    definition = Definition(
        "Club", 1, "Vote", "rule", "digest", Mode.SEALED, "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", (1, "d"),
        ((1, "d", "r"),), asked, colleges, combine=draw(st.sampled_from(Combining)), unranked=draw(st.sampled_from(Unranked)),
    )  # fmt: skip
    papers = draw(st.lists(st.builds(Paper, st.sampled_from([one.id for one in colleges]), marked(asked)), max_size=20))
    return definition, [Paper(one.college, one.answers, receipt=f"R{n:02}") for n, one in enumerate(papers)]


def marked(asked):
    return st.fixed_dictionaries({one.id: answer(one) for one in asked})


def answer(question):
    if question.kind is Kind.RANKED:
        ids = [DEFAULT, *(one.id for one in question.options)]
        return st.dictionaries(st.sampled_from(ids), st.integers(1, len(ids))) | st.sampled_from(["", "spoilt"])
    words = ["yes", "no", "", "spoilt"] + (["abstain"] if question.kind is Kind.YES_NO_ABSTAIN else [])
    return st.sampled_from(words)


def by_the_script(definition, papers):
    """What the functions of the script make of the published texts."""
    script = runpy.run_path(str(SCRIPT))
    ballot, lines = json.loads(canonical(definition)), [json.loads(line(one)) for one in papers]
    counted = {True: script["ranked"], False: script["yes_no"]}
    return [tuple(counted[one["kind"] == "ranked"](ballot, one, lines)) for one in ballot["questions"]]


@given(ballots())
def test_the_script_counts_as_we_do(ballot):
    definition, papers = ballot
    assert by_the_script(definition, papers) == [one.carried for one in count(definition, papers)]


@given(ballots(), st.randoms(use_true_random=False))
def test_the_order_of_the_papers_changes_nothing(ballot, chance):
    definition, papers = ballot
    mixed = list(papers)
    chance.shuffle(mixed)
    assert count(definition, mixed) == count(definition, papers)


@given(ballots())
def test_a_definition_and_its_papers_are_read_back_as_they_were_written(ballot):
    definition, papers = ballot
    assert read(canonical(definition)) == definition
    assert fingerprint(read(canonical(definition))) == fingerprint(definition)
    again = [read_paper(json.loads(line(one)), definition) for one in papers]
    assert count(definition, again) == count(definition, papers)


def test_the_script_is_short_and_runs_alone(tmp_path):
    assert len(SCRIPT.read_text(encoding="utf8").splitlines()) < 60
    question = Question("1", Kind.YES_NO, "?", (Option("it", "It"),))
    definition = Definition(
        "Club",
        1,
        "Vote",
        "rule",
        "d",
        Mode.SEALED,
        "",
        "",
        (1, "d"),
        ((1, "d", "r"),),
        (question,),
        (College("a", "a", 3, "r"),),
    )
    papers = [
        Paper("a", {"1": "yes"}, receipt="AAAAA"),
        Paper("a", {"1": "no"}, receipt="BBBBB"),
        Paper("a", {"1": "yes"}, receipt="C"),
    ]
    (tmp_path / "definition.json").write_bytes(canonical(definition))
    (tmp_path / "list.jsonl").write_text("".join(f"{line(one)}\n" for one in papers), encoding="utf8")
    command = [
        sys.executable,
        "-I",
        str(SCRIPT),
        str(tmp_path / "definition.json"),
        str(tmp_path / "list.jsonl"),
        "BBBBB",
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert said == [f"fingerprint {fingerprint(definition)}", "question 1 carried: it", 'papers 3 {"1": "no"}']


def test_any_two_of_three_shares_make_the_key_and_one_does_not():
    shares = split(b"k" * 32)
    for two in combinations(shares, 2):
        assert joined([one.upper() for one in two]) == b"k" * 32
    for wrong in ([shares[0]], [shares[0], shares[0]], [shares[0], "no such words"], [shares[0], split(b"q" * 32)[1]]):
        with pytest.raises(CannotJoin):
            joined(wrong)
