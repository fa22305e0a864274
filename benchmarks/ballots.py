"""A sealed vote of many, end to end. Run from the checkout: python benchmarks/ballots.py [VOTERS] [THREADS]

In a temporary SQLite file and, when TEST_DATABASE_URL names a database, in that too (it is emptied): as many voters as
said each seal a vote to a key, hand it in from so many threads at once, and find their line in the published list.
Votes per second that are acknowledged after their commit, the median, p99 and worst of one; then the wall time of each
step: opening, closing, opening the urn, declaring, counting again by the script that is handed out, checking the audit file.
"""

# ruff: noqa: E402 (this file is called as the package is, and must not stand before it)
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)

import json
import os
import random
import runpy
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask

import store
import store.ballots
import store.members
from app import create_app
from ballots import sealing
from ballots.definition import Definition, fingerprint
from ballots.urn import opened
from config import Environment, Settings
from constitution.markup import parse
from members.permissions import Role
from services import audit_pack, balloting, casting, compositing, drafting, drafting_final, enrolling, seconding
from services.proposal import Act, Change, Proposal
from store.ballots import Step
from store.database import db

THEN, AFTER = datetime(2020, 3, 1, 12, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
PRIVATE, SIGNING = b"p" * 32, b"s" * 32
SCRIPT = Path(__file__).resolve().parent.parent / "static" / "recount.py"
Sealed = tuple[store.members.Member, str, str, str]  # who, the envelope, the receipt, the answer
RULES = """
[process]
name = "Rule changes"
[seconding]
count = 1
[[stage]]
id = "work"
opens = "2020-01-01"
closes = "2020-06-01"
allows = ["amendment", "second", "merge"]
[[stage]]
id = "voting"
closes = "2099-01-01"
allows = ["vote"]
[[ballot]]
id = "secret"
kind = "yes_no_abstain"
unit = "question"
"""


def main() -> None:
    voters = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    threads = int(sys.argv[2]) if len(sys.argv) > 2 else 16
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{folder}/ballots.sqlite3", voters, threads)
    if os.environ.get("TEST_DATABASE_URL"):
        measure("PostgreSQL", os.environ["TEST_DATABASE_URL"], voters, threads)


def measure(name: str, url: str, voters: int, threads: int) -> None:
    app = create_app(Settings(Environment.DEVELOPMENT, url, "benchmark" * 4, demonstration_sign_in=False))
    print(f"{name}: {voters:,} voters, {threads} threads")
    with app.app_context():
        number = prepared(voters)
        timed("open the vote", lambda: balloting.open_vote(store.members.by_handle("officer"), number, SIGNING, now()))
        definition = balloting.definition_of(number)
        sealed = timed("seal every vote", lambda: envelopes(definition))
    hand_in(app, number, sealed, threads)
    with app.app_context():
        finish(number, sealed)
        db.session.remove()
        db.engine.dispose()


def now() -> datetime:
    return datetime.now(UTC)


def timed(what: str, act: Callable[[], Any]) -> Any:  # noqa: ANN401 (whatever it gives)
    started = time.perf_counter()
    found = act()
    print(f"  {what:<40}{time.perf_counter() - started:>9.2f} s", flush=True)
    return found


def prepared(voters: int) -> int:
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))
    store.upgrade()
    enrolling.set_up("Society", RULES, THEN)
    people = [("officer", Role.RETURNING_OFFICER), ("clerk", Role.COMMITTEE)]
    people += [(f"member-{n:06}", Role.MEMBER) for n in range(voters - 1)]
    enrolling.enrol([store.members.NewMember(one, one, roles=frozenset({str(role)})) for one, role in people], THEN)
    enrolling.import_constitution(
        parse("# Rules\n\n## 1. Meetings\n\n1. Ten are a quorum.\n2. Notice is given.\n"), THEN, note=""
    )
    clerk, officer, second = (store.members.by_handle(one) for one in ("clerk", "officer", "member-000000"))
    book = store.editions.latest().constitution
    numbers = []
    for n, clause in enumerate([one for one in book.walk() if one.text], 1):
        proposal = Proposal(
            1, (Change(Act.REWORD, clause.id, text=f"{clause.text} Always, {n}."),), f"Better {n}", "Because."
        )
        made = drafting.propose(clerk, proposal, THEN, lambda: "new")
        seconding.second(second, made, store.amendments.by_number(made).version.digest, THEN)
        numbers.append(made)
    drafting_final.freeze(clerk, compositing.begin(clerk, numbers, "Together", THEN), THEN)
    number = balloting.prepare(officer, balloting.Wanted("secret", (1,)), THEN)
    balloting.set_key(officer, number, sealing.public_key(PRIVATE), THEN)
    balloting.rehearse(officer, number, bytes(20), THEN)
    envelope = store.ballots.by_number(number).taken(Step.REHEARSAL).payload["envelope"]
    balloting.rehearsed(officer, number, sealing.unseal_rehearsal(PRIVATE, number, envelope), THEN)
    return number


