"""A process that hands in votes until it is killed: python tests/handing_in.py DATABASE VOTE THREADS [SYNCHRONOUS].

Each acknowledged vote is a line "handle number" on the standard output, written after the commit was acknowledged. With
0 for the vote, everybody seconds every amendment instead, and the number is the amendment's.
"""

# ruff: noqa: E402 (it is called from anywhere)
from __future__ import annotations

import sys
import threading
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

import store
import store.amendments
import store.ballots
import store.engine
import store.members
from app import create_app
from config import Environment, Settings
from services import casting, clock, seconding

SAID = threading.Lock()


def say(handle: str, n: int) -> None:
    with SAID:
        sys.stdout.write(f"{handle} {n}\n")
        sys.stdout.flush()


def second(_ballot: int, mine: list[store.members.Member]) -> None:
    """Each seconds every amendment but their own."""
    for one in store.amendments.listing():
        for member in mine:
            if member.id != one.mover.id:
                seconding.second(member, one.number, one.version.digest, clock.now())
                say(member.handle, one.number)


def vote(ballot: int, mine: list[store.members.Member]) -> None:
    """Each votes, and votes again."""
    for n in range(1_000_000):
        member = mine[n % len(mine)]
        casting.cast(member, ballot, casting.Handed("members", f"{member.handle} {n}", "browser"))
        say(member.handle, n)


def main(url: str, ballot: int, threads: int, synchronous: str = "") -> None:
    """Act and act again, each thread for people of its own; with another setting of SQLite for comparison."""
    if synchronous:
        store.engine.PRAGMAS["synchronous"] = int(synchronous)
    app = create_app(Settings(Environment.DEVELOPMENT, url, "t" * 40, demonstration_sign_in=False))
    with app.app_context():
        ids = {one.member for one in store.ballots.voters(ballot)}
        people = [one for one in store.members.everyone() if not ballot or one.id in ids]

    def work(mine: list[store.members.Member]) -> None:
        with app.app_context():
            (vote if ballot else second)(ballot, mine)

    for start in range(threads):
        threading.Thread(target=work, args=(people[start::threads],), daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
