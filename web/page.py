"""What stands on every page around its content: whose rule book it is, and where one is in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import current_app, request

import store
import store.processes
from members.permissions import Permission
from web.access import may

if TYPE_CHECKING:
    from flask import Flask, Response

PRODUCT = "Redraft"
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]|\xc2[\x80-\x9f]")  # as they stand in UTF-8


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the navigation. ``section`` is the first word of the addresses below it."""

    name: str
    endpoint: str
    section: str
    permission: Permission | None = None


NAVIGATION = (
    Entry("Constitution", "reading.constitution", "constitution"),
    Entry("Amendments", "drafting.amendments", "amendments"),
    Entry("Drafts", "reading.drafts", "drafts"),
    Entry("Votes", "balloting.ballots", "ballots"),
    Entry("Committee", "committee.desk", "committee", Permission.MERGE),
    Entry("Roll", "roll.show", "roll", Permission.ADMINISTER),
    Entry("Log", "reading.log", "log"),
)


def surroundings() -> dict[str, Any]:
    """What base.html needs."""
    process = store.processes.current()
    return {
        "organisation": process.organisation if process else PRODUCT,
        "demonstration": current_app.config["SETTINGS"].demonstration_sign_in,
        "navigation": [entry for entry in NAVIGATION if entry.permission is None or may(entry.permission)],
        "section": _section(request.path),
    }


def _section(path: str) -> str:
    """The first word of the address names the part of the site; editions are part of the constitution's."""
    word = path.strip("/").split("/")[0]
    return "constitution" if word in {"", "editions"} else word


def visible(response: Response) -> Response:
    """Show control characters that somebody typed by their symbols, such as ␀: no page may hold them, and it is told why."""
    if response.mimetype == "text/html" and CONTROL.search(page := response.get_data()):
        response.set_data(CONTROL.sub(lambda found: _symbol(found[0]).encode(), page))
    return response


def _symbol(control: bytes) -> str:
    if control < b" ":
        return chr(0x2400 + control[0])
    return "\N{SYMBOL FOR DELETE}" if control == b"\x7f" else "\N{REPLACEMENT CHARACTER}"


def init_app(app: Flask) -> None:
    """Offer the surroundings to every template."""
    app.context_processor(surroundings)
    app.after_request(visible)
