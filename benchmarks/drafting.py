"""How long the form takes while a member types, with many amendments. Run: python benchmarks/drafting.py [AMENDMENTS ...]

Each is a whole request through the test client that previews one change and lists what else touches it: the first, which
prepares what is open; those after it, each in another clause; and one after another amendment was proposed. The
amendments are those of benchmarks/finding.py, of which about six in ten are open, on a rule book of 364 clauses (the
largest real one has some 850: ARTICLES=33). An answer should take less than 150 ms.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

import finding  # which puts the checkout on the path
from finding import NOW, WHO, fill

import store
import store.editions
import store.members
from app import create_app
from config import Environment, Settings
from services import drafting, reading
from services.proposal import Act, Change, Proposal
from store.database import db

SIZES, RUNS, LIMIT = (4_800, 20_000), 25, 0.150


def main() -> None:
    finding.ARTICLES = int(os.environ.get("ARTICLES", "14"))
    print(f"{'amendments':>10} {'open':>6} {'first':>9} {'median':>9} {'worst':>9} {'after one more':>15}")
    for amendments in map(int, sys.argv[1:] or SIZES):
        with tempfile.TemporaryDirectory() as folder:
            measure(f"sqlite:///{folder}/drafting.sqlite3", amendments)


def measure(url: str, amendments: int) -> None:
    app = create_app(Settings(Environment.DEMONSTRATION, url, "benchmark" * 4, demonstration_sign_in=True))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        fill(amendments)
        book = store.editions.load(1).constitution
        clauses = [one for one in book.walk() if one.text]
        client = app.test_client()
        assert client.post("/sign-in", data={"handle": WHO}).status_code == 303

        def typed(n: int) -> float:
            clause = clauses[n * 37 % len(clauses)]
            words = clause.text.split()
            words[n % len(words)] = "ombudsman"
            sent = {"base": 1, "changes-0-act": "reword", "changes-0-clause": clause.id, "do": "preview", "parts": "1"}
            return timed(lambda: client.post("/amendments/propose", data={**sent, "changes-0-text": " ".join(words)}))

        first = typed(0)
        rest = [typed(n) for n in range(1, RUNS)]
        one = Proposal(
            1, (Change(Act.STRIKE, clauses[7].id),), "Another", "So that the index has something to take up."
        )
        drafting.propose(store.members.by_handle(WHO), one, NOW, lambda: "n1")
        after = typed(RUNS)
        shown = [f"{ms * 1000:6.0f} ms" for ms in (first, statistics.median(rest), max(rest), after)]
        print(f"{amendments:>10,} {len(reading.open_amendments()):>6,} {shown[0]} {shown[1]} {shown[2]} {shown[3]:>15}")
        print("" if statistics.median(rest) < LIMIT else "The median is above 150 ms.", end="")
        db.session.remove()
        db.engine.dispose()


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    answer = act()
    assert answer.status_code == 200, answer.status_code  # type: ignore[attr-defined]
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
