"""How long a roll of 100,000 takes and how much memory. Run from the checkout: python benchmarks/roll.py [ROWS]

Each step runs in a process of its own, so that the peak is that step's: reading the file and planning, then a whole
import into an empty database, the same file again, and a file in which every address changed. SQLite in a temporary
file unless DATABASE_URL names an empty database; the roll is made from a fixed seed.
"""

import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

SEED = 20261122
ROWS = 100_000
FIRST = 10_000
BRANCHES = [f"Branch of Quarter {n}" for n in range(1, 121)]
HEADINGS = "Membership number,Name,E-mail,Branch,Affiliated body,Joined,Standing,Roles"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Took(NamedTuple):
    """Seconds by the clock and of the processor: a shared machine makes the first longer."""

    clock: float
    cpu: float


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    print(f"{rows:,} rows, {len(sheet(rows)):,} bytes")
    print(f"{'step':<44}{'seconds':>9}{'cpu':>8}{'peak MB':>9}{'grown MB':>10}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/roll.sqlite3")
        os.environ["SECRET_KEY"] = "b" * 40
        for step in (reading, planning, into_empty, the_same_again, all_changed, snapshotting):
            with get_context("spawn").Pool(1) as alone:
                print(alone.apply(measured, (step.__name__, rows)), flush=True)


def measured(name: str, rows: int) -> str:
    step = globals()[name]
    before = peak()
    took = step(rows)
    return f"{step.__doc__:<44}{took[0]:>9.2f}{took[1]:>8.2f}{peak():>9.0f}{peak() - before:>10.0f}"


def peak() -> float:
    """The most memory of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def sheet(rows: int, host: str = "example.org") -> bytes:
    chance = random.Random(SEED)
    lines = [HEADINGS]
    for n in range(FIRST, FIRST + rows):
        joined = f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(1990, 2025)}"
        roles = "member, committee" if n % 1000 == 0 else "administrator" if n == FIRST + 1 else "member"
        name = f"Zoë Lindgren-O’Hara {n}"
        lines.append(f'{n},{name},member.{n}@{host},"{chance.choice(BRANCHES)}",,{joined},good,"{roles}"')
    return "\n".join(lines).encode()


def timed(act: Callable[[], Any]) -> tuple[Took, Any]:
    began, used = time.perf_counter(), time.process_time()
    found = act()
    return Took(time.perf_counter() - began, time.process_time() - used), found


def reading(rows: int) -> Took:
    """read the file"""
    from members.roll import read

    data = sheet(rows)
    took, found = timed(lambda: read(data))
    assert len(found.entries) == rows, found.problems[:3]
    return took


def planning(rows: int) -> Took:
    """plan against as many people"""
    from members.roll import read
    from members.roll_plan import plan
    from store.members import Member

    found = read(sheet(rows))
    ours = [
        Member(one.line, f"m-{one.membership}", one.name, one.email, one.branch, one.body, one.roles, one.membership)
        for one in found.entries
    ]
    took, planned = timed(lambda: plan(ours, found))
    assert len(planned.changed) == rows  # the date of joining
    return took


def into_empty(rows: int) -> Took:
    """import into an empty roll"""
    return importing(sheet(rows), f"+{rows} -0 ~0")


def the_same_again(rows: int) -> Took:
    """import the same file again"""
    return importing(sheet(rows), "+0 -0 ~0")


def all_changed(rows: int) -> Took:
    """import with every address changed"""
    return importing(sheet(rows, "example.net"), f"+0 -0 ~{rows}")


def importing(data: bytes, expected: str) -> Took:
    import store
    from app import create_app
    from services import roll

    with create_app().app_context():
        store.upgrade()
        took, applied = timed(lambda: roll.apply(data, NOW))
    assert str(applied.plan) == expected, applied.plan
    return took


def snapshotting(_: int) -> Took:
    """check the last snapshot against its digest"""
    import store.roll
    from app import create_app

    with create_app().app_context():
        took, faults = timed(lambda: store.roll.verify(store.roll.snapshots()[0].number))
    assert not faults
    return took


if __name__ == "__main__":
    main()
