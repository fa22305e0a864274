"""How long the merge desk takes with many amendments. Run from the checkout: python benchmarks/desk.py [AMENDMENTS]

Two composites, in a temporary SQLite file and, when TEST_DATABASE_URL names a database, in that too (it is emptied):
100 amendments that all reword one clause of 60 words, and 3,000 amendments on 350 clauses in 35 articles, both of
benchmarks/touching.py, always the same ones. Milliseconds of the processor, the median and the worst, of what the
services do for a page of the desk that shows one clause: the first time, when nothing is remembered; again; and after a
choice, its saving included: of words, about a whole clause, of leaving an amendment, of a mark looked at. What is
wanted: the first page in 600 ms, a choice in 150 ms. The wordings of the clauses that are not shown are merged beside
the answers; how long all of them take is said. Then, by the clock, whole requests: the page of the desk, what the page
asks for as soon as something is chosen, and a choice saved with the page after it; wanted in 1,000, 200 and 400 ms.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from http import HTTPStatus

import sqlalchemy as sa
from finding import NOW, RULES
from flask import Flask
from flask.testing import FlaskClient
from touching import Invented
from werkzeug.test import TestResponse

import store
import store.amendments
import store.members
from amendments.changes import Edit, digest
from amendments.choices import Nature, Question
from amendments.states import State
from app import create_app
from config import Environment, Settings
from members.permissions import Role
from services import choosing, composing, compositing, enrolling
from store.database import db
from web.serving import settle

AMENDMENTS, CROWD, RUNS = 3000, 100, 15
FIRST, CHOICE, BESIDE = 600, 150, 10_000
CLERK = "rosa-lindgren"  # one of the people who may sign in with one click where it is a demonstration
CLAUSE = "c0x0"  # which all of the 100 reword, and many of the 3,000
BATCH = 500


def main() -> None:
    amendments = int(sys.argv[1]) if len(sys.argv) > 1 else AMENDMENTS
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{folder}/desk.sqlite3", amendments)
    if os.environ.get("TEST_DATABASE_URL"):
        measure("PostgreSQL", os.environ["TEST_DATABASE_URL"], amendments)


def measure(name: str, url: str, amendments: int) -> None:
    app = create_app(Settings(Environment.DEMONSTRATION, url, "benchmark" * 4, demonstration_sign_in=True))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        numbers = list(fill(amendments))
        member = store.members.by_handle(CLERK)
        for made in (numbers[:CROWD], numbers[CROWD:]):
            composite = compositing.begin(member, made, "Together", NOW)
            print(f"{name}: {len(made):,} amendments")
            say(Desk(composite, member).measured())
        db.session.remove()
    for composite, made in ((1, CROWD), (2, amendments)):
        print(f"{name}: {made:,} amendments, whole requests")
        say(requests(app.test_client(), app, composite))
    with app.app_context():
        db.engine.dispose()


def say(steps: Iterable[tuple[str, list[float], int]]) -> None:
    for what, taken, bar in steps:
        median, worst = statistics.median(taken) * 1000, max(taken) * 1000
        print(f"  {what:<44}{median:>8.0f}{worst:>8.0f}{bar:>8}{'  over' if worst > bar else ''}", flush=True)


def requests(client: FlaskClient, app: Flask, composite: int) -> Iterator[tuple[str, list[float], int]]:
    """What a browser waits for. Two in three questions were settled before; the others are left for this."""
    assert client.post("/sign-in", data={"handle": CLERK}).status_code == 303
    address = f"/committee/composites/{composite}"
    with app.app_context():
        desk = compositing.open_desk(composite)
        revision = desk.composite.revision
        questions = [one for one in desk.composition.questions() if one.nature is Nature.WORDS][-RUNS:]
    yield (
        "the page of the desk",
        [waited(client.get, address, query_string={"clause": CLAUSE}) for _ in range(RUNS)],
        1000,
    )
    shown, saved = [], []
    for one in questions:
        data = {"revision": str(revision), "clause": one.clause or CLAUSE, f"pick:{one.key}": one.options[-1].key}
        shown.append(waited(client.post, f"{address}/preview", data=data | {"parts": "yes"}))
        saved.append(waited(client.post, address, data=data, follow_redirects=True))
        revision += 1
    yield "shown as soon as it is chosen", shown, 200
    yield "saved, and the page after it", saved, 400


def waited(ask: Callable[..., TestResponse], address: str, **what: object) -> float:
    began = time.perf_counter()
    answer = ask(address, **what)
    taken = time.perf_counter() - began
    assert answer.status_code == HTTPStatus.OK, answer.status
    return taken


def fill(amendments: int) -> Iterator[int]:
    """The organisation with its amendments, all seconded: first those of one clause, then the others; their numbers."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))
    store.upgrade()
    invented = Invented()
    enrolling.set_up("Benchmark", RULES, NOW)
    roles = {"mover": Role.MEMBER, CLERK: Role.COMMITTEE}
    enrolling.enrol(
        [store.members.NewMember(handle, handle.title(), roles=frozenset({role})) for handle, role in roles.items()],
        NOW,
    )
    base = enrolling.import_constitution(invented.base, NOW, note="First")
    crowd = [(invented.reword(invented.clauses[0]),) for _ in range(CROWD)]
    edits = [*crowd, *(invented.edits(f"new{n}") for n in range(amendments))]
    mover = store.members.by_handle("mover")
    for start in range(0, len(edits), BATCH):
        with store.transaction():
            yield from [kept(one, base.digest, mover) for one in edits[start : start + BATCH]]


