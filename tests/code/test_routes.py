"""Every address says who may open it, and is written as all the others are."""

import re

import pytest

from app import create_app
from config import Environment, Settings
from web.access import UndeclaredView, declaration

WORD = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)?")
TYPED = re.compile(
    r"(<int:[a-z_]+>|<clause_id>|<name>|<path:name>)(\.[a-z0-9]+)?|<token>|<path:filename>|<day>|<any\([a-z,]+\):[a-z]+>"
)


@pytest.fixture(scope="module")
def app():
    return create_app(Settings(Environment.DEMONSTRATION, "sqlite://", "x" * 40, demonstration_sign_in=True))


def test_every_view_declares_who_may_open_it(app):
    assert [name for name, view in sorted(app.view_functions.items()) if declaration(view) is None] == []


def test_every_address_is_typed_and_kebab_case(app):
    segments = {part for rule in app.url_map.iter_rules() for part in rule.rule.strip("/").split("/") if part}
    assert [one for one in sorted(segments) if not (WORD.fullmatch(one) or TYPED.fullmatch(one))] == []


def test_no_address_both_shows_and_changes_without_a_form(app):
    deleting = {"DELETE", "PATCH", "PUT"}
    assert [rule.rule for rule in app.url_map.iter_rules() if rule.methods & deleting] == []


def test_a_view_that_forgot_its_declaration_is_denied_to_everybody():
    app = create_app(Settings(Environment.DEMONSTRATION, "sqlite://", "x" * 40, demonstration_sign_in=True))
    app.add_url_rule("/forgotten", "forgotten", lambda: "told")
    app.testing = True
    with pytest.raises(UndeclaredView):
        app.test_client().get("/forgotten")
