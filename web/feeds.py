"""Feeds for whoever wants to hear of changes without an account. Open to all; a reader that has the latest gets a 304."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, request, url_for

import store
import store.processes
from services import feeds
from web import atom
from web.access import open_to_all
from web.visiting import settings

if TYPE_CHECKING:
    from services.feeds import Feed

blueprint = Blueprint("feeds", __name__)


@blueprint.get("/feeds/amendments.atom")
@open_to_all
def amendments() -> Response:
    """What was proposed or changed last."""
    return _answer(feeds.amendments(), url_for("drafting.amendments"))


@blueprint.get("/feeds/amendments/<int:number>.atom")
@open_to_all
def amendment(number: int) -> Response:
    """The steps of one amendment."""
    return _answer(feeds.amendment(number), url_for("drafting.amendment", number=number))


@blueprint.get("/feeds/clauses/<clause_id>.atom")
@open_to_all
def clause(clause_id: str) -> Response:
    """What would change a clause, and what did."""
    return _answer(feeds.clause(clause_id), url_for("reading.clause", clause_id=clause_id))


@blueprint.get("/feeds/branches/<path:name>.atom")
@open_to_all
def branch(name: str) -> Response:
    """What members of a branch propose."""
    return _answer(feeds.branch(name), url_for("drafting.amendments", branch=name))


def _answer(feed: Feed, page: str) -> Response:
    organisation = store.processes.current().organisation
    here = url_for(request.endpoint or "", **(request.view_args or {}))
    place = atom.Place(settings().base_url, here, page, organisation)
    answer = Response(atom.document(feed, place), content_type=f"{atom.TYPE}; charset=utf-8")
    answer.last_modified = feed.updated
    answer.cache_control.public = True
    answer.cache_control.no_cache = True  # keep it, but ask each time: names may be withdrawn
    answer.add_etag()
    return answer.make_conditional(request)