def kept(edits: Sequence[Edit], base: str, mover: store.members.Member) -> int:
    made = store.amendments.add(
        mover=mover,
        title="Other words",
        reason="Better.",
        base_edition=1,
        edits=edits,
        digest=digest(edits, base),
        at=NOW,
    )
    store.amendments.set_state(made, State.SECONDED, at=NOW, reason="Seconded")
    return made.number


class Desk:
    """A member of the committee at a desk, and how long each step takes them."""

    def __init__(self, composite: int, member: store.members.Member) -> None:
        self.composite, self.member = composite, member

    def measured(self) -> Iterator[tuple[str, list[float], int]]:
        store.amendments._known_edits.clear()  # noqa: SLF001 (as in a process that begins)
        yield "open the desk for the first time", [timed(self.page)], FIRST
        yield "open it again, the rest not merged yet", [timed(self.page) for _ in range(RUNS)], CHOICE
        desk = compositing.open_desk(self.composite)
        yield "merge the rest, beside the answers", [timed(desk.composition.summary)], BESIDE
        settle()
        words = self.questions(Nature.WORDS)
        yield "choose words", [timed(lambda one=one: self.pick(one)) for one in words[:RUNS]], CHOICE
        whole = [*self.questions(Nature.STRIKE), *self.questions(Nature.PLACE)]
        if whole:
            yield "choose about whole clauses", [timed(lambda one=one: self.pick(one)) for one in whole[:RUNS]], CHOICE
        names = list(compositing.open_desk(self.composite).composition.sides)[::5]
        left = [{f"leave:{one}": "yes", f"reason:leave/{one}": "Out of scope"} for one in names[:RUNS]]
        yield "leave an amendment", [timed(lambda one=one: self.choose(one)) for one in left], CHOICE
        desk = compositing.open_desk(self.composite)
        marks = [{f"look:{one.key}": "yes"} for one in desk.composition.undecided(desk.choices)]
        if marks:
            yield "look at a mark", [timed(lambda one=one: self.choose(one)) for one in marks[:RUNS]], CHOICE

    def questions(self, nature: Nature) -> list[Question]:
        return [one for one in compositing.open_desk(self.composite).composition.questions() if one.nature is nature]

    def page(self, clause: str = CLAUSE) -> None:
        """What the page of one clause needs: the list at the side, and the clause."""
        db.session.remove()
        desk = compositing.open_desk(self.composite)
        assert desk.composition.summary(desk.choices, composing.AT_ONCE)
        desk.composition.meetings(desk.choices, clause)

    def pick(self, question: Question) -> None:
        fields = {f"pick:{question.key}": question.options[0].key}
        if question.nature is Nature.PLACE:
            fields = {f"place:{question.key}:{one.key}": str(n) for n, one in enumerate(question.options, 1)}
        self.choose(fields, question.clause or CLAUSE)

    def choose(self, fields: dict[str, str], clause: str = CLAUSE) -> None:
        db.session.remove()
        desk = compositing.open_desk(self.composite)
        revision = desk.composite.revision
        typed = choosing.made(desk, {"revision": str(revision), **fields})
        compositing.choose(self.member, self.composite, typed.choices, revision, NOW, reasons=typed.reasons)
        self.page(clause)


def timed(act: Callable[[], object]) -> float:
    began = time.thread_time()
    act()
    return time.thread_time() - began


if __name__ == "__main__":
    main()
