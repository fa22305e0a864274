"""How fast a reader sees what 200 amendments would make of the text. Run from the checkout: python benchmarks/what_if.py

A rule book of 385 clauses (23,000 words) and 3,000 open amendments of it, made from a fixed seed as in touching.py and
kept in an SQLite file of their own; the first 200 are ticked: 330 changes of 200 clauses, with some seventy conflicts.
Ten ties hold among them. Each line is a whole request through the application, from the address to the last byte of
the page: the first such request after the programme has started (the index of open amendments, and how each stands on
the edition in force, are made before anybody asks, as serving does), the same with one amendment more each time (what
most requests are), ten amendments, and nothing but a search. Milliseconds of the processor, the median and the worst;
the bar is of the design, on two slow cores.
"""

import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from touching import AMENDMENTS, Invented  # noqa: E402 (the checkout is not installed)

import store  # noqa: E402
import store.amendments  # noqa: E402
import store.editions  # noqa: E402
import store.ruled  # noqa: E402
from amendments.changes import digest  # noqa: E402
from amendments.ties import Kind, Tie  # noqa: E402
from app import create_app  # noqa: E402
from config import Environment, Settings  # noqa: E402
from services import enrolling, touching, what_if  # noqa: E402

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TICKED, MORE, BAR = 200, 12, 300.0


def fill() -> None:
    invented = Invented()
    store.upgrade()
    enrolling.set_up("Invented", '[process]\nname = "Rules"\n', NOW)
    enrolling.enrol([store.members.NewMember("mover", "Mover", roles=frozenset({"member"}))], NOW)
    enrolling.import_constitution(invented.base, NOW, note="First")
    base, mover = store.editions.load(1), store.members.by_handle("mover")
    with store.transaction():
        for n in range(1, AMENDMENTS + 1):
            edits = invented.edits(f"new{n}")
            said = {"mover": mover, "title": f"Amendment {n}", "reason": "Because", "base_edition": 1, "at": NOW}
            store.amendments.add(**said, edits=edits, digest=digest(edits, base.digest))
        for n in range(10, 200, 20):
            store.ruled.add(Tie(n, Kind.FALLS_IF, n + 1, "Because"), mover.id, stands=True, at=NOW)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            Environment.DEMONSTRATION, f"sqlite:///{folder}/what-if.sqlite3", "b" * 40, demonstration_sign_in=True
        )
        app = create_app(settings)
        with app.app_context():
            fill()
            touching.prepare()
            what_if.prepare()
            app.jinja_env.get_template("what_if/what_if.html")
            client = app.test_client()
            client.get("/")
            print(f"{'request':<46}{'median':>9}{'worst':>9}{'bar':>8}   ms")
            first = timed(client, range(1, TICKED + 1))
            more = [timed(client, range(1, TICKED + 1 + n)) for n in range(1, MORE + 1)]
            line(f"{TICKED} ticked, nothing seen before", [first])
            line(f"{TICKED} ticked, one more each time", more)
            line("10 ticked", [timed(client, range(n, n + 10)) for n in range(1, 100, 10)])
            line("a search among 3,000", [timed(client, (), q=f"7{n}") for n in range(10)])


def timed(client, numbers, **asked) -> float:  # noqa: ANN001, ANN003 (Flask's client, what the address says)
    started = time.process_time()
    answer = client.get("/what-if", query_string={"a": list(numbers), **asked})
    assert answer.status_code == 200
    assert answer.data
    return (time.process_time() - started) * 1000


def line(what: str, times: list[float]) -> None:
    worst = max(times)
    over = "  over" if worst > BAR else ""
    print(f"{what:<46}{statistics.median(times):>9.1f}{worst:>9.1f}{BAR:>8.0f}{over}")


if __name__ == "__main__":
    main()
