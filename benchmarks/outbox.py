"""How long telling takes. Run from the checkout: python benchmarks/outbox.py

An act that tells 10,000 members, the digest made of as many messages, and 1,000 messages handed to a mail server on
this machine, each taken and settled in transactions of its own. A fresh SQLite file; seconds by the clock.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from aiosmtpd.controller import Controller

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import store  # noqa: E402 (the checkout is not installed)
import store.members  # noqa: E402
from app import create_app  # noqa: E402
from config import Environment, Settings  # noqa: E402
from members.notices import Kind  # noqa: E402
from services import notifying  # noqa: E402
from web import worker  # noqa: E402

MEMBERS, LETTERS, PORT = 10_000, 1_000, 8_025
NOW = datetime(2026, 6, 28, 11, tzinfo=UTC)
FACTS = {"stage": "Amendments", "edge": "closes", "moment": "", "before": "", "reason": "", "link": "/rules"}


class Taken:
    """A mail server that takes everything, and counts."""

    count = 0

    async def handle_DATA(self, *_: object) -> str:  # noqa: N802 (as aiosmtpd calls it)
        self.count += 1
        return "250 OK"


def main() -> None:
    with TemporaryDirectory() as folder:
        settings = Settings(
            Environment.DEVELOPMENT,
            f"sqlite:///{folder}/outbox.sqlite3",
            "b" * 40,
            demonstration_sign_in=False,
            mail=f"smtp://127.0.0.1:{PORT}",
        )
        with create_app(settings).app_context():
            store.upgrade()
            enrol()
            measure(settings)


def enrol() -> None:
    with store.transaction():
        people = [store.members.NewMember(f"m-{n}", f"Member {n}", f"m{n}@example.org") for n in range(MEMBERS)]
        store.members.add_many(people)


def measure(settings: Settings) -> None:
    everyone = store.members.everyone()
    timed(f"telling {MEMBERS:,} members at once, in one act", lambda: tell(Kind.STAGE_DATES, everyone, "at once"))
    timed("telling them the same again puts nothing", lambda: tell(Kind.STAGE_DATES, everyone, "at once"))
    tell(Kind.STAGE_OPENING, everyone, "daily")
    timed(f"gathering {MEMBERS:,} daily messages into digests", lambda: notifying.gather(NOW + timedelta(days=1)))
    room = Taken()
    controller = Controller(room, hostname="127.0.0.1", port=PORT)
    controller.start()
    timed(
        f"sending {LETTERS:,} messages", lambda: worker.one_round(settings, lambda: NOW, lambda: room.count >= LETTERS)
    )
    controller.stop()


def tell(kind: Kind, everyone: tuple[store.members.Member, ...], about: str) -> None:
    more = {"opens": "", "closes": "", "allowed": ""}
    with store.transaction():
        notifying.tell(kind, about, everyone, NOW, **FACTS | more)


def timed(name: str, act: Callable[[], object]) -> None:
    start = time.perf_counter()
    act()
    print(f"{name:<56}{time.perf_counter() - start:8.2f} s", flush=True)


if __name__ == "__main__":
    main()
