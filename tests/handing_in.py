"""A process that hands in votes until it is killed: python tests/handing_in.py DATABASE VOTE THREADS [SYNCHRONOUS].

Each acknowledged vote is a line "handle number" on the standard output, written after the commit was acknowledged.
"""

# ruff: noqa: E402 (it is called from anywhere)
from __future__ import annotations

import sys
import threading
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

import store
import store.ballots
import store.engine
import store.members
from app import create_app
from config import Environment, Settings
from services import casting


def main(url: str, ballot: int, threads: int, synchronous: str = "") -> None:
    """Vote and vote again, each thread for voters of its own; with another setting of SQLite for comparison."""
    if synchronous:
        store.engine.PRAGMAS["synchronous"] = int(synchronous)
    app = create_app(Settings(Environment.DEVELOPMENT, url, "t" * 40, demonstration_sign_in=False))
    with app.app_context():
        ids = [one.member for one in store.ballots.voters(ballot)]
        people = [one for one in store.members.everyone() if one.id in ids]
    said = threading.Lock()

    def work(mine: list[store.members.Member]) -> None:
        with app.app_context():
            for n in range(1_000_000):
                member = mine[n % len(mine)]
                casting.cast(member, ballot, casting.Handed("members", f"{member.handle} {n}", "browser"))
                with said:
                    sys.stdout.write(f"{member.handle} {n}\n")
                    sys.stdout.flush()

    for start in range(threads):
        threading.Thread(target=work, args=(people[start::threads],), daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
