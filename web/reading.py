"""Reading: where one starts, the rule book in every edition, drafts, and the log. Open to all; changes nothing."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from markupsafe import Markup

from services import auditing, clause_page, clock, contents, correcting, reading, start_page, supporting
from services import in_force as provisos
from web import addresses, patterns
from web.access import current_member, open_to_all
from web.drafts import shown as shown_draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from services.clause_page import ClausePage
    from store.editions import Edition

blueprint = Blueprint("reading", __name__)


@blueprint.get("/")
@open_to_all
def start() -> str:
    """What is going on, and the three doors."""
    member = current_member()
    page = start_page.page(member.id if member else None)
    return render_template("reading/start.html", page=page)


@blueprint.get("/constitution")
@open_to_all
def constitution() -> str:
    """The contents of the edition in force, or what a search finds in it."""
    query = request.args.get("q", "").strip()
    return render_template("reading/constitution.html", page=contents.contents(query), query=query)


@blueprint.get("/constitution/clauses/<clause_id>")
@open_to_all
def clause(clause_id: str) -> str:
    """One clause, what would change it, and its history; a struck one as the last edition had it."""
    return _clause(clause_page.page(clause_id), numbered=False)


@blueprint.get("/constitution/text")
@open_to_all
def text() -> str:
    """The whole text in force."""
    return _text(reading.edition(), in_force=True)


@blueprint.get("/editions")
@open_to_all
def editions() -> str:
    """Every edition."""
    return render_template("reading/editions.html", editions=reading.editions())


@blueprint.get("/editions/<int:number>")
@open_to_all
def edition(number: int) -> str:
    """The whole text of one edition."""
    found = reading.edition(number)
    return _text(found, in_force=found.number == reading.edition().number)


@blueprint.get("/editions/<int:number>/clauses/<clause_id>")
@open_to_all
def edition_clause(number: int, clause_id: str) -> str:
    """One clause as an edition had it."""
    return _clause(clause_page.page(clause_id, number), numbered=True)


@blueprint.get("/editions/compare")
@open_to_all
def choose_comparison() -> ResponseReturnValue:
    """The form that chooses two editions leads to their comparison."""
    old, new = (request.args.get(name, type=addresses.number) for name in ("old", "new"))
    if old is None or new is None:
        return redirect(url_for("reading.editions"))
    return redirect(url_for("reading.compare", old=old, new=new))


@blueprint.get("/editions/<int:old>/compare/<int:new>")
@open_to_all
def compare(old: int, new: int) -> str:
    """Two editions as a redline."""
    return render_template(
        "reading/compare.html",
        page=reading.compare(old, new),
        editions=reading.editions(),
        view=request.args.get("view"),
        whole="whole" in request.args,
    )


@blueprint.get("/drafts")
@open_to_all
def drafts() -> str:
    """Every frozen draft, the newest first."""
    return render_template("reading/drafts.html", drafts=reading.drafts())


@blueprint.get("/drafts/<int:number>")
@open_to_all
def draft(number: int) -> str:
    """A frozen draft as a redline, or with the source of every word."""
    return shown_draft(number)


@blueprint.get("/log")
@open_to_all
def log() -> str:
    """What was done, the newest first."""
    return render_template("reading/log.html", page=reading.log(request.args.get("before", type=addresses.number)))


@blueprint.get("/log/check")
@open_to_all
def check_log() -> str:
    """Check the chain of the log and the digest of everything it speaks of, now."""
    return render_template("reading/check.html", faults=auditing.verify(), page=reading.log())


@blueprint.get("/about")
@open_to_all
def about() -> str:
    """What this is, what it keeps of whom, and under which licence."""
    return render_template("reading/about.html", rules=reading.rules(), standing=supporting.nobody_yet())


@blueprint.get("/patterns")
@open_to_all
def show_patterns() -> str:
    """Every kind of redline on one page, for those who work on Redraft."""
    if current_app.config["SETTINGS"].production:
        abort(404)
    return render_template("reading/patterns.html", sample=patterns.sample(), view=request.args.get("view"))


def _clause(page: ClausePage, *, numbered: bool) -> str:
    notes = provisos.notes(page.edition, provisos.today(clock.now()))
    corrects = current_member() and not correcting.why_not(current_member())
    return render_template("reading/clause.html", page=page, numbered=numbered, notes=notes, corrects=corrects)


def _text(found: Edition, *, in_force: bool) -> str:
    notes = provisos.notes(found, provisos.today(clock.now()))
    return render_template(
        "reading/text.html", edition=found, in_force=in_force, text=drawn(found, notes, current=in_force)
    )


def drawn(edition: Edition, notes: Mapping[str, tuple[str, ...]], *, current: bool) -> Markup:
    """The clauses of an edition as HTML, each with its notes."""
    return _drawn(edition.digest, edition.number, tuple(sorted(notes.items())), current=current)


@lru_cache(maxsize=32)
def _drawn(digest: str, number: int, notes: tuple[tuple[str, tuple[str, ...]], ...], *, current: bool) -> Markup:
    """The clauses of an edition as HTML. The digest in the key says what they are, whatever database is asked."""
    found = reading.edition(number)
    assert found.digest == digest
    html = render_template(
        "reading/_whole.html",
        clauses=reading.shown(found.constitution),
        number=number,
        current=current,
        notes=dict(notes),
    )
    return Markup(html)  # noqa: S704 (a template drew it, and it escapes)
