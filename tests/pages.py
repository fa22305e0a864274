"""A client that looks at every page it fetches, and the things it looks for.

``pages.Client(app)`` is used as Flask's own test client; a page with a fault fails the test that
fetched it, whatever the test was about.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import html5lib
from flask.testing import FlaskClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import TestResponse

UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


class Client(FlaskClient):
    """Flask's test client, with an eye on every page. Sign-in as a persona: ``client.sign_in("ffion-pritchard")``."""

    def open(self, *args, **kwargs) -> TestResponse:
        """Fetch, and look."""
        kwargs.setdefault("buffered", True)  # a file that is sent is read and closed
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            found = list(faults(response.text, response.headers.get("Content-Security-Policy", "")))
            assert not found, f"{response.request.path}: {'; '.join(found)}"
        return response

    def sign_in(self, handle: str) -> None:
        """Be one of the people whom the demonstration offers."""
        response = self.post("/sign-in", data={"handle": handle})
        assert response.status_code == 303, f"{handle} cannot sign in: {response.status_code}"

    def sign_out(self) -> None:
        """Be nobody again."""
        self.post("/sign-out")


def faults(html: str, policy: str = "") -> Iterator[str]:
    """Everything that is wrong with a page, in words."""
    try:
        page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    except html5lib.html5parser.ParseError as error:
        yield f"not valid HTML: {error!r}"
        page = html5lib.parse(html, namespaceHTMLElements=False)
    yield from _frame(page)
    yield from _ids(page)
    yield from _labels(page)
    yield from _buttons(page)
    yield from _policy(page, policy)


def text(element: ET.Element) -> str:
    """Everything that a reader would copy out of an element, without the space around it."""
    tail = element.tail or ""
    return " ".join(_copied(element).removesuffix(tail).split())


def _copied(element: ET.Element) -> str:
    if element.get("class") == "heard":
        return element.tail or ""
    return (element.text or "") + "".join(_copied(one) for one in element) + (element.tail or "")


def _frame(page: ET.Element) -> Iterator[str]:
    headings = [text(one) for one in page.iter("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"one h1 is wanted, these are there: {headings}"
    title = text(page.find("head/title")) if page.find("head/title") is not None else ""
    if not re.match(r"\S.* – \S", title):
        yield f"the title says only {title!r}"
    if not page.get("lang"):
        yield "the page does not say its language"
    if len(list(page.iter("main"))) != 1:
        yield "one main is wanted"


def _ids(page: ET.Element) -> Iterator[str]:
    ids = Counter(one.get("id") for one in page.iter() if one.get("id"))
    yield from (f"the id {name!r} is there {times} times" for name, times in ids.items() if times > 1)
    for one in page.iter():
        for attribute in ("for", "aria-describedby", "aria-labelledby"):
            yield from (
                f"{attribute} leads to no {name!r}" for name in one.get(attribute, "").split() if name not in ids
            )
        target = one.get("href", "")
        if one.tag == "a" and target.startswith("#") and target[1:] not in ids:
            yield f"a link leads to no {target!r}"


def _labels(page: ET.Element) -> Iterator[str]:
    labelled = {one.get("for") for one in page.iter("label") if text(one)}
    wrapped = {control for label in page.iter("label") for control in label.iter()}
    for tag in ("input", "select", "textarea"):
        for one in page.iter(tag):
            named = one.get("id") in labelled or one in wrapped or one.get("aria-label") or one.get("aria-labelledby")
            if one.get("type") not in UNLABELLED and not named:
                yield f"the control {one.get('name')!r} has no label"


def _buttons(page: ET.Element) -> Iterator[str]:
    for tag in ("a", "button", "legend"):
        yield from (f"a <{tag}> without words" for one in page.iter(tag) if not (text(one) or one.get("aria-label")))
    for form in page.iter("form"):
        tokens = [one for one in form.iter("input") if one.get("name") == "csrf_token"]
        if form.get("method", "get").lower() == "post" and len(tokens) != 1:
            yield f"the form to {form.get('action')!r} has {len(tokens)} tokens against forgery"


def _policy(page: ET.Element, policy: str) -> Iterator[str]:
    nonce = re.search(r"'nonce-([^']+)'", policy)
    for tag in ("script", "style"):
        yield from (
            f"a <{tag}> without the nonce" for one in page.iter(tag) if not nonce or one.get("nonce") != nonce[1]
        )
    for one in page.iter():
        if "style" in one.attrib or any(name.startswith("on") for name in one.attrib):
            yield f"<{one.tag}> carries style or script in an attribute, which the policy forbids"
