"""What the officers do at a terminal, and what an opponent does who has only the audit file."""

import json

import balloted
import pytest
from allotment import GRACE, MEERA, ROSA, member
from balloted import AFTER, OFFICER, RANDOM, SIGNING

import store.ballots
from ballots import sealing
from services import balloting
from store.ballots import Step

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def flask(database):
    """Run a command; its output, and whether it went well."""

    def run(*arguments):
        done = database.test_cli_runner().invoke(args=[str(one) for one in arguments])
        return done.output, done.exit_code

    return run


def test_a_ballot_is_keyed_rehearsed_opened_and_checked_at_the_terminal(flask, tmp_path):
    balloted.society()
    said, failed = flask("ballot-keys", "--out", tmp_path)
    public = said.split()[-1]
    assert not failed
    shares = [tmp_path / f"share-{n}.txt" for n in (1, 2, 3)]
    assert "private" not in said
    number = balloted.prepared()
    officer = member(OFFICER)
    balloting.set_key(officer, number, public, balloted.NOON)
    balloting.rehearse(officer, number, RANDOM, balloted.NOON)
    envelope = store.ballots.by_number(number).taken(Step.REHEARSAL).payload["envelope"]
    file = tmp_path / "rehearsal.json"
    file.write_text(json.dumps({"number": number, "envelope": envelope}))
    code, failed = flask("rehearse-ballot", file, "--share", shares[0], "--share", shares[2])
    assert (code.strip(), failed) == (sealing.receipt(RANDOM), 0)
    assert flask("rehearse-ballot", file, "--share", shares[0], "--share", shares[0])[1] == 1
    balloting.rehearsed(officer, number, code, balloted.NOON)
    balloting.open_vote(officer, number, SIGNING, balloted.OPENS)
    for handle, answer in ((MEERA, "yes"), (ROSA, "yes"), (GRACE, "no")):
        balloted.vote(handle, number, {"1": answer})
    balloting.close(officer, number, AFTER)
    urn = tmp_path / "urn.json"
    urn.write_text(json.dumps(balloting.urn(number)))
    said, failed = flask("open-ballot", urn, "--share", shares[1], "--share", shares[2], "--out", tmp_path / "out")
    assert not failed
    assert "3 papers in list.jsonl, 0 envelopes without." in said
    balloting.declare(officer, number, (tmp_path / "out" / "list.jsonl").read_text().splitlines(), AFTER)
    pack = tmp_path / "vote.zip"
    assert flask("audit-pack", number, "--out", pack) == (f"Written to {pack}.\n", 0)
    said, failed = flask("verify-audit", pack)
    assert (said.count("ok  "), failed) == (8, 0)


def test_what_is_no_file_of_a_vote_is_said_to_be_none(flask, tmp_path):
    for content in ("", "[]", "{}", "nonsense"):
        file = tmp_path / "file"
        file.write_text(content)
        for command in (("rehearse-ballot", file), ("open-ballot", file), ("verify-audit", file)):
            said, failed = flask(*command)
            assert failed == 1
            assert "Traceback" not in said
