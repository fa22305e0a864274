"""A feed as an Atom document (RFC 4287), which anybody may read: names are shown as the public may know them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET  # only written with, never read with

from amendments.states import spoken
from members.visibility import shown_name

if TYPE_CHECKING:
    from services.feeds import Entry, Feed

NAMESPACE = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml"

# What no XML document can hold, however it is written (XML 1.0, production 2). The door lets none of it into a text,
# but a reason or a name may have come another way, and one such character would make every reader refuse the feed.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a feed is: the address of the site, the paths of the feed and of its page, and whose site it is."""

    site: str
    path: str
    page: str
    organisation: str


def document(feed: Feed, place: Place) -> bytes:
    """The feed in UTF-8. Its ids are tag: addresses (RFC 4151) of the site's host, good for ever."""
    root = ET.Element("feed", {"xmlns": NAMESPACE})
    _say(root, "title", f"{feed.title} – {place.organisation}")
    _say(root, "id", _id(feed, place, feed.name, of="feed"))
    _say(root, "updated", moment(feed.updated))
    _author(root, place.organisation)
    ET.SubElement(root, "link", {"rel": "self", "type": TYPE, "href": place.site + place.path})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": place.site + place.page})
    _say(root, "generator", "Redraft")
    for one in feed.entries:
        _entry(ET.SubElement(root, "entry"), one, feed, place)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def moment(at: datetime) -> str:
    """A moment as RFC 3339 has it, in UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _entry(element: ET.Element, one: Entry, feed: Feed, place: Place) -> None:
    _say(element, "title", one.title)
    _say(element, "id", _id(feed, place, one.name, of="entry"))
    _say(element, "published", moment(one.published))
    _say(element, "updated", moment(one.updated))
    if one.author:
        _author(element, shown_name(one.author, viewer_is_member=False))
    ET.SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": place.site + one.address})
    if one.state:
        ET.SubElement(element, "category", {"term": one.state.value, "label": spoken(one.state).capitalize()})
    _say(element, "content", one.words)


def _author(element: ET.Element, name: str) -> None:
    _say(ET.SubElement(element, "author"), "name", name)


def _say(element: ET.Element, tag: str, words: str) -> None:
    ET.SubElement(element, tag).text = NOT_XML.sub(REPLACEMENT, words)


def _id(feed: Feed, place: Place, name: str, *, of: str) -> str:
    """Whose host it was on the day on which this record began, it names this for good."""
    host = urlsplit(place.site).hostname or "localhost"
    return f"tag:{host},{feed.begun.astimezone(UTC):%Y-%m-%d}:{of}/{quote(name)}"