def envelopes(definition: Definition) -> list[Sealed]:
    """Who hands in what: (member, envelope, receipt, answer)."""
    chance, mark = random.Random(7), fingerprint(definition)
    found = []
    for one in store.ballots.voters(definition.number):
        answer, receipt = chance.choice(["yes", "yes", "no", "abstain"]), sealing.receipt(chance.randbytes(20))
        text = sealing.plaintext(mark, "members", {"1": answer}, receipt)
        found.append((one.member, sealing.seal(definition, mark, text), receipt, answer))
    people = store.members.everyone()
    known = {one.id: one for one in people}
    return [(known[member], *rest) for member, *rest in found]


def hand_in(app: Flask, number: int, sealed: list[Sealed], threads: int) -> None:
    taken: list[float] = []
    waiting, lock = iter(sealed), threading.Lock()

    def work() -> None:
        with app.app_context():
            while True:
                with lock:
                    one = next(waiting, None)
                if one is None:
                    return
                started = time.perf_counter()
                casting.cast(one[0], number, casting.Handed("members", one[1], "browser"))
                taken.append(time.perf_counter() - started)

    started = time.perf_counter()
    workers = [threading.Thread(target=work) for _ in range(threads)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    spent = time.perf_counter() - started
    ranked = sorted(taken)
    print(f"  {'hand every vote in':<40}{spent:>9.2f} s   {len(taken) / spent:,.0f} votes a second")
    print(
        f"  {'one vote, acknowledged':<40}{statistics.median(ranked) * 1000:>9.1f} ms median, "
        f"{ranked[int(len(ranked) * 0.99)] * 1000:.1f} p99, {ranked[-1] * 1000:.1f} worst",
        flush=True,
    )


def finish(number: int, sealed: list[Sealed]) -> None:
    officer = store.members.by_handle("officer")
    timed("close the urn", lambda: balloting.close(officer, number, AFTER))
    found = timed("open every envelope offline", lambda: opened(balloting.urn(number), PRIVATE))
    timed("declare", lambda: balloting.declare(officer, number, found.lines, AFTER))
    declared = store.ballots.declared(number)
    lines = [json.loads(one) for one in declared.papers.splitlines()]
    by_receipt = {one["receipt"]: one["answers"] for one in lines}
    missing = sum(by_receipt.get(receipt) != {"1": answer} for _, _, receipt, answer in sealed)
    script = runpy.run_path(str(SCRIPT))
    ballot = json.loads(balloting.defined(number))
    again = timed(
        "count again by the script", lambda: [script["yes_no"](ballot, one, lines) for one in ballot["questions"]]
    )
    same = again == [one["carried"] for one in declared.result["questions"]]
    pack = timed("make the audit file", lambda: audit_pack.made(number))
    faults = timed("check the audit file", lambda: [one for one in audit_pack.checked(pack) if one.faults])
    print(
        f"  receipts not found: {missing}; the script agrees: {same}; faults in the audit file ({len(pack) / 1e6:.1f} MB): {len(faults)}"
    )


if __name__ == "__main__":
    main()
