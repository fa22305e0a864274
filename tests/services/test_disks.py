"""A power cut and a full disk: what was acknowledged is there afterwards, what cannot be kept is refused, not lost."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import balloted
import pytest
from allotment import member
from balloted import OFFICER, SIGNING, keyed, prepared
from conftest import application
from disks import disk, may_mount, small

import store
import store.ballots
from services import auditing, balloting, casting
from store.database import NoRoom, db

HANDING_IN = Path(__file__).parents[1] / "handing_in.py"


@pytest.fixture
def vote_file(migrated, tmp_path):
    """A file with a vote that is open now by the real clock, and its number."""
    file = Path(shutil.copy(migrated, tmp_path / "vote.sqlite3"))
    app = application(f"sqlite:///{file}")
    with app.app_context(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(balloted, "VOTES", balloted.VOTES.replace("2026-11-23 12:00", "2099-01-01"))
        patch.setattr(balloted, "CLOSES", datetime(2099, 1, 1, tzinfo=UTC))
        balloted.society()
        number = prepared()
        keyed(number)
        balloting.open_vote(member(OFFICER), number, SIGNING, balloted.OPENS)
        db.session.remove()
        db.engine.dispose()
    return file, number


def acknowledged_until_the_cut(one, file, number, seconds, *setting):
    """Votes that were acknowledged before the power went, the last of each voter."""
    command = [sys.executable, str(HANDING_IN), f"sqlite:///{file}", str(number), "4", *setting]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        first = process.stdout.readline()
        time.sleep(seconds)
        one.cut()
        process.kill()
        lines = [line.split() for line in (first, *process.stdout) if line.endswith("\n")]
    assert lines
    return {handle: int(n) for handle, n in lines}


def lost(file, number, said):
    """Those whose last acknowledged vote is not in the urn, nor a later one."""
    app = application(f"sqlite:///{file}")
    with app.app_context():
        kept = {one.content.split()[0]: int(one.content.split()[1]) for one in store.ballots.envelopes(number)}
        faults = auditing.verify()
        db.session.remove()
        db.engine.dispose()
    assert faults == ()
    return {handle for handle, n in said.items() if kept.get(handle, -1) < n}


if may_mount():  # on a machine where a test may do it

    @pytest.mark.thorough
    @pytest.mark.parametrize("seed", range(4))
    def test_a_power_cut_loses_nothing_that_was_acknowledged(vote_file, tmp_path, seed):
        source, number = vote_file
        with disk(tmp_path) as one:
            file = shutil.copy(source, one.place / "redraft.sqlite3")
            subprocess.run(["sync"], check=True)
            said = acknowledged_until_the_cut(one, file, number, 0.2 + random.Random(seed).random() / 2)
            one.again()
            assert lost(file, number, said) == set()

    @pytest.mark.thorough
    def test_the_same_cut_does_lose_votes_where_nothing_waits_for_the_disk(vote_file, tmp_path):
        source, number = vote_file
        with disk(tmp_path) as one:
            file = shutil.copy(source, one.place / "redraft.sqlite3")
            subprocess.run(["sync"], check=True)
            said = acknowledged_until_the_cut(one, file, number, 0.5, "0")
            one.again()
            assert lost(file, number, said)

    @pytest.mark.thorough
    def test_a_full_disk_answers_503_and_loses_nothing(vote_file, tmp_path):
        source, number = vote_file
        with small(tmp_path / "disk", source.stat().st_size // 1024 + 700) as place:
            file = shutil.copy(source, place / "redraft.sqlite3")
            app = application(f"sqlite:///{file}")
            app.config["WTF_CSRF_ENABLED"] = False
            kept = {}
            with app.app_context():
                people = [one.handle for one in map(_person, store.ballots.voters(number))]
            with app.app_context(), pytest.raises(NoRoom):
                vote_until_it_fails(people, number, kept)
            assert kept
            with app.test_client() as visitor:
                assert visitor.get("/constitution").status_code == 200
                answer = visitor.post("/sign-in", data={"address": "meera@example.org"})
                assert (answer.status_code, "no room left" in answer.text) == (503, True)
            with app.app_context():
                found = {one.content.split()[0]: int(one.content.split()[1]) for one in store.ballots.envelopes(number)}
                db.session.remove()
                db.engine.dispose()
            assert all(found[handle] >= n for handle, n in kept.items())
            assert lost(file, number, kept) == set()


def vote_until_it_fails(people, number, kept):
    for n in range(100_000):
        one = member(people[n % len(people)])
        content = f"{one.handle} {n} " + "x" * 2000
        casting.cast(one, number, casting.Handed("members", content, "browser"))
        kept[one.handle] = n


def _person(voter):
    return next(one for one in store.members.everyone() if one.id == voter.member)
