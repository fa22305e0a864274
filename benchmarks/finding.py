"""How long the pages take with 20,000 amendments. Run from the checkout: python benchmarks/finding.py [AMENDMENTS]

They are made from a fixed seed and kept through the store, in a temporary SQLite file and, when TEST_DATABASE_URL names
a database, in that too (it is emptied). Each page is a whole request through the test client, by the public and by a
member, and is asked for RUNS times; every page of finding is to take less than 200 ms.
"""

# ruff: noqa: E402 (where the programme is must be said before anything of it is imported)

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

import store
import store.finding
from amendments.edit import Edit, Insert, Reword, Strike, digest
from amendments.states import State
from app import create_app
from config import Environment, Settings
from constitution.clause import Clause, Constitution, Kind, Mark, Style
from constitution.numbering import number
from store.database import db
from web.serving import settle

SEED = 20261122
AMENDMENTS, MEMBERS, ARTICLES, RUNS = 20_000, 5_000, 60, 9
BATCH = 500
LIMIT = 0.2
WHOSE = ("public", "member")
WHO = "meera-nair"  # one of the people who may sign in with one click where it is a demonstration
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RULES = '[process]\nname = "Rule changes"\n[seconding]\ncount = 20\n'
WORDS = [
    "the",
    "the",
    "the",
    "of",
    "of",
    "and",
    "to",
    "in",
    "a",
    "a",
    "be",
    "shall",
    "may",
    "must",
    "member",
    "members",
    "branch",
    "committee",
    "executive",
    "secretary",
    "treasurer",
    "chair",
    "general",
    "meeting",
    "annual",
    "notice",
    "thirty",
    "days",
    "weeks",
    "two",
    "three",
    "quorum",
    "vote",
    "votes",
    "majority",
    "thirds",
    "elected",
    "election",
    "office",
    "term",
    "year",
    "resolution",
    "motion",
    "amendment",
    "rule",
    "rules",
    "constitution",
    "membership",
    "subscription",
    "arrears",
    "expelled",
    "appeal",
    "appeals",
    "officer",
    "officers",
    "delegate",
    "delegates",
    "conference",
    "agenda",
    "minutes",
    "auditor",
    "accounts",
    "fund",
    "property",
    "trustees",
    "dispute",
    "complaint",
    "procedure",
    "written",
    "electronic",
    "ballot",
    "postal",
    "proxy",
    "notice",
    "removal",
    "vacancy",
]
ENDS = [State.WITHDRAWN, State.OVERTAKEN, State.REFUSED, State.SECONDED]


def main() -> None:
    amendments = int(sys.argv[1]) if len(sys.argv) > 1 else AMENDMENTS
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{folder}/finding.sqlite3", amendments)
    if os.environ.get("TEST_DATABASE_URL"):
        measure("PostgreSQL", os.environ["TEST_DATABASE_URL"], amendments)


def measure(name: str, url: str, amendments: int) -> None:
    app = create_app(Settings(Environment.DEMONSTRATION, url, "benchmark" * 4, demonstration_sign_in=True))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        began = time.perf_counter()
        fill(amendments)
        print(f"{name}: {amendments:,} amendments kept in {time.perf_counter() - began:.0f} s", flush=True)
        began = time.perf_counter()
        with store.transaction():
            made = store.finding.rebuild()
        print(f"{name}: index of {made:,} documents made anew in {time.perf_counter() - began:.1f} s", flush=True)
        label = number(store.editions.load(1).constitution)["a7c2"]
    settle()
    # Outside of that: a request inside it would share the session and who is signed in with the one before.
    pages(app, amendments, label)
    with app.app_context():
        db.engine.dispose()


# What there is


def fill(amendments: int) -> None:
    chance = random.Random(SEED)
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))
    store.upgrade()
    with store.transaction():
        store.processes.set("Union of Benchmarks", RULES)
        store.members.add_many(list(people(chance)))
        base = store.editions.add(rule_book(chance), at=NOW, note="First", adopted_from=None)
    movers = store.members.everyone()
    clauses = [one.id for one in base.constitution.walk() if one.text]
    for start in range(0, amendments, BATCH):
        with store.transaction():
            for _ in range(min(BATCH, amendments - start)):
                propose(chance, base, chance.choice(movers), clauses, movers)
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("ANALYZE"))


def people(chance: random.Random) -> Iterator[store.members.NewMember]:
    first = ["Ada", "Ben", "Chloë", "Dov", "Émile", "Fatima", "Grace", "Håkon", "Ines", "Jürgen", "Kofi", "Leila"]
    last = ["Okoro", "Lindgren", "Pritchard", "Thwaite", "Nair", "Müller", "O’Hara", "Søndergaard", "Vasquez", "Yu"]
    yield store.members.NewMember(WHO, "Meera Nair", branch="Quarter 1")
    for at in range(1, MEMBERS):
        name = f"{chance.choice(first)} {chance.choice(last)}"
        roles = frozenset({"member"})
        yield store.members.NewMember(f"m-{at}", name, branch=f"Quarter {chance.randint(1, 120)}", roles=roles)


