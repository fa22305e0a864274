"""How long the merge desk takes with many amendments. Run from the checkout: python benchmarks/desk.py [AMENDMENTS]

Two composites, in a temporary SQLite file and, when TEST_DATABASE_URL names a database, in that too (it is emptied):
100 amendments that all reword one clause of 60 words, and 3,000 amendments on 350 clauses in 35 articles, both of
benchmarks/touching.py, always the same ones. Milliseconds of the processor, the median and the worst, of what the
services do for a page of the desk that shows one clause: the first time, when nothing is remembered; again; and after a
choice, its saving included: of words, about a whole clause, of leaving an amendment, of a mark looked at. What is
wanted: the first page in 600 ms, a choice in 150 ms. The wordings of the clauses that are not shown are merged beside
the answers; how long all of them take is said.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence

import sqlalchemy as sa
from finding import NOW, RULES
from touching import Invented

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
CLAUSE = "c0x0"  # which all of the 100 reword, and many of the 3,000
BATCH = 500


def main() -> None:
    amendments = int(sys.argv[1]) if len(sys.argv) > 1 else AMENDMENTS
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{folder}/desk.sqlite3", amendments)
    if os.environ.get("TEST_DATABASE_URL"):
        measure("PostgreSQL", os.environ["TEST_DATABASE_URL"], amendments)


def measure(name: str, url: str, amendments: int) -> None:
    app = create_app(Settings(Environment.DEVELOPMENT, url, "benchmark" * 4, demonstration_sign_in=False))
    with app.app_context():
        numbers = list(fill(amendments))
        member = store.members.by_handle("clerk")
        for made in (numbers[:CROWD], numbers[CROWD:]):
            composite = compositing.begin(member, made, "Together", NOW)
            print(f"{name}: {len(made):,} amendments")
            for what, taken, bar in Desk(composite, member).measured():
                median, worst = statistics.median(taken) * 1000, max(taken) * 1000
                print(f"  {what:<44}{median:>8.0f}{worst:>8.0f}{bar:>8}{'  over' if worst > bar else ''}", flush=True)
        db.session.remove()
        db.engine.dispose()


def fill(amendments: int) -> Iterator[int]:
    """The organisation with its amendments, all seconded: first those of one clause, then the others; their numbers."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))
    store.upgrade()
    invented = Invented()
    enrolling.set_up("Benchmark", RULES, NOW)
    roles = {"mover": Role.MEMBER, "clerk": Role.COMMITTEE}
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
