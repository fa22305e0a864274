"""What is the same in every application is worked out once: each test makes an application of its own.

Of a second that a test of a page took, half went into compiling templates, a sixth into the routes of the application
and a sixth into putting statements into SQL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask
from jinja2 import BytecodeCache
from sqlalchemy.engine import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

    from jinja2.bccache import Bucket


def work_out_once() -> None:
    """From now on, in this process."""
    Flask.jinja_options = {"bytecode_cache": Templates()}
    Rule._compile_builder = builders(Rule._compile_builder)
    Rule._parse_rule = parts(Rule._parse_rule)
    statements: LRUCache = LRUCache(2_000)
    Engine._compiled_cache = property(lambda _: statements, lambda *_: None)
    # Statements are kept by the dialect that they are put into; all of ours for one database are alike.
    DefaultDialect.__eq__ = lambda one, other: type(one) is type(other)
    DefaultDialect.__hash__ = lambda one: hash(type(one))


class Templates(BytecodeCache):
    """The code of every template, by its name and a sum over its text."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key, bucket.checksum] = bucket.code


def builders(compile_builder: Callable) -> Callable:
    """What writes out the addresses of a rule, which is bound to that rule only afterwards."""
    kept: dict[tuple, Callable] = {}

    def builder(rule: Rule, append_unknown: bool = True) -> Callable:
        key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if key not in kept:
            kept[key] = compile_builder(rule, append_unknown)
        return kept[key]

    return builder


def parts(parse_rule: Callable) -> Callable:
    """What reads an address into its parts, which are alike in every application."""
    kept: dict[tuple[str, bool], tuple[list, list, dict]] = {}

    def parsed(rule: Rule, address: str) -> list:
        known = kept.get((address, rule.websocket))
        if known is None:
            trace = len(rule._trace)
            read = list(parse_rule(rule, address))
            known = kept[address, rule.websocket] = (read, rule._trace[trace:], rule._converters)
        else:
            rule._trace += known[1]
            rule._converters = known[2]
            rule.arguments |= known[2].keys()
        return known[0]

    return parsed
