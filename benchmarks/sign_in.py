"""Whether the answer to "send me a link" tells who is a member. Run from the checkout: python benchmarks/sign_in.py

Posts known and unknown addresses in random order, each from a client of its own, and compares what came back and how
long it took. AUC: the share of pairs (known, unknown) in which the known one took longer, ties counting half (Mann and
Whitney, exact counts); 1/2 tells nothing. It ends with 1 when bodies or headers differ, or the AUC of the medians of
several rounds is outside the bar.
"""

import random
import re
import statistics
import sys
import tempfile
import time
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from flask import Flask

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from app import create_app  # noqa: E402 (the checkout is not installed)
from config import Environment, Settings  # noqa: E402
from services import enrolling  # noqa: E402
from store.database import db, upgrade  # noqa: E402
from store.members import NewMember  # noqa: E402
from web.commands import RULES  # noqa: E402
from web.visiting import now  # noqa: E402

OF_EACH, ROUNDS, SEED = 200, 5, 20261122
LOW, HIGH = Fraction(45, 100), Fraction(55, 100)
# What is new in every answer, whoever asks: the nonce, the signed cookie and its date.
NEW_EACH_TIME = re.compile(r"(?<=nonce-)[\w-]+|(?<=redraft=)[^;]+|(?<=Expires=)[^;]+|(?<=Date: ).+")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        app = society(Path(folder))
        with app.app_context():
            found = [measured(app, number) for number in range(ROUNDS)]
            db.session.remove()
            db.engine.dispose()
    answers = set.union(*(kinds for kinds, _ in found))
    areas = [auc(times[True], times[False]) for _, times in found]
    for number, (_, times) in enumerate(found):
        known, unknown = (statistics.median(times[kind]) * 1000 for kind in (True, False))
        print(f"round {number + 1}: AUC {float(areas[number]):.3f}, medians {known:.2f} and {unknown:.2f} ms")
    area = statistics.median(areas)
    print(f"{OF_EACH} known and {OF_EACH} unknown addresses a round: the median AUC is {float(area):.3f}")
    print(f"bodies and headers are {'identical' if len(answers) == 1 else 'NOT identical'}")
    return 0 if len(answers) == 1 and LOW <= area <= HIGH else 1


def society(folder: Path) -> Flask:
    """The application over a roll of its own."""
    url = f"sqlite:///{folder / 'redraft.sqlite3'}"
    app = create_app(Settings(Environment.DEVELOPMENT, url, "b" * 40, demonstration_sign_in=False))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        upgrade()
        enrolling.set_up("Society", RULES, now())
        people = [address(number, known=True) for number in range(OF_EACH * ROUNDS)]
        enrolling.enrol([NewMember(one.partition("@")[0], "A member", one) for one in people], now())
    return app


def address(number: int, *, known: bool) -> str:
    return f"{'member' if known else 'nobody'}{number:05}@example.org"


def measured(app: Flask, number: int) -> tuple[set[str], dict[bool, list[float]]]:
    """The answers that came (one, if all are identical), and the seconds each kind took, in random order."""
    order = [(one, known) for one in range(number * OF_EACH, (number + 1) * OF_EACH) for known in (True, False)]
    random.Random(SEED + number).shuffle(order)
    for one in range(20):  # what is slow only the first time is no leak
        ask(app, f"warm{number}-{one}@example.org", f"198.51.100.{one}")
    answers, times = set(), {True: [], False: []}
    for place, (one, known) in enumerate(order):
        answer, seconds = ask(app, address(one, known=known), f"10.{number}.{place // 250}.{place % 250}")
        answers.add(answer)
        times[known].append(seconds)
    return answers, times


def ask(app: Flask, typed: str, client: str) -> tuple[str, float]:
    """One browser asks; what it gets, and after how long."""
    browser = app.test_client()
    begun = time.perf_counter()
    answer = browser.post("/sign-in", data={"address": typed}, environ_base={"REMOTE_ADDR": client})
    seconds = time.perf_counter() - begun
    followed = browser.get(answer.location, environ_base={"REMOTE_ADDR": client})
    said = [str(part) for one in (answer, followed) for part in (one.status, sorted(one.headers), one.text)]
    return NEW_EACH_TIME.sub("", "\n".join(said)), seconds


def auc(known: Sequence[float], unknown: Sequence[float]) -> Fraction:
    """The share of pairs in which the known one took longer."""
    ordered = sorted(unknown)
    twice = sum(bisect_left(ordered, one) + bisect_right(ordered, one) for one in known)
    return Fraction(twice, 2 * len(known) * len(unknown))


if __name__ == "__main__":
    sys.exit(main())
