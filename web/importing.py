"""A rule book comes in as a document: chosen, looked at, its lines corrected, kept as it was seen."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms import FileField, StringField

from constitution.markup import MarkupError
from documents import reading as documents_reading
from documents.outlining import DEEPEST, Entry, Role
from documents.packed import Refused
from members.permissions import Permission
from services import clock, importing
from services.enrolling import NothingRevised
from services.importing import CannotImport
from web.access import current_member, may, requires
from web.forms import Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flask.typing import ResponseReturnValue

blueprint = Blueprint("importing", __name__)

FIXED = {Role.TITLE: "Title of the rule book", Role.FRONT: "Before the first clause", Role.OUT: "Left out"}
DEPTHS = {Role.HEADING: "Heading", Role.ITEM: "Numbered item", Role.TEXT: "Words"}


class FileForm(Form):
    """The document to look at."""

    file = FileField("Your rule book")


class KeepForm(Form):
    """What is said of the edition."""

    note = StringField("What to say of this edition")


@blueprint.url_value_preprocessor
def allow_a_document(*_: object) -> None:
    """A document, and what was read in it, may be larger than what anybody else may send; set before any of it is read."""
    if may(Permission.ADMINISTER):
        request.max_content_length = request.max_form_memory_size = documents_reading.LARGEST + 100_000


@blueprint.errorhandler(413)
def too_large(_: Exception) -> ResponseReturnValue:
    """Said beside the field, as any other fault of a document is."""
    form = FileForm(formdata=None)
    form.file.errors = [f"The file is larger than {documents_reading.LARGEST // 1_000_000} MB."]
    return render_template("importing/show.html", form=form), 413


@blueprint.get("/import")
@requires(Permission.ADMINISTER)
def show() -> str:
    """The question for a document."""
    return render_template("importing/show.html", form=FileForm(formdata=None))


@blueprint.post("/import")
@requires(Permission.ADMINISTER)
def look() -> ResponseReturnValue:
    """What was read, line by line, and what it would be as a rule book."""
    form, sent = FileForm(), request.files.get("file")
    if sent is None or not sent.filename:
        form.file.errors = ["Choose the file in which your rule book is."]
        return render_template("importing/show.html", form=form), 422
    with sent.stream:
        content = sent.read()
    try:
        entries = documents_reading.entries(sent.filename, content)
    except (MarkupError, Refused) as refusal:
        form.file.errors = str(refusal).split("\n")[:20]
        return render_template("importing/show.html", form=form), 422
    return _shown(entries, KeepForm(formdata=None, data={"note": f"Imported from {sent.filename}"}))


@blueprint.post("/import/correct")
@requires(Permission.ADMINISTER)
def correct() -> ResponseReturnValue:
    """The same with the roles that were chosen; or, with the button for that, keep it."""
    form = KeepForm()
    try:
        entries = importing.corrected(_carried(), _chosen())
    except (KeyError, RecursionError, TypeError, ValueError):
        lost = FileForm(formdata=None)
        lost.file.errors = ["What was read has been lost on the way. Choose the file again."]
        return render_template("importing/show.html", form=lost), 400
    if "keep" not in request.form:
        return _shown(entries, form)
    try:
        digest = request.form.get("digest", "")
        edition = importing.keep(current_member(), entries, digest, form.note.data or "", clock.now())
    except (CannotImport, NothingRevised) as refusal:
        return _shown(entries, form, str(refusal)), 409
    flash(f"It is edition {edition.number}, in force from now on.", "success")
    return redirect(url_for("reading.edition", number=edition.number), code=303)


def _shown(entries: Sequence[Entry], form: KeepForm, refusal: str = "") -> str:
    return render_template(
        "importing/look.html",
        page=importing.look(entries),
        form=form,
        refusal=refusal,
        carried=json.dumps([asdict(one) for one in entries], ensure_ascii=False),
        choices=dict(_choices()),
        key=_key,
    )


def _choices() -> Iterator[tuple[str, str]]:
    for role, said in FIXED.items():
        yield _key(role, 0), said
    for role, said in DEPTHS.items():
        for depth in range(1 if role is Role.HEADING else 0, DEEPEST + 1):
            yield _key(role, depth), f"{said}, level {depth + (role is not Role.HEADING)}"


def _key(role: Role, depth: int) -> str:
    return role.value if role in FIXED else f"{role.value}-{depth}"


def _carried() -> tuple[Entry, ...]:
    """What was read before, as the page carried it; only words come back, never anything that is run."""
    rows: Any = json.loads(request.form.get("entries", ""))
    if not rows:
        raise ValueError
    return tuple(
        Entry(
            int(one["number"]), Role(one["role"]), int(one["depth"]), str(one["text"]), tuple(map(str, one["doubts"]))
        )
        for one in rows
    )


def _chosen() -> dict[int, tuple[Role, int]]:
    found = {}
    for name, value in request.form.items():
        if name.startswith("role-"):
            role, _, depth = value.partition("-")
            found[int(name.removeprefix("role-"))] = (Role(role), min(int(depth or 0), DEEPEST))
    return found
