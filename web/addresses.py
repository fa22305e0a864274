"""What may stand in an address: a number is one that a database can hold, so that a longer one is simply not found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.routing import IntegerConverter

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.routing import Map

HIGHEST = 2**31 - 1


class Number(IntegerConverter):
    """``<int:number>``, at most HIGHEST."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:  # noqa: A002, ANN401 (as werkzeug has it)
        super().__init__(map, *args, **{"max": HIGHEST} | options)


def number(typed: str) -> int:
    """A number in a query (``type=number``); raises ValueError for what is none, so that it counts as not given."""
    value = int(typed)
    if not 0 <= value <= HIGHEST:
        raise ValueError(typed)
    return value


def init_app(app: Flask) -> None:
    """Before any route is known."""
    app.url_map.converters["int"] = Number
