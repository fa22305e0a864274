"""A real browser on a real server, for what only a browser can tell."""

from __future__ import annotations

import os
import re
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from config import Environment, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
# Without a sandbox because the checks run as root; without what would look for hosts on the internet.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE, SMALL_PHONE, DESK = (390, 844), (320, 640), (1280, 900)


def pytest_collection_modifyitems(items):
    """Every test in this folder is a browser test, and says so when there is no browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    if not Path(CHROMIUM).exists():
        missing("chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(demonstration, tmp_path_factory) -> Iterator[str]:
    """The demonstration, served; each test that changes something says whom it changes it for."""
    file = shutil.copy(demonstration, tmp_path_factory.mktemp("served") / "redraft.sqlite3")
    app = create_app(
        Settings(Environment.DEMONSTRATION, f"sqlite:///{file}", "browser" * 6, demonstration_sign_in=True)
    )
    app.config["PRINTED"] = str(tmp_path_factory.mktemp("printed"))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def browse(chromium, address):
    """A page of its own kind: ``browse("/sign-in", size=PHONE, scheme="dark", script=False)``."""
    contexts = []

    def open_page(path: str, *, size=DESK, scheme="light", script=True, handle: str | None = None) -> Page:
        context = chromium.new_context(
            base_url=address, color_scheme=scheme, java_script_enabled=script,
            viewport={"width": size[0], "height": size[1]},
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        if handle:
            sign_in(page, handle)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def sign_in(page: Page, handle: str) -> None:
    """Send the form of a persona's one button, without drawing two pages for it."""
    form = page.context.request.get("/sign-in").text()
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', form)[1]
    page.context.request.post("/sign-in", form={"csrf_token": token, "handle": handle})


@pytest.fixture
def look():
    """What axe and the window find wrong with a page: ``look(page)`` is empty when all is well."""

    def faults(page: Page) -> list[str]:
        found = Axe().run(page).response["violations"]
        said = [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            said.append("the page is wider than the window")
        return said

    return faults


def missing(what: str) -> None:
    """Skip, except where nothing may be skipped."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(what)
