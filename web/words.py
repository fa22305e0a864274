"""How values are worded on a page: dates with their zone, counts, digests, emphasis in the text of a clause."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import url_for
from markupsafe import Markup, escape

from constitution.emphasis import SIGNED
from members.visibility import is_member, shown_name
from web.access import current_member

if TYPE_CHECKING:
    from flask import Flask

    from members.visibility import Named

NUMBERED = re.compile(r"\bA([1-9]\d{0,8})\b")


def date(moment: datetime) -> str:
    """A day: 22 November 2026."""
    return f"{moment.day} {moment:%B %Y}"


def moment(value: datetime) -> Markup:
    """A moment with its zone, 22 November 2026, 19:52 UTC, also for machines."""
    at = value.astimezone(UTC)
    return Markup('<time datetime="{}">{}, {} UTC</time>').format(
        at.isoformat(timespec="seconds"), date(at), f"{at:%H:%M}"
    )


def short(digest: str) -> str:
    """The first twelve characters of a digest, enough to compare by eye."""
    return digest[:12]


def count(number: int, thing: str, things: str = "") -> str:
    """A number and its thing: no seconders, 1 seconder, 3,000 seconders"""
    if number == 1:
        return f"1 {thing}"
    return f"{number:,} {things or thing + 's'}" if number else f"no {things or thing + 's'}"


def emphasis(text: str) -> Markup:
    """The text of a clause with ``**bold**`` and ``_italic_`` drawn. Everything else in it is only text."""
    drawn, end = Markup(""), 0
    for found in SIGNED.finditer(text):
        tag = found.lastgroup or ""
        drawn += escape(text[end : found.start()]) + Markup("<{0}>{1}</{0}>").format(Markup(tag), found[tag])  # noqa: S704
        end = found.end()
    return drawn + escape(text[end:])


def person(member: Named, *, branch: bool = False, within: bool = False) -> str:
    """A mover or seconder by the name that whoever looks may know, with the branch of who is named; ``within`` a sentence."""
    viewer = current_member()
    shown = shown_name(member, viewer is not None and is_member(viewer.roles))
    if within and shown.startswith(("A member", "A former member")):
        return f"a{shown[1:]}"
    return f"{shown}, {member.branch}" if branch and member.branch and shown == member.name else shown


def linked(words: str, part: str, address: str) -> Markup:
    """A sentence with one part of it, where that occurs, leading to an address."""
    before, found, after = words.partition(part)
    link = Markup('<a href="{}">{}</a>').format(address, part) if found else ""
    return escape(before) + link + escape(after)


def amendments_linked(words: str) -> Markup:
    """Words in which every A18 leads to that amendment."""
    return Markup(NUMBERED.sub(_link, str(escape(words))))  # noqa: S704 (escaped before)


def _link(found: re.Match[str]) -> str:
    return str(linked(found[0], found[0], url_for("drafting.amendment", number=int(found[1]))))


def init_app(app: Flask) -> None:
    """Offer the wordings to every template."""
    for word in (date, moment, short, count, emphasis, person, linked, amendments_linked):
        app.add_template_filter(word)