def rule_book(chance: random.Random) -> Constitution:
    """60 articles of 5 clauses of 4 items: 1,560 clauses."""
    path, item = Mark(Style.DECIMAL, path=True), Mark(Style.LOWER_LETTER, "(", ")")
    return Constitution("Rules", tuple(
        Clause(f"a{a}", Kind.ARTICLE, said(chance, 3).capitalize(), "", Mark(Style.DECIMAL, after="."), tuple(
            Clause(f"a{a}c{c}", Kind.CLAUSE, "", f"{said(chance, 40)}.", path, tuple(
                Clause(f"a{a}c{c}i{i}", Kind.ITEM, "", f"{said(chance, 20)};", item) for i in range(4)
            ))
            for c in range(5)
        ))
        for a in range(ARTICLES)
    ))  # fmt: skip


def said(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words))


def propose(
    chance: random.Random,
    base: store.editions.Edition,
    mover: store.members.Member,
    clauses: list[str],
    movers: tuple[store.members.Member, ...],
) -> None:
    edits = edits_of(chance, chance.choice(clauses))
    at = NOW + timedelta(seconds=chance.randint(0, 10_000_000))
    made = store.amendments.add(
        mover=mover,
        title=said(chance, 5).capitalize(),
        reason=f"{said(chance, 60)}.",
        base_edition=base.number,
        edits=edits,
        digest=digest(edits, base.digest),
        at=at,
    )
    for one in chance.sample(movers, k=chance.randint(0, 6)):
        store.amendments.add_second(made.version, one, at=at)
    if chance.random() < 0.5:
        store.amendments.set_state(made, chance.choice(ENDS), at=at, reason="As it went")


def edits_of(chance: random.Random, clause: str) -> tuple[Edit, ...]:
    kind = chance.random()
    if kind < 0.1:
        return (Strike(clause),)
    if kind < 0.3:
        new = Clause(f"n{chance.getrandbits(48):x}", Kind.CLAUSE, "", f"{said(chance, 30)}.")
        return (Insert(None, clause.split("c", maxsplit=1)[0], new),)
    return (Reword(clause, f"{said(chance, 40)}."),)


# What is asked for


def pages(app: Flask, amendments: int, label: str) -> None:
    some = {
        "amendments": "/amendments",
        "... the last page": "/amendments?page=99999",
        "... by state": "/amendments?state=seeking-seconders",
        "... by clause and below": f"/amendments?clause={label}",
        "... by branch": "/amendments?branch=Quarter+17",
        "... by state and branch": "/amendments?state=withdrawn&branch=Quarter+17",
        "... by two words": "/amendments?q=treasurer+quorum",
        "... by two words, state": "/amendments?q=treasurer+quorum&state=seconded",
        "... by a word nearly all have": "/amendments?q=the",
        "... by one letter": "/amendments?q=a",
        "... by a phrase": "/amendments?q=%22thirty+days%22",
        "... by a phrase of many": "/amendments?q=%22the+the%22",
        "... by a number": f"/amendments?q=A{amendments}",
        "... by a name": "/amendments?q=lindgren+quorum",
        "... by the start of a name": "/amendments?q=l",
        "search by two words": "/search?q=treasurer+quorum",
        "search by a word all have": "/search?q=the",
        "search by a label": f"/search?q={label}",
        "search of nothing found": "/search?q=zebra",
    }
    rest = {
        "start": "/",
        "constitution": "/constitution",
        "a clause": "/constitution/clauses/a7c2",
        "an article": "/constitution/clauses/a7",
        "an amendment that renumbers": f"/amendments/{amendments}",
        "an amendment": f"/amendments/{amendments // 2}",
    }
    print(
        f"load {os.getloadavg()[0]:.1f}\n{'page':<32}"
        + "".join(f"{who}: best, median, worst (cpu)".rjust(38) for who in WHOSE)
    )
    public, member = app.test_client(), app.test_client()
    assert member.post("/sign-in", data={"handle": WHO}).status_code == 303
    for title, address in {**some, **rest}.items():
        found = [timed(lambda client=client, address=address: client.get(address)) for client in (public, member)]
        slow = " SLOW" if title in some and max(one.worst for one in found) > LIMIT else ""
        print(f"{title:<32}" + "".join(f"{one!s:>38}" for one in found) + slow, flush=True)


class Took(NamedTuple):
    """Seconds: by the clock at best, in the median and at worst, and of our processor at best: others may use it too."""

    best: float
    median: float
    worst: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.best * 1000:.0f}, {self.median * 1000:.0f}, {self.worst * 1000:.0f} ms ({self.cpu * 1000:.0f})"


def timed(ask: Callable[[], TestResponse]) -> Took:
    clock, cpu = [], []
    for _ in range(RUNS + 1):
        began, used = time.perf_counter(), time.process_time()
        answer = ask()
        clock.append(time.perf_counter() - began)
        cpu.append(time.process_time() - used)
        assert answer.status_code == 200, answer.status_code
    return Took(min(clock[1:]), statistics.median(clock[1:]), max(clock[1:]), min(cpu[1:]))


if __name__ == "__main__":
    main()
