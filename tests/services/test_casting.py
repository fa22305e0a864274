"""Votes under load: nothing acknowledged is lost when the server is killed, none counts after the closing, none is linked."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import mean

import allotment
import balloted
import pytest
from allotment import member
from balloted import AFTER, DURING, OFFICER, PRIVATE, SIGNING, keyed, prepared

import store
import store.amendments
import store.ballots
import store.clock
import store.members
from ballots import sealing
from ballots.definition import fingerprint
from members.permissions import Role
from services import auditing, balloting, casting, enrolling
from services.casting import VoteClosed
from store.database import db

HANDING_IN = Path(__file__).parents[1] / "handing_in.py"
MANY = 60

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def number(database):
    """An open vote of the members and sixty more."""
    balloted.society()
    people = [store.members.NewMember(f"m{n:03}", f"M {n}", roles=frozenset({str(Role.MEMBER)})) for n in range(MANY)]
    enrolling.enrol(people, balloted.NOON)
    made = prepared()
    keyed(made)
    balloting.open_vote(member(OFFICER), made, SIGNING, balloted.OPENS)
    return made


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(12))
def test_what_was_acknowledged_survives_kill_9(database, far_vote, seed):
    url = str(database.config["SQLALCHEMY_DATABASE_URI"])
    command = [sys.executable, str(HANDING_IN), url, str(far_vote), "8"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        first = process.stdout.readline()
        time.sleep(0.1 + random.Random(seed).random() / 2)
        process.kill()
        acknowledged = [line for line in (first, *process.stdout) if line.endswith("\n")]
    last = {line.split()[0]: int(line.split()[1]) for line in acknowledged}
    assert last
    kept = {one.content.split()[0]: int(one.content.split()[1]) for one in store.ballots.envelopes(far_vote)}
    assert {handle: n for handle, n in last.items() if kept.get(handle, -1) < n} == {}
    assert len(kept) == len(store.ballots.envelopes(far_vote))
    assert auditing.verify() == ()


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(4))
def test_a_second_that_was_acknowledged_survives_kill_9(database, seed):
    allotment.found()
    people = [store.members.NewMember(f"m{n:03}", f"M {n}", roles=frozenset({str(Role.MEMBER)})) for n in range(MANY)]
    enrolling.enrol(people, balloted.NOON)
    for words in ("twelve", "twenty", "thirty", "forty"):
        allotment.propose(allotment.reword("2(1)", allotment.SIXTEEN.replace("sixteen", words)))
    url = str(database.config["SQLALCHEMY_DATABASE_URI"])
    command = [sys.executable, str(HANDING_IN), url, "0", "8"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        first = process.stdout.readline()
        time.sleep(random.Random(seed).random() / 2)
        process.kill()
        lines = [line.split() for line in (first, *process.stdout) if line.endswith("\n")]
    assert lines
    db.session.rollback()
    kept = [
        (two.member.handle, one.number) for one in store.amendments.listing() for two in store.amendments.seconds(one)
    ]
    assert {(handle, int(n)) for handle, n in lines} <= set(kept)
    assert len(kept) == len(set(kept))
    assert auditing.verify() == ()


@pytest.fixture
def far_vote(database, monkeypatch):
    """A vote that is open now by the real clock."""
    monkeypatch.setattr(balloted, "VOTES", balloted.VOTES.replace("2026-11-23 12:00", "2099-01-01"))
    monkeypatch.setattr(balloted, "CLOSES", datetime(2099, 1, 1, tzinfo=UTC))
    balloted.society()
    made = prepared()
    keyed(made)
    balloting.open_vote(member(OFFICER), made, SIGNING, balloted.OPENS)
    return made


@pytest.mark.thorough
def test_around_the_closing_second_a_vote_counts_if_and_only_if_it_was_kept_before(database, number):
    people = [one for one in store.members.everyone() if one.handle.startswith("m0")]
    started = time.monotonic()
    closes = store.ballots.by_number(number).closes

    def clock():
        """The closing comes a second after the first request."""
        return closes + timedelta(seconds=time.monotonic() - started - 1)

    taken, late, wrong = [], [], []

    def work(mine):
        with database.app_context():
            for n in range(2000 // 16):
                one = mine[n % len(mine)]
                content = f"{one.handle} {n} {threading.get_ident()}"
                try:
                    casting.cast(one, number, casting.Handed("members", content, "browser"), clock)
                    taken.append((one.handle, content))
                except VoteClosed:
                    late.append(content)
                except Exception as error:  # noqa: BLE001 (whatever it is, it fails the test)
                    wrong.append(error)

    workers = [threading.Thread(target=work, args=(people[at::16],)) for at in range(16)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    db.session.rollback()
    assert wrong == []
    assert len(taken) + len(late) == 16 * (2000 // 16)
    assert late
    kept = {one.content for one in store.ballots.envelopes(number)}
    assert kept <= {content for _, content in taken}
    assert {content.split()[0] for content in kept} == {handle for handle, _ in taken}
    assert not kept & set(late)


def test_those_who_come_together_are_kept_in_few_commits(database, number):
    people = [one for one in store.members.everyone() if one.handle.startswith("m0")]
    before = store.log.count()
    start = threading.Barrier(len(people))

    def work(one):
        with database.app_context():
            start.wait()
            casting.cast(one, number, casting.Handed("members", one.handle, "browser"), lambda: DURING)

    workers = [threading.Thread(target=work, args=(one,)) for one in people]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    db.session.rollback()
    assert store.ballots.turnout(number) == {"members": len(people)}
    assert store.log.count() - before < len(people) / 2


def test_one_that_cannot_vote_keeps_nobody_else_from_it(database, number):
    people = [one for one in store.members.everyone() if one.handle.startswith("m00")]
    enrolling.enrol([store.members.NewMember("late", "Late", roles=frozenset({"member"}))], DURING)
    refused = []
    start = threading.Barrier(len(people) + 1)

    def work(one):
        with database.app_context():
            start.wait()
            try:
                casting.cast(one, number, casting.Handed("members", one.handle, "browser"), lambda: DURING)
            except casting.NotAVoter:
                refused.append(one.handle)

    workers = [threading.Thread(target=work, args=(one,)) for one in (*people, member("late"))]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    db.session.rollback()
    assert refused == ["late"]
    assert store.ballots.turnout(number) == {"members": len(people)}


def test_nothing_that_the_server_keeps_links_a_voter_to_a_line_of_the_list(number):
    """By the order of rows, of the log and of the hashes, and by the bytes kept: no better than chance."""
    chance, definition = random.Random(3), balloting.definition_of(number)
    mark = fingerprint(definition)
    voters = list(store.ballots.voters(number))
    chance.shuffle(voters)
    known = {}
    for one in voters:
        receipt, answer = sealing.receipt(chance.randbytes(20)), chance.choice(["yes", "no"])
        text = sealing.plaintext(mark, "members", {"1": answer}, receipt)
        envelope = sealing.seal(definition, mark, text)
        handed = casting.Handed("members", envelope, "browser")
        casting.cast(store.members.by_handle(one.handle), number, handed, lambda: DURING)
        known[one.member] = (receipt, handed.hash)
    everything = kept_bytes()
    assert not any(receipt.encode() in everything for receipt, _ in known.values())
    balloting.close(member(OFFICER), number, AFTER)
    balloting.declare(member(OFFICER), number, balloted.out_of_the_urn(number), AFTER)
    published = sorted(receipt for receipt, _ in known.values())
    rows = [one.member for one in sorted(store.ballots.envelopes(number), key=lambda one: one.hash)]
    logged = [one for entry in store.log.whole() if entry.act == "hand-in" for one in entry.payload["envelopes"]]
    by_hash = {digest: voter for voter, (_, digest) in known.items()}
    guesses = {
        "the order of the hashes": rows,
        "the order of the log": [by_hash[one] for one in logged],
        "the order of the roll": [one.member for one in store.ballots.voters(number)],
        "the order of voting": [one.member for one in voters],
    }
    for how, order in guesses.items():
        right = sum(known[voter][0] == receipt for voter, receipt in zip(order, published, strict=True))
        # Guessing at random one is right on average; five or more would happen once in three hundred.
        assert right < 6, how
        assert abs(correlation([published.index(known[voter][0]) for voter in order])) < 0.5, how
    assert PRIVATE not in kept_bytes()


def correlation(places):
    """How much an order is that of the list: 1 the same, 0 nothing, -1 turned round."""
    n, middle = len(places), mean(range(len(places)))
    above = sum((at - middle) * (place - middle) for at, place in enumerate(places))
    return above / sum((at - middle) ** 2 for at in range(n))


def kept_bytes():
    """Every byte that SQLite keeps, the WAL with it; on PostgreSQL the rows of the urn and the log."""
    if db.engine.dialect.name == "sqlite":
        file = Path(db.engine.url.database)
        return b"".join(one.read_bytes() for one in (file, file.with_name(f"{file.name}-wal")) if one.exists())
    urn = [f"{one.content}{one.hash}" for one in store.ballots.envelopes(1)]
    return "".join([*urn, *(f"{entry.payload}" for entry in store.log.whole())]).encode()
