"""How long a delegates' pack takes. Run from the checkout: python benchmarks/pack.py [AMENDMENTS]

200 amendments to 350 clauses of 60 words, each with a reason of 80 words, all of benchmarks/touching.py, always the same
ones, put on one agenda, in a temporary SQLite file. Seconds by the clock: gathering what is shown (which each look at the
page does), making the redlines, writing each form; the pages, and the most memory of the process that sets them. Wanted:
a pack from nothing in 10 seconds.
"""

import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from typing import TypeVar

from finding import NOW, RULES
from touching import Invented

import store
import store.amendments
import store.members
from amendments.changes import digest
from amendments.states import State
from app import create_app
from config import Environment, Settings
from members.permissions import Role
from rulebook.kinds import Order
from services import enrolling, printing, publishing
from store.database import db

AMENDMENTS, BAR = 200, 10.0
Made = TypeVar("Made")


def main() -> None:
    amendments = int(sys.argv[1]) if len(sys.argv) > 1 else AMENDMENTS
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            Settings(
                Environment.DEMONSTRATION,
                f"sqlite:///{folder}/pack.sqlite3",
                "benchmark" * 4,
                demonstration_sign_in=True,
            )
        )
        with app.app_context():
            fill(amendments)
            measure(amendments)
            db.session.remove()
            db.engine.dispose()


def fill(amendments: int) -> None:
    """The organisation, its amendments, all seconded, and an agenda of them."""
    store.upgrade()
    invented = Invented()
    enrolling.set_up("Benchmark", RULES, NOW)
    roles = {"mover": Role.MEMBER, "clerk": Role.COMMITTEE}
    people = [store.members.NewMember(one, one.title(), roles=frozenset({role})) for one, role in roles.items()]
    enrolling.enrol(people, NOW)
    base = enrolling.import_constitution(invented.base, NOW, note="First").digest
    mover = store.members.by_handle("mover")
    with store.transaction():
        for n in range(amendments):
            edits = invented.edits(f"new{n}")
            said = {"title": invented.text(5).title(), "reason": invented.text(80), "base_edition": 1}
            made = store.amendments.add(mover=mover, **said, edits=edits, digest=digest(edits, base), at=NOW)
            store.amendments.set_state(made, State.SECONDED, at=NOW, reason="Seconded")
    publishing.publish(store.members.by_handle("clerk"), "Agenda", Order.TEXT, (), NOW)


def measure(amendments: int) -> None:
    say("gathered", lambda: printing.order("publication", 1, None, NOW).digest("pdf"))
    began = time.perf_counter()
    order = printing.order("publication", 1, None, NOW)
    document = say(f"{order.total} redlines and the text as it would stand", lambda: order.build(lambda _: None))
    for form in printing.forms("publication"):
        content = say(form, lambda form=form: printing.written(document, form))
        if form == "pdf":
            taken = time.perf_counter() - began
        if form in {"pdf", "large"}:
            pages = max(map(int, re.findall(rb"/Type/Pages/Count (\d+)", content)))
            most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
            print(f"  {'':<48}{pages} pages, {len(content) // 1024:,} kB; at most {most} MB")
    print(f"{amendments} amendments, from nothing to PDF: {taken:.1f} s{'  over' if taken > BAR else ''}")


def say(what: str, act: Callable[[], Made]) -> Made:
    began = time.perf_counter()
    made = act()
    print(f"  {what:<48}{time.perf_counter() - began:>8.2f} s", flush=True)
    return made


if __name__ == "__main__":
    main()
